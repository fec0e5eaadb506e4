"""How parties stand to each other, and speech that is itself an act: read beside the triggers' general way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tidings.model import Mention
from tidings.read.claims.conditions import bearers
from tidings.read.claims.denials import points_back
from tidings.read.claims.draft import Draft
from tidings.read.claims.quotes import clause_words, quote_span
from tidings.read.claims.scene import Scene, one_each
from tidings.read.page import Sentence, place
from tidings.read.roles import argument_path, clause_verb, expanded, surface_subjects
from tidings.read.triggers import Trigger

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["affiliations", "assessments", "relation", "remember_bodies", "rhetorical", "statement"]

OFFICE = Trigger(
    name="affiliation.office",
    kind="relation",
    type="affiliation",
    pos="noun",
    confidence=0.5,
    example="Brigade spokesman Idris Musa said so.",
)
ASSESS = Trigger(
    name="assessment",
    kind="statement",
    type="assessment",
    pos="verb",
    confidence=0.5,
    example="It was the heaviest raid of the war, the mayor said.",
)
OFFICES = frozenset(
    "spokesman spokeswoman spokesperson commander leader head chief member official officer general minister governor president "
    "representative director secretary lieutenant colonel brigadier captain major fighter adviser advisor envoy mayor deputy chairman chairwoman".split()
)
ONE_END = frozenset(
    "affiliation.loyal affiliation.linked affiliation.answer affiliation.split alliance.allied_with "
    "affiliation.banner affiliation.made_up affiliation.close affiliation.belong dependence.dominated dependence.protected "
    "back.shelter back.equip alliance.side_by_side alliance.join back back.aid back.enjoy back.give dependence dependence.receive dependence.supplied".split()
)
"""Entries that state a tie though one end is no party that the reader knows: "gunmen loyal to the governor"."""
RISING = frozenset({"hostility.rise", "hostility.arms", "hostility.fighting"})
STATED = frozenset({"hostility.war", "hostility.enemy"})
SHOWING = frozenset({"show", "demonstrate", "display"})
JUDGING = frozenset({"consider", "regard", "see", "deem", "describe", "call", "prove", "remain", "view"})


def relation(scene: Scene, draft: Draft) -> list[Draft]:
    """Return a draft of a relation where both ends, or at least one and a stated other, are known."""
    token = draft.token
    if draft.trigger.name == "alliance.allied":
        noun = token.head if token.dep_ == "amod" else token
        ours = scene.all_parties([noun])
        others = []
        if token.i > 1 and token.nbor(-1).lower_ == "and":
            others = scene.parties(token.nbor(-2))
        draft.agents = one_each([*others, *ours], scene.index)
        if len(draft.agents) < 2:
            return []
        low = min(mention.start for mention in draft.agents)
        high = max(mention.end for mention in draft.agents)
        if draft.sentence.start <= low and high <= draft.sentence.end:
            draft.start, draft.end = min(low, draft.start), max(high, draft.end)
        return [draft]
    if draft.trigger.name == "alliance" and draft.trigger.pos == "noun":
        held = scene.mention(token, ("actor",))
        if held is not None and not draft.targets and held.end - place(token)[1] <= 1:
            return []  # "the rebel alliance" is a party, and no tie
    if draft.trigger.pos == "adjective":
        draft.agents = draft.agents or scene.all_parties(bearers(token))
        open_end = draft.trigger.name in ONE_END and draft.agents
        if draft.type == "tension":
            draft.agents = []
        elif not draft.targets and not (open_end and (argument_path(token, "to") or argument_path(token, "with"))):
            return []
    if draft.type in {"tension", "alliance", "power_sharing"} and len(draft.agents) < 2:
        whole = [word for noun in bearers(token) for word in noun.subtree] if draft.trigger.pos == "adjective" else []
        words = sorted(whole or token.subtree, key=lambda word: word.i)
        inside = scene.parties_within(place(words[0])[0], place(words[-1])[1])
        draft.agents = one_each([*draft.agents, *draft.targets, *inside], scene.index)
        draft.targets = []
        if len(draft.agents) < 2 and draft.type == "alliance":
            beside = [
                party
                for party in scene.parties_within(draft.sentence.start, draft.sentence.end, silent=True)
                if scene.armed(party)
            ]
            both = one_each([*draft.agents, *beside], scene.index)
            if len(both) == 2:
                draft.agents = both
            elif draft.trigger.name not in ONE_END | {"alliance.side"}:
                return []
    if draft.type in {"affiliation", "dependence"} and not (draft.agents and draft.targets):
        tied = draft.targets and draft.trigger.name in ONE_END
        paths = ("to", "with", "of", "poss", "by", "from")
        told = draft.agents and draft.trigger.name in ONE_END and any(argument_path(token, path) for path in paths)
        if not (tied or told) and (draft.trigger.name != "affiliation.lead" or not draft.agents):
            return []
        draft.miss("agents" if tied else "targets")
    if draft.trigger.name in RISING and draft.targets and not draft.agents:
        draft.miss("agents")
    elif draft.trigger.name == "hostility.for" and draft.agents:
        draft.miss("targets")
    elif draft.type == "hostility" and not (draft.targets or len(draft.agents) > 1):
        pair = [word for word in bearers(token) if word.tag_ in {"NNS", "NNPS"}]
        if draft.trigger.name not in STATED or not pair:
            return []  # "the two are at war": both are meant by one word
        draft.miss("agents")
    sided = draft.trigger.name == "alliance.side"  # the other may stand in the sentence before
    if draft.type == "alliance" and len(draft.agents) < 2 and not draft.targets and not sided:
        if draft.trigger.name not in ONE_END or not draft.agents:
            return []
        draft.miss("agents")
    return [draft]


def statement(scene: Scene, draft: Draft, told: list[tuple[int, int]]) -> list[Draft]:
    """Return a draft of a speech act, unless what it says is read as a proposition by itself.

    Args:
        scene: The page.
        draft: The speech act.
        told: The spans of propositions read in the same sentence.
    """
    token = draft.token
    if not draft.agents and not _said_by_somebody(draft):
        return []
    if draft.type == "threat" and draft.trigger.name == "warn" and _tells_of_danger(token):
        return []
    if draft.type in {"denial", "announcement", "threat"} and draft.trigger.pos == "verb" and not points_back(token):
        content = [child for child in token.children if child.dep_ in {"ccomp", "dobj", "xcomp"}]
        # What only gives the time or the reason ("vowed to retaliate after two men were killed") is no part of what is said.
        aside = {
            word.i for child in content for inner in child.children if inner.dep_ == "advcl" for word in inner.subtree
        }
        words = [word for child in content for word in child.subtree if word.i not in aside]
        if not words:
            return []
        low, high = place(min(words, key=lambda word: word.i))[0], max(place(word)[1] for word in words)
        if any(low <= start < high for start, _ in told):
            return []
        draft.end = max(draft.end, min(high, draft.start + 300)) if token.pos_ in {"VERB", "AUX"} else draft.end
    draft.targets = [target for target in draft.targets if not any(scene.same(target, agent) for agent in draft.agents)]
    return [draft]


UNSAID = frozenset({"ultimatum", "claim_of_responsibility", "accusation", "appeal"})


def _said_by_somebody(draft: Draft) -> bool:
    """Return whether a speech act counts though no mention stands for who speaks: "survivors blame", "nobody claimed"."""
    if draft.trigger.name in {"ultimatum", "responsibility.noun"}:
        return True
    subjects = surface_subjects(draft.token) if draft.trigger.pos == "verb" else []
    if draft.type not in UNSAID or not any(word.pos_ in {"NOUN", "PROPN", "PRON"} for word in subjects):
        return False
    draft.miss("agents")
    return draft.type == "claim_of_responsibility" or bool(draft.targets)


def _tells_of_danger(verb: Token) -> bool:
    """Return whether a warning says that something may come, which is read by itself, and warns nobody off."""
    return any(
        child.dep_ == "ccomp" and not any(c.dep_ == "aux" and c.lower_ == "to" for c in child.children)
        for child in verb.children
    )


def affiliations(scene: Scene, sentence: Sentence) -> list[Draft]:
    """Return who holds which office in which body: "Brigade spokesman Idris Musa", "Musa, a member of the council".

    A person's mention with a title that names a party gives the tie, and so does an apposition with an office word.
    """
    found = []
    for token in sentence.tokens:
        if token.lower_ not in OFFICES and token.lemma_.lower() not in OFFICES:
            continue
        person, low, high = _officer(scene, token)
        if person is None:
            continue
        bodies = _bodies(scene, token, person)
        if not bodies:
            continue
        low = min([low, person.start, *[body.start for body in bodies if sentence.start <= body.start < sentence.end]])
        high = max([high, person.end, *[body.end for body in bodies if sentence.start <= body.start < sentence.end]])
        if high - low > 160:
            continue
        found.append(
            Draft(
                trigger=OFFICE,
                token=token,
                support=None,
                sentence=sentence,
                kind="relation",
                type="affiliation",
                start=low,
                end=high,
                rule="relation.affiliation.office",
                agents=[person],
                targets=bodies,
            )
        )
    return found


def _officer(scene: Scene, token: Token) -> tuple[Mention | None, int, int]:
    """Return the named person that an office word stands beside, and the span of the office."""
    start, end = place(token)
    if token.dep_ in {"compound", "nmod", "amod"} or (token.dep_ == "nsubj" and token.pos_ == "PROPN"):
        held = scene.mention(token.head, ("person",))
        if held is not None and held.how == "name":
            return held, start, end
    if token.dep_ == "appos":
        held = scene.mention(token.head, ("person",))
        if held is not None and held.how == "name":
            return held, start, end
    for child in token.children:
        if child.dep_ == "appos":
            held = scene.mention(child, ("person",))
            if held is not None and held.how == "name":
                return held, start, end
    if token.dep_ == "attr" and token.head.lemma_ == "be":
        for subject in surface_subjects(token.head):
            held = scene.mention(subject, ("person",))
            if held is not None and held.how == "name":
                return held, start, end
    return None, start, end


def remember_bodies(scene: Scene, drafts: list[Draft]) -> None:
    """Note for whom the named persons of some affiliations speak, for "we" in their words."""
    for draft in drafts:
        for person in draft.agents:
            last = scene.index.antecedent(person)
            name = (last.core or last.text).casefold()
            for key in (name, name.split()[-1]):
                scene.bodies.setdefault(key, draft.targets[0])


def rhetorical(scene: Scene, sentence: Sentence) -> list[Draft]:
    """Return the accusation that a rhetorical question in quoted speech makes: "How can they call this a truce?"."""
    words = sentence.tokens
    if len(words) < 5 or "?" not in {token.text for token in words}:
        return []
    first = next((token for token in words if not token.is_punct), words[0])
    held = [
        item
        for item in scene.attributions.over(*place(first))
        if item.start <= place(first)[0] < item.end and item.chain
    ]
    if first.lower_ not in {"how", "why"} or not held:
        return []
    root = clause_verb(first) or words.root
    body = [token for token in words if token.i <= max(t.i for t in words if t.text == "?")]
    start, end = quote_span(body, root)
    accused = scene.all_parties(surface_subjects(root))
    speaker = scene.index[held[-1].chain[-1]]
    return [
        Draft(
            trigger=ASSESS,
            token=root,
            support=None,
            sentence=sentence,
            kind="statement",
            type="accusation",
            start=start,
            end=end,
            rule="statement.rhetorical",
            agents=[speaker],
            targets=accused,
        )
    ]


def _bodies(scene: Scene, token: Token, person: Mention) -> list[Mention]:
    words = [
        child
        for head in {token, token.head if token.dep_ == "compound" else token}
        for child in head.children
        if child.dep_ in {"compound", "poss", "nmod", "amod"} and child != token
    ]
    words = sorted(words, key=lambda word: word.i)
    words += list(argument_path(token, "of") + argument_path(token, "in") + argument_path(token, "for"))
    found = []
    for word in words:
        for child in [word, *[inner for inner in word.children if inner.dep_ in {"compound", "amod", "nmod"}]]:
            held = scene.mention(child, ("actor", "source"))
            if (
                held is not None
                and not held.start <= place(token)[0] < held.end
                and held.kind == "actor"
                and (held.how != "description" or not scene.index.antecedent(held).lexicon.startswith("armed."))
                and not (held.start <= person.start and person.end <= held.end)
            ):
                found.append(held)
                break
    return one_each(found, scene.index)


def assessments(scene: Scene, sentence: Sentence, spoken: bool) -> list[Draft]:
    """Return judgements of the conflict: a copula with a superlative, or "was considered", "proved", with its measure.

    Example: "It was the heaviest raid of the war"; the speaker is the agent, whom it speaks of the target.
    """
    found = []
    for token in sentence.tokens:
        if token.pos_ not in {"VERB", "AUX"} or token.dep_ in {"aux", "auxpass"}:
            continue
        judged = [child for child in token.children if child.dep_ in {"attr", "acomp", "oprd", "xcomp", "dobj"}]
        if not judged:
            continue
        superlative = any(
            (word.tag_ in {"JJS", "RBS"} and word.lower_ not in {"most", "least"}) or word.tag_ == "RBS"
            for child in judged
            for word in [child, *child.children]
        )
        verdict = (token.lemma_ == "prove" and any(child.dep_ in {"xcomp", "acomp", "oprd"} for child in judged)) or (
            token.lemma_ == "be" and any(scene.is_a(child, "verdict") for child in judged)
        )
        virtue = token.lemma_ in SHOWING and any(scene.is_a(child, "quality") for child in judged)
        if not (superlative or verdict or virtue) or token.dep_ == "relcl":
            continue
        if token.lemma_ not in {"be", "prove", "remain", "become"} | JUDGING and not virtue:
            continue
        words = clause_words(token)
        start, end = quote_span(words, token)
        subjects = surface_subjects(token)
        targets = scene.all_parties([word for subject in subjects for word in expanded(subject)])
        if not targets:
            targets = scene.parties_within(start, end)[:1]
        draft = Draft(
            trigger=ASSESS,
            token=token,
            support=None,
            sentence=sentence,
            kind="statement",
            type="assessment",
            start=start,
            end=end,
            rule="statement.assessment",
            targets=targets,
            worth=1.0 if spoken else 0.8,
        )
        draft.places = [held for held in scene.finest(scene.places_among(words)) if not scene.broad(held)]
        found.append(draft)
    return found
