"""The reading room of the example, and of reports that mean harm; asked in process, or by a browser over a port."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.postgres import ENGINES
from tests.web.opening import Live, Room, Shared, listening, room_of, shared_of
from tests.web.visiting import Visit

import tidings
from tidings.record import copy, example

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


@pytest.fixture(scope="session")
def demo_record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record of the example reports; copy it before deciding anything in it."""
    reports, known = example()
    where = tmp_path_factory.mktemp("demo") / "example.tidings"
    tidings.build(reports, where, known=known, sidecar=reports / "reports.jsonl", workers=1).close()
    return where


HOSTILE = {
    "script.txt": "<script>alert(1)</script> and <img src=x onerror=alert(2)> said so on Monday.\n\n"
    "The army shelled <svg/onload=alert(3)> Kadugli on Sunday, killing at least 12 civilians, officials said.",
    "turning.txt": "Report \u202egnp.exe\u202c of Monday\n\nRebels took Kadugli on Sunday, the \u202ereliable\u202c monitor said. At least 14 civilians died.",
    "quotes.txt": 'Residents "onmouseover="alert(4) said {{ 7*7 }} shells fell on Dilling on Sunday.\n\nThe army denied it shelled Dilling.',
    "broken.html": "<html><head><title>A & B < C \"'></title><body><p>The army shelled Dilling on Sunday."
    + "<div>" * 2000
    + "<p>Nine civilians were killed in Dilling.</p>",
}


@pytest.fixture(scope="session")
def hostile_record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record of reports that try to run script, to turn words around, and to name files elsewhere."""
    folder = tmp_path_factory.mktemp("hostile")
    inner = folder / "reports"
    inner.mkdir()
    for name, text in HOSTILE.items():
        (inner / name).write_text(text, encoding="utf-8")
    rows = [
        {
            "id": "script",
            "publisher": "<b>Bold</b> News",
            "title": "</title><script>alert(5)</script>",
            "url": "javascript:alert(6)",
        },
        {
            "id": "turning",
            "publisher": "A\u202eB",
            "title": "../../x",
            "url": "data:text/html,<script>alert(7)</script>",
        },
    ]
    (folder / "about.jsonl").write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    where = folder / "hostile.tidings"
    tidings.build(inner, where, sidecar=folder / "about.jsonl", workers=1).close()
    return where


@pytest.fixture(scope="session", params=ENGINES)
def reading(demo_record: Path, request: pytest.FixtureRequest) -> Room:
    """The room of the example, to read in; of a file, and of a database."""
    if request.param == "sqlite":
        return room_of(demo_record)
    where = request.getfixturevalue("postgres").url()
    copy(demo_record, where)
    return room_of(where)


@pytest.fixture(params=ENGINES)
def room(demo_record: Path, tmp_path: Path, request: pytest.FixtureRequest) -> Room:
    """The room of a copy of the example, to decide in; of a file, and of a database."""
    if request.param == "sqlite":
        path = tmp_path / "copy.tidings"
        shutil.copyfile(demo_record, path)
        return room_of(path)
    where = request.getfixturevalue("postgres").url()
    copy(demo_record, where)
    return room_of(where)


@pytest.fixture(scope="session")
def quick_hashes() -> Iterator[None]:
    """Passwords hashed in no time: what is tested is what is done with them."""
    from argon2 import PasswordHasher

    from tidings import _team

    before = _team._hasher
    _team._hasher = lambda: PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)  # type: ignore[assignment]
    _team._nobody.cache_clear()
    yield
    _team._hasher = before
    _team._nobody.cache_clear()


@pytest.fixture(scope="module", params=ENGINES)
def shared(
    demo_record: Path, tmp_path_factory: pytest.TempPathFactory, quick_hashes: None, request: pytest.FixtureRequest
) -> Shared:
    """The room of a copy of the example with users; of a file, and of a database."""
    if request.param == "sqlite":
        path = tmp_path_factory.mktemp("shared") / "shared.tidings"
        shutil.copyfile(demo_record, path)
        return shared_of(path)
    where = request.getfixturevalue("postgres").url()
    copy(demo_record, where)
    return shared_of(where)


@pytest.fixture
def desk(demo_record: Path, tmp_path: Path, quick_hashes: None) -> Shared:
    """The room of a fresh copy of the example with users, in a file."""
    path = tmp_path / "shared.tidings"
    shutil.copyfile(demo_record, path)
    return shared_of(path)


@pytest.fixture(scope="session")
def hostile(hostile_record: Path) -> Room:
    """The room of the hostile reports."""
    return room_of(hostile_record)


@pytest.fixture(scope="module")
def live(demo_record: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """The example's room over a port."""
    where = tmp_path_factory.mktemp("live") / "example.tidings"
    shutil.copyfile(demo_record, where)
    yield from listening(where)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Chromium, or a skip that says what is missing."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if CHROMIUM is None:
        pytest.skip("no chromium on this machine: apt-get install chromium")
    with sync_api.sync_playwright() as tools:
        made = tools.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-quic", "--disable-component-update", "--enable-unsafe-swiftshader"],
        )
        yield made
        made.close()


@pytest.fixture
def visit(browser: Any, live: Live) -> Iterator[Visit]:
    """A wide page by day."""
    held = Visit(browser, live)
    yield held
    held.context.close()
