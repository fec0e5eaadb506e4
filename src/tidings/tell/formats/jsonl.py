"""JSON Lines: one file a table, one row a line, the columns of the contract in their order."""

from __future__ import annotations

import json
from pathlib import Path

from tidings.tell.formats.export import Export, Tables, Written

__all__ = ["EXPORT", "write"]


def write(tables: Tables, target: Path) -> Written:
    """Write one ``<table>.jsonl`` for each table into the folder ``target``, which is made if need be.

    Args:
        tables: Rows by table, each with its columns in order.
        target: Where the files go; files of the same names are replaced.

    Returns:
        The files in the order of the tables; nothing is left out.
    """
    target.mkdir(parents=True, exist_ok=True)
    # Made once: json.dumps makes an encoder anew for each row.
    encode = json.JSONEncoder(ensure_ascii=False).encode
    files, written = [], 0
    for table, rows in tables.items():
        path = target / f"{table}.jsonl"
        with path.open("w", encoding="utf-8", newline="\n") as file:
            for row in rows:
                file.write(encode(row) + "\n")
                written += 1
        files.append(path)
    return Written(files=tuple(files), rows=written)


EXPORT = Export(
    name="jsonl",
    title="every table as JSON Lines, the whole contract",
    ending="",
    cannot_hold=("the bytes of the reports as received, which stay in the record",),
    write=write,
)
