"""The process that opens PDF files for :mod:`tidings.gather.doors.pdf`: one length and file in, one length and answer out."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from tidings.gather.doors.pdf_layout import laid_out
from tidings.gather.doors.pdf_pieces import Letter, Piece, pieces_of

__all__ = ["main", "read"]

MOST_PAGES = 3000
MOST_LETTERS = 100_000
"""Letters of one page that are read; a page of the smallest print has some 15,000."""
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
        pieces = list(pieces_of(_letters(text, height)))
        drawn = any(True for _ in page.get_objects(max_depth=2)) if not pieces else True
        text.close()
        page.close()
    except pypdfium2.PdfiumError:
        return [], 0.0, False
    return pieces, height, drawn


def _letters(text: Any, height: float) -> Iterator[Letter]:
    """Yield the letters of a page in the order in which they are drawn; blanks and ends of lines have no box."""
    from ctypes import byref

    from pypdfium2 import raw

    # The loose box has the height of the font and not of the letter, so that all letters of a line are equally high.
    box = raw.FS_RECTF()
    for at in range(min(text.count_chars(), MOST_LETTERS)):
        code = raw.FPDFText_GetUnicode(text, at)
        # PDFium marks a hyphen at the end of a line by one of these.
        char = "-" if code in {2, 0xFFFE} else chr(code) if 0 < code < 0x110000 else ""
        if not char or 0xD800 <= code < 0xE000:
            continue
        held = raw.FPDFText_GetLooseCharBox(text, at, byref(box))
        if held and box.right > box.left and box.top > box.bottom:
            yield Letter(char, box.left, height - box.top, box.right, height - box.bottom)
        else:
            yield Letter(char)


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
