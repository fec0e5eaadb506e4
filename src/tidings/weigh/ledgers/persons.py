"""Persons by name: the harmed, the held, the speaking."""

from __future__ import annotations

import re

from tidings.model import Claim, Entity, Mention, PersonEntry, content_id
from tidings.weigh.ledgers.ranges import once, shared_days
from tidings.weigh.rules import among, phrase_in, rules
from tidings.weigh.view import View

__all__ = ["persons"]

_HARM = {
    "casualties/killed": "killed", "casualties/wounded": "wounded", "casualties/executed": "executed", "casualties/missing": "missing",
    "event/killing": "killed", "custody/arrest": "detained", "custody/detention": "detained", "custody/abduction": "abducted",
}  # fmt: skip
_AGE = re.compile(r"(?:\baged?\s+(\d{1,3})\b|\b(\d{1,3})[- ]years?[- ]old\b|,\s(\d{1,3}),)", re.IGNORECASE)
_OLDEST = 120
_AROUND = 60
"""Characters before and after a name in which a report gives age and occupation."""


def persons(view: View) -> tuple[PersonEntry, ...]:
    """Return one row for each named person and harm; ``none`` for who only speaks or acts.

    Age, sex, occupation and standing come from the words beside the name, and are empty where no report says them.
    """
    named = {one.entity for one in view.mentions.values() if one.how == "name"}
    people = {
        one.id: one for one in view.entities.values() if one.kind == "person" and (one.id in named or not view.mentions)
    }
    told: dict[tuple[str, str], list[Claim]] = {}
    for claim in view.in_order(view.claims.values()):
        if claim.mode in {"denied", "intended"}:
            continue
        harm = _HARM.get(f"{claim.kind}/{claim.type}", "none")
        for one in once((*claim.targets_ids, *claim.agents_ids, *claim.chain_ids)):
            if one in people:
                told.setdefault((one, harm if one in claim.targets_ids else "none"), []).append(claim)
    beside = _beside(view)
    rows = []
    for (who, harm), claims in told.items():
        if harm == "none" and any(other != "none" for person, other in told if person == who):
            continue  # the row of the harm stands for the person
        entity = next(one for one in people.values() if one.id == who)
        rows.append(_row(entity, harm, claims, beside.get(who, "")))
    return tuple(sorted(rows, key=lambda row: row.id))


def _row(entity: Entity, harm: str, claims: list[Claim], words: str) -> PersonEntry:
    female, male = phrase_in("sex", "female", words), phrase_in("sex", "male", words)
    return PersonEntry(
        id=content_id("p", entity.id, harm),
        entity=entity.id,
        name=entity.name,
        standing=next(
            (row for row in ("combatant", "official", "civilian") if among("standing", row, words)), "unknown"
        ),
        harm=harm,
        age=_age(words),
        sex="" if bool(female) == bool(male) else "female" if female else "male",
        occupation=_occupation(words),
        when=shared_days(claims) if harm != "none" else shared_days([]),
        places_ids=once(one for claim in claims for one in claim.places_ids) if harm != "none" else (),
        claims=tuple(claim.id for claim in claims),
    )


def _occupation(words: str) -> str:
    """Return what somebody does for a living, in the words beside the name; the short form of a rank says none."""
    for row in ("civilian", "official", "combatant"):
        found = among("standing", row, words).lower()
        plural = found.endswith("s") and found not in rules()["standing"][row]
        if found and not found.endswith(".") and not plural:  # "his fighters" are others
            return "member of parliament" if found == "parliament" else found
    return ""


def _beside(view: View) -> dict[str, str]:
    """Return, for each entity, the titles and the words beside its names."""
    found: dict[str, list[str]] = {}
    for mention in view.mentions.values():
        if mention.entity is not None and mention.how == "name" and mention.kind in {"person", "source", "actor"}:
            found.setdefault(mention.entity, []).append(_window(view, mention))
    return {one: " | ".join(words) for one, words in found.items()}


def _window(view: View, mention: Mention) -> str:
    """Return title and name, the words before up to the last clause, and an apposition after it."""
    document = view.documents.get(mention.document)
    if document is None:
        return mention.title
    before = document.text[max(0, mention.start - _AROUND) : mention.start]
    before = re.split(r"[.;:!?\n”\"]|, ", before)[-1]
    after = document.text[mention.end : mention.end + _AROUND]
    # What somebody does ("who leads a 40-man unit") says nothing of who they are.
    after = after.split(".")[0] if after.startswith((",", " (")) and not after.startswith((", who", ", whose")) else ""
    return f"{mention.title} {before} {mention.text}{after}"


def _age(words: str) -> int | None:
    for found in _AGE.finditer(words):
        age = int(next(part for part in found.groups() if part))
        if 0 < age <= _OLDEST:
            return age
    return None
