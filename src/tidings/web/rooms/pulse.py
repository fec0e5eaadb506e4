"""Health and counters, for whoever watches over the machine: nothing of the record, and nothing of its people."""

from __future__ import annotations

import logging

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, Response

from tidings.web.pages import desk_of
from tidings.web.watch import Watch

__all__ = ["router"]

router = APIRouter()
_log = logging.getLogger(__name__)


@router.get("/health/live")
def live() -> dict[str, bool]:
    """Whether the program answers at all."""
    return {"live": True}


@router.get("/health")
def health(request: Request) -> Response:
    """Whether the program answers, and whether the record does."""
    try:
        desk_of(request).look.version()
        ready = True
    except Exception:
        _log.exception("the record does not answer")
        ready = False
    return JSONResponse({"live": True, "ready": ready}, status_code=200 if ready else 503)


@router.get("/metrics")
def metrics(request: Request) -> Response:
    """The counters as OpenMetrics."""
    watch: Watch = request.app.state.watch
    return Response(watch.told(), media_type=watch.media_type)
