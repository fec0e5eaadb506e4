"""A record with users: who signs in, what each role may do, and when a session ends."""

from __future__ import annotations

import re
from typing import Any

import pytest
from tests.web.opening import PASSWORD, USERS, Shared, token_in

import tidings
from tidings.record import Team, User
from tidings.web.roles import needed
from tidings.web.sessions import ABSOLUTE_S, IDLE_S, Sessions, Throttle

PAGES = (
    "/",
    "/review",
    "/reports",
    "/events",
    "/entities",
    "/proposals",
    "/map",
    "/brief",
    "/me",
    "/review?show=decided",
)
POSTS = {
    "/decide": {"action": "note", "subject": "?", "reason": "seen"},
    "/rebuild": {},
    "/refit": {"reason": ""},
    "/remove": {"document": "d_0", "reason": ""},
    "/team/user": {"do": "nothing", "name": "x"},
}


def test_nothing_is_told_before_signing_in(shared: Shared) -> None:
    """Every page leads to the one where one signs in and then back; pieces and posts are refused."""
    browser = shared.browser()
    for path in (*PAGES, "/team", "/map.json", "/report/d_0/original", "/brief/export"):
        answer = browser.get(path)
        assert (answer.status_code, answer.text) == (303, ""), path
        assert answer.headers["location"].startswith("/signin"), path
    assert browser.get("/events?page=2").headers["location"] == "/signin?to=%2Fevents%3Fpage%3D2"
    assert browser.get("/review", headers={"hx-request": "true"}).status_code == 401
    assert browser.post("/decide", data={}, headers={"origin": "http://127.0.0.1"}).status_code == 401
    assert browser.get("/enter?key=x").headers["location"] == "/signin"
    assert "Password" in browser.get("/signin").text


@pytest.mark.parametrize("name", USERS)
def test_each_role_may_do_what_it_may(shared: Shared, name: str) -> None:
    """A reader reads, a reviewer also decides, a steward may do all: on the server, whatever a page shows."""
    browser, role = shared.sign_in(name), USERS[name]
    token = token_in(browser.get("/me").text)
    for path in PAGES:
        assert browser.get(path).status_code == 200, path
    assert browser.get("/team").status_code == (200 if role == "steward" else 403)
    assert browser.get("/metrics").status_code == 200  # a browser on this machine
    one = re.search(r'data-id="(\w+)"', browser.get("/review").text)
    assert one
    allowed = {"reader": set(), "reviewer": {"/decide"}, "steward": set(POSTS)}[role]
    for path, fields in POSTS.items():
        sent = {key: one[1] if value == "?" else value for key, value in fields.items()}
        answer = browser.post(path, data={"token": token, **sent})
        assert (answer.status_code != 403) == (path in allowed), (path, answer.status_code)


@pytest.mark.parametrize("name", USERS)
def test_pages_show_only_what_one_may_do(shared: Shared, name: str) -> None:
    """A reader's pages have no form that changes anything but the reader's own password and session."""
    browser, role = shared.sign_in(name), USERS[name]
    shown: set[str] = set()
    paths = [*PAGES, "/team"]
    for listed, pattern in (("/reports", "/report/"), ("/events", "/event/"), ("/entities?kind=place", "/entity/"), ("/search?q=goma", "/claim/")):  # fmt: skip
        found = re.search(rf'href="({pattern}\w+)"', browser.get(listed).text)
        assert found, listed
        paths.append(found[1])
    for path in paths:
        shown |= set(re.findall(r'<form[^>]*method="post" action="([^"]+)"', browser.get(path).text))
    own = {"/signout", "/me/password", "/me/sessions"}
    assert shown >= own
    assert all(role_may(role, path) for path in shown)
    assert ("/decide" in shown) == (role != "reader")
    assert ("/remove" in shown) == ("/refit" in shown) == ("/team/user" in shown) == (role == "steward")


