"""Parties and places of a claim, chosen among the record's names by their words."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from tidings.errors import UsageError
from tidings.web.desk import Desk, Row
from tidings.web.pages import neutral

__all__ = ["SLOTS", "choosable", "chosen", "names_of"]

SLOTS = {"agents": "who", "targets": "to whom", "places": "where"}
"""What of a claim is chosen among names, with its label."""

_MOST_OFFERED = 300
"""Names offered while typing; any other name of the record can be written out."""
_MOST_CHOSEN = 12
_MOST_TOLD = 6


def _key(name: str) -> str:
    return " ".join(str(neutral(name)).casefold().split())


def _by_words(desk: Desk) -> dict[str, list[tuple[bool, str, str, str]]]:
    """Return for each name and alias who bears it: whether as an alias only, id, kind, name."""

    def make() -> dict[str, list[tuple[bool, str, str, str]]]:
        held: dict[str, list[tuple[bool, str, str, str]]] = {}
        rows = desk.look.slim("entities", "id", "kind", "name", "aliases", limit=1_000_000)
        for one, kind, name, aliases in rows:
            own = _key(name)
            held.setdefault(own, []).append((False, one, kind, name))
            for alias in {_key(word) for word in json.loads(aliases or "[]")} - {own, ""}:
                held.setdefault(alias, []).append((True, one, kind, name))
        return held

    return desk.kept("names by words", make)


def choosable(desk: Desk) -> dict[str, list[str]]:
    """Return the names told of most, to choose from while typing: ``parties`` and ``places``."""

    def make() -> dict[str, list[str]]:
        often = dict(desk.look.counts("mentions", "entity", limit=1_000_000))
        rows = desk.look.slim("entities", "id", "kind", "name", limit=1_000_000)
        ordered = sorted(rows, key=lambda row: (-often.get(row[0], 0), row[2], row[0]))
        out: dict[str, list[str]] = {"parties": [], "places": []}
        for _, kind, name in ordered:
            offered = out["places" if kind == "place" else "parties"]
            if len(offered) < _MOST_OFFERED and name not in offered:
                offered.append(name)
        return out

    return desk.kept("names to choose", make)


def chosen(desk: Desk, claim: Row, slot: str, names: Iterable[str]) -> str | None:
    """Return what a correction puts into a slot: ids with bars between them, or ``none``; None where nothing changes.

    Args:
        desk: The open record.
        claim: The claim's row.
        slot: One of :data:`SLOTS`.
        names: Names as they were written into the form; empty ones are left out.

    Raises:
        UsageError: The record holds no such name, or several that the words fit.
    """
    words = list(dict.fromkeys(held for name in names if (held := name.strip())))
    if [_key(word) for word in words] == [_key(name) for name in claim[slot]]:
        return None
    if len(words) > _MOST_CHOSEN:
        raise UsageError(f"One claim takes up to {_MOST_CHOSEN} names in a place.")
    own = {_key(name): one for name, one in zip(claim[slot], claim[f"{slot}_ids"], strict=False) if one}
    ids = [own.get(_key(word)) or _named(desk, word, slot) for word in words]
    return "|".join(dict.fromkeys(ids)) or "none"


def _named(desk: Desk, word: str, slot: str) -> str:
    """Return the one entity that words name."""
    place = slot == "places"
    if word.startswith("n_") and (row := desk.look.one("entities", word)):
        return str(row["id"])
    held = [row for row in _by_words(desk).get(_key(word), ()) if (row[2] == "place") == place or not place]
    # Whom a name belongs to comes before whom it is an alias of; a party is meant before a place of its name.
    for fits in ([row for row in held if not row[0]], held):
        near = [row for row in fits if place or row[2] != "place"] or fits
        if len(near) == 1:
            return near[0][1]
        if near:
            told = "; ".join(f"{one} ({kind}, {name})" for _, one, kind, name in near[:_MOST_TOLD])
            raise UsageError(f"Several bear the name “{word}”: {told}. Write the id of the one that is meant. Nothing was written.")  # fmt: skip
    raise UsageError(
        f"The record holds no {'place' if place else 'party'} called “{word}”. Write a name as it stands under Names and places, "
        "or add it there as an alias first. Nothing was written."
    )


def names_of(desk: Desk, ids: Sequence[str]) -> list[str]:
    """Return names for ids that a decision holds; an id that the record no longer holds stays as it is."""
    held = {row["id"]: str(row["name"]) for row in desk.look.some("entities", ids)}
    return [held.get(one, one) for one in ids]
