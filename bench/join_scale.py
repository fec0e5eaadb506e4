"""How well and how fast generated claims are joined: pair F1, the largest event, seconds, memory.

::

    python bench/join_scale.py 100000
    python bench/join_scale.py 300000 --grows   # land and places grow with the reports
    python bench/join_scale.py 100000 --one     # and one report more, taken up from a file and compared with a rebuild
    python bench/join_scale.py 100000 --splink  # and splink on the same claims, where it is installed
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from generate import World, world

from tidings.join import join, put_down, rejoin, taken_up
from tidings.model import ClaimId, DocId


def pair_f1(groups: Iterable[Iterable[int]], sizes: Iterable[int]) -> tuple[float, float, float]:
    """Return precision, recall and F1 over joined pairs, from the true happenings of each event's claims."""
    right = joined = 0
    for truth in groups:
        counts = Counter(truth)
        n = sum(counts.values())
        joined += n * (n - 1) // 2
        right += sum(k * (k - 1) // 2 for k in counts.values())
    wanted = sum(k * (k - 1) // 2 for k in sizes)
    precision, recall = right / max(1, joined), right / max(1, wanted)
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def main() -> None:
    made = world(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000, grows="--grows" in sys.argv)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    start, busy = time.perf_counter(), time.process_time()
    joined, memory = rejoin(made.documents, made.claims, made.entities, keep="--one" in sys.argv)
    seconds, busy = time.perf_counter() - start, time.process_time() - busy
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sizes = Counter(made.truth.values()).values()
    precision, recall, f1 = pair_f1(([made.truth[c] for c in event.claims] for event in joined.events), sizes)
    largest = max(len(event.documents) for event in joined.events)
    prior = next((one.bits for one in joined.comparisons if one.what == "prior"), 0.0)
    print(
        f"{len(made.claims)} claims, {len(joined.events)} events (true {len(sizes)}, largest true {max(sizes)}): pair P {precision:.3f} "
        f"R {recall:.3f} F1 {f1:.3f}; largest event {largest}; prior {prior:+.1f}; {seconds:.1f} s ({busy:.1f} s of one core); {peak:.0f} MB (before {before:.0f})"
    )
    if memory is not None:
        with tempfile.TemporaryDirectory() as folder:
            put_down(memory, Path(folder) / "join")
            del memory, joined
            print(one_more(made, Path(folder) / "join"))
    if "--splink" in sys.argv:
        from splink_beside import measure

        print(measure(made))


def one_more(made: World, path: Path) -> str:
    """Return how long the record takes to join a report more, taken up from a file, and whether a rebuild gives the same."""
    spare = world(len(made.claims), seed=8)
    claim, document = spare.claims[0], spare.documents[0]
    document = replace(document, id=DocId("d_more"), path="more.txt")
    known = {one.id for one in made.entities}
    claim = replace(
        claim,
        id=ClaimId("c_more"),
        document=document.id,
        places_ids=tuple(one for one in claim.places_ids if one in known),
    )
    documents, claims = (*made.documents, document), (*made.claims, claim)
    start, busy = time.perf_counter(), time.process_time()
    held = taken_up(path)
    loaded = time.process_time() - busy
    grown, newer = rejoin(documents, claims, made.entities, before=held)
    seconds, busy = time.perf_counter() - start, time.process_time() - busy
    kept = time.process_time()
    put_down(newer, path)
    kept = time.process_time() - kept
    same = grown == join(documents, claims, made.entities)
    return (
        f"one report more: {seconds:.1f} s ({busy:.1f} s of one core, of which {loaded:.1f} s to read {path.stat().st_size / 1e6:.0f} MB "
        f"of memory; {kept:.1f} s more to put it down again), {'the same as a rebuild' if same else 'NOT the same as a rebuild'}"
    )


if __name__ == "__main__":
    main()
