"""Near copies among very many texts: the same as comparing every pair."""

from __future__ import annotations

import random
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tidings.gather import copies
from tidings.gather.copies import mark_copies, near_copies
from tidings.gather.marks import marks
from tidings.model import DocId
from tidings.testing import doc
from tidings.text.shingles import COPY, ENOUGH, FEWEST, containment, shingles

DICE = random.Random(4)  # noqa: S311
WORDS = [a + b + c for a in "bdgklm" for b in "aeiou" for c in ("ra", "ne", "to", "shi")]


def text(size: int = 90) -> str:
    return " ".join(DICE.choice(WORDS) for _ in range(size))


def by_pairs(texts: dict[str, str]) -> list[tuple[str, str, float]]:
    """Compare every pair in full."""
    sets = {key: shingles(words) for key, words in texts.items()}
    found = []
    for a, b in combinations(sorted(texts), 2):
        least = FEWEST if sets[a] == sets[b] else ENOUGH
        part = containment(sets[a], sets[b])
        if min(len(sets[a]), len(sets[b])) >= least and part >= COPY and len(texts[a].split()) > 4:
            found.append((a, b, round(part, 4)))
    return found


def test_copies_of_every_kind_are_found_with_their_share() -> None:
    """Cut, lengthened, changed and equal texts are found as comparing every pair finds them."""
    own = [text() for _ in range(30)]
    texts = {f"o{number}": words for number, words in enumerate(own)}
    for number, words in enumerate(own[:20]):
        split = words.split()
        for at in DICE.sample(range(len(split)), number % 8):
            split[at] = "changed"
        texts[f"c{number}"] = " ".join(split[number:] + ([text(40)] if number % 2 else []))
    texts["e"] = texts["o3"].upper()

    assert near_copies(list(texts.items())) == by_pairs(texts)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(st.sampled_from("aéE\u0301 ,.ßﬁ\nقش１_b"), max_size=80), max_size=6))
def test_shingles_are_those_of_the_slow_way(texts: list[str]) -> None:
    """Accents, case, scripts and marks fold alike: each text has as many shingles, and two share as many, as by the slow way."""
    found, where = marks(texts)
    fast = [set(found[where == number].tolist()) for number in range(len(texts))]
    slow = [shingles(one) if len(one_words(one)) >= 5 else frozenset() for one in texts]

    assert [len(one) for one in fast] == [len(one) for one in slow]
    for a, b in combinations(range(len(texts)), 2):
        assert len(fast[a] & fast[b]) == len(slow[a] & slow[b])


def one_words(words: str) -> list[str]:
    from tidings.text.shingles import words as folded

    return folded(words)


def test_the_order_of_texts_does_not_matter() -> None:
    """The same texts in another order give the same pairs."""
    texts = [(f"t{number}", text()) for number in range(20)] + [("z", "")]
    texts += [(f"u{number}", words + " " + text(20)) for number, (_, words) in enumerate(texts[:5])]
    shuffled = texts[:]
    DICE.shuffle(shuffled)

    assert near_copies(shuffled) == near_copies(texts)
    assert len(near_copies(texts)) == 5


def test_a_flood_of_copies_is_found_by_the_first(monkeypatch: pytest.MonkeyPatch) -> None:
    """A text that hundreds print is paired with the first of them; a motto that all carry makes no copies."""
    monkeypatch.setattr(copies, "MOST_HOLDERS", 5)
    motto = "we print what we are told by those who saw it with their own eyes"
    flood = text()
    texts = {f"f{number:02}": f"{flood} {motto}" for number in range(20)}
    texts |= {f"o{number:02}": f"{text()} {motto}" for number in range(20)}

    found = near_copies(list(texts.items()))

    assert {(a, b) for a, b, _ in found} == {("f00", f"f{number:02}") for number in range(1, 20)}


def test_forms_filled_in_by_many_do_not_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where too many pairs would be written out, the most common shingles are held to be furniture."""
    monkeypatch.setattr(copies, "MOST_PAIRS", 100)
    form = text(30)
    texts = [(f"t{number:02}", f"{form} {text(80)}") for number in range(40)]
    texts.append(("zz", texts[7][1] + " " + text(10)))

    assert ("t07", "zz") in {(a, b) for a, b, _ in near_copies(texts)}


def test_documents_are_marked_with_the_first_of_their_copies() -> None:
    """The one published first is copied by the others, a copy of a copy too; a known day is nobody's copy."""
    from dataclasses import replace

    words = text()
    days = {"a": "2014-03-07", "b": "2014-03-05", "c": "", "d": "2014-03-06"}
    held = [replace(doc(f"{words} {name * 3}", published=day), id=DocId(name)) for name, day in days.items()]
    held.append(replace(doc(words, known=True), id=DocId("k")))
    held.append(replace(doc(text()), id=DocId("z")))

    assert {one.id: one.copy_of for one in mark_copies(held)} == {
        "a": "b",
        "b": "",
        "c": "b",
        "d": "b",
        "k": "",
        "z": "",
    }
    assert mark_copies([]) == ()
