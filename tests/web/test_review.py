"""Deciding in the browser: rows of the chained log, seen at once, kept through every build."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from tests.postgres import altered, held
from tests.web.opening import Room, room_of

import tidings
from tidings.errors import RecordError, UsageError
from tidings.record import Record


def first_claim(room: Room) -> str:
    """Return the claim that the queue begins with."""
    return room.client.get("/review?only=c_").text.split('data-id="', 1)[1].split('"', 1)[0]


def status(room: Room, one: str) -> str:
    """Return a claim's status as it stands now."""
    with tidings.open(room.where) as record:
        row = record.look().one("claims", one)
    assert row is not None
    return str(row["status"])


def test_a_verdict_is_a_row_of_the_log_and_seen_at_once(room: Room) -> None:
    """Accepting a claim writes who, when and why, changes its status at once, and takes it out of the queue."""
    one = first_claim(room)
    room.post(action="accept", subject=one, reason="the words say so")
    with tidings.open(room.where) as record:
        (row,) = record.log()

    assert (row.action, row.subject, row.by, row.reason) == ("accept", one, "Amal", "the words say so")
    assert status(room, one) == "accepted"
    assert first_claim(room) != one
    assert tidings.open(room.where).check() == []


def test_undo_is_a_later_decision(room: Room) -> None:
    """Undoing adds a row and erases none; the claim waits again."""
    one = first_claim(room)
    room.post(action="refuse", subject=one, reason="it is a headline")
    with tidings.open(room.where) as record:
        verdict = record.log()[-1]
    room.post(action="undo", subject=verdict.id, reason="taken back")
    with tidings.open(room.where) as record:
        assert [row.action for row in record.log()] == ["refuse", "undo"]

    assert status(room, one) == "candidate"
    assert first_claim(room) == one


def test_an_undone_undo_holds_again(room: Room) -> None:
    """Whoever takes back the taking back has the first verdict again."""
    one = first_claim(room)
    for action in ("refuse", "undo", "undo"):
        with tidings.open(room.where) as record:
            subject = record.log()[-1].id if record.log() else one
        room.post(action=action, subject=subject, reason="x")

    assert status(room, one) == "rejected"


def test_verdicts_survive_a_build_and_take_effect_in_it(room: Room) -> None:
    """A rejected claim stays in the record; nothing is derived from it any more, whenever the record is built again."""
    with tidings.open(room.where) as record:
        figure = next(row for row in record.figures() if len(row["claims"]) == 1)
        one = figure["claims"][0]
    room.post(action="refuse", subject=one, reason="misread")
    with Record(room.where) as record:
        record.rebuild()
        assert next(row for row in record.claims() if row["id"] == one)["status"] == "rejected"
        assert all(one not in row["claims"] for row in (*record.figures(), *record.events()))
        assert record.check() == []
        assert record.look().standing().pending == 0


def test_a_correction_holds_in_the_next_build(room: Room) -> None:
    """A corrected number is what the ledger stands on after the build."""
    with tidings.open(room.where) as record:
        figure = next(row for row in record.figures() if len(row["claims"]) == 1 and row["low"])
        one = figure["claims"][0]
        wrong = record.look().one("claims", one)["count"]["low"]
    room.post(
        action="correct", subject=one, reason="the words give another number", low=str(wrong + 1), high=str(wrong + 1)
    )
    assert status(room, one) == "corrected"
    with Record(room.where) as record:
        record.rebuild()
        row = next(row for row in record.claims() if row["id"] == one)

    assert (row["status"], row["count"]["low"], row["count"]["high"]) == ("corrected", wrong + 1, wrong + 1)


def test_happenings_are_split_and_merged(room: Room) -> None:
    """A claim split off is a happening of its own after the build; merged, the two are one again."""
    with Record(room.where) as record:
        row = max(record.events(), key=lambda row: len(row["claims"]))
        apart = row["claims"][-1]
        room.post(action="split", subject=row["id"], claims=apart, reason="another day", fields="any")
        record.rebuild()
        now = {claim: held["id"] for held in record.events() for claim in held["claims"]}
        assert now[apart] != now[row["claims"][0]]
        room.post(action="merge", subject=row["id"], **{"with": now[apart]}, reason="the same day", fields="any")
        record.rebuild()
        again = {claim: held["id"] for held in record.events() for claim in held["claims"]}

    assert again[apart] == again[row["claims"][0]] == row["id"]


def test_the_second_reviewer_sees_the_first_ones_verdict(room: Room) -> None:
    """Two reviewers were shown the same card: the second verdict is not written, and the first one is shown."""
    one = first_claim(room)
    other = room_of(room.where)
    room.post(action="accept", subject=one, reason="read it")
    answer = other.client.post(
        "/decide",
        data={"token": other.keys.token, "action": "refuse", "subject": one, "reason": "no", "seen": ""},
        headers={"origin": "http://127.0.0.1", "hx-request": "true"},
    )

    assert "Amal decided in the meantime" in answer.text
    assert status(room, one) == "accepted"


