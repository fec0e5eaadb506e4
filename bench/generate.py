"""Claims of reports nobody wrote, with known truth: a world of happenings, and outlets that tell them with mistakes.

No record stands behind it. The rates of the mistakes are those that issue 5 asks for; the seed alone decides everything.

::

    python bench/generate.py 100000      # counts of what would be made
"""

from __future__ import annotations

import math
import random
import sys
from dataclasses import dataclass
from datetime import date, timedelta

from tidings.model import Claim, ClaimId, DocId, Document, Entity, EntityId, Place, Sha256, When
from tidings.testing import amount

__all__ = ["World", "world"]

PLACES = 1_500
PROVINCES = 14
YEARS_DAYS = 730
FIRST = date(2031, 1, 1)
SIDE_KM = 600.0
EVENTS_PER_CLAIM = 0.33
"""33,000 happenings for 100,000 reports."""

MOVED, PROVINCE, NOWHERE = 0.40, 0.15, 0.10
OFF_BY_ONE, NO_DAY = 0.25, 0.15
OTHER_TYPE, NO_ACTOR = 0.15, 0.25
WRONG_NUMBER, NO_NUMBER = 0.30, 0.40
BURST = 0.35
"""Share of happenings that fall into a burst: a few days of fighting round one place."""

TYPES = tuple("armed_clash shelling air_strike suicide_bombing bombing ground_attack killing abuse".split())
TYPE_WEIGHTS = (26, 22, 16, 3, 8, 14, 8, 3)
PARTIES = tuple(
    "the army;the Northern Front;the Guard;the Free Brigades;the Coast Militia;the Union;the Tribes;the Column".split(
        ";"
    )
)


@dataclass(frozen=True, slots=True)
class World:
    """What was made: reports with one claim each, the entities, and for each claim the happening it tells of."""

    documents: tuple[Document, ...]
    claims: tuple[Claim, ...]
    entities: tuple[Entity, ...]
    truth: dict[ClaimId, int]