def role_may(role: str, path: str) -> bool:
    order = ("reader", "reviewer", "steward")
    return order.index(role) >= order.index(needed("POST", path))


def test_every_address_that_changes_something_is_known(shared: Shared) -> None:
    """Whatever is posted to and not named among the roles is for stewards; the ones named are there."""
    posts = {route.path for route in routes(shared.app) if "POST" in (getattr(route, "methods", None) or ())}

    assert {path: needed("POST", path) for path in posts} == {
        "/decide": "reviewer",
        "/me/password": "reader",
        "/me/sessions": "reader",
        "/rebuild": "steward",
        "/refit": "steward",
        "/remove": "steward",
        "/signin": "steward",  # open before anybody is known, so never asked
        "/signout": "reader",
        "/team/user": "steward",
    }
    assert needed("POST", "/whatever/comes") == "steward"


def routes(app: Any) -> list[Any]:
    from tidings.web import rooms

    return [route for router in rooms.ROUTERS for route in router.routes]


def test_a_decision_carries_the_name_of_who_signed_in(desk: Shared) -> None:
    """What a form says of its author counts for nothing."""
    browser = desk.sign_in("rim")
    one = re.search(r'data-id="(c_\w+)"', browser.get("/review?only=c_").text)
    assert one
    fields = {
        "token": token_in(browser.get("/me").text),
        "action": "accept",
        "subject": one[1],
        "reason": "read",
        "by": "Sara",
    }
    assert browser.post("/decide", data=fields).status_code == 303

    with tidings.open(desk.where) as record:
        assert [(row["by"], row["action"], row["subject"]) for row in record.decisions()] == [("Rim", "accept", one[1])]


def test_a_token_of_another_session_decides_nothing(desk: Shared) -> None:
    """Each session's forms have a token of their own."""
    token = token_in(desk.sign_in("Sara").get("/me").text)
    fields = {"token": token, "action": "note", "subject": "c_1", "reason": "x"}
    assert desk.sign_in("Rim").post("/decide", data=fields).status_code == 403


def test_a_wrong_name_and_a_wrong_password_look_the_same(desk: Shared) -> None:
    """Nobody learns from a failure who the users are."""
    answers = [desk.sign_in(name, "wrong words").answer for name in ("Sara", "Nobody")]

    assert [answer.status_code for answer in answers] == [401, 401]
    assert answers[0].text.replace("Sara", "Nobody") == answers[1].text
    assert all("set-cookie" not in answer.headers for answer in answers)


def test_an_unknown_name_costs_a_hash_too(desk: Shared, monkeypatch: pytest.MonkeyPatch) -> None:
    """A password is tried against a hash whether there is a user or not."""
    from tidings import _team

    tried: list[str] = []
    monkeypatch.setattr(_team, "_fits", lambda password, hashed: bool(tried.append(hashed[:9])))
    team = Team(desk.where)

    assert [team.tried("Sara", "x"), team.tried("Nobody", "x")] == [None, None]
    assert tried == ["$argon2id", "$argon2id"]


def test_guessing_is_slowed_down_by_name_and_by_address(desk: Shared) -> None:
    """After ten failures a name waits, known or not, from wherever; after thirty an address does; the right password too."""
    for name in ("Sara", "Nobody"):
        codes = [
            desk.sign_in(name, "wrong", desk.browser(address=f"10.0.{len(name)}.{n}")).answer.status_code
            for n in range(11)
        ]
        assert codes == [401] * 10 + [429]
    refused = desk.sign_in("Sara").answer
    assert refused.status_code == 429
    assert 0 < int(refused.headers["retry-after"]) <= 15 * 60
    codes = [desk.sign_in(f"name {n}", "wrong", desk.browser(address="10.9.9.9")).answer.status_code for n in range(31)]
    assert codes == [401] * 30 + [429]
    assert desk.sign_in("Rim").answer.status_code == 303


