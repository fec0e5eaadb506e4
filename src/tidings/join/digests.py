"""Short marks of values, the same in every process: whether something is otherwise is asked without keeping what it was."""

from __future__ import annotations

import marshal
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from hashlib import blake2b
from operator import attrgetter
from typing import Any

import numpy as np
import numpy.typing as npt

__all__ = ["digests", "of_vectors"]

Longs = npt.NDArray[np.int64]

_BYTES = 8
_PLAIN = 2
"""The form of marshal in which equal values have equal bytes, however they are shared."""
_INNER = ("when", "count", "share", "means", "reader")
"""Fields of a claim that hold values with fields of their own; many claims hold equal ones."""


def digests(values: Iterable[Any]) -> Longs:
    """Return a number for each frozen value of one sort (claims, entities): equal for equal values, and in any process.

    Where a place lies on the map is left out: the traits hold it, and comparing them tells whether it moved.
    """
    held = list(values)
    if not held:
        return np.zeros(0, dtype=np.int64)
    kind = type(held[0])
    flat = attrgetter(*(one.name for one in fields(kind) if one.name not in {*_INNER, "place"}))
    inner = [one.name for one in fields(kind) if one.name in _INNER]
    rest = attrgetter(*inner) if len(inner) > 1 else None
    known: dict[Any, Any] = {}
    out = bytearray()
    for one in held:
        parts: tuple[Any, ...] = ()
        if rest is not None:
            values_in = rest(one)
            parts = known.get(values_in, ())
            if not parts:
                parts = known[values_in] = _plain(values_in)
        row = flat(one)
        try:
            told = marshal.dumps((row, parts), _PLAIN)
        except ValueError:  # a field that holds a value with fields of its own
            told = marshal.dumps((_plain(row), parts), _PLAIN)
        out += blake2b(told, digest_size=_BYTES).digest()
    return np.frombuffer(bytes(out), dtype=np.int64)


def of_vectors(vectors: Iterable[Mapping[str, float]]) -> Longs:
    """Return a number for each report's words."""
    told = (marshal.dumps(list(one.items()), _PLAIN) for one in vectors)
    return np.frombuffer(b"".join(blake2b(one, digest_size=_BYTES).digest() for one in told), dtype=np.int64)


def _plain(value: Any) -> Any:
    """Return a value as numbers, words and rows of them."""
    if isinstance(value, (tuple, list)):
        return tuple(_plain(one) for one in value)
    if isinstance(value, date):
        return ("day", value.toordinal())
    if is_dataclass(value) and not isinstance(value, type):
        return (type(value).__name__, *(_plain(one) for one in _all_of(type(value))(value)))
    return value


@cache
def _all_of(kind: type) -> Any:
    names = [one.name for one in fields(kind)]
    get = attrgetter(*names)
    return get if len(names) > 1 else lambda one: (get(one),)
