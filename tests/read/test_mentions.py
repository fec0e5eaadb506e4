"""Names and descriptions found in sentences from several wars, with their kind and what they are known as."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.read.conftest import document

from tidings.model import Mention
from tidings.read.index import MentionIndex
from tidings.read.lexicon import Lexicon
from tidings.read.mentions import find_mentions
from tidings.read.page import pages
from tidings.read.pipeline import load_pipeline

Find = Callable[[str], MentionIndex]


def known(index: MentionIndex, kind: str) -> list[tuple[str, str]]:
    """Return words and the name they are known as (else their core) of the mentions of a kind, pronouns apart."""
    return [
        (mention.text, mention.known_as or mention.core)
        for mention in index.all
        if mention.kind == kind and mention.how != "pronoun"
    ]


def one(index: MentionIndex, words: str, kind: str = "") -> Mention:
    """Return the one mention with these words."""
    found = [mention for mention in index.all if mention.text == words and kind in {"", mention.kind}]
    assert len(found) == 1, [mention.text for mention in index.all]
    return found[0]


@pytest.mark.parametrize(
    ("sentence", "actors"),
    [
        (
            "Houthi fighters shelled positions of the Yemeni army near Hodeidah.",
            [("Houthi fighters", "Houthis"), ("the Yemeni army", "Yemeni government")],
        ),
        (
            "In Sudan, the paramilitary forces clashed with army troops in Omdurman.",
            [("the paramilitary forces", "RSF"), ("army troops", "Sudanese government")],
        ),
        (
            "Russian jets bombed a depot in Ukraine, and government forces withdrew from Bakhmut.",
            [("Russian jets", "Russia"), ("government forces", "Ukraine")],
        ),
        (
            "In Myanmar, junta troops fought resistance fighters near Demoso.",
            [("junta troops", "Myanmar military"), ("resistance fighters", "People's Defence Forces")],
        ),
        (
            "Colombian soldiers clashed with ELN guerrillas in Arauca.",
            [("Colombian soldiers", "Colombian government"), ("ELN guerrillas", "ELN")],
        ),
        (
            "Gunmen killed four villagers and two children in Nigeria's Zamfara state.",
            [("Gunmen", "gunmen"), ("villagers", "villagers"), ("children", "children")],
        ),
        (
            "Members of Boko Haram attacked soldiers of the Nigerian army in Borno.",
            [
                ("Members", "Boko Haram"),
                ("Boko Haram", "Boko Haram"),
                ("soldiers", "Nigerian government"),
                ("the Nigerian army", "Nigerian government"),
            ],
        ),
        (
            "M23 rebels backed by Rwandan troops entered Goma in eastern Congo.",
            [("M23 rebels", "M23"), ("Rwandan troops", "Rwanda")],
        ),
    ],
)
def test_descriptions_of_actors_are_known(mentions: Find, sentence: str, actors: list[tuple[str, str]]) -> None:
    """Forces are known by the party or state they belong to, civilians by the kind of people they are."""
    assert known(mentions(sentence), "actor") == actors


@pytest.mark.parametrize(
    ("one_word", "another"),
    [
        ("The regime's warplanes bombed Aleppo in Syria.", "The government's warplanes bombed Aleppo in Syria."),
        ("ISIS gangs entered Kobane in Syria.", "ISIS fighters entered Kobane in Syria."),
        ("Terrorists attacked a bus near Gao in Mali.", "Militants attacked a bus near Gao in Mali."),
        ("The Kiev junta shelled Donetsk.", "The Ukrainian army shelled Donetsk."),
        ("Shabiha entered Homs in Syria.", "Pro-government militiamen entered Homs in Syria."),
    ],
)
def test_loaded_words_change_nothing(mentions: Find, one_word: str, another: str) -> None:
    """The same actors are known whichever camp's word stands there; the word itself is kept."""

    def ids(sentence: str) -> list[tuple[str, str]]:
        return [(mention.lexicon, mention.role) for mention in mentions(sentence).all if mention.kind == "actor"]

    assert ids(one_word) == ids(another)
    assert ids(one_word)


