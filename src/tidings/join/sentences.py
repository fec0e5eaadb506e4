"""The sentence of each level: what a reviewer reads beside its bits."""

from __future__ import annotations

from collections.abc import Callable

from tidings.join.traits import Traits, roles
from tidings.model import Claim, EntityId

__all__ = ["sentence"]


def sentence(t: Traits, what: str, level: str, a: int, b: int) -> str:
    """Return a full sentence on what one comparison found in two claims."""
    return _WRITERS[what](t, level, t.claims[a], t.claims[b])


def _names(t: Traits, ids: tuple[EntityId, ...]) -> str:
    found = [t.entities[one].name for one in ids if one in t.entities]
    return " and ".join(found) if found else "nobody named"


def _shared(t: Traits, one: tuple[EntityId, ...], other: tuple[EntityId, ...]) -> str:
    return _names(t, tuple(item for item in one if item in other))


def _where(claim: Claim) -> tuple[EntityId, ...]:
    return claim.places_ids or claim.origin_ids


def _told(claim: Claim) -> str:
    return f"{claim.kind} ({claim.type.replace('_', ' ')})"


def _days(_: Traits, level: str, a: Claim, b: Claim) -> str:
    one, other = a.when.edtf() or "no day", b.when.edtf() or "no day"
    return {
        "same_day": f"Both allow one and the same day, {one}.",
        "unknown": "At least one of the two gives no day, so the days say nothing.",
        "off_by_one": f"Their days lie next to each other, {one} and {other}; reports are often a day out.",
        "off_by_few": f"Their days lie two or three days apart, {one} and {other}.",
        "apart": f"Their days cannot be one, {one} and {other}.",
    }.get(level, f"Their days meet, {one} and {other}.")


def _place(t: Traits, level: str, a: Claim, b: Claim) -> str:
    one, other = _names(t, _where(a)), _names(t, _where(b))
    if level == "unknown":
        return "At least one of the two gives no place that is known, so the places say nothing."
    if level.startswith("same"):
        return f"Both are placed at {_shared(t, _where(a), _where(b))}."
    if level.startswith("inside"):
        return f"{one} and {other} lie one within the other."
    return {
        "siblings": f"{one} and {other} are different parts of one town.",
        "near": f"{one} and {other} touch within their radii.",
        "nearby": f"{one} and {other} lie within 12 km of each other.",
        "within_reach": f"{one} and {other} lie within 25 km of each other.",
        "beyond_reach": f"{one} and {other} lie within 40 km of each other.",
        "apart": f"{one} and {other} lie farther apart than reports confuse.",
    }.get(level, f"{one} and {other} are far apart.")


def _type(_: Traits, level: str, a: Claim, b: Claim) -> str:
    if level.startswith("same"):
        return f"Both are told as {_told(a)}."
    return {
        "akin": f"Reports put one happening under {_told(a)} as well as {_told(b)}.",
        "possible": f"One happening can be told as {_told(a)} and as {_told(b)}, yet usually these are two.",
    }.get(level, f"One is told as {_told(a)}, the other as {_told(b)}.")


def _agents(t: Traits, level: str, a: Claim, b: Claim) -> str:
    one, other = _names(t, roles(a)[0]), _names(t, roles(b)[0])
    return {
        "same": f"In both, {_shared(t, roles(a)[0], roles(b)[0])} acts.",
        "part": f"They share some parties, {one} and {other}, and others stand on one side only.",
        "kin": f"{one} and {other} belong to one body.",
        "swapped": f"Both name the same sides, {one} and {other}, told from either end.",
        "differ": f"One names {one} as acting, the other {other}.",
    }.get(level, "At least one of the two does not say who acted.")


