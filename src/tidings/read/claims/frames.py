"""From a trigger word to a draft: its light verb, its clause, and the slots that the scheme promises."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tidings.model import Means, Mention
from tidings.read.claims.charges import accuser, charged
from tidings.read.claims.conditions import bearers
from tidings.read.claims.draft import Draft
from tidings.read.claims.locating import covers, locates, object_places
from tidings.read.claims.quotes import clause_words, noun_words, quote_span, top_verb, with_relative, without_opening
from tidings.read.claims.scene import Scene, one_each
from tidings.read.claims.supports import is_series, support_of
from tidings.read.claims.weapons import means_in, type_by_means
from tidings.read.modes import is_modal_noun, mode_of
from tidings.read.page import Sentence
from tidings.read.roles import (
    argument_path,
    clause_verb,
    expanded,
    is_passive,
    is_verbal,
    surface_subjects,
)
from tidings.read.triggers import Trigger

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["build", "fill", "is_period", "is_series", "scope_words", "support_of"]

FEWEST = 2
"""Words of a quote that are too few to state a proposition."""
MOST_AROUND = 14
"""Words of a clause that may be quoted for a bare noun in it."""
ON_HELD = frozenset({"ground_attack", "shelling", "air_strike"})
"""Deeds against whoever holds what is attacked."""
MOST_BEHIND = 12
"""Words of a longer clause that are quoted, from the noun on."""
METONYMS = frozenset({"subj", "poss", "by", "before", "compound"})
"""Relations in which a place can act ("Ankara shelled", "Israeli raids"): nowhere else is a place a party."""


def _standing(token: Token, path: str, support: Token | None, role: str) -> list[Token]:
    if path == "targeting":
        return [word for verb in _aimed(token) for word in argument_path(verb, "obj")]
    found = list(argument_path(token, path))
    if support is None:
        return found
    if path in {"poss", "by"} and role == "do":
        carried = _by_agents(support) if is_passive(support) else surface_subjects(support)
        found = [word for word in carried if word != token and word not in expanded(token)] + found
    elif path in {"by", "from"} and role == "undergo":
        found += argument_path(support, path) or _hands(support)
    elif path not in {"poss", "before", "of", "compound", "amod"} and ">" not in path:
        found += [word for word in argument_path(support, path) if word != token]
    return found


def _hands(verb: Token) -> list[Token]:
    """Return at whose hands something was suffered: "suffered a defeat at the hands of the rebels"."""
    hands = [word for word in argument_path(verb, "at") if word.lemma_.lower() == "hand"]
    return [word for hand in hands for word in argument_path(hand, "of")]


def _by_agents(verb: Token) -> list[Token]:
    """Return who did it in a passive, wherever the parse hung the "by" phrase inside its clause."""
    found = argument_path(verb, "by")
    if found:
        return found
    return [
        word
        for child in verb.subtree
        if child.lower_ == "by" and child.dep_ in {"prep", "agent"}
        for item in child.children
        if item.dep_ == "pobj"
        for word in expanded(item)
    ]


def _aimed(noun: Token) -> list[Token]:
    """Return the verbs by which an attack is said to aim at something ("a blast that targeted a convoy")."""
    aimed = {"target", "hit", "strike", "destroy", "kill", "martyr"}
    return [c for c in noun.children if c.dep_ in {"acl", "relcl"} and c.lemma_.lower() in aimed and not is_passive(c)]


def _acting(scene: Scene, tokens: list[Token], path: str, anywhere: bool = False) -> list[Mention]:
    """Return the parties of some words; a place acts where a party would stand, an event noun lends its own doer."""
    found: list[Mention] = []
    for token in tokens:
        parties = scene.parties(token)
        if not parties and (anywhere or path.split(">")[-1] in METONYMS):
            held = scene.mention(token, ("place",))
            country = held is not None and held.cue is not None and held.cue.kind == "country"
            if held is not None and country and token.pos_ in {"PROPN", "ADJ"}:
                parties = [held]
        if not parties:
            parties = _lent(scene, token)
        found.extend(parties)
    return found


def _lent(scene: Scene, token: Token) -> list[Mention]:
    if token.pos_ != "NOUN":
        return []
    for entry in scene.triggers.of("noun", token.lemma_.lower()):
        if entry.kind == "event" and entry.scheme in {"deed", "harm"}:
            return [
                party for path in entry.agent for word in argument_path(token, path) for party in scene.parties(word)
            ]
    return []


def _nobody(word: Token) -> bool:
    """Return whether a word says that nobody did it: "no group", "none of the rebels"."""
    return word.lower_ in {"nobody", "none"} or any(c.dep_ == "det" and c.lower_ == "no" for c in word.children)


def fill(
    scene: Scene,
    token: Token,
    paths: tuple[str, ...],
    support: Token | None = None,
    role: str = "",
    speech: bool = False,
) -> tuple[list[Mention], list[Token]]:
    """Return the parties that the paths lead to, one of each, and the words they were read from.

    Args:
        scene: The page.
        token: The trigger word.
        paths: Relations tried in order; the first that yields a party ends the search, but one with "+" adds to it.
        support: The light verb that carries the word.
        role: What the subject of the light verb is.
        speech: Whether a country may be addressed or accused wherever it stands.
    """
    found: list[Mention] = []
    words: list[Token] = []
    for path in paths:
        adds = path.startswith("+")
        if found and not adds:
            continue
        name = path.lstrip("+")
        standing = bearers(token) if name == "subject" else _standing(token, name, support, role)
        standing = [word for word in standing if not _nobody(word)]
        if name == "before":
            standing = [word for word in standing if word.dep_ != "poss"]
        parties = _acting(scene, standing, name, speech) or [held for word in standing for held in scene.holders(word)]
        if standing and not words:
            words = standing
        if parties:
            found.extend(parties)
            words = standing if not adds else words
    return one_each(found, scene.index), words


def scope_words(token: Token, support: Token | None, trigger_pos: str = "noun") -> list[Token]:
    """Return the words of the proposition: the clause of a verb, the phrase of a noun with its light verb's clause."""
    if trigger_pos == "verb":
        keep = [token]
        top = top_verb(token)
        current = token
        while current != top:
            keep.append(current)
            current = current.head
        words = clause_words(top, keep)
        if top != token:
            words = sorted({*words, *clause_words(token)}, key=lambda word: word.i)
        return words
    if support is None:
        words = [*noun_words(token), *_fear_above(token), *with_relative(token)]
        words = sorted(set(words), key=lambda word: word.i)
        if token.pos_ == "ADJ" or not words:
            words = clause_words(token)
        return words if len(words) > FEWEST else _clause_around(token) or words
    if support.dep_ in {"acl", "relcl"} and support.head == token:
        return noun_words(token, keep=[support])
    keep = [token, support]
    current = token
    for _ in range(6):
        if current == support:
            break
        keep.append(current)
        current = current.head
    top = top_verb(support)
    current = support
    while current != top:
        keep.append(current)
        current = current.head
    return clause_words(top, keep)


