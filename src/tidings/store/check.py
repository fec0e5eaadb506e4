"""Proof that a record stands on words: quotes, numbers, citations and hashes, each looked at again.

Nothing here trusts what made the rows: only the tables, the originals and the log are read.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from tidings.model import Document, sha256_hex
from tidings.store import ask, log
from tidings.store.inputs import every_report, original
from tidings.store.rows import Row
from tidings.store.state import decisions
from tidings.store.write import contents_hash

__all__ = ["Fault", "Proven", "check", "prove_tables"]

Tables = Mapping[str, Sequence[Row]]
Decode = Callable[[Document, bytes], str]
"""Returns the words of an original as they were before furniture was left out; raises ValueError where it cannot."""

_QUOTED = {"claims": "quote", "attributions": "quote", "mentions": "text", "constraints": "quote"}
_STAND_ON_CLAIMS = tuple(
    "events figures holdings movements persons custody property relations echoes contradictions".split()
)
_COUNTED = {"figures": ("low", "best", "high"), "movements": ("low", "high"), "custody": ("low", "high")}


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that does not hold: in which table, at which id, and what, as a sentence."""

    table: str
    id: str
    what: str


@dataclass(frozen=True, slots=True)
class Proven:
    """What was looked at, and the faults found. ``looked`` maps what was proven to how many."""

    looked: Mapping[str, int]
    faults: tuple[Fault, ...]


def check(connection: Connection, *, decode: Decode | None = None) -> Proven:
    """Look at every quote, value, citation and hash of the record.

    Args:
        connection: A connection to the record.
        decode: Gives an original's words back, so that text and furniture together can be held against them.
    """
    tables = ask.whole(connection)
    proven = prove_tables(tables)
    found = list(proven.faults)
    looked = dict(proven.looked)

    def ran(name: str, number: int, faults: Iterable[Fault]) -> None:
        looked[name] = number
        found.extend(faults)

    ran("reports against their originals", len(tables["documents"]), _originals(connection, tables, decode))
    ran("decisions in their chain", len(tables["decisions"]), _decisions(connection))
    ran("claims against the readers of the build", len(tables["claims"]), _builds(tables))
    return Proven(looked, tuple(sorted(found, key=_order)))


def prove_tables(tables: Tables) -> Proven:
    """Look at what tables alone can show: quotes, derived values, numbers, sentences of the brief.

    Args:
        tables: Every table of a record, or of a copy of one.
    """
    found: list[Fault] = []
    looked: dict[str, int] = {}

    def ran(name: str, number: int, faults: Iterable[Fault]) -> None:
        looked[name] = number
        found.extend(faults)

    ran("quotes at their offsets", sum(len(tables[name]) for name in _QUOTED), _quotes(tables))
    derived = sum(len(tables[name]) for name in _STAND_ON_CLAIMS) + len(tables["framings"])
    ran("derived values that reach a quote", derived, _derived(tables))
    ran("numbers that a claim gives", sum(len(tables[name]) for name in _COUNTED), _numbers(tables))
    ran("sentences of the brief", len(tables["brief"]), _brief(tables))
    return Proven(looked, tuple(sorted(found, key=_order)))


def _order(fault: Fault) -> tuple[str, str, str]:
    return (fault.table, fault.id, fault.what)


def _by_id(rows: Iterable[Row]) -> dict[str, Row]:
    return {row["id"]: row for row in rows}


def _quotes(tables: Tables) -> Iterator[Fault]:
    documents = _by_id(tables["documents"])
    for table, column in _QUOTED.items():
        for row in tables[table]:
            if table == "constraints" and not row["quote"]:
                continue
            fault = _quote_fault(documents, row, column)
            if fault:
                yield Fault(table, row["id"], fault)
    for row in tables["attributions"]:
        if row["source_start"] is None or row["document"] not in documents:
            continue
        words = documents[row["document"]]["text"][row["source_start"] : row["source_end"]]
        if words != row["source"]:
            yield Fault("attributions", row["id"], f"at the speaker's place stands {words!r}, not {row['source']!r}")


def _quote_fault(documents: Mapping[str, Row], row: Row, column: str) -> str:
    document = documents.get(row["document"])
    if document is None:
        return f"its report {row['document'] or '(none)'} is not in the record"
    if row["start"] is None or row["end"] is None or not 0 <= row["start"] < row["end"] <= len(document["text"]):
        return f"its place {row['start']}..{row['end']} lies outside the report"
    words = document["text"][row["start"] : row["end"]]
    return "" if words == row[column] else f"at its place stands {words[:60]!r}, not {row[column][:60]!r}"


