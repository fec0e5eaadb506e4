"""Nouns to the rows of the public contract.

Every table of :data:`tidings.model.columns.TABLES` comes out, each row with all of its columns in order. Names of
entities are display names, with their ids in the ``_ids`` column beside them. Rows are sorted by what they hold,
never by how they came in.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from tidings.model import (
    UNKNOWN_PUBLISHER,
    Amount,
    Attribution,
    Claim,
    Contents,
    DocId,
    Document,
    Entity,
    Mention,
    TimeWords,
    When,
    content_id,
)
from tidings.model.columns import TABLES, column_names
from tidings.store import ledger_rows
from tidings.store.names import Names, day, time_cells

__all__ = ["Row", "json_line", "tables"]

Row = dict[str, Any]


def tables(contents: Contents, *, given_up: Mapping[DocId, tuple[str, ...]] | None = None) -> dict[str, list[Row]]:
    """Return all tables of the record as rows, decisions and builds empty.

    Args:
        contents: What the line of stages returned.
        given_up: Sentences about what was left unread, by document id.
    """
    names = Names(contents)
    weighed = contents.weighed
    event_of: dict[str, str] = {claim: event.id for event in weighed.events for claim in event.claims}
    words: dict[str, TimeWords] = {time.id: time for time in contents.times}
    rows: dict[str, list[Row]] = {
        "documents": [_document(row, given_up or {}) for row in contents.documents],
        "attributions": [_attribution(row, names) for row in contents.attributions],
        "claims": [_claim(row, names, event_of, words) for row in contents.claims],
        "mentions": [_mention(row, names) for row in contents.mentions],
        "entities": [_entity(row, names) for row in contents.entities],
        "times": list(_times(contents)),
        **ledger_rows.rows(contents, names),
        "decisions": [],
        "builds": [],
    }
    return {table: sorted(_whole(table, rows[table]), key=_ORDER.get(table, _by_id)) for table in TABLES}


def json_line(row: Row) -> str:
    """Return a row as one line of JSON with its columns in order."""
    return json.dumps(row, ensure_ascii=False)


def _whole(table: str, rows: Iterable[Row]) -> list[Row]:
    """Return rows with every column of the contract in its order, and no other."""
    order = column_names(table)
    return [{name: row[name] for name in order} for row in rows]


def _by_id(row: Row) -> tuple[Any, ...]:
    return (row["id"],)


def _by_place(row: Row) -> tuple[Any, ...]:
    return (row["document"], row["start"], row["end"], row["id"])


def _by_time(row: Row) -> tuple[Any, ...]:
    return (row["time_earliest"] or "9999", row["time_latest"] or "9999", row["id"])


def _by_start(row: Row) -> tuple[Any, ...]:
    return (row["from"] or "9999", row["until"] or "9999", row["id"])


def _by_kind(row: Row) -> tuple[Any, ...]:
    return (row["kind"], row["name"], row["id"])


def _by_pair(row: Row) -> tuple[Any, ...]:
    return (row["event"], row["a"], row["b"], row["what"], row["reason"])


def _by_order(row: Row) -> tuple[Any, ...]:
    return (row["order"], row["id"])


def _by_strength(row: Row) -> tuple[Any, ...]:
    return (-row["bits"], row["id"])


_ORDER = {
    "attributions": _by_place,
    "claims": _by_place,
    "mentions": _by_place,
    "entities": _by_kind,
    "proposals": _by_strength,
    "events": _by_time,
    "comparisons": _by_pair,
    "figures": _by_time,
    "holdings": _by_start,
    "movements": _by_time,
    "persons": _by_time,
    "custody": _by_start,
    "property": _by_time,
    "brief": _by_order,
}


def amount_cell(amount: Amount | None) -> Row | None:
    """Return a count as an object, or None."""
    if amount is None:
        return None
    return {"low": amount.low, "high": amount.high, "text": amount.text, "unit": amount.unit}


def _document(row: Document, given_up: Mapping[DocId, tuple[str, ...]]) -> Row:
    return {
        "id": row.id,
        "path": row.path,
        "url": row.url,
        "sha256": row.sha256,
        "publisher": row.publisher,
        "title": row.title,
        "byline": row.byline,
        "dateline": row.dateline,
        "language": row.language,
        "published": row.published.edtf(),
        "published_earliest": day(row.published.earliest),
        "published_latest": day(row.published.latest),
        "published_basis": row.published_basis or row.published.basis,
        "text": row.text,
        "removed": [{"start": part.start, "end": part.end, "words": part.words} for part in row.removed],
        "unread": row.unread,
        "copy_of": row.copy_of,
        "known": row.known,
        "given_up": list(given_up.get(row.id, ())),
        "notes": list(row.notes),
    }


def _chain(document: str, mentions: Iterable[str], ids: Iterable[str], names: Names) -> tuple[list[str], list[str]]:
    """Return a chain with the publisher first, as names and as ids."""
    publisher = names.publisher(document) or UNKNOWN_PUBLISHER
    held, held_ids = names.slot(mentions, ids)
    return [publisher, *held], [names.publisher_id(document), *held_ids]


def _attribution(row: Attribution, names: Names) -> Row:
    chain, chain_ids = _chain(row.document, row.chain, (), names)
    return {
        "id": row.id,
        "document": row.document,
        "start": row.start,
        "end": row.end,
        "quote": row.quote,
        "source": row.source_text,
        "source_start": row.source_start,
        "source_end": row.source_end,
        "source_kind": row.source_kind or "unknown",
        "unnamed_because": row.unnamed_because,
        "cue": row.cue,
        "chain": chain,
        "inherited": row.inherited,
        "chain_ids": chain_ids,
        "direct": row.direct,
        "verdict": row.verdict,
        "cue_start": row.cue_start,
        "cue_end": row.cue_end,
    }


def _claim(row: Claim, names: Names, event_of: Mapping[str, str], words: Mapping[str, TimeWords]) -> Row:
    agents, agents_ids = names.slot(row.agents, row.agents_ids)
    targets, targets_ids = names.slot(row.targets, row.targets_ids)
    places, places_ids = names.slot(row.places, row.places_ids)
    origin, origin_ids = names.slot(row.origin, row.origin_ids)
    destination, destination_ids = names.slot(row.destination, row.destination_ids)
    chain, chain_ids = _chain(row.document, row.chain, row.chain_ids, names)
    reader = row.reader
    trigger = {
        "start": row.trigger_start,
        "end": row.trigger_end,
        "text": names.text(row.document)[row.trigger_start : row.trigger_end],
    }
    return {
        "id": row.id,
        "document": row.document,
        "start": row.start,
        "end": row.end,
        "quote": row.quote,
        "kind": row.kind,
        "type": row.type,
        "agents": agents,
        "targets": targets,
        "places": places,
        **time_cells(row.when),
        "chain": chain,
        "mode": row.mode,
        "measure": row.measure,
        "count": amount_cell(row.count),
        "share": amount_cell(row.share),
        "means": {"kind": row.means.kind, "text": row.means.text} if row.means else None,
        "origin": origin,
        "destination": destination,
        "attribution": row.attribution or "",
        "reader": {"name": reader.name, "version": reader.version, "model": reader.model} if reader else None,
        "rule": row.rule,
        "confidence": row.confidence,
        "status": row.status,
        "agents_ids": agents_ids,
        "targets_ids": targets_ids,
        "places_ids": places_ids,
        "origin_ids": origin_ids,
        "destination_ids": destination_ids,
        "chain_ids": chain_ids,
        "event": event_of.get(row.id, ""),
        "whole": row.whole,
        "trigger": trigger if row.trigger_end > row.trigger_start else None,
        "time_words": [words[time].text for time in row.times if time in words],
        "unfilled": list(row.unfilled),
    }


def _mention(row: Mention, names: Names) -> Row:
    return {
        "id": row.id,
        "document": row.document,
        "start": row.start,
        "end": row.end,
        "text": row.text,
        "entity": row.entity or "",
        "kind": row.kind,
        "how": row.how,
        "entity_name": names.entity(row.entity) if row.entity else "",
        "core": row.core,
        "refers_to": row.refers_to or "",
        "alias_of": row.alias_of or "",
        "title": row.title,
        "lexicon": row.lexicon,
    }


def _entity(row: Entity, names: Names) -> Row:
    place = row.place
    anchor = place.anchor if place else None
    return {
        "id": row.id,
        "name": row.name,
        "kind": row.kind,
        "aliases": list(row.aliases),
        "part_of": names.entity(row.part_of) if row.part_of else "",
        "lat": place.lat if place else None,
        "lon": place.lon if place else None,
        "radius_m": place.radius_m if place else None,
        "geometry": json.loads(place.geometry) if place and place.geometry else None,
        "anchor": {
            "place": names.entity(anchor.place),
            "relation": anchor.relation,
            "distance_m": anchor.distance_m,
            "bearing": anchor.bearing,
            "place_id": anchor.place,
        }
        if anchor
        else None,
        "precision": place.precision if place else "",
        "ids": dict(row.ids),
        "basis": row.basis,
        "part_of_ids": [row.part_of] if row.part_of else [],
        "role": row.role,
        "place_kind": place.kind if place else "",
        "country": place.country if place else "",
        "admin1": place.admin1 if place else "",
        "method": place.method if place else "",
    }


def _time(of: str, of_kind: str, when: When) -> Row:
    return {
        "id": content_id("w", of_kind, of),
        "of": of,
        "start_earliest": day(when.start_earliest),
        "start_latest": day(when.start_latest),
        "end_earliest": day(when.end_earliest),
        "end_latest": day(when.end_latest),
        "edtf": when.edtf(),
        "of_kind": of_kind,
        "basis": when.basis,
        "lasts": when.lasts,
    }


def _times(contents: Contents) -> Iterable[Row]:
    """Yield the days of every claim, event and document of which anything is known."""
    held: list[tuple[str, str, When]] = [("document", row.id, row.published) for row in contents.documents]
    held += [("claim", row.id, row.when) for row in contents.claims]
    held += [("event", row.id, row.when) for row in contents.weighed.events]
    return [_time(of, of_kind, when) for of_kind, of, when in held if when.known]
