"""The layers that place names are looked up in: list, look up, add, remove.

They belong to the user, not to a record: they lie in the user's cache folder, and a build names those it used.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from tidings.model import Progress

if TYPE_CHECKING:
    from tidings.pipeline import Added

__all__ = ["add", "built", "opened", "remove"]

_LARGE = 50_000_000
"""Bytes from which a file is worth several processes: a country's GeoNames dump is below, the world's 1.6 billion."""
_MOST_WORKERS = 4
"""More than four processes wait for the one that writes."""


def opened(*, progress: Progress | None = None) -> Any:
    """Return the gazetteer that builds use: it has ``lookup`` and ``layers``."""
    from tidings.pipeline import open_gazetteer

    return open_gazetteer(progress=progress)


def built() -> Any:
    """Return the gazetteer if its index is there already, else None: nothing is built."""
    from tidings.pipeline import built_gazetteer

    return built_gazetteer()


def add(
    path: str | Path,
    *,
    name: str = "",
    form: str = "",
    licence: str = "",
    attribution: str = "",
    alternate_names: str | Path | None = None,
    progress: Progress | None = None,
) -> Added:
    """Add a file to the user's gazetteer as a layer, and return the layer with the rows that were refused.

    Args:
        path: A GeoNames, Who's On First, p-code or OpenStreetMap file, or a table of one's own, which wins over all others.
        name: What the layer is called; the file's name where empty.
        form: What kind of file it is; told from the file where empty.
        licence: Under which licence its data may be used.
        attribution: Whom to name wherever it is used.
        alternate_names: GeoNames' table of further names.
        progress: Called with a step, how much is done and how much there is.

    Raises:
        GazetteerError: The file cannot be used, or the index cannot be written.
    """
    import os
    from functools import partial

    from tidings import pipeline
    from tidings.runs import in_pool

    large = Path(path).is_file() and Path(path).stat().st_size >= _LARGE
    workers = min(_MOST_WORKERS, os.cpu_count() or 1)
    return pipeline.add_layer(
        Path(path),
        name=name,
        form=form,
        licence=licence,
        attribution=attribution,
        alternate_names=Path(alternate_names) if alternate_names else None,
        pool=partial(in_pool, workers=workers) if large else None,
        progress=progress,
    )


def remove(name: str) -> int:
    """Take a layer out of the user's gazetteer and return how many places went with it.

    Raises:
        GazetteerError: There is no such layer, or it is the default one.
    """
    from tidings import pipeline

    return pipeline.remove_layer(name)
