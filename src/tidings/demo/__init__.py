"""An example that the wheel carries: eight short reports by invented outlets, and one known day.

The outlets do not exist. What they tell was public knowledge about the fighting for Goma and Bukavu in January to March
2025; the page ``docs/demo.md`` says what each report is there to show. Nothing here is evidence of anything.
"""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

__all__ = ["paths"]


def paths() -> tuple[list[Path], Path]:
    """Return the folder of the reports, as a list to build from, and the table of known days."""
    here = Path(str(files(__name__)))
    return [here / "reports"], here / "known.csv"
