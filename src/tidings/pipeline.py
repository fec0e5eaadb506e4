"""The product on one page: reports walk through once, left to right.

::

    gather  →  read  →  resolve  →  date  →  join  →  date  →  join  →  date  →  weigh  →  tell
    bytes      claims    entities    days     events   days     again    again    ledgers   brief

Reading (``_reading.py``) is the only costly step and looks at one document at a time, so its results are kept by the
caller and handed in. All that follows is a pure function of documents, readings, gazetteer, known days and decisions:
adding a sixth report to five gives the same record as building all six at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import chain

from tidings import date, resolve, tell, weigh
from tidings._joining import Joins
from tidings._reading import Failure, languages, read_all, reader_for, reading_keys
from tidings._spreading import read_many
from tidings._verdicts import fixed_prior, judged, regrouped
from tidings.date import explain as explain_days
from tidings.date import narrowing
from tidings.gather import Gathered, brought_documents, decoded_original, gather, known_documents, mark_copies
from tidings.model import Contents, Decision, Document, Gazetteer, Progress, Reading
from tidings.resolve import built_gazetteer, open_gazetteer
from tidings.resolve.layers import Added, add_layer, remove_layer

__all__ = [
    "Added",
    "Failure",
    "Gathered",
    "add_layer",
    "brought_documents",
    "built_gazetteer",
    "contents",
    "decoded_original",
    "explain_days",
    "gather",
    "known_documents",
    "languages",
    "narrowing",
    "open_gazetteer",
    "read_all",
    "read_many",
    "reader_for",
    "reading_keys",
    "remove_layer",
]


def contents(
    documents: Iterable[Document],
    readings: Iterable[Reading],
    *,
    gazetteer: Gazetteer,
    decisions: Sequence[Decision] = (),
    joins: Joins | None = None,
    progress: Progress | None = None,
) -> Contents:
    """Return everything the record holds, derived from documents and their readings.

    ``joins`` brings what the last build worked out; without it the result is the same.
    """
    joins = joins or Joins()

    def step(name: str, number: int) -> None:
        if progress is not None:
            progress(name, number, 6)

    docs = mark_copies(sorted(documents, key=lambda document: document.id))
    read_in = sorted(readings, key=lambda reading: reading.document)
    times = tuple(chain.from_iterable(reading.times for reading in read_in))
    attributions = tuple(chain.from_iterable(reading.attributions for reading in read_in))

    step("resolving names", 0)
    named = resolve.resolve(docs, read_in, gazetteer=gazetteer, decisions=decisions)
    step("dating each report", 1)
    alone = date.date_alone(docs, times, named.claims)
    step("joining accounts", 2)
    claims = judged(alone.claims, decisions, named.entities)
    prior = fixed_prior(decisions)
    first = joins.join("alone", alone.documents, claims, named.entities, prior=prior)
    # What one report dates by another brings accounts together that neither dates by itself, so both are asked again;
    # the join then takes up what no new day reaches.
    step("dating together", 3)
    near = date.date_together(alone.documents, times, claims, first.events)
    again = joins.join("together", near.documents, near.claims, named.entities, prior=prior)
    joined = regrouped(again, decisions, near.documents, near.claims, named)
    dated = date.date_together(alone.documents, times, claims, joined.events)
    step("weighing", 4)
    weighed = weigh.weigh(
        documents=dated.documents,
        claims=dated.claims,
        attributions=attributions,
        mentions=named.mentions,
        entities=named.entities,
        events=dated.events,
    )
    step("telling", 5)
    whole = Contents(
        documents=dated.documents,
        attributions=attributions,
        times=times,
        claims=dated.claims,
        mentions=named.mentions,
        entities=named.entities,
        proposals=named.proposals,
        constraints=dated.constraints,
        comparisons=joined.comparisons,
        weighed=weighed,
        prior=again.prior,
        prior_fitted=again.fitted,
        notes=again.notes,
    )
    told = replace(whole, brief=tell.brief(whole))
    step("telling", 6)
    return told
