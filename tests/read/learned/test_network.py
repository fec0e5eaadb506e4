"""The network: chances that sum to one, the same alone and in company, bounded in length."""

from __future__ import annotations

import numpy as np
import pytest

from tidings.read.learned import load_network, network_stamp
from tidings.read.learned import network as module
from tidings.read.learned.network import MOST_PIECES, NOTHING
from tidings.read.learned.wordpiece import pieces

SENTENCES = [
    "Gunmen torched the granary at Bor before dawn .",
    "The minister opened a trade fair .",
    "Nobody is let through at the bridge .",
]


def numbers(sentence):
    held = load_network().vocabulary
    return [number for word in sentence.split() for number in pieces(word, held)]


def test_chances_of_each_piece_sum_to_one():
    """Each piece of each sentence has one row of chances, one for each answer."""
    network = load_network()
    for sentence, rows in zip(SENTENCES, network([numbers(one) for one in SENTENCES]), strict=True):
        assert rows.shape == (len(numbers(sentence)), len(network.answers))
        assert np.allclose(rows.sum(axis=1), 1.0, atol=1e-4)


def test_a_sentence_is_answered_alike_alone_and_among_others(monkeypatch):
    """What stands beside a sentence, and how many go through at once, changes nothing in its answers."""
    network = load_network()
    together = network([numbers(one) for one in SENTENCES])
    monkeypatch.setattr(module, "TOGETHER", 3)
    for alone, rows in zip([network([numbers(one)])[0] for one in SENTENCES], together, strict=True):
        assert np.allclose(alone, rows, atol=1e-4)


def test_of_a_sentence_without_end_the_beginning_is_looked_at():
    """A sentence of ten thousand pieces is answered for its first ones."""
    (rows,) = load_network()([numbers("shelled") * 10_000])
    assert len(rows) == MOST_PIECES


def test_no_sentence_has_no_answer():
    """A page without sentences asks nothing."""
    assert load_network()([]) == []


def test_answers_are_kinds_and_types_of_the_coding_guide():
    """The first answer is that a word tells nothing; every other is a kind with one of its types."""
    from tidings.model import KINDS

    first, *others = load_network().answers
    assert first == NOTHING
    assert [name for name in others if name.split("/")[1] not in KINDS[name.split("/")[0]]] == []


def test_the_stamp_names_the_weights_by_their_hash():
    """A claim says which weights made it, so that other weights are another reader."""
    assert network_stamp().startswith("told sha256:")


@pytest.mark.parametrize(
    ("sentence", "word", "kind"),
    [
        ("Gunmen torched the granary at Bor before dawn .", "torched", "property"),
        ("The minister opened a trade fair .", "fair", ""),
    ],
)
def test_a_word_that_tells_is_told_from_one_that_does_not(sentence, word, kind):
    """A burnt granary is taken for destruction, a trade fair for nothing."""
    network = load_network()
    held = numbers(word)[0]
    (rows,) = network([numbers(sentence)])
    row = rows[numbers(sentence).index(held)]
    assert network.answers[int(row.argmax())].split("/")[0] == (kind or NOTHING)
