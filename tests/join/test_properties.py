"""What holds for whatever claims are joined."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.join.builders import ARMY, CIVILIANS, ENTITIES, GUARD, MOCHA, NORTH, OTHER_QUARTER, QUARTER, TAIZ

from tidings.join import join
from tidings.model import content_id
from tidings.testing import claim, doc

REPORTS = [doc(f"Report {at} of the fighting in Taiz and Mocha.", publisher=f"Outlet {at}") for at in range(4)]
TYPES = [("event", "shelling"), ("event", "armed_clash"), ("casualties", "killed"), ("control", "gained"), ("control", "lost"), ("statement", "threat")]  # fmt: skip


@st.composite
def told(draw):  # type: ignore[no-untyped-def]
    """Return any claim."""
    kind, type_ = draw(st.sampled_from(TYPES))
    one = claim(
        kind,
        type_,
        of=draw(st.sampled_from(REPORTS)),
        agents=draw(st.lists(st.sampled_from([ARMY, GUARD, NORTH]), max_size=2, unique=True)),
        targets=draw(st.lists(st.sampled_from([ARMY, NORTH, CIVILIANS]), max_size=1)),
        places=draw(st.lists(st.sampled_from([TAIZ, MOCHA, QUARTER, OTHER_QUARTER]), max_size=2, unique=True)),
        when=draw(st.sampled_from(["", "2016-03-11", "2016-03-12", "2016-03-30", "2016-03", "2016-03-11/.."])),
        count=draw(st.none() | st.integers(0, 90)),
        whole=draw(st.booleans()),
        mode=draw(st.sampled_from(["asserted", "denied", "intended"])),
    )
    return type(one)(
        **{name: getattr(one, name) for name in one.__slots__ if name != "id"},
        id=content_id("c", draw(st.integers(0, 10**6))),
    )


@settings(deadline=None, max_examples=60)
@given(st.lists(told(), max_size=14, unique_by=lambda one: one.id), st.randoms(use_true_random=False))
def test_every_claim_once_in_any_order_and_nothing_impossible_together(claims, dice) -> None:  # type: ignore[no-untyped-def]
    """Each claim lies in one event; order changes nothing; no event holds a part and a whole, or days that cannot meet."""
    joined = join(REPORTS, claims, ENTITIES)
    shuffled = list(claims)
    dice.shuffle(shuffled)
    by_id = {one.id: one for one in claims}

    assert joined == join(REPORTS, shuffled, ENTITIES)
    assert sorted(one for event in joined.events for one in event.claims) == sorted(by_id)
    for event in joined.events:
        held = [by_id[one] for one in event.claims]
        starts = [one.when.earliest for one in held if one.when.earliest]
        ends = [one.when.latest for one in held if one.when.latest]
        assert len({one.whole for one in held}) == 1
        assert not starts or not ends or (max(starts) - min(ends)).days <= 3
        assert event.id in {"e_" + one.removeprefix("c_") for one in event.claims}
    assert {one.event for one in joined.comparisons} <= {event.id for event in joined.events}
