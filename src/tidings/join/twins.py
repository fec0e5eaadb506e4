"""Twins: the same words told in copies of one report. They join without being compared.

A record that holds one piece five hundred times over must neither compare its claims with each other a hundred thousand
times nor take what the piece says for common. One of each set of twins is compared; the others follow it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from tidings.model import Claim, DocId, Document
from tidings.text.shingles import words

__all__ = ["twins"]

_ENOUGH = 8
"""Words that a report needs before another with the same words must be its copy."""


def twins(claims: Sequence[Claim], documents: Mapping[DocId, Document]) -> list[int]:
    """Return for each claim the place of the first one that it is a twin of, its own where it is the first.

    Args:
        claims: Claims in the fixed order.
        documents: The reports by id.
    """
    texts: dict[tuple[str, ...], DocId] = {}
    copied: dict[DocId, DocId] = {}
    for claim in claims:
        if claim.document in copied or claim.document not in documents:
            continue
        document = documents[claim.document]
        tokens = tuple(words(document.text))
        first = texts.setdefault(tokens, document.id) if len(tokens) >= _ENOUGH else document.id
        copied[document.id] = DocId(document.copy_of) if document.copy_of in documents else first
    first_of: dict[tuple[object, ...], int] = {}
    told: Counter[tuple[object, ...]] = Counter()
    out = []
    for at, claim in enumerate(claims):
        sort = (claim.kind, claim.type, claim.measure, claim.mode, claim.whole, " ".join(words(claim.quote)))
        slots = (claim.agents_ids, claim.targets_ids, claim.places_ids, claim.when.edtf())
        # One report may tell two things in the same words: the first is a twin of the first, the second of the second.
        told[claim.document, sort, slots] += 1
        key = (copied.get(claim.document, claim.document), sort, slots, told[claim.document, sort, slots])
        out.append(first_of.setdefault(key, at))
    return out
