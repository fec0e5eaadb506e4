"""``tidings publish``, ``check`` of a copy, and ``import``, as a user types them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tidings import _publishing
from tidings._publishing import Leak, publish_record
from tidings.publish import Survivor

Run = Callable[..., object]


@pytest.fixture
def copy(tmp_path: Path, war: Path, tidings: Run) -> Path:
    """A public copy of the record."""
    done = tidings("publish", war, "-o", tmp_path / "out", "--to", "csv")
    assert done.code == 0, done.err
    return tmp_path / "out"


def test_a_copy_is_a_folder_with_everything_in_it(copy: Path, war: Path):
    """Tables, brief, changes, profile, proof and what was asked for beside them; the key lies beside the record."""
    assert sorted(path.name for path in copy.iterdir()) == [
        "README.md", "brief.html", "changes.csv", "changes.jsonl", "exports", "profile.json", "proof.json", "tables",
    ]  # fmt: skip
    assert (copy / "exports" / "csv" / "claims.csv").is_file()
    key = Path(f"{war}.key")
    assert key.stat().st_mode & 0o777 == 0o600
    assert not any(key.read_text().strip() in path.read_text() for path in copy.rglob("*") if path.is_file())


def test_the_profile_is_named_in_builds(copy: Path):
    """A copy says by which profile it was made, and nothing of when."""
    (build,) = [json.loads(line) for line in (copy / "tables" / "builds.jsonl").read_text().splitlines()]

    assert build["settings"]["profile"] == "public"
    assert build["at"] is None
    assert build["added"] == []


def test_a_copy_can_be_checked_without_the_key(copy: Path, tidings: Run):
    """Whoever received it sees that it is whole."""
    done = tidings("check", copy)

    assert done.code == 0
    assert "All of it holds." in done.out


def test_a_copy_can_be_checked_against_the_record(copy: Path, war: Path, tidings: Run):
    """With record and key, quotations are held to the words, and the copy is searched again."""
    done = tidings("check", copy, "--against", war)

    assert done.code == 0
    assert "quotations against the words in the record" in done.out
    assert "texts searched for what was taken out" in done.out


@pytest.mark.parametrize(
    ("file", "change", "what"),
    [
        ("tables/claims.jsonl", lambda text: text.replace('"asserted"', '"denied"', 1), "a row was changed"),
        ("brief.html", lambda text: text + " ", "it was changed"),
        ("tables/documents.jsonl", lambda text: text.replace("shelled", "bombed"), "at its place stands"),
        ("notes.txt", lambda _: "more", "does not belong"),
    ],
)
def test_a_changed_copy_is_found_out(copy: Path, tidings: Run, file: str, change: Callable[[str], str], what: str):
    """A changed row, page or word, and a file put in, are faults."""
    path = copy / file
    path.write_text(change(path.read_text() if path.exists() else ""), encoding="utf-8")
    done = tidings("check", copy, "--json")

    assert done.code == 1
    assert what in done.out


def test_a_missing_file_is_found_out(copy: Path, tidings: Run):
    """A copy with a file taken out is not whole."""
    (copy / "changes.csv").unlink()

    assert tidings("check", copy, "--json").code == 1


def test_another_key_does_not_fit(copy: Path, war: Path, tmp_path: Path, tidings: Run):
    """The words of the record are not shown to belong to the copy by another key."""
    other = tmp_path / "other.key"
    other.write_text("f" * 64, encoding="utf-8")
    done = tidings("check", copy, "--against", war, "--key", other, "--json")

    assert done.code == 1
    assert "with this key" in done.out


def test_the_same_key_gives_the_same_copy(copy: Path, war: Path, tmp_path: Path, tidings: Run):
    """Two copies of one record by one key are the same bytes."""
    assert tidings("publish", war, "-o", tmp_path / "again", "--to", "csv").code == 0
    names = sorted(path.relative_to(copy) for path in copy.rglob("*") if path.is_file())

    assert all((copy / name).read_bytes() == (tmp_path / "again" / name).read_bytes() for name in names)


def test_links_are_written_for_those_who_publish(war: Path, tmp_path: Path, tidings: Run):
    """Who is who goes into a file that only its owner reads, and never into the copy."""
    done = tidings("publish", war, "-o", tmp_path / "out", "--links", tmp_path / "who.jsonl")

    assert done.code == 0
    assert (tmp_path / "who.jsonl").stat().st_mode & 0o777 == 0o600
    assert tidings("publish", war, "-o", tmp_path / "more", "--links", tmp_path / "more" / "who.jsonl").code == 2


def test_what_is_not_safe_is_not_kept(war: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Where something survived no folder is left behind, and the message says where it stood."""
    found = [Survivor("brief.html", "", "name", "Omar Haddad")]
    monkeypatch.setattr(_publishing, "survivors", lambda *_: (found, 1))

    with pytest.raises(Leak, match=r"brief.html \(its text\): name 'Omar Haddad'"):
        publish_record(str(war), tmp_path / "out", profile="public")

    assert not (tmp_path / "out").exists()
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".tidings-")] == []


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--profile", "press"), "there is no profile press"),
        (("--to", "atlas"), "there is no export"),
        (("--key", "short.key"), "is no key"),
        (("--hide", "missing.txt"), "cannot be read"),
    ],
)
def test_wrong_usage_is_said(
    war: Path, tmp_path: Path, tidings: Run, monkeypatch: pytest.MonkeyPatch, words: tuple[str, str], says: str
):
    """What does not fit is named, and nothing is written."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "short.key").write_text("secret", encoding="utf-8")
    done = tidings("publish", war, "-o", tmp_path / "out", *words)

    assert done.code == 2
    assert says in " ".join(done.err.split())
    assert not (tmp_path / "out").exists()


def test_a_folder_that_holds_something_is_left_alone(war: Path, tmp_path: Path, tidings: Run):
    """A copy never mixes with what is there already."""
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "a.txt").write_text("mine", encoding="utf-8")

    assert tidings("publish", war, "-o", tmp_path / "out").code == 2
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["a.txt"]


def test_any_other_folder_is_no_copy(tmp_path: Path, tidings: Run):
    """Checking a folder that is no copy says so."""
    done = tidings("check", tmp_path)

    assert done.code == 1
    assert "is no copy of a record" in " ".join(done.err.split())


def test_help_names_the_profiles():
    """The help says which profiles there are."""
    from tidings.cli.app import app

    assert "partner" in CliRunner().invoke(app, ["publish", "--help"], env={"COLUMNS": "140"}).output
