"""One report: bytes to a document, with what it says of itself and without its furniture."""

from __future__ import annotations

import re
from dataclasses import replace

from tidings.gather.cut import cut
from tidings.gather.dates import UPDATED_BASIS, printed_dates, printed_day
from tidings.gather.decode import Undecodable
from tidings.gather.doors import Words, words_of
from tidings.gather.furniture import furniture, lines_of
from tidings.gather.language import language_name, language_of
from tidings.gather.row import Row
from tidings.gather.says import Self, byline_of, says_of_itself
from tidings.model import UNKNOWN, DocId, Document, Span, When, content_id, parse_edtf, sha256_hex

__all__ = ["NO_WORDS", "decoded_original", "take_in"]

NO_WORDS = "the file holds no words"
LEAST_WRAPPED_LINES = 4
"""Lines that must run on before a text counts as wrapped: a headline over two lines is no proof."""
WRAP_WIDTHS = (45, 110)
"""The widths at which editors and mail programs break lines."""


def decoded_original(data: bytes, path: str) -> str:
    """Return the words into which ``Document.removed`` points: what a file or page holds before anything is cut.

    ``restore(document.text, document.removed)`` gives it back exactly. For a web page these are its visible words, one
    block a line; for a PDF its paragraphs in reading order; for a row of a table its title and its text.

    Args:
        data: The bytes as received.
        path: The report's path; it says by which door it came in.

    Raises:
        Undecodable: The bytes are no text.
    """
    return words_of(data, path).text


def take_in(
    data: bytes,
    path: str,
    *,
    row: Row | None = None,
    languages: frozenset[str] = frozenset({"en"}),
    careful: bool = True,
) -> Document:
    """Return the document that ``data`` holds.

    Args:
        data: The bytes as received.
        path: What the report is called in the record; its ending says by which door it comes in.
        row: What a sidecar, or the file that holds it, says about it.
        languages: Codes of the languages that some reader reads; a report in another one is kept as unread.
        careful: Ask a second finder what of a web page is the report, and note where the two disagree.

    Raises:
        Undecodable: The bytes hold no report; the error says why and what to do.
    """
    if not data.strip():
        raise Undecodable("the file is empty", "Fetch the report again, or take the file out.")
    row = row or Row()
    words = words_of(data, path)
    original, spans, said, basis = words.text, list(words.spans), dict(words.said), words.basis
    # Markup is cut before furniture is looked for, by blanks of the same length, so that offsets hold.
    bare = _blanked(original, spans)
    text, removed = cut(original, [*spans, *furniture(bare)])
    self_said = says_of_itself(bare, text)
    publisher = row.publisher or said.get("publisher", "") or self_said.publisher
    if publisher:
        text, removed = cut(original, [*spans, *furniture(bare, credit=publisher)])
        self_said = says_of_itself(bare, text)
    if not any(char.isalnum() for char in text):
        raise Undecodable(NO_WORDS, "Check that it holds the report's text.")
    language = row.language or language_of(text) or _declared(said)
    notes = [*words.notes, *_disagreements(row, said, self_said), _doubt(words, text) if careful else ""]
    published = _published(row, said, basis, original, bare, self_said, language, notes)
    title = row.title or self_said.title or said.get("title", "")
    return Document(
        id=DocId(content_id("d", sha256_hex(data))),
        path=path,
        sha256=sha256_hex(data),
        text=text,
        url=row.url or said.get("url", ""),
        publisher=publisher,
        title=title,
        title_end=_title_end(text, title, self_said),
        byline=self_said.byline or said.get("byline", "") or _byline_above(original, self_said.title, basis),
        dateline=self_said.dateline,
        language=language,
        published=published,
        published_basis=published.basis,
        removed=removed,
        unread="" if not language or language in languages else f"no reader for {language_name(language)}",
        notes=tuple(note for note in notes if note),
        wrapped=is_wrapped(text),
    )


def _doubt(words: Words, text: str) -> str:
    return words.doubt(text) if words.doubt is not None else ""


