"""Quotations: what of a report's words a copy shows, and where they stand in what is left of its text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from tidings.publish.keys import Seal
from tidings.publish.people import People
from tidings.publish.pieces import pieces
from tidings.publish.plain import any_of
from tidings.publish.profile import Profile
from tidings.publish.wording import LEFT_OUT, Words

__all__ = ["Quotations"]

Row = dict[str, Any]
Tables = Mapping[str, Iterable[Mapping[str, Any]]]


class _Extract:
    """The words of one report that a copy shows, each on a line of its own: the report's text in the copy."""

    def __init__(self) -> None:
        self._lines: dict[str, int] = {}
        self._length = 0

    def place(self, words: str) -> tuple[int, int]:
        """Return where words stand in the extract, which takes them in if it does not hold them yet."""
        line = words.replace("\n", " ")
        if line not in self._lines:
            self._lines[line] = self._length
            self._length += len(line) + 1
        start = self._lines[line]
        return start, start + len(line)

    @property
    def text(self) -> str:
        """The lines, one below the other."""
        return "\n".join(self._lines)


class Quotations:
    """The quotations of a copy.

    Args:
        tables: The record's rows.
        profile: What the copy shows.
        people: Who is private.
        words: Rewrites words.
        seal: Makes ids and keyed hashes.
    """

    def __init__(self, tables: Tables, profile: Profile, people: People, words: Words, seal: Seal) -> None:
        self._tables = tables
        self._profile = profile
        self._people = people
        self._faces = people.faces
        self._words = words
        self._seal = seal
        self._whole = profile.keeps("reports", "text")
        self._texts: dict[str, str] = {row["id"]: row["text"] for row in tables["documents"]}
        self._extracts: dict[str, _Extract] = defaultdict(_Extract)
        self._marks = self._all_marks()
        self.proofs: list[tuple[str, str, str]] = []
        """For each quotation that is shown or left out: table, id of the copy, keyed hash of the words in the report."""

    def text(self, document: str) -> str:
        """Return the text of a report in the copy: the quotations shown from it, one a line."""
        return self._extracts[document].text

    def put(self, table: str, row: Mapping[str, Any], new: Row, column: str) -> str:
        """Put a quotation into a row of the copy, with its place, and return what was done to it ("" for nothing).

        Args:
            table: The row's table.
            row: The row of the record.
            new: The row of the copy.
            column: Which column quotes.
        """
        words = str(row[column])
        place = f"{row['document']}\x1f{row['start']}\x1f{row['end']}"
        if not words:
            new["start"] = new["end"] = None
            return ""
        self.proofs.append((table, new["id"], self._seal.proof(f"{place}\x1f{words}")))
        if self._whole:
            return ""
        shown, what = self._shown_quote(table, row, words)
        start, end = self._extracts[row["document"]].place(shown)
        new |= {column: shown.replace("\n", " "), "start": start, "end": end}
        return what

    def _shown_quote(self, table: str, row: Mapping[str, Any], words: str) -> tuple[str, str]:
        if table not in self._profile.listed("quotations", "keep_in"):
            return LEFT_OUT, "quotation left out"
        if table == "claims" and self._gives_away(row):
            return LEFT_OUT, "quotation left out"
        if table == "mentions":
            face = self._faces.get(row["entity"])
            if face is not None and row["how"] != "pronoun":
                return face.name, ""
            if row["id"] in self._people.labels:
                return self._people.labels[row["id"]], "description cut to its kind"
        text = self._texts.get(row["document"], words)
        return self._words.quote(text, row["start"], row["end"], self._marks.get(row["document"], ()))

    def _gives_away(self, row: Mapping[str, Any]) -> bool:
        """Return whether the words of a claim describe somebody hidden, or who told it."""
        last = row["chain_ids"][-1] if len(row["chain"]) > 1 else "publisher"
        by_unnamed = not last or last in self._people.unnamed or last in self._faces
        kinds = {row["kind"], f"{row['kind']}/{row['type']}"}
        if by_unnamed and kinds & set(self._profile.listed("quotations", "not_by_unnamed")):
            return True
        return not self._profile.keeps("quotations", "about_private_persons") and (
            self._about_private(row) or self._of_the_speaker(row)
        )

    def _about_private(self, row: Mapping[str, Any]) -> bool:
        held = [*row["agents_ids"], *row["targets_ids"]]
        return any(self._faces[one].change == "pseudonym" for one in held if one in self._faces)

    def _of_the_speaker(self, row: Mapping[str, Any]) -> bool:
        """Return whether somebody hidden speaks of themselves: "my brother" tells whose brother it is."""
        last = row["chain_ids"][-1] if row["chain_ids"] else ""
        return (not last or last in self._faces) and any_of(row["quote"], "speaker")

    def _all_marks(self) -> dict[str, list[tuple[int, int, str]]]:
        """Return, for each report, where somebody hidden is named or described, and what to write there."""
        marks: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
        for row in self._tables["mentions"]:
            face = self._faces.get(row["entity"])
            if row["how"] == "pronoun":
                continue
            if row["id"] in self._people.labels:
                marks[row["document"]].append((row["start"], row["end"], self._people.labels[row["id"]]))
            elif face is not None and row["how"] == "name":
                start = _with_title(self._texts.get(row["document"], ""), row)
                marks[row["document"]].append((start, row["end"], face.name))
            elif (
                face is not None
                and face.change == "place name"
                and any(piece.capital is not False for piece in pieces(row["text"]))
            ):
                # "Their homes" names no place; "the Garsila camp" does.
                marks[row["document"]].append((row["start"], row["end"], face.name))
        return marks


def _with_title(text: str, row: Mapping[str, Any]) -> int:
    """Return where a name begins together with the title before it: a title and a day are a name."""
    title, start = str(row["title"]).strip(" ,"), int(row["start"])
    before = text[:start].rstrip(" ,\u00a0")
    return len(before) - len(title) if title and before.casefold().endswith(title.casefold()) else start
