"""A copy as a whole: who is hidden, what stays, what holds together."""

from __future__ import annotations

import json
import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from town import KEY, OFFICIAL, SOURCE, VICTIM, copied, town

from tidings.errors import UsageError
from tidings.model.columns import TABLES, column_names
from tidings.publish import load_profile, publish
from tidings.publish.rows import treatments
from tidings.store.check import prove_tables
from tidings.tell import brief

PUBLIC = copied("public")
PARTNER = copied("partner")
PRIVATE = copied("private")


def _all(copy) -> str:
    return json.dumps(copy.tables, ensure_ascii=False)


def test_every_column_has_a_treatment_or_is_left_out():
    """Treatments name columns that exist; only furniture, what readers gave up, and the log of builds are left out."""
    named = {f"{table}.{name}" for table, held in treatments().items() for name in held}
    there = {f"{table}.{name}" for table in TABLES for name in column_names(table)}

    assert named - there == set()
    assert there - named == {
        "documents.removed", "documents.given_up", "builds.at", "builds.added", "builds.removed", "builds.settings", "builds.hash",
    }  # fmt: skip


@pytest.mark.parametrize("copy", [PUBLIC, PARTNER], ids=["public", "partner"])
def test_a_victim_stands_nowhere(copy):
    """Neither the name nor its parts stand in any cell of the copy, nor in the list of changes."""
    held = _all(copy) + json.dumps([str(one) for one in copy.changes])

    assert not re.search("haddad|omar", held, re.IGNORECASE)


@pytest.mark.parametrize("copy", [PUBLIC, PARTNER], ids=["public", "partner"])
def test_a_source_is_told_by_its_kind(copy):
    """The description of an anonymous source is gone, and so is the reason for not naming it; the kind stays."""
    held = _all(copy)
    chains = {tuple(row["chain"]) for row in copy.tables["claims"]}

    assert "nurse" not in held
    assert "bakery" not in held
    assert "feared" not in held
    assert chains == {("Darfur Hour",), ("Darfur Hour", "a medical source"), ("Darfur Hour", OFFICIAL)}


def test_an_official_stays():
    """Who speaks by a high office keeps name, details and words."""
    person = next(row for row in PUBLIC.tables["persons"] if row["standing"] == "official")

    assert (person["name"], person["age"], person["occupation"]) == (OFFICIAL, 61, "president")


def test_a_private_person_is_a_pseudonym_without_details():
    """In the public copy a victim has a pseudonym, a month, and no age, sex, work or place."""
    person = next(row for row in PUBLIC.tables["persons"] if row["harm"] == "killed")

    assert re.fullmatch(r"Person [2-9B-Y]{4}-[2-9B-Y]{3}", person["name"])
    assert {key: person[key] for key in ("age", "sex", "occupation", "time", "time_earliest", "time_latest", "places")} == {
        "age": None, "sex": "", "occupation": "", "time": "2019-05", "time_earliest": "2019-05-01", "time_latest": "2019-05-31", "places": [],
    }  # fmt: skip


def test_a_pseudonym_is_the_same_wherever_the_person_stands():
    """One person, one pseudonym: in persons, entities, claims and custody."""
    (name,) = {row["name"] for row in PARTNER.tables["persons"] if row["harm"] == "killed"}
    dead = next(row for row in PARTNER.tables["claims"] if row["measure"] == "killed")

    assert dead["targets"] == [name]
    assert PARTNER.tables["custody"][0]["who"] == [name]
    assert name in {row["name"] for row in PARTNER.tables["entities"]}
    assert dead["quote"] == f"[{name}], 34, was killed"


def test_quotations_of_the_public_copy_show_no_unknown_name():
    """A name that no reader found goes with its capital; words about a private person go altogether."""
    person = next(row["name"] for row in PUBLIC.tables["persons"] if row["harm"] == "killed")

    assert sorted((row["type"], row["quote"]) for row in PUBLIC.tables["claims"]) == [
        ("flight", "The [name] family left for […]"),
        ("killed", "[words left out]"),
        ("other", f"They saw [{person}]’s brother, […], at the [a place where people shelter]"),
        ("shelling", "[…] fell on the hospital of Zalingei on Monday"),
        ("shelling", "the army shelled Zalingei"),
    ]


