"""``tidings export``: the list of exports, what was written and what was left out."""

from __future__ import annotations

from tidings.tell.formats import registry


def test_the_list_names_every_export_and_what_it_cannot_hold(tidings):
    """Without a record, the list says each export's name, what it is and what it cannot hold."""
    done = tidings("export", "--list")

    assert done.code == 0
    assert [line.split(" ")[0] for line in done.out.splitlines() if not line.startswith(" ")] == list(registry.names())
    assert "    cannot hold the wounded and the missing" in done.out.splitlines()


def test_an_export_says_what_it_wrote_and_left_out(tidings, war, tmp_path):
    """Rows are counted, and so is each reason for leaving something out."""
    done = tidings("export", war, "--to", "ics", tmp_path / "war.ics")
    told = " ".join(done.out.split())

    assert done.code == 0
    assert told.startswith("0 rows: ")
    assert "happenings without a first and a last day" in told
    assert (tmp_path / "war.ics").read_text().startswith("BEGIN:VCALENDAR")


def test_an_export_without_a_target_is_wrong_usage(tidings, war):
    """Without a record or a target the command says how it is called."""
    assert tidings("export", war).code == 2
    assert "tidings export FILE --to NAME TARGET" in tidings("export").err
