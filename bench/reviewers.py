"""Many reviewers deciding at once: nothing lost, the chain whole, and how long each waits for a verdict.

Each reviewer is a process of its own that accepts, refuses, notes and undoes claims of one record, with a short pause between two
verdicts. A build that adds a report goes on beside them, again and again. The reports are generated; nothing is loaded.

::

    python -m bench.reviewers --engine postgresql --minutes 5                  # twenty reviewers, a server of its own on loopback
    python -m bench.reviewers --engine sqlite --minutes 5                      # five
    python -m bench.reviewers --engine postgresql --minutes 1 --pause 0        # as fast as they can
"""

from __future__ import annotations

import argparse
import contextlib
import multiprocessing
import random
import sys
import tempfile
import time
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from tests import pretend  # noqa: E402
from tests.postgres import running  # noqa: E402

import tidings  # noqa: E402
from tidings.errors import RecordError  # noqa: E402
from tidings.store.log import breaks  # noqa: E402

__all__ = ["Outcome", "review"]

REVIEWERS = {"postgresql": 20, "sqlite": 5}
LIMIT_MS = 300


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """What came of it.

    ``lost`` are verdicts that were told as written and are not in the log, ``doubled`` those that stand in it twice, ``refused``
    those that were given back to the reviewer, ``broken`` faults of the chain and of the record.
    """

    verdicts: int
    refused: int
    lost: int
    doubled: int
    broken: int
    builds: int
    median_ms: float
    p95_ms: float
    most_ms: float

    @property
    def whole(self) -> bool:
        """Whether nothing was lost, doubled or broken."""
        return not (self.lost or self.doubled or self.broken)


def _reports(folder: Path, number: int, *, first: int = 0) -> None:
    folder.mkdir(exist_ok=True)
    for one in range(first, first + number):
        words = " ".join(f"Witness {one}.{line} saw shelling near market {line} of Kadugli." for line in range(20))
        (folder / f"r{one:05}.txt").write_text(words, encoding="utf-8")


def _reviewer(where: str, who: str, seconds: float, pause: float, claims: list[str], told: Any) -> None:
    chance = random.Random(who)  # noqa: S311 - a draw, not a secret
    written: list[tuple[str, float]] = []
    refused = 0
    record = tidings.open(where)
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        begun = time.perf_counter()
        action = chance.choice(("accept", "refuse", "note"))
        try:
            taken = record.judge(action, chance.choice(claims), reason=f"read it, {who}", by=who)
            written.append((taken.id, time.perf_counter() - begun))
        except RecordError:
            refused += 1
        if pause:
            time.sleep(chance.uniform(0, 2 * pause))
    record.close()
    told.put((written, refused))


def _builder(where: str, folder: Path, seconds: float, gap: float, told: Any) -> None:
    until, made = time.monotonic() + seconds, 0
    while time.monotonic() < until:
        _reports(folder, 1, first=10_000 + made)
        tidings.build([folder], where, workers=1).close()
        made += 1
        time.sleep(gap)
    told.put(made)


def review(
    where: str, folder: Path, *, reviewers: int, seconds: float, pause: float, gap: float = 5.0, reports: int = 50
) -> Outcome:
    """Let reviewers decide about a new record while it is built on, and look at what came of it.

    Args:
        where: A new file, or the URL of an empty database.
        folder: A place for reports.
        reviewers: How many processes decide.
        seconds: For how long.
        pause: Seconds between two verdicts of one reviewer, on average.
        gap: Seconds between two builds.
        reports: How many reports the record begins with.
    """
    pretend.install(setattr)
    _reports(folder, reports)
    with tidings.build([folder], where, workers=1) as record:
        claims = [row["id"] for row in record.claims()]
    fork = multiprocessing.get_context("fork")
    told, made = fork.Queue(), fork.Queue()
    who = [f"reviewer {number}" for number in range(reviewers)]
    hands = [fork.Process(target=_reviewer, args=(where, name, seconds, pause, claims, told)) for name in who]
    builder = fork.Process(target=_builder, args=(where, folder, seconds, gap, made))
    for process in (*hands, builder):
        process.start()
    answers = [told.get() for _ in hands]
    builds = made.get()
    for process in (*hands, builder):
        process.join()
    written = [one for held, _ in answers for one in held]
    times = sorted(1000 * seconds for _, seconds in written)
    with tidings.open(where) as record:
        log = record.log()
        broken = len(breaks(log)) + len(record.check())
    in_log = Counter(row.id for row in log)
    return Outcome(
        verdicts=len(written),
        refused=sum(number for _, number in answers),
        lost=sum(one not in in_log for one, _ in written),
        doubled=sum(times > 1 for times in in_log.values()) + max(0, len(log) - len(written)),
        broken=broken,
        builds=builds,
        median_ms=round(times[len(times) // 2], 1),
        p95_ms=round(times[int(len(times) * 0.95)], 1),
        most_ms=round(times[-1], 1),
    )


def main(arguments: list[str]) -> int:
    """Print what came of it; exit code 1 where a verdict was lost or took too long."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    asked.add_argument("--engine", choices=sorted(REVIEWERS), required=True)
    asked.add_argument("--minutes", type=float, default=5.0)
    asked.add_argument("--reviewers", type=int, default=0, help="else twenty on PostgreSQL, five on SQLite")
    asked.add_argument(
        "--pause", type=float, default=1.0, help="seconds between two verdicts of a reviewer, on average"
    )
    given = asked.parse_args(arguments)
    number = given.reviewers or REVIEWERS[given.engine]
    with ExitStack() as stack:
        place = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        where = str(place / "war.tidings")
        if given.engine == "postgresql":
            where = stack.enter_context(running()).url()
        done = review(where, place / "reports", reviewers=number, seconds=60 * given.minutes, pause=given.pause)
    with contextlib.suppress(BrokenPipeError):
        print(
            f"{given.engine}: {number} reviewers, {given.minutes:g} minutes, pause {given.pause:g} s, {done.builds} builds beside them\n"
            f"  {done.verdicts} verdicts, {done.refused} given back, {done.lost} lost, {done.doubled} doubled, chain and record: "
            f"{done.broken} faults\n"
            f"  median {done.median_ms} ms, p95 {done.p95_ms} ms (at most {LIMIT_MS}), longest {done.most_ms} ms"
        )
    return 0 if done.whole and done.p95_ms <= LIMIT_MS else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
