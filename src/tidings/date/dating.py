"""The two doors: what each report allows by itself, and what all of them allow together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from tidings.date.across import known_rows, openings
from tidings.date.building import Sheet, doc_point, end_point, start_point
from tidings.date.calendar_days import day
from tidings.date.events import event_constraints
from tidings.date.network import Solution, solve
from tidings.date.possible import possible_days
from tidings.date.publication import WORKED_OUT
from tidings.date.reports import report_constraints
from tidings.date.told import all_told
from tidings.model import UNKNOWN, Claim, Constraint, Dating, Document, Event, TimeWords, When

__all__ = ["date_alone", "date_together"]

_PASSING = frozenset({"account", "not_after", "order"})
"""Rules whose words are those of a claim, not of a time."""


def date_alone(documents: Iterable[Document], times: Iterable[TimeWords], claims: Iterable[Claim]) -> Dating:
    """Return documents and claims with the days that each report allows by itself.

    Args:
        documents: The reports; a known publication day holds, an unknown one is narrowed by the report's words.
        times: Their words about time.
        claims: Their claims.
    """
    return date_together(documents, times, claims, ())


def date_together(
    documents: Iterable[Document], times: Iterable[TimeWords], claims: Iterable[Claim], events: Iterable[Event]
) -> Dating:
    """Return documents, claims and events with the days that all reports allow together, and the constraints behind them.

    Constraints that could not hold with the others carry in ``dropped`` the quotations that clash.

    Args:
        documents: The reports.
        times: Their words about time.
        claims: Their claims.
        events: The happenings that the claims were joined into.
    """
    docs, told, happenings = tuple(documents), tuple(claims), tuple(events)
    constraints, now = _constraints(docs, tuple(times), told, happenings)
    solution = solve(constraints)
    # A day that was dropped is marked; everything that was said stays in the record.
    written = tuple(
        replace(one, dropped=solution.dropped[one.id]) if one.id in solution.dropped else one
        for one in sorted(constraints, key=lambda one: one.id)
    )
    days = _Days(written, solution)
    dated: dict[str, When] = {claim.id: _when(claim.id, days, now) for claim in told}
    return Dating(
        documents=tuple(_published(document, days) for document in docs),
        claims=tuple(replace(claim, when=dated[claim.id]) for claim in told),
        events=tuple(replace(event, when=_event_when(event, days, dated, now)) for event in happenings),
        constraints=written,
    )


def _when(claim: str, days: _Days, now: frozenset[str]) -> When:
    """Return the days of a claim; of a state told in the present, the day on which it is said to hold."""
    start, end = start_point(claim), end_point(claim)
    return days.when(end, end) if claim in now else days.when(start, end)


def _event_when(event: Event, days: _Days, dated: Mapping[str, When], now: frozenset[str]) -> When:
    """Return the days of a happening; of a state told in the present only, those on which it was said to hold."""
    if not all(claim in now for claim in event.claims):
        return days.when(start_point(event.id), end_point(event.id))
    told = [dated[claim] for claim in event.claims if dated[claim].known]
    first = [one.earliest for one in told if one.earliest is not None]
    last = [one.latest for one in told if one.latest is not None]
    if not first or not last:
        return UNKNOWN
    return When.between(min(first), max(last), basis=told[0].basis)


def _constraints(
    documents: Sequence[Document], times: Sequence[TimeWords], claims: Sequence[Claim], events: Sequence[Event]
) -> tuple[tuple[Constraint, ...], frozenset[str]]:
    by_id: dict[str, Document] = {document.id: document for document in documents}
    sheet = Sheet(by_id)
    words_of: dict[str, list[TimeWords]] = defaultdict(list)
    for words in times:
        words_of[words.document].append(words)
    claims_of: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        claims_of[claim.document].append(claim)
    by_row = known_rows(sheet, by_id, claims)
    whole = all_told(
        report_constraints(sheet, document, words_of[document.id], claims_of[document.id], by_row)
        for document in sorted(documents, key=lambda one: one.id)
    )
    if events:
        alone = solve(sheet.constraints.values())
        event_constraints(sheet, events, {claim.id: claim for claim in claims}, whole, alone)
        openings(sheet, claims, whole, alone)
    return tuple(sheet.constraints.values()), whole.now


def _published(document: Document, days: _Days) -> Document:
    if document.known:
        return document
    point = doc_point(document.id)
    found = days.when(point, point)
    if not found.known or (found.start_earliest is None and found.end_latest is None):
        return document
    basis = document.published_basis or WORKED_OUT
    return replace(document, published=found.named(basis), published_basis=basis)


class _Days:
    """Days of points, with the single days possible where they form no interval, and where they come from."""

    def __init__(self, constraints: Sequence[Constraint], solution: Solution) -> None:
        self.solution = solution
        self.possible = possible_days(constraints, solution)

    def when(self, start: str, end: str) -> When:
        """Return the four days of a happening."""
        low, late = self.solution.low(start), self.solution.high(start)
        early, high = self.solution.low(end), self.solution.high(end)
        if low is None and high is None:
            return UNKNOWN
        choices = tuple(day(one) for one in self.possible.get(start, ())) if start == end or low == early else ()
        return When(
            start_earliest=None if low is None else day(low),
            start_latest=None if late is None else day(late),
            end_earliest=None if early is None else day(early),
            end_latest=None if high is None else day(high),
            choices=choices if len(choices) > 1 else (),
            basis=self.basis(start, end),
            lasts=early is not None and late is not None and early > late,
        )

    def basis(self, start: str, end: str) -> str:
        """Return in a few words where the days come from: the weakest kind of constraint used, and the words quoted."""
        chain = [*self.solution.because(start), *(self.solution.because(end) if end != start else ())]
        kinds = {one.kind for one in chain}
        kind = next((name for name in ("assumed", "soft", "known", "explicit") if name in kinds), "explicit")
        ruled = next((one.rule.replace("_", " ") for one in chain if one.kind == "assumed"), "")
        # Words about time say more than the words of claims that merely pass a day on.
        said = [one for one in chain if one.quote.strip() and one.kind != "assumed" and one.rule not in _PASSING]
        quotes = dict.fromkeys(" ".join(one.quote.split())[:60] for one in said)
        shown = ", ".join(f"“{quote}”" for quote in list(quotes)[:2])
        head = f"{kind} ({ruled})" if ruled else kind
        return f"{head}: {shown}" if shown else head
