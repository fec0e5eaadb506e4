"""What a report says of itself."""

from __future__ import annotations

import pytest

from tidings.gather.cut import cut
from tidings.gather.furniture import furniture
from tidings.gather.says import Self, says_of_itself

BODY = "The army said on Monday that it had left the village of Rubkona after two days of fighting with the rebels."


def said(text: str) -> Self:
    return says_of_itself(text, cut(text, furniture(text))[0])


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (f"Rubkona left\n\n{BODY}", "Rubkona left"),
        (f"Army leaves\nRubkona to rebels\n\n{BODY}", "Army leaves Rubkona to rebels"),
        (f"Army leaves Rubkona\n{BODY}\n", "Army leaves Rubkona"),
        (f"Army leaves Rubkona\nBy Amal Idris\n\n{BODY}", "Army leaves Rubkona"),
        (f"Army leaves Rubkona\n5 June 2019\n\n{BODY}", "Army leaves Rubkona"),
        (BODY, ""),
        (f"{BODY} {BODY}\n\nMore.", ""),
        ("", ""),
    ],
)
def test_the_title_is_the_first_line_and_may_wrap(text: str, title: str) -> None:
    """A headline over two lines is one title; a first paragraph is none."""
    assert said(text).title == title


def test_the_title_ends_where_it_ends_in_the_text() -> None:
    """The place where the title ends is counted in the text, line breaks and all."""
    text = f"Army leaves\nRubkona to rebels\n\n{BODY}"

    assert text[: said(text).title_end] == "Army leaves\nRubkona to rebels"


@pytest.mark.parametrize(
    ("line", "dateline", "agency"),
    [
        (f"JUBA – {BODY}", "JUBA", ""),
        (f"JUBA - {BODY}", "JUBA", ""),
        (f"JUBA, South Sudan (AP) — {BODY}", "JUBA, South Sudan (AP)", "AP"),
        (f"Juba (Reuters) – {BODY}", "Juba (Reuters)", "Reuters"),
        (f"JUBA, March 5 (Xinhua) -- {BODY}", "JUBA, March 5 (Xinhua)", "Xinhua"),
        (f"Juba, South Sudan –\u00a0 {BODY}", "Juba, South Sudan", ""),
        (f"(Juba, 5 March 2014) – {BODY}", "(Juba, 5 March 2014)", ""),
        (f"JUBA: {BODY}", "JUBA", ""),
        (f"KYIV (UA) – {BODY}", "KYIV (UA)", ""),
        (f"Juba – {BODY}", "Juba", ""),
        ("Rubkona – once a town of traders – is empty.", "", ""),
        ("BREAKING: The army has left Rubkona.", "", ""),
        ("The army – or what is left of it – has gone.", "", ""),
        (BODY, "", ""),
    ],
)
def test_the_dateline_and_the_agency_in_it(line: str, dateline: str, agency: str) -> None:
    """The words before the first sentence that say where it was filed; brackets count only when they hold an agency."""
    found = said(f"Rubkona left\n\n{line}\n\n{BODY}")

    assert (found.dateline, found.agency, found.publisher) == (dateline, agency, agency)


@pytest.mark.parametrize(
    ("line", "byline"),
    [
        ("By Amal Idris", "Amal Idris"),
        ("By Amal Idris in Juba", "Amal Idris in Juba"),
        ("By Amal Idris | 5 June 2019", "Amal Idris"),
        ("Reporting by: Amal Idris, Deng Majok", "Amal Idris, Deng Majok"),
        ("Author: Amal Idris", "Amal Idris"),
        ("By evening the town had fallen", ""),
        ("By Monday, Rubkona was empty.", ""),
    ],
)
def test_the_byline(line: str, byline: str) -> None:
    """A byline names people; a sentence that begins with "by" is none."""
    assert said(f"Rubkona left\n{line}\n\n{BODY}").byline == byline


def test_a_source_line_names_the_publisher_before_the_dateline_does() -> None:
    """The line "Source: X" under a report says who published it, whatever agency wrote it."""
    found = said(f"Rubkona left\n\nJUBA (AP) — {BODY}\n\nSource: Nile Courier")

    assert (found.source, found.agency, found.publisher) == ("Nile Courier", "AP", "Nile Courier")


def test_a_source_under_a_picture_in_the_middle_is_no_publisher() -> None:
    """Where a map comes from does not say who published the report."""
    text = "\n\n".join(["Rubkona left", *[BODY] * 8, "(Source: Open Maps)", *[BODY] * 8])

    assert said(text).publisher == ""
