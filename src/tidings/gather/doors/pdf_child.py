"""The process that opens PDF files for :mod:`tidings.gather.doors.pdf`: one length and file in, one length and answer out."""

from __future__ import annotations

import json
import sys
from contextlib import suppress
from typing import Any

from tidings.gather.doors.pdf_layout import Piece, laid_out

__all__ = ["main", "read"]

MOST_PAGES = 3000
MOST_PIECES = 20_000
"""Pieces of text on one page that are laid out; maps and plans drawn letter by letter have more."""
MOST_MEMORY = 3 * 1024**3
MOST_TEXT = 16 * 1024 * 1024
_NEEDS_OCR = (
    "it holds pictures of pages and no words: it needs OCR",
    "Run OCR over it (ocrmypdf, for one), look the words over, and give its result.",
)


def read(data: bytes) -> dict[str, Any]:
    """Return text, spans and notes of a PDF, or why it is refused."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            return {"refused": ["the PDF is locked with a password", "Open it and save it again without one."]}
        return {"refused": ["the PDF is damaged", "Fetch it again, or save its text as .txt."]}
    try:
        if len(document) > MOST_PAGES:
            return {"refused": [f"it has more than {MOST_PAGES:,} pages", "Split it into its reports."]}
        pages, blind, notes = [], [], []
        for number in range(len(document)):
            pieces, height, drawn = _page(document, number)
            pages.append((pieces, height))
            if not pieces and drawn:
                blind.append(number + 1)
        laid = laid_out(pages)
        if not any(char.isalnum() for char in laid.text):
            if blind:
                return {"refused": list(_NEEDS_OCR)}
            return {"refused": ["the PDF holds no words", "Check that it holds the report's text."]}
        if blind:
            shown = ", ".join(map(str, blind[:20])) + (" …" if len(blind) > 20 else "")
            notes.append(f"{len(blind)} of {len(pages)} pages hold pictures and no words and need OCR: {shown}.")
        if len(laid.text) > MOST_TEXT:
            return {"refused": ["it holds more words than a single report", "Split it into its reports."]}
        return {"text": laid.text, "spans": laid.spans, "notes": [*notes, *laid.notes]}
    finally:
        document.close()


def _page(document: Any, number: int) -> tuple[list[Piece], float, bool]:
    """Return a page's pieces of text, its height in points, and whether anything else is drawn on it."""
    import pypdfium2

    try:
        page = document[number]
        text = page.get_textpage()
        height = float(page.get_height())
        pieces = []
        for at in range(min(text.count_rects(), MOST_PIECES)):
            left, bottom, right, top = text.get_rect(at)
            words = " ".join(text.get_text_bounded(left, bottom, right, top).replace("\x00", "").split())
            if words and right > left and top > bottom:
                pieces.append(Piece(left, height - top, right, height - bottom, words))
        drawn = any(True for _ in page.get_objects(max_depth=2)) if not pieces else True
        text.close()
        page.close()
    except pypdfium2.PdfiumError:
        return [], 0.0, False
    return pieces, height, drawn


def _bound() -> None:
    """Bound the memory of this process, where the system can; the time is bounded by whoever waits for it."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> None:
    """Answer files until there are no more."""
    _bound()
    stdin, stdout = sys.stdin.buffer, sys.stdout.buffer
    while len(head := stdin.read(8)) == 8:
        data = stdin.read(int.from_bytes(head, "big"))
        try:
            told = read(data)
        except MemoryError:
            told = {"refused": ["it takes more memory to open than it may", "Split it, or save its text as .txt."]}
        except Exception as error:
            told = {"refused": [f"it could not be taken apart ({type(error).__name__})", "Save its text as .txt."]}
        answer = json.dumps(told).encode()
        stdout.write(len(answer).to_bytes(8, "big") + answer)
        stdout.flush()


if __name__ == "__main__":
    main()
