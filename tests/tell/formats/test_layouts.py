"""The layouts of other projects: exact columns, numbers by side, what is left out."""

from __future__ import annotations

import csv
import json
from collections import Counter

import pytest
from tests.tell.formats.sudan import CREDIT

from tidings.tell.formats import acled, ucdp
from tidings.tell.formats.incidents import Figure, added, layouts
from tidings.tell.formats.ucdp import date_precision

GED = (
    "id relid year active_year code_status type_of_violence conflict_dset_id conflict_new_id conflict_name dyad_dset_id dyad_new_id "
    "dyad_name side_a_dset_id side_a_new_id side_a side_b_dset_id side_b_new_id side_b number_of_sources source_article source_office "
    "source_date source_headline source_original where_prec where_coordinates where_description adm_1 adm_2 latitude longitude geom_wkt "
    "priogrid_gid country country_id region event_clarity date_prec date_start date_end deaths_a deaths_b deaths_civilians "
    "deaths_unknown best high low gwnoa gwnob"
)


def rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_ucdp_has_the_dead_by_side(export):
    """An incident has its sides, the dead of each, best, low and high; an open end is an empty cell, and said."""
    path, done = export("ucdp")
    (row,) = rows(path)

    assert tuple(row) == tuple(GED.split()) == ucdp.COLUMNS
    assert len(ucdp.COLUMNS) == 49
    told = {name: value for name, value in row.items() if value}
    assert told == {
        "id": "f_1", "relid": "f_1", "year": "2023", "code_status": "Tidings", "type_of_violence": "1",
        "dyad_name": "Sudanese army - RSF", "side_a": "Sudanese army", "side_b": "RSF", "number_of_sources": "2",
        "source_article": "'=2+3 Nyala <b>shelled</b>; Shells on Nyala", "source_office": "Blue Nile Post; Darfur Wire",
        "source_date": "2023-10-27", "source_headline": "'=2+3 Nyala <b>shelled</b>; Shells on Nyala",
        "source_original": "Emergency Lawyers; a resident", "where_prec": "1", "where_coordinates": "نيالا Nyala",
        "where_description": "نيالا Nyala", "adm_1": "South Darfur", "latitude": "12.05", "longitude": "24.88",
        "geom_wkt": "POINT (24.88 12.05)", "priogrid_gid": "147290", "country": "Sudan", "event_clarity": "1",
        "date_prec": "1", "date_start": "2023-10-26", "date_end": "2023-10-26", "deaths_a": "20", "deaths_b": "0",
        "deaths_civilians": "7", "deaths_unknown": "0", "best": "27", "low": "27",
    }  # fmt: skip
    assert done.left_out["incidents whose high end is open: the cell is empty"] == 1
    assert done.left_out["figures over a whole period, whose parts are counted already"] == 1
    page = path.with_name(path.name + ".about.txt").read_text(encoding="utf-8")
    assert CREDIT in page
    assert "the wounded and the missing" in page


@pytest.mark.parametrize(("days", "code"), [(1, 1), (2, 2), (6, 2), (7, 3), (8, 4), (31, 4), (32, 5), (366, 5)])
def test_precision_of_days_follows_the_codebook(days, code):
    """A day is 1, up to six days 2, a week 3, a month 4, more 5."""
    assert date_precision(days) == code


def figure(group: str, low: int | None, best: int | None, high: int | None) -> Figure:
    names = (group,) if group else ()
    return Figure(group or "all", "killed", names, names, (), (), low, best, high, contested=False, claims=())


@pytest.mark.parametrize(
    ("figures", "ends"),
    [
        ([figure("a", 5, 5, 8), figure("b", 2, 2, 2)], (7, 7, 10)),
        ([figure("", 20, 20, 20), figure("a", 5, 5, 5)], (20, 20, 20)),
        ([figure("a", 5, 5, None), figure("b", 2, 2, 2)], (7, 7, None)),
        ([figure("a", None, None, 30)], (None, None, 30)),
    ],
)
def test_groups_are_added_and_the_whole_is_not_counted_twice(figures, ends):
    """Groups add up; a number for everybody stands beside them, not on top; an open end stays open."""
    assert added(figures) == ends


