"""Which claims become one event, and which stay apart."""

from __future__ import annotations

import pytest
from tests.join.builders import (
    ARMY,
    CIVILIANS,
    ENTITIES,
    MOCHA,
    NORTH,
    OTHER_QUARTER,
    QUARTER,
    TAIZ,
    event_with,
    together,
    told,
)

from tidings.join import join
from tidings.model import Joined
from tidings.testing import claim, doc, entity

ECHO = doc("The Northern Front shelled the Jahmaliya quarter of Taiz on Friday, and 14 people died.", publisher="Echo")
POST = doc("At least a dozen people died when shells struck Jahmaliya in Taiz on Friday.", publisher="Aden Post")
LATE = doc("A week later shells fell on Jahmaliya again.", publisher="Gulf Wire")

SHELLED = claim("event", "shelling", quote="shelled the Jahmaliya quarter", of=ECHO, agents=[NORTH], places=[QUARTER], when="2016-03-11")  # fmt: skip
DEAD = claim(killed=14, quote="14 people died", of=ECHO, agents=[NORTH], targets=[CIVILIANS], places=[QUARTER], when="2016-03-11")  # fmt: skip
STRUCK = claim("event", "shelling", quote="shells struck Jahmaliya in Taiz", of=POST, places=[QUARTER], when="2016-03-11")  # fmt: skip
DOZEN = claim(killed=(12, None), quote="At least a dozen people died", of=POST, targets=[CIVILIANS], places=[QUARTER], when="2016-03-11")  # fmt: skip
AGAIN = claim("event", "shelling", quote="shells fell on Jahmaliya again", of=LATE, places=[QUARTER], when="2016-03-18")


def test_two_reports_of_one_shelling_are_one_event() -> None:
    """Same type, place and day join across reports, and the dead join the shelling that killed them."""
    joined = told((ECHO, POST, LATE), (SHELLED, DEAD, STRUCK, DOZEN, AGAIN))

    assert together(joined, SHELLED, STRUCK)
    assert together(joined, DEAD, DOZEN)
    assert not together(joined, SHELLED, AGAIN)


def test_every_claim_belongs_to_exactly_one_event() -> None:
    """No claim is lost, and none stands in two events."""
    claims = (SHELLED, DEAD, STRUCK, DOZEN, AGAIN)
    joined = told((ECHO, POST, LATE), claims)
    held = [one for event in joined.events for one in event.claims]

    assert sorted(held) == sorted(one.id for one in claims)


def test_nothing_gives_nothing() -> None:
    """Without claims there are no events."""
    assert join((), (), ()) == Joined(events=(), comparisons=())


def test_an_event_keeps_its_id_while_it_grows() -> None:
    """The id is that of the first claim in the fixed order, which a later report does not change."""
    early = doc(ECHO.text, publisher="Echo", published="2016-03-11")
    late = doc(POST.text, publisher="Aden Post", published="2016-03-12")
    first = claim("event", "shelling", quote="shelled the Jahmaliya quarter", of=early, agents=[NORTH], places=[QUARTER], when="2016-03-11")  # fmt: skip
    second = claim("event", "shelling", quote="shells struck Jahmaliya in Taiz", of=late, places=[QUARTER], when="2016-03-11")  # fmt: skip
    alone = told((early,), (first,))
    grown = told((early, late), (first, second))

    assert alone.events[0].id == "e_" + first.id.removeprefix("c_")
    assert event_with(grown, second).id == alone.events[0].id


def test_the_order_of_the_input_changes_nothing() -> None:
    """Documents, claims and entities in any order give the same events and comparisons."""
    docs, claims = (ECHO, POST, LATE), (SHELLED, DEAD, STRUCK, DOZEN, AGAIN)

    assert join(docs, claims, ENTITIES) == join(docs[::-1], claims[::-1], ENTITIES[::-1])


