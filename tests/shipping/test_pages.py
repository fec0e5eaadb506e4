"""The pages on installing and on many reports say what there is."""

from __future__ import annotations

import re
import tomllib
from dataclasses import fields
from pathlib import Path

from tidings import doctor
from tidings.config import Settings

ROOT = Path(__file__).parents[2]


def page(name: str) -> str:
    return (ROOT / "docs" / name).read_text(encoding="utf-8")


def test_every_setting_stands_on_the_page_with_its_default():
    """Each setting is a row of the table of settings, with what holds where nothing is said."""
    rows = dict(re.findall(r"^\| `(\w+)` \| .* \| (.*) \|$", page("many-reports.md"), re.MULTILINE))

    assert set(rows) == {field.name for field in fields(Settings)}
    for name in ("worker_memory", "report_seconds", "analyst"):
        assert rows[name].startswith(str(getattr(Settings(), name))), name


def test_the_page_and_the_doctor_name_extras_that_there_are():
    """The table of extras and the doctor name only extras that there are."""
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    rows = set(re.findall(r"^\| `(\w+)` \|", page("install.md"), re.MULTILINE))

    assert rows <= set(extras)
    assert {extra for extra, _ in doctor._EXTRAS.values()} <= set(extras)
