"""Exports that carry every table, each read back by an outside reader."""

from __future__ import annotations

import csv
import json

import pytest

from tidings.model.columns import TABLES, column_names


def test_parquet_gives_back_what_went_in(export, tables):
    """Pyarrow reads every table with its types; lists and objects are as they were."""
    pq = pytest.importorskip("pyarrow.parquet")
    folder, _ = export("parquet")

    for table, rows in tables.items():
        read = pq.read_table(folder / f"{table}.parquet")
        assert tuple(read.column_names) == column_names(table)
        assert read.num_rows == len(rows)
    claims = pq.read_table(folder / "claims.parquet").to_pylist()
    plain = [column.name for column in TABLES["claims"]]
    assert claims == [{name: row[name] for name in plain} for row in tables["claims"]]
    events = pq.read_table(folder / "events.parquet").to_pylist()
    assert events == tables["events"]
    settings = pq.read_table(folder / "builds.parquet").to_pylist()[0]["settings"]
    assert json.loads(settings) == tables["builds"][0]["settings"]


def test_polars_reads_every_table_of_lines_and_of_cells(export, tables):
    """Polars finds in the JSON Lines what went in, and in the CSV files as many rows, whatever their words hold."""
    polars = pytest.importorskip("polars")
    lines, _ = export("jsonl")
    cells, _ = export("csv")

    for table, rows in tables.items():
        if rows:
            read = polars.read_ndjson(lines / f"{table}.jsonl", infer_schema_length=None)
            texts = [column.name for column in TABLES[table] if column.holds == "text"]
            assert read.select(texts).rows() == [tuple(row[name] for name in texts) for row in rows]
            assert polars.read_csv(cells / f"{table}.csv", infer_schema=False).height == len(rows)


def test_csv_guards_words_that_begin_like_a_formula(export):
    """A quotation that begins with an equals sign gets an apostrophe; numbers below nought stay numbers."""
    folder, done = export("csv")
    with (folder / "claims.csv").open(encoding="utf-8", newline="") as file:
        quotes = [row["quote"] for row in csv.DictReader(file)]

    assert '\'=HYPERLINK("http://x.invalid") was painted' in quotes
    assert not any(quote.startswith("=") for quote in quotes)
    assert done.left_out == {"cells that began like a formula and got an apostrophe before them": 3}


def test_a_spreadsheet_holds_texts_not_formulas(export, tables):
    """Openpyxl finds a sheet a table with its header and rows; what looks like a formula or a link is a text."""
    openpyxl = pytest.importorskip("openpyxl")
    path, _ = export("xlsx")
    book = openpyxl.load_workbook(path)

    assert book.sheetnames == ["about", *TABLES]
    assert {name: book[name].max_row - 1 for name in TABLES if tables[name]} == {
        name: len(rows) for name, rows in tables.items() if rows
    }
    head = [cell.value for cell in book["claims"][1]]
    cells = [row[head.index("quote")] for row in book["claims"].iter_rows(min_row=2)]
    assert {cell.data_type for cell in cells} == {"s"}
    assert {cell.value for cell in cells} == {row["quote"] for row in tables["claims"]}
    assert not any(cell.hyperlink for sheet in book for row in sheet.iter_rows() for cell in row)
    assert [cell.value for cell in book["figures"]["J"]][:2] == ["best", 20]


def test_cells_that_excel_cannot_hold_are_cut_and_counted(tables, tmp_path):
    """A report longer than Excel's longest cell is cut, and the cut is counted."""
    openpyxl = pytest.importorskip("openpyxl")
    from tidings.tell.formats import xlsx

    long = {**tables["documents"][0], "text": "Sand\x00" * 10_000}
    done = xlsx.write({**tables, "documents": [long]}, tmp_path / "long.xlsx")
    book = openpyxl.load_workbook(tmp_path / "long.xlsx")
    column = [cell.value for cell in book["documents"][1]].index("text")

    assert done.left_out == {"cells cut to 32,767 signs, the most that Excel holds": 1}
    assert len(book["documents"][2][column].value) == 32_767


def test_a_data_package_is_valid(export, tables):
    """Frictionless finds every resource valid: its bytes, its hash, its columns with their types, its keys."""
    frictionless = pytest.importorskip("frictionless")
    folder, _ = export("datapackage")
    package = frictionless.Package(str(folder / "datapackage.json"))
    report = package.validate()

    assert report.flatten(["title", "note"]) == []
    assert [resource.name for resource in package.resources] == list(TABLES)
    assert json.loads((folder / "datapackage.json").read_text())["$schema"].endswith("/2.0/datapackage.json")
    assert len(package.get_resource("claims").read_rows()) == len(tables["claims"])


def test_a_crate_is_read_by_the_library(export):
    """Rocrate reads the crate: its files, the reports that it is based on, the day of the newest report."""
    rocrate = pytest.importorskip("rocrate.rocrate")
    folder, _ = export("rocrate")
    crate = rocrate.ROCrate(folder)

    assert sorted(entity.id for entity in crate.data_entities) == sorted(f"{table}.jsonl" for table in TABLES)
    assert str(crate.root_dataset["datePublished"])[:10] == "2023-10-27"
    assert len(crate.root_dataset["isBasedOn"]) == 2
    assert crate.metadata["conformsTo"] == "https://w3id.org/ro/crate/1.2"
    assert crate.root_dataset["creditText"] == "Place names: Example Gazetteer (CC BY 4.0)"
