"""A row of known days, read as one claim: no parsing, no guess."""

from __future__ import annotations

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

__all__ = ["KNOWN_STAMP", "read_known"]

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
                mentions[column].append(_mention(document, at, text, kind))
            start += len(piece) + 1
    times = _times(document, words("earliest"), words("latest"), values)
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


def _mention(document: Document, start: int, text: str, kind: str) -> Mention:
    end = start + len(text)
    return Mention(
        id=MentionId(content_id("m", document.id, start, end, kind)),
        document=document.id,
        start=start,
        end=end,
        text=text,
        kind=kind,
        how="name",
        core=text,
    )


def _times(document: Document, earliest: str, latest: str, values: dict[str, tuple[int, int]]) -> tuple[TimeWords, ...]:
    """Return the days as words about time: from the first value given to the last."""
    given = [values[name] for name, day in (("earliest", earliest), ("latest", latest)) if day]
    if not given:
        return ()
    start, end = given[0][0], given[-1][1]
    return (
        TimeWords(
            id=TimeId(content_id("t", document.id, start, end)),
            document=document.id,
            start=start,
            end=end,
            text=document.text[start:end],
            anchor="calendar",
            first=date.fromisoformat(earliest) if earliest else None,
            last=date.fromisoformat(latest) if latest else None,
        ),
    )
