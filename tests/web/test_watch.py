"""Watching over the room: health, counters, and a log without a word of the reports."""

from __future__ import annotations

import io
import json
import logging
import re
import shutil
import sqlite3
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from prometheus_client.openmetrics.parser import text_string_to_metric_families
from tests.web.opening import Room, Shared, room_of, token_in

import tidings
from tidings.errors import UsageError
from tidings.web.logs import Lines, to_file, to_stream

MARKED = "Zorgwen"
REPORT = (
    "Residents of Zorgwenville said on Monday that the Zorgwen Front shelled Kadugli on Sunday, killing at least 12 civilians.\n\n"
    "The monitor Zorgwen Watch said 14 died in Kadugli on Sunday. Rebels took Dilling on Sunday, Zorgwen Watch said."
)


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What is written to the log, down to the least line."""
    held = io.StringIO()
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    handler = to_stream(held, level="debug")
    yield held
    root.removeHandler(handler)
    root.handlers[:] = before
    root.setLevel(level)


@pytest.fixture(scope="module")
def marked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record in whose reports, titles and names a mark stands."""
    folder = tmp_path_factory.mktemp("marked")
    (folder / "in").mkdir()
    for n in range(2):
        (folder / "in" / f"{MARKED}{n}.txt").write_text(f"{MARKED} dispatch {n}\n\n{REPORT}", encoding="utf-8")
    rows = [{"id": f"{MARKED}{n}", "publisher": f"{MARKED} News", "title": f"{MARKED} title"} for n in range(2)]
    (folder / "about.jsonl").write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    where = folder / "marked.tidings"
    tidings.build(folder / "in", where, sidecar=folder / "about.jsonl", workers=1).close()
    return where


def test_no_line_of_the_log_holds_a_word_of_a_report(marked: Path, tmp_path: Path, log: io.StringIO) -> None:
    """Every page, searches, decisions and errors: the mark that stands in reports, names and questions is in no line."""
    where = tmp_path / "marked.tidings"
    shutil.copyfile(marked, where)
    room = room_of(where)
    with tidings.open(where) as record:
        ids = [row["id"] for table in ("documents", "events", "claims", "entities", "figures", "contradictions") for row in record.rows(table)]  # fmt: skip
        claim = record.claims()[0]["id"]
    paths = [
        "/",
        "/review",
        "/reports",
        "/events",
        "/timeline",
        "/timeline.json",
        "/map",
        "/map.json",
        "/brief",
        "/sources",
        "/entities",
    ]
    paths += ["/proposals", "/team", "/me", "/health", "/metrics", f"/{MARKED}", f"/why/{MARKED}", f"/report/{MARKED}"]
    paths += [
        f"/search?q={MARKED}",
        f"/search?q={MARKED}ville&within=claims",
        f"/source?name={MARKED}%20News",
        f"/reports?publisher={MARKED}%20News",
    ]
    paths += [f"/{'report' if one[0] == 'd' else 'event' if one[0] == 'e' else 'entity' if one[0] == 'n' else 'claim' if one[0] == 'c' else 'why'}/{one}" for one in ids]  # fmt: skip
    found = sum(MARKED in room.client.get(path).text for path in paths)
    room.post(action="correct", subject=claim, reason=f"{MARKED} is right", slots="yes", agents=f"{MARKED} of nowhere")
    room.post(action="note", subject=claim, reason=f"{MARKED} note")
    room.client.get(f"/reports?page={MARKED}")
    room.client.get("/", headers={"host": f"{MARKED}.example"})
    lines = log.getvalue().splitlines()

    assert found > 20
    assert len(lines) > len(paths)
    assert MARKED.lower() not in log.getvalue().lower()
    assert all(json.loads(line)["at"] for line in lines)
    assert {json.loads(line).get("route") for line in lines} >= {"/search", "/report/{one}", "/decide", "elsewhere"}


