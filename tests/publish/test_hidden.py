"""Finding names: every script, every shape in which a name stands in a text, and what must be let stand."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tidings.publish.hidden import Hidden
from tidings.publish.people import _apart
from tidings.publish.pieces import pieces
from tidings.publish.wording import Words

LATIN = [
    "Omar Haddad",
    "Amal Khoury-Saad",
    "Zoran Kovačević",
    "José Ñáñez Peña",
    "Nguyễn Thị Hạnh",
    "Ayşe Yıldız",
    "Ó Briain Seán",
]
CYRILLIC = ["Сергей Петренко", "Ольга Шевчук", "Їжакевич Марія", "Руслан Абдулаев"]
GREEK = ["Γιώργος Παπαδόπουλος", "Ελένη Αλεξίου"]
CAUCASUS = ["Արամ Հակոբյան", "გიორგი მაისურაძე"]
ARABIC = ["خالد العلي", "فاطمة الزهراء حسين", "عبد الرحمن منصور", "مهسا امینی"]
HEBREW = ["יוסף כהן", "רבקה לוינסון"]
UNSPACED = ["张伟明", "李小龙", "山田太郎", "김철수", "สมชาย ใจดี", "အောင်ဆန်း", "សុខ ចាន់"]
INDIC = ["रमेश कुमार", "ரவி சங்கர்", "আবুল কালাম", "ተስፋዬ አበበ"]
NAMES = [*LATIN, *CYRILLIC, *GREEK, *CAUCASUS, *ARABIC, *HEBREW, *UNSPACED, *INDIC]

SHAPES = [
    "{}",
    "Witnesses saw {} fall.",
    "({}), 34",
    "“{}”",
    "{}’s brother",
    "{}'s",
    "({})/",
    "said {}.",
    "{}, {}; {}",
    "\u200f{}\u200e",
    "name={}&day=1",
]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("shape", SHAPES)
def test_a_name_is_found_in_every_shape(name: str, shape: str):
    """A whole name of any script is found in prose, brackets, quotation marks, possessives and beside other signs."""
    assert Hidden([(name, "n")]).find(shape.format(name, name, name))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKC", "NFKD"])
def test_a_name_is_found_however_its_signs_are_put_together(name: str, form: str):
    """Letters with marks are the same in one sign or in several."""
    assert Hidden([(name, "n")]).find(f"x {unicodedata.normalize(form, name)} x")


@pytest.mark.parametrize("name", [*LATIN, *CYRILLIC, *GREEK])
@pytest.mark.parametrize("between", ["-", "_", ".", "\n", "  ", "\u00a0", "", "/", "\u2010", "+"])
def test_a_name_is_found_however_its_words_are_joined(name: str, between: str):
    """A name in an address, a file name or a broken line is found, in small and in large letters."""
    hidden = Hidden([(name, "n")])
    joined = between.join(name.split())
    assert hidden.find(joined)
    assert hidden.find(f"https://example.org/2016/05/{joined.lower()}-killed.html")
    assert hidden.find(joined.upper())


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_found_inside_other_words_of_its_script(name: str):
    """In scripts without spaces a name is found between other signs; in Arabic and Hebrew behind grown-on particles."""
    sign = next(letter for letter in name if letter.isalpha())
    if any(len(piece.text) > 1 for piece in pieces(name)) and "ا" <= sign <= "ي":
        assert Hidden([(name, "n")]).find(f"قال و{name} وقال ل{name}")
    elif name in UNSPACED and " " not in name:
        assert Hidden([(name, "n")]).find(f"昨日{name}说")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Сергей Петренко", "Сергея Петренка убили"),
        ("Ольга Шевчук", "о Ольге Шевчук"),
        ("Руслан Абдулаев", "с Русланом Абдулаевым"),
        ("Zoran Kovačević", "brata Zorana Kovačevića"),
        ("Omar Haddad", "Umar Hadad was seen"),
        ("Khaled al-Ali Mansour", "Khalid Ali Mansur"),
        ("Mohammed Haddad", "Muhammad al-Haddad"),
        ("Amal Khoury-Saad", "Amal Khoury Saad"),
        ("Abd al-Rahman Mansour", "Abdulrahman Mansour"),
        ("خالد المنصور", "خالد منصور"),
        ("خالد المنصور", "khaled mansour, Khaled Mansour"),
    ],
)
def test_a_name_is_found_in_other_spellings(name: str, text: str):
    """Endings of a language, other vowels, a script written in another: a whole name is found."""
    assert Hidden([(name, "n")]).find(text)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("Haddad said", "Haddad"),
        ("the Haddads fled", "Haddads"),
        ("Haddad’s shop", "Haddad"),
        ("/photos/haddad_shop.jpg", "haddad"),
        ("haddad@example.org", "haddad"),
    ],
)
def test_a_part_of_a_name_is_found_alone(text: str, part: str):
    """A family name by itself is found where it begins with a capital, and anywhere in an address."""
    hits = Hidden([("Omar Haddad", "n")]).find(text)

    assert [text[hit.start : hit.end] for hit in hits] == [part]


@pytest.mark.parametrize(
    "text",
    [
        "in Somalia and Mali",
        "they said so",
        "the market",
        "omission",
        "a rose garden",
        "will they",
        "Ma said",
        "al-Quds",
    ],
)
def test_words_that_only_hold_the_letters_of_a_name_stay(text: str):
    """A name inside a longer word, or a word in small letters that is also a name, is no hit."""
    names = ["Omar Ali", "Mark Oman", "Rose Will", "Ahmed Said", "al-Masri Issa"]
    assert Hidden([(name, name) for name in names]).find(text) == []


def test_a_kept_name_protects_its_own_words():
    """A part that stands in the whole name of somebody public stays there, and goes elsewhere."""
    hidden = Hidden([("Salah Jamil", "n")], kept=["Jamil Hassan", "Air Force Intelligence"])
    text = "Jamil Hassan met Jamil and Salah Jamil"

    assert [text[hit.start : hit.end] for hit in hidden.find(text)] == ["Jamil", "Salah Jamil"]


def test_a_word_that_is_a_kept_name_is_said_to_be_shared():
    """A victim called like a town cannot be hidden by looking for the word: the word is named, and left."""
    hidden = Hidden([("Omar Homs", "n"), ("Homs", "m")], kept=["Homs"])

    assert hidden.shared == {"Homs"}
    assert hidden.find("shelling of Homs") == []
    assert [hit.secret.whose for hit in hidden.find("Omar Homs died in Homs")] == ["n"]


def test_a_description_is_found_word_for_word():
    """A telling description of three words and more is found; a shorter one could stand anywhere."""
    hidden = Hidden([], phrases=[("a nurse close to the camp", "n"), ("two doctors", "m")])

    assert [hit.secret.what for hit in hidden.find("A nurse, close to the camp. Two doctors died.")] == ["phrase"]


def test_a_hit_covers_exactly_the_name():
    """What is found begins and ends with the name, marks and joiners included."""
    text = "by Zoran Kovačević’s house"
    (hit,) = Hidden([("Zoran Kovačević", "n")]).find(text)

    assert text[hit.start : hit.end] == "Zoran Kovačević"


@given(
    name=st.sampled_from(NAMES),
    before=st.text(max_size=12),
    after=st.text(max_size=12),
    between=st.sampled_from([" ", "  ", "\n", "-", "\u00a0"]),
)
def test_a_name_is_found_whatever_stands_around_it(name: str, before: str, after: str, between: str):
    """Set apart by white space, a name is found in any surroundings."""
    text = f"{before} {name.replace(' ', between)} {after}"
    hits = Hidden([(name, "n")]).find(text)

    assert hits
    assert all(0 <= hit.start < hit.end <= len(text) for hit in hits)


LETTERS = st.sampled_from("abdefghklmnorstuzāčéñşıöбвдклмнрсابتجحدرسعقلمنهوי王李張明भरतकमしたの")


@given(st.lists(st.text(LETTERS, min_size=4, max_size=9).map(str.title), min_size=2, max_size=4))
def test_any_name_of_any_letters_is_found(parts: list[str]):
    """A name made of any letters is found in a sentence, or said to be shared."""
    name = " ".join(parts)
    hidden = Hidden([(name, "n")])

    assert hidden.find(f"they named {name} twice") or name in hidden.shared


@given(st.text(max_size=80))
def test_pieces_lie_in_the_text_in_order(text: str):
    """Pieces are slices of the text, from left to right, none over another, none empty."""
    held = list(pieces(text))

    assert all(text[piece.start : piece.end] == piece.text and piece.text for piece in held)
    assert all(first.end <= second.start for first, second in pairwise(held))


def test_a_common_word_taken_for_a_name_is_not_looked_for():
    """A word that reports also write in small letters is no secret, whether a reader took it for a person or for a place."""
    hidden = Hidden([("Yesterday", "n")], whole=[("Ultimatum", "m")], common=frozenset({"yesterday", "ultimatum"}))

    assert hidden.find("Yesterday; <b>yesterday.</b> an/ultimatum") == []
    assert hidden.shared == {"Yesterday", "Ultimatum"}


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("O.H., 34, was killed", "[Person A], 34, was killed"),
        ("a man named only as O. H. fled", "a man named only as [Person A] fled"),
        ("O. Haddad was killed", "[name] was killed"),
        ("they buried Omar H. on Friday", "they buried [name] on Friday"),
        ("U.S. officials met Omar. U.S. aid came", "U.S. officials met [name]. U.S. aid came"),
        ("at 4 A.M. the U.N. left", "at 4 A.M. the U.N. left"),
        ("plan B. Then O.K. came from H.Q.", "plan B. Then O.K. came from H.Q."),
    ],
)
def test_initials_of_a_name_are_cut(words: str, shown: str):
    """The letters of a hidden name, and a letter left beside a part of it, are cut; those of others stay."""
    hidden = Hidden([("Omar Haddad", "a"), ("Ulla Nasser", "b"), ("Adam Musa", "c")], kept=["UN"])
    rewriting = Words(hidden, {"a": "Person A"}, unknown=False)

    assert rewriting.cut(words)[0] == shown
    assert not hidden.find(rewriting.cut(words)[0])


def test_an_office_before_a_name_is_no_part_of_it():
    """Words that put an office before a name of the same person are looked for as a whole; a second name keeps its parts."""
    bare, longer = _apart(
        {"Nasir Mansour", "Kurdish security official Nasir Mansour", "Abu Omar Nasir Mansour", "the baker"}
    )

    assert bare == ["Abu Omar Nasir Mansour", "Nasir Mansour", "the baker"]
    assert longer == ["Kurdish security official Nasir Mansour"]
