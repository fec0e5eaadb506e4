"""Settings from a file and the environment."""

from __future__ import annotations

from pathlib import Path

import pytest

from tidings.config import Settings, settings
from tidings.errors import UnreadableInput, UsageError


@pytest.fixture(autouse=True)
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TIDINGS_CONFIG", str(tmp_path / "config.toml"))
    return tmp_path / "config.toml"


def test_without_a_file_the_defaults_hold():
    """Where there is no file, the defaults hold."""
    assert settings() == Settings(
        analyst="unnamed analyst", runner="", workers=0, worker_memory=3000, report_seconds=900
    )


def test_the_environment_wins_over_the_file(file: Path, monkeypatch: pytest.MonkeyPatch):
    """A setting in the environment wins over the file."""
    file.write_text('analyst = "Desk 4"\nworkers = 3\n')
    monkeypatch.setenv("TIDINGS_ANALYST", "Desk 7")

    assert settings() == Settings(analyst="Desk 7", workers=3)


@pytest.mark.parametrize(
    ("words", "error"),
    [
        ("analyst = ", UnreadableInput),
        ("colour = 1", UsageError),
        ('workers = "many"', UsageError),
        ("workers = -1", UsageError),
        ("report_seconds = 0.5", UsageError),
    ],
)
def test_a_wrong_file_says_what_is_wrong(file: Path, words: str, error: type[Exception]):
    """A file that cannot be used is an error that names what is wrong."""
    file.write_text(words)
    with pytest.raises(error):
        settings()
