from __future__ import annotations

import re
import tomllib
from importlib.resources import files
from pathlib import Path

import pytest

from tidings.model import KINDS
from tidings.tell.wording import clause

FORMS = {"both", "agents", "targets", "none"}


def phrases() -> dict[str, dict[str, dict[str, str]]]:
    with files("tidings.tell").joinpath("phrases.toml").open("rb") as stream:
        return tomllib.load(stream)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in {"statement", "casualties"}])
def test_every_type_is_worded(kind: str) -> None:
    """Each type of the coding guide has its four forms, so that no happening is left untold."""
    assert {type_: set(forms) for type_, forms in phrases()[kind].items()} == dict.fromkeys(KINDS[kind], FORMS)


def test_the_words_take_no_side() -> None:
    """No phrase uses a word of the glossary's list of words that take a side."""
    glossary = Path("docs/glossary.md").read_text(encoding="utf-8").split("## Neutral words")[1]
    loaded = re.findall(r"`([^`]+)`", glossary)
    assert len(loaded) > 10
    text = files("tidings.tell").joinpath("phrases.toml").read_text(encoding="utf-8").lower()
    assert [word for word in loaded if re.search(rf"\b{re.escape(word)}\b", text)] == []


@pytest.mark.parametrize(
    ("agents", "targets", "mode", "expected"),
    [
        (["RSF"], ["Sudanese government"], "asserted", "RSF took Nyala from the Sudanese government"),
        (["RSF"], [], "denied", "it is denied that RSF took Nyala"),
        ([], [], "possible", "it is said to be possible that Nyala changed hands"),
        (["RSF"], [], "intended", "it is said to be planned or attempted that RSF took Nyala"),
    ],
)
def test_a_clause_says_who_what_and_how_surely(agents: list[str], targets: list[str], mode: str, expected: str) -> None:
    """Agents, targets and places stand in the clause; what is not asserted says so."""
    assert clause("control", "gained", agents=agents, targets=targets, places=["Nyala"], mode=mode) == expected
