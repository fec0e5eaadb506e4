"""What the dating of single reports hands on to the dating of all of them together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

__all__ = ["Told", "all_told"]


@dataclass(frozen=True, slots=True)
class Told:
    """Ids of claims: ``anchored`` by words of their own, ``lasting`` for days, ``days`` named as such, ``story`` by what was told before.

    ``leads`` take the day that their report dates first; ``episodes`` are fighting whose length a report gives,
    ``ongoing`` what it says has gone on for weeks; ``kept_out`` are denials for the first so many days of an episode;
    ``now``
    are told in the present tense, of the report's own day.
    """

    anchored: frozenset[str] = frozenset()
    lasting: frozenset[str] = frozenset()
    days: frozenset[str] = frozenset()
    story: frozenset[str] = frozenset()
    leads: Mapping[str, str] = field(default_factory=dict)
    episodes: frozenset[str] = frozenset()
    ongoing: frozenset[str] = frozenset()
    now: frozenset[str] = frozenset()
    kept_out: Mapping[str, int] = field(default_factory=dict)


def all_told(parts: Iterable[Told]) -> Told:
    """Return what several reports told, as one."""
    listed = list(parts)
    return Told(
        anchored=frozenset().union(*(one.anchored for one in listed)),
        lasting=frozenset().union(*(one.lasting for one in listed)),
        days=frozenset().union(*(one.days for one in listed)),
        story=frozenset().union(*(one.story for one in listed)),
        leads={claim: day for one in listed for claim, day in one.leads.items()},
        episodes=frozenset().union(*(one.episodes for one in listed)),
        ongoing=frozenset().union(*(one.ongoing for one in listed)),
        now=frozenset().union(*(one.now for one in listed)),
        kept_out={claim: days for one in listed for claim, days in one.kept_out.items()},
    )
