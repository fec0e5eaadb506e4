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
    "lost": "{who} lost {place}",
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
        span = _span(row.since, row.until, lost=row.standing == "lost")
        whose, publishers = shelf.by_whom(row.claims)
        values = [place, *who, *publishers, *day_values(row.until if row.standing == "lost" else row.since)]
        yield f"{capital(words)}{share}{span}, {whose}.", values, row.claims, (), row.since


def _span(since: When, until: When, *, lost: bool) -> str:
    """Return from when until when, led by a space; for a loss the day on which it ended."""
    if lost:
        return f" {days(until if until.known else since)}".rstrip()
    first, last = days(since), days(until) if until != since else ""
    if first and last:
        return f" from {first.removeprefix('on ')} until {last.removeprefix('on ')}"
    return f" {first}" if first else (f" until {last.removeprefix('on ')}" if last else "")


def displacement(shelf: Shelf) -> Iterator[Row]:
    """One sentence a movement: how many, from where, to where, where they found shelter."""
    for row in shelf.contents.weighed.movements:
        count = a_range(row.low, row.high)
        group = listed(shelf.named(row.group_ids)) or "people"
        verb = {"return": "returned", "sheltered": "were sheltered", "trapped": "were trapped"}.get(row.type, "left")
        none = "a number beyond reason, which stands in no range" if row.beyond else "no number given"
        subject = f"{count} {group}" if count else f"{group} ({none})"
        origin, to, shelter = (
            shelf.named(row.origin_ids),
            shelf.named(row.destination_ids),
            shelf.named(row.shelter_ids),
        )
        words = f"{subject} {verb}"
        if verb in {"were sheltered", "were trapped"}:
            where = list(dict.fromkeys([*shelter, *(to if verb == "were sheltered" else origin)])) or origin
            words += f" in {listed(where)}" if where else ""
            origin = [name for name in origin if name in where]
            to = [name for name in to if name in where]
        else:
            words += (
                f" {listed(origin)}" if origin and verb == "left" else (f" from {listed(origin)}" if origin else "")
            )
            words += f" for {listed(to)}" if to else ""
            words += f", with shelter in {listed(shelter)}" if shelter else ""
        day = days(row.when)
        whose, publishers = shelf.by_whom(row.claims)
        numbers = [str(number) for number in (row.low, row.high) if number is not None]
        values = [*origin, *to, *shelter, *publishers, *numbers, *day_values(row.when)]
        yield f"{capital(f'{day}, {words}' if day else words)}, {whose}.", values, row.claims, (), row.when
