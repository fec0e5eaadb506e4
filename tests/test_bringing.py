"""An analyst's table in a record: chains, quotations, replacement, places, and the copy that hides the analyst."""

from __future__ import annotations

from pathlib import Path

import pytest

import tidings
from tidings._bringing import bring_table
from tidings._publishing import publish_record
from tidings.errors import NotARecord, UsageError
from tidings.store.file import File

TABLE = """name,type,agents,targets,places,earliest,killed,source
Mortars hit the mill,shelling,Ansar Dine,traders,Kidal,2014-05-21,10-12,a driver
The mill burned,,,,Kidal,2014-05-22,,
Nobody knows,strike,,,Kidal,,,
"""


@pytest.fixture(scope="module")
def brought(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record that holds an analyst's table and nothing else, built by the real line of stages."""
    folder = tmp_path_factory.mktemp("brought")
    (folder / "mine.csv").write_text(TABLE, encoding="utf-8")
    (folder / "places.csv").write_text("place,lat,lon,radius_m\nTin-Essako,18.4516,2.4897,900\n", encoding="utf-8")
    File(folder / "war.tidings", write=True).close()
    done = bring_table(str(folder / "war.tidings"), folder / "mine.csv", by="Ada Testa")
    assert (done.added, done.unchanged, done.replaced, len(done.refused)) == (2, 0, 0, 1)
    done = bring_table(str(folder / "war.tidings"), folder / "places.csv", by="Ada Testa")
    assert done.notes == ("1 places put where the table says, each by a decision in the log",)
    return folder / "war.tidings"


def test_rows_are_claims_by_the_analyst(brought: Path):
    """The chain begins with the analyst and ends with the row's source; the quotation leads back to the cell."""
    with tidings.open(brought) as record:
        claims = {row["quote"]: row for row in record.claims()}
        texts = {row["id"]: (row["text"], row["path"]) for row in record.documents()}

    assert sorted(claims) == ["Mortars hit the mill", "The mill burned", "Tin-Essako", "killed: 10-12"]
    assert claims["Mortars hit the mill"]["chain"] == ["Ada Testa", "driver"]
    assert claims["The mill burned"]["chain"] == ["Ada Testa"]
    dead = claims["killed: 10-12"]
    assert (dead["count"]["low"], dead["count"]["high"], dead["time"]) == (10, 12, "2014-05-21")
    text, path = texts[dead["document"]]
    assert (text[dead["start"] : dead["end"]], path) == ("killed: 10-12", "mine.csv#2")


def test_the_record_still_proves_itself(brought: Path):
    """Rows brought in are held to the same proof as reports."""
    with tidings.open(brought) as record:
        assert record.check() == []


def test_a_place_lies_where_the_table_says_by_a_decision(brought: Path):
    """The point of a place is a correction by the analyst, in the log."""
    with tidings.open(brought) as record:
        (place,) = [row for row in record.entities(kind="place") if row["name"] == "Tin-Essako"]
        decisions = [(row.action, row.by) for row in record.log()]

    assert (place["lat"], place["lon"], place["radius_m"]) == (18.4516, 2.4897, 900)
    assert decisions == [("correct", "Ada Testa")]


def test_the_same_table_again_changes_nothing_and_a_changed_one_replaces(brought: Path, tmp_path: Path):
    """Rows that stand in the table still are kept; those that stand in it no longer go."""
    table = tmp_path / "mine.csv"
    table.write_text(TABLE, encoding="utf-8")
    File(tmp_path / "war.tidings", write=True).close()
    bring_table(str(tmp_path / "war.tidings"), table, by="Ada Testa")
    again = bring_table(str(tmp_path / "war.tidings"), table, by="Ada Testa")
    table.write_text(TABLE.replace("10-12", "11"), encoding="utf-8")
    changed = bring_table(str(tmp_path / "war.tidings"), table, by="Ada Testa")

    assert (again.added, again.unchanged, again.replaced) == (0, 2, 0)
    assert (changed.added, changed.unchanged, changed.replaced) == (1, 1, 1)


def test_a_copy_hides_the_analyst(brought: Path, tmp_path: Path):
    """Whoever brought rows in or decided stands in no file of a public copy."""
    done = publish_record(str(brought), tmp_path / "out", profile="public", key=tmp_path / "key")

    assert done.pseudonyms >= 1
    assert not [path for path in (tmp_path / "out").rglob("*") if path.is_file() and b"Testa" in path.read_bytes()]


def test_who_brings_a_table_in_has_a_name(brought: Path, tmp_path: Path):
    """A table by nobody is refused, and so is one for a record that is not there, or without a row that can be used."""
    table = tmp_path / "mine.csv"
    table.write_text(TABLE, encoding="utf-8")
    with pytest.raises(UsageError, match="say who brings"):
        bring_table(str(brought), table, by="")
    with pytest.raises(NotARecord):
        bring_table(str(tmp_path / "none.tidings"), table, by="Ada")
    table.write_text("name,type\nx,strike\n", encoding="utf-8")
    with pytest.raises(UsageError, match="no row"):
        bring_table(str(brought), table, by="Ada")
