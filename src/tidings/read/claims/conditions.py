"""The company a trigger word keeps: whether what its entry asks for stands where it should."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from tidings.read.modes import is_attempt
from tidings.read.page import place
from tidings.read.roles import argument_path, expanded, surface_subjects

if TYPE_CHECKING:
    from spacy.tokens import Token

    from tidings.read.claims.scene import Scene

__all__ = ["Asked", "bearers", "fits"]


class Asked:
    """What was already answered about one trigger word: its entries ask the same paths over and over."""

    __slots__ = ("answers", "token", "words")

    def __init__(self) -> None:
        self.token: Token | None = None
        self.words: dict[str, list[Token]] = {}
        self.answers: dict[tuple[int, str], bool] = {}

    def start(self, token: Token) -> None:
        """Forget the last word and begin with this one."""
        self.token, self.words, self.answers = token, {}, {}


LENGTHS = frozenset({"kilometre", "kilometer", "km", "kms", "mile", "metre", "meter", "m"})
PERSONAL = frozenset({"he", "she", "him", "her", "who", "whom"})
DOERS = ("er", "or", "ist", "ian", "ee", "man", "woman", "mate", "eer")
NO_DOERS = frozenset(
    "answer banner barter border boulder bulldozer bunker burger cancer center chamber chapter charter cluster coffee committee "
    "computer container corner corridor counter cover cruiser cylinder danger degree destroyer dinner disaster elevator equator "
    "error exterior factor feather fever filter finger flower folder freighter gender generator ginger gutter harbor helicopter "
    "horror hunger indicator interior ladder launcher leather letter lighter liter lumber manner matter meter mirror monitor motor "
    "newspaper number order paper poster powder power prayer printer quarter radiator reactor register river router rubber sector "
    "semester server sewer shelter shoulder shower silver summer tanker tender terror theater tiger timber tower tractor trailer "
    "transformer trigger wallpaper water weather winter refinery guarantee jubilee".split()
)
"""Endings by which a noun that no class holds is taken for a human being, and the common nouns that end so and are none."""
MOST_SHORT = 5
HELPERS = frozenset("partner adviser advisor instructor mercenary contractor pilot jet warplane airstrike ally".split())
"""Nouns that, with the name of a people, stand for that country's power: "Ruritanian advisers"."""
AREAS = LENGTHS | {"hectare", "acre"}
SETTLED = frozenset("town city village capital settlement palace enclave headquarters citadel".split())
"""Nouns for places whom somebody holds once his men are in them; a street or a quarter is only reached."""
OPEN = frozenset(
    {"road", "street", "junction", "river", "border", "country", "region", "mountain", "district", "neighbourhood"}
)
"""Kinds of named places that are entered without being held."""


def bearers(token: Token) -> list[Token]:
    """Return the noun that an adjective or predicate noun speaks of: "dead" of "ten men dead", "were dead"."""
    found = [word for child in token.children if child.dep_ in {"nsubj", "nsubjpass"} for word in expanded(child)]
    if found:
        return found
    if token.dep_ == "amod" or token.dep_ in {"acl", "relcl"}:
        return [token.head]
    if token.dep_ in {"acomp", "attr", "oprd", "xcomp", "ccomp", "advcl"} and token.head.pos_ in {"VERB", "AUX"}:
        objects = [word for child in token.head.children if child.dep_ == "dobj" for word in expanded(child)]
        return objects or surface_subjects(token.head)
    if token.dep_ == "pobj" and token.head.head.lemma_ in {"leave", "put", "keep", "find"}:
        # "left the guards in control of the port": who is in control is whom it left there
        objects = [word for child in token.head.head.children if child.dep_ == "dobj" for word in expanded(child)]
        if objects and token.head.head.pos_ == "VERB":
            return objects
    if token.dep_ == "conj":
        return bearers(token.head)
    if token.dep_ == "pobj" and token.head.head.pos_ in {"VERB", "AUX"}:
        return surface_subjects(token.head.head)
    if token.dep_ == "pobj" and token.head.head.dep_ == "advmod" and token.head.head.head.pos_ in {"VERB", "AUX"}:
        return surface_subjects(token.head.head.head)  # "is back in the hands of"
    if token.dep_ == "pobj" and token.head.head.pos_ in {"NOUN", "PROPN"} and token.head.head.dep_ != "pobj":
        return expanded(token.head.head)  # "the villages, now in their hands"
    if token.dep_ == "pobj" and token.head.head.dep_ == "pobj" and token.head.head.head.head.pos_ in {"VERB", "AUX"}:
        return surface_subjects(token.head.head.head.head)  # "were enrolled in companies under the flag of …"
    return []


