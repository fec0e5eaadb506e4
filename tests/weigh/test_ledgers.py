"""The ledgers of control, movement, custody, property, persons, relations and wording."""

from __future__ import annotations

from dataclasses import replace

from tests.weigh.builders import (
    ARMY,
    BAHRI,
    CIVILIANS,
    ENTITIES,
    HERALD,
    MONITOR,
    PORT,
    QUARTER,
    RAPID,
    SPOKESMAN,
    SUDAN,
    weighed,
)  # fmt: skip

from tidings.model import Amount, When
from tidings.testing import claim, doc, entity, mention

A = doc("The Rapid Column took Shambat from the army on Thursday.", publisher="The Nile Ledger", published="2023-06-02")
B = doc("The army is back in Shambat since Monday, residents say.", publisher="Red Sea Herald", published="2023-06-06")
CAMP = entity("Wad Camp", "place", lat=15.0, lon=33.0, radius_m=1_000, place_kind="camp", part_of=SUDAN)


def test_a_place_changes_hands_and_the_first_holding_ends() -> None:
    """What is taken is held from then, until another takes it; the loser held it until then."""
    took = claim("control", "gained", of=A, agents=[RAPID], targets=[ARMY], places=[QUARTER], when="2023-06-01")
    back = claim("control", "gained", of=B, agents=[ARMY], places=[QUARTER], when="2023-06-05")
    rows = weighed((A, B), (took,), (back,)).holdings

    assert sorted((row.holder_ids[0], row.standing, row.since.edtf(), row.until.edtf()) for row in rows) == sorted(
        [
            (RAPID.id, "held", "2023-06-01", "2023-06-05"),
            (ARMY.id, "lost", "", "2023-06-01"),
            (ARMY.id, "held", "2023-06-05", ""),
        ]
    )


def test_what_only_the_holder_says_is_claimed() -> None:
    """A party's own word for what it holds is a claim, until somebody else says so too."""
    own = claim("control", "gained", of=A, agents=[RAPID], places=[QUARTER], when="2023-06-01", chain=[RAPID])
    other = claim("control", "gained", of=B, agents=[RAPID], places=[QUARTER], when="2023-06-01", chain=[MONITOR])

    assert [row.standing for row in weighed((A,), (own,)).holdings] == ["claimed"]
    assert [row.standing for row in weighed((A, B), (own, other)).holdings] == ["held"]


def test_sharing_contest_and_parts_keep_their_standing() -> None:
    """Shared and contested places name all parties; a part of a city is held in part."""
    shared = claim("control", "shared", of=A, agents=[ARMY, RAPID], places=[PORT])
    tried = claim("control", "attempted", of=A, agents=[RAPID], targets=[ARMY], places=[QUARTER])
    report = doc("The Column holds the eastern districts of Bahri.", publisher="Red Sea Herald")
    part = claim("control", "held", of=report, agents=[RAPID], places=[BAHRI])
    rows = weighed((A, report), (shared,), (tried,), (part,)).holdings

    assert {(row.place_id, row.standing, row.share, len(row.holder_ids)) for row in rows} == {
        (PORT.id, "shared", "", 2),
        (QUARTER.id, "contested", "", 2),
        (BAHRI.id, "held", "in part", 1),
    }


def test_denied_and_planned_control_is_no_holding() -> None:
    """Nobody holds what is denied or only meant to be taken."""
    denied = claim("control", "gained", of=A, agents=[RAPID], places=[QUARTER], mode="denied")
    meant = claim("control", "gained", of=B, agents=[RAPID], places=[QUARTER], mode="intended")

    assert weighed((A, B), (denied, meant)).holdings == ()


