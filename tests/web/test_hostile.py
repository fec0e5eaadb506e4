"""Reports that mean harm are shown as words."""

from __future__ import annotations

import re

import pytest
from tests.web.opening import Room

import tidings

ROOMS = "/ /reports /events /timeline /timeline?by=places /map /map.json /timeline.json /brief /sources /entities /review /echoes /contradictions /search?q=script /ledger/casualties /ledger/control".split()


def pages(room: Room) -> list[tuple[str, str]]:
    """Return every page of the hostile record that shows a report's words."""
    with tidings.open(room.where) as record:
        paths = [f"/report/{row['id']}" for row in record.documents()]
        paths += [f"/event/{row['id']}" for row in record.events()] + [f"/claim/{row['id']}" for row in record.claims()]
        paths += [f"/entity/{row['id']}" for row in record.entities()] + [
            f"/why/{row['id']}" for row in record.figures()
        ]
    return [(path, room.client.get(path).text) for path in [*ROOMS, *paths]]


def test_nothing_of_a_report_becomes_markup(hostile: Room) -> None:
    """No script, picture or handler of a report reaches a page as such, in titles, names, words or drawings."""
    seen = 0
    for path, text in pages(hostile):
        seen += "alert(" in text
        assert not re.search(r"<script(?![^>]*\bsrc=\"/)", text), path
        assert "<img" not in text, path
        assert not re.search(r"<svg/|<b>Bold", text), path
        assert not re.search(r"<[^>]*\son\w+\s*=", re.sub(r'"[^"]*"', '""', text)), path
    assert seen > 3


def test_templates_of_a_report_are_not_filled_in(hostile: Room) -> None:
    """Curly braces in a report are words."""
    texts = dict(pages(hostile))
    told = " ".join(text for path, text in texts.items() if path.startswith("/report/"))
    assert "{{ 7*7 }}" in told


def test_addresses_that_run_are_not_linked(hostile: Room) -> None:
    """Only http and https addresses become links; others are shown as words."""
    for path, text in pages(hostile):
        assert not re.search(r'(href|src|action)="\s*(javascript|data|vbscript):', text, re.IGNORECASE), path
    assert any("javascript:alert(6)" in text for _, text in pages(hostile))


def test_words_that_turn_others_around_are_made_visible(hostile: Room) -> None:
    """A right-to-left override never reaches a page; a visible sign stands for it."""
    for path, text in pages(hostile):
        assert not re.search("[\u202a-\u202e\u2066-\u2069]", text), path
    assert any("\u2423" in text for _, text in pages(hostile))


def test_a_report_named_elsewhere_is_saved_under_its_id(hostile: Room) -> None:
    """The name of a download comes from the id, whatever the report is called; it is never shown as a page."""
    with tidings.open(hostile.where) as record:
        one = next(row["id"] for row in record.documents() if row["title"] == "../../x")
    answer = hostile.client.get(f"/report/{one}/original")

    assert answer.headers["content-disposition"] == f'attachment; filename="{one}.bin"'
    assert answer.headers["content-type"] == "application/octet-stream"


@pytest.mark.parametrize(
    "words", ["<script>alert(1)</script>", '"onfocus="alert(1)', "' OR 1=1 --", '" NEAR(', "*", "%00", "ن" * 150]
)
def test_strange_questions_are_answered(hostile: Room, words: str) -> None:
    """Whatever is typed into the search is looked for, and shown as words."""
    answer = hostile.client.get("/search", params={"q": words})

    assert answer.status_code == 200
    assert not re.search(r"<script(?![^>]*\bsrc=)", answer.text)


def test_reasons_and_notes_are_words(hostile: Room) -> None:
    """What a reviewer writes is escaped like the words of a report."""
    with tidings.open(hostile.where) as record:
        one = record.events(limit=1)[0]["id"]
    hostile.post(action="note", subject=one, reason="<script>alert(8)</script>")
    text = hostile.client.get(f"/event/{one}").text

    assert "&lt;script&gt;alert(8)" in text
