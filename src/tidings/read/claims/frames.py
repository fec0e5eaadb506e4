"""From a trigger word to a draft: its light verb, its clause, and the slots that the scheme promises."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tidings.model import Means, Mention
from tidings.read.claims.draft import Draft
from tidings.read.claims.quotes import clause_words, noun_words, quote_span, top_verb
from tidings.read.claims.scene import Scene, one_each
from tidings.read.claims.weapons import means_in, type_by_means
from tidings.read.modes import mode_of
from tidings.read.page import Sentence, place
from tidings.read.roles import argument_path, expanded, is_passive, surface_subjects
from tidings.read.triggers import Trigger

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["build", "fill", "scope_words", "support_of"]

CARRYING_PREPOSITIONS = frozenset({"in", "to", "under", "with", "into", "through", "on", "out", "by"})
METONYMS = frozenset({"subj", "poss", "by", "before", "compound"})
"""Relations in which a place can act ("Ankara shelled", "Israeli raids"): nowhere else is a place a party."""


def support_of(token: Token, scene: Scene) -> tuple[Token | None, str]:
    """Return the light verb that carries an event noun and what its subject is (do, happen, undergo, see).

    Example: "launched" and "do" for "attack" in "the militia launched an attack"; ("erupted", "happen") for "clashes erupted".
    """
    support = scene.triggers.support
    for child in token.children:
        if child.dep_ in {"acl", "relcl"} and support.get(child.lemma_.lower(), "") == "do" and is_passive(child):
            return child, "do"
    current = token
    for _ in range(4):
        if current.dep_ != "conj" or current.head.pos_ not in {"NOUN", "PROPN"}:
            break
        current = current.head
    head = current.head
    role = support.get(head.lemma_.lower(), "")
    if head.pos_ in {"VERB", "AUX"}:
        if current.dep_ in {"dobj", "attr", "oprd"} and role in {"do", "undergo", "see"}:
            return head, role
        if current.dep_ == "nsubjpass" and role in {"do", "undergo"}:
            return head, "do"
        if current.dep_ in {"nsubj", "nsubjpass"} and (role or head.lemma_.lower() in {"have"}):
            return head, "happen"
        if current.dep_ in {"nsubj", "attr"} and head.lemma_ == "be":
            return head, "happen"
        return None, ""
    if current.dep_ == "pobj" and head.lower_ in CARRYING_PREPOSITIONS:
        above = head.head
        role = support.get(above.lemma_.lower(), "")
        if above.pos_ in {"VERB", "AUX"} and role in {"do", "undergo"}:
            return above, role
        if above.pos_ in {"VERB", "AUX"} and above.lemma_ in {"explode", "erupt", "descend"} and head.lower_ == "into":
            return above, "happen"
    return None, ""


def _standing(token: Token, path: str, support: Token | None, role: str) -> list[Token]:
    found = list(argument_path(token, path))
    if support is None:
        return found
    if path in {"poss", "by"} and role == "do":
        carried = argument_path(support, "by") if is_passive(support) else surface_subjects(support)
        found = [word for word in carried if word != token and word not in expanded(token)] + found
    elif path in {"by", "from"} and role == "undergo":
        found += argument_path(support, path)
    elif path not in {"poss", "before", "of", "compound", "amod"} and ">" not in path:
        found += [word for word in argument_path(support, path) if word != token]
    return found


def _acting(scene: Scene, tokens: list[Token], path: str) -> list[Mention]:
    """Return the parties of some words; a place acts where a party would stand, an event noun lends its own doer."""
    found: list[Mention] = []
    for token in tokens:
        parties = scene.parties(token)
        if not parties and path.split(">")[-1] in METONYMS:
            held = scene.mention(token, ("place",))
            if held is not None and held.how == "name" and (token.pos_ in {"PROPN", "ADJ"}):
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


def fill(
    scene: Scene, token: Token, paths: tuple[str, ...], support: Token | None = None, role: str = ""
) -> tuple[list[Mention], list[Token]]:
    """Return the parties that the paths lead to, one of each, and the words they were read from.

    Args:
        scene: The page.
        token: The trigger word.
        paths: Relations tried in order; the first that yields a party ends the search, but one with "+" adds to it.
        support: The light verb that carries the word, and ``role``, what its subject is.
    """
    found: list[Mention] = []
    words: list[Token] = []
    for path in paths:
        adds = path.startswith("+")
        if found and not adds:
            continue
        name = path.lstrip("+")
        if name == "subject":
            standing = Scene.bearers(token)
        else:
            standing = _standing(token, name, support, role)
        if name == "before":
            standing = [word for word in standing if word.dep_ != "poss"]
        parties = _acting(scene, standing, name)
        if standing and not words:
            words = standing
        if parties:
            found.extend(parties)
            words = standing if not adds else words
    return one_each(found, scene.index), words


def scope_words(token: Token, support: Token | None) -> list[Token]:
    """Return the words of the proposition: the clause of a verb, the phrase of a noun with its light verb's clause."""
    if token.pos_ in {"VERB", "AUX"}:
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
        words = noun_words(token)
        if token.pos_ == "ADJ" or not words:
            words = clause_words(token)
        return words
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


