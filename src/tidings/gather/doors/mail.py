"""E-mail (.eml): a message is a report by its sender; files attached to it are reports of their own.

Nothing that a message points to is fetched. Lines quoted from an earlier message and the signature are left out as furniture,
so that nobody's words are taken for the sender's; they stay in the document's ``removed``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from email import policy
from email.errors import MessageError
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parsedate_to_datetime

from tidings.gather.bounds import LARGEST_FILE, Budget, entry
from tidings.gather.decode import Undecodable, decode
from tidings.gather.doors.kind import Door, Item, Source, Words
from tidings.gather.webpage import visible
from tidings.model import Refusal, Span

__all__ = ["DOOR", "LARGEST_MAIL", "attached", "mail_words", "message_of"]

LARGEST_MAIL = 4 * LARGEST_FILE
MOST_PARTS = 500
_HEADER = re.compile(rb"\A(?:>?From [^\n]*\n)?[A-Za-z][A-Za-z0-9-]{0,60}[ \t]*:")
_QUOTED = re.compile(r"^[ \t]{0,4}>[^\n]*(?:\n|\Z)", re.MULTILINE)
_BEFORE_QUOTE = re.compile(
    r"^[^\n]{0,300}\b(?:wrote|writes|schrieb|a écrit|escribió|kirjoitti|написал[аи]?|كتب)\s?:[ \t]*\n(?=\s{0,4}>)",
    re.MULTILINE,
)
_SIGNATURE = re.compile(r"^-- \r?\n.*\Z", re.MULTILINE | re.DOTALL)
_ORIGINAL = re.compile(r"^-{2,}\s?Original Message\s?-{2,}[ \t]*\n.*\Z", re.MULTILINE | re.DOTALL | re.IGNORECASE)
_FORWARDED = re.compile(
    r"^-{2,}\s?(?:Forwarded message|Begin forwarded message)\b[^\n]*$|^Begin forwarded message:",
    re.MULTILINE | re.IGNORECASE,
)


def message_of(data: bytes) -> EmailMessage:
    """Return a message taken apart.

    Raises:
        Undecodable: It is no message.
    """
    if not _HEADER.match(data[:2000].lstrip()):
        raise Undecodable("it is no e-mail: it has no headers", "Save the message again as .eml, or its text as .txt.")
    try:
        return BytesParser(policy=policy.default).parsebytes(data.lstrip())
    except (MessageError, ValueError, LookupError, RecursionError, IndexError, AttributeError, TypeError) as error:
        # The library's own parser stumbles over some broken headers with errors of every kind.
        raise Undecodable("the message is damaged", "Save it again as .eml, or its text as .txt.") from error


def _header(message: EmailMessage, name: str) -> str:
    try:
        value = message[name]
        return " ".join(str(value).split())[:1000] if value is not None else ""
    except (MessageError, ValueError, LookupError, IndexError, AttributeError, TypeError, RecursionError):
        return ""


def mail_words(data: bytes, path: str) -> Words:  # noqa: ARG001
    """Return the words of a message: its subject as the first line, then its text.

    Raises:
        Undecodable: It is no message, or holds no text.
    """
    message = message_of(data)
    body, from_page = _body(message)
    body = body.replace("\r\n", "\n").strip("\n")
    subject = re.sub(r"^(?:(?:re|fwd?|aw|tr|rv)\s?:\s?)+", "", _header(message, "Subject"), flags=re.IGNORECASE)
    text = f"{subject}\n\n{body}" if subject and not body.startswith(subject) else body
    if not any(char.isalnum() for char in body):
        raise Undecodable(
            "the message holds no text", "If its text is in an attached file, that file was looked at by itself."
        )
    notes = ["The message's text came as a web page; its visible words were taken."] if from_page else []
    spans = [
        Span(*found.span())
        for pattern in (_QUOTED, _BEFORE_QUOTE, _SIGNATURE, _ORIGINAL)
        for found in pattern.finditer(text)
    ]
    if any(_QUOTED.match(text, span.start) for span in spans):
        notes.append("Lines quoted from an earlier message were left out.")
    if _FORWARDED.search(text):
        notes.append("It forwards another message: not all of its words are the sender's.")
    return Words(text=text, spans=tuple(spans), said=_said(message, subject), basis="mail header", notes=tuple(notes))


def _said(message: EmailMessage, subject: str) -> dict[str, str]:
    sender = re.match(r"\s*\"?([^\"<]{1,200}?)\"?\s*<", _header(message, "From"))
    name = sender[1].strip() if sender else _header(message, "From").strip("<> ")
    house = _header(message, "Organization")
    said = {"title": subject, "publisher": house or name, "byline": name if house else ""}
    with suppress(ValueError, TypeError, IndexError, OverflowError):
        # The day as the sender's own clock showed it.
        said["published"] = parsedate_to_datetime(_header(message, "Date")).date().isoformat()
    archived = re.match(r"<(https?://[^<>\s]{1,500})>", _header(message, "Archived-At"))
    if archived:
        said["url"] = archived[1]
    return {key: value for key, value in said.items() if value}


def _body(message: EmailMessage) -> tuple[str, bool]:
    """Return the message's text and whether it came as a web page; plain text goes before a page of the same words."""
    page = ""
    for number, part in enumerate(message.walk()):
        if number > MOST_PARTS:
            break
        if part.is_multipart() or part.get_content_disposition() == "attachment":
            continue
        kind = part.get_content_type()
        if kind == "text/plain":
            words = _text(part)
            if words.strip():
                return words, False
        elif kind == "text/html" and not page:
            page = visible(_text(part, html=True)).text
    return page, bool(page)


def _text(part: EmailMessage, *, html: bool = False) -> str:
    data = _payload(part)
    return decode(data, html=html, declared=str(part.get_content_charset() or "")).text if data.strip() else ""


def _payload(part: EmailMessage) -> bytes:
    try:
        data = part.get_payload(decode=True)
    except (ValueError, LookupError, AttributeError, TypeError):
        return b""
    return data if isinstance(data, bytes) else b""


def attached(data: bytes, front: str = "") -> Iterator[Item]:
    """Yield the files attached to a message; a locator begins with ``front``."""
    message = message_of(data)
    seen: set[str] = set()
    for number, part in enumerate(message.walk()):
        if number > MOST_PARTS:
            return
        name = _file_name(part)
        if part.is_multipart() or not name or name in seen:
            continue
        seen.add(name)
        content = _payload(part)
        if content:
            yield Item(locator=f"{front}{name}", data=content, quiet=True)


def _file_name(part: EmailMessage) -> str:
    try:
        name = part.get_filename() or ""
    except (MessageError, ValueError, LookupError, AttributeError, TypeError, IndexError):
        return ""
    # A mail's file has a name and no folder; what looks like one is cut off.
    return " ".join(re.split(r"[\\/]", str(name))[-1].split())[:200].lstrip(".")


def items(source: Source, budget: Budget) -> Iterator[Item | Refusal]:
    """Yield the files attached to a message."""
    with source.open() as stream:
        data = entry(stream, budget, most=LARGEST_MAIL)
    try:
        yield from attached(data)
    except Undecodable:
        # That it is no message was said when its own words were looked for.
        return


DOOR = Door(
    name="mail", title="e-mail messages (.eml) with the files attached to them", endings=(".eml",), words=mail_words,
    items=items, largest=LARGEST_MAIL,
)  # fmt: skip
