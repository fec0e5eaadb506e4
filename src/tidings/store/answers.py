"""What language models answered, kept with the record and replayed."""

from __future__ import annotations

import zlib
from collections.abc import Iterable

from sqlalchemy import Connection, delete, insert, select

from tidings.store.schema import answers

__all__ = ["answer_of", "keep_answer", "models"]

_CHUNK = 500


def keep_answer(connection: Connection, key: str, model: str, request: str, answer: str) -> None:
    """Keep an answer under the SHA-256 of its request, in the place of an older one."""
    connection.execute(delete(answers).where(answers.c.key == key))
    row = {"key": key, "model": model, "request": _packed(request), "answer": _packed(answer)}
    connection.execute(insert(answers), row)


def answer_of(connection: Connection, keys: Iterable[str]) -> dict[str, str]:
    """Return the answers that are kept, by the SHA-256 of their requests."""
    wanted = sorted(set(keys))
    found: dict[str, str] = {}
    for at in range(0, len(wanted), _CHUNK):
        rows = connection.execute(
            select(answers.c.key, answers.c.answer).where(answers.c.key.in_(wanted[at : at + _CHUNK]))
        )
        found.update({row.key: zlib.decompress(row.answer).decode("utf-8", "surrogatepass") for row in rows})
    return found


def models(connection: Connection) -> list[str]:
    """Return the models whose answers are kept, by name."""
    return sorted(connection.execute(select(answers.c.model).distinct()).scalars())


def _packed(text: str) -> bytes:
    return zlib.compress(text.encode("utf-8", "surrogatepass"), 6)
