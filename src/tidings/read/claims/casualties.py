"""Killed, wounded, missing: one claim per measure and per group of people that the words tell apart."""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING

from tidings.model import Mention
from tidings.read.claims.casualties_counts import amount, count, cover, loose, number_before
from tidings.read.claims.casualties_parts import all_of_them, subsets
from tidings.read.claims.conditions import bearers
from tidings.read.claims.draft import Draft
from tidings.read.claims.frames import fill
from tidings.read.claims.quotes import quote_span
from tidings.read.claims.scene import Scene, one_each
from tidings.read.numbers import Counted
from tidings.read.page import place
from tidings.read.roles import argument_path, expanded, phrase, surface_subjects

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["casualties", "killing"]


DEEDS = frozenset(
    "execute behead hang crucify decapitate assassinate murder massacre slaughter lynch liquidate".split()
)
"""Verbs that tell of a deed of killing beside the dead."""
SHORTEST = 15
"""Code points of a quote that is stretched over its number."""
LONGEST_NOUN = 70
"""Code points of a clause around a counted noun above which only its phrase is quoted."""


def casualties(scene: Scene, draft: Draft) -> list[Draft]:
    """Return the claims that one word of harm makes.

    Example: "10 soldiers and 3 civilians were killed" makes two; "killed and wounded dozens of officers" makes one of
    ``killed_or_wounded``; "nine people died, including two children" makes a second one of the children.
    """
    draft.measure = draft.type
    token = draft.token
    if draft.mode == "intended" and token.lemma_.lower() in DEEDS:
        return []  # "vowed to assassinate the premier": the deed is planned, and nobody is dead
    if draft.trigger.name == "toll" and _said_again(scene, token):
        return []
    if token.pos_ == "NOUN" and _is_second_noun(token):
        return []
    if token.pos_ in {"VERB", "AUX"} and token.dep_ != "conj":
        _merge_pair(draft)
    elif token.pos_ == "NOUN" and any(_is_second_noun(child) for child in token.children):
        draft.type = draft.measure = "killed_or_wounded"
    elif token.pos_ == "VERB" and _is_second_of_pair(token):
        return []
    heads = _heads(scene, draft)
    draft.heads = heads
    groups = _groups(scene, heads)
    if not groups:
        counted = loose(scene, token)
        if counted is not None:
            draft.count = counted.amount
            cover(draft, counted)
        if not draft.targets and counted is not None:
            draft.targets = _owners(scene, draft)
        found = [draft]
    else:
        found = [_of_group(scene, draft, group, len(groups) > 1) for group in groups]
    for item in found:
        if not item.targets:
            item.targets = all_of_them(scene, token)
    found = [item for item in found if _worth_telling(scene, item)]
    for item in found:
        _agents(scene, item)
    return found + [extra for head in heads or [token] for extra in subsets(scene, draft, head)]


def killing(scene: Scene, draft: Draft) -> list[Draft]:
    """Return an event of killing with the number of those killed, as its casualties claim has it."""
    groups = _groups(scene, _heads(scene, draft))
    if groups:
        counted = amount(count(scene, groups[0][0]))
        if draft.count is None and counted is not None and len(groups) == 1:
            draft.count = counted
        if not draft.targets and any(head.lemma_.lower() == "member" for head in groups[0]):
            draft.targets = list(draft.agents)
    return [draft]


def _merge_pair(draft: Draft) -> None:
    """Turn "killed and wounded N" with one shared object into one claim of killed_or_wounded."""
    token = draft.token
    pair = {"killed": {"wound", "injure"}, "wounded": {"kill", "martyr"}}.get(draft.type, set())
    for child in token.children:
        if child.dep_ == "conj" and child.lemma_.lower() in pair:
            ours = any(item.dep_ == "dobj" for item in token.children)
            theirs = [item for item in child.children if item.dep_ == "dobj"]
            subject = any(item.dep_ in {"nsubj", "nsubjpass"} for item in child.children)
            between = child.i - token.i <= 3
            if between and not ours and not subject:
                draft.type = draft.measure = "killed_or_wounded"
                if theirs:
                    draft.heads = [word for item in theirs for word in expanded(item)]
                    draft.end = max(draft.end, *(place(word)[1] for item in theirs for word in item.subtree))


def _is_second_of_pair(token: Token) -> bool:
    head = token.head
    if any(child.dep_ in {"nsubj", "nsubjpass"} for child in token.children):
        return False
    if token.dep_ != "conj" or token.i - head.i > 3 or head.pos_ != "VERB":
        return False
    lemmas = {head.lemma_.lower(), token.lemma_.lower()}
    if not (lemmas & {"kill", "martyr"} and lemmas & {"wound", "injure"}):
        return False
    return not any(child.dep_ in {"dobj", "nsubj", "nsubjpass"} for child in head.children if child.dep_ == "dobj")


