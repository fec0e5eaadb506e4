"""Whatever words a report holds, exports stay well-formed, and give the words back where the format can hold them."""

from __future__ import annotations

import csv
import re
import zipfile
from io import StringIO
from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from tidings.tell.formats.archive import Archive, xml_text
from tidings.tell.formats.cells import SIGNS, guarded
from tidings.tell.formats.ics import _folded, _text
from tidings.tell.formats.ucdp import date_precision
from tidings.tell.formats.xlsx import _letters

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=300)


@given(WORDS)
def test_xml_holds_any_words(words):
    """Words come back from XML as they were, but for signs that XML forbids and ends of lines that it makes one."""
    read = ET.fromstring(f"<t>{xml_text(words)}</t>").text or ""  # noqa: S314 - made above
    plain = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "\ufffd", words)

    assert read == plain.replace("\r\n", "\n").replace("\r", "\n")


@given(WORDS)
def test_no_cell_begins_like_a_formula(words):
    """A guarded text never begins with a sign that a spreadsheet runs, and loses nothing."""
    cell = guarded(words)
    file = StringIO(newline="")
    csv.writer(file).writerow([cell])

    assert not cell or cell[0] not in SIGNS
    assert cell.removeprefix("'") == words.removeprefix("'")


@given(WORDS)
def test_calendar_lines_unfold_to_the_words(words):
    """A folded line has no more than 75 octets before each break and unfolds to the same line."""
    line = f"SUMMARY:{_text(words)}"
    folded = _folded(line)

    assert "\n" not in line
    assert all(len(piece.encode()) <= 75 for piece in folded.split("\r\n"))
    assert folded.replace("\r\n ", "").removesuffix("\r\n") == line


@given(st.integers(0, 16_383))
def test_letters_of_columns_count_in_their_own_way(place):
    """The letters of a column, read as digits from A to Z, give its number back."""
    number = 0
    for letter in _letters(place):
        number = number * 26 + ord(letter) - 64

    assert number == place + 1


@given(st.integers(1, 4000), st.integers(1, 4000))
def test_longer_times_are_never_more_precise(one, other):
    """The more days, the coarser the code."""
    assert (date_precision(one) <= date_precision(other)) or one > other


def test_an_archive_has_no_clock(tmp_path):
    """Parts carry the first day that ZIP knows, whatever the machine's clock says."""
    with Archive(tmp_path / "a.zip") as out:
        out.add("part.xml", ("<a/>" for _ in range(3)))
    with zipfile.ZipFile(tmp_path / "a.zip") as read:
        assert [part.date_time for part in read.infolist()] == [(1980, 1, 1, 0, 0, 0)]
        assert read.read("part.xml").decode().endswith("<a/><a/><a/>")
