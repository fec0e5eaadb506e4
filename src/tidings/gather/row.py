"""What is said about a report beside its words: by a sidecar, by the table or the archive that holds it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from tidings.model import UNKNOWN, When

__all__ = ["NOTHING", "Row"]


@dataclass(frozen=True, slots=True)
class Row:
    """What is said about one report; empty where nothing is said."""

    publisher: str = ""
    title: str = ""
    url: str = ""
    language: str = ""
    published: When = UNKNOWN

    def over(self, other: Row) -> Row:
        """Return this row with what it leaves empty taken from ``other``."""
        return Row(
            publisher=self.publisher or other.publisher,
            title=self.title or other.title,
            url=self.url or other.url,
            language=self.language or other.language,
            published=self.published if self.published.known else other.published,
        )

    def shared(self) -> Row:
        """Return what holds for every report of a file that holds several: who published it and in which language."""
        return replace(self, title="", url="", published=UNKNOWN)


NOTHING = Row()
"""A row that says nothing."""
