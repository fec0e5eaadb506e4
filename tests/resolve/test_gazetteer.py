"""Names in, places out, best first; layers added, listed and taken out."""

from __future__ import annotations

import json
import sqlite3
import stat
from pathlib import Path

import pytest
from tests.resolve.writing import small_gazetteer

from tidings.errors import GazetteerError
from tidings.resolve import add_layer, open_gazetteer, remove_layer
from tidings.resolve import gazetteer as module
from tidings.resolve.gazetteer import IndexedGazetteer, cache_folder
from tidings.resolve.index import SCHEMA, Layer, Row, write_layer

SHARED = Path(__file__).parents[3] / "shared" / "bench" / "gazetteers"


def first(gazetteer: IndexedGazetteer, name: str, **limits: list[str]) -> str:
    return gazetteer.lookup(name, **limits)[0].id


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Kharkov", "world:706483"),
        ("Kharkiw", "world:706482"),
        ("Kiev", "world:703448"),
        ("Київ", "world:703448"),
        ("Hudeida", "world:79417"),
        ("الحديدة", "world:79416"),
        ("Taiz", "world:70235"),
        ("PARIS", "world:2988507"),
        ("the Sudan", "world:366755"),
    ],
)
def test_finds_names_in_any_spelling(gazetteer: IndexedGazetteer, name: str, expected: str) -> None:
    """Case, accents, articles, scripts and vowels make no difference."""
    assert first(gazetteer, name) == expected


def test_countries_and_kinds_leave_others_out(gazetteer: IndexedGazetteer) -> None:
    """A lookup within a country or a kind answers with nothing else."""
    assert [place.country for place in gazetteer.lookup("Paris", countries=["US"])] == ["US"]
    assert [place.kind for place in gazetteer.lookup("Kharkiv", kinds=["city"])] == ["city"]


def test_unknown_names_have_no_place(gazetteer: IndexedGazetteer) -> None:
    """Not knowing is an answer, for odd input too."""
    assert [gazetteer.lookup(name) for name in ("Qwrtzplk", "", "…", "'; DROP TABLE places; --")] == [[], [], [], []]


def test_says_how_like_the_name_is(gazetteer: IndexedGazetteer) -> None:
    """The very name scores 1, another of its names nearly, a variant spelling less."""
    scores = [gazetteer.lookup(name, kinds=["city"])[0].score for name in ("Kharkiv", "Kharkov", "Harkiv")]
    assert scores == sorted(scores, reverse=True)
    assert scores[:2] == [1.0, 0.99]


@pytest.fixture
def index(tmp_path: Path) -> Path:
    path = tmp_path / "index.sqlite"
    small_gazetteer(path)
    return path


def test_an_analysts_file_wins(index: Path, tmp_path: Path) -> None:
    """The analyst's own rows stand before all others, in the order of no importance."""
    own = tmp_path / "own.csv"
    own.write_text(
        "name,lat,lon,kind,country,aliases\nParis,15.6,32.5,neighbourhood,SD,Baris|باريس\n", encoding="utf-8"
    )
    added = add_layer(own, index=index, licence="ours", attribution="the analyst")
    found = open_gazetteer(path=index).lookup("Paris")
    assert (added.layer.places, added.refused) == (1, 0)
    assert [place.layer for place in found] == ["own", "world", "world"]
    assert open_gazetteer(path=index).lookup("باريس")[0].layer == "own"
    assert open_gazetteer(path=index).credits["own"] == "the analyst (ours)"


def test_broken_rows_are_named_and_the_others_kept(index: Path, tmp_path: Path) -> None:
    """Each row that cannot be used is refused with its line and the reason."""
    own = tmp_path / "own.csv"
    own.write_bytes(
        b"id,name,lat,lon\n1,Umm Badr,14.1,27.9\n2,Nowhere,200.0,27.9\n3,Swapped,132.0,27.9\n4,Words,north,east\n"
        b"1,Twice,14.2,28.0\n5,,14.3,28.1\n6,Bad \xe9,14.4,28.2\n7,Too,14.4,28.2,many\n"
    )
    added = add_layer(own, index=index)
    assert added.layer.places == 1
    assert {one.path: one.reason for one in added.refusals} == {
        "own.csv, line 3": "200.0, 27.9 lies outside the earth's degrees",
        "own.csv, line 4": "132.0, 27.9 lies outside the earth's degrees (are latitude and longitude swapped?)",
        "own.csv, line 5": "“north”, “east” are no coordinates",
        "own.csv, line 6": "the id 1 stands in an earlier row",
        "own.csv, line 7": "it has no name",
        "own.csv, line 8": "it is not UTF-8",
        "own.csv, line 9": "it has 5 columns, not 4",
    }


