"""Which of the places that a clause names are where it happened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tidings.model import Mention
from tidings.read.claims.places import DIRECTIONS
from tidings.read.claims.scene import Scene
from tidings.read.page import place
from tidings.read.roles import argument_path, is_verbal
from tidings.read.triggers import Trigger

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["PROTEST", "covers", "is_capture", "locates", "object_places", "of_the_deed", "passive_subject", "protested"]

PROTEST = "protest"

COMING = frozenset(
    {"reinforcement", "reinforce", "bring", "send", "deploy", "dispatch", "summon", "rush", "receive", "get"}
)
"""Words of movement whose "from" says where it came from, not where it happened."""
PARTS = frozenset(
    "control part half rest most all portion swath majority percent % third quarter surroundings outskirts outskirt edge "
    "centre center entrance suburb vicinity remainder bulk area".split()
)
STRIKING = frozenset({"shelling", "air_strike", "ground_attack", "blockade", "bombing"})
"""Happenings whose object, where it is a place, is where they happen."""
AIMED_FROM = frozenset({"shelling", "air_strike", "ground_attack", "bombing", "suicide_bombing", "reinforcement"})
"""Happenings that come "from" somewhere else than where they happen."""
KEPT = frozenset(
    {"hold", "hand", "return", "turn", "torture", "transfer", "jail", "try", "extradite", "execute", "bring"}
)
"""What is done to a captive, not to a town, after the capture."""
MATTERS = frozenset({"against", "over", "about", "for", "of", "by"})
"""Prepositions that say what a protest is about, or whose it is."""
LEAVING = frozenset({"retreat", "evacuation"})
"""Happenings that go "to" somewhere else than where they happen."""


def object_places(scene: Scene, token: Token, trigger: Trigger) -> list[Mention]:
    """Return the places that the object of a taking, holding, striking or reaching names: what else the clause names lies near it."""
    wants_place = any(path in {"obj", "of"} and "@place" in wanted for path, wanted in trigger.needs)
    struck = trigger.kind == "event" and trigger.type in STRIKING
    if trigger.kind != "control" and not wants_place and not struck:
        return []
    found: list[Mention] = []
    objects = argument_path(token, "obj") if is_verbal(token) else []
    parts = [
        word for word in objects if word.lemma_.lower() in PARTS or scene.fits(token, "obj", frozenset({"@share"}))
    ]
    words = [*objects, *[word for part in parts for word in argument_path(part, "of")]]
    if not is_verbal(token):
        words = [] if struck else argument_path(token, "of")
    for word in words:
        held = scene.mention(word, ("place",))
        if held is not None and held.how == "name":
            found.append(held)
        elif held is None and word.tag_ == "NNS" and scene.is_a(word, "place"):
            # "Maruf and Hamra villages": the names stand before a plural that no single one of them holds
            before = [child for child in word.lefts if child.dep_ in {"compound", "nmod", "amod", "conj"}]
            listed = [inner for child in before for inner in child.subtree]
            found.extend(one for one in scene.places_among(listed) if one.how == "name")
    return found


def covers(mention: Mention, word: Token) -> bool:
    """Return whether a word lies inside a mention."""
    start, end = place(word)
    return mention.start <= start and end <= mention.end


def _home(scene: Scene, root: Token) -> bool:
    """Return whether a place is only where people come from: "a man from X", "a man from a village near X"."""
    current = root
    for _ in range(3):
        while current.dep_ in {"conj", "appos", "compound", "nmod"} and current.head != current:
            current = current.head
        if current.dep_ != "pobj":
            return False
        whose = current.head.head
        if current.head.lower_ == "from":
            return scene.is_people(whose) or scene.is_a(whose, "fighters") or whose.ent_type_ == "PERSON"
        if not scene.is_place(whose):
            return False
        current = whose
    return False


def protested(word: Token, token: Token) -> bool:
    """Return whether a word belongs to what a protest is against or about, not to where it is held."""
    current = word
    for _ in range(10):
        head = current.head
        if current == token or head == current:
            return False
        if current.dep_ in {"prep", "agent"} and current.lower_ in MATTERS:
            return True
        if head == token and current.dep_ in {"dobj", "ccomp", "xcomp", "advcl"}:
            return True
        current = head
    return False


def of_the_deed(scene: Scene, places: list[Mention], token: Token, kind: str) -> list[Mention]:
    """Return those of a clause's places that say where the deed was, where others only say who its parties are.

    "An officer at X in Y shot a man in Z" lies in Z; where nothing else is named the party's place is all there is. What a
    protest is against locates nothing.
    """
    if kind == PROTEST:
        places = [held for held in places if not any(protested(word, token) for word in _root_of(scene, held))]
    if kind == "gained":
        places = [held for held in places if not any(_is_captive(word, token) for word in _root_of(scene, held))]
    if len(places) < 2:
        return places
    of_parties = {held.id for held in places if any(_of_party(scene, word, token) for word in _root_of(scene, held))}
    return [held for held in places if held.id not in of_parties] or places


def is_capture(token: Token) -> bool:
    """Return whether a word is the verb "capture", which takes towns and people alike."""
    return token.pos_ == "VERB" and token.lemma_.lower() == "capture"


def passive_subject(scene: Scene, held: Mention, token: Token) -> bool:
    """Return whether a name is what a deed was done to, as the subject of a passive: "X was captured"."""
    return any(word.dep_ == "nsubjpass" and word.head == token for word in _root_of(scene, held))


def _root_of(scene: Scene, held: Mention) -> list[Token]:
    words = scene.tokens_of(held)
    inside = {word.i for word in words}
    return [word for word in words if word.head.i not in inside or word.head == word][:1]


def _of_party(scene: Scene, root: Token, token: Token) -> bool:
    """Return whether a place stands in the words that describe a party of the deed: "a teacher at a school in X"."""
    current = root
    for _ in range(8):
        head = current.head
        if head == current or current == token:
            return False
        if current.dep_ in {"nsubj", "nsubjpass", "dobj"} or (current.dep_ == "pobj" and current.head.dep_ == "agent"):
            own = scene.is_people(current) or scene.is_armed(current) or current.ent_type_ == "PERSON"
            return own and current != root and token in {head, head.head}
        if current.dep_ in {"relcl", "acl", "advcl", "ccomp", "xcomp"}:
            return False
        current = head
    return False


def _is_captive(root: Token, token: Token) -> bool:
    """Return whether a name that was "captured" is a person's: "X was captured in Y", "X, 20, was captured while …"."""
    if is_capture(token) and root.ent_type_ == "PERSON" and root.dep_ in {"nsubjpass", "nsubj", "dobj"}:
        return True
    if root.dep_ != "nsubjpass" or root.head != token:
        return False
    if any(child.dep_ == "appos" and child.pos_ == "NUM" for child in root.children):
        return True
    for child in token.children:
        if child.i < token.i:
            continue
        inside = child.dep_ == "prep" and child.lower_ in {"in", "near", "at", "during"}
        if inside and any(word.dep_ == "pobj" and word.ent_type_ not in {"DATE", "TIME"} for word in child.children):
            return True
        if child.dep_ == "conj" and child.lemma_.lower() in KEPT and child.tag_ == "VBN":
            return True
        if child.dep_ in {"advcl", "xcomp"} and child.tag_ == "VBG":
            return True
    return False