def _targets(t: Traits, level: str, a: Claim, b: Claim) -> str:
    one, other = _names(t, roles(a)[1]), _names(t, roles(b)[1])
    return {
        "same_person": f"Both tell what befell {_shared(t, roles(a)[1], roles(b)[1])}, a person by name.",
        "same": f"In both it befalls {_shared(t, roles(a)[1], roles(b)[1])}.",
        "kin": f"{one} and {other} belong to one body.",
        "people": f"{one} and {other} are words for people of no party.",
        "differ": f"It befalls {one} in one, {other} in the other.",
    }.get(level, "At least one of the two does not say whom it befell.")


def _numbers(_: Traits, level: str, a: Claim, b: Claim) -> str:
    one, other = (claim.count.text if claim.count else "none" for claim in (a, b))
    return {
        "same_large": f"Both give the number {one}.",
        "same_mid": f"Both give the number {one}.",
        "same_small": f"Both give the number {one}.",
        "meet": f"Their numbers can both hold, {one} and {other}.",
        "near": f"Their numbers are near each other, {one} and {other}.",
        "differ": f"Their numbers differ, {one} and {other}.",
        "other_order": f"Their numbers are of different orders, {one} and {other}.",
        "other_measure": f"Their numbers count different things, {a.measure or 'things'} and {b.measure or 'things'}.",
    }.get(level, "At least one of the two gives no number.")


def _goal(t: Traits, level: str, a: Claim, b: Claim) -> str:
    one, other = _names(t, a.destination_ids), _names(t, b.destination_ids)
    return {
        "same": f"Both have people move to one place, {one} and {other}.",
        "differ": f"People move to {one} in one, to {other} in the other.",
    }.get(level, "At least one of the two does not say where people moved to.")


def _fixed(**sentences: str) -> Callable[[Traits, str, Claim, Claim], str]:
    def write(_t: Traits, level: str, _a: Claim, _b: Claim) -> str:
        return sentences[level]

    return write


def _source(t: Traits, level: str, a: Claim, _: Claim) -> str:
    if level == "same_source":
        return f"Both go back to {_names(t, a.chain_ids[-1:])}."
    return "One names the other's publisher as its source." if level == "cites" else "They name different sources."


_WRITERS: dict[str, Callable[[Traits, str, Claim, Claim], str]] = {
    "whole": _fixed(
        alike="Both tell of an episode as a whole, or neither does.",
        part="One tells of an episode as a whole, the other of something within it.",
    ),
    "type": _type,
    "days": _days,
    "place": _place,
    "agents": _agents,
    "targets": _targets,
    "numbers": _numbers,
    "goal": _goal,
    "mode": _fixed(
        same="Both speak of it in the same mode.",
        both_denied="Both deny it.",
        both_intended="Both tell of it as planned or threatened.",
        denied="One states what the other denies; both speak of one happening.",
        intended="One tells of something planned, the other of something that happened.",
    ),
    "document": _fixed(
        other_report="They stand in two reports.",
        same_words="The words of one lie inside the words of the other.",
        headline="One stands in the title of the report, which sums up what the report tells.",
        same_report="They stand in one report, which seldom tells one thing twice.",
        listed_apart="One report lists both as separate items.",
    ),
    "source": _source,
    "known": _fixed(
        known="One is a known day that an analyst gave to be matched.", report="Both are reports, or both known days."
    ),
    "words": _fixed(
        most="They share several words that few claims hold.",
        many="They share some words that few claims hold.",
        some="They share a word or two that few claims hold.",
        few="They share a word that many claims hold.",
        none="They share no telling word.",
        unknown="One of them holds no telling word.",
    ),
    "reports": _fixed(
        copy="One report copies the other.",
        most="The two reports share most of their rarer words.",
        many="The two reports share many of their rarer words.",
        some="The two reports share some of their rarer words.",
        few="The two reports share few of their rarer words.",
        none="The two reports share hardly any of their rarer words.",
        one_report="They stand in one report.",
        unknown="One of the two reports tells of many things, or too little, so their words as a whole say nothing.",
    ),
    "copied": _fixed(
        copied="One repeats the other's words in their order.", not_copied="Neither repeats the other's words."
    ),
}
