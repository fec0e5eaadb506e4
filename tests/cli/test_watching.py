"""``tidings watch`` as a user types it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

PAGES = {
    "/feed": "<rss><channel><item><link>/a</link></item><item><link>/gone</link></item></channel></rss>",
    "/a": "<p>The army shelled the market of Kadugli on Sunday, and rebels spoke of twelve dead.",
}


@pytest.fixture
def feeds(tmp_path: Path) -> Iterator[Path]:
    """A file of feeds that names one feed of this machine."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = PAGES.get(self.path, "").encode()
            self.send_response(200 if body else 404)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    path = tmp_path / "feeds.toml"
    url = f"http://127.0.0.1:{server.server_address[1]}/feed"
    path.write_text(f'allow = ["127.0.0.1"]\npause_seconds = 0\n[[feeds]]\nurl = "{url}"\n', encoding="utf-8")
    yield path
    server.shutdown()
    server.server_close()


def test_a_round_tells_what_it_kept_and_what_it_refused(tidings, feeds: Path) -> None:
    """One page is kept, one is refused: the exit code is 3, and the next round has nothing to do."""
    first = tidings("watch", feeds, "--once")
    again = tidings("watch", feeds, "--once")

    assert first.code == 3
    assert "Feeds asked: 1; with nothing new: 0; pages kept: 1." in first.out
    assert "its server answers 404" in first.out
    assert (again.code, again.out.strip()) == (0, "Feeds asked: 0; with nothing new: 0; pages kept: 0.")
    assert len(list(feeds.parent.glob("watched/127.0.0.1/*.warc.gz"))) == 1


def test_a_round_that_got_nothing_ends_with_one(tidings, feeds: Path) -> None:
    """Where no feed could be had at all the exit code is 1."""
    feeds.write_text(feeds.read_text().replace("/feed", "/none"), encoding="utf-8")

    assert tidings("watch", feeds, "--once").code == 1


def test_a_wrong_file_of_feeds_is_wrong_usage(tidings, feeds: Path) -> None:
    """A value that does not fit is told, with exit code 2."""
    feeds.write_text("colour = 1", encoding="utf-8")
    done = tidings("watch", feeds)

    assert done.code == 2
    assert "there is no setting 'colour'" in done.err
