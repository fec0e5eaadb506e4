"""Pieces of text on pages to paragraphs in reading order: columns, tables, hyphens, running headers and footers.

A PDF holds no lines, paragraphs or columns, only letters at places. Pieces on one height are joined to lines; lines with an
empty strip between them down the page are columns; a paragraph ends at a wider gap, an indent, or a short line that ends a
sentence. What stands at the top or foot of page after page is no word of the report and is put at the end, to be cut.

Coordinates are points (1/72 inch) from the top left corner.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from tidings.gather.doors.pdf_hyphens import hyphens
from tidings.gather.doors.pdf_pieces import SAME_LINE, Piece, leftward

__all__ = ["Laid", "laid_out"]

EDGE = 0.12
"""The part of a page's height at its top and foot in which running lines stand."""
RUNNING_PAGES = 3
"""Pages on which a line must stand to be a running one."""
GUTTER = 0.9
"""The width of the strip between columns, in heights of a line."""
BAND_GAP = 1.5
"""The white between two lines, in their height, that ends columns beside each other when it runs across all of them."""
PARAGRAPH_GAP = 1.55
"""The distance between two lines, in the usual one, from which a new paragraph begins."""
CELL_WORDS = 3.5
"""Words a piece, on the median, below which pieces side by side are a table and are read row by row."""
MOST_LINES = 1200
_ENDS = (".", "!", "?", "”", '."', ":", "؟", "。", "…")
_LINE_END = re.compile(r"(?<!\n)\n(?!\n)")
_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"(?:page\s|p\.\s?|-\s?|–\s?)?(?:\d{1,4}|[ivxlc]{1,7})(?:\s?(?:/|of|von|de|из)\s?\d{1,4})?(?:\s?[-–])?",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Laid:
    """The text of a document, the spans of it that are no words of the report, and notes."""

    text: str
    spans: list[tuple[int, int]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def laid_out(pages: Sequence[tuple[Sequence[Piece], float]]) -> Laid:
    """Return the text of a document.

    Args:
        pages: For each page its pieces and its height.
    """
    lines = [_lines(pieces) for pieces, _ in pages]
    running = _running([(found, height) for found, (_, height) in zip(lines, pages, strict=True)])
    paragraphs: list[str] = []
    aside: list[str] = []
    columns = 1
    for found, (_, height) in zip(lines, pages, strict=True):
        kept = []
        for line in found:
            if _in_edge(line, height) and (_mask(line.words) in running or _PAGE_NUMBER.fullmatch(line.words)):
                aside.append(line.words)
            else:
                kept.append(line)
        for group in _columns(kept):
            columns = max(columns, group[1])
            for paragraph in _paragraphs(group[0]):
                if paragraphs and _goes_on(paragraphs[-1], paragraph):
                    paragraphs[-1] = f"{paragraphs[-1]}\n{paragraph}"
                else:
                    paragraphs.append(paragraph)
    body = "\n\n".join(paragraphs)
    spans = hyphens(body)
    # Within a paragraph the end of a printed line is a blank.
    body = _LINE_END.sub(" ", body)
    if not aside:
        return Laid(body, spans)
    foot = "\n\n" + "\n".join(aside)
    notes = [f"{len(aside)} running headers, footers and page numbers were left out."]
    return Laid(body + foot, [*spans, (len(body), len(body) + len(foot))], notes)


def _lines(pieces: Sequence[Piece]) -> list[Piece]:
    """Return pieces joined to lines, in the order of their tops; pieces far apart on one height stay apart."""
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: (piece.top + piece.bottom, piece.left)):
        middle = (piece.top + piece.bottom) / 2
        row = rows[-1] if rows else None
        if row is not None and any(one.top <= middle <= one.bottom for one in row[-8:]):
            row.append(piece)
        else:
            rows.append([piece])
    lines: list[Piece] = []
    for row in rows:
        back = leftward(" ".join(piece.words for piece in row))
        row.sort(key=lambda piece: -piece.right if back else piece.left)
        line = row[0]
        for piece in row[1:]:
            apart = max(piece.left - line.right, line.left - piece.right)
            if apart > SAME_LINE * max(piece.height, line.height):
                lines.append(line)
                line = piece
                continue
            gap = apart > 0.12 * max(piece.height, line.height)
            words = f"{line.words}{' ' if gap else ''}{piece.words}"
            left, right = min(line.left, piece.left), max(line.right, piece.right)
            line = Piece(left, min(line.top, piece.top), right, max(line.bottom, piece.bottom), words)
        lines.append(line)
    return lines


