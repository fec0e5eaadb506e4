"""The command line: one face of record.py."""

from __future__ import annotations

__all__ = ["main"]


def main() -> None:
    """Run the command that the user typed, and leave with its exit code."""
    from tidings.cli.app import run

    run()
