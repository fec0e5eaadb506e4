"""What is not known: each sentence cites the reports that were searched."""

from __future__ import annotations

from collections.abc import Iterator

from tidings.model import DocId, When
from tidings.tell.sections.moves import Row
from tidings.tell.wording import Shelf
from tidings.tell.words import a_number, listed

__all__ = ["unknown"]


def _docs(ids: list[DocId]) -> tuple[DocId, ...]:
    return tuple(dict.fromkeys(ids))


def _label(shelf: Shelf, ids: tuple[DocId, ...]) -> str:
    """Return reports by title or path, four at the most."""
    shown = [f"“{shelf.documents[doc].title or shelf.documents[doc].path}”" for doc in ids[:4]]
    return listed(shown) + (f" and {len(ids) - 4} more" if len(ids) > 4 else "")


def unknown(shelf: Shelf) -> Iterator[Row]:
    """Sentences on missing dates of publication, unread reports, missing days, places and doers."""
    reports = [document for document in shelf.contents.documents if not document.known]
    undated = _docs([document.id for document in reports if not document.published_basis])
    if undated:
        yield (
            f"{a_number(len(undated))} of {a_number(len(reports))} reports do not say when they were published: {_label(shelf, undated)}.",
            [], (), undated, When(),
        )  # fmt: skip
    nameless = _docs([document.id for document in reports if not document.publisher])
    if nameless:
        yield f"It is not known who published {_label(shelf, nameless)}.", [], (), nameless, When()
    unread = _docs([document.id for document in reports if document.unread])
    if unread:
        reasons = listed(sorted({shelf.documents[doc].unread for doc in unread}))
        yield f"{_label(shelf, unread)} could not be read: {reasons}.", [], (), unread, When()
    events = [event for event in shelf.contents.weighed.events if event.kind != "statement"]
    dayless = [event for event in events if not event.when.known]
    if dayless:
        docs = _docs([doc for event in dayless for doc in event.documents])
        yield (
            f"For {a_number(len(dayless))} of {a_number(len(events))} happenings no day can be given.",
            [],
            (),
            docs,
            When(),
        )
    nobody = [event for event in events if event.kind == "event" and not event.agents_ids]
    if nobody:
        docs = _docs([doc for event in nobody for doc in event.documents])
        yield f"For {a_number(len(nobody))} happenings no report says who acted.", [], (), docs, When()
    numberless = [
        figure
        for figure in shelf.contents.weighed.figures
        if figure.low is None and figure.high is None and not figure.beyond
    ]
    if numberless:
        docs = _docs([shelf.claims[claim].document for figure in numberless for claim in figure.claims])
        yield f"{a_number(len(numberless))} accounts of casualties give no number.", [], (), docs, When()
    used = {place for event in events for place in event.places_ids}
    vague = sorted(
        entity.name
        for entity in shelf.contents.entities
        if entity.id in used and entity.kind == "place" and (entity.place is None or entity.place.lat is None)
    )
    if vague:
        docs = _docs([doc for event in events for doc in event.documents if set(event.places_ids) & used])
        shown = listed(vague[:8]) + (f" and {len(vague) - 8} more" if len(vague) > 8 else "")
        yield f"No position is known for {shown}.", [], (), docs, When()
