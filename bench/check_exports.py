"""Prove that exported tables stand on words, by reading nothing but the exports.

::

    python bench/check_exports.py EXPORT_DIR [--originals DIR]

A second opinion on ``tidings check``: it shares no code with Tidings, knows only the public contract of the tables and needs the
standard library alone. It proves that

* every quote stands at its offsets in ``documents.text``, and so do speakers, triggers and the words of constraints;
* text and removed furniture fit together, and with --originals give the file's bytes back;
* every id that a row names exists, every derived row stands on claims, and every claim lies in a report;
* every number of a ledger was given by one of its claims, with low ≤ best ≤ high;
* every sentence of the brief cites something that exists and holds each of its values, numbers, days and quotations;
* the chain of decisions fits its hashes, and the last build's hash is that of the tables.

Prints what was looked at and each fault. Exit code 0: all holds; 1: something does not; 2: wrong usage.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

Row = dict[str, Any]
Tables = dict[str, list[Row]]

# The tables in the order of the contract: the hash of a build runs over them in this order, the two logs left out.
TABLES = (
    "documents attributions claims mentions entities proposals times constraints events comparisons figures holdings movements "
    "persons custody property relations echoes contradictions framings brief decisions builds"
).split()
QUOTED = {"claims": "quote", "attributions": "quote", "mentions": "text", "constraints": "quote"}
DERIVED = "events figures holdings movements persons custody property relations contradictions".split()
NUMBERS = {"figures": ("low", "best", "high"), "movements": ("low", "high"), "custody": ("low", "high")}
# Columns that hold ids, by the table in which these are found. A table left out here names display names in the column.
IDS: dict[str, dict[str, str]] = {
    "claims": {"document": "documents", "attribution": "attributions", "event": "events"},
    "attributions": {"document": "documents"},
    "mentions": {"document": "documents", "entity": "entities", "refers_to": "mentions", "alias_of": "mentions"},
    "constraints": {"document": "documents"},
    "proposals": {"a": "entities", "b": "entities"},
    "events": {"claims": "claims", "documents": "documents", "part_of": "events"},
    "comparisons": {"event": "events", "a": "claims", "b": "claims"},
    "persons": {"entity": "entities"},
    "relations": {"a": "entities", "b": "entities"},
    "echoes": {"claim": "claims", "of": "claims"},
    "framings": {"mentions": "mentions"},
    "brief": {"claims": "claims", "documents": "documents"},
}
MONTHS = "January February March April May June July August September October November December".split()


class Faults(list[str]):
    """Faults found, and what was looked at."""

    def __init__(self) -> None:
        super().__init__()
        self.looked: dict[str, int] = {}

    def look(self, what: str, number: int = 1) -> None:
        """Count ``number`` things as looked at."""
        self.looked[what] = self.looked.get(what, 0) + number

    def say(self, table: str, row: Row, what: str) -> None:
        """Write a fault down."""
        self.append(f"{table} {row.get('id') or row.get('event') or '?'}: {what}")


def load(folder: Path, faults: Faults) -> Tables:
    """Return every table as rows; a missing table or a line that is no row is a fault."""
    tables: Tables = {}
    for table in TABLES:
        path = folder / f"{table}.jsonl"
        rows: list[Row] = []
        if not path.is_file():
            faults.append(f"{table}: the file {path.name} is missing")
        else:
            for number, line in enumerate(path.read_text("utf-8").split("\n"), start=1):
                if not line:
                    continue
                try:
                    row = json.loads(line)
                except ValueError as error:
                    faults.append(f"{table}: line {number} is no JSON ({error})")
                    continue
                if isinstance(row, dict):
                    rows.append(row)
                else:
                    faults.append(f"{table}: line {number} is no row")
        tables[table] = rows
    return tables


def by_id(rows: Iterable[Row]) -> dict[str, Row]:
    """Return rows by their id."""
    return {row["id"]: row for row in rows if isinstance(row.get("id"), str)}


def as_list(value: Any) -> list[Any]:
    """Return a cell as a list: empty for nothing, one for a single id."""
    if value is None or value == "":
        return []
    return value if isinstance(value, list) else [value]


def check_ids(tables: Tables, faults: Faults) -> None:
    """Every row's id is its own, and every id that a row names exists."""
    known = {table: by_id(rows).keys() for table, rows in tables.items()}
    for table, rows in tables.items():
        if rows and "id" in rows[0] and len(known[table]) != len(rows):
            faults.append(f"{table}: {len(rows) - len(known[table])} rows have no id or one that another row has")
        columns = dict(IDS.get(table, {}))
        if table in DERIVED:
            columns["claims"] = "claims"
        for row in rows:
            named = [(column, target, row.get(column)) for column, target in columns.items()]
            named += [(column, "entities", value) for column, value in row.items() if column.endswith("_ids")]
            for column, target, value in named:
                for one in as_list(value):
                    faults.look("ids that rows name")
                    # A chain names an empty id where no entity stands for a publisher.
                    if one != "" and one not in known[target]:
                        faults.say(table, row, f"{column} names {one!r}, which is not in {target}")


