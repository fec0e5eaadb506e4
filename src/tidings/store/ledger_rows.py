"""Events, ledgers, brief and what lies between claims, as rows."""

from __future__ import annotations

from typing import Any

from tidings.model import (
    BriefSentence,
    Constraint,
    Contents,
    Custody,
    Event,
    Figure,
    Holding,
    Movement,
    PersonEntry,
    Property,
    Proposal,
    Relation,
    When,
)
from tidings.store.names import Names, day, time_cells

__all__ = ["rows"]

Row = dict[str, Any]


def rows(contents: Contents, names: Names) -> dict[str, list[Row]]:
    """Return the tables that follow from claims."""
    weighed = contents.weighed
    return {
        "proposals": [_proposal(row, names) for row in contents.proposals],
        "constraints": [_constraint(row) for row in contents.constraints],
        "events": [_event(row, names) for row in weighed.events],
        "comparisons": [
            {"event": row.event, "a": row.a, "b": row.b, "what": row.what, "bits": row.bits, "reason": row.reason}
            for row in contents.comparisons
        ],
        "figures": [_figure(row, names) for row in weighed.figures],
        "holdings": [_holding(row, names) for row in weighed.holdings],
        "movements": [_movement(row, names) for row in weighed.movements],
        "persons": [_person(row, names) for row in weighed.persons],
        "custody": [_custody(row, names) for row in weighed.custody],
        "property": [_property(row, names) for row in weighed.property],
        "relations": [_relation(row, names) for row in weighed.relations],
        "echoes": [{"id": row.id, "claim": row.claim, "of": row.of, "basis": row.basis} for row in weighed.echoes],
        "contradictions": [
            {"id": row.id, "reason": row.reason, "why": row.why, "claims": list(row.claims)}
            for row in weighed.contradictions
        ],
        "framings": [
            {
                "id": row.id,
                "publisher": row.publisher,
                "entity": names.entity(row.entity),
                "wording": row.wording,
                "n": row.n,
                "mentions": list(row.mentions),
                "entity_ids": [row.entity],
            }
            for row in weighed.framings
        ],
        "brief": [_sentence(row) for row in contents.brief],
    }


def _proposal(row: Proposal, names: Names) -> Row:
    return {
        "id": row.id,
        "a": row.a,
        "b": row.b,
        "bits": row.bits,
        "reasons": [piece.why for piece in row.evidence],
        "standing": row.standing,
        "a_name": names.entity(row.a),
        "b_name": names.entity(row.b),
    }


def _constraint(row: Constraint) -> Row:
    return {
        "id": row.id,
        "a": row.a,
        "b": row.b,
        "least_days": row.least_days,
        "most_days": row.most_days,
        "kind": row.kind,
        "document": row.document or "",
        "start": row.start,
        "end": row.end,
        "quote": row.quote,
        "dropped": row.dropped,
        "weekday": row.weekday,
        "weekdays": list(row.weekdays),
        "yearly": list(row.yearly),
        "rule": row.rule,
        "reason": row.reason,
    }


def _event(row: Event, names: Names) -> Row:
    return {
        "id": row.id,
        "kind": row.kind,
        "type": row.type,
        "agents": names.entities(row.agents_ids),
        "targets": names.entities(row.targets_ids),
        "places": names.entities(row.places_ids),
        **time_cells(row.when),
        "part_of": row.part_of or "",
        "claims": list(row.claims),
        "documents": list(row.documents),
        "origins": [origin.name for origin in row.origins],
        "grade": row.grade,
        "agents_ids": list(row.agents_ids),
        "targets_ids": list(row.targets_ids),
        "places_ids": list(row.places_ids),
        "origins_claims": [
            {"name": origin.name, "entity": origin.entity or "", "claims": list(origin.claims)}
            for origin in row.origins
        ],
    }


