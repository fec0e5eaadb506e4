"""The learned reader: what it adds beside the rules, and that it says so."""

from __future__ import annotations

from tidings.gather import gather
from tidings.read.english import EnglishReader, read_page
from tidings.read.learned import Suggestion
from tidings.read.lexicon import Lexicon
from tidings.read.page import pages, place
from tidings.read.pipeline import load_pipeline

TEXT = "The herders unhoused forty families at Yei on Monday. The army shelled Yei on Tuesday."


def page_of(tmp_path, text=TEXT):
    (tmp_path / "one.txt").write_text(text, encoding="utf-8")
    return next(iter(pages(load_pipeline(), gather([tmp_path]).documents)))


def read(page, told):
    page.told = told
    reader = EnglishReader(Lexicon.load(), learned=True)
    return read_page(page, reader.lexicon, reader.stamp)


def word(page, text):
    return next(place(token)[0] for sentence in page.sentences for token in sentence.tokens if token.text == text)


def test_a_word_that_no_rule_reads_is_drafted_with_its_slots(tmp_path):
    """What the network takes to be told becomes a claim with the rule's name "learned", a low confidence and filled slots."""
    page = page_of(tmp_path)
    reading = read(page, {word(page, "unhoused"): Suggestion("displacement", "flight", 0.95)})
    found = [claim for claim in reading.claims if ".learned." in claim.rule]
    assert [(claim.kind, claim.type, page.text[claim.start : claim.end]) for claim in found] == [
        ("displacement", "flight", "The herders unhoused forty families at Yei on Monday")
    ]
    assert found[0].confidence <= 0.6
    assert found[0].reader.name == "en.learned"
    assert "told sha256:" in found[0].reader.model


def test_where_a_rule_speaks_the_network_does_not(tmp_path):
    """A word that an entry of the lexicon reads is not told twice."""
    page = page_of(tmp_path)
    plain = read(page, {}).claims
    again = read(page_of(tmp_path), {word(page, "shelled"): Suggestion("event", "shelling", 0.99)}).claims
    assert [(claim.kind, claim.type, claim.rule) for claim in again] == [
        (claim.kind, claim.type, claim.rule) for claim in plain
    ]


def test_the_rules_alone_ask_no_network(tmp_path):
    """Without the setting no claim is learned, and the stamp names the rules alone."""
    reader = EnglishReader(Lexicon.load())
    (tmp_path / "one.txt").write_text(TEXT, encoding="utf-8")
    readings = list(reader.read(gather([tmp_path]).documents))
    assert [claim.rule for reading in readings for claim in reading.claims if "learned" in claim.rule] == []
    assert reader.stamp.name == "en.rules"
