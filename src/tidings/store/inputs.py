"""What a record was made from: reports as gathered, their bytes, and what readers found in them."""

from __future__ import annotations

import json
import zlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, delete, select, update

from tidings.model import DocId, Document, Reading, Sha256, from_plain, to_plain
from tidings.store.bulk import in_batches, put_rows
from tidings.store.schema import originals, readings, reports

__all__ = [
    "Report",
    "current",
    "every_report",
    "keep_reading",
    "keep_readings",
    "kept_readings",
    "original",
    "packed",
    "put",
    "put_all",
    "retire",
    "sweep",
    "unpacked",
]


_TOGETHER = 500


@dataclass(frozen=True, slots=True)
class Report:
    """A report behind the record: the document as gathered, where it came from (hashed), and how it stands.

    ``standing``: current, replaced, removed. ``successor`` is the document that replaced it.
    """

    document: Document
    whence: str
    standing: str
    successor: str = ""


def every_report(connection: Connection) -> dict[str, Report]:
    """Return all reports that the record ever held, by id."""
    rows = connection.execute(select(reports).order_by(reports.c.id))
    return {
        row.id: Report(from_plain(Document, json.loads(row.document)), row.whence, row.standing, row.successor)
        for row in rows
    }


def current(held: Iterable[Report]) -> list[Document]:
    """Return the documents that stand."""
    return [report.document for report in held if report.standing == "current"]


def put(connection: Connection, report: Report, data: bytes | None) -> None:
    """Write a report, in the place of what was known of the same bytes, and its original."""
    put_all(connection, [(report, data)])


def put_all(connection: Connection, held: Iterable[tuple[Report, bytes | None]]) -> None:
    """Write reports, each in the place of what was known of the same bytes, and their originals; some at a time."""
    for batch in in_batches(held, _TOGETHER):
        ids = [report.document.id for report, _ in batch]
        connection.execute(delete(reports).where(reports.c.id.in_(ids)))
        put_rows(connection, reports, (_row(report) for report, _ in batch))
        came = {report.document.sha256: data for report, data in batch if data is not None}
        there = connection.execute(select(originals.c.sha256).where(originals.c.sha256.in_(list(came))))
        kept = set(there.scalars())
        new = ({"sha256": one, "data": zlib.compress(data, 6)} for one, data in came.items() if one not in kept)
        put_rows(connection, originals, new)


def _row(report: Report) -> dict[str, str]:
    document = report.document
    return {
        "id": document.id,
        "path": document.path,
        "whence": report.whence,
        "sha256": document.sha256,
        "standing": report.standing,
        "successor": report.successor,
        "document": json.dumps(to_plain(document), ensure_ascii=False),
    }


def retire(connection: Connection, document: str, standing: str, successor: str = "") -> None:
    """Let a report stand no longer; its bytes stay."""
    connection.execute(update(reports).where(reports.c.id == document).values(standing=standing, successor=successor))


def original(connection: Connection, sha256: Sha256) -> bytes | None:
    """Return the bytes of a report as received, or None where they are not kept."""
    data = connection.execute(select(originals.c.data).where(originals.c.sha256 == sha256)).scalar()
    return None if data is None else zlib.decompress(data)


def packed(reading: Reading) -> bytes:
    """Return a reading as it is kept, and as it travels between processes."""
    return zlib.compress(json.dumps(to_plain(reading), ensure_ascii=False).encode(), 6)


def unpacked(data: bytes) -> Reading:
    """Return the reading that :func:`packed` wrote."""
    return from_plain(Reading, json.loads(zlib.decompress(data)))


def kept_readings(connection: Connection, keys: dict[DocId, str]) -> list[Reading]:
    """Return the readings that were kept under exactly the keys asked for."""
    rows = connection.execute(select(readings.c.document, readings.c.key, readings.c.data))
    return [unpacked(data) for document, key, data in rows if keys.get(DocId(document)) == key]


def last_readings(connection: Connection, documents: Collection[str]) -> list[Reading]:
    """Return the kept readings of some documents, whichever reader made them: those that the last build went by."""
    rows = connection.execute(select(readings.c.document, readings.c.data).order_by(readings.c.document))
    return [unpacked(data) for document, data in rows if document in documents]


def keep_reading(connection: Connection, reading: Reading, key: str) -> None:
    """Keep what a reader found, so that the document is not read again."""
    keep_readings(connection, [(reading.document, key, packed(reading))])


def keep_readings(connection: Connection, rows: Sequence[tuple[str, str, bytes]]) -> None:
    """Keep readings, each given as its document, its key and what :func:`packed` gave, in the place of older ones."""
    if rows:
        connection.execute(delete(readings).where(readings.c.document.in_([document for document, _, _ in rows])))
        put_rows(
            connection,
            readings,
            [{"document": document, "key": key, "data": data} for document, key, data in rows],
        )


def sweep(connection: Connection) -> None:
    """Forget readings of reports that stand no longer, or that no build ever took in."""
    standing = select(reports.c.id).where(reports.c.standing == "current")
    connection.execute(delete(readings).where(readings.c.document.not_in(standing)))
