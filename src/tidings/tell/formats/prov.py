"""W3C PROV as PROV-JSON: from reports through claims to happenings and figures, who says so, and what program read it."""

from __future__ import annotations

from contextlib import ExitStack
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any

from tidings.tell.formats.cells import compact
from tidings.tell.formats.export import Export, Tables, Written

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
_KINDS = ("entity", "activity", "agent", "wasDerivedFrom", "wasGeneratedBy", "wasAttributedTo", "wasAssociatedWith")


class _Statements:
    """The statements by kind, each kind in a file of its own until all tables have been walked through once."""

    def __init__(self, stack: ExitStack) -> None:
        self.written = 0
        self._files = {
            kind: stack.enter_context(TemporaryFile("w+", encoding="utf-8", newline="\n"))  # noqa: SIM115 - the stack closes it
            for kind in _KINDS
        }

    def say(self, kind: str, key: str, value: dict[str, Any]) -> None:
        self._files[kind].write(f"{compact(key)}:{compact(value)},\n")
        self.written += 1

    def give(self, out: IO[str]) -> None:
        for kind, held in self._files.items():
            size = held.tell()
            if not size:
                continue
            out.write(f',\n"{kind}":{{\n')
            held.seek(0)
            last = ""
            for line in held:
                out.write(last)
                last = line
            out.write(last.rstrip(",\n") + "}")


def write(tables: Tables, target: Path) -> Written:
    """Write one PROV-JSON document; every table is walked through once.

    Args:
        tables: Rows by table of the contract.
        target: The file.
    """
    with ExitStack() as stack:
        told = _Statements(stack)
        _reports(tables, told)
        _claims(tables, told)
        _derived(tables, told)
        _agents(tables, told)
        with target.open("w", encoding="utf-8", newline="\n") as file:
            file.write('{"prefix":{"tidings":"urn:tidings:","dcterms":"http://purl.org/dc/terms/"}')
            told.give(file)
            file.write("}\n")
    return Written(files=(target,), rows=told.written)


def _q(one: str) -> str:
    """Return an id as a qualified name of PROV."""
    return f"tidings:{one}"


def _typed(name: str) -> dict[str, str]:
    return {"$": name, "type": "prov:QUALIFIED_NAME"}


def _reports(tables: Tables, told: _Statements) -> None:
    for row in tables["documents"]:
        about = {"dcterms:title": row["title"], "dcterms:publisher": row["publisher"], "dcterms:date": row["published"]}
        about |= {"tidings:sha256": row["sha256"], "dcterms:source": row["url"]}
        kept = {name: value for name, value in about.items() if value}
        told.say("entity", _q(row["id"]), {"prov:type": _typed("tidings:Report"), **kept})


def _claims(tables: Tables, told: _Statements) -> None:
    """Say of each claim whose words it is, in which report, and what read it; a reader is an agent named by its hash."""
    readers: dict[str, str] = {}
    for row in tables["claims"]:
        one, words = row["id"], _reader(row["reader"])
        if words not in readers:
            readers[words] = "reader." + sha256(words.encode()).hexdigest()[:12]
        about = {"prov:value": row["quote"], "tidings:start": row["start"], "tidings:end": row["end"]}
        about |= {"tidings:chain": " > ".join(row["chain"]), "tidings:rule": row["rule"]}
        told.say("entity", _q(one), {"prov:type": _typed("tidings:Claim"), **about})
        source = {"prov:generatedEntity": _q(one), "prov:usedEntity": _q(row["document"])}
        told.say("wasDerivedFrom", f"_:d.{one}", {**source, "prov:type": _typed("prov:Quotation")})
        made = {"prov:entity": _q(one), "prov:activity": _q(f"reading.{readers[words]}")}
        told.say("wasGeneratedBy", f"_:g.{one}", made)
        for who in dict.fromkeys(filter(None, row["chain_ids"])):
            role = "origin" if who == row["chain_ids"][-1] else "carrier"
            whose = {"prov:entity": _q(one), "prov:agent": _q(who), "tidings:role": role}
            told.say("wasAttributedTo", f"_:t.{one}.{who}", whose)
    for words, reader in sorted(readers.items()):
        told.say("activity", _q(f"reading.{reader}"), {"prov:label": f"reading by {words}"})
        told.say("agent", _q(reader), {"prov:type": _typed("prov:SoftwareAgent"), "prov:label": words})
        pair = {"prov:activity": _q(f"reading.{reader}"), "prov:agent": _q(reader)}
        told.say("wasAssociatedWith", f"_:a.{reader}", pair)


def _reader(reader: dict[str, Any] | None) -> str:
    return " ".join(str(part) for part in (reader or {}).values() if part) or "unknown reader"


def _derived(tables: Tables, told: _Statements) -> None:
    for table in _DERIVED:
        for row in tables[table]:
            one = row["id"]
            label = " ".join(str(row[name]) for name in ("measure", "kind", "type", "standing") if row.get(name))
            told.say("entity", _q(one), {"prov:type": _typed(f"tidings:{table}"), "prov:label": label or table})
            told.say("wasGeneratedBy", f"_:g.{one}", {"prov:entity": _q(one), "prov:activity": _q("weighing")})
            for claim in dict.fromkeys(row["claims"]):
                pair = {"prov:generatedEntity": _q(one), "prov:usedEntity": _q(claim)}
                told.say("wasDerivedFrom", f"_:d.{one}.{claim}", pair)
    told.say("activity", _q("weighing"), {"prov:label": "joining and weighing by the rules of Tidings"})
    told.say("wasAssociatedWith", "_:a.weighing", {"prov:activity": _q("weighing"), "prov:agent": _q("program")})


def _agents(tables: Tables, told: _Statements) -> None:
    versions = sorted({row["version"] for row in tables["builds"]})
    program = {"prov:type": _typed("prov:SoftwareAgent"), "prov:label": " ".join(["Tidings", *versions])}
    told.say("agent", _q("program"), program)
    for row in tables["entities"]:
        if row["kind"] in {"source", "actor", "person"}:
            told.say("agent", _q(row["id"]), {"prov:label": row["name"]})


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
