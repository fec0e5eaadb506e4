"""Bytes to words: which encoding, and when to say that there is none."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

__all__ = ["Decoded", "Undecodable", "decode"]

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"\x1f\x8b", "compressed data"),
    (b"SQLite format 3\x00", "a database"),
    (b"\x7fELF", "a program"),
)
_BOMS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Code pages that reports of the last thirty years come in. The order breaks ties between equally clean readings:
# where only quotation marks and dashes are outside ASCII, many code pages give the very same text.
_CODE_PAGES = ("cp1252", "cp1256", "cp1251", "cp1250", "cp1254", "cp1253", "cp1255", "koi8_r", "utf_16_le", "utf_16_be")
_ENCODINGS = frozenset(
    "utf-8 utf-16 utf-16-le utf-16-be cp866 koi8-r koi8-u mac-roman mac-cyrillic cp874 cp1250 cp1251 cp1252 cp1253 cp1254 cp1255 "
    "cp1256 cp1257 cp1258 gbk gb2312 gb18030 big5 big5hkscs euc_jp iso2022_jp shift_jis cp932 euc_kr cp949 "
    "iso8859-2 iso8859-3 iso8859-4 iso8859-5 iso8859-6 iso8859-7 iso8859-8 iso8859-9 iso8859-10 iso8859-13 iso8859-14 iso8859-15 "
    "iso8859-16".split()
)
"""Encodings that a page may declare, by Python's names: those of the WHATWG Encoding Standard. Python knows more, some of
which are no encodings of text (``unicode_escape``) or take a time that grows with the square of the length (``punycode``)."""
MOST_MESS = 0.15
"""The share of odd sequences (charset-normalizer's "chaos") above which a reading is not sure enough to be used."""
MOST_CONTROLS = 0.01
"""The share of control characters above which bytes are data and not a text."""
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_\-]{2,40})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Decoded:
    """A decoded original, a byte-order mark included. ``note`` says in a sentence what was guessed, or is empty."""

    text: str
    encoding: str
    note: str = ""


class Undecodable(ValueError):
    """Bytes that are no text, or that no encoding fits for sure.

    Args:
        reason: What is wrong, as a clause.
        advice: What to do, as a sentence.
    """

    def __init__(self, reason: str, advice: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.advice = advice


def decode(data: bytes, *, html: bool = False, declared: str = "") -> Decoded:
    """Return the words of ``data``.

    A byte-order mark decides, then UTF-8 where the bytes are valid, then the encoding that came with them, then (for a
    web page) the encoding it declares, then the code page that charset-normalizer is sure of.

    Args:
        data: The bytes.
        html: Whether they are a web page, which may declare its encoding.
        declared: The encoding named by what carried the bytes (a server, a mail's header), or empty.

    Raises:
        Undecodable: The bytes are no text, or no encoding fits for sure. Nothing is ever replaced or dropped.
    """
    for mark, kind in _MAGIC:
        if data.startswith(mark):
            raise Undecodable(
                f"the file is {kind}, not a text", "Save its text as .txt or .html in UTF-8 and give that file."
            )
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _checked(_strict(data, encoding), encoding)
    try:
        return _checked(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        broken = error
    names = [(declared, "as what carried it says")]
    if html and (meta := _META_CHARSET.search(data[:4096])):
        names.append((meta[1].decode("ascii"), "as the page declares"))
    for name, why in names:
        decoded = _declared(data, name, why) if name else None
        if decoded is not None:
            return decoded
    return _guessed(data, broken)


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise Undecodable(
            f"the file says it is {encoding.upper()} and byte {error.start} is not", "Save it as UTF-8 and try again."
        ) from error


def _checked(text: str, encoding: str, note: str = "") -> Decoded:
    controls = len(_CONTROL.findall(text))
    if controls > MOST_CONTROLS * len(text):
        raise Undecodable("the file is binary data, not a text", "Give the report as text in UTF-8.")
    return Decoded(text, encoding, note)


def _declared(data: bytes, name: str, why: str) -> Decoded | None:
    try:
        codec = codecs.lookup(name.strip())
        # ISO-8859-1 in a page means Windows-1252 to every browser (WHATWG Encoding Standard, 4.2 names and labels).
        name = "cp1252" if codec.name in {"iso8859-1", "ascii"} else codec.name
        if name not in _ENCODINGS:
            return None
        text = data.decode(name)
    except (LookupError, UnicodeDecodeError, ValueError):
        return None
    return _checked(text, name, f"Decoded as {name}, {why}.")


def _guessed(data: bytes, broken: UnicodeDecodeError) -> Decoded:
    refused = Undecodable(
        f"the encoding is not UTF-8 (byte {broken.start}) and no other fits for sure",
        "Save the file as UTF-8 and try again.",
    )
    if _half_utf8(data):
        raise Undecodable(
            f"the text is UTF-8 with broken bytes (the first is byte {broken.start})",
            "Fetch the report again, or repair it in an editor and save it as UTF-8.",
        )
    if b"\x00" in data and not _utf16_shape(data):
        raise Undecodable("the file is binary data, not a text", "Give the report as text in UTF-8.")
    from charset_normalizer import from_bytes

    matches = [match for match in from_bytes(data, cp_isolation=list(_CODE_PAGES)) if match.chaos <= MOST_MESS]
    if not matches:
        raise refused
    # Readings are ranked by how little mess they hold, then by how much they look like a language.
    best = min(match.chaos for match in matches)
    good = [match for match in matches if match.chaos <= best + 0.02]
    most = max(match.coherence for match in good)
    if most == 0 and len({str(match) for match in good}) > 1:
        raise refused
    # Code pages that give the very same text are told as one match.
    names = [name for match in good if match.coherence >= most - 0.2 for name in match.could_be_from_charset]
    name = min(names, key=lambda item: _CODE_PAGES.index(item) if item in _CODE_PAGES else len(_CODE_PAGES))
    try:
        text = data.decode(name)
    except UnicodeDecodeError as error:
        raise refused from error
    return _checked(text, name, f"Decoded as {name}: the bytes are not UTF-8, and this code page fits.")


def _utf16_shape(data: bytes) -> bool:
    """Return whether zero bytes stand at every other place, as in UTF-16 text of mostly Latin letters."""
    sample = data[:4096]
    for first in (0, 1):
        half = sample[first::2]
        if half and half.count(0) > 0.7 * len(half) and sample[1 - first :: 2].count(0) == 0:
            return True
    return False


def _half_utf8(data: bytes) -> bool:
    """Return whether the bytes outside ASCII are mostly well-formed UTF-8: a broken copy, not another encoding."""
    text = data.decode("utf-8", errors="replace")
    bad = text.count("\ufffd")
    good = sum(1 for char in text[:200_000] if ord(char) > 127) - bad
    return good > 4 * bad
