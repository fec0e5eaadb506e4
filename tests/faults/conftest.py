"""A small record before and after three more reports, in either engine, read by pretence."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests import pretend
from tests.faults.injected import Place, contents
from tests.postgres import quick_folder

import tidings


@dataclass(frozen=True, slots=True)
class Scene:
    """A record of three reports (``base``), three more to come, and the hashes of what is held before and after."""

    place: Place
    reports: Path
    base: str
    old: str
    new: str

    def again(self) -> str:
        """Return a record in its old state."""
        return self.place.again(self.base)

    def build(self, where: str) -> Callable[[], None]:
        """Return the work of building all six reports into a record."""

        def work() -> None:
            tidings.build([self.reports], where, workers=1).close()

        return work


def _write(folder: Path, names: str, words: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        lines = " ".join(words.format(f"{name}{line}") for line in range(6))
        (folder / f"{name}.txt").write_text(lines, encoding="utf-8")


@pytest.fixture(autouse=True)
def stages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stages that cost nothing."""
    pretend.install(monkeypatch.setattr)


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder for a test, in memory where there is one: hundreds of faults would wait long for a disk."""
    with tempfile.TemporaryDirectory(prefix="tidings-faults-", dir=quick_folder()) as place:
        yield Path(place)


@pytest.fixture(params=["sqlite", "postgresql"])
def scene(request: pytest.FixtureRequest, folder: Path, stages: None) -> Scene:
    """The record of the tests in each engine."""
    server = request.getfixturevalue("postgres") if request.param == "postgresql" else None
    place = Place(request.param, folder, server)
    reports, base = folder / "reports", place.new()
    _write(reports, "abc", "Witness {} saw shelling near the market of Nyala.")
    tidings.build([reports], base, workers=1).close()
    _write(reports, "xyz", "Resident {} heard firing in El Geneina.")
    whole = place.again(base)
    tidings.build([reports], whole, workers=1).close()
    return Scene(place, reports, base, contents(base), contents(whole))
