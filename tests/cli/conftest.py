"""The command line as a user types it, with stages that cost nothing."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent))

import pretend


@dataclass
class Done:
    """What a command left: its exit code, and what it printed."""

    code: int
    out: str
    err: str


@pytest.fixture
def tidings(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Callable[..., Done]:
    """Run a command line and return what it left."""
    from tidings.cli import main

    pretend.install(monkeypatch.setattr)
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("NO_COLOR", "1")

    def run(*words: object) -> Done:
        monkeypatch.setattr(sys, "argv", ["tidings", *map(str, words)])
        try:
            main()
        except SystemExit as left:
            code = int(left.code or 0)
        else:
            code = 0
        printed = capfd.readouterr()
        return Done(code, printed.out, printed.err)

    return run


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    """A folder with two reports of one's own making."""
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "a.txt").write_text("The army shelled Kadugli on Sunday. Rebels spoke of twelve dead.", encoding="utf-8")
    (folder / "b.txt").write_text("Fighters took the town of Dilling. Thousands of residents fled.", encoding="utf-8")
    return folder


@pytest.fixture
def war(tmp_path: Path, reports: Path, tidings: Callable[..., Done]) -> Path:
    """A record of the two reports."""
    assert tidings("build", reports, "-o", tmp_path / "war.tidings").code == 0
    return tmp_path / "war.tidings"
