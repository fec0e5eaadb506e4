"""From drafts to claims: each once, with its chain, its days, its confidence and an id that its content gives."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from tidings.model import Claim, ClaimId, Mention, MentionId, TimeId, content_id
from tidings.read.claims.draft import Draft
from tidings.read.claims.scene import Scene, one_each
from tidings.read.page import place
from tidings.read.speech import governing

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["close", "deduplicated", "quoted"]


def deduplicated(scene: Scene, drafts: Sequence[Draft]) -> list[Draft]:
    """Return the drafts without those that say again, in the same words, what a better one says.

    Two drafts of one kind and type whose quotes overlap and whose sides agree are one proposition read twice
    (verb and noun of "launched an attack"); the one with more slots filled stays, the earlier of equals.
    """
    kept: list[Draft] = []
    for draft in drafts:
        rival = next((other for other in reversed(kept[-12:]) if _same(scene, draft, other)), None)
        if rival is None:
            kept.append(draft)
        else:
            better, worse = (draft, rival) if _weight(draft) > _weight(rival) else (rival, draft)
            kept[kept.index(rival)] = better
            if better.trigger.scheme in {"tie", "mutual"} and better.type == worse.type:
                better.agents = one_each([*better.agents, *worse.agents], scene.index)
            better.count = better.count or worse.count
    return kept


def _weight(draft: Draft) -> int:
    return 2 * len(draft.agents) + 2 * len(draft.targets) + len(draft.places) + 2 * (draft.count is not None)


def _same(scene: Scene, one: Draft, other: Draft) -> bool:
    if one.kind != other.kind or one.type != other.type or one.sentence.index != other.sentence.index:
        return False
    if one.count != other.count and one.count is not None and other.count is not None:
        return False
    if _nested(one.token, other.token):
        if (
            one.kind in {"casualties", "custody"}
            and one.heads
            and other.heads
            and not {w.i for w in one.heads} & {w.i for w in other.heads}
        ):
            return False
        return one.kind in {"event", "property", "casualties"}
    if one.heads and {w.i for w in one.heads} == {w.i for w in other.heads} and one.kind != "event":
        return one.count == other.count and one.mode == other.mode
    shared = min(one.end, other.end) - max(one.start, other.start)
    if shared < 0.5 * min(one.end - one.start, other.end - other.start):
        return False
    if one.heads and other.heads and one.kind in {"casualties", "displacement", "property", "custody"}:
        ours = {word.i for word in one.heads}
        theirs = {word.i for word in other.heads}
        if not ours & theirs and one.kind == "casualties" and one.count is not None and other.count is not None:
            return False
    return _agree(scene, one.agents, other.agents) and _agree(scene, one.targets, other.targets)


def _nested(one: Token, other: Token) -> bool:
    """Return whether one word is the other's object or complement: "agreed to a truce", "demanded a ransom"."""
    for low, high in ((one, other), (other, one)):
        if low.head == high and low.dep_ in {"dobj", "nsubjpass", "oprd", "pobj", "acomp", "prep", "nsubj"}:
            return True
        if low.dep_ == "pobj" and low.head.head == high and low.head.lower_ in {"to", "on", "with"}:
            return True
    return False


def _agree(scene: Scene, ours: list[Mention], theirs: list[Mention]) -> bool:
    if not ours or not theirs:
        return True
    return any(scene.same(one, other) for one in ours for other in theirs)


def _ids(mentions: Sequence[Mention]) -> tuple[MentionId, ...]:
    return tuple(mention.id for mention in mentions)


def _days(scene: Scene, draft: Draft) -> tuple[TimeId, ...]:
    """Return the words about time that hold for a claim: of its clause, else the only ones of its sentence."""
    inside = scene.times_within(draft.start, draft.end)
    if inside:
        return tuple(time.id for time in inside)
    if draft.times:
        return tuple(draft.times)
    around = scene.times_within(draft.sentence.start, draft.sentence.end)
    return tuple(time.id for time in around[:1]) if len(around) == 1 else ()


def close(scene: Scene, drafts: Sequence[Draft]) -> tuple[Claim, ...]:
    """Return the claims of the drafts in the order of their words, ids counting equal ones."""
    text = scene.page.text
    document = scene.page.document.id
    ordinals: Counter[tuple[int, int, str, str]] = Counter()
    claims = []
    for draft in sorted(drafts, key=lambda item: (item.start, item.end, item.kind, item.type, item.rule)):
        trigger_start, trigger_end = place(draft.token)
        held = governing(scene.attributions.over(trigger_start, trigger_end), trigger_start, trigger_end)
        start, end = draft.start, draft.end
        if held is not None and held.start <= trigger_start and trigger_end <= held.end:
            start, end = max(start, held.start), min(end, held.end)
        start, end = quoted(text, start, end, (trigger_start, trigger_end))
        key = (start, end, draft.kind, draft.type)
        number = ordinals[key]
        ordinals[key] += 1
        mode = draft.mode
        if held is not None and held.verdict == "denied" and mode == "asserted":
            mode = "denied"
        if draft.type == "assessment" and mode != "possible":
            mode = "asserted"  # "did not bode well" judges; it denies no judgement
        agents = _ids(draft.agents)
        if draft.type == "assessment" and not agents and held is not None and held.chain:
            agents = (held.chain[-1],)
        chain = held.chain if held is not None else ()
        if draft.trigger.voiced and agents:
            chain = (*chain, agents[0])
        elif draft.voice is not None and (not chain or chain[-1] != draft.voice.id):
            chain = (*chain, draft.voice.id)
        claims.append(
            Claim(
                id=ClaimId(content_id("c", document, start, end, draft.kind, draft.type, number)),
                document=document,
                start=start,
                end=end,
                quote=text[start:end],
                kind=draft.kind,
                type=draft.type,
                agents=agents,
                targets=_ids(draft.targets),
                places=_ids(draft.places),
                origin=_ids(draft.origin),
                destination=_ids(draft.destination),
                times=_days(scene, draft),
                chain=chain,
                mode=mode,
                measure=draft.measure,
                count=draft.count,
                share=draft.share,
                means=draft.means,
                attribution=held.id if held is not None else None,
                rule=draft.rule,
                confidence=round(min(1.0, draft.trigger.confidence * draft.worth), 3),
                trigger_start=trigger_start,
                trigger_end=trigger_end,
                whole=draft.whole,
                unfilled=tuple(draft.unfilled),
            )
        )
    return tuple(claims)


def quoted(text: str, start: int, end: int, trigger: tuple[int, int]) -> tuple[int, int]:
    """Return the span of a quote, trimmed; the word that tells where nothing else is left of it.

    A part of a list can lie outside of the stretch of speech that its word stands in: cut to that stretch it would quote nothing.
    """
    first, last = _trimmed(text, start, end)
    return (first, last) if first < last else trigger


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the span without white space and stray marks at its edges."""
    while start < end and (text[start].isspace() or text[start] in ",;:—–“\"”'’"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ',;:—–“"”.('):
        end -= 1
    return start, end
