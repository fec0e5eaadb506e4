"""Tidings reads many reports of one armed conflict into a record that can be audited.

>>> import tidings
>>> with tidings.build(["reports/"], into="war.tidings") as record:  # doctest: +SKIP
...     record.claims(kind="casualties")
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tidings.record import Record, build, open  # noqa: A004

__all__ = ["Record", "__version__", "build", "open"]

__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    """Load the record only when it is asked for: the database library is slow to start."""
    if name in {"Record", "build", "open"}:
        from tidings import record

        return getattr(record, name)
    msg = f"module 'tidings' has no attribute {name!r}"
    raise AttributeError(msg)


def __dir__() -> list[str]:
    return sorted(__all__)
