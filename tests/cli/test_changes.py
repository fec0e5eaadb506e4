"""``tidings changes`` and ``refit``."""

from __future__ import annotations

import json


def test_what_moved_since_a_build_is_told_with_the_report(tidings, war, reports):
    """A third report makes one happening new, and the line says which report it was; a build that is not there is an error."""
    first = json.loads(tidings("show", war, "builds", "--json").out.splitlines()[0])["id"]
    assert tidings("changes", war, "--since", first).out.strip() == "No value moved."
    (reports / "c.txt").write_text("Shells fell on Talodi.", encoding="utf-8")
    tidings("build", reports, "-o", war)

    [told] = [json.loads(line) for line in tidings("changes", war, "--since", first, "--json").out.splitlines()]

    assert (told["table"], told["change"], told["because"]) == ("events", "new", "c.txt (came in)")
    assert tidings("changes", war, "--since", "B_none").code == 1


def test_a_refit_is_a_decision_with_before_and_after(tidings, war):
    """The prior is fixed by a decision that the log shows; without a reason it is wrong usage."""
    done = tidings("refit", war, "--reason", "the year is complete", "--bits", "-6.5", "--by", "Amal")
    [row] = [json.loads(line) for line in tidings("log", war, "--json").out.splitlines()]

    assert done.code == 0
    assert "→ -6.5 bits" in done.out
    assert (row["action"], row["subject"], json.loads(row["after"])) == ("refit", "prior", {"prior": -6.5})
    assert tidings("refit", war, "--bits", "-6.5").code == 2
    assert tidings("check", war).code == 0


def test_what_was_known_on_a_day_is_shown_written_and_compared(tidings, war, tmp_path):
    """As of a day before every report nothing is shown or written, the reports left out are counted, and all of it is gone since."""
    shown = tidings("show", war, "claims", "--as-of", "1990-01-01")
    written = tidings("export", war, tmp_path / "then", "--as-of", "1990-01-01")
    page = tidings("brief", war, "-o", tmp_path / "then.md", "--as-of", "1990-01-01")
    gone = tidings("changes", war, "--since", tidings_build(tidings, war), "--until", "as-of:1990-01-01", "--json")

    assert shown.out.strip() == "No row of claims fits."
    assert "As of 1990-01-01: 0 reports surely published by then; 2 possibly, left out; 0 later." in shown.err
    assert (tmp_path / "then" / "claims.jsonl").read_text() == ""
    assert (written.code, page.code, (tmp_path / "then.md").exists()) == (0, 0, True)
    assert {json.loads(line)["change"] for line in gone.out.splitlines()} == {"gone"}
    assert tidings("show", war, "claims", "--as-of", "soon").code == 2


def tidings_build(tidings, war) -> str:
    return str(json.loads(tidings("show", war, "builds", "--json").out.splitlines()[0])["id"])