def test_a_known_day_joins_a_claim_that_gives_no_day() -> None:
    """A row of known days is matched to the report that tells of the loss without saying when."""
    row = doc("Mocha lost by the Northern Front to the army", publisher="public chronologies", known=True)
    report = doc("The group never spoke of the loss of the coastal town of Mocha.", publisher="Echo")
    day = claim("control", "lost", of=row, agents=[NORTH], targets=[ARMY], places=[MOCHA], when="2017-02-08/2017-02-10")
    loss = claim("control", "lost", quote="the loss of the coastal town of Mocha", of=report, agents=[NORTH], places=[MOCHA])  # fmt: skip

    assert together(told((row, report), (day, loss)), day, loss)


def test_taken_by_one_and_lost_by_the_other_is_one_event() -> None:
    """That A took it from B and that B lost it to A is one happening, with both parties in their roles."""
    one = doc("The army took Mocha from the Northern Front on Wednesday.", publisher="Echo")
    two = doc("The Northern Front lost Mocha on Wednesday.", publisher="Aden Post")
    took = claim("control", "gained", of=one, agents=[ARMY], targets=[NORTH], places=[MOCHA], when="2017-02-08")
    lost = claim("control", "lost", of=two, agents=[NORTH], targets=[ARMY], places=[MOCHA], when="2017-02-08")
    event = event_with(told((one, two), (took, lost)), took)

    assert set(event.claims) == {took.id, lost.id}
    assert (event.agents_ids, event.targets_ids) in {((ARMY.id,), (NORTH.id,)), ((NORTH.id,), (ARMY.id,))}


def test_one_report_that_lists_two_places_tells_of_two_events() -> None:
    """Two items of one list stay apart, whatever else they share."""
    report = doc("Shells killed four in Jahmaliya and four in Salah on Friday.", publisher="Echo")
    here = claim(killed=4, quote="four in Jahmaliya", of=report, places=[QUARTER], when="2016-03-11")
    there = claim(killed=4, quote="four in Salah", of=report, places=[OTHER_QUARTER], when="2016-03-11")

    assert not together(told((report,), (here, there)), here, there)


def test_a_teaser_repeated_in_its_report_is_one_event() -> None:
    """What a headline announces and the first sentence repeats is told once."""
    report = doc("Northern Front takes Mocha. On Wednesday the Northern Front took Mocha.", publisher="Echo")
    head = claim("control", "gained", quote="Northern Front takes Mocha", of=report, agents=[NORTH], places=[MOCHA], when="2017-02-08")  # fmt: skip
    body = claim("control", "gained", quote="the Northern Front took Mocha", of=report, agents=[NORTH], places=[MOCHA], when="2017-02-08")  # fmt: skip

    assert together(told((report,), (head, body)), head, body)


def test_a_whole_holds_its_days_and_never_joins_them() -> None:
    """A battle told as a whole is another event than one of its days, and holds it."""
    review = doc(
        "In 33 days of fighting the army and the Northern Front lost 1,200 men in Taiz.", publisher="Gulf Wire"
    )
    battle = claim(killed=1200, of=review, targets=[NORTH], places=[TAIZ], when="2016-03-01/2016-04-02", whole=True)
    day = claim(killed=20, quote="14 people died", of=ECHO, targets=[NORTH], places=[QUARTER], when="2016-03-11")
    joined = told((review, ECHO), (battle, day))

    assert not together(joined, battle, day)
    assert event_with(joined, day).part_of == event_with(joined, battle).id
    assert event_with(joined, battle).part_of is None


def test_days_that_cannot_meet_never_share_an_event() -> None:
    """A claim without a day does not pull together two claims whose days are weeks apart."""
    blank = claim("event", "shelling", quote="shells struck Jahmaliya in Taiz", of=POST, places=[QUARTER])
    joined = told((ECHO, POST, LATE), (SHELLED, blank, AGAIN))

    assert not together(joined, SHELLED, AGAIN)


def test_what_was_planned_is_not_what_happened() -> None:
    """An intended attack stays apart from the attack."""
    plan = doc("The Northern Front plans to attack Mocha.", publisher="Echo")
    fact = doc("The Northern Front attacked Mocha.", publisher="Aden Post")
    meant = claim("event", "ground_attack", of=plan, agents=[NORTH], places=[MOCHA], mode="intended")
    done = claim("event", "ground_attack", of=fact, agents=[NORTH], places=[MOCHA])

    assert not together(told((plan, fact), (meant, done)), meant, done)


