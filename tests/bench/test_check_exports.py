"""The second program that proves exports, sharing no code with Tidings."""

from __future__ import annotations

import ast
import hashlib
import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

SCRIPT = Path(__file__).parents[2] / "bench" / "check_exports.py"
TEXT = "Goma shelled\n\nThe army shelled Goma on 5 March 2014, killing 12 people, residents said.\n"
ORIGINAL = TEXT + "Leave a comment\n"


def load() -> ModuleType:
    spec = importlib.util.spec_from_file_location("check_exports", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["check_exports"] = module
    spec.loader.exec_module(module)
    return module


checker = load()


def place(words: str) -> dict[str, Any]:
    start = TEXT.index(words)
    return {"document": "d_1", "start": start, "end": start + len(words)}


def tables() -> dict[str, list[dict[str, Any]]]:
    """Return the smallest whole record: one report, one casualty claim, its figure and its sentence."""
    digest = hashlib.sha256(ORIGINAL.encode()).hexdigest()
    claim = {
        "id": "c_1",
        **place("killing 12 people"),
        "quote": "killing 12 people",
        "kind": "casualties",
        "type": "killed",
        "count": {"low": 12, "high": 12, "text": "12", "unit": "people"},
        "places": ["Goma"],
        "places_ids": ["n_1"],
        "time": "2014-03-05",
        "attribution": "a_1",
        "event": "e_1",
        "trigger": {**place("killing"), "text": "killing"},
    }
    attribution = {
        "id": "a_1",
        **place("The army shelled Goma on 5 March 2014, killing 12 people"),
        "quote": "The army shelled Goma on 5 March 2014, killing 12 people",
        "source": "residents",
        "source_start": place("residents")["start"],
        "source_end": place("residents")["end"],
    }
    sentence = "On 5 March 2014, 12 people were killed in Goma, according to the Nile Courier (“killing 12 people”)."
    first = {
        "at": "2020-01-01T00:00:00Z",
        "by": "x",
        "action": "refuse",
        "subject": "p_1",
        "before": "null",
        "after": "null",
    }
    decision = {"id": "x_1", **first, "reason": "r", "previous_hash": ""}
    decision["hash"] = hashlib.sha256(json.dumps(decision, sort_keys=True).encode()).hexdigest()
    return {
        **{name: [] for name in checker.TABLES},
        "documents": [
            {
                "id": "d_1",
                "path": "a.txt",
                "sha256": digest,
                "publisher": "Nile Courier",
                "title": "Goma shelled",
                "text": TEXT,
                "removed": [{"start": len(TEXT), "end": len(ORIGINAL), "words": "Leave a comment\n"}],
                "known": False,
            }
        ],
        "attributions": [attribution],
        "claims": [claim],
        "mentions": [{"id": "m_1", **place("Goma on"), "text": "Goma on", "entity": "n_1"}],
        "entities": [{"id": "n_1", "name": "Goma", "aliases": ["Goma"]}],
        "events": [
            {"id": "e_1", "claims": ["c_1"], "documents": ["d_1"], "origins_claims": [{"name": "r", "claims": ["c_1"]}]}
        ],
        "figures": [{"id": "f_1", "low": 12, "best": 12, "high": 12, "claims": ["c_1"], "time_earliest": "2014-03-05"}],
        "framings": [{"id": "g_1", "n": 1, "mentions": ["m_1"], "entity_ids": ["n_1"]}],
        "brief": [
            {
                "id": "b_1",
                "sentence": sentence,
                "values": ["12", "Goma", "Nile Courier", "2014-03-05"],
                "claims": ["c_1"],
                "documents": [],
            }
        ],
        "decisions": [decision],
    }


def write(folder: Path, rows: dict[str, list[dict[str, Any]]]) -> Path:
    digest = hashlib.sha256()
    for table in checker.TABLES:
        if table == "builds":
            continue
        body = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows[table])
        (folder / f"{table}.jsonl").write_text(body, "utf-8")
        if table != "decisions":
            digest.update(f"{table}\n{body}".encode())
    (folder / "builds.jsonl").write_text(json.dumps({"id": "B_1", "hash": digest.hexdigest()}) + "\n", "utf-8")
    return folder