@pytest.mark.parametrize(
    ("sentence", "words", "name"),
    [
        ("Russian shelling killed five people in Kherson, Ukraine.", "Russian", "Russia"),
        ("They fled rebel-held districts of Aleppo in Syria.", "rebel", "Syrian rebels"),
        ("An army drone hit a government-controlled town in Sudan.", "government", "Sudanese government"),
    ],
)
def test_who_acts_is_told_by_the_word_before_an_act(mentions: Find, sentence: str, words: str, name: str) -> None:
    """An adjective before an act, or joined to a word of holding, names the party; before another noun it does not."""
    assert one(mentions(sentence), words, "actor").known_as == name
    assert known(mentions("The Russian ambassador spoke in Geneva."), "actor") == []


def test_a_place_taken_for_a_person_is_told_by_where_it_stands(mentions: Find) -> None:
    """What never acts and always stands behind "in" or "near" is a place, whatever the recogniser says."""
    index = mentions("Taliban fighters seized a base in Sangin on Monday. Families fled from Sangin.")

    assert {mention.kind for mention in index.all if mention.core == "Sangin"} == {"place"}


def test_a_name_is_one_thing_in_one_report(mentions: Find) -> None:
    """A strong cue at one place types the name at every place: a village stays one where the cue is missing."""
    index = mentions("Shelling hit the village of Darfa on Monday.\n\nDarfa lies in ruins. People left Darfa at night.")

    assert [mention.text for mention in index.all if mention.kind == "place"] == [
        "village of Darfa",
        "Darfa",
        "Darfa",
    ]


@pytest.mark.parametrize(
    ("sentence", "words", "kind", "core"),
    [
        ("Troops left the city of Nyala on Sunday.", "city of Nyala", "city", "Nyala"),
        ("Shells fell on Saltivka district on Sunday.", "Saltivka district", "district", "Saltivka"),
        ("Trucks stopped at the Bab al-Hawa crossing on Sunday.", "Bab al-Hawa crossing", "checkpoint", "Bab al-Hawa"),
        ("They fled to Zamzam camp on Sunday.", "Zamzam camp", "camp", "Zamzam"),
        ("Rebels crossed the Salween River on Sunday.", "Salween River", "river", "Salween River"),
        ("Fighters hold Jabal Moya on Sunday.", "Jabal Moya", "mountain", "Jabal Moya"),
    ],
)
def test_type_words_give_a_place_its_kind(mentions: Find, sentence: str, words: str, kind: str, core: str) -> None:
    """The type word beside a name is its kind; the core is the name without it."""
    mention = one(mentions(sentence), words)

    assert mention.cue is not None
    assert (mention.kind, mention.cue.kind, mention.core) == ("place", kind, core)


def test_neighbourhoods_in_a_list_share_their_kind_and_parent(mentions: Find) -> None:
    """The common noun of a list types each name in it, and the town that is said is their parent."""
    index = mentions("Jets bombed the Shuja'iyya and Zeitoun neighborhoods of Gaza City.")

    cue = one(index, "Zeitoun").cue
    assert cue is not None
    assert (cue.kind, one(index, "Gaza City").kind) == ("neighbourhood", "place")
    assert cue.parent == one(index, "Gaza City").id


def test_a_parent_is_said_or_taken_from_the_context(mentions: Find) -> None:
    """A district "of" a town has a parent that is said; a checkpoint alone takes the town told of, and says so."""
    index = mentions(
        "Clashes shook the city of Taiz.\n\nGunmen fired at the Hawban checkpoint and in Cairo district of Taiz."
    )

    said, context = one(index, "Cairo district").cue, one(index, "Hawban checkpoint").cue
    assert said is not None
    assert context is not None
    assert (said.parent_said, context.parent_said) == (True, False)
    assert context.parent is not None
    assert index[context.parent].core == "Taiz"


def test_distances_and_sides(mentions: Find) -> None:
    """A distance and a bearing are kept in metres and degrees with their anchor; a side alone as a bearing."""
    index = mentions("Rockets hit the village of Kashara, 12 km southwest of Nyala, and northern Nyala.")

    near = one(index, "village of Kashara").cue
    assert near is not None
    assert near.anchor is not None
    assert (near.relation, near.distance_m, near.bearing, index[near.anchor].core) == ("of", 12000, 225, "Nyala")
    sides = [mention.cue.bearing for mention in index.all if mention.cue and mention.cue.relation == "part"]
    assert sides == [0]