def test_comparisons_carry_bits_and_full_sentences() -> None:
    """Why two claims were joined is a row for each finding, a sentence with its bits, beginning with the prior."""
    rows = told((ECHO, POST), (SHELLED, STRUCK)).comparisons

    assert rows[0].what == "prior"
    assert rows[0].bits < 0
    assert {"type", "days", "place"} <= {one.what for one in rows}
    assert sum(one.bits for one in rows) > 0
    assert all(one.reason[0].isupper() and one.reason.endswith((".", "..")) for one in rows)


def test_a_rejected_claim_belongs_to_no_event() -> None:
    """What a person has rejected is not joined."""
    gone = claim("event", "shelling", quote="shells struck Jahmaliya in Taiz", of=POST, places=[QUARTER], status="rejected")  # fmt: skip

    assert [event.claims for event in told((POST,), (gone,)).events] == []


def test_a_thousand_identical_reports_are_one_event_and_soon_done() -> None:
    """A flood of copies is compared in samples and still becomes one event."""
    reports = tuple(doc(POST.text, publisher=f"Outlet {at}", path=f"{at}.txt") for at in range(1000))
    claims = tuple(claim(killed=(12, None), quote="At least a dozen people died", of=one, targets=[CIVILIANS], places=[QUARTER], when="2016-03-11") for one in reports)  # fmt: skip
    joined = told(reports, claims)

    assert len(joined.events) == 1
    assert len(joined.events[0].claims) == 1000


def test_a_block_too_large_is_sampled_and_said() -> None:
    """When more claims share a place and a day than can all be compared, the record says so in a sentence."""
    reports = tuple(
        doc(f"Shelling number {at} was heard over Jahmaliya.", publisher=f"Outlet {at}") for at in range(400)
    )
    claims = tuple(claim("event", "shelling", of=one, places=[QUARTER], when="2016-03-11") for one in reports)
    joined = told(reports, claims)

    assert joined.prior is not None
    assert [note for note in joined.notes if note.startswith("400 claims of Jahmaliya fell into one block")]
    assert sum(len(event.claims) for event in joined.events) == 400


def test_two_threats_of_one_thing_join_without_a_day() -> None:
    """Few claims tell of what is only planned, so two of the same party and place are seldom of different things."""
    one = doc("The Northern Front will enter Jahmaliya if the army leaves it, an elder told Echo.", publisher="Echo")
    two = doc("Front fighters threaten to enter Jahmaliya should the army leave.", publisher="Aden Post")
    sort = {"agents": [NORTH], "targets": [ARMY], "places": [QUARTER], "mode": "intended"}
    first = claim("event", "reinforcement", quote="will enter Jahmaliya", of=one, **sort)  # type: ignore[arg-type]
    second = claim("event", "reinforcement", quote="threaten to enter Jahmaliya", of=two, **sort)  # type: ignore[arg-type]

    assert together(told((one, two), (first, second)), first, second)


def test_two_ways_out_of_one_town_are_two_movements() -> None:
    """People who fled to one place are others than those who fled to another."""
    one = doc("Hundreds fled Jahmaliya for Mocha.", publisher="Echo")
    two = doc("Hundreds left Jahmaliya for Salah.", publisher="Aden Post")
    sort = {"targets": [CIVILIANS], "places": [QUARTER], "when": "2016-03-11/2016-03-20"}
    to_mocha = claim("displacement", "flight", quote="Hundreds fled Jahmaliya", of=one, destination=[MOCHA], **sort)  # type: ignore[arg-type]
    to_salah = claim("displacement", "flight", quote="Hundreds left Jahmaliya", of=two, destination=[OTHER_QUARTER], **sort)  # type: ignore[arg-type]  # fmt: skip
    also = claim("displacement", "flight", quote="Hundreds left Jahmaliya", of=two, destination=[MOCHA], **sort)  # type: ignore[arg-type]

    assert not together(told((one, two), (to_mocha, to_salah)), to_mocha, to_salah)
    assert together(told((one, two), (to_mocha, also)), to_mocha, also)


