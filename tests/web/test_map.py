"""The map and the days of ledgers: what is sent, whose pictures are let in, which place a name is given."""

from __future__ import annotations

import json
import re
import shutil
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from tests.web.opening import Live, Room, listening, room_of
from tests.web.visiting import Visit

import tidings
from tidings.gazetteers import built
from tidings.record import Record

_PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


def archive() -> bytes:
    """Return a map file of one picture: header, one entry, empty metadata, one transparent point."""
    root = bytes([1, 0, 1, len(_PIXEL), 1])  # entries; then tile, run, length, and the offset plus one
    about = b"{}"
    places = (127, len(root), 127 + len(root), len(about), 127 + len(root) + len(about), 0, 127 + len(root) + len(about), len(_PIXEL), 1, 1, 1)  # fmt: skip
    header = b"PMTiles\x03" + struct.pack("<11Q", *places) + bytes([1, 1, 1, 2, 0, 0])
    header += struct.pack("<4i", -1_800_000_000, -850_000_000, 1_800_000_000, 850_000_000) + b"\x00" + bytes(8)
    assert len(header) == 127
    return header + root + about + _PIXEL


def policy(room: Room) -> dict[str, list[str]]:
    """Return what a page may load, by kind."""
    held = room.client.get("/map").headers["content-security-policy"]
    return {part.split()[0]: part.split()[1:] for part in held.split("; ")}


def totals(room: Room, kind: str = "") -> int:
    """Return how many happenings the map counts, one of two places twice."""
    told = room.client.get(f"/map.json?kind={kind}").json()["told"]
    return sum(sum(spans[2::3]) for spans in told.values())


def test_the_map_counts_happenings_by_place_and_day(reading: Room) -> None:
    """Each place that has a point stands with the days and numbers of its happenings, and no happening is left out."""
    with tidings.open(reading.where) as record:
        points = {
            row["id"]: row for row in record.rows("entities") if row["kind"] == "place" and row["lat"] is not None
        }
        events = list(record.events())
    expected: dict[str, int] = {}
    for event in events:
        for place in dict.fromkeys(event["places_ids"]):
            if place in points:
                expected[place] = expected.get(place, 0) + 1
    sent = reading.client.get("/map.json").json()

    assert {place: sum(spans[2::3]) for place, spans in sent["told"].items()} == expected
    assert {place: row[:2] for place, row in sent["places"].items()} == {one: [points[one]["lon"], points[one]["lat"]] for one in expected}  # fmt: skip
    assert sum(totals(reading, kind) for kind in {event["kind"] for event in events}) == sum(expected.values())


def test_the_happenings_of_a_place_are_asked_for(reading: Room) -> None:
    """Those that can have been between two days are listed and counted; undated ones only when they are wanted."""
    told = reading.client.get("/map.json").json()["told"]
    place = max(told, key=lambda one: (sum(told[one][2::3]), one))
    spans = [told[place][at : at + 3] for at in range(0, len(told[place]), 3)]
    ask = lambda **more: reading.client.get("/map/here.json", params={"place": place, **more}).json()  # noqa: E731
    whole = ask()

    assert whole["n"] == len(whole["events"]) == sum(n for _, _, n in spans)
    dated = sum(n for first, last, n in spans if first is not None or last is not None)
    assert ask(undated="false")["n"] == dated
    day = next(first for first, _, _ in spans if first is not None)
    until = date.fromordinal(day + 719163).isoformat()
    early = sum(n for first, last, n in spans if (first is not None or last is not None) and (first is None or first <= day))  # fmt: skip
    assert ask(undated="false", until=until)["n"] == early
    assert ask(place="n_0") == {"n": 0, "events": []}
    assert ask(until="nonsense", since="\x00")["n"] == whole["n"]
    assert reading.client.get("/map/here.json").json() == {"n": 0, "events": []}


