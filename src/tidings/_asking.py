"""The second reader and the record: what waits to be asked, asking it, keeping the answers, replaying them, comparing readers."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tidings.ask import (
    Endpoint,
    Estimate,
    Model,
    Passage,
    Score,
    body,
    by_gold,
    by_review,
    estimate,
    grounded,
    is_local,
    key,
    passages,
    replayed,
    sendable,
)
from tidings.errors import EndpointError, UnreadableInput
from tidings.model import Document, Progress, Reading
from tidings.store import inputs, log
from tidings.store.answers import answer_of, keep_answer, models
from tidings.store.ask import Question, rows
from tidings.store.file import File
from tidings.store.state import state

__all__ = ["Asked", "Endpoint", "Waiting", "ask_waiting", "compare_readers", "is_local", "waiting", "with_answers"]


@dataclass(frozen=True, slots=True)
class Waiting:
    """What a model was not asked yet: the passages with the reports they are of, what asking will take, and what is answered."""

    passages: tuple[Passage, ...]
    paths: tuple[str, ...]
    estimate: Estimate
    answered: int


@dataclass(slots=True)
class Asked:
    """What asking came to: answers kept, grounded claims in them, what was refused by reason, and why it stopped early, if it did."""

    answers: int = 0
    claims: int = 0
    refused: dict[str, int] = field(default_factory=dict)
    stopped: str = ""


def with_answers(file: File, documents: Sequence[Document], readings: Sequence[Reading]) -> list[Reading]:
    """Return readings with the claims of the answers that the record keeps; nothing is sent."""
    with file.reading() as connection:
        names = models(connection)
        if not names:
            return list(readings)
        return replayed(documents, readings, names, lambda keys: answer_of(connection, keys))


def _documents(file: File) -> list[Document]:
    with file.reading() as connection:
        held = inputs.current(state(connection).reports.values())
    return sorted((row for row in held if not (row.known or row.brought or row.unread)), key=lambda row: row.id)


def waiting(where: str | Path, model: str) -> Waiting:
    """Return what a model was not asked yet about the reports of a record."""
    file = File(where)
    try:
        return _waiting(file, model)
    finally:
        file.close()


def _waiting(file: File, model: str) -> Waiting:
    cut = [(passage, row.path) for row in _documents(file) for passage in passages(row)]
    with file.reading() as connection:
        held = answer_of(connection, [key(body(passage, model)) for passage, _ in cut])
    open_ones = [(passage, path) for passage, path in cut if key(body(passage, model)) not in held]
    return Waiting(
        passages=tuple(passage for passage, _ in open_ones),
        paths=tuple(sorted({path for _, path in open_ones})),
        estimate=estimate([passage for passage, _ in open_ones]),
        answered=len(cut) - len(open_ones),
    )


def ask_waiting(
    where: str | Path, held: Waiting, model: str, endpoint: Model | str, *, progress: Progress | None = None
) -> Asked:
    """Ask about each passage that waits, and keep each answer as it comes, so that nothing is asked twice.

    An endpoint that fails stops the asking; what was answered is kept.

    Args:
        where: The record.
        held: What waits, see :func:`waiting`.
        model: The model's name.
        endpoint: What answers: a URL of an endpoint, or an object.
        progress: Called after each answer.
    """
    answering = Endpoint(endpoint) if isinstance(endpoint, str) else endpoint
    file = File(where, write=True)
    try:
        return _ask(file, held, model, answering, progress)
    finally:
        file.close()


def _ask(file: File, held: Waiting, model: str, endpoint: Model, progress: Progress | None) -> Asked:
    done = Asked()
    for number, passage in enumerate(held.passages, start=1):
        request = body(passage, model)
        try:
            answer = endpoint.complete(request)
        except EndpointError as error:
            done.stopped = str(error)
            break
        with file.writing() as connection:
            keep_answer(connection, key(request), model, sendable(request), answer)
        told = grounded(passage, answer)
        done.answers += 1
        done.claims += len(told.found)
        for why, times in told.refused.items():
            done.refused[why] = done.refused.get(why, 0) + times
        if progress is not None:
            progress("asking", number, len(held.passages))
    return done


def compare_readers(where: str | Path, gold: Path | None = None) -> list[Score]:
    """Return which reader is better at what: on a gold where one is given, else on the claims that people judged.

    Raises:
        UnreadableInput: The gold is no JSON Lines of claims with doc, quote, kind and type.
    """
    file = File(where)
    try:
        return _compared(file, gold)
    finally:
        file.close()


def _compared(file: File, gold: Path | None) -> list[Score]:
    with file.reading() as connection:
        claims = rows(connection, "claims", Question())
        documents = rows(connection, "documents", Question())
        decided = log.in_force(state(connection).decisions)
    if gold is None:
        return by_review(claims, {row.subject: row.action for row in decided})
    texts = {Path(row["path"]).stem: (row["id"], row["text"]) for row in documents}
    coded = _gold(gold, texts)
    wanted = {row["doc"] for row in coded}
    return by_gold([{**row, "doc": row["document"]} for row in claims if row["document"] in wanted], coded)


def _gold(path: Path, texts: dict[str, tuple[str, str]]) -> list[dict[str, Any]]:
    """Return the rows of a gold whose report the record holds and whose quote stands in it; ``doc`` is the report's name or its beginning."""
    found = []
    try:
        for line in path.read_text(encoding="utf-8").splitlines():
            if not line.strip():
                continue
            row = json.loads(line)
            name = str(row["doc"])
            held = texts.get(name) or next(
                (text for stem, text in sorted(texts.items()) if stem.startswith(name)), None
            )
            start = held[1].find(row["quote"]) if held else -1
            if held is not None and start >= 0:
                found.append({**row, "doc": held[0], "start": start, "end": start + len(row["quote"])})
            _ = row["kind"], row["type"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UnreadableInput(
            str(path),
            f"it is no JSON Lines of claims with doc, quote, kind and type ({error})",
            "See docs/second-reader.md.",
        ) from error
    return found
