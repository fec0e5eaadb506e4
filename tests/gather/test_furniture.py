"""What is furniture, and what is not."""

from __future__ import annotations

import pytest

from tidings.gather.cut import cut
from tidings.gather.furniture import furniture

BODY = "\n".join(
    f"Soldiers and fighters shelled village number {n} near Taiz again on Sunday, residents said." for n in range(9)
)


def kept(text: str) -> str:
    return cut(text, furniture(text))[0]


@pytest.mark.parametrize(
    "line",
    [
        "Leave a comment",
        "7 + two =",
        "3 Comments",
        "Short link : http://example.org/x",
        "Share on Facebook",
        "Facebook | Twitter | WhatsApp",
        "For more news follow us on Telegram and Twitter",
        "Subscribe to our newsletter",
        "Click here to read more",
        "Source: Gulf Echo",
        "Sources: Gulf Echo, Nile Courier and agencies",
        "Reporting by: Huda Saleh, Omar Nasr",
        "(Reporting by Huda Saleh; Editing by Omar Nasr)",
        "Photo: Omar Nasr / Gulf Echo",
        "Photo credit: Omar Nasr",
        "File photo",
        "[AFP/Omar Nasr]",
        "Getty Images",
        "© 2018 Gulf Echo. All rights reserved.",
        "Copyright 2018 Gulf Echo",
        "Advertisement",
        "Home > World > Yemen",
        "News | Opinion | Sport",
        "Read also: Talks in Geneva end",
        "Tags: Yemen, Taiz",
        "4 min read",
        "We use cookies to make this site better.",
        "* * *",
        "-ends-",
    ],
)
def test_a_line_of_the_page_goes(line: str) -> None:
    """A line that belongs to the page and not to the report is left out."""
    assert kept(f"Taiz shelled\n{line}\n{BODY}") == f"Taiz shelled\n{BODY}"


@pytest.mark.parametrize(
    "line",
    [
        "Sources: 12 killed in Taiz air strike",
        "Photo: a man walks past the ruins of his house in Kharkiv",
        "Link between the two attacks denied by the army",
        "Reporting by monitors shows that 14 villages were burned.",
        "Comments by the general angered the tribes",
        "Share of the town held by the army falls to a third",
        "Home of the mayor burned down",
        "Follow-up talks on Taiz fail",
        "Open fire from both sides kept families inside.",
        "Search for the missing goes on",
        "BEIRUT (Reuters) – Shells fell on Taiz.",
        "The army (backed by tribes) took Taiz.",
        "Copyright law was not on their minds.",
        "Two boys (aged 9 and 11) were wounded.",
    ],
)
def test_a_line_that_says_something_stays(line: str) -> None:
    """A line that states something is never taken for furniture, whatever its first word."""
    text = f"Taiz shelled\n{line}\n{BODY}"

    assert kept(text) == text


@pytest.mark.parametrize(
    ("line", "left"),
    [
        ("Rebels parade in Goma. (image via www.example.org)", "Rebels parade in Goma."),
        ("Rebels parade in Goma. (image via", "Rebels parade in Goma."),
        ("Rebels parade in Goma. File photo", "Rebels parade in Goma."),
        ("Rebels parade in Goma [AFP/Getty]", "Rebels parade in Goma"),
        ("Rebels parade in Goma. Photo: Omar Nasr/Gulf Echo", "Rebels parade in Goma."),
        ("Rebels paraded in Goma. (Reporting by Huda Saleh)", "Rebels paraded in Goma."),
        ("Rebels paraded in Goma. (Source: Gulf Echo) Twitter", "Rebels paraded in Goma."),
        ("Rebels paraded in Goma. Read Also", "Rebels paraded in Goma."),
    ],
)
def test_a_credit_goes_and_its_caption_stays(line: str, left: str) -> None:
    """A caption that says something keeps its words when its credit is cut."""
    assert kept(f"Goma\n{line}\n{BODY}") == f"Goma\n{left}\n{BODY}"


def test_a_caption_of_a_name_alone_goes_with_its_credit() -> None:
    """What is left of a caption is left out when it only names a place."""
    assert kept(f"War in the east\nGoma. (image via www.example.org)\n{BODY}") == f"War in the east\n{BODY}"


def test_a_comment_form_takes_what_follows_with_it() -> None:
    """Readers' comments under a report are no part of it."""
    text = f"Taiz shelled\n{BODY}\nLeave a comment\nanon: I do not believe a word of this, they all lie and always did."

    assert kept(text) == f"Taiz shelled\n{BODY}\n"


def test_a_link_to_the_comments_above_the_report_takes_nothing_with_it() -> None:
    """Some pages print "Leave a comment" above the report; the report stays."""
    assert kept(f"Taiz shelled\nLeave a comment\n{BODY}") == f"Taiz shelled\n{BODY}"


def test_teasers_under_related_go_but_paragraphs_stay() -> None:
    """Short lines after "Related" are teasers; a paragraph there is the report going on."""
    assert kept(f"Taiz shelled\n{BODY}\nRelated stories\nTalks fail\nAden quiet") == f"Taiz shelled\n{BODY}\n"
    long = " ".join(["word"] * 40)
    assert kept(f"Taiz shelled\n{BODY}\nRelated stories\n{long}") == f"Taiz shelled\n{BODY}\n{long}"


def test_marks_without_a_shape_and_carriage_returns_go() -> None:
    """A byte-order mark, zero-width spaces, control characters and carriage returns are cut; no-break spaces stay."""
    assert kept("\ufeffTa\u200biz\x00\r\nwas\u00a0shelled\r\n") == "Taiz\nwas\u00a0shelled\n"
