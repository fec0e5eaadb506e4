"""Watching feeds, killed before, within and after each file that it writes, or left without room."""

from __future__ import annotations

import json
import os
import shutil
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.faults.injected import REFUSED, ended, split, tally, within_bytes

from tidings.gather import gather
from tidings.gather.watch import Settings, keep, load, rounds, state
from tidings.gather.watch.fetch import Fetched
from tidings.watching import watch

HOST = "http://courier.example"
WORDS = (
    "JUBA - The army left the airfield of {0} on Wednesday, residents said, after three days of fighting with rebels. "
    "At least 12 people were killed and dozens wounded, a doctor at the hospital of {0} told the Courier by telephone."
)
PAGES = {
    f"{HOST}/{name}": f"<html lang='en'><head><title>{name}</title></head><body><article><p>{WORDS.format(name)}</p></article></body></html>"
    for name in ("Rubkona", "Bentiu")
}
ITEMS = "".join(f"<item><title>x</title><link>{url}</link></item>" for url in PAGES)
FEED = f"<?xml version='1.0'?><rss version='2.0'><channel><title>Nile Courier</title>{ITEMS}</channel></rss>"
WRITES = 5
"""A page and its row for each of two pages, and what was seen."""


def fetched(url: str, **_: Any) -> Fetched:
    """Answer as a server would, without one."""
    body = {**PAGES, f"{HOST}/feed": FEED}.get(url, "")
    status = 200 if body else 404
    head = f"HTTP/1.1 {status} OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n".encode()
    return Fetched(url=url, status=status, headers={}, sent=b"GET / HTTP/1.1\r\n\r\n", head=head, body=body.encode())


@pytest.fixture
def settings(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """One feed with two pages, answered without a network."""
    monkeypatch.setattr(rounds, "fetch", fetched)
    (folder / "feeds.toml").write_text(
        f'contact = "mailto:desk@example.org"\n[[feeds]]\nurl = "{HOST}/feed"\npublisher = "Nile Courier"\n',
        encoding="utf-8",
    )
    return load(folder / "feeds.toml")


def going(settings: Settings, at: float) -> Callable[[], None]:
    """Return the work of one round at a moment."""

    def work() -> None:
        feeds = settings.folder.parent / "feeds.toml"
        list(watch(feeds, once=True, all_now=True, clock=lambda: at, sleep=lambda _: None))

    return work


def whole(settings: Settings) -> None:
    """See that each page is kept once with one row beside it, that both come in as reports, and that nothing half is left."""
    place = settings.folder / "courier.example"
    rows = [json.loads(line) for line in (place / "reports.jsonl").read_text(encoding="utf-8").splitlines()]
    assert sorted(row["url"] for row in rows) == sorted(PAGES)
    assert sorted(row["id"] for row in rows) == sorted(path.name for path in place.glob("*.warc.gz"))
    assert list(settings.folder.rglob(".*.part")) == []
    documents = gather([settings.folder], languages=frozenset({"en"})).documents
    assert {(row.title, row.publisher) for row in documents} == {
        ("Rubkona", "Nile Courier"),
        ("Bentiu", "Nile Courier"),
    }
    assert len(documents) == 2


def dying(work: Callable[[], None], number: int, moment: str) -> Callable[[], None]:
    """Return work that is killed before, within or after the write of that number."""
    seen = [0]
    written, flushed = keep.write, os.fsync

    def kill() -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    def write(path: Path, data: bytes) -> None:
        seen[0] += 1
        if seen[0] == number and moment == "before":
            kill()
        written(path, data)
        if seen[0] == number and moment == "after":
            kill()

    def fsync(descriptor: int) -> None:
        if seen[0] == number and moment == "within":
            kill()
        flushed(descriptor)

    def begun() -> None:
        keep.write, state.write, os.fsync = write, write, fsync  # type: ignore[attr-defined]
        work()

    return begun


@pytest.mark.parametrize("moment", ["before", "within", "after"])
def test_a_round_killed_at_any_file_is_completed_by_the_next(
    moment: str, settings: Settings, folder: Path, monkeypatch: pytest.MonkeyPatch
):
    """Killed at any file that it writes, a round has lost nothing, and the next keeps each page once."""
    for number in range(1, WRITES + 1):
        shutil.rmtree(settings.folder, ignore_errors=True)
        child = split(dying(going(settings, 1_394_150_000.0), number, moment))
        assert ended(child) == -signal.SIGKILL
        tally("watch killed")
        for left in settings.folder.rglob(".*.part"):
            os.utime(left, (0, 0))
        going(settings, 1_394_160_000.0)()
        whole(settings)


def test_a_round_on_a_full_disk_is_completed_by_the_next(settings: Settings):
    """Where no file can grow, a round is refused in words and the next, with room, keeps each page once."""
    for size in (0, 200, 600, 900):
        shutil.rmtree(settings.folder, ignore_errors=True)
        assert within_bytes(going(settings, 1_394_150_000.0), size) == REFUSED, size
        tally("watch on a full disk")
        going(settings, 1_394_160_000.0)()
        whole(settings)
