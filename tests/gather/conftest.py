"""A server on this machine that answers by a script, and a clock that goes only when told."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tidings.gather.watch import Settings, Watched, load, one_round

Answer = tuple[int, dict[str, str], bytes]


@dataclass
class Server:
    """What the server answers by path, and what it was asked. A callable answers by the request's headers or writes itself."""

    port: int = 0
    answers: dict[str, Answer | Callable[[BaseHTTPRequestHandler], Answer | None]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def page(self, path: str, body: str, **headers: str) -> None:
        kind = {"Content-Type": "text/html; charset=utf-8"} | {k.replace("_", "-"): v for k, v in headers.items()}
        self.answers[path] = (200, kind, body.encode())

    def feed(self, *paths: str, path: str = "/feed") -> None:
        items = "".join(
            f"<item><title>Report {one}</title><link>{self.url}{one}</link><pubDate>Thu, 06 Mar 2014 23:10:00 +0200</pubDate></item>"
            for one in paths
        )
        body = f"<?xml version='1.0'?><rss version='2.0'><channel><title>Nile Courier</title>{items}</channel></rss>"
        self.answers[path] = (200, {"Content-Type": "application/rss+xml"}, body.encode())

    def paths(self) -> list[str]:
        return [path for path, _ in self.asked]


@pytest.fixture
def server() -> Iterator[Server]:
    """A scripted server on loopback; what it has no answer for is not found."""
    script = Server()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            script.asked.append((self.path, {key.lower(): value for key, value in self.headers.items()}))
            found = script.answers.get(self.path, (404, {}, b"not here"))
            answer = found(self) if callable(found) else found
            if answer is None:
                return
            status, headers, body = answer
            self.send_response(status)
            for key, value in {**headers, "Content-Length": str(len(body))}.items():
                self.send_header(key, value)
            self.end_headers()
            self.wfile.write(body)

        do_POST = do_GET  # noqa: N815

        def log_message(self, *_: object) -> None:
            return

    class Quiet(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_: object) -> None:
            return

    held = Quiet(("127.0.0.1", 0), Handler)
    script.port = held.server_address[1]
    threading.Thread(target=held.serve_forever, args=(0.02,), daemon=True).start()
    yield script
    held.shutdown()
    held.server_close()


class Clock:
    """A clock that goes on only by waiting."""

    def __init__(self) -> None:
        self.now = 1_394_150_000.0
        self.waited: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.waited.append(seconds)
        self.now += seconds


@pytest.fixture
def clock() -> Clock:
    """The seconds since 1970, on 6 March 2014 to begin with."""
    return Clock()


@pytest.fixture
def settings(tmp_path: Path, server: Server) -> Settings:
    """One feed of the scripted server, which may be asked though it lies on this machine."""
    path = tmp_path / "feeds.toml"
    path.write_text(
        f'allow = ["127.0.0.1"]\ncontact = "mailto:desk@example.org"\n[[feeds]]\nurl = "{server.url}/feed"\n'
        'publisher = "Nile Courier"\nlanguage = "en"\n',
        encoding="utf-8",
    )
    return load(path)


@pytest.fixture
def go(settings: Settings, clock: Clock) -> Callable[[], Watched]:
    """Go one round over the feed, whether it is due or not."""

    def round_(*, all_now: bool = True) -> Watched:
        return one_round(settings, version="0", clock=clock, sleep=clock.sleep, all_now=all_now)

    return round_
