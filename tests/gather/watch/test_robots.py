"""What servers ask of programs."""

from __future__ import annotations

import pytest

from tidings.gather.watch.robots import NOTHING, rules_of

ROBOTS = """# a comment
User-agent: Other
Disallow: /

User-agent: *
User-agent: Third
Disallow: /archive
Allow: /archive/open
Disallow: /*.php$
Disallow: /a/*/c
Crawl-delay: 3

User-agent: tidings
Allow: /
Disallow: /secret
"""


@pytest.mark.parametrize(
    ("name", "path", "allowed"),
    [
        ("Someone", "/", True),
        ("Someone", "/archive/1", False),
        ("Someone", "/archive/open/1", True),
        ("Someone", "/x.php", False),
        ("Someone", "/x.php?y=1", True),
        ("Someone", "/a/b/c/d", False),
        ("Someone", "/a/c", True),
        ("Someone", "/%61rchive", False),
        ("Third", "/archive", False),
        ("Other", "/anything", False),
        ("Tidings", "/archive", True),
        ("Tidings", "/secret/1", False),
    ],
)
def test_the_longest_pattern_decides(name, path, allowed):
    """A program keeps to the group that names it, else to the one for all; stars and ends are understood."""
    assert rules_of(ROBOTS, name).allow(f"https://n.example{path}") is allowed


def test_a_wish_to_go_slowly_is_read():
    """Crawl-delay counts for the group that it stands in, up to a minute."""
    assert (rules_of(ROBOTS, "Someone").delay, rules_of(ROBOTS, "Tidings").delay) == (3.0, 0.0)
    assert rules_of("User-agent: *\nCrawl-delay: 1e9", "x").delay == 60.0
    assert rules_of("User-agent: *\nCrawl-delay: soon", "x").delay == 0.0


def test_no_rules_allow_and_no_answer_forbids():
    """An empty file allows everything; a server that cannot answer is kept out of."""
    assert rules_of("", "Tidings").allow("https://n.example/x")
    assert rules_of("<html>not a robots file</html>", "Tidings").allow("https://n.example/x")
    assert not NOTHING.allow("https://n.example/x")


def test_a_hostile_file_takes_no_time():
    """Very many stars and rules do not hold the reader up."""
    text = "User-agent: *\n" + "Disallow: /" + "*a" * 900 + "\n" + "Disallow: /" + "*a" * 19 + "b\n" * 3

    assert rules_of(text * 50, "x").allow("https://n.example/" + "a" * 2000)
