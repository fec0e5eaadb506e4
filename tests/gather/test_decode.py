"""Bytes to words."""

from __future__ import annotations

import pytest

from tidings.gather.decode import Undecodable, decode

ENGLISH = (
    "The army\u2019s spokesman said \u201cnot one soldier\u201d had left \u2013 and that 12 people were dead. " * 3
)
FRENCH = (
    "L\u2019arm\u00e9e a lanc\u00e9 une op\u00e9ration pr\u00e8s de Bangui; les r\u00e9fugi\u00e9s ont \u00e9t\u00e9 d\u00e9plac\u00e9s vers le nord. "
    * 3
)
ARABIC = "قتل عشرة أشخاص في المدينة بعد اشتباكات عنيفة بين الطرفين وأصيب آخرون بجروح. " * 3
RUSSIAN = "Войска вошли в город во вторник утром, сообщили местные жители и врачи. " * 3


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_unicode_is_decoded_with_nothing_said(encoding: str) -> None:
    """UTF-8, and what a byte-order mark announces, is no guess."""
    decoded = decode((ENGLISH + ARABIC).encode(encoding))

    assert (decoded.text.removeprefix("\ufeff"), decoded.note) == (ENGLISH + ARABIC, "")


@pytest.mark.parametrize(
    ("text", "encoding"), [(ENGLISH, "cp1252"), (FRENCH, "cp1252"), (ARABIC, "cp1256"), (RUSSIAN, "cp1251")]
)
def test_an_old_code_page_is_decoded_when_it_is_sure(text: str, encoding: str) -> None:
    """The words come out whole, and it is said which code page was taken."""
    decoded = decode(text.encode(encoding))

    assert decoded.text == text
    assert decoded.note == f"Decoded as {encoding}: the bytes are not UTF-8, and this code page fits."


def test_a_page_is_decoded_as_it_declares() -> None:
    """A web page in an old code page says which."""
    page = '<html><head><meta charset="windows-1251"></head><body><p>Войска вошли</p></body></html>'

    decoded = decode(page.encode("cp1251"), html=True)

    assert (decoded.text, decoded.encoding) == (page, "cp1251")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"%PDF-1.4 text", "the file is a PDF, not a text"),
        (b"PK\x03\x04rest", "the file is a ZIP archive or an office document, not a text"),
        (bytes(range(256)) * 8, "the file is binary data, not a text"),
        (b"\x00\x01\x02\x03" * 50, "the file is binary data, not a text"),
        ("Ünïcödé is füll of märks".encode() + b"\xff", "the text is UTF-8 with broken bytes (the first is byte 30)"),
        (b"\xff\xfea", "the file says it is UTF-16-LE and byte 2 is not"),
    ],
)
def test_what_is_no_text_is_refused_with_its_reason(data: bytes, reason: str) -> None:
    """Binary data, broken UTF-8 and bytes that fit no encoding are refused; nothing is replaced."""
    with pytest.raises(Undecodable) as caught:
        decode(data)

    assert caught.value.reason == reason
    assert caught.value.advice.endswith(".")
