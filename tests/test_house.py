"""The rules of the house that no linter holds."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SOURCES = sorted((ROOT / "src" / "tidings").rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("test_*.py"))


def test_files_stay_small() -> None:
    """No module is longer than 400 lines; the line of stages is no longer than 120."""
    long = {path.relative_to(ROOT).as_posix(): n for path in SOURCES if (n := len(path.read_text().splitlines())) > 400}
    assert long == {}
    assert len((ROOT / "src/tidings/pipeline.py").read_text().splitlines()) <= 120


@pytest.mark.parametrize("path", TESTS, ids=lambda path: path.relative_to(ROOT / "tests").as_posix())
def test_every_test_says_its_behaviour(path: Path) -> None:
    """Each test function opens with a sentence that says what holds."""
    functions = [
        node
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    ]
    assert [node.name for node in functions if not (ast.get_docstring(node) or "").rstrip().endswith(".")] == []


def test_the_product_never_needs_what_lies_beside_it() -> None:
    """No module of the product names the folder of outside data, a machine's path or a registry's host."""
    banned = re.compile(r"\.\./shared|[\"'](?:/[a-z]+){2,}/main\b|/(?:home|Users)/\w|pypi\.org|registry\.npmjs")
    assert [path.name for path in SOURCES if banned.search(path.read_text())] == []
    assert not (ROOT / "uv.lock").exists()


def test_the_library_prints_nothing() -> None:
    """Only the command line writes to the terminal."""
    printing = [
        path.relative_to(ROOT).as_posix()
        for path in SOURCES
        if "cli" not in path.parts
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    ]
    assert printing == []


def test_links_in_the_docs_lead_somewhere() -> None:
    """Every relative link in the README and the docs names a file that exists."""
    pages = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
    broken = [
        f"{page.relative_to(ROOT)}: {link}"
        for page in pages
        for link in re.findall(r"\]\((?!https?://|#)([^)#]+)", page.read_text())
        if not (page.parent / link).exists()
    ]
    assert broken == []
