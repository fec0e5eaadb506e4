"""What fixes a day is found from the ties around it, without reading those of the whole record."""

from __future__ import annotations

from pathlib import Path

import pytest

from tidings import _days
from tidings.pipeline import explain_days
from tidings.store import ask
from tidings.store.file import File


def test_what_is_asked_for_step_by_step_explains_as_much_as_the_whole(demo_record: Path) -> None:
    """For every report, claim and happening of the example, the same constraints are told as over all of the record."""
    file = File(demo_record)
    with file.reading() as connection:
        whole = [_days._noun(row) for row in ask.rows(connection, "constraints", ask.Question())]
        points = {name for held in whole for name in (held.a, held.b)}
        ids = [
            row["id"]
            for table in ("documents", "claims", "events")
            for row in ask.rows(connection, table, ask.Question())
        ]
        explain = _days.explainer(connection)
        told = 0
        for one in ids:
            named = [f"{end}:{one}" for end in ("doc", "start", "end") if f"{end}:{one}" in points]
            wanted = list(dict.fromkeys(held.id for point in named for held in explain_days(point, whole)))
            assert [constraint for _, constraint in explain(one)] == wanted
            told += len(wanted)
    file.close()
    assert told > 20


def test_a_network_too_large_to_solve_for_a_page_is_said(demo_record: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where more ties hang together than are looked at, the explanation says that it is of the nearest."""
    monkeypatch.setattr(_days, "_MOST_AROUND", 2)
    monkeypatch.setattr(_days, "_CHUNK", 1)
    file = File(demo_record)
    with file.reading() as connection:
        claims = ask.rows(connection, "claims", ask.Question())
        told = [words for row in claims for words, _ in _days.explainer(connection)(row["id"])]
    file.close()

    assert any("only the nearest 2 ties" in words for words in told)
