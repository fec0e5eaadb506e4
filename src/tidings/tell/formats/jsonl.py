"""JSON Lines: one file a table, one row a line, the columns of the contract in their order."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

__all__ = ["write"]


def write(tables: Mapping[str, Iterable[dict[str, Any]]], folder: Path) -> list[Path]:
    """Write one ``<table>.jsonl`` for each table into ``folder``, which is made if need be.

    Args:
        tables: Rows by table, each with its columns in order.
        folder: Where the files go; files of the same names are replaced.

    Returns:
        The files written, in the order of the tables.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for table, rows in tables.items():
        path = folder / f"{table}.jsonl"
        with path.open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        written.append(path)
    return written
