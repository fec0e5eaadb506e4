"""The file of feeds: what it may say, and what is said when it says something else."""

from __future__ import annotations

from pathlib import Path

import pytest

from tidings.errors import UnreadableInput, UsageError
from tidings.gather.watch import Feed, load
from tidings.gather.watch.state import load_state


def test_a_file_of_feeds(tmp_path: Path) -> None:
    """Each feed has its own values, else those for all; the folder lies beside the file."""
    (tmp_path / "f.toml").write_text(
        'folder = "pages"\nevery_minutes = 60\nallow = ["Intranet.example"]\nstamp = "https://tsa.example/"\n'
        '[[feeds]]\nurl = "https://a.example/rss"\npublisher = "A"\n[[feeds]]\nurl = "https://b.example/rss"\nevery_minutes = 5\n'
    )

    settings = load(tmp_path / "f.toml")

    assert settings.feeds == (
        Feed(url="https://a.example/rss", publisher="A", every_minutes=60),
        Feed(url="https://b.example/rss", every_minutes=5),
    )
    assert (settings.folder, settings.allow, settings.stamp, settings.pause_seconds) == (
        tmp_path / "pages",
        ("intranet.example",),
        "https://tsa.example/",
        2.0,
    )


GOOD = '[[feeds]]\nurl = "https://a.example/rss"\n'


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "it names no feeds"),
        ("feeds = 3", "it names no feeds"),
        ("feeds = [3]", "each feed is a table of its own"),
        (f"colour = 1\n{GOOD}", "there is no setting 'colour'"),
        (f"{GOOD}colour = 1", "there is no value of a feed 'colour'"),
        ('[[feeds]]\nurl = "a.example"', "is no address that begins with"),
        ('[[feeds]]\nurl = "http://[x/"', "is no address that begins with"),
        ("[[feeds]]\nurl = 3", "url is a text in quotation marks"),
        (f"{GOOD}every_minutes = 1", "every_minutes is at least 5"),
        (f"{GOOD}every_minutes = true", "every_minutes is a number"),
        (f"pause_seconds = -1\n{GOOD}", "pause_seconds is a number"),
        (f'allow = "a"\n{GOOD}', "allow is a list of hosts"),
        (f"{GOOD}{GOOD}", "stands there twice"),
    ],
)
def test_what_does_not_fit_is_said(tmp_path: Path, text: str, says: str) -> None:
    """Every fault is told with the file and what is meant."""
    (tmp_path / "f.toml").write_text(text)

    with pytest.raises(UsageError, match=says):
        load(tmp_path / "f.toml")


def test_what_cannot_be_read_is_said(tmp_path: Path) -> None:
    """A missing file, one that is no TOML and a damaged memory are told apart."""
    (tmp_path / "f.toml").write_text("[[")
    (tmp_path / ".watch.json").write_text('{"https://a.example": {"colour": 1}}')

    with pytest.raises(UnreadableInput, match="there is no such file"):
        load(tmp_path / "none.toml")
    with pytest.raises(UnreadableInput, match="it is no TOML"):
        load(tmp_path / "f.toml")
    with pytest.raises(UnreadableInput, match="it is damaged"):
        load_state(tmp_path)
