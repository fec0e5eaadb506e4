"""What a record costs to write in PostgreSQL beside SQLite: the rows of 100,000 generated claims, both engines in one run.

Everything that a build does with the database is done and timed: reports with their bytes, readings, every table with its links,
the build with its values. Reading and deriving, which cost the same whichever engine follows, are left out, so the ratio is the
strictest there is. The server is one of the bench's own on loopback; it syncs to no disk, as in the tests, unless --sync is given.

::

    python -m bench.engines                  # 100,000 claims
    python -m bench.engines 10000 --sync
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "bench")]

from generate import world  # noqa: E402
from tests.postgres import running  # noqa: E402

from tidings.model import Build, Contents, Event, EventId, ReaderStamp, Reading, Weighed, sha256_hex  # noqa: E402
from tidings.store import changes, inputs, rows, write  # noqa: E402
from tidings.store.file import File  # noqa: E402

LIMIT = 4.0
STAMP = ReaderStamp(name="generated", version="1", model="none")
_TOGETHER = 32


def contents(claims: int) -> Contents:
    """Return so many generated claims, each a happening of its own."""
    made = world(claims)
    events = tuple(
        Event(
            id=EventId(f"e_{one.id[2:]}"), kind=one.kind, type=one.type, agents_ids=one.agents_ids, targets_ids=one.targets_ids,
            places_ids=one.places_ids, claims=(one.id,), documents=(one.document,),
        )
        for one in made.claims
    )  # fmt: skip
    return Contents(
        documents=made.documents, claims=made.claims, entities=made.entities, weighed=Weighed(events=events)
    )


def stored(where: str, held: Contents, tables: dict[str, list[rows.Row]]) -> dict[str, float]:
    """Write a record as a build does, and return the seconds of each part."""
    took: dict[str, float] = {}
    begun = time.perf_counter()

    def done(what: str) -> None:
        nonlocal begun
        now = time.perf_counter()
        took[what], begun = now - begun, now

    packed = [
        (one.document, "key", inputs.packed(Reading(document=one.document, reader=STAMP, claims=(one,))))
        for one in held.claims
    ]
    begun = time.perf_counter()  # packing is the same in either engine
    with closing(File(where, write=True, keep=True)) as file:
        for at in range(0, len(packed), _TOGETHER):
            with file.writing() as connection:
                inputs.keep_readings(connection, packed[at : at + _TOGETHER])
        done("readings")
        with file.writing() as connection:
            write.next_generation(connection, 0)
            reports = [inputs.Report(one, sha256_hex(one.id.encode()), "current") for one in held.documents]
            inputs.put_all(connection, [(one, one.document.text.encode()) for one in reports])
            done("reports")
            write.replace_tables(connection, tables)
            done("tables")
            build = Build(
                id="B_1", at="2026-01-01T00:00:00Z", version="0", documents=len(held.documents), added=(), removed=(),
                settings="{}", hash="",
            )  # fmt: skip
            write.add_build(connection, build)
            changes.keep(connection, build.id, changes.values_of(tables))
            inputs.sweep(connection)
        done("the rest, and commit")
    return took


def main(arguments: list[str]) -> int:
    """Print the seconds of both engines and their ratio; exit code 1 where it is above the bound."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    asked.add_argument("claims", nargs="?", type=int, default=100_000)
    asked.add_argument("--sync", action="store_true", help="let the server sync to its disk, as one in use does")
    given = asked.parse_args(arguments)
    held = contents(given.claims)
    tables = rows.tables(held)
    with tempfile.TemporaryDirectory() as place, running(sync=given.sync) as server:
        parts: dict[str, dict[str, Any]] = {}
        for engine, where in (("sqlite", str(Path(place) / "war.tidings")), ("postgresql", server.url())):
            parts[engine] = stored(where, held, tables)
            print(
                f"{engine}: {sum(parts[engine].values()):.1f} s",
                {what: round(s, 1) for what, s in parts[engine].items()},
            )
    ratio = sum(parts["postgresql"].values()) / sum(parts["sqlite"].values())
    print(f"{len(held.claims):,} claims: PostgreSQL takes {ratio:.2f} times as long as SQLite (at most {LIMIT:g})")
    return 0 if ratio <= LIMIT else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
