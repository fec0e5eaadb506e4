"""Speed as ratios within one run: the read stage over the bare language pipeline, and the build as a whole."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from statistics import median

import tidings
from bench.shared import SHARED
from tidings.gather import gather
from tidings.read import readers
from tidings.read.page import pages
from tidings.read.pipeline import load_pipeline

__all__ = ["run"]

PAIRS = 5
"""How often the bare pipeline and the whole stage are timed, one after the other."""


def run(out: Path) -> list[tuple[str, float, str]]:
    """Return rows of (what, figure, remark). The texts are the five reports, eight times over."""
    folder = SHARED / "reports" / "hasakah"
    documents = [document for document in gather([folder]).documents if not document.unread] * 8
    nlp = load_pipeline()
    reader = next(reader for reader in readers() if "en" in reader.languages)
    # The same paragraphs that the reader hands to the pipeline, in batches of the same size.
    texts = [paragraph.plain for page in pages(nlp, documents) for paragraph in page.paragraphs]
    list(reader.read(documents[:5]))
    ratios: list[float] = []
    waited: list[float] = []
    for _ in range(PAIRS):
        # The processor's time, in pairs: what else the machine does meanwhile hits both alike.
        start = time.process_time()
        for _parsed in nlp.pipe(texts, batch_size=64):
            pass
        middle, seen = time.process_time(), time.perf_counter()
        list(reader.read(documents))
        bare = middle - start
        ratios.append((time.process_time() - middle) / bare)
        waited.append(time.perf_counter() - seen)
    with tempfile.TemporaryDirectory() as place:
        start = time.perf_counter()
        tidings.build([folder], into=Path(place) / "speed.tidings").close()
        build = time.perf_counter() - start
    return [
        ("reports read a second", round(len(documents) / min(waited), 2), "one process, 600 words a report"),
        (
            "read stage over the bare language pipeline",
            round(median(ratios), 3),
            f"median of {PAIRS} pairs, processor time, same texts and batches",
        ),
        ("five reports built, seconds", round(build, 2), "pipeline and gazetteer already loaded"),
    ]
