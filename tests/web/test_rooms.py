"""Each room opens, shows what the record holds, and leads on."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
from tests.postgres import altered
from tests.web.opening import Room

import tidings
from tidings.errors import NewerRecord, NotARecord
from tidings.web.app import create_app
from tidings.web.wording import ROOMS, name_of, number, span


def test_every_link_leads_somewhere(reading: Room) -> None:
    """From the overview on, every link of the rooms is followed once, and every page is there."""
    seen, waiting, kinds = set(), ["/"], {}
    while waiting:
        path = waiting.pop()
        answer = reading.client.get(path)
        assert answer.status_code == 200, path
        if "html" not in answer.headers["content-type"]:
            continue
        for link in map(unescape, re.findall(r'(?:href|hx-get)="(/[^"#]*)', answer.text)):
            kind = re.sub(r"[0-9a-f]{8,}|(?<=q=).*|(?<=name=).*", "…", link)
            # Twelve pages of one kind stand for all of them.
            if link not in seen and kinds.get(kind, 0) < 12 and not link.startswith(("/static", "/vendor")):
                kinds[kind] = kinds.get(kind, 0) + 1
                seen.add(link)
                waiting.append(link)
    assert {path for _, rooms in ROOMS for path, _ in rooms} <= seen | {"/"}
    assert len(seen) > 100


def test_a_report_shows_its_words_whole(reading: Room) -> None:
    """Marks cut a report's text into pieces; put together they are the text."""
    with tidings.open(reading.where) as record:
        for row in record.documents():
            page = reading.client.get(f"/report/{row['id']}").text
            words = unescape(re.sub(r"<[^>]+>", "", "".join(re.findall(r'<p dir="auto">(.*?)</p>', page, re.DOTALL))))
            assert words == "".join(line for line in row["text"].split("\n") if line.strip())


def test_an_event_shows_every_account(reading: Room) -> None:
    """A happening's page holds the words of each of its claims, by origin."""
    with tidings.open(reading.where) as record:
        row = max(record.events(), key=lambda row: len(row["claims"]))
        quotes = [claim["quote"] for claim in record.claims() if claim["id"] in row["claims"]]
    page = unescape(reading.client.get(f"/event/{row['id']}").text)

    assert all(f"<mark>{quote}</mark>" in page for quote in quotes)
    assert all(origin in page for origin in row["origins"])


def test_charts_have_tables_behind_them(reading: Room) -> None:
    """Each mark of a chart of casualties is a row of the table under it."""
    page = reading.client.get("/ledger/casualties").text
    drawn = set(re.findall(r'<a href="/why/(f_\w+)"><title>', page))

    assert drawn
    assert drawn <= set(re.findall(r'<tr id="(f_\w+)"', page))


@pytest.mark.parametrize("words", ["goma", "Gomah", "GOMA", "М23", "wounded"])
def test_search_is_not_particular_about_spelling(reading: Room, words: str) -> None:
    """Case, a letter more, another script: the word is found."""
    page = reading.client.get("/search", params={"q": words}).text

    assert "<h2>Claims</h2>" in page or "<h2>Names</h2>" in page or words == "М23"


def test_an_old_id_leads_to_what_its_claim_became_part_of(reading: Room) -> None:
    """The id of a happening that became part of another opens the other."""
    with tidings.open(reading.where) as record:
        row = max(record.events(), key=lambda row: len(row["claims"]))
    old = "e_" + row["claims"][-1].partition("_")[2]

    assert "is part of this happening now" in reading.client.get(f"/event/{old}").text


def test_a_brief_is_saved_whole_or_in_part(reading: Room) -> None:
    """Chosen sentences are written out with their citations; none chosen means all."""
    with tidings.open(reading.where) as record:
        first, second = record.rows("brief", limit=2)
    part = reading.client.get("/brief/export", params={"to": "md", "s": first["id"]}).text
    whole = reading.client.get("/brief/export", params={"to": "html"})

    assert first["sentence"] in part
    assert second["sentence"] not in part
    assert second["sentence"] in unescape(whole.text)
    assert whole.headers["content-disposition"] == 'attachment; filename="brief.html"'


def test_what_is_new_is_told(room: Room) -> None:
    """A second visit after a build tells the reports that came in between."""
    room.client.get("/")
    with tidings.open(room.where) as record:
        builds = record.builds()
    room.client.cookies.set("tidings_seen", "B_none")

    assert "New since" not in room.client.get("/").text
    assert len(builds) == 1


@pytest.mark.parametrize(
    "path",
    [
        "/report/d_0",
        "/event/e_0",
        "/claim/c_0",
        "/entity/n_0",
        "/contradiction/k_0",
        "/why/f_00000",
        "/ledger/x",
        "/source?name=x",
        "/x",
    ],
)
def test_what_is_not_there_is_said(reading: Room, path: str) -> None:
    """An id or a page that is not there gives a page that says so, with the menu."""
    answer = reading.client.get(path)

    assert answer.status_code == 404
    assert 'aria-label="Rooms"' in answer.text


def test_pages_out_of_range_are_empty_or_refused(reading: Room) -> None:
    """A page past the end is empty; one before the start does not fit."""
    assert reading.client.get("/events?page=900").status_code == 200
    assert reading.client.get("/events?page=0").status_code == 400
    assert reading.client.get("/timeline?since=nonsense&until=%00").status_code == 200


def test_files_that_are_no_records_are_refused(tmp_path: Path) -> None:
    """No file, another file, and a file from a newer version are refused with what to do."""
    (tmp_path / "x.txt").write_text("words", encoding="utf-8")
    with pytest.raises(NotARecord, match="tidings build"):
        create_app(tmp_path / "none.tidings")
    with pytest.raises(NotARecord):
        create_app(tmp_path / "x.txt")


def test_a_record_of_a_newer_version_is_refused(room: Room) -> None:
    """The tables of a newer version are not guessed at."""
    altered(room.where, "UPDATE meta SET value = '99' WHERE key = 'schema'")
    with pytest.raises(NewerRecord, match="Update"):
        create_app(room.where)


def test_words_of_screens() -> None:
    """Numbers, days and happenings are put into plain words."""
    assert [number(20, 20), number(20, None), number(None, 30), number(None, None)] == [
        "20",
        "at least 20",
        "up to 30",
        "no number",
    ]
    assert span("2015-06-25", "2015-06-27") == "25–27 June 2015"
    assert span("2015-01-01", "2015-12-31") == "2015"
    assert span("", "2015-06-27") == "by 27 June 2015"
    row = {"kind": "casualties", "type": "killed", "targets": ["civilians"], "places": ["Goma"]}
    assert name_of(row) == "Killed: civilians in Goma"
    clash = {"kind": "event", "type": "armed_clash", "agents": ["SAF", "RSF"], "targets": [], "places": ["Nyala"]}
    assert name_of(clash) == "Armed clash between SAF and RSF in Nyala"
    lost = {"kind": "control", "type": "lost", "agents": ["SAF"], "targets": ["RSF"], "places": ["Nyala"]}
    assert name_of(lost) == "Lost by SAF to RSF in Nyala"