def check_quotes(tables: Tables, faults: Faults) -> None:
    """Words stand where their row says."""
    documents = by_id(tables["documents"])
    for table, column in QUOTED.items():
        for row in tables[table]:
            if not row.get(column) and table == "constraints":
                continue
            faults.look("quotes")
            document = documents.get(row.get("document") or "")
            if document is None:
                faults.say(table, row, f"its report {row.get('document')!r} is not there")
                continue
            places = [(row.get("start"), row.get("end"), row.get(column))]
            if table == "attributions" and row.get("source_start") is not None:
                places.append((row["source_start"], row.get("source_end"), row.get("source")))
            if table == "attributions" and row.get("cue_start") is not None and row.get("cue"):
                places.append((row["cue_start"], row.get("cue_end"), None))
            trigger = row.get("trigger")
            if isinstance(trigger, dict) and trigger.get("text"):
                places.append((trigger.get("start"), trigger.get("end"), trigger["text"]))
            for start, end, words in places:
                fault = span_fault(document["text"], start, end, words)
                if fault:
                    faults.say(table, row, fault)


def span_fault(text: str, start: Any, end: Any, words: str | None) -> str:
    """Return what is wrong with a span, or nothing."""
    if not isinstance(start, int) or not isinstance(end, int) or not 0 <= start < end <= len(text):
        return f"its place {start}..{end} lies outside the report"
    if words is not None and text[start:end] != words:
        return f"at {start}..{end} stands {text[start:end][:50]!r}, not {words[:50]!r}"
    return ""


def check_documents(tables: Tables, faults: Faults, originals: Path | None) -> None:
    """Text and furniture fit together; with the originals at hand they give the bytes back."""
    for row in tables["documents"]:
        faults.look("reports")
        if not re.fullmatch(r"[0-9a-f]{64}", row.get("sha256") or ""):
            faults.say("documents", row, "its sha256 is no SHA-256")
        try:
            whole = put_back(row.get("text", ""), row.get("removed") or [])
        except ValueError as error:
            faults.say("documents", row, str(error))
            continue
        if row.get("known"):
            if hashlib.sha256(row["text"].encode()).hexdigest() != row["sha256"]:
                faults.say("documents", row, "the row of known days has another SHA-256 than its words")
        elif originals is not None:
            check_original(row, whole, originals, faults)


def put_back(text: str, removed: list[Row]) -> str:
    """Return text and furniture as one; ValueError where they do not fit."""
    out: list[str] = []
    at = taken = 0
    for piece in removed:
        start, end, words = piece["start"], piece["end"], piece["words"]
        if start < at or end - start != len(words) or taken + start - at > len(text):
            raise ValueError(f"the furniture at {start}..{end} does not fit between the words of the report")
        out += [text[taken : taken + start - at], words]
        taken += start - at
        at = end
    return "".join([*out, text[taken:]])


def check_original(row: Row, whole: str, originals: Path, faults: Faults) -> None:
    """The file at the report's path has the report's hash and, where it is plain UTF-8, its words."""
    path = originals / row["path"]
    if not path.is_file():
        faults.say("documents", row, f"there is no original {row['path']}")
        return
    data = path.read_bytes()
    faults.look("originals")
    if hashlib.sha256(data).hexdigest() != row["sha256"]:
        faults.say("documents", row, "its original has another SHA-256")
        return
    if path.suffix.lower() not in {".txt", ".md"}:
        return
    try:
        words = data.decode("utf-8")
    except UnicodeDecodeError:
        return
    if words != whole:
        faults.say("documents", row, "text and furniture together are not the original's words")


def check_derived(tables: Tables, faults: Faults) -> None:
    """A derived row stands on claims, and its reports and origins are those of its claims."""
    claims = by_id(tables["claims"])
    for table in DERIVED:
        for row in tables[table]:
            faults.look("derived rows")
            if not row.get("claims"):
                faults.say(table, row, "it stands on no claim")
    for row in tables["framings"]:
        faults.look("derived rows")
        if not row.get("mentions") or row.get("n") != len(row["mentions"]):
            faults.say("framings", row, f"it counts {row.get('n')} and names {len(row.get('mentions') or [])} mentions")
    for row in tables["events"]:
        own = [claims[one] for one in row.get("claims", []) if one in claims]
        if {one["document"] for one in own} != set(row.get("documents", [])):
            faults.say("events", row, "its reports are not those of its claims")
        for one in own:
            if one.get("event") != row["id"]:
                faults.say("events", row, f"its claim {one['id']} says it belongs to {one.get('event')!r}")
        for origin in row.get("origins_claims") or []:
            if not set(origin.get("claims", [])) <= set(row.get("claims", [])):
                faults.say("events", row, f"the origin {origin.get('name')!r} has claims that the event has not")


