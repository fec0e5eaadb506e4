"""The parts of a copy by themselves: keys, profiles, days and points, words, changes."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tidings.errors import UnreadableInput, UsageError
from tidings.geo.distance import metres
from tidings.publish import SHIPPED, Change, Seal, as_csv, as_jsonl, counted, load_profile
from tidings.publish.coarsen import coarse_day, coarse_edtf, coarse_point, rule_for
from tidings.publish.hidden import Hidden
from tidings.publish.plain import any_of, label, only
from tidings.publish.profile import PlaceRule
from tidings.publish.wording import LEFT_OUT, Words

KEY = "k" * 40


# Ids and pseudonyms.


def test_an_id_keeps_its_prefix_and_a_happening_its_claim():
    """The digits of a claim and of the happening that began with it are the same in the copy too."""
    seal = Seal(KEY, "public")
    claim, event = seal.id("c_0123456789abcdef"), seal.id("e_0123456789abcdef")

    assert claim[:2] == "c_"
    assert claim[2:] == event[2:] != "0123456789abcdef"
    assert seal.ids_in("end:c_0123456789abcdef") == f"end:{claim}"
    assert seal.id("") == ""


def test_a_short_key_is_refused():
    """A key that could be guessed is none."""
    with pytest.raises(UsageError, match="shorter than 32"):
        Seal("secret", "public")


@given(st.lists(st.text("0123456789abcdef", min_size=16, max_size=16), unique=True, max_size=60))
def test_pseudonyms_are_stable_and_never_shared(ids: list[str]):
    """Each person has one of their own; it hangs on the id alone, not on who else is there."""
    seal = Seal(KEY, "public")
    given_names = seal.pseudonyms({f"n_{one}": "Person" for one in ids})

    assert len(set(given_names.values())) == len(ids)
    assert all(
        re.fullmatch(r"Person [2-9BCDFGHJKMNPQRTVWXY]{4}-[2-9BCDFGHJKMNPQRTVWXY]{3}", name)
        for name in given_names.values()
    )
    assert all(seal.pseudonyms({one: "Person"})[one] == name for one, name in given_names.items())


def test_proofs_hang_on_the_key():
    """Words cannot be tried against a proof without the key."""
    assert Seal(KEY, "public").proof("Omar") != Seal("x" * 40, "public").proof("Omar")


# Profiles.


@pytest.mark.parametrize("name", SHIPPED)
def test_shipped_profiles_say_why(name: str):
    """Every profile that comes with Tidings has a reason, and so has every rule about places."""
    held = load_profile(name)

    assert held.name == name
    assert held.reasons["profile"]
    assert all(rule.reason for rule in held.places)
    assert load_profile(f"{name}.toml") == held


def test_what_a_profile_does_not_say_is_the_strictest(tmp_path: Path):
    """A profile of a name alone shows no more than the public one."""
    path = tmp_path / "court.toml"
    path.write_text('name = "court"\n', encoding="utf-8")
    mine, public = load_profile(path), load_profile("public")

    assert mine.choices == {
        **public.choices,
        "reports": {**public.choices["reports"], "address": "leave out", "title": "leave out"},
        "dates": public.choices["dates"],
        "persons": {**public.choices["persons"], "dates": "day"}
        if mine.says("persons", "dates") == "day"
        else public.choices["persons"],
    }
    assert mine.places == public.places
    assert mine.longest == public.longest
    assert mine.listed("persons", "public_offices") == ()


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("", "needs a name"),
        ('name = "x"\n[person]\n', "no section 'person'"),
        ('name = "x"\n[persons]\nname = "keep"\n', r"no 'name'"),
        ('name = "x"\n[persons]\nnames = "show"\n', "'show' is no answer"),
        ('name = "x"\n[quotations]\nlongest = "all"\n', "whole number"),
        ('name = "x"\n[descriptions]\ncut = "source"\n', "list of words"),
        ('name = "x"\n[[places]]\nto = "grid"\n', "at least 100 metres"),
        ('name = "x"\n[[places]]\nto = "moon"\n', "'moon' is no answer"),
        ('name = "x"\n[dates]\nhappenings = "month"\n', "days stand in quotations"),
        ("name = ", "no TOML"),
    ],
)
def test_a_profile_that_cannot_be_used_is_refused(tmp_path: Path, text: str, error: str):
    """What a profile cannot say is named with what it may say."""
    path = tmp_path / "mine.toml"
    path.write_text(text, encoding="utf-8")

    with pytest.raises((UsageError, UnreadableInput), match=error):
        load_profile(path)


def test_a_profile_that_is_not_there_is_refused():
    """A name that is no profile and no file names those there are."""
    with pytest.raises(UsageError, match="private, partner, public"):
        load_profile("press")


# Days.


@pytest.mark.parametrize(
    ("words", "grain", "shown"),
    [
        ("2015-06-25", "month", "2015-06"),
        ("2015-06-25/2015-07-02", "month", "2015-06/2015-07"),
        ("2015-06-25/..", "year", "2015/.."),
        ("[2015-06-11,2015-06-18]", "month", "2015-06"),
        ("", "month", ""),
        ("2015-06-25", "nothing", ""),
        ("2015-06-25", "day", "2015-06-25"),
    ],
)
def test_days_are_made_coarser(words: str, grain: str, shown: str):
    """An EDTF string is cut to the grain, its ends kept apart."""
    assert coarse_edtf(words, grain) == shown


@given(st.dates(date(1900, 1, 1), date(2100, 12, 30)), st.sampled_from(["month", "year"]))
def test_a_coarse_interval_holds_the_day(day: date, grain: str):
    """The first and last day of the month or year enclose the day."""
    first, last = (coarse_day(day.isoformat(), grain, last=end) for end in (False, True))

    assert first <= day.isoformat() <= last
    assert first[:4] == last[:4] == day.isoformat()[:4]


# Points.


def _rule(to: str = "grid", grid_m: int = 5000, **more: object) -> PlaceRule:
    held = {
        "name": "r",
        "kinds": frozenset({"camp"}),
        "words": frozenset({"hospital", "дом", "مستشفى"}),
        "show_name": True,
        "called": "a place",
        "reason": "",
    }
    return PlaceRule(to=to, grid_m=grid_m, **{**held, **more})  # type: ignore[arg-type]


def _place(**more: object) -> dict[str, object]:
    held = {
        "kind": "place",
        "name": "X",
        "aliases": [],
        "place_kind": "",
        "lat": 10.0,
        "lon": 20.0,
        "radius_m": 50,
        "precision": "exact",
        "geometry": {},
        "anchor": None,
        "ids": {"geonames": "1"},
    }
    return {**held, **more}


@given(st.floats(-84, 84), st.floats(-179, 179), st.integers(100, 50_000), st.integers(0, 5000))
def test_the_radius_holds_the_true_point(lat: float, lon: float, grid: int, radius: int):
    """Wherever a place lies, the radius said around the middle of its square reaches it."""
    made = coarse_point(_place(lat=lat, lon=lon, radius_m=radius), _rule(grid_m=grid), None)

    # A row of squares is as wide as at its middle, so its poleward corners lie a little nearer.
    assert metres(lat, lon, made["lat"], made["lon"]) <= made["radius_m"] * 1.02 + 12
    assert made["radius_m"] >= grid / 2


@given(st.floats(-60, 60), st.floats(-170, 170))
def test_places_of_one_square_cannot_be_told_apart(lat: float, lon: float):
    """Two places of one square have one point, and coarsening twice changes nothing."""
    first = coarse_point(_place(lat=lat, lon=lon), _rule(), None)
    again = coarse_point(_place(lat=first["lat"], lon=first["lon"]), _rule(), None)

    assert (first["lat"], first["lon"]) == (again["lat"], again["lon"])


def test_nothing_that_leads_to_the_point_stays():
    """Geometry, anchor and ids of registers go with the point."""
    made = coarse_point(_place(), _rule("nothing"), None)

    assert made == {
        "lat": None, "lon": None, "radius_m": None, "precision": "unknown", "geometry": None, "anchor": None, "ids": {}, "method": "coarsened: r",
    }  # fmt: skip


def test_a_parent_gives_point_and_radius():
    """A place shown by what it lies in has the parent's point, and a radius no smaller than its own or the parent's."""
    made = coarse_point(_place(radius_m=50), _rule("parent"), _place(lat=1.0, lon=2.0, radius_m=12_000))

    assert (made["lat"], made["lon"], made["radius_m"], made["precision"]) == (1.0, 2.0, 12_000, "district")


@pytest.mark.parametrize(
    ("row", "falls"),
    [
        (_place(place_kind="camp"), True),
        (_place(name="Gondar Hospitals"), True),
        (_place(aliases=["мой дом"]), True),
        (_place(name="مستشفى الجلاء"), True),
        (_place(name="Hospitality Inn"), False),
        ({**_place(place_kind="camp"), "kind": "actor"}, False),
    ],
)
def test_a_place_falls_under_a_rule_by_kind_or_word(row: dict[str, object], falls: bool):
    """The kind, or a whole word of one of its names in any script, decides."""
    assert (rule_for(row, (_rule(),)) is not None) is falls


# Words.


def _words(**more: object) -> Words:
    held = {
        "vocabulary": frozenset({"goma", "m23"}),
        "small": frozenset({"shells", "troops"}),
        "unknown": True,
        "uncased": False,
        "longest": 0,
    }
    return Words(Hidden([("Omar Haddad", "n"), ("خالد المنصور", "m")]), {"n": "Person 2222-222"}, **{**held, **more})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Shells fell on Goma on Monday", "Shells fell on Goma on Monday"),
        ("Shells hit Kibati near Goma", "Shells hit […] near Goma"),
        ("Tesfaye saw it", "[…] saw it"),
        ("the general Jean Bosco Ntaganda fled", "the general […] fled"),
        ("President Kabila spoke", "President […] spoke"),
        ("TROOPS ENTER GOMA", "TROOPS […] GOMA"),
        ("they took Omar Haddad and Haddad’s car", "they took [Person 2222-222] and [name]’s car"),
        ("قتل خالد المنصور في غوما", LEFT_OUT),
    ],
)
def test_a_quotation_shows_known_words_only(text: str, shown: str):
    """Names known are replaced, capitals that belong to nothing known are cut, scripts without capitals are left out."""
    assert _words().quote(text, 0, len(text))[0] == shown


def test_marks_cover_what_stands_for_somebody():
    """A stretch that stands for somebody hidden is replaced whole; the longer of two overlapping ones counts."""
    text = "a nurse at the camp said that 12 died"
    shown = _words(unknown=False).quote(text, 0, len(text), [(0, 19, "a medical source"), (15, 19, "a camp")])

    assert shown == ("[a medical source] said that 12 died", "names cut in quotation")


@given(st.text(max_size=200), st.integers(10, 60))
def test_a_quotation_is_never_longer_than_allowed(text: str, longest: int):
    """Whatever the words, the length holds, and no mark is cut in two."""
    shown = _words(unknown=False, uncased=True, longest=longest).shorten(f"{text} [Person 2222-222] {text}")

    assert len(shown) <= longest
    assert "[Person 2222-222]" in shown or "[Person" not in shown or "[Person" in text


def test_what_a_sentence_quotes_is_cut():
    """A sentence that Tidings made loses what it quotes and gets the new names."""
    made = _words().sentence(
        "SOHR, from two nurses, says “Tesfaye died”; Omar Haddad denies it.", {"two nurses": "a medical source"}
    )

    assert made == "SOHR, from a medical source, says “…”; Person 2222-222 denies it."


def test_plain_words_say_only_of_what_kind():
    """Lists of words that tell nothing, words for bodies, words for people, and the labels of kinds."""
    assert only("several local sources", "sources")
    assert not only("two doctors", "sources")
    assert any_of("the ministry of defence", "institutions")
    assert any_of("a source in the ministry", "people")
    assert [label(kind) for kind in ("medic", "no such kind", "reason")] == [
        "a medical source",
        "a source not named",
        "a source not named",
    ]


# Changes.


def test_changes_are_written_and_counted():
    """JSON Lines and CSV hold the same, a line at a time; what was done is counted."""
    held = [
        Change("claims", "c_1", "quote", "shortened", "quotations"),
        Change("claims", "c_2", "quote", "shortened", "quotations"),
    ]

    assert (
        "".join(as_csv(held))
        == "table,id,column,what,why\nclaims,c_1,quote,shortened,quotations\nclaims,c_2,quote,shortened,quotations\n"
    )
    assert len(list(as_jsonl(held))) == 2
    assert counted(held) == [("shortened", 2)]