def test_every_quotation_stands_in_what_is_left_of_its_report():
    """The text of a report in a copy is what is quoted from it, so that offsets still lead to the words."""
    for copy in (PUBLIC, PARTNER, PRIVATE):
        texts = {row["id"]: row["text"] for row in copy.tables["documents"]}
        for row in copy.tables["claims"]:
            assert texts[row["document"]][row["start"] : row["end"]] == row["quote"]


@pytest.mark.parametrize("copy", [PUBLIC, PARTNER, PRIVATE], ids=["public", "partner", "private"])
def test_a_copy_holds_together(copy):
    """Quotes, derived values, numbers and sentences of the brief are borne out by the copy itself."""
    proven = prove_tables(copy.tables)

    assert proven.faults == ()
    assert proven.looked["sentences of the brief"] > 0


def test_places_are_coarsened_by_kind():
    """A hospital is moved into a square, a camp has no point where nothing lies above it, a town stays."""
    places = {
        row["name"]: (row["lat"], row["lon"], row["radius_m"])
        for row in PUBLIC.tables["entities"]
        if row["kind"] == "place"
    }

    assert places == {
        "Zalingei": (12.9096, 23.4706, 3000),
        "Zalingei hospital": (12.8908, 23.4531, 7152),
        "a place where people shelter": (None, None, None),
    }


def test_no_id_of_the_record_stands_in_a_copy():
    """Ids are made with the key; in the private copy they stay."""
    old = {
        row["id"] for table, rows in town().items() for row in rows if "id" in row and table not in {"brief", "builds"}
    }

    assert not [one for one in old if one in _all(PUBLIC)]
    assert not [one for one in old if one in _all(PARTNER)]
    assert [row["id"] for row in PRIVATE.tables["claims"]] == [row["id"] for row in town()["claims"]]


def test_copies_are_linked_by_the_key_alone():
    """The same key gives the same ids again; another key, or another profile, gives others."""
    ids = [
        {row["id"] for row in copy.tables["claims"]}
        for copy in (PUBLIC, copied("public"), PARTNER, copied("public", key="f" * 64))
    ]

    assert ids[0] == ids[1]
    assert ids[0].isdisjoint(ids[2])
    assert ids[0].isdisjoint(ids[3])


def test_the_order_of_rows_leads_nowhere():
    """Rows are sorted by what the copy shows, not as in the record."""
    for table in ("documents", "events", "contradictions"):
        ids = [row["id"] for row in PUBLIC.tables[table]]
        assert ids == sorted(ids) or table == "events"


def test_the_same_record_gives_the_same_copy():
    """A copy is a function of record, profile and key."""
    assert copied("public").tables == PUBLIC.tables


def test_the_private_copy_keeps_everything_but_the_machinery():
    """Names, texts and quotations stay; what the reader gave up and notes go."""
    assert VICTIM in _all(PRIVATE)
    assert SOURCE in _all(PRIVATE)
    assert PRIVATE.tables["documents"][0]["text"] == town()["documents"][0]["text"]
    assert {one.column for one in PRIVATE.changes} == {"given_up"}


def test_those_who_worked_on_the_record_are_hidden():
    """Who decided and who signed stands nowhere in a copy."""
    assert "Salma" not in _all(PARTNER) + _all(PUBLIC)


def test_more_names_can_be_hidden_and_shown():
    """Names that no reader found are hidden by hand; a person can be said to be public."""
    hidden = copied("partner", hide=["Tesfaye"])
    shown = copied("partner", show=[VICTIM])

    assert "Tesfaye" in _all(PARTNER)
    assert "Tesfaye" not in _all(hidden)
    assert VICTIM in _all(shown)


def test_whole_texts_and_hidden_names_do_not_go_together():
    """A copy that keeps the texts cannot hide a name that stands in them."""
    with pytest.raises(UsageError, match="keeps the texts"):
        copied("private", hide=["Tesfaye"])


def test_changes_say_what_and_why_without_the_words():
    """Each change names table, id of the copy, column, what was done, and the section of the profile."""
    ids = {row["id"] for rows in PUBLIC.tables.values() for row in rows if "id" in row}

    assert {one.id for one in PUBLIC.changes} - ids <= {""}
    assert ("persons", "age", "detail left out", "persons") in {
        (one.table, one.column, one.what, one.why) for one in PUBLIC.changes
    }


NAMES = [
    "Zoran Kovačević",
    "Сергей Петренко",
    "خالد العلي",
    "יוסף כהן",
    "张伟明",
    "김철수",
    "Γιώργος Παπαδόπουλος",
    "रमेश कुमार",
    "Amal Khoury-Saad",
]


