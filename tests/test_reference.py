"""The page of tables, and the public names."""

from __future__ import annotations

from pathlib import Path

import tidings
from tidings import record
from tidings.cli.reference import tables_page
from tidings.model.columns import TABLES

ROOT = Path(__file__).parents[1]


def test_the_page_of_tables_is_up_to_date():
    """docs/reference/tables.md is what the columns say; `make docs` writes it."""
    assert (ROOT / "docs" / "reference" / "tables.md").read_text(encoding="utf-8") == tables_page()


def test_the_public_names_are_these():
    """The package offers these names and no others."""
    assert tidings.__all__ == ["Record", "__version__", "build", "open"]
    assert all(hasattr(tidings, name) for name in tidings.__all__)
    assert dir(tidings) == sorted(tidings.__all__)


def test_every_table_is_a_method_of_the_record():
    """Every table of the contract but the brief, which is also a page, is a method of the record."""
    assert all(callable(getattr(record.Record, name)) for name in TABLES)


def test_the_version_is_the_one_of_the_package():
    """The version in the program is the one in pyproject.toml."""
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

    assert project["version"] == tidings.__version__
