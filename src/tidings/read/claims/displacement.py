"""People driven out, sheltered, trapped, coming back: how many, from where, to where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tidings.model import Mention
from tidings.read.claims.conditions import bearers
from tidings.read.claims.draft import Draft
from tidings.read.claims.scene import Scene, one_each
from tidings.read.page import place
from tidings.read.roles import argument_path, expanded

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["displacement", "settle"]

MEASURES = {"flight": "displaced", "return": "returned", "sheltered": "displaced", "trapped": "", "evacuation": ""}
FROM = ("from", "out>of")
TO = ("to", "towards", "toward", "into", "for", "across")
FORCING = frozenset({"force", "cause", "compel", "lead", "drive", "prompt", "push", "oblige", "make"})
AWAY = frozenset({"home", "house", "dwelling"})


def displacement(scene: Scene, draft: Draft) -> list[Draft]:
    """Return the draft with its measure, number, places left and places gone to; nothing where no people move.

    Example: "The shelling forced 3,000 people to flee from Marib to nearby camps": 3,000 displaced, origin Marib.
    """
    token = draft.token
    heads = _people(scene, draft)
    draft.heads = heads
    described = draft.trigger.name == "homeless" or token.dep_ == "amod"
    if not heads and (described or (not draft.targets and draft.trigger.pos == "verb")):
        return []
    if described and not any(scene.count_of(head) for head in heads):
        return []  # "the displaced families": told before
    draft.measure = MEASURES[draft.type]
    if not draft.targets:
        draft.targets = scene.all_parties(heads)
    for head in heads:
        counted = scene.count_of(head)
        if counted is not None and draft.count is None:
            draft.count = counted.amount
            if counted.start >= draft.sentence.start and counted.end <= draft.sentence.end:
                draft.start, draft.end = min(draft.start, counted.start), max(draft.end, counted.end)
    verb = token if token.pos_ in {"VERB", "AUX"} else draft.support
    sources = [token] if verb is None or verb == token else [token, verb]
    draft.origin = _ends(scene, [*sources, *(head for head in heads if head.i > token.i)], FROM)
    draft.origin = one_each([*draft.origin, *_home(scene, heads, token)], scene.index)
    draft.destination = _ends(scene, sources, TO) if draft.type != "trapped" else []
    if draft.trigger.name == "arrive":
        draft.destination = one_each([*draft.destination, *_ends(scene, sources, ("in", "at"))], scene.index)
    if draft.trigger.name == "flee.through":
        draft.destination = one_each([*draft.destination, *_ends(scene, sources, ("through",))], scene.index)
    reached = draft.trigger.name in {"flee.reach", "cross"}
    if draft.trigger.name == "flee.reach":
        objects = [word for word in argument_path(token, "obj") if word not in heads]
        draft.destination = one_each([*draft.destination, *_named(scene, objects)], scene.index)
    if token.pos_ == "VERB" and draft.type in {"flight", "evacuation"} and not reached:
        objects = [word for word in argument_path(token, "obj") if scene.is_place(word) and word not in heads]
        draft.origin = one_each([*draft.origin, *_named(scene, objects)], scene.index)
    if draft.type == "sheltered":
        inside = _ends(scene, sources, ("in", "at", "within", "inside", "among"))
        draft.destination = one_each([*draft.destination, *inside], scene.index)
    gone = {mention.id for mention in draft.destination}
    left = [mention for mention in draft.places if mention.id not in gone]
    if draft.type in {"flight", "evacuation"}:
        draft.places = draft.origin or left
        if not draft.origin and left:
            draft.origin = list(left)
    elif draft.type == "return" or draft.type == "sheltered":
        draft.places = draft.destination or left
    _driver(scene, draft, verb)
    return [draft]


def settle(draft: Draft) -> None:
    """Fill the end of a move that only its surroundings tell: what was left, or where the sheltered and returned are.

    The place of a flight is the place left, that of a shelter or a return the place reached; where the context gave the place,
    it gave that end too.
    """
    if draft.kind != "displacement" and draft.type != "evacuation":
        return
    gone = {mention.id for mention in draft.destination}
    if draft.type in {"flight", "evacuation"} and not draft.origin:
        draft.origin = [held for held in draft.places if held.id not in gone]
        draft.places = draft.places or list(draft.destination)
    elif draft.type in {"sheltered", "return"} and not draft.destination:
        draft.destination = list(draft.places)


def _home(scene: Scene, heads: list[Token], token: Token) -> list[Mention]:
    """Return the places that those who move are said to be of: "villagers from Taghavard walked to the airport"."""
    before = [head for head in heads if head.i < token.i]
    return [held for held in _ends(scene, before, ("from", "of")) if held.how == "name"]


def _people(scene: Scene, draft: Draft) -> list[Token]:
    token = draft.token
    clausal = token.pos_ == "VERB" and any(c.dep_ in {"dobj", "nsubj", "nsubjpass", "agent"} for c in token.children)
    if token.pos_ == "ADJ" or (token.dep_ == "amod" and not clausal):
        nouns = scene.counted_nouns(bearers(token))
        return [
            head for head in nouns if scene.is_people(head) or (scene.count_of(head) and not scene.is_a(head, "goods"))
        ]
    if draft.trigger.pos == "noun" and draft.trigger.name == "homeless":
        return [token] if scene.count_of(token) is not None else []
    paths = [path.lstrip("+") for path in draft.trigger.target]
    if draft.trigger.pos == "verb":
        paths += ["surface"]
    for path in paths:
        words = [word for word in argument_path(token, path) if word.pos_ not in {"VERB", "AUX"}]
        found = [word for word in scene.counted_nouns(words) if _moves(scene, word, path == "surface")]
        if found:
            return found
    return []


def _moves(scene: Scene, word: Token, strict: bool) -> bool:
    """Return whether a noun stands for people who can be driven out; ``strict`` where it is only the verb's subject."""
    if scene.is_people(word):
        return True
    if scene.is_a(word, "goods") or scene.is_a(word, "buildings") or scene.is_place(word):
        return False
    if scene.count_of(word) is not None:
        return not scene.is_armed(word)
    if word.pos_ == "PRON":
        return any(scene.unarmed(party) for party in scene.parties(word)) or (not strict and bool(scene.parties(word)))
    return not strict and bool(scene.parties(word))