def _figure(row: Figure, names: Names) -> Row:
    return {
        "id": row.id,
        "measure": row.measure,
        "group": names.entities(row.group_ids) or list(row.group),
        "by": names.entities(row.by_ids),
        "places": names.entities(row.places_ids),
        **time_cells(row.when),
        "scope": row.scope,
        "made": row.made,
        "low": row.low,
        "best": row.best,
        "high": row.high,
        "contested": row.contested,
        "rule": row.rule,
        "claims": list(row.claims),
        "group_ids": list(row.group_ids),
        "by_ids": list(row.by_ids),
        "places_ids": list(row.places_ids),
        "beyond": row.beyond,
    }


def _span_cells(since: When, until: When) -> Row:
    return {
        "from": since.edtf(),
        "until": until.edtf(),
        "from_earliest": day(since.earliest),
        "until_latest": day(until.latest),
    }


def _holding(row: Holding, names: Names) -> Row:
    return {
        "id": row.id,
        "place": names.entity(row.place_id),
        "holder": names.entities(row.holder_ids),
        **_span_cells(row.since, row.until),
        "share": row.share,
        "standing": row.standing,
        "claims": list(row.claims),
        "place_ids": [row.place_id],
        "holder_ids": list(row.holder_ids),
    }


def _movement(row: Movement, names: Names) -> Row:
    return {
        "id": row.id,
        "origin": names.entities(row.origin_ids),
        "destination": names.entities(row.destination_ids),
        "shelter": names.entities(row.shelter_ids),
        "group": names.entities(row.group_ids),
        "low": row.low,
        "high": row.high,
        **time_cells(row.when),
        "claims": list(row.claims),
        "type": row.type,
        "origin_ids": list(row.origin_ids),
        "destination_ids": list(row.destination_ids),
        "shelter_ids": list(row.shelter_ids),
        "group_ids": list(row.group_ids),
        "beyond": row.beyond,
    }


def _person(row: PersonEntry, names: Names) -> Row:
    return {
        "id": row.id,
        "entity": row.entity,
        "name": row.name,
        "standing": row.standing,
        "harm": row.harm,
        "age": row.age,
        "sex": row.sex,
        "occupation": row.occupation,
        **time_cells(row.when),
        "places": names.entities(row.places_ids),
        "claims": list(row.claims),
        "places_ids": list(row.places_ids),
    }


def _custody(row: Custody, names: Names) -> Row:
    return {
        "id": row.id,
        "who": names.entities(row.who_ids),
        "whose": names.entities(row.whose_ids),
        "by": names.entities(row.by_ids),
        "low": row.low,
        "high": row.high,
        **_span_cells(row.since, row.until),
        "standing": row.standing,
        "claims": list(row.claims),
        "who_ids": list(row.who_ids),
        "whose_ids": list(row.whose_ids),
        "by_ids": list(row.by_ids),
        "beyond": row.beyond,
    }


def _property(row: Property, names: Names) -> Row:
    return {
        "id": row.id,
        "what": row.what,
        "whose": names.entities(row.whose_ids),
        "by": names.entities(row.by_ids),
        "low": row.low,
        "high": row.high,
        "price": row.price,
        "currency": row.currency,
        "standing": row.standing,
        **time_cells(row.when),
        "claims": list(row.claims),
        "whose_ids": list(row.whose_ids),
        "by_ids": list(row.by_ids),
    }


def _relation(row: Relation, names: Names) -> Row:
    return {
        "id": row.id,
        "a": row.a,
        "b": row.b,
        "type": row.type,
        "mode": row.mode,
        **_span_cells(row.since, row.until),
        "claims": list(row.claims),
        "a_name": names.entity(row.a),
        "b_name": names.entity(row.b),
    }


def _sentence(row: BriefSentence) -> Row:
    return {
        "id": row.id,
        "order": row.order,
        "section": row.section,
        "sentence": row.sentence,
        "values": list(row.values),
        "claims": list(row.claims),
        "documents": list(row.documents),
        **time_cells(row.when, basis=False),
    }
