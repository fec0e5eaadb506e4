"""Finding reports, claims and names under any spelling."""

from __future__ import annotations

from pathlib import Path

import pytest

import tidings
from tidings.record import Index, Record


@pytest.fixture(scope="module")
def war(tmp_path_factory: pytest.TempPathFactory) -> Record:
    """A record of two reports of one's own making, about two wars."""
    folder = tmp_path_factory.mktemp("reports")
    (folder / "a.txt").write_text(
        "The army shelled Kharkiv on Sunday, killing 12 people, officials said.", encoding="utf-8"
    )
    (folder / "b.txt").write_text("Fighters took Hasakeh on Monday. Residents fled to Qamishli.", encoding="utf-8")
    where = Path(folder) / "war.tidings"
    return tidings.build(folder, where, workers=1)


@pytest.mark.parametrize(
    ("words", "quote"),
    [
        ("shelled", "Kharkiv"),
        ("KHARKIV", "Kharkiv"),
        ("Hesekê", "Hasakeh"),
        ("haseka", "Hasakeh"),
        ("الحسكة", "Hasakeh"),
        ("Qamischli", "Qamishli"),
    ],
)
def test_spellings_and_scripts_find_each_other(war: Record, words: str, quote: str) -> None:
    """A name is found under its other spellings, in another script too."""
    found = war.index().find(words, "documents")

    assert quote in war.look().some("documents", found.ids)[0]["text"]


def test_every_word_must_stand_there(war: Record) -> None:
    """Two words are both looked for."""
    index = war.index()

    assert index.find("Hasakeh Monday", "documents").total == 1
    assert index.find("Hasakeh Sunday", "documents").total == 0


def test_nothing_is_found_for_nothing(war: Record) -> None:
    """Empty questions, signs alone and words like no other find nothing."""
    index: Index = war.index()

    assert [index.find(words, "claims").total for words in ("", "  ", '"*', "zzzzqqq")] == [0, 0, 0, 0]
