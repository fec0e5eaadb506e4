"""Displacement told as a figure of a table: "Number of displaced: 452", "the number of displaced families is put at 349".

No verb moves anybody there, so the trigger words find nothing; the label says who they are and the number how many.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tidings.read.claims.draft import Draft
from tidings.read.claims.scene import Scene
from tidings.read.numbers import amount_of
from tidings.read.page import Sentence, place
from tidings.read.triggers import Trigger

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["labelled"]

_WHO = (
    r"(?P<back>returnees?|returned(?: \w+)?)"
    r"|(?P<inside>sheltered(?: \w+)?|people in (?:shelters|camps))"
    r"|(?P<out>(?:internally )?displaced(?: (?:people|persons|individuals|families|households|population|civilians))?|IDPs?"
    r"|homeless(?: (?:people|families|households))?|evacuees|evacuated(?: (?:people|persons|families|households))?"
    r"|(?:people|persons|families|households|population) (?:displaced|evacuated|made homeless|left homeless)|refugees)"
)
_AMOUNT = r"(?P<n>(?:about |around |some |nearly |almost |over |more than |at least |up to |an estimated |approximately )?\d[\d,. ]*\d|\d+)"
_LABEL = re.compile(
    rf"\W*(?:total |estimated |current )*(?:(?:number|no\.?|nb\.?|total) of )?(?:{_WHO})(?: \([^)]*\)| in [^:]{{2,40}}| total)?"
    rf"\s*(?:[:=–—]|-\s)\s*{_AMOUNT}(?P<unit>\s+(?:people|persons|individuals|families|households|hh))?\b.{{0,60}}",
    re.IGNORECASE | re.DOTALL,
)
_NUMBER_OF = re.compile(
    rf"\b(?:number|total) of (?:{_WHO})\b(?P<where>[^.;:\d]{{0,60}}?)\b(?:is|was|are|were|has|have|had|stands?|stood|reached|rose|topped|exceeded)\b"
    rf"[^.;:\d]{{0,40}}?{_AMOUNT}",
    re.IGNORECASE,
)
_TYPES = {"back": ("return", "returned"), "inside": ("sheltered", "displaced"), "out": ("flight", "displaced")}


def labelled(scene: Scene, sentence: Sentence, drafts: list[Draft]) -> list[Draft]:
    """Return the displacement that a sentence tells as a label with a number.

    Args:
        scene: The page.
        sentence: The sentence.
        drafts: What else it was found to tell; a number told there is not told again.
    """
    text = scene.page.text[sentence.start : sentence.end]
    found = _LABEL.fullmatch(text.strip()) or _NUMBER_OF.search(text)
    if found is None:
        return []
    shift = sentence.start + (len(text) - len(text.lstrip()) if found.re is _LABEL else 0)
    amount = amount_of(found["n"].strip(" ,."))
    if amount is None:
        return []
    if any(
        draft.kind == "displacement" and draft.count is not None and draft.count.low == amount.low for draft in drafts
    ):
        return []
    which = next(name for name in _TYPES if found[name])
    token = _token_at(sentence, shift + found.start(which))
    if token is None:
        return []
    kind, measure = _TYPES[which]
    places = scene.finest([held for held in scene.places_among(list(sentence.tokens)) if held.how == "name"])
    draft = Draft(
        trigger=_TRIGGERS[which],
        token=token,
        support=None,
        sentence=sentence,
        kind="displacement",
        type=kind,
        start=shift + found.start(),
        end=shift + found.end("n"),
        rule=f"displacement.label.{kind}",
        places=places,
        measure=measure,
        count=amount,
        heads=[token],
    )
    if kind == "flight":
        draft.origin = list(places)
    else:
        draft.destination = list(places)
    return [draft]


def _token_at(sentence: Sentence, at: int) -> Token | None:
    return next((token for token in sentence.tokens if place(token)[0] <= at < place(token)[1]), None)


_TRIGGERS = {
    name: Trigger(
        name=f"label.{kind}",
        kind="displacement",
        type=kind,
        pos="noun",
        confidence=0.6,
        example="Number of displaced: 452",
    )
    for name, (kind, _) in _TYPES.items()
}
