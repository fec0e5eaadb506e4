"""W3C PROV as PROV-JSON: from reports through claims to happenings and figures, who says so, and what program read it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import IO, Any

from tidings.tell.formats.cells import compact
from tidings.tell.formats.export import Export, LeftOut, Tables, Written

__all__ = ["EXPORT", "write"]

_DERIVED = (
    "events",
    "figures",
    "holdings",
    "movements",
    "persons",
    "custody",
    "property",
    "relations",
    "contradictions",
)
"""Tables whose rows stand on claims."""
_Pairs = Iterable[tuple[str, dict[str, Any]]]


def write(tables: Tables, target: Path) -> Written:
    """Write one PROV-JSON document; each kind of statement is one walk through the tables.

    Args:
        tables: Rows by table of the contract.
        target: The file.
    """
    sections: tuple[tuple[str, Callable[[Tables], _Pairs]], ...] = (
        ("entity", _entities),
        ("activity", _activities),
        ("agent", _agents),
        ("wasDerivedFrom", _derivations),
        ("wasGeneratedBy", _generations),
        ("wasAttributedTo", _attributions),
        ("wasAssociatedWith", _associations),
    )
    written = 0
    with target.open("w", encoding="utf-8", newline="\n") as file:
        file.write('{"prefix":{"tidings":"urn:tidings:","dcterms":"http://purl.org/dc/terms/"}')
        for name, statements in sections:
            written += _section(file, name, statements(tables))
        file.write("}\n")
    return Written(files=(target,), rows=written, left_out=LeftOut())


def _section(file: IO[str], name: str, statements: _Pairs) -> int:
    number = 0
    for key, value in statements:
        file.write((f',\n"{name}":{{\n' if not number else ",\n") + f"{compact(key)}:{compact(value)}")
        number += 1
    if number:
        file.write("}")
    return number


def _q(one: str) -> str:
    """Return an id as a qualified name of PROV."""
    return f"tidings:{one}"


def _typed(kind: str) -> dict[str, str]:
    return {"$": f"tidings:{kind}", "type": "prov:QUALIFIED_NAME"}


def _entities(tables: Tables) -> Iterator[tuple[str, dict[str, Any]]]:
    for row in tables["documents"]:
        told = {"dcterms:title": row["title"], "dcterms:publisher": row["publisher"], "dcterms:date": row["published"]}
        told |= {"tidings:sha256": row["sha256"], "dcterms:source": row["url"]}
        yield _q(row["id"]), {"prov:type": _typed("Report"), **{name: value for name, value in told.items() if value}}
    for row in tables["claims"]:
        told = {"prov:value": row["quote"], "tidings:start": row["start"], "tidings:end": row["end"]}
        chain = " > ".join(row["chain"])
        yield _q(row["id"]), {"prov:type": _typed("Claim"), **told, "tidings:chain": chain, "tidings:rule": row["rule"]}
    for table in _DERIVED:
        for row in tables[table]:
            label = " ".join(str(row[name]) for name in ("measure", "kind", "type", "standing") if row.get(name))
            yield _q(row["id"]), {"prov:type": _typed(table), "prov:label": label or table}


def _readers(tables: Tables) -> dict[str, str]:
    """Return readers by their words, each with an id of its own."""
    found: set[str] = set()
    for row in tables["claims"]:
        found.add(_reader(row["reader"]))
    return {words: f"reader{number}" for number, words in enumerate(sorted(found), start=1)}


def _reader(reader: dict[str, Any] | None) -> str:
    return " ".join(str(part) for part in (reader or {}).values() if part) or "unknown reader"


def _activities(tables: Tables) -> Iterator[tuple[str, dict[str, Any]]]:
    for words, one in _readers(tables).items():
        yield _q(f"reading.{one}"), {"prov:label": f"reading by {words}"}
    yield _q("weighing"), {"prov:label": "joining and weighing by the rules of Tidings"}


def _agents(tables: Tables) -> Iterator[tuple[str, dict[str, Any]]]:
    software = {"$": "prov:SoftwareAgent", "type": "prov:QUALIFIED_NAME"}
    for words, one in _readers(tables).items():
        yield _q(one), {"prov:type": software, "prov:label": words}
    versions = sorted({row["version"] for row in tables["builds"]})
    yield _q("program"), {"prov:type": software, "prov:label": " ".join(["Tidings", *versions])}
    for row in tables["entities"]:
        if row["kind"] in {"source", "actor", "person"}:
            yield _q(row["id"]), {"prov:label": row["name"]}


def _derivations(tables: Tables) -> Iterator[tuple[str, dict[str, Any]]]:
    for row in tables["claims"]:
        source = {"prov:generatedEntity": _q(row["id"]), "prov:usedEntity": _q(row["document"])}
        yield f"_:d.{row['id']}", {**source, "prov:type": {"$": "prov:Quotation", "type": "prov:QUALIFIED_NAME"}}
    for table in _DERIVED:
        for row in tables[table]:
            for claim in dict.fromkeys(row["claims"]):
                told = {"prov:generatedEntity": _q(row["id"]), "prov:usedEntity": _q(claim)}
                yield f"_:d.{row['id']}.{claim}", told


def _generations(tables: Tables) -> Iterator[tuple[str, dict[str, Any]]]:
    readers = _readers(tables)
    for row in tables["claims"]:
        activity = _q(f"reading.{readers[_reader(row['reader'])]}")
        yield f"_:g.{row['id']}", {"prov:entity": _q(row["id"]), "prov:activity": activity}
    for table in _DERIVED:
        for row in tables[table]:
            yield f"_:g.{row['id']}", {"prov:entity": _q(row["id"]), "prov:activity": _q("weighing")}


def _attributions(tables: Tables) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield whose words a claim is: everybody in its chain who is known as an entity, the origin as such."""
    for row in tables["claims"]:
        ids = [one for one in row["chain_ids"] if one]
        for one in dict.fromkeys(ids):
            role = "origin" if one == row["chain_ids"][-1] else "carrier"
            told = {"prov:entity": _q(row["id"]), "prov:agent": _q(one), "tidings:role": role}
            yield f"_:t.{row['id']}.{one}", told


def _associations(tables: Tables) -> Iterator[tuple[str, dict[str, Any]]]:
    for one in _readers(tables).values():
        yield f"_:a.{one}", {"prov:activity": _q(f"reading.{one}"), "prov:agent": _q(one)}
    yield "_:a.weighing", {"prov:activity": _q("weighing"), "prov:agent": _q("program")}


EXPORT = Export(
    name="prov",
    title="where everything comes from, as W3C PROV (PROV-JSON)",
    ending=".json",
    cannot_hold=(
        "what the claims say: only their words, and what stands on them",
        "the order within a chain of attribution, but as a text: PROV knows who, not through whom",
        "when reports were read: exports tell no clock",
        "anonymous links of a chain that no entity stands for",
    ),
    write=write,
)
