"""Which place a name stands for, in the light of the report and of the war."""

from __future__ import annotations

import json

import pytest
from tests.resolve.writing import Report

from tidings.geo.distance import metres
from tidings.model import Decision, Entity, Naming, Place
from tidings.resolve import resolve
from tidings.resolve.gazetteer import IndexedGazetteer

KHARKIV = (49.98, 36.25)


def build(gazetteer: IndexedGazetteer, *reports: Report, decisions: tuple[Decision, ...] = ()) -> Naming:
    return resolve(
        [one.document for one in reports], [one.reading for one in reports], gazetteer=gazetteer, decisions=decisions
    )


def entity(naming: Naming, report: Report, words: str, nth: int = 0) -> Entity:
    wanted = next(mention for mention in naming.mentions if mention.id == report.named(words, nth).id)
    return next(one for one in naming.entities if one.id == wanted.entity)


def place(naming: Naming, report: Report, words: str) -> Place:
    found = entity(naming, report, words).place
    assert found is not None
    return found


def test_the_report_decides_between_places_of_one_name(gazetteer: IndexedGazetteer) -> None:
    """Paris beside Dallas is in Texas, Paris beside France is not."""
    texas = Report("a", "A storm passed [Paris|place], [Texas|place], and then [Dallas|place].")
    france = Report("b", "Talks in [Paris|place] ended; [France|place] hopes for more.")
    naming = build(gazetteer, texas, france)
    assert (place(naming, texas, "Paris").country, place(naming, france, "Paris").country) == ("US", "FR")
    assert entity(naming, texas, "Paris").id != entity(naming, france, "Paris").id
    assert entity(naming, texas, "Paris").part_of == entity(naming, texas, "Texas").id


def test_a_province_is_another_entity_than_its_town(gazetteer: IndexedGazetteer) -> None:
    """The words "Kharkiv province" is the region, "Kharkiv" the city in it."""
    report = Report(
        "a", "Shells fell on [Kharkiv|place city] and across [Kharkiv province|place province core=Kharkiv]."
    )
    naming = build(gazetteer, report)
    city, region = entity(naming, report, "Kharkiv"), entity(naming, report, "Kharkiv province")
    assert (city.name, region.name) == ("Kharkiv", "Kharkiv province")
    assert city.part_of == region.id
    assert (place(naming, report, "Kharkiv").precision, place(naming, report, "Kharkiv province").precision) == (
        "town",
        "province",
    )
    assert "Kharkiv" not in region.aliases


def test_one_entity_for_all_spellings_across_reports(gazetteer: IndexedGazetteer) -> None:
    """Spellings of several reports are one place, with all of them as aliases."""
    a = Report("a", "Boats left [Hodeidah|place].")
    b = Report("b", "The port of [Al Hudaydah|place city] is closed; [Hodeida|place] waits.")
    c = Report("c", "أغلق ميناء [الحديدة|place].")
    naming = build(gazetteer, a, b, c)
    found = entity(naming, a, "Hodeidah")
    assert {entity(naming, one, words).id for one, words in ((b, "Al Hudaydah"), (b, "Hodeida"), (c, "الحديدة"))} == {
        found.id
    }
    assert {found.name, *found.aliases} == {"Hodeidah", "Al Hudaydah", "Hodeida", "الحديدة"}


@pytest.mark.parametrize("kind", ["neighbourhood", "junction", "checkpoint", "facility", "hill", "village"])
def test_what_no_layer_knows_inside_its_parent_becomes_the_parent(gazetteer: IndexedGazetteer, kind: str) -> None:
    """A homonym elsewhere is never the answer: Saltivka is a quarter of Kharkiv here, not a village in Tunisia."""
    report = Report("a", f"Troops left [Kharkiv|place city]. In [Saltivka|place {kind} parent=Kharkiv] houses burn.")
    naming = build(gazetteer, report)
    found = entity(naming, report, "Saltivka")
    where = place(naming, report, "Saltivka")
    assert (where.lat, where.lon) == KHARKIV
    assert (where.method, where.precision, where.kind) == ("inside its parent", "near", kind)
    assert (where.radius_m or 0) >= 7_000
    assert found.part_of == entity(naming, report, "Kharkiv").id
    assert where.layer == "world"


