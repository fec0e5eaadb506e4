"""A record that grows by a little is joined again from what was worked out before, to the same result."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.join.builders import ARMY, CIVILIANS, ENTITIES, MOCHA, NORTH, OTHER_QUARTER, QUARTER, TAIZ

from tidings.join import join, rejoin
from tidings.join.blocks import crowds, keys_of
from tidings.join.digests import digests, of_vectors
from tidings.join.memory import changes
from tidings.join.traits import traits
from tidings.model import Claim, Document
from tidings.testing import claim, doc, entity

_LINES = (
    "Shells struck the grain silo of the old harbour road before dawn, elders said there.",
    "The Northern Front shelled a bakery queue, and its ovens burned until noon came.",
    "Army guns hit the stadium wall while a wedding convoy of nine trucks passed it by.",
    "A raid on the fish market killed traders who slept beside their scales and crates.",
)


def report(at: int, told: tuple[int, int, int, int, int]) -> tuple[Document, Claim]:
    """Return a report with one claim of a made-up siege."""
    line, place, day, dead, party = told
    of = doc(f"{_LINES[line]} Report {at}.", publisher=f"Outlet {at % 5}", published=f"2016-03-{at % 20 + 1:02}")
    where = (TAIZ, MOCHA, QUARTER, OTHER_QUARTER)[place]
    return of, claim(
        "event", ("shelling", "ground_attack")[party % 2], quote=_LINES[line], of=of, places=[where],
        agents=[(ARMY, NORTH)[party % 2]] if party < 3 else (), targets=[CIVILIANS] if dead else (),
        when=f"2016-03-{day:02}" if day else "", measure="killed" if dead else "", count=dead or None,
    )  # fmt: skip


FAR = tuple(entity(f"Far {at}", "place", lat=20 + at, lon=10, radius_m=2_000, place_kind="town") for at in range(40))


def _background() -> list[tuple[Document, Claim]]:
    """Return reports of another region, which no change of the siege reaches."""
    made = []
    for at in range(160):
        of = doc(f"Far away, item {at} of a long list was noted.", publisher=f"Agency {at}", published="2015-01-01")
        day = f"2014-{at // 2 % 12 + 1:02}-{at % 2 + 3:02}"
        made.append((of, claim("custody", "arrest", of=of, places=[FAR[at // 4]], when=day)))
    return made


BACKGROUND = _background()

_TOLD = st.tuples(st.integers(0, 3), st.integers(0, 3), st.integers(0, 9), st.integers(0, 20), st.integers(0, 3))


@settings(deadline=None, max_examples=60)
@given(st.lists(_TOLD, min_size=4, max_size=20), st.data())
def test_a_record_that_changed_is_that_which_is_built_at_once(
    told: list[tuple[int, int, int, int, int]], data: st.DataObject
) -> None:
    """Reports that come, reports that go and claims whose day is otherwise leave the result of building at once."""
    made = [report(at, one) for at, one in enumerate(told)]
    names = (*ENTITIES, *FAR)
    first = data.draw(st.sets(st.integers(0, len(made) - 1), min_size=1))
    then = data.draw(st.sets(st.integers(0, len(made) - 1), min_size=1))
    moved = data.draw(st.sets(st.sampled_from(sorted(then)), max_size=2))
    before = [*BACKGROUND, *(made[at] for at in sorted(first))]
    after = [*BACKGROUND] + [(of, replace(one, when=claim(of=of, when="2016-03-05").when) if at in moved else one) for at, (of, one) in enumerate(made) if at in then]  # fmt: skip
    _, memory = rejoin([of for of, _ in before], [one for _, one in before], names)
    docs, claims = [of for of, _ in after], [one for _, one in after]

    again, kept = rejoin(docs, claims, names, before=memory)
    assert again == join(docs, claims, names)
    assert rejoin(docs, claims, names, before=kept)[0] == again


def test_only_what_a_report_reaches_is_worked_out_anew() -> None:
    """In a record of many happenings, one more report of one of them touches few claims."""
    towns = [entity(f"Town {at}", "place", lat=13 + at % 20, lon=44 + at // 20, radius_m=2_000, place_kind="town") for at in range(200)]  # fmt: skip
    parties = [entity(f"Party {at}", role="armed_group") for at in range(200)]
    made = []
    for at in range(401):
        of = doc(f"Report {at} of shelling.", publisher=f"Outlet {at}", published="2016-05-01")
        day = f"2015-{at // 2 % 12 + 1:02}-{at // 2 % 28 + 1:02}"
        made.append((of, claim("event", "shelling", of=of, places=[towns[at // 2 % 200]], agents=[parties[at // 2 % 200]], when=day)))  # fmt: skip
    names = (*towns, *parties)
    docs, claims = [of for of, _ in made], [one for _, one in made]
    _, memory = rejoin(docs[:-1], claims[:-1], names)
    assert memory is not None
    ordered = sorted(claims, key=lambda one: (one.document, one.id))
    t = traits(docs, ordered, names)
    marks = digests(ordered), digests(t.entities.values()), of_vectors(t.lexis.reports)
    change = changes(memory, t, crowds(keys_of(t), largest=300), *marks)

    assert change is not None
    assert 1 <= change.touched.sum() < 60
    assert rejoin(docs, claims, names, before=memory)[0] == join(docs, claims, names)
