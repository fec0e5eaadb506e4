"""What a report fills in where a sentence leaves it open, things hit, judgements, and denials that only point back."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tidings.model import Claim, MentionId
from tidings.read.index import MentionIndex
from tidings.read.page import Page

Row = tuple[str, str, list[str], list[str]]
Tell = Callable[[str], list[Row]]


@pytest.fixture(scope="module")
def tell(claims_of: Callable[[str], tuple[Page, MentionIndex, tuple[Claim, ...]]]) -> Tell:
    """Return what reads a text into kind and type, mode, agents and targets of each claim, in order."""

    def told(text: str) -> list[Row]:
        _, index, claims = claims_of(text)

        def words(ids: tuple[MentionId, ...]) -> list[str]:
            return [index[held].text for held in ids]

        return [_row(claim, words) for claim in claims]

    return told


def _row(claim: Claim, words: Callable[[tuple[MentionId, ...]], list[str]]) -> Row:
    return f"{claim.kind}/{claim.type}", claim.mode, words(claim.agents), words(claim.targets)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Houthi fighters stormed a post near Marib, killing nine Yemeni soldiers.",
            [
                ("event/ground_attack", "asserted", ["Houthi fighters"], ["Yemeni soldiers"]),
                ("casualties/killed", "asserted", ["Houthi fighters"], ["Yemeni soldiers"]),
            ],
        ),
        (
            "At least 17 villagers died when M23 rebels attacked Kishishe.",
            [
                ("casualties/killed", "asserted", ["M23 rebels"], ["villagers"]),
                ("event/ground_attack", "asserted", ["M23 rebels"], []),
            ],
        ),
    ],
)
def test_the_dead_and_the_attacked_are_lent_each_other(tell: Tell, text: str, expected: list[Row]) -> None:
    """A loss takes its doer from the deed of its sentence, and a deed whom it struck from the losses told with it."""
    assert tell(text) == expected


def test_another_attack_takes_no_doer(tell: Tell) -> None:
    """An attack that the words call another one is not laid at the door of whoever attacked before."""
    rows = tell("The RSF shelled a camp near El Fasher. A mortar attack on a market in Nyala wounded a girl.")
    assert [row[2] for row in rows if row[0] == "event/shelling"] == [["RSF"], []]


@pytest.mark.parametrize(
    ("text", "kind", "targets"),
    [
        ("Russian jets struck a grain depot near Odesa.", "event/air_strike", ["grain depot"]),
        ("Gunmen shot at the ambulances near Gao.", "event/ground_attack", ["ambulances"]),
        ("Nine houses and a chapel burned down in Loikaw.", "property/destruction", ["houses"]),
        ("The Taliban launched rockets at Kabul.", "event/shelling", []),
    ],
)
def test_things_hit_are_targets_under_their_own_words(tell: Tell, text: str, kind: str, targets: list[str]) -> None:
    """A thing that a deed hits is its target, without article and number; the weapon and the place are none."""
    assert [row[3] for row in tell(text) if row[0] == kind] == [targets]


def test_what_is_hit_is_not_the_weapon(tell: Tell) -> None:
    """A helicopter hit by gunfire makes no air strike of it, nor a mine attacked a bombing."""
    assert [row[0] for row in tell("The helicopter was hit by gunfire near Gao.")] == ["event/ground_attack"]
    assert [row[0] for row in tell("An armed attack on a mine in Kalehe was reported.")] == ["event/ground_attack"]


@pytest.mark.parametrize(
    "text",
    [
        "The situation in El Fasher is catastrophic.",
        "The danger of the militia persists in Goma.",
        "The minister called the siege a crime.",
        "The fall of Kidal marks a turning point in the war.",
        "The raid did not bode well for the talks.",
    ],
)
def test_judgements_of_how_things_stand_are_assessments(tell: Tell, text: str) -> None:
    """A judging word said of a matter of the conflict is an assessment, asserted even where it says 'not'."""
    assert ("statement/assessment", "asserted") in [row[:2] for row in tell(text)]


def test_a_plain_copula_judges_nothing(tell: Tell) -> None:
    """Who somebody is, and where something lies, is no judgement."""
    assert [row for row in tell("Goma is a city. Kagame is a general.") if row[0] == "statement/assessment"] == []


@pytest.mark.parametrize(
    "denial",
    [
        "The army denied it.",
        "The army denied involvement.",
        "The army denied any role in the raid.",
        "The army said it had no hand in it.",
        "The army denied doing so.",
        "The army disputes that.",
    ],
)
def test_a_denial_that_points_back_is_the_deed_denied(tell: Tell, denial: str) -> None:
    """A denial whose words only point at what was told is that proposition again, with the mode denied."""
    rows = tell(f"Soldiers raided a clinic in Bamenda, nurses said. {denial}")
    assert [row[:2] for row in rows] == [
        ("event/ground_attack", "asserted"),
        ("event/ground_attack", "denied"),
    ]


@pytest.mark.parametrize(
    ("text", "mode"),
    [
        ("The brigade is to disband by June.", "intended"),
        ("Both presidents are expected to meet in Kampala.", "intended"),
        ("Ghana promised 300 soldiers for the mission.", "intended"),
    ],
)
def test_what_is_due_is_intended(tell: Tell, text: str, mode: str) -> None:
    """What is to happen, is expected or promised has not happened."""
    assert [row[1] for row in tell(text) if row[0].startswith("event/")] == [mode]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Hostilities resumed between Eritrea and Ethiopia.", "event/armed_clash"),
        ("Two rival factions turned on each other in Mekelle.", "event/armed_clash"),
        ("The ward took a direct hit from a tank shell.", "event/shelling"),
        ("A drone crashed into an apartment block in Sumy.", "event/air_strike"),
        ("An army lorry drove over a mine near Mopti.", "event/bombing"),
        ("A tanker packed with explosives blew up at the gate.", "event/bombing"),
        ("Two suicide bombers attacked a market in Madagali.", "event/suicide_bombing"),
        ("The convoy came under fire near Bambari.", "event/ground_attack"),
        ("Security forces launched a crackdown in Rakhine.", "event/ground_attack"),
        ("Gunmen raped at least 20 women during the raid.", "event/abuse"),
        ("Villagers were forced to carry ammunition for the army.", "event/abuse"),
        ("Peacekeepers vacated the camp in Kidal.", "event/retreat"),
        ("Soldiers turned back lorries with flour.", "event/blockade"),
        ("Martial law was imposed in Mindanao.", "event/alert"),
        ("Thousands of people took to the streets of Khartoum.", "event/protest"),
        ("A cessation of hostilities took effect on Monday.", "event/agreement"),
        ("A humanitarian corridor was opened from Mariupol.", "event/evacuation"),
        ("The Red Cross delivered flour to the besieged quarter.", "event/other"),
        ("The army launched a wave of attacks near Jaffna.", "event/ground_attack"),
        ("A grandmother was burned to death in her hut.", "casualties/killed"),
        ("Eleven others sustained wounds.", "casualties/wounded"),
        ("Three aid workers have vanished in Bunia.", "casualties/missing"),
        ("The front took responsibility for the blast.", "statement/claim_of_responsibility"),
        ("The army gave the rebels 48 hours to surrender.", "statement/threat"),
        ("The front has named a new commander.", "statement/announcement"),
    ],
)
def test_the_words_of_many_wars_tell_of_their_events(tell: Tell, text: str, kind: str) -> None:
    """Light verbs, passives, nouns and set phrases of fighting, fire, movement, alarm, protest, aid and speech are read."""
    assert kind in [row[0] for row in tell(text)]
