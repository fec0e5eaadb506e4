"""Echoes: claims that only repeat another one."""

from __future__ import annotations

from tidings.model import Claim, Echo, content_id
from tidings.weigh.origins import Roots
from tidings.weigh.scope import shares_place
from tidings.weigh.view import View

__all__ = ["echoes"]


def echoes(view: View, roots: Roots) -> tuple[Echo, ...]:
    """Return the claims that repeat, for the same happening and from the same root, what an earlier claim told.

    Of the earlier claims of a root that state the same, the one in the nearest words is the one repeated. ``basis`` is ``repeated_in_document`` within one
    report, ``copied_text`` where the words are the same, ``cites_outlet`` where the later names the earlier's publisher,
    and ``same_origin`` otherwise.
    """
    out: list[Echo] = []
    for event in view.events:
        first: dict[tuple[str, ...], list[Claim]] = {}
        for claim in view.of_event(event):
            key = (roots[claim.id].key, claim.kind, claim.type, claim.measure, claim.mode)
            alike = [one for one in first.get(key, ()) if _agree(view, one, claim)]
            earlier = max(alike, key=lambda one: (_goes_along(one, claim), view.shares(one, claim)), default=None)
            if earlier is None:
                first.setdefault(key, []).append(claim)
                continue
            basis = _basis(view, roots, earlier, claim)
            out.append(Echo(id=content_id("x", claim.id, earlier.id), claim=claim.id, of=earlier.id, basis=basis))
    return tuple(sorted(out, key=lambda one: one.id))


def _agree(view: View, a: Claim, b: Claim) -> bool:
    """Return whether two claims of one root state the same: number, parties, place and days, where both say them.

    Whoever speaks in one voice twice may lean on what was said before without repeating it ("the assault"), so an echo
    within one report, or of a publisher's own words, also needs the words.
    """
    own_voice = not a.chain_ids and not b.chain_ids
    if (a.document == b.document or own_voice) and not view.reworded(a, b):
        return False
    if a.count is not None and b.count is not None and not a.count.meets(b.count):
        return False
    # One report that names a town and then a quarter of it tells more; another report may only be less exact.
    apart = (
        not shares_place(a.places_ids, b.places_ids)
        if a.document == b.document
        else not view.alike(a.places_ids, b.places_ids)
    )
    if a.places_ids and b.places_ids and apart:
        return False
    for one, other in ((a.targets_ids, b.targets_ids), (a.agents_ids, b.agents_ids)):
        if one and other and not view.alike(one, other):
            return False
    if a.destination_ids and b.destination_ids and not view.kin(a.destination_ids, b.destination_ids):
        return False
    return a.when.meets(b.when)


def _goes_along(a: Claim, b: Claim) -> bool:
    """Return whether two claims of movement name one place to which people go."""
    return bool(set(a.destination_ids) & set(b.destination_ids))


def _basis(view: View, roots: Roots, earlier: Claim, claim: Claim) -> str:
    if earlier.document == claim.document:
        return "repeated_in_document"
    copy = roots.first_copy.get(claim.document)
    if view.copied(earlier, claim) or (copy is not None and copy == roots.first_copy.get(earlier.document)):
        return "copied_text"
    outlet = view.publisher_id(earlier)
    if outlet is not None and outlet in claim.chain_ids:
        return "cites_outlet"
    return "same_origin"
