"""The Arabic reader as a whole: claims of sentences of our own, spans, wording, bad input."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tidings.model import DocId, Document, Mention, Reader, Reading, sha256_hex
from tidings.read import readers

sys.path.insert(0, str(Path(__file__).parent))

from cases import CLAIMS


@cache
def arabic() -> Reader:
    return next(reader for reader in readers() if "ar" in reader.languages)


def read(text: str, *, wrapped: bool = False) -> Reading:
    digest = sha256_hex(text.encode())
    document = Document(id=DocId("d_1"), path="r.txt", sha256=digest, text=text, language="ar", wrapped=wrapped)
    (reading,) = arabic().read([document])
    return reading


def told(reading: Reading) -> list[str]:
    """Return the claims as the lines of cases.py."""
    mentions = {mention.id: mention for mention in reading.mentions}

    def names(ids: tuple[str, ...], of: str) -> str:
        return " + ".join(shown(mentions[ident], of) for ident in ids)

    def shown(mention: Mention, of: str) -> str:
        return {"who": mention.known_as or mention.text, "where": mention.core, "says": mention.text}[of]

    return [
        " | ".join(
            [
                claim.type,
                claim.mode,
                "" if claim.count is None else f"{claim.count.low}..{claim.count.high}",
                names(claim.targets, "who"),
                names(claim.agents, "who"),
                names(claim.places, "where"),
                names(claim.chain, "says"),
            ]
        )
        for claim in sorted(reading.claims, key=lambda claim: (claim.trigger_start, claim.start))
    ]


def spans_hold(text: str, reading: Reading) -> None:
    rows = [(m.start, m.end, m.text) for m in reading.mentions]
    rows += [(a.start, a.end, a.quote) for a in reading.attributions]
    rows += [(c.start, c.end, c.quote) for c in reading.claims]
    rows += [(t.start, t.end, t.text) for t in reading.times]
    assert [text[start:end] for start, end, _ in rows] == [words for _, _, words in rows]
    known = {m.id for m in reading.mentions}
    for claim in reading.claims:
        assert {*claim.agents, *claim.targets, *claim.places, *claim.chain} <= known
        assert claim.start < claim.end
        assert claim.reader == reading.reader
        assert claim.rule.startswith("ar.harm.")
        assert claim.confidence <= 0.6


@pytest.mark.parametrize(("text", "claims"), CLAIMS, ids=[str(number) for number in range(len(CLAIMS))])
def test_casualties_are_read_with_all_their_slots(text: str, claims: list[str]):
    """Each sentence gives its claims: measure, mode, interval, whom, by whom, where, through whom."""
    reading = read(text)

    assert told(reading) == claims
    spans_hold(text, reading)


@pytest.mark.parametrize("text", [text for text, _ in CLAIMS])
def test_vowel_signs_tatweel_and_unseen_characters_change_nothing(text: str):
    """A text with marks between its letters and in a right-to-left frame is read as without them."""
    marked = "\u202b" + text.replace("ل", "ل\u200d").replace("ت", "تـ").replace("م", "م\u064e") + "\u202c"
    plain = [(c.type, c.mode, c.count and (c.count.low, c.count.high), c.rule) for c in read(text).claims]

    assert [(c.type, c.mode, c.count and (c.count.low, c.count.high), c.rule) for c in read(marked).claims] == plain
    spans_hold(marked, read(marked))


@pytest.mark.parametrize(
    ("plain", "loaded"),
    [("مقتل", "استشهاد"), ("قتل", "استشهد"), ("قتلى", "شهداء"), ("مقاتلين", "إرهابيين"), ("مسلحين", "مرتزقة")],
)
def test_loaded_words_are_coded_as_plain_ones(plain: str, loaded: str):
    """The same sentence with a camp's word gives the same claim; the word itself stays in the quote."""
    text = {
        "مقتل": "أعلنت السلطات السودانية مقتل ستة جنود في مدينة سنار.",
        "قتل": "قتل خمسة مدنيين في غارة إسرائيلية على مدينة صيدا.",
        "قتلى": "سقط سبعة قتلى من المدنيين في مدينة تعز.",
        "مقاتلين": "مقتل تسعة مقاتلين في بلدة دوما",
        "مسلحين": "مقتل ثلاثة مسلحين في مدينة درنة",
    }[plain]
    changed = text.replace(plain, loaded)

    assert told(read(changed)) == told(read(text))
    assert told(read(text))
    assert loaded in read(changed).claims[0].quote


