"""Exports for maps, each read back by an outside reader."""

from __future__ import annotations

import json
import sqlite3
from xml.etree import ElementTree as ET

import pytest
from tests.tell.formats.sudan import CREDIT

WITHOUT = {"happenings without a place that has coordinates": 1, "places without a place that has coordinates": 1}
KML = "{http://www.opengis.net/kml/2.2}"


def test_geojson_has_a_point_for_each_happening_and_place(export):
    """Points carry longitude before latitude, the layer, the radius, the claims; what has no coordinates is counted."""
    shapely = pytest.importorskip("shapely")
    path, done = export("geojson")
    read = json.loads(path.read_text(encoding="utf-8"))
    features = read["features"]

    assert (read["type"], read["credits"]) == ("FeatureCollection", [CREDIT])
    assert {next(iter(shapely.geometry.shape(one["geometry"]).coords)) for one in features} == {(24.88, 12.05)}
    assert [one["properties"]["layer"] for one in features] == [
        *["happenings"] * 3,
        *["figures"] * 4,
        "holdings",
        "places",
    ]
    assert len({one["id"] for one in features}) == len(features)
    figure = next(one["properties"] for one in features if one["properties"]["id"] == "f_1")
    assert (figure["low"], figure["best"], figure["high"], figure["radius_m"]) == (20, 20, None, 4000)
    assert (done.rows, done.left_out) == (9, WITHOUT)


def test_a_geopackage_opens_with_its_layers(export):
    """Pyogrio (GDAL, the library under QGIS) lists the layers and reads attributes with types, dates and points."""
    pyogrio = pytest.importorskip("pyogrio")
    path, done = export("gpkg")
    layers = [tuple(row) for row in pyogrio.list_layers(path)]
    info = pyogrio.read_info(path, layer="figures")
    _, _, points, fields = pyogrio.raw.read(path, layer="happenings")
    told = dict(zip(info["fields"], info["dtypes"], strict=True))

    assert layers[:4] == [(name, "Point") for name in ("happenings", "figures", "holdings", "places")]
    assert (info["crs"], info["features"], info["geometry_type"]) == ("EPSG:4326", 4, "Point")
    assert (told["low"], told["contested"], told["earliest"]) == ("int64", "bool", "datetime64[D]")
    assert len(points) == 3
    assert set(fields[0]) == {"e_shelled", "e_dead", "e_holds"}
    assert done.left_out == WITHOUT


def test_a_geopackage_holds_to_the_standard(export):
    """Marks of the file, required tables, extents, an index that finds, and a style with well-formed XML for each layer."""
    path, _ = export("gpkg")
    with sqlite3.connect(path) as held:
        one = lambda query: held.execute(query).fetchall()  # noqa: E731 - a short name for many questions

        assert one("PRAGMA application_id") == [(0x47504B47,)]
        assert one("PRAGMA user_version") == [(10300,)]
        assert one("PRAGMA integrity_check") == [("ok",)]
        assert one("PRAGMA foreign_key_check") == []
        assert one("SELECT min_x, max_y FROM gpkg_contents WHERE table_name = 'places'") == [(24.88, 12.05)]
        assert one("SELECT count(*) FROM rtree_happenings_geom WHERE minx > 24 AND maxx < 25 AND miny > 12") == [(3,)]
        assert one("SELECT credit FROM credits") == [(CREDIT,)]
        styles = one("SELECT f_table_name, styleQML, useAsDefault FROM layer_styles")
    held.close()
    assert [(name, default) for name, _, default in styles] == [
        ("happenings", 1), ("figures", 1), ("holdings", 1), ("places", 1),
    ]  # fmt: skip
    for name, style, _ in styles:
        tree = ET.fromstring(style.split("\n", 1)[1])  # noqa: S314 - a file of our own
        symbols = {symbol.get("name") for symbol in tree.iter("symbol")}
        assert {one.get("symbol") for one in tree.iter("category")} == symbols, name


def test_geoparquet_has_its_metadata_and_points(export):
    """Pyarrow and shapely read points in well-known binary, and the metadata that GeoParquet 1.1 wants."""
    pq = pytest.importorskip("pyarrow.parquet")
    shapely = pytest.importorskip("shapely")
    folder, _ = export("geoparquet")
    read = pq.read_table(folder / "happenings.parquet")
    told = json.loads(read.schema.metadata[b"geo"])

    assert (told["version"], told["primary_column"]) == ("1.1.0", "geometry")
    assert told["columns"]["geometry"] == {"encoding": "WKB", "geometry_types": ["Point"]}
    assert json.loads(read.schema.metadata[b"credits"]) == [CREDIT]
    assert {shapely.from_wkb(one).coords[0] for one in read["geometry"].to_pylist()} == {(24.88, 12.05)}
    assert pq.read_table(folder / "figures.parquet")["high"].to_pylist() == [None, 9, 40, 900]


def test_kml_has_folders_with_spans(export):
    """Fastkml reads the folders; a placemark has its days, its point and its data."""
    fastkml = pytest.importorskip("fastkml")
    path, done = export("kml")
    document = fastkml.KML.parse(path).features[0]
    marks = [mark for folder in document.features for mark in folder.features]

    assert [len(folder.features) for folder in document.features] == [3, 4, 1]
    assert (done.rows, CREDIT in document.description) == (8, True)
    shelled = next(mark for mark in marks if mark.id.startswith("e_shelled"))
    assert (str(shelled.times.begin), str(shelled.times.end)) == ("2023-10-26", "2023-10-26")
    assert shelled.geometry.coords == ((24.88, 12.05),)


def test_kml_survives_words_that_look_like_markup(tables, tmp_path):
    """Markup and signs that XML forbids in a name are words, nothing else."""
    from tidings.tell.formats import kml

    row = {**tables["events"][1], "agents": ["<script>alert(1)</script>\x00 & sons"]}
    kml.write({**tables, "events": [row]}, tmp_path / "odd.kml")
    tree = ET.parse(tmp_path / "odd.kml")  # noqa: S314 - a file of our own

    values = [one.text for one in tree.iter(f"{KML}value")]
    assert "<script>alert(1)</script>\ufffd & sons" in values
