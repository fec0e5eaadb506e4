"""Who holds, takes, loses, shares or keeps a place, and what is seized, given back or destroyed; who is held."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tidings.model import Mention
from tidings.read.claims.conditions import bearers
from tidings.read.claims.draft import Draft
from tidings.read.claims.quotes import clause_words, noun_words, quote_span, top_verb, without_opening
from tidings.read.claims.scene import HELD, Scene, one_each
from tidings.read.modes import is_attempt
from tidings.read.numbers import Counted
from tidings.read.page import Sentence, place
from tidings.read.roles import argument_path, is_passive, surface_subjects

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["control", "custody", "held_adjectives", "property_claims"]

CUSTODY = {"arrest": "detained", "detention": "detained", "abduction": "abducted", "release": "released"}
DRIVING = frozenset({"control.oust", "control.expel_out", "control.expel"})
"""Entries whose object is driven out of a place, and so has lost it."""
STANDING = frozenset({"control.under", "control.in_hands", "control.in_possession", "control.incontrol"})
"""Entries whose noun stands behind a preposition: what it is said of belongs to the words that state it."""
TAKEN = frozenset({"custody.capture", "custody.prisoner", "taken", "taken.from", "taken.into"})
"""Entries by which a state arrests and a band abducts."""
PROPERTY = {"seizure": "seized", "return": "returned", "ransom": "demanded", "destruction": ""}


def control(scene: Scene, draft: Draft) -> list[Draft]:
    """Return a draft of control with its share, its taker, and attempts told from successes.

    Example: "tried to seize the port" is attempted; "holds around 60 % of the city" carries the share.
    """
    token = draft.token
    if _said_by_verb(scene, draft):
        return []
    if draft.trigger.name == "control.capture" and _is_person(scene, draft):
        draft.kind, draft.type, draft.rule = "custody", "arrest", "custody.capture.person"
        taken = {held.id for word in argument_path(token, "obj") if (held := scene.mention(word, ("place",)))}
        words = [word for path in ("in", "near", "at") for word in argument_path(token, path)]
        inside = scene.places_among([inner for word in words for inner in word.subtree])
        draft.targets, draft.places = [], scene.finest([held for held in inside if held.id not in taken])
        return custody(scene, draft)
    if draft.type in {"gained", "attempted"} and is_attempt(token):
        draft.type = "attempted"
        if draft.mode == "intended":
            draft.mode = "asserted"  # what was attempted was begun
    objects = argument_path(token, "obj") if token.pos_ in {"VERB", "AUX"} else argument_path(token, "of")
    for word in [*objects, *argument_path(token, "of"), *[w for o in objects for w in argument_path(o, "of")]]:
        counted = scene.count_of(word, ("percent",)) or _percent(scene, word)
        if counted is not None:
            draft.share = counted.amount
            draft.count = counted.amount
            break
    if draft.type in {"gained", "attempted"}:
        draft.targets = [t for t in draft.targets if t.how != "pronoun" or t.text.casefold() != "it"]
        if draft.trigger.name.startswith("control.capture"):
            draft.targets = [t for t in draft.targets if not any(t.id == p.id for p in draft.places)]
        owners = [party for word in objects for party in _owner(scene, word)]
        draft.targets = one_each([*draft.targets, *owners], scene.index)
    draft.targets = [t for t in draft.targets if not any(scene.same(t, a) for a in draft.agents)]
    if draft.trigger.name in DRIVING and not draft.agents:
        draft.type, draft.agents, draft.targets = "lost", draft.targets, []  # "were driven out of", nobody says by whom
    if draft.type == "shared" and len(draft.agents) < 2:
        words = sorted(token.subtree, key=lambda word: word.i)
        inside = scene.parties_within(place(words[0])[0], place(words[-1])[1])
        draft.agents = one_each([*draft.agents, *inside], scene.index)
    own = {"its", "their", "his", "her", "our"}
    stopped = [c for word in objects for c in word.children if c.dep_ == "poss" and c.lower_ in own]
    if draft.trigger.name == "control.prevent" and (stopped or not _of_others(scene, draft, objects)):
        return []  # "to halt its offensive" is no repelling of another's
    if draft.type == "held" and not draft.agents and draft.trigger.pos == "noun":
        if draft.trigger.name not in STANDING or not any(scene.is_place(word) for word in bearers(token)):
            return []
        draft.miss("agents")
    if draft.type == "held" and draft.trigger.name == "control.under":
        nouns = bearers(token)
        named = [held for word in nouns if (held := scene.mention(word, ("place",))) is not None]
        draft.places = one_each([*named, *([] if named else draft.places)], scene.index)
    if draft.type == "held" and len(draft.agents) >= 2 and draft.trigger.name != "control.occupy":
        draft.type = "shared"
    if draft.trigger.name in STANDING:
        draft.start, draft.end = _whole(draft)
    return [draft]


def _whole(draft: Draft) -> tuple[int, int]:
    """Return the span of "the port is in rebel hands", or of "areas under their control": the noun with what it is said of."""
    token = draft.token
    above = token.head.head if token.dep_ == "pobj" else token
    if above.dep_ == "advmod":
        above = above.head
    if above.pos_ in {"NOUN", "PROPN"}:
        return quote_span([word for word in noun_words(above) if word.i <= token.i or token.is_ancestor(word)], token)
    if above.pos_ not in {"VERB", "AUX"}:
        return draft.start, draft.end
    top = top_verb(above)
    keep, current = [token], token
    while current != top and current.head != current:
        current = current.head
        keep.append(current)
    return quote_span(without_opening(clause_words(top, keep), top), token)


def _said_by_verb(scene: Scene, draft: Draft) -> bool:
    """Return whether a noun only repeats what the verb above it tells: "came under rebel control", "halted the army's advance"."""
    token = draft.token
    if draft.trigger.pos == "verb":
        kept = token.dep_ == "pcomp" and token.head.lower_ == "from"
        return kept and token.head.head.lemma_ in {"prevent", "stop", "keep", "save"}
    if draft.trigger.name == "control.under":
        return token.head.head.lemma_.lower() in {"come", "pass", "fall", "bring", "place", "put", "return"}
    if draft.type == "gained" and token.dep_ in {"dobj", "nsubjpass"}:
        return any(entry.type == "repelled" for entry in scene.triggers.of("verb", token.head.lemma_.lower()))
    return False


def _of_others(scene: Scene, draft: Draft, objects: list[Token]) -> bool:
    """Return whether what was stopped is somebody's attack: by a known party, or called one and stopped by a known party."""
    if draft.targets:
        return bool(draft.agents) or not is_passive(draft.token)
    attacks = any(
        entry.kind == "event" and entry.scheme in {"deed", "move"}
        for word in objects
        for entry in scene.triggers.of("noun", word.lemma_.lower())
    )
    fighting = any(scene.is_armed(word) for word in argument_path(draft.token, "subj"))
    return attacks and (bool(draft.agents) or fighting)