def test_people_on_the_move_are_drawn_between_points(reading: Room) -> None:
    """A flow is a movement of the ledger from a place with a point to another, with the number that is said."""
    with tidings.open(reading.where) as record:
        points = {row["id"]: [row["lon"], row["lat"]] for row in record.rows("entities") if row["lat"] is not None}
        held = {row["id"]: row for row in record.rows("movements")}
    flows = reading.client.get("/map.json").json()["flows"]
    expected = {
        one
        for one, row in held.items()
        if any(a in points and b in points and a != b for a in row["origin_ids"] for b in row["destination_ids"] or row["shelter_ids"])
    }  # fmt: skip

    assert {row[0] for row in flows} == expected
    for one, lon, lat, to, up, low, high, *_ in flows:
        ends = [points.get(place) for place in held[one]["origin_ids"]]
        goals = [points.get(place) for place in held[one]["destination_ids"] or held[one]["shelter_ids"]]
        assert [lon, lat] in ends
        assert [to, up] in goals
        assert [low, high] == [held[one]["low"], held[one]["high"]]


def test_towns_are_near_and_countries_are_named(reading: Room) -> None:
    """Towns lie around the places of the record; countries have a name and a point."""
    sent = reading.client.get("/map.json").json()
    lons, lats = zip(*((row[0], row[1]) for row in sent["places"].values()), strict=True)

    assert {"Uganda", "Syria"} <= {name for name, *_ in sent["lands"]}
    assert sent["towns"] or built() is None
    assert all(min(lons) - 1 <= lon <= max(lons) + 1 and min(lats) - 1 <= lat <= max(lats) + 1 for lon, lat, _ in sent["towns"])  # fmt: skip


def test_the_base_is_the_same_packed_and_unpacked(reading: Room) -> None:
    """Whoever takes no packed answers gets the same countries."""
    packed = reading.client.get("/ground.json", headers={"accept-encoding": "gzip"})
    bare = reading.client.get("/ground.json", headers={"accept-encoding": "identity"})

    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in bare.headers
    assert packed.json() == bare.json()


