"""The application: rooms behind the guard, and pages that say clearly what went wrong."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import quote, urlsplit

from anyio import to_thread
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import Response

from tidings.errors import TidingsError, UnknownId, UsageError
from tidings.record import Overtaken, Team
from tidings.web import rooms
from tidings.web.desk import Desk
from tidings.web.door import Door
from tidings.web.journal import Journal
from tidings.web.pages import Pages
from tidings.web.safety import Guard, Keys
from tidings.web.sessions import Sessions, Throttle
from tidings.web.watch import Watch, Watching

__all__ = ["create_app"]

_HERE = Path(__file__).parent


def create_app(
    where: str | Path, *, keys: Keys | None = None, port: int = 0, by: str = "", tiles: str = "", warm: bool = True,
    door: Door | None = None, probe: str = "",
) -> FastAPI:  # fmt: skip
    """Return the reading room of a record.

    Args:
        where: The record file.
        keys: The secrets of the run; new ones where None.
        port: The port that it will listen on; 0 takes any.
        by: Who decides; the setting ``analyst`` where empty.
        tiles: Where pictures of the map come from: a ``.pmtiles`` file, or a URL with {z}, {x}, {y}; empty for none.
        warm: Whether the search index and the overview are made in the background at once.
        door: How it is reached; on this machine alone where None.
        probe: A token that opens the counters to whoever watches over the machine.

    Raises:
        NotARecord: There is no such file, or it is something else.
        NewerRecord: A newer version of Tidings wrote it.
    """
    from tidings.config import settings

    keys, door, sessions = keys or Keys(), door or Door(port=port), Sessions()
    outside = (_folder(tiles),) if tiles.startswith("https://") else ()
    team = Team(where)
    team.bring_forward()
    desk, journal = Desk(str(where)), Journal(team)
    watch = Watch(desk, sessions)
    by = by or settings().analyst

    @asynccontextmanager
    async def lasting(_: FastAPI) -> AsyncIterator[None]:
        yield
        await to_thread.run_sync(journal.flush)

    app = FastAPI(
        lifespan=lasting,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        middleware=[
            Middleware(Watching, watch=watch),
            Middleware(Guard, keys=keys, door=door, team=team, sessions=sessions, by=by, probe=probe, sources=outside),
            Middleware(GZipMiddleware, minimum_size=900, compresslevel=3),
        ],
    )
    app.state.keys, app.state.desk, app.state.tiles = keys, desk, tiles
    app.state.pages = Pages(desk, tiles=tiles)
    app.state.team, app.state.sessions, app.state.throttle = team, sessions, Throttle()
    app.state.journal, app.state.watch, app.state.door = journal, watch, door
    for router in rooms.ROUTERS:
        app.include_router(router)
    for name in ("static", "vendor"):
        app.mount(f"/{name}", StaticFiles(directory=_HERE / name), name=name)
    app.add_exception_handler(TidingsError, _told)
    app.add_exception_handler(HTTPException, _missing)
    app.add_exception_handler(RequestValidationError, _unfit)
    if warm:
        desk.warm(*rooms.warming(desk))
    return app


def _folder(tiles: str) -> str:
    """Return the server and folder that pictures lie under; the slash at its end lets in what lies there, and nothing beside it."""
    address = urlsplit(tiles.partition("{")[0])
    return quote(f"{address.scheme}://{address.netloc}{address.path.rpartition('/')[0]}/", safe=":/[]%@")


def _told(request: Request, error: Exception) -> Response:
    """Show an error of Tidings as its own words."""
    statuses = ((UnknownId, 404), (UsageError, 400), (Overtaken, 409))
    return _say(request, next((status for kind, status in statuses if isinstance(error, kind)), 503), str(error))


def _missing(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    words = {404: "There is no such page.", 405: "There is nothing to post to here."}
    detail = str(error.detail) if isinstance(error, HTTPException) else ""
    standard = {"Not Found", "Method Not Allowed"}
    return _say(request, status, words.get(status, detail) if detail in standard or not detail else detail)


def _unfit(request: Request, _: Exception) -> Response:
    return _say(request, 400, "The address holds something that does not fit. Go back and choose again.")


def _say(request: Request, status: int, words: str) -> Response:
    pages: Pages = request.app.state.pages
    return pages.show(request, "trouble", status=status, words=words)
