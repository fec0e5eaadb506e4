"""Prove an export without Tidings: a second program that reads the JSON Lines alone and shares no code with the first.

usage: python bench/prove.py EXPORT_DIR [--reports DIR …]

Every quote stands at its offsets; every derived row reaches a quote; every number of a ledger is one that a cited claim
gives; every value of a sentence of the brief is borne out by what the sentence cites; the decisions form a chain. With the
folders of the reports, every document's hash is that of its file, and text and furniture together give a text file back.
Exit 1 and a list otherwise. Python's standard library only.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
from pathlib import Path

DERIVED = {
    "events": "claims", "figures": "claims", "holdings": "claims", "movements": "claims", "persons": "claims",
    "custody": "claims", "property": "claims", "relations": "claims", "contradictions": "claims", "framings": "mentions",
}  # fmt: skip
SPOKEN = {"claims": "quote", "attributions": "quote", "mentions": "text"}
LEDGERS = {"figures": ("low", "best", "high"), "movements": ("low", "high"), "custody": ("low", "high")}


class Export:
    """The tables of a folder, and what was found wrong with them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.faults: list[str] = []
        self.proven = 0
        self._tables: dict[str, list[dict]] = {}

    def table(self, name: str) -> list[dict]:
        """Return the rows of a table."""
        if name not in self._tables:
            path = self.folder / f"{name}.jsonl"
            if not path.exists():
                self.faults.append(f"{name}: there is no {path.name}")
            lines = path.read_text(encoding="utf-8").split("\n") if path.exists() else []
            self._tables[name] = [json.loads(line) for line in lines if line]
        return self._tables[name]

    def keyed(self, name: str) -> dict[str, dict]:
        """Return the rows of a table by id."""
        return {row["id"]: row for row in self.table(name)}

    def hold(self, holds: bool, what: str) -> None:
        """Count one statement, and keep what is wrong where it does not hold."""
        self.proven += 1
        if not holds:
            self.faults.append(what)


def prove_quotes(export: Export) -> None:
    texts = {row["id"]: row["text"] for row in export.table("documents")}
    for name, column in SPOKEN.items():
        for row in export.table(name):
            text = texts.get(row["document"], "")
            export.hold(
                bool(row[column]) and text[row["start"] : row["end"]] == row[column],
                f"{name} {row['id']}: its words do not stand at {row['start']}..{row['end']} of {row['document']}",
            )
    for row in export.table("constraints"):
        if row["quote"]:
            text = texts.get(row["document"], "")
            export.hold(text[row["start"] : row["end"]] == row["quote"], f"constraints {row['id']}: wrong place")


def prove_derived(export: Export) -> None:
    claims, mentions = export.keyed("claims"), export.keyed("mentions")
    for name, column in DERIVED.items():
        known = mentions if column == "mentions" else claims
        for row in export.table(name):
            cited = row[column]
            export.hold(bool(cited) and all(one in known for one in cited), f"{name} {row['id']}: reaches no quote")
    for row in export.table("echoes"):
        export.hold(row["claim"] in claims and row["of"] in claims, f"echoes {row['id']}: reaches no quote")
    for name, columns in LEDGERS.items():
        for row in export.table(name):
            said = {1}
            for one in row["claims"]:
                count = claims.get(one, {}).get("count") or {}
                said |= {count.get("low"), count.get("high")}
            for column in columns:
                if row[column] is not None:
                    export.hold(row[column] in said, f"{name} {row['id']}: nobody said {column} {row[column]}")


def words_of(value: object) -> list[str]:
    """Return the strings and numbers inside a value, ids left out."""
    if isinstance(value, dict):
        return [word for part in value.values() for word in words_of(part)]
    if isinstance(value, list):
        return [word for part in value for word in words_of(part)]
    if value is None or isinstance(value, bool) or re.fullmatch(r"[a-zA-Z]+_[0-9a-f]{16}", str(value)):
        return []
    return [str(value).casefold()]


SAYS = (
    "quote agents targets places time time_earliest time_latest chain count share origin destination group by low best high "
    "holder place from until shelter who whose what price currency name origins a_name b_name from_earliest until_latest"
).split()


