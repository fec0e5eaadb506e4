"""Run the line over reports and write the contract tables as JSON Lines, without a record file.

usage: python -m bench.run_line REPORTS… --out DIR [--known FILE.csv] [--sidecar FILE]

Readings are not kept: use it to score a change in a stage, and `tidings build` for a record.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from tidings import pipeline
from tidings.store.rows import tables
from tidings.tell.formats import jsonl


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("reports", nargs="+", type=Path)
    parser.add_argument("--out", required=True, type=Path)
    parser.add_argument("--known", type=Path)
    parser.add_argument("--sidecar", type=Path)
    args = parser.parse_args()
    clock = time.perf_counter()

    def lap(name: str) -> None:
        nonlocal clock
        now = time.perf_counter()
        print(f"{now - clock:8.2f} s  {name}", file=sys.stderr)
        clock = now

    gathered = pipeline.gather(args.reports, sidecar=args.sidecar)
    for refusal in gathered.refusals:
        print(f"{refusal.path}: {refusal.reason}. {refusal.advice}", file=sys.stderr)
    documents = [*gathered.documents, *(pipeline.known_documents(args.known) if args.known else ())]
    lap(f"gathered {len(documents)} documents")
    readings = list(pipeline.read_all(documents))
    lap(f"read {sum(len(reading.claims) for reading in readings)} claims")
    gazetteer = pipeline.open_gazetteer()
    lap("opened the gazetteer")
    contents = pipeline.contents(
        documents, readings, gazetteer=gazetteer, progress=lambda name, done, total: lap(f"{name} {done}/{total}")
    )
    rows = tables(contents)
    jsonl.write(rows, args.out)
    lap("wrote " + ", ".join(f"{name} {len(held)}" for name, held in rows.items() if held))


if __name__ == "__main__":
    main()
