"""A row of known days, read as one claim: no parsing, no guess."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tidings.model import (
    Claim,
    ClaimId,
    Document,
    Mention,
    MentionId,
    ReaderStamp,
    Reading,
    TimeId,
    TimeWords,
    content_id,
)
from tidings.read.lexicon import Lexicon, fold

__all__ = ["KNOWN_STAMP", "days_given", "mention_of", "read_known"]

KNOWN_STAMP = ReaderStamp(name="known.rows", version="1", model="")
"""Who reads rows of known days: a rule without a model."""
_KINDS = {"agents": "actor", "targets": "actor", "places": "place"}


def read_known(document: Document) -> Reading:
    """Return the claim that a row of known days makes, with its mentions and days where they stand in the row.

    Args:
        document: A document with ``known`` set: its text is the row, as "column: value" lines.
    """
    values: dict[str, tuple[int, int]] = {}
    position = 0
    for line in document.text.split("\n"):
        name, _, _ = line.partition(":")
        start = min(position + len(name) + 2, position + len(line))
        values[name] = (start, position + len(line))
        position += len(line) + 1

    def words(name: str) -> str:
        start, end = values.get(name, (0, 0))
        return document.text[start:end]

    mentions: dict[str, list[Mention]] = {name: [] for name in _KINDS}
    for column, kind in _KINDS.items():
        start, end = values.get(column, (0, 0))
        for piece in document.text[start:end].split("|"):
            text = piece.strip()
            if text:
                at = start + len(piece) - len(piece.lstrip())
                mentions[column].append(mention_of(document, at, text, kind))
            start += len(piece) + 1
    times = days_given(document, values)
    start, end = values["name"]
    claim = Claim(
        id=ClaimId(content_id("c", document.sha256, start, end, words("kind"), words("type"), "")),
        document=document.id,
        start=start,
        end=end,
        quote=document.text[start:end],
        kind=words("kind"),
        type=words("type"),
        agents=tuple(mention.id for mention in mentions["agents"]),
        targets=tuple(mention.id for mention in mentions["targets"]),
        places=tuple(mention.id for mention in mentions["places"]),
        times=tuple(time.id for time in times),
        rule="known.row",
        confidence=1.0,
        trigger_start=start,
        trigger_end=end,
        reader=KNOWN_STAMP,
    )
    found = {mention.id: mention for column in _KINDS for mention in mentions[column]}
    return Reading(
        document=document.id,
        reader=KNOWN_STAMP,
        mentions=tuple(sorted(found.values(), key=lambda mention: (mention.start, mention.end))),
        times=times,
        claims=(claim,),
    )


def mention_of(document: Document, start: int, text: str, kind: str) -> Mention:
    """Return a name in a row as a mention; a party that the lexicon knows is known by it.

    Args:
        document: The row.
        start: Where the name begins.
        text: The name.
        kind: actor, place or source.
    """
    end = start + len(text)
    known = _known_party(text) if kind == "actor" else _Party()
    return Mention(
        id=MentionId(content_id("m", document.id, start, end, kind)),
        document=document.id,
        start=start,
        end=end,
        text=text,
        kind=kind,
        how="name",
        core=text,
        lexicon=known.lexicon,
        known_as=known.name,
        role=known.role,
        belongs_to=known.parent,
    )


@dataclass(frozen=True, slots=True)
class _Party:
    lexicon: str = ""
    name: str = ""
    role: str = ""
    parent: str = ""


def _known_party(words: str) -> _Party:
    """Return what the lexicon knows a party by, so that a row's "YPG" is the reports' YPG; empty when it knows none."""
    lexicon = Lexicon.load()
    group = lexicon.group(words)
    if group is not None:
        return _Party(group.id, group.name, group.role)
    whole = [hit for hit in lexicon.hits(words) if (hit.start, hit.end) == (0, len(words)) and hit.what == "alias"]
    # A name that several parties go by is left to the resolver, which sees the reports.
    if len(whole) == 1 and len(whole[0].ids) == 1 and (entry := lexicon.entry(whole[0].ids[0])) is not None:
        return _Party(entry.id, entry.name, entry.role, entry.parent)
    hits = lexicon.hits(words)
    if len(hits) == 1 and hits[0].start == 0 and hits[0].what in {"country", "demonym"} and len(hits[0].ids) == 1:
        after = words[hits[0].end :].split()
        if after and all(fold(word) in lexicon.state_words for word in after):
            return _Party(*lexicon.government(hits[0].ids[0]), "state")
    return _Party()


def days_given(document: Document, values: dict[str, tuple[int, int]]) -> tuple[TimeWords, ...]:
    """Return the days of a row as words about time, from the first value given to the last.

    Args:
        document: The row.
        values: Where the value of each column stands; an empty one gives no day.
    """
    given = {
        name: values[name] for name in ("earliest", "latest") if name in values and values[name][0] < values[name][1]
    }
    if not given:
        return ()
    days = {name: date.fromisoformat(document.text[start:end]) for name, (start, end) in given.items()}
    start, end = min(given.values())[0], max(given.values())[1]
    return (
        TimeWords(
            id=TimeId(content_id("t", document.id, start, end)),
            document=document.id,
            start=start,
            end=end,
            text=document.text[start:end],
            anchor="calendar",
            first=days.get("earliest"),
            last=days.get("latest"),
        ),
    )
