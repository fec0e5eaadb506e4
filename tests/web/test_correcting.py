"""Correcting a claim's parties and places by names of the record, from its card or its page."""

from __future__ import annotations

import json
import shutil
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from tests.web.opening import Room, listening
from tests.web.visiting import Visit

import tidings
from tidings._verdicts import judged
from tidings.errors import UnknownId, UsageError
from tidings.model import Claim, ClaimId, Decision, DocId, Entity, EntityId, MentionId
from tidings.record import Record


def some_claim(room: Room) -> dict[str, Any]:
    """Return a claim of something that happened, with an agent and a place."""
    with tidings.open(room.where) as record:
        return next(
            row for row in record.claims() if row["kind"] == "event" and row["agents_ids"] and row["places_ids"]
        )


def somebody(room: Room, kind: str, *without: str) -> dict[str, Any]:
    """Return an entity of a kind whose name nobody else bears, and that is none of some."""
    with tidings.open(room.where) as record:
        rows = list(record.rows("entities"))
    words = [name.casefold() for row in rows for name in {row["name"], *row["aliases"]}]
    return next(row for row in rows if row["kind"] == kind and row["id"] not in without and words.count(row["name"].casefold()) == 1)  # fmt: skip


def sent(room: Room, one: str, **fields: Any) -> Any:
    """Send a claim's form as a page with scripts does: the answer is the card."""
    fields = {"action": "correct", "subject": one, "slots": "yes", "reason": "the words name another", **fields}
    headers = {"origin": "http://127.0.0.1", "hx-request": "true"}
    return room.client.post("/decide", data={"token": room.keys.token, **fields}, headers=headers)


def as_read(row: dict[str, Any]) -> dict[str, Any]:
    """Return the slots of a claim as its form sends them untouched, the empty field at the end of each included."""
    return {slot: [*row[slot], ""] for slot in ("agents", "targets", "places")}


def test_parties_and_places_are_chosen_by_name(room: Room) -> None:
    """A name of the record, in whatever case, becomes its id in the log; claim and happening follow at the next build."""
    row = some_claim(room)
    party, place = somebody(room, "actor", *row["agents_ids"], *row["targets_ids"]), somebody(room, "place", *row["places_ids"])  # fmt: skip
    sent(room, row["id"], **as_read(row) | {"agents": [f" {party['name'].upper()} ", ""], "places": [place["name"]]})
    with Record(room.where) as record:
        (decision,) = record.log()
        before = record.look().one("claims", row["id"])
        record.rebuild()
        now = next(held for held in record.claims() if held["id"] == row["id"])
        event = next(held for held in record.events() if row["id"] in held["claims"])
        assert record.check() == []

    assert json.loads(decision.after) == {"agents": party["id"], "places": place["id"]}
    assert json.loads(decision.before)["agents"] == row["agents"]
    assert before is not None
    assert (before["agents"], before["status"]) == (row["agents"], "corrected")
    assert (now["agents"], now["agents_ids"], now["places_ids"], now["status"]) == ([party["name"]], [party["id"]], [place["id"]], "corrected")  # fmt: skip
    assert (now["targets"], now["quote"]) == (row["targets"], row["quote"])
    assert party["id"] in event["agents_ids"]
    assert place["id"] in event["places_ids"]
    page = unescape(room.client.get(f"/claim/{row['id']}").text)
    assert f"agents: <bdi>{party['name']}</bdi>" in page
    assert party["name"] in unescape(room.client.get("/review?show=decided").text)


def test_an_emptied_slot_names_nobody(room: Room) -> None:
    """Whoever empties the fields says that the words name nobody; undone, the next build reads as before."""
    row = some_claim(room)
    sent(room, row["id"], **as_read(row) | {"agents": [""]})
    with Record(room.where) as record:
        (decision,) = record.log()
        record.rebuild()
        emptied = next(held for held in record.claims() if held["id"] == row["id"])
        room.post(action="undo", subject=decision.id, reason="taken back")
        record.rebuild()
        again = next(held for held in record.claims() if held["id"] == row["id"])

    assert json.loads(decision.after) == {"agents": "none"}
    assert (emptied["agents"], emptied["agents_ids"]) == ([], [])
    assert (again["agents"], again["agents_ids"], again["status"]) == (row["agents"], row["agents_ids"], "candidate")


def test_a_form_without_names_leaves_them_alone(room: Room) -> None:
    """A correction of numbers from elsewhere says nothing of parties; an untouched form is no correction."""
    row = some_claim(room)
    assert "Nothing was changed" in sent(room, row["id"], **as_read(row)).text
    assert room.post(action="correct", subject=row["id"], reason="x", slots="yes", **as_read(row)).status_code == 400
    room.post(action="correct", subject=row["id"], reason="a possibility only", mode="possible")
    with tidings.open(room.where) as record:
        assert [json.loads(held.after) for held in record.log()] == [{"mode": "possible"}]


