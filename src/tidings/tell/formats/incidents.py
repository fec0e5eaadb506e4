"""Incidents: figures of one place and one time taken together, as layouts with a row an incident want them.

A figure belongs to an incident by its places, its days and nothing else. Figures over a whole period (scope cumulative or total) are
no incident: adding them to those of single days would count the same dead twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from tidings.tell.formats.export import LeftOut, Row, Tables
from tidings.tell.formats.places import Gazette

__all__ = ["ARMED", "Figure", "Incident", "added", "code_days", "incidents", "layouts", "narrowest", "sources_of"]

DEAD, HURT = ("killed", "executed"), ("wounded",)
ARMED = frozenset({"state", "armed_group", "alliance", "militia", "un"})
_PERIODS = frozenset({"cumulative", "total"})


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of dead or wounded of one group, by whom."""

    id: str
    measure: str
    group: tuple[str, ...]
    group_ids: tuple[str, ...]
    by: tuple[str, ...]
    by_ids: tuple[str, ...]
    low: int | None
    best: int | None
    high: int | None
    contested: bool
    claims: tuple[str, ...]

    def of_civilians(self, gazette: Gazette) -> bool:
        """Return whether those harmed are civilians by the role of their entity."""
        return any(gazette.roles.get(one) == "civilians" for one in self.group_ids)


@dataclass(frozen=True, slots=True)
class Incident:
    """Figures of one place and time."""

    places_ids: tuple[str, ...]
    places: tuple[str, ...]
    earliest: str
    latest: str
    figures: tuple[Figure, ...]

    @property
    def id(self) -> str:
        """Return an id from the first figure."""
        return self.figures[0].id

    @property
    def claims(self) -> tuple[str, ...]:
        """Return the claims that the figures stand on."""
        return tuple(dict.fromkeys(one for figure in self.figures for one in figure.claims))


@cache
def layouts() -> Mapping[str, Any]:
    """Return the names that other layouts use, from ``layouts.toml``."""
    import tomllib

    return tomllib.loads(files("tidings.tell.formats").joinpath("layouts.toml").read_text(encoding="utf-8"))


def incidents(tables: Tables, measures: Sequence[str], left_out: LeftOut) -> list[Incident]:
    """Return the incidents in the order of their days.

    Args:
        tables: Rows by table.
        measures: Which figures are looked at.
        left_out: Figures of other measures, over periods, without days or without a number are counted here.
    """
    held: dict[tuple[tuple[str, ...], str, str], list[Figure]] = {}
    places: dict[tuple[str, ...], tuple[str, ...]] = {}
    for row in tables["figures"]:
        reason = _unfit(row, measures)
        if reason:
            left_out[reason] += 1
            continue
        where = tuple(row["places_ids"])
        places.setdefault(where, tuple(row["places"]))
        held.setdefault((where, row["time_earliest"], row["time_latest"]), []).append(_figure(row))
    found = [
        Incident(where, places[where], earliest, latest, tuple(sorted(figures, key=lambda one: one.id)))
        for (where, earliest, latest), figures in held.items()
    ]
    return sorted(found, key=lambda one: (one.earliest, one.latest, one.id))


def _unfit(row: Row, measures: Sequence[str]) -> str:
    if row["measure"] not in measures:
        return f"figures of {row['measure'].replace('_', ' ')}, which the layout has no room for"
    if row["scope"] in _PERIODS:
        return "figures over a whole period, whose parts are counted already"
    if not row["time_earliest"] or not row["time_latest"]:
        return "figures without a first and a last day"
    if not (row["low"] or row["best"] or row["high"]):
        return "figures without a number above nought"
    return ""


def _figure(row: Row) -> Figure:
    return Figure(
        row["id"],
        row["measure"],
        tuple(row["group"]),
        tuple(row["group_ids"]),
        tuple(row["by"]),
        tuple(row["by_ids"]),
        row["low"],
        row["best"],
        row["high"],
        bool(row["contested"]),
        tuple(row["claims"]),
    )


def narrowest(figures: Iterable[Figure]) -> list[Figure]:
    """Return one figure for each group: the killed where both killed and executed are told, for the ones may hold the others."""
    kept: dict[tuple[str, ...], Figure] = {}
    for one in sorted(figures, key=lambda one: (DEAD.index(one.measure) if one.measure in DEAD else 0, one.id)):
        kept.setdefault(one.group_ids or one.group, one)
    return [kept[key] for key in sorted(kept)]


def added(figures: Sequence[Figure]) -> tuple[int | None, int | None, int | None]:
    """Return low, best and high of several groups together.

    A figure that names no group counts everybody: the larger of it and the sum of the groups is taken, never both. An end that one
    group leaves open is open for all.
    """
    whole = [one for one in figures if not one.group]
    parts = [one for one in figures if one.group]

    def end(name: str) -> int | None:
        sums = []
        for some in (whole, parts):
            values = [getattr(one, name) for one in some]
            if values and None not in values:
                sums.append(sum(values))
            elif values and name == "high":
                return None
        return max(sums) if sums else None

    low, best, high = end("low"), end("best"), end("high")
    return low, best if best is not None else low, high


def code_days(earliest: str, latest: str) -> int:
    """Return how many days an interval holds."""
    return (date.fromisoformat(latest) - date.fromisoformat(earliest)).days + 1


@dataclass(frozen=True, slots=True)
class Sources:
    """Who says so: the reports and the independent origins of some claims."""

    titles: tuple[str, ...]
    publishers: tuple[str, ...]
    days: tuple[str, ...]
    urls: tuple[str, ...]
    origins: tuple[str, ...]
    quote: str


def sources_of(tables: Tables, wanted: Iterable[Sequence[str]]) -> Iterator[Sources]:
    """Yield who says so for each list of claims; only the claims asked for are held."""
    lists = [tuple(one) for one in wanted]
    needed = {claim for one in lists for claim in one}
    reports = {
        row["id"]: (row["title"] or row["path"], row["publisher"], row["published"], row["url"])
        for row in tables["documents"]
    }
    claims = {
        row["id"]: (row["document"], row["chain"][-1] if row["chain"] else "", row["quote"])
        for row in tables["claims"]
        if row["id"] in needed
    }
    for one in lists:
        held = [claims[claim] for claim in one if claim in claims]
        documents = [reports[report] for report in dict.fromkeys(report for report, _, _ in held) if report in reports]
        titles, publishers, days, urls = (
            (tuple(column) for column in zip(*documents, strict=True)) if documents else ((),) * 4
        )
        origins = tuple(dict.fromkeys(origin for _, origin, _ in held))
        yield Sources(titles, publishers, days, urls, origins, held[0][2] if held else "")
