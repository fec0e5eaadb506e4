"""Building, adding, replacing and removing, with stages that cost nothing."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

import pretend
import tidings
from tidings.errors import UnknownId, UsageError
from tidings.record import NothingBuilt

WORDS = {
    "a.txt": "The army shelled Kadugli on Sunday. Rebels said that twelve people were killed there.",
    "b.txt": "Fighters took the town of Dilling after heavy fighting. Thousands of residents fled to the hills.",
    "c.txt": "A convoy reached the besieged city of Babanusa. Doctors there spoke of forty wounded people.",
}


@pytest.fixture(autouse=True)
def stages(monkeypatch: pytest.MonkeyPatch):
    pretend.install(monkeypatch.setattr)


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    for name, words in WORDS.items():
        (folder / name).write_text(words, encoding="utf-8")
    return folder


def exported(record: tidings.Record, folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in record.export("jsonl", folder)}


def without_builds(files: dict[str, bytes]) -> dict[str, bytes]:
    return {name: data for name, data in files.items() if name != "builds.jsonl"}


def test_a_record_holds_what_its_reports_say(tmp_path: Path, reports: Path):
    """A build returns the record open, with every report and claim, and proves itself."""
    with tidings.build([reports], tmp_path / "war.tidings") as record:
        assert [row["path"] for row in sorted(record.documents(), key=lambda row: row["path"])] == list(WORDS)
        assert record.count("claims") == 6
        assert record.check() == []
        assert record.last_build is not None
        assert record.last_build.complete


def test_a_report_added_later_gives_the_record_of_all_at_once(tmp_path: Path, reports: Path):
    """Adding reports one by one, in any order, reads each once and gives the same bytes as all at once."""
    whole = exported(tidings.build([reports], tmp_path / "whole.tidings"), tmp_path / "whole")
    pretend.READ.clear()
    for name in ("c.txt", "a.txt", "b.txt"):
        grown = tidings.build([reports / name], tmp_path / "grown.tidings")

    assert sorted(pretend.READ) == ["a.txt", "b.txt", "c.txt"]
    assert without_builds(exported(grown, tmp_path / "grown")) == without_builds(whole)


def test_the_same_reports_give_the_same_bytes(tmp_path: Path, reports: Path):
    """Two builds of the same reports in another order export the same bytes, builds included."""
    one = tidings.build([reports], tmp_path / "one.tidings")
    files = [reports / name for name in reversed(WORDS)]
    two = tidings.build(files, tmp_path / "two.tidings")

    assert exported(one, tmp_path / "x") == exported(two, tmp_path / "y")


def test_building_again_changes_nothing(tmp_path: Path, reports: Path):
    """Building the same reports again reads nothing and leaves every table as it was."""
    before = exported(tidings.build([reports], tmp_path / "war.tidings"), tmp_path / "x")
    pretend.READ.clear()
    again = tidings.build([reports], tmp_path / "war.tidings")

    assert pretend.READ == []
    assert exported(again, tmp_path / "y") == before


def test_a_changed_report_replaces_the_old_one(tmp_path: Path, reports: Path):
    """A report whose bytes changed takes the place of the old one, which keeps a way down to what became of it."""
    record = tidings.build([reports], tmp_path / "war.tidings")
    old = record.documents(document="a.txt")[0]["id"]
    (reports / "a.txt").write_text("The army shelled Kadugli on Sunday. Nobody was hurt.", encoding="utf-8")
    record = tidings.build([reports], tmp_path / "war.tidings")
    new = record.documents(document="a.txt")[0]["id"]

    assert record.last_build is not None
    assert (record.last_build.added, record.last_build.replaced) == ((new,), (old,))
    assert [row["quote"].strip() for row in record.claims(document="a.txt")] == [
        "The army shelled Kadugli on Sunday.",
        "Nobody was hurt.",
    ]
    step = record.why(old)
    assert (step.says, dict(step.facts)["replaced by"]) == ("a.txt was replaced", new)
    assert record.check() == []


def test_a_report_of_the_same_name_in_another_folder_is_another_report(tmp_path: Path, reports: Path):
    """Two folders may hold different reports of one name: both stand, and the build says so."""
    tidings.build([reports], tmp_path / "war.tidings")
    other = tmp_path / "other"
    other.mkdir()
    (other / "a.txt").write_text("Another outlet says that Kadugli was quiet on Sunday.", encoding="utf-8")
    record = tidings.build([other], tmp_path / "war.tidings")

    assert record.count("documents") == 4
    assert record.last_build is not None
    assert "stand under the name a.txt" in record.last_build.notes[0]


def test_a_report_taken_back_leaves_with_all_that_stood_on_it(tmp_path: Path, reports: Path):
    """A removal is a decision: the rest is as if the report had never come, and the decision is shown."""
    record = tidings.build([reports], tmp_path / "war.tidings")
    gone = record.documents(document="b.txt")[0]["id"]
    decision = record.remove("b.txt", reason="published in error")
    (reports / "b.txt").unlink()
    rest = tidings.build([reports], tmp_path / "rest.tidings")

    logs = {"builds.jsonl", "decisions.jsonl"}
    left = {name: data for name, data in exported(record, tmp_path / "x").items() if name not in logs}
    assert left == {name: data for name, data in exported(rest, tmp_path / "y").items() if name not in logs}
    assert record.why(gone).under[0].id == decision.id
    assert (decision.action, decision.subject, decision.reason) == ("remove", gone, "published in error")
    assert record.check() == []


def test_a_removed_report_stays_out_until_it_is_accepted(tmp_path: Path, reports: Path):
    """A report taken back stays out of later builds, which say so, until it is accepted again."""
    record = tidings.build([reports], tmp_path / "war.tidings")
    before = exported(record, tmp_path / "x")
    gone = record.documents(document="b.txt")[0]["id"]
    record.remove("b.txt", reason="published in error")
    record = tidings.build([reports], tmp_path / "war.tidings")
    assert record.count("documents") == 2
    assert record.last_build is not None
    assert "taken back" in record.last_build.refusals[0].reason
    record.decide("accept", gone, reason="it was right after all")

    assert exported(record, tmp_path / "y")["claims.jsonl"] == before["claims.jsonl"]
    assert record.check() == []


def test_a_changed_row_of_known_days_replaces_the_old_one(tmp_path: Path, reports: Path):
    """Known days stay in a record; where their table changed, the rows that are gone from it leave."""
    known = tmp_path / "known.csv"
    head = "name,kind,type,agents,targets,places,earliest,latest,source\n"
    row = "Dilling taken,control,gained,SPLM-N,army,Dilling,2024-01-0{day},2024-01-08,chronology\n"
    known.write_text(head + row.format(day=7) + row.format(day=6), encoding="utf-8")
    tidings.build([reports], tmp_path / "war.tidings", known=known).close()
    with tidings.build([reports], tmp_path / "war.tidings") as record:
        assert record.count("documents", where={"known": "yes"}) == 2
    known.write_text(head + row.format(day=7) + row.format(day=5), encoding="utf-8")
    with tidings.build([reports / "a.txt"], tmp_path / "war.tidings", known=known) as record:
        texts = [held["text"] for held in record.documents(where={"known": "yes"})]
        assert sorted(text.split("earliest: ")[1][:10] for text in texts) == ["2024-01-05", "2024-01-07"]
        assert record.check() == []


def test_the_same_report_under_two_names_stands_once(tmp_path: Path, reports: Path):
    """One report under two names stands once, under the first of them, in whatever order they come."""
    copy = tmp_path / "0.txt"
    copy.write_text(WORDS["b.txt"], encoding="utf-8")
    tidings.build([reports], tmp_path / "one.tidings").close()
    with (
        tidings.build([copy], tmp_path / "one.tidings") as one,
        tidings.build([copy, reports], tmp_path / "two.tidings") as two,
    ):
        assert without_builds(exported(one, tmp_path / "x")) == without_builds(exported(two, tmp_path / "y"))
        assert sorted(row["path"] for row in one.documents()) == ["0.txt", "a.txt", "c.txt"]


def test_nothing_built_leaves_no_file(tmp_path: Path):
    """Where nothing can be built no record is made, and each input is named with its reason."""
    empty = tmp_path / "empty.txt"
    empty.touch()
    with pytest.raises(NothingBuilt) as caught:
        tidings.build([empty, tmp_path / "missing"], tmp_path / "war.tidings")

    assert len(caught.value.refusals) == 2
    assert not (tmp_path / "war.tidings").exists()


def test_one_bad_report_does_not_keep_the_others_out(tmp_path: Path, reports: Path):
    """A report that cannot be read is named; the others are built."""
    (reports / "broken.txt").write_bytes(b"\x00\x01\x02\xff" * 100)
    record = tidings.build([reports], tmp_path / "war.tidings")

    assert record.count("documents") == 3
    assert record.last_build is not None
    assert [row.path for row in record.last_build.refusals] == ["broken.txt"]
    assert not record.last_build.complete


@pytest.mark.parametrize(
    ("action", "subject", "new", "words"),
    [
        ("burn", "a.txt", {}, "there is no decision 'burn'"),
        ("remove", "z.txt", {}, "holds no report 'z.txt'"),
        ("remove", "a.txt", {"with": "n_1"}, "takes no 'with'"),
        ("accept", "q_nothing", {}, "is about a proposal"),
        ("refuse", "a.txt", {}, "is about a proposal"),
        ("merge", "n_1", {}, "needs one of: with"),
        ("merge", "n_1", {"with": "n_2"}, "is about an entity"),
        ("split", "n_1", {}, "needs one of: with, forms"),
        ("correct", "n_1", {"colour": "red"}, "takes no 'colour'"),
        ("correct", "n_1", {"lat": "north"}, "lat is a number"),
    ],
)
def test_a_decision_that_cannot_be_taken_says_why(
    tmp_path: Path, reports: Path, action: str, subject: str, new: dict[str, str], words: str
):
    """A decision that does not go with its subject or values is refused, and the log stays empty."""
    record = tidings.build([reports], tmp_path / "war.tidings")
    with pytest.raises((UsageError, UnknownId), match=words):
        record.decide(action, subject, reason="x", new=new)
    with pytest.raises(UsageError, match="needs a reason"):
        record.remove("a.txt", reason=" ")

    assert record.log() == ()


def test_csv_flattens_objects_and_joins_lists(tmp_path: Path, reports: Path):
    """In CSV lists are joined by bars, objects have a column for each part, and null is empty."""
    import csv

    record = tidings.build([reports], tmp_path / "war.tidings")
    record.export("csv", tmp_path / "csv")
    with (tmp_path / "csv" / "claims.csv").open(encoding="utf-8", newline="") as file:
        row = next(iter(csv.DictReader(file)))

    assert (row["chain"], row["reader_name"], row["count_low"], row["whole"]) == (
        "unknown publisher",
        "pretend",
        "",
        "false",
    )
    assert len(list((tmp_path / "csv").iterdir())) == 23


def test_an_unknown_export_names_those_there_are(tmp_path: Path, reports: Path):
    """An export that is not there is refused with those that are."""
    record = tidings.build([reports], tmp_path / "war.tidings")
    with pytest.raises(UsageError, match="jsonl, csv"):
        record.export("xml", tmp_path / "xml")


def test_clocks_stay_out_of_exports_unless_asked_for(tmp_path: Path, reports: Path):
    """When a build was made is told only when it is asked for; the record itself knows."""
    record = tidings.build([reports], tmp_path / "war.tidings")

    assert record.tables()["builds"][0]["at"] is None
    assert record.tables(clock=True)["builds"][0]["at"].endswith("Z")
    assert record.builds()[0]["at"].endswith("Z")


def test_two_writers_do_not_overwrite_each_other(tmp_path: Path, reports: Path, monkeypatch: pytest.MonkeyPatch):
    """Where a system knows no lock, a build that was overtaken by another writes nothing and says so."""
    from contextlib import nullcontext

    from tidings import pipeline
    from tidings.errors import RecordError
    from tidings.store import turn

    monkeypatch.setattr(turn, "taken", lambda *_, **__: nullcontext())

    tidings.build([reports / "a.txt"], tmp_path / "war.tidings").close()
    slow = pipeline.contents

    def overtaken(*args: object, **more: object):
        monkeypatch.setattr(pipeline, "contents", slow)
        tidings.build([reports / "b.txt"], tmp_path / "war.tidings").close()
        return slow(*args, **more)

    monkeypatch.setattr(pipeline, "contents", overtaken)
    with pytest.raises(RecordError, match="another process"):
        tidings.build([reports / "c.txt"], tmp_path / "war.tidings")
    with tidings.open(tmp_path / "war.tidings") as record:
        assert sorted(row["path"] for row in record.documents()) == ["a.txt", "b.txt"]
        assert record.check() == []


def test_the_record_names_no_folder_of_its_maker(tmp_path: Path, reports: Path):
    """Nothing in the file tells where on the machine the reports lay."""
    tidings.build([reports], tmp_path / "war.tidings").close()

    assert str(tmp_path).encode() not in (tmp_path / "war.tidings").read_bytes()


def test_a_report_on_which_the_reader_breaks_does_not_stop_the_others(
    tmp_path: Path, reports: Path, monkeypatch: pytest.MonkeyPatch
):
    """A report on which its reader breaks is kept unread and named; the others are read, and it is tried again later."""
    from tidings import _spreading, pipeline, read
    from tidings.model import Reading

    class Fragile:
        stamp = pretend.STAMP
        languages = frozenset({"en"})

        def read(self, documents):
            for document in documents:
                if "Dilling" in document.text:
                    raise KeyError("hills")
                yield Reading(document=document.id, reader=self.stamp)

    monkeypatch.setattr(pipeline, "read_many", _spreading.read_many)
    monkeypatch.setattr(read, "readers", lambda **_: (Fragile(),))
    record = tidings.build([reports], tmp_path / "war.tidings")
    done = record.last_build

    assert done is not None
    assert [(row.path, row.reason) for row in done.unread] == [("b.txt", "its reader broke on it (KeyError: 'hills')")]
    assert (done.read, done.complete) == (2, False)
    assert record.documents(document="b.txt")[0]["unread"].startswith("its reader broke")
    assert record.check() == []
    pretend.install(monkeypatch.setattr)
    record = tidings.build([reports], tmp_path / "war.tidings")
    assert pretend.READ == ["b.txt"]
    assert record.count("claims", document="b.txt") == 2