def test_acled_has_the_columns_and_no_denied_happening(export):
    """A shelling has its types, sides, place and one number of dead; a retreat that is denied is left out."""
    path, done = export("acled")
    (row,) = rows(path)

    assert tuple(row) == acled.COLUMNS
    assert len(acled.COLUMNS) == 31
    assert {name: value for name, value in row.items() if value} == {
        "event_id_cnty": "e_shelled", "event_date": "2023-10-26", "year": "2023", "time_precision": "1",
        "disorder_type": "Political violence", "event_type": "Explosions/Remote violence",
        "sub_event_type": "Shelling/artillery/missile attack", "actor1": "RSF", "inter1": "Rebel group",
        "actor2": "civilians", "inter2": "Civilians", "interaction": "Rebel group-Civilians",
        "civilian_targeting": "Civilian targeting", "iso": "729", "country": "Sudan", "admin1": "South Darfur",
        "location": "نيالا Nyala", "latitude": "12.05", "longitude": "24.88", "geo_precision": "1",
        "source": "Blue Nile Post; Darfur Wire", "fatalities": "27", "tags": "grade=fair",
        "notes": "shelling: RSF; to: civilians; time 2023-10-26. Says Blue Nile Post. Record: e_shelled.",
    }  # fmt: skip
    assert done.left_out["happenings that every account denies, plans or holds possible"] == 1


def test_plover_lines_have_the_required_fields(export, tables):
    """Each line has id, date, actor and event; words are found at their offsets; denials are left out."""
    path, done = export("plover")
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    texts = {row["id"]: row["text"] for row in tables["documents"]}
    allowed = set(
        "id date actor event recipient enddate mode context event_loc event_text text_info cite_info size".split()
    )

    assert all({"id", "date", "actor", "event"} <= set(line) <= allowed for line in lines)
    for line in lines:
        span = line["text_info"]
        assert texts[line["cite_info"]["id"]][span["start"] : span["end"]] == line["event_text"]
    assert Counter(line["event"][0] for line in lines) == {"ASSAULT": 6}
    assert [line["size"] for line in lines if "size" in line] == [{"dead": 9}, {"dead": 20}, {"dead": 7}]
    assert done.left_out["claims that deny something: PLOVER has no place for a denial"] == 1


def test_hxl_has_its_tags_in_the_second_row(export):
    """The second row holds the hashtags in order; a happening has its number of dead and the range in words."""
    path, done = export("hxl")
    with path.open(encoding="utf-8", newline="") as file:
        _, tags, *held = list(csv.reader(file))

    assert (
        tags
        == (
            "#event+code #date+start #event+type #group+name+first #adm1+name #loc+name #geo+lat #geo+lon #meta+source "
            "#description #affected+killed"
        ).split()
    )
    assert held == [
        ["e_dead", "2023-10-26", "killed", "RSF", "South Darfur", "نيالا Nyala", "12.05", "24.88", "Emergency Lawyers",
         "killed, نيالا Nyala (killed: 7 to 9)", "7"],
        ["e_shelled", "2023-10-26", "shelling", "RSF", "South Darfur", "نيالا Nyala", "12.05", "24.88", "Blue Nile Post",
         "shelling, نيالا Nyala", ""],
    ]  # fmt: skip
    assert done.rows == 2


def test_incidents_have_least_and_most_by_group(export):
    """Each group of an incident has its least and most killed and injured, the grade and the independent origins."""
    path, _ = export("airwars")
    told = [
        tuple(
            row[name]
            for name in ("group", "civilian", "killed_min", "killed_max", "injured_min", "injured_max", "grade")
        )
        for row in rows(path)
    ]

    assert told == [
        ("Sudanese army", "false", "20", "", "", "", ""),
        ("civilians", "true", "7", "9", "30", "40", "contested"),
    ]
    assert rows(path)[1]["origins"] == "Emergency Lawyers; a resident"


def test_lists_say_which_origin_names_whom(export):
    """A named person is in the lists of the origin and the report; an origin without a name is in no list."""
    folder, done = export("mse")
    members = [(row["unit"], row["unit_id"], row["list"], row["list_name"]) for row in rows(folder / "membership.csv")]

    assert members == [
        ("person", "p_1", "report", "Blue Nile Post"),
        ("person", "p_1", "origin", "Emergency Lawyers"),
        ("incident", "e_dead", "report", "Darfur Wire"),
        ("incident", "e_dead", "report", "Blue Nile Post"),
        ("incident", "e_dead", "origin", "Emergency Lawyers"),
    ]
    (person,) = rows(folder / "persons.csv")
    assert list(person.values()) == ["p_1", "Amna Idris", "killed", "2023-10-26", "2023-10-26", "نيالا Nyala", "1"]
    assert done.left_out == {"claims whose origin is not named: they are in no list by origin": 1}


def test_every_mapping_names_a_kind_and_type_of_the_coding_guide():
    """No mapping has a kind or type that the reader cannot give."""
    kinds = {"event", "casualties", "control", "displacement", "custody", "property", "relation", "statement"}
    held = [*layouts()["acled"], *layouts()["plover"]]

    assert {key.split("/")[0] for key in held} <= kinds
    assert all(key.count("/") == 1 for key in held)
