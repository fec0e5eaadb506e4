"""From a record to a folder that may be shared: the key, the copy, its files, and the proof that nothing survived.

::

    out/
      README.md       what this is, what was changed, what can still be found out
      brief.html      the brief, told anew from the copy
      tables/         every table as JSON Lines
      exports/        what was asked for beside them
      changes.csv     what was changed and why, also as changes.jsonl
      profile.json    the profile as it was applied
      proof.json      a hash of every file, and for every quotation one made with the key
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from hashlib import file_digest
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tidings._exporting import Streamed
from tidings._shelf import Shelf
from tidings.errors import NotARecord, RecordError, UsageError
from tidings.model import Progress, sha256_hex
from tidings.model.columns import TABLES
from tidings.publish import (
    LEAST_KEY,
    Copy,
    Profile,
    Survivor,
    as_csv,
    as_jsonl,
    counted,
    load_profile,
    profile_of_copy,
    publish,
    survivors,
)
from tidings.store import write
from tidings.store.file import File
from tidings.tell import brief
from tidings.tell.formats import brief_html, registry
from tidings.tell.formats.cells import write_list

__all__ = ["FORMAT", "PROOF", "Leak", "Published", "publish_record", "read_key", "rebuilt"]

Row = dict[str, Any]
FORMAT = "tidings copy 1"
"""Stands in ``proof.json`` of every copy."""
PROOF = "proof.json"
"""The file of hashes in a copy."""


class Leak(RecordError):
    """Something that was to be taken out stands in what was written; the copy was not kept.

    Args:
        found: What survived, and where.
    """

    def __init__(self, found: Sequence[Survivor]) -> None:
        lines = [f"  {one.file} ({one.where or 'its text'}): {one.what} {one.words!r}" for one in found[:10]]
        more = f"\n  and {len(found) - 10} more" if len(found) > 10 else ""
        super().__init__(
            f"the copy was not kept: {len(found)} things that were to be taken out stand in it. Please report this "
            "(without the words).\n" + "\n".join(lines) + more
        )
        self.found = tuple(found)


@dataclass(frozen=True, kw_only=True, slots=True)
class Published:
    """What was written: the files, what was changed and how often, how many texts were searched for survivors.

    ``key`` is the key file, ``key_made`` whether it was made now. ``shared`` are words of hidden names that are also whole names
    of kept places, parties or officials: they were cut only where they stand for the person. ``shown`` are people who stay named,
    ``unsure`` names kept of which nothing says that they are no person's. ``left_out`` is what each export left out.
    """

    folder: Path
    files: tuple[str, ...]
    profile: str
    changes: tuple[tuple[str, int], ...]
    pseudonyms: int
    searched: int
    secrets: int
    shared: tuple[str, ...]
    shown: tuple[str, ...]
    unsure: tuple[str, ...]
    key: Path
    key_made: bool
    left_out: Mapping[str, Mapping[str, int]]


def publish_record(
    where: str,
    out: str | Path,
    *,
    profile: str | Path,
    key: str | Path | None = None,
    exports: Sequence[str] = (),
    hide: Sequence[str] = (),
    show: Sequence[str] = (),
    links: str | Path | None = None,
    progress: Progress | None = None,
) -> Published:
    """Write a copy of a record into a new folder.

    Args:
        where: The record.
        out: The folder; it must not exist, or be empty.
        profile: The name of a profile, or a TOML file.
        key: The file with the key; the record's own (``war.tidings.key``) where None, made if it is missing.
        exports: Names of exports to write beside the tables.
        hide: Names that must not be shown and that no reader found.
        show: Names of people who are public.
        progress: Told the step and how far it is; a copy of a large record takes minutes.
        links: A file, outside ``out``, that takes in which id and pseudonym of the copy stands for whom, and names to look at.

    Raises:
        Leak: Something that was to be taken out stands in what was written; nothing is kept.
        UsageError: The folder holds something, the profile, key or an export does not fit.
    """
    folder = Path(out)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(f"{folder} is there already and holds something. Name a new folder.")
    if links is not None and folder.resolve() in Path(links).resolve().parents:
        raise UsageError(f"{links} would lie inside the copy: it says who everybody is. Name a file elsewhere.")
    held = load_profile(profile).showing(show)
    for name in exports:
        registry.find(name)
    secret, key_file, made = read_key(where, key)
    # All is written and searched beside the place where it goes: what is not safe never stands there.
    with (
        TemporaryDirectory(dir=_parent(folder), prefix=".tidings-") as holding,
        closing(Shelf(Path(holding))) as shelf,
    ):
        tell = progress or _untold
        tell("taking names out", 0, 3)
        copy = _copy(where, held, secret, hide, shelf)
        draft = Path(holding) / "copy"
        tell("writing the copy", 1, 3)
        left_out = _write(draft, copy, held, exports)
        tell("searching the copy", 2, 3)
        found, looked = survivors(draft, copy.hidden, copy.exact)
        if found:
            raise Leak(found)
        files = tuple(path.relative_to(draft).as_posix() for path in sorted(draft.rglob("*")) if path.is_file())
        if folder.exists():
            folder.rmdir()
        shutil.move(str(draft), str(folder))
    if links is not None:
        _keep_links(Path(links), copy)
    return Published(
        folder=folder,
        files=files,
        profile=held.name,
        changes=tuple(counted(copy.changes)),
        pseudonyms=sum(face.change == "pseudonym" for face in copy.people.faces.values()) + len(copy.people.analysts),
        searched=looked,
        secrets=len(copy.hidden.secrets) + len(copy.exact.ids) + len(copy.exact.runs),
        shared=copy.shared,
        shown=tuple(copy.people.shown),
        unsure=tuple(copy.people.unsure),
        key=key_file,
        key_made=made,
        left_out=left_out,
    )


def _untold(*_: object) -> None:
    """Tell nobody."""


@contextmanager
def rebuilt(where: str, folder: Path, key: str, *, hide: Sequence[str] = ()) -> Iterator[Copy]:
    """Give the copy that a record gives now, by the profile that lies in the folder of an earlier one.

    Args:
        where: The record.
        folder: The earlier copy.
        key: The secret.
        hide: Names that must not be shown and that no reader found.
    """
    with TemporaryDirectory(prefix=".tidings-") as holding, closing(Shelf(Path(holding))) as shelf:
        yield _copy(where, profile_of_copy(folder / "profile.json"), key, hide, shelf)


def _copy(where: str, profile: Profile, key: str, hide: Sequence[str], shelf: Shelf) -> Copy:
    file = File(where)
    try:
        with file.reading() as connection:
            tables = Streamed(connection, clock=True)
            copy = publish(tables, profile, key, tell=brief, hide=hide, words=_names_nobody(), hold=shelf.hold)
            builds = list(tables["builds"])
    finally:
        file.close()
    copy.tables["builds"] = [_build(builds[-1], copy, profile)] if builds else []
    return copy


def _parent(folder: Path) -> Path:
    parent = folder.absolute().parent
    if not parent.is_dir():
        raise UsageError(f"there is no folder {parent.name} for {folder}. Make it first, or name another place.")
    return parent


def read_key(where: str, named: str | Path | None, *, make: bool = True) -> tuple[str, Path, bool]:
    """Return the key, its file, and whether it was made now.

    Args:
        where: The record.
        named: The key file; the record's own where None.
        make: Whether a missing one is made.

    Raises:
        UsageError: It cannot be made or read, or holds no key.
    """
    if named is None and "://" in where:
        raise UsageError(
            "a record in a database has no key file beside it. Name one: --key FILE (it is made if missing)."
        )
    path = Path(named) if named is not None else Path(f"{where}.key")
    if named is None and not Path(where).is_file():
        raise NotARecord(f"there is no record at {where}.")
    made = False
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600) if make else None
    except FileExistsError:
        handle = None
    except OSError as error:
        raise UsageError(f"the key {path} cannot be made: {error.strerror}. Name another place: --key FILE.") from error
    if handle is not None:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(secrets.token_hex(32) + "\n")
        made = True
    try:
        secret = path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"the key {path} cannot be read.") from error
    if len(secret) < LEAST_KEY:
        raise UsageError(f"{path} is no key: it holds fewer than {LEAST_KEY} characters.")
    return secret, path, made


def _names_nobody() -> list[str]:
    """Return names of countries and peoples, as the reader's lexicon knows them."""
    from tidings.read.lexicon import Lexicon

    countries = Lexicon.load().countries.values()
    return sorted({word for one in countries for word in (one.name, *one.names, *one.demonyms)})


