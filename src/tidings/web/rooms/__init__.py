"""The rooms, each a router of its own."""

from __future__ import annotations

from collections.abc import Callable

from tidings.web.desk import Desk
from tidings.web.parties import choosable
from tidings.web.rooms import (
    brief,
    compare,
    events,
    geo,
    ledgers,
    names,
    overview,
    pulse,
    reports,
    review,
    search,
    team,
    time,
    walk,
)
from tidings.web.weight import queue

__all__ = ["ROUTERS", "warming"]

ROUTERS = tuple(
    room.router
    for room in (
        overview,
        reports,
        events,
        ledgers,
        compare,
        names,
        search,
        review,
        geo,
        time,
        brief,
        walk,
        team,
        pulse,
    )
)


def warming(desk: Desk) -> tuple[Callable[[], object], ...]:
    """Return what is worth making before it is asked for, the first needed first."""

    def view() -> object:
        return overview.view(desk)

    def waiting() -> object:
        return queue(desk)

    def publishers() -> object:
        return compare.tellers(desk)

    def named() -> object:
        return names.mentioned(desk)

    def places() -> object:
        geo.warm(desk)
        events.parts_of(desk)
        return choosable(desk)

    return view, waiting, named, places, desk.index, publishers