def test_areas_of_geojson_keep_their_shape(index: Path, tmp_path: Path) -> None:
    """A feature's area gives a middle, a radius and the geometry; one without a geometry is refused."""
    square = {
        "type": "Polygon",
        "coordinates": [[[32.4, 15.5], [32.6, 15.5], [32.6, 15.7], [32.4, 15.7], [32.4, 15.5]]],
    }
    features = [
        {
            "type": "Feature",
            "properties": {"name": "Old Market", "kind": "neighbourhood", "country": "SD"},
            "geometry": square,
        },
        {"type": "Feature", "properties": {"name": "Void"}, "geometry": None},
    ]
    own = tmp_path / "own.geojson"
    own.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    added = add_layer(own, index=index)
    place = open_gazetteer(path=index).lookup("Old Market")[0]
    assert (round(place.lat, 1), round(place.lon, 1), json.loads(place.geometry)) == (15.6, 32.5, square)
    assert 10_000 < place.radius_m < 20_000
    assert [one.path for one in added.refusals] == ["own.geojson, feature 2"]


def test_alternate_names_join_a_geonames_file(index: Path, tmp_path: Path) -> None:
    """Names of the table of alternate names are found; links and codes are none."""
    row = ["1", "Al Qadarif", "Al Qadarif", "", "14.03", "35.38", "P", "PPLA", "SD", "", "39", "", "", "", "354927", "", "", "", "2020-01-01"]  # fmt: skip
    dump = tmp_path / "SD.txt"
    dump.write_text("\t".join(row) + "\n" + "\t".join(row[:5]) + "\n", encoding="utf-8")
    names = tmp_path / "alternateNamesV2.txt"
    names.write_text(
        "11\t1\ten\tGedaref\n12\t1\tlink\thttps://example.org/Gedaref\n13\t1\tar\tالقضارف\n", encoding="utf-8"
    )
    added = add_layer(dump, index=index, alternate_names=names)
    gazetteer = open_gazetteer(path=index)
    assert [one.reason for one in added.refusals] == ["it has 5 columns, not 19"]
    assert {gazetteer.lookup(name)[0].id for name in ("Gedaref", "القضارف", "Al-Qadarif")} == {"SD:1"}
    assert gazetteer.lookup("https://example.org/Gedaref") == []


def test_adding_again_replaces_and_removing_leaves_no_trace(index: Path, tmp_path: Path) -> None:
    """A layer of one name is there once; what is taken out is no longer found."""
    own = tmp_path / "own.csv"
    own.write_text("name,lat,lon\nUmm Badr,14.1,27.9\nUmm Keddada,13.6,26.7\n", encoding="utf-8")
    add_layer(own, index=index)
    own.write_text("name,lat,lon\nUmm Badr,14.1,27.9\n", encoding="utf-8")
    add_layer(own, index=index)
    assert open_gazetteer(path=index).lookup("Umm Keddada") == []
    assert [(layer.name, layer.places) for layer in open_gazetteer(path=index).layers()] == [("own", 1), ("world", 21)]
    assert remove_layer("own", index=index) == 1
    assert open_gazetteer(path=index).lookup("Umm Badr") == []
    with pytest.raises(GazetteerError, match="there is no layer “own”"):
        remove_layer("own", index=index)
    with pytest.raises(GazetteerError, match="the default layer stays"):
        remove_layer("world", index=index)


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("notes.txt", b"These are my notes.\n", "no gazetteer in a form that is known"),
        ("empty.csv", b"", "no gazetteer in a form that is known"),
        ("own.csv", b"name,lat,lon\nNowhere,x,y\n", "none of its 1 rows can be used"),
        ("own.geojson", b'{"type": "FeatureCollection"', "no JSON in UTF-8"),
        ("own.geojson", b"[]", "a GeoJSON gazetteer is a FeatureCollection"),
        ("arabic.csv", "الاسم,lat,lon\nحلب,36,37\nحمص,34,36\nدرعا,32,36\n".encode("cp1256"), "not UTF-8"),
        ("areas.json", b'{"id": 1}', "a JSON list of areas"),
    ],
)
def test_files_that_cannot_be_used_raise_with_advice(
    index: Path, tmp_path: Path, name: str, content: bytes, says: str
) -> None:
    """An error says what is wrong, and the index is as before."""
    before = open_gazetteer(path=index).stamp
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(GazetteerError, match=says):
        add_layer(path, index=index)
    assert open_gazetteer(path=index).stamp == before


