"""Signing in and the team's pages in Chromium: by keys alone, wide and narrow, by day and by night, without scripts."""

from __future__ import annotations

import os
import shutil
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.web.opening import PASSWORD, Shared, shared_of
from tests.web.visiting import AXE, SIZES

from tidings.web.door import Door

IMAGES = Path(__file__).resolve().parents[2] / "docs" / "images"


@pytest.fixture(scope="module")
def address(demo_record: Path, tmp_path_factory: pytest.TempPathFactory, quick_hashes: None) -> Iterator[str]:
    """The address of a record with users."""
    import uvicorn

    where = tmp_path_factory.mktemp("team") / "shared.tidings"
    shutil.copyfile(demo_record, where)
    held = socket.socket()
    held.bind(("127.0.0.1", 0))
    port = held.getsockname()[1]
    room: Shared = shared_of(where, Door(port=port))
    server = uvicorn.Server(uvicorn.Config(room.app, log_level="critical"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [held]}, daemon=True)
    thread.start()
    while not server.started:
        thread.join(0.02)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(10)


def serious(page: Any) -> list[str]:
    """Return the serious faults that axe finds."""
    page.evaluate(AXE)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    return [
        f"{row['id']}: {row['nodes'][0]['html'][:160]}" for row in found if row["impact"] in {"serious", "critical"}
    ]


def type_in(page: Any, name: str, password: str) -> None:
    """Fill the page where one signs in by keys alone: the cursor is where it is needed."""
    if not page.input_value("input[name=name]"):
        page.keyboard.type(name)
        page.keyboard.press("Tab")
    page.keyboard.type(password)
    page.keyboard.press("Enter")


@pytest.mark.parametrize(("size", "scheme"), [("wide", "light"), ("narrow", "dark")])
def test_one_signs_in_by_keys_and_finds_the_page_that_was_asked_for(
    browser: Any, address: str, size: str, scheme: str
) -> None:
    """A failure is said and keeps the name; the right password leads on; a steward's pages have no serious fault."""
    width, height = SIZES[size]
    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)
    page, outside = context.new_page(), []
    page.on(
        "request", lambda request: None if request.url.startswith((address, "data:")) else outside.append(request.url)
    )
    page.goto(f"{address}/events?kind=event")
    faults = {"signin": serious(page)}
    type_in(page, "Sara", "not the password")
    page.wait_for_selector("[role=alert]")
    faults["failed"] = serious(page)
    type_in(page, "Sara", PASSWORD)
    page.wait_for_url(f"{address}/events?kind=event")
    for path in ("/team", "/me", "/review"):
        page.goto(address + path)
        faults[path] = serious(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    page.click("text=Sign out")
    page.wait_for_url(f"{address}/signin")
    page.goto(f"{address}/reports")
    assert page.url.startswith(f"{address}/signin")
    context.close()
    assert {path: found for path, found in faults.items() if found} == {}
    assert outside == []


def test_signing_in_and_deciding_need_no_scripts(browser: Any, address: str) -> None:
    """A reviewer signs in and decides with scripts switched off; a reader has no button to decide with."""
    for name, buttons in (("Rim", True), ("Rana", False)):
        context = browser.new_context(java_script_enabled=False)
        page = context.new_page()
        page.goto(f"{address}/review")
        page.fill("input[name=name]", name)
        page.fill("input[name=password]", PASSWORD)
        page.click("button")
        page.wait_for_url(f"{address}/review")
        assert (page.locator("button[value=accept]").count() > 0) == buttons
        assert page.locator("text=Team and builds").count() == 0
        if buttons:
            with page.expect_navigation(url="**/review*"):
                page.locator("button[value=accept]").first.click()
            page.goto(f"{address}/review?show=decided")
            assert page.locator("td:has-text('Rim')").count() == 1
        context.close()


@pytest.mark.parametrize(("name", "path", "height"), [("signin", "/signin", 640), ("team", "/team", 760)])
def test_screens_of_the_docs(browser: Any, address: str, name: str, path: str, height: int) -> None:
    """The pictures in the docs are made anew when TIDINGS_SCREENS is set."""
    if not os.environ.get("TIDINGS_SCREENS"):
        assert (IMAGES / f"{name}.png").stat().st_size > 10_000
        return
    context = browser.new_context(viewport={"width": 1280 if name == "team" else 900, "height": height})
    page = context.new_page()
    page.goto(f"{address}/signin")
    if name == "team":
        type_in(page, "Sara", PASSWORD)
        page.wait_for_url(f"{address}/")
        page.goto(address + path)
    page.screenshot(path=str(IMAGES / f"{name}.png"))
    context.close()
