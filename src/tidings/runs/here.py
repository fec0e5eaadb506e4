"""Work in the process that asks for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from tidings.errors import ModelError
from tidings.runs.runner import Outcome, Tasks, Work, reason_of

__all__ = ["Here"]


class Here:
    """Runs work in this process, shard after shard.

    An item on which the work raises is set aside as elsewhere. One that ends the process ends what asked for it too; a
    pool of one worker stands that.
    """

    def run(self, work: Work, shards: Iterable[Sequence[Any]]) -> Iterator[Outcome]:
        """See :class:`tidings.runs.Runner`."""
        tasks = Tasks(shards)
        while (task := tasks.next()) is not None:
            try:
                for answer in work(task.items):
                    yield task.answered(answer)
            except ModelError:
                raise
            except Exception as error:
                lost = tasks.broken(task, reason_of(error))
                if lost is not None:
                    yield lost
