"""The analyst: from a parsed page to the claims that it makes.

Each word of the trigger lexicon opens a draft (:mod:`frames`), the rules of its kind split and complete it
(:mod:`casualties`, :mod:`displacement`, :mod:`holdings`, :mod:`ties`), the surroundings fill what a careful reader would fill
(:mod:`context`), and :mod:`closing` writes the claim with its chain, its days and its id.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tidings.model import Attribution, Claim, TimeWords
from tidings.read.claims.casualties import casualties, killing
from tidings.read.claims.closing import close, deduplicated
from tidings.read.claims.context import complete
from tidings.read.claims.counts import number_of
from tidings.read.claims.displaced_labels import labelled
from tidings.read.claims.displacement import displacement
from tidings.read.claims.draft import Draft
from tidings.read.claims.frames import build
from tidings.read.claims.holdings import control, custody, held_adjectives, property_claims
from tidings.read.claims.judgements import judgements
from tidings.read.claims.scene import Scene
from tidings.read.claims.sieve import tells_something
from tidings.read.claims.suggested import suggested
from tidings.read.claims.things import struck
from tidings.read.claims.ties import (
    affiliations,
    assessments,
    relation,
    remember_bodies,
    rhetorical,
    statement,
)
from tidings.read.claims.ties_named import is_title, named_ties, threatened
from tidings.read.index import MentionIndex
from tidings.read.numbers import Counted
from tidings.read.page import Page, Sentence, place
from tidings.read.triggers import Trigger, load_triggers, triggers_of

__all__ = ["find_claims"]

HELD = Trigger(
    name="control.adjective",
    kind="control",
    type="held",
    pos="adjective",
    confidence=0.5,
    example="Shells fell on the rebel-held suburb.",
)
LONGEST_SENTENCE = 600
"""Words of a sentence that is read for claims; of a longer one the parse means nothing, and that is said."""


def _refined(scene: Scene, draft: Draft) -> list[Draft]:
    if draft.kind == "casualties":
        return casualties(scene, draft)
    if draft.kind == "displacement" or draft.type == "evacuation":
        return displacement(scene, draft)
    if draft.kind == "control":
        return control(scene, draft)
    if draft.kind == "custody":
        return custody(scene, draft)
    if draft.kind == "property":
        return property_claims(scene, draft)
    if draft.kind == "relation":
        return relation(scene, draft)
    return killing(scene, draft) if draft.type == "killing" else [draft]


def _told(scene: Scene, draft: Draft) -> list[Draft]:
    """Return what a draft tells once its kind's rules have split and completed it; nothing where it only points back."""
    if not tells_something(scene, draft):
        return []
    number_of(scene, draft)
    found = _refined(scene, draft)
    for refined in found:
        struck(scene, refined)
    return [threatened(refined) for refined in found]


def _of_sentence(scene: Scene, sentence: Sentence, offices: Sequence[Draft]) -> list[Draft]:
    drafts: list[Draft] = []
    acts: list[Draft] = []
    judged: list[Draft] = []
    for token in sentence.tokens:
        for trigger in triggers_of(token, scene.triggers, scene.fits):
            draft = build(scene, sentence, token, trigger)
            if draft.type == "assessment":
                judged.append(draft)
            elif draft.kind == "statement":
                acts.append(draft)
            else:
                drafts.extend(_told(scene, draft))
    for draft in suggested(scene, sentence, [*drafts, *acts, *judged]):
        if draft.kind == "statement":
            judged.append(draft)
        else:
            drafts.extend(_told(scene, draft))
    for token, holders, places in held_adjectives(scene, sentence):
        start = min([token.idx, *[child.idx for child in token.head.subtree]]) + token.doc.user_data["offset"]
        last = max(token.head.subtree, key=lambda word: word.i)
        end = last.idx + len(last.text) + token.doc.user_data["offset"]
        drafts.append(
            Draft(
                trigger=HELD,
                token=token,
                support=None,
                sentence=sentence,
                kind="control",
                type="held",
                start=start,
                end=min(end, start + 200),
                rule="control.held.adjective",
                agents=holders,
                places=places,
            )
        )
    drafts.extend(held for held in offices if not is_title(held))
    drafts.extend(named_ties(scene, sentence))
    drafts.extend(rhetorical(scene, sentence))
    drafts.extend(labelled(scene, sentence, drafts))
    told = [place(draft.token) for draft in drafts]
    for draft in acts:
        drafts.extend(statement(scene, draft, told))
    spoken = bool(scene.attributions.over(sentence.start, sentence.end))
    drafts.extend(assessments(scene, sentence, spoken))
    drafts.extend(judged)
    drafts.extend(
        judgements(scene, sentence, [*told, *(place(draft.token) for draft in drafts if draft.kind == "statement")])
    )
    return sorted(drafts, key=lambda draft: (draft.token.i, draft.start, draft.rule))


def find_claims(
    page: Page,
    index: MentionIndex,
    attributions: Sequence[Attribution],
    times: Sequence[TimeWords],
    amounts: Sequence[Counted],
    lexicon: object = None,
) -> tuple[Claim, ...]:
    """Return the claims of one page, in the order of their words.

    Args:
        page: The parsed document.
        index: Its mentions, anaphors linked.
        attributions: Its reported speech, from which chain and origin are taken.
        times: Its words about time.
        amounts: Its numbers.
        lexicon: The actors' lexicon; the triggers have files of their own, and those of its ``extra`` paths, where it has any.

    Returns:
        Claims with mention ids in their slots, the rule's name, a confidence, and what was looked for in vain.
    """
    extra: tuple[Path, ...] = getattr(lexicon, "extra", ())
    scene = Scene(page, index, attributions, times, amounts, load_triggers(tuple(extra)))
    offices = {
        sentence.index: affiliations(scene, sentence)
        for sentence in page.sentences
        if len(sentence.tokens) <= LONGEST_SENTENCE
    }
    for held in offices.values():
        remember_bodies(scene, held)
    headings = {paragraph.index for paragraph in page.paragraphs if paragraph.role == "heading"}
    drafts: list[Draft] = []
    for sentence in page.sentences:
        if sentence.paragraph in headings:
            continue
        if len(sentence.tokens) > LONGEST_SENTENCE:
            page.given_up.append(
                f"sentence at character {sentence.start}: {len(sentence.tokens)} words, not read for claims"
            )
            continue
        drafts.extend(_of_sentence(scene, sentence, offices[sentence.index]))
    complete(scene, drafts)
    # A tie of which one end was not found is left out, but for those that say in so many words that there is another.
    drafts = [
        draft
        for draft in drafts
        if draft.kind != "relation" or "agents.other" not in draft.unfilled or "agents" in draft.unfilled
    ]
    return close(scene, deduplicated(scene, drafts))
