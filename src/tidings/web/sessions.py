"""Who is signed in, and how often somebody may try: both in memory, gone when the room closes.

A session's token is known to the browser alone; here lies its SHA-256. Users are looked up anew for each page, so a role
that was taken away is gone at once, and a password that was changed signs out whoever came by the old one.
"""

from __future__ import annotations

import secrets
import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256

from tidings.record import User

__all__ = ["ABSOLUTE_S", "IDLE_S", "Session", "Sessions", "Throttle", "ticks"]

IDLE_S = 60 * 60
"""A session that nobody used for so long is over: a screen left alone for lunch."""
ABSOLUTE_S = 12 * 3600
"""No session is longer than a working day."""
_MOST_OF_ONE = 20
"""Sessions that one user may have; the oldest one ends when there are more."""

_WINDOW_S = 15 * 60
_MOST_BY_NAME = 10
_MOST_BY_ADDRESS = 30
"""Sign-ins that may fail in a quarter of an hour, for one name and from one address. Ten guesses in a quarter of an hour are
a thousand a day: nothing against a password of twelve letters, and room for whoever mistypes. An office shares one address."""
_MOST_KEPT = 20_000


def ticks() -> float:
    """Return seconds that go on while the machine sleeps and do not jump when its clock is set."""
    boot = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if boot is None else time.clock_gettime(boot)


@dataclass(slots=True)
class Session:
    """One signed-in browser: whose, under which stamp of the password, the token of its forms, when made and last used."""

    name: str
    stamp: str
    token: str
    made: float
    seen: float


class Sessions:
    """The sessions of one run.

    Args:
        clock: Seconds; :func:`ticks` where nothing is tested.
    """

    def __init__(self, clock: Callable[[], float] = ticks) -> None:
        self._clock = clock
        self._held: dict[str, Session] = {}
        self._lock = threading.Lock()

    def open(self, user: User) -> str:
        """Return the token of a new session."""
        token, now = secrets.token_urlsafe(32), self._clock()
        with self._lock:
            self._held = {key: one for key, one in self._held.items() if not self._over(one, now)}
            own = sorted((one.made, key) for key, one in self._held.items() if one.name == user.name)
            for _, key in own[: max(0, len(own) - _MOST_OF_ONE + 1)]:
                del self._held[key]
            self._held[_hash(token)] = Session(user.name, user.stamp, secrets.token_urlsafe(32), now, now)
        return token

    def of(self, token: str) -> Session | None:
        """Return the session of a token, used now; None where there is none, or it is over."""
        key, now = _hash(token), self._clock()
        with self._lock:
            held = self._held.get(key)
            if held is None:
                return None
            if self._over(held, now):
                del self._held[key]
                return None
            held.seen = now
            return held

    def end(self, token: str) -> None:
        """End one session."""
        with self._lock:
            self._held.pop(_hash(token), None)

    def end_all(self, name: str) -> int:
        """End every session of a user and return how many there were."""
        with self._lock:
            gone = [key for key, one in self._held.items() if one.name == name]
            for key in gone:
                del self._held[key]
        return len(gone)

    def count(self) -> dict[str, int]:
        """Return how many sessions each user has."""
        now = self._clock()
        with self._lock:
            found: dict[str, int] = {}
            for one in self._held.values():
                if not self._over(one, now):
                    found[one.name] = found.get(one.name, 0) + 1
        return found

    @staticmethod
    def _over(held: Session, now: float) -> bool:
        return now - held.seen > IDLE_S or now - held.made > ABSOLUTE_S


class Throttle:
    """How often somebody may try to sign in, by name and by address; a name that nobody has counts like any other."""

    def __init__(self, clock: Callable[[], float] = ticks) -> None:
        self._clock = clock
        self._tries: OrderedDict[str, deque[float]] = OrderedDict()
        self._lock = threading.Lock()

    def take(self, name: str, address: str) -> int:
        """Count a try before it is made, and return 0; or return how many seconds to wait, and count nothing."""
        now = self._clock()
        limits = ((f"name {_hash(name)}", _MOST_BY_NAME), (f"address {address}", _MOST_BY_ADDRESS))
        with self._lock:
            held = [(self._of(key, now), most) for key, most in limits]
            wait = max((_WINDOW_S - (now - tries[0]) for tries, most in held if len(tries) >= most), default=0.0)
            if wait > 0:
                return int(wait) + 1
            for tries, _ in held:
                tries.append(now)
        return 0

    def passed(self, name: str, address: str) -> None:
        """Take back what a try counted that went well; the failures of the name are forgotten."""
        with self._lock:
            self._tries.pop(f"name {_hash(name)}", None)
            tries = self._tries.get(f"address {address}")
            if tries:
                tries.pop()

    def _of(self, key: str, now: float) -> deque[float]:
        tries = self._tries.setdefault(key, deque())
        self._tries.move_to_end(key)
        while tries and now - tries[0] > _WINDOW_S:
            tries.popleft()
        while len(self._tries) > _MOST_KEPT:
            self._tries.popitem(last=False)
        return tries


def _hash(token: str) -> str:
    return sha256(token.encode()).hexdigest()
