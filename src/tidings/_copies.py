"""Proving a copy made for sharing: whole, unaltered, every value on a quotation; and with the key, on the record's words.

Without the key, whoever received a copy can see that nobody changed it since and that it stands on its own quotations. With the record
and its key, each quotation is held to the words in the report, and the copy is searched once more for what was to be taken out.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tidings._publishing import FORMAT, PROOF, read_key, rebuilt
from tidings.errors import NotARecord
from tidings.model import sha256_hex
from tidings.model.columns import TABLES
from tidings.publish import survivors
from tidings.store.check import Fault, Proven, prove_tables
from tidings.store.write import contents_hash

__all__ = ["is_copy", "prove_copy"]

Row = dict[str, Any]


def is_copy(where: str | Path) -> bool:
    """Return whether a path is a folder: a record is a file, a copy for sharing is a folder."""
    return "://" not in str(where) and Path(where).is_dir()


def prove_copy(
    folder: str | Path,
    *,
    record: str = "",
    key: str | Path | None = None,
    hide: tuple[str, ...] = (),
) -> Proven:
    """Look at everything in a copy.

    Args:
        folder: The copy.
        record: The record it was made from, to hold its quotations to the reports' words.
        key: The key file; the record's own where None.
        hide: Names that were hidden beside those that readers found.

    Raises:
        NotARecord: The folder is no copy of a record.
        UsageError: The key cannot be read.
    """
    folder = Path(folder)
    proof = _proof(folder)
    tables = _tables(folder)
    proven = prove_tables(tables)
    looked, found = dict(proven.looked), list(proven.faults)
    looked["files against their hashes"] = len(proof["files"])
    found += _files(folder, proof["files"])
    looked["the build that names the profile"] = len(tables["builds"])
    found += _build(tables, proof["profile"])
    looked["quotations with the hash of their words"] = len(proof["quotations"])
    found += _quotations(tables, proof)
    if record:
        secret, _, _ = read_key(record, key, make=False)
        with rebuilt(record, folder, secret, hide=hide) as copy:
            held = {(table, one): digest for table, one, digest in copy.proofs}
        looked["quotations against the words in the record"] = len(proof["quotations"])
        for row in proof["quotations"]:
            if held.get((row["table"], row["id"])) != row["words"]:
                found.append(Fault(row["table"], row["id"], "the record, with this key, holds no such words for it"))
        left, searched = survivors(folder, copy.hidden, copy.exact)
        looked["texts searched for what was taken out"] = searched
        found += [
            Fault("", one.file, f"a {one.what} that was to be taken out stands in {one.where or 'it'}") for one in left
        ]
    return Proven(looked, tuple(sorted(found, key=lambda fault: (fault.table, fault.id, fault.what))))


def _proof(folder: Path) -> Row:
    try:
        proof = json.loads((folder / PROOF).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise NotARecord(f"{folder} is no copy of a record: it holds no {PROOF} that can be read.") from error
    if not isinstance(proof, dict) or proof.get("format") != FORMAT:
        raise NotARecord(f"{folder} is no copy of a record that this version of Tidings knows.")
    return proof


def _tables(folder: Path) -> dict[str, list[Row]]:
    tables: dict[str, list[Row]] = {}
    for table in TABLES:
        path = folder / "tables" / f"{table}.jsonl"
        try:
            tables[table] = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]
        except OSError as error:
            raise NotARecord(f"{folder} is no whole copy: tables/{table}.jsonl is missing.") from error
        except ValueError as error:
            raise NotARecord(f"{folder}: tables/{table}.jsonl is broken ({error}).") from error
    return tables


def _files(folder: Path, hashes: dict[str, str]) -> Iterator[Fault]:
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()} - {PROOF}
    for name in sorted(there - set(hashes)):
        yield Fault("", name, "the file does not belong to the copy")
    for name, digest in sorted(hashes.items()):
        if name not in there:
            yield Fault("", name, "the file is missing")
        elif sha256_hex((folder / name).read_bytes()) != digest:
            yield Fault("", name, "the file has another SHA-256: it was changed")


def _build(tables: dict[str, list[Row]], profile: str) -> Iterator[Fault]:
    if not tables["builds"]:
        yield Fault("builds", "", "no build is written down")
        return
    last = tables["builds"][-1]
    if last["settings"].get("profile") != profile:
        yield Fault("builds", last["id"], f"it does not name the profile {profile}")
    if contents_hash(tables) != last["hash"]:
        yield Fault("builds", last["id"], "the tables are not those that were written: a row was changed")


def _quotations(tables: dict[str, list[Row]], proof: Row) -> Iterator[Fault]:
    """Yield each quotation without a hash of its words, and each hash without its quotation."""
    hashed = {(row["table"], row["id"]) for row in proof["quotations"]}
    shown = {
        (table, row["id"])
        for table, column in (
            ("claims", "quote"),
            ("attributions", "quote"),
            ("mentions", "text"),
            ("constraints", "quote"),
        )
        for row in tables[table]
        if row[column]
    }
    for table, one in sorted(shown - hashed):
        yield Fault(table, one, "its quotation has no hash of the words that it was made from")
    for table, one in sorted(hashed - shown):
        yield Fault(table, one, "its quotation is missing")
