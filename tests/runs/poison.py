"""Work for tests of runners: each item is a word that says what happens to whoever works on it.

Tries are counted in a file, one line each, because whoever counts may not live long enough to tell.
"""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from tidings.errors import ModelError
from tidings.model import Document, ReaderStamp, Reading
from tidings.store.inputs import packed

__all__ = ["STAMP", "read_some", "tried", "work"]

STAMP = ReaderStamp(name="some", version="1", model="none")


def tried(log: Path) -> list[str]:
    """Return the items in the order in which they were begun."""
    return log.read_text(encoding="utf-8").split() if log.exists() else []


def work(log: Path, items: Sequence[str]) -> Iterator[tuple[str, int]]:
    """Yield each item in capitals, with the process that did it."""
    for item in items:
        with log.open("a", encoding="utf-8") as file:
            file.write(f"{item}\n")
        _suffer(item, tried(log).count(item))
        yield item.upper(), os.getpid()


def _suffer(item: str, times: int) -> None:
    what = item.split("-")[0]
    if what == "raise":
        raise KeyError(item)
    if what == "kill" or (what == "once" and times == 1):
        os.kill(os.getpid(), signal.SIGKILL)
    if what == "leave":
        os._exit(7)
    if what == "hang":
        time.sleep(600)
    if what == "swell":
        held = bytearray(600_000_000)
        time.sleep(600)
        del held
    if what == "stop":
        raise ModelError("the model is missing")


def read_some(documents: Sequence[Document]) -> Iterator[bytes]:
    """Read as a worker does, with one claim a report; a report that tells of Dilling ends the process, one of Kas raises."""
    for document in documents:
        if "Dilling" in document.text:
            os.kill(os.getpid(), signal.SIGKILL)
        if "Kas" in document.text:
            raise ValueError("the river")
        yield packed(Reading(document=document.id, reader=STAMP))
