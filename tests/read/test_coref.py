"""Who anaphors stand for, by type, in sentences from several wars."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tidings.read.index import MentionIndex

Find = Callable[[str], MentionIndex]


def stands_for(index: MentionIndex, words: str) -> list[str]:
    """Return what the last mention with these words stands for."""
    mention = [mention for mention in index.all if mention.text == words][-1]
    return [other.known_as or other.core for other in index.referents(mention)]


CASES = [
    # Groups by type: a monitor is not an armed group.
    (
        "The Syrian Observatory for Human Rights said ISIS entered Palmyra. The monitoring group counted ten dead.",
        "The monitoring group",
        ["SOHR"],
    ),
    (
        "The Syrian Observatory for Human Rights said ISIS entered Palmyra. The group took two villages.",
        "The group",
        ["ISIS"],
    ),
    ("JNIM attacked Djibo in Burkina Faso. The militants burned a school.", "The militants", ["JNIM"]),
    ("CODECO killed ten people in Ituri, Congo. The militia fled.", "The militia", ["CODECO"]),
    ("The Sudanese army attacked the RSF. The paramilitary group withdrew.", "The paramilitary group", ["RSF"]),
    # Who is acted on is not who acts.
    ("The YPG attacked ISIS in Syria and captured the militants' base.", "the militants", ["ISIS"]),
    ("The army surrounded Houthi fighters near Marib and killed them.", "them", ["Houthis"]),
    # Pronouns.
    ("Hamas said it had fired rockets at Ashkelon.", "it", ["Hamas"]),
    ("Al-Shabaab attacked a base in Somalia. It said its fighters killed ten soldiers.", "its fighters", ["al-Shabaab"]),
    ("Ukrainian forces left Avdiivka after they ran out of shells.", "they", ["Ukraine"]),
    ("Residents of Khartoum said they had no water.", "they", ["residents"]),
    ("Governor Amara Diallo spoke in Gao. He blamed the rebels.", "He", ["Amara Diallo"]),
    ("Amina Yusuf fled El Geneina. She walked for four days.", "She", ["Amina Yusuf"]),
    # Surnames.
    ("Colonel Pedro Ruiz spoke in Cali. Ruiz blamed the ELN.", "Ruiz", ["Pedro Ruiz"]),
    # Places.
    ("Troops entered the city of Loikaw in Myanmar. Jets bombed the city at night.", "the city", ["Loikaw"]),
    ("Rebels hold the town of Sake. Thousands fled the town.", "the town", ["Sake"]),
    ("Shells hit Zamzam camp near El Fasher. Ten people died in the camp.", "the camp", ["Zamzam"]),
    ("Fighting goes on in Saltivka district of Kharkiv. A boy was killed there.", "there", ["Saltivka"]),
    ("The Houthis took the Salah and Usayfirah districts of Taiz. The two districts are empty.", "The two districts", ["Salah", "Usayfirah"]),
    ("Clashes erupted in Marib province. The province has oil.", "The province", ["Marib"]),
    # Sides.
    ("The RSF and the Sudanese army clashed in Omdurman. Both sides used artillery.", "Both sides", ["RSF", "Sudanese government"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words", "expected"), CASES, ids=[f"{words}={names[0]}" for _, words, names in CASES])
def test_anaphors_stand_for_what_fits_their_type(mentions: Find, text: str, words: str, expected: list[str]) -> None:
    """An anaphor takes the most salient mention that fits its type and number."""
    assert stands_for(mentions(text), words) == expected


def test_an_empty_it_stands_for_nothing(mentions: Find) -> None:
    """The "it" of "it is true that" and of the weather is no mention."""
    index = mentions("It is true that the army left Goma. It was clear that ISIS had lost.")

    assert [mention.text for mention in index.all if mention.how == "pronoun"] == []


def test_a_description_without_antecedent_stays_what_it_says(mentions: Find) -> None:
    """Militants of whom nobody was named before stand for themselves; nothing is filled in."""
    index = mentions("The militants attacked a bus in Kenya.")
    mention = next(mention for mention in index.all if mention.text == "The militants")

    assert (mention.refers_to, mention.known_as) == (None, "fighters")
