"""An analyst's table: headers as people write them, rows that cannot be used, what a row becomes."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tidings.errors import SourceError, UnreadableInput
from tidings.gather.brought import BROUGHT_COLUMNS, brought_documents, numbers_in
from tidings.read.brought import _amount


def _table(folder: Path, text: str) -> Path:
    path = folder / "mine.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_row_becomes_a_document_of_its_own(tmp_path: Path):
    """Its text is the row, a line a column; its publisher is the analyst; its path leads to the line."""
    path = _table(
        tmp_path,
        "name,type,places,earliest,killed,source\nMortars hit the mill,shelling,Kidal,2014-05-21,10-12,field notes\n",
    )

    (row,) = brought_documents(path, by="Ada Testa").documents

    assert row.text == "\n".join(
        [
            "name: Mortars hit the mill", "kind: event", "type: shelling", "places: Kidal", "earliest: 2014-05-21",
            "latest: 2014-05-21", "killed: 10-12", "source: field notes",
        ]
    )  # fmt: skip
    assert (row.publisher, row.path, row.title, row.brought) == (
        "Ada Testa",
        "mine.csv#2",
        "Mortars hit the mill",
        True,
    )


@pytest.mark.parametrize(
    "header",
    [
        "Date,Event Type,Location,Description,Deaths",
        "day;event-type;WHERE;what;dead",
        "event_date\tsub_event_type\ttown\tsummary\tFatalities",
    ],
)
def test_headers_are_taken_as_people_write_them(tmp_path: Path, header: str):
    """Other words, capitals, signs between words, semicolons and tabs between values."""
    sign = next(sign for sign in ";\t," if sign in header)
    path = _table(tmp_path, header + "\n" + sign.join(["2014-05", "Air strike", "Kidal", "Two jets", "3+"]) + "\n")

    held = brought_documents(path, by="Ada")

    assert held.ignored == ()
    assert held.documents[0].text.split("\n") == [
        "name: Two jets", "kind: event", "type: air_strike", "places: Kidal", "earliest: 2014-05-01", "latest: 2014-05-31", "killed: 3+",
    ]  # fmt: skip


def test_columns_that_mean_nothing_are_named(tmp_path: Path):
    """A header that is no column is left alone and said."""
    held = brought_documents(_table(tmp_path, "name,mood\nx,good\n"), by="Ada")

    assert held.ignored == ("mood",)


@pytest.mark.parametrize(
    ("row", "message", "marked"),
    [
        ("x,strike,2014-05-01,,", "line 2, column type: 'strike' is no type", "strike"),
        ("x,,1/5/2014,,", "line 2, column earliest: '1/5/2014' is no day", "1/5/2014"),
        ("x,,2014-05-02,2014-05-01,", "line 2, column latest: the last day comes before the first", "2014-05-01"),
        ("x,,,,many", "line 2, column killed: 'many' is no number", "many"),
        ("x,,,,1,2", "line 2: the row has 6 values for 5 columns", "2"),
        (",,,,4", "line 2, column name: it does not say what happened", ""),
    ],
)
def test_a_row_that_cannot_be_used_is_named_with_a_caret(tmp_path: Path, row: str, message: str, marked: str):
    """Line, column, reason and the value itself; the other rows come in."""
    path = _table(tmp_path, f"name,type,earliest,latest,killed\n{row}\ny,,2014-05-01,,\n")

    held = brought_documents(path, by="Ada")

    assert [document.title for document in held.documents] == ["y"]
    (error,) = held.refused
    assert isinstance(error, SourceError)
    assert message in str(error)
    assert error.text[error.start : error.end] == marked


def test_a_table_of_places(tmp_path: Path):
    """A row with a point and no day is about a place."""
    held = brought_documents(
        _table(tmp_path, "place,latitude,longitude,radius\nTin-Essako,18.45,2.5,900\n,1,2,\n"), by="Ada"
    )

    assert [row.text for row in held.documents] == [
        "name: Tin-Essako\nkind: place\nlat: 18.45\nlon: 2.5\nradius_m: 900"
    ]
    assert len(held.refused) == 1


@pytest.mark.parametrize("row", ["x,91,2,", "x,1,,", "x,north,2,", "x,1,2,0", "x,nan,2,", "x,1,181,"])
def test_a_point_off_the_map_is_refused(tmp_path: Path, row: str):
    """Degrees lie within their bounds, a point has two of them, a radius is more than nothing."""
    assert len(brought_documents(_table(tmp_path, f"name,lat,lon,radius_m\n{row}\n"), by="Ada").refused) == 1


@pytest.mark.parametrize("text", ["", "\n\n"])
def test_an_empty_table_is_refused(tmp_path: Path, text: str):
    """A file without a row says what its columns would be."""
    with pytest.raises(UnreadableInput, match="the table is empty"):
        brought_documents(_table(tmp_path, text), by="Ada")


def test_columns_that_cannot_be_used_are_refused(tmp_path: Path):
    """Two columns for one thing, or none that says what happened, stop the table at its first line."""
    with pytest.raises(SourceError, match="two columns mean earliest"):
        brought_documents(_table(tmp_path, "name,date,from\nx,,\n"), by="Ada")
    with pytest.raises(SourceError, match="what happened is missing"):
        brought_documents(_table(tmp_path, "mood,lat\nx,1\n"), by="Ada")


@pytest.mark.parametrize(
    ("words", "ends"),
    [
        ("12", (12, 12)), ("10-15", (10, 15)), ("10 – 15", (10, 15)), ("20+", (20, None)), (">20", (21, None)), ("≥20", (20, None)),
        ("<30", (None, 29)), ("≤30", (None, 30)), ("~40", (40, 40)), ("1,200", (1200, 1200)), ("many", None), ("15-10", None), ("", None),
    ],
)  # fmt: skip
def test_counts_as_people_write_them(words: str, ends: tuple[int | None, int | None] | None):
    """Exact, between, at least, fewer than; anything else is no number."""
    assert numbers_in(words) == ends


@given(
    st.integers(0, 10**6),
    st.integers(0, 10**6),
    st.sampled_from(["{}", "{}-{}", "{}+", "<{}", ">{}", "≥{}", "≤{}", "~{}"]),
)
def test_the_reader_counts_as_the_door_does(first: int, second: int, shape: str):
    """What the door accepts, the reader reads, with the same ends."""
    words = shape.format(*sorted((first, second)))
    ends = numbers_in(words)
    count = _amount(words)

    assert ends is not None
    assert count is not None
    assert (count.low, count.high) == ends


@given(st.lists(st.lists(st.text(max_size=12), min_size=1, max_size=6), max_size=6))
def test_any_table_is_read_or_refused(rows: list[list[str]]):
    """Whatever a file holds, rows come in or are named; nothing else happens."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "mine.csv"
        path.write_text(
            "name,type,earliest,killed\n" + "\n".join(",".join(row) for row in rows), encoding="utf-8", errors="replace"
        )
        try:
            held = brought_documents(path, by="Ada")
        except (SourceError, UnreadableInput):
            return
    assert all(document.text.startswith("name: ") for document in held.documents)


def test_every_column_says_what_it_is():
    """The columns are documented where they are named."""
    assert all(BROUGHT_COLUMNS.values())
    assert next(iter(BROUGHT_COLUMNS)) == "name"
