"""What fixes the days of a claim, a happening or a report: the chain of constraints, in sentences."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, select

from tidings.model import Constraint
from tidings.store import ask
from tidings.store.schema import contract
from tidings.store.why import Explain

__all__ = ["clashes", "every_date", "explainer", "in_words", "worth_knowing"]

Row = dict[str, Any]

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_A_LEAP_YEAR = 2024
_ORIGIN = "origin"
_CHUNK = 400
_MOST_AROUND = 20_000
"""Constraints looked at for one explanation; a network of more takes longer to solve than anybody waits for a page."""
_MONTHS = tuple("January February March April May June July August September October November December".split())


def explainer(connection: Connection) -> Explain:
    """Return a function that says what fixes the days of an id, over the constraints that a connection sees."""

    def explain(one: str) -> Sequence[tuple[str, str]]:
        from tidings.pipeline import explain_days

        found: dict[str, Constraint] = {}
        for end in ("doc", "start", "end"):
            point = f"{end}:{one}"
            around, whole = _around(connection, point)
            if around:
                found.update((held.id, held) for held in explain_days(point, around))
        paths = _paths(connection, found.values())
        told = [(in_words(held, paths), held.id) for held in found.values()]
        return told if whole else [*told, (f"only the nearest {_MOST_AROUND:,} ties between days were looked at", "")]

    return explain


def _around(connection: Connection, point: str) -> tuple[list[Constraint], bool]:
    """Return the constraints that hang together with a point, the nearest first, and whether these are all of them.

    They are asked for step by step, never read whole: a record of a million claims has millions, and few hang together.
    """
    target = contract["constraints"]
    found: dict[int, Constraint] = {}
    seen, todo = {point, _ORIGIN}, [point]
    while todo and len(found) < _MOST_AROUND:
        now, todo = todo[:_CHUNK], todo[_CHUNK:]
        for column in (target.c.a, target.c.b):
            for row in connection.execute(select(target).where(column.in_(now)).order_by(target.c.row)).mappings():
                if row["row"] not in found:
                    found[row["row"]] = held = _noun(ask.unpacked("constraints", dict(row)))
                    ends = [name for name in (held.a, held.b) if name and name not in seen]
                    seen.update(ends)
                    todo += ends
    return [found[row] for row in sorted(found)], not todo


def _paths(connection: Connection, constraints: Iterable[Constraint]) -> dict[str, str]:
    """Return the paths of the reports that constraints name, by id."""
    points = [name for held in constraints for name in (held.a, held.b)]
    ids = sorted({name.partition(":")[2] for name in points if name.startswith("doc:")})
    target = contract["documents"].c
    found: dict[str, str] = {}
    for at in range(0, len(ids), _CHUNK):
        rows = connection.execute(select(target.id, target.path).where(target.id.in_(ids[at : at + _CHUNK])))
        found.update((one, path) for one, path in rows)
    return found


def every_date(connection: Connection) -> list[Row]:
    """Return every report and happening with its interval, how many days it spans (None: open), and the basis."""
    rows = [
        {
            "id": row["id"],
            "what": f"report {row['path']}",
            "time": row["published"],
            "days": _span(row["published_earliest"], row["published_latest"]),
            "basis": row["published_basis"],
        }
        for row in ask.rows(connection, "documents", ask.Question())
        if not row["known"]
    ]
    for row in ask.rows(connection, "events", ask.Question()):
        who = " and ".join(row["agents"]) or " and ".join(row["targets"])
        where = ", ".join(row["places"])
        what = f"{row['kind']}/{row['type']}" + (f" by {who}" if who else "") + (f" at {where}" if where else "")
        days = _span(row["time_earliest"], row["time_latest"])
        rows.append({"id": row["id"], "what": what, "time": row["time"], "days": days, "basis": row["time_basis"]})
    return rows


def worth_knowing(connection: Connection) -> list[Row]:
    """Return the reports whose day, once given, would narrow the others most, with the days saved over all points."""
    from tidings.pipeline import narrowing

    constraints = [_noun(row) for row in ask.rows(connection, "constraints", ask.Question())]
    paths = {row["id"]: row["path"] for row in ask.rows(connection, "documents", ask.Question())}
    found = []
    for point, saved in narrowing(constraints):
        document = point.partition(":")[2]
        found.append({"id": document, "what": f"report {paths.get(document, document)}", "days_saved": saved})
    return found


def clashes(connection: Connection) -> list[Row]:
    """Return the constraints that were left out because others contradict them, each with the reason and its words."""
    paths = {row["id"]: row["path"] for row in ask.rows(connection, "documents", ask.Question())}
    return [
        {"id": row["id"], "says": in_words(_noun(row), paths), "quote": row["quote"], "why": row["dropped"]}
        for row in ask.rows(connection, "constraints", ask.Question())
        if row["dropped"]
    ]


def _span(earliest: str, latest: str) -> int | None:
    if not earliest or not latest:
        return None
    return (date.fromisoformat(latest) - date.fromisoformat(earliest)).days + 1


def _noun(row: Row) -> Constraint:
    cells = dict(row)
    cells["document"] = row["document"] or None
    return Constraint(**{**cells, "weekdays": tuple(row["weekdays"]), "yearly": tuple(row["yearly"])})


def _point(name: str, paths: Mapping[str, str]) -> str:
    end, _, one = name.partition(":")
    if end == "doc":
        return f"report {paths.get(one, one)}"
    return {"start": f"the start of {one}", "end": f"the end of {one}"}.get(end, name)


def in_words(held: Constraint, paths: Mapping[str, str]) -> str:
    """Return a constraint as a sentence, with its reason where it has one."""
    parts = []
    if held.least_days is not None or held.most_days is not None:
        parts.append(_bounds(held, paths))
    days = (*((held.weekday,) if held.weekday is not None else ()), *held.weekdays)
    if days:
        parts.append(f"on a {' or '.join(_WEEKDAYS[day] for day in days)}")
    if held.yearly:
        first, last = _of_year(*held.yearly[:2]), _of_year(*held.yearly[2:])
        span = f"on {first}" if first == last else f"between {first} and {last}"
        parts.append(f"{span} of some year")
    said = f"{_point(held.b, paths)} is {', '.join(parts) or 'some day'}"
    return f"{said} ({held.reason})" if held.reason else said


def _of_year(month: int, day: int) -> str:
    return f"{min(day, monthrange(_A_LEAP_YEAR, month)[1])} {_MONTHS[month - 1]}"


def _bounds(held: Constraint, paths: Mapping[str, str]) -> str:
    if held.a == "origin":
        ends = [None if number is None else date(1970, 1, 1) + timedelta(number) for number in _ends(held)]
        if ends[0] is not None and ends[0] == ends[1]:
            return f"on {ends[0]}"
        return " and ".join(
            f"{word} {end}" for word, end in zip(("not before", "not after"), ends, strict=True) if end is not None
        )
    return f"{_gap(held.least_days, held.most_days)} {_point(held.a, paths)}"


def _ends(held: Constraint) -> tuple[int | None, int | None]:
    return held.least_days, held.most_days


def _gap(least: int | None, most: int | None) -> str:
    """Return how far apart two days are, in words that go before the other day."""
    if least is not None and most is not None:
        if least == most:
            return "on the day of" if least == 0 else _aside(least)
        if least >= 0:
            return f"{least} to {_days(most)} after" if least else f"at most {_days(most)} after"
        if most <= 0:
            return f"{-most} to {_days(-least)} before" if most else f"at most {_days(-least)} before"
        return f"between {_days(-least)} before and {_days(most)} after"
    if least is not None:
        return "not before" if least == 0 else f"at least {_aside(least)}" if least > 0 else f"at most {_aside(least)}"
    if most is not None:
        return "not after" if most == 0 else f"at most {_aside(most)}" if most > 0 else f"at least {_aside(most)}"
    return "some day from"


def _aside(number: int) -> str:
    return f"{_days(number)} after" if number > 0 else f"{_days(-number)} before"


def _days(number: int) -> str:
    return f"{number} day" if number == 1 else f"{number} days"