def test_who_goes_on_speaking_is_inherited_and_the_city_is_the_one_named_last():
    """The words "he added" keep the speaker, "the city" the place; both say so."""
    text = (
        "أفاد المرصد السوري لحقوق الإنسان بمقتل أربعة مدنيين في مدينة الحسكة.\n"
        "وأضاف أن ستة أطفال أصيبوا في المدينة، مشيرا إلى أن جنديا قتل أيضا."
    )
    reading = read(text)
    mentions = {mention.id: mention for mention in reading.mentions}

    assert [(row.cue, row.source_text, row.inherited) for row in reading.attributions] == [
        ("أفاد", "المرصد السوري لحقوق الإنسان", False),
        ("وأضاف", "المرصد السوري لحقوق الإنسان", True),
        ("مشيرا", "المرصد السوري لحقوق الإنسان", True),
    ]
    (wounded,) = [claim for claim in reading.claims if claim.type == "wounded"]
    (city,) = (mentions[place] for place in wounded.places)
    assert (city.text, city.how, mentions[city.refers_to or ""].core) == ("المدينة", "description", "الحسكة")


def test_mixed_directions_are_read_and_foreign_sentences_named():
    """Latin names inside Arabic are speakers; an English sentence is left to its own reader, and that is said."""
    text = (
        "قال متحدث باسم منظمة Mwatana إن خمسة مدنيين قتلوا في مدينة تعز (Taiz).\n"
        "Five civilians were killed in Taiz, a spokesman said."
    )
    reading = read(text)

    assert told(reading) == ["killed | asserted | 5..5 | civilians |  | تعز | متحدث باسم منظمة Mwatana"]
    assert "sentences mostly in another script that were not read: 1" in reading.given_up
    spans_hold(text, reading)


@pytest.mark.parametrize(
    "text", ["", "12 345 ٦٧٨ 90,000 1.5", "\u200f\u200e\u064b", "ـــ", "و ب ل ك", ":::", "«»«»", "٪٪", "مقتل", "قال إن"]
)
def test_pages_without_words_give_nothing(text: str):
    """Digits, marks, signs and single letters are read in peace and hold no claim."""
    assert read(text).claims == ()


def test_a_sentence_without_end_is_read_in_pieces():
    """A sentence of thousands of words is cut, and the reading says so."""
    text = "قتل خمسة مدنيين في مدينة تعز و" + "ذهب الناس إلى السوق " * 2000
    reading = read(text)

    assert told(reading)[0] == "killed | asserted | 5..5 | civilians |  | تعز | "
    assert any("read in pieces" in sentence for sentence in reading.given_up)


def test_what_the_reader_does_not_read_is_said():
    """Every reading names the limits of the reader."""
    assert "other kinds of claim were not read" in read("قتل جندي في تعز.").given_up[0]


_PIECES = st.sampled_from(
    "قتل مقتل إصابة خمسة عشرات مئة 12 ٣٠ و ب مدنيين جنود آخرين أكثر من ما لا يقل عن قال إن أن بحسب نقلا عن المرصد السوري مدينة الحسكة "
    "ريف حي في بينهم طفلان الجيش إسرائيلية غارة على يد لم ، . : « » \n abc 5% - بين إلى ألف مصدر طبي لوكالة رويترز نفى".split(
        " "
    )
)


@settings(max_examples=150, deadline=None)
@given(st.lists(_PIECES, max_size=30))
def test_any_order_of_words_keeps_spans_and_intervals(pieces: list[str]):
    """Whatever the words, every quote stands at its offsets, every slot is known and no interval is turned round."""
    text = " ".join(pieces)
    spans_hold(text, read(text))
    assert read(text) == read(text)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=80))
def test_any_text_keeps_its_spans(text: str):
    """No text of any script breaks the reader or its offsets."""
    spans_hold(text, read(text))


@pytest.mark.parametrize(
    "text",
    [
        "فاز المنتخب المصري على نظيره الليبي بثلاثة أهداف مقابل هدف واحد في مدينة الإسكندرية.",
        "أصيب اللاعب في الدقيقة 30 وخرج من الملعب.",
        "فقد الدولار 3 بالمئة من قيمته خلال 2015.",
        "جرح المجتمع عميق ولن يندمل بعد 10 سنوات.",
        "تسبب القصف في إصابة 5 منازل بأضرار في مدينة تعز.",
        "وصل 1500 نازح إلى مخيم كلمة هربا من القتال.",
    ],
)
def test_words_of_harm_that_harm_nobody_make_no_claim(text: str):
    """Sport, money, houses and figures of speech count no casualties."""
    assert told(read(text)) == []