def fits(scene: Scene, token: Token, path: str, wanted: frozenset[str]) -> bool:
    """Return whether a trigger's condition holds: one of ``wanted`` stands at the end of ``path`` ("in|at": of one of them)."""
    asked = scene.asked
    if asked.token is not token:
        asked.start(token)
    words = asked.words.get(path)
    if words is None:
        words = [word for one in path.split("|") for word in _standing(scene, token, one)]
        words += [inner for word in words if scene.is_quantity(word) for inner in argument_path(word, "of")]
        asked.words[path] = words
    if not wanted or not words:
        return bool(words)
    classes = _classes(wanted)
    for word in words:
        lower = word.lower_
        if (
            lower in wanted
            or word.lemma_.lower() in wanted
            or (word.pos_ == "PROPN" and lower[-1:] == "s" and lower[:-1] in wanted)
        ):
            return True
        for name in classes:
            answer = asked.answers.get((word.i, name))
            if answer is None:
                answer = asked.answers[word.i, name] = _is(scene, word, name)
            if answer:
                return True
    return False


@cache
def _classes(wanted: frozenset[str]) -> tuple[str, ...]:
    """Return the classes ("@people") among the words of a condition, in order."""
    return tuple(sorted(word for word in wanted if word[0] == "@"))


def _standing(scene: Scene, token: Token, path: str) -> list[Token]:
    if path == "itself":
        return [token]
    if path == "self":
        return [token.head] if token.dep_ in {"pobj", "pcomp"} else []
    if path == "verb":
        return _carriers(token)
    if path == "none":
        return [
            child
            for child in token.children
            if child.dep_ == "dobj" and (child.lower_ == "nothing" or any(c.lower_ == "no" for c in child.children))
        ]
    if path == "adverb":
        return [child for child in token.children if child.dep_ == "advmod"]
    if path == "counted":
        whom = [token, *argument_path(token, "of")]
        return [word for word in whom if scene.count_of(word) is not None]
    if path == "subject":
        return bearers(token)
    if path == "nsubj":
        own = any(child.dep_ in {"nsubj", "csubj"} for child in token.children)
        own = own or (token.dep_ == "conj" and token.tag_ == "VBD")  # "deserted and surrendered"
        return surface_subjects(token) if own else []
    if path == "support":
        return _carrying(token)
    if path == "ongoing":
        return [token] if token.tag_ == "VBG" and token.dep_ in {"acl", "relcl", "ROOT"} else []
    if path == "attempt":
        return [token] if is_attempt(token) else []
    if path == "there":
        return [child for child in token.children if child.lower_ in {"there", "here", "inside", "nearby"}]
    if path == "distance":
        return [
            child for child in token.children if child.dep_ in {"npadvmod", "dobj", "advmod", "prep"} and _far(child)
        ]
    if path == "present":
        return [token] if _present(token) else []
    if path == "any":
        return [child for child in token.subtree if child != token]
    if path == "prt":
        return [c for c in token.children if c.dep_ in {"prt", "advmod"} or (c.dep_ == "prep" and c.lower_ == "out")]
    if path in {"out", "in"} and token.pos_ in {"VERB", "AUX"}:
        return [*(child for child in token.children if child.lower_ == path), *argument_path(token, path)]
    return argument_path(token, path)


def _carrying(noun: Token) -> list[Token]:
    """Return the verb that a noun is the subject or object of, and what that verb says of it: "soured", "are tense"."""
    current = noun
    for _ in range(3):
        if current.dep_ != "conj" or current.head.pos_ != "NOUN":
            break
        current = current.head
    if current.dep_ == "pobj" and current.head.lower_ == "of" and current.head.head.pos_ == "NOUN":
        return [current.head.head]  # "the failure of the talks"
    if current.dep_ not in {"nsubj", "nsubjpass", "dobj"} or current.head.pos_ not in {"VERB", "AUX"}:
        return []
    verb = current.head
    return [verb, *[child for child in verb.children if child.dep_ in {"acomp", "oprd", "attr"}]]


def _far(word: Token) -> bool:
    """Return whether a word beside a verb measures a way: "six kilometres"."""
    words = [word, *word.children] if word.dep_ in {"advmod", "prep"} else [word]
    return any(one.lemma_.lower() in LENGTHS and one.pos_ == "NOUN" for one in words)


def _present(verb: Token) -> bool:
    """Return whether a verb tells what goes on: "occupy", "are occupying", "still occupied" and no deed that is done."""
    if verb.tag_ in {"VBZ", "VBP"} and not any(child.dep_ in {"aux", "auxpass"} for child in verb.children):
        return True
    if verb.tag_ == "VBG" and any(child.dep_ == "aux" and child.lemma_ == "be" for child in verb.children):
        return True
    if verb.tag_ == "VBN" and any(child.dep_ == "prep" and child.lower_ == "since" for child in verb.children):
        return True
    if verb.tag_ == "VB" and verb.dep_ == "xcomp" and verb.head.lemma_ in {"continue", "remain"}:
        return True
    return any(child.dep_ == "advmod" and child.lower_ in {"still", "now"} for child in verb.children)


