"""Every stretch of reported speech is found with its speaker and its exact words."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tidings.model import Attribution
from tidings.read.index import MentionIndex
from tidings.read.page import Page
from tidings.read.speech import find_attributions, governing

Parse = Callable[[str], Page]


def rows(parse: Parse, text: str) -> list[Attribution]:
    """The attributions of a text, read without knowledge of its mentions."""
    return list(find_attributions(parse(text), MentionIndex(()))[0])


def said(parse: Parse, text: str) -> list[tuple[str, str]]:
    """Who says what, in order."""
    return [(row.source_text, row.quote) for row in rows(parse, text)]


CASES = {
    "a clause after the verb": (
        "Residents say the bridge was mined.",
        [("Residents", "the bridge was mined")],
    ),
    "a clause with that": (
        "The monitor reported that shells fell on Omdurman.",
        [("The monitor", "shells fell on Omdurman")],
    ),
    "a report set behind its content": (
        "Gunmen stormed the village at dawn, local elders reported on Thursday.",
        [("local elders", "Gunmen stormed the village at dawn")],
    ),
    "an inverted verb": (
        "Two drones were shot down, said Olena Kovalenko, who leads the shelter.",
        [("Olena Kovalenko", "Two drones were shot down")],
    ),
    "according to": (
        "According to medics, the strike killed nine people.",
        [("medics", "the strike killed nine people")],
    ),
    "a participle": (
        "The junta denied any role, stressing that the camp was empty.",
        [("The junta", "any role"), ("The junta", "the camp was empty")],
    ),
    "a statement": (
        "The guerrillas announced in a statement that they had freed the hostages.",
        [("The guerrillas", "they had freed the hostages")],
    ),
    "a noun that says": (
        "State radio confirmed the raid, with a bulletin saying that two soldiers died.",
        [("State radio", "the raid"), ("State radio", "two soldiers died")],
    ),
    "as somebody puts it": (
        "As the mayor put it, nobody was spared.",
        [("the mayor", "nobody was spared")],
    ),
    "a parenthesis": (
        "The army, he said, has left the town.",
        [("he", "The army"), ("he", "has left the town")],
    ),
    "an accusation": (
        "The army accused the rebels of shelling the market.",
        [("The army", "shelling the market")],
    ),
    "a warning of something": (
        "The agency warned of famine in Darfur.",
        [("The agency", "famine in Darfur")],
    ),
    "a figure put forward": (
        "The ministry put the toll at 19.",
        [("The ministry", "the toll at 19")],
    ),
    "a relative clause that others allege": (
        "A unit which villagers allege is run by a colonel burned the school.",
        [("villagers", "which villagers allege is run by a colonel burned the school")],
    ),
    "a name before a colon": (
        "Analyst Oleksiy Melnyk: “Neither side wants a truce.”",
        [("Analyst Oleksiy Melnyk", "Neither side wants a truce")],
    ),
    "a name under a quotation": (
        "“We are tired of running.” — Marta, a baker",
        [("Marta", "We are tired of running")],
    ),
    "lost commas": (
        "Fighting has blocked the only road to the port a monitoring group said on Tuesday.",
        [("a monitoring group", "Fighting has blocked the only road to the port")],
    ),
    "one report beside another": (
        "Residents said the army had left, while the governor said it was still in control.",
        [("Residents", "the army had left"), ("the governor", "it was still in control")],
    ),
    "one report after another": (
        "The mayor said two died; a nurse said the number was higher.",
        [("The mayor", "two died"), ("a nurse", "the number was higher")],
    ),
    "a hidden speaker": (
        "Dozens are believed to have drowned.",
        [("", "Dozens are believed to have drowned")],
    ),
}


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES.keys())
def test_cues(parse: Parse, text: str, expected: list[tuple[str, str]]) -> None:
    """Each way of reporting gives who says it and the clause that is said, and nothing more."""
    assert said(parse, text) == expected


SILENT = {
    "a claim of responsibility that was not made": "No group has claimed responsibility for the blast.",
    "a scare quote": "Fighters of the “Valley Shield Brigade” dealt the army a “major blow” near Argelia.",
    "a refusal": "The general refused to say where his men were.",
    "a silence": "The police did not say who fired.",
    "deeds of arms": "Rebels attacked the barracks while troops defended the bridge and backed the militia.",
}


@pytest.mark.parametrize("text", SILENT.values(), ids=SILENT.keys())
def test_no_speech(parse: Parse, text: str) -> None:
    """What is no speech gives no attribution."""
    assert said(parse, text) == []


def test_mixed_quotation(parse: Parse) -> None:
    """Of a clause that is quoted in part, the whole clause is what is said."""
    (row,) = rows(parse, "The governor said that the rebels were “still holding twelve trucks” near the dam.")
    assert (row.quote, row.direct) == ("the rebels were “still holding twelve trucks” near the dam", False)


def test_quotation_and_the_rest_of_it(parse: Parse) -> None:
    """What is quoted after "she said" is hers too, inherited, inside the marks."""
    first, second = rows(parse, "“We have no blood left,” said nurse Amal Saleh. “If it goes on, we close.”")
    assert (first.quote, first.direct, first.inherited) == ("We have no blood left", True, False)
    assert (second.quote, second.direct, second.inherited) == ("If it goes on, we close", True, True)
    assert second.source == first.source


def test_free_standing_paragraphs(parse: Parse) -> None:
    """A paragraph that is nothing but a quotation keeps the speaker before it, paragraph after paragraph."""
    text = (
        "“My cousin was a teacher,” Rosa Guetio said.\n\n“He never held a gun.\n\n“We want justice, not statements.”\n\n"
        "The road to the valley was open again on Friday."
    )
    assert [(row.source_text, row.quote, row.inherited) for row in rows(parse, text)] == [
        ("Rosa Guetio", "My cousin was a teacher", False),
        ("Rosa Guetio", "He never held a gun", True),
        ("Rosa Guetio", "We want justice, not statements", True),
    ]


def test_denial(parse: Parse) -> None:
    """What somebody denies carries the verdict "denied", and what they add does not."""
    assert [
        (row.quote, row.verdict) for row in rows(parse, "The party denied any ties, adding that it works alone.")
    ] == [
        ("any ties", "denied"),
        ("it works alone", ""),
    ]


def test_attitudes(parse: Parse) -> None:
    """Beliefs, intentions and deeds done with words are told from speech."""
    text = (
        "The envoy fears that the truce will fail. The rebels plan to leave the town. The union condemned the arrests. "
        "A clerk said the office was shut."
    )
    assert [(row.quote, row.attitude) for row in rows(parse, text)] == [
        ("the truce will fail", "belief"),
        ("to leave the town", "intention"),
        ("the arrests", "act"),
        ("the office was shut", "speech"),
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "A doctor, who asked not to be named for fear of reprisals, said the ward was full.",
            "who asked not to be named for fear of reprisals",
        ),
        ("The camp fell, an officer said on condition of anonymity.", "on condition of anonymity"),
        (
            "A clerk who was not authorized to speak to the press said the office was shut.",
            "was not authorized to speak to the press",
        ),
    ],
)
def test_unnamed(parse: Parse, text: str, words: str) -> None:
    """Why a speaker is not named is kept in the words of the report."""
    (row,) = rows(parse, text)
    assert row.unnamed_because == words


@pytest.mark.parametrize(
    ("speaker", "kind"),
    [
        ("Local activists", "activist"),
        ("Eyewitnesses", "witness"),
        ("A nurse", "medic"),
        ("A source", "anonymous"),
        ("The newspaper", "outlet"),
        ("Reuters", "outlet"),
        ("A rebel commander", "belligerent"),
        ("The prime minister", "official"),
        ("Human Rights Watch", "monitor"),
        ("UNHCR", "agency"),
        ("Villagers", "resident"),
    ],
)
def test_kinds_of_source(parse: Parse, speaker: str, kind: str) -> None:
    """The kind of a source is told by the words that name it."""
    (row,) = rows(parse, f"{speaker} said that the road to the coast was closed.")
    assert row.source_kind == kind


def test_headline(parse: Parse) -> None:
    """Who stands before or behind the colon of a headline says it; a place does not."""
    assert said(parse, "Opposition: 40 killed in raid on market\n\nThe raid came at noon.") == [
        ("Opposition", "40 killed in raid on market")
    ]
    assert said(parse, "Ukraine: 40 killed in raid on market\n\nThe raid came at noon.") == []


def test_governing(parse: Parse) -> None:
    """The innermost speech that holds a stretch governs it; a belief does not, and outside of speech nobody does."""
    text = "The army left. The mayor said a medic had told him that the ward was hit. He fears that more will come."
    found = rows(parse, text)

    def speaker(words: str) -> str:
        start = text.index(words)
        row = governing(found, start, start + len(words))
        return row.source_text if row else ""

    assert [speaker(words) for words in ("The army left", "told", "was hit", "more will come")] == [
        "",
        "The mayor",
        "a medic",
        "",
    ]


def test_words_hold(parse: Parse) -> None:
    """Every quote, source and cue is a slice of the document, over odd spaces and marks too."""
    text = "KHARTOUM – “Shells\u00a0fell [on us],” Adam\u00a0Regal said.\n\n“We counted 11.\n\nHe added, “nobody came"
    page = parse(text)
    found, made = find_attributions(page, MentionIndex(()))
    assert found
    for row in found:
        assert text[row.start : row.end] == row.quote
        if row.source_start is not None:
            assert text[row.source_start : row.source_end] == row.source_text
    for mention in made:
        assert text[mention.start : mention.end] == mention.text


def test_same_text_same_rows(parse: Parse) -> None:
    """Reading a page twice gives the same rows with the same ids."""
    text = "Rebels left, a clerk said. “It is over,” he added. “We go home.”"
    assert rows(parse, text) == rows(parse, text)


@pytest.mark.parametrize(
    "text", ["", "“", "””””", "12 345 67", "“a” “b” “c", "said said said.", "According to.", ": “x”"]
)
def test_odd_texts(parse: Parse, text: str) -> None:
    """Texts that say nothing are read without fuss."""
    assert isinstance(rows(parse, text), list)
