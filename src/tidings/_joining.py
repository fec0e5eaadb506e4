"""The join as the line asks for it: in memory while it fits, else with its pairs put down in files and spread."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Any

from tidings.errors import RunnerError
from tidings.join import Spread
from tidings.runs import Runner

__all__ = ["spread_over"]


def spread_over(runner: Runner) -> Spread:
    """Return how the parts of a large join are handed to a runner: each part a shard, answers in the order of the parts.

    The runner's workers must see the folder that the parts lie in.
    """

    def spread(work: Callable[[Any], Any], jobs: Sequence[Any]) -> Iterable[Any]:
        answers: dict[Any, Any] = {}
        for outcome in runner.run(partial(_each, work), [[job] for job in jobs]):
            if outcome.set_aside:
                raise RunnerError(
                    f"a part of the join broke twice ({outcome.set_aside}). Try fewer pairs at once, or: --runner here"
                )
            answers[outcome.item] = outcome.answer
        return [answers[job] for job in jobs]

    return spread


def _each(work: Callable[[Any], Any], items: Sequence[Any]) -> Iterator[Any]:
    return map(work, items)
