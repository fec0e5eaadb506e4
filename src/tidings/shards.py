"""Reading spread by hand: shards as files, read one by one wherever there is a machine, and taken up by a build.

::

    from tidings import shards

    for shard in shards.plan(["reports/"], "shards/"):
        shards.read(shard)                     # on any machine, in any order, each as often as you like
    tidings.build(["reports/"], into="war.tidings", shards="shards/")

A shard is named by what it holds: the hash over what each of its readings depends on. So a plan made again changes nothing, a
file that was read already is left alone, and what another version planned or read is never taken for one's own. Files are JSON
Lines, packed, readable by their owner alone, and there whole or not at all.
"""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tidings._reading import Failure
from tidings._runners import asked, chosen, spread
from tidings.errors import UnreadableInput, UsageError
from tidings.model import DocId, Document, Progress, Reading, Refusal, from_plain, sha256_hex, to_plain
from tidings.store.inputs import packed

__all__ = ["READ", "TODO", "Planned", "ReadShard", "plan", "read", "take_up"]

TODO = ".todo.jsonl.gz"
READ = ".read.jsonl.gz"
REPORTS = 300
"""Reports of a shard unless asked otherwise: a minute of one core, twenty times what loading the language pipeline costs."""
_PLANNED, _READ = "tidings shard", "tidings shard, read"


@dataclass(frozen=True, kw_only=True, slots=True)
class Planned:
    """What a plan came to: the shards still to be read, the reports in new ones, those in older ones, and what was not taken in."""

    shards: tuple[Path, ...]
    reports: int
    there: int
    refusals: tuple[Refusal, ...]

    def __iter__(self) -> Iterator[Path]:
        return iter(self.shards)


@dataclass(frozen=True, kw_only=True, slots=True)
class ReadShard:
    """What reading a shard came to: the file with its readings, how many there are, what was set aside, and whether it was there."""

    file: Path
    read: int
    set_aside: tuple[Refusal, ...]
    there: bool = False


def plan(
    paths: Iterable[str | Path],
    folder: str | Path,
    *,
    sidecar: str | Path | None = None,
    reports: int = REPORTS,
    fast: bool = False,
    progress: Progress | None = None,
) -> Planned:
    """Write the reports under ``paths`` as shards into a folder, those that it holds already aside.

    Args:
        paths: Files and folders with reports.
        folder: Where the shards go; it is made where it is missing.
        sidecar: A file that says who published what, and when.
        reports: How many reports a shard holds at most.
        fast: Whether web pages are taken in without a second opinion on what their text is.
        progress: Called with the name of a step, how much is done and how much there is.

    Raises:
        UnreadableInput: A shard in the folder is no shard.
        UsageError: There is no room in a shard for a report.
    """
    from tidings import pipeline
    from tidings._spreading import in_order

    if reports < 1:
        raise UsageError("a shard holds at least one report.")
    gathered = pipeline.gather(
        [Path(path) for path in paths],
        sidecar=Path(sidecar) if sidecar else None,
        languages=pipeline.languages(),
        careful=not fast,
        progress=progress,
        spread=spread(asked().workers),
    )
    place = Path(folder)
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    keys = pipeline.reading_keys(gathered.documents)
    there = {row["key"] for file in _files(place, TODO, READ) for row in _rows(file)[1]}
    todo = [row for row in in_order(gathered.documents) if row.id in keys and keys[row.id] not in there]
    for start in range(0, len(todo), reports):
        shard = todo[start : start + reports]
        rows = [{"key": keys[row.id], "document": to_plain(row)} for row in shard]
        name = _name(row["key"] for row in rows)
        _write(place / f"{name}{TODO}", _PLANNED, name, rows)
    left = [file for file in _files(place, TODO) if not _read_file(file).exists()]
    held = sum(keys.get(row.id) in there for row in gathered.documents)
    return Planned(shards=tuple(left), reports=len(todo), there=held, refusals=tuple(gathered.refusals))


