"""``--as-of``: asking a record what was known on an earlier day."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from tidings.record import Record

__all__ = ["AsOf", "opened"]

AsOf = Annotated[
    str,
    typer.Option(
        "--as-of",
        metavar="DAY",
        help="What was known on that day (2015-07-01): derived from the reports surely published by then.",
        show_default=False,
    ),
]


@contextmanager
def opened(file: str, as_of: str) -> Iterator[Record]:
    """Open a record, as of a day where one is asked for; how many reports that leaves is then said on stderr."""
    import tidings
    from tidings.cli.screen import errors, progress_bar

    with tidings.open(file) as record:
        if not as_of:
            yield record
            return
        with progress_bar() as progress:
            seen = record.as_of(as_of, progress=progress)
        with seen:
            told = seen.published
            errors().print(
                f"As of {told.day}: {len(told.surely):,} reports surely published by then; {len(told.possibly):,} possibly, "
                f"left out; {len(told.later):,} later.",
                soft_wrap=True,
            )
            yield seen
