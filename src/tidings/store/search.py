"""Finding reports, claims and names by words, in any script and under other spellings.

The index lies in memory and is made from a record when it is first asked for; nothing of it is written anywhere. It holds
each text folded (case, accents, Arabic letter forms) in SQLite's FTS5 with trigrams, so that the middle of a word is found
in scripts that join words. A word that the record does not hold is replaced by the most alike words that it does hold.
"""

from __future__ import annotations

import json
import re
import sqlite3
import threading
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz, process
from sqlalchemy import select

from tidings.store.file import File
from tidings.store.schema import contract
from tidings.text.fold import fold
from tidings.text.skeleton import skeleton

__all__ = ["Found", "Index"]

_SHORTEST = 3
"""Trigrams need three letters; a shorter word is looked for as the beginning of a word of the vocabulary."""
_ALIKE = 78.0
"""Two words are taken for spellings of one from this score of 100 on. Hasakeh and Hesekê have 71 by letters, and the same
consonants; at 70 short words drown in chance likeness."""
_SPELLINGS = 6
_WORD = re.compile(r"\w+")
_TABLES = ("entities", "documents", "claims")


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """One page of an answer: ids by table, how many fit (counted up to a bound), and the spellings that were looked for."""

    ids: tuple[str, ...]
    total: int
    spellings: tuple[tuple[str, tuple[str, ...]], ...]


class Index:
    """The words of one state of a record.

    Args:
        file: The record, open to read.
    """

    MOST = 1000
    """Answers are counted up to here: a screen says "1,000 or more"."""

    def __init__(self, file: File) -> None:
        self._base = sqlite3.connect(":memory:", check_same_thread=False, isolation_level=None)
        self._lock = threading.Lock()
        words: Counter[str] = Counter()
        for table in _TABLES:
            self._base.execute(
                f"CREATE VIRTUAL TABLE {table} USING fts5(id UNINDEXED, words, tokenize='trigram', detail='full')"
            )
        with file.reading() as connection:
            entities = contract["entities"].c
            rows = connection.execute(select(entities.id, entities.name, entities.aliases))
            self._fill("entities", ((row.id, fold(f"{row.name} {_listed(row.aliases)}")) for row in rows), words)
            documents = contract["documents"].c
            papers = connection.execute(
                select(documents.id, documents.title, documents.publisher, documents.text, documents.known)
            )
            self._fill(
                "documents",
                ((row.id, fold(f"{row.publisher} {row.title} {row.text}")) for row in papers if not row.known),
                words,
            )
            claims = contract["claims"].c
            told = connection.execute(
                select(claims.id, claims.quote, claims.agents, claims.targets, claims.places, claims.chain)
            )
            self._fill(
                "claims",
                (
                    (row.id, fold(f"{row.quote} {_listed(row.agents)} {_listed(row.targets)} {_listed(row.places)} {_listed(row.chain)}"))
                    for row in told
                ),
                words,
            )  # fmt: skip
        self._words = sorted(words)
        self._known = words
        self._bones: dict[str, list[str]] = {}
        for word in self._words:
            if len(word) > _SHORTEST:
                self._bones.setdefault(skeleton(word), []).append(word)

    def _fill(self, table: str, rows: Iterable[tuple[str, str]], words: Counter[str]) -> None:
        self._base.execute("BEGIN")
        for one, text in rows:
            words.update(set(_WORD.findall(text)))
            self._base.execute(f"INSERT INTO {table} VALUES (?, ?)", (one, text))  # noqa: S608 - a name of ours
        self._base.execute("COMMIT")

    def spellings(self, word: str) -> tuple[str, ...]:
        """Return the words of the record that a folded word can mean: itself where it occurs, else the most alike."""
        bones = self._bones.get(skeleton(word), []) if len(word) > _SHORTEST else []
        if word in self._known:
            return tuple(dict.fromkeys([word, *bones]))[:_SPELLINGS]
        if len(word) < _SHORTEST:
            return tuple([one for one in self._words if one.startswith(word)][:_SPELLINGS])
        with self._lock:
            if self._base.execute("SELECT 1 FROM entities WHERE words MATCH ? LIMIT 1", (_quoted(word),)).fetchone():
                return (word,)
        alike = process.extract(word, self._words, scorer=fuzz.ratio, score_cutoff=_ALIKE, limit=_SPELLINGS)
        close = [one for one, score, _ in alike if one[:1] == word[:1] or score > 90]
        found = dict.fromkeys([*sorted(bones, key=lambda one: -fuzz.ratio(one, word)), *close])
        return tuple(list(found)[:_SPELLINGS])

    def find(self, words: str, table: str, *, limit: int = 20, offset: int = 0) -> Found:
        """Return a page of the rows of a table in which every word stands, under some spelling; the best first."""
        wanted = _WORD.findall(fold(words))[:12]
        spelt = [(word, self.spellings(word)) for word in wanted]
        told = tuple((word, forms) for word, forms in spelt if forms != (word,))
        if not wanted or any(not forms for _, forms in spelt):
            return Found(ids=(), total=0, spellings=told)
        usable = [[form for form in forms if len(form) >= _SHORTEST] for _, forms in spelt]
        groups = ["(" + " OR ".join(_quoted(form) for form in forms) + ")" for forms in usable if forms]
        if not groups:
            return Found(ids=(), total=0, spellings=told)
        query = " AND ".join(groups)
        with self._lock:
            rows = self._base.execute(
                f"SELECT id FROM {table} WHERE words MATCH ? LIMIT ?",  # noqa: S608 - a name of ours
                (query, self.MOST + 1),
            ).fetchall()
            if len(rows) <= self.MOST:
                rows = (
                    self._base.execute(
                        f"SELECT id FROM {table} WHERE words MATCH ? ORDER BY bm25({table}), rowid LIMIT ? OFFSET ?",  # noqa: S608
                        (query, limit, offset),
                    ).fetchall()
                    if len(rows)
                    else []
                )
                total = self._count(table, query)
            else:
                total, rows = self.MOST + 1, rows[offset : offset + limit]
        return Found(ids=tuple(str(row[0]) for row in rows), total=total, spellings=told)

    def _count(self, table: str, query: str) -> int:
        row = self._base.execute(f"SELECT count(*) FROM {table} WHERE words MATCH ?", (query,)).fetchone()  # noqa: S608
        return int(row[0])


def _quoted(word: str) -> str:
    return '"' + word.replace('"', '""') + '"'


def _listed(packed: str | None) -> str:
    return " ".join(str(one) for one in json.loads(packed)) if packed else ""
