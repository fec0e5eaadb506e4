"""What a sentence leaves unsaid and its surroundings say: the other side of a clash, the owner, the place."""

from __future__ import annotations

from tidings.read.claims.attackers import Attackers
from tidings.read.claims.denials import restated
from tidings.read.claims.displacement import settle
from tidings.read.claims.draft import Draft
from tidings.read.claims.opposed import Opposed
from tidings.read.claims.scene import Scene
from tidings.read.claims.sides import Sides
from tidings.read.claims.told import Told
from tidings.read.claims.whereabouts import Whereabouts

__all__ = ["complete"]


def complete(scene: Scene, drafts: list[Draft]) -> None:
    """Fill what the sentences of a page left open, in the order of the text.

    Args:
        scene: The page.
        drafts: All its drafts in order; their slots and ``unfilled`` are changed in place.
    """
    told = Told(scene, drafts)
    sides = Sides(told)
    sides.learn()
    where = Whereabouts(told)
    for draft in drafts:
        if restated(told, draft):
            told.before.append(draft)
            continue
        where.pointed_back(draft)
        sides.fill(draft)
        where.fill(draft)
        settle(draft)
        told.before.append(draft)
    where.refine()
    opposed = Opposed(told)
    for draft in drafts:
        opposed.fill(draft)
    Attackers(told).fill()