def _is_person(scene: Scene, draft: Draft) -> bool:
    """Return whether what was captured is a person: the parser says so and the clause names where, apart from it."""
    heads = argument_path(draft.token, "obj")
    if not heads or not is_passive(draft.token) or any(head.ent_type_ != "PERSON" for head in heads):
        return False
    places = [held for head in heads if (held := scene.mention(head, ("place",))) is not None]
    known = {held.core for held in scene.index.all if held.kind == "place" and held.cue is not None and held.cue.kind}
    if any(held.core in known for held in places):
        return False  # "the town of Deir Hafir … Deir Hafir was taken"
    full = any(child.dep_ == "compound" and child.ent_type_ == "PERSON" for head in heads for child in head.children)
    return full or any(argument_path(draft.token, path) for path in ("in", "near", "at"))


def _percent(scene: Scene, word: Token) -> Counted | None:
    for counted in scene.amounts_within(*place(word)):
        if counted.kind == "percent":
            return counted
    return None


def _owner(scene: Scene, word: Token) -> list[Mention]:
    """Return who held what was taken: its possessor ("the army's base"), or the holder in "X-held town"."""
    if not scene.is_place(word) and not scene.is_a(word, "positions"):
        return []
    found: list[Mention] = []
    for child in word.children:
        if child.dep_ in {"poss", "compound", "nmod", "amod"}:
            held = scene.mention(child, ("actor",))
            covering = scene.mention(word, ("place",))
            if held is not None and (covering is None or held.start < covering.start or child.dep_ == "poss"):
                found.append(held)
    return found or scene.holders(word)


def held_adjectives(scene: Scene, sentence: Sentence) -> list[tuple[Token, list[Mention], list[Mention]]]:
    """Return "X-held Y" and "Y held by X" phrases of a sentence: the participle, the holder, the place.

    Example: "shells fell on the rebel-held suburb of Harasta" gives the rebels as holders of Harasta.
    """
    found = []
    for token in sentence.tokens:
        # What hangs on its noun as "acl" is a clause of its own, read by its verb.
        if token.dep_ not in {"amod", "compound", "nmod"} or not HELD.search(token.lower_):
            continue
        noun = token.head
        holders = scene.holders(noun)
        if holders:
            words = [word for word in noun.subtree if word.dep_ != "punct"]
            found.append((token, holders, scene.finest(scene.places_among(words))))
    return found


