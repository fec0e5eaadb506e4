"""A web page as its visible words, line by line, and which of the lines are the report.

A page is hostile until shown otherwise: it is walked once from left to right without recursion, nothing in it is run or
fetched, and what cannot be understood is passed over. The *decoded original* of a page is what :func:`visible` returns:
its words with entities decoded, one block a line. Offsets of what was left out point into that.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from tidings.model import Span

__all__ = ["Page", "boilerplate", "visible"]

_DROPPED = frozenset(
    "script style noscript template svg math iframe object embed select textarea canvas audio video".split()
)
_BLOCKS = frozenset(
    "address article aside blockquote body br button caption center dd details dialog div dl dt fieldset figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 head header hr html label legend li main menu nav ol option p pre section summary table tbody td tfoot th thead title tr ul".split()
)
_ASIDE = frozenset("nav aside footer form button menu label dialog".split())
_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
_NAME = re.compile(r"/?[A-Za-z][A-Za-z0-9:-]{0,30}")
_ATTRIBUTE = re.compile(
    r"([A-Za-z][\w:.-]{0,40})\s{0,5}=\s{0,5}(?:\"([^\"]{0,4000})\"|'([^']{0,4000})'|([^\s\"'>]{1,2000}))"
)
# Rendering folds these and leaves the non-breaking space alone.
_SPACE = re.compile(r"[ \t\r\n\f\v]+")
_WORDS = re.compile(r"\w+")
LONGEST_TAG = 20_000
"""Code points in which a tag must close; an open one further from its end is text."""
DEEPEST = 200
"""Open elements kept in mind; deeper ones count as the deepest."""
MOST_TAGS = 60_000
"""Tags up to which the content finder is asked; a page with more is judged by its paragraphs alone, to stay bounded."""


MOST_WORK = 10**9
"""Letters of the report, times blocks of the page, up to which parts of paragraphs are looked for."""


@dataclass(frozen=True, slots=True)
class _Block:
    words: str
    start: int
    tag: str
    aside: bool
    article: bool

    @property
    def end(self) -> int:
        return self.start + len(self.words)


@dataclass(slots=True)
class Page:
    """The visible words of a page and what it says of itself.

    ``said`` holds title, publisher, published, byline, url and language as the page's metadata give them.
    """

    text: str
    said: dict[str, str] = field(default_factory=dict)
    blocks: list[_Block] = field(default_factory=list)
    tags: int = 0
    deepest: int = 0


def _unescaped(words: str) -> str:
    try:
        return html.unescape(words)
    except ValueError:
        # A numeric entity of thousands of digits is a trap and no character.
        return words


def _tokens(source: str) -> Iterator[tuple[str, str]]:
    """Yield ("text", words), ("tag", inside) in order, in one pass."""
    at = 0
    while at < len(source):
        opens = source.find("<", at)
        if opens < 0:
            yield "text", source[at:]
            return
        if opens > at:
            yield "text", source[at:opens]
        if source.startswith("<!--", opens):
            ends = source.find("-->", opens + 4)
            if ends < 0:
                return
            at = ends + 3
        elif source.startswith(("<!", "<?"), opens):
            ends = source.find(">", opens)
            if ends < 0:
                return
            at = ends + 1
        elif not _NAME.match(source, opens + 1):
            yield "text", "<"
            at = opens + 1
        else:
            ends = _tag_end(source, opens)
            if ends < 0:
                yield "text", "<"
                at = opens + 1
                continue
            inside = source[opens + 1 : ends]
            yield "tag", inside
            at = ends + 1
            name = _name(inside)
            if name in _DROPPED and not inside.endswith("/"):
                # The browser looks for nothing but the closing tag in there, and so do we.
                closing = re.compile(rf"</{name}\b", re.IGNORECASE).search(source, at)
                if name == "script" and "ld+json" in inside:
                    yield "json", source[at : closing.start() if closing else len(source)][:200_000]
                if closing is None:
                    return
                at = closing.start()


def _tag_end(source: str, opens: int) -> int:
    limit = min(len(source), opens + LONGEST_TAG)
    ends = source.find(">", opens, limit)
    if ends >= 0 and source.count('"', opens, ends) % 2:
        # A ">" inside an attribute's quotation marks does not close the tag.
        quote = source.find('"', ends, limit)
        later = source.find(">", quote, limit) if quote >= 0 else -1
        ends = later if later >= 0 else ends
    return ends


def _name(inside: str) -> str:
    found = _NAME.match(inside)
    return found[0].lower() if found else ""


def visible(source: str) -> Page:
    """Return the words that a page shows, and what its metadata say.

    Args:
        source: The page's decoded source.
    """
    page = Page("")
    said: dict[str, str] = {}
    stack: list[str] = []
    pending: list[str] = []
    blocks: list[tuple[str, str, bool, bool]] = []

    def close() -> None:
        words = _SPACE.sub(" ", "".join(pending)).strip(" ")
        pending.clear()
        if words.strip():
            tag = next((name for name in reversed(stack) if name in _BLOCKS), "body")
            blocks.append((words, tag, any(name in _ASIDE for name in stack), bool({"article", "main"} & set(stack))))

    for kind, value in _tokens(source):
        if kind == "text":
            pending.append(_unescaped(value))
            continue
        if kind == "json":
            _linked_data(value, said)
            continue
        page.tags += 1
        name = _name(value)
        if name == "meta":
            _meta(value, said)
        elif name == "link" or name == "html" or name == "time":
            _other(name, value, said)
        closing = name.startswith("/")
        bare = name.removeprefix("/")
        if bare in _BLOCKS:
            close()
        if closing:
            if bare in stack[-40:]:
                while stack and stack.pop() != bare:
                    pass
        elif bare not in _VOID and bare not in _DROPPED and not value.endswith("/") and len(stack) < DEEPEST:
            # A paragraph or list item left open ends where the next one begins.
            if bare in {"p", "li", "td", "th", "tr", "dd", "dt"} and stack and stack[-1] == bare:
                stack.pop()
            stack.append(bare)
            page.deepest = max(page.deepest, len(stack))
    close()
    return _laid_out(page, blocks, said)


def _laid_out(page: Page, blocks: list[tuple[str, str, bool, bool]], said: dict[str, str]) -> Page:
    pieces: list[str] = []
    position = 0
    for words, tag, aside, article in blocks:
        page.blocks.append(_Block(words, position, tag, aside, article))
        pieces.append(words)
        position += len(words) + 2
    page.text = "\n\n".join(pieces)
    head = next((block.words for block in page.blocks if block.tag == "title"), "")
    title = said.get("og:title") or next((block.words for block in page.blocks if block.tag == "h1"), "") or head
    page.said = {
        "title": " ".join(title.split()),
        "publisher": said.get("ld:publisher") or said.get("og:site_name") or said.get("application-name") or "",
        "published": said.get("published", ""),
        "byline": said.get("author", ""),
        "url": said.get("url", ""),
        "language": said.get("language", ""),
    }
    return page


def _attributes(inside: str) -> dict[str, str]:
    return {
        found[1].lower(): _unescaped(found[2] or found[3] or found[4] or "")
        for found in _ATTRIBUTE.finditer(inside[:LONGEST_TAG])
    }


_PUBLISHED = (
    "article:published_time", "datepublished", "article:published", "dc.date.issued", "dcterms.issued", "dc.date", "dcterms.date",
    "pubdate", "publishdate", "publish-date", "publication_date", "sailthru.date", "parsely-pub-date", "date", "og:published_time", "cxenseparse:recs:publishtime",
)  # fmt: skip


def _meta(inside: str, said: dict[str, str]) -> None:
    attributes = _attributes(inside)
    name = (attributes.get("property") or attributes.get("name") or attributes.get("itemprop") or "").lower()
    content = " ".join(attributes.get("content", "").split())
    if not name or not content:
        return
    if name in _PUBLISHED:
        said.setdefault("published", content)
    elif name in {"og:title", "og:site_name", "application-name"}:
        said.setdefault(name, content)
    elif name in {"author", "article:author", "byl", "dc.creator", "parsely-author"} and "://" not in content:
        said.setdefault("author", content)
    elif name == "og:url":
        said.setdefault("url", content)


def _other(name: str, inside: str, said: dict[str, str]) -> None:
    attributes = _attributes(inside)
    if name == "link" and attributes.get("rel", "").lower() == "canonical" and attributes.get("href"):
        said["url"] = attributes["href"].strip()
    elif name == "html" and attributes.get("lang"):
        said["language"] = attributes["lang"].split("-")[0].split("_")[0].lower()
    elif (
        name == "time" and attributes.get("datetime") and ("pubdate" in inside.lower() or "published" in inside.lower())
    ):
        said.setdefault("published", attributes["datetime"].strip())


def _linked_data(words: str, said: dict[str, str]) -> None:
    """Take publisher, day and author from JSON-LD (schema.org NewsArticle and its kin)."""
    try:
        value = json.loads(words)
    except (ValueError, RecursionError):
        return
    todo = [value]
    looked = 0
    while todo and looked < 2000:
        looked += 1
        item = todo.pop(0)
        if isinstance(item, list):
            todo += item
        elif isinstance(item, dict):
            kinds = item.get("@type", "")
            if any(kind in str(kinds) for kind in ("Article", "Posting", "Report")):
                for key, name in (("datePublished", "published"), ("publisher", "ld:publisher"), ("author", "author")):
                    found = item.get(key)
                    found = found[0] if isinstance(found, list) and found else found
                    found = found.get("name") if isinstance(found, dict) else found
                    if isinstance(found, str) and found.strip() and "://" not in found:
                        said.setdefault(name, " ".join(found.split()))
            graph = item.get("@graph")
            todo += graph if isinstance(graph, list) else []


def boilerplate(page: Page, source: str) -> list[Span]:
    """Return the lines of a page's visible words that are not the report: navigation, teasers, forms, footers.

    The content finder (trafilatura) says which paragraphs are the report; the lines of the page that hold them are kept as
    they stand, so that every quotation is a slice of the page. Where it finds nothing, or the page is too odd to be
    given to it, paragraphs inside the article element are kept, else all paragraphs.

    Args:
        page: The visible words.
        source: The page's decoded source.
    """
    body = _content(page, source)
    kept = {index for index, block in enumerate(page.blocks) if block.words and _in_body(block, body)}
    if sum(len(page.blocks[index].words) for index in kept) < 40:
        kept = _paragraphs(page)
    title = _title_block(page, kept)
    if title is not None:
        # What stands above the headline is the page's, unless the headline is only known from the window's title.
        above = page.blocks[title].tag == "title"
        kept = {index for index in kept if index > title or above} | {title}
    spans = []
    for index, block in enumerate(page.blocks):
        after = page.blocks[index + 1].start if index + 1 < len(page.blocks) else len(page.text)
        if index not in kept:
            spans.append(Span(block.start, after))
        elif index == title and block.tag == "title":
            spans.append(_site_name(block, page.said.get("title", "")))
    return spans


def _site_name(block: _Block, title: str) -> Span:
    """Return the part of a window's title that names the site: "Town retaken | The Paper"."""
    if title and block.words.startswith(title):
        return Span(block.start + len(title), block.end)
    cut = max((found.start() for found in re.finditer(r"\s[|–—»·-]\s", block.words)), default=len(block.words))
    return Span(block.start + cut, block.end)


