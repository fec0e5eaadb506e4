"""FollowTheMoney as JSON Lines: reports, who and what they mention, persons, groups, places and happenings, for Aleph and its kin.

The schemata and properties are those of FollowTheMoney 3 and 4 (Article, Mention, Person, Organization, PublicBody, LegalEntity,
Address, Event); the library itself is not needed. Its ids know no underscore, so ``e_1f`` is written ``e-1f``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tidings.tell.formats.cells import about, compact
from tidings.tell.formats.export import Export, LeftOut, Row, Tables, Written
from tidings.tell.formats.places import headline

__all__ = ["EXPORT", "write"]

_BODIES = frozenset({"state", "un"})
_ORGANIZATIONS = frozenset({"armed_group", "alliance", "militia", "outlet", "monitor", "agency", "channel"})
_LOST = ("figures", "holdings", "movements", "custody", "property", "relations", "echoes", "contradictions")
_WIKIDATA = re.compile(r"Q[1-9][0-9]*")


def write(tables: Tables, target: Path) -> Written:
    """Write one entity a line.

    Args:
        tables: Rows by table of the contract.
        target: The file; what was left out is also written beside it, into ``<file>.about.txt``.
    """
    left_out: LeftOut = LeftOut()
    written = 0
    with target.open("w", encoding="utf-8", newline="\n") as file:
        for one in _entities(tables, left_out):
            file.write(compact(one) + "\n")
            written += 1
    for table in _LOST:
        number = sum(1 for _ in tables[table])
        if number:
            left_out[f"rows of {table}, for which there is no schema"] += number
    page = about(target, EXPORT.title, EXPORT.cannot_hold, left_out, tables)
    return Written(files=(target, page), rows=written, left_out=left_out)


def _entities(tables: Tables, left_out: LeftOut) -> Iterator[dict[str, Any]]:
    for row in tables["documents"]:
        yield _article(row)
    schemata, countries = {}, {}
    for row in tables["entities"]:
        if row["kind"] == "other":
            left_out["things that are neither persons, groups nor places"] += 1
            continue
        schemata[row["id"]] = _schema(row)
        if row["country"]:
            countries[row["id"]] = row["country"].lower()
        yield _entity(row)
    for row in tables["events"]:
        yield _event(row, schemata, countries)
    for row in tables["mentions"]:
        if row["how"] == "pronoun":
            left_out["mentions that are pronouns"] += 1
        elif schemata.get(row["entity"], "Address") == "Address":
            left_out["mentions of places and things, which the schema does not resolve"] += 1
        else:
            yield _mention(row, schemata)


def _id(one: str) -> str:
    return one.replace("_", "-")


def _made(one: str, schema: str, **properties: Any) -> dict[str, Any]:
    """Return an entity; every property is a list of texts, empty ones left out."""
    held = {name: value if isinstance(value, list) else [value] for name, value in properties.items()}
    kept = {name: [str(item) for item in value if item] for name, value in held.items()}
    return {"id": _id(one), "schema": schema, "properties": {name: value for name, value in kept.items() if value}}


def _article(row: Row) -> dict[str, Any]:
    exact = row["published_earliest"] if row["published_earliest"] == row["published_latest"] else ""
    return _made(
        row["id"],
        "Article",
        title=row["title"] or row["path"],
        fileName=row["path"],
        author=row["byline"],
        publisher=row["publisher"],
        sourceUrl=row["url"],
        publishedAt=exact,
        bodyText=row["text"],
    )


def _schema(row: Row) -> str:
    if row["kind"] == "place":
        return "Address"
    if row["kind"] == "person":
        return "Person"
    if row["role"] in _BODIES:
        return "PublicBody"
    return "Organization" if row["role"] in _ORGANIZATIONS else "LegalEntity"


def _entity(row: Row) -> dict[str, Any]:
    schema = _schema(row)
    wikidata = str((row["ids"] or {}).get("wikidata", ""))
    told: dict[str, Any] = {"name": row["name"], "alias": [alias for alias in row["aliases"] if alias != row["name"]]}
    told["wikidataId"] = wikidata if _WIKIDATA.fullmatch(wikidata) else ""
    if schema == "Address":
        told |= {"full": row["name"], "region": row["admin1"], "country": row["country"].lower()}
        if row["lat"] is not None and row["lon"] is not None:
            told |= {"latitude": str(row["lat"]), "longitude": str(row["lon"])}
            told["remarks"] = f"within {row['radius_m']} m ({row['precision']})" if row["radius_m"] else ""
    else:
        told["notes"] = row["basis"]
    return _made(row["id"], schema, **told)


def _event(row: Row, schemata: dict[str, str], countries: dict[str, str]) -> dict[str, Any]:
    where = [one for one in row["places_ids"] if schemata.get(one) == "Address"]
    return _made(
        row["id"],
        "Event",
        name=headline(row["type"], ", ".join(row["places"]), row["grade"]),
        startDate=row["time_earliest"],
        endDate=row["time_latest"],
        location=list(row["places"]),
        country=sorted({countries[one] for one in where if one in countries}),
        addressEntity=[_id(one) for one in where],
        involved=list(dict.fromkeys(_id(one) for one in [*row["agents_ids"], *row["targets_ids"]] if one in schemata)),
        keywords=[row["kind"], row["type"]],
        summary=f"Says {', '.join(row['origins']) or 'an origin not named'}; grade: {row['grade']}.",
        recordId=row["id"],
        proof=[_id(one) for one in row["documents"]],
    )


def _mention(row: Row, schemata: dict[str, str]) -> dict[str, Any]:
    return _made(
        row["id"],
        "Mention",
        document=_id(row["document"]),
        name=row["text"],
        resolved=_id(row["entity"]),
        detectedSchema=schemata.get(row["entity"], ""),
    )


EXPORT = Export(
    name="ftm",
    title="FollowTheMoney entities, for Aleph and OpenSanctions' tools",
    ending=".ftm.json",
    cannot_hold=(
        "figures, holdings, movements, custody, property, relations, echoes, contradictions",
        "claims and their chains: a happening has its reports as proof and names its origins in a sentence",
        "who acted on whom: all of them are involved",
        "positions of words; pronouns; mentions of places, which its schema does not resolve",
        "days as one of several: start and end are the first and last day possible",
    ),
    write=write,
)
