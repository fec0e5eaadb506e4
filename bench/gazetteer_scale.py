"""How fast a large gazetteer is indexed and asked: generated rows in the GeoNames form.

::

    python bench/gazetteer_scale.py 1000000
    python bench/gazetteer_scale.py 12000000
"""

from __future__ import annotations

import os
import random
import resource
import sys
import tempfile
import time
from functools import partial
from pathlib import Path
from statistics import median, quantiles

from tidings.resolve import add_layer, open_gazetteer
from tidings.runs import in_pool

STARTS = "Al Tell Tall Bir Ras Wadi Umm Abu Kafr Deir Khirbat Jabal Ain Beit Qasr Nahr San Santa Novo Staro Verkhne Nizhne Ban Nong Sitio Fazenda".split()  # fmt: skip
ONSETS = "b d f g h j k l m n q r s t w y z sh kh gh dh th ch zh st tr br kr pl vl".split()
VOWELS = "a e i o u aa ei ou ia ai".split()
CODAS = ["", "", "n", "r", "l", "m", "s", "k", "d", "b", "t", "sh", "h"]
COUNTRIES = "SY IQ TR YE UA RU SD ET CO MX BR IN CN ID US FR".split()


def word(rng: random.Random) -> str:
    """Return a made-up word."""
    return "".join(
        rng.choice(ONSETS) + rng.choice(VOWELS) + rng.choice(CODAS) for _ in range(rng.choice((2, 2, 3)))
    ).capitalize()


def write(path: Path, rows: int) -> list[str]:
    """Write generated rows and return a thousand of the names, misspelt as writers do."""
    rng = random.Random(1)  # noqa: S311 - names for a benchmark
    asked = []
    with path.open("w", encoding="utf-8") as stream:
        for number in range(rows):
            name = f"{rng.choice(STARTS)} {word(rng)}" if rng.random() < 0.5 else word(rng)
            country = rng.choice(COUNTRIES)
            other = name.replace("a", "e") if rng.random() < 0.3 else ""
            lat, lon = rng.uniform(-50, 65), rng.uniform(-120, 140)
            people = int(10 ** rng.uniform(0, 6)) if rng.random() < 0.1 else 0
            stream.write(
                f"{number}\t{name}\t{name}\t{other}\t{lat:.5f}\t{lon:.5f}\tP\tPPL\t{country}\t\t01\t\t\t\t{people}\t\t\t\t2020-01-01\n"
            )
            if rng.random() < 1000 / rows:
                asked.append(name.replace("e", "a").replace("kh", "k") if rng.random() < 0.5 else name)
    return asked


def main() -> None:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory() as place:
        dump = Path(place) / "generated.txt"
        asked = write(dump, rows)
        index = Path(place) / "index.sqlite"
        open_gazetteer(path=index)
        start, busy = time.perf_counter(), time.process_time()
        add_layer(dump, index=index, pool=partial(in_pool, workers=os.cpu_count() or 1))
        seconds, busy = time.perf_counter() - start, time.process_time() - busy
        gazetteer = open_gazetteer(path=index)
        times, cpu = [], []
        found = 0
        for name in asked:
            begun, used = time.perf_counter(), time.process_time()
            found += bool(gazetteer.lookup(name))
            times.append((time.perf_counter() - begun) * 1000)
            cpu.append((time.process_time() - used) * 1000)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        helper = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        print(
            f"{rows} rows: built in {seconds:.0f} s ({busy:.0f} s of this process), {index.stat().st_size / 1e6:.0f} MB, peak memory {peak:.0f} MB, {helper:.0f} MB in the largest helper; "
            f"{len(asked)} lookups, {found} found: median {median(times):.2f} ms, p95 {quantiles(times, n=20)[-1]:.2f} ms "
            f"(of this process: {median(cpu):.2f} and {quantiles(cpu, n=20)[-1]:.2f} ms)"
        )


if __name__ == "__main__":
    main()