def test_a_part_by_its_name_lies_in_the_whole() -> None:
    """To take Upper Jahmaliya is told of by whoever says that Jahmaliya was taken."""
    upper = entity("Upper Jahmaliya", "place", place_kind="neighbourhood", part_of=TAIZ)
    one = doc("The Northern Front took Upper Jahmaliya on Friday.", publisher="Echo")
    two = doc("Front fighters seized Jahmaliya.", publisher="Aden Post")
    sort = {"agents": [NORTH], "when": "2016-03-11"}
    part = claim("control", "gained", quote="took Upper Jahmaliya", of=one, places=[upper], **sort)  # type: ignore[arg-type]
    whole = claim("control", "gained", quote="seized Jahmaliya", of=two, places=[QUARTER], **sort)  # type: ignore[arg-type]
    joined = told((one, two), (part, whole), (*ENTITIES, upper))

    assert together(joined, part, whole)
    assert [one.reason for one in joined.comparisons if one.what == "place"] in (
        ["Upper Jahmaliya and Jahmaliya lie one within the other."],
        ["Jahmaliya and Upper Jahmaliya lie one within the other."],
    )


def test_an_account_without_an_end_is_not_that_of_a_day() -> None:
    """A report that can only say "since spring" and one of a day in summer do not share a happening for want of more."""
    one = doc("The army has shelled positions of the Northern Front round Taiz.", publisher="Echo")
    two = doc("On Friday army guns hit the Northern Front in Taiz.", publisher="Aden Post")
    sort = {"agents": [ARMY], "places": [TAIZ]}
    spring = claim("event", "shelling", quote="shelled positions", of=one, when="2016-03-01/..", **sort)  # type: ignore[arg-type]
    day = claim("event", "shelling", quote="army guns hit", of=two, when="2016-07-08", **sort)  # type: ignore[arg-type]

    assert not together(told((one, two), (spring, day)), spring, day)


def test_a_crowd_of_a_day_is_compared_within_a_budget(monkeypatch: pytest.MonkeyPatch) -> None:
    """The more claims fall on one day of one place, the fewer neighbours each is compared with, and the record says how many."""
    monkeypatch.setattr("tidings.join.blocks._CROWD_PAIRS", 2_000)
    reports = tuple(
        doc(f"Shelling number {at} was heard over Jahmaliya.", publisher=f"Outlet {at}") for at in range(400)
    )
    claims = tuple(claim("event", "shelling", of=one, places=[QUARTER], when="2016-03-11") for one in reports)

    assert told(reports, claims).notes == (
        "400 claims of Jahmaliya fell into one block; each was compared with its nearest 5 on either side instead of with all others.",
    )


def test_a_report_that_claims_everything_brings_nothing_together() -> None:
    """One report with a claim for every place, party and day joins none of them with each other, nor others' happenings."""
    places, parties = (TAIZ, MOCHA, QUARTER, OTHER_QUARTER), (ARMY, NORTH)
    all_of_it = doc(" ".join(f"Item {at:03} of a list without end." for at in range(240)), publisher="Everything")
    listed = [
        claim("event", "shelling", quote=f"Item {at:03} of", of=all_of_it, places=[places[at % 4]], agents=[parties[at // 4 % 2]], when=f"2016-03-{at // 8 + 1:02}")
        for at in range(240)
    ]  # fmt: skip
    others = [doc(f"Shells struck on day {day} of the siege.", publisher=f"Outlet {day}") for day in range(1, 31)]
    single = [claim("event", "shelling", of=of, places=[MOCHA], agents=[NORTH], when=f"2016-03-{day:02}") for day, of in enumerate(others, 1)]  # fmt: skip
    joined = told((all_of_it, *others), (*listed, *single))
    days = {one.id: one.when.earliest for one in (*listed, *single)}
    spans = [[day for one in event.claims if (day := days[one]) is not None] for event in joined.events]

    assert max((max(span) - min(span)).days for span in spans) <= 3
    assert max(len(event.claims) for event in joined.events) < 12