def _folded(words: str) -> str:
    return " ".join(_WORDS.findall(words.casefold()))


@dataclass(frozen=True, slots=True)
class _Body:
    paragraphs: frozenset[str]
    whole: str


def _content(page: Page, source: str) -> _Body:
    if page.tags > MOST_TAGS or page.deepest >= DEEPEST:
        return _Body(frozenset(), "")
    import trafilatura

    try:
        found = trafilatura.extract(source, fast=True, include_comments=False, include_tables=True, deduplicate=False)
    except Exception:
        # Whatever a hostile page brings about inside the finder, the page is still read by its paragraphs.
        found = None
    lines = [_folded(line) for line in (found or "").splitlines()]
    whole = " ".join(lines)
    # Each block is looked for in the whole; a page of very many blocks is judged by whole paragraphs alone, to stay bounded.
    return _Body(frozenset(line for line in lines if line), whole if len(whole) * len(page.blocks) < MOST_WORK else "")


def _in_body(block: _Block, body: _Body) -> bool:
    folded = _folded(block.words)
    if not folded or block.tag == "title":
        return False
    return folded in body.paragraphs or (not block.aside and len(folded) >= 40 and folded in body.whole)


def _paragraphs(page: Page) -> set[int]:
    texts = {"p", "blockquote", "pre", "h1", "h2", "h3", "li", "td", "div", "section", "article", "body", "main"}
    inside = any(block.article and block.tag == "p" for block in page.blocks)
    return {
        index
        for index, block in enumerate(page.blocks)
        if block.tag in texts
        and not block.aside
        and (block.article or not inside)
        and (block.tag in {"p", "blockquote", "pre"} or len(block.words.split()) >= 8 or block.tag == "h1")
    }


def _title_block(page: Page, kept: set[int]) -> int | None:
    """Return the line that is the report's title: the headline on the page, else the window's title."""
    title = _folded(page.said.get("title", ""))
    first = min(kept, default=len(page.blocks))
    best: int | None = None
    for index, block in enumerate(page.blocks):
        folded = _folded(block.words)
        if block.tag == "h1" and folded and (folded == title or folded in title or title in folded):
            return index
        if (
            folded == title
            and block.tag != "title"
            and not block.aside
            and (best is None or page.blocks[best].tag == "title")
        ):
            best = index
        if block.tag in {"h1", "title", "h2"} and best is None and title and title in folded and index <= first:
            best = index
    return best
