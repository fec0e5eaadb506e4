"""A report is shown with what was found in it, in words that need no colours and no manual."""

from typing import Any

import pytest

from tidings.cli.marked import print_report


@pytest.fixture(autouse=True)
def _wide(monkeypatch: pytest.MonkeyPatch) -> None:
    """Print as wide as where no terminal says how wide it is."""
    monkeypatch.delenv("COLUMNS", raising=False)


_TEXT = "\n\nMarsh post\n\nRebels seized Ford Inn on Friday, killing two guards, a medic said.\n"


def _row(words: str, **more: Any) -> dict[str, Any]:
    start = _TEXT.index(words)
    return {"start": start, "end": start + len(words), "text": words, "quote": words, "how": "name", **more}


def _claim(words: str, **more: Any) -> dict[str, Any]:
    empty = dict.fromkeys(("time", "count", "share", "measure", "means"))
    lists: dict[str, Any] = {
        slot: [] for slot in ("agents", "targets", "places", "origin", "destination", "time_words")
    }
    fixed = {"kind": "event", "type": "other", "rule": "event.seize.verb", "confidence": 0.5, "mode": "asserted"}
    return _row(words, **empty, **lists, **fixed, chain=["Marsh Post", "medic"], unfilled=[]) | more


def _tables(*claims: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    medic = _row("a medic")
    return {
        "documents": [
            {
                "path": "a.txt",
                "publisher": "Marsh Post",
                "published": None,
                "unread": "",
                "text": _TEXT,
                "given_up": ["sentence at 900: 700 words, not read for claims"],
            }
        ],
        "claims": list(claims),
        "mentions": [_row("Rebels", kind="actor"), _row("Ford Inn", kind="place")],
        "attributions": [{"source": "a medic", "source_start": medic["start"], "source_end": medic["end"]}],
    }


def test_claims_stand_in_brackets_one_inside_the_other(capsys: pytest.CaptureFixture[str]) -> None:
    """Without colours each claim stands in brackets of its own, and what colours would mark is listed by name."""
    whole = _claim("Rebels seized Ford Inn on Friday, killing two guards", agents=["rebels"])
    inner = _claim(
        "killing two guards", unfilled=["places.near", "places.sentence", "targets", "restated", "agents.other"]
    )
    print_report(_tables(whole, inner))
    lines = [line.rstrip() for line in capsys.readouterr().out.splitlines()]

    assert lines == [
        "a.txt  Marsh Post  no day",
        "",
        "Marsh post",
        "",
        "[1 Rebels seized Ford Inn on Friday, [2 killing two guards]], a medic said.",
        "",
        "Each claim stands in brackets after its number.",
        "speakers: a medic",
        "places: Ford Inn",
        "parties: Rebels",
        "",
        "[1] event/other  event.seize.verb  0.50",
        "    “Rebels seized Ford Inn on Friday, killing two guards”",
        "    said by Marsh Post → medic",
        "    agents rebels",
        "",
        "[2] event/other  event.seize.verb  0.50",
        "    “killing two guards”",
        "    said by Marsh Post → medic",
        "    inferred: places (the nearest one named; taken from elsewhere in the sentence), what is answered (an earlier claim)",
        "    not found: targets, other agents",
        "",
        "left unread: sentence at 900: 700 words, not read for claims",
    ]


def test_a_report_without_claims_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    """A report in which nothing is claimed is printed with that sentence, and no legend for marks that are not there."""
    print_report(_tables())

    assert "no claim was found" in capsys.readouterr().out


def test_codes_that_steer_a_screen_are_shown_as_dots(capsys: pytest.CaptureFixture[str]) -> None:
    """An escape code or an unclosed turn of direction in a report does nothing to the screen it is read on."""
    tables = _tables(_claim("killing two guards"))
    tables["documents"][0]["text"] = _TEXT.replace("Marsh post", "M\x1b[2J\u202epost")
    print_report(tables)
    shown = capsys.readouterr().out

    assert "M·[2J·" in shown
    assert "\x1b[2J" not in shown
