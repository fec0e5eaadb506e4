"""Property: things taken, destroyed, given back or priced."""

from __future__ import annotations

import re

from tidings.model import Amount, Claim, Property, content_id
from tidings.weigh.ledgers.ranges import once, shared_days, told_by, union
from tidings.weigh.origins import Roots
from tidings.weigh.rules import among, rules
from tidings.weigh.view import View

__all__ = ["property_rows"]

_STANDING = {"seizure": "taken", "return": "returned", "ransom": "demanded", "destruction": "destroyed"}
_PRICE = re.compile(r"(?<![\w.,])(?:\$|€)?\s?(\d{1,3}(?:[,  ]\d{3})+|\d+)(?:\s*(million|thousand))?\s*", re.IGNORECASE)
_TIMES = {"million": 1_000_000, "thousand": 1_000}


def property_rows(view: View, roots: Roots) -> tuple[Property, ...]:
    """Return one row for each happening and what became of the thing: taken, returned, demanded, destroyed.

    A sum of money is a price where a ransom or a return is told, and never a number of things. Where one happening
    names several sums, the latest word is the price; every claim stays listed.
    """
    rows = []
    for event in view.events:
        by_type: dict[str, list[Claim]] = {}
        for claim in view.of_event(event):
            if claim.kind == "property" and claim.mode not in {"denied", "intended"}:
                by_type.setdefault(claim.type, []).append(claim)
        for type_, claims in by_type.items():
            prices = [price for claim in claims if (price := _price(view, claim))]
            counted = [claim for claim in claims if claim.count and not _currency(claim.count)]
            numbers = union(told_by(counted, view, roots))
            rows.append(
                Property(
                    id=content_id("w", type_, *(claim.id for claim in claims)),
                    what=next((what for claim in claims if (what := _what(view, claim))), ""),
                    whose_ids=once(one for claim in claims for one in claim.targets_ids),
                    by_ids=once(one for claim in claims for one in claim.agents_ids),
                    low=numbers.low,
                    high=numbers.high,
                    price=prices[-1][0] if prices else None,
                    currency=prices[-1][1] if prices else "",
                    standing=_STANDING.get(type_, type_),
                    when=shared_days(claims),
                    claims=tuple(claim.id for claim in claims),
                )
            )
    return tuple(sorted(rows, key=lambda row: row.id))


def _currency(amount: Amount) -> str:
    """Return the currency that an amount is in, or an empty string."""
    words = f"{amount.text} {amount.unit}".casefold()
    return next((str(one) for one in rules()["property"]["currencies"] if str(one).casefold() in words), "")


def _price(view: View, claim: Claim) -> tuple[int, str] | None:
    """Return the sum of money a claim names, with its currency."""
    if claim.count is not None and (currency := _currency(claim.count)) and claim.count.low is not None:
        return claim.count.low, currency
    text = view.sentence(claim) if claim.type == "ransom" else claim.quote
    for found in _PRICE.finditer(text):
        after = text[found.start() : found.end() + 20].casefold()
        currency = next((str(one) for one in rules()["property"]["currencies"] if str(one).casefold() in after), "")
        if currency:
            number = int(re.sub(r"\D", "", found.group(1))) * _TIMES.get((found.group(2) or "").casefold(), 1)
            return number, currency
    return None


def _what(view: View, claim: Claim) -> str:
    """Return what was taken in the report's words: the unit counted, a thing the quote names, or the target's name."""
    if claim.count is not None and claim.count.unit and not _currency(claim.count):
        return claim.count.unit
    named = among("property", "things", claim.quote) or among("property", "things", view.sentence(claim))
    return named or next((view.name(one) for one in claim.targets_ids if view.entities[one].kind == "other"), "")
