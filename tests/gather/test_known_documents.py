"""Tables of known days."""

from __future__ import annotations

from pathlib import Path

import pytest

from tidings.errors import SourceError, UnreadableInput
from tidings.gather import known_documents
from tidings.model import sha256_hex

HEAD = "name,kind,type,agents,targets,places,earliest,latest,source\n"
ROW = 'Goma taken by M23,control,gained,M23,,"Goma, Himbi",2012-11-20,2012-11-20,UN Group of Experts\n'
TEXT = (
    "name: Goma taken by M23\nkind: control\ntype: gained\nagents: M23\ntargets:\nplaces: Goma, Himbi\n"
    "earliest: 2012-11-20\nlatest: 2012-11-20\nsource: UN Group of Experts"
)


def table(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "known.csv"
    path.write_text(text, "utf-8")
    return path


def test_each_row_is_a_document(tmp_path: Path) -> None:
    """The text of a known day is its row, and its publisher the row's source; the same row twice is one."""
    (document,) = known_documents(table(tmp_path, "\ufeff" + HEAD + ROW + "\n,,,,,,,,\n" + ROW))

    assert document.text == TEXT
    assert document.sha256 == sha256_hex(TEXT.encode())
    assert (document.known, document.publisher, document.path, document.title) == (
        True,
        "UN Group of Experts",
        "known.csv#2",
        "Goma taken by M23",
    )


def test_more_columns_and_another_order_are_fine(tmp_path: Path) -> None:
    """Columns are found by name."""
    text = "note,source,latest,earliest,places,targets,agents,type,kind,name\nx,UN,,2012-11-20,Goma,,M23,gained,control,Goma taken\n"

    (document,) = known_documents(table(tmp_path, text))

    assert document.text.startswith("name: Goma taken\nkind: control\n")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (
            HEAD + "Goma taken,battle,gained,M23,,Goma,2012-11-20,,UN\n",
            "known.csv: line 2, column kind: 'battle' is no kind of claim; they are event, control, casualties, displacement, "
            "custody, property, relation, statement\n    Goma taken,battle,gained,M23,,Goma,2012-11-20,,UN\n               ~~~~~^",
        ),
        (
            HEAD + "Goma taken,control,gained,M23,,Goma,20 Nov,,UN\n",
            "known.csv: line 2, column earliest: '20 Nov' is no day written as 2015-06-15\n"
            "    Goma taken,control,gained,M23,,Goma,20 Nov,,UN\n                                        ~~~~~^",
        ),
        (
            HEAD + "Goma taken,control,gained,M23,,Goma,2012-11-21,2012-11-20,UN\n",
            "known.csv: line 2, column latest: the latest day comes before the earliest\n"
            "    Goma taken,control,gained,M23,,Goma,2012-11-21,2012-11-20,UN\n"
            "                                                   ~~~~~~~~~^",
        ),
    ],
)
def test_a_fault_is_shown_with_its_line_and_a_caret(tmp_path: Path, text: str, shown: str) -> None:
    """An error names line and column, and a caret stands under the value."""
    with pytest.raises(SourceError) as caught:
        known_documents(table(tmp_path, text))

    assert str(caught.value) == shown


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("name,kind\nx,event\n", "line 1: the column type is missing"),
        (HEAD + "a,control,gained\n", "line 2: the row has 3 values for 9 columns"),
        (HEAD + "a,control,shelling,,,,2012-01-01,,UN\n", "line 2, column type: 'shelling' is no type of control"),
        (HEAD + "a,control,gained,,,,,,UN\n", "line 2, column earliest: a known day needs an earliest or a latest day"),
        (HEAD + ",control,gained,,,,2012-01-01,,UN\n", "line 2, column name: a value is missing"),
        (HEAD + '"a,control,gained\n', "line 2: the quotation mark is not closed"),
        (HEAD + '"a"b,control\n', "line 2: after a closing quotation mark comes a comma or the end of the line"),
    ],
)
def test_faults(tmp_path: Path, text: str, message: str) -> None:
    """Every fault of a table is named by its line."""
    with pytest.raises(SourceError) as caught:
        known_documents(table(tmp_path, text))

    assert caught.value.message.startswith(message)


def test_a_table_that_cannot_be_read_is_an_error(tmp_path: Path) -> None:
    """A missing, empty or binary table is told by its name."""
    for path in (tmp_path / "none.csv", table(tmp_path, " \n")):
        with pytest.raises(UnreadableInput):
            known_documents(path)
