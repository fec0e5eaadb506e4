"""Who may talk to the reading room: hosts, origins, the key in the link, the cookie, and what a page may load.

A browser on the same machine runs pages of strangers too. They must neither read the record nor decide anything in it: so
requests are answered only under a loopback name (DNS rebinding), with a cookie that a one-time link gave (no other program's
page has it), and posts only from the room's own pages (origin, and a token in the form).
"""

from __future__ import annotations

import hmac
import secrets
from typing import Any
from urllib.parse import parse_qs, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import HTMLResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["LOOPBACK", "Guard", "Keys"]

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
_OPEN = ("/static/", "/vendor/")
"""Paths that hold nothing of the record: a page that says why the door is shut needs its style."""

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

    def is_token(self, value: str) -> bool:
        """Return whether a form carries the token of the run."""
        return hmac.compare_digest(self.token.encode(), value.encode())


class Guard:
    """The middleware before every page.

    Args:
        app: What is guarded.
        keys: The secrets of the run.
        port: The port that the room listens on; 0 takes any.
        sources: Further places that pictures of the map may come from, as the user set them.
    """

    def __init__(self, app: ASGIApp, *, keys: Keys, port: int = 0, sources: tuple[str, ...] = ()) -> None:
        self._app = app
        self._keys = keys
        self._port = port
        self._policy = _POLICY.format(more="".join(f" {one}" for one in sources))
        self.cookie = f"tidings_{port}"

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
        refusal = self._refusal(scope, headers)
        if refusal is None and scope["method"] == "POST":
            body, whole = await _read(receive)
            refusal = self._post_refusal(headers, body) if whole else _no(413, "What was sent is too long.")
            receive = _again(body)
        if refusal is not None:
            await refusal(scope, receive, sending)
            return
        if scope["path"] == "/enter":
            await self._enter(scope)(scope, receive, sending)
            return
        scope["state"] = {**scope.get("state", {}), "token": self._keys.token}
        await self._app(scope, receive, sending)

    def _refusal(self, scope: Scope, headers: Headers) -> Response | None:
        host = headers.get("host", "")
        name, _, port = host.rpartition(":") if not host.endswith("]") else (host, "", "")
        name, port = (name, port) if name else (host, "")
        if name not in LOOPBACK or (self._port and port != str(self._port)):
            return _no(421, "Open the reading room under the address that was printed.")
        if scope["method"] not in {"GET", "HEAD", "POST"}:
            return _no(405, "Pages are read, and decisions are posted; nothing else is done here.")
        path = scope["path"]
        if path.startswith(_OPEN) or path == "/enter":
            return None
        if headers.get("sec-fetch-site", "none") not in {"none", "same-origin"}:
            return _no(403, "Another site sent you here. Open the reading room by its own link.")
        if not self._keys.is_session(_cookie(headers, self.cookie)):
            return _no(
                401,
                "The door is opened by the link that tidings serve prints. A link opens once, and only while that run lasts: "
                "press Enter where tidings serve runs for a new one.",
            )
        return None

    def _post_refusal(self, headers: Headers, body: bytes) -> Response | None:
        told = headers.get("origin", "")
        origin = urlsplit(told)
        # A page that tells no referrer posts its forms with the origin "null": then only the browser's own word counts that
        # the page is of the same origin, which no page can write.
        unsaid = told == "null" and headers.get("sec-fetch-site") == "same-origin"
        if not unsaid and f"{origin.scheme}://{origin.netloc}" != f"http://{headers.get('host', '')}":
            return _no(403, "A decision can only be sent from a page of the reading room.")
        if not headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
            return _no(415, "Decisions are sent as a form.")
        sent = parse_qs(body.decode("utf-8", "replace")).get("token", [""])[0]
        if not self._keys.is_token(sent):
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
                head='<meta http-equiv="refresh" content="0; url=/">', words='<a href="/">Open the reading room</a>'
            )
        )
        answer.set_cookie(self.cookie, self._keys.session, httponly=True, samesite="strict", path="/")
        return answer

    def _seal(self, headers: MutableHeaders, path: str) -> None:
        headers["Content-Security-Policy"] = self._policy
        headers["X-Content-Type-Options"] = "nosniff"
        headers["Referrer-Policy"] = "no-referrer"
        headers["X-Frame-Options"] = "DENY"
        headers["Cross-Origin-Opener-Policy"] = "same-origin"
        headers["Cross-Origin-Resource-Policy"] = "same-origin"
        headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()"
        headers["Cache-Control"] = "private, max-age=3600" if path.startswith(_OPEN) else "no-store"


_PAGE = (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
    '<title>Tidings</title><link rel="icon" href="/static/mark.svg"><link rel="stylesheet" href="/static/room.css">{head}</head>'
    '<body class="door"><main><h1>Tidings</h1><p>{words}</p></main></body></html>'
)


def _no(status: int, words: str) -> Response:
    return HTMLResponse(_PAGE.format(head="", words=words), status_code=status)


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
