"""Who held what, and who had to leave."""

from __future__ import annotations

from collections.abc import Iterator

from tidings.model import ClaimId, DocId, When
from tidings.tell.wording import Shelf
from tidings.tell.words import a_range, days, listed, with_article

__all__ = ["displacement", "holdings"]

Row = tuple[str, list[str], tuple[ClaimId, ...], tuple[DocId, ...], When]
_STANDING = {
    "held": "{who} held {place}",
    "shared": "{who} shared {place}",
    "contested": "{place} was contested by {who}",
    "claimed": "{who} is said to have tried to take {place}",
    "lost": "{who} no longer held {place}",
}


def day_values(when: When) -> list[str]:
    """Return the days that a sentence about ``when`` states, as a checker looks for them."""
    return list(dict.fromkeys(day.isoformat() for day in (when.earliest, when.latest) if day is not None))


def capital(words: str) -> str:
    """Return the words with their first letter in upper case, the rest as it is."""
    return words[:1].upper() + words[1:]


def holdings(shelf: Shelf) -> Iterator[Row]:
    """One sentence a holding, place by place in the order of the days, by whose word."""
    rows = sorted(
        shelf.contents.weighed.holdings,
        key=lambda row: (shelf.names.get(row.place_id, ""), str(row.since.earliest or row.since.latest or ""), row.id),
    )
    for row in rows:
        place = shelf.names.get(row.place_id, "")
        who = shelf.named(row.holder_ids)
        if not place or not who or all(shelf.documents[shelf.claims[claim].document].known for claim in row.claims):
            continue
        words = _STANDING.get(row.standing, "{who} held {place}").format(
            who=listed(with_article(name) for name in who), place=place
        )
        share = f", by share {row.share}" if row.share else ""
        since, until = days(row.since), days(row.until)
        span = f" {since}" if since else ""
        if until and row.until != row.since:
            span += f", until {until.removeprefix('on ')}"
        whose, publishers = shelf.by_whom(row.claims)
        values = [place, *who, *publishers, *day_values(row.since)]
        yield f"{capital(words)}{share}{span}, {whose}.", values, row.claims, (), row.since


def displacement(shelf: Shelf) -> Iterator[Row]:
    """One sentence a movement: how many, from where, to where, where they found shelter."""
    for row in shelf.contents.weighed.movements:
        count = a_range(row.low, row.high)
        group = listed(shelf.named(row.group_ids)) or "people"
        verb = {"return": "returned", "sheltered": "were sheltered", "trapped": "were trapped"}.get(row.type, "left")
        subject = f"{count} {group}" if count else f"{group} (no number given)"
        origin, to, shelter = (
            shelf.named(row.origin_ids),
            shelf.named(row.destination_ids),
            shelf.named(row.shelter_ids),
        )
        words = f"{subject} {verb}"
        if origin:
            words += f" {'from' if verb in {'left', 'returned'} else 'in'} {listed(origin)}"
        if to:
            words += f" for {listed(to)}"
        if shelter:
            words += f", with shelter in {listed(shelter)}"
        day = days(row.when)
        whose, publishers = shelf.by_whom(row.claims)
        numbers = [str(number) for number in (row.low, row.high) if number is not None]
        values = [*origin, *to, *shelter, *publishers, *numbers, *day_values(row.when)]
        yield f"{capital(f'{day}, {words}' if day else words)}, {whose}.", values, row.claims, (), row.when
