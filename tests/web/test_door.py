"""Where the room may be opened to others, and what is believed of a request's way there."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from tests.web.opening import PASSWORD, Shared, shared_of

from tidings.errors import UsageError
from tidings.web.door import Door, check

OUTSIDE = Door(host="0.0.0.0", names=("desk.example.org",))  # noqa: S104 - never listened at
BEHIND = Door(names=("desk.example.org",), secure=True, proxies=("10.0.0.2",))
WAY = {"x-forwarded-proto": "https", "x-forwarded-for": "203.0.113.9, 198.51.100.4"}


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    """A certificate with its key, made for the test."""
    if shutil.which("openssl") is None:
        pytest.skip("no openssl on this machine: apt-get install openssl")
    folder = tmp_path_factory.mktemp("pair")
    cert, key = folder / "cert.pem", folder / "key.pem"
    words = f"openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=desk.example.org -keyout {key} -out {cert}"  # fmt: skip
    subprocess.run(words.split(), check=True, capture_output=True)
    key.chmod(0o600)
    return str(cert), str(key)


@pytest.mark.parametrize(
    ("door", "users", "given", "words"),
    [
        (OUTSIDE, 0, {}, "tidings users add"),
        (BEHIND, 0, {}, "tidings users add"),
        (OUTSIDE, 1, {}, "behind TLS only"),
        (replace(OUTSIDE, host="192.0.2.7"), 1, {}, "behind TLS only"),
        (OUTSIDE, 1, {"cert": "x"}, "goes with its key"),
        (BEHIND, 1, {"cert": "x", "key": "y"}, "not at both"),
        (OUTSIDE, 1, {"cert": "/nowhere/c", "key": "/nowhere/k"}, "is no file"),
        (replace(BEHIND, proxies=("proxy",)), 1, {}, "address of the proxy"),
        (Door(proxies=("127.0.0.1",)), 1, {}, "--name desk.example.org"),
    ],
)
def test_others_are_let_in_only_where_that_is_safe(door: Door, users: int, given: dict[str, str], words: str) -> None:
    """Without users, without TLS, or under no name, the room is not opened to others, and says what is missing."""
    with pytest.raises(UsageError, match=words):
        check(door, users=users, **given)


def test_what_is_safe_is_let_be(pair: tuple[str, str]) -> None:
    """This machine alone needs nothing; others need users and a certificate or a proxy."""
    check(Door(), users=0)
    check(Door(), users=3)
    check(BEHIND, users=1)
    check(replace(OUTSIDE, secure=True), users=1, cert=pair[0], key=pair[1])


def test_a_key_that_others_can_read_is_refused(pair: tuple[str, str], tmp_path: Path) -> None:
    """The key of the certificate is its owner's alone; a file that is no key is named."""
    open_key, wrong = tmp_path / "open.pem", tmp_path / "wrong.pem"
    shutil.copyfile(pair[1], open_key)
    open_key.chmod(0o644)
    wrong.write_text("no key", encoding="utf-8")
    wrong.chmod(0o600)
    with pytest.raises(UsageError, match="chmod 600"):
        check(OUTSIDE, users=1, cert=pair[0], key=str(open_key))
    with pytest.raises(UsageError, match="fit together"):
        check(OUTSIDE, users=1, cert=pair[0], key=str(wrong))


@pytest.mark.parametrize(
    ("door", "host", "fits"),
    [
        (Door(), "localhost", True),
        (Door(port=9000), "127.0.0.1:9000", True),
        (Door(port=9000), "127.0.0.1", False),
        (Door(port=9000), "[::1]:9000", True),
        (Door(port=9000), "127.0.0.1:9001", False),
        (replace(OUTSIDE, port=8443), "desk.example.org:8443", True),
        (replace(OUTSIDE, port=8443), "DESK.example.org:8443", True),
        (replace(OUTSIDE, port=8443), "127.0.0.1:8443", False),
        (replace(OUTSIDE, port=443, secure=True), "desk.example.org", True),
        (replace(OUTSIDE, port=8443, names=("desk.example.org:444",)), "desk.example.org:444", True),
        (BEHIND, "desk.example.org", True),
        (BEHIND, "desk.example.org:443", True),
        (BEHIND, "desk.example.org:8765", False),
        (BEHIND, "evil.example", False),
        (Door(), "", False),
    ],
)
def test_a_room_answers_to_its_own_names(door: Door, host: str, fits: bool) -> None:
    """The name and the port of a request are those of the room."""
    assert door.answers(host) == fits


