"""The five real reports give the days that their words allow, with one known day and without it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import chain
from pathlib import Path

import pytest

from tidings import join, read
from tidings.date import date_alone, date_together, explain
from tidings.gather import gather, known_documents
from tidings.model import Claim, Dating, Document, GazetteerPlace, Reading
from tidings.resolve import resolve

REPORTS = Path(__file__).parents[3] / "shared" / "reports" / "hasakah"

pytestmark = pytest.mark.skipif(not REPORTS.is_dir(), reason="the five reports are not beside this checkout")


class Nowhere:
    """A gazetteer that knows no place, so that the days rest on the words alone."""

    stamp = "none"

    def lookup(self, name: str, *, countries: Sequence[str] = (), kinds: Sequence[str] = ()) -> list[GazetteerPlace]:
        """Return nothing."""
        return []


def _dated(documents: Sequence[Document], readings: Sequence[Reading]) -> Dating:
    docs = tuple(sorted(documents, key=lambda one: one.id))
    listed = sorted(readings, key=lambda one: one.document)
    times = tuple(chain.from_iterable(one.times for one in listed))
    named = resolve(docs, listed, gazetteer=Nowhere(), decisions=())
    alone = date_alone(docs, times, named.claims)
    joined = join.join(alone.documents, alone.claims, named.entities)
    return date_together(alone.documents, times, alone.claims, joined.events)


@pytest.fixture(scope="module")
def read_in() -> tuple[list[Document], list[Reading]]:
    """The five reports and their readings."""
    documents = list(gather([REPORTS]).documents)
    reader = next(one for one in read.readers() if "en" in one.languages)
    return documents, list(reader.read(documents))


@pytest.fixture(scope="module")
def with_known(read_in: tuple[list[Document], list[Reading]]) -> Dating:
    """All dated together, with the one known day."""
    documents, readings = read_in
    rows = known_documents(REPORTS / "reference_events.csv")
    return _dated([*documents, *rows], [*readings, *map(read.read_known, rows)])


@pytest.fixture(scope="module")
def without(read_in: tuple[list[Document], list[Reading]]) -> Dating:
    """All dated together, from their own words alone."""
    return _dated(*read_in)


def _day(dating: Dating, stem: str) -> str:
    return next(one.published.edtf() for one in dating.documents if one.path.startswith(stem))


def _entry(dating: Dating) -> Claim:
    """The attack that the first report dates at the break of a day."""
    document = next(one for one in dating.documents if one.path.startswith("000"))
    at = document.text.index("breached")
    return next(
        one for one in dating.claims if one.document == document.id and one.trigger_start == at and one.kind == "event"
    )


def test_with_one_known_day_the_entry_into_the_city_is_one_day(with_known: Dating) -> None:
    """The entry is Thursday 25 June 2015, and the chain that fixes it leads back to the known row."""
    entry = _entry(with_known)
    chain_of_words = explain(f"start:{entry.id}", with_known.constraints)

    assert entry.when.edtf() == "2015-06-25"
    assert chain_of_words[0].kind == "known"


def test_with_one_known_day_the_reports_are_dated_within_days(with_known: Dating) -> None:
    """Each report's own day follows from what it says of days it does not name."""
    assert {stem: _day(with_known, stem) for stem in ("000", "002", "003", "004")} == {
        "000": "2015-06-25/2015-06-27",
        "002": "2015-06-25/2015-06-27",
        "003": "2015-08-21",
        "004": "2015-07-10/2015-07-12",
    }


def test_with_one_known_day_the_end_of_the_battle_is_within_a_week(with_known: Dating) -> None:
    """The fighting ended between 28 July and 4 August."""
    ends = {
        (one.when.end_earliest, one.when.end_latest)
        for one in with_known.claims
        if one.when.lasts and "33 days" in one.quote and one.type == "armed_clash"
    }

    assert ends == {(date(2015, 7, 28), date(2015, 8, 4))}


def test_without_it_the_entry_is_one_of_six_thursdays(without: Dating) -> None:
    """What the reports say of each other leaves six Thursdays."""
    assert _entry(without).when.edtf() == "[2015-06-11,2015-06-18,2015-06-25,2015-07-02,2015-07-09,2015-07-16]"


def test_nothing_is_dropped_and_no_day_is_the_publication_day_by_default(with_known: Dating) -> None:
    """Nothing the reports say clashes; only what is said in the present is put on a report's own day."""
    assert [one for one in with_known.constraints if one.dropped] == []
    on_the_day = {
        one.rule for one in with_known.constraints if one.a.startswith("doc:") and one.least_days == one.most_days == 0
    }

    assert on_the_day <= {"present", "ongoing", "now", "earlier_today", "", "exact"}
