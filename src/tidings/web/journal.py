"""Lines of the journal, written beside the pages: nobody waits for them, and a build that is writing does not lose them.

A line that cannot be written now (another process writes to the record) is kept, in its order, and tried again.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from datetime import UTC, datetime

from tidings.errors import TidingsError
from tidings.record import Team

__all__ = ["Journal"]

_AGAIN_S = 2.0
_MOST_WAITING = 10_000
"""Lines that wait at the most: above, the oldest go, and the log says so."""
_MOST_AN_HOUR = 60
"""Failures under names that nobody has: a flood of guesses must not fill the record."""
_log = logging.getLogger(__name__)


class Journal:
    """Writes lines in the background.

    Args:
        team: The users of the record.
    """

    def __init__(self, team: Team) -> None:
        self._team = team
        self._waiting: deque[tuple[str, str, str, str]] = deque(maxlen=_MOST_WAITING)
        self._strangers: deque[float] = deque()
        self._lock = threading.Lock()
        self._writing = threading.Lock()
        self._thread: threading.Thread | None = None

    def write(self, who: str, did: str, whom: str = "") -> None:
        """Add a line; it is in the record soon."""
        line = (datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"), who, did, whom)
        with self._lock:
            if len(self._waiting) == _MOST_WAITING:
                _log.error("journal line lost")
            self._waiting.append(line)
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._work, daemon=True, name="tidings-journal")
                self._thread.start()

    def stranger(self) -> None:
        """Add a line for a failure under a name that nobody has; the name is not kept: people type passwords there."""
        now = time.monotonic()
        with self._lock:
            while self._strangers and now - self._strangers[0] > 3600:
                self._strangers.popleft()
            if len(self._strangers) >= _MOST_AN_HOUR:
                return
            self._strangers.append(now)
        self.write("", "failed to sign in under a name that nobody has")

    def flush(self, *, wait: float = 30) -> bool:
        """Write what waits, and return whether all of it was written."""
        with self._writing:
            with self._lock:
                lines = list(self._waiting)
            if not lines:
                return True
            try:
                self._team.keep(lines, wait=wait)
            except TidingsError:
                return False
            with self._lock:
                for _ in lines:
                    self._waiting.popleft()
                return not self._waiting

    def _work(self) -> None:
        while not self.flush(wait=1):
            time.sleep(_AGAIN_S)
