"""Who may talk to the reading room: hosts, origins, the key in the link, sessions, roles, and what a page may load.

A browser on the same machine runs pages of strangers too. They must neither read the record nor decide anything in it: so
requests are answered only under the room's own names (DNS rebinding), with a cookie that a one-time link or a password gave
(no other program's page has it), and posts only from the room's own pages (origin, and a token in the form). Where the record
has users, what each role may do is held to here, before any page is made.
"""

from __future__ import annotations

import hmac
import secrets
from contextlib import nullcontext
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

from anyio import to_thread
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tidings.errors import TidingsError
from tidings.record import Look, Team, User
from tidings.web.door import LOOPBACK, Door, is_loopback
from tidings.web.roles import MAY, Visitor, needed
from tidings.web.sessions import Sessions

__all__ = ["LOOPBACK", "Guard", "Keys"]

_OPEN = ("/static/", "/vendor/")
"""Paths that hold nothing of the record: a page that says why the door is shut needs its style."""
_PULSE = frozenset({"/health", "/health/live"})
"""Whether the room lives: asked under any name, answered with nothing of the record."""

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:{more}; font-src 'self'; "
    "connect-src 'self'{more}; worker-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_MOST_BYTES = 200_000
"""A decision with its reason is some hundred bytes; whatever is larger is not read."""


class Keys:
    """The secrets of one run: keys of links (each opens once), the cookie's value, and the token of forms."""

    def __init__(self) -> None:
        self._links: set[str] = set()
        self.session = secrets.token_urlsafe(32)
        self.token = secrets.token_urlsafe(32)

    def new_link(self) -> str:
        """Return a key that opens the door once."""
        key = secrets.token_urlsafe(32)
        self._links.add(key)
        return key

    def open_with(self, key: str) -> bool:
        """Return whether a key opens the door; it never does again."""
        held = next((one for one in self._links if hmac.compare_digest(one.encode(), key.encode())), None)
        if held is None:
            return False
        self._links.discard(held)
        return True

    def is_session(self, value: str) -> bool:
        """Return whether a cookie's value is that of the run."""
        return hmac.compare_digest(self.session.encode(), value.encode())