def read(shard: str | Path, *, workers: int = 1, progress: Progress | None = None) -> ReadShard:
    """Read a shard into the file beside it; one that was read already is left alone.

    Args:
        shard: A file that :func:`plan` wrote.
        workers: How many processes read it, one at least, so that no report can end who asks.
        progress: Called after each report.

    Raises:
        UnreadableInput: The file is no shard, or it was planned by another version.
    """
    from tidings import pipeline

    file = Path(shard)
    name, rows = _rows(file, _PLANNED)
    documents = [from_plain(Document, row["document"]) for row in rows]
    keys = {document.id: row["key"] for document, row in zip(documents, rows, strict=True)}
    if pipeline.reading_keys(documents) != keys or name != _name(keys.values()):
        reason = "it was planned by another version of Tidings or of its model, or was changed since"
        raise UnreadableInput(str(file), reason, "Plan it again, or install the same version here as there.")
    target = _read_file(file)
    paths = {document.id: document.path for document in documents}
    if target.exists():
        done = _rows(target, _READ)[1]
        return _counted(target, done, paths, there=True)
    failures: list[Failure] = []
    runner = chosen(asked("pool", workers), len(documents))
    told = pipeline.read_many(documents, runner=runner, failures=failures, progress=progress)
    found: list[dict[str, Any]] = [{"document": row.document, "reading": to_plain(row)} for row, _ in told]
    found += [{"document": row.document, "set_aside": row.reason} for row in failures]
    done = [{"key": keys[DocId(row["document"])], **row} for row in sorted(found, key=lambda row: str(row["document"]))]
    _write(target, _READ, name, done)
    return _counted(target, done, paths)


def take_up(
    folder: str | Path, keys: Mapping[DocId, str], failures: list[Failure], *, progress: Progress | None = None
) -> Iterator[tuple[Reading, bytes]]:
    """Yield the readings of a folder's shards that are wanted, each with the bytes in which it is kept.

    Args:
        folder: Where shards were planned and read.
        keys: The documents wanted, with what their readings depend on; what was read under another key is left.
        failures: Takes in the documents that were set aside.
        progress: Called after each shard.

    Raises:
        UnreadableInput: There is no such folder, or a file in it is no shard.
    """
    place = Path(folder)
    if not place.is_dir():
        raise UnreadableInput(str(folder), "there is no such folder of shards", "Plan them: tidings plan-shards")
    files = _files(place, READ)
    seen: set[str] = set()
    for done, file in enumerate(files, start=1):
        for row in _rows(file, _READ)[1]:
            one = DocId(row["document"])
            if keys.get(one) != row["key"] or one in seen:
                continue
            seen.add(one)
            if "set_aside" in row:
                failures.append(Failure(one, row["set_aside"]))
            else:
                reading = from_plain(Reading, row["reading"])
                yield reading, packed(reading)
        if progress is not None:
            progress("taking up shards", done, len(files))


def _counted(
    file: Path, rows: Collection[Mapping[str, Any]], paths: Mapping[DocId, str], *, there: bool = False
) -> ReadShard:
    aside = [
        Refusal(path=paths[row["document"]], reason=row["set_aside"], advice="It is kept unread by the build.")
        for row in rows
        if "set_aside" in row
    ]
    return ReadShard(file=file, read=len(rows) - len(aside), set_aside=tuple(aside), there=there)


def _name(keys: Iterable[str]) -> str:
    return sha256_hex("\n".join(sorted(keys)).encode())[:16]


def _files(folder: Path, *endings: str) -> list[Path]:
    return sorted(file for file in folder.iterdir() if file.name.endswith(endings) and not file.name.startswith("."))


def _read_file(file: Path) -> Path:
    return file.with_name(file.name.removesuffix(TODO) + READ)


def _write(file: Path, what: str, name: str, rows: Collection[Mapping[str, Any]]) -> None:
    """Write a file that is there whole or not at all, and holds the same bytes for the same rows."""
    from tidings import __version__

    head = {"holds": what, "name": name, "version": __version__, "reports": len(rows)}
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in (head, *rows))
    draft = file.with_name(f".{file.name}.{os.getpid()}")
    handle = os.open(draft, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(gzip.compress(lines.encode(), 6, mtime=0))
            out.flush()
            os.fsync(out.fileno())
        draft.replace(file)
    finally:
        draft.unlink(missing_ok=True)


def _rows(file: Path, what: str = "") -> tuple[str, list[dict[str, Any]]]:
    """Return the name and the rows of a shard, all of them."""
    try:
        lines = gzip.decompress(file.read_bytes()).decode().splitlines()
        head, *rows = map(json.loads, lines)
        whole = head["holds"] in ({what} if what else {_PLANNED, _READ}) and head["reports"] == len(rows)
    except (OSError, EOFError, ValueError, KeyError, TypeError, gzip.BadGzipFile) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else "it is no shard of Tidings"
        raise UnreadableInput(str(file), reason, "Plan shards with: tidings plan-shards REPORTS… -o FOLDER") from error
    if not whole:
        raise UnreadableInput(
            str(file), "it is no such shard of Tidings, or not all of it", "Remove it and read it again."
        )
    return head["name"], rows
