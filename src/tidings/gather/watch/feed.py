"""RSS 0.9 to 2.0 and Atom 1.0: which pages a feed names, when it says they were published."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from tidings.gather.decode import Undecodable

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["Entry", "entries"]

LARGEST_FEED = 8 * 1024 * 1024
MOST_ENTRIES = 1000
LONGEST_ADDRESS = 2000
_NAMES = frozenset({"item", "entry"})
_DAYS = ("pubDate", "published", "date", "issued", "created")


@dataclass(frozen=True, slots=True)
class Entry:
    """One page that a feed names: its address, its title, and its day in ISO 8601 (empty where the feed gives none)."""

    url: str
    title: str
    published: str


def entries(data: bytes, base: str) -> list[Entry]:
    """Return the pages that a feed names, in its order, each once.

    Args:
        data: The feed's bytes, unpacked.
        base: The feed's address.

    Raises:
        Undecodable: It is no feed.
    """
    from lxml import etree

    # A broken feed is read as far as it goes; nothing outside is loaded and no entity is opened.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True)
    try:
        root = etree.fromstring(data.lstrip(), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise _no_feed() from error
    if root is None or _name(root) not in {"rss", "feed", "RDF"}:
        raise _no_feed()
    found: dict[str, Entry] = {}
    for element in root.iter():
        if _name(element) not in _NAMES:
            continue
        entry = _entry(element, base)
        if entry is not None:
            found.setdefault(entry.url, entry)
        if len(found) >= MOST_ENTRIES:
            break
    return list(found.values())


def _no_feed() -> Undecodable:
    return Undecodable(
        "it is no RSS or Atom feed", "Open it in a browser: the address of a feed often differs from the site's."
    )


def _name(element: _Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _entry(element: _Element, base: str) -> Entry | None:
    texts: dict[str, str] = {}
    link = ""
    for child in element:
        name = _name(child)
        words = " ".join("".join(child.itertext()).split()) if name else ""
        if name == "link":
            href = child.get("href", "")
            if href and child.get("rel", "alternate") == "alternate":
                link = link or href
            elif words and not href:
                link = link or words
        elif words:
            texts.setdefault(name, words)
    if not link:
        guid = next((child for child in element if _name(child) == "guid"), None)
        if guid is not None and guid.get("isPermaLink", "true") != "false":
            link = texts.get("guid", "")
    url = _page(link, base)
    if not url:
        return None
    day = next((day for name in _DAYS if (day := _day(texts.get(name, "")))), "")
    return Entry(url, texts.get("title", "")[:500], day)


def _page(link: str, base: str) -> str:
    try:
        url = urljoin(base, link.strip()) if link.strip() else ""
        parts = urlsplit(url)
        held = parts.scheme in {"http", "https"} and bool(parts.hostname) and len(url) <= LONGEST_ADDRESS
    except ValueError:
        return ""
    return url.partition("#")[0] if held else ""


def _day(words: str) -> str:
    """Return the day in a feed's date, as the feed's own clock shows it."""
    if not words or len(words) > 100:
        return ""
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            return read(words).date().isoformat()
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
    return ""
