"""Chains of attribution: through whom the words came."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tidings.model import DocId, Document, sha256_hex
from tidings.read.index import MentionIndex
from tidings.read.page import pages
from tidings.read.pipeline import load_pipeline
from tidings.read.speech import find_attributions

Chains = Callable[..., list[tuple[str, ...]]]


@pytest.fixture(scope="module")
def chains() -> Chains:
    """Return what gives the chain of each attribution of a text, by the names of its links."""
    nlp = load_pipeline()

    def read(text: str, publisher: str = "Test Courier") -> list[tuple[str, ...]]:
        digest = sha256_hex(text.encode())
        document = Document(id=DocId("d"), path="r.txt", sha256=digest, text=text, publisher=publisher)
        page = next(iter(pages(nlp, [document])))
        rows, mentions = find_attributions(page, MentionIndex(()))
        named = {mention.id: mention.core for mention in mentions}
        return [tuple(named[link] for link in row.chain) for row in rows]

    return read


CASES = {
    "somebody told an outlet": (
        "An activist told AFP that the road was cut.",
        [("AFP", "activist")],
    ),
    "an interview": (
        "In an interview with Sudan Tribune, the doctor said that the ward was full.",
        [("Sudan Tribune", "doctor")],
    ),
    "speaking to an outlet": (
        "Speaking to El Tiempo, the rights activist Maria Lopez reported that the gunmen had left.",
        [("El Tiempo", "Maria Lopez")],
    ),
    "sources who spoke to an outlet": (
        "The bridge fell, according to sources who spoke to Reuters on condition of anonymity.",
        [("Reuters", "sources")],
    ),
    "cited as saying": (
        "Radio Dabanga cited a trader as saying that shells fell on the market.",
        [("Radio Dabanga", "trader")],
    ),
    "cited as saying, behind a quotation": (
        "“The bridge is gone,” Mizzima cited a source as saying.",
        [("Mizzima", "source")],
    ),
    "quoted by": (
        "The mayor was quoted by Interfax as saying that the town had no water.",
        [("Interfax", "mayor")],
    ),
    "a speaker who quotes": (
        "Ten soldiers died, a media activist told AFP, quoting a captain of the guards.",
        [("AFP", "media activist", "captain of the guards")],
    ),
    "an outlet that cites": (
        "TASS reported, citing the local authorities, that buses had left the town.",
        [("TASS", "local authorities")],
    ),
    "speech inside speech": (
        "The Yemen Data Project said that residents reported three raids.",
        [("Yemen Data Project",), ("Yemen Data Project", "residents")],
    ),
    "said by an army, by the account of a radio": (
        "The army said, according to state radio, that it had taken the bridge.",
        [("state radio",), ("state radio", "army"), ("state radio",)],
    ),
    "an outlet that cites, between commas": (
        "The Yemen Data Project, citing a network of activists, said 14 fighters died.",
        [("Yemen Data Project", "network of activists")],
    ),
    "by the account of an outlet that quotes": (
        "The airport was hit by two drones, according to AFP, quoting witnesses.",
        [("AFP", "witnesses")],
    ),
    "one speaker after another": (
        "TASS reported, citing a medic, that two died; the foreign ministry said the reports were false.",
        [("TASS", "medic"), ("foreign ministry",)],
    ),
    "learned from": (
        "Two people died in the strike, the BBC has learned from a source in the police.",
        [("BBC", "source in the police")],
    ),
    "a report by somebody": (
        "A report by Amnesty International says that the jail was burned.",
        [("Amnesty International",)],
    ),
    "those who carry nothing": (
        "The governor told reporters that the school would open.",
        [("governor",)],
    ),
    "an address to a council": (
        "The envoy told the Security Council that the truce was holding.",
        [("envoy",)],
    ),
}


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES.keys())
def test_chain(chains: Chains, text: str, expected: list[tuple[str, ...]]) -> None:
    """Carriers stand outside, the origin last; the publisher is left out."""
    assert chains(text) == expected


@pytest.mark.parametrize("publisher", ["Yemen Dispatch", "yemen dispatch", "The Yemen Dispatch", "Yemen Dispatch News"])
def test_publisher(chains: Chains, publisher: str) -> None:
    """The publisher stands first anyway, so its name in the text is no link, under any spelling."""
    text = "A nurse told Yemen Dispatch that the ward was full."
    assert chains(text, publisher) == [("nurse",)]


def test_publisher_by_alias(chains: Chains) -> None:
    """An outlet is known by its other names."""
    assert chains("A nurse told AFP that the ward was full.", "Agence France-Presse") == [("nurse",)]


def test_pronoun_keeps_the_chain(chains: Chains) -> None:
    """Somebody quoted by an outlet stays quoted by it when he adds something."""
    text = (
        "“Shells fell on the queue,” Adam Regal told Radio Dabanga. He added that eleven people died.\n\n"
        "“Nobody came to help.”"
    )
    assert chains(text) == [("Radio Dabanga", "Adam Regal")] * 3


def test_description_keeps_the_chain(chains: Chains) -> None:
    """A source, an activist and a surname heard before bring the whole chain of whom they stand for."""
    text = (
        "A local source told Myanmar Now that the camp had fallen. The source added that eight soldiers surrendered.\n\n"
        "An activist told AFP that homes were burning. The activist said the river was high.\n\n"
        "“I saw it,” Thida Aung told Reuters. Aung said she would return."
    )
    assert chains(text) == [
        ("Myanmar Now", "local source"),
        ("Myanmar Now", "local source"),
        ("AFP", "activist"),
        ("AFP", "activist"),
        ("Reuters", "Thida Aung"),
        ("Reuters", "Thida Aung"),
    ]


def test_outlet_and_monitor_again(chains: Chains) -> None:
    """The paper and the monitoring group stand for the last of their kind, not for the last speaker."""
    text = (
        "El Tiempo reported that the road was cut. A trader said he had walked. The paper added that the army had left.\n\n"
        "The Syrian Network for Human Rights said that ten died. A nurse said that eleven died. "
        "The monitoring group said that two were children."
    )
    assert chains(text) == [
        ("El Tiempo",),
        ("trader",),
        ("El Tiempo",),
        ("Syrian Network for Human Rights",),
        ("nurse",),
        ("Syrian Network for Human Rights",),
    ]


def test_statement_again(chains: Chains) -> None:
    """A statement that adds something goes on with whoever made the statement."""
    text = "The guerrillas said in a statement that they had left. The statement added that the bridge was mined."
    assert chains(text) == [("guerrillas",), ("guerrillas",)]


def test_deeper_source_is_not_the_speaker(chains: Chains) -> None:
    """What he adds, after he quoted a captain, is said by him and not by the captain."""
    text = "Ten died, media activist Omar Said told AFP, quoting a captain. He added that the road was cut."
    assert chains(text) == [("AFP", "Omar Said", "captain"), ("AFP", "Omar Said")]


def test_first_person(chains: Chains) -> None:
    """What "I" told somebody, inside a quotation, is said by whoever is quoted."""
    text = "“I told them that the dam would break,” Ana Gil said."
    assert chains(text) == [("Ana Gil",), ("Ana Gil",)]