def _build(last: Row, copy: Copy, profile: Profile) -> Row:
    """Return the one build of the copy: what the last one was made with, the profile, and the hash of the copy's own rows."""
    settings = {
        name: last["settings"].get(name)
        for name in ("readers", "gazetteer", "credits", "prior")
        if name in last["settings"]
    }
    settings |= {"profile": profile.name, "profile_hash": sha256_hex(_json(profile.plain()).encode())}
    contents = write.contents_hash(copy.tables)
    return {
        "id": write.build_id("", last["version"], _json(settings), contents),
        "at": None,
        "version": last["version"],
        "documents": len(copy.tables["documents"]),
        "added": [],
        "removed": [],
        "settings": settings,
        "hash": contents,
    }


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _write(folder: Path, copy: Copy, profile: Profile, exports: Sequence[str]) -> dict[str, dict[str, int]]:
    """Write every file of the copy and return what the exports left out."""
    folder.mkdir()
    registry.write("jsonl", copy.tables, folder / "tables")
    left_out: dict[str, dict[str, int]] = {}
    for name in dict.fromkeys(exports):
        export = registry.find(name)
        target = folder / "exports" / (f"{name}{export.ending}" if export.ending else name)
        written = registry.write(name, copy.tables, target)
        left_out[name] = dict(written.left_out)
    _put(folder / "brief.html", brief_html.render(copy.tables, title="Brief"))
    _put(folder / "changes.jsonl", as_jsonl(copy.changes))
    _put(folder / "changes.csv", as_csv(copy.changes))
    _put(folder / "profile.json", json.dumps(profile.plain(), ensure_ascii=False, indent=1) + "\n")
    _put(folder / "README.md", _readme(copy, profile))
    proof = {
        "format": FORMAT,
        "profile": profile.name,
        "files": {
            path.relative_to(folder).as_posix(): _digest(path) for path in sorted(folder.rglob("*")) if path.is_file()
        },
    }
    head = json.dumps(proof, ensure_ascii=False, indent=1).removesuffix("\n}")
    quotations = ({"table": table, "id": one, "words": digest} for table, one, digest in copy.proofs)
    write_list(folder / PROOF, f'{head},\n "quotations": [', quotations, " ]\n}\n")
    return left_out


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def _put(path: Path, pieces: Iterable[str]) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(pieces)