def custody(scene: Scene, draft: Draft) -> list[Draft]:
    """Return a draft of arrest, detention, abduction or release with the number of those concerned."""
    if draft.trigger.name == "remain_captive" and (
        draft.token.dep_ not in {"attr", "acomp", "oprd", "xcomp"}
        or draft.token.head.lemma_.lower() in {"hold", "keep", "take", "walk", "set"}
    ):
        return []  # "the hostages walked free" tells of no captivity, and "was held hostage" is told by the verb
    if draft.trigger.name == "released.free" and draft.token.head.lemma_.lower() == "set":
        return []
    draft.measure = CUSTODY[draft.type]
    heads = _concerned(draft)
    if draft.trigger.name in {"custody.prisoner", "hostage", "detainees"}:
        number = next((held for head in heads if (held := scene.count_of(head)) is not None), None)
        draft.count = number.amount if number is not None else draft.count
        heads = _taken(scene, heads)
        draft.targets = scene.all_parties(heads)
    draft.heads = heads
    for head in heads:
        counted = scene.count_of(head)
        if counted is not None and draft.count is None:
            draft.count = counted.amount
    if not draft.targets:
        draft.targets = scene.all_parties(heads)
    if draft.type == "arrest" and draft.trigger.name in TAKEN and _carried_off(scene, draft, heads):
        draft.type, draft.measure = "abduction", CUSTODY["abduction"]
    if draft.type in {"abduction", "detention", "arrest"}:
        scene.captives.extend(draft.targets)
    if draft.trigger.pos == "noun" and not heads and not draft.targets and draft.support is None:
        return [draft] if draft.token.dep_ in {"nsubj", "nsubjpass"} and draft.type != "release" else []
    return [draft]


def _carried_off(scene: Scene, draft: Draft, heads: list[Token]) -> bool:
    """Return whether those taken are people of no party, and who took them is no state: an abduction, and no arrest."""
    if not heads or any(scene.is_armed(head) for head in heads) or not any(scene.is_people(head) for head in heads):
        return False
    if not draft.agents:
        return draft.trigger.name == "custody.prisoner"
    roles = {scene.index.antecedent(agent).role for agent in draft.agents}
    return roles <= {"armed_group"}


def _taken(scene: Scene, heads: list[Token]) -> list[Token]:
    """Return who was taken prisoner, where the parse makes one noun of it: "soldiers" of "taking eight soldiers prisoner"."""
    found = []
    for head in heads:
        if not (scene.is_a(head, "captives") and head.tag_ == "NN"):
            found.append(head)
            continue
        inside = [child for child in head.children if child.dep_ in {"compound", "nmod", "nsubj"}]
        found.extend(child for child in inside if scene.is_people(child) or scene.is_armed(child))
    return found or heads


def _concerned(draft: Draft) -> list[Token]:
    for path in draft.trigger.target:
        name = path.lstrip("+")
        words = bearers(draft.token) if name == "subject" else argument_path(draft.token, name)
        found = [word for word in words if word.pos_ not in {"VERB", "AUX"}]
        if found:
            return found
    return []


def property_claims(scene: Scene, draft: Draft) -> list[Draft]:
    """Return a draft of things taken, given back, paid for or destroyed, with their number or price."""
    draft.measure = PROPERTY[draft.type]
    token = draft.token
    things = argument_path(token, "obj") if token.pos_ in {"VERB", "AUX"} else argument_path(token, "of")
    if draft.trigger.scheme == "suffer":
        things = surface_subjects(token)
    if draft.trigger.name in {"set_fire", "make_off", "make_off.any"}:
        path = "to" if draft.trigger.name == "set_fire" else "with"
        things = [word for name in (path, f"obj>{path}") for word in argument_path(token, name)]
        things = [word for word in things if not scene.is_people(word)]
    things = scene.counted_nouns(things)
    if draft.trigger.name == "collapse":
        things = [thing for thing in things if scene.is_a(thing, "buildings")]
    kinds = ("count", "money") if draft.type == "ransom" else ("count",)
    if draft.type == "ransom":
        things = [*things, *[word for thing in things for word in argument_path(thing, "of")]]
    for thing in things:
        counted = scene.count_of(thing, kinds)
        if counted is not None and draft.count is None:
            draft.count = counted.amount
    if draft.trigger.name == "ransom" and draft.count is None and token.dep_ == "pobj" and token.head.lower_ == "for":
        return []  # "kidnapped for ransom" tells what for
    if draft.type == "ransom" and draft.count is None:
        for counted in scene.amounts_within(draft.start, draft.end):
            if counted.kind == "money":
                draft.count = counted.amount
                break
    draft.heads = things
    if draft.type in {"seizure", "destruction"}:
        owners = [
            party for thing in things for word in argument_path(thing, "acl") for party in _belonging(scene, word)
        ]
        draft.targets = one_each([*draft.targets, *owners], scene.index)
    return [draft]


def _belonging(scene: Scene, verb: Token) -> list[Mention]:
    if verb.lemma_.lower() not in {"belong", "own"}:
        return []
    return scene.all_parties([*argument_path(verb, "to"), *argument_path(verb, "by")])
