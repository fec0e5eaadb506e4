"""A party that kept out of the fighting for its first days is dated by that, in the words of another war."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from tidings import join, read
from tidings.date import date_alone, date_together
from tidings.model import GazetteerPlace
from tidings.resolve import resolve
from tidings.testing import doc

LOOK_BACK = """Sirte after the battle

During more than 40 days of fighting, the Libyan National Army and Islamic State fought in Sirte. The battle ended when Islamic State withdrew from Sirte.

"The Misrata Brigades did not intervene in the first 12 days," a spokesman for the brigades said."""
DURING = """Misrata men enter Sirte

Clashes between the Libyan National Army and Islamic State in Sirte have been continuing for the past three weeks. The Misrata Brigades attacked Islamic State in Sirte."""


class Nowhere:
    """A gazetteer that knows no place."""

    stamp = "none"

    def lookup(self, name: str, *, countries: Sequence[str] = (), kinds: Sequence[str] = ()) -> list[GazetteerPlace]:
        """Return nothing."""
        return []


def test_who_kept_out_for_the_first_days_acted_after_them() -> None:
    """The denial of one report puts the party's attack in another at least so many days after the start."""
    documents = tuple(sorted((doc(LOOK_BACK, published="2016-10-01"), doc(DURING)), key=lambda one: one.id))
    reader = next(one for one in read.readers() if "en" in one.languages)
    readings = list(reader.read(documents))
    times = tuple(chain.from_iterable(one.times for one in readings))
    named = resolve(documents, readings, gazetteer=Nowhere(), decisions=())
    alone = date_alone(documents, times, named.claims)
    joined = join.join(alone.documents, alone.claims, named.entities)
    dated = date_together(alone.documents, times, alone.claims, joined.events)
    held = [one for one in dated.constraints if one.rule == "kept_out"]

    assert [(one.least_days, one.kind) for one in held] == [(12, "assumed")]
    assert "did not intervene" in held[0].quote