@pytest.mark.parametrize("table", ["holdings", "movements"])
def test_a_ledger_is_asked_by_day(reading: Room, table: str) -> None:
    """Rows that can have held between two days are shown, those without any day are not, and the numbers are right."""
    path = {"holdings": "control", "movements": "movements"}[table]
    names = {"holdings": ("from_earliest", "until_latest"), "movements": ("time_earliest", "time_latest")}[table]
    with tidings.open(reading.where) as record:
        rows = list(record.rows(table))
    dated = sorted({row[name] for row in rows for name in names if row[name]})
    middle = dated[len(dated) // 2]
    for since, until in ((middle, middle), (middle, ""), ("", middle), (dated[0], dated[-1])):
        fits = {
            row["id"]
            for row in rows
            if (row[names[0]] or row[names[1]])
            and not (since and row[names[1]] and row[names[1]] < since)
            and not (until and row[names[0]] and row[names[0]] > until)
        }
        shown: set[str] = set()
        for page in (1, 2, 3):
            text = reading.client.get(f"/ledger/{path}", params={"since": since, "until": until, "page": page}).text
            shown |= set(re.findall(r'<tr id="(\w+)"', text))
        assert shown == fits, (since, until)
    assert reading.client.get(f"/ledger/{path}?since=nonsense&until=%00").status_code == 200


def test_a_place_is_chosen_from_the_gazetteer(room: Room) -> None:
    """Choosing another place of the same name writes a correction, and the place lies there after the next build."""
    if built() is None:
        pytest.skip("no index of place names on this machine: tidings gazetteer builds one")
    with tidings.open(room.where) as record:
        places = [row for row in record.rows("entities") if row["kind"] == "place" and row["lat"] is not None]
    for row in places:
        page = room.client.get(f"/entity/{row['id']}").text
        form = re.search(r'<tr id="choice-.*?(<form.*?</form>)', page.replace("chosen</td></tr>", ""), re.DOTALL)
        if form:
            break
    else:
        pytest.fail("no place of the example has a namesake")
    fields = {name: unescape(value) for name, value in re.findall(r'name="(\w+)" value="([^"]*)"', form.group(1))}
    fields.pop("token")
    answer = room.post(**{**fields, "reason": "the reports write from there"})
    with Record(room.where) as record:
        (decision,) = record.log()
        record.rebuild()
        now = next(held for held in record.rows("entities") if held["id"] == row["id"])
        assert record.check() == []

    assert answer.status_code == 303
    assert (decision.action, decision.subject, decision.reason) == ("correct", row["id"], "the reports write from there")  # fmt: skip
    assert set(json.loads(decision.after)) <= {"lat", "lon", "radius_m"}
    assert [now["lat"], now["lon"]] == [pytest.approx(float(fields["lat"])), pytest.approx(float(fields["lon"]))]


@pytest.mark.parametrize(
    ("tiles", "source"),
    [
        ("https://tiles.example/{z}/{x}/{y}.png", "https://tiles.example/"),
        ("https://tiles.example/base/{z}/{x}/{y}.png", "https://tiles.example/base/"),
        ("https://tiles.example:8443/base/tile?z={z}&x={x}&y={y}", "https://tiles.example:8443/base/"),
        ("https://tiles.example/a; script-src */{z}/{x}/{y}.png", "https://tiles.example/a%3B%20script-src%20%2A/"),
    ],
)
def test_pictures_of_one_server_are_let_in_and_nothing_else(demo_record: Path, tiles: str, source: str) -> None:
    """The folder of the pictures stands in the policy for pictures alone; without one, nothing outside does."""
    bare, held = policy(room_of(demo_record)), policy(room_of(demo_record, tiles=tiles))

    added = {kind: set(sources) - set(bare[kind]) for kind, sources in held.items()}
    assert {kind: sources for kind, sources in added.items() if sources} == {"img-src": {source}, "connect-src": {source}}  # fmt: skip
    assert not any("http" in one for sources in bare.values() for one in sources)


def test_a_map_file_is_given_in_parts_and_never_changed(demo_record: Path, tmp_path: Path) -> None:
    """The user's map file is read by range; no request writes to it, and no other file is given in its place."""
    own = tmp_path / "own.pmtiles"
    own.write_bytes(archive())
    room = room_of(demo_record, tiles=str(own))
    part = room.client.get("/tiles.pmtiles", headers={"range": "bytes=0-126"})
    headers = {"origin": "http://127.0.0.1"}

    assert (part.status_code, part.content) == (206, archive()[:127])
    assert part.headers["content-range"] == f"bytes 0-126/{len(archive())}"
    assert room.client.get("/tiles.pmtiles", headers={"range": "bytes=9999-10000"}).status_code == 416
    assert room.client.post("/tiles.pmtiles", data={"token": room.keys.token}, headers=headers).status_code == 405
    assert room.client.put("/tiles.pmtiles", content=b"x", headers=headers).status_code == 405
    assert own.read_bytes() == archive()
    assert not any("http" in source for sources in policy(room).values() for source in sources)
    (tmp_path / "notes.txt").write_text("words", encoding="utf-8")
    for other in ("", str(tmp_path / "notes.txt"), str(tmp_path / "none.pmtiles")):
        assert room_of(demo_record, tiles=other).client.get("/tiles.pmtiles").status_code == 404


COUNTED = "tidingsMap.getSource('told').serialize().data.features.reduce((sum, one) => sum + one.properties.n, 0)"
REACH = "tidingsMap.getSource('reach').serialize().data.features.length"


def test_the_map_draws_the_reach_of_the_chosen_one_only(visit: Visit) -> None:
    """Nothing's reach is drawn at first; the chosen happening's is. The sliders leave what can have happened between them."""
    visit.open("/map")
    assert visit.page.evaluate(REACH) == 0
    place = visit.page.evaluate("fetch('/map.json').then(a => a.json()).then(d => Object.keys(d.told)[0])")
    one = visit.page.evaluate(f"fetch('/map/here.json?place={place}').then(a => a.json()).then(d => d.events[0].id)")
    visit.open(f"/map?event={one}")
    assert visit.page.evaluate(REACH) > 0
    before = visit.page.evaluate(COUNTED)
    visit.page.uncheck("#undated")
    visit.page.eval_on_selector("#to", "field => { field.value = field.min; field.dispatchEvent(new Event('input')); }")
    assert visit.page.evaluate(COUNTED) < before
    assert visit.faults == []


def test_a_circle_lists_its_happenings(visit: Visit) -> None:
    """A click on a circle asks for what it gathers, and lists as many as it counts."""
    visit.open("/map")
    visit.until("tidingsMap.queryRenderedFeatures({layers: ['clusters']}).length > 0")
    x, y, n = visit.page.evaluate(
        "(() => { const one = tidingsMap.queryRenderedFeatures({layers: ['clusters']})[0], at = tidingsMap.project(one.geometry.coordinates),"
        " box = document.querySelector('#map canvas').getBoundingClientRect(); return [at.x + box.left, at.y + box.top, one.properties.n]; })()"
    )
    visit.page.mouse.click(x, y)
    visit.page.wait_for_selector("#sheet h2")

    assert 0 < visit.page.locator("#sheet li").count() <= n
    assert re.match(r"[\d,]+ happenings? here", visit.page.inner_text("#sheet h2"))
    assert visit.serious() == []
    assert visit.faults == []


def test_a_ledger_is_shown_as_it_stood_on_one_day(visit: Visit) -> None:
    """The slider of a ledger, moved by keys, fills both dates with one day and asks again; the day stays on it."""
    visit.open("/ledger/control")
    whole = visit.page.locator("tbody tr").count()
    visit.page.focus("input[data-days]")
    with visit.page.expect_navigation():
        visit.page.keyboard.press("Home")
    day = visit.page.input_value("input[name=since]")

    assert re.fullmatch(r"\d{4}-\d\d-\d\d", day)
    assert visit.page.input_value("input[name=until]") == day == visit.page.inner_text("output")
    assert visit.page.locator("tbody tr").count() < whole
    assert visit.serious() == []
    assert visit.faults == []


@contextmanager
def opened(browser: Any, where: Path, *, tiles: str = "") -> Iterator[Visit]:
    """Serve a record and open its room in the browser."""
    for live in listening(where, tiles=tiles):
        held: Live = live
        visit = Visit(browser, held)
        yield visit
        visit.context.close()


def test_an_arabic_name_stands_right_on_the_map(browser: Any, demo_record: Path, tmp_path: Path) -> None:
    """A place named in Arabic is written from right to left, beside its point, and can be seen."""
    where = tmp_path / "arabic.tidings"
    shutil.copyfile(demo_record, where)
    room = room_of(where)
    told = room.client.get("/map.json").json()["told"]
    place = max(told, key=lambda one: (sum(told[one][2::3]), one))
    room.post(action="correct", subject=place, name="غوما", fields="any", reason="as its people write it")
    with Record(where) as record:
        record.rebuild()
    with opened(browser, where) as visit:
        visit.open("/map")
        name = visit.page.locator(".place-name", has_text="غوما")

        assert name.get_attribute("dir") == "auto"
        assert name.is_visible()
        assert name.evaluate("one => getComputedStyle(one).direction") == "rtl"
        assert visit.faults == []


def test_the_users_own_map_is_drawn(browser: Any, demo_record: Path, tmp_path: Path) -> None:
    """A map file of the user is laid over the base, and nothing is asked for outside."""
    own = tmp_path / "own.pmtiles"
    own.write_bytes(archive())
    with opened(browser, demo_record, tiles=str(own)) as visit:
        visit.open("/map")
        visit.until("tidingsMap.getLayer('own') !== undefined")
        assert visit.faults == []


def test_pictures_are_asked_for_under_their_address_alone(browser: Any, demo_record: Path) -> None:
    """With an address of pictures the browser asks outside for these, and for nothing else; no policy stops them."""
    with opened(browser, demo_record, tiles="https://tiles.example/base/{z}/{x}/{y}.png") as visit:
        answer = {"body": _PIXEL, "content_type": "image/png", "headers": {"access-control-allow-origin": "*"}}
        visit.context.route("https://tiles.example/**", lambda route: route.fulfill(**answer))
        visit.open("/map")
        visit.until("tidingsMap.areTilesLoaded()")

        assert visit.faults
        assert all(re.fullmatch(r"https://tiles\.example/base/\d+/\d+/\d+\.png", words) for words in visit.faults)
