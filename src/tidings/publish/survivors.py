"""Whether anything that was taken out survived: in contents, in file names, in what files say of themselves.

Files are opened as far as they can be: archives and office files member by member, databases table by table, text with every
way of writing a letter undone (entities of HTML, escapes of JSON, per cent signs of addresses). What cannot be opened is searched as
bytes. The search looks through the same eyes as what rewrote the words (:mod:`tidings.publish.hidden`), and for the record's own
ids, addresses, file names and hashes letter by letter.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from tidings.publish.hidden import Hidden
from tidings.publish.opened import UNSEARCHED, texts_of

__all__ = ["Exact", "Survivor", "exact_of", "survivors"]

Tables = Mapping[str, Iterable[Mapping[str, Any]]]
_REMEMBERED = 200_000
"""Cells whose answers are kept."""
_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})(?:\\u([0-9a-fA-F]{4}))?")
_TOKEN = re.compile(r"[^\s\"'<>|,;(){}\[\]]+")
_ID = re.compile(r"(?<![0-9A-Za-z])[A-Za-z]{1,3}[_-][0-9a-f]{16}(?![0-9a-f])")
_HASH = re.compile(r"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])")
_ID_OR_HASH = re.compile(f"{_ID.pattern}|{_HASH.pattern}")
_SHORTEST_ID = 18
_FOLD = re.compile(r"\r?\n[ \t]")
"""Where iCalendar breaks a long line."""
_SURE_IN_BYTES = 7
"""Letters from which on a name found among bytes is no accident."""
_TAG = re.compile(r"</?[A-Za-z!?][^<>]*>")
_INLINE = re.compile(r"</?(?:a|b|i|u|em|strong|mark|span|small|sub|sup|font|wbr)\b[^<>]*>", re.IGNORECASE)
_SCHEME = re.compile(r"^[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_SHORTEST_STEM = 8


@dataclass(frozen=True, slots=True)
class Exact:
    """What must not stand in a copy letter by letter: ids and hashes, and runs of signs (addresses, file names)."""

    ids: frozenset[str]
    runs: frozenset[str]


@dataclass(frozen=True, slots=True, order=True)
class Survivor:
    """Something that was taken out and is still there: in which file, where in it, what kind of thing.

    ``words`` are shown to those who publish; they never go into the copy.
    """

    file: str
    where: str
    what: str
    words: str


def exact_of(tables: Tables, copied: Tables) -> Exact:
    """Return what the copy must not hold letter by letter: all that the record has in these columns and the copy has not."""
    ids: set[str] = set()
    runs: set[str] = set()
    for kept, held in ((False, tables), (True, copied)):
        for table, rows in held.items():
            if table in {"brief", "builds"}:
                continue  # told anew for the copy
            for row in rows:
                mine = {str(row[name]) for name in ("id", "sha256", "hash", "previous_hash") if row.get(name)}
                addresses = {str(row[name]) for name in ("url", "path") if table == "documents" and row.get(name)}
                if kept:
                    ids -= mine
                    runs -= {_bare(one) for one in addresses}
                else:
                    ids |= mine
                    runs |= {_bare(one) for one in addresses}
                    stems = {one.rsplit("/", 1)[-1].rsplit(".", 1)[0] for one in addresses}
                    runs |= {_bare(one) for one in stems if len(one) >= _SHORTEST_STEM}
    return Exact(frozenset(ids), frozenset(runs - {""}))


def _bare(words: str) -> str:
    return _SCHEME.sub("", unquote(words)).strip("/").casefold()


def survivors(folder: Path, hidden: Hidden, exact: Exact) -> tuple[list[Survivor], int]:
    """Return what survived in the files under a folder, and how many texts were looked through.

    Files are read a piece at a time; a copy need not fit into memory.

    Args:
        folder: The copy.
        hidden: Names and descriptions that must not be shown.
        exact: Ids, hashes, addresses and file names that must not.
    """
    looker = _Looker(hidden, exact)
    found: set[Survivor] = set()
    looked = 0
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        found |= {Survivor(name, "its name", *one) for one in looker.look(name, "")}
        if not path.is_file():
            continue
        with path.open("rb") as file:
            for where, text in texts_of(name, file, path.stat().st_size):
                looked += 1
                if where.endswith(UNSEARCHED):
                    found.add(Survivor(name, where, "part", text))
                    continue
                accident = where.startswith("bytes")
                found |= {
                    Survivor(name, where, *one)
                    for one in looker.look(text, name)
                    if not accident or (len(one[1]) >= _SURE_IN_BYTES and one[1].lower() in text.lower())
                }
    return sorted(found), looked


class _Looker:
    """Looks through texts cell by cell; what was looked at not long ago, in whatever file, is not looked at again."""

    def __init__(self, hidden: Hidden, exact: Exact) -> None:
        self._hidden = hidden
        self._exact = exact
        self._seen: dict[str, tuple[tuple[str, str], ...]] = {}
        self._keys: set[tuple[str, ...]] = set()

    def look(self, text: str, name: str) -> Iterator[tuple[str, str]]:
        """Yield (what, words) for everything that stands in a text and must not."""
        for found in (*_ID.finditer(text), *_HASH.finditer(text)):
            if found.group().replace("-", "_") in self._exact.ids:
                yield "id", found.group()
        for whole in self._cells(text, name):
            # Ids and hashes were looked at above; without them many cells are alike.
            cell = whole if len(whole) < _SHORTEST_ID else _ID_OR_HASH.sub(" ", whole)
            held = self._seen.get(cell)
            if held is None:
                if len(self._seen) >= _REMEMBERED:
                    self._seen.clear()
                held = self._seen[cell] = tuple(self._in_cell(cell))
            yield from held

    def _in_cell(self, cell: str) -> Iterator[tuple[str, str]]:
        for written in _readings(cell):
            for hit in self._hidden.find(written):
                yield hit.secret.what, hit.secret.words
            for token in _TOKEN.finditer(written) if self._exact.runs else ():
                if _bare(token.group()) in self._exact.runs:
                    yield "address or file name", token.group()

    def _cells(self, text: str, name: str) -> Iterator[str]:
        """Yield the strings that a text is made of: those of JSON, else its lines."""
        if name.endswith((".json", ".jsonl", ".geojson")):
            yield from self._cells_of_json(text, lines=name.endswith("l"))
            return
        if name.endswith(".ics"):
            text = _FOLD.sub("", text)
        for line in text.splitlines():
            if _TAG.search(line):
                # What stands between tags and in them; on a page a name may be set in two faces.
                yield from filter(str.strip, re.split("[<>]", line))
                if name.endswith((".html", ".htm")):
                    yield _TAG.sub(" ", _INLINE.sub("", line))
            else:
                yield line

    def _cells_of_json(self, text: str, *, lines: bool) -> Iterator[str]:
        if not lines:
            try:
                yield from self._strings(json.loads(text) if text else None)
            except ValueError:
                lines = True  # broken, or one piece of several: the exports write an item a line
            else:
                return
        for line in text.splitlines():
            try:
                yield from self._strings(json.loads(line.strip().removesuffix(",") or "null"))
            except ValueError:
                yield line

    def _strings(self, held: Any) -> list[str]:
        """Return the strings in a value of JSON; keys that stood together before are the same now."""
        out: list[str] = []
        open_values = [held]
        while open_values:
            value = open_values.pop()
            if isinstance(value, str):
                out += value.splitlines()
            elif isinstance(value, dict):
                keys = tuple(value)
                if keys not in self._keys:
                    if len(self._keys) >= _REMEMBERED:
                        self._keys.clear()
                    self._keys.add(keys)
                    out += keys
                open_values.extend(value.values())
            elif isinstance(value, list):
                open_values.extend(value)
        return out


def _readings(text: str) -> Iterator[str]:
    """Yield a text as it stands, and with each way of writing letters undone where that changes it."""
    yield text
    plain = text
    for undo in (_spelled_out, html.unescape, unquote):
        other = undo(plain)
        if other != plain:
            yield other
            plain = other


def _spelled_out(text: str) -> str:
    return _ESCAPE.sub(_unescaped, text).replace("\\n", "\n").replace("\\t", "\t") if "\\" in text else text


def _unescaped(found: re.Match[str]) -> str:
    units = [int(part, 16) for part in found.groups() if part]
    return b"".join(unit.to_bytes(2, "big") for unit in units).decode("utf-16-be", "replace")
