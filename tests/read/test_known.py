"""Rows of known days, read as claims."""

from __future__ import annotations

from datetime import date

from tidings.model import DocId, Document, sha256_hex
from tidings.read.known import KNOWN_STAMP, read_known

TEXT = (
    "name: Goma left by the army\nkind: control\ntype: lost\nagents: FARDC\ntargets: M23 | ADF\nplaces: Goma | Sake\n"
    "earliest: 2012-11-20\nlatest: 2012-11-21\nsource: UN Group of Experts"
)


def row(text: str) -> Document:
    return Document(id=DocId("d_1"), path="known.csv#2", sha256=sha256_hex(text.encode()), text=text, known=True)


def test_a_row_is_one_claim_with_all_its_slots() -> None:
    """Agents, targets, places and days are taken from the row as they stand there."""
    reading = read_known(row(TEXT))
    (claim,) = reading.claims
    names = {mention.id: mention.text for mention in reading.mentions}

    assert (claim.kind, claim.type, claim.quote, claim.rule, claim.confidence, claim.chain, claim.reader) == (
        "control",
        "lost",
        "Goma left by the army",
        "known.row",
        1.0,
        (),
        KNOWN_STAMP,
    )
    assert [names[mention] for mention in (*claim.agents, *claim.targets, *claim.places)] == [
        "FARDC",
        "M23",
        "ADF",
        "Goma",
        "Sake",
    ]
    assert [(mention.kind, mention.how, mention.core) for mention in reading.mentions] == [
        ("actor", "name", "FARDC"),
        ("actor", "name", "M23"),
        ("actor", "name", "ADF"),
        ("place", "name", "Goma"),
        ("place", "name", "Sake"),
    ]
    (time,) = reading.times
    assert claim.times == (time.id,)
    assert (time.anchor, time.first, time.last) == ("calendar", date(2012, 11, 20), date(2012, 11, 21))


def test_every_span_holds_its_words() -> None:
    """Quote, mentions and days stand at their offsets."""
    reading = read_known(row(TEXT))
    spans = [(item.start, item.end, item.text) for item in (*reading.mentions, *reading.times)]
    spans += [(claim.start, claim.end, claim.quote) for claim in reading.claims]

    assert [TEXT[start:end] for start, end, _ in spans] == [words for _, _, words in spans]


def test_an_open_end_stays_open() -> None:
    """A row that gives only the latest day says nothing of the first."""
    text = TEXT.replace("2012-11-20", "").replace("targets: M23 | ADF", "targets:")
    reading = read_known(row(text))

    assert reading.claims[0].targets == ()
    assert [(time.first, time.last, time.text) for time in reading.times] == [(None, date(2012, 11, 21), "2012-11-21")]


def test_parties_are_those_that_the_lexicon_knows() -> None:
    """A party of a row is the party of the reports where the lexicon knows its name, and only then."""
    text = TEXT.replace("FARDC", "YPG | Syrian army | civilians | Brigade of Nobody")

    known = [
        (mention.text, mention.lexicon != "") for mention in read_known(row(text)).mentions if mention.kind == "actor"
    ]

    assert known[:4] == [("YPG", True), ("Syrian army", True), ("civilians", True), ("Brigade of Nobody", False)]
