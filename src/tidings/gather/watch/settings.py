"""What to watch: the TOML file that a user writes.

::

    folder = "watched"                      # where pages are kept; beside this file unless it begins with /
    contact = "mailto:desk@example.org"     # told to every server
    every_minutes = 30

    [[feeds]]
    url = "https://paper.example/rss.xml"
    publisher = "The Paper"
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tidings.errors import UnreadableInput, UsageError

__all__ = ["Feed", "Settings", "load"]

LEAST_MINUTES = 5
"""No feed is asked more often; most news feeds change a few times an hour."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Feed:
    """One feed: its address, who publishes it, in which language, how often it is asked, and how many pages at once."""

    url: str
    publisher: str = ""
    language: str = ""
    every_minutes: int = 30
    most_pages: int = 50


@dataclass(frozen=True, kw_only=True, slots=True)
class Settings:
    """All feeds and what holds for all of them.

    ``allow`` names hosts that may lie in a private network. ``stamp`` is the address of a time-stamping authority
    (RFC 3161), or empty. ``pause_seconds`` is waited between two pages of one server.
    """

    feeds: tuple[Feed, ...]
    folder: Path
    contact: str = ""
    allow: tuple[str, ...] = ()
    stamp: str = ""
    pause_seconds: float = 2.0


def load(path: str | Path) -> Settings:
    """Return the settings in a TOML file.

    Raises:
        UnreadableInput: There is no such file, or it is no TOML.
        UsageError: A name is not known, or a value does not fit.
    """
    path = Path(path)
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise UnreadableInput(str(path), "there is no such file", "Write one; docs/doors-in.md shows how.") from error
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableInput(str(path), "it cannot be read as text", "Save it as UTF-8.") from error
    except tomllib.TOMLDecodeError as error:
        raise UnreadableInput(str(path), f"it is no TOML ({error})", "Correct the line named.") from error
    known = {field.name for field in fields(Settings)} | {"every_minutes"}
    _only(path, table, known, "setting")
    rows = table.get("feeds")
    if not isinstance(rows, list) or not rows:
        raise UsageError(f"{path}: it names no feeds. Each stands under [[feeds]] with its url.")
    every = _number(path, table, "every_minutes", 30)
    feeds = tuple(_feed(path, row, int(every)) for row in rows)
    twice = {feed.url for feed in feeds if sum(other.url == feed.url for other in feeds) > 1}
    if twice:
        raise UsageError(f"{path}: the feed {min(twice)} stands there twice.")
    allow = table.get("allow", [])
    if not isinstance(allow, list) or not all(isinstance(host, str) for host in allow):
        raise UsageError(f'{path}: allow is a list of hosts, as in allow = ["intranet.example"].')
    stamp = _text(path, table, "stamp")
    if stamp:
        _address(path, stamp)
    return Settings(
        feeds=feeds,
        folder=path.parent / (_text(path, table, "folder") or "watched"),
        contact=_text(path, table, "contact"),
        allow=tuple(host.casefold() for host in allow),
        stamp=stamp,
        pause_seconds=_number(path, table, "pause_seconds", 2.0),
    )


def _feed(path: Path, row: Any, every: int) -> Feed:
    if not isinstance(row, dict):
        raise UsageError(f"{path}: each feed is a table of its own under [[feeds]].")
    _only(path, row, {field.name for field in fields(Feed)}, "value of a feed")
    url = _address(path, _text(path, row, "url"))
    minutes = int(_number(path, row, "every_minutes", every))
    if minutes < LEAST_MINUTES:
        raise UsageError(
            f"{path}: every_minutes is at least {LEAST_MINUTES}; servers shut out those who ask too often."
        )
    return Feed(
        url=url,
        publisher=_text(path, row, "publisher"),
        language=_text(path, row, "language"),
        every_minutes=minutes,
        most_pages=int(_number(path, row, "most_pages", 50)),
    )


def _address(path: Path, url: str) -> str:
    try:
        parts = urlsplit(url)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise UsageError(f"{path}: {url!r} is no address that begins with http:// or https://.")
    return url


def _only(path: Path, table: Mapping[str, Any], known: set[str], what: str) -> None:
    strange = sorted(set(table) - known)
    if strange:
        raise UsageError(f"{path}: there is no {what} {strange[0]!r}. There are: {', '.join(sorted(known))}.")


def _text(path: Path, table: Mapping[str, Any], name: str) -> str:
    value = table.get(name, "")
    if not isinstance(value, str):
        raise UsageError(f"{path}: {name} is a text in quotation marks, not {value!r}.")
    return value.strip()


def _number(path: Path, table: Mapping[str, Any], name: str, default: float) -> float:
    value = table.get(name, default)
    if isinstance(value, bool) or not isinstance(value, int | float) or value < 0:
        raise UsageError(f"{path}: {name} is a number from zero on, not {value!r}.")
    return value
