"""One written record for all tests of the store, and fresh ones for those that change it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from scene import READER, contents
from tests.postgres import ENGINES

from tidings.model import Build, content_id
from tidings.store import inputs, write
from tidings.store.file import File
from tidings.store.inputs import Report
from tidings.store.rows import tables


def written(path: Path | str) -> File:
    """Return a record of the scene at ``path``, a file or a URL, open to write."""
    file = File(path, write=True)
    rows = tables(contents())
    stamp = f"{READER.name} {READER.version} {READER.model}"
    build = Build(
        id=content_id("B", "first"), at="2026-01-01T00:00:00Z", version="0", documents=2, added=(), removed=(),
        settings=f'{{"readers": ["{stamp}"], "gazetteer": "", "known": [], "decisions": ""}}',
        hash=write.contents_hash(rows),
    )  # fmt: skip
    with file.writing() as connection:
        for document in contents().documents:
            data = f"{document.path}\x1f{document.publisher}\x1f{document.text}".encode()
            inputs.put(connection, Report(document, f"from {document.path}", "current"), data)
        write.replace_tables(connection, rows)
        write.add_build(connection, build)
    return file


@pytest.fixture(params=ENGINES)
def where(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A place for a new record: a file, and a database."""
    if request.param == "sqlite":
        return str(tmp_path / "scene.tidings")
    return str(request.getfixturevalue("postgres").url())


@pytest.fixture
def file(where: str):
    """A fresh record of the scene, open to write."""
    held = written(where)
    yield held
    held.close()
