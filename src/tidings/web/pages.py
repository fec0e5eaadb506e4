"""Pages from templates: everything escaped, and what turns words around made visible."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import quote, urlencode

from fastapi import Request
from jinja2 import Environment, PackageLoader
from markupsafe import Markup
from starlette.responses import HTMLResponse, JSONResponse, Response

from tidings.web import wording
from tidings.web.desk import Desk, Row
from tidings.web.roles import Visitor

__all__ = ["PER_PAGE", "Pages", "desk_of", "inside", "neutral", "pages_of", "sent", "visitor_of"]

PER_PAGE = 40

_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
VISIBLE = "\u2423"
"""Shown where a report holds a character that would turn the words after it around, or that cannot be seen."""


def neutral(value: Any) -> Any:
    """Return a string with characters that turn words around, or that cannot be seen, replaced by a visible sign."""
    if type(value) is str:
        return _CONTROL.sub(VISIBLE, _TURNING.sub(VISIBLE, value))
    return value


class Pages:
    """Shows templates.

    Args:
        desk: What every page reads from.
        tiles: Where pictures of the map come from.
    """

    def __init__(self, desk: Desk, *, tiles: str = "") -> None:
        self.desk = desk
        self.tiles = tiles
        self._jinja = Environment(
            loader=PackageLoader("tidings.web", "templates"),
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            finalize=neutral,
        )
        self._jinja.filters.update(
            number=wording.number,
            plainly=wording.plainly,
            days=wording.days,
            outward=outward,
            part=part,
            seen=_seen,
        )
        self._jinja.globals.update(
            name_of=wording.name_of, link=link, rooms=wording.ROOMS, KIND_WORDS=wording.KINDS, query=_query
        )

    def show(self, request: Request, template: str, *, status: int = 200, **values: Any) -> Response:
        """Return a page, or only its middle where htmx asks for a piece."""
        values.setdefault("here", template)
        html = self._jinja.get_template(f"{template}.html.jinja").render(
            request=request,
            token=getattr(request.state, "token", ""),
            visitor=visitor_of(request),
            building=self.desk.building,
            trouble=self.desk.trouble,
            path=request.url.path,
            **values,
        )
        return HTMLResponse(html, status_code=status)

    def text(self, template: str, **values: Any) -> str:
        """Return a template as text."""
        return self._jinja.get_template(template).render(**values)


def pages_of(request: Request) -> Pages:
    """Return the pages of the application that a request came to."""
    held: Pages = request.app.state.pages
    return held


def desk_of(request: Request) -> Desk:
    """Return the desk of the application that a request came to."""
    held: Desk = request.app.state.desk
    return held


def sent(request: Request, desk: Desk, name: str, make: Callable[[], Any]) -> Response:
    """Return data for a drawing, made and packed once for each state of the record."""

    def packed() -> bytes:
        return gzip.compress(bytes(JSONResponse(make()).body), 6, mtime=0)

    held = desk.kept(name, packed)
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(held, media_type="application/json", headers={"content-encoding": "gzip", "vary": "Accept-Encoding"})  # fmt: skip
    return Response(gzip.decompress(held), media_type="application/json")


_NOBODY = Visitor(name="", role="reader", token="")


def visitor_of(request: Request) -> Visitor:
    """Return who asks; before signing in, somebody who may do nothing."""
    held: Visitor | None = getattr(request.state, "visitor", None)
    return held or _NOBODY


def inside(back: str, other: str) -> str:
    """Return a page of the room and of nowhere else: ``other`` where an address leads out."""
    return back if back.startswith("/") and not back.startswith(("//", "/\\")) and not _CONTROL.search(back) and "\n" not in back else other  # fmt: skip


def outward(url: str) -> str:
    """Return an address of the web as it is, and nothing for any other (``javascript:`` …)."""
    return url if re.match(r"https?://[^\s\"'<>]+\Z", url or "", re.IGNORECASE) else ""


def part(value: str) -> str:
    """Return words for use inside an address."""
    return quote(str(value), safe="")


_PATHS = {"e": "event", "d": "report", "n": "entity"}


def link(one: str) -> str:
    """Return the page of an id."""
    letter = str(one).partition("_")[0]
    return f"/{_PATHS.get(letter, 'why')}/{part(one)}"


def _query(request: Request, **changes: Any) -> str:
    """Return the question of a request with some values changed; None takes one out."""
    held = {**dict(request.query_params), **changes}
    return "?" + urlencode({name: value for name, value in held.items() if value not in (None, "")})


def _seen(row: Row) -> Markup:
    """Return the words of a row in their sentence, the words themselves marked."""
    return Markup('<span dir="auto">{}<mark>{}</mark>{}</span>').format(
        neutral(row.get("before", "")), neutral(row["quote"]), neutral(row.get("after", ""))
    )
