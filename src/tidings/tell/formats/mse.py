"""Lists with membership, for multiple systems estimation: which report and which origin names which person, tells of which deaths.

The method wants lists that were made independently. Two outlets that quote one monitor are one list, so the origin is the list to use;
membership by report is given beside it so that the difference can be seen. Nothing is estimated here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tidings.tell.formats.cells import table
from tidings.tell.formats.export import Export, LeftOut, Row, Tables, Written
from tidings.tell.formats.incidents import DEAD

__all__ = ["EXPORT", "write"]

_MOST_LISTS = 20
"""Columns of a matrix: estimation itself is not done with more lists; smaller ones stay in membership.csv."""
_LONG = ("unit", "unit_id", "name", "harm", "time_earliest", "time_latest", "places", "list", "list_id", "list_name")
_UNIT = _LONG[1:7]


@dataclass(frozen=True, slots=True)
class _Said:
    """Where a claim stands and whose it is in the end."""

    report: str
    origin: str
    origin_name: str


def write(tables: Tables, target: Path) -> Written:
    """Write ``membership.csv``, ``lists.csv``, and a matrix of noughts and ones for persons and for incidents.

    Args:
        tables: Rows by table of the contract.
        target: The folder.
    """
    left_out: LeftOut = LeftOut()
    said = _said(tables, left_out)
    names = {one.origin: one.origin_name for one in said.values() if one.origin}
    reports = {row["id"]: row["publisher"] or row["title"] or row["path"] for row in tables["documents"]}
    units = [*_persons(tables, left_out), *_incidents(tables)]
    members = [(unit, *_lists(unit, said)) for unit in units]
    sizes: Counter[tuple[str, str, str]] = Counter()
    for unit, by_report, by_origin in members:
        sizes.update((unit["unit"], "report", one) for one in by_report)
        sizes.update((unit["unit"], "origin", one) for one in by_origin)
    files = [target / name for name in ("membership.csv", "lists.csv", "persons.csv", "incidents.csv")]
    written = table(files[0], _LONG, _long(members, reports, names), left_out)
    header = ("unit", "list", "list_id", "list_name", "members")
    rows = ([*key, (reports if key[1] == "report" else names)[key[2]], n] for key, n in sorted(sizes.items()))
    table(files[1], header, rows, left_out)
    for path, kind in ((files[2], "person"), (files[3], "incident")):
        _matrix(path, [one for one in members if one[0]["unit"] == kind], names, left_out)
    return Written(files=tuple(files), rows=written, left_out=left_out)


def _said(tables: Tables, left_out: LeftOut) -> dict[str, _Said]:
    """Return where the claims of dead and of persons stand, a copied report counting as its original."""
    copies = {row["id"]: row["copy_of"] for row in tables["documents"] if row["copy_of"]}
    roles = {row["id"]: row["role"] for row in tables["entities"] if row["kind"] == "source"}
    wanted = {claim for row in tables["persons"] for claim in row["claims"]}
    out: dict[str, _Said] = {}
    for row in tables["claims"]:
        if row["id"] not in wanted and row["measure"] not in DEAD:
            continue
        origin = row["chain_ids"][-1] if row["chain_ids"] else ""
        if not origin or roles.get(origin) == "anonymous":
            left_out["claims whose origin is not named: they are in no list by origin"] += 1
            origin = ""
        name = row["chain"][-1] if row["chain"] else ""
        out[row["id"]] = _Said(copies.get(row["document"]) or row["document"], origin, name)
    return out


def _persons(tables: Tables, left_out: LeftOut) -> Iterator[dict[str, Any]]:
    for row in tables["persons"]:
        if row["harm"] == "none":
            left_out["named persons to whom no harm is said to have come"] += 1
        else:
            yield _unit("person", row, row["name"], row["harm"])


def _incidents(tables: Tables) -> Iterator[dict[str, Any]]:
    for row in tables["events"]:
        if row["kind"] == "casualties" and row["type"] in DEAD and row["grade"] != "discounted":
            yield _unit("incident", row, "", row["type"])


def _unit(kind: str, row: Row, name: str, harm: str) -> dict[str, Any]:
    return {
        "unit": kind,
        "unit_id": row["id"],
        "name": name,
        "harm": harm,
        "time_earliest": row["time_earliest"],
        "time_latest": row["time_latest"],
        "places": "; ".join(row["places"]),
        "claims": tuple(row["claims"]),
    }


def _lists(unit: dict[str, Any], said: dict[str, _Said]) -> tuple[list[str], list[str]]:
    held = [said[claim] for claim in unit["claims"] if claim in said]
    return sorted({one.report for one in held}), sorted({one.origin for one in held if one.origin})


_Members = list[tuple[dict[str, Any], list[str], list[str]]]


def _long(members: _Members, reports: dict[str, str], names: dict[str, str]) -> Iterator[list[Any]]:
    for unit, by_report, by_origin in members:
        told = [unit["unit"], *(unit[column] for column in _UNIT)]
        yield from ([*told, "report", one, reports[one]] for one in by_report)
        yield from ([*told, "origin", one, names[one]] for one in by_origin)


def _matrix(path: Path, members: _Members, names: dict[str, str], left_out: LeftOut) -> None:
    """Write a row a unit and a column a list, the largest lists first."""
    sizes: dict[str, int] = {}
    for _, _, by_origin in members:
        for one in by_origin:
            sizes[one] = sizes.get(one, 0) + 1
    ranked = sorted(sizes, key=lambda one: (-sizes[one], one))
    if len(ranked) > _MOST_LISTS:
        left_out[f"lists too small for {path.name}: they are in membership.csv"] += len(ranked) - _MOST_LISTS
    kept = ranked[:_MOST_LISTS]
    rows: Iterable[list[Any]] = (
        [*(unit[column] for column in _UNIT), *(int(one in by_origin) for one in kept)]
        for unit, _, by_origin in members
    )
    table(path, [*_UNIT, *(f"{names[one]} [{one}]" for one in kept)], rows, left_out)


EXPORT = Export(
    name="mse",
    title="lists with membership for multiple systems estimation: which origin names whom",
    ending="",
    cannot_hold=(
        "an estimate: whether the lists are independent and whether two names are one person is for you to judge",
        "origins that are not named: nobody knows whether two of them are one list",
        "more than 20 lists in a matrix; all are in membership.csv",
        "what the claims say beside harm, day and place",
    ),
    write=write,
)
