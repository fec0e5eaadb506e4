"""Twins: the same words told in copies of one report, and a number told in a title and below it. They join without being compared.

A title sums up what its report tells, often with a wider place and a rounder number, so it follows the claim that it sums
up wherever that one goes.

A record that holds one piece five hundred times over must neither compare its claims with each other a hundred thousand
times nor take what the piece says for common. One of each set of twins is compared; the others follow it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from hashlib import blake2b

from tidings.model import Claim, DocId, Document, EntityId
from tidings.text.shingles import words

__all__ = ["completed", "in_titles", "twins"]

_ENOUGH = 8
"""Words that a report needs before another with the same words must be its copy."""

_REMEMBERED = 200_000
"""Reports whose words are remembered: each build asks for them twice."""

_HEAD = 600
"""Characters from the beginning of a report within which its title can stand."""

_A_TITLE = 8
"""Characters that a title has at least."""

_NEVER = 1_000_000
"""Days of a stretch that has no beginning or no end."""

_TELLING = 3
"""From this number on, a title and a line below it that give the same one tell the same thing: "one killed" is said of many."""


def twins(claims: Sequence[Claim], documents: Mapping[DocId, Document]) -> list[int]:
    """Return for each claim the place of the first one that it is a twin of, its own where it is the first.

    Args:
        claims: Claims in the fixed order.
        documents: The reports by id.
    """
    texts: dict[str, DocId] = {}
    copied: dict[DocId, DocId] = {}
    for claim in claims:
        if claim.document in copied or claim.document not in documents:
            continue
        document = documents[claim.document]
        gist = _gist(document.text)
        first = texts.setdefault(gist, document.id) if gist else document.id
        copied[document.id] = DocId(document.copy_of) if document.copy_of in documents else first
    shared = Counter(copied.values())
    first_of: dict[tuple[object, ...], int] = {}
    told: Counter[tuple[object, ...]] = Counter()
    out = []
    for at, claim in enumerate(claims):
        report = copied.get(claim.document, claim.document)
        if shared[report] < 2 and report == claim.document:
            out.append(at)  # a report without a copy has no twins
            continue
        sort = (claim.kind, claim.type, claim.measure, claim.mode, claim.whole, " ".join(words(claim.quote)))
        slots = (claim.agents_ids, claim.targets_ids, claim.places_ids, claim.when.edtf())
        # One report may tell two things in the same words: the first is a twin of the first, the second of the second.
        told[claim.document, sort, slots] += 1
        out.append(first_of.setdefault((report, sort, slots, told[claim.document, sort, slots]), at))
    for at, body in _summed_up(claims, documents).items():
        out[at] = out[body]
    return [out[one] for one in out]


@lru_cache(maxsize=_REMEMBERED)
def _gist(text: str) -> str:
    """Return what equal words have in common, whatever their case and signs; nothing of a report of few words."""
    tokens = words(text)
    return blake2b(" ".join(tokens).encode(), digest_size=16).hexdigest() if len(tokens) >= _ENOUGH else ""


def in_titles(claims: Sequence[Claim], documents: Mapping[DocId, Document]) -> list[bool]:
    """Return for each claim whether it lies in the title of its report, wherever its head repeats it."""
    spans: dict[DocId, list[tuple[int, int]]] = {}
    for one in {claim.document for claim in claims}:
        document = documents.get(one)
        title = document.title if document is not None else ""
        if document is None or len(title) < _A_TITLE:
            continue
        at = document.text.find(title, 0, _HEAD + len(title))
        while at >= 0:
            spans.setdefault(one, []).append((at, at + len(title)))
            at = document.text.find(title, at + 1, _HEAD + len(title))
    if not spans:
        return [False] * len(claims)
    return [any(start < one.end and one.start < end for start, end in spans.get(one.document, ())) for one in claims]


def completed(claims: Sequence[Claim], twin: Sequence[int]) -> list[Claim]:
    """Return the claims that others follow, with what the title alone says where the line below it does not: days, parties, places."""
    whole = {at: claims[at] for at, one in enumerate(twin) if at == one}
    for at, one in enumerate(twin):
        title, body = claims[at], whole[one]
        if at == one or title.document != body.document:
            continue
        nearer = _length(title) < _length(body) and title.when.meets(body.when)
        whole[one] = replace(
            body,
            when=title.when if nearer else body.when,
            agents_ids=body.agents_ids or title.agents_ids,
            targets_ids=body.targets_ids or title.targets_ids,
            places_ids=body.places_ids or title.places_ids,
        )
    return list(whole.values())


def _length(claim: Claim) -> int:
    first, last = claim.when.earliest, claim.when.latest
    return _NEVER if first is None or last is None else (last - first).days


def _summed_up(claims: Sequence[Claim], documents: Mapping[DocId, Document]) -> dict[int, int]:
    """Return, for claims with a number in a title, the first claim below it that gives this number of the same."""
    titled = in_titles(claims, documents)
    wanted = {claims[at].document for at, one in enumerate(titled) if one and _number(claims[at]) >= _TELLING}
    below: dict[tuple[object, ...], list[int]] = {}
    for at, claim in enumerate(claims):
        if claim.document in wanted and not titled[at]:
            below.setdefault(_sort(claim), []).append(at)
    found: dict[int, int] = {}
    for at, claim in enumerate(claims):
        if titled[at] and _number(claim) >= _TELLING:
            same = [one for one in below.get(_sort(claim), ()) if _shared(claim.targets_ids, claims[one].targets_ids)]
            if same:
                # Titles are clipped, so that who did it is often misread: it chooses between lines and rules none out.
                found[at] = min(same, key=lambda one: (not _shared(claim.agents_ids, claims[one].agents_ids), one))
    return found


def _sort(claim: Claim) -> tuple[object, ...]:
    return (claim.document, claim.kind, claim.type, claim.measure, claim.mode, claim.whole, _number(claim))


def _number(claim: Claim) -> int:
    count = claim.count
    return -1 if count is None else count.low if count.low is not None else count.high if count.high is not None else -1


def _shared(one: Sequence[EntityId], other: Sequence[EntityId]) -> bool:
    """Return whether a party that both name is shared, or one of them names none."""
    return not one or not other or bool(set(one) & set(other))