def check_numbers(tables: Tables, faults: Faults) -> None:
    """No ledger holds a number that nobody said."""
    claims = by_id(tables["claims"])
    for table, columns in NUMBERS.items():
        for row in tables[table]:
            said = {1}
            for one in row.get("claims", []):
                count = claims.get(one, {}).get("count")
                if isinstance(count, dict):
                    said |= {count.get("low"), count.get("high")} - {None}
            values = [(column, row.get(column)) for column in columns if row.get(column) is not None]
            faults.look("numbers of ledgers", len(values))
            for column, value in values:
                if value not in said:
                    faults.say(table, row, f"{column} is {value}, which none of its claims gives")
            given = [value for _, value in values]
            if given != sorted(given):
                faults.say(table, row, f"{' ≤ '.join(column for column, _ in values)} does not hold: {given}")


def check_brief(tables: Tables, faults: Faults) -> None:
    """Each sentence cites something, and what it cites holds what the sentence says."""
    support = Support(tables)
    for row in tables["brief"]:
        faults.look("sentences of the brief")
        cited = [one for one in row.get("claims", []) if one in support.claims]
        papers = [one for one in row.get("documents", []) if one in support.documents]
        if not cited and not papers:
            faults.say("brief", row, "it cites nothing")
            continue
        held = support.of(cited, papers)
        for value in row.get("values", []):
            if not holds(held, value):
                faults.say("brief", row, f"nothing cited holds {value!r}")
        sentence = row.get("sentence", "")
        for quotation in re.findall(r"[“«]([^”»]+)[”»]", sentence):
            if squash(quotation) not in squash("\n".join(held)) and not quotation.endswith("…"):
                faults.say("brief", row, f"nothing cited holds the quotation {quotation[:60]!r}")
        if cited:
            for number in plain_numbers(sentence):
                counts = {len(cited), len(papers), len({support.claims[one]["document"] for one in cited})}
                if number not in counts and number > len(cited) and not holds(held, str(number)):
                    faults.say("brief", row, f"nothing cited holds the number {number}")
            for day in days(sentence):
                if day not in "\n".join(held):
                    faults.say("brief", row, f"nothing cited holds the day {day}")


class Support:
    """What citations bear out: the claims, what they name, their reports, and the derived rows that stand on them alone."""

    def __init__(self, tables: Tables) -> None:
        self.claims = by_id(tables["claims"])
        self.documents = by_id(tables["documents"])
        self.entities = by_id(tables["entities"])
        self.derived: dict[str, list[Row]] = {}
        for table in DERIVED:
            for row in tables[table]:
                for one in row.get("claims", []):
                    self.derived.setdefault(one, []).append(row)

    def of(self, cited: list[str], papers: list[str]) -> list[str]:
        """Return all that the cited claims and reports say, cell by cell."""
        held: list[str] = []
        rows = [self.claims[one] for one in cited]
        seen: set[int] = set()
        for one in cited:
            for row in self.derived.get(one, []):
                if id(row) not in seen and set(row["claims"]) <= set(cited):
                    seen.add(id(row))
                    rows.append(row)
        for row in rows:
            held += cells(
                {key: value for key, value in row.items() if key not in {"id", "claims", "reader", "rule", "document"}}
            )
            for column, ids in row.items():
                if column.endswith("_ids"):
                    for one in as_list(ids):
                        entity = self.entities.get(one)
                        held += [entity["name"], *entity.get("aliases", [])] if entity else []
        for paper in [*(self.claims[one]["document"] for one in cited), *papers]:
            document = self.documents.get(paper)
            if document:
                held += [str(document.get(name) or "") for name in ("publisher", "title", "path", "published")]
                held += [str(document.get(name) or "") for name in ("published_earliest", "published_latest")]
                held += [] if document.get("publisher") else ["unknown publisher"]
        return held


def cells(value: Any) -> Iterator[str]:
    """Yield what a row says as text, lists and objects opened."""
    if isinstance(value, dict):
        for key, part in value.items():
            if not str(key).endswith("_ids"):
                yield from cells(part)
    elif isinstance(value, list):
        for part in value:
            yield from cells(part)
    elif value is not None and not isinstance(value, bool):
        yield str(value)


def squash(words: str) -> str:
    """Return words in lower case with white space made single spaces."""
    return " ".join(words.casefold().split())