def test_a_quarter_without_a_named_town_lies_in_the_reports_chief_town(gazetteer: IndexedGazetteer) -> None:
    """The town that the report names most often holds what it does not place."""
    report = Report(
        "a",
        "[Kharkiv|place city] and again [Kharkiv|place city]; [Izium|place town] too. [Saltivka|place neighbourhood] burns.",
    )
    naming = build(gazetteer, report)
    assert entity(naming, report, "Saltivka").part_of == entity(naming, report, "Kharkiv").id


def test_one_report_explains_anothers_bare_name(gazetteer: IndexedGazetteer) -> None:
    """A checkpoint in one report is no town of Brazil in the next."""
    a = Report(
        "a",
        "At the [Panorama checkpoint|place checkpoint core=Panorama parent=Kharkiv] in [Kharkiv|place city] men wait.",
    )
    b = Report(
        "b",
        "In [Kharkiv|place city] they took [Panorama|place] and left [Kharkiv|place city]; [Izium|place town] is quiet.",
    )
    naming = build(gazetteer, a, b)
    assert entity(naming, a, "Panorama checkpoint").id == entity(naming, b, "Panorama").id
    assert place(naming, b, "Panorama").country == "UA"


def test_a_small_place_of_another_country_is_a_homonym_in_a_record_of_one_war(gazetteer: IndexedGazetteer) -> None:
    """With no word on what it is, a name that only a far village bears has no place."""
    report = Report("a", "From [Kharkiv|place] to [Izium|place] and [Kupiansk|place], and then [Saltivka|place].")
    naming = build(gazetteer, report)
    assert (place(naming, report, "Saltivka").lat, place(naming, report, "Saltivka").method) == (
        None,
        "no layer knows it",
    )


def test_a_direction_and_a_distance_make_a_piece_of_a_ring(gazetteer: IndexedGazetteer) -> None:
    """Ten kilometres west of Kharkiv: eight to twelve kilometres off, with the anchor kept."""
    report = Report(
        "a",
        "Near [Pisky|place village anchor=Kharkiv relation=of distance_m=10000 bearing=270], 10 km west of [Kharkiv|place city].",
    )
    naming = build(gazetteer, report)
    where = place(naming, report, "Pisky")
    assert where.method == "relative"
    assert 9_500 < metres(where.lat or 0, where.lon or 0, *KHARKIV) < 10_500
    assert json.loads(where.geometry)["type"] == "Polygon"
    assert where.anchor is not None
    assert (where.anchor.place, where.anchor.distance_m, where.anchor.bearing) == (
        entity(naming, report, "Kharkiv").id,
        10_000,
        270,
    )


def test_words_between_two_names_describe_the_first(gazetteer: IndexedGazetteer) -> None:
    """The words "Pisky, 20 km south-east of Kharkiv" needs no cue of the reader."""
    report = Report(
        "a",
        "They hold [Pisky|place village], some 20 kilometres to the south-east of the city of [Kharkiv|place city].",
    )
    naming = build(gazetteer, report)
    where = place(naming, report, "Pisky")
    assert where.anchor is not None
    assert (where.anchor.distance_m, where.anchor.bearing) == (20_000, 135)


def test_a_road_is_the_strip_between_its_ends(gazetteer: IndexedGazetteer) -> None:
    """Its middle lies between them, and it belongs to neither."""
    report = Report(
        "a",
        "The [road|place road how=description ends=Kharkiv+Izium] from [Kharkiv|place city] to [Izium|place town] is cut.",
    )
    naming = build(gazetteer, report)
    where = place(naming, report, "road")
    assert where.method == "relative"
    assert 49.21 < (where.lat or 0) < 49.98
    assert entity(naming, report, "road").id not in {
        entity(naming, report, "Kharkiv").id,
        entity(naming, report, "Izium").id,
    }