@pytest.fixture
def behind(desk: Shared, demo_record: Path, tmp_path: Path) -> Shared:
    """The room of a record with users, behind a proxy."""
    where = tmp_path / "behind.tidings"
    shutil.copyfile(demo_record, where)
    return shared_of(where, BEHIND)


def test_only_the_proxy_is_answered_and_believed(behind: Shared) -> None:
    """Requests from elsewhere, or that did not come over https, are refused; the last address that the proxy tells counts."""
    assert behind.browser(address="10.0.0.3", **WAY).get("/signin").status_code == 403
    assert behind.browser(address="10.0.0.2").get("/signin").status_code == 403
    assert behind.browser(address="10.0.0.2", **{**WAY, "x-forwarded-proto": "http"}).get("/signin").status_code == 403
    browser = behind.browser(address="10.0.0.2", **WAY)
    assert browser.get("/signin").status_code == 200
    for _ in range(30):
        behind.sign_in("nobody at all" + str(_), "wrong", browser)
    assert behind.sign_in("Sara", browser=browser).answer.status_code == 429
    other = behind.browser(address="10.0.0.2", **{**WAY, "x-forwarded-for": "198.51.100.4, 203.0.113.9"})
    assert behind.sign_in("Sara", browser=other).answer.status_code == 303


def test_cookies_over_tls_are_for_this_host_over_tls_alone(behind: Shared) -> None:
    """The cookie is Secure, HttpOnly, strict, and bound to the host; answers ask for TLS from then on."""
    answer = behind.sign_in("Sara", browser=behind.browser(address="10.0.0.2", **WAY)).answer
    cookie = answer.headers["set-cookie"]

    assert cookie.startswith("__Host-tidings=")
    assert all(words in cookie for words in ("Secure", "HttpOnly", "SameSite=strict", "Path=/"))
    assert "Domain" not in cookie
    assert "max-age" in answer.headers["strict-transport-security"]


def test_counters_behind_a_proxy_are_told_to_nobody_who_only_comes_from_this_machine(
    demo_record: Path, tmp_path: Path, quick_hashes: None
) -> None:
    """A proxy of this machine makes everybody come from it; then only a steward or the token opens the counters."""
    where = tmp_path / "probed.tidings"
    shutil.copyfile(demo_record, where)
    room = shared_of(where, replace(BEHIND, proxies=("127.0.0.1",)), probe="t" * 24)
    browser = room.browser(**WAY)

    assert browser.get("/metrics").status_code == 303
    assert browser.get("/metrics", headers={"authorization": "Bearer wrong"}).status_code == 303
    assert browser.get("/metrics", headers={"authorization": f"Bearer {'t' * 24}"}).status_code == 200
    assert room.sign_in("Rim", browser=room.browser(**WAY)).get("/metrics").status_code == 403
    assert room.sign_in("Sara", browser=room.browser(**WAY)).get("/metrics").status_code == 200


def test_a_room_with_its_own_certificate_is_served_over_tls(
    demo_record: Path, tmp_path: Path, pair: tuple[str, str], quick_hashes: None
) -> None:
    """`tidings serve --cert --key` listens over TLS, signs in, and answers nobody in the clear."""
    import socket
    import ssl
    import threading

    import uvicorn

    where = tmp_path / "tls.tidings"
    shutil.copyfile(demo_record, where)
    held = socket.socket()
    held.bind(("127.0.0.1", 0))
    port = held.getsockname()[1]
    room = shared_of(where, Door(port=port, names=("desk.example.org", "127.0.0.1"), secure=True))
    server = uvicorn.Server(uvicorn.Config(room.app, log_level="error", ssl_certfile=pair[0], ssl_keyfile=pair[1]))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [held]}, daemon=True)
    thread.start()
    while not server.started:
        thread.join(0.02)
    context = ssl.create_default_context(cafile=pair[0])
    body = f"name=Sara&password={PASSWORD.replace(' ', '+')}"
    asked = (
        f"POST /signin HTTP/1.1\r\nHost: desk.example.org:{port}\r\nOrigin: https://desk.example.org:{port}\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n{body}"
    )
    with socket.create_connection(("127.0.0.1", port)) as raw, context.wrap_socket(raw, server_hostname="desk.example.org") as wire:  # fmt: skip
        wire.sendall(asked.encode())
        answer = wire.makefile().read()
    with socket.create_connection(("127.0.0.1", port)) as raw:
        raw.sendall(b"GET /signin HTTP/1.1\r\nHost: desk.example.org\r\n\r\n")
        clear = raw.recv(100)
    server.should_exit = True
    thread.join(10)

    assert answer.startswith("HTTP/1.1 303")
    assert "__Host-tidings=" in answer
    assert b"200" not in clear