def test_throttles_let_go_in_time() -> None:
    """A quarter of an hour later one may try again; a success forgets the failures of the name."""
    now = [0.0]
    throttle = Throttle(lambda: now[0])
    assert [throttle.take("a", "x") for _ in range(10)] == [0] * 10
    assert throttle.take("a", "x") == 901
    now[0] = 901.0
    assert throttle.take("a", "x") == 0
    throttle.passed("a", "x")
    assert [throttle.take("a", "x") for _ in range(10)] == [0] * 10


def test_sessions_end() -> None:
    """A session is over when nobody used it for an hour, after twelve hours at the latest, and when it is ended."""
    now = [0.0]
    sessions = Sessions(lambda: now[0])
    user = User(name="Sara", role="steward", password="", stamp="s", since="")
    idle, busy, out = (sessions.open(user) for _ in range(3))
    sessions.end(out)
    assert [bool(sessions.of(one)) for one in (idle, busy, out, "never")] == [True, True, False, False]
    while now[0] < ABSOLUTE_S:
        assert sessions.of(busy)
        now[0] += IDLE_S - 1
    assert [sessions.of(one) for one in (idle, busy)] == [None, None]
    assert sessions.count() == {}


def test_tokens_are_kept_as_hashes(desk: Shared) -> None:
    """What a browser sends is nowhere in the room's memory of sessions, nor in the record."""
    browser = desk.sign_in("Sara")
    token = browser.cookies["tidings_0"]

    assert token not in repr(desk.app.state.sessions._held)
    assert PASSWORD.encode() not in open(desk.where, "rb").read()  # noqa: SIM115, PTH123
    assert token.encode() not in open(desk.where, "rb").read()  # noqa: SIM115, PTH123


def test_signing_out_and_a_new_password_end_sessions(desk: Shared) -> None:
    """Signing out ends one session; a password that is changed, here or at the terminal, ends all of the user."""
    first, second, other = desk.sign_in("Sara"), desk.sign_in("Sara"), desk.sign_in("Rim")
    first.post("/signout", data={"token": token_in(first.get("/me").text)})
    assert [one.get("/me").status_code for one in (first, second, other)] == [303, 200, 200]

    fields = {"token": token_in(second.get("/me").text), "old": PASSWORD, "new": "other words nobody knows", "again": "other words nobody knows"}  # fmt: skip
    assert second.post("/me/password", data={**fields, "old": "wrong"}).status_code == 400
    assert second.post("/me/password", data={**fields, "again": "x"}).status_code == 400
    assert second.post("/me/password", data={**fields, "new": "short", "again": "short"}).status_code == 400
    assert second.post("/me/password", data=fields).status_code == 303
    assert second.get("/me").status_code == 303
    third = desk.sign_in("Sara", "other words nobody knows")
    Team(desk.where).set_password("sara", PASSWORD, by="the terminal")
    assert [one.get("/me").status_code for one in (third, other)] == [303, 200]


def test_stewards_manage_users(desk: Shared) -> None:
    """Users come, change their role and go; each takes effect at the next page; the last steward stays."""
    sara, rim = desk.sign_in("Sara"), desk.sign_in("Rim")

    def act(do: str, name: str, **more: str) -> int:
        return int(sara.post("/team/user", data={"token": token_in(sara.get("/me").text), "do": do, "name": name, **more}).status_code)  # fmt: skip

    assert act("add", "Noor", role="reader", password=PASSWORD) == 303
    assert act("add", "noor ", role="reader", password=PASSWORD) == 400
    assert act("add", "Ali", role="king", password=PASSWORD) == 400
    assert act("role", "Rim", role="reader") == 303
    assert rim.post("/decide", data={"token": token_in(rim.get("/me").text)}).status_code == 403
    assert act("role", "Sara", role="reader") == 400
    assert act("remove", "Sara") == 400
    assert act("end", "Rim") == 303
    assert rim.get("/me").status_code == 303
    assert act("remove", "Rim") == 303
    assert desk.sign_in("Rim").answer.status_code == 401
    assert desk.sign_in("NOOR").answer.status_code == 303
    assert [user.name for user in Team(desk.where).users()] == ["Noor", "Rana", "Sara"]


