"""The files of the wars: who the parties of a report are, by sentences from many wars."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tidings.read.index import MentionIndex
from tidings.read.lexicon import Lexicon

Find = Callable[[str], MentionIndex]


def actors(index: MentionIndex) -> list[tuple[str, str]]:
    """Return words and the name they are known as (else their core) of the actors, pronouns apart."""
    return [
        (mention.text, mention.known_as or mention.core)
        for mention in index.all
        if mention.kind == "actor" and mention.how != "pronoun"
    ]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "Serb forces shelled Goražde while the Bosnian army held Mount Igman.",
            [("Serb forces", "Bosnian Serb army"), ("Bosnian army", "Bosnian government army")],
        ),
        (
            "Near Grozny federal troops lost the bridge to the rebels of Argun.",
            [("federal troops", "Russia"), ("the rebels", "Chechen fighters")],
        ),
        (
            "In Kailahun the rebels burned a mill and Kamajor hunters fled to Kenema in Sierra Leone.",
            [("the rebels", "RUF"), ("Kamajor hunters", "Kamajors")],
        ),
        (
            "The Tigers left Kilinochchi, the Sri Lankan army said.",
            [("Tigers", "LTTE"), ("Sri Lankan army", "Sri Lankan government")],
        ),
        (
            "The insurgents reached Macomia in Cabo Delgado, in Mozambique.",
            [("The insurgents", "Islamic State Mozambique")],
        ),
        (
            "Senderistas killed two ronderos near Huanta, in Ayacucho, Peru; Shining Path said nothing.",
            [("ronderos", "rondas"), ("Shining Path", "Shining Path")],
        ),
        (
            "Gangs took the port of Port-au-Prince from the Haitian police.",
            [("Gangs", "Viv Ansanm"), ("the Haitian police", "Haitian police")],
        ),
    ],
)
def test_parties_of_a_war_are_known_by_its_words(
    mentions: Find, sentence: str, expected: list[tuple[str, str]]
) -> None:
    """What "the rebels" or "Serb forces" are is said by the war that the sentence's places tell of."""
    found = actors(mentions(sentence))
    for pair in expected:
        assert pair in found, found


def test_a_neighbour_named_much_brings_in_no_war(mentions: Find) -> None:
    """A state that only sends planes leaves "the rebels" to the war that is told of."""
    index = mentions("Turkey struck Manbij. Turkey and the rebels said Turkey had warned Syria twice before Manbij.")

    assert ("the rebels", "Syrian rebels") in actors(index)
    assert ("Turkey", "Turkey") in actors(index)


def test_the_police_of_a_state_stand_apart_on_its_side(mentions: Find) -> None:
    """Police are a force of their own that belongs to the state, and count as its side where sides are asked."""
    index = mentions("In Burundi police and soldiers searched Musaga; the gendarmerie of Burundi left Ngozi.")
    police = next(mention for mention in index.all if mention.text == "police")
    soldiers = next(mention for mention in index.all if mention.text == "soldiers")

    assert (police.known_as, police.belongs_to) == ("Burundian police", "state.BI")
    assert index.side(police) == index.side(soldiers) == "state.BI"
    assert index.side(next(m for m in index.all if m.kind == "place" and m.core == "Ngozi")) == "ngozi"


def test_rival_factions_may_be_named_later(mentions: Find) -> None:
    """Two parties that a report names only after "rival factions" are those that the words stand for."""
    index = mentions("Two rival factions fought at dawn in Erbil. The KDP shelled hills in Iraq that the PUK held.")
    factions = next(mention for mention in index.all if mention.text == "rival factions")

    assert [index.antecedent(member).core for member in map(index.__getitem__, factions.members)] == ["KDP", "PUK"]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Survivors accused a youth group of theft.", [("Survivors", "survivors"), ("a youth group", "youth group")]),
        ("On Monday 24 March fighters entered Palma.", [("fighters", "fighters")]),
        ("A nurse and two firefighters were hurt.", [("A nurse", "medical workers"), ("firefighters", "rescuers")]),
        ("His mother and a porter were shot.", [("His mother", "mothers"), ("a porter", "porters")]),
    ],
)
def test_people_are_called_by_what_they_are(mentions: Find, sentence: str, expected: list[tuple[str, str]]) -> None:
    """People of no party keep their word as their class, and a group the noun that says what kind it is."""
    assert actors(mentions(sentence)) == expected


def test_every_file_of_a_war_says_why_and_no_war_lists_a_word_twice() -> None:
    """Within one war and country a name or description means one party."""
    lexicon = Lexicon.load()
    twice = []
    for war in lexicon.wars:
        seen: dict[tuple[str, str], str] = {}
        for own, entry in sorted(lexicon.entries.items()):
            if entry.war != war or not own.startswith(f"{war}."):
                continue
            for words in {*entry.aliases, *(row.casefold() for row in entry.descriptions)}:
                key = (entry.in_country, words)
                if seen.setdefault(key, own) != own:
                    twice.append((war, words, seen[key], own))
    assert twice == []