def test_a_direction_and_a_country_are_a_part_of_it(gazetteer: IndexedGazetteer) -> None:
    """Western Sudan lies west of the middle of Sudan; two spellings of it are one."""
    a = Report(
        "a",
        "Rains in [western Sudan|place region relation=part bearing=270 parent=Sudan]; [Sudan|place country] waits.",
    )
    b = Report(
        "b", "Dust over [west Sudan|place region relation=part bearing=270 parent=Sudan] in [Sudan|place country]."
    )
    naming = build(gazetteer, a, b)
    where = place(naming, a, "western Sudan")
    assert (where.lon or 99) < 30.0
    assert entity(naming, a, "western Sudan").id == entity(naming, b, "west Sudan").id
    assert entity(naming, a, "western Sudan").part_of == entity(naming, a, "Sudan").id


def test_the_province_without_a_name_is_that_of_the_chief_town(gazetteer: IndexedGazetteer) -> None:
    """The words "The province" in a report on Izium is Kharkiv's."""
    report = Report(
        "a",
        "In [Izium|place town] and [Izium|place town] again; [the province|place province how=description] is calm.",
    )
    naming = build(gazetteer, report)
    assert dict(entity(naming, report, "the province").ids)["geonames"] == "706482"


def test_no_alias_is_another_entitys_name(gazetteer: IndexedGazetteer) -> None:
    """Each form belongs to one place."""
    report = Report(
        "a",
        "[Kharkiv|place city], [Kharkiv district|place district core=Kharkiv], [Kharkiv province|place province core=Kharkiv].",
    )
    naming = build(gazetteer, report)
    names = {one.name.casefold() for one in naming.entities}
    assert not [alias for one in naming.entities for alias in one.aliases if alias.casefold() in names]


def test_the_first_of_two_directions_takes_the_name_of_the_second(gazetteer: IndexedGazetteer) -> None:
    """The words "Eastern and Western Saltivka" are two parts of one quarter, and two entities."""
    report = Report(
        "a",
        "In [Kharkiv|place city] people left [Eastern|place region] and [Western Saltivka|place region] for [Saltivka|place neighbourhood parent=Kharkiv].",
    )
    naming = build(gazetteer, report)
    eastern, western = entity(naming, report, "Eastern"), entity(naming, report, "Western Saltivka")
    assert (eastern.name, western.name, eastern.aliases) == ("Eastern Saltivka", "Western Saltivka", ())
    assert eastern.id != western.id
    assert eastern.part_of == western.part_of == entity(naming, report, "Saltivka").id


def test_a_facility_lies_in_the_town_it_is_named_after(gazetteer: IndexedGazetteer) -> None:
    """Hodeidah's airport is in Hodeidah, whatever town the report names most; a central prison is in no Central."""
    report = Report(
        "a",
        "In [Taiz|place city] and [Taiz|place city] again. [Hodeidah airport|place facility] was hit, in [Al Hudaydah|place city]; [Central Prison|place facility] too.",
    )
    naming = build(gazetteer, report)
    assert entity(naming, report, "Hodeidah airport").part_of == entity(naming, report, "Al Hudaydah").id
    assert entity(naming, report, "Central Prison").part_of == entity(naming, report, "Taiz").id


def test_a_report_is_not_about_where_it_was_written(gazetteer: IndexedGazetteer) -> None:
    """The town of the dateline holds nothing that the report leaves without a place."""
    report = Report(
        "a",
        "[KYIV|place relation=dateline core=Kyiv] – In [Kharkiv|place city] a [checkpoint|place checkpoint how=name] burned.",
    )
    naming = build(gazetteer, report)
    assert entity(naming, report, "checkpoint").part_of == entity(naming, report, "Kharkiv").id


def test_northern_is_north(gazetteer: IndexedGazetteer) -> None:
    """Directions as adjectives and as nouns are one name."""
    report = Report("a", "[North Kordofan|place province] and [Northern Kordofan|place province].")
    naming = build(gazetteer, report)
    assert entity(naming, report, "North Kordofan").id == entity(naming, report, "Northern Kordofan").id