def _mask(words: str) -> str:
    return _DIGITS.sub("#", words.casefold())


def _in_edge(line: Piece, height: float) -> bool:
    return line.bottom <= EDGE * height or line.top >= (1 - EDGE) * height


def _running(pages: Sequence[tuple[list[Piece], float]]) -> set[str]:
    """Return the lines, figures masked, that stand at the edge of several pages."""
    seen: Counter[str] = Counter()
    for lines, height in pages:
        seen.update({_mask(line.words) for line in lines if _in_edge(line, height)})
    return {words for words, pages_with in seen.items() if pages_with >= RUNNING_PAGES}


def _columns(lines: list[Piece]) -> list[tuple[list[Piece], int]]:
    """Return groups of lines in reading order, each with the number of columns beside each other where it was found.

    Bands are taken from the top: as long as an empty strip runs down between the lines, they are columns; a line across it
    begins another band.
    """
    if not lines or len(lines) > MOST_LINES:
        return [(lines, 1)] if lines else []
    groups: list[tuple[list[Piece], int]] = []
    height = median(line.height for line in lines)
    band: list[Piece] = []
    for line in lines:
        below = band and line.top - max(one.bottom for one in band) > BAND_GAP * height
        if band and _strips(band, height) and (below or not _strips([*band, line], height)):
            groups += _split(band, height)
            band = []
        elif band and not _strips(band, height) and len(band) > 1 and _strips([band[-1], line], height):
            groups.append((band[:-1], 1))
            band = [band[-1]]
        band.append(line)
    groups += _split(band, height)
    return groups


def _strips(lines: Sequence[Piece], height: float) -> list[float]:
    """Return the middles of the empty strips that run down between the lines."""
    strips = []
    reach = None
    for line in sorted(lines, key=lambda line: line.left):
        if reach is not None and line.left - reach > GUTTER * height:
            strips.append((reach + line.left) / 2)
        reach = line.right if reach is None else max(reach, line.right)
    return strips


def _split(band: list[Piece], height: float) -> list[tuple[list[Piece], int]]:
    strips = _strips(band, height)
    columns: list[list[Piece]] = [[] for _ in range(len(strips) + 1)]
    for line in band:
        columns[sum(line.left > strip for strip in strips)].append(line)
    words = median(len(line.words.split()) for line in band) if band else 0
    if len(columns) > 1 and (words < CELL_WORDS or min(map(len, columns)) < 2):
        return [([_row(row)], 1) for row in _rows(band)]
    if leftward(" ".join(line.words for line in band)):
        columns.reverse()
    return [(column, len(columns)) for column in columns]


def _rows(band: list[Piece]) -> list[list[Piece]]:
    rows: list[list[Piece]] = []
    for line in band:
        if rows and line.top < rows[-1][0].bottom - 0.3 * line.height:
            rows[-1].append(line)
        else:
            rows.append([line])
    return rows


def _row(row: list[Piece]) -> Piece:
    row = sorted(row, key=lambda line: line.left)
    words = "; ".join(line.words for line in row)
    return Piece(row[0].left, min(line.top for line in row), row[-1].right, max(line.bottom for line in row), words)


def _paragraphs(lines: list[Piece]) -> list[str]:
    """Return the paragraphs of one column; the ends of printed lines within them are kept."""
    if not lines:
        return []
    if leftward(" ".join(line.words for line in lines)):
        # Seen in a mirror, lines that run to the left begin and end as others do.
        lines = [Piece(-line.right, line.top, -line.left, line.bottom, line.words) for line in lines]
    steps = [below.top - above.top for above, below in pairwise(lines) if below.top > above.top]
    step = median(steps) if steps else lines[0].height
    left = min(line.left for line in lines)
    right = max(line.right for line in lines)
    paragraphs = [lines[0].words]
    for above, line in pairwise(lines):
        tall = max(above.height, line.height) > 1.25 * max(1.0, min(above.height, line.height))
        ended = above.words.endswith(_ENDS)
        short = above.right < right - 0.18 * (right - left)
        indented = line.left > left + 0.7 * line.height and above.left <= left + 0.7 * line.height
        apart = line.top - above.top > PARAGRAPH_GAP * max(step, 1.15 * line.height)
        if tall or apart or (ended and (short or indented)):
            paragraphs.append(line.words)
        else:
            paragraphs[-1] = f"{paragraphs[-1]}\n{line.words}"
    return paragraphs


def _goes_on(before: str, after: str) -> bool:
    """Return whether a paragraph goes on over a column or a page."""
    return not before.endswith(_ENDS) and len(before) > 60 and (after[:1].islower() or before.endswith("-"))
