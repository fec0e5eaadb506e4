"""A million generated claims joined and weighed, pairs put down in files, in a pool of processes: seconds, memory, growth.

Land, places, provinces and parties grow with the reports (as many wars of 100,000 reports side by side), so that what
grows is the record and not how crowded its days are.

::

    python -m bench.big_join 1000000              # one size, one line of JSON
    python -m bench.big_join 100000 --equal       # and compared with the join in memory
    python -m bench.big_join 1000000 --one-place  # all of them on one day in one place
    python -m bench.big_join grow                 # 10,000 to 1,000,000, each in a process of its own; writes bench/results/growth.json
    python -m bench.big_join grow 100000          # no further than 100,000
    python -m bench.big_join draw                 # draws docs/images/growth.svg from it
"""

from __future__ import annotations

import json
import math
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

if str(Path(__file__).parent) not in sys.path:
    sys.path.insert(0, str(Path(__file__).parent))

RESULTS = Path(__file__).parent / "results" / "growth.json"
DRAWING = Path(__file__).parent.parent / "docs" / "images" / "growth.svg"
SIZES = (10_000, 30_000, 100_000, 300_000, 1_000_000)
WORKERS = 2


def measured(reports: int, *, equal: bool = False, one_place: bool = False, weighed: bool = True) -> dict[str, Any]:
    """Return how long so many generated claims take to be joined and weighed, and the memory at its highest."""
    from generate import World, world
    from join_scale import pair_f1

    from tidings._joining import spread_over
    from tidings.join import Spill, join
    from tidings.runs import Pool
    from tidings.weigh import weigh

    made: World = world(reports, grows=True)
    if one_place:
        where, when = next((one.places_ids, one.when) for one in made.claims if one.places_ids and one.when.known)
        made = replace(made, claims=tuple(replace(one, places_ids=where, when=when) for one in made.claims))
    row: dict[str, Any] = {"claims": reports, "megabytes_before": _peak()}
    with tempfile.TemporaryDirectory() as folder:
        start, busy = time.perf_counter(), time.process_time()
        spill = Spill(Path(folder), spread=spread_over(Pool(WORKERS)))
        joined = join(made.documents, made.claims, made.entities, spill=spill)
        row["join_seconds"], row["join_busy"] = time.perf_counter() - start, time.process_time() - busy + _of_workers()
        row["spilled_megabytes"] = sum(one.stat().st_size for one in Path(folder).rglob("*") if one.is_file()) / 1e6
    row["megabytes_joined"] = _peak()
    sizes = Counter(made.truth.values()).values()
    row["f1"] = pair_f1(([made.truth[c] for c in event.claims] for event in joined.events), sizes)[2]
    row["events"], row["largest"] = len(joined.events), max(len(event.documents) for event in joined.events)
    row["notes"] = list(joined.notes)[:3]
    if equal:
        row["equal"] = joined == join(made.documents, made.claims, made.entities)
    if weighed:
        start, busy = time.perf_counter(), time.process_time()
        found = weigh(
            documents=made.documents, claims=made.claims, attributions=(), mentions=(), entities=made.entities,
            events=joined.events,
        )  # fmt: skip
        row["weigh_seconds"], row["weigh_busy"] = time.perf_counter() - start, time.process_time() - busy
        row["contradictions"] = len(found.contradictions)
    row["megabytes"] = _peak()
    row["megabytes_of_a_worker"] = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    row["load"] = os.getloadavg()[0]
    return {name: round(value, 3) if isinstance(value, float) else value for name, value in row.items()}