def _keep_links(path: Path, copy: Copy) -> None:
    """Write who is who into a file that only its owner can read."""
    handle = os.open(path, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
        for one, new, shown in copy.links:
            file.write(_json({"record": one, "copy": new, "shown": shown}) + "\n")
        for name in copy.people.unsure:
            file.write(_json({"look_at": name}) + "\n")


def _readme(copy: Copy, profile: Profile) -> str:
    sizes = [f"| `{table}` | {len(copy.tables[table]):,} |" for table in TABLES if copy.tables[table]]
    done = [f"- {number:,} × {what}" for what, number in counted(copy.changes)]
    reasons = [f"- **{section}**: {words}" for section, words in profile.reasons.items() if section != "profile"]
    rules = [f"- **{rule.name}**: {rule.reason}" for rule in profile.places if rule.reason]
    return "\n".join(
        [
            f"# A copy of a record, for sharing: {profile.name}",
            "",
            f"{profile.title}. {profile.reasons.get('profile', '')}",
            "",
            "Made with Tidings. `tables/` holds the tables as JSON Lines, `brief.html` tells them in sentences, `changes.csv` lists what was",
            "changed and why. `tidings check FOLDER` proves that the copy is whole and that every value in it reaches a quotation.",
            "",
            "What stands in square brackets was put there: a pseudonym, `[name]`, a kind of source, `[…]` for a word that may be a name,",
            "`[words left out]`. In the copy the text of a report is the quotations shown from it, one a line. A pseudonym stands for the same",
            "person throughout; ids lead back to the record only with its key.",
            "",
            "| table | rows |",
            "| --- | --- |",
            *sizes,
            "",
            "## What was changed",
            "",
            *(done or ["Nothing."]),
            "",
            "## Why",
            "",
            *reasons,
            *rules,
            "",
            "## What can still be found out",
            "",
            "A copy is not anonymous. Whoever has the published reports of the same days can find the report that a quotation is from, and read",
            "in it what was cut here. Who was there knows day, place and number. A person of whom several things are told under one pseudonym",
            "may be known by them together. A name that no reader found may stand in a word that is written with a small letter.",
            "",
        ]
    )