def _clause_around(noun: Token) -> list[Token]:
    """Return the words of the clause in which a bare noun stands: "tension" alone states nothing."""
    verb = clause_verb(noun)
    if verb is None:
        return []
    keep, current = [noun], noun
    for _ in range(12):
        if current == verb:
            break
        keep.append(current)
        current = current.head
    words = clause_words(verb, keep)
    if noun in words and len(words) > MOST_AROUND:
        inside = noun.dep_ == "pobj" and noun.head.lower_ == "of"  # "any kind of alliance"
        first = noun.head.head.left_edge.i if inside else noun.left_edge.i
        behind = [word for word in words if first <= word.i < first + MOST_BEHIND]
        words = behind if len(behind) > FEWEST else words
    return words if noun in words else []


def _fear_above(noun: Token) -> list[Token]:
    """Return the words of "fears of", "20 days of": what an event noun hangs on and its proposition needs."""
    if noun.dep_ == "pobj" and noun.head.lower_ == "of":
        above = noun.head.head
        if is_modal_noun(above) or is_period(above) or is_series(above):
            return [word for word in above.subtree if word.i < noun.i and word.i >= above.left_edge.i]
    return []


def is_period(noun: Token) -> bool:
    """Return whether a noun is a stretch of time: "days" of "33 days of fighting", "hours of shelling"."""
    if noun.lemma_.lower() not in {"day", "week", "month", "year", "hour"}:
        return False
    return noun.tag_ == "NNS" or any(child.dep_ == "nummod" or child.lower_ == "a" for child in noun.children)


def _attach_antecedent(words: list[Token], token: Token, support: Token | None) -> list[Token]:
    """Return the words with the short noun phrase before a relative clause or a participle that hangs on it."""
    verb = token if is_verbal(token) else support
    if verb is None:
        return words
    top = top_verb(verb)
    if top.dep_ == "acl" and top.tag_ in {"VBG", "VBN"}:
        head = top.head
        before = [word for word in noun_words(head) if word.i <= head.i]
        if words[0].i - head.i <= 8 and len(before) <= 8:
            return sorted({*words, *before}, key=lambda word: word.i)
    return words


def _aimed_at(token: Token, trigger: Trigger) -> set[int]:
    """Return the words of what a deed is aimed at, which is not what it is done with: "hit a helicopter", "an attack on a mine"."""
    if trigger.kind != "event":
        return set()
    aims = [word for path in ("on", "at", "against", "near") for word in argument_path(token, path)]
    if trigger.pos == "verb" and "obj" in trigger.target:
        aims += argument_path(token, "obj")
    return {inner.i for word in aims for inner in (word, *word.lefts)}


def _holding(scene: Scene, words: list[Token]) -> list[Mention]:
    """Return who holds what a clause tells to be attacked: "in the last rebel stronghold", "in suburbs held by the front"."""
    found: list[Mention] = []
    for word in words:
        if word.pos_ not in {"NOUN", "PROPN"}:
            continue
        holders = scene.holders(word)
        if not holders and scene.is_a(word, "holdouts"):
            holders = scene.parties(word)
        found.extend(holders)
    return one_each(found, scene.index)


