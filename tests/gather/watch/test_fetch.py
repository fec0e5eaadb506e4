"""One page from one server: bounds on size, time and way."""

from __future__ import annotations

import contextlib
import time

import pytest

from tidings.gather.watch.fetch import Refused, fetch, is_public


def ask(server, path, **bounds):
    return fetch(f"{server.url}{path}", agent="Tidings/0", allow=["127.0.0.1"], **bounds)


def test_what_was_sent_and_what_came_are_kept(server):
    """The request's head and the answer's are given as they went over the wire."""
    server.answers["/a b"] = server.answers["/a%20b?c=1"] = (200, {"X-Mark": "yes"}, b"words")

    got = ask(server, "/a b?c=1#part")

    assert (got.url, got.status, got.body, got.headers["x-mark"]) == (f"{server.url}/a%20b?c=1", 200, b"words", "yes")
    assert got.sent.startswith(f"GET /a%20b?c=1 HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\n".encode())
    assert got.sent.endswith(b"\r\n\r\n")
    assert got.head.startswith(b"HTTP/1.1 200 OK\r\n")
    assert got.head.endswith(b"\r\n\r\n")


@pytest.mark.parametrize("length", [False, True])
def test_a_page_that_never_ends_is_cut_off(server, length):
    """A body goes on without end, or says that it is longer than it may be: no more than the bound is read."""

    def endless(request):
        request.send_response(200)
        request.send_header("Content-Length", str(10**12)) if length else request.send_header("Connection", "close")
        request.end_headers()
        for _ in range(1000):
            request.wfile.write(b"<item>" * 10_000)

    server.answers["/a"] = endless

    with pytest.raises(Refused, match="goes on after 1 MB and may never end"):
        ask(server, "/a", most=2**20)


@pytest.mark.parametrize("part", ["headers", "body"])
def test_a_server_that_drips_is_cut_off(server, part):
    """A letter now and then keeps no connection open beyond its time."""

    def drip(request):
        if part == "body":
            request.send_response(200)
            request.send_header("Connection", "close")
            request.end_headers()
        else:
            request.wfile.write(b"HTTP/1.1 200 OK\r\nX: ")
        for _ in range(100):
            request.wfile.write(b"x")
            request.wfile.flush()
            time.sleep(0.05)

    server.answers["/a"] = drip

    with pytest.raises(Refused, match="it took longer than"):
        ask(server, "/a", seconds=0.3)


def test_a_page_that_breaks_off_is_refused(server):
    """A server that sends less than it said has sent no page."""

    def short(request):
        request.send_response(200)
        request.send_header("Content-Length", "1000")
        request.end_headers()
        request.wfile.write(b"<p>The army left")
        request.close_connection = True

    server.answers["/a"] = short

    with pytest.raises(Refused, match="the page breaks off before its end"):
        ask(server, "/a")


def test_a_greeting_of_tls_that_drips_is_cut_off():
    """A server that never finishes greeting is left when the time is over."""
    import socket
    import threading

    with socket.create_server(("127.0.0.1", 0)) as held:

        def drip():
            other, _ = held.accept()
            with other:
                for _ in range(100):
                    other.sendall(b"\x16")
                    time.sleep(0.02)

        thread = threading.Thread(target=lambda: _quiet(drip), daemon=True)
        thread.start()
        with pytest.raises(Refused):
            fetch(f"https://127.0.0.1:{held.getsockname()[1]}/", agent="Tidings/0", allow=["127.0.0.1"], seconds=0.3)


def _quiet(work):
    with contextlib.suppress(OSError):
        work()


def test_a_redirect_is_followed_only_where_programs_may_go(server):
    """The address that a redirect leads to is judged before it is asked."""
    server.answers["/a"] = (302, {"Location": "/closed"}, b"")
    server.page("/closed", "<p>x")

    with pytest.raises(Refused, match="asks programs to stay away"):
        ask(server, "/a", may=lambda url: not url.endswith("/closed"))
    assert server.paths() == ["/a"]


def test_a_long_way_is_not_followed(server):
    """Redirects are followed five times."""
    for number in range(10):
        server.answers[f"/{number}"] = (302, {"Location": f"/{number + 1}"}, b"")

    with pytest.raises(Refused, match="redirected more than 5 times"):
        ask(server, "/0")
    assert len(server.asked) == 6


@pytest.mark.parametrize(
    "url",
    ["ftp://a.example/x", "http:///x", "http://a.example:99999/", "http://user:secret@a.example/", "gopher:x", ""],
)
def test_only_addresses_of_pages_are_asked(url):
    """Other schemes, addresses without a host and those that carry a password are refused."""
    with pytest.raises(Refused):
        fetch(url, agent="Tidings/0")


def test_a_server_that_is_not_there_is_told(server):
    """A closed port is a reason, not a crash."""
    with pytest.raises(Refused, match="cannot be reached"):
        fetch("http://127.0.0.1:1/", agent="Tidings/0", allow=["127.0.0.1"])


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True),
        ("2606:4700::1111", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("172.20.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),  # noqa: S104
        ("224.0.0.1", False),
        ("::1", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("::ffff:10.0.0.1", False),
        ("64:ff9b::a00:1", False),
        ("2002:a00:1::", False),
        ("no address", False),
    ],
)
def test_private_addresses_are_known(address, public):
    """Loopback, private, link-local, shared and mapped addresses are no public ones."""
    assert is_public(address) is public