def _attach_antecedent(words: list[Token], token: Token, support: Token | None) -> list[Token]:
    """Return the words with the short noun phrase before a relative clause or a participle that hangs on it."""
    verb = token if token.pos_ in {"VERB", "AUX"} else support
    if verb is None:
        return words
    top = top_verb(verb)
    if top.dep_ == "acl" and top.tag_ in {"VBG", "VBN"}:
        head = top.head
        before = [word for word in noun_words(head) if word.i <= head.i]
        if words[0].i - head.i <= 8 and len(before) <= 8:
            return sorted({*words, *before}, key=lambda word: word.i)
    return words


def build(scene: Scene, sentence: Sentence, token: Token, trigger: Trigger) -> Draft:
    """Return the draft of what a trigger word tells of, its slots filled from the sentence alone."""
    support, role = (None, "") if trigger.pos != "noun" else support_of(token, scene)
    words = scope_words(token, support)
    start, end = quote_span(_attach_antecedent(words, token, support), token)
    agents, _ = fill(scene, token, trigger.agent, support, role)
    targets, target_words = fill(scene, token, trigger.target, support, role)
    if role == "undergo" and support is not None:
        undergone = scene.all_parties(surface_subjects(support))
        targets = undergone or targets
        agents = [agent for agent in agents if not any(scene.same(agent, other) for other in targets)]
    if trigger.scheme in {"deed", "against", "harm"}:
        targets = [target for target in targets if not any(target.id == agent.id for agent in agents)]
    draft = Draft(
        trigger=trigger, token=token, support=support, sentence=sentence, kind=trigger.kind, type=trigger.type,
        start=start, end=end, rule=f"{trigger.kind}.{trigger.name}.{trigger.pos}",
        agents=agents, targets=targets, heads=target_words,
        mode=trigger.mode or mode_of(token, support),
    )  # fmt: skip
    inside = [word for word in words if not any(_covers(agent, word) for agent in agents)]
    draft.places = scene.finest([held for held in scene.places_among(inside) if _locates(scene, held, token)])
    means = means_in(scene.page.text, words, trigger)
    if means is not None:
        draft.means = means
        if trigger.by_means:
            draft.type = type_by_means(means.kind) or draft.type
    if trigger.means and draft.means is None:
        draft.means = Means(kind=trigger.means, text=token.text)
    return draft


def _covers(mention: Mention, word: Token) -> bool:
    start, end = place(word)
    return mention.start <= start and end <= mention.end


def _locates(scene: Scene, held: Mention, token: Token) -> bool:
    """Return whether a place is where it happened, and not where it came from or whose it is.

    "Reinforcements from Raqqa" arrive elsewhere; a demonym ("Yemeni troops") locates nothing.
    """
    words = [word for word in token.doc[max(0, token.sent.start) : token.sent.end] if _covers(held, word)]
    if not words:
        return True
    root = min(words, key=lambda word: (word.head.i in {other.i for other in words}, word.i))
    if root.dep_ == "amod" and root.pos_ == "ADJ" and held.how == "name":
        return False
    if root.dep_ == "pobj" and root.head.lower_ == "from" and root.head.head.dep_ != "prep":
        return token.lemma_.lower() not in {"reinforcement", "reinforce", "bring", "send", "deploy", "return"}
    return True