def build(scene: Scene, sentence: Sentence, token: Token, trigger: Trigger) -> Draft:
    """Return the draft of what a trigger word tells of, its slots filled from the sentence alone."""
    support, role = (None, "") if trigger.pos != "noun" else support_of(token, scene)
    if trigger.scheme == "hold" and token.dep_ == "pobj":
        support, role = None, ""  # "press on in the rebel bastion": who presses on does not hold it
    words = scope_words(token, support, trigger.pos)
    verb = token if is_verbal(token) else support
    quoted = without_opening(words, top_verb(verb)) if verb is not None else words
    start, end = quote_span(_attach_antecedent(quoted, token, support), token)
    tied = trigger.kind == "relation"  # a country is a party wherever it stands: "allied with Ruritania"
    agents, _ = fill(scene, token, trigger.agent, support, role, tied)
    targets, target_words = fill(scene, token, trigger.target, support, role, tied or trigger.scheme == "say")
    if trigger.scheme == "mutual" and trigger.pos == "noun" and support is None and argument_path(token, "with"):
        # "after fighting with the army": the other side is the subject of the clause.
        verb = clause_verb(token)
        subjects = scene.all_parties(surface_subjects(verb)) if verb is not None else []
        agents = one_each([*(s for s in subjects if s.kind == "actor" and not scene.speaks(s)), *agents], scene.index)
    if trigger.scheme in {"tie", "mutual"} and support is None and token.dep_ == "dobj" and not agents:
        # "suspended the dialogue with the front": with whom hangs on the verb, and its subject is the other side.
        others = scene.all_parties(argument_path(token.head, "with"))
        if others:
            agents = one_each([*scene.all_parties(surface_subjects(token.head)), *others], scene.index)
    elif trigger.scheme == "tie" and support is None and token.dep_ == "dobj" and len(agents) == 1:
        agents = one_each(
            [*scene.all_parties(surface_subjects(token.head)), *agents], scene.index
        )  # "ruled out talks with"
    if trigger.scheme == "tie" and support is None and token.dep_ == "dobj" and token.head.lemma_ in {"have", "keep"}:
        # "we have no relations with the army": who has them is one end.
        agents = one_each([*scene.all_parties(surface_subjects(token.head)), *agents], scene.index)
    if trigger.kind != "statement":
        if trigger.pos != "verb":
            agents = [party for party in agents if not scene.cites(party, sentence, token)]
        targets = [party for party in targets if not scene.cites(party, sentence, token)]
    if role == "undergo" and support is not None:
        undergone = scene.all_parties(surface_subjects(support))
        targets = undergone or [held for word in surface_subjects(support) for held in scene.holders(word)] or targets
        if trigger.scheme == "lose":
            agents, targets = undergone or agents, []
        agents = [agent for agent in agents if not any(scene.same(agent, other) for other in targets)]
    if trigger.scheme in {"deed", "against", "harm"}:
        targets = [target for target in targets if not any(target.id == agent.id for agent in agents)]
    if not targets and trigger.kind == "event" and trigger.type in ON_HELD and trigger.scheme in {"deed", "move"}:
        targets = [party for party in _holding(scene, words) if not any(scene.same(party, agent) for agent in agents)]
    draft = Draft(
        trigger=trigger,
        token=token,
        support=support,
        sentence=sentence,
        kind=trigger.kind,
        type=trigger.type,
        start=start,
        end=end,
        rule=f"{trigger.kind}.{trigger.name}.{trigger.pos}",
        agents=agents,
        targets=targets,
        heads=target_words,
        mode=trigger.mode or mode_of(token, support),
    )
    charge = charged(token) if trigger.pos == "noun" and trigger.kind == "event" else None
    if charge is not None:
        doers, speakers = scene.all_parties(charge[0]), scene.all_parties(charge[1])
        draft.agents = draft.agents or doers
        draft.voice = speakers[0] if doers and speakers else None
    if trigger.pos == "verb" and trigger.kind != "statement":
        accusing = scene.all_parties(accuser(token))
        draft.voice = draft.voice or (accusing[0] if accusing else None)
    inside = [word for word in words if not any(covers(agent, word) for agent in agents)]
    located = object_places(scene, token, trigger)
    if not located:
        located = [held for held in scene.places_among(inside) if locates(scene, held, token, trigger.type)]
    parties = {party.id for party in (*agents, *targets)}
    draft.places = scene.finest([held for held in located if held.id not in parties])
    aims = _aimed_at(token, trigger)
    means = means_in(scene.page.text, [word for word in words if word.i not in aims], trigger)
    if means is not None:
        draft.means = means
        if trigger.by_means:
            draft.type = type_by_means(means.kind) or draft.type
    if trigger.means and draft.means is None:
        draft.means = Means(kind=trigger.means, text=token.text)
    return draft