def _cited(table: str, row: Row) -> list[str]:
    return [row["claim"], row["of"]] if table == "echoes" else row["claims"]


def _derived(tables: Tables) -> Iterator[Fault]:
    claims = _by_id(tables["claims"])
    mentions = _by_id(tables["mentions"])
    for table in _STAND_ON_CLAIMS:
        for row in tables[table]:
            held = _cited(table, row)
            if not held:
                yield Fault(table, row["id"], "it stands on no claim")
            for one in held:
                if one not in claims:
                    yield Fault(table, row["id"], f"the claim {one} that it stands on is not in the record")
    for row in tables["framings"]:
        if not row["mentions"] or any(one not in mentions for one in row["mentions"]):
            yield Fault("framings", row["id"], "a mention that it stands on is not in the record")


def _numbers(tables: Tables) -> Iterator[Fault]:
    """Yield each number of a ledger that none of its claims gives, and each that lies below its floor."""
    claims = _by_id(tables["claims"])
    for table, columns in _COUNTED.items():
        for row in tables[table]:
            said = {
                claims[one]["count"][end]
                for one in row["claims"]
                if one in claims and claims[one]["count"]
                for end in ("low", "high")
            }
            for column in columns:
                value = row[column]
                # A person counted one by one stands as one though no number is written.
                if value is not None and value not in said and value != 1:
                    yield Fault(table, row["id"], f"no claim that it stands on gives {column} = {value}")
            if row["low"] is not None and row["high"] is not None and row["low"] > row["high"]:
                yield Fault(table, row["id"], f"low {row['low']} lies above high {row['high']}")


def _brief(tables: Tables) -> Iterator[Fault]:
    claims, documents = _by_id(tables["claims"]), _by_id(tables["documents"])
    entities = _by_id(tables["entities"])
    derived = [row for table in _STAND_ON_CLAIMS for row in tables[table] if table != "echoes"]
    by_claim: dict[str, list[Row]] = {}
    for row in derived:
        for one in row["claims"]:
            by_claim.setdefault(one, []).append(row)
    for row in tables["brief"]:
        if not row["claims"] and not row["documents"]:
            yield Fault("brief", row["id"], "the sentence cites nothing")
        lost = [one for one in row["claims"] if one not in claims]
        lost += [one for one in row["documents"] if one not in documents]
        lost += [one for one in row["claims"] if one in claims and claims[one]["document"] not in documents]
        for one in lost:
            yield Fault("brief", row["id"], f"its citation {one} is not in the record")
        if lost:
            continue
        held = _support(row, claims, documents, entities, by_claim)
        for value in row["values"]:
            if not _holds(held, value):
                yield Fault("brief", row["id"], f"nothing that it cites holds {value!r}")


def _support(
    row: Row,
    claims: Mapping[str, Row],
    documents: Mapping[str, Row],
    entities: Mapping[str, Row],
    by_claim: Mapping[str, list[Row]],
) -> str:
    """Return all words and values that the citations of a sentence bear out, one a line, in lower case.

    A derived row speaks for a sentence when all the claims it stands on are cited there.
    """
    cited = set(row["claims"])
    rows: list[Row] = [claims[one] for one in row["claims"]]
    seen: set[str] = set()
    for one in row["claims"]:
        for derived in by_claim.get(one, ()):
            if derived["id"] not in seen and set(derived["claims"]) <= cited:
                seen.add(derived["id"])
                rows.append(derived)
    held: list[str] = []
    for one_row in rows:
        held += _values(one_row)
        for column, ids in one_row.items():
            if column.endswith("_ids"):
                held += [name for one in ids if one in entities for name in entities[one]["aliases"]]
    papers = [claims[one]["document"] for one in row["claims"]] + list(row["documents"])
    for paper in dict.fromkeys(papers):
        document = documents[paper]
        held += [document["publisher"] or "unknown publisher", document["title"], document["path"]]
        held += [document[name] for name in ("published", "published_earliest", "published_latest", "dateline")]
    held += [str(len(row["documents"])), str(len(row["claims"])), str(len(set(papers)))]
    return "\n".join(word.casefold() for word in held if word)


