"""The lists of words that a copy may show, read once from ``plain.toml``."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from tidings.publish.pieces import form_of, pieces

__all__ = ["any_of", "forms", "label", "only"]


@cache
def forms(name: str) -> frozenset[str]:
    """Return the words of a list in their plain forms.

    Args:
        name: sources, days, openers, bodies, particles, endings, institutions or people.
    """
    return frozenset(form_of(word) for word in _held()[name]["words"].split())


@cache
def _held() -> dict[str, dict[str, str]]:
    return tomllib.loads(files("tidings.publish").joinpath("plain.toml").read_text(encoding="utf-8"))


def label(kind: str) -> str:
    """Return what a description of a source of some kind is cut to."""
    labels = _held()["labels"]
    return labels[kind] if kind in labels and kind != "reason" else labels["other"]


def only(words: str, name: str) -> bool:
    """Return whether a text is made of words of a list alone."""
    return all(piece.form in forms(name) for piece in pieces(words))


def any_of(words: str, name: str) -> bool:
    """Return whether a text holds a word of a list."""
    return any(piece.form in forms(name) for piece in pieces(words))
