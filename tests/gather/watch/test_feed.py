"""Feeds in every dress: RSS 2.0, RSS 1.0, Atom, and broken ones."""

from __future__ import annotations

import pytest

from tidings.gather import Undecodable
from tidings.gather.watch.feed import Entry, entries

RSS = b"""<?xml version="1.0" encoding="windows-1252"?><rss version="2.0"><channel><link>https://n.example/</link>
<item><title>Caf\xe9 shelled</title><link> /a?x=1&amp;y=2#top </link><pubDate>Thu, 06 Mar 2014 23:10:00 +0200</pubDate></item>
<item><title>Again</title><guid>https://n.example/b</guid></item>
<item><title>No page</title><guid isPermaLink="false">17</guid></item>
<item><title>Twice</title><link>https://n.example/b</link></item>
<item><link>javascript:alert(1)</link></item></channel></rss>"""
ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom"><title>n</title><link href="https://n.example/"/>
<entry><title type="html">Shells on &lt;b&gt;Yei&lt;/b&gt;</title><link rel="edit" href="/edit"/><link href="/c"/>
<published>2014-03-06T23:10:00+02:00</published><updated>2014-03-09T00:00:00Z</updated></entry></feed>"""
RDF = b"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>n</title></channel><item><title>D</title><link>https://n.example/d</link><dc:date>2014-03-07</dc:date></item></rdf:RDF>"""


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (
            RSS,
            [
                Entry("https://n.example/a?x=1&y=2", "Café shelled", "2014-03-06"),
                Entry("https://n.example/b", "Again", ""),
            ],
        ),
        (ATOM, [Entry("https://n.example/c", "Shells on <b>Yei</b>", "2014-03-06")]),
        (RDF, [Entry("https://n.example/d", "D", "2014-03-07")]),
    ],
)
def test_feeds_of_each_kind(data, found):
    """Each page is named once with its title and the day by the feed's own clock; what is no page is left out."""
    assert entries(data, "https://n.example/feed") == found


def test_a_feed_cut_short_gives_what_it_holds():
    """What stands before the break is used."""
    assert [entry.url for entry in entries(RSS[:260], "https://n.example/feed")] == ["https://n.example/a?x=1&y=2"]


@pytest.mark.parametrize("data", [b"", b"<html><p>x", b"not a feed", b"\x00\xff", b"<p" * 5000])
def test_what_is_no_feed_is_said(data):
    """A page, a text, or bytes of any kind are refused."""
    with pytest.raises(Undecodable, match="no RSS or Atom feed"):
        entries(data, "https://n.example/feed")


BOMB = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))


@pytest.mark.parametrize(
    "declared", [f'<!ENTITY e0 "lol">{BOMB}', '<!ENTITY e9 SYSTEM "file:///etc/passwd">', '<!ENTITY e9 "lol">']
)
def test_entities_are_neither_opened_nor_fetched(declared):
    """A feed that declares entities, nested a billion times or pointing to a file, gives none of their words."""
    data = (
        f"<!DOCTYPE rss [{declared}]><rss><channel><item><title>A &e9; b</title><link>https://n.example/e</link></item>"
        "</channel></rss>"
    ).encode()

    assert {entry.title for entry in entries(data, "https://n.example/feed")} <= {"A b", "A &e9; b"}
