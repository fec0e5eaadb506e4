"""The network gives the tightest days, explains them, and names what clashes."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from tidings.date.calendar_days import count, day
from tidings.date.narrowing import narrowing
from tidings.date.network import ORIGIN, explain, solve
from tidings.model import Constraint, DocId, content_id


def tie(a: str, b: str, least: int | None, most: int | None, kind: str = "explicit", **more: object) -> Constraint:
    """Return a constraint with an id of its own content."""
    quote = str(more.pop("quote", f"{a} {b}"))
    identity = content_id("k", a, b, least, most, kind, quote, sorted(more.items()))
    return Constraint(
        id=identity, a=a, b=b, least_days=least, most_days=most, kind=kind, document=DocId("d"), start=0, end=1, quote=quote, **more,
    )  # type: ignore[arg-type]  # fmt: skip


def days(*constraints: Constraint) -> dict[str, tuple[int | None, int | None]]:
    bounds = solve(constraints).bounds
    return {name: value for name, value in bounds.items() if name != ORIGIN}


def test_bounds_spread_along_constraints_both_ways() -> None:
    """A day fixes all that is counted from it and all that it is counted from."""
    assert days(tie("a", "b", 2, 4), tie("b", "c", 1, 1), tie(ORIGIN, "c", 10, 10)) == {
        "a": (5, 7),
        "b": (9, 9),
        "c": (10, 10),
    }


def test_open_ends_stay_open() -> None:
    """What nothing bounds is not bounded."""
    assert days(tie("a", "b", 0, None), tie(ORIGIN, "b", None, 10)) == {"a": (None, 10), "b": (None, 10)}


def test_days_of_the_week_pull_bounds_inwards() -> None:
    """A Thursday between two days is the first and last Thursday between them."""
    low, high = count(date(2019, 6, 1)), count(date(2019, 6, 30))
    found = days(tie(ORIGIN, "a", low, high), tie(ORIGIN, "a", None, None, weekday=3))

    assert found["a"] == (count(date(2019, 6, 6)), count(date(2019, 6, 27)))


def test_dates_without_a_year_pull_bounds_to_their_day() -> None:
    """The 29th of February exists in leap years only; the last one before a day is found."""
    low, high = count(date(2018, 1, 1)), count(date(2021, 1, 1))
    found = days(tie(ORIGIN, "a", low, high), tie(ORIGIN, "a", None, None, yearly=(2, 29, 2, 29)))

    assert found["a"] == (count(date(2020, 2, 29)), count(date(2020, 2, 29)))


def test_a_weekday_and_a_date_without_a_year_give_the_year() -> None:
    """A Friday the 14th of June is in 2019 and in no other year near it."""
    low, high = count(date(2014, 1, 1)), count(date(2023, 1, 1))
    found = days(tie(ORIGIN, "a", low, high), tie(ORIGIN, "a", None, None, yearly=(6, 14, 6, 14), weekday=4))

    assert found["a"] == (count(date(2019, 6, 14)), count(date(2019, 6, 14)))


def test_a_clash_drops_the_weakest_and_names_the_words() -> None:
    """An assumption gives way before a soft word, and the sentence quotes all that clash."""
    known = tie(ORIGIN, "a", 10, 10, "known", quote="the table says so")
    soft = tie("a", "b", 2, 3, "soft", quote="a few days after")
    assumed = tie("a", "b", 9, 9, "assumed", quote="the same story", rule="story")
    solution = solve([assumed, known, soft])

    assert solution.bounds["b"] == (12, 13)
    assert solution.dropped == {assumed.id: "these cannot all be true: “a few days after”; “the same story”"}


def test_reports_that_contradict_each_other_are_found_without_any_date() -> None:
    """That A came before B and B before A clashes, though neither has a day."""
    one = tie("a", "b", 1, None, "soft", quote="before the raid")
    other = tie("b", "a", 1, None, "explicit", quote="after the raid")
    solution = solve([one, other])

    assert set(solution.dropped) == {one.id}


def test_contradictory_known_days_are_named_and_one_is_kept() -> None:
    """Two known days that cannot both be are no reason to stop."""
    one = tie(ORIGIN, "a", 10, 10, "known", quote="10")
    other = tie(ORIGIN, "a", 20, 20, "known", quote="20")
    solution = solve([one, other])

    assert len(solution.dropped) == 1
    assert solution.bounds["a"] in {(10, 10), (20, 20)}


def test_a_day_is_explained_back_to_its_fact() -> None:
    """The chain runs from the origin to the point, and holds nothing else."""
    fact, step, aside = tie(ORIGIN, "a", 10, 10, "known"), tie("a", "b", 2, 2), tie("b", "c", 0, None)

    assert explain("b", [aside, step, fact]) == (fact, step)


def test_a_bound_that_rests_on_an_early_step_is_explained_without_a_circle() -> None:
    """A point that pulled another, and is then pulled by it, is still explained from the origin."""
    fact = tie(ORIGIN, "loss", 16601, 16602, "known")
    later = tie("loss", "storm", 8, 11, "soft")
    thursday = tie("report", "breach", -2, 0, "assumed", weekday=3)
    same = tie("breach", "storm", 0, 0, "assumed")
    before = tie("report", "storm", None, 0)
    chain = explain("breach", [fact, later, thursday, same, before])

    assert chain[0] == fact
    assert day(solve([fact, later, thursday, same, before]).bounds["breach"][0] or 0) == date(2015, 6, 25)


_NAMES = ["a", "b", "c", "d"]
_FACTS = st.dictionaries(st.sampled_from(_NAMES), st.integers(16_000, 16_060), min_size=4, max_size=4)


@st.composite
def consistent(draw: st.DrawFn) -> list[Constraint]:
    """Constraints that some real days satisfy."""
    facts = draw(_FACTS) | {ORIGIN: 0}
    out = []
    for _ in range(draw(st.integers(1, 8))):
        one, other = draw(st.sampled_from([*_NAMES, ORIGIN])), draw(st.sampled_from(_NAMES))
        if one == other:
            continue
        gap = facts[other] - facts[one]
        least, most = gap - draw(st.integers(0, 9)), gap + draw(st.integers(0, 9))
        weekday = (facts[other] + 3) % 7 if draw(st.booleans()) else None
        kind = draw(st.sampled_from(["explicit", "soft", "assumed", "known"]))
        out.append(tie(one, other, least if draw(st.booleans()) else None, most, kind, weekday=weekday))
    return out


@given(consistent(), st.randoms(use_true_random=False))
def test_the_order_of_constraints_changes_nothing(listed: list[Constraint], random: object) -> None:
    """The same constraints in any order give the same days."""
    shuffled = list(listed)
    random.shuffle(shuffled)  # type: ignore[attr-defined]

    assert solve(listed).bounds == solve(shuffled).bounds


@given(consistent())
def test_constraints_that_can_hold_are_never_dropped(listed: list[Constraint]) -> None:
    """Whatever real days satisfy is kept whole."""
    assert solve(listed).dropped == {}


@given(consistent())
def test_one_more_constraint_never_widens_a_day(listed: list[Constraint]) -> None:
    """Tightening is monotone: with one constraint fewer, every interval holds the one with it."""
    tight, loose = solve(listed).bounds, solve(listed[:-1]).bounds
    for name, (low, high) in loose.items():
        least, most = tight[name]
        assert low is None or (least is not None and least >= low)
        assert high is None or (most is not None and most <= high)


@given(st.lists(st.tuples(st.sampled_from([*_NAMES, ORIGIN]), st.sampled_from(_NAMES), st.integers(-9, 9), st.integers(0, 9), st.sampled_from(["explicit", "soft", "assumed"])), max_size=12))  # fmt: skip
def test_any_constraints_end_in_intervals_that_hold(listed: list[tuple[str, str, int, int, str]]) -> None:
    """However contradictory, what is kept holds: no interval is empty, and nothing runs for ever."""
    constraints = [tie(a, b, least, least + width, kind) for a, b, least, width, kind in listed if a != b]
    solution = solve(constraints)

    assert all(low is None or high is None or low <= high for low, high in solution.bounds.values())
    assert set(solution.dropped) <= {one.id for one in constraints}


@given(consistent(), st.integers(0, 8))
def test_constraints_added_later_give_what_all_at_once_give(listed: list[Constraint], cut: int) -> None:
    """A solution with some more constraints is the solution of all of them."""
    assert solve(listed[:cut]).with_more(listed[cut:]).bounds == {ORIGIN: (0, 0)} | solve(listed).bounds


def test_the_report_whose_day_would_narrow_most_is_named() -> None:
    """Of two undated reports, the one on which more days hang is the one to date."""
    hub = [tie("doc:a", f"start:{name}", -3, 0) for name in ("x", "y", "z")]
    leaf = [tie("doc:b", "start:w", -3, 0)]

    assert narrowing([*hub, *leaf])[0][0] == "doc:a"
