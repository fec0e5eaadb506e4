"""Speed as ratios within one run: the read stage over the bare language pipeline, and the build as a whole."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

import tidings
from bench.shared import SHARED
from tidings.gather import gather
from tidings.read import readers
from tidings.read.page import pages
from tidings.read.pipeline import load_pipeline

__all__ = ["run"]


def run(out: Path) -> list[tuple[str, float, str]]:
    """Return rows of (what, figure, remark). The texts are the five reports, eight times over."""
    folder = SHARED / "reports" / "hasakah"
    documents = [document for document in gather([folder]).documents if not document.unread] * 8
    nlp = load_pipeline()
    reader = next(reader for reader in readers() if "en" in reader.languages)
    list(reader.read(documents[:5]))
    bare, whole = [], []
    for _ in range(3):
        start = time.perf_counter()
        for _page in pages(nlp, documents):
            pass
        middle = time.perf_counter()
        list(reader.read(documents))
        bare.append(middle - start)
        whole.append(time.perf_counter() - middle)
    with tempfile.TemporaryDirectory() as place:
        start = time.perf_counter()
        tidings.build([folder], into=Path(place) / "speed.tidings").close()
        build = time.perf_counter() - start
    ratio = min(whole) / min(bare)
    return [
        ("reports read a second", round(len(documents) / min(whole), 2), "one process, 600 words a report"),
        ("read stage over the bare language pipeline", round(ratio, 3), "ratio, same texts, same run"),
        ("five reports built, seconds", round(build, 2), "pipeline and gazetteer already loaded"),
    ]
