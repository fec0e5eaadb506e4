"""``python -m bench.runners [reports]``: what a pool of two gains over one process, where the rest goes, and Ray beside the pool.

Times of the pool are of reading alone: its workers first read some reports each, so that they have loaded the language pipeline,
and the clock starts then. Those of Ray and of the pool beside it are of whole runs. Run it on an idle machine; the load is
printed beside the figures.
"""

from __future__ import annotations

import os
import pickle
import resource
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import Any

from bench.shared import SHARED
from tidings._spreading import cut, in_order, read_packed
from tidings.gather import gather
from tidings.model import Document, sha256_hex
from tidings.runs import Pool, Ray, Runner
from tidings.runs import shards as cut_evenly
from tidings.store.inputs import unpacked

REPORTS = 140
"""Reports of 850 words in the mean: the five of the shared folder, over and over under other ids."""
A_SHARD = 300
"""Reports of a shard that one core reads for a minute, for Ray beside the pool."""
PAIRS = 3
WARM = 10
"""Reports that each worker reads before the clock starts: the language pipeline is loaded, and words are met for the first time."""


@dataclass(frozen=True, slots=True)
class Took:
    """What a run took after its workers were warm: seconds, and the processor's seconds of the workers and of who asked."""

    seconds: float
    workers: float
    asked: float


def documents(number: int) -> list[Document]:
    """Return so many reports; ids differ, so that no two are one."""
    held = [row for row in gather([SHARED / "reports" / "hasakah"]).documents if not row.unread]
    rows = [held[place % len(held)] for place in range(number)]
    return in_order(
        replace(row, id=type(row.id)(f"d_{sha256_hex(str(n).encode())[:16]}")) for n, row in enumerate(rows)
    )


def _processor() -> tuple[float, float]:
    """Return the processor's seconds of workers that are gone, and of this process."""
    gone, own = resource.getrusage(resource.RUSAGE_CHILDREN), resource.getrusage(resource.RUSAGE_SELF)
    return gone.ru_utime + gone.ru_stime, own.ru_utime + own.ru_stime


def _once(workers: int, shards: Sequence[Sequence[Document]], warm: Sequence[Document]) -> Took:
    start, waiting = 0.0, workers * len(warm)
    gone, own = _processor()
    told = Pool(workers).run(read_packed, [*[warm] * workers, *shards])
    for number, outcome in enumerate(told, start=1):
        if outcome.set_aside:
            raise SystemExit(outcome.set_aside)
        unpacked(outcome.answer)
        if number == waiting:
            start = time.perf_counter()
            own = _processor()[1]
        last = time.perf_counter()
    gone_after, own_after = _processor()
    return Took(last - start, gone_after - gone, own_after - own)


def timed(workers: int, shards: Sequence[Sequence[Document]]) -> Took:
    """Return what a pool took for some shards; what its workers take to load the language pipeline is left out."""
    warm = [row for shard in shards for row in shard][:WARM]
    loading = _once(workers, [], warm)
    whole = _once(workers, shards, warm)
    return replace(whole, workers=whole.workers - loading.workers)


def shares(rows: Sequence[Document]) -> list[tuple[str, float, str]]:
    """Return what of a report's time is reading, packing, unpacking, and how many bytes travel."""
    list(read_packed(rows[:5]))
    start = time.process_time()
    data = list(read_packed(rows[:20]))
    each = (time.process_time() - start) / 20
    start = time.process_time()
    for row in data:
        unpacked(row)
    back = (time.process_time() - start) / 20
    sent = sum(map(len, data)) / 20
    asked = len(pickle.dumps(rows[:20])) / 20
    return [
        ("read and packed, ms of processor a report", round(each * 1000, 1), "in the worker"),
        ("unpacked, ms of processor a report", round(back * 1000, 1), "in the process that asked"),
        ("bytes to a worker, a report", round(asked), "the document"),
        ("bytes from a worker, a report", round(sent), "the reading, packed"),
    ]


def run(number: int = REPORTS) -> Iterable[tuple[str, Any, str]]:
    """Yield rows of (what, figure, remark)."""
    rows = documents(number)
    yield from shares(rows)
    small = list(cut(rows))
    ones, twos = [], []
    for _ in range(PAIRS):
        ones.append(timed(1, small))
        twos.append(timed(2, small))
    load = f"load {os.getloadavg()[0]:.1f}"
    ratios = [one.seconds / two.seconds for one, two in zip(ones, twos, strict=True)]
    bounds = [one.workers / ((two.workers + two.asked) / 2) for one, two in zip(ones, twos, strict=True)]
    yield "one worker, seconds", _each(one.seconds for one in ones), f"{number} reports, loading excluded, {load}"
    yield "two workers, seconds", _each(two.seconds for two in twos), f"{len(small)} shards"
    yield "processor's seconds of one worker, of two", _each(row.workers for row in (*ones, *twos)), "one, then two"
    yield "processor's seconds of who asks two", _each(two.asked for two in twos), ""
    yield (
        "two over one by the processor's time",
        round(median(bounds), 2),
        "what an idle machine of two cores could give",
    )
    yield "two over one", round(median(ratios), 2), f"asked 1.8; {_each(ratios)}"


def _each(numbers: Iterable[float]) -> str:
    return " ".join(f"{number:.2f}" for number in numbers)


def ray(number: int = REPORTS) -> Iterable[tuple[str, Any, str]]:
    """Yield rows for Ray beside the pool, whole runs with their start and end."""
    rows = documents(number)
    large = cut_evenly(rows, max(2, round(number / A_SHARD)))
    ratios = []
    for _ in range(2):
        took: dict[str, float] = {}
        both: dict[str, Callable[[], Runner]] = {"pool": lambda: Pool(2), "ray": lambda: Ray(workers=2)}
        for name, made in both.items():
            start = time.perf_counter()
            for outcome in made().run(read_packed, large):
                unpacked(outcome.answer)
            took[name] = time.perf_counter() - start
        ratios.append(took["ray"] / took["pool"])
        yield (
            "seconds on the same shards, pool and Ray",
            f"{took['pool']:.1f} {took['ray']:.1f}",
            f"{len(large)} shards",
        )
    yield "Ray's time over the pool's", round(median(ratios), 2), f"asked 1.35; load {os.getloadavg()[0]:.1f}"


def main(arguments: Sequence[str]) -> int:
    """Print the figures; ``ray`` and ``pool`` choose a part, a number the reports."""
    if not SHARED.is_dir():
        print("The outside data is not here; there is nothing to measure against.")
        return 0
    numbers = [int(word) for word in arguments if word.isdigit()]
    parts = [name for name in ("pool", "ray") if name in arguments] or ["pool", "ray"]
    for name in parts:
        number = numbers[0] if numbers else {"pool": REPORTS, "ray": 4 * REPORTS}[name]
        for what, figure, remark in (run if name == "pool" else ray)(number):
            print(f"  {what:48} {figure!s:>12}  {remark}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