@pytest.mark.parametrize("slot", ["agents", "places"])
def test_a_name_that_is_not_there_is_refused(room: Room, slot: str) -> None:
    """An unknown name writes nothing, and the card says what to do; what was typed is shown as words."""
    row = some_claim(room)
    answer = sent(room, row["id"], **as_read(row) | {slot: ["<b>Nobody & Sons</b>"]})
    with tidings.open(room.where) as record:
        assert record.log() == ()

    assert "called “&lt;b&gt;Nobody &amp; Sons&lt;/b&gt;”" in answer.text
    assert f'id="item-{row["id"]}"' in answer.text


def test_a_name_of_two_asks_which(room: Room) -> None:
    """Where two entities bear a name, nothing is guessed: the id of the one that is meant is written instead."""
    row = some_claim(room)
    with Record(room.where) as record:
        one, other = [held for held in record.rows("entities") if held["kind"] == "actor" and held["id"] not in row["agents_ids"]][:2]  # fmt: skip
        for held in (one, other):
            record.judge("correct", held["id"], reason="a name of both", by="Amal", new={"name": "The Front of Both"})
        record.rebuild()
        number = len(record.log())
    answer = unescape(sent(room, row["id"], **as_read(row) | {"agents": ["the front of both"]}).text)
    assert "Several bear the name “the front of both”" in answer
    assert one["id"] in answer
    assert other["id"] in answer
    sent(room, row["id"], **as_read(row) | {"agents": [other["id"]]})
    with tidings.open(room.where) as record:
        (decision,) = record.log()[number:]
    assert json.loads(decision.after) == {"agents": other["id"]}


def test_only_names_of_the_record_and_places_go_in(room: Room) -> None:
    """Past the form too, a correction takes entities of the record alone, and puts a claim at places alone."""
    row, party = some_claim(room), somebody(room, "actor")
    with Record(room.where) as record:
        for new in ({"agents": "n_0"}, {"targets": row["id"]}, {"agents": f"{party['id']}|x"}):
            with pytest.raises(UnknownId):
                record.judge("correct", row["id"], reason="x", by="Amal", new=new)
        with pytest.raises(UsageError, match="no place"):
            record.judge("correct", row["id"], reason="x", by="Amal", new={"places": party["id"]})
        assert record.log() == ()


def test_a_slot_waits_for_whom_it_names() -> None:
    """While the record does not hold one of those who were put into a slot, the slot keeps what was read."""
    read = Claim(id=ClaimId("c_1"), document=DocId("d_1"), start=0, end=4, quote="said", kind="event", type="attack", agents=(MentionId("m_1"),), agents_ids=(EntityId("n_1"),))  # fmt: skip
    decision = Decision(id="v_1", at="2026-11-25T10:00:00Z", by="Amal", action="correct", subject="c_1", reason="x", before="", after='{"agents": "n_2|n_3"}', previous_hash="", hash="")  # fmt: skip
    two, three = (Entity(id=EntityId(one), name=one, kind="actor") for one in ("n_2", "n_3"))
    (waiting,) = judged([read], [decision], [two])
    (holding,) = judged([read], [decision], [two, three])

    assert (waiting.agents, waiting.agents_ids, waiting.status) == (("m_1",), ("n_1",), "corrected")
    assert (holding.agents, holding.agents_ids, holding.status) == ((), ("n_2", "n_3"), "corrected")


def test_a_party_is_corrected_by_keys(browser: Any, demo_record: Path, tmp_path: Path) -> None:
    """The card's fields offer the record's names; saved, the card is decided. The claim's page has the same form."""
    where = tmp_path / "keys.tidings"
    shutil.copyfile(demo_record, where)
    for live in listening(where):
        visit = Visit(browser, live)
        visit.open("/review?only=c_")
        page = visit.page
        one = page.eval_on_selector(".item.at", "item => item.dataset.id")
        page.keyboard.press("e")
        offered = page.eval_on_selector_all("#choose-parties option", "all => all.map(one => one.value)")
        held = page.eval_on_selector_all(f"#item-{one} input[name=agents]", "all => all.map(one => one.value)")
        name = next(name for name in offered if name not in held)
        page.locator(f"#item-{one} input[name=agents]").last.fill(name)
        assert visit.serious() == []
        page.fill(f"#item-{one} details.correct input[name=reason]", "the sentence before names them")
        page.keyboard.press("Enter")
        page.wait_for_selector(f"#item-{one}.done .tag.corrected")
        with tidings.open(where) as record:
            (decision,) = record.log()
        assert set(json.loads(decision.after)) == {"agents"}
        visit.open(f"/claim/{one}")
        page.click("details.correct summary")
        assert page.locator("details.correct input[name=places]").last.is_visible()
        assert visit.serious() == []
        assert visit.faults == []
        visit.context.close()