def test_notes_stand_beside_a_value(room: Room) -> None:
    """A note is kept with who and when, and decides nothing."""
    one = first_claim(room)
    room.post(action="note", subject=one, reason="ask the author")

    assert "ask the author" in room.client.get(f"/claim/{one}").text
    assert first_claim(room) == one


def test_a_decision_without_its_claim_is_shown_as_stale(room: Room) -> None:
    """When the report is taken back, the verdict on its claim is kept, and shown as gone stale."""
    one = first_claim(room)
    room.post(action="accept", subject=one, reason="read it")
    with Record(room.where) as record:
        report = record.look().one("claims", one)["document"]
        record.remove(report, reason="asked to")

    assert one in room.client.get("/review?show=stale").text


def test_a_changed_row_of_the_log_is_found(room: Room) -> None:
    """The proof names a decision whose words were changed after it was taken."""
    room.post(action="accept", subject=first_claim(room), reason="read it")
    altered(room.where, "UPDATE decisions SET reason = 'something else'")
    with tidings.open(room.where) as record:
        assert any("changed after it was taken" in str(fault) for fault in record.check())


def test_what_does_not_fit_is_refused(room: Room) -> None:
    """No reason, no such kind, no such day: nothing is written."""
    one = first_claim(room)
    with Record(room.where) as record:
        for action, new in (
            ("correct", {"kind": "x"}),
            ("correct", {"time": "soon"}),
            ("correct", {}),
            ("burn", None),
            ("split", {"claims": one}),
        ):
            with pytest.raises(UsageError):
                record.judge(action, one, reason="x", new=new)
        with pytest.raises(UsageError, match="reason"):
            record.judge("accept", one, reason=" ")
        assert record.log() == ()


def test_while_another_writes_nothing_is_lost(room: Room) -> None:
    """While a build holds the record, a database takes a decision; a file refuses it with a page that says so. Reading goes on."""
    one = first_claim(room)
    with held(room.where):
        answer = room.post(action="accept", subject=one, reason="read it")
        page = room.client.get("/reports")

    assert answer.status_code == (303 if "://" in str(room.where) else 503)
    assert "://" in str(room.where) or "a build is writing" in answer.text
    assert page.status_code == 200
    assert room.post(action="note", subject=one, reason="seen").status_code == 303


def test_a_full_disk_loses_nothing(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the disk fills while deciding, the page says so and the log is as it was."""
    from sqlalchemy.exc import OperationalError

    from tidings.store import write

    def full(*_: object) -> None:
        if "://" in str(room.where):
            import psycopg

            raise OperationalError("INSERT", {}, psycopg.errors.DiskFull("could not extend file"))
        raise OperationalError("INSERT", {}, sqlite3.OperationalError("database or disk is full"))

    one = first_claim(room)
    monkeypatch.setattr(write, "add_decision", full)
    answer = room.post(action="accept", subject=one, reason="read it")

    assert answer.status_code == 503
    assert "disk is full" in answer.text
    assert tidings.open(room.where).log() == ()


def test_while_it_is_built_here_nothing_is_decided(room: Room) -> None:
    """During a build that the room began, pages are read and decisions refused."""
    desk = room.client.app.state.desk
    one = first_claim(room)
    desk.building = True
    assert room.post(action="accept", subject=one, reason="x").status_code == 503
    assert "is being built again" in room.client.get("/review").text
    desk.building = False


def test_a_record_that_cannot_be_written_to_is_read(
    room: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A read-only record is read; a decision says that it cannot be written."""
    from tidings import _judging

    def refuse(*_: object, **__: object) -> None:
        raise RecordError("the file cannot be written to")

    monkeypatch.setattr(_judging, "File", refuse)
    assert room.post(action="accept", subject=first_claim(room), reason="x").status_code == 503
    assert room.client.get("/events").status_code == 200


def test_judged_claims_leave_as_data(room: Room, tmp_path: Path) -> None:
    """Accepted, rejected and corrected claims are exported with their verdicts, undone ones are not."""
    import json

    from tidings.record import Record

    first, second = (part.split('"', 1)[0] for part in room.client.get("/review?only=c_").text.split('data-id="')[1:3])
    room.post(action="accept", subject=first, reason="read it")
    room.post(action="refuse", subject=second, reason="a headline")
    with Record(room.where) as record:
        room.post(action="undo", subject=record.log()[-1].id, reason="taken back")
        record.export("gold", tmp_path / "gold.jsonl")
    (row,) = [json.loads(line) for line in (tmp_path / "gold.jsonl").read_text(encoding="utf-8").splitlines()]

    assert (row["claim"], row["status"], row["by"], row["note"]) == (first, "accepted", "Amal", "read it")
    assert row["quote"]
