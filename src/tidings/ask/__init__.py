"""An optional second reader: a language model held to the same contract. See docs/second-reader.md."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from tidings.ask.answer import Answered, grounded
from tidings.ask.combine import combined, stamp_of
from tidings.ask.compare import Score, by_gold, by_review
from tidings.ask.endpoint import Endpoint, Model, is_local
from tidings.ask.passages import Passage, passages
from tidings.ask.request import Estimate, body, estimate, key, sendable
from tidings.model import Document, Reading

__all__ = [
    "Answered",
    "Endpoint",
    "Estimate",
    "Model",
    "Passage",
    "Score",
    "body",
    "by_gold",
    "by_review",
    "combined",
    "estimate",
    "grounded",
    "is_local",
    "key",
    "passages",
    "replayed",
    "sendable",
    "stamp_of",
]


def replayed(
    documents: Iterable[Document],
    readings: Iterable[Reading],
    models: Iterable[str],
    answers: Callable[[list[str]], Mapping[str, str]],
) -> list[Reading]:
    """Return readings with the claims of kept answers in them: nothing is asked, nothing is sent.

    Args:
        documents: The documents of the record.
        readings: What the rules read in them.
        models: The models that were asked.
        answers: Returns the kept answers of some keys.
    """
    texts = {document.id: document for document in documents}
    names = sorted(models)
    found = []
    for reading in readings:
        document = texts.get(reading.document)
        if document is None or document.known or document.brought:
            found.append(reading)
            continue
        cut = passages(document)
        for model in names:
            held = answers([key(body(passage, model)) for passage in cut])
            told = [
                one
                for passage in cut
                if (answer := held.get(key(body(passage, model)))) is not None
                for one in grounded(passage, answer).found
            ]
            if told:
                reading = combined(document, reading, model, told)
        found.append(reading)
    return found