# Cells that say nothing about the world: a figure found there bears out no sentence.
_MACHINERY = frozenset(
    "id document claims attribution event reader start end confidence trigger documents part_of rule status unfilled "
    "origins_claims time_basis".split()
)


def _values(value: Any) -> list[str]:
    """Return what a row says as text, lists and objects opened; ids and machinery left out."""
    if isinstance(value, dict):
        return [
            word
            for key, part in value.items()
            if key not in _MACHINERY and not str(key).endswith("_ids")
            for word in _values(part)
        ]
    if isinstance(value, list):
        return [word for part in value for word in _values(part)]
    if value is None or isinstance(value, bool):
        return []
    return [str(value)]


def _holds(held: str, value: str) -> bool:
    """Return whether a value stands in what the citations say, as whole words or as a whole number."""
    wanted = value.casefold().strip()
    digits = wanted.replace(",", "")
    if digits.isdigit():
        # "1,200" and 1200 are one number; 12 is not found in 1200 or in 2012-05-01.
        return bool(re.search(rf"(?<![\d\-]){digits}(?![\d\-])", held.replace(",", "")))
    return bool(re.search(rf"(?<!\w){re.escape(wanted)}(?!\w)", held))


def _originals(connection: Connection, tables: Tables, decode: Decode | None) -> Iterator[Fault]:
    reports = every_report(connection)
    for row in tables["documents"]:
        report = reports.get(row["id"])
        if report is None or report.standing != "current":
            yield Fault("documents", row["id"], "no report behind the record stands for it")
            continue
        data = original(connection, report.document.sha256)
        if data is None:
            yield Fault("documents", row["id"], "its original is not kept")
            continue
        if sha256_hex(data) != row["sha256"]:
            yield Fault("documents", row["id"], "its original has another SHA-256: the bytes were changed")
            continue
        if row["text"] != report.document.text:
            yield Fault("documents", row["id"], "its text is not the text that was gathered")
        yield from _restored(row, report.document, data, decode)


def _restored(row: Row, document: Document, data: bytes, decode: Decode | None) -> Iterator[Fault]:
    """Yield a fault where text and furniture together do not give the original's words."""
    if decode is None or document.known or document.brought:
        return
    try:
        words = decode(document, data)
        back = _put_back(row["text"], row["removed"])
    except ValueError as error:
        yield Fault("documents", row["id"], f"its original cannot be given back: {error}")
        return
    if back != words:
        at = next(
            (place for place, (a, b) in enumerate(zip(back, words, strict=False)) if a != b), min(len(back), len(words))
        )
        yield Fault("documents", row["id"], f"text and furniture together differ from the original at {at}")


def _put_back(text: str, removed: Sequence[Row]) -> str:
    pieces: list[str] = []
    at = taken = 0
    for part in removed:
        keep = part["start"] - at
        if keep < 0 or part["end"] - part["start"] != len(part["words"]):
            msg = f"the furniture at {part['start']}..{part['end']} does not fit"
            raise ValueError(msg)
        pieces += [text[taken : taken + keep], part["words"]]
        taken += keep
        at = part["end"]
    return "".join([*pieces, text[taken:]])


def _decisions(connection: Connection) -> Iterator[Fault]:
    for one, sentence in log.breaks(decisions(connection)):
        yield Fault("decisions", one, sentence)


def _builds(tables: Tables) -> Iterator[Fault]:
    """Yield what does not fit the last build: the hash of the contents, and readers that it does not name."""
    if not tables["builds"]:
        yield Fault("builds", "", "no build is written down")
        return
    last = tables["builds"][-1]
    if contents_hash(tables) != last["hash"]:
        yield Fault("builds", last["id"], "the tables are not those that the last build wrote: a row was changed")
    readers = set(last["settings"].get("readers", ()))
    # A reviewer's decisions wait for the next build: the one that the record was built with need not be the last.
    decided = {row["hash"] for row in tables["decisions"]} | {""}
    if last["settings"].get("decisions", "") not in decided:
        yield Fault("builds", last["id"], "the decision that the record was built with is missing from the log")
    strange = {json.dumps(row["reader"]): row["id"] for row in reversed(tables["claims"]) if not _named(row, readers)}
    for stamp, claim in sorted(strange.items()):
        yield Fault("claims", claim, f"its reader {stamp} is not one that the record was built with")


def _named(row: Row, readers: set[str]) -> bool:
    reader = row["reader"]
    if reader is None:
        return False
    return f"{reader['name']} {reader['version']} {reader['model']}".strip() in readers