def test_a_distance_without_a_name_is_a_place_of_its_own(mentions: Find) -> None:
    """Where no place is named before a distance, the words of the distance are the place."""
    mention = one(mentions("A convoy was hit 30 kilometres north of Gao."), "30 kilometres north of Gao")

    assert mention.cue is not None
    assert (mention.how, mention.cue.distance_m, mention.cue.bearing) == ("description", 30000, 0)


@pytest.mark.parametrize(
    ("sentence", "road"),
    [
        ("The army closed the Goma-Sake road on Monday.", "Goma-Sake road"),
        ("The army closed the road between Goma and Sake on Monday.", "the road between Goma and Sake"),
    ],
)
def test_a_road_has_two_ends(mentions: Find, sentence: str, road: str) -> None:
    """A road named by two towns keeps both as its ends."""
    index = mentions(sentence)
    cue = one(index, road).cue

    assert cue is not None
    assert [index[end].core for end in cue.ends] == ["Goma", "Sake"]


def test_a_dateline_is_a_place_where_nothing_happens(mentions: Find) -> None:
    """The town of a dateline is written as a place that says so, and is never an actor."""
    index = mentions("Truce holds\n\nBEIRUT, Lebanon (AP) – Hezbollah fired rockets at Haifa on Monday.")

    cue = one(index, "BEIRUT").cue
    assert cue is not None
    assert cue.relation == "dateline"
    assert known(index, "actor") == [("Hezbollah", "Hezbollah")]


def test_a_short_form_is_explained_once(mentions: Find) -> None:
    """An acronym in brackets is linked to the name before it."""
    index = mentions("The Karen Peace Council (KPC) denied it. Two KPC fighters died.")

    assert one(index, "KPC", "actor").alias_of == one(index, "Karen Peace Council").id


def test_people_keep_their_titles(mentions: Find) -> None:
    """Ranks and offices stand in the title, the name alone in the core."""
    index = mentions("Col. Hassan Diallo met army spokesman Moussa Traore and Aminata Keita, a lawyer.")

    assert [(mention.core, mention.title) for mention in index.all if mention.kind == "person"] == [
        ("Hassan Diallo", "Col."),
        ("Moussa Traore", "army spokesman"),
        ("Aminata Keita", "a lawyer"),
    ]


def test_a_country_that_acts_is_also_its_state(mentions: Find) -> None:
    """A country as a subject is a place and, twice written, the state that acts; as a place alone it is none."""
    index = mentions("Turkey shelled villages in Syria.")

    assert known(index, "actor") == [("Turkey", "Turkey")]
    assert known(index, "place") == [("Turkey", "Turkey"), ("Syria", "Syria")]


def test_peoples_are_no_places(mentions: Find) -> None:
    """A demonym names no place."""
    assert known(mentions("Angolan refugees met Kurdish officials."), "place") == []


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "ISIS", "the", "fighters", "Aden", "of", "(YPG)", "10", "km", "west", "city", "it", "they", "both",
                "sides", "“", "”", ",", ".", "–", "Gen.", "Ali", "road", "between", "and", "there", "its", "troops",
                "Hasakah-Aleppo", "\n\n", "5th", "regiment", "North", "Kivu", "الحسكة",
            ]
        ),
        max_size=30,
    )
)  # fmt: skip
def test_mentions_quote_the_text_and_refer_to_each_other(words: list[str]) -> None:
    """Whatever the words, a mention's words stand at its place, ids are unique, and every reference is to a mention."""
    page = next(iter(pages(load_pipeline(), [document(" ".join(words))])))
    index = find_mentions(page, Lexicon.load())
    ids = {mention.id for mention in index.all}

    assert len(ids) == len(index.all)
    for mention in index.all:
        assert page.text[mention.start : mention.end] == mention.text
        assert mention.text.strip()
        cue = mention.cue
        referred = [mention.refers_to, mention.alias_of, *mention.members]
        referred += [cue.parent, cue.anchor, *cue.ends] if cue else []
        assert all(other is None or (other in ids and other != mention.id) for other in referred)
