"""Rows back into nouns, as far as the brief needs them: so that a copy's brief is told anew from what the copy says.

Nothing of the record's own sentences then gets into the copy's brief.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from tidings.model import (
    Amount,
    Claim,
    Contents,
    Contradiction,
    Custody,
    Document,
    Echo,
    Entity,
    EntityId,
    Event,
    Figure,
    Holding,
    Movement,
    Origin,
    Place,
    Property,
    Relation,
    Weighed,
    When,
    parse_edtf,
)

__all__ = ["contents_of"]

Row = Mapping[str, Any]


def contents_of(tables: Mapping[str, Iterable[Row]]) -> Contents:
    """Return what the brief is told from: documents, claims, entities, happenings and ledgers.

    Args:
        tables: Rows by table of the contract.
    """
    lasting = {row["of"]: row for row in tables["times"] if row["lasts"]}
    claims = tuple(_claim(row, lasting) for row in tables["claims"])
    events = tuple(_event(row, lasting) for row in tables["events"])
    return Contents(
        documents=tuple(map(_document, tables["documents"])),
        claims=claims,
        entities=tuple(map(_entity, tables["entities"])),
        weighed=Weighed(
            events=events,
            echoes=tuple(
                Echo(id=row["id"], claim=row["claim"], of=row["of"], basis=row["basis"]) for row in tables["echoes"]
            ),
            contradictions=tuple(
                Contradiction(id=row["id"], reason=row["reason"], why=row["why"], claims=tuple(row["claims"]))
                for row in tables["contradictions"]
            ),
            figures=tuple(map(_figure, tables["figures"])),
            holdings=tuple(map(_holding, tables["holdings"])),
            movements=tuple(map(_movement, tables["movements"])),
            custody=tuple(map(_custody, tables["custody"])),
            property=tuple(map(_property, tables["property"])),
            relations=tuple(map(_relation, tables["relations"])),
        ),
    )


def _when(row: Row, column: str = "time") -> When:
    when = parse_edtf(row[column])
    return when.named(row.get(f"{column}_basis", "")) if when.known else when


def _lasting(when: When, of: str, lasting: Mapping[str, Row]) -> When:
    row = lasting.get(of)
    if row is None or not when.known:
        return when
    first = date.fromisoformat(row["start_earliest"]) if row["start_earliest"] else None
    last = date.fromisoformat(row["end_latest"]) if row["end_latest"] else None
    return replace(When.between(first, last, lasts=True), basis=when.basis)


def _known(ids: Iterable[str]) -> tuple[Any, ...]:
    return tuple(one for one in ids if one)


def _amount(held: Row | None) -> Amount | None:
    return None if held is None else Amount(low=held["low"], high=held["high"], text=held["text"], unit=held["unit"])


def _document(row: Row) -> Document:
    return Document(
        id=row["id"],
        path=row["path"],
        sha256=row["sha256"],
        text=row["text"],
        publisher=row["publisher"],
        title=row["title"],
        language=row["language"],
        published=parse_edtf(row["published"]),
        published_basis=row["published_basis"],
        unread=row["unread"],
        copy_of=row["copy_of"],
        known=row["known"],
    )


def _claim(row: Row, lasting: Mapping[str, Row]) -> Claim:
    return Claim(
        id=row["id"],
        document=row["document"],
        start=row["start"] or 0,
        end=row["end"] or 0,
        quote=row["quote"],
        kind=row["kind"],
        type=row["type"],
        mode=row["mode"],
        measure=row["measure"],
        count=_amount(row["count"]),
        share=_amount(row["share"]),
        whole=row["whole"],
        confidence=row["confidence"],
        status=row["status"],
        agents_ids=_known(row["agents_ids"]),
        targets_ids=_known(row["targets_ids"]),
        places_ids=_known(row["places_ids"]),
        origin_ids=_known(row["origin_ids"]),
        destination_ids=_known(row["destination_ids"]),
        # The publisher stands first in the row and not in the noun.
        chain_ids=_known(row["chain_ids"][1:]),
        when=_lasting(_when(row), row["id"], lasting),
    )


def _entity(row: Row) -> Entity:
    place = None
    if row["kind"] == "place":
        place = Place(
            lat=row["lat"],
            lon=row["lon"],
            radius_m=row["radius_m"],
            precision=row["precision"] or "unknown",
            kind=row["place_kind"],
            country=row["country"],
            admin1=row["admin1"],
        )
    return Entity(
        id=row["id"],
        name=row["name"],
        kind=row["kind"],
        aliases=tuple(row["aliases"]),
        part_of=row["part_of_ids"][0] if row["part_of_ids"] else None,
        place=place,
        role=row["role"],
    )


def _event(row: Row, lasting: Mapping[str, Row]) -> Event:
    return Event(
        id=row["id"],
        kind=row["kind"],
        type=row["type"],
        agents_ids=_known(row["agents_ids"]),
        targets_ids=_known(row["targets_ids"]),
        places_ids=_known(row["places_ids"]),
        claims=tuple(row["claims"]),
        documents=tuple(row["documents"]),
        when=_lasting(_when(row), row["id"], lasting),
        part_of=row["part_of"] or None,
        origins=tuple(
            Origin(name=part["name"], entity=part["entity"] or None, claims=tuple(part["claims"]))
            for part in row["origins_claims"]
        ),
        grade=row["grade"],
    )


def _figure(row: Row) -> Figure:
    return Figure(
        id=row["id"],
        measure=row["measure"],
        group=() if _known(row["group_ids"]) else tuple(row["group"]),
        group_ids=_known(row["group_ids"]),
        by_ids=_known(row["by_ids"]),
        places_ids=_known(row["places_ids"]),
        when=_when(row),
        scope=row["scope"],
        made=row["made"],
        low=row["low"],
        best=row["best"],
        high=row["high"],
        contested=row["contested"],
        rule=row["rule"],
        claims=tuple(row["claims"]),
        beyond=row["beyond"],
    )


def _holding(row: Row) -> Holding:
    return Holding(
        id=row["id"],
        place_id=EntityId(row["place_ids"][0] if row["place_ids"] else ""),
        holder_ids=_known(row["holder_ids"]),
        since=_when(row, "from"),
        until=_when(row, "until"),
        share=row["share"],
        standing=row["standing"],
        claims=tuple(row["claims"]),
    )


def _movement(row: Row) -> Movement:
    return Movement(
        id=row["id"],
        type=row["type"],
        origin_ids=_known(row["origin_ids"]),
        destination_ids=_known(row["destination_ids"]),
        shelter_ids=_known(row["shelter_ids"]),
        group_ids=_known(row["group_ids"]),
        low=row["low"],
        high=row["high"],
        when=_when(row),
        claims=tuple(row["claims"]),
        beyond=row["beyond"],
    )


def _custody(row: Row) -> Custody:
    return Custody(
        id=row["id"],
        who_ids=_known(row["who_ids"]),
        whose_ids=_known(row["whose_ids"]),
        by_ids=_known(row["by_ids"]),
        low=row["low"],
        high=row["high"],
        since=_when(row, "from"),
        until=_when(row, "until"),
        standing=row["standing"],
        claims=tuple(row["claims"]),
        beyond=row["beyond"],
    )


def _property(row: Row) -> Property:
    return Property(
        id=row["id"],
        what=row["what"],
        whose_ids=_known(row["whose_ids"]),
        by_ids=_known(row["by_ids"]),
        low=row["low"],
        high=row["high"],
        price=row["price"],
        currency=row["currency"],
        standing=row["standing"],
        when=_when(row),
        claims=tuple(row["claims"]),
    )


def _relation(row: Row) -> Relation:
    return Relation(
        id=row["id"],
        a=row["a"],
        b=row["b"],
        type=row["type"],
        mode=row["mode"],
        since=_when(row, "from"),
        until=_when(row, "until"),
        claims=tuple(row["claims"]),
    )
