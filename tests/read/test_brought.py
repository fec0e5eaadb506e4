"""A row that an analyst brought in, read as claims that quote its cells."""

from __future__ import annotations

from dataclasses import replace

from tidings.read.brought import BROUGHT_STAMP, read_brought
from tidings.testing import doc

ROW = "\n".join(
    [
        "name: Mortars hit the mill", "kind: event", "type: shelling", "agents: Ansar Dine; MNLA", "targets: traders", "places: Kidal",
        "earliest: 2014-05-21", "latest: 2014-05-22", "killed: 10-12", "wounded: 20+", "source: a driver",
    ]
)  # fmt: skip


def _row(text: str):
    return replace(doc(text, publisher="Ada Testa"), brought=True, language="")


def test_a_row_gives_one_claim_and_one_for_each_count():
    """What happened is quoted from its cell, a count with the name of its column."""
    document = _row(ROW)
    reading = read_brought(document)

    assert [
        (one.kind, one.type, one.quote, one.count and (one.count.low, one.count.high)) for one in reading.claims
    ] == [
        ("event", "shelling", "Mortars hit the mill", None),
        ("casualties", "killed", "killed: 10-12", (10, 12)),
        ("casualties", "wounded", "wounded: 20+", (20, None)),
    ]
    assert all(document.text[one.start : one.end] == one.quote for one in reading.claims)
    assert {one.reader for one in reading.claims} == {BROUGHT_STAMP}


def test_names_stand_where_the_row_has_them():
    """Lists are taken apart, each name a mention at its place; the source is the last of the chain."""
    document = _row(ROW)
    reading = read_brought(document)
    words = {mention.id: mention.text for mention in reading.mentions}

    assert all(document.text[one.start : one.end] == one.text for one in reading.mentions)
    for claim in reading.claims:
        assert [words[one] for one in claim.agents] == ["Ansar Dine", "MNLA"]
        assert [words[one] for one in claim.targets] == ["traders"]
        assert [words[one] for one in claim.places] == ["Kidal"]
        assert [words[one] for one in claim.chain] == ["a driver"]


def test_days_are_those_of_the_row():
    """Both days are absolute, and quote the row from the first to the last."""
    (time,) = read_brought(_row(ROW)).times

    assert (str(time.first), str(time.last), time.anchor) == ("2014-05-21", "2014-05-22", "calendar")
    assert time.text == "2014-05-21\nlatest: 2014-05-22"


def test_a_row_of_a_count_alone_gives_no_second_claim():
    """Where the kind is that of the count, the count is the claim."""
    reading = read_brought(_row("name: the dead of the mill\nkind: casualties\ntype: killed\nkilled: 3"))

    assert [(one.kind, one.quote) for one in reading.claims] == [("casualties", "killed: 3")]


def test_a_place_is_an_assessment_that_names_it():
    """A row about a place gives a statement at that place, so that it has somewhere to stand."""
    (claim,) = read_brought(_row("name: Tin-Essako\nkind: place\nlat: 18.45\nlon: 2.5")).claims

    assert (claim.kind, claim.type, claim.quote, len(claim.places)) == ("statement", "assessment", "Tin-Essako", 1)
