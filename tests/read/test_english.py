"""The English reader: one reading a document, in order, stamped, and the same each time."""

from __future__ import annotations

from dataclasses import replace

from tests.read.conftest import document

from tidings.model import Mention, MentionId
from tidings.read import readers
from tidings.read.english import EnglishReader, merged
from tidings.read.index import MentionIndex
from tidings.read.lexicon import Lexicon

TEXTS = (
    "Troops leave Goma\n\nThe army said on Monday that M23 rebels had entered Goma in eastern Congo.",
    "1 2 3 4 5 6 7 8 9",
    "“We are safe,” Amina Yusuf said. “They shelled the market of Nyala for two days.”",
    "الحسكة is a city. قتل خمسة in Hasakah on Friday.",
    "",
)


def test_the_door_holds_a_reader_for_english() -> None:
    """The registered readers read English, and say who they are in which version with which model."""
    reader = next(reader for reader in readers() if "en" in reader.languages)

    assert reader.stamp.name == "en.rules"
    assert reader.stamp.version.endswith(Lexicon.load().hash)
    assert "sha256" in reader.stamp.model


def test_readings_come_in_order_and_the_same_each_time() -> None:
    """Every document gets a reading, in the order given; read again, alone or in company, it is the same."""
    reader = EnglishReader(Lexicon.load())
    documents = [document(text) for text in TEXTS]

    together = list(reader.read(documents))
    alone = [reading for single in documents for reading in reader.read([single])]

    assert [reading.document for reading in together] == [doc.id for doc in documents]
    assert together == alone


def test_every_value_quotes_the_text() -> None:
    """Claims, attributions, times and mentions carry the words that stand at their place."""
    reader = EnglishReader(Lexicon.load())

    for text, reading in zip(TEXTS, reader.read(document(text) for text in TEXTS), strict=True):
        quoted = [(value.start, value.end, value.quote) for value in (*reading.claims, *reading.attributions)]
        quoted += [(value.start, value.end, value.text) for value in (*reading.mentions, *reading.times)]
        assert [text[start:end] for start, end, _ in quoted] == [words for _, _, words in quoted]


def test_merged_rows_replace_those_with_their_id() -> None:
    """A speaker found later replaces the mention with its id; a new one is added in its place."""
    old = Mention(id=MentionId("m_1"), document=document("a").id, start=5, end=8, text="abc", kind="actor", how="name")
    new = replace(old, source_kind="official")
    added = replace(old, id=MentionId("m_2"), start=0, end=3)

    assert merged(MentionIndex([old]), [new, added]).all == (added, new)