@given(st.sampled_from(NAMES), st.sampled_from(["public", "partner"]))
def test_a_name_in_any_script_is_taken_out(name: str, profile: str):
    """Wherever a name can stand (quotation, title, address, file name, byline, sentence), it is gone, whatever its script."""
    held = unicodedata.normalize("NFC", _all(copied(profile, tables=town(victim=name)))).casefold()

    for part in [name, *(part for part in re.split(r"[ -]", name) if len(part) > 3)]:
        assert part.casefold() not in held


@given(
    st.text(st.sampled_from("abdegiklmnorstuzščžéöıабвгдклмнрс"), min_size=4, max_size=8),
    st.text(st.sampled_from("adeiklmnorstuвгдклмнрс"), min_size=4, max_size=8),
)
def test_any_name_is_taken_out(first: str, family: str):
    """A made-up name of any letters is gone from the public copy, unless it is also a name that is kept."""
    name = f"{first.title()} {family.title()}"
    copy = copied("public", tables=town(victim=name))

    assert name.casefold() not in _all(copy).casefold()


def test_the_key_makes_what_nobody_can_guess():
    """Without the key nobody can make an id of the copy from a name."""
    from tidings.model import content_id

    ids = {row["id"] for row in PUBLIC.tables["entities"]}

    assert content_id("n", "person", VICTIM) not in ids
    assert KEY not in _all(PUBLIC)


def test_names_to_look_at_are_told_to_those_who_publish():
    """Who stays named, names that nothing vouches for, and places that lie alone in a country."""
    tables = town()
    place = next(row for row in tables["entities"] if row["name"] == "Zalingei")
    place["country"] = "SD"
    group = next(row for row in tables["entities"] if row["kind"] == "actor")
    group |= {"name": "Tesfaye Alemu", "aliases": [], "role": "", "ids": {}}
    next(row for row in tables["mentions"] if row["entity"] == group["id"])["how"] = "name"

    partner, public = (copied(profile, tables=tables) for profile in ("partner", "public"))

    assert list(partner.people.shown) == [OFFICIAL]
    assert list(partner.people.unsure) == ["Tesfaye Alemu", "Zalingei"]
    assert list(public.people.unsure) == ["Zalingei"]
    assert "Tesfaye" not in _all(public)


@pytest.mark.parametrize(
    ("kind", "sort", "shown"),
    [("property", "seizure", "[words left out]"), ("event", "shelling", "the army shelled Zalingei")],
)
def test_who_is_not_named_is_not_quoted_on_their_own_affairs(kind: str, sort: str, shown: str):
    """Words of an unnamed source on people held or things taken tell whose they were; on other things they stay."""
    tables = town()
    nurse = next(row["id"] for row in tables["entities"] if row["kind"] == "source" and row["role"] == "medic")
    claim = next(row for row in tables["claims"] if row["mode"] == "denied")
    claim |= {"kind": kind, "type": sort, "chain": ["Darfur Hour", SOURCE], "chain_ids": [claim["chain_ids"][0], nurse]}

    assert shown in {
        row["quote"]
        for row in copied("public", tables=tables).tables["claims"]
        if (row["kind"], row["type"]) == (kind, sort)
    }


def test_a_name_in_a_column_made_for_something_else_is_taken_out():
    """A name in the unit of a count or in the name of a division, where nobody expects it, is found and cut."""
    tables = town()
    next(row for row in tables["claims"] if row["measure"] == "killed")["count"]["unit"] = VICTIM
    tables["entities"][0]["admin1"] = f"{VICTIM} Province"

    held = _all(copied("partner", tables=tables))

    assert "Haddad" not in held


@pytest.mark.parametrize("profile", ["public", "partner"])
def test_a_name_inside_what_civilians_are_called_is_cut(profile):
    """Whose wife or family somebody is tells who it is: such a description is no name that is kept whole."""
    tables = town()
    called = f"Mr {VICTIM.split()[-1]}'s wife"
    tables["entities"].append(
        {**tables["entities"][0], "id": "n_00000000000000ff", "name": "wives", "kind": "actor", "role": "civilians",
         "aliases": [called], "ids": {"lexicon": "generic.wives"}, "lat": None, "lon": None, "part_of_ids": []}
    )  # fmt: skip
    copy = publish(tables, load_profile(profile), KEY, tell=brief)

    (row,) = [row for row in copy.tables["entities"] if row["name"] == "wives"]
    assert row["aliases"] == []
    assert copy.hidden.find(called)