def holds(held: Iterable[str], value: str) -> bool:
    """Return whether a value stands among cells, as whole words or as a whole number."""
    wanted = squash(value)
    digits = wanted.replace(",", "")
    if digits.isdigit():
        pattern = re.compile(rf"(?<![\d-]){digits}(?![\d-])")
        return any(pattern.search(re.sub(r"(?<=\d),(?=\d{3})", "", cell)) for cell in held)
    pattern = re.compile(rf"(?<!\w){re.escape(wanted)}(?!\w)")
    return any(pattern.search(squash(cell)) for cell in held)


DAY = re.compile(rf"\b(\d{{1,2}})(?: (?:or|and|to) \d{{1,2}})? ({'|'.join(MONTHS)})\b(?: (\d{{4}}))?")
MONTH_YEAR = re.compile(rf"\b(?:{'|'.join(MONTHS)}) \d{{4}}\b")


def days(sentence: str) -> list[str]:
    """Return the days in a sentence as YYYY-MM-DD; a day without a year takes the next year in the sentence."""
    bare = re.sub(r"[“«][^”»]+[”»]", " ", sentence)
    out = []
    for found in DAY.finditer(bare):
        year = found[3] or next(iter(re.findall(r"\b(?:19|20)\d\d\b", bare[found.end() :])), "")
        if year:
            out.append(f"{year}-{MONTHS.index(found[2]) + 1:02}-{int(found[1]):02}")
    return out


def plain_numbers(sentence: str) -> list[int]:
    """Return the numbers in a sentence outside days, quotations and names."""
    bare = re.sub(r"[“«][^”»]+[”»]", " ", sentence)
    bare = MONTH_YEAR.sub(" ", DAY.sub(" ", bare))
    bare = re.sub(r"\b(?:19|20)\d\d\b", " ", bare)
    return [
        int(found.replace(",", "")) for found in re.findall(r"(?<![\w.-])\d[\d,]*(?![\w-])", bare) if found.strip(",")
    ]


def check_decisions(tables: Tables, faults: Faults) -> None:
    """Each decision follows the one before, and its hash is that of its words."""
    previous = ""
    for row in tables["decisions"]:
        faults.look("decisions")
        if (row.get("previous_hash") or "") != previous:
            faults.say("decisions", row, "it does not follow the decision before it")
        names = ("id", "at", "by", "action", "subject", "before", "after", "reason", "previous_hash")
        held = {name: row.get(name) if row.get(name) is not None else "" for name in names}
        digest = hashlib.sha256(json.dumps(held, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
        if digest != row.get("hash"):
            faults.say("decisions", row, "its hash is not that of its words")
        previous = row.get("hash") or ""


def check_build(folder: Path, tables: Tables, faults: Faults) -> None:
    """The hash of the last build is that of the tables, byte for byte."""
    if not tables["builds"]:
        faults.append("builds: no build is written down")
        return
    faults.look("hashes of builds")
    digest = hashlib.sha256()
    for table in TABLES:
        path = folder / f"{table}.jsonl"
        if table not in {"decisions", "builds"} and path.is_file():
            digest.update(f"{table}\n".encode() + path.read_bytes())
    last = tables["builds"][-1]
    if last.get("hash") != digest.hexdigest():
        faults.say("builds", last, "its hash is not that of the tables")


def check(folder: Path, originals: Path | None = None) -> Faults:
    """Return every fault of the exports in a folder, with what was looked at."""
    faults = Faults()
    tables = load(folder, faults)
    proofs: list[Callable[[], None]] = [
        lambda: check_ids(tables, faults),
        lambda: check_quotes(tables, faults),
        lambda: check_documents(tables, faults, originals),
        lambda: check_derived(tables, faults),
        lambda: check_numbers(tables, faults),
        lambda: check_brief(tables, faults),
        lambda: check_decisions(tables, faults),
        lambda: check_build(folder, tables, faults),
    ]
    for proof in proofs:
        try:
            proof()
        except (KeyError, TypeError, AttributeError) as error:
            faults.append(f"a row lacks what the contract promises: {type(error).__name__} {error}")
    return faults


def main(arguments: list[str]) -> int:
    """Check the exports named on the command line, print what was found, and return the exit code."""
    parser = argparse.ArgumentParser(description=str(__doc__).split("\n", 1)[0])
    parser.add_argument("folder", type=Path, metavar="EXPORT_DIR", help="the folder of the exported .jsonl tables")
    parser.add_argument("--originals", type=Path, metavar="DIR", help="the folder that the reports were built from")
    options = parser.parse_args(arguments)
    if not options.folder.is_dir():
        parser.error(f"{options.folder} is no folder")
    faults = check(options.folder, options.originals)
    for what, number in faults.looked.items():
        print(f"{number:8}  {what}")
    for fault in faults:
        print(f"FAULT     {fault}")
    print(f"{len(faults)} faults." if faults else "All of it holds.")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
