"""The tables of a small war, made once, and every export of them."""

from __future__ import annotations

import pytest
from tests.tell.formats.sudan import tables as made

from tidings.tell.formats import registry


@pytest.fixture(scope="session")
def tables():
    return made()


@pytest.fixture
def export(tables, tmp_path):
    """Return a function that writes an export and gives the target and what was written."""

    def run(name: str):
        target = tmp_path / f"record{registry.find(name).ending}"
        return target, registry.write(name, tables, target)

    return run