def test_a_missing_file_and_a_broken_index_are_named(tmp_path: Path, index: Path) -> None:
    """Neither is a traceback of another library."""
    with pytest.raises(GazetteerError, match="there is no such gazetteer file"):
        add_layer(tmp_path / "none.csv", index=index)
    broken = tmp_path / "broken.sqlite"
    broken.write_bytes(b"no database" * 100)
    with pytest.raises(GazetteerError, match="is no gazetteer index"):
        open_gazetteer(path=broken)


def test_the_index_is_built_once_in_the_users_own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder and the file are the user's alone, and nothing half built is left."""
    monkeypatch.setenv("TIDINGS_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(
        module, "rows", lambda: iter([Row(ext="1", name="Aden", lat=12.8, lon=45.0, kind="city", country="YE")])
    )
    steps: list[tuple[str, int, int]] = []
    gazetteer = open_gazetteer(lambda name, done, total: steps.append((name, done, total)))
    assert cache_folder() == tmp_path / "cache"
    assert [path.name for path in cache_folder().iterdir()] == [f"gazetteer-{SCHEMA}.sqlite"]
    assert stat.S_IMODE(cache_folder().stat().st_mode) == 0o700
    assert stat.S_IMODE(gazetteer.path.stat().st_mode) == 0o600
    assert first(gazetteer, "Aden") == "world:1"
    assert steps == [("indexing world", 1, 239_000)]


def test_layers_of_an_older_index_come_along(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A new version builds its own index and takes over what the user added to the newest older one, as it was."""
    monkeypatch.setenv("TIDINGS_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(
        module, "rows", lambda: iter([Row(ext="1", name="Aden", lat=12.8, lon=45.0, kind="city", country="YE")])
    )
    own = tmp_path / "ours.csv"
    own.write_text(
        "name,lat,lon,kind,country,aliases\nHalabi Mill,15.5,32.5,facility,SD,The Mill|طاحونة\n", encoding="utf-8"
    )
    add_layer(own, name="ours", licence="ours alone", attribution="the desk")
    before = open_gazetteer().layers()
    held = open_gazetteer().lookup("The Mill")
    open_gazetteer().path.rename(tmp_path / "cache" / f"gazetteer-{SCHEMA - 1}.sqlite")
    (tmp_path / "cache" / "gazetteer-1.sqlite").write_bytes(b"an index long out of use")

    assert open_gazetteer().layers() == before
    assert open_gazetteer().lookup("The Mill") == held


def test_a_build_that_breaks_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The next use builds anew."""

    def broken() -> list[Row]:
        raise RuntimeError("the disk is gone")

    monkeypatch.setenv("TIDINGS_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(module, "rows", broken)
    with pytest.raises(RuntimeError):
        open_gazetteer()
    assert list(cache_folder().iterdir()) == []


def test_layers_are_written_in_batches(tmp_path: Path) -> None:
    """However small the batch, the index is the same."""

    def index_of(batch: int) -> list[tuple[object, ...]]:
        connection = sqlite3.connect(tmp_path / f"{batch}.sqlite")
        rows = [Row(ext=str(n), name=f"Village {n}", lat=1.0, lon=2.0, kind="village", country="SD") for n in range(25)]
        write_layer(connection, Layer(name="x", form="test"), rows, batch=batch)
        found = connection.execute("SELECT * FROM keys ORDER BY key, rank, place").fetchall()
        connection.close()
        return found

    assert index_of(4) == index_of(1000)


@pytest.mark.skipif(not SHARED.exists(), reason="the shared gazetteers are not here")
def test_reads_the_shared_layers(index: Path) -> None:
    """A GeoNames dump, a Who's On First table and a table of p-codes go in as they are."""
    files = ["geonames_cities500_2023-03_SY-IQ-TR-LB-JO-IR.txt", "wof_sy.tsv.gz", "cod_ab_opensyria/governorates.json"]
    added = [add_layer(SHARED / name, index=index) for name in files]
    gazetteer = open_gazetteer(path=index)
    assert [(one.layer.form, one.layer.places) for one in added] == [("geonames", 3196), ("wof", 10422), ("pcodes", 14)]
    aleppo = gazetteer.lookup("Halab", countries=["SY"], kinds=["admin1"])[0]
    assert dict(aleppo.ids)["pcode"] == "SY02"
