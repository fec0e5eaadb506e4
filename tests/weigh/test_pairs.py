"""Pairs of accounts from several wars: which of them cannot both stand, and which only seem so.

Every sentence is our own. A pair is one happening where the join makes it one; ``apart`` pairs are two happenings.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import pytest
from tests.weigh.builders import weighed

from tidings.model import Amount, Claim, Entity
from tidings.testing import claim, doc, entity


class Side(NamedTuple):
    """One account: its words, its kind and type, and what else the claim holds."""

    words: str
    sort: tuple[str, str]
    more: Mapping[str, Any]


CIVILIANS = entity("civilians", role="civilians")
VILLAGERS = entity("villagers", role="civilians")
WOMEN = entity("women", role="civilians")
JUNTA = entity("the Myanmar junta", role="state")
KNLA = entity("the Karen National Liberation Army", role="armed_group")
M23 = entity("the M23", role="armed_group")
RWANDA = entity("Rwanda", role="state")
FARDC = entity("the Congolese army", role="state")
HOUTHIS = entity("the Houthis", role="armed_group")
SAUDI = entity("the Saudi-led coalition", role="state")
KYIV = entity("the Ukrainian army", role="state")
MOSCOW = entity("the Russian army", role="state")
TIGERS = entity("the Tamil Tigers", role="armed_group")
COLOMBO = entity("the Sri Lankan army", role="state")
MNLA = entity("the MNLA", role="armed_group")
JNIM = entity("JNIM", role="armed_group")
PATROL = entity("the border patrol", role="state", part_of=KYIV)

COUNTRY = entity("Inland", "place", lat=10.0, lon=20.0, radius_m=400_000, place_kind="country")
CITY = entity("Harbour City", "place", lat=10.0, lon=20.0, radius_m=8_000, place_kind="city", part_of=COUNTRY)
QUARTER = entity("Old Mills", "place", lat=10.02, lon=20.02, radius_m=800, place_kind="neighbourhood", part_of=CITY)
VILLAGE = entity("Sandhill", "place", lat=10.6, lon=20.4, radius_m=1_500, place_kind="village", part_of=COUNTRY)
OTHER = entity("Sandhil", "place", lat=11.4, lon=21.4, radius_m=1_500, place_kind="village", part_of=COUNTRY)
AGENCY = entity("Gulf Agency", "source", role="outlet")
NEAR_CITY = entity("Sandhil near Harbour City", "place", place_kind="town")
PROVINCE = entity(
    "Harbour City province", "place", lat=11.0, lon=21.0, radius_m=90_000, place_kind="province", part_of=COUNTRY
)
OUTLYING = entity("Stonebridge", "place", lat=11.2, lon=21.3, radius_m=1_500, place_kind="village", part_of=PROVINCE)
FAR = entity("Reedford", "place", lat=12.0, lon=22.0, radius_m=1_500, place_kind="village", part_of=COUNTRY)
ENTITIES = tuple(one for one in list(globals().values()) if isinstance(one, Entity))

DAY = "2022-03-14"


def side(words: str, kind: str, type_: str, **more: Any) -> Side:
    """Return an account of Sandhill on one day, but for what is said otherwise."""
    return Side(words, (kind, type_), {"places": [VILLAGE], "when": DAY, **more})


def dead(words: str, number: Any, **more: Any) -> Side:
    """Return an account of people killed there."""
    return side(words, "casualties", "killed", **{"targets": [CIVILIANS], "killed": number, **more})


def share(words: str, part: int, **more: Any) -> Side:
    """Return an account of who holds which part of the city."""
    amount = Amount(low=part, high=part, text=f"{part}%", unit="%")
    return side(words, "control", "held", **{"places": [CITY], "share": amount, **more})


def reasons(one: Side, other: Side, *, apart: bool = False) -> list[str]:
    """Return the reasons for which two accounts by two papers contradict each other."""
    claims: list[Claim] = []
    documents = []
    for name, told in (("The Upland Gazette", one), ("Delta Evening Mail", other)):
        report = doc(f"{told.words}, it was learned.", publisher=name, published="2022-03-16")
        documents.append(report)
        more = dict(told.more)
        if told.sort == ("casualties", "killed"):
            claims.append(claim(killed=more.pop("killed"), of=report, quote=told.words, **more))
        else:
            claims.append(claim(*told.sort, of=report, quote=told.words, **more))
    groups = [[claims[0]], [claims[1]]] if apart else [claims]
    return [row.reason for row in weighed(documents, *groups, entities=ENTITIES).contradictions]


CANNOT_BOTH_STAND = {
    "Myanmar: nine or twenty villagers": (
        dead("Nine villagers died in the raid on Sandhill", 9, targets=[VILLAGERS]),
        dead("The raid left 20 civilians dead in Sandhill", 20),
        "number", False,
    ),
    "Yemen: one tolls a city's day at 31, one at 48": (
        dead("The strikes killed 31 people in Harbour City", 31, places=[CITY]),
        dead("Harbour City counted 48 dead", 48, places=[CITY]),
        "number", True,
    ),
    "Sri Lanka: no more than 12, no fewer than 30": (
        dead("Up to 12 civilians were killed in Sandhill", (None, 12)),
        dead("At least 30 civilians were killed in Sandhill", (30, None)),
        "number", False,
    ),
    "Mali: eight and dozens": (
        dead("Eight herders were killed in Sandhill", 8),
        dead("Dozens were killed in Sandhill", Amount(low=24, high=99, text="Dozens", unit="people")),
        "number", False,
    ),
    "Yemen: a village named by the city it lies near": (
        dead("The raid killed 31 people in Sandhill", 31),
        dead("At least 43 died in the town of Sandhil near Harbour City", (43, None), places=[NEAR_CITY]),
        "number", True,
    ),
    "Ukraine: who shelled the village": (
        side("The Russian army shelled Sandhill", "event", "shelling", agents=[MOSCOW]),
        side("The Ukrainian army shelled Sandhill", "event", "shelling", agents=[KYIV]),
        "actor", False,
    ),
    "Congo: who killed the chief's men": (
        dead("The M23 killed six civilians in Sandhill", 6, agents=[M23]),
        dead("The Congolese army killed six civilians in Sandhill", 6, agents=[FARDC]),
        "actor", False,
    ),
    "Mali: an ambush here or there": (
        side("JNIM blew up a bus near Sandhill", "event", "bombing", agents=[JNIM]),
        side("JNIM blew up a bus near Reedford", "event", "bombing", agents=[JNIM], places=[FAR]),
        "place", False,
    ),
    "Sri Lanka: on Monday or on Thursday": (
        side("The Tamil Tigers attacked Sandhill on 14 March", "event", "ground_attack", agents=[TIGERS]),
        side("The attack on Sandhill came on 17 March", "event", "ground_attack", agents=[TIGERS], when="2022-03-17"),
        "time", False,
    ),
    "Congo: backing stated and denied": (
        side("Rwanda backs the M23", "relation", "alliance", agents=[RWANDA], targets=[M23], places=[]),
        side("Rwanda has no ties with the M23", "relation", "alliance", agents=[RWANDA, M23], places=[], mode="denied"),
        "polarity", True,
    ),
    "Yemen: a raid that was and was not": (
        side("The coalition bombed Sandhill", "event", "air_strike", agents=[SAUDI]),
        side("The coalition did not bomb Sandhill", "event", "air_strike", agents=[SAUDI], mode="denied"),
        "polarity", False,
    ),
    "Myanmar: taken without a shot or after fierce clashes": (
        side("The KNLA took Sandhill without a shot", "control", "gained", agents=[KNLA]),
        side("The KNLA took Sandhill after fierce clashes", "control", "gained", agents=[KNLA]),
        "manner", True,
    ),
    "Mali: a village with two holders": (
        side("The MNLA holds Sandhill", "control", "held", agents=[MNLA]),
        side("JNIM seized Sandhill", "control", "gained", agents=[JNIM]),
        "holder", True,
    ),
    "Yemen: seven tenths or three quarters of a city": (
        share("The Houthis hold 70% of Harbour City", 70, agents=[HOUTHIS]),
        share("The Houthis hold 75% of Harbour City", 75, agents=[HOUTHIS]),
        "number", True,
    ),
    "Ukraine: more of a city than there is": (
        share("The Ukrainian army holds 60% of Harbour City", 60, agents=[KYIV]),
        share("The Russian army holds 80% of Harbour City", 80, agents=[MOSCOW]),
        "holder", True,
    ),
}  # fmt: skip


@pytest.mark.parametrize(("one", "other", "reason", "apart"), CANNOT_BOTH_STAND.values(), ids=CANNOT_BOTH_STAND)
def test_accounts_that_cannot_both_stand(one: Side, other: Side, reason: str, apart: bool) -> None:
    """Each pair is one contradiction, for the one reason, whichever account comes first."""
    assert reasons(one, other, apart=apart) == [reason]
    assert reasons(other, one, apart=apart) == [reason]


CAN_BOTH_STAND = {
    "Sudan: a floor and a number above it": (dead("At least 9 died", (9, None)), dead("14 died", 14), False),
    "Yemen: 21 and dozens": (
        dead("Some 21 people died in Sandhill", 21),
        dead("Dozens died in Sandhill", Amount(low=24, high=99, text="Dozens", unit="people")), False,
    ),
    "Sri Lanka: the dead of 33 days and of one": (
        dead("1,200 people died in Sandhill", 1200, whole=True), dead("20 people died in Sandhill", 20), False,
    ),
    "Congo: a toll since the start of the year": (
        dead("Since the start of the year 400 people have been killed in Sandhill", 400),
        dead("12 people were killed in Sandhill", 12), False,
    ),
    "Myanmar: villagers, of them women": (
        dead("Thirteen villagers were killed in Sandhill", 13, targets=[VILLAGERS]),
        dead("Four women were killed in Sandhill", 4, targets=[WOMEN]), False,
    ),
    "Ukraine: the dead of either side": (
        dead("Ten soldiers were killed", 10, targets=[KYIV]), dead("Forty soldiers were killed", 40, targets=[MOSCOW]), False,
    ),
    "Yemen: an agency taken for the dead": (
        dead("Raids kill 14 Gulf Agency", 14, targets=[AGENCY]), dead("Nine people died in Sandhill", 9), False,
    ),
    "Mali: two more died": (dead("Nineteen were killed", 19), dead("Three more were killed", 3), False),
    "Mali: another was also killed": (
        dead("Nineteen were killed", 19), dead("Four civilians were also killed nearby", 4), False,
    ),
    "Sri Lanka: bodies that a video shows": (
        dead("Over 200 people died in Sandhill", (201, None)), dead("One video showed the bodies of 12 people", 12), False,
    ),
    "Yemen: two raids on a large city": (
        dead("A raid killed 6 people in Harbour City", 6, places=[CITY], agents=[SAUDI]),
        dead("Shells killed 9 people in Harbour City", 9, places=[CITY], agents=[HOUTHIS]), True,
    ),
    "Yemen: a quarter of a city and the city": (
        dead("A raid killed 6 people in Old Mills", 6, places=[QUARTER]),
        dead("Harbour City counted 48 dead", 48, places=[CITY]), True,
    ),
    "Yemen: a city's toll and one of another order": (
        dead("A raid killed 3 people in Harbour City", 3, places=[CITY]),
        dead("Harbour City counted 48 dead", 48, places=[CITY]), True,
    ),
    "Ukraine: a body and its part": (
        side("The Ukrainian army shelled Sandhill", "event", "shelling", agents=[KYIV]),
        side("The border patrol shelled Sandhill", "event", "shelling", agents=[PATROL]), False,
    ),
    "Mali: one village in two spellings": (
        side("JNIM blew up a bus near Sandhill", "event", "bombing", agents=[JNIM]),
        side("JNIM blew up a bus near Sandhil", "event", "bombing", agents=[JNIM], places=[OTHER]), False,
    ),
    "Yemen: a city that may stand for its province": (
        side("The coalition bombed Harbour City", "event", "air_strike", agents=[SAUDI], places=[CITY]),
        side("The coalition bombed Stonebridge", "event", "air_strike", agents=[SAUDI], places=[OUTLYING]), False,
    ),
    "Mali: the dead of one village and the wounded of another": (
        dead("Six people died in Sandhill", 6),
        side("Six people were hurt in Reedford", "casualties", "wounded", targets=[CIVILIANS], places=[FAR]), False,
    ),
    "Mali: other numbers at other villages": (
        dead("Six people died in Sandhill", 6), dead("Ninety people died in Reedford", 90, places=[FAR]), False,
    ),
    "Ukraine: one army holds two villages": (
        side("The Ukrainian army holds Sandhill", "control", "held", agents=[KYIV]),
        side("The Ukrainian army holds Reedford", "control", "held", agents=[KYIV], places=[FAR]), False,
    ),
    "Congo: planned and done": (
        side("The M23 plans to take Sandhill without a fight", "control", "gained", agents=[M23], mode="intended"),
        side("The M23 took Sandhill after heavy fighting", "control", "gained", agents=[M23]), False,
    ),
    "Myanmar: clashes of some day of the year": (
        side("The KNLA took Sandhill without a shot", "control", "gained", agents=[KNLA]),
        side("Clashes raged near Sandhill", "event", "armed_clash", agents=[KNLA, JUNTA], when="2022-01-05/2022-10-11"), True,
    ),
    "Sri Lanka: taken, and retaken days later": (
        side("The Tamil Tigers took Sandhill", "control", "gained", agents=[TIGERS]),
        side("The Sri Lankan army took Sandhill", "control", "gained", agents=[COLOMBO], when="2022-03-19"), True,
    ),
    "Yemen: parts of one city": (
        side("The Houthis hold the northern districts of Harbour City", "control", "held", agents=[HOUTHIS], places=[CITY]),
        side("The coalition holds the port area of Harbour City", "control", "held", agents=[SAUDI], places=[CITY]), True,
    ),
    "Myanmar: a place that falls little by little": (
        side("Sandhill has come increasingly under the KNLA", "control", "gained", agents=[KNLA]),
        side("The junta holds Sandhill", "control", "held", agents=[JUNTA]), True,
    ),
    "Ukraine: shares that rounding explains": (
        share("The Russian army holds 74% of Harbour City", 74, agents=[MOSCOW]),
        share("The Russian army holds 75% of Harbour City", 75, agents=[MOSCOW]), True,
    ),
    "Ukraine: shares of weeks apart": (
        share("The Russian army holds 50% of Harbour City", 50, agents=[MOSCOW]),
        share("The Russian army holds 75% of Harbour City", 75, agents=[MOSCOW], when="2022-04-20"), True,
    ),
    "Congo: power shared is no alliance": (
        side("Rwanda and the M23 share power", "relation", "power_sharing", agents=[RWANDA, M23], places=[]),
        side("Rwanda is no ally of the M23", "relation", "alliance", agents=[RWANDA, M23], places=[], mode="denied"), True,
    ),
}  # fmt: skip


@pytest.mark.parametrize(("one", "other", "apart"), CAN_BOTH_STAND.values(), ids=CAN_BOTH_STAND)
def test_accounts_that_can_both_stand(one: Side, other: Side, apart: bool) -> None:
    """No contradiction is made of what counts other people, other ground or another stretch of time."""
    assert reasons(one, other, apart=apart) == []
    assert reasons(other, one, apart=apart) == []


def test_numbers_that_a_report_adds_up_are_parts_of_its_sum() -> None:
    """Thirteen dead in the title, six and seven below it: the parts contradict neither the sum nor another's count."""
    text = "13 people killed in Sandhill. Shells killed 6 people at noon, and 7 people died at dusk, a clerk said."
    one = doc(text, publisher="The Upland Gazette", published="2022-03-15")
    two = doc("Nineteen people were killed in Sandhill.", publisher="Delta Evening Mail", published="2022-03-15")
    sort = {"targets": [CIVILIANS], "places": [VILLAGE], "when": DAY}
    total = claim(killed=13, of=one, quote="13 people killed in Sandhill", **sort)
    noon = claim(killed=6, of=one, quote="Shells killed 6 people", chain=[COLOMBO], **sort)
    dusk = claim(killed=7, of=one, quote="7 people died", chain=[COLOMBO], **sort)
    rival = claim(killed=19, of=two, quote="Nineteen people were killed", **sort)
    found = weighed((one, two), (total, noon, dusk, rival), entities=ENTITIES).contradictions

    assert [set(row.claims) for row in found] == [{total.id, rival.id}]


