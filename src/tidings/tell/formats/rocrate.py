"""RO-Crate 1.2: the tables as JSON Lines with a description in schema.org's words, for repositories of research data."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tidings.model.columns import TABLE_NOTES
from tidings.tell.formats import jsonl
from tidings.tell.formats.cells import credit_lines, json_bytes
from tidings.tell.formats.export import Export, LeftOut, Tables, Written

__all__ = ["EXPORT", "write"]

_RIGHTS = "The words of the reports belong to their publishers; nothing is licensed by this crate."


def write(tables: Tables, target: Path) -> Written:
    """Write the tables and ``ro-crate-metadata.json`` into the folder ``target``.

    Args:
        tables: Rows by table of the contract.
        target: Where the files go.
    """
    done = jsonl.write(tables, target)
    reports = [_report(row) for row in tables["documents"]]
    graph = [_descriptor(), _root(tables, list(done.files), reports), _program(tables), _action(done.files)]
    graph += [_file(path) for path in done.files]
    graph += reports
    page = target / "ro-crate-metadata.json"
    page.write_bytes(json_bytes({"@context": "https://w3id.org/ro/crate/1.2/context", "@graph": graph}))
    return Written(files=(page, *done.files), rows=done.rows, left_out=LeftOut())


def _descriptor() -> dict[str, Any]:
    return {
        "@id": "ro-crate-metadata.json",
        "@type": "CreativeWork",
        "conformsTo": {"@id": "https://w3id.org/ro/crate/1.2"},
        "about": {"@id": "./"},
    }


def _root(tables: Tables, paths: list[Path], reports: list[dict[str, Any]]) -> dict[str, Any]:
    named = credit_lines(tables)
    root: dict[str, Any] = {
        "@id": "./",
        "@type": "Dataset",
        "name": "A record of an armed conflict, read from reports",
        "description": "Claims that reports make, each with its exact words, and what follows from them by stated rules.",
        "datePublished": _day(tables),
        "license": _RIGHTS,
        "hasPart": [{"@id": path.name} for path in paths],
        "isBasedOn": [{"@id": report["@id"]} for report in reports],
    }
    return {**root, "creditText": "; ".join(named)} if named else root


def _day(tables: Tables) -> str:
    """Return the day that the crate must have: of its last build where the clock is told, else that of the newest report.

    The standard wants a day, and the machine's own would make the same record differ from day to day.
    """
    built = [row["at"][:10] for row in tables["builds"] if row["at"]]
    newest = [row["published_latest"] for row in tables["documents"] if row["published_latest"]]
    return max(built, default="") or max(newest, default="") or "1970-01-01"


def _program(tables: Tables) -> dict[str, Any]:
    versions = sorted({row["version"] for row in tables["builds"]})
    return {"@id": "#tidings", "@type": "SoftwareApplication", "name": "Tidings", "version": ", ".join(versions)}


def _action(paths: tuple[Path, ...]) -> dict[str, Any]:
    return {
        "@id": "#reading",
        "@type": "CreateAction",
        "name": "Reading the reports into a record",
        "instrument": {"@id": "#tidings"},
        "result": [{"@id": path.name} for path in paths],
    }


def _file(path: Path) -> dict[str, Any]:
    return {
        "@id": path.name,
        "@type": "File",
        "name": path.stem,
        "description": TABLE_NOTES[path.stem],
        "encodingFormat": "application/jsonl",
        "contentSize": str(path.stat().st_size),
    }


def _report(row: Any) -> dict[str, Any]:
    told = {"name": row["title"] or row["path"], "publisher": row["publisher"], "url": row["url"]}
    told |= {"datePublished": row["published_latest"], "inLanguage": row["language"], "sha256": row["sha256"]}
    return {"@id": f"#{row['id']}", "@type": "CreativeWork", **{name: value for name, value in told.items() if value}}


EXPORT = Export(
    name="rocrate",
    title="an RO-Crate 1.2: the tables as JSON Lines, described for repositories of research data",
    ending="",
    cannot_hold=(
        "the day on which it was made, unless the clock is asked for: the day of the newest report stands for it",
        "a licence for the whole: the reports belong to their publishers",
        "the bytes of the reports as received, which stay in the record",
    ),
    write=write,
)
