"""One record of an Arabic, an English and an Amharic report, built by all stages."""

from __future__ import annotations

import pytest

import tidings

REPORTS = {
    "a.txt": (
        "سبعة قتلى بقصف على حي النشوة\n\n"
        "أفاد المرصد السوري لحقوق الإنسان بمقتل سبعة مدنيين على الأقل، بينهم طفلان، جراء قصف مدفعي لتنظيم الدولة الإسلامية "
        "على حي النشوة في مدينة الحسكة.\n\n"
        "وأضاف المرصد أن أكثر من عشرين شخصا أصيبوا في القصف. ونفى الجيش السوري مقتل أي من جنوده في حسكة."
    ),
    "b.txt": (
        "Shells fall on a quarter of Hasakah\n\n"
        "The Syrian Observatory for Human Rights said that nine civilians were killed by ISIS shelling on the Nashwa "
        "neighbourhood of Hasakah city. Syrian government forces sent reinforcements to Hasakah."
    ),
    "c.txt": "በሰሜን ኢትዮጵያ በተካሄደ ውጊያ በርካታ ሰዎች መሞታቸውን የአካባቢው ነዋሪዎች ተናገሩ። ባለሥልጣናት ስለ ጉዳዩ እስካሁን አስተያየት አልሰጡም።",
}


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[dict]]:
    folder = tmp_path_factory.mktemp("reports")
    for name, words in REPORTS.items():
        (folder / name).write_text(words, encoding="utf-8")
    with tidings.build([folder], folder.parent / "war.tidings") as record:
        assert record.check() == []
        return {name: list(record.rows(name)) for name in ("documents", "entities", "claims", "mentions")}


def test_arabic_is_read_and_amharic_is_not(tables: dict[str, list[dict]]):
    """A language with a reader is no longer unread; one without still says so; what was left unread is said."""
    told = {row["path"]: (row["language"], row["unread"]) for row in tables["documents"]}
    (arabic,) = [row for row in tables["documents"] if row["path"] == "a.txt"]

    assert told == {"a.txt": ("ar", ""), "b.txt": ("en", ""), "c.txt": ("am", "no reader for Amharic")}
    assert any("days and other kinds of claim were not read" in sentence for sentence in arabic["given_up"])


def test_one_place_whatever_the_script_and_the_article(tables: dict[str, list[dict]]):
    """الحسكة, حسكة and Hasakah are one place; so are النشوة and Nashwa, which lies in it."""
    places = {row["id"]: row for row in tables["entities"] if row["kind"] == "place"}
    words: dict[str, set[str]] = {ident: set() for ident in places}
    for row in tables["mentions"]:
        if row["kind"] == "place":
            words[row["entity"]].add(row["text"])
    (city,) = [ident for ident, said in words.items() if "مدينة الحسكة" in said]
    (quarter,) = [ident for ident, said in words.items() if "حي النشوة" in said]

    assert set(places) == {city, quarter}
    assert {"مدينة الحسكة", "حسكة", "Hasakah"} <= words[city]
    assert any("Nashwa" in said for said in words[quarter])
    assert places[quarter]["part_of_ids"] == [city]


def test_one_party_and_one_monitor_whatever_the_script(tables: dict[str, list[dict]]):
    """The parties of both reports are those of the war's file."""
    named = {row["name"] for row in tables["entities"] if row["kind"] in {"actor", "source"}}
    assert {"ISIS", "SOHR", "Syrian government"} <= named
    assert not any("تنظيم" in name or "المرصد" in name for name in named)


def test_claims_of_both_languages_stand_side_by_side(tables: dict[str, list[dict]]):
    """The Arabic claims carry their own reader, interval, chain and mode."""
    (arabic,) = [row["id"] for row in tables["documents"] if row["path"] == "a.txt"]
    found = [
        (row["type"], row["mode"], row["count"] and (row["count"]["low"], row["count"]["high"]), row["chain"][1:])
        for row in tables["claims"]
        if row["document"] == arabic and row["places"] and row["reader"]["name"] == "ar.rules"
    ]
    assert sorted(found, key=str) == sorted(
        [
            ("killed", "asserted", (7, 7), []),  # the headline, in the publisher's voice
            ("killed", "asserted", (7, None), ["SOHR"]),
            ("killed", "asserted", (2, 2), ["SOHR"]),
            ("wounded", "asserted", (21, None), ["SOHR"]),
            ("killed", "denied", None, ["Syrian government"]),
        ],
        key=str,
    )
