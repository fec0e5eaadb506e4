"""The reading room in Chromium: every room, wide and narrow, by day and by night, by keys alone."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from tests.web.opening import Live
from tests.web.visiting import SIZES, Visit

from tidings.web.wording import ROOMS

PATHS = [path for _, rooms in ROOMS for path, _ in rooms] + [
    "/search?q=goma",
    "/proposals",
    "/review?show=decided",
    "/timeline?by=places",
]
IMAGES = Path(__file__).resolve().parents[2] / "docs" / "images"


def event_of(visit: Visit) -> str:
    """Return the address of the happening with most claims."""
    visit.open("/events?grade=contested")
    link = visit.page.query_selector('main a[href^="/event/"]')
    if link is None:
        visit.open("/events")
        link = visit.page.query_selector('main a[href^="/event/"]')
    return str(link.get_attribute("href"))


@pytest.mark.parametrize(
    ("size", "scheme"), [("wide", "light"), ("wide", "dark"), ("narrow", "light"), ("narrow", "dark")]
)
def test_every_room_opens(browser: Any, live: Live, size: str, scheme: str) -> None:
    """No room shows an error, asks anything from outside, is wider than the screen, or has a serious fault by axe."""
    held = Visit(browser, live, size=size, scheme=scheme)
    report, event = "", event_of(held)
    held.open("/reports")
    report = str(held.page.query_selector('main td a[href^="/report/"]').get_attribute("href"))
    held.open("/entities?kind=place")
    place = str(held.page.query_selector('main td a[href^="/entity/"]').get_attribute("href"))
    serious = {}
    for path in [*PATHS, report, event, place, f"/map?event={event.rpartition('/')[2]}", "/nowhere"]:
        held.faults.clear()
        held.open(path)
        faults = [words for words in held.faults if path != "/nowhere" or "404" not in words]
        assert faults == [], path
        assert held.page.evaluate("document.documentElement.scrollWidth") <= SIZES[size][0], path
        if (size, scheme) in {("wide", "light"), ("narrow", "dark")} and (found := held.serious()):
            serious[path] = found
    held.context.close()
    assert serious == {}


def test_a_claim_is_reviewed_by_keys_alone(visit: Visit) -> None:
    """J and k move, a accepts, u undoes, x rejects, e corrects, m notes, ? helps."""
    visit.open("/review?only=c_")
    page = visit.page
    first, second = page.eval_on_selector_all(".item", "items => items.slice(0, 2).map(item => item.dataset.id)")

    def at() -> str:
        return str(page.evaluate("document.querySelector('.item.at').dataset.id"))

    assert at() == first
    page.keyboard.press("j")
    assert at() == second
    page.keyboard.press("k")
    page.keyboard.press("a")
    page.wait_for_selector(f"#item-{first}.done .tag.accepted")
    assert at() == first
    page.keyboard.press("u")
    page.wait_for_selector(f"#item-{first}:not(.done)")
    page.keyboard.press("x")
    page.wait_for_selector(f"#item-{first}.done .tag.rejected")
    page.keyboard.press("j")
    page.keyboard.press("m")
    page.keyboard.type("ask the author")
    page.keyboard.press("Enter")
    page.wait_for_selector(f"#item-{second} >> text=ask the author")
    page.keyboard.press("e")
    page.keyboard.press("Escape")
    assert page.evaluate(f"document.querySelector('#item-{second} details.correct').open")
    page.keyboard.press("?")
    assert page.evaluate("document.getElementById('help').open")
    page.keyboard.press("Escape")
    assert visit.faults == []


def test_the_keyboard_reaches_every_link(visit: Visit) -> None:
    """The first stop of the tab key skips the menu; each stop can be seen."""
    visit.open("/")
    visit.page.keyboard.press("Tab")
    assert visit.page.evaluate("document.activeElement.className") == "skip"
    for _ in range(12):
        visit.page.keyboard.press("Tab")
        assert visit.page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"


def test_marks_are_switched_off_without_script(browser: Any, live: Live) -> None:
    """With scripts forbidden, a report is read, its marks toggled, and a decision taken."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live.address}/enter?key={live.keys.new_link()}")
    # The door leads on by itself: a page asked for before it has done so would be interrupted.
    page.wait_for_url(f"{live.address}/")
    page.goto(f"{live.address}/reports")
    page.click('main td a[href^="/report/"]')
    assert page.locator(".m.claim").count() > 0
    page.uncheck("#t-claim")
    assert page.locator("aside").first.is_hidden()
    page.goto(f"{live.address}/review?only=q_")
    page.goto(f"{live.address}/review?only=c_")
    one = page.locator(".item").last.get_attribute("data-id")
    with page.expect_navigation(url="**/review*"):
        page.locator(".item").last.locator("button[value=accept]").click()
    page.goto(f"{live.address}/claim/{one}")
    assert page.locator("text=read against the words").count() == 1
    context.close()


def test_search_answers_while_typing(visit: Visit) -> None:
    """What is found is shown without leaving the page."""
    visit.open("/search")
    visit.page.keyboard.type("bukavu")
    visit.page.wait_for_selector("#found h2")

    assert "Bukavu" in visit.page.inner_text("#found")
    assert visit.faults == []


def test_many_happenings_are_drawn_on_a_canvas(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    """Above the number that is drawn as shapes, the browser draws them itself; a click opens one."""
    from tidings.web.rooms import time as room

    monkeypatch.setattr(room, "_MOST_DRAWN", 3)
    visit.open("/timeline")
    visit.page.wait_for_selector("#timeline canvas")
    visit.page.focus("#timeline canvas")
    for key in ("+", "ArrowRight", "-", "ArrowLeft"):
        visit.page.keyboard.press(key)
    assert visit.faults == []
    assert visit.serious() == []


@pytest.mark.parametrize(
    ("name", "path", "scheme"),
    [
        ("overview", "/", "light"),
        ("report", "/report/", "light"),
        ("event", "/event/", "light"),
        ("review", "/review", "light"),
        ("casualties", "/ledger/casualties", "light"),
        ("map", "/map", "light"),
        ("timeline-dark", "/timeline", "dark"),
    ],
)
def test_screens_of_the_docs(browser: Any, live: Live, name: str, path: str, scheme: str) -> None:
    """The pictures in the docs are those of the example, made anew when TIDINGS_SCREENS is set."""
    if not os.environ.get("TIDINGS_SCREENS"):
        assert (IMAGES / f"{name}.png").stat().st_size > 10_000
        return
    held = Visit(browser, live, scheme=scheme)
    if path == "/event/":
        held.open("/events")
        links = held.page.eval_on_selector_all(
            "main li",
            "rows => rows.map(row => [row.querySelector('a')?.getAttribute('href'), parseInt(row.textContent.match(/(\\d+) claims/)?.[1] || 0)])",
        )
        path = max((row for row in links if row[0] and row[0].startswith("/event/")), key=lambda row: row[1])[0]
    elif path == "/report/":
        held.open("/reports")
        path = str(held.page.query_selector('main td a[href^="/report/"]').get_attribute("href"))
    held.open(path)
    held.page.wait_for_timeout(600)
    IMAGES.mkdir(parents=True, exist_ok=True)
    held.page.screenshot(path=str(IMAGES / f"{name}.png"))
    held.context.close()
