"""The whole line on reports written for this test: the same bytes in every order, and a quick start that runs."""

from __future__ import annotations

import re
import stat
from pathlib import Path

import pytest

import tidings

ROOT = Path(__file__).parents[1]

REPORTS = {
    "blue_nile_post.txt": """Fighting reaches Nyala market

Nyala, 26 October 2023 (Blue Nile Post) – Fighters of the Rapid Support Forces entered the market of Nyala on Thursday after shelling the army's garrison, two residents told Blue Nile Post.

At least 14 civilians were killed and dozens wounded, a doctor at the Turkish hospital said. Hundreds of families fled to Kas.

The army denied that its garrison had fallen.
""",
    "darfur_wire.txt": """Army garrison falls in South Darfur

The Rapid Support Forces took control of the town of Nyala, the Darfur Wire learned from a local activist on Thursday.

According to the activist, nine civilians were killed by shelling near the market. The Sudanese army said that its troops still hold Nyala airport.
""",
    "relief_note.txt": """Relief note on South Darfur, 2 November 2023

Nearly 3,000 people have fled Nyala since the start of the assault, the Sudan Relief Network said. Most of them are sheltered in schools in Kas.
""",
}
KNOWN = """name,kind,type,agents,targets,places,earliest,latest,source
Garrison of Nyala taken by the RSF,control,gained,Rapid Support Forces,Sudanese army,Nyala,2023-10-26,2023-10-26,public chronologies
"""


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the reports and a table of known days."""
    folder = tmp_path_factory.mktemp("sudan")
    (folder / "reports").mkdir()
    for name, words in REPORTS.items():
        (folder / "reports" / name).write_text(words, encoding="utf-8")
    (folder / "known.csv").write_text(KNOWN, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def record(place: Path):
    """A record of all reports at once, with the known day."""
    with tidings.build([place / "reports"], place / "whole.tidings", known=place / "known.csv") as built:
        yield built


def exported(record: tidings.Record, folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in record.export("jsonl", folder) if path.stem != "builds"}


def test_the_line_reads_reports_of_a_war_it_has_not_seen(record: tidings.Record):
    """Every kind of table gets rows, and the record proves itself."""
    assert record.last_build is not None
    assert record.last_build.complete
    for table in ("documents", "attributions", "claims", "mentions", "entities", "events", "brief"):
        assert record.count(table) > 0, table
    assert {row["kind"] for row in record.claims()} >= {"event", "casualties", "displacement", "control"}
    assert record.check() == []


def test_added_one_by_one_in_another_order_the_bytes_are_the_same(place: Path, record: tidings.Record):
    """Reports added one by one, in another order, give the same bytes as all at once."""
    for name in reversed(REPORTS):
        tidings.build([place / "reports" / name], place / "grown.tidings").close()
    first = place / "reports" / next(iter(REPORTS))
    with tidings.build([first], place / "grown.tidings", known=place / "known.csv") as grown:
        assert grown.last_build is not None
        assert grown.last_build.read == 1, "only the row of known days is new"
        assert exported(grown, place / "grown") == exported(record, place / "whole")


def test_every_derived_row_leads_down_to_words(record: tidings.Record):
    """From every row of every table that stands on claims, why reaches quoted words."""
    for table in ("events", "figures", "holdings", "movements", "contradictions", "echoes", "brief"):
        for row in record.rows(table):
            step = record.why(row["id"])
            assert any(below.words is not None for below in step.under) or row.get("documents"), (table, row["id"])


@pytest.mark.parametrize("page", ["README.md", "docs/start.md"])
def test_the_quick_start_runs(page: str, place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """The Python of the README and of the start page runs as it stands."""
    blocks = re.findall(r"```python\n(.*?)```", (ROOT / page).read_text(encoding="utf-8"), re.DOTALL)
    (tmp_path / "reports").symlink_to(place / "reports")
    monkeypatch.chdir(tmp_path)

    assert blocks
    for block in blocks:
        exec(compile(block, page, "exec"), {})  # noqa: S102
    assert stat.S_IMODE((tmp_path / "war.tidings").stat().st_mode) == 0o600