def test_the_journal_tells_who_came_and_is_chained(desk: Shared) -> None:
    """Sign-ins, failures and changes are lines in their order, without addresses or mistyped names; a changed line shows."""
    sara = desk.sign_in("Sara")
    desk.sign_in("Sara", "wrong")
    desk.sign_in("my password by mistake", "wrong")
    sara.post(
        "/team/user", data={"token": token_in(sara.get("/me").text), "do": "role", "name": "Rana", "role": "reviewer"}
    )
    desk.app.state.journal.flush()
    lines = [(line.who, line.did, line.whom) for line in reversed(Team(desk.where).journal())]

    assert sorted(lines[3:]) == [
        ("", "failed to sign in as", "Sara"),
        ("", "failed to sign in under a name that nobody has", ""),
        ("Sara", "made reviewer", "Rana"),
        ("Sara", "signed in", ""),
    ]
    assert lines[:3] == [("a test", f"added as {role}", name) for name, role in USERS.items()]
    assert Team(desk.where).faults() == []
    from tests.postgres import altered

    altered(desk.where, "UPDATE journal SET who = 'Rim' WHERE row = 4")
    assert Team(desk.where).faults() == ["line 5 was changed after it was written"]


def test_signing_in_waits_for_no_build(desk: Shared) -> None:
    """While somebody writes to the record, people sign in and read; their lines of the journal come afterwards."""
    from tests.postgres import held

    with held(desk.where):
        browser = desk.sign_in("Rana")
        assert browser.answer.status_code == 303
        assert browser.get("/events").status_code == 200
        assert not desk.app.state.journal.flush(wait=0.1)
    assert desk.app.state.journal.flush()
    assert "signed in" in [line.did for line in Team(desk.where).journal()]


def test_going_on_after_signing_in_stays_in_the_room(desk: Shared) -> None:
    """The page asked for comes after signing in, and never another site."""
    for to, there in (("/events?page=2", "/events?page=2"), ("https://evil.example", "/"), ("//evil.example", "/"), ("/\\evil.example", "/")):  # fmt: skip
        fields = {"name": "Rana", "password": PASSWORD, "to": to}
        answer = desk.browser().post("/signin", data=fields, headers={"origin": "http://127.0.0.1"})
        assert answer.headers["location"] == there


@pytest.mark.parametrize("origin", ["", "null", "http://evil.example"])
def test_another_site_signs_nobody_in(desk: Shared, origin: str) -> None:
    """The form is taken from the room's own page only."""
    headers = {"origin": origin} if origin else {}
    assert (
        desk.browser().post("/signin", data={"name": "Sara", "password": PASSWORD}, headers=headers).status_code == 403
    )


def test_builds_are_started_by_stewards(desk: Shared) -> None:
    """A steward takes a report back from its page; the decision carries the name, and the record is built without it."""
    sara = desk.sign_in("Sara")
    with tidings.open(desk.where) as record:
        one = next(row["id"] for row in record.documents() if not row["known"])
    token = token_in(sara.get("/me").text)
    assert sara.post("/remove", data={"token": token, "document": one, "reason": " "}).status_code == 400
    assert sara.post("/remove", data={"token": token, "document": one, "reason": "withdrawn"}).status_code == 303
    import time

    while desk.app.state.desk.building:
        time.sleep(0.05)
    with tidings.open(desk.where) as record:
        assert one not in {row["id"] for row in record.documents()}
        assert [(row["by"], row["action"], row["reason"]) for row in record.decisions()] == [
            ("Sara", "remove", "withdrawn")
        ]
