"""The example that the wheel carries."""

from __future__ import annotations

from tidings.demo import paths
from tidings.gather import gather, known_documents


def test_the_demo_is_gathered_whole() -> None:
    """Eight short reports come in, none is refused, and each is as long as it says on the page."""
    reports, _ = paths()
    gathered = gather(reports)

    assert gathered.refusals == ()
    assert gathered.skipped == ()
    assert [(document.path, document.publisher, document.published.edtf()) for document in gathered.documents] == [
        ("basalt-goma.txt", "The Basalt Herald", ""),
        ("drum-toll.txt", "The Republic Drum", "2025-02-01"),
        ("kingfisher-01.txt", "KFA", "2025-01-28"),
        ("kingfisher-02.txt", "KFA", "2025-03-03"),
        ("lakeside-relay.txt", "The Lakeside Tribune", "2025-01-29"),
        ("lantern-bukavu.txt", "Ruzizi Lantern", ""),
        ("mirror-refugees.txt", "The Tanganyika Mirror", "2025-03-01"),
        ("newdawn-goma.txt", "New Dawn Kivu", "2025-01-30/2025-02-02"),
    ]
    assert all(90 <= len(document.text.split()) <= 220 for document in gathered.documents)


def test_the_known_day_of_the_demo_is_one_row() -> None:
    """One public fact is given with its day."""
    (document,) = known_documents(paths()[1])

    assert document.title == "Kavumu airport taken by the M23"
