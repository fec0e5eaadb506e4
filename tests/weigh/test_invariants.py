"""What holds for any reports: no origin counted twice, no figure averaged, no contradiction across scopes."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st
from tests.weigh.builders import ARMY, BAHRI, CIVILIANS, MONITOR, QUARTER, RAPID, SPOKESMAN, WOMEN, weighed

from tidings.testing import claim, doc
from tidings.weigh.ledgers.ranges import widest

REPORTS = [
    doc(
        f"Report {at} on the dead of Shambat, number {at}.",
        publisher=f"Outlet {at % 4}",
        published=f"2023-06-0{at + 1}",
    )
    for at in range(6)
]
ENDS = st.one_of(
    st.integers(0, 60),
    st.tuples(st.integers(0, 60), st.none()),
    st.tuples(st.none(), st.integers(0, 60)),
    st.integers(0, 30).flatmap(lambda low: st.tuples(st.just(low), st.integers(low, 60))),
)
TOLD = st.lists(
    st.fixed_dictionaries(
        {
            "at": st.integers(0, 5),
            "killed": ENDS,
            "chain": st.sampled_from([(), (MONITOR,), (SPOKESMAN,), (ARMY,)]),
            "targets": st.sampled_from([(), (CIVILIANS,), (WOMEN,), (RAPID,)]),
            "agents": st.sampled_from([(), (ARMY,), (RAPID,)]),
            "places": st.sampled_from([(QUARTER,), (BAHRI,)]),
            "whole": st.booleans(),
            "rule": st.sampled_from(["casualties.kill.verb", "casualties.kill.verb.part"]),
            "when": st.sampled_from(["2023-06-01", "2023-05-20/2023-06-10", ""]),
        }
    ),
    min_size=1,
    max_size=6,
)


def record_of(told):  # type: ignore[no-untyped-def]
    claims = [claim(of=REPORTS[one["at"]], **{k: v for k, v in one.items() if k != "at"}) for one in told]
    claims = list({one.id: one for one in claims}.values())
    return weighed(REPORTS, claims), {one.id: one for one in claims}


@given(TOLD)
def test_no_origin_is_counted_twice_and_none_is_lost(told) -> None:  # type: ignore[no-untyped-def]
    """Each claim of an event has exactly one origin, and no two origins are one entity."""
    record, _ = record_of(told)
    for event in record.events:
        held = Counter(one for origin in event.origins for one in origin.claims)
        assert held == Counter(event.claims)
        named = [origin.entity or origin.name for origin in event.origins]
        assert len(named) == len(set(named))


@given(TOLD)
def test_figures_are_numbers_that_somebody_gave_and_in_order(told) -> None:  # type: ignore[no-untyped-def]
    """Low, best and high are ends that a claim of the figure gives, never a mean, and low <= best <= high."""
    record, claims = record_of(told)
    for figure in record.figures:
        given_ends = {
            end for one in figure.claims if (count := claims[one].count) for end in (count.low, count.high) if end is not None
        }  # fmt: skip
        ends = [end for end in (figure.low, figure.best, figure.high) if end is not None]
        assert set(ends) <= given_ends
        assert ends == sorted(ends)
        assert len({claims[one].whole for one in figure.claims}) == 1
        assert len({claims[one].rule.endswith(".part") for one in figure.claims}) == 1


@given(TOLD)
def test_no_contradiction_stands_across_scopes(told) -> None:  # type: ignore[no-untyped-def]
    """A day is never set against the whole, a part never against all, women never against fighters."""
    record, claims = record_of(told)
    for row in record.contradictions:
        told_by = [claims[one] for one in row.claims]
        assert len({one.whole for one in told_by}) == 1
        if row.reason == "number":
            assert not any(one.rule.endswith(".part") for one in told_by)
            groups = [set(one.targets_ids) for one in told_by]
            assert not ({WOMEN.id} in groups and {RAPID.id} in groups)


@given(st.lists(ENDS.map(lambda end: (end, end) if isinstance(end, int) else end)))
def test_the_widest_range_is_a_range(ends) -> None:  # type: ignore[no-untyped-def]
    """The low end never lies above the high one, whatever floors and ceilings meet: "more than 470" and "up to 470" too."""
    low, high = widest(ends)
    assert low is None or high is None or low <= high
    assert widest([(471, None), (None, 470)]) == (470, None)
    assert widest([(471, 471), (None, 470)]) == (470, 471)
