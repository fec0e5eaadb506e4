"""A record walked through a piece at a time, its frames, and the command that writes exports."""

from __future__ import annotations

import pytest
from tests import pretend

import tidings
from tidings import _exporting
from tidings.errors import UsageError
from tidings.record import exports


@pytest.fixture
def record(tmp_path, monkeypatch):
    """Return a record of sixty claims in two reports."""
    pretend.install(monkeypatch.setattr)
    (tmp_path / "in").mkdir()
    for name in "ab":
        (tmp_path / "in" / f"{name}.txt").write_text(" ".join(f"Report {name} says thing {n}." for n in range(30)))
    with tidings.build([tmp_path / "in"], into=tmp_path / "war.tidings") as held:
        yield held


def test_tables_in_pieces_are_the_tables(record, monkeypatch):
    """Whatever the size of a piece, the rows are those of the record, again at each walk."""
    whole = record.tables()
    for piece in (1, 7, 60, 1000):
        monkeypatch.setattr(_exporting, "_PIECE", piece)
        with record._file.reading() as connection:
            held = _exporting.Streamed(connection)

            assert {table: list(rows) for table, rows in held.items()} == whole
            assert [row["id"] for row in held["claims"]] == [row["id"] for row in whole["claims"]]
            assert len(held["claims"]) == len(whole["claims"])


def test_every_export_writes_a_record(record, tmp_path):
    """A record whose claims know neither place nor day is written by every export."""
    for one in exports():
        done = record.export(one.name, tmp_path / "out" / f"{one.name}{one.ending}")

        assert all(path.is_file() for path in done), one.name


def test_a_frame_of_polars_has_the_columns_and_types(record):
    """A frame has every column of the contract, typed even where nothing is held; filters hold."""
    polars = pytest.importorskip("polars")
    claims = record.frame("claims", limit=3, library="polars")
    figures = record.frame("figures")

    assert claims.columns == list(record.claims(limit=1)[0])
    assert (claims.height, claims["start"].dtype, claims["chain"].dtype) == (
        3,
        polars.Int64,
        polars.List(polars.String),
    )
    assert (figures.height, figures["low"].dtype, figures["contested"].dtype) == (0, polars.Int64, polars.Boolean)


def test_a_frame_of_another_library_is_refused(record):
    """A library that makes no frames is named."""
    with pytest.raises(UsageError, match="polars or pandas, not with 'dask'"):
        record.frame("claims", library="dask")


def test_a_frame_of_pandas_has_the_same_rows(record):
    """Pandas holds the same rows, where it is installed."""
    pytest.importorskip("pandas", reason="pandas is not among what the tests install")

    assert len(record.frame("claims", library="pandas")) == 60


def test_a_record_shows_itself_in_a_notebook(record):
    """A notebook shows the tables that hold something, with their numbers; the name of the file is plain text."""
    shown = record._repr_html_()

    assert "<td>claims</td><td style='text-align:right'>60</td>" in shown
    assert "<td>figures</td>" not in shown
    assert repr(record) == f"Record({record.where!r})"
