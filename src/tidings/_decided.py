"""What is decided about a record: the part of its API that writes into the log of decisions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tidings import _building
from tidings.errors import UsageError
from tidings.model import Decision, Progress
from tidings.store.file import File

__all__ = ["Deciding"]


class Deciding:
    """The verbs by which people change what a record says; each leaves a decision with its reason in the log."""

    where: str
    _file: File

    def close(self) -> None:
        """Let go of the file."""
        raise NotImplementedError

    def remove(self, document: str, *, reason: str, by: str = "") -> Decision:
        """Take a report back, and all that stood on it alone, by a decision that :meth:`why` shows.

        The report stays out of later builds until it is accepted again: ``decide("accept", document, reason=…)``.

        Args:
            document: Its id, path or file name.
            reason: Why, in your words.
            by: Who decides; the setting ``analyst`` where empty.

        Raises:
            UnknownId: No such report stands in the record.
        """
        return self.decide("remove", document, reason=reason, by=by)

    def decide(
        self, action: str, subject: str, *, reason: str, by: str = "", new: Mapping[str, Any] | None = None
    ) -> Decision:
        """Write a decision into the log and build the record again from what it holds.

        Args:
            action: remove, accept, refuse, merge, split or correct.
            subject: The id that it is about: a report, a proposal or an entity.
            reason: Why, in your words.
            by: Who decides; the setting ``analyst`` where empty.
            new: ``{"with": ENTITY}`` for a merge or split, ``{"forms": "A|B"}`` for a split, for a correction any of name,
                kind, alias, lat, lon, radius_m, part_of.

        Raises:
            UsageError: There is no such action, it does not go with ``new``, or no reason is given.
            UnknownId: The record holds no such id.
        """
        from tidings._deciding import state_before, subject_of
        from tidings.config import settings

        if not reason.strip():
            raise UsageError("a decision needs a reason: --reason …")
        with self._file.reading() as connection:
            about = subject_of(connection, action, subject, new or {})
            old = state_before(connection, about)
        taken = _building.decide(
            self.where,
            action=action,
            subject=about,
            reason=reason.strip(),
            by=by or settings().analyst,
            old=old,
            new=dict(new) if new else None,
        )
        self.close()
        self._file = File(self.where)
        return taken

    def refit(self, *, reason: str, by: str = "", bits: float | None = None) -> Decision:
        """Fix the prior of the join by a decision, and build the record again from what it holds.

        Without such a decision each build fits the prior anew, in steps of one bit, from the reports alone. With it the
        prior stays, however the record grows, until the next refit; ``decide("undo", …)`` of the reading room lets it go.

        Args:
            reason: Why, in your words.
            by: Who decides; the setting ``analyst`` where empty.
            bits: The prior; None takes what the record's pairs make of it now.

        Raises:
            UsageError: No reason is given.
        """
        from tidings.config import settings

        if not reason.strip():
            raise UsageError("a decision needs a reason: --reason …")
        taken = _building.refit(self.where, reason=reason.strip(), by=by or settings().analyst, bits=bits)
        self.close()
        self._file = File(self.where)
        return taken

    def judge(
        self,
        action: str,
        subject: str,
        *,
        reason: str,
        by: str = "",
        new: Mapping[str, Any] | None = None,
        seen: str | None = None,
    ) -> Decision:
        """Write one verdict into the log at once; what follows from it follows at the next build.

        See :func:`tidings._judging.judge` for the arguments and errors.
        """
        from tidings._judging import judge
        from tidings.config import settings

        return judge(self.where, action, subject, reason=reason, by=by or settings().analyst, new=new, seen=seen)

    def rebuild(self, *, progress: Progress | None = None) -> None:
        """Build the record again from what it holds, so that decisions taken since the last build take effect."""
        _building.rebuild(self.where, progress=progress)
        self.close()
        self._file = File(self.where)
