"""From any id down to the words: what a value is, by which rule, on which claims, said by whom, in which sentence.

The answer is a tree of :class:`Step`, the same for the command line, for JSON and for a screen.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, select

from tidings.errors import UnknownId
from tidings.model.columns import TABLES
from tidings.store import ask
from tidings.store.inputs import every_report
from tidings.store.links import CLAIM_SLOTS
from tidings.store.rows import Row
from tidings.store.schema import contract, links, reports
from tidings.store.wording import facts_of, sentence_of
from tidings.store.words import Words, words_at

__all__ = ["Explain", "Step", "plain", "why"]

Explain = Callable[[str], Sequence[tuple[str, str]]]
"""Given the id of a claim, event or document, returns what fixes its days, each as a sentence and a constraint's id."""

_SINGULAR = {
    "documents": "report",
    "attributions": "reported speech",
    "claims": "claim",
    "mentions": "mention",
    "entities": "entity",
    "proposals": "proposal",
    "times": "days",
    "constraints": "constraint",
    "events": "happening",
    "figures": "figure",
    "holdings": "holding",
    "movements": "movement",
    "persons": "person",
    "custody": "custody",
    "property": "property",
    "relations": "relation",
    "echoes": "echo",
    "contradictions": "contradiction",
    "framings": "framing",
    "brief": "sentence of the brief",
    "decisions": "decision",
    "builds": "build",
}
_MOST_MENTIONS = 12
"""Mentions shown under an entity; the rest is counted. Nobody reads three hundred of them."""
_LEAST_PREFIX = 5
"""The shortest beginning of an id that is looked for, its letter and underscore included."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """One step of the way down: what stands here, and what it stands on.

    ``what`` is the kind of thing, ``says`` one line about it, ``facts`` label and value pairs, ``words`` the quotation.
    """

    what: str
    id: str
    says: str
    facts: tuple[tuple[str, str], ...] = ()
    words: Words | None = None
    under: tuple[Step, ...] = field(default=())


def plain(step: Step) -> dict[str, Any]:
    """Return a step as dicts and lists for JSON."""
    out: dict[str, Any] = {"what": step.what, "id": step.id, "says": step.says}
    if step.facts:
        out["facts"] = dict(step.facts)
    if step.words is not None:
        out["words"] = {name: getattr(step.words, name) for name in step.words.__dataclass_fields__}
    if step.under:
        out["under"] = [plain(below) for below in step.under]
    return out


def why(connection: Connection, wanted: str, *, explain: Explain | None = None) -> Step:
    """Return the way from an id down to the words.

    Args:
        connection: A connection to the record.
        wanted: An id of any table, or the beginning of one that no other shares; a report's path will do.
        explain: What fixes the days of a claim, an event or a report.

    Raises:
        UnknownId: The record holds no such id.
    """
    table, row, note = find(connection, wanted)
    way = _Way(connection, explain)
    if row is None:
        return way.gone(wanted)
    step = way.step(table, row)
    return Step(
        what=step.what,
        id=step.id,
        says=step.says,
        facts=(("note", note), *step.facts) if note else step.facts,
        words=step.words,
        under=step.under,
    )


def find(connection: Connection, wanted: str) -> tuple[str, Row | None, str]:
    """Return the table and row that an id means, and a sentence where it is not the row's own id.

    The row is None for a report that stands no longer.
    """
    for table in TABLES:
        if (row := ask.one(connection, table, wanted)) is not None:
            return table, row, ""
    if connection.execute(select(reports.c.id).where(reports.c.id == wanted)).first() is not None:
        return "documents", None, ""
    if wanted.startswith("e_"):
        # An event keeps its id while it grows; where it became part of another, its first claim leads there.
        claim = _by_prefix(connection, "claims", f"c_{wanted[2:]}")
        if len(claim) == 1 and claim[0]["event"]:
            now = ask.one(connection, "events", claim[0]["event"])
            if now is not None:
                return "events", now, f"{wanted} is now part of this happening"
    papers = ask.rows(connection, "documents", ask.Question(document=wanted))
    if len(papers) == 1:
        return "documents", papers[0], ""
    if len(wanted) >= _LEAST_PREFIX and "_" in wanted:
        found = [(table, row) for table in TABLES for row in _by_prefix(connection, table, wanted)]
        if len(found) == 1:
            return found[0][0], found[0][1], ""
        if len(found) > 1:
            some = ", ".join(row["id"] for _, row in found[:4])
            raise UnknownId(f"{wanted} is the beginning of several ids ({some} …). Write more of it.")
    decided = [row for row in ask.rows(connection, "decisions", ask.Question()) if wanted in _about(row)]
    if decided:
        return "decisions", decided[-1], f"{wanted} stands no longer by itself; the last decision about it is shown"
    raise UnknownId(f"the record holds no {wanted!r}. Ids stand in the first column of: tidings show FILE TABLE")


def _about(decision: Row) -> set[str]:
    """Return the ids that a decision is about."""
    found = {decision["subject"]}
    for side, keys in (("before", ("a", "b")), ("after", ("with",))):
        held = json.loads(decision[side] or "null")
        if isinstance(held, dict):
            found |= {str(held[key]) for key in keys if key in held}
    return found


def _by_prefix(connection: Connection, table: str, prefix: str) -> list[Row]:
    target = contract[table]
    if "id" not in target.c:
        return []
    query = select(target).where(target.c.id >= prefix, target.c.id < prefix + "\uffff").limit(5)
    return [ask.unpacked(table, dict(held)) for held in connection.execute(query).mappings()]


class _Way:
    """Walks down from rows, within one connection."""

    def __init__(self, connection: Connection, explain: Explain | None) -> None:
        self._connection = connection
        self._explain = explain
        self._documents: dict[str, Row] = {}

    def step(self, table: str, row: Row) -> Step:
        """Return the step of a row with all that it stands on."""
        special = {
            "claims": self._claim,
            "documents": self._document,
            "mentions": self._mention,
            "attributions": self._attribution,
            "entities": self._entity,
            "events": self._event,
            "times": self._time,
            "constraints": self._constraint,
            "proposals": self._proposal,
            "framings": self._framing,
        }.get(table)
        return special(row) if special else self._derived(table, row)

    def gone(self, document: str) -> Step:
        """Return why a report stands no longer."""
        report = every_report(self._connection)[document]
        under = [self._derived("decisions", row) for row in self._decisions(document)]
        says = (
            f"{report.document.path} was {'taken back by a decision' if report.standing == 'removed' else 'replaced'}"
        )
        facts = [("standing", report.standing), ("sha256", report.document.sha256)]
        if report.successor:
            facts.append(("replaced by", report.successor))
        return Step(what="report", id=document, says=says, facts=tuple(facts), under=tuple(under))

    def _rows(self, table: str, ids: Iterable[str]) -> list[Row]:
        found = (ask.one(self._connection, table, one) for one in ids)
        return [row for row in found if row is not None]

    def _text(self, document: str) -> Row:
        if document not in self._documents:
            held = ask.one(self._connection, "documents", document)
            self._documents[document] = held or {"text": "", "path": document, "publisher": ""}
        return self._documents[document]

    def _words(self, row: Row) -> Words | None:
        if not row["document"] or row["start"] is None:
            return None
        held = self._text(row["document"])
        return words_at(held["text"], row["document"], held["path"], row["start"], row["end"])

    def _claims(self, ids: Iterable[str]) -> list[Step]:
        return [self._claim(row, days=False) for row in self._rows("claims", ids)]

    def _decisions(self, subject: str) -> list[Row]:
        return ask.rows(self._connection, "decisions", ask.Question(where=(("subject", subject),)))

    def _decided(self, subject: str) -> list[Step]:
        return [self._derived("decisions", row) for row in self._decisions(subject)]

    def _claim(self, row: Row, *, days: bool = True) -> Step:
        under: list[Step] = []
        if row["attribution"]:
            under += [self._attribution(held) for held in self._rows("attributions", [row["attribution"]])]
        if days:
            under += self._days(row["id"])
            under += self._decided(row["id"])
        return self._made("claims", row, words=self._words(row), under=under)

    def _made(self, table: str, row: Row, *, words: Words | None = None, under: Sequence[Step] = ()) -> Step:
        return Step(
            what=_SINGULAR[table],
            id=row["id"],
            says=sentence_of(table, row),
            facts=tuple(facts_of(table, row)),
            words=words,
            under=tuple(under),
        )

    def _document(self, row: Row) -> Step:
        return self._made("documents", row, under=[*self._days(row["id"]), *self._decided(row["id"])])

    def _mention(self, row: Row) -> Step:
        under = []
        if row["refers_to"] or row["alias_of"]:
            held = self._rows("mentions", [one for one in (row["refers_to"], row["alias_of"]) if one])
            under = [self._made("mentions", one, words=self._words(one)) for one in held]
        under += [self._made("entities", one) for one in self._rows("entities", [row["entity"]])]
        return self._made("mentions", row, words=self._words(row), under=under)

    def _attribution(self, row: Row) -> Step:
        return self._made("attributions", row, words=self._words(row))

    def _entity(self, row: Row) -> Step:
        mentions = ask.rows(self._connection, "mentions", ask.Question(where=(("entity", row["id"]),)))
        shown = _spread(mentions)
        under = [self._made("mentions", one, words=self._words(one)) for one in shown]
        under += self._proposals(row["id"])
        under += self._decided(row["id"])
        step = self._made("entities", row, under=under)
        if len(mentions) > len(shown):
            more = ("mentions", f"{len(mentions)}, of which {len(shown)} are shown, one for each wording")
            step = Step(what=step.what, id=step.id, says=step.says, facts=(*step.facts, more), under=step.under)
        return step

    def _proposals(self, entity: str) -> list[Step]:
        query = select(links.c.row).where(links.c.table_name == "proposals", links.c.target == entity)
        target = contract["proposals"]
        held = self._connection.execute(select(target).where(target.c.row.in_(query)).order_by(target.c.row)).mappings()
        return [self._made("proposals", ask.unpacked("proposals", dict(one))) for one in held]

    def _proposal(self, row: Row) -> Step:
        reasons = [Step(what="reason", id="", says=reason) for reason in row["reasons"]]
        both = [self._made("entities", one) for one in self._rows("entities", [row["a"], row["b"]])]
        return self._made("proposals", row, under=[*reasons, *both, *self._decided(row["id"])])

    def _event(self, row: Row) -> Step:
        under = [*self._claims(row["claims"]), *self._days(row["id"]), *self._waterfall(row), *self._decided(row["id"])]
        return self._made("events", row, under=under)

    def _waterfall(self, row: Row) -> list[Step]:
        """Return the comparisons that made an event, pair by pair with their sums, the strongest first."""
        held = ask.rows(self._connection, "comparisons", ask.Question(where=(("event", row["id"]),)))
        pairs: dict[tuple[str, str], list[Row]] = {}
        for one in held:
            pairs.setdefault((one["a"], one["b"]), []).append(one)
        steps = []
        for (a, b), parts in pairs.items():
            total = sum(part["bits"] for part in parts)
            lines = [
                Step(what="comparison", id="", says=f"{part['bits']:+.1f}  {part['what']}: {part['reason']}")
                for part in parts
            ]
            verdict = "speaks for one happening" if total > 0 else "speaks against"
            says = f"{a} and {b}: {total:+.1f} bits together, which {verdict}"
            steps.append((-total, a, b, Step(what="comparisons", id="", says=says, under=tuple(lines))))
        return [step for *_, step in sorted(steps, key=_strongest)]

    def _time(self, row: Row) -> Step:
        table = {"claim": "claims", "event": "events", "document": "documents"}[row["of_kind"]]
        held = ask.one(self._connection, table, row["of"])
        under = self._days(row["of"])
        if held is not None:
            under.append(self._made(table, held, words=self._words(held) if table == "claims" else None))
        return self._made("times", row, under=under)

    def _constraint(self, row: Row) -> Step:
        return self._made("constraints", row, words=self._words(row))

    def _days(self, one: str) -> list[Step]:
        """Return what fixes the days of a claim, an event or a report, step by step."""
        if self._explain is None:
            return []
        steps = []
        for sentence, constraint in self._explain(one):
            row = ask.one(self._connection, "constraints", constraint) if constraint else None
            words = None if row is None else self._words(row)
            says = f"{sentence} [{row['kind']}]" if row is not None else sentence
            steps.append(Step(what="day", id=constraint, says=says, words=words))
        return [Step(what="days", id="", says="what fixes the days", under=tuple(steps))] if steps else []

    def _framing(self, row: Row) -> Step:
        held = self._rows("mentions", row["mentions"][:_MOST_MENTIONS])
        return self._made("framings", row, under=[self._made("mentions", one, words=self._words(one)) for one in held])

    def _derived(self, table: str, row: Row) -> Step:
        """Return the step of a row that stands on claims, on reports, or on nothing but itself."""
        under: list[Step] = []
        for slot in CLAIM_SLOTS.get(table, ("claims",)):
            held = row.get(slot)
            if held:
                under += self._claims(held if isinstance(held, list) else [held])
        if table == "brief":
            under += [self._made("documents", one) for one in self._rows("documents", row["documents"])]
        if table == "persons":
            under += [self._made("entities", one) for one in self._rows("entities", [row["entity"]])]
        return self._made(table, row, under=under)


def _strongest(item: tuple[float, str, str, Step]) -> tuple[float, str, str]:
    return item[:3]


def _spread(mentions: Sequence[Row]) -> list[Row]:
    """Return one mention for each wording, in their order, up to a number that can be read."""
    seen: dict[str, Row] = {}
    for row in mentions:
        seen.setdefault(row["text"].casefold(), row)
    return list(seen.values())[:_MOST_MENTIONS]