def _carriers(noun: Token) -> list[Token]:
    """Return the verbs of whose clause a noun is the subject, the object or a complement: "broke" of "violence broke out"."""
    current = noun
    for _ in range(3):
        if current.dep_ != "conj" or current.head.pos_ not in {"NOUN", "PROPN"}:
            break
        current = current.head
    head = current.head.head if current.dep_ == "pobj" else current.head
    found = [head] if head.pos_ in {"VERB", "AUX"} and head != noun else []
    return found + [child for child in noun.children if child.dep_ in {"acl", "relcl"}]


def _is(scene: Scene, token: Token, name: str) -> bool:
    name = name[1:]
    if name == "place":
        return scene.is_place(token)
    if name == "spot":
        return scene.is_place(token) or _for_a_place(scene, token)
    if name == "town":
        return _settled(scene, token)
    if name == "people":
        return scene.is_people(token)
    if name == "armed":
        return scene.is_armed(token)
    if name == "actor":
        held = scene.mention(token)
        if held is not None:
            return scene.index.antecedent(held).kind == "actor"
        return scene.is_a(token, "fighters") or (scene.is_people(token) and bool(scene.parties(token)))
    if name == "anybody":
        return _somebody(scene, token)
    if name == "civil":
        held = scene.mention(token)
        return held is not None and scene.unarmed(held)
    if name == "power":
        return _acts(scene, token)
    if name == "named":
        return token.pos_ == "PROPN"
    if name == "captives":
        return scene.is_captive(token)
    if name == "person":
        held = scene.mention(token, ("person",))
        return held is not None
    if name == "speaker":
        return scene.mention(token, ("actor", "person", "source")) is not None
    if name == "share":
        return (
            token.lemma_.lower() in AREAS
            or scene.count_of(token, ("percent",)) is not None
            or any(item.kind == "percent" for item in scene.amounts_within(*place(token)))
        )
    if name == "deadly":
        return scene.count_of(token) is not None
    return scene.is_a(token, name)


def _somebody(scene: Scene, token: Token) -> bool:
    """Return whether a word stands for a human being: of a class of people or fighters, a name, a pronoun, or by its ending."""
    if token.lower_ in PERSONAL or scene.is_people(token) or scene.is_a(token, "fighters"):
        return True
    if scene.mention(token) is not None:
        return True
    if token.pos_ != "NOUN" or any(
        scene.is_a(token, name) for name in ("goods", "buildings", "place", "arms", "losses")
    ):
        return False
    lemma = token.lemma_.lower()
    return len(lemma) > MOST_SHORT and lemma.endswith(DOERS) and lemma not in NO_DOERS


def _for_a_place(scene: Scene, token: Token) -> bool:
    """Return whether "it" or "them" may stand for a place: nobody that acts is known to be meant by it."""
    if token.pos_ == "PROPN" and scene.index.of(token) is None:
        return True  # a name that nothing else is known of
    if token.lower_ == "it":
        return True  # a party is not taken, held or lost; things that are have an entry of their own
    if token.lower_ not in {"them", "both"}:
        return False
    held = scene.mention(token)
    return held is None or scene.index.antecedent(held) is held


def _acts(scene: Scene, token: Token) -> bool:
    """Return whether a word stands for a party, a country among them, or for somebody's forces."""
    state = scene.mention(token, ("place",))
    if state is not None and state.cue is not None and state.cue.kind == "country":
        return True
    held = scene.mention(token)
    if held is not None:
        last = scene.index.antecedent(held)
        return last.kind == "actor" and last.how != "pronoun" and not scene.unarmed(held)
    if any(child.dep_ == "amod" and child.ent_type_ in {"NORP", "GPE"} for child in token.children):
        return scene.is_people(token) or scene.is_a(token, "fighters") or token.lemma_.lower() in HELPERS
    fighting = scene.is_a(token, "fighters") or scene.is_a(token, "arms") or scene.is_a(token, "body")
    return fighting and bool(scene.parties(token))


def _settled(scene: Scene, token: Token) -> bool:
    """Return whether a word names a town, or is a noun for one."""
    held = scene.mention(token, ("place",))
    if token.lemma_.lower() in SETTLED:
        return True
    if held is None or held.how != "name":
        return False
    return held.cue is None or held.cue.kind not in OPEN
