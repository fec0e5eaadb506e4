"""The page of exports is what the exports say."""

from __future__ import annotations

import re
from pathlib import Path

from tidings.cli.reference import exports_page
from tidings.tell.formats import registry

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "exports.md"


def test_the_page_of_exports_is_up_to_date():
    """docs/reference/exports.md is what the registry says; `make docs` writes it."""
    assert PAGE.read_text(encoding="utf-8") == exports_page()


def test_the_page_names_every_export_with_what_it_cannot_hold():
    """Each export has a section of its own with every loss that it names."""
    sections = dict(
        re.findall(r"^## (\w+)\n(.*?)(?=^## |\Z)", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    )

    for one in registry.every()[: len(registry.BUILT_IN)]:
        assert all(f"- {loss}\n" in sections[one.name] for loss in one.cannot_hold), one.name


def test_the_example_of_the_page_runs(tables, tmp_path):
    """The export that the page shows writes what it says."""
    example = re.search(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    held: dict[str, object] = {}
    exec(example[1], held)  # noqa: S102 - our own page
    done = held["EXPORT"].write(tables, tmp_path / "lines.txt")

    assert done.rows == 4
    assert (tmp_path / "lines.txt").read_text(encoding="utf-8").startswith("2023-10-01/2023-10-31 Kalma camp\n")