def test_movements_say_from_where_to_where_and_how_many() -> None:
    """A flight has its origin, its destination and a range over origins; shelter has its place."""
    fled = [
        claim(
            "displacement",
            "flight",
            of=of,
            targets=[CIVILIANS],
            places=[QUARTER],
            destination=[CAMP],
            count=n,
            measure="displaced",
            when="2023-06-01",
        )
        for of, n in ((A, 4000), (B, (2000, 9999)))
    ]
    housed = claim("displacement", "sheltered", of=B, targets=[CIVILIANS], places=[CAMP], when="2023-06-02")
    rows = {row.type: row for row in weighed((A, B), fled, (housed,), entities=(*ENTITIES, CAMP)).movements}

    assert (rows["flight"].low, rows["flight"].high) == (2000, 9999)
    assert rows["flight"].origin_ids == (QUARTER.id,)
    assert rows["flight"].destination_ids == (CAMP.id,)
    assert rows["sheltered"].shelter_ids == (CAMP.id,)
    assert rows["sheltered"].origin_ids == ()


def test_custody_begins_with_a_taking_and_ends_with_a_release() -> None:
    """Those taken are held from then; those let go were held until then."""
    taken = claim("custody", "arrest", of=A, agents=[ARMY], targets=[RAPID], count=20, measure="detained", when="2023-06-01")  # fmt: skip
    freed = claim("custody", "release", of=B, agents=[ARMY], targets=[RAPID], count=8, measure="released", when="2023-06-05")  # fmt: skip
    rows = weighed((A, B), (taken,), (freed,)).custody

    assert sorted((row.standing, row.low, row.since.edtf(), row.until.edtf()) for row in rows) == [
        ("held", 20, "2023-06-01", ""),
        ("released", 8, "", "2023-06-05"),
    ]


def test_a_price_is_no_number_of_things() -> None:
    """Twelve cars are twelve cars; 300,000 pounds are what one costs to get back."""
    report = doc("Gunmen took 12 cars at the bridge and want 300,000 pounds for each of the cars.", publisher="Herald")
    taken = claim("property", "seizure", quote="took 12 cars", of=report, agents=[RAPID], count=12, unit="cars")
    asked = claim("property", "ransom", quote="want 300,000 pounds for each of the cars", of=report, agents=[RAPID], count=300_000, unit="pounds")  # fmt: skip
    rows = weighed((report,), (taken,), (asked,)).property

    assert sorted((row.standing, row.what, row.low, row.price, row.currency) for row in rows) == [
        ("demanded", "cars", None, 300_000, "pounds"),
        ("taken", "cars", 12, None, ""),
    ]


def test_persons_have_what_reports_say_of_them_and_no_more() -> None:
    """Age, occupation and standing stand beside the name; where nothing stands there, nothing is filled in."""
    text = "The shell killed Amna Hassan, a 34-year-old nurse, and Yasin Adam in Shambat."
    report = doc(text, publisher="The Nile Ledger")
    amna, yasin = entity("Amna Hassan", "person"), entity("Yasin Adam", "person")
    dead = claim(killed=2, of=report, targets=[amna, yasin], places=[QUARTER], when="2023-06-01")
    mentions = [mention("Amna Hassan", report, amna), mention("Yasin Adam", report, yasin)]
    rows = weighed((report,), (dead,), mentions=mentions, entities=(*ENTITIES, amna, yasin)).persons
    told = {row.name: (row.harm, row.age, row.occupation, row.standing) for row in rows}

    assert told == {
        "Amna Hassan": ("killed", 34, "nurse", "civilian"),
        "Yasin Adam": ("killed", None, "", "unknown"),
    }


def test_who_only_speaks_is_unharmed() -> None:
    """A spokesman stands among the persons with no harm and no day."""
    said = claim("event", "shelling", of=A, places=[QUARTER], chain=[SPOKESMAN], when="2023-06-01")
    (row,) = weighed((A,), (said,)).persons

    assert (row.name, row.harm, row.when) == ("Col. Omar Idris", "none", When())


def test_relations_stand_once_for_a_pair_a_type_and_a_time() -> None:
    """An alliance told by two reports is one row; its denial another; years later it is a row again."""
    told = [claim("relation", "alliance", of=one, agents=[ARMY], targets=[RAPID], when="2019") for one in (A, B)]
    denied = claim("relation", "alliance", of=A, agents=[RAPID], targets=[ARMY], mode="denied", when="2023")
    denied = replace(denied, id="c_denied")
    again = replace(claim("relation", "alliance", of=B, agents=[ARMY, RAPID], when="2023"), id="c_again")
    rows = weighed((A, B), told, (denied,), (again,)).relations

    assert all((row.a, row.b) == tuple(sorted((ARMY.id, RAPID.id))) for row in rows)
    assert sorted((row.mode, row.since.edtf(), len(row.claims)) for row in rows) == [
        ("asserted", "2019-01-01/2019-12-31", 2),
        ("asserted", "2023-01-01/2023-12-31", 1),
        ("denied", "2023-01-01/2023-12-31", 1),
    ]


