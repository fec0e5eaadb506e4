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


SORTS = st.sampled_from(
    [
        ("casualties", "killed"), ("casualties", "wounded"), ("displacement", "flight"), ("displacement", "sheltered"),
        ("custody", "arrest"), ("custody", "release"), ("property", "seizure"), ("property", "destruction"), ("control", "held"),
        ("relation", "alliance"),
    ]
)  # fmt: skip
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "at": st.integers(0, 5),
            "sort": SORTS,
            "count": ENDS,
            "chain": st.sampled_from([(), (MONITOR,), (SPOKESMAN,)]),
            "targets": st.sampled_from([(), (CIVILIANS,), (WOMEN,)]),
            "agents": st.sampled_from([(), (ARMY,), (RAPID,)]),
            "places": st.sampled_from([(), (QUARTER,), (BAHRI,)]),
            "mode": st.sampled_from(["asserted", "asserted", "possible", "denied", "intended"]),
            "when": st.sampled_from(["2023-06-01", "2023-06-02", "2023-05-20/2023-06-10", ""]),
        }
    ),
    min_size=1,
    max_size=8,
)


def ledgers_of(rows, **settings):  # type: ignore[no-untyped-def]
    """Return what follows from rows in one event, with the claims by id."""
    claims = {}
    for one in rows:
        more = {key: value for key, value in one.items() if key not in {"at", "sort", "count"}}
        if one["sort"][0] == "casualties":
            made = claim(*one["sort"], of=REPORTS[one["at"]], count=one["count"], measure=one["sort"][1], **more)
        else:
            made = claim(*one["sort"], of=REPORTS[one["at"]], count=one["count"], **more)
        claims.setdefault(made.id, made)
    return weighed(REPORTS, list(claims.values()), **settings), claims


def ends_of(claims):  # type: ignore[no-untyped-def]
    return {end for one in claims if one.count for end in (one.count.low, one.count.high) if end is not None}


@given(ROWS)
def test_every_range_of_every_ledger_is_made_of_numbers_that_were_given(rows) -> None:  # type: ignore[no-untyped-def]
    """Figures, movements, custody and property: each end is one that a claim of that very row gives, and they stand in order."""
    record, claims = ledgers_of(rows)
    for row in (*record.figures, *record.movements, *record.custody, *record.property):
        ends = [end for end in (row.low, getattr(row, "best", None), row.high) if end is not None]
        assert set(ends) <= ends_of(claims[one] for one in row.claims)
        assert ends == sorted(ends)


@given(ROWS)
def test_no_claim_stands_twice_in_a_ledger(rows) -> None:  # type: ignore[no-untyped-def]
    """Within each ledger of numbers a claim stands in one row at most, and what is denied or planned in none."""
    record, claims = ledgers_of(rows)
    for ledger in (record.figures, record.movements, record.custody, record.property):
        held = Counter(one for row in ledger for one in row.claims)
        assert set(held.values()) <= {1}
        assert not {claims[one].mode for one in held} & {"denied", "intended"}


@given(ROWS)
def test_one_origin_through_two_outlets_counts_once(rows) -> None:  # type: ignore[no-untyped-def]
    """Where a second outlet relays the monitor's very words, no range moves, by any rule, and no origin is added."""
    told = [{**one, "chain": (MONITOR,), "at": one["at"] % 2} for one in rows]
    relayed = [{**one, "at": one["at"] + 2} for one in told]
    for best in ("most_conservative", "most_origins"):
        once, _ = ledgers_of(told, best=best)
        twice, _ = ledgers_of([*told, *relayed], best=best)
        for event in twice.events:
            assert [origin.name for origin in event.origins] == [MONITOR.name]

        def ranges(record):  # type: ignore[no-untyped-def]
            return sorted(str((row.measure, row.group, row.low, row.best, row.high)) for row in record.figures)

        assert ranges(once) == ranges(twice)
        assert not any(row.contested for row in twice.figures)


@given(ROWS)
def test_contradictions_keep_measure_place_and_days(rows) -> None:  # type: ignore[no-untyped-def]
    """Numbers that contradict each other are of one measure; what was planned stands against nothing."""
    record, claims = ledgers_of(rows)
    for row in record.contradictions:
        told = [claims[one] for one in row.claims]
        assert not any(one.mode == "intended" for one in told)
        if row.reason == "number":
            assert len({one.measure for one in told}) == 1
            assert all(one.mode == "asserted" for one in told)
        if row.reason == "polarity":
            assert {one.mode for one in told} == {"asserted", "denied"}


def test_the_later_word_of_an_origin_corrects_and_cumulative_counts_stand_apart() -> None:
    """The monitor says 9, then 13: one figure of 13. Its 400 since the year began is a figure of its own, not contested."""
    first = doc("Nine people were killed in Shambat, the monitor said.", publisher="Outlet 0", published="2023-06-01")
    later = doc(
        "Thirteen people were killed in Shambat, the monitor said.", publisher="Outlet 1", published="2023-06-03"
    )
    year = doc("Since the beginning of the year 400 people have been killed in Shambat.", publisher="Outlet 2")
    sort = {"chain": [MONITOR], "targets": [CIVILIANS], "places": [QUARTER], "when": "2023-06-01"}
    claims = [
        claim(killed=number, of=report, quote=report.text[:20], **sort)
        for report, number in ((first, 9), (later, 13), (year, 400))
    ]
    record = weighed((first, later, year), claims)

    assert sorted((row.scope, row.low, row.best, row.high, row.contested) for row in record.figures) == [
        ("cumulative", 400, 400, 400, False),
        ("daily", 13, 13, 13, False),
    ]
    assert not record.contradictions
