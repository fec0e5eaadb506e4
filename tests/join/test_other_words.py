"""Other words for the same: people of no party, round numbers, and a place in another spelling."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.join.builders import CIVILIANS, ENTITIES, NORTH, QUARTER, TAIZ, together, told

from tidings.model import Amount, Claim, Joined
from tidings.testing import claim, doc, entity

ECHO = doc("Shells on Jahmaliya drove residents out on Friday, and dozens were hurt.", publisher="Echo")
POST = doc("Hundreds left after the Front's guns opened up; dozens lay in the clinic.", publisher="Aden Post")
RESIDENTS, WOMEN = entity("residents", role="civilians"), entity("women", role="civilians")
SORT = {"places": [QUARTER], "when": "2016-03-11"}


def level(joined: Joined, what: str, *claims: Claim) -> tuple[float, str]:
    """Return bits and sentence of one comparison of two claims; nothing said counts nothing."""
    ids = {one.id for one in claims}
    return next(
        ((row.bits, row.reason) for row in joined.comparisons if {row.a, row.b} == ids and row.what == what), (0.0, "")
    )


def test_residents_and_civilians_are_no_two_peoples() -> None:
    """One report says residents, the other civilians: that speaks neither for one happening nor against it."""
    one = claim("displacement", "flight", of=ECHO, targets=[RESIDENTS], **SORT)
    two = claim("displacement", "flight", of=POST, targets=[CIVILIANS], **SORT)
    joined = told((ECHO, POST), (one, two), (*ENTITIES, RESIDENTS, WOMEN))

    assert together(joined, one, two)
    assert level(joined, "targets", one, two)[0] == 0.0


def test_civilians_and_fighters_are_two_peoples() -> None:
    """Where one report tells of civilians and the other of an armed group, that speaks against one happening."""
    one = claim(killed=8, of=ECHO, targets=[RESIDENTS], **SORT)
    two = claim(killed=8, of=POST, targets=[NORTH], **SORT)
    joined = told((ECHO, POST), (one, two), (*ENTITIES, RESIDENTS))

    assert level(joined, "targets", one, two)[0] < 0


@pytest.mark.parametrize(
    ("number", "bits"),
    [(Amount(low=24, high=99, text="dozens"), 1.8), (Amount(low=24, high=24, text="24"), 4.0)],
    ids=["dozens", "24"],
)
def test_dozens_here_and_dozens_there_are_no_one_number(number: Amount, bits: float) -> None:
    """That both reports say "dozens" says less than that both say 24."""
    one, two = (claim(wounded=number, of=report, targets=[CIVILIANS], **SORT) for report in (ECHO, POST))
    joined = told((ECHO, POST), (one, two))

    assert level(joined, "numbers", one, two)[0] == bits


def test_a_quarter_no_gazetteer_knows_may_be_another_spelling() -> None:
    """Sharia and Al-Shariaa of one town lie one within the other for the join, until a person says whether they are one."""
    found = {"lat": 13.57, "lon": 44.03, "radius_m": 900, "place_kind": "neighbourhood", "part_of": TAIZ}
    sharia, shariaa, other = (entity(name, "place", **found) for name in ("Sharia", "Al-Shariaa", "Salah Gate"))
    near = [replace(one, place=replace(one.place, precision="near")) for one in (sharia, shariaa, other) if one.place]
    one, two, three = (
        claim("event", "shelling", of=report, quote=words, agents=[NORTH], places=[place], when="2016-03-11")
        for report, words, place in (
            (ECHO, "Shells on Jahmaliya", sharia),
            (POST, "the Front's guns opened up", shariaa),
            (POST, "Hundreds left", other),
        )
    )
    joined = told((ECHO, POST), (one, two, three), (*ENTITIES, *near))

    assert together(joined, one, two)
    assert not together(joined, one, three)
