"""PDF files: columns, hyphens, running lines, pictures of pages, and files that break their reader."""

from __future__ import annotations

import pytest
from tests.gather.made import pdf

from tidings.gather import Undecodable, decoded_original, restore, take_in
from tidings.gather.doors import pdf as door
from tidings.gather.doors.pdf_hyphens import hyphens
from tidings.gather.doors.pdf_layout import laid_out
from tidings.gather.doors.pdf_pieces import Letter, Piece, pieces_of

LEFT = [
    "The army left the airfield of Rubkona",
    "on Wednesday after three days of fight-",
    "ing with Iran-",
    "backed fighters, residents said.",
]
RIGHT = [
    "At least 12 people were killed and",
    "dozens wounded, a doctor at the town's",
    "hospital told the Courier by telephone.",
]


def column(lines: list[str], left: float, top: float) -> list[tuple[float, float, str]]:
    return [(left, top + 14 * number, words) for number, words in enumerate(lines)]


def test_columns_are_read_one_after_the_other() -> None:
    """A headline runs over both columns, each column is a run of text, and words broken at line ends are whole again."""
    data = pdf(
        [
            [
                (50, 80, "Army leaves Rubkona after three days of fighting, as both sides claim the field"),
                *column(LEFT, 50, 120),
                *column(RIGHT, 320, 120),
            ]
        ]
    )

    document = take_in(data, "a.pdf")

    assert document.text.split("\n\n") == [
        "Army leaves Rubkona after three days of fighting, as both sides claim the field",
        "The army left the airfield of Rubkona on Wednesday after three days of fighting with Iran-backed fighters, residents said.",
        "At least 12 people were killed and dozens wounded, a doctor at the town's hospital told the Courier by telephone.",
    ]
    assert restore(document.text, document.removed) == decoded_original(data, "a.pdf")


def test_a_table_is_read_row_by_row() -> None:
    """Cells side by side with few words each are rows, and no columns."""
    rows = [("Place", "Killed", "Wounded"), ("Rubkona", "12", "30"), ("Bentiu", "4", "9")]
    data = pdf(
        [[(50 + 180 * at, 100 + 16 * row, cell) for row, cells in enumerate(rows) for at, cell in enumerate(cells)]]
    )

    assert take_in(data, "a.pdf").text.split("\n\n") == ["Place; Killed; Wounded", "Rubkona; 12; 30", "Bentiu; 4; 9"]


def test_running_lines_are_no_words_of_the_report() -> None:
    """What stands at the head and foot of page after page, and page numbers, is left out; a sentence goes on over the page."""
    pages = []
    for number in range(1, 5):
        body = [
            f"On day {number} the army shelled the market of Rubkona and then the road to",
            f"the river, where {number} people waited, and it did not stop until the",
        ]
        pages.append([(50, 30, f"Nile Courier, issue {number}"), *column(body, 50, 150), (290, 780, f"- {number} -")])
    data = pdf(pages)

    document = take_in(data, "a.pdf")

    assert "issue" not in document.text
    assert document.text.count("On day") == 4
    assert document.notes == ("8 running headers, footers and page numbers were left out.",)
    assert restore(document.text, document.removed) == decoded_original(data, "a.pdf")


def test_pictures_of_pages_need_ocr() -> None:
    """A PDF of pictures is refused with what to do; one that has words as well says which pages have none."""
    with pytest.raises(Undecodable, match="it needs OCR") as error:
        take_in(pdf([[], []], image=True), "a.pdf")
    assert "ocrmypdf" in error.value.advice

    document = take_in(pdf([column(LEFT, 50, 100), []], image=True), "a.pdf")

    assert document.notes == ("1 of 2 pages hold pictures and no words and need OCR: 2.",)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"<html>error 404</html>", "it is no PDF"),
        (b"%PDF-1.7 and nothing", "the PDF is damaged"),
        (pdf([[]]), "the PDF holds no words"),
        (pdf([column(LEFT, 50, 100)])[:300], "the PDF is damaged"),
    ],
)
def test_bad_files_are_refused(data: bytes, reason: str) -> None:
    """A page of an error, a damaged file and an empty one are told apart."""
    with pytest.raises(Undecodable, match=reason):
        take_in(data, "a.pdf")


def test_a_file_that_breaks_its_reader_costs_only_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the process that opens PDF files hangs or dies, the file is refused and the next is read by a new one."""
    monkeypatch.setattr(door, "SECONDS", 0.0)
    with pytest.raises(Undecodable, match="broke on it, or took longer"):
        take_in(pdf([column(LEFT, 50, 100)]), "a.pdf")
    monkeypatch.setattr(door, "SECONDS", 60)

    assert take_in(pdf([column(LEFT, 50, 100)]), "a.pdf").text.startswith("The army left")


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("an inter-\nnational force", "an international force"),
        ("Iran-\nbacked men", "Iran-backed men"),
        ("rebel-\nheld towns", "rebel-held towns"),
        ("in Damas-\ncus, as Damascus said", "in Damascus, as Damascus said"),
        ("a co-\nordinator, the co-ordinator", "a co-ordinator, the co-ordinator"),
        ("from Al-\nBab", "from Al-Bab"),
        ("two -\nthree days", "two -\nthree days"),
        ("pre- and post-war", "pre- and post-war"),
    ],
)
def test_hyphens_at_line_ends(text: str, whole: str) -> None:
    """The printer's hyphens go; those that the writer set stay."""
    for start, end in reversed(hyphens(text)):
        text = text[:start] + text[end:]

    assert text == whole


def test_words_that_run_to_the_left_are_in_their_order() -> None:
    """Letters drawn in any order are read from right to left, figures among them from left to right."""
    words = "قصف الجيش 12 بيتا"
    figures = words.replace("12", "21")
    letters = [Letter(char, 300 - 6 * at, 10, 306 - 6 * at, 22) for at, char in enumerate(figures)]

    assert [piece.words for piece in pieces_of(letters)] == [words]
    assert [piece.words for piece in pieces_of(reversed(letters))] == [words]


def test_columns_that_run_to_the_left_begin_at_the_right() -> None:
    """Two columns of Arabic are read from the right one on."""
    right = [Piece(320, 100 + 14 * at, 550, 112 + 14 * at, f"كلمات كثيرة في السطر الأول {at}") for at in range(3)]
    left = [Piece(50, 100 + 14 * at, 280, 112 + 14 * at, f"كلمات أخرى في السطر الثاني {at}") for at in range(3)]

    text = laid_out([([*left, *right], 800)]).text

    assert text.index("الأول 2") < text.index("الثاني 0")