def is_wrapped(text: str) -> bool:
    """Return whether a text's lines are broken at a fixed width, so that a line break is a space and no end.

    Lines that go on within their paragraph are then nearly all about as wide as the widest, and end within sentences.
    """
    inner: list[str] = []
    for block in re.split(r"\n\s*\n", text):
        inner += [line.strip() for line in block.strip().split("\n")[:-1]]
    if len(inner) < LEAST_WRAPPED_LINES:
        return False
    widest = max(map(len, inner))
    full = sum(len(line) >= widest * 0.7 for line in inner)
    ended = sum(line.endswith((".", "!", "?", ".”", '."')) for line in inner)
    return WRAP_WIDTHS[0] <= widest <= WRAP_WIDTHS[1] and full >= 0.8 * len(inner) and ended <= 0.4 * len(inner)


def _blanked(original: str, spans: list[Span]) -> str:
    pieces: list[str] = []
    position = 0
    for span in sorted(spans):
        if span.end <= position:
            continue
        start = max(span.start, position)
        pieces += (original[position:start], re.sub(r"[^\n]", " ", original[start : span.end]))
        position = span.end
    return "".join([*pieces, original[position:]])


def _declared(said: dict[str, str]) -> str:
    code = said.get("language", "").split("-")[0].strip().lower()
    return code if re.fullmatch(r"[a-z]{2,3}", code) else ""


def _title_end(text: str, title: str, self_said: Self) -> int:
    """Return where the title ends in the text, 0 where the text does not open with it."""
    if title == self_said.title:
        return self_said.title_end
    words = title.split()
    found = re.match(r"\s*" + r"\s+".join(map(re.escape, words)), text) if words else None
    return found.end() if found else 0


def _disagreements(row: Row, said: dict[str, str], self_said: Self) -> list[str]:
    """Return a sentence for each thing on which the sidecar and the report differ: the sidecar wins, and it is said."""
    report = said.get("publisher", "") or self_said.publisher
    notes = []
    if row.publisher and report and row.publisher.casefold() != report.casefold():
        notes.append(f"The sidecar names {row.publisher} as publisher, the report {report}.")
    return notes


def _published(
    row: Row,
    said: dict[str, str],
    basis: str,
    original: str,
    bare: str,
    self_said: Self,
    language: str,
    notes: list[str],
) -> When:
    """Return the day of publication: the sidecar's, else the metadata's, else the printed one; never the file's own."""
    printed = printed_day(
        [line.words for line in lines_of(bare)],
        title=self_said.title,
        dateline=self_said.dateline,
        language=language,
    )
    if not printed.known and bare is not original and basis == "html metadata":
        # A page's line of author and date stands above the report and is left out of it with the navigation.
        printed = printed_day(
            _from_title(original, self_said.title),
            title=self_said.title,
            dateline=self_said.dateline,
            language=language,
        )
    meta = _metadata_day(said.get("published", ""), basis)
    own = meta if meta.known else printed
    if printed.basis == UPDATED_BASIS and own is printed:
        notes.append("Only the day of the last change is printed: it was published that day or the day before.")
    if meta.known and printed.known and printed.basis != UPDATED_BASIS and not meta.meets(printed):
        notes.append(
            f"The page's metadata give {meta.edtf()} as day of publication, the report prints {printed.edtf()}."
        )
    if not row.published.known:
        return own
    if own.known and not row.published.meets(own):
        notes.append(f"The sidecar gives {row.published.edtf()} as day of publication, the report {own.edtf()}.")
    return row.published


def _byline_above(original: str, title: str, basis: str) -> str:
    if basis != "html metadata":
        return ""
    return next((name for line in _from_title(original, title) if (name := byline_of(line))), "")


def _from_title(original: str, title: str) -> list[str]:
    lines = [line.words for line in lines_of(original)]
    at = max((number for number, line in enumerate(lines[:400]) if title and line.startswith(title)), default=-1)
    return lines[at : at + 12] if at >= 0 else []


def _metadata_day(words: str, basis: str) -> When:
    if not words:
        return UNKNOWN
    try:
        return parse_edtf(words.split("T")[0].split(" ")[0], basis=basis)
    except ValueError:
        dates = printed_dates(words)
        if len(dates) != 1:
            return UNKNOWN
        days = dates[0].days
        when = When.between(days[0], days[-1], basis=basis)
        return replace(when, choices=days) if len(days) > 1 else when
