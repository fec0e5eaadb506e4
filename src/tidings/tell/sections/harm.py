"""Casualties as ranges with sides; people held; property taken."""

from __future__ import annotations

from collections.abc import Iterator

from tidings.model import Figure, When
from tidings.tell.sections.moves import Row, capital, day_values
from tidings.tell.wording import Shelf, clause
from tidings.tell.words import a_number, a_range, days, listed, with_article

__all__ = ["casualties", "custody_and_property"]

_MEASURE = {
    "killed": "killed",
    "wounded": "wounded",
    "killed_or_wounded": "killed or wounded",
    "executed": "executed",
    "missing": "missing",
}
_SCOPE = {"daily": "", "cumulative": ", a running count", "total": ", a count for the whole episode", "unknown": ""}

_NOT_COUNTED = "with a number beyond reason, which is kept and stands in no range"


def _figure(shelf: Shelf, row: Figure) -> Row:
    group = listed(shelf.named(row.group_ids)) or listed(row.group) or "people"
    measure = _MEASURE.get(row.measure, row.measure)
    count = a_range(row.low, row.high)
    by = listed(with_article(name) for name in shelf.named(row.by_ids))
    places = shelf.named(row.places_ids)
    where = f" in {listed(places)}" if places else ""
    amount = f"{count} {measure}" if count else f"people {measure}, {_NOT_COUNTED if row.beyond else 'no number given'}"
    words = f"{group}: {amount}{where}"
    if by:
        words += f", by {by}"
    words += _SCOPE.get(row.scope, "")
    day = days(row.when)
    if day:
        words += f", {day}"
    if row.best is not None and row.low != row.high:
        words += f"; taken as {a_number(row.best)} by the rule {row.rule.replace('_', ' ')}"
    if row.contested:
        words += "; the accounts do not meet"
    whose, publishers = shelf.by_whom(row.claims)
    numbers = [str(number) for number in (row.low, row.high, row.best) if number is not None]
    values = [
        *shelf.named(row.group_ids),
        *shelf.named(row.by_ids),
        *places,
        *publishers,
        *numbers,
        *day_values(row.when),
    ]
    return f"{capital(words)}, {whose}.", values, row.claims, (), row.when


def casualties(shelf: Shelf) -> Iterator[Row]:
    """One sentence a figure, figures with a number first, by day and group."""
    rows = shelf.contents.weighed.figures
    order = sorted(rows, key=lambda row: (row.low is None and row.high is None, _first(row.when), row.measure, row.id))
    for row in order:
        yield _figure(shelf, row)


def _first(when: When) -> str:
    return str(when.earliest or when.latest or "9999")


def custody_and_property(shelf: Shelf) -> Iterator[Row]:
    """One sentence for each row of people held or let go, and of property taken, priced or given back."""
    for held in shelf.contents.weighed.custody:
        type_ = {"released": "release"}.get(held.standing, "detention")
        who, by = shelf.named(held.who_ids), shelf.named(held.by_ids)
        modes = {shelf.claims[claim].mode for claim in held.claims if claim in shelf.claims}
        mode = modes.pop() if len(modes) == 1 else "asserted"
        words = clause("custody", type_, agents=by, targets=who, places=(), mode=mode)
        count = a_range(held.low, held.high)
        day = days(held.since)
        whose, publishers = shelf.by_whom(held.claims)
        numbers = [str(number) for number in (held.low, held.high) if number is not None]
        told = f" ({count})" if count else f", {_NOT_COUNTED}," if held.beyond else ""
        sentence = capital(words) + told + (f" {day}" if day else "")
        values = [*[name for name in [*who, *by] if name in words], *publishers, *numbers, *day_values(held.since)]
        yield f"{sentence}, {whose}.", values, held.claims, (), held.since
    for thing in shelf.contents.weighed.property:
        first = next((shelf.claims[claim] for claim in thing.claims if claim in shelf.claims), None)
        if first is None:
            continue
        whose_names, by = shelf.named(thing.whose_ids), shelf.named(thing.by_ids)
        words = clause("property", first.type, agents=by, targets=whose_names, places=(), mode=first.mode)
        count = a_range(thing.low, thing.high)
        what = (
            f" ({count} {thing.what})"
            if count and thing.what and thing.price is None
            else (f" ({thing.what})" if thing.what else "")
        )
        price = f", {a_number(thing.price)} {thing.currency}".rstrip() if thing.price is not None else ""
        day = days(thing.when)
        whose, publishers = shelf.by_whom(thing.claims)
        numbers = [str(number) for number in (thing.low, thing.high, thing.price) if number is not None]
        values = [
            *[name for name in [*whose_names, *by] if name in words],
            *publishers,
            *numbers,
            *day_values(thing.when),
        ]
        yield f"{capital(words)}{what}{price}{f' {day}' if day else ''}, {whose}.", values, thing.claims, (), thing.when
