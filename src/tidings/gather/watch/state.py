"""What was seen of each feed: what to say when it is asked again, when that may be, and which of its pages were fetched."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

from tidings.errors import UnreadableInput
from tidings.gather.watch.keep import write

__all__ = ["Seen", "load_state", "save_state"]

NAME = ".watch.json"
MOST_PAGES = 20_000
"""Addresses of pages remembered of one feed, the last first forgotten last; a feed names some 20 to 100 at once."""


@dataclass(slots=True)
class Seen:
    """What was seen of one feed.

    ``etag`` and ``modified`` are the server's own marks of its last state. ``next`` is the moment (seconds since 1970) before
    which it is not asked again, ``failures`` how often it failed in a row, ``gone`` whether its server says that it is no more.
    ``pages`` maps addresses to how often they failed; 0 was kept.
    """

    etag: str = ""
    modified: str = ""
    next: float = 0.0
    failures: int = 0
    gone: bool = False
    pages: dict[str, int] = field(default_factory=dict)


def load_state(folder: Path) -> dict[str, Seen]:
    """Return what was seen of each feed, by its address.

    Raises:
        UnreadableInput: The file is damaged.
    """
    path = folder / NAME
    if not path.is_file():
        return {}
    try:
        held = json.loads(path.read_bytes())
        return {url: Seen(**row) for url, row in held.items()}
    except (OSError, ValueError, TypeError, AttributeError, RecursionError) as error:
        raise UnreadableInput(
            str(path), "it is damaged", "Remove it: pages that were kept stay, and may be fetched once more."
        ) from error


def save_state(folder: Path, state: dict[str, Seen]) -> None:
    """Write what was seen, whole or not at all."""
    for seen in state.values():
        for url in list(seen.pages)[: max(0, len(seen.pages) - MOST_PAGES)]:
            del seen.pages[url]
    folder.mkdir(parents=True, exist_ok=True)
    rows = {url: asdict(seen) for url, seen in sorted(state.items())}
    write(folder / NAME, json.dumps(rows, ensure_ascii=False, indent=1).encode())
