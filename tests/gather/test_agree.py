"""Two ways of finding the report on a page, and pages that an archiving program wrote."""

from __future__ import annotations

from tests.gather.made import page

from tidings.gather import decoded_original, restore, take_in

LONG = (
    "The army left the airfield near the town on Wednesday, residents said, and they had seen the last of the trucks go over "
    "the bridge in the early hours of the morning, before the rebels came down from the hills and took the gate."
)
ARTICLE = "".join(
    f"<p>{LONG} It was the {number}th day of the fighting in that part of the county.</p>" for number in range(6)
)


def note(html: str, *, careful: bool = True) -> tuple[str, ...]:
    return take_in(
        f"<html lang='en'><head><title>Army leaves</title></head><body>{html}</body></html>".encode(),
        "a.html",
        careful=careful,
    ).notes


def test_where_both_agree_nothing_is_said() -> None:
    """An article in its element, and a page too short to judge, give no note."""
    assert note(f"<article><h1>Army leaves</h1>{ARTICLE}</article><footer>About us</footer>") == ()
    assert take_in(page("Bor"), "a.html").notes == ()


def test_where_the_second_finds_more_it_is_said() -> None:
    """A part of the article that the first way leaves out is named by its first words; fast mode does not ask."""
    html = f"<article><h1>Army leaves</h1>{ARTICLE}</article><aside><p>{LONG} Then it rained for a week.</p><p>{LONG} And so on to the end.</p><p>{LONG} They had not been seen since.</p></aside>"

    (told,) = note(html)

    assert told.startswith("Two ways of finding the report on the page disagree: the second takes ")
    assert "words more for it, from “The army left the airfield near the town …” on." in told
    assert note(html, careful=False) == ()


ROWS = "".join(
    f"<tr><td>{key}</td><td>{value}</td></tr>"
    for key, value in {
        "_processed_at": "2024-01-01 00:00:00+00:00",
        "url": "https://social.example/post/1",
        "title": "Post by a resident of Bor",
        "content": "The army left Bor this morning. Twelve people are dead, a doctor tells me.",
        "timestamp": "2014-03-06T10:00:00+00:00",
        "author": "A resident",
    }.items()
)
ARCHIVED = f"""<html lang="en"><head><title>https://social.example/post/1</title></head><body>
<h2>Archived media for <span>https://social.example/post/1</span> - <a href="#">open</a></h2>
<p><b>title:</b> '<span>Post by a resident of Bor</span>'</p><h2>content 1 item(s)</h2>
<table><tr><th>about</th><th>files and preview</th></tr><tr><td>key: a.png</td><td><img src="a.png"></td></tr></table>
<h2>metadata</h2><table><tr><th>key</th><th>value</th></tr>{ROWS}</table>
<p>Made with <a href="#">bellingcat/auto-archiver</a> v1.2.0</p></body></html>"""


def test_a_page_of_auto_archiver_gives_what_was_archived() -> None:
    """The words are those of the post and not of the page around it; address, day and author are in its table."""
    document = take_in(ARCHIVED.encode(), "a.html")

    assert document.text.split("\n\n")[:2] == [
        "Post by a resident of Bor",
        "The army left Bor this morning. Twelve people are dead, a doctor tells me.",
    ]
    assert (document.url, document.byline, document.publisher) == ("https://social.example/post/1", "A resident", "")
    assert (document.published.edtf(), document.published_basis) == ("2014-03-06", "archive's page")
    assert restore(document.text, document.removed) == decoded_original(ARCHIVED.encode(), "a.html")


def test_an_output_folder_of_auto_archiver(tmp_path) -> None:
    """The page is a report; lists of hashes, stamps and media beside it are passed over without a fault."""
    from tidings.gather import gather

    for name, data in {
        "p.html": ARCHIVED.encode(),
        "h.txt": b"SHA-256:" + b"0" * 64 + b"\n" + b"f" * 64,
        "t.tsr": b"x",
        "a.png": b"\x89PNG",
        "db.csv": b"status,metadata,media\nok,{},[]\n",
    }.items():
        (tmp_path / name).write_bytes(data)

    gathered = gather([tmp_path])

    assert [one.path for one in gathered.documents] == ["p.html"]
    assert gathered.refusals == ()
    assert [(row.path, row.reason) for row in gathered.skipped] == [
        ("a.png", "files ending in .png are not reports"),
        ("db.csv", "a table is not a report"),
        ("h.txt", "a list of hashes is not a report"),
        ("t.tsr", "files ending in .tsr are not reports"),
    ]
