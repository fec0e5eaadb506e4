"""A join whose pairs are put down in files gives what the join in memory gives, whoever compares the parts."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.join.builders import ARMY, ENTITIES, NORTH, QUARTER, TAIZ
from tests.join.test_memory import _TOLD, BACKGROUND, FAR, report

from tidings.join import Spill, join
from tidings.join.events import in_order
from tidings.join.spill import only
from tidings.join.traits import Traits, traits
from tidings.join.weights import Weights, load_weights
from tidings.model import Claim, Document, Joined
from tidings.testing import claim, doc

NAMES = (*ENTITIES, *FAR)
Told = Sequence[tuple[Document, Claim]]


def in_parts(told: Told, *, weights: Weights | None = None, **how: Any) -> Joined:
    """Return the join of claims with their pairs in files."""
    with tempfile.TemporaryDirectory() as folder:
        spill = Spill(Path(folder), **how)
        return join([of for of, _ in told], [one for _, one in told], NAMES, weights=weights, spill=spill)


def in_memory(told: Told, *, weights: Weights | None = None) -> Joined:
    """Return the join of claims in memory."""
    return join([of for of, _ in told], [one for _, one in told], NAMES, weights=weights)


@settings(deadline=None, max_examples=25)
@given(st.lists(_TOLD, min_size=2, max_size=20), st.sampled_from([1, 30, 10**6]))
def test_parts_give_what_memory_gives(told: list[tuple[int, int, int, int, int]], pairs: int) -> None:
    """However many pairs a part holds, events, comparisons, prior and notes are the same."""
    made = [*BACKGROUND[:40], *(report(at, one) for at, one in enumerate(told))]

    assert in_parts(made, pairs=pairs) == in_memory(made)


def test_nothing_to_join_puts_nothing_down() -> None:
    """Without claims there are no events and no files."""
    assert in_parts(()) == Joined(events=(), comparisons=())


def test_parts_are_handed_to_whoever_compares() -> None:
    """Each part is a job of its own, first for what the claims say, then for their words."""
    asked: list[int] = []

    def spread(work: Callable[[Any], Any], jobs: Sequence[Any]) -> Iterable[Any]:
        asked.append(len(jobs))
        return [work(job) for job in jobs]

    made = [report(at, (at % 4, at % 4, at % 10, at % 5, at % 4)) for at in range(30)]

    assert in_parts(made, pairs=20, spread=spread) == in_memory(made)
    assert len(asked) == 2
    assert asked[0] == asked[1] > 1


def small_blocks() -> Weights:
    """Return the weights with blocks that are soon too large."""
    held = load_weights()
    return replace(held, settings={**held.settings, "cluster": {**held.settings["cluster"], "largest_block": 16}})


def crowd(reports: int) -> list[tuple[Document, Claim]]:
    """Return reports of one day in one place, each of its own words."""
    out = []
    for at in range(reports):
        of = doc(f"Item {at} of the day's list of shelling.", publisher=f"Outlet {at % 7}")
        out.append((of, claim("event", "shelling", of=of, agents=[(ARMY, NORTH)[at % 2]], places=[QUARTER], when="2016-03-11")))  # fmt: skip
    return out


def test_a_block_too_large_is_sampled_and_said() -> None:
    """Of many claims of one day in one place each meets some neighbours, and a sentence says so, in memory and in files."""
    made = crowd(80)
    joined = in_memory(made, weights=small_blocks())

    assert any(
        note.startswith("80 claims of Jahmaliya fell into one block; each was compared with") for note in joined.notes
    )
    assert sorted(one for event in joined.events for one in event.claims) == sorted(one.id for _, one in made)
    assert in_parts(made, weights=small_blocks(), pairs=50) == joined


def test_thousands_of_identical_reports_are_one_event_without_being_compared() -> None:
    """Two thousand copies of one report follow the first of them."""
    text = "Shells struck the grain silo of the old harbour road before dawn, elders said."
    made = []
    for at in range(2_000):
        of = doc(f"{text}{'!' * (at % 3)}", publisher=f"Outlet {at}", path=f"{at}.txt")
        made.append((of, claim("event", "shelling", quote="Shells struck the grain silo", of=of, places=[TAIZ], when="2016-03-11")))  # fmt: skip
    joined = in_memory(made)

    assert len(joined.events) == 1
    assert len(joined.events[0].claims) == len({one.id for _, one in made})
    assert joined.notes == ()


def test_a_report_that_claims_everything_everywhere_draws_nothing_together() -> None:
    """One report that tells of every place on every day joins no two happenings that it does not share words or days with."""
    quiet = BACKGROUND[:40]
    text = " ".join(f"Item {at}." for at in range(60))
    of = doc(text, publisher="Everything Today")
    loud = [
        (
            of,
            claim(
                "custody", "arrest", quote=f"Item {at}.", of=of, places=[FAR[at % 40]], when=f"2014-{at % 12 + 1:02}"
            ),
        )
        for at in range(60)
    ]
    joined = in_memory([*quiet, *loud])
    ours = {one.id: FAR[at // 4].id for at, (_, one) in enumerate(quiet)}

    for event in joined.events:
        assert len({ours[one] for one in event.claims if one in ours}) <= 1


def test_the_traits_of_some_claims_are_rows_of_all() -> None:
    """Each trait belongs to a claim or to an entity; a part holds the rows of its claims and everything of entities."""
    made = [report(at, (at % 4, at % 4, at % 10, at % 5, at % 4)) for at in range(12)]
    docs = [of for of, _ in made]
    t = traits(docs, in_order([one for _, one in made], {of.id: of for of in docs}), NAMES)
    own = only(t, np.array([2, 5, 7], dtype=np.int64))
    sizes = {
        one.name: len(getattr(own, one.name)) for one in fields(Traits) if isinstance(getattr(t, one.name), np.ndarray)
    }
    of_entities = {name for name, size in sizes.items() if size == len(NAMES) + 1}

    assert of_entities == {"person", "people", "lat", "lon", "radius", "size", "above"}
    assert {size for name, size in sizes.items() if name not in of_entities} == {3}
