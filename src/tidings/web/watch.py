"""Watching over the room: one line of the log and a few counters for each request, by the pattern of its address alone."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from prometheus_client.openmetrics.exposition import CONTENT_TYPE_LATEST, generate_latest
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tidings.web.desk import Desk
from tidings.web.sessions import Sessions

__all__ = ["Watch", "Watching"]

_log = logging.getLogger(__name__)
_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 1.0, 2.5, 5.0, 10.0)
"""Seconds; 0.3 is what a page may take."""
_METHODS = frozenset({"GET", "HEAD", "POST"})


class Watch:
    """The counters of one run.

    Args:
        desk: Tells whether the record is being built.
        sessions: Tells how many are signed in.
    """

    media_type = CONTENT_TYPE_LATEST

    def __init__(self, desk: Desk, sessions: Sessions) -> None:
        self._registry = CollectorRegistry()
        self._took = Histogram(
            "tidings_request_seconds", "How long answers took on the server.", ("route", "method"), registry=self._registry, buckets=_BUCKETS
        )  # fmt: skip
        self._answers = Counter("tidings_answers", "Answers by page, method and status.", ("route", "method", "status"), registry=self._registry)  # fmt: skip
        self._signins = Counter("tidings_signins", "Tries to sign in, by how they ended.", ("outcome",), registry=self._registry)  # fmt: skip
        self._decisions = Counter("tidings_decisions", "Verdicts written.", ("action",), registry=self._registry)
        self._gauge("tidings_building", "1 while the room builds the record.", lambda: float(desk.building))
        self._gauge("tidings_sessions", "Browsers signed in.", lambda: float(sum(sessions.count().values())))
        self._gauge("tidings_builds_done", "Builds asked for here that were done.", lambda: float(desk.builds["done"]))
        self._gauge("tidings_builds_failed", "Builds asked for here that failed.", lambda: float(desk.builds["failed"]))
        for outcome in ("done", "failed", "refused"):
            self._signins.labels(outcome)

    def _gauge(self, name: str, words: str, value: Callable[[], float]) -> None:
        Gauge(name, words, registry=self._registry).set_function(value)

    def count_signin(self, outcome: str) -> None:
        """Count a try to sign in: done, failed or refused."""
        self._signins.labels(outcome).inc()

    def count_decision(self, action: str) -> None:
        """Count a verdict that was written."""
        self._decisions.labels(action).inc()

    def count_answer(self, route: str, method: str, status: int, seconds: float) -> None:
        """Count an answer."""
        self._took.labels(route, method).observe(seconds)
        self._answers.labels(route, method, str(status)).inc()

    def told(self) -> bytes:
        """Return all counters as OpenMetrics."""
        return bytes(generate_latest(self._registry))  # type: ignore[no-untyped-call]


class Watching:
    """The outermost middleware: counts, and writes a line for each request.

    Args:
        app: What is watched.
        watch: The counters.
    """

    def __init__(self, app: ASGIApp, *, watch: Watch) -> None:
        self._app = app
        self._watch = watch

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and count its answer."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        status, size, start = 500, 0, time.perf_counter()

        async def sending(message: Message) -> None:
            nonlocal status, size
            if message["type"] == "http.response.start":
                status = message["status"]
            else:
                size += len(message.get("body", b""))
            await send(message)

        try:
            await self._app(scope, receive, sending)
        except Exception:
            _log.exception("a page failed")
            raise
        finally:
            took = time.perf_counter() - start
            route, method = _route(scope), scope["method"] if scope["method"] in _METHODS else "other"
            self._watch.count_answer(route, method, status, took)
            visitor = scope.get("state", {}).get("visitor")
            more = {"method": method, "route": route, "status": status, "ms": round(took * 1000, 1), "bytes": size}
            _log.info("answered", extra={**more, **({"role": visitor.role} if visitor else {})})


def _route(scope: Scope) -> str:
    """Return the pattern of an address, never the address: it may hold a name or a question."""
    held = getattr(scope.get("route"), "path", "")
    if held:
        return str(held)
    first = scope["path"].split("/", 2)[1] if scope["path"].startswith("/") else ""
    return f"/{first}/…" if first in {"static", "vendor"} else "/enter" if scope["path"] == "/enter" else "elsewhere"