def _of_workers() -> float:
    """Return the seconds of a core that the workers took, who have left by now."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return children.ru_utime + children.ru_stime


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def grow(most: int) -> None:
    """Measure every size up to ``most`` in a process of its own and keep the figures."""
    rows = []
    for size in (one for one in SIZES if one <= most):
        done = subprocess.run([sys.executable, __file__, str(size)], capture_output=True, text=True, check=True)
        rows.append(json.loads(done.stdout.splitlines()[-1]))
        print(json.dumps(rows[-1]), flush=True)
        RESULTS.parent.mkdir(exist_ok=True)
        RESULTS.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")
    print(
        f"seconds of a core grow as n^{power(rows, 'join_busy'):.2f} (join), n^{power(rows, 'weigh_busy'):.2f} (weigh)"
    )


def power(rows: list[dict[str, Any]], name: str) -> float:
    """Return the power of n with which a figure grows from the first size to the last."""
    first, last = rows[0], rows[-1]
    return math.log(last[name] / first[name]) / math.log(last["claims"] / first["claims"])


def draw() -> None:
    """Draw seconds and memory over the number of claims, both in powers of ten."""
    rows = json.loads(RESULTS.read_text(encoding="utf-8"))
    DRAWING.write_text(drawing(rows), encoding="utf-8")


_WIDE, _HIGH, _LEFT, _TOP = 720, 360, 70, 40
_LINES = (
    ("joined, seconds of a core", "join_busy", "#1b6ca8", ""),
    ("weighed, seconds of a core", "weigh_busy", "#b3541e", "6 3"),
    ("memory at its highest, megabytes", "megabytes", "#4a6b2a", "2 3"),
)


def drawing(rows: list[dict[str, Any]]) -> str:
    """Return the growth as an SVG."""
    wide, high = _WIDE - _LEFT - 220, _HIGH - _TOP - 50
    low, top = 0.0, 5.0

    def x(claims: float) -> float:
        return _LEFT + wide * (math.log10(claims) - 4) / 2

    def y(value: float) -> float:
        return _TOP + high * (1 - (math.log10(max(1.0, value)) - low) / (top - low))

    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDE} {_HIGH}" role="img" font-family="sans-serif" font-size="13">',
        f"<title>Growth of join and weigh from {rows[0]['claims']:,} to {rows[-1]['claims']:,} claims</title>",
        f'<rect width="{_WIDE}" height="{_HIGH}" fill="#fff"/>',
    ]
    for step in range(6):
        at = y(10**step)
        out.append(f'<path d="M{_LEFT} {at:.1f}H{_LEFT + wide}" stroke="#ddd"/>')
        out.append(f'<text x="{_LEFT - 8}" y="{at + 4:.1f}" text-anchor="end" fill="#333">{10**step:,}</text>')
    for row in rows:
        at = x(row["claims"])
        out.append(
            f'<text x="{at:.1f}" y="{_TOP + high + 20}" text-anchor="middle" fill="#333">{row["claims"]:,}</text>'
        )
    out.append(
        f'<text x="{_LEFT + wide / 2:.0f}" y="{_HIGH - 8}" text-anchor="middle" fill="#333">claims of reports</text>'
    )
    for at, (name, key, colour, dash) in enumerate(_LINES):
        points = [(x(row["claims"]), y(row[key])) for row in rows if key in row]
        line = " ".join(f"{one:.1f},{other:.1f}" for one, other in points)
        out.append(
            f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2" stroke-dasharray="{dash}"/>'
        )
        out += [f'<circle cx="{one:.1f}" cy="{other:.1f}" r="3.5" fill="{colour}"/>' for one, other in points]
        last = rows[-1].get(key)
        out.append(f'<text x="{_LEFT + wide + 12}" y="{_TOP + 20 + 44 * at}" fill="{colour}">{name}:</text>')
        if last:
            out.append(
                f'<text x="{_LEFT + wide + 12}" y="{_TOP + 36 + 44 * at}" fill="{colour}">{last:,.0f}, as n^{power(rows, key):.2f}</text>'
            )
    return "\n".join([*out, "</svg>"]) + "\n"


def main() -> None:
    what = sys.argv[1] if len(sys.argv) > 1 else "100000"
    if what == "grow":
        grow(int(sys.argv[2]) if len(sys.argv) > 2 else SIZES[-1])
    elif what == "draw":
        draw()
    else:
        row = measured(
            int(what),
            equal="--equal" in sys.argv,
            one_place="--one-place" in sys.argv,
            weighed="--join" not in sys.argv,
        )
        print(json.dumps(row))


if __name__ == "__main__":
    main()
