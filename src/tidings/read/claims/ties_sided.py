"""Who stands with or against whom in few words: "the Ruritania-backed front", "pro-government militia", "its allies", "rival clans"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tidings.model import Mention
from tidings.read.claims.draft import Draft
from tidings.read.claims.quotes import noun_words, quote_span
from tidings.read.claims.scene import Scene, one_each
from tidings.read.page import Sentence, place
from tidings.read.roles import argument_path, clause_verb, expanded, surface_subjects
from tidings.read.triggers import Trigger

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["SIDED_WORDS", "sided_ties", "tie"]

BACKED = Trigger(
    name="alliance.backed",
    kind="relation",
    type="alliance",
    pos="adjective",
    confidence=0.55,
    example="The Ruritania-backed front took the bridge.",
)
BELONGS = Trigger(
    name="affiliation.compound",
    kind="relation",
    type="affiliation",
    pos="adjective",
    confidence=0.65,
    example="The Iran-aligned brigade shelled the camp.",
)
PRO = Trigger(
    name="affiliation.pro",
    kind="relation",
    type="affiliation",
    pos="adjective",
    confidence=0.45,
    example="The volunteers, a pro-government militia, held the road.",
)
ALLIES = Trigger(
    name="alliance.allies",
    kind="relation",
    type="alliance",
    pos="noun",
    confidence=0.5,
    example="The front and its allies took the hill.",
)
HELP = Trigger(
    name="alliance.help",
    kind="relation",
    type="alliance",
    pos="noun",
    confidence=0.55,
    example="With help from foreign advisers the army retook the port.",
)
RIVALS = Trigger(
    name="hostility.rival",
    kind="relation",
    type="hostility",
    pos="adjective",
    confidence=0.5,
    example="The two rival militias share the port.",
)
STANDS_BEHIND = frozenset({"backed", "supported", "sponsored", "funded", "financed", "armed", "trained", "equipped"})
BOUND = frozenset({"affiliated", "linked", "aligned", "allied"})
"""Participles behind a hyphen that tie one party to another; "-led" and "-run" say who commands and are read as part of the name."""
ALLY = frozenset({"ally", "partner", "patron", "backer", "sponsor"})
AID = frozenset({"help", "support", "backing", "assistance", "aid", "cooperation", "participation", "cover"})
SIDED_WORDS = (
    STANDS_BEHIND | BOUND | AID | ALLY | {f"{word}s" for word in ALLY} | {"pro", "allied", "allies", "rival", "rivals"}
)
HYPHENS = frozenset({"-", "\u2011", "\u2013"})


def sided_ties(scene: Scene, sentence: Sentence, token: Token) -> list[Draft]:
    """Return the ties that one word with a hyphen, an adjective or a noun for an ally states.

    Args:
        scene: The page.
        sentence: The sentence of the word.
        token: A word whose lower form is in ``SIDED_WORDS``.
    """
    word = token.lower_
    if word in STANDS_BEHIND | BOUND and token.i > 1 and token.nbor(-1).text in HYPHENS:
        return _hyphened(scene, sentence, token)
    if word == "pro" and token.i + 2 < len(token.doc) and token.nbor(1).text in HYPHENS:
        return _pro(scene, sentence, token)
    if word == "allied" and token.dep_ == "amod":
        return _beside(scene, sentence, token.head, token)
    if token.lemma_.lower() in ALLY and token.pos_ == "NOUN":
        return _ally(scene, sentence, token)
    if token.lemma_.lower() in AID and token.dep_ == "pobj" and token.head.lower_ in {"with", "in"}:
        return _help(scene, sentence, token)
    if token.lemma_.lower() == "rival":
        return _rivals(scene, sentence, token)
    return []


def tie(
    trigger: Trigger, sentence: Sentence, token: Token, words: list[Token], ends: tuple[list[Mention], list[Mention]]
) -> Draft:
    """Return the draft of a tie that some words state; ``ends`` are its agents and its targets."""
    start, end = quote_span(words, token)
    return Draft(
        trigger=trigger,
        token=token,
        support=None,
        sentence=sentence,
        kind="relation",
        type=trigger.type,
        start=start,
        end=end,
        rule=f"relation.{trigger.name}",
        agents=ends[0],
        targets=ends[1],
    )


def _bearing(token: Token) -> Token:
    """Return the noun that a participle behind a hyphen stands before, whatever the parse hung it on."""
    return token.head if token.dep_ in {"amod", "compound", "nmod"} else token


def _owners(scene: Scene, word: Token, ours: list[Mention]) -> list[Mention]:
    """Return who the word before a hyphen names: a party in its own words, or a country."""
    start, end = place(word)
    held = [
        mention
        for mention in scene.index.covering(start, end)
        if mention.kind == "actor" and mention not in ours and mention.end <= end
    ]
    if held:
        return held[:1]
    state = scene.mention(word, ("place",))  # "Iran-aligned": a country acts here
    if state is not None and word.pos_ == "PROPN":
        return [state]
    return [party for party in scene.all_parties([word]) if party not in ours and party.end <= end]


def _hyphened(scene: Scene, sentence: Sentence, token: Token) -> list[Draft]:
    noun = _bearing(token)
    before = token.nbor(-2)
    ours = scene.all_parties([noun])
    owners = _owners(scene, before, ours)
    ours = [party for party in ours if not any(scene.same(party, owner) for owner in owners)]
    act = bool(owners) and any(entry.kind == "event" for entry in scene.triggers.of("noun", noun.lemma_.lower()))
    if noun == token or not (ours or scene.is_armed(noun) or act):
        return []
    first = min([token, *before.subtree, before], key=lambda word: word.i)
    words = [word for word in noun_words(noun) if first.i <= word.i <= noun.i]
    words = sorted({*words, *token.subtree, noun}, key=lambda word: word.i)
    if token.lower_ in BOUND:
        if not owners and not ours:
            return []
        draft = tie(BELONGS, sentence, token, words, (ours, owners))
    else:
        draft = tie(BACKED, sentence, token, words, (one_each([*owners, *ours], scene.index), []))
    if not owners or not ours:
        draft.miss("targets" if token.lower_ in BOUND and ours else "agents")
    return [draft]


def _pro(scene: Scene, sentence: Sentence, token: Token) -> list[Draft]:
    """Return the tie of a "pro-X" party that is named, or called so in an apposition or behind "is"."""
    noun = token.head
    if noun.pos_ not in {"NOUN", "PROPN"}:
        return []
    whom = token.nbor(2)
    held = scene.mention(noun, ("actor",))
    told = noun.dep_ in {"appos", "attr"}
    introduced = any(child.lower_ in {"a", "an"} for child in noun.children) and scene.is_armed(noun)
    if not (told or introduced) and (held is None or held.how != "name"):
        return []  # "the pro-government fighters" only says whose they are
    bearers = [noun.head] if noun.dep_ == "appos" else surface_subjects(noun.head) if told else [noun]
    ours = scene.all_parties(bearers) or scene.all_parties([noun])
    owners = _owners(scene, whom, ours)
    owners = [owner for owner in owners if not any(scene.same(owner, party) for party in ours)]
    if not ours:
        return []
    words = [word for word in noun_words(noun) if word.i <= noun.i]
    draft = tie(PRO, sentence, token, sorted({*words, noun}, key=lambda word: word.i), (ours, owners))
    if not owners:
        draft.miss("targets")
    return [draft]


def _beside(scene: Scene, sentence: Sentence, noun: Token, token: Token) -> list[Draft]:
    """Return the alliance of "troops and allied militias", "the army and its allies"."""
    ours = scene.all_parties([noun])
    others = scene.all_parties([*argument_path(noun, "poss"), *argument_path(noun, "of")])
    words = [word for word in noun_words(noun) if word.i <= max(noun.i, token.i)]
    if noun.dep_ == "conj":
        first = noun.head
        others = one_each([*scene.all_parties([first]), *others], scene.index)
        words = [word for word in noun_words(first) if word.i <= noun.i] + [first] + words
    both = one_each([*others, *ours], scene.index)
    if not both or not (others and (ours or scene.is_armed(noun) or noun.lemma_.lower() in ALLY)):
        return []
    if not all(scene.armed(party) for party in both):
        return []
    draft = tie(ALLIES, sentence, token, sorted({*words, noun, token}, key=lambda word: word.i), (both, []))
    if len(both) < 2:
        draft.miss("agents")
    return [draft]


def _ally(scene: Scene, sentence: Sentence, token: Token) -> list[Draft]:
    """Return the alliance that a noun for an ally states: "X, an ally of Y", "Y's ally X", "X is an ally of Y", "X and its allies"."""
    owners = _powers(scene, [*argument_path(token, "of"), *argument_path(token, "poss")])
    if token.dep_ in {"appos", "attr"}:
        bearers = [token.head] if token.dep_ == "appos" else surface_subjects(token.head)
        ours = _powers(scene, bearers)
    else:
        ours = _powers(scene, [child for child in token.children if child.dep_ == "appos"])
        if not ours and token.dep_ == "conj":
            return _beside(scene, sentence, token, token)
    both = one_each([*ours, *owners], scene.index)
    if len(both) < 2 or not all(scene.armed(party) or party.kind in {"place", "person"} for party in both):
        return []
    return [tie(ALLIES, sentence, token, noun_words(token), (both, []))]


def _powers(scene: Scene, words: list[Token]) -> list[Mention]:
    """Return the parties of some words, countries among them."""
    found: list[Mention] = []
    for word in words:
        parties = scene.parties(word)
        state = scene.mention(word, ("place",))
        if not parties and state is not None and state.cue is not None and state.cue.kind == "country":
            parties = [state]
        found.extend(parties)
    return one_each(found, scene.index)


def _help(scene: Scene, sentence: Sentence, token: Token) -> list[Draft]:
    """Return the alliance of "with help from the army": who helps, and who does with it what the clause tells."""
    paths = ("of", "from", "by", "poss", "before", "compound")
    words = [word for path in paths for word in argument_path(token, path)]
    others = scene.all_parties([word for word in words if scene.fits(word, "itself", frozenset({"@power"}))])
    verb = clause_verb(token)
    ours = scene.all_parties(surface_subjects(verb)) if verb is not None else []
    both = one_each([*ours, *others], scene.index)
    if not others or not all(scene.armed(party) for party in both):
        return []
    words = sorted({token.head, *noun_words(token)}, key=lambda word: word.i)
    draft = tie(HELP, sentence, token, words, (both, []))
    if len(both) < 2:
        draft.miss("agents")
    return [draft]


def _rivals(scene: Scene, sentence: Sentence, token: Token) -> list[Draft]:
    """Return the hostility of "rival factions", "rivals since", "the rival front"."""
    if token.pos_ == "NOUN" and token.dep_ in {"attr", "appos"}:
        bearers = surface_subjects(token.head) if token.dep_ == "attr" else [token.head]
        noun = token
        sides = scene.all_parties([word for bearer in bearers for word in expanded(bearer)])
        sides += scene.all_parties([*argument_path(token, "of"), *argument_path(token, "poss")])
    elif token.dep_ in {"amod", "compound"}:
        noun = token.head
        sides = scene.all_parties([*expanded(noun), *[child for child in noun.children if child.dep_ == "appos"]])
        if noun.tag_ not in {"NNS", "NNPS"} and len(sides) < 2:
            return []
    else:
        return []
    if not any(scene.armed(side) for side in sides) and not (scene.is_armed(noun) or scene.is_a(noun, "sides")):
        return []
    draft = tie(
        RIVALS,
        sentence,
        token,
        sorted({*noun_words(noun), noun}, key=lambda word: word.i),
        (one_each(sides, scene.index), []),
    )
    if len(draft.agents) < 2:
        draft.miss("agents")
    return [draft]
