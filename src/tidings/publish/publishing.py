"""From the rows of a record to the rows of a copy that does no harm: a pure function.

::

    who is private  →  what must not be shown  →  every cell by its treatment  →  the brief told anew
    people             hidden                     rows                           nouns

The same record, profile and key give the same copy.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from tidings.errors import UsageError
from tidings.model import BriefSentence, Contents
from tidings.publish.changes import Change
from tidings.publish.hidden import Hidden
from tidings.publish.keys import Seal
from tidings.publish.nouns import contents_of
from tidings.publish.people import People, people_of
from tidings.publish.pieces import pieces
from tidings.publish.plain import forms
from tidings.publish.profile import Profile
from tidings.publish.rows import Copier, Hold, Rows, in_memory
from tidings.publish.survivors import Exact, exact_of
from tidings.publish.wording import Words

__all__ = ["Copy", "publish"]

Row = dict[str, Any]
Tables = Mapping[str, Iterable[Mapping[str, Any]]]
Tell = Callable[[Contents], Sequence[BriefSentence]]
"""Tells the brief of some contents."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Copy:
    """A copy before it is written.

    ``hidden`` and ``exact`` are what must not survive in what is written from ``tables``. ``proofs`` hold, for each
    quotation, its table, its id in the copy and the keyed hash of the words in the report. ``shared`` are words of hidden names that
    are also whole names of kept places, parties or officials. ``links`` pairs each id of a changed entity with that of the copy
    and what it shows: for those who have the key, never to go with the copy.
    """

    tables: dict[str, Rows]
    changes: tuple[Change, ...]
    proofs: tuple[tuple[str, str, str], ...]
    hidden: Hidden
    exact: Exact
    people: People
    shared: tuple[str, ...]
    links: tuple[tuple[str, str, str], ...]


def publish(
    tables: Tables,
    profile: Profile,
    key: str,
    *,
    tell: Tell,
    hide: Sequence[str] = (),
    words: Iterable[str] = (),
    hold: Hold = in_memory,
) -> Copy:
    """Return the copy of a record that a profile asks for.

    Args:
        tables: The record's rows; each table can be walked through again and again.
        profile: What the copy shows.
        key: The secret that ids and pseudonyms hang on.
        tell: Tells the brief.
        hide: Names that must not be shown and that no reader found.
        words: Words that are written with capitals and name nobody: countries, peoples.
        hold: Takes in the rows of a table of the copy and gives them back in order; for records that do not fit into memory.

    Raises:
        UsageError: The profile keeps whole texts and hides names that stand in them.
    """
    seal = Seal(key, profile.name, keyed=not profile.keeps("ids", "ids"))
    people = people_of(tables, profile, seal, hide=hide)
    if profile.keeps("reports", "text") and (people.names or people.whole or people.labels):
        raise UsageError(
            f"the profile {profile.name} keeps the texts of the reports and hides names that stand in them. "
            'Let it say text = "leave out" under [reports], or hide nothing.'
        )
    small = _small_words(tables)
    hidden = Hidden(people.names, people.phrases, people.kept, whole=people.whole, common=small)
    called = {one: face.name for one, face in people.faces.items()} | {
        f"analyst:{name}": pseudonym for name, pseudonym in people.analysts.items()
    }
    rewriting = Words(
        hidden,
        called,
        vocabulary=_vocabulary(tables, people, words),
        small=small,
        unknown=not profile.keeps("quotations", "unknown_names"),
        uncased=profile.keeps("quotations", "scripts_without_capitals"),
        longest=profile.longest,
    )
    copier = Copier(tables, profile, people, rewriting, seal)
    rows = copier.copy(hold)
    if people.faces or people.names or not profile.keeps("ids", "ids") or profile.says("dates", "happenings") != "day":
        rows["brief"] = [_sentence(one) for one in tell(contents_of(rows))]
    changes = [Change("", "", "", "ids made with the key", "ids")] if not profile.keeps("ids", "ids") else []
    return Copy(
        tables=rows,
        changes=(*changes, *sorted(set(copier.changes))),
        proofs=tuple(sorted(copier.quotations.proofs)),
        hidden=hidden,
        exact=exact_of(tables, rows),
        people=people,
        shared=tuple(sorted(hidden.shared)),
        links=tuple(sorted((one, seal.id(one), face.name) for one, face in people.faces.items())),
    )


def _small_words(tables: Tables) -> frozenset[str]:
    """Return the words that reports write in small letters: common words, whatever language they are of."""
    # Whether a word is small, and whether it stands in an address, is seen in the stretch without white space that holds it.
    stretches: set[str] = set()
    for row in tables["documents"]:
        stretches.update(row["text"].split())
    return frozenset(
        piece.form
        for stretch in stretches
        for piece in pieces(stretch)
        if piece.capital is False and not piece.pathlike
    )


def _vocabulary(tables: Tables, people: People, words: Iterable[str]) -> frozenset[str]:
    """Return words that may stand with a capital: of kept places, parties and outlets, and those handed in.

    The parts of officials' names are left out: many share a first name.
    """
    kept = [
        name
        for row in tables["entities"]
        if row["id"] not in people.faces and row["kind"] != "person"
        for name in (row["name"], *row["aliases"])
    ]
    held = {piece.form for name in [*kept, *words] for piece in pieces(name)}
    return frozenset(held - forms("particles"))


def _sentence(row: BriefSentence) -> Row:
    held = asdict(row)
    when = row.when
    cells = {
        "time": when.edtf(),
        "time_earliest": when.earliest.isoformat() if when.earliest else "",
        "time_latest": when.latest.isoformat() if when.latest else "",
    }
    del held["when"]
    return {**{name: list(value) if isinstance(value, tuple) else value for name, value in held.items()}, **cells}
