"""Parsed words as plain objects: they answer as the parser's own tokens do, each worked out once."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tidings.read.page import Page, place

Parse = Callable[[str], Page]

REPORT = """Shelling in Bahri kills four

KHARTOUM (Agency) \u2013 The army's artillery shelled the fuel depot near the old bridge on Monday, killing four drivers who had queued there since dawn, medics said. "We buried them at once," said Amna Osman, a nurse.

The governor \u2014 whose office did not reply \u2014 had promised, two days before, that nobody would be hit.
"""
LABELS = "i idx text lower_ lemma_ pos_ tag_ dep_ ent_type_ whitespace_ is_alpha is_punct is_quote is_sent_start is_space like_num is_oov"
OTHERS = "children lefts rights subtree ancestors"


def test_words_answer_as_the_parsers_tokens_do(parse: Parse) -> None:
    """Every label of a word, its head, the words under and over it and its sentence are those of the parse."""
    for paragraph in parse(REPORT).paragraphs:
        words = paragraph.parsed
        parsed = words.parse  # type: ignore[attr-defined]
        assert (words.text, len(words)) == (parsed.text, len(parsed))
        for word, token in zip(words, parsed, strict=True):
            assert {name: getattr(word, name) for name in LABELS.split()} == {
                name: getattr(token, name) for name in LABELS.split()
            }
            for name in OTHERS.split():
                assert [other.i for other in getattr(word, name)] == [other.i for other in getattr(token, name)]
            for name in ("head", "left_edge", "right_edge"):
                assert getattr(word, name).i == getattr(token, name).i
            assert (word.sent.start, word.sent.end) == (token.sent.start, token.sent.end)
            assert [word.is_ancestor(other) for other in words] == [token.is_ancestor(other) for other in parsed]


def test_runs_of_words_are_cut_as_the_parser_cuts_them(parse: Parse) -> None:
    """A slice, its text, its edges and its root are those of the parse, also where it is empty or reaches too far."""
    paragraph = parse(REPORT).paragraphs[1]
    words, parsed = paragraph.parsed, paragraph.parsed.parse  # type: ignore[attr-defined]
    cuts = [(0, 3), (4, 9), (2, None), (None, 5), (-4, -1), (7, 7), (9, 4), (3, 10_000)]
    for first, last in cuts:
        run, span = words[first:last], parsed[first:last]
        assert (run.start, run.end, run.text, len(run)) == (span.start, span.end, span.text, len(span))
        assert [word.i for word in run] == [token.i for token in span]
        if len(run):
            assert (run.root.i, run.start_char, run.end_char) == (span.root.i, span.start_char, span.end_char)
            assert (run[0].i, run[-1].i, run[1:].start) == (span[0].i, span[-1].i, span[1:].start)
    found, expected = words.char_span(6, 15, alignment_mode="expand"), parsed.char_span(6, 15, alignment_mode="expand")
    assert found is not None
    assert (found.start, found.end) == (expected.start, expected.end)
    assert words.char_span(1, 2) is None
    assert [(ent.text, ent.label_) for ent in words.ents] == [(ent.text, ent.label_) for ent in parsed.ents]


def test_a_word_is_one_object_with_its_place_in_the_document(parse: Parse) -> None:
    """However a word is reached it is the same object, and its place holds its text in the document."""
    page = parse(REPORT)
    for paragraph in page.paragraphs:
        for word in paragraph.parsed:
            start, end = place(word)
            assert page.text[start:end].replace("\u2013", "-") == word.text.replace("\u2013", "-")
            assert all(child.head is word for child in word.children)
            assert paragraph.tokens[word.i] is word


def test_no_word_stands_beyond_the_ends(parse: Parse) -> None:
    """Asking for a neighbour beyond the paragraph is an error, as it is with the parser's tokens."""
    words = parse(REPORT).paragraphs[0].parsed
    assert words[0].nbor().i == 1
    with pytest.raises(IndexError):
        words[0].nbor(-1)
