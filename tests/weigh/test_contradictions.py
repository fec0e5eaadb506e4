"""Accounts are set against each other only where their scope lets them disagree."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.weigh.builders import (
    AIR_FORCE,
    ARMY,
    BAHRI,
    CIVILIANS,
    ENTITIES,
    MONITOR,
    PORT,
    QUARTER,
    RAPID,
    SUDAN,
    WOMEN,
    weighed,
)

from tidings.model import Amount
from tidings.testing import claim, doc, entity, mention
from tidings.weigh.contradictions import RULES

A = doc("Thirty people were killed in Shambat on Thursday, a doctor said there.", publisher="The Nile Ledger")
B = doc("Fifty civilians died in the shelling of Shambat.", publisher="Red Sea Herald")
C = doc("Shambat fell without a fight; in Bahri fierce clashes went on.", publisher="Omdurman Post")


def dead(of, number, **more):  # type: ignore[no-untyped-def]
    more = {"targets": [CIVILIANS], "places": [QUARTER], "when": "2023-06-01", **more}
    return claim(killed=number, of=of, **more)


def reasons(*groups, documents=(A, B, C)):  # type: ignore[no-untyped-def]
    return [one.reason for one in weighed(documents, *groups).contradictions]


def test_numbers_that_cannot_both_hold() -> None:
    """Thirty and fifty of the same dead are set side by side, in one sentence that quotes both."""
    a, b = dead(A, 30, quote="Thirty people were killed"), dead(B, 50, quote="Fifty civilians died")
    (row,) = weighed((A, B), (a, b)).contradictions

    assert row.reason == "number"
    assert row.claims == tuple(sorted((a.id, b.id)))
    assert "The Nile Ledger says “Thirty people were killed”" in row.why
    assert "Red Sea Herald says “Fifty civilians died”" in row.why
    assert row.why.endswith("no number of killed fits both.")


@pytest.mark.parametrize(
    "other",
    [
        dead(B, (20, None)),  # at least twenty: thirty is that too
        dead(B, 50, targets=[WOMEN]),  # a part of the dead
        dead(B, 50, targets=[RAPID]),  # another side
        dead(B, 50, when="2023-06-09"),  # another day
        dead(B, 50, places=[PORT]),  # another town
        dead(B, 50, places=[BAHRI]),  # the whole city
        dead(B, 50, mode="possible"),
        dead(B, 50, whole=True),
        claim(wounded=50, of=B, targets=[CIVILIANS], places=[QUARTER], when="2023-06-01"),
    ],
    ids="floor part side day town city possible whole measure".split(),
)
def test_numbers_of_another_scope_do_not_contradict(other) -> None:  # type: ignore[no-untyped-def]
    """What counts other people, another day, another place or another stretch of time is no rival account."""
    assert reasons((dead(A, 30),), (other,)) == []


def test_a_toll_since_the_beginning_does_not_contradict_a_day() -> None:
    """1,200 dead since the war began stand beside twenty on one morning."""
    toll = doc("Some 1,200 people have been killed in Shambat since the beginning of the war.", publisher="Herald")

    assert reasons((dead(A, 20), dead(toll, 1200)), documents=(A, toll)) == []


def test_a_later_number_of_one_origin_is_a_correction() -> None:
    """An outlet that first said thirty and then fifty does not contradict itself."""
    early = doc(A.text, publisher="The Nile Ledger", published="2023-06-01")
    late = doc(B.text, publisher="The Nile Ledger", published="2023-06-02")

    assert reasons((dead(early, 30), dead(late, 50)), documents=(early, late)) == []


def test_one_deed_put_down_to_two_parties() -> None:
    """A strike said to be the army's and the Column's is contested; the army and its air force are no rivals."""
    a = claim("event", "air_strike", of=A, agents=[ARMY], places=[QUARTER], when="2023-06-01")
    b = claim("event", "air_strike", of=B, agents=[RAPID], places=[QUARTER], when="2023-06-01")
    c = claim("event", "air_strike", of=B, agents=[AIR_FORCE], places=[QUARTER], when="2023-06-01")

    assert reasons((a, b)) == ["actor"]
    assert weighed((A, B), (a, b)).events[0].grade == "contested"
    assert reasons((a, c)) == []


def test_a_place_taken_without_a_fight_and_in_a_fight() -> None:
    """Without a fight in one account and fierce clashes in the other, for one quarter and days, cannot both stand."""
    fought = doc("The Column took Shambat after fierce clashes on Thursday.", publisher="Red Sea Herald")
    calm = claim("control", "gained", quote="Shambat fell without a fight", of=C, agents=[RAPID], places=[QUARTER], when="2023-06-01")  # fmt: skip
    hard = claim("control", "gained", of=fought, agents=[RAPID], places=[QUARTER], when="2023-06-01")
    elsewhere = claim("control", "gained", of=fought, agents=[RAPID], places=[PORT], when="2023-06-01")

    assert reasons((calm,), (hard,), documents=(C, fought)) == ["manner"]
    assert reasons((calm,), (elsewhere,), documents=(C, fought)) == []


def test_a_bond_stated_and_denied_is_one_contradiction() -> None:
    """However often an alliance is stated and denied, the disagreement is one row."""
    yes = [claim("relation", "alliance", of=one, agents=[ARMY], targets=[RAPID]) for one in (A, B)]
    no = claim("relation", "alliance", of=C, agents=[RAPID, ARMY], mode="denied")
    (row,) = weighed((A, B, C), yes, (no,)).contradictions

    assert row.reason == "polarity"
    assert set(row.claims) == {no.id, *(one.id for one in yes)}


def test_one_quarter_has_one_holder() -> None:
    """A quarter held by two on one day is contested; parts of a city can be held by many."""
    a = claim("control", "held", of=A, agents=[ARMY], places=[QUARTER], when="2023-06-01")
    b = claim("control", "held", of=B, agents=[RAPID], places=[QUARTER], when="2023-06-01")
    part = doc("The Column holds the northern part of Bahri.", publisher="Red Sea Herald")
    c = claim("control", "held", of=A, agents=[ARMY], places=[BAHRI], when="2023-06-01")
    d = claim("control", "held", of=part, agents=[RAPID], places=[BAHRI], when="2023-06-01")

    assert reasons((a,), (b,)) == ["holder"]
    assert reasons((c,), (d,), documents=(A, part)) == []


def test_one_happening_in_two_towns_and_on_two_days() -> None:
    """Accounts of one event that name towns or days that cannot be one are shown with both."""
    a = claim("event", "bombing", of=A, places=[QUARTER], when="2023-06-01")
    b = claim("event", "bombing", of=B, places=[PORT], when="2023-06-02")

    assert sorted(reasons((a, b))) == ["place", "time"]


def test_every_rule_explains_itself() -> None:
    """Each reason has a docstring that says what it means, and is one of the seven."""
    assert (
        list(dict.fromkeys(reason for reason, _ in RULES)) == "number actor place time polarity manner holder".split()
    )
    assert all((rule.__doc__ or "").endswith(".") for _, rule in RULES)


_CLAIMS = st.builds(
    dead,
    st.sampled_from([A, B, C]),
    st.tuples(st.integers(0, 60), st.integers(60, 90)) | st.integers(0, 60),
    targets=st.sampled_from([[CIVILIANS], [RAPID], [WOMEN], []]),
    places=st.sampled_from([[QUARTER], [BAHRI], [PORT], []]),
    when=st.sampled_from(["2023-06-01", "2023-06-02", "2023-06-20", "2023-05-01/2023-06-30", ""]),
    whole=st.booleans(),
    mode=st.sampled_from(["asserted", "denied", "possible"]),
)


@given(st.lists(_CLAIMS, min_size=2, max_size=6, unique_by=lambda one: one.document))
def test_numbers_never_contradict_across_scopes(claims) -> None:  # type: ignore[no-untyped-def]
    """Whatever is told, two numbers set against each other are of one measure, mode, stretch of time and ground."""
    by_id = {one.id: one for one in claims}
    for row in weighed((A, B, C), *((one,) for one in claims)).contradictions:
        told = [by_id[one] for one in row.claims]
        assert {one.mode for one in told} == {"asserted"}
        assert len({(one.measure, one.whole) for one in told}) == 1
        assert set.intersection(*(set(one.places_ids) for one in told))
        assert all(a.when.meets(b.when) for a in told for b in told)
        assert not all(a.count.meets(b.count) for a in told for b in told if a.count and b.count)


def test_that_one_did_not_join_does_not_deny_that_others_fought() -> None:
    """A denial contradicts only what is said of the same party."""
    others = claim("event", "armed_clash", of=A, agents=[RAPID], places=[QUARTER], when="2023-06-01")
    stayed = claim("event", "armed_clash", of=B, agents=[ARMY], places=[QUARTER], when="2023-06-01", mode="denied")
    joined = claim("event", "armed_clash", of=C, agents=[ARMY], places=[QUARTER], when="2023-06-01")

    assert reasons((others, stayed)) == []
    assert reasons((stayed, joined)) == ["polarity"]


def test_fighters_of_no_name_are_not_another_party() -> None:
    """What one report calls "the gunmen" may well be the army that another names, so the two do not differ on who did it."""
    one = doc("The gunmen shelled Shambat.", publisher="The Nile Ledger")
    two = doc("The army shelled Shambat.", publisher="Red Sea Herald")
    gunmen = entity("gunmen", role="armed_group")
    words = [
        mention("The gunmen", one, gunmen, how="description", lexicon="armed.gunmen"),
        mention("The army", two, ARMY, how="description", lexicon="state.SD"),
    ]
    told = [
        replace(claim("event", "shelling", of=of, agents=[who], places=[QUARTER], when="2023-06-01"), agents=(said.id,))
        for of, who, said in ((one, gunmen, words[0]), (two, ARMY, words[1]))
    ]
    found = weighed((one, two), told, mentions=words, entities=(*ENTITIES, gunmen)).contradictions
    named = [words[1], replace(words[0], lexicon="sudan.gunmen")]

    assert found == ()
    (row,) = weighed((one, two), told, mentions=named, entities=(*ENTITIES, gunmen)).contradictions
    assert row.reason == "actor"


def test_one_person_told_by_a_word_is_no_count() -> None:
    """A pilot who was killed and thirty dead are no two counts of the same."""
    one = doc("A pilot was killed over Shambat.", publisher="The Nile Ledger", published="2023-06-02")
    two = doc("Thirty people died in Shambat.", publisher="Red Sea Herald", published="2023-06-02")
    sort = {"places": [QUARTER], "when": "2023-06-01"}
    pilot = claim(
        "casualties",
        "killed",
        measure="killed",
        count=Amount(low=1, high=1, text="pilot", unit="pilot"),
        quote="A pilot was killed",
        of=one,
        **sort,
    )  # type: ignore[arg-type]
    thirty = claim(killed=30, quote="Thirty people died", of=two, **sort)  # type: ignore[arg-type]

    assert not weighed((one, two), (pilot, thirty)).contradictions


def test_a_title_is_held_to_the_place_of_the_line_below_it() -> None:
    """A number that a title gives for the country is set against another's for the town where the report puts it."""
    one = doc("Raid in Sudan kills 21\n\nAt least 21 people died in Bahri.", publisher="The Nile Ledger")
    two = doc("At least 39 people died in the raid on Bahri.", publisher="Red Sea Herald")
    sort = {"targets": [CIVILIANS], "when": "2023-06-01"}
    head = claim(killed=21, quote="kills 21", of=one, places=[SUDAN], **sort)  # type: ignore[arg-type]
    body = claim(killed=(21, None), quote="At least 21 people died", of=one, places=[BAHRI], **sort)  # type: ignore[arg-type]
    more = claim(killed=(39, None), quote="At least 39 people died", of=two, places=[BAHRI], **sort)  # type: ignore[arg-type]
    found = weighed((one, two), (head, body, more)).contradictions

    assert [(row.reason, set(row.claims)) for row in found] == [("number", {head.id, more.id})]


