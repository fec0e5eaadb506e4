"""Nouns to plain JSON values and back, by their type hints."""

from __future__ import annotations

import types
import typing
from collections.abc import Callable, Iterable
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache, partial
from typing import Any, TypeVar, Union, cast

__all__ = ["from_plain", "to_plain"]

T = TypeVar("T")


def to_plain(value: object) -> Any:
    """Return dicts, lists, strings, numbers, booleans and None that :func:`from_plain` turns back into ``value``.

    Fields that hold their default are left out, so that a new field with a default does not change old rows.
    """
    kind: Any = type(value)
    if kind in _SIMPLE:
        return value
    if kind is tuple or kind is list:
        return [to_plain(item) for item in cast("Iterable[object]", value)]
    defaults = _defaults(kind)
    if defaults is not None:
        out: dict[str, Any] = {}
        for name, default in defaults:
            item = getattr(value, name)
            if item != default:
                out[name] = item if type(item) in _SIMPLE else to_plain(item)
        return out
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [to_plain(item) for item in value]
    return value


_SIMPLE = frozenset({str, int, float, bool, types.NoneType})
"""What stands as it is: nearly all that a noun holds, so it is looked for first."""
Back = Callable[[Any], Any]


@cache
def _defaults(kind: Any) -> tuple[tuple[str, Any], ...] | None:
    """Return the fields of a noun with their defaults, or None for what is no noun."""
    return tuple((spec.name, spec.default) for spec in fields(kind)) if is_dataclass(kind) else None


def _back(hint: Any) -> Back | None:
    """Return what turns a plain value that is not None into one of a type; None where it stands as it is."""
    origin = typing.get_origin(hint)
    if origin in {Union, types.UnionType}:
        return _back(next(arg for arg in typing.get_args(hint) if arg is not types.NoneType))
    if origin is tuple:
        args = typing.get_args(hint)
        if len(args) == 2 and args[1] is Ellipsis:
            each = _back(args[0])
            return tuple if each is None else lambda value: tuple([None if v is None else each(v) for v in value])
        places = [_back(arg) for arg in args]
        return lambda value: tuple(
            item if back is None or item is None else back(item) for back, item in zip(places, value, strict=True)
        )
    if hint is date:
        return date.fromisoformat
    if isinstance(hint, type) and is_dataclass(hint):
        return partial(from_plain, hint)
    return None


@cache
def _fields(cls: Any) -> dict[str, Back | None]:
    return {name: _back(hint) for name, hint in typing.get_type_hints(cls).items()}


def from_plain(cls: type[T], value: dict[str, Any]) -> T:
    """Return the noun of class ``cls`` that :func:`to_plain` wrote as ``value``.

    Raises:
        TypeError: A field without a default is missing, or one is not known.
    """
    target: Any = cls
    ways = _fields(target)
    held = {}
    for name, item in value.items():
        back = ways.get(name)
        held[name] = item if back is None or item is None else back(item)
    return cls(**held)
