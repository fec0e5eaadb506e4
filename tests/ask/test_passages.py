"""Reports cut into passages."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tidings.ask import passages
from tidings.ask.passages import LONGEST
from tidings.model import DocId, Document, Sha256

WORDS = st.text(alphabet=st.sampled_from("ab é.!? \n‮الح"), max_size=6000)


def document(text: str) -> Document:
    return Document(id=DocId("d_1"), path="a.txt", sha256=Sha256("f"), text=text)


@given(text=WORDS)
def test_every_letter_lies_in_one_passage(text: str):
    """Passages are slices of the text in order, none overlaps another, and only white space lies between them."""
    cut = passages(document(text))
    at = 0
    for passage in cut:
        assert not text[at : passage.start].strip()
        assert text[passage.start : passage.start + len(passage.text)] == passage.text
        assert passage.text.strip()
        at = passage.start + len(passage.text)
    assert not text[at:].strip()


@given(text=WORDS)
def test_no_passage_is_longer_than_the_bound(text: str):
    """A passage holds at most the bound, however long a paragraph is."""
    assert all(len(passage.text) <= LONGEST for passage in passages(document(text)))


def test_a_long_paragraph_is_cut_after_a_sentence():
    """A paragraph beyond the bound is cut where a sentence ends."""
    sentence = "The garrison of Taiz held the hill for another night. "
    cut = passages(document(sentence * 60))

    assert len(cut) == 2
    assert cut[0].text.endswith("night. ") or cut[0].text.endswith("night.")
    assert cut[1].text.startswith("The garrison")