def _aimed_elsewhere(scene: Scene, root: Token, token: Token) -> bool:
    """Return whether a place belongs to another noun's aim or matter: "protested against an attack on Iraq"."""
    current = root
    for _ in range(8):
        head = current.head
        if head == current or current == token:
            return False
        if (
            head == token
            and current.dep_ == "prep"
            and current.lower_ in {"against", "over", "about"}
            and root.head != current
        ):
            return True
        if current.dep_ == "prep" and head.pos_ == "NOUN" and head != token and not scene.is_place(head):
            happening = any(entry.kind == "event" for entry in scene.triggers.of("noun", head.lemma_.lower()))
            if current.lower_ in {"against", "over", "about"} or (happening and current.lower_ in {"on", "for", "to"}):
                return True
        if head == token:
            return False
        current = head
    return False


def _elsewhere(root: Token, token: Token, kind: str) -> bool:
    """Return whether the preposition says that it came from, or went to, a place: "missiles fired from X", "pulled back to X"."""
    while root.dep_ == "conj":
        root = root.head
    if root.dep_ != "pobj":
        return False
    preposition = root.head
    above = preposition.head
    if above.dep_ in {"advmod", "prt"} or above.pos_ == "ADV":
        above = above.head
    if above != token and not (above.pos_ == "NOUN" and token in {above.head, above.head.head}):
        return False
    if kind in AIMED_FROM and preposition.lower_ == "from":
        return True
    return kind in LEAVING and preposition.lower_ in {"to", "towards", "toward", "into"} and above == token


def locates(scene: Scene, held: Mention, token: Token, kind: str = "") -> bool:
    """Return whether a place is where it happened, and not where it came from or whose it is.

    "Reinforcements from Raqqa" arrive elsewhere; a demonym ("Yemeni troops") locates nothing. ``kind`` is the type of the
    happening, where it is known.
    """
    offset: int = token.doc.user_data["offset"]
    words = token.doc.char_span(held.start - offset, held.end - offset, alignment_mode="expand")
    if words is None or len(words) == 0:
        return True
    inside = {word.i for word in words}
    root = next((word for word in words if word.head.i not in inside), words[-1])
    if root.dep_ == "amod" and root.pos_ == "ADJ" and held.how == "name":
        return False
    if (
        root.head.lower_ in {"led", "backed", "based", "born", "made", "supported", "allied", "aligned"}
        and root.i < root.head.i
    ):
        return False  # "US-led air strikes" are elsewhere
    head = root.head
    country = held.cue is not None and held.cue.kind == "country"
    if country and root.dep_ in {"compound", "nmod", "amod"} and head.i not in inside and head != token:
        return False  # "the U.S. embassy in Nairobi"
    if head.lower_.replace("-", "") in DIRECTIONS:
        return True  # "the driving school southwest of Hasakeh", parsed as if the school were a kind of southwest
    timed = head.ent_type_ in {"DATE", "TIME"} or head.lemma_ in {"day", "night", "morning", "evening"}
    if root.dep_ in {"poss", "compound", "nmod", "amod"} and head.i not in inside and head != token and not timed:
        # "the Yemeni army's base", "the U.S. embassy": the name belongs to a noun that is neither place nor happening.
        happening = any(entry.kind == "event" for entry in scene.triggers.of("noun", head.lemma_.lower()))
        if not happening and not scene.is_place(head):
            return False
    if root.dep_ == "pobj" and head.lower_ in {"of", "for"} and head.head.pos_ in {"NOUN", "PROPN"}:
        owner = scene.mention(head.head)
        if owner is not None and (scene.armed(owner) or owner.kind == "person") and not scene.is_people(head.head):
            return False  # "the governor of Aden", "the brigades of Sirte": whose they are, not where it happened
    if _elsewhere(root, token, kind):
        return False
    if _home(scene, root):
        return False  # "volunteers from New Zealand and Britain"
    if _aimed_elsewhere(scene, root, token):
        return False
    if token.lemma_.lower() not in COMING:
        return True
    current = root
    for _ in range(8):
        if current == token or current.head == current:
            break
        if current.dep_ == "prep" and current.lower_ == "from":
            return False
        current = current.head
    return True