def world(reports: int, *, seed: int = 7, grows: bool = False) -> World:
    """Return a world of so many reports; where it ``grows``, land, places and parties are in proportion to the reports."""
    scale = reports / 100_000 if grows else 1.0
    spots = round(PLACES * scale)
    dice = random.Random(seed)  # noqa: S311
    provinces = [_entity(f"Province {at}", "place", place=None) for at in range(max(1, round(PROVINCES * scale)))]
    places, provinces = _places(dice, provinces, spots, SIDE_KM * math.sqrt(scale))
    more = [f"Party {at}" for at in range(len(PARTIES), round(len(PARTIES) * scale))] if grows else []
    parties = [_entity(name, "actor") for name in (*PARTIES, *more)]
    happenings = max(1, round(reports * EVENTS_PER_CLAIM))
    bursts = [(dice.randrange(spots), dice.randrange(YEARS_DAYS)) for _ in range(max(1, happenings // 60))]
    extra: list[Entity] = []
    documents: list[Document] = []
    claims: list[Claim] = []
    truth: dict[ClaimId, int] = {}
    sizes = _sizes(dice, happenings, reports)
    for event, size in enumerate(sizes):
        spot, day = dice.randrange(spots), dice.randrange(YEARS_DAYS)
        if dice.random() < BURST:
            spot, start = dice.choice(bursts)
            day = min(YEARS_DAYS - 1, start + dice.randrange(6))
        kind = dice.choices(TYPES, TYPE_WEIGHTS)[0]
        doer, done = dice.sample(parties, 2)
        dead = max(1, round(dice.lognormvariate(1.6, 1.0)))
        for _ in range(size):
            at = len(claims)
            told = _told(dice, at, places[spot], provinces, extra, day, kind, (doer, done), dead)
            documents.append(told[0])
            claims.append(told[1])
            truth[told[1].id] = event
    return World(tuple(documents), tuple(claims), (*provinces, *places, *parties, *extra), truth)


def _entity(name: str, kind: str, *, place: Place | None = None, part_of: Entity | None = None) -> Entity:
    return Entity(
        id=EntityId(f"n_{name.replace(' ', '')}"),
        name=name,
        kind=kind,
        place=place,
        part_of=part_of.id if part_of else None,
    )


def _places(dice: random.Random, provinces: list[Entity], count: int, side: float) -> tuple[list[Entity], list[Entity]]:
    """Return the places, each in the province whose middle is nearest, and the provinces with outline circles."""
    middles = [(dice.uniform(0, side), dice.uniform(0, side)) for _ in provinces]
    spots = [(dice.uniform(0, side), dice.uniform(0, side)) for _ in range(count)]
    made = [
        _entity(name.name, "place", place=_place(x, y, 80_000, "province", "province"))
        for name, (x, y) in zip(provinces, middles, strict=True)
    ]
    places = []
    for at, (x, y) in enumerate(spots):
        near = min(range(len(middles)), key=lambda p: math.dist(middles[p], (x, y)))
        kind = "town" if at % 3 == 0 else "village"
        where = _place(x, y, 2_500 if kind == "town" else 1_000, kind, "exact")
        places.append(_entity(f"Place {at}", "place", place=where, part_of=made[near]))
    return places, made


def _place(x: float, y: float, radius: int, kind: str, precision: str) -> Place:
    lat = 10 + y / 111.2
    lon = 20 + x / (111.2 * math.cos(math.radians(13)))
    return Place(lat=lat, lon=lon, radius_m=radius, kind=kind, precision=precision)


def _sizes(dice: random.Random, happenings: int, reports: int) -> list[int]:
    """Return how many reports tell each happening: many one, few up to thirty."""
    sizes = [min(30, 1 + int(dice.expovariate(1 / 2.5))) for _ in range(happenings)]
    while sum(sizes) < reports:
        sizes[dice.randrange(happenings)] += 1
    while sum(sizes) > reports:
        at = dice.randrange(happenings)
        sizes[at] -= 1 if sizes[at] > 1 else 0
    return sizes


def _told(
    dice: random.Random,
    at: int,
    place: Entity,
    provinces: list[Entity],
    extra: list[Entity],
    day: int,
    kind: str,
    parties: tuple[Entity, Entity],
    dead: int,
) -> tuple[Document, Claim]:
    """Return one report of a happening, with the mistakes that reports make."""
    luck = dice.random()
    where: Entity | None = place
    if luck < MOVED:
        where = _moved(dice, place, len(extra))
        extra.append(where)
    elif luck < MOVED + PROVINCE:
        where = next(one for one in provinces if one.id == place.part_of)
    elif luck < MOVED + PROVINCE + NOWHERE:
        where = None
    when = When()
    if dice.random() >= NO_DAY:
        shift = dice.choice((-1, 1)) if dice.random() < OFF_BY_ONE else 0
        when = When.day(FIRST + timedelta(days=day + shift), basis="said")
    told = dice.choice([one for one in TYPES if one != kind]) if dice.random() < OTHER_TYPE else kind
    number = None
    if dice.random() >= NO_NUMBER:
        wrong = dice.random() < WRONG_NUMBER
        number = max(1, round(dead * dice.choice((0.5, 0.7, 1.4, 2.0))) + dice.choice((-1, 1))) if wrong else dead
    dropped = dice.randrange(2) if dice.random() < NO_ACTOR else None
    agents = () if dropped == 0 else (parties[0].id,)
    targets = () if dropped == 1 else (parties[1].id,)
    digits = f"{at:016x}"
    text = "Reported."
    document = Document(
        id=DocId(f"d_{digits}"), path=f"{at}.txt", sha256=Sha256(digits * 4), text=text, publisher=f"Outlet {at % 40}"
    )
    claim = Claim(
        id=ClaimId(f"c_{digits}"),
        document=document.id,
        start=0,
        end=len(text),
        quote=text,
        kind="event",
        type=told,
        agents_ids=agents,
        targets_ids=targets,
        places_ids=(where.id,) if where else (),
        when=when,
        measure="killed" if number else "",
        count=amount(number),
    )
    return document, claim


def _moved(dice: random.Random, place: Entity, at: int) -> Entity:
    """Return a place up to 20 km away, in the same province, such as a report gives that names the wrong village."""
    assert place.place is not None and place.place.lat is not None and place.place.lon is not None  # noqa: S101, PT018
    way, far = dice.uniform(0, 2 * math.pi), dice.uniform(0, 20)
    lat = place.place.lat + far * math.sin(way) / 111.2
    lon = place.place.lon + far * math.cos(way) / (111.2 * math.cos(math.radians(lat)))
    where = Place(lat=lat, lon=lon, radius_m=1_000, kind="village", precision="near")
    return Entity(id=EntityId(f"n_moved{at}"), name=f"Near {at}", kind="place", place=where, part_of=place.part_of)


if __name__ == "__main__":
    made = world(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
    print(f"{len(made.claims)} claims, {len(set(made.truth.values()))} happenings, {len(made.entities)} entities")
