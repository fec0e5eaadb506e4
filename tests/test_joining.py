"""The joins of a build: what the last one worked out is taken up, and a large one is done in files, to the same result."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.join.builders import ENTITIES
from tests.join.test_memory import BACKGROUND, FAR, report

from tidings._joining import Joins, spread_over
from tidings._made import sampled
from tidings.errors import RunnerError
from tidings.join import join
from tidings.model import Claim, Contents, Document, Joined
from tidings.runs import Here, Pool, Runner

NAMES = (*ENTITIES, *FAR)
MADE = [*BACKGROUND[:40], *(report(at, (at % 4, at % 4, at % 10, at % 5, at % 4)) for at in range(20))]


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder that joins are kept in."""
    monkeypatch.setenv("TIDINGS_CACHE", str(tmp_path))
    return tmp_path / "joins"


def both(joins: Joins, made: list[tuple[Document, Claim]]) -> list[Joined]:
    """Return both joins of a build."""
    docs, claims = [of for of, _ in made], [one for _, one in made]
    return [joins.join(sort, docs, claims, NAMES, prior=None) for sort in ("alone", "together")]


def anew(made: list[tuple[Document, Claim]]) -> list[Joined]:
    """Return what building at once gives."""
    return [join([of for of, _ in made], [one for _, one in made], NAMES)] * 2


def test_the_next_build_takes_up_what_the_last_one_worked_out(cache: Path) -> None:
    """A build leaves its joins under the hash of what it made; the next one takes them up, and takes them away."""
    first = Joins(keep=True, kept_from=1)
    assert both(first, MADE[:-1]) == anew(MADE[:-1])
    first.kept("a" * 64)
    assert sorted(one.name for one in (cache / ("a" * 32)).iterdir()) == ["alone", "together"]
    second = Joins("a" * 64, keep=True, kept_from=1)
    assert both(second, MADE) == anew(MADE)
    second.kept("b" * 64)

    assert [one.name for one in cache.iterdir()] == ["b" * 32]


def test_a_small_record_leaves_nothing(cache: Path) -> None:
    """What few claims give is worked out again, and no file of it lies about."""
    joins = Joins(keep=True)
    both(joins, MADE)
    joins.kept("a" * 64)

    assert not cache.exists()


def test_a_cache_that_cannot_be_written_breaks_no_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the cache folder is no folder, the record is built all the same."""
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("TIDINGS_CACHE", str(tmp_path / "file"))
    joins = Joins("a" * 64, keep=True, kept_from=1)

    assert both(joins, MADE) == anew(MADE)
    joins.kept("b" * 64)


@pytest.mark.parametrize("runner", [Here(), Pool(2)], ids=["here", "pool"])
def test_a_large_join_is_spread_over_a_runner(runner: Runner) -> None:
    """From so many claims on, pairs lie in files and parts are compared by a runner, in this process or in others."""
    assert both(Joins(runner=runner, large=10), MADE) == anew(MADE)


def test_a_part_that_breaks_twice_ends_the_join_with_its_reason() -> None:
    """Nothing is joined from parts of which one is missing."""

    def work(job: int) -> int:
        return 1 // job

    with pytest.raises(RunnerError, match="a part of the join broke twice"):
        list(spread_over(Here())(work, [1, 0]))


def test_what_was_sampled_is_said_with_the_build() -> None:
    """The first of many sentences on samples are told, and how many more there are; where there are none, nothing is."""
    notes = tuple(f"{at} claims of Taiz fell into one block." for at in range(25))

    assert sampled(Contents()) == []
    assert sampled(Contents(notes=notes[:2])) == list(notes[:2])
    assert sampled(Contents(notes=notes)) == [*notes[:20], "So it was with 5 more blocks of claims."]
