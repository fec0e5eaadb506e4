"""Which reader is better at what: against claims that people judged, or against a gold of coded claims."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

__all__ = ["SLOTS", "Score", "by_gold", "by_review"]

Row = Mapping[str, Any]
SLOTS = ("agents", "targets", "places", "chain", "mode", "count")
NEAR = 0.5
"""Likeness of two lists of names from which they count as the same."""


@dataclass(frozen=True, slots=True)
class Score:
    """A reader on one kind of claim.

    Against judged claims: how many were ``judged``, and of them ``right`` (accepted, or corrected). Against a gold: ``made`` claims,
    ``gold`` claims, those ``found``, of them ``typed`` right, and the share of each slot right among those found.
    """

    reader: str
    kind: str
    judged: int = 0
    right: int = 0
    made: int = 0
    gold: int = 0
    found: int = 0
    typed: int = 0
    slots: tuple[tuple[str, float], ...] = ()

    @property
    def precision(self) -> float:
        """Of what the reader said, how much is right."""
        return self.right / self.judged if self.judged else self.found / self.made if self.made else 0.0

    @property
    def recall(self) -> float:
        """Of the gold, how much the reader found; 0 without a gold."""
        return self.found / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def reader_of(claim: Row) -> str:
    """Return the name by which a claim's reader is compared: the model's, where a model made it."""
    reader = claim.get("reader") or {}
    return str(reader.get("model") if reader.get("name") == "asked" else reader.get("name") or "unknown")


def by_review(claims: Iterable[Row], verdicts: Mapping[str, str]) -> list[Score]:
    """Return for each reader and kind how many judged claims were right.

    Args:
        claims: Rows of the table of claims.
        verdicts: Claim id to accept, correct or refuse.
    """
    counted: dict[tuple[str, str], list[int]] = {}
    for claim in claims:
        verdict = verdicts.get(str(claim["id"]))
        if verdict in {"accept", "correct", "refuse"}:
            for kind in (str(claim["kind"]), "all"):
                held = counted.setdefault((reader_of(claim), kind), [0, 0])
                held[0] += 1
                held[1] += verdict != "refuse"
    return [Score(reader, kind, judged=n, right=right) for (reader, kind), (n, right) in sorted(counted.items())]


def by_gold(claims: Sequence[Row], gold: Sequence[Row]) -> list[Score]:
    """Return for each reader and kind how it does against coded claims.

    Both sides are rows with ``doc``, ``start``, ``end``, ``kind``, ``type`` and the slots. Each gold claim is paired with at most one
    of a reader's, of the same kind, whose words overlap by half of the shorter and a fifth of both together; the best pair first.
    """
    found: list[Score] = []
    for reader in sorted({reader_of(claim) for claim in claims}):
        own = [claim for claim in claims if reader_of(claim) == reader]
        pairs = _paired(own, gold)
        for kind in [*sorted({str(row["kind"]) for row in (*own, *gold)}), "all"]:
            held = [(ours, theirs) for ours, theirs in pairs if kind in {"all", theirs["kind"]}]
            found.append(
                Score(
                    reader, kind,
                    made=sum(kind in {"all", row["kind"]} for row in own),
                    gold=sum(kind in {"all", row["kind"]} for row in gold),
                    found=len(held),
                    typed=sum(ours["type"] == theirs["type"] for ours, theirs in held),
                    slots=tuple((slot, _share(slot, held)) for slot in SLOTS),
                )
            )  # fmt: skip
    return found


def _paired(own: Sequence[Row], gold: Sequence[Row]) -> list[tuple[Row, Row]]:
    by_doc: dict[object, list[int]] = {}
    for at, row in enumerate(own):
        by_doc.setdefault(row["doc"], []).append(at)
    rated = []
    for place, theirs in enumerate(gold):
        for at in by_doc.get(theirs["doc"], ()):
            ours = own[at]
            shared = min(ours["end"], theirs["end"]) - max(ours["start"], theirs["start"])
            lengths = ours["end"] - ours["start"], theirs["end"] - theirs["start"]
            both = max(ours["end"], theirs["end"]) - min(ours["start"], theirs["start"])
            if ours["kind"] == theirs["kind"] and shared > 0 and shared >= 0.5 * min(lengths) and shared >= 0.2 * both:
                rated.append((shared / max(lengths) + 2 * (ours["type"] == theirs["type"]), -place, -at))
    taken: set[int] = set()
    used: set[int] = set()
    pairs = []
    for _, place, at in sorted(rated, reverse=True):
        if -place not in taken and -at not in used:
            taken.add(-place)
            used.add(-at)
            pairs.append((own[-at], gold[-place]))
    return pairs


def _share(slot: str, pairs: Sequence[tuple[Row, Row]]) -> float:
    right = asked = 0
    for ours, theirs in pairs:
        mine, gold = ours.get(slot), theirs.get(slot)
        if slot in {"agents", "targets", "places", "chain"}:
            a, b = {str(name).casefold() for name in mine or ()}, {str(name).casefold() for name in gold or ()}
            if a or b:
                asked += 1
                right += len(a & b) >= NEAR * len(a | b)
        elif slot == "count":
            if mine or gold:
                asked += 1
                right += _bounds(mine) == _bounds(gold)
        else:
            asked += 1
            right += mine == gold
    return round(right / asked, 3) if asked else 1.0


def _bounds(count: Any) -> tuple[object, object] | None:
    return (count.get("low"), count.get("high")) if isinstance(count, Mapping) else None