def _stands_alone(group: list[Token], token: Token) -> bool:
    """Return whether a bare number right before the word of harm states it all: "the monitor counts 32 dead"."""
    bare = len(group) == 1 and group[0].pos_ == "NUM" and group[0].i == token.i - 1
    told = token.head.lemma_ == "leave" or any(word.lower_ == "toll" for word in token.doc[token.sent.start : token.i])
    return bare and not told


def _said_again(scene: Scene, toll: Token) -> bool:
    """Return whether the clause of a toll counts its dead in words of their own: "the toll has risen to 79 dead"."""
    behind = toll.doc[toll.i + 1 : min(toll.sent.end, toll.i + 20)]
    said = [word for word in behind if word.lower_ in {"dead", "killed", "deaths"}]
    return any(scene.count_of(word) is not None or number_before(scene, word) is not None for word in said)


def _is_second_noun(token: Token) -> bool:
    """Return whether a noun is the second of "the death or injury of 50 soldiers", which are one number."""
    harm = {"death", "injury", "wounding", "killing"}
    first = token.head
    return (
        token.dep_ == "conj"
        and token.lemma_.lower() in harm
        and first.lemma_.lower() in harm - {token.lemma_.lower()}
        and any(child.lower_ == "or" for child in first.children)
    )


def _heads(scene: Scene, draft: Draft) -> list[Token]:
    token = draft.token
    if draft.heads and draft.measure == "killed_or_wounded" and token.pos_ == "VERB" and draft.trigger.scheme == "harm":
        if draft.trigger.name == "losses.inflict":
            return []
        return draft.heads
    found: list[Token] = []
    clausal = token.pos_ == "VERB" and any(c.dep_ in {"dobj", "nsubj", "nsubjpass", "agent"} for c in token.children)
    active = token.tag_ == "VBD" and token.dep_ == "conj"  # "killed 13 and wounded 56 more": of the same subject
    if token.pos_ == "ADJ" or (
        token.lower_ in {"dead", "wounded", "injured", "missing"} and not clausal and not active
    ):
        counted = token.dep_ != "amod" and scene.count_of(token) is not None
        number = number_before(scene, token)
        found = [number] if number is not None else [token] if counted else bearers(token)
        if not found and token.dep_ == "conj" and token.pos_ == "NOUN":
            found = [token]
    elif draft.trigger.name in {"losses.inflict", "losses.suffer"}:
        return []
    elif draft.trigger.name == "wounds":
        found = _with_wounds(token)
    elif draft.trigger.name == "lose.people":
        found = argument_path(token, "obj")
        whose_losses = scene.all_parties(argument_path(token, "subj"))
        named = [
            party for party in scene.all_parties(found) if party.lexicon and not party.lexicon.startswith("armed.")
        ]
        if whose_losses and not named:
            draft.targets = whose_losses
            draft.fixed = True
        return found
    else:
        for path in draft.trigger.target:
            found = [word for word in argument_path(token, path.lstrip("+")) if word.pos_ not in {"VERB", "AUX"}]
            if found:
                break
    found = scene.counted_nouns(found)
    found = [word for word in found if word.pos_ in {"NOUN", "PROPN", "NUM", "PRON", "ADJ", "DET"}]
    # "killed nine fighters, a claim the group rejected": what is joined to people must be people too.
    sure = [word for word in found if word.pos_ != "NOUN" or _harmed(scene, word)]
    return sure if any(word.pos_ == "NOUN" for word in sure) else found


def _with_wounds(token: Token) -> list[Token]:
    """Return who came "with gunshot wounds": the noun before "with", or the object of the clause it hangs on."""
    above = token.head.head
    if above.pos_ not in {"VERB", "AUX"}:
        return [above]
    objects = [word for item in above.children if item.dep_ == "dobj" for word in expanded(item)]
    return [word for word in objects if word.i < token.i] or surface_subjects(above)


def _harmed(scene: Scene, word: Token) -> bool:
    return (
        scene.is_people(word) or scene.is_armed(word) or scene.count_of(word) is not None or bool(scene.parties(word))
    )


def _groups(scene: Scene, heads: list[Token]) -> list[list[Token]]:
    """Return the heads in groups: each that has a number of its own opens one; those without join the one before."""
    groups: list[list[Token]] = []
    for head in heads:
        if _is_part(head):
            continue
        own = count(scene, head)
        if groups and own is None:
            groups[-1].append(head)
        else:
            groups.append([head])
    return groups


def _is_part(head: Token) -> bool:
    """Return whether a noun is listed behind "including": part of what was counted before it."""
    while head.dep_ == "conj":
        head = head.head
    return head.head.lower_ == "including"


