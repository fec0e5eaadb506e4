"""Gazetteer files as bytes, lines and numbers: what all forms share."""

from __future__ import annotations

import gzip
import io
import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from tidings.errors import GazetteerError

__all__ = ["RADII", "Refuse", "Seen", "head_of", "lines", "load_json", "numbered", "open_bytes", "point"]

Refuse = Callable[[str, str], None]
"""Called with where a row stands ("line 12") and why it is left out."""

RADII = {"city": 8000, "town": 2500, "village": 1500, "neighbourhood": 1000, "mountain": 3000, "facility": 500, "river": 5000, "region": 50_000, "admin1": 80_000, "admin2": 25_000, "country": 300_000}  # fmt: skip
"""Radius in metres of a kind of place where a file gives none."""


def open_bytes(path: Path) -> io.BufferedIOBase:
    """Return a file opened for bytes, unpacked where its name ends in ``.gz``.

    Raises:
        GazetteerError: The file cannot be read.
    """
    try:
        return gzip.open(path, "rb") if path.name.endswith(".gz") else path.open("rb")
    except OSError as error:
        message = f"{path}: the gazetteer cannot be read ({error.strerror or error})"
        raise GazetteerError(message) from error


def head_of(path: Path) -> str:
    """Return the beginning of a file as text.

    Raises:
        GazetteerError: The file cannot be read, or is not UTF-8 in most of its lines.
    """
    with open_bytes(path) as stream:
        try:
            data = stream.read(65_536)
        except (OSError, EOFError) as error:
            message = f"{path}: the gazetteer cannot be read ({error})"
            raise GazetteerError(message) from error
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if error.start > len(data) - 4:  # a letter cut in two at the end of the piece
            return data[: error.start].decode("utf-8-sig")
        bad = sum(1 for line in data.splitlines() if not _is_utf8(line))
        if bad * 5 > len(data.splitlines()):
            message = (
                f"{path}: the gazetteer is not UTF-8. Convert it first: iconv -f {_guess(data)} -t UTF-8 {path.name}"
            )
            raise GazetteerError(message) from error
        return data.decode("utf-8-sig", errors="replace")


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode()
    except UnicodeDecodeError:
        return False
    return True


def _guess(data: bytes) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(data[:20_000]).best()
    return best.encoding if best is not None else "WINDOWS-1256"


def lines(path: Path, refuse: Refuse) -> Iterator[tuple[int, str]]:
    """Yield the lines of a file with their numbers; one that is not UTF-8 is refused."""
    with open_bytes(path) as stream:
        yield from numbered(stream, refuse)


def numbered(stream: Iterable[bytes], refuse: Refuse) -> Iterator[tuple[int, str]]:
    """Yield lines with their numbers from 1 on; one that is not UTF-8 is refused, an empty one left out."""
    for number, line in enumerate(stream, start=1):
        try:
            text = line.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError:
            refuse(f"line {number}", "it is not UTF-8")
            continue
        if text.strip():
            yield number, text.rstrip("\r\n")


class Seen:
    """Ids met so far; numbers of some size as bits, so that twelve million cost two megabytes."""

    def __init__(self) -> None:
        self._bits = bytearray()
        self._words: set[str] = set()

    def __call__(self, word: str) -> bool:
        """Return whether ``word`` was met before, and note it."""
        if word.isascii() and word.isdigit() and len(word) < 9:
            place, bit = divmod(int(word), 8)
            if place >= len(self._bits):
                self._bits.extend(bytes(place - len(self._bits) + 4096))
            met = bool(self._bits[place] >> bit & 1)
            self._bits[place] |= 1 << bit
            return met
        met = word in self._words
        self._words.add(word)
        return met


def point(lat: object, lon: object) -> tuple[float, float]:
    """Return a latitude and a longitude.

    Raises:
        ValueError: They are no coordinates; the message is the reason.
    """
    try:
        try:
            north, east = float(lat), float(lon)  # type: ignore[arg-type]
        except (TypeError, ValueError):
            north, east = float(str(lat).replace(",", ".")), float(str(lon).replace(",", "."))
    except ValueError:
        raise ValueError(f"“{lat}”, “{lon}” are no coordinates") from None
    if not (-90 <= north <= 90 and -180 <= east <= 180):
        swapped = " (are latitude and longitude swapped?)" if -90 <= east <= 90 and -180 <= north <= 180 else ""
        raise ValueError(f"{north}, {east} lies outside the earth's degrees{swapped}")
    return round(north, 6), round(east, 6)


def load_json(path: Path) -> Any:
    """Return a file read as JSON.

    Raises:
        GazetteerError: It is no JSON in UTF-8.
    """
    with open_bytes(path) as stream:
        try:
            return json.loads(stream.read().decode("utf-8-sig"))
        except (UnicodeDecodeError, json.JSONDecodeError) as error:
            message = f"{path}: the gazetteer is no JSON in UTF-8 ({error})"
            raise GazetteerError(message) from error
