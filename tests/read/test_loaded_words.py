"""The coding does not change with the wording: loaded words are swapped for plain ones in whole reports."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path

import pytest

from tidings.model import Document, ReaderStamp, Reading
from tidings.read.english import read_page
from tidings.read.lexicon import Lexicon
from tidings.read.page import pages
from tidings.read.pipeline import load_pipeline, model_stamp

ROOT = Path(__file__).resolve().parents[2]
PAIRS = (("fighters", "gangs"), ("captured", "liberated"), ("killed", "martyred"), ("government", "regime"))
"""Words that the camps of a war exchange for each other."""
OWN = (
    "Rebel fighters captured Tawila on Monday. Government troops killed five fighters near the market, residents said.",
    "The government said its army had captured two hills near Taiz. Four soldiers were killed, a medic told Aden Voice.",
    "Fighters loyal to the council captured the port of Ras Naji. Six people were killed when government jets bombed it.",
    "Government forces shelled Demoso. Two teachers were killed and hundreds fled, the relief group Karenni Aid said.",
)
"""Short reports in whose sentences every pair can be swapped."""


def _texts() -> Iterator[tuple[str, str]]:
    for number, text in enumerate(OWN):
        yield f"own-{number}", text
    folders = [
        ROOT / "bench" / "own" / "dev" / "reports",
        Path(str(files("tidings") / "demo" / "reports")),
        ROOT.parent / "shared" / "reports" / "hasakah",
    ]
    for folder in folders:
        if folder.is_dir():
            for path in sorted(folder.glob("*.txt")):
                yield path.stem, path.read_text(encoding="utf-8")


def _swapped(text: str, one: str, other: str) -> str:
    """Return the text with one word of a pair for the other, where it stands as a word of its own.

    "Captured" and "liberated" mean the same of a place only: people who are captured are held, and liberated ones go free.
    """
    taken = {(claim.trigger_start, claim.trigger_end) for claim in _reading(text).claims if claim.kind == "control"}

    def swap(found: re.Match[str]) -> str:
        fits = {one, other} != {"captured", "liberated"} or found.span() in taken
        return other if fits else found.group()

    return re.sub(rf"(?<![\w-]){one}(?![\w-])", swap, text)


@cache
def _reading(text: str) -> Reading:
    document = Document(id="d_1", path="report.txt", text=text, sha256="", language="en")  # type: ignore[arg-type]
    page = next(pages(load_pipeline(), [document]))
    return read_page(page, Lexicon.load(), ReaderStamp(name="en.rules", version="1", model=model_stamp()))


def _coding(text: str) -> list[tuple[object, ...]]:
    """Return types, modes and roles of all claims in order of their words; not the words, which differ."""
    return [
        (claim.kind, claim.type, claim.mode, claim.measure, len(claim.agents), len(claim.targets), len(claim.places))
        for claim in sorted(_reading(text).claims, key=lambda claim: (claim.trigger_start, claim.kind, claim.type))
    ]


@pytest.mark.parametrize(("plain", "loaded"), PAIRS)
@pytest.mark.parametrize(("name", "text"), list(_texts()), ids=[name for name, _ in _texts()])
def test_the_coding_of_a_report_does_not_change_with_loaded_words(
    name: str, text: str, plain: str, loaded: str
) -> None:
    """Types, roles and modes of every claim of a report stay when a loaded word is swapped for a plain one, and back."""
    for one, other in ((plain, loaded), (loaded, plain)):
        other_text = _swapped(text, one, other)
        if other_text != text:
            assert _coding(other_text) == _coding(text), name