def test_framings_count_what_each_publisher_calls_whom() -> None:
    """The same words with and without an article are one wording; pronouns are none; publishers stay apart."""
    one = doc("The rebels fled. Rebels burned the stores. They left.", publisher="The Nile Ledger")
    two = doc("The Column fled.", publisher="Red Sea Herald")
    mentions = [
        mention("The rebels", one, RAPID, how="description"),
        mention("Rebels", one, RAPID, how="description"),
        mention("They", one, RAPID, how="pronoun"),
        mention("The Column", two, RAPID),
        mention("Herald", doc("Herald", publisher="x"), HERALD),
    ]
    rows = weighed((one, two), mentions=mentions).framings

    assert sorted((row.publisher, row.wording, row.n) for row in rows) == [
        ("Red Sea Herald", "The Column", 1),
        ("The Nile Ledger", "The rebels", 2),
    ]


def test_the_order_of_the_input_changes_nothing() -> None:
    """Every ledger is the same whatever order its input came in."""
    from tests.weigh.builders import event

    from tidings.weigh import weigh

    took = claim("control", "gained", of=A, agents=[RAPID], targets=[ARMY], places=[QUARTER], when="2023-06-01")
    back = claim("control", "gained", of=B, agents=[ARMY], places=[QUARTER], when="2023-06-05")
    dead = claim(killed=4, of=B, targets=[CIVILIANS], places=[QUARTER], when="2023-06-05")
    given = {
        "documents": (A, B),
        "claims": (took, back, dead),
        "attributions": (),
        "mentions": (),
        "entities": ENTITIES,
    }
    turned = {name: value[::-1] for name, value in given.items()}
    events = (event(took), event(back, dead))

    assert weigh(**given, events=events) == weigh(**turned, events=events[::-1])


def test_flows_of_other_ways_and_sizes_are_rows_of_their_own() -> None:
    """Hundreds who left one way and thousands who left another are two movements, though told of one morning."""
    report = doc("Hundreds left Bahri for Port Sudan. Thousands left Bahri for Shambat. People left Bahri.")
    flows = [
        claim("displacement", "flight", quote=quote, of=report, targets=[CIVILIANS], places=[BAHRI], when="2023-06-01", destination=to, count=count)
        for quote, to, count in (
            ("Hundreds left Bahri for Port Sudan", [PORT], (200, 999)),
            ("Thousands left Bahri for Shambat", [QUARTER], (2000, 9999)),
            ("People left Bahri.", [], None),
        )
    ]  # fmt: skip
    rows = weighed((report,), flows).movements

    assert sorted((row.low, row.high, len(row.claims)) for row in rows) == [(200, 999, 2), (2000, 9999, 1)]


def test_an_arrest_and_the_detention_after_it_are_one_row() -> None:
    """Twenty arrested and the twenty held, told as two happenings, are the same people; twelve others are not."""
    report = doc(
        "The army arrested 20 fighters of the Column. The army still holds the 20 fighters. It holds 12 more there."
    )
    more = {"of": report, "agents": [ARMY], "targets": [RAPID], "when": "2023-06-01"}
    arrest = claim("custody", "arrest", quote="The army arrested 20 fighters of the Column", count=20, **more)
    held = claim("custody", "detention", quote="The army still holds the 20 fighters", count=20, **more)
    others = claim("custody", "detention", quote="It holds 12 more there", count=12, **more)
    rows = weighed((report,), (arrest,), (held,), (others,)).custody

    assert sorted((row.low, row.who_ids, set(row.claims)) for row in rows) == [
        (12, (RAPID.id,), {others.id}),
        (20, (RAPID.id,), {arrest.id, held.id}),
    ]