def test_the_lines_of_a_city_are_those_of_its_quarter_where_one_account_names_it() -> None:
    """A report that the city's lines were broken and the quarter seized stands against “without a fight” for the quarter."""
    one = doc(
        "The Houthis broke through the lines of Harbour City. They seized Old Mills, residents said.",
        publisher="The Upland Gazette",
    )
    two = doc("Old Mills fell to the Houthis without a fight.", publisher="Delta Evening Mail")
    sort = {"agents": [HOUTHIS], "when": DAY}
    lines = claim("control", "gained", of=one, quote="broke through the lines of Harbour City", places=[CITY], **sort)
    mills = claim("control", "gained", of=one, quote="They seized Old Mills", places=[QUARTER], **sort)
    calm = claim("control", "gained", of=two, quote="Old Mills fell to the Houthis", places=[QUARTER], **sort)
    found = weighed((one, two), (lines, mills), (calm,), entities=ENTITIES).contradictions

    assert [(row.reason, set(row.claims)) for row in found] == [("manner", {lines.id, calm.id})]


def test_a_report_that_has_a_happening_at_two_places_makes_neither_a_rival() -> None:
    """One paper tells of strikes on both villages, the others of one each: the strikes had two places."""
    both = doc("Jets struck Sandhill and then Reedford.", publisher="The Upland Gazette")
    one, two = (doc(f"Jets struck {name}.", publisher=f"{name} Mail") for name in ("Sandhill", "Reedford"))
    sort = {"agents": [SAUDI], "when": DAY}
    claims = [
        claim("event", "air_strike", of=both, quote="Jets struck Sandhill", places=[VILLAGE], **sort),
        claim("event", "air_strike", of=both, quote="then Reedford", places=[FAR], **sort),
        claim("event", "air_strike", of=one, places=[VILLAGE], **sort),
        claim("event", "air_strike", of=two, places=[FAR], **sort),
    ]

    assert not weighed((both, one, two), claims, entities=ENTITIES).contradictions
    assert [row.reason for row in weighed((one, two), claims[2:], entities=ENTITIES).contradictions] == ["place"]


def test_one_report_counts_a_city_and_its_quarter() -> None:
    """25 dead in the city and 15 of them in a quarter, by two sources of one report, are no two accounts of one number."""
    report = doc("25 people died in Harbour City. Shells killed 15 in Old Mills, a clerk said.", publisher="Delta Mail")
    city = claim(killed=25, of=report, quote="25 people died", targets=[CIVILIANS], places=[CITY], when=DAY)
    mills = claim(
        killed=15, of=report, quote="Shells killed 15", targets=[CIVILIANS], places=[QUARTER], when=DAY, chain=[COLOMBO]
    )

    assert not weighed((report,), (city, mills), entities=ENTITIES).contradictions