def test_a_whole_record_holds(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Exports in which everything stands on words give exit code 0."""
    originals = tmp_path / "reports"
    originals.mkdir()
    (originals / "a.txt").write_text(ORIGINAL, "utf-8")

    code = checker.main([str(write(tmp_path, tables())), "--originals", str(originals)])

    assert (code, capsys.readouterr().out.splitlines()[-1]) == (0, "All of it holds.")


BROKEN: list[tuple[str, str, dict[str, Any], str]] = [
    ("claims", "quote", {"quote": "killing 13 people"}, "claims c_1: at 53..70 stands 'killing 12 people', not 'killing 13 people'"),
    ("claims", "end", {"end": 999}, "claims c_1: its place 53..999 lies outside the report"),
    ("claims", "document", {"document": "d_2"}, "claims c_1: document names 'd_2', which is not in documents"),
    ("claims", "trigger", {"trigger": {"start": 0, "end": 7, "text": "killing"}}, "claims c_1: at 0..7 stands 'Goma sh', not 'killing'"),
    ("attributions", "source", {"source": "soldiers"}, "attributions a_1: at 72..81 stands 'residents', not 'soldiers'"),
    ("mentions", "text", {"text": "Bukavu"}, "mentions m_1: at 31..38 stands 'Goma on', not 'Bukavu'"),
    ("events", "claims", {"claims": []}, "events e_1: it stands on no claim"),
    ("events", "documents", {"documents": []}, "events e_1: its reports are not those of its claims"),
    ("figures", "claims", {"claims": ["c_9"]}, "figures f_1: claims names 'c_9', which is not in claims"),
    ("figures", "best", {"best": 11}, "figures f_1: best is 11, which none of its claims gives"),
    ("framings", "n", {"n": 2}, "framings g_1: it counts 2 and names 1 mentions"),
    ("brief", "claims", {"claims": []}, "brief b_1: it cites nothing"),
    ("brief", "values", {"values": ["Bukavu"]}, "brief b_1: nothing cited holds 'Bukavu'"),
    ("brief", "sentence", {"sentence": "On 5 March 2014, 14 people were killed."}, "brief b_1: nothing cited holds the number 14"),
    ("brief", "sentence", {"sentence": "On 6 March 2014 it was so."}, "brief b_1: nothing cited holds the day 2014-03-06"),
    ("brief", "sentence", {"sentence": "They say “none died”."}, "brief b_1: nothing cited holds the quotation 'none died'"),
    ("documents", "removed", {"removed": [{"start": 3, "end": 5, "words": "x"}]}, "documents d_1: the furniture at 3..5 does not fit between the words of the report"),
    ("decisions", "reason", {"reason": "another"}, "decisions x_1: its hash is not that of its words"),
    ("decisions", "previous_hash", {"previous_hash": "0"}, "decisions x_1: it does not follow the decision before it"),
]  # fmt: skip


@pytest.mark.parametrize(("table", "what", "change", "fault"), BROKEN)
def test_whatever_does_not_hold_is_found(
    tmp_path: Path, table: str, what: str, change: dict[str, Any], fault: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A quote, an id, a number, a citation or a hash that does not fit gives exit code 1 and is listed."""
    rows = tables()
    rows[table][0] |= change

    assert checker.main([str(write(tmp_path, rows))]) == 1
    assert f"FAULT     {fault}" in capsys.readouterr().out.splitlines(), what


def test_a_byte_changed_after_the_build_is_found(tmp_path: Path) -> None:
    """The last build's hash is that of the tables as they were written."""
    write(tmp_path, tables())
    path = tmp_path / "entities.jsonl"
    path.write_text(path.read_text("utf-8").replace("Goma", "Gomo"), "utf-8")

    assert "builds B_1: its hash is not that of the tables" in checker.check(tmp_path)


def test_an_original_that_was_changed_is_found(tmp_path: Path) -> None:
    """With the originals at hand, their bytes and words are held against the tables."""
    originals = tmp_path / "reports"
    originals.mkdir()
    write(tmp_path, tables())
    missing = checker.check(tmp_path, originals)
    (originals / "a.txt").write_text(ORIGINAL + "!", "utf-8")

    assert missing == ["documents d_1: there is no original a.txt"]
    assert checker.check(tmp_path, originals) == ["documents d_1: its original has another SHA-256"]


def test_missing_and_broken_files_are_faults(tmp_path: Path) -> None:
    """A table that is not there and a line that is no row are told, and the rest is still looked at."""
    write(tmp_path, tables())
    (tmp_path / "figures.jsonl").unlink()
    (tmp_path / "echoes.jsonl").write_text("{\n[]\n", "utf-8")

    faults = checker.check(tmp_path)

    assert faults[:3] == [
        "figures: the file figures.jsonl is missing",
        "echoes: line 1 is no JSON (Expecting property name enclosed in double quotes: line 1 column 2 (char 1))",
        "echoes: line 2 is no row",
    ]


def test_it_shares_no_code_with_tidings() -> None:
    """The program imports the standard library alone."""
    imported = {
        (node.module or "") if isinstance(node, ast.ImportFrom) else name.name
        for node in ast.walk(ast.parse(SCRIPT.read_text("utf-8")))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in node.names
    }

    assert {name.split(".")[0] for name in imported} <= set(sys.stdlib_module_names)