def test_a_sex_is_read_from_whole_words_that_describe_the_person() -> None:
    """A name that begins like "man" makes nobody a man, nor does the unit that somebody leads; "his wife" is a woman."""
    report = doc("Samira Mansouri, who leads a 40-man unit, spoke. His wife Huda Nasr was killed.")
    people = [entity("Samira Mansouri", "person"), entity("Huda Nasr", "person")]
    named = [mention(one.name, report, one) for one in people]
    spoke = claim("event", "other", quote="spoke", of=report, agents=people[:1])
    died = claim(killed=1, quote="was killed", of=report, targets=people[1:])
    rows = weighed((report,), (spoke,), (died,), mentions=named, entities=(*ENTITIES, *people)).persons

    assert {row.name: row.sex for row in rows} == {"Samira Mansouri": "", "Huda Nasr": "female"}


def test_words_that_name_nobody_are_no_group_and_plurals_no_occupation() -> None:
    """A count of bodies counts people of whom nothing is said; “his fighters” do not make a fighter of whose they are."""
    report = doc(
        "They saw 44 bodies. The fighters of Musa Adam left; Gen. Omar Kabir stayed.", publisher="The Nile Ledger"
    )
    musa, omar = entity("Musa Adam", "person"), entity("Omar Kabir", "person")
    seen = claim(killed=Amount(low=44, high=44, text="44", unit="bodies"), of=report, quote="44 bodies")
    left = claim("event", "retreat", of=report, quote="The fighters of Musa Adam left", agents=[musa])
    stayed = claim("event", "other", of=report, quote="Omar Kabir stayed", agents=[omar])
    named = [mention("Musa Adam", report, musa), mention("Omar Kabir", report, omar, title="Gen.")]
    record = weighed((report,), (seen,), (left,), (stayed,), mentions=named, entities=(musa, omar))

    assert [row.group for row in record.figures] == [()]
    assert sorted((row.name, row.standing, row.occupation) for row in record.persons) == [
        ("Musa Adam", "combatant", ""),
        ("Omar Kabir", "combatant", ""),
    ]


def test_dozens_without_a_name_stand_with_the_civilians_of_their_happening() -> None:
    """“Dozens were wounded” and “65 residents were wounded” are one figure; fighters are another."""
    reports = [doc(f"Report {at} on the wounded of Shambat.", publisher=f"Outlet {at}") for at in range(3)]
    residents = entity("residents", role="civilians")
    sort = {"places": [QUARTER], "when": "2023-06-01"}
    told = [
        claim(wounded=Amount(low=24, high=99, text="Dozens"), of=reports[0], **sort),
        claim(wounded=65, of=reports[1], targets=[residents], **sort),
        claim(wounded=12, of=reports[2], targets=[RAPID], **sort),
    ]
    rows = weighed(reports, told, entities=(*ENTITIES, residents)).figures

    assert sorted((row.group_ids, row.low, row.high) for row in rows) == sorted(
        [((residents.id,), 24, 99), ((RAPID.id,), 12, 12)]
    )


def test_a_part_that_is_taken_ends_no_holding_of_the_whole() -> None:
    """That fighters advance in a city, or that three quarters of it are held, ends nobody's hold on the rest."""
    report = doc(
        "The army holds Bahri. The Column is advancing in Bahri. The Column holds 75% of Bahri.", publisher="Outlet"
    )
    held = claim(
        "control", "held", of=report, quote="The army holds Bahri", agents=[ARMY], places=[BAHRI], when="2023-06-01"
    )
    gains = claim(
        "control", "gained", of=report, quote="The Column is advancing in Bahri", agents=[RAPID], places=[BAHRI], when="2023-06-03",
    )  # fmt: skip
    most = claim(
        "control", "held", of=report, quote="The Column holds 75% of Bahri", agents=[RAPID], places=[BAHRI], when="2023-06-05",
        share=Amount(low=75, high=75, text="75%"),
    )  # fmt: skip
    rows = weighed((report,), (held,), (gains,), (most,)).holdings

    assert sorted((row.share, row.until.known) for row in rows) == [("", False), ("75%", False), ("in part", False)]
