"""The record: open a file, ask it, explain a value, prove it, write it out, take a report back. The Python API.

::

    with tidings.build(["reports/"], into="war.tidings") as record:
        for figure in record.figures(place="Nyala"):
            print(figure["low"], figure["high"], record.why(figure["id"]).says)
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Unpack

from tidings import _building
from tidings._as_of import Looking
from tidings._building import BuildReport, NothingBuilt
from tidings._decided import Deciding
from tidings._exporting import Leaving, exports, own_exports
from tidings._judging import Overtaken
from tidings._moving import Carried, copy
from tidings._rows import Filters, RowsOf
from tidings._runners import asked
from tidings._team import ROLES, SHORTEST, Entry, Team, Teamed, User
from tidings.errors import UsageError
from tidings.model import Decision, Progress
from tidings.store import ask
from tidings.store.changes import Change
from tidings.store.check import Fault, Proven, check
from tidings.store.file import File
from tidings.store.look import Look, Standing
from tidings.store.search import Found, Index
from tidings.store.state import decisions
from tidings.store.summary import Summary, summary
from tidings.store.why import Step, plain, why
from tidings.tell.formats.export import Written

__all__ = [
    "ROLES",
    "SHORTEST",
    "BuildReport",
    "Carried",
    "Change",
    "Entry",
    "Fault",
    "Filters",
    "Found",
    "Index",
    "Look",
    "NothingBuilt",
    "Overtaken",
    "Proven",
    "Record",
    "Standing",
    "Step",
    "Summary",
    "Team",
    "User",
    "Written",
    "build",
    "copy",
    "exports",
    "open",
    "own_exports",
    "plain",
    "read_report",
]

Row = dict[str, Any]


class Record(Leaving, Looking, Deciding, Teamed, RowsOf):
    """A record of Tidings, open to read.

    Every table of the record is a method of the same name that returns its rows as dicts, the columns in the order of the exports::

        record.claims(kind="casualties", place="Nyala", said_by="SOHR", since="2015-06", limit=10)

    Args:
        where: The record file, or a database URL.

    Raises:
        NotARecord: There is no such file, or it is something else.
        NewerRecord: A newer version of Tidings wrote it.
    """

    def __init__(self, where: str | Path) -> None:
        self.where = str(where)
        self._file = File(where)
        self.last_build: BuildReport | None = None
        """What the build that gave this record did; None where it was only opened."""

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def __enter__(self) -> Record:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def rows(self, table: str, **filters: Unpack[Filters]) -> list[Row]:
        """Return the rows of a table, all of them or those that fit.

        Args:
            table: Its name.
            **filters: See :class:`Filters`.

        Raises:
            UsageError: There is no such table, or it cannot answer the question.
        """
        with self._file.reading() as connection:
            return ask.rows(connection, table, _question(filters))

    def count(self, table: str, **filters: Unpack[Filters]) -> int:
        """Return how many rows of a table fit, ``limit`` and ``offset`` aside."""
        with self._file.reading() as connection:
            return ask.count(connection, table, _question(filters))

    def tables(self, *, clock: bool = False) -> dict[str, list[Row]]:
        """Return every table of the record.

        Args:
            clock: Whether the times at which builds were made are told. Without them, the same reports give the same
                rows whenever they are built.
        """
        with self._file.reading() as connection:
            held = ask.whole(connection)
        if not clock:
            held["builds"] = [{**row, "at": None} for row in held["builds"]]
        return held

    def summary(self) -> Summary:
        """Return what the record holds, in numbers."""
        with self._file.reading() as connection:
            return summary(connection)

    def why(self, wanted: str) -> Step:
        """Return the way from an id down to the words, as a tree of steps.

        Args:
            wanted: An id of any table, the beginning of one, or a report's path.

        Raises:
            UnknownId: The record holds no such id.
        """
        from tidings._days import explainer

        with self._file.reading() as connection:
            return why(connection, wanted, explain=explainer(connection))

    def dates(self) -> list[Row]:
        """Return every report and happening with the days that it can have, how many these are, and where they come from."""
        from tidings._days import every_date

        with self._file.reading() as connection:
            return every_date(connection)

    def worth_knowing(self) -> list[Row]:
        """Return the reports whose day of publication, once given, would narrow other days most, the best first."""
        from tidings._days import worth_knowing

        with self._file.reading() as connection:
            return worth_knowing(connection)

    def clashes(self) -> list[Row]:
        """Return what the words say about days and was left out because other words contradict it."""
        from tidings._days import clashes

        with self._file.reading() as connection:
            return clashes(connection)

    def check(self) -> list[Fault]:
        """Prove the record and return what does not hold: quotes, derived values, citations, hashes."""
        return list(self.prove().faults)

    def prove(self) -> Proven:
        """Prove the record and return what was looked at and what does not hold."""
        from tidings.pipeline import decoded_original

        with self._file.reading() as connection:
            return check(connection, decode=lambda document, data: decoded_original(data, document.path))

    def brief(self, *, to: str = "html", title: str = "", only: Iterable[str] | None = None) -> str:
        """Return the brief as one page.

        Args:
            to: ``html`` or ``md``.
            title: What stands at its top; "Brief" where empty.
            only: The ids of the sentences that are told; None tells all.
        """
        from tidings.tell.formats import brief_html, brief_md

        writers = {"html": brief_html.render, "md": brief_md.render}
        if to not in writers:
            raise UsageError(f"a brief is written as {' or '.join(writers)}, not as {to!r}.")
        tables = self.tables()
        if only is not None:
            chosen = set(only)
            tables["brief"] = [row for row in tables["brief"] if row["id"] in chosen]
        return writers[to](tables, title=title or "Brief")

    def look(self) -> Look:
        """Return questions that a screen asks: pages of rows, what points where, what was decided since the build."""
        return Look(self._file)

    def index(self) -> Index:
        """Return the words of the record to search in; making it takes seconds for a large one."""
        return Index(self._file)

    def log(self) -> tuple[Decision, ...]:
        """Return the decisions in the order in which they were taken."""
        with self._file.reading() as connection:
            return decisions(connection)


def read_report(path: str | Path, *, progress: Progress | None = None) -> dict[str, list[Row]]:
    """Read one report by itself and return its tables; no record is made.

    Raises:
        NothingBuilt: It is no report that can be read.
    """
    return _building.read_report(Path(path), progress=progress)


def example() -> tuple[Path, Path | None]:
    """Return the folder of the example reports that Tidings carries, and its table of known days, if it has one.

    Raises:
        UsageError: The installed package does not carry them.
    """
    folder = Path(__file__).parent / "demo"
    if not (folder / "reports").is_dir():
        raise UsageError("the example reports are missing from this installation. Reinstall Tidings.")
    known = folder / "known.csv"
    return folder / "reports", known if known.is_file() else None


def _question(filters: Filters) -> ask.Question:
    plain: dict[str, Any] = dict(filters)
    return ask.Question(**{**plain, "where": tuple(filters.get("where", {}).items())})


def open(where: str | Path) -> Record:  # noqa: A001
    """Open a record to read.

    Raises:
        NotARecord: There is no such file, or it is something else.
        NewerRecord: A newer version of Tidings wrote it.
    """
    return Record(where)


def build(
    paths: Iterable[str | Path] | str | Path,
    into: str | Path,
    *,
    known: str | Path | None = None,
    sidecar: str | Path | None = None,
    workers: int = 0,
    runner: str = "",
    shards: str | Path | None = None,
    fast: bool = False,
    progress: Progress | None = None,
) -> Record:
    """Build reports into a record file and return it open.

    A file that is there already keeps its reports: new ones are added, one whose bytes changed is replaced (the old one
    stays in the history), and only what is new is read.

    Args:
        paths: Files and folders with reports (.txt, .md, .html).
        into: The record file; it is made where it is missing, readable by its owner alone.
        known: A table of happenings with known days (CSV).
        sidecar: A file that says who published what, and when.
        workers: How many processes read; 0 lets Tidings choose.
        runner: Where reports are read: ``here``, ``pool``, ``ray`` or ``ray://HOST:PORT``; empty lets their number choose.
        shards: A folder of shards that were read elsewhere (:mod:`tidings.shards`); what is not in them is read now.
        fast: Whether web pages are taken in without a second opinion on what their text is.
        progress: Called with the name of a step, how much is done and how much there is.

    Returns:
        The record; its ``last_build`` says what was added, and what could not be taken in.

    Raises:
        NothingBuilt: None of the inputs could be taken in; the record is as it was.
        RecordError: The file is no record, or another process changed it meanwhile.
    """
    named: Sequence[str | Path] = [paths] if isinstance(paths, str | Path) else list(paths)
    running = asked(runner, workers)
    done = _building.build(
        named, into, known=known, sidecar=sidecar, running=running, shards=shards, fast=fast, progress=progress
    )
    record = Record(into)
    record.last_build = done
    return record
