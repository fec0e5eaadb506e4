"""``python -m tidings`` is ``tidings``."""

from __future__ import annotations

from tidings.cli import main

if __name__ == "__main__":
    main()
