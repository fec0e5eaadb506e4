"""The door of the exports: entry points, one for all, and what every export promises."""

from __future__ import annotations

import tomllib
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from tidings.errors import UsageError
from tidings.tell.formats import registry
from tidings.tell.formats.export import Export, Written

ROOT = Path(__file__).parents[3]


def note(tables, target: Path) -> Written:
    target.write_text(str(len(list(tables["claims"]))))
    return Written(files=(target,), rows=1)


OURS = Export(name="atlas", title="an atlas", ending=".txt", cannot_hold=("most things",), write=note)
NOT_ONE = "no export"


def point(name: str, attribute: str) -> EntryPoint:
    return EntryPoint(name, f"{__name__}:{attribute}", registry.GROUP)


def test_the_exports_are_these_in_this_order():
    """The exports of Tidings come through the entry points of the package, in the order in which they are documented."""
    group = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["entry-points"][registry.GROUP]

    assert registry.names()[: len(registry.BUILT_IN)] == registry.BUILT_IN
    assert set(group) == set(registry.BUILT_IN)
    assert [one.name for one in registry.every()][: len(registry.BUILT_IN)] == list(registry.BUILT_IN)


@pytest.mark.parametrize("name", registry.BUILT_IN)
def test_every_export_says_what_it_loses(name):
    """Each export has its own name, a title, what it cannot hold, and an extra where it needs a library."""
    one = registry.find(name)

    assert (one.name, bool(one.extra)) == (name, bool(one.needs))
    assert one.title
    assert all(one.cannot_hold)
    assert one.ending == "" or one.ending.startswith(".")
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["optional-dependencies"]
    assert not one.extra or one.extra in extras


@pytest.mark.parametrize("name", registry.BUILT_IN)
def test_the_same_tables_give_the_same_bytes(name, tables, tmp_path):
    """Writing twice gives the same bytes, and tables that are walked through a row at a time give them too."""

    class Walked:
        def __init__(self, rows):
            self.rows = rows

        def __iter__(self):
            return iter(self.rows)

    one, two = tmp_path / "one" / "record", tmp_path / "two" / "record"
    first = registry.write(name, tables, one)
    second = registry.write(name, {table: Walked(rows) for table, rows in tables.items()}, two)

    # Nobody judged a claim of these tables, which is all that the gold holds.
    assert (first.rows > 0) == (name != "gold")
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]
    assert (first.rows, first.left_out) == (second.rows, second.left_out)


def test_a_program_beside_tidings_adds_an_export_by_the_same_door(monkeypatch, tables, tmp_path):
    """An entry point of another package is listed after those of Tidings and written like them."""
    own = registry.entry_points(group=registry.GROUP)
    monkeypatch.setattr(registry, "entry_points", lambda group: [point("atlas", "OURS"), *own])

    assert registry.names() == (*registry.BUILT_IN, "atlas")
    assert registry.write("atlas", tables, tmp_path / "atlas.txt").rows == 1


def test_an_export_that_cannot_be_loaded_says_so_and_hides_no_other(monkeypatch):
    """An entry point that leads nowhere, or to something else, is an error of its own name alone."""
    own = registry.entry_points(group=registry.GROUP)
    broken = [point("lost", "NOWHERE"), point("odd", "NOT_ONE"), point("jsonl", "OURS")]
    monkeypatch.setattr(registry, "entry_points", lambda group: [*broken, *own])

    assert registry.find("jsonl").title.startswith("every table")
    assert len(registry.every()) == len(registry.BUILT_IN)
    for name in ("lost", "odd"):
        with pytest.raises(UsageError, match=f"export {name} cannot be loaded"):
            registry.find(name)


def test_what_is_missing_or_does_not_fit_is_told(monkeypatch, tables, tmp_path):
    """An unknown name, a library that is not installed and a folder in the place of a file are told with what to do."""
    with pytest.raises(UsageError, match="The exports are: jsonl, csv"):
        registry.find("xml")
    with pytest.raises(UsageError, match="is a folder; the export kml writes one file"):
        registry.write("kml", tables, tmp_path)
    monkeypatch.setattr(registry, "find_spec", lambda name: None)
    with pytest.raises(UsageError, match=r'pip install "tidings\[parquet\]"'):
        registry.write("parquet", tables, tmp_path)


def test_a_target_that_cannot_be_written_to_is_told(tables, tmp_path):
    """A file in the place of a folder is an error, not a traceback."""
    (tmp_path / "file").write_text("x")

    with pytest.raises(UsageError, match="cannot be written to"):
        registry.write("csv", tables, tmp_path / "file")
