"""What fixes the days of a claim, a happening or a report: the chain of constraints, in sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection

from tidings.model import Constraint
from tidings.store import ask
from tidings.store.why import Explain

__all__ = ["dates", "explainer"]

Row = dict[str, Any]

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_TABLES = (("documents", "doc"), ("claims", "start"), ("events", "start"))


def explainer(connection: Connection) -> Explain:
    """Return a function that says what fixes the days of an id, over the constraints that a connection sees."""
    constraints = tuple(_noun(row) for row in ask.rows(connection, "constraints", ask.Question()))
    paths = {row["id"]: row["path"] for row in ask.rows(connection, "documents", ask.Question())}

    def explain(one: str) -> Sequence[tuple[str, str]]:
        from tidings.pipeline import explain_days

        found: dict[str, Constraint] = {}
        for end in ("doc", "start", "end"):
            point = f"{end}:{one}"
            if any(point in {held.a, held.b} for held in constraints):
                found.update((held.id, held) for held in explain_days(point, constraints))
        return [(_sentence(held, paths), held.id) for held in found.values()]

    return explain


def dates(connection: Connection) -> list[Row]:
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


def _span(earliest: str, latest: str) -> int | None:
    from datetime import date

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
        return f"the day of {paths.get(one, one)}"
    return {"start": f"the start of {one}", "end": f"the end of {one}"}.get(end, name)


def _sentence(held: Constraint, paths: Mapping[str, str]) -> str:
    from datetime import date, timedelta

    b = _point(held.b, paths)
    days = (*((held.weekday,) if held.weekday is not None else ()), *held.weekdays)
    weekday = f"a {' or '.join(_WEEKDAYS[day] for day in days)}" if days else ""
    least, most = held.least_days, held.most_days
    if held.a == "origin":
        day = [None if number is None else date(1970, 1, 1) + timedelta(number) for number in (least, most)]
        if day[0] is not None and day[0] == day[1]:
            said = f"{b} is {day[0]}"
        else:
            ends = [f"not before {day[0]}" if day[0] else "", f"not after {day[1]}" if day[1] else ""]
            said = f"{b} is {' and '.join(end for end in ends if end)}" if any(ends) else f"{b} is {weekday}"
    else:
        said = f"{b} is {_gap(least, most)} {_point(held.a, paths)}"
    if weekday and weekday not in said:
        said += f", {weekday}"
    return f"{said} ({held.reason})" if held.reason else said


def _gap(least: int | None, most: int | None) -> str:
    if least is not None and most is not None and most < 0 <= -most:
        return f"{_number(-most, -least)} before"
    if least is not None and least == most:
        return "on the day of" if least == 0 else f"{_number(least, least)} after"
    if least is not None and most is not None:
        return f"{_number(least, most)} after"
    if least is not None:
        return f"at least {_days(least)} after" if least else "not before"
    if most is not None:
        return (
            "not after"
            if most == 0
            else f"at most {_days(most)} after"
            if most > 0
            else f"at least {_days(-most)} before"
        )
    return "some day from"


def _number(least: int, most: int) -> str:
    return _days(least) if least == most else f"{least} to {most} days"


def _days(number: int) -> str:
    return f"{number} day" if number == 1 else f"{number} days"