def test_an_error_is_logged_without_its_words(
    marked: Path, tmp_path: Path, log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page that fails leaves the kind of error and where it happened; what a statement asked for stays unsaid."""
    from starlette.testclient import TestClient

    where = tmp_path / "broken.tidings"
    shutil.copyfile(marked, where)
    room = room_of(where)
    room.client.get("/")
    with sqlite3.connect(where) as base:
        base.execute("DROP TABLE mentions")
    bare = TestClient(
        room.client.app, base_url="http://127.0.0.1", cookies=dict(room.client.cookies), raise_server_exceptions=False
    )
    with tidings.open(where) as record:
        one = next(row["id"] for row in record.entities() if MARKED in row["name"])
    status = bare.get(f"/entity/{one}").status_code
    told = [json.loads(line) for line in log.getvalue().splitlines()]

    assert status >= 500
    assert MARKED not in log.getvalue()
    assert one not in log.getvalue()
    assert any(line.get("route") == "/entity/{one}" and line.get("status", 0) >= 500 for line in told)


def test_what_a_library_says_is_not_passed_on() -> None:
    """Of another logger's line only the logger, the level and the kind of error are told."""
    try:
        raise ValueError(f"{MARKED} cannot be read")
    except ValueError as error:
        held = logging.LogRecord("sqlalchemy.x", logging.WARNING, "x.py", 1, f"{MARKED} %s", (MARKED,), (ValueError, error, error.__traceback__))  # fmt: skip
    line = json.loads(Lines().format(held))

    assert MARKED not in json.dumps(line)
    assert (line["level"], line["what"], line["from"]) == ("warning", "a library says something", "sqlalchemy.x")
    assert line["error"][0]["kind"] == "ValueError"


def test_a_log_file_is_its_owners_alone(tmp_path: Path) -> None:
    """The file is made so that nobody else can read it; a place that cannot be written to, and a level that is none, are named."""
    root = logging.getLogger()
    level = root.level
    handler = to_file(tmp_path / "room.log", level="info")
    logging.getLogger("tidings.web.watch").info("answered", extra={"route": "/", "status": 200})
    root.removeHandler(handler)
    root.setLevel(level)
    handler.close()
    told = json.loads((tmp_path / "room.log").read_text(encoding="utf-8"))

    assert stat.S_IMODE((tmp_path / "room.log").stat().st_mode) == 0o600
    assert (told["what"], told["route"], told["status"]) == ("answered", "/", 200)
    with pytest.raises(UsageError, match="--log"):
        to_file(tmp_path / "no" / "room.log")
    with pytest.raises(UsageError, match="--log-level"):
        to_stream(io.StringIO(), level="loud")


def test_health_is_told_to_anybody_and_holds_nothing(reading: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    """It says whether the program and the record answer, under any name, and nothing else."""
    bare = room_of(reading.where).client
    bare.cookies.clear()
    assert bare.get("/health", headers={"host": "10.0.0.7:8765"}).json() == {"live": True, "ready": True}
    assert bare.get("/health/live").json() == {"live": True}

    def gone(*_: Any) -> None:
        raise OSError("the disk is gone")

    monkeypatch.setattr(bare.app.state.desk.look, "version", gone)
    answer = bare.get("/health")
    assert (answer.status_code, answer.json()) == (503, {"live": True, "ready": False})


def test_counters_are_openmetrics_without_words(shared: Shared) -> None:
    """The counters are read by the format's own parser; their labels are patterns of addresses, never addresses."""
    browser = shared.sign_in("Sara")
    browser.get(f"/search?q={MARKED}")
    browser.get("/event/e_0")
    shared.sign_in("Rana", "wrong")
    one = re.search(r'data-id="(\w+)"', browser.get("/review").text)
    assert one
    browser.post(
        "/decide", data={"token": token_in(browser.get("/me").text), "action": "note", "subject": one[1], "reason": "x"}
    )
    answer = browser.get("/metrics")
    told = {family.name: family for family in text_string_to_metric_families(answer.text)}
    samples = {
        (sample.name, *sorted(sample.labels.values())): sample.value
        for family in told.values()
        for sample in family.samples
    }

    assert answer.headers["content-type"].startswith("application/openmetrics-text")
    assert set(told) == {
        "tidings_answers", "tidings_building", "tidings_builds_done", "tidings_builds_failed", "tidings_decisions",
        "tidings_request_seconds", "tidings_sessions", "tidings_signins",
    }  # fmt: skip
    assert samples["tidings_answers_total", *sorted(("/event/{one}", "GET", "404"))] >= 1
    assert samples["tidings_answers_total", *sorted(("/search", "GET", "200"))] >= 1
    assert samples["tidings_signins_total", "failed"] >= 1
    assert samples["tidings_decisions_total", "note"] >= 1
    assert MARKED not in answer.text
