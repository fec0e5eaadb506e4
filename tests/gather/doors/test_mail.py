"""E-mail: the sender's own words, who and when, and what is attached."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

import pytest
from tests.gather.made import page

from tidings.gather import Undecodable, decoded_original, gather, restore, take_in

BODY = """The army shelled the market of Yei on Thursday, said a nurse of the town's hospital.

On Monday Joe Lado wrote:
> What is new in Yei? I hear the army
> has left.

-- 
Amal Idris, Juba
"""  # noqa: W291


def message(body: str = BODY, **headers: str) -> EmailMessage:
    made = EmailMessage()
    held = {
        "From": '"Amal Idris" <amal@n.example>',
        "Subject": "Re: Shells on Yei",
        "Date": "Thu, 06 Mar 2014 23:10:00 +0200",
    }
    for name, value in {**held, **{key.replace("_", "-"): value for key, value in headers.items()}}.items():
        made[name] = value
    made.set_content(body)
    return made


def test_a_message_is_a_report_by_its_sender() -> None:
    """The subject is the title, the sender publishes, the day is the sender's; quoted lines and the signature are left out."""
    data = message().as_bytes()

    document = take_in(data, "a.eml")

    assert (
        document.text.strip()
        == "Shells on Yei\n\nThe army shelled the market of Yei on Thursday, said a nurse of the town's hospital."
    )
    assert (document.title, document.publisher, document.byline) == ("Shells on Yei", "Amal Idris", "")
    assert (document.published.edtf(), document.published_basis) == ("2014-03-06", "mail header")
    assert document.notes == ("Lines quoted from an earlier message were left out.",)
    assert restore(document.text, document.removed) == decoded_original(data, "a.eml")


def test_a_house_publishes_what_its_people_send() -> None:
    """Where the header names an organisation it publishes, and the sender signs; an address of the archive is the address."""
    made = message(Organization="Nile Courier", Archived_At="<https://list.example/1>")

    document = take_in(made.as_bytes(), "a.eml")

    assert (document.publisher, document.byline, document.url) == (
        "Nile Courier",
        "Amal Idris",
        "https://list.example/1",
    )


def test_encodings_of_mail() -> None:
    """Headers and bodies in any encoding are read; a page stands in where there is no plain text."""
    made = message("Die Armee beschoss „Jei“.", Subject="Beschuß: über Jei")
    assert "Beschuß: über Jei\n\nDie Armee beschoss „Jei“." in take_in(made.as_bytes(), "a.eml").text

    made = message()
    made.set_content(page("Yei").decode(), subtype="html", charset="utf-8", cte="base64")
    document = take_in(made.as_bytes(), "a.eml")

    assert "At least 12 people were killed" in document.text
    assert document.notes == ("The message's text came as a web page; its visible words were taken.",)


def test_a_forwarded_message_is_said() -> None:
    """Not all words of a message that forwards another are its sender's."""
    body = "See below.\n\n---------- Forwarded message ---------\nFrom: Joe\n\nThe army left Yei on Monday, he said."

    assert take_in(message(body).as_bytes(), "a.eml").notes == (
        "It forwards another message: not all of its words are the sender's.",
    )


def test_attached_files_are_reports_of_their_own(tmp_path: Path) -> None:
    """A page attached to a message is a report; names that lead elsewhere lead nowhere; a picture is passed over."""
    made = message()
    made.add_attachment(page("Torit"), maintype="text", subtype="html", filename="../../etc/torit.html")
    made.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="map.png")
    (tmp_path / "a.eml").write_bytes(made.as_bytes())

    gathered = gather([tmp_path])

    assert [document.path for document in gathered.documents] == ["a.eml", "a.eml#torit.html"]
    assert gathered.documents[1].title == "Torit"
    assert gathered.originals[gathered.documents[1].sha256] == page("Torit")
    assert (gathered.refusals, gathered.skipped) == ((), ())


def test_a_mailbox_is_a_report_a_message(tmp_path: Path) -> None:
    """Each message of a mailbox has its own bytes and its number; a line that only begins with From parts nothing."""
    first = message("The army left Yei on Monday.\n\nFrom Yei the road leads to Juba, a driver said.\n", Subject="One")
    second = message("The army left Juba on Friday, a driver said.", Subject="Two")
    parts = [one.as_bytes().replace(b"\nFrom Yei", b"\n>From Yei") for one in (first, second)]
    (tmp_path / "box.mbox").write_bytes(
        b"".join(b"From a@n.example Thu Mar  6 2014\n" + part + b"\n" for part in parts)
    )

    gathered = gather([tmp_path])

    assert [(one.path, one.title) for one in gathered.documents] == [
        ("box.mbox#message=1", "One"),
        ("box.mbox#message=2", "Two"),
    ]
    for document in gathered.documents:
        original = decoded_original(gathered.originals[document.sha256], document.path)
        assert restore(document.text, document.removed) == original


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"just words and no headers", "it is no e-mail"),
        (message("").as_bytes(), "the message holds no text"),
        (
            b"Subject: x\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n!!!!",
            "the message holds no text",
        ),
        (b"Subject: x\nContent-Type: multipart/mixed\n\nno parts", "the message holds no text"),
    ],
)
def test_bad_messages_are_refused(data: bytes, reason: str) -> None:
    """What is no message, and what holds no text, is told."""
    with pytest.raises(Undecodable, match=reason):
        take_in(data, "a.eml")


def test_what_is_no_mailbox_is_refused(tmp_path: Path) -> None:
    """A file that does not begin as a mailbox does is no mailbox."""
    (tmp_path / "a.mbox").write_bytes(b"words")

    assert [row.reason for row in gather([tmp_path]).refusals] == ["it is no mailbox: it does not begin with “From ”"]
