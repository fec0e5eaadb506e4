"""The joins of one build: in memory while they fit, else with pairs in files; taken up from the build before where it left them.

A record that grows by a report is joined again in seconds, because what the last build worked out lies in the user's cache
folder, under the hash of what that build made. It is read by its owner alone, goes when the next build is kept, and losing it
costs time only.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from tidings._runners import cores
from tidings.errors import RunnerError
from tidings.join import Memory, Spill, Spread, join, put_down, rejoin, taken_up
from tidings.model import Claim, Document, Entity, Joined
from tidings.resolve.gazetteer import cache_folder
from tidings.runs import Here, Pool, Runner

__all__ = ["Joins", "spread_over"]

_KEPT_FROM = 5_000
"""Claims from which what a join worked out is kept beside the record; fewer are joined from the start in half a second."""
_LARGE = 300_000
"""Claims from which pairs are put down in files: at 100,000 a join in memory holds some 700 MB."""
_SORTS = ("alone", "together")


class Joins:
    """Joins the claims of one build twice: by each report's own days, and by the days that reports allow together.

    Args:
        before: The hash of what the last build of the record made; empty where there was none, or nothing is to be kept.
        keep: Whether the next build is to find what this one worked out.
        runner: Who compares the parts of a large join; a pool of this machine's cores when not given.
        large: Claims from which a join is large.
        kept_from: Claims from which what a join worked out is kept.
    """

    def __init__(
        self,
        before: str = "",
        *,
        keep: bool = False,
        runner: Runner | None = None,
        large: int = _LARGE,
        kept_from: int = _KEPT_FROM,
    ) -> None:
        self._before, self._keep, self._runner = before, keep, runner
        self._large, self._kept_from = large, kept_from
        self._made: dict[str, Memory] = {}
        self._last: Memory | None = None

    def join(
        self,
        sort: str,
        documents: Sequence[Document],
        claims: Sequence[Claim],
        entities: Sequence[Entity],
        *,
        prior: float | None,
    ) -> Joined:
        """Return the join of claims with their days of one sort: ``alone``, then ``together``."""
        if len(claims) >= self._large:
            with tempfile.TemporaryDirectory(prefix="tidings-join-") as folder:
                spill = Spill(Path(folder), spread=spread_over(self._runner or _everyone()))
                return join(documents, claims, entities, prior=prior, spill=spill)
        kept = len(claims) >= self._kept_from
        held = taken_up(_folder(self._before) / sort) if kept and self._before else None
        wanted = sort != _SORTS[-1] or (kept and self._keep)
        joined, memory = rejoin(documents, claims, entities, prior=prior, before=held or self._last, keep=wanted)
        self._last = memory
        if memory is not None and kept and self._keep:
            self._made[sort] = memory
        return joined

    def kept(self, contents: str) -> None:
        """Leave what was worked out to the next build of the record, now that its contents have this hash."""
        for sort, memory in self._made.items():
            try:
                put_down(memory, _folder(contents) / sort)
            except OSError:  # a full disk, or a cache folder that cannot be written: the next build works it out anew
                shutil.rmtree(_folder(contents), ignore_errors=True)
                break
        self._made.clear()
        if self._before and self._before != contents:
            shutil.rmtree(_folder(self._before), ignore_errors=True)


def _folder(contents: str) -> Path:
    return cache_folder() / "joins" / contents[:32]


def _everyone() -> Runner:
    return Pool(cores()) if cores() > 1 else Here()


def spread_over(runner: Runner) -> Spread:
    """Return how the parts of a large join are handed to a runner: each part a shard, answers in the order of the parts.

    The runner's workers must see the folder that the parts lie in.
    """

    def spread(work: Callable[[Any], Any], jobs: Sequence[Any]) -> Iterable[Any]:
        answers: dict[Any, Any] = {}
        for outcome in runner.run(partial(_each, work), [[job] for job in jobs]):
            if outcome.set_aside:
                raise RunnerError(f"a part of the join broke twice ({outcome.set_aside}). Try: --runner here")
            answers[outcome.item] = outcome.answer
        return [answers[job] for job in jobs]

    return spread


def _each(work: Callable[[Any], Any], items: Sequence[Any]) -> Iterator[Any]:
    return map(work, items)
