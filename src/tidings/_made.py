"""What a record was made with, and each build as a row of the log."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from tidings._planning import Plan
from tidings.model import Build, Contents, Decision, Gazetteer, Reading
from tidings.store import write
from tidings.store.state import State

__all__ = ["build_row", "credits_of", "sampled", "settings_of"]


def settings_of(
    contents: Contents, readings: Sequence[Reading], gazetteer: Gazetteer, decisions: Sequence[Decision]
) -> str:
    """Return what a record was made with, as JSON: the same words for the same reports, whatever their order."""
    readers = {row.reader for row in readings} | {
        claim.reader for row in readings for claim in row.claims if claim.reader
    }
    stamps = {f"{reader.name} {reader.version} {reader.model}".strip() for reader in readers}
    held = {
        "readers": sorted(stamps),
        "gazetteer": gazetteer.stamp,
        "credits": credits_of(gazetteer),
        "known": sorted({row.path for row in contents.documents if row.known}),
        "decisions": decisions[-1].hash if decisions else "",
        "prior": contents.prior,
        "prior_fitted": contents.prior_fitted,
    }
    if contents.notes:
        held["sampled"] = sampled(contents)
    return json.dumps(held, ensure_ascii=False)


_SAMPLED = 20
"""Blocks compared in samples that are named one by one; all are counted."""


def sampled(contents: Contents) -> list[str]:
    """Return the sentences on claims that were compared in samples only, the first of many and how many more there are."""
    more = len(contents.notes) - _SAMPLED
    return [*contents.notes[:_SAMPLED], *([f"So it was with {more} more blocks of claims."] if more > 0 else [])]


def credits_of(gazetteer: Gazetteer) -> list[str]:
    """Return whom to name for the places: each layer's attribution with its licence."""
    layers: Iterable[Any] = getattr(gazetteer, "layers", tuple)()
    return sorted({f"{layer.attribution} ({layer.licence})" for layer in layers})


def build_row(before: State, plan: Plan, settings: str, contents: str, documents: int) -> Build | None:
    """Return the build as a row; None where nothing at all is different from the build before."""
    from tidings import __version__

    last = before.last_build
    same = last is not None and (last["hash"], last["version"]) == (contents, __version__)
    if same and last is not None and last["settings"] == json.loads(settings) and not plan.added and not plan.replaced:
        return None
    return Build(
        id=write.build_id(last["id"] if last else "", __version__, settings, contents),
        at=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        version=__version__,
        documents=documents,
        added=tuple(sorted(plan.added)),
        removed=tuple(sorted(plan.replaced)),
        settings=settings,
        hash=contents,
    )
