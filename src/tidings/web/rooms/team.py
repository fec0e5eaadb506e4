"""Team: signing in and out, one's own password, and, for stewards, users, the journal, builds and the join's prior."""

from __future__ import annotations

import logging
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response

from tidings.errors import UsageError
from tidings.record import ROLES, SHORTEST, Record, Team
from tidings.web.door import Door
from tidings.web.journal import Journal
from tidings.web.pages import desk_of, inside, pages_of, visitor_of
from tidings.web.roles import MAY
from tidings.web.sessions import ABSOLUTE_S, IDLE_S, Sessions, Throttle

__all__ = ["router"]

router = APIRouter()
_log = logging.getLogger(__name__)
_LINES = 60
_WRONG = "The name and the password do not go together."
Words = Annotated[str, Form()]


class _Hands:
    """What the pages of the team work with, from the application that a request came to."""

    def __init__(self, request: Request) -> None:
        held = request.app.state
        self.team: Team = held.team
        self.sessions: Sessions = held.sessions
        self.throttle: Throttle = held.throttle
        self.journal: Journal = held.journal
        self.door: Door = held.door
        self.count = held.watch.count_signin


@router.get("/signin")
def door(request: Request, to: str = "/") -> Response:
    """The page where one signs in."""
    return pages_of(request).show(request, "signin", to=inside(to, "/"), said="", name="")


@router.post("/signin")
def signin(request: Request, name: Words = "", password: Words = "", to: Words = "/") -> Response:
    """Sign in: every failure says the same, and takes as long."""
    hands, to = _Hands(request), inside(to, "/")
    address = getattr(request.state, "address", "")
    wait = hands.throttle.take(name, address)
    if wait:
        hands.count("refused")
        _log.warning("sign-in refused: too many tries", extra={"address": address})
        said = f"Too many tries. Wait {-(-wait // 60)} minute{'' if wait <= 60 else 's'}, then try again."
        answer = pages_of(request).show(request, "signin", status=429, to=to, said=said, name=name)
        answer.headers["Retry-After"] = str(wait)
        return answer
    user = hands.team.tried(name, password)
    if user is None:
        hands.count("failed")
        _log.warning("sign-in failed", extra={"address": address})
        known = hands.team.user(name)
        if known is None:
            hands.journal.stranger()
        else:
            hands.journal.write("", "failed to sign in as", known.name)
        return pages_of(request).show(request, "signin", status=401, to=to, said=_WRONG, name=name)
    hands.throttle.passed(name, address)
    hands.count("done")
    hands.journal.write(user.name, "signed in")
    old = visitor_of(request).session
    if old:
        hands.sessions.end(old)
    answer = RedirectResponse(to, status_code=303)
    answer.set_cookie(
        hands.door.cookie, hands.sessions.open(user), httponly=True, samesite="strict", path="/", secure=hands.door.secure, max_age=ABSOLUTE_S,
    )  # fmt: skip
    return answer


@router.post("/signout")
def signout(request: Request) -> Response:
    """Sign out here."""
    hands, visitor = _Hands(request), visitor_of(request)
    if visitor.team:
        hands.sessions.end(visitor.session)
        hands.journal.write(visitor.name, "signed out")
    answer = RedirectResponse("/signin", status_code=303)
    answer.delete_cookie(hands.door.cookie, path="/", secure=hands.door.secure, httponly=True, samesite="strict")
    return answer


@router.get("/me")
def me(request: Request) -> Response:
    """Who one is, what one may do, and one's own password."""
    return _me(request)


def _me(request: Request, *, said: str = "", status: int = 200) -> Response:
    visitor = visitor_of(request)
    count = _Hands(request).sessions.count().get(visitor.name, 0)
    return pages_of(request).show(
        request, "me", status=status, said=said, may=MAY, count=count, shortest=SHORTEST, idle=IDLE_S // 60, longest=ABSOLUTE_S // 3600,
    )  # fmt: skip


