"""Nouns to plain JSON values and back, by their type hints."""

from __future__ import annotations

import types
import typing
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from typing import Any, TypeVar, Union

__all__ = ["from_plain", "to_plain"]

T = TypeVar("T")


def to_plain(value: object) -> Any:
    """Return dicts, lists, strings, numbers, booleans and None that :func:`from_plain` turns back into ``value``.

    Fields that hold their default are left out, so that a new field with a default does not change old rows.
    """
    if is_dataclass(value) and not isinstance(value, type):
        out: dict[str, Any] = {}
        for spec in fields(value):
            item = getattr(value, spec.name)
            if item != spec.default:
                out[spec.name] = to_plain(item)
        return out
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [to_plain(item) for item in value]
    return value


@cache
def _hints(cls: Any) -> dict[str, Any]:
    return typing.get_type_hints(cls)


def _back(hint: Any, value: Any) -> Any:
    if value is None:
        return None
    origin = typing.get_origin(hint)
    if origin in {Union, types.UnionType}:
        inner = next(arg for arg in typing.get_args(hint) if arg is not types.NoneType)
        return _back(inner, value)
    if origin is tuple:
        args = typing.get_args(hint)
        if len(args) == 2 and args[1] is Ellipsis:
            return tuple(_back(args[0], item) for item in value)
        return tuple(_back(arg, item) for arg, item in zip(args, value, strict=True))
    if hint is date:
        return date.fromisoformat(value)
    if isinstance(hint, type) and is_dataclass(hint):
        return from_plain(hint, value)
    return value


def from_plain(cls: type[T], value: dict[str, Any]) -> T:
    """Return the noun of class ``cls`` that :func:`to_plain` wrote as ``value``.

    Raises:
        TypeError: A field without a default is missing, or one is not known.
    """
    target: Any = cls
    hints = _hints(target)
    return cls(**{name: _back(hints[name], item) for name, item in value.items()})
