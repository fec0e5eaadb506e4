from __future__ import annotations

import pytest
from tests.resolve.writing import small_gazetteer

from tidings.resolve.gazetteer import IndexedGazetteer


@pytest.fixture(scope="session")
def gazetteer(tmp_path_factory: pytest.TempPathFactory) -> IndexedGazetteer:
    return small_gazetteer(tmp_path_factory.mktemp("gazetteer") / "small.sqlite")