def _of_group(scene: Scene, draft: Draft, group: list[Token], several: bool) -> Draft:
    made = copy(draft)
    made.unfilled = list(draft.unfilled)
    made.heads = group
    own = draft.trigger.type in {"killed", "executed"} and any(head.lemma_.lower() == "member" for head in group)
    made.targets = (
        scene.all_parties(group)
        or (list(draft.agents) if own else [])
        or ([] if several else list(draft.targets))
        or _owners(scene, draft)
    )
    if draft.fixed:
        made.targets = list(draft.targets)
    found = count(scene, group[0])
    made.count = amount(found)
    if isinstance(found, Counted) and made.end - made.start < SHORTEST:
        cover(made, found)
    if made.count is None and not several:
        counted = loose(scene, draft.token)
        if counted is not None:
            made.count = counted.amount
            cover(made, counted)
    if draft.token.pos_ not in {"VERB", "AUX"} and draft.support is None:
        words = [draft.token, *(word for head in group for word in phrase(head))]
        start, end = quote_span(words, draft.token)
        if made.count is not None and (made.end - made.start > LONGEST_NOUN or _stands_alone(group, draft.token)):
            made.times = [time.id for time in scene.times_within(made.start, made.end)]
            made.start, made.end = start, end  # "a doctor …, who …, counted 16 bodies": the number is the proposition
        else:
            made.start, made.end = min(start, made.start), max(end, made.end)
    if several:
        words = [draft.token, *(word for head in group for word in phrase(head))]
        start, end = quote_span([*words], draft.token)
        if end - start < made.end - made.start:
            made.start, made.end = start, end
    return made


def _owners(scene: Scene, draft: Draft) -> list[Mention]:
    """Return whose losses they are, where the group is only "others", "dead" or "losses"."""
    token = draft.token
    found, _ = fill(scene, token, ("of", "among", "poss", "before", "in>of"), draft.support, "")
    if found:
        return found
    loser = _losing_subject(token)
    if loser:
        return scene.all_parties(loser)
    if token.dep_ in {"conj", "amod"} and token.head.pos_ in {"NOUN", "PROPN", "ADJ"}:
        return scene.all_parties([token.head])
    return []


def _losing_subject(token: Token) -> list[Token]:
    """Return who withdrew, surrendered or fought on "after losses of …": the subject of the clause above the losses."""
    current = token
    for _ in range(6):
        if current.lemma_.lower() in {"loss", "casualty"} and current.dep_ == "pobj" and current.head.lower_ in {
            "after", "with", "despite", "following",
        }:  # fmt: skip
            verb = current.head.head
            return surface_subjects(verb) if verb.pos_ in {"VERB", "AUX"} else []
        if current.dep_ == "pcomp" and current.head.lower_ in {"after", "with", "despite", "following"}:
            of_losses = any(c.dep_ == "nsubj" and c.lemma_.lower() in {"loss", "casualty"} for c in current.children)
            verb = current.head.head
            return surface_subjects(verb) if of_losses and verb.pos_ in {"VERB", "AUX"} else []
        if current.head == current:
            return []
        current = current.head
    return []


def _worth_telling(scene: Scene, draft: Draft) -> bool:
    """Return whether a claim says who or how many: a bare "the dead" or "the wounded" states nothing."""
    if draft.targets or draft.count is not None:
        return True
    if draft.trigger.name == "losses" and any(child.lower_ == "no" for child in draft.token.children):
        return True  # "there were no casualties"
    if draft.trigger.name == "losses" and draft.mode == "possible":
        return True  # "casualties are feared"
    if any(scene.is_people(head) or scene.is_armed(head) for head in draft.heads):
        return True
    if any(head.lower_ in {"nobody", "none"} for head in draft.heads):
        return True
    named = any(head.pos_ in {"NOUN", "PROPN", "NUM"} for head in draft.heads)
    return draft.trigger.name in {"losses.inflict", "losses.suffer"} or (draft.token.pos_ == "VERB" and named)


def _agents(scene: Scene, draft: Draft) -> None:
    """Fill who did it from "left", "in" and "during": the doer of the attack that is named as the cause."""
    if draft.agents:
        return
    verb = draft.token if draft.token.pos_ in {"VERB", "AUX"} else draft.token.head
    causes: list[Token] = []
    if verb.pos_ in {"VERB", "AUX"}:
        if draft.token.pos_ not in {"VERB", "AUX"}:
            causes += argument_path(verb, "subj")
        for name in ("in", "during", "by", "after", "from", "amid"):
            causes += argument_path(verb, name)
    found = []
    caused = False
    for cause in causes:
        for entry in scene.triggers.of("noun", cause.lemma_.lower()):
            if entry.kind == "event" and entry.scheme == "deed":
                caused = True
                got, _ = fill(scene, cause, entry.agent)
                found += got
    draft.agents = [a for a in one_each(found, scene.index) if not any(scene.same(a, t) for t in draft.targets)]
    if caused and not draft.agents:
        draft.miss("agents.cause")
