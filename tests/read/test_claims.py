"""Sentences of many wars to claims: kinds, slots, modes, counts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tidings.model import Claim
from tidings.read.index import MentionIndex
from tidings.read.page import Page

Read = Callable[[str], list[dict[str, Any]]]


@pytest.fixture(scope="module")
def read(claims_of: Callable[[str], tuple[Page, MentionIndex, tuple[Claim, ...]]]) -> Read:
    """Return what reads a text into rows of plain words."""

    def rows(text: str) -> list[dict[str, Any]]:
        _, index, claims = claims_of(text)

        def names(ids: tuple[Any, ...]) -> list[str]:
            return [index.antecedent(index[one]).core or index[one].text for one in ids]

        return [
            {
                "what": f"{claim.kind}/{claim.type}", "agents": names(claim.agents), "targets": names(claim.targets),
                "places": names(claim.places), "origin": names(claim.origin), "to": names(claim.destination),
                "count": None if claim.count is None else (claim.count.low, claim.count.high), "mode": claim.mode,
                "share": None if claim.share is None else claim.share.low, "quote": claim.quote,
            }
            for claim in claims
        ]  # fmt: skip

    return rows


def _one(rows: list[dict[str, Any]], what: str) -> dict[str, Any]:
    found = [row for row in rows if row["what"] == what]
    assert len(found) == 1, [row["what"] for row in rows]
    return found[0]


@pytest.mark.parametrize(
    ("text", "what", "slots"),
    [
        (
            "Houthi fighters attacked government troops near Marib.",
            "event/ground_attack",
            {"agents": ["Houthi"], "targets": ["government troops"], "places": ["Marib"]},
        ),
        (
            "Clashes broke out between the Rapid Support Forces and the army in Omdurman.",
            "event/armed_clash",
            {"agents": ["Rapid Support Forces", "army"], "targets": [], "places": ["Omdurman"]},
        ),
        (
            "The Arakan Army has seized three of the regime's outposts in Maungdaw.",
            "control/gained",
            {"agents": ["Arakan Army"], "places": ["Maungdaw"], "mode": "asserted"},
        ),
        (
            "Ukrainian troops tried to retake Lyman.",
            "control/attempted",
            {"agents": ["Ukrainian troops"], "places": ["Lyman"], "mode": "asserted"},
        ),
        (
            "The army controls around 60% of Khartoum.",
            "control/held",
            {"agents": ["army"], "places": ["Khartoum"], "count": (60, 60), "share": 60},
        ),
        (
            "The ELN kidnapped two engineers in Arauca.",
            "custody/abduction",
            {"agents": ["ELN"], "count": (2, 2), "places": ["Arauca"]},
        ),
        (
            "FARC dissidents released four policemen in Cauca.",
            "custody/release",
            {"agents": ["FARC dissidents"], "count": (4, 4), "places": ["Cauca"]},
        ),
        (
            "The shelling forced some 3,000 people to flee from Tawila to Zamzam.",
            "displacement/flight",
            {"count": (3000, 3000), "origin": ["Tawila"], "to": ["Zamzam"]},
        ),
        (
            "Around 300 villagers remain trapped in Maungdaw.",
            "displacement/trapped",
            {"count": (300, 300), "places": ["Maungdaw"]},
        ),
        (
            "Militiamen confiscated twenty motorcycles in Goma.",
            "property/seizure",
            {"count": (20, 20), "places": ["Goma"]},
        ),
        (
            "Flash floods destroyed over 1,000 houses in Beledweyne.",
            "property/destruction",
            {"agents": [], "targets": ["houses"], "count": (1001, None), "places": ["Beledweyne"]},
        ),
        (
            "The Houthis claimed responsibility for the attack.",
            "statement/claim_of_responsibility",
            {"agents": ["Houthis"]},
        ),
        (
            "Helicopters dropped barrel bombs on the market of Hayyan.",
            "event/air_strike",
            {"places": ["Hayyan"]},
        ),
    ],
)
def test_a_sentence_gives_its_claim(read: Read, text: str, what: str, slots: dict[str, Any]) -> None:
    """One sentence gives the one claim of its kind, its slots filled from the words."""
    row = _one(read(text), what)
    assert {name: row[name] for name in slots} == slots


def test_each_group_that_is_counted_is_a_claim(read: Read) -> None:
    """Ten soldiers and three civilians are two claims, and the wounded a third."""
    rows = read("Ten soldiers and three civilians were killed in Taiz, and twenty people were wounded.")
    assert [(row["what"], row["count"]) for row in rows if row["what"].startswith("casualties")] == [
        ("casualties/killed", (10, 10)),
        ("casualties/killed", (3, 3)),
        ("casualties/wounded", (20, 20)),
    ]


def test_dead_and_wounded_without_a_verb_are_counted(read: Read) -> None:
    """The dead and the wounded that a clash left are counted, each on their own."""
    rows = read("The clashes left 30 pro-government fighters dead and 12 wounded.")
    assert [(row["what"], row["count"]) for row in rows if row["what"].startswith("casualties")] == [
        ("casualties/killed", (30, 30)),
        ("casualties/wounded", (12, 12)),
    ]


def test_killed_and_wounded_with_one_number_is_one_claim(read: Read) -> None:
    """One number for the killed and wounded together is not split."""
    row = _one(read("The raid killed and wounded dozens of officers."), "casualties/killed_or_wounded")
    assert row["count"] == (24, 99)


def test_an_execution_is_two_claims(read: Read) -> None:
    """An execution is an event and casualties, both with the number."""
    rows = read("TPLF fighters executed at least 120 civilians in Chenna.")
    assert [(row["what"], row["count"]) for row in rows] == [
        ("casualties/executed", (120, None)),
        ("event/killing", (120, None)),
    ]


def test_a_denial_is_the_proposition_denied(read: Read) -> None:
    """What is denied is read as the proposition with the mode denied, and no second claim is made of the denying."""
    rows = read("Congo's army denied that Sake had fallen.")
    assert [(row["what"], row["mode"]) for row in rows] == [("control/gained", "denied")]


def test_the_other_side_of_a_clash_comes_from_the_report(read: Read) -> None:
    """Clashes that name no side are between the two that the report has told to fight."""
    rows = read("M23 rebels attacked Congolese troops near Sake.\n\nHeavy clashes erupted at dawn in Sake.")
    clash = _one(rows, "event/armed_clash")
    assert sorted(clash["agents"]) == ["Congolese troops", "M23"]


def test_a_place_is_not_carried_from_an_unrelated_item(read: Read) -> None:
    """Items about different matters lend each other no place."""
    items = [
        "Gunmen killed nine farmers in Zamfara.",
        "A bomb exploded in Mogadishu.",
        "Police arrested six men in Lima.",
        "The rebels shelled Kharkiv.",
        "Two teachers were abducted.",
    ]
    row = _one(read("\n\n".join(items)), "custody/abduction")
    assert row["places"] == []


def test_the_main_place_of_a_report_is_carried_and_said(
    claims_of: Callable[[str], tuple[Page, MentionIndex, tuple[Claim, ...]]],
) -> None:
    """Where a report is about one place, a claim that names none gets it, and says that it was carried."""
    _, index, claims = claims_of(
        "Fighting in Zalingei\n\nThe army shelled Zalingei on Sunday.\n\nFighters entered Zalingei at noon.\n\n"
        "Residents left Zalingei.\n\nTwo doctors were killed."
    )
    killed = next(claim for claim in claims if claim.type == "killed")
    assert [index.antecedent(index[one]).core for one in killed.places] == ["Zalingei"]
    assert "places.carried" in killed.unfilled


def test_every_quote_stands_at_its_offsets_and_every_id_is_its_own(
    claims_of: Callable[[str], tuple[Page, MentionIndex, tuple[Claim, ...]]],
) -> None:
    """A quote is the slice of the text at its offsets; ids differ; slots hold mentions of the page."""
    text = (
        "KYIV – “Two soldiers were killed,” the governor said; Russian forces shelled Kharkiv overnight, wounding "
        "five people. The army has not confirmed the losses.\n\nThousands fled."
    )
    page, index, claims = claims_of(text)
    known = {mention.id for mention in index.all}
    assert claims
    assert all(page.text[claim.start : claim.end] == claim.quote for claim in claims)
    assert len({claim.id for claim in claims}) == len(claims)
    assert all(one in known for claim in claims for one in (*claim.agents, *claim.targets, *claim.places))
    assert all(claim.rule and 0 < claim.confidence <= 1 for claim in claims)


def test_reading_twice_gives_the_same_claims(
    claims_of: Callable[[str], tuple[Page, MentionIndex, tuple[Claim, ...]]],
) -> None:
    """The same text gives the same claims, ids included."""
    text = "The rebels captured Goma. Ten people died. The army said it would retake the town."
    assert claims_of(text)[2] == claims_of(text)[2]


def test_a_sentence_too_long_to_mean_anything_is_given_up_and_said(
    claims_of: Callable[[str], tuple[Page, MentionIndex, tuple[Claim, ...]]],
) -> None:
    """A sentence of thousands of words is not read for claims, and the page says so."""
    page, _, claims = claims_of("the army and " * 900 + "the police attacked Goma.")
    assert claims == ()
    assert any("not read for claims" in words for words in page.given_up)


LOADED = [
    ("fighters", "gangs"),
    ("captured", "liberated"),
    ("killed", "martyred"),
    ("government", "regime"),
]
NEUTRAL = [
    "Rebel fighters captured the village of Ternova on Monday.",
    "The government forces shelled Saraqeb, and three children were killed.",
    "Four fighters were killed when government troops captured the hill near Dara.",
    "Clashes between the government forces and rebel fighters continued in Saraqeb.",
    "The government said its troops had captured a district of Taiz.",
    "Residents fled after fighters attacked Tawila, and six people were killed.",
]


@pytest.mark.parametrize(("plain", "loaded"), LOADED)
def test_the_coding_does_not_change_with_loaded_words(read: Read, plain: str, loaded: str) -> None:
    """Kinds, types, modes, counts and places stay the same when a plain word is swapped for a loaded one."""
    for sentence in NEUTRAL:
        if plain not in sentence:
            continue
        swapped = read(sentence.replace(plain, loaded))
        kept = ("what", "mode", "count", "places")
        assert [{k: row[k] for k in kept} for row in swapped] == [{k: row[k] for k in kept} for row in read(sentence)]
        slots = [(len(row["agents"]), len(row["targets"])) for row in swapped]
        assert slots == [(len(row["agents"]), len(row["targets"])) for row in read(sentence)]
