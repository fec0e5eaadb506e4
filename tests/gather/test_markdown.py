"""Markdown: marks are cut, words stay."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tidings.gather import restore, take_in
from tidings.gather.cut import cut
from tidings.gather.markdown import marks_of


def words(text: str) -> str:
    return cut(text, marks_of(text).spans)[0]


def test_marks_are_cut_and_words_stay() -> None:
    """Headings, emphasis, links, images, quotations and lists lose their marks."""
    text = (
        "# Army leaves *Rubkona* #\n\n> The **army** left [Rubkona](http://x.example/a) on Monday.\n\n![map](m.png)\n\n"
        "- two dead\n1. ten wounded\n\n---\n<!-- note -->snake_case 3 * 4 \\* end"
    )

    assert words(text) == (
        "Army leaves Rubkona\n\nThe army left Rubkona on Monday.\n\n\n\ntwo dead\nten wounded\n\n\nsnake_case 3 * 4 * end"
    )


def test_front_matter_says_what_the_report_is() -> None:
    """Front matter gives title, day and publisher; the title stays as the first line where the text has none."""
    text = "---\ntitle: Army leaves Rubkona\ndate: 2014-03-05\nsource: Nile Courier\n---\nThe army left Rubkona on Monday, residents said.\n"

    document = take_in(text.encode(), "a.md")

    assert document.text == "Army leaves Rubkona\nThe army left Rubkona on Monday, residents said.\n"
    assert (document.title, document.publisher, document.published.edtf(), document.published_basis) == (
        "Army leaves Rubkona",
        "Nile Courier",
        "2014-03-05",
        "front matter",
    )
    assert restore(document.text, document.removed) == text


@given(st.text(alphabet="#*_[]()!>-~`\\\n ab1.<:/", max_size=120))
def test_any_markdown_comes_back(text: str) -> None:
    """Words and marks give the original back, however odd it is."""
    kept, removed = cut(text, marks_of(text).spans)

    assert restore(kept, removed) == text
