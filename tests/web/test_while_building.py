"""Reading goes on while a build writes: nobody waits, and everybody sees one whole state of the record."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping
from typing import Any

import pytest
from sqlalchemy import Connection
from tests.web.opening import Room

import tidings
from tidings.store import write

PAGES = (
    "/", "/review", "/reports", "/events", "/timeline", "/timeline.json", "/map", "/map.json", "/brief", "/ledger/casualties",
    "/contradictions", "/echoes", "/sources", "/entities", "/search?q=goma", "/health",
)  # fmt: skip


def test_readers_see_the_record_as_it_was_until_a_build_is_done(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    """While a build has written every table and not yet made it true, each page answers with what was there before."""
    with tidings.open(room.where) as record:
        one = next(row for row in record.documents() if not row["known"])
        before = record.summary().reports
    written, go_on = threading.Event(), threading.Event()
    replace = write.replace_tables

    def stop_after(connection: Connection, rows: Mapping[str, Iterable[Any]], *more: Any, **named: Any) -> Any:
        done = replace(connection, rows, *more, **named)
        written.set()
        assert go_on.wait(60)
        return done

    monkeypatch.setattr(write, "replace_tables", stop_after)
    failed: list[BaseException] = []

    def remove() -> None:
        try:
            with tidings.open(room.where) as record:
                record.remove(one["id"], reason="withdrawn", by="Amal")
        except BaseException as error:
            failed.append(error)

    builder = threading.Thread(target=remove)
    builder.start()
    try:
        assert written.wait(60)
        answers = {path: room.client.get(path) for path in PAGES}
        assert {path: answer.status_code for path, answer in answers.items()} == dict.fromkeys(PAGES, 200)
        assert f"What {before} reports say" in answers["/"].text
        assert room.client.get(f"/report/{one['id']}").status_code == 200
        assert builder.is_alive()
    finally:
        go_on.set()
        builder.join(60)

    assert failed == []
    assert f"What {before - 1} reports say" in room.client.get("/").text
    assert room.client.get(f"/report/{one['id']}").status_code == 404


def test_many_read_while_others_decide(room: Room) -> None:
    """Readers in several threads get whole pages while verdicts are written one after the other; none of these is lost."""
    import re

    subjects = re.findall(r'data-id="(c_\w+)"', room.client.get("/review?only=c_").text)[:4]
    over, wrong, read = threading.Event(), [], []

    def reader(n: int) -> None:
        while not over.is_set():
            path = PAGES[(n + len(read)) % len(PAGES)]
            status = room.client.get(path).status_code
            read.append(path)
            if status != 200:
                wrong.append((path, status))

    readers = [threading.Thread(target=reader, args=(n,)) for n in range(3)]
    for one in readers:
        one.start()
    codes = [room.post(action="accept", subject=one, reason="read", seen="").status_code for one in subjects]
    over.set()
    for one in readers:
        one.join(60)

    assert codes == [303] * len(subjects)
    assert wrong == []
    assert read
    with tidings.open(room.where) as record:
        assert [row["subject"] for row in record.decisions()] == subjects
        assert record.check() == []
