"""Web pages: what they show, and which of it is the report."""

from __future__ import annotations

import pytest

from tidings.gather import Undecodable, decoded_original, restore, take_in
from tidings.gather.webpage import visible

PAGE = """<!DOCTYPE html><html lang="en-GB"><head><title>Army leaves Rubkona &#8211; again | Nile Courier</title>
<meta property="og:site_name" content="Nile Courier">
<meta property="article:published_time" content="2014-03-05T08:00:00+02:00">
<link rel="canonical" href="https://nile.example/a/1"><style>p{color:red}</style></head>
<body><nav><ul><li><a href="/">Home</a></li><li><a>World</a></li></ul></nav>
<article><h1>Army leaves Rubkona &#8211; again</h1><p class="by">By Amal Idris</p>
<p>JUBA &mdash; The army left the airfield of <b>Rubkona</b> on Wednesday,&nbsp;residents said, after <a href="#">three
days</a> of fighting with rebels of the White Army.</p><script>document.write("<p>It never happened.</p>")</script>
<p>At least 12 people were killed and dozens wounded, a doctor at the town's hospital told the Courier by telephone.
<p>The army denied it, saying its soldiers &ldquo;hold every gate&rdquo; of the town and of the bridge.</article>
<aside><h3>Related</h3><p>Ten other stories about something else altogether that nobody should read here now.</p></aside>
<footer>© 2014 Nile Courier. All rights reserved.</footer></body></html>"""


def test_a_page_becomes_a_report() -> None:
    """Title and paragraphs are the text; metadata give publisher, day, address and byline; the rest is removed."""
    document = take_in(PAGE.encode(), "a.html")

    assert document.text.split("\n\n") == [
        "Army leaves Rubkona – again",
        "By Amal Idris",
        "JUBA — The army left the airfield of Rubkona on Wednesday,\u00a0residents said, after three days of fighting with "
        "rebels of the White Army.",
        "At least 12 people were killed and dozens wounded, a doctor at the town's hospital told the Courier by telephone.",
        "The army denied it, saying its soldiers “hold every gate” of the town and of the bridge.",
        "",
    ]
    assert (
        document.title,
        document.publisher,
        document.byline,
        document.dateline,
        document.url,
        document.language,
    ) == (
        "Army leaves Rubkona – again",
        "Nile Courier",
        "Amal Idris",
        "JUBA",
        "https://nile.example/a/1",
        "en",
    )
    assert (document.published.edtf(), document.published_basis) == ("2014-03-05", "html metadata")
    assert document.text[: document.title_end] == document.title


def test_the_visible_words_come_back() -> None:
    """What was kept and what was removed give all words that the page shows, and no script or style."""
    document = take_in(PAGE.encode(), "a.html")
    original = decoded_original(PAGE.encode(), "a.html")

    assert restore(document.text, document.removed) == original
    assert "Ten other stories" in original
    assert "never happened" not in original
    assert "color" not in original


def test_a_page_without_metadata_says_nothing_it_does_not_say() -> None:
    """The address of a page is no publisher, and a page that prints no day has none."""
    page = (
        "<title>x</title><h1>Army leaves Rubkona</h1><p>The army left Rubkona on Wednesday, residents said, after days of "
        "fighting.</p><link rel=canonical href='https://nile.example/a'>"
    )

    document = take_in(page.encode(), "a.htm")

    assert (document.publisher, document.published.edtf(), document.url) == ("", "", "https://nile.example/a")


def test_a_day_printed_on_the_page_counts_where_its_metadata_give_none() -> None:
    """The line of author and day above a report is left out of its text and still read."""
    page = PAGE.replace('<meta property="article:published_time" content="2014-03-05T08:00:00+02:00">', "").replace(
        "By Amal Idris</p>", "By Amal Idris</p><div class=meta>Published 5 March 2014</div>"
    )

    assert take_in(page.encode(), "a.html").published.edtf() == "2014-03-05"


def test_linked_data_give_publisher_and_day() -> None:
    """JSON-LD of a news article is metadata."""
    data = '{"@graph":[{"@type":"NewsArticle","datePublished":"2014-03-06","publisher":{"name":"Gulf Echo"}}]}'
    page = f"<script type='application/ld+json'>{data}</script><h1>A</h1><p>The army left Rubkona on Wednesday, people said.</p>"

    document = take_in(page.encode(), "a.html")

    assert (document.publisher, document.published.edtf()) == ("Gulf Echo", "2014-03-06")


@pytest.mark.parametrize(
    "page",
    [
        "<" * 50_000,
        "<div>" * 50_000 + "The army left the town of Rubkona on Wednesday.",
        "<!--" * 50_000,
        '<a href="' * 50_000,
        "<script>" * 20_000,
        "<p>&amp;" * 20_000,
        "&" * 100_000,
        "</p>" * 50_000,
        "<table>" * 20_000 + "<tr><td>x",
        "<h1>x</h1>" * 20_000,
        "\x00<html>\x00<p>a",
        "<p>&#" + "9" * 6000 + "; words",
        "<p>&#x110000; &#xD800; &#0; &bogus; &amp",
        "<script type='application/ld+json'>" + "[" * 100_000,
        "<meta property='article:published_time' content='99999999999-13-45'><p>The army left the town.</p>",
        "<html lang='../../etc'><p>The army left the town of Rubkona.",
    ],
)
def test_a_hostile_page_is_a_document_or_a_refusal(page: str) -> None:
    """A broken or hostile page never brings the reader down, and what is kept of it gives it back."""
    try:
        document = take_in(page.encode(), "a.html")
    except Undecodable as error:
        told = bool(error.reason and error.advice)
    else:
        told = restore(document.text, document.removed) == decoded_original(page.encode(), "a.html")

    assert told


def test_a_greater_than_sign_in_an_attribute_is_no_words() -> None:
    """An attribute's quotation marks may hold a ">"."""
    assert visible('<p><img alt="a > b">Words</p>').text == "Words"


def test_what_stands_above_the_headline_is_the_page() -> None:
    """A page without semantic tags is cut at the line that its metadata call the title."""
    page = (
        "<title>Kherson | Dnipro Post</title><meta property='og:title' content='Kherson: two killed'><div>Menu Search Log in</div>"
        "<div>Kherson: two killed</div><div>Posted on 1 July 2023 by Ivan Koval | News</div>"
        "<div>Russian forces shelled the centre of Kherson on Saturday morning, the regional governor said.</div>"
        "<div>Two people were killed and three were wounded, one of them a child aged ten.</div>"
    )

    document = take_in(page.encode(), "a.html")

    assert document.text.startswith("Kherson: two killed\n\n")
    assert (document.title, document.byline, document.published.edtf()) == (
        "Kherson: two killed",
        "Ivan Koval",
        "2023-07-01",
    )
