"""Arabic words, numbers, places and speech, each by itself."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tidings.model import DocId, Document, Reading, sha256_hex
from tidings.read.ar import reader
from tidings.read.ar.numerals import number_at
from tidings.read.ar.tokens import plain, sentences, stems, tokens
from tidings.read.ar.words import data
from tidings.read.lexicon import Lexicon


@cache
def lexicon() -> Lexicon:
    return Lexicon.load()


def read(text: str) -> Reading:
    document = Document(id=DocId("d_1"), path="r.txt", sha256=sha256_hex(text.encode()), text=text, language="ar")
    (reading,) = reader(lexicon()).read([document])
    return reading


# --- words ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("word", ["الحسكة", "الحَسَكَة", "الحســكة", "الحسكه", "ال\u200cحسكة", "الحسكة\u200f"])
def test_spellings_of_one_word_are_one(word: str):
    """Vowel signs, tatweel, unseen characters and the two letters for a final sound make no difference."""
    assert plain(word) == "الحسكه"


@pytest.mark.parametrize(
    ("word", "name", "left"),
    [
        ("بالحسكة", "حسكه", "حسكة"),
        ("والحسكة", "حسكه", "حسكة"),
        ("للحسكة", "حسكه", "حسكة"),
        ("وبالحسكة", "حسكه", "حسكة"),
        ("بِـالحسكة", "حسكه", "حسكة"),
        ("وحلب", "حلب", "حلب"),
    ],
)
def test_clitics_come_off_and_what_is_left_stands_in_the_text(word: str, name: str, left: str):
    """The words for "and", "in", "for" and "the" are taken off; the offset says where the name begins."""
    (stem,) = [stem for stem in stems(word) if stem.word == name][:1]
    assert word[stem.skip :] == left


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="وبلفكاسحة\u064eـ\u200f 12.\n،", max_size=40))
def test_tokens_stand_at_their_offsets(text: str):
    """Every token is a slice of the text, in order, and every stem begins inside its token."""
    found = tokens(text)
    assert [text[token.start : token.end] for token in found] == [token.text for token in found]
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(0 <= stem.skip <= len(token.text) for token in found for stem in stems(token.text))
    assert [token for line in sentences(text) for token in line.tokens] == found


# --- numbers ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "low", "high"),
    [
        ("٢٠", 20, 20),
        ("۲۰", 20, 20),
        ("1,200", 1200, 1200),
        ("١٬٢٠٠", 1200, 1200),
        ("12 ألفا", 12000, 12000),
        ("3 آلاف", 3000, 3000),
        ("خمسة", 5, 5),
        ("خمسة عشر", 15, 15),
        ("اثني عشر", 12, 12),
        ("خمسة وعشرين", 25, 25),
        ("مئة وخمسون", 150, 150),
        ("مئة وخمسة وعشرين", 125, 125),
        ("مائتين وثلاثين", 230, 230),
        ("ألفين ومئة", 2100, 2100),
        ("ثلاثمائة ألف", 300000, 300000),
        ("عشرات", 24, 99),
        ("المئات", 200, 999),
        ("آلاف", 2000, 9999),
        ("عشرات الآلاف", 24000, 99999),
        ("مئات الآلاف", 200000, 999999),
        ("ما لا يقل عن 20", 20, None),
        ("لا يقل عن عشرين", 20, None),
        ("أكثر من مئة", 101, None),
        ("ما يزيد على 30", 31, None),
        ("نحو 30", 30, 30),
        ("حوالي ٣٠", 30, 30),
        ("أقل من 10", None, 9),
        ("ما يصل إلى 50", None, 50),
        ("بين 10 و15", 10, 15),
        ("ما بين 10 و 15", 10, 15),
        ("من 10 إلى 15", 10, 15),
        ("10-15", 10, 15),
        ("20 على الأقل", 20, None),
        ("بأكثر من 20", 21, None),
    ],
)
def test_numbers_are_intervals(words: str, low: int | None, high: int | None):
    """Figures of three scripts, words, floors, ceilings and vague plurals follow the coding guide."""
    line = tokens(words)
    found = number_at(line, 0)
    assert found is not None
    assert (found.low, found.high, found.last) == (low, high, len(line))


@pytest.mark.parametrize(
    "words", ["M23", "F-16", "12/5", "10:30", "50%", "1.5", "الاثنين", "من البيت", "بين الناس", "ما لا يقل"]
)
def test_what_is_no_count_is_no_number(words: str):
    """Names, dates, hours, shares, decimals and Mondays are left alone."""
    line = tokens(words)
    assert all(number_at(line, at) is None for at in range(len(line)))


@settings(max_examples=100, deadline=None)
@given(st.integers(1, 10**9))
def test_figures_of_every_script_have_one_value(value: int):
    """Western, Arabic-Indic and Persian figures of a number are that number."""
    shown = str(value)
    scripts = (shown, *(shown.translate({48 + n: start + n for n in range(10)}) for start in (0x660, 0x6F0)))
    for words in scripts:
        found = number_at(tokens(words), 0)
        assert found is not None
        assert (found.low, found.high) == (value, value)


# --- places -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "text", "core", "kind"),
    [
        ("دخلت القوات مدينة الحسكة", "مدينة الحسكة", "الحسكة", "city"),
        ("وصلوا إلى حسكة", "حسكة", "حسكة", ""),
        ("اشتباكات بالحسكة", "الحسكة", "الحسكة", ""),
        ("طريق يؤدي للحسكة", "حسكة", "حسكة", ""),
        ("قصف ببلدة كفر نبل", "بلدة كفر نبل", "كفر نبل", "town"),
        ("في ريف حلب الشمالي", "ريف حلب الشمالي", "حلب", "region"),
        ("في الغوطة الشرقية", "الغوطة الشرقية", "الغوطة الشرقية", ""),
        ("نزحوا من مخيم عين الحلوة", "مخيم عين الحلوة", "عين الحلوة", "camp"),
        ("في ولاية جنوب كردفان", "ولاية جنوب كردفان", "جنوب كردفان", "province"),
        ("قرب حاجز قلنديا", "حاجز قلنديا", "قلنديا", "checkpoint"),
        ("معارك شمال مدينة تعز", "شمال مدينة تعز", "تعز", "city"),
        ("في سوريا", "سوريا", "سوريا", "country"),
    ],
)
def test_a_place_is_found_by_the_words_before_it(words: str, text: str, core: str, kind: str):
    """Kinds of place, clitics, articles and adjectives of the compass: the mention holds the words, the core the name."""
    (place,) = [mention for mention in read(words + ".").mentions if mention.kind == "place"]
    assert (place.text, place.core, place.cue.kind if place.cue else "") == (text, core, kind)


@pytest.mark.parametrize(
    "words",
    ["في مدينة أخرى", "منطقة سكنية", "المدينة القديمة", "بلدة كانت هادئة", "مخيم للنازحين", "قوات سوريا الديمقراطية"],
)
def test_a_kind_of_place_without_a_name_is_no_place(words: str):
    """Adjectives, verbs and the names of parties name no place."""
    assert [mention.text for mention in read(words).mentions if mention.kind == "place"] == []


def test_a_name_once_introduced_is_known_in_the_whole_report():
    """After "the town of Haydan" a mere "in Haydan" and "Haydan" behind a clitic are found."""
    text = "قصفت طائرات بلدة حيدان في محافظة صعدة. وقال سكان إن القصف في حيدان استمر. وغادر كثيرون إلى صعدة وحيدان."
    found = [mention for mention in read(text).mentions if mention.kind == "place"]
    parents = {mention.id: mention for mention in found}
    assert [mention.text for mention in found] == ["بلدة حيدان", "محافظة صعدة", "حيدان", "صعدة", "حيدان"]
    cue = found[0].cue
    assert cue is not None
    assert (parents[cue.parent or ""].core, cue.parent_said) == ("صعدة", True)


# --- speech -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "chain", "kind", "quote"),
    [
        ("قال محافظ مأرب إن الطريق مغلق.", ["محافظ مأرب"], "official", "الطريق مغلق"),
        ("أعلن الجيش الأوكراني أن قواته انسحبت.", ["الجيش الأوكراني"], "belligerent", "قواته انسحبت"),
        ("أفاد ناشطون بأن القصف توقف.", ["ناشطون"], "activist", "القصف توقف"),
        ("ذكرت وكالة سانا أن الوضع هادئ.", ["وكالة سانا"], "outlet", "الوضع هادئ"),
        ("وأكد شهود عيان أن المعارك مستمرة.", ["شهود عيان"], "witness", "المعارك مستمرة"),
        ("قال طبيب في مستشفى المدينة إن الأدوية نفدت.", ["طبيب في مستشفى المدينة"], "medic", "الأدوية نفدت"),
        ("القصف توقف، بحسب سكان محليين.", ["سكان محليين"], "resident", "القصف توقف"),
        ("القصف توقف وفقا لمصدر أمني.", ["مصدر أمني"], "official", "القصف توقف"),
        ("القصف توقف نقلا عن قناة العربية.", ["قناة العربية"], "outlet", "القصف توقف"),
        (
            "نقلت صحيفة محلية عن مصدر مطلع أن المفاوضات فشلت.",
            ["صحيفة محلية", "مصدر مطلع"],
            "anonymous",
            "المفاوضات فشلت",
        ),
        ("قالت مصادر طبية لرويترز إن المستشفى قصف.", ["رويترز", "مصادر طبية"], "medic", "المستشفى قصف"),
        ("قال المتحدث: «لن ننسحب من المدينة أبدا».", ["المتحدث"], "official", "لن ننسحب من المدينة أبدا"),
        ("المرصد السوري: المعارك مستمرة", ["المرصد السوري"], "monitor", "المعارك مستمرة"),
        ("وقالت الأمم المتحدة إن آلاف السكان فروا.", ["الأمم المتحدة"], "agency", "آلاف السكان فروا"),
    ],
)
def test_who_says_what(text: str, chain: list[str], kind: str, quote: str):
    """Verbs of saying, "according to", outlets told or passing on, labels: the chain ends with who says it."""
    reading = read(text)
    mentions = {mention.id: mention.text for mention in reading.mentions}
    (row,) = reading.attributions
    assert ([mentions[link] for link in row.chain], row.source_kind, row.quote) == (chain, kind, quote)
    assert row.source_text == chain[-1]


def test_why_a_source_is_unnamed_is_kept():
    """The reason stands in the words of the report."""
    (row,) = read("قال ضابط، طلب عدم الكشف عن اسمه لأسباب أمنية، إن الجسر دمر.").attributions
    assert row.unnamed_because == "طلب عدم الكشف عن اسمه لأسباب أمنية"


def test_a_denial_has_its_verdict():
    """What is denied is marked so, with the words that are denied."""
    (row,) = read("ونفت الحكومة الإثيوبية أن تكون طائراتها قصفت المدرسة.").attributions
    assert (row.verdict, row.source_text) == ("denied", "الحكومة الإثيوبية")


@pytest.mark.parametrize("text", ["بين القتال والهدوء أيام.", "ذكر وأنثى", "قول الحق صعب", "الطبيب في المستشفى"])
def test_no_speech_where_nobody_speaks(text: str):
    """Words that look like verbs of saying open nothing without "that", a colon or marks."""
    assert read(text).attributions == ()


# --- data ---------------------------------------------------------------------------------------------------------------


def test_parties_are_those_of_the_wars():
    """Every party of the Arabic lexicon is an entry or state that the wars' files know under the same id."""
    known = lexicon()
    missing = [ident for ident in data()["party"] if known.entry(ident) is None]
    nouns = [noun["english"] for noun in data()["people"] if known.group(noun["english"]) is None]
    countries = [code for code in {**data()["country"], **data()["adjective"]} if code not in known.countries]
    assert (missing, nouns, countries) == ([], [], [])
