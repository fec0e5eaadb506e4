"""Help: every command has it, and the page of commands is what --help says."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from typer.main import get_command

from tidings.cli.app import app
from tidings.cli.reference import page

ROOT = Path(__file__).parents[2]


def commands() -> list[tuple[str, object]]:
    held = []
    for name, command in get_command(app).commands.items():
        held.append((name, command))
        held += [(f"{name} {inner}", sub) for inner, sub in getattr(command, "commands", {}).items()]
    return held


@pytest.mark.parametrize(("name", "command"), commands())
def test_every_command_and_option_has_help(name: str, command):
    """Every command says what it does in its first sentence, and every option what it is."""
    assert command.help, name
    assert command.help.split("\n\n")[0].endswith("."), name
    for option in command.params:
        assert getattr(option, "help", ""), f"{name} {option.name}"


def test_the_page_of_commands_is_up_to_date():
    """docs/reference/commands.md is what --help says; `make docs` writes it."""
    assert (ROOT / "docs" / "reference" / "commands.md").read_text(encoding="utf-8") == page()


def test_help_loads_no_heavy_library():
    """Asking for help loads neither the language pipeline, nor the database library, nor the maps."""
    script = (
        "import sys\n"
        "sys.argv = ['tidings', '--help']\n"
        "from tidings.cli import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "print(sorted({'spacy', 'sqlalchemy', 'numpy', 'shapely'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert done.stdout.splitlines()[-1] == "[]"
