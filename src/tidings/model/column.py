"""A column of the public contract, and the few that many tables share."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["CLAIMS", "QUOTE", "TIME_BASIS", "Column", "columns", "time_columns"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, what it holds (text, integer, number, yes_no, list, object), and a sentence about it.

    ``parts`` are the keys of an object that always has the same ones; a spreadsheet gives each a column of its own.
    """

    name: str
    holds: str
    about: str
    parts: tuple[str, ...] = ()


def columns(*lines: str) -> tuple[Column, ...]:
    """Return columns from lines of the form ``name|holds|sentence``; ``object:a,b`` names the parts."""
    out = []
    for line in lines:
        name, holds, about = line.split("|", 2)
        holds, _, parts = holds.partition(":")
        out.append(Column(name, holds, about, tuple(parts.split(",")) if parts else ()))
    return tuple(out)


def time_columns(of: str, column: str = "time") -> tuple[str, ...]:
    """Return the three columns of a time."""
    return (
        f"{column}|text|When {of}, in EDTF; empty when it is not known.",
        f"{column}_earliest|text|The first day possible.",
        f"{column}_latest|text|The last day possible.",
    )


TIME_BASIS = "time_basis|text|Where the days come from."
QUOTE = (
    "start|integer|First code point in documents.text.",
    "end|integer|One past the last code point.",
)
CLAIMS = "claims|list|Ids of the claims that the row stands on."
