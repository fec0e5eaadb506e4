"""What is sent about a passage: the coding guide and the passage, and nothing else of the record."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from tidings.ask.passages import Passage
from tidings.model import KINDS, sha256_hex

__all__ = ["Estimate", "body", "estimate", "guide", "key", "sendable"]

LETTERS_A_TOKEN = 4
"""Letters of English to a token of most models; other scripts take more."""
ANSWER_SHARE = 1.5
"""Tokens of an answer for each token of the passage: quotes repeat it, and each has a dozen names around it."""
SECONDS = 6.0
"""A guess of one answer's time on a local model of some eight billion weights; the bar shows the true pace once it runs."""


@cache
def guide() -> str:
    """Return the coding guide as the model sees it."""
    kinds = "\n".join(f"  {kind}: {', '.join(types)}" for kind, types in KINDS.items())
    return files("tidings.ask").joinpath("guide.md").read_text(encoding="utf-8").replace("{KINDS}", kinds)


def body(passage: Passage, model: str) -> dict[str, Any]:
    """Return the body of a chat completion in the form that OpenAI's interface set and others took over.

    The passage stands inside a JSON string, so that no quotation mark in it can end it.
    """
    return {
        "model": model,
        "temperature": 0,
        "seed": 7,
        "response_format": {"type": "json_object"},
        "messages": [
            {"role": "system", "content": guide()},
            {"role": "user", "content": json.dumps({"passage": passage.text}, ensure_ascii=False)},
        ],
    }


def sendable(request: dict[str, Any]) -> str:
    """Return a request as the text that is sent, stored and hashed."""
    return json.dumps(request, ensure_ascii=False, sort_keys=True)


def key(request: dict[str, Any]) -> str:
    """Return the SHA-256 under which a request and its answer are kept: guide, model and passage, and not where it was sent."""
    return sha256_hex(sendable(request).encode("utf-8", "surrogatepass"))


@dataclass(frozen=True, slots=True)
class Estimate:
    """What asking will take: requests, tokens sent and answered, seconds; all but the first are guesses."""

    requests: int
    tokens_in: int
    tokens_out: int
    seconds: float

    def cost(self, price_in: float, price_out: float) -> float:
        """Return the cost at prices for a million tokens."""
        return (self.tokens_in * price_in + self.tokens_out * price_out) / 1e6


def estimate(waiting: list[Passage]) -> Estimate:
    """Return what asking about passages will take."""
    letters = sum(len(passage.text) for passage in waiting)
    tokens = letters // LETTERS_A_TOKEN
    fixed = len(guide()) // LETTERS_A_TOKEN * len(waiting)
    return Estimate(len(waiting), tokens + fixed, int(tokens * ANSWER_SHARE), len(waiting) * SECONDS)