class Guard:
    """The middleware before every page.

    Args:
        app: What is guarded.
        keys: The secrets of the run.
        door: How the room is reached.
        team: The users of the record.
        sessions: Who is signed in.
        by: Whose name decisions carry where the record has no users.
        probe: The token that opens the counters to whoever watches over the machine; empty for none.
        sources: Further places that pictures of the map may come from, as the user set them.
    """

    def __init__(
        self, app: ASGIApp, *, keys: Keys, door: Door, team: Team, sessions: Sessions, by: str = "", probe: str = "",
        sources: tuple[str, ...] = (),
    ) -> None:  # fmt: skip
        self._app = app
        self._keys = keys
        self._door = door
        self._team = team
        self._sessions = sessions
        self._by = by
        self._probe = probe
        self._policy = _POLICY.format(more="".join(f" {one}" for one in sources))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._seal(MutableHeaders(scope=message), scope["path"])
            await send(message)

        headers = Headers(scope=scope)
        state = scope["state"] = dict(scope.get("state", {}))
        if scope["path"] in _PULSE and scope["method"] in {"GET", "HEAD"}:
            await self._app(scope, receive, sending)
            return
        state["address"], wrong = self._door.came_from(scope, headers)
        refusal = _no(403, wrong) if wrong else self._refusal(scope, headers)
        visitor: Visitor | None = None
        if refusal is None and not scope["path"].startswith(_OPEN):
            visitor, refusal = await self._visitor(scope, headers)
        if refusal is None and scope["method"] == "POST":
            body, whole = await _read(receive)
            token = visitor.token if visitor and scope["path"] != "/signin" else ""
            refusal = self._post_refusal(headers, body, token) if whole else _no(413, "What was sent is too long.")
            receive = _again(body)
        if refusal is not None:
            await refusal(scope, receive, sending)
            return
        if scope["path"] == "/enter":
            await self._enter(scope)(scope, receive, sending)
            return
        state["visitor"], state["token"] = visitor, visitor.token if visitor else ""
        with nullcontext() if scope["method"] == "POST" else Look.once():
            await self._app(scope, receive, sending)

    def _refusal(self, scope: Scope, headers: Headers) -> Response | None:
        """Refuse what is for another host, is no page and no form, or was sent by another site."""
        if not self._door.answers(headers.get("host", "")):
            return _no(421, "Open the reading room under the address that was printed.")
        if scope["method"] not in {"GET", "HEAD", "POST"}:
            return _no(405, "Pages are read, and decisions are posted; nothing else is done here.")
        path = scope["path"]
        # A link in a letter or a chat may lead to the page where one signs in, and to the one that a link opens.
        if path.startswith(_OPEN) or path in {"/enter", "/signin"}:
            return None
        if headers.get("sec-fetch-site", "none") not in {"none", "same-origin"}:
            return _no(403, "Another site sent you here. Open the reading room by its own link.")
        return None

    async def _visitor(self, scope: Scope, headers: Headers) -> tuple[Visitor | None, Response | None]:
        """Return who asks, or why the door stays shut."""
        try:
            users = await to_thread.run_sync(self._team.users)
        except TidingsError:
            return None, _no(503, "The record does not answer now. Nothing is lost; try again in a moment.")
        path, method = scope["path"], scope["method"]
        if path == "/metrics" and method in {"GET", "HEAD"} and self._may_watch(scope, headers):
            return None, None
        visitor = self._member(headers, {user.name: user for user in users}) if users else self._guest(headers)
        if path == "/signin":
            return visitor, None if users else RedirectResponse("/", status_code=303)
        if path == "/enter":
            return visitor, RedirectResponse("/signin", status_code=303) if users else None
        if visitor is None:
            return None, self._shut(scope, headers, team=bool(users))
        least = needed("POST" if method == "POST" else "GET", path)
        if not visitor.may(least):
            words = f"You are signed in as {visitor.role}, who {MAY[visitor.role]}. That page is for a {least}; nothing was done."
            return None, _no(403, words, way='<p><a href="/">Back to the reading room</a></p>')
        return visitor, None

    def _guest(self, headers: Headers) -> Visitor | None:
        """Return the one user of a record without users, who came by the link."""
        if not self._keys.is_session(_cookie(headers, self._door.cookie)):
            return None
        return Visitor(name=self._by, role="steward", token=self._keys.token)

    def _member(self, headers: Headers, users: dict[str, User]) -> Visitor | None:
        token = _cookie(headers, self._door.cookie)
        held = self._sessions.of(token) if token else None
        user = users.get(held.name) if held else None
        if held is None or user is None or user.stamp != held.stamp:
            return None
        return Visitor(name=user.name, role=user.role, token=held.token, team=True, session=token)

    def _may_watch(self, scope: Scope, headers: Headers) -> bool:
        """Return whether counters are told without a session: to a token, and to this machine itself."""
        scheme, _, told = headers.get("authorization", "").partition(" ")
        if (
            self._probe
            and scheme.lower() == "bearer"
            and hmac.compare_digest(self._probe.encode(), told.strip().encode())
        ):
            return True
        # What a proxy of this machine hands on comes from this machine, whoever asked.
        return not self._door.proxies and is_loopback(scope["client"][0] if scope.get("client") else "")

    def _shut(self, scope: Scope, headers: Headers, *, team: bool) -> Response:
        if not team:
            return _no(
                401,
                "The door is opened by the link that tidings serve prints. A link opens once, and only while that run lasts: "
                "press Enter where tidings serve runs for a new one.",
            )
        if scope["method"] == "POST" or headers.get("hx-request") == "true":
            return _no(
                401, "You are signed out. Nothing was written.", way='<p><a href="/signin">Sign in again</a></p>'
            )
        asked = scope["path"] + (f"?{scope['query_string'].decode('latin-1')}" if scope["query_string"] else "")
        return RedirectResponse("/signin" + (f"?to={quote(asked, safe='')}" if asked != "/" else ""), status_code=303)

    def _post_refusal(self, headers: Headers, body: bytes, token: str) -> Response | None:
        told = headers.get("origin", "")
        origin = urlsplit(told)
        # A page that tells no referrer posts its forms with the origin "null": then only the browser's own word counts that
        # the page is of the same origin, which no page can write.
        unsaid = told == "null" and headers.get("sec-fetch-site") == "same-origin"
        if not unsaid and f"{origin.scheme}://{origin.netloc}" != f"{self._door.scheme}://{headers.get('host', '')}":
            return _no(403, "A decision can only be sent from a page of the reading room.")
        if not headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
            return _no(415, "Decisions are sent as a form.")
        # Where one signs in, nobody is known yet whose token a form could carry.
        sent = parse_qs(body.decode("utf-8", "replace")).get("token", [""])[0]
        if token and not hmac.compare_digest(token.encode(), sent.encode()):
            return _no(403, "The page is from an earlier run. Load it again and decide once more.")
        return None

    def _enter(self, scope: Scope) -> Response:
        key = parse_qs(scope["query_string"].decode("latin-1")).get("key", [""])[0]
        if not self._keys.open_with(key):
            return _no(
                401,
                "That link was used already, or is from an earlier run. Press Enter where tidings serve runs for a new one.",
            )
        # A page and not a redirect: a redirect keeps the site that the click came from, and a strict cookie would not be sent.
        answer = HTMLResponse(
            _PAGE.format(
                head='<meta http-equiv="refresh" content="0; url=/">',
                words='<a href="/">Open the reading room</a>',
                way="",
            )
        )
        answer.set_cookie(
            self._door.cookie, self._keys.session, httponly=True, samesite="strict", path="/", secure=self._door.secure
        )
        return answer

    def _seal(self, headers: MutableHeaders, path: str) -> None:
        headers["Content-Security-Policy"] = self._policy
        headers["X-Content-Type-Options"] = "nosniff"
        headers["Referrer-Policy"] = "no-referrer"
        headers["X-Frame-Options"] = "DENY"
        headers["Cross-Origin-Opener-Policy"] = "same-origin"
        headers["Cross-Origin-Resource-Policy"] = "same-origin"
        headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()"
        if self._door.secure:
            headers["Strict-Transport-Security"] = "max-age=31536000"
        headers["Cache-Control"] = "private, max-age=3600" if path.startswith(_OPEN) else "no-store"


_PAGE = (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
    '<title>Tidings</title><link rel="icon" href="/static/mark.svg"><link rel="stylesheet" href="/static/room.css">{head}</head>'
    '<body class="door"><main><h1>Tidings</h1><p>{words}</p>{way}</main></body></html>'
)


def _no(status: int, words: str, *, way: str = "") -> Response:
    return HTMLResponse(_PAGE.format(head="", words=words, way=way), status_code=status)


def _cookie(headers: Headers, name: str) -> str:
    for part in headers.get("cookie", "").split(";"):
        key, _, value = part.strip().partition("=")
        if key == name:
            return value
    return ""


async def _read(receive: Receive) -> tuple[bytes, bool]:
    """Return the body of a request, and whether it was read to its end."""
    pieces: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        pieces.append(message.get("body", b""))
        size += len(pieces[-1])
        if size > _MOST_BYTES:
            return b"", False
        if not message.get("more_body", False):
            return b"".join(pieces), True


def _again(body: bytes) -> Receive:
    """Return a receiver that gives a body that was read already."""

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    return receive