def prove_brief(export: Export) -> None:
    claims, documents, entities = export.keyed("claims"), export.keyed("documents"), export.keyed("entities")
    derived = [row for name in DERIVED for row in export.table(name) if "claims" in row]
    for row in export.table("brief"):
        cited = set(row["claims"])
        export.hold(bool(cited or row["documents"]), f"brief {row['id']}: cites nothing")
        rows = [claims[one] for one in row["claims"] if one in claims]
        rows += [other for other in derived if cited and set(other["claims"]) <= cited]
        bag = [word for one in rows for column in SAYS if column in one for word in words_of(one[column])]
        for one in rows:
            for column, ids in one.items():
                if column.endswith("_ids"):
                    bag += [alias.casefold() for held in ids for alias in entities.get(held, {}).get("aliases", [])]
        papers = {one["document"] for one in rows if "document" in one} | set(row["documents"])
        for paper in papers & documents.keys():
            held = documents[paper]
            keys = ("publisher", "title", "path", "published", "published_earliest", "published_latest", "dateline")
            bag += [held[key].casefold() for key in keys if held[key]] + (
                [] if held["publisher"] else ["unknown publisher"]
            )
        bag += [str(len(papers)), str(len(cited)), str(len(row["documents"]))]
        for value in row["values"]:
            export.hold(stands(value, bag), f"brief {row['id']}: nothing cited bears out {value!r}")


def stands(value: str, bag: list[str]) -> bool:
    wanted = value.casefold()
    number = wanted.replace(",", "")
    if number.isdigit():
        return any(number in re.findall(r"(?<![\d-])\d+(?![\d-])", word.replace(",", "")) for word in bag)
    return any(re.search(rf"(?<!\w){re.escape(wanted)}(?!\w)", word) for word in bag)


def prove_decisions(export: Export) -> None:
    before = ""
    for row in export.table("decisions"):
        fields = {key: row[key] for key in row if key != "hash"}
        told = json.dumps(fields, ensure_ascii=False, sort_keys=True).encode()
        export.hold(row["previous_hash"] == before, f"decisions {row['id']}: does not follow the one before")
        export.hold(hashlib.sha256(told).hexdigest() == row["hash"], f"decisions {row['id']}: its hash does not fit")
        before = row["hash"]


def prove_reports(export: Export, folders: list[Path]) -> None:
    by_hash = {
        hashlib.sha256(path.read_bytes()).hexdigest(): path
        for folder in folders
        for path in (sorted(folder.rglob("*")) if folder.is_dir() else [folder])
        if path.is_file()
    }
    for row in export.table("documents"):
        if row["known"]:
            export.hold(
                hashlib.sha256(row["text"].encode()).hexdigest() == row["sha256"], f"documents {row['id']}: hash"
            )
            continue
        path = by_hash.get(row["sha256"])
        export.hold(path is not None, f"documents {row['id']}: no report given has its hash ({row['path']})")
        if path is None or path.suffix not in {".txt", ".md"}:
            continue
        try:
            original = path.read_bytes().decode("utf-8")
        except UnicodeDecodeError:
            continue
        text, at = row["text"], 0
        back, taken = [], 0
        for part in row["removed"]:
            keep = part["start"] - at
            back += [text[taken : taken + keep], part["words"]]
            taken, at = taken + keep, part["end"]
        whole = "".join([*back, text[taken:]])
        export.hold(
            whole in {original, original.removeprefix("\ufeff")},
            f"documents {row['id']}: text and furniture do not give {row['path']} back",
        )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("export", type=Path)
    parser.add_argument("--reports", type=Path, nargs="*", default=[])
    args = parser.parse_args()
    export = Export(args.export)
    prove_quotes(export)
    prove_derived(export)
    prove_brief(export)
    prove_decisions(export)
    if args.reports:
        prove_reports(export, args.reports)
    for fault in export.faults:
        print(fault)
    print(f"{export.proven:,} statements proven, {len(export.faults)} faults")
    return 1 if export.faults else 0


if __name__ == "__main__":
    sys.exit(main())
