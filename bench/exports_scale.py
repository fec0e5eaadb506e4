"""How long each export takes, and how much memory, on a made-up record of 200,000 claims.

The record is a real file, so that reading it is measured too; each export runs in a process of its own. Tables have the sizes that a record
of five reports has, scaled up, but for constraints (two a claim). ``publish`` among the names writes a public copy.

::

    python -m bench.exports_scale [200000] [NAME …] [--record FILE]

``--record`` keeps the made-up record, or takes it where it is there.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from tidings.model.columns import TABLES
from tidings.store.file import File
from tidings.store.schema import contract

Row = dict[str, Any]
KINDS = "event/shelling event/armed_clash control/gained casualties/killed displacement/flight custody/arrest".split()
SENTENCE = (
    "Fighters shelled the northern quarter of the town on the second day, and at least {n} people were killed there."
)
PER_REPORT, SENTENCES = 10, 25
NOTHING = {"text": "", "integer": 0, "number": 0.5, "yes_no": False, "list": [], "object": None}


def blank(table: str, **told: Any) -> Row:
    """Return a row with every column, empty but for what is told."""
    return {column.name: told.get(column.name, NOTHING[column.holds]) for column in TABLES[table]}


def day(n: int) -> str:
    return f"{2012 + n % 11}-{1 + n // 11 % 12:02d}-{1 + n // 7 % 28:02d}"


def text_of(report: int) -> str:
    return " ".join(SENTENCE.format(n=report % 90 + line) for line in range(SENTENCES))


def made(n: int) -> dict[str, Iterator[Row]]:
    """Return the rows of a record of ``n`` claims, table by table, each made as it is asked for."""
    reports, places, actors, sources = n // PER_REPORT, 2000, 300, 400

    def place(at: int) -> Row:
        return {"places": [f"Town {at % places}"], "places_ids": [f"n_p{at % places}"]}

    def sides(at: int) -> Row:
        a, b = at % actors, (at * 7 + 1) % actors
        return {
            "agents": [f"Group {a}"],
            "agents_ids": [f"n_a{a}"],
            "targets": [f"Group {b}"],
            "targets_ids": [f"n_a{b}"],
        }

    def when(at: int) -> Row:
        return {"time": day(at), "time_earliest": day(at), "time_latest": day(at), "time_basis": "the second day"}

    def claim(at: int) -> Row:
        report = at // PER_REPORT
        kind, kind_of = KINDS[at % len(KINDS)].split("/")
        start = text_of(report).find("at least", at % PER_REPORT * len(SENTENCE))
        start, end = max(start, 0), max(start, 0) + 30
        said = at % sources
        return blank(
            "claims", id=f"c_{at:016x}", document=f"d_{report:016x}", start=start, end=end, kind=kind, type=kind_of,
            quote=text_of(report)[start:end], **place(at), **sides(at), **when(at), mode="asserted",
            chain=["The Daily", f"Source {said}"], chain_ids=["n_s0", f"n_s{said}"], event=f"e_{at * 3 // 4:016x}",
            measure="killed" if kind == "casualties" else "", count={"low": 3, "high": 9, "text": "3 to 9", "unit": ""},
            reader={"name": "en.rules", "version": "1", "model": "none"}, rule="rule", status="candidate",
            trigger={"start": start, "end": end, "text": "killed"}, confidence=0.5,
        )  # fmt: skip

    def entities() -> Iterator[Row]:
        for at in range(places):
            told = {
                "lat": 10 + at % 100 / 9,
                "lon": 20 + at // 100,
                "radius_m": 3000,
                "precision": "town",
                "country": "SD",
            }
            yield blank("entities", id=f"n_p{at}", name=f"Town {at}", kind="place", ids={"geonames": str(at)}, **told)
        for at in range(actors):
            role = ("state", "armed_group", "militia", "civilians")[at % 4]
            yield blank("entities", id=f"n_a{at}", name=f"Group {at}", kind="actor", role=role, lat=None, lon=None)
        for at in range(sources):
            yield blank("entities", id=f"n_s{at}", name=f"Source {at}", kind="source", lat=None, lon=None)

    def event(at: int) -> Row:
        kind, kind_of = KINDS[at % len(KINDS)].split("/")
        claims = [f"c_{at * 4 // 3:016x}", f"c_{at * 4 // 3 + 1:016x}"]
        said = {"name": f"Source {at % sources}", "entity": f"n_s{at % sources}", "claims": claims}
        return blank(
            "events", id=f"e_{at:016x}", kind=kind, type=kind_of, **place(at), **sides(at), **when(at), claims=claims,
            documents=[f"d_{at * 4 // 3 // PER_REPORT:016x}"], origins=[said["name"]], origins_claims=[said], grade="fair",
        )  # fmt: skip

    def figure(at: int) -> Row:
        ids = f"n_a{at % actors}"
        return blank(
            "figures", id=f"f_{at:016x}", measure=("killed", "wounded")[at % 5 == 0], group=[f"Group {at % actors}"],
            group_ids=[ids], **place(at), **when(at), scope="daily", low=3, best=3, high=9, claims=[f"c_{at * 20:016x}"],
        )  # fmt: skip

    return {
        "documents": (
            blank("documents", id=f"d_{at:016x}", path=f"{at}.txt", sha256=f"{at:064x}", publisher="The Daily", title="News",
                  text=text_of(at), published=day(at), published_earliest=day(at), published_latest=day(at))
            for at in range(reports)
        ),
        "attributions": (
            blank("attributions", id=f"s_{at:016x}", document=f"d_{at * 3 // PER_REPORT:016x}", quote=SENTENCE, source="Source")
            for at in range(n // 3)
        ),
        "claims": (claim(at) for at in range(n)),
        "mentions": (
            blank("mentions", id=f"m_{at:016x}", document=f"d_{at * 2 // 5 // PER_REPORT:016x}", text="Group",
                  entity=f"n_a{at % actors}", kind="actor", how="name", entity_name="Group")
            for at in range(n * 5 // 2)
        ),
        "entities": entities(),
        "times": (
            blank("times", id=f"w_{at:016x}", of=f"c_{at:016x}", start_earliest=day(at), edtf=day(at)) for at in range(n * 9 // 5)
        ),
        "constraints": (
            blank("constraints", id=f"k_{at:016x}", a="origin", b=f"start:c_{at:016x}", quote="on the second day", kind="soft")
            for at in range(n * 2)
        ),
        "events": (event(at) for at in range(n * 3 // 4)),
        "comparisons": (
            blank("comparisons", event=f"e_{at:016x}", a=f"c_{at:016x}", b=f"c_{at + 1:016x}", what="place",
                  reason="Both name one place.")
            for at in range(n)
        ),
        "figures": (figure(at) for at in range(n // 20)),
        "holdings": (
            blank("holdings", id=f"h_{at:016x}", place=f"Town {at % places}", place_ids=[f"n_p{at % places}"], holder=["Group 1"],
                  standing="held", claims=[f"c_{at * 7:016x}"])
            for at in range(n // 7)
        ),
        "persons": (
            blank("persons", id=f"p_{at:016x}", entity="n_a1", name=f"Person {at}", harm="killed", **place(at), **when(at),
                  claims=[f"c_{at * 30:016x}"])
            for at in range(n // 30)
        ),
        "framings": (
            blank("framings", id=f"g_{at:016x}", publisher="The Daily", entity="Group", wording="fighters", n=3)
            for at in range(n)
        ),
        "brief": (
            blank("brief", id=f"b_{at:016x}", order=at, section="What happened", sentence=SENTENCE.format(n=at),
                  claims=[f"c_{at * 2:016x}"], **when(at))
            for at in range(n // 2)
        ),
        "builds": iter([blank("builds", id="B_1", at=None, version="0", settings={"credits": ["Places: nobody (none)"]})]),
    }  # fmt: skip


def written(n: int, path: Path) -> None:
    """Write the record as a file."""
    file = File(path, write=True)
    with file.writing() as connection:
        for table, rows in made(n).items():
            batch: list[Row] = []
            for number, row in enumerate(rows):
                packed = {
                    name: json.dumps(value) if isinstance(value, list | dict) else value for name, value in row.items()
                }
                batch.append({"row": number, **packed})
                if len(batch) == 2000:
                    connection.execute(insert(contract[table]), batch)
                    batch = []
            if batch:
                connection.execute(insert(contract[table]), batch)
    file.close()


def one(path: str, name: str, place: str) -> None:
    """Write one export, or a public copy, and print seconds, megabytes of memory at the most, megabytes written, rows."""
    import tidings
    from tidings.tell.formats import registry

    began = time.perf_counter()
    with tidings.open(path) as record:
        if name == "publish":
            copy = record.publish(Path(place) / "copy", profile="public", key=Path(place) / "key")
            files, rows = [copy.folder / file for file in copy.files], sum(number for _, number in copy.changes)
        else:
            done = record.export(name, Path(place) / f"{name}{registry.find(name).ending}")
            files, rows = list(done), done.rows
    took = time.perf_counter() - began
    busy = time.process_time()
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    size = sum(file.stat().st_size for file in files) / 1e6
    what = "changes" if name == "publish" else "rows"
    print(
        f"{name:12} {took:7.1f} s ({busy:6.1f} s of one core) {most:7.0f} MB memory {size:8.1f} MB written {rows:>10,} {what}"
    )


def main(arguments: list[str]) -> int:
    """Make the record, then write each export from it in a process of its own."""
    if arguments and arguments[0] == "--one":
        one(*arguments[1:])
        return 0
    from tidings.tell.formats import registry

    kept = ""
    if "--record" in arguments:
        at = arguments.index("--record")
        kept = arguments[at + 1]
        del arguments[at : at + 2]
    n = int(arguments.pop(0)) if arguments and arguments[0].isdigit() else 200_000
    with tempfile.TemporaryDirectory() as place:
        record = Path(kept or Path(place) / "made.tidings")
        if not record.is_file():
            began = time.perf_counter()
            written(n, record)
            took = time.perf_counter() - began
            print(f"made {n:,} claims in {took:.0f} s, {record.stat().st_size / 1e6:.0f} MB", flush=True)
        for name in arguments or [*registry.BUILT_IN, "publish"]:
            with tempfile.TemporaryDirectory(dir=place) as here:
                command = [sys.executable, "-m", "bench.exports_scale", "--one", str(record), name, here]
                subprocess.run(command, check=False)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
