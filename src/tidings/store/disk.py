"""What an error of a record file means to who works in it: what happened, that nothing is lost, what to do."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy.exc import DBAPIError

from tidings.errors import NotARecord, RecordError
from tidings.store.forward import not_a_record

__all__ = ["meaning", "settled"]

_REASONS = {
    "SQLITE_BUSY": "a build is writing to {where}. Nothing is lost; try again when it is done.",
    "SQLITE_LOCKED": "a build is writing to {where}. Nothing is lost; try again when it is done.",
    "SQLITE_FULL": "the disk is full on which {where} lies. Nothing is lost; make room and try again.",
    "SQLITE_IOERR": "the disk of {where} failed or is full. What was there before is kept; look at the disk and try again.",
    "SQLITE_READONLY": "{where} may not be written to. Give yourself the right to write to the file and to its folder.",
    "SQLITE_PERM": "{where} may not be opened. Give yourself the right to read the file.",
    "SQLITE_CANTOPEN": "{where} cannot be opened. Check that file and folder are there, and that you may use both.",
    "SQLITE_CORRUPT": "{where} is damaged. Restore it from a backup: tidings copy BACKUP NEW, and open that.",
    "SQLITE_NOMEM": "there is no memory left to work on {where}. Nothing is lost; close other programs and try again.",
}
"""The beginning of SQLite's name of an error (sqlite.org/rescode.html) to what it means here."""

_SAID = {"database or disk is full": "SQLITE_FULL", "database is locked": "SQLITE_BUSY", "readonly": "SQLITE_READONLY"}


def meaning(error: DBAPIError, where: str) -> RecordError | None:
    """Return an error of SQLite in words; None where it is none that a user can do anything about."""
    said = str(error.orig)
    name = getattr(error.orig, "sqlite_errorname", "") or next(
        (name for words, name in _SAID.items() if words in said), ""
    )
    if name == "SQLITE_NOTADB":
        found: NotARecord = not_a_record(where)
        return found
    for beginning, words in _REASONS.items():
        if name.startswith(beginning):
            return RecordError(words.format(where=where))
    return None


def settled(path: Path) -> list[Path]:
    """Return the files that SQLite keeps beside a record while it is written to."""
    return [path.with_name(path.name + ending) for ending in ("-wal", "-shm", "-journal")]