def _named(scene: Scene, words: list[Token]) -> list[Mention]:
    """Return the places that some words name, or that the nouns among them lie in ("their homes in Tawila")."""
    found = []
    for word in words:
        held = scene.mention(word, ("place",))
        if held is not None and held.how == "name":
            found.append(held)
            continue
        inner = [other for other in scene.places_among(list(word.subtree)) if other.how == "name"]
        if inner or held is not None:
            found.extend(inner or [held] if held is not None else inner)
            continue
        inner = scene.places_among(sorted(word.subtree, key=lambda item: item.i))
        found.extend(inner)
    return scene.finest(found)


def _ends(scene: Scene, sources: list[Token], paths: tuple[str, ...]) -> list[Mention]:
    found: list[Mention] = []
    for source in sources:
        for path in paths:
            words = argument_path(source, path)
            if path == "to":
                words = words + [
                    inner
                    for word in argument_path(source, "in")
                    if word.lower_ == "direction"
                    for inner in argument_path(word, "of")
                ]
            words = words + _joined(source, path)
            named = [word for word in words if word.pos_ not in {"VERB", "AUX"}]
            found.extend(_named(scene, named))
    return one_each(found, scene.index)


def _joined(source: Token, name: str) -> list[Token]:
    """Return the complements of a preposition that is said twice: "for the camp and for villages near Kass"."""
    first = [child for child in source.children if child.dep_ == "prep" and child.lower_ == name]
    return [
        word
        for prep in first
        for again in prep.children
        if again.dep_ == "conj" and again.lower_ == name
        for item in again.children
        if item.dep_ == "pobj"
        for word in expanded(item)
    ]


def _driver(scene: Scene, draft: Draft, verb: Token | None) -> None:
    """Fill who drove them out: the subject of "forced … to flee", or the doer of the attack that is said to have done so."""
    if draft.agents or verb is None:
        return
    causes: list[Token] = []
    head = verb.head
    if verb.dep_ in {"xcomp", "ccomp"} and head.lemma_.lower() in FORCING:
        causes = argument_path(head, "subj")
        start, _ = place(min([head, *head.lefts], key=lambda word: word.i))
        if draft.sentence.start <= start:
            words = sorted(head.subtree, key=lambda word: word.i)
            draft.start = min(draft.start, place(words[0])[0]) if draft.start - place(words[0])[0] < 90 else draft.start
    for cause in causes:
        own = scene.parties(cause)
        if own:
            draft.agents = own
            return
        for entry in scene.triggers.of("noun", cause.lemma_.lower()):
            if entry.kind == "event":
                for path in entry.agent:
                    for word in argument_path(cause, path.lstrip("+")):
                        for item in expanded(word):
                            draft.agents.extend(scene.parties(item))
    draft.agents = one_each(draft.agents, scene.index)
