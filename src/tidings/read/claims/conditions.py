"""The company a trigger word keeps: whether what its entry asks for stands where it should."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tidings.read.page import place
from tidings.read.roles import argument_path, expanded, surface_subjects

if TYPE_CHECKING:
    from spacy.tokens import Token

    from tidings.read.claims.scene import Scene

__all__ = ["bearers", "fits"]


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
    if token.dep_ == "conj":
        return bearers(token.head)
    if token.dep_ == "pobj" and token.head.head.pos_ in {"VERB", "AUX"}:
        return surface_subjects(token.head.head)
    if token.dep_ == "pobj" and token.head.head.dep_ == "pobj" and token.head.head.head.head.pos_ in {"VERB", "AUX"}:
        return surface_subjects(token.head.head.head.head)  # "were enrolled in companies under the flag of …"
    return []


def fits(scene: Scene, token: Token, path: str, wanted: frozenset[str]) -> bool:
    """Return whether a trigger's condition holds: one of ``wanted`` stands at the end of ``path``."""
    words = _standing(scene, token, path)
    if not wanted:
        return bool(words)
    words = words + [inner for word in words if scene.is_quantity(word) for inner in argument_path(word, "of")]
    return any(_is(scene, word, name) for word in words for name in wanted)


def _standing(scene: Scene, token: Token, path: str) -> list[Token]:
    if path == "self":
        return [token.head] if token.dep_ in {"pobj", "pcomp"} else []
    if path == "adverb":
        return [child for child in token.children if child.dep_ == "advmod"]
    if path == "counted":
        whom = [token, *argument_path(token, "of")]
        return [word for word in whom if scene.count_of(word) is not None]
    if path == "subject":
        return bearers(token)
    if path == "nsubj":
        own = any(child.dep_ in {"nsubj", "csubj"} for child in token.children)
        return surface_subjects(token) if own else []
    if path == "any":
        return [child for child in token.subtree if child != token]
    if path == "prt":
        return [c for c in token.children if c.dep_ in {"prt", "advmod"} or (c.dep_ == "prep" and c.lower_ == "out")]
    if path in {"out", "in"} and token.pos_ in {"VERB", "AUX"}:
        return [*(child for child in token.children if child.lower_ == path), *argument_path(token, path)]
    return argument_path(token, path)


def _is(scene: Scene, token: Token, name: str) -> bool:
    if not name.startswith("@"):
        return token.lemma_.lower() == name or token.lower_ == name
    name = name[1:]
    if name == "place":
        return scene.is_place(token)
    if name == "people":
        return scene.is_people(token)
    if name == "armed":
        return scene.is_armed(token)
    if name == "actor":
        held = scene.mention(token)
        if held is not None:
            return scene.index.antecedent(held).kind == "actor"
        return scene.is_a(token, "fighters") or (scene.is_people(token) and bool(scene.parties(token)))
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
        return scene.count_of(token, ("percent",)) is not None or any(
            item.kind == "percent" for item in scene.amounts_within(*place(token))
        )
    if name == "deadly":
        return scene.count_of(token) is not None
    return scene.is_a(token, name)