@router.post("/me/password")
def change(request: Request, old: Words = "", new: Words = "", again: Words = "") -> Response:
    """Change one's own password; every session of the user ends."""
    hands, visitor = _Hands(request), visitor_of(request)
    _only_team(request)
    address = getattr(request.state, "address", "")
    if hands.throttle.take(visitor.name, address):
        return _me(request, said="Too many tries. Wait a quarter of an hour, then try again.", status=429)
    if hands.team.tried(visitor.name, old) is None:
        hands.journal.write(visitor.name, "failed to change the password of", visitor.name)
        return _me(request, said="The old password is another one. Nothing was changed.", status=400)
    hands.throttle.passed(visitor.name, address)
    if new != again:
        return _me(request, said="The two new passwords do not match. Nothing was changed.", status=400)
    try:
        hands.team.set_password(visitor.name, new, by=visitor.name)
    except UsageError as error:
        return _me(request, said=f"{str(error)[:1].upper()}{str(error)[1:]} Nothing was changed.", status=400)
    hands.sessions.end_all(visitor.name)
    return RedirectResponse("/signin", status_code=303)


@router.post("/me/sessions")
def leave(request: Request) -> Response:
    """Sign out everywhere."""
    hands, visitor = _Hands(request), visitor_of(request)
    hands.sessions.end_all(visitor.name)
    hands.journal.write(visitor.name, "signed out everywhere")
    return RedirectResponse("/signin", status_code=303)


@router.get("/team")
def team(request: Request) -> Response:
    """Users, the journal, builds: for stewards."""
    return _team(request)


def _team(request: Request, *, said: str = "", status: int = 200) -> Response:
    hands, desk = _Hands(request), desk_of(request)
    builds, total = desk.look.page("builds", limit=500)
    return pages_of(request).show(
        request, "team", status=status, said=said, users=hands.team.users(), roles=ROLES, may=MAY, sessions=hands.sessions.count(),
        lines=hands.team.journal(limit=_LINES), builds=list(reversed(builds))[:8], total=total, pending=desk.standing().pending,
        shortest=SHORTEST,
    )  # fmt: skip


@router.post("/team/user")
def user(request: Request, do: Words, name: Words, role: Words = "reader", password: Words = "") -> Response:
    """Add or remove a user, give another role or password, or end the user's sessions."""
    hands, by = _Hands(request), visitor_of(request).name
    _only_team(request)
    acts: dict[str, Any] = {
        "add": lambda: hands.team.add(name, role, password, by=by),
        "role": lambda: hands.team.set_role(name, role, by=by),
        "password": lambda: hands.team.set_password(name, password, by=by),
        "remove": lambda: hands.team.remove(name, by=by),
        "end": lambda: hands.journal.write(by, "ended the sessions of", name),
    }
    if do not in acts:
        raise UsageError("There is nothing of that name to do with a user.")
    try:
        acts[do]()
    except UsageError as error:
        return _team(request, said=f"{str(error)[:1].upper()}{str(error)[1:]}", status=400)
    if do in {"password", "remove", "end"}:
        hands.sessions.end_all(name)
    return RedirectResponse("/team", status_code=303)


def _only_team(request: Request) -> None:
    if not visitor_of(request).team:
        raise UsageError(
            "The record has no users yet. The first one is added at the terminal: tidings users add RECORD NAME --role steward"
        )


@router.post("/rebuild")
def rebuild(request: Request, back: Words = "/review") -> Response:
    """Build the record again, so that decisions taken since the last build take effect."""
    desk_of(request).build()
    return RedirectResponse(inside(back, "/review"), status_code=303)


@router.post("/refit")
def refit(request: Request, reason: Words = "") -> Response:
    """Fix how seldom two accounts tell of one happening, and build the record again."""
    by = visitor_of(request).name
    if not reason.strip():
        return _team(request, said="A decision needs a reason.", status=400)

    def change(record: Record) -> None:
        record.refit(reason=reason, by=by)

    desk_of(request).build(change)
    return RedirectResponse("/team", status_code=303)


@router.post("/remove")
def remove(request: Request, document: Words, reason: Words = "") -> Response:
    """Take a report back, and build the record again without it."""
    by = visitor_of(request).name
    if not reason.strip():
        raise UsageError("A decision needs a reason.")

    def change(record: Record) -> None:
        record.remove(document, reason=reason, by=by)

    desk_of(request).build(change)
    return RedirectResponse("/reports", status_code=303)
