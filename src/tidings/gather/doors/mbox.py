"""Mailboxes (mbox): each message is a report of its own, with the files attached to it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from tidings.gather.bounds import Budget
from tidings.gather.decode import Undecodable
from tidings.gather.doors.kind import Door, Item, Source
from tidings.gather.doors.mail import LARGEST_MAIL, attached, mail_words
from tidings.model import Refusal

__all__ = ["DOOR"]

_LONGEST_LINE = 1024 * 1024


def items(source: Source, budget: Budget) -> Iterator[Item | Refusal]:
    """Yield the messages of a mailbox and the files attached to them."""
    with source.open() as stream:
        for number, data in _messages(stream, budget):
            where = f"message={number}"
            if data is None:
                why = f"the message is larger than {LARGEST_MAIL // 2**20} MB"
                yield Refusal(path=where, reason=why, advice="Save it by itself without the files attached.")
                continue
            yield Item(locator=where, data=data)
            try:
                yield from attached(data, f"{where}/")
            except Undecodable:
                # Said when the message's own words are looked for.
                continue


def _messages(stream: BinaryIO, budget: Budget) -> Iterator[tuple[int, bytes | None]]:
    """Yield each message with its number, without the line that parts it from the one before; None where too large."""
    number = size = 0
    lines: list[bytes] = []
    blank = True
    while line := stream.readline(_LONGEST_LINE):
        budget.spend(len(line))
        if line.startswith(b"From ") and blank:
            if number:
                yield number, _joined(lines, size)
            number += 1
            lines, size = [], 0
        elif number == 0:
            if line.strip():
                raise Undecodable("it is no mailbox: it does not begin with “From ”", "Export it again as mbox.")
        else:
            size += len(line)
            if size <= LARGEST_MAIL:
                lines.append(line)
        blank = not line.strip()
    if number:
        yield number, _joined(lines, size)


def _joined(lines: list[bytes], size: int) -> bytes | None:
    return b"".join(lines) if size <= LARGEST_MAIL else None


DOOR = Door(
    name="mbox", title="mailboxes (mbox), a report a message", endings=(".mbox", ".mbx"), words=mail_words, items=items,
    whole=False, largest=LARGEST_MAIL,
)  # fmt: skip
