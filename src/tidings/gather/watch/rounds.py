"""One round over all feeds: which are due, which of their pages are new, which of these may be fetched."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from tidings.gather.bounds import LARGEST_FILE
from tidings.gather.decode import Undecodable
from tidings.gather.doors.http import answer
from tidings.gather.watch.feed import LARGEST_FEED, Entry, entries
from tidings.gather.watch.fetch import KEEP_OUT, Fetched, Refused, fetch
from tidings.gather.watch.keep import Kept, keep, tidy
from tidings.gather.watch.robots import EVERYTHING, LARGEST, NOTHING, Rules, rules_of
from tidings.gather.watch.settings import Feed, Settings
from tidings.gather.watch.stamping import stamped
from tidings.gather.watch.state import Seen, load_state, save_state
from tidings.model import Refusal

__all__ = ["Watched", "one_round", "seconds_to_next"]

NAME = "Tidings"
LONGEST_WAIT = 24 * 3600.0
"""Seconds after which a feed that fails is asked again at the latest, and the longest that a server's own wish is kept to."""
MOST_TRIES = 4
"""Rounds in which a page that fails is tried."""
_TOLD_LATER = ("private network", "no host", "no address")
LONGEST_DELAY = 30.0
"""Seconds between two pages that a server may ask for; one that asks for more gets fewer pages instead."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Watched:
    """What one round did: pages kept, feeds asked, feeds that had nothing new by their own word, and what was refused."""

    kept: tuple[Kept, ...] = ()
    asked: int = 0
    unchanged: int = 0
    refusals: tuple[Refusal, ...] = ()
    notes: tuple[str, ...] = ()


class _Round:
    """The things that hold for one round."""

    def __init__(
        self, settings: Settings, version: str, clock: Callable[[], float], sleep: Callable[[float], None]
    ) -> None:
        self.settings = settings
        self.software = f"{NAME}/{version}"
        self.agent = f"{self.software} (+{settings.contact})" if settings.contact else self.software
        self.clock, self.sleep = clock, sleep
        self.rules: dict[str, Rules] = {}
        self.last: dict[str, float] = {}
        self.kept: list[Kept] = []
        self.refusals: list[Refusal] = []
        self.notes: list[str] = []
        self.asked = self.unchanged = 0

    def fetch(self, url: str, *, most: int = LARGEST_FILE, headers: dict[str, str] | None = None) -> Fetched:
        """Fetch a page or a feed, from servers only whose robots.txt lets programs in, wherever redirects lead."""
        return fetch(url, agent=self.agent, allow=self.settings.allow, headers=headers, most=most, may=self.may)

    def may(self, url: str) -> bool:
        """Return whether an address may be asked."""
        return self.rules_for(url).allow(url)

    def refuse(self, url: str, reason: str, advice: str) -> None:
        self.refusals.append(Refusal(path=url, reason=reason, advice=advice))

    def rules_for(self, url: str) -> Rules:
        """Return what the server of an address asks of programs, looked up once a round."""
        parts = urlsplit(url)
        server = f"{parts.scheme}://{parts.netloc}"
        if server not in self.rules:
            self.rules[server] = self._rules(server)
        return self.rules[server]

    def _rules(self, server: str) -> Rules:
        try:
            got = fetch(f"{server}/robots.txt", agent=self.agent, allow=self.settings.allow, most=LARGEST * 2)
            if got.status >= 500 or got.status == 429:
                return NOTHING
            if got.status != 200:
                return EVERYTHING
            return rules_of(answer(got.head + got.body).body.decode("utf-8", "replace"), NAME)
        except Refused as error:
            # A name that leads nowhere or into a private network is refused when the page itself is asked for.
            return EVERYTHING if any(words in error.reason for words in _TOLD_LATER) else NOTHING
        except Undecodable:
            return NOTHING

    def wait(self, url: str, delay: float) -> None:
        """Wait until the server of an address may be asked again."""
        host = urlsplit(url).netloc
        pause = max(self.settings.pause_seconds, min(delay, LONGEST_DELAY))
        left = self.last.get(host, -1e18) + pause - self.clock()
        if left > 0:
            self.sleep(left)
        self.last[host] = self.clock()


def one_round(
    settings: Settings,
    *,
    version: str,
    clock: Callable[[], float],
    sleep: Callable[[float], None],
    all_now: bool = False,
) -> Watched:
    """Ask the feeds that are due, and keep the pages that are new.

    Whatever fails is told and tried again later; nothing that fails stops the rest, and what was kept stays.

    Args:
        settings: The feeds.
        version: This program's version, as servers and archives are told.
        clock: Gives the seconds since 1970.
        sleep: Waits so many seconds.
        all_now: Ask feeds that are not due yet as well; a server's own wish to be left alone is kept to.
    """
    this = _Round(settings, version, clock, sleep)
    state = load_state(settings.folder)
    tidy(settings.folder)
    for feed in settings.feeds:
        seen = state.setdefault(feed.url, Seen())
        waits = seen.next > clock() and (seen.failures or not all_now)
        if seen.gone or waits:
            continue
        try:
            _ask(this, feed, seen)
        finally:
            # Stopped at any moment, pages that were kept are not fetched again.
            save_state(settings.folder, state)
    return Watched(
        kept=tuple(this.kept), asked=this.asked, unchanged=this.unchanged, refusals=tuple(this.refusals),
        notes=tuple(this.notes),
    )  # fmt: skip


def seconds_to_next(settings: Settings, now: float) -> float:
    """Return how long nothing is due; 60 seconds at the least."""
    state = load_state(settings.folder)
    due = [state[feed.url].next for feed in settings.feeds if feed.url in state and not state[feed.url].gone]
    return max(60.0, min(due, default=now + 3600.0) - now)


def _ask(this: _Round, feed: Feed, seen: Seen) -> None:
    this.asked += 1
    every = feed.every_minutes * 60.0
    try:
        found = _new(this, feed, seen)
    except Undecodable as error:
        seen.failures += 1
        wait = min(LONGEST_WAIT, every * 2 ** min(seen.failures, 10))
        seen.next = max(seen.next, this.clock() + wait)
        this.refuse(feed.url, error.reason, f"{error.advice} It is asked again in {_told(seen.next - this.clock())}.")
        return
    seen.failures = 0
    seen.next = this.clock() + every
    failed = False
    for number, entry in enumerate(found):
        if number >= feed.most_pages:
            this.notes.append(
                f"{feed.url} names more than {feed.most_pages} new pages; the rest comes with the next rounds."
            )
            # Without the marks the server gives the whole feed again.
            seen.etag = seen.modified = ""
            return
        _page(this, feed, seen, entry)
        failed = failed or 0 < seen.pages[entry.url] <= MOST_TRIES
    if failed:
        # A server that is asked with the marks of this round would name none of its pages in the next.
        seen.etag = seen.modified = ""


def _told(seconds: float) -> str:
    return f"{seconds / 3600:.0f} hours" if seconds >= 7200 else f"{max(1, round(seconds / 60))} minutes"


def _new(this: _Round, feed: Feed, seen: Seen) -> Iterator[Entry]:
    """Return the entries of a feed whose pages were not kept yet.

    Raises:
        Undecodable: The feed cannot be had.
    """
    if not this.may(feed.url):
        raise Refused(KEEP_OUT, "Ask its publisher, or take the feed out.")
    this.wait(feed.url, 0)
    marks = {"If-None-Match": seen.etag, "If-Modified-Since": seen.modified}
    got = this.fetch(feed.url, most=LARGEST_FEED, headers={key: value for key, value in marks.items() if value})
    if got.status == 304:
        this.unchanged += 1
        return iter(())
    if got.moved:
        this.notes.append(f"{feed.url} has moved for good to {got.moved}; change it in the file of feeds.")
    if got.status == 410:
        seen.gone = True
        raise Refused("its server says that it is gone for good", "Take it out of the file of feeds.")
    if got.status != 200:
        seen.next = this.clock() + _wish(got, this.clock())
        raise Refused(f"its server answers {got.status}", "Open it in a browser to see why.")
    found = entries(answer(got.head + got.body, most=LARGEST_FEED).body, got.url)
    seen.etag, seen.modified = got.headers.get("etag", "")[:500], got.headers.get("last-modified", "")[:100]
    return iter([entry for entry in found if 0 < seen.pages.get(entry.url, 1) <= MOST_TRIES])


def _wish(got: Fetched, now: float) -> float:
    """Return how many seconds a server asks to be left alone."""
    words = got.headers.get("retry-after", "")
    try:
        wish = float(words) if words.isdigit() else parsedate_to_datetime(words).timestamp() - now
    except (ValueError, TypeError, IndexError, OverflowError):
        return 0.0
    return max(0.0, min(wish, LONGEST_WAIT))


def _page(this: _Round, feed: Feed, seen: Seen, entry: Entry) -> None:
    rules = this.rules_for(entry.url)
    if not rules.allow(entry.url):
        seen.pages[entry.url] = MOST_TRIES + 1
        this.refuse(entry.url, KEEP_OUT, "Open it in a browser and save it.")
        return
    this.wait(entry.url, rules.delay)
    try:
        got = this.fetch(entry.url)
        if got.status != 200:
            raise Refused(f"its server answers {got.status}", "Open it in a browser to see why.")
        if not answer(got.head + got.body).body.strip():
            raise Refused("its server sends an empty page", "Open it in a browser to see why.")
    except Undecodable as error:
        failures = seen.pages.get(entry.url, 0) + 1
        seen.pages[entry.url] = failures + (failures == MOST_TRIES)
        again = "It is not tried again." if failures >= MOST_TRIES else "It is tried again at the next round."
        this.refuse(entry.url, error.reason, f"{error.advice} {again}")
        return
    at = datetime.fromtimestamp(this.clock(), UTC)
    said = {"publisher": feed.publisher, "language": feed.language, "published": entry.published}
    kept = keep(got, this.settings.folder, at, software=this.software, said=said)
    seen.pages[entry.url] = 0
    this.kept.append(kept)
    if this.settings.stamp:
        refused = stamped(kept, this.settings, this.agent)
        if refused is not None:
            this.refusals.append(refused)