def test_a_publishers_second_copy_does_not_contradict_the_first() -> None:
    """One report put out twice tells its own several numbers twice, and contradicts nobody."""
    text = "A raid on Shambat killed six civilians, the reporter said. The raid killed four civilians in the morning hours before noon came."
    one = doc(text, publisher="The Nile Ledger", published="2023-06-02")
    two = doc(text + " Updated.", publisher="The Nile Ledger", published="2023-06-02", copy_of=one.id)
    sort = {"targets": [CIVILIANS], "places": [QUARTER], "when": "2023-06-01"}
    six = claim(killed=6, quote="killed six civilians", of=one, chain=[MONITOR], **sort)  # type: ignore[arg-type]
    four = claim(killed=4, quote="killed four civilians", of=two, **sort)  # type: ignore[arg-type]

    assert not weighed((one, two), (six, four)).contradictions


def test_parties_that_one_account_has_do_it_together_are_no_rivals() -> None:
    """Where one report has both parties strike, others that name one of them leave the other out."""
    one = doc("The air force struck Shambat.", publisher="The Nile Ledger", published="2023-06-02")
    two = doc("The Rapid Column struck Shambat.", publisher="Red Sea Herald", published="2023-06-02")
    three = doc("The army and the Rapid Column struck Shambat.", publisher="Omdurman Post", published="2023-06-02")
    sort = {"places": [QUARTER], "when": "2023-06-01"}
    a = claim("event", "air_strike", of=one, agents=[AIR_FORCE], **sort)  # type: ignore[arg-type]
    b = claim("event", "air_strike", of=two, agents=[RAPID], **sort)  # type: ignore[arg-type]
    both = claim("event", "air_strike", of=three, agents=[ARMY, RAPID], **sort)  # type: ignore[arg-type]

    assert [row.reason for row in weighed((one, two), (a, b)).contradictions] == ["actor"]
    assert not weighed((one, two, three), (a, b, both)).contradictions
