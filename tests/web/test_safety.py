"""Who may talk to the reading room."""

from __future__ import annotations

import pytest
from tests.web.opening import Room, room_of


def test_a_page_is_shown_only_with_the_cookie(reading: Room) -> None:
    """Without the cookie that a link gave, nothing of the record is told."""
    bare = room_of(reading.where)
    bare.client.cookies.clear()
    answer = bare.client.get("/reports")

    assert answer.status_code == 401
    assert "Goma" not in answer.text


def test_a_link_opens_once(reading: Room) -> None:
    """The link sets a cookie that scripts cannot read and other sites do not send; used again it is dead."""
    room = room_of(reading.where)
    room.client.cookies.clear()
    link = f"/enter?key={room.keys.new_link()}"
    first = room.client.get(link)

    assert first.status_code == 200
    assert "HttpOnly" in first.headers["set-cookie"]
    assert "SameSite=strict" in first.headers["set-cookie"]
    assert room.client.get("/reports").status_code == 200
    assert room.client.get(link).status_code == 401


def test_a_link_of_an_earlier_run_is_dead(reading: Room) -> None:
    """Keys and cookies of one run are worth nothing in the next."""
    old, new = room_of(reading.where), room_of(reading.where)
    link = old.keys.new_link()
    new.client.cookies.clear()

    assert new.client.get(f"/enter?key={link}").status_code == 401
    new.client.cookies.set("tidings_0", old.keys.session)
    assert new.client.get("/").status_code == 401


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:80", "10.0.0.3", ""]
)
def test_other_names_of_the_machine_are_refused(reading: Room, host: str) -> None:
    """A name that was rebound to this machine opens nothing, even with the cookie."""
    assert reading.client.get("/", headers={"host": host}).status_code == 421


def test_the_port_belongs_to_the_name(reading: Room) -> None:
    """Where the port is known, another one in the name is refused."""
    from starlette.testclient import TestClient

    from tidings.web.app import create_app

    room = room_of(reading.where)
    app = create_app(reading.where, keys=room.keys, port=9000, warm=False)
    client = TestClient(app, base_url="http://127.0.0.1:9000", cookies={"tidings_9000": room.keys.session})
    assert client.get("/reports").status_code == 200
    assert client.get("/reports", headers={"host": "127.0.0.1:9001"}).status_code == 421


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"origin": "null", "sec-fetch-site": "cross-site"},
        {"origin": "http://127.0.0.1:9"},
        {"origin": "https://127.0.0.1"},
    ],
)
def test_posts_of_other_sites_are_refused(room: Room, headers: dict[str, str]) -> None:
    """A decision comes from a page of the room: its origin is told and is the room's."""
    fields = {"token": room.keys.token, "action": "note", "subject": "c_1", "reason": "x"}
    assert room.client.post("/decide", data=fields, headers=headers).status_code == 403


def test_a_post_needs_the_token_of_the_run(room: Room) -> None:
    """The right origin and cookie alone do not decide."""
    for token in ("", "wrong"):
        answer = room.client.post(
            "/decide",
            data={"token": token, "action": "note", "subject": "c_1", "reason": "x"},
            headers={"origin": "http://127.0.0.1"},
        )
        assert answer.status_code == 403


def test_a_page_of_another_site_cannot_ask(reading: Room) -> None:
    """A request that a browser marks as sent by another site is refused, even a reading one."""
    assert reading.client.get("/reports", headers={"sec-fetch-site": "cross-site"}).status_code == 403


def test_only_forms_of_some_size_are_taken(room: Room) -> None:
    """What is no form, or too long, is not read."""
    headers = {"origin": "http://127.0.0.1"}
    assert room.client.post("/decide", json={"token": room.keys.token}, headers=headers).status_code == 415
    assert room.client.post("/decide", data={"reason": "x" * 300_000}, headers=headers).status_code == 413
    assert room.client.put("/decide", headers=headers).status_code == 405


@pytest.mark.parametrize("path", ["/", "/nowhere", "/static/room.css", "/enter?key=x", "/map.json"])
def test_every_answer_is_sealed(reading: Room, path: str) -> None:
    """Each answer, a refusal too, forbids outside scripts, framing, sniffing and referrers."""
    headers = reading.client.get(path).headers

    assert "script-src 'self';" in headers["content-security-policy"]
    assert "'unsafe" not in headers["content-security-policy"]
    assert "http" not in headers["content-security-policy"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"


def test_pages_hold_no_script_and_no_style_of_their_own(reading: Room) -> None:
    """No page needs what the policy forbids."""
    import re

    for path in ("/", "/review", "/map", "/timeline", "/ledger/control", "/search?q=goma"):
        text = reading.client.get(path).text
        assert not re.search(r"<script(?![^>]*\bsrc=)", text)
        assert not re.search(r"<style|\sstyle=|\son\w+=", text)


def test_going_back_stays_in_the_room(room: Room) -> None:
    """After a decision nobody is sent to another site."""
    one = room.client.get("/review").text.split('data-id="', 1)[1].split('"', 1)[0]
    for back in ("https://evil.example", "//evil.example", "/\\evil.example"):
        answer = room.post(action="note", subject=one, reason="x", back=back)
        assert (answer.status_code, answer.headers["location"]) == (303, "/review")


@pytest.mark.parametrize(
    "path", ["/static/../app.py", "/static/%2e%2e/app.py", "/vendor/..%2f..%2fapp.py", "/report/..%2f..%2fx"]
)
def test_no_file_beside_the_shared_ones_is_given(reading: Room, path: str) -> None:
    """Paths cannot climb."""
    assert reading.client.get(path).status_code == 404
