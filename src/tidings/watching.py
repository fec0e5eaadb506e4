"""Watching feeds, from Python: what is published is fetched and kept, until it is built into a record.

::

    from tidings.watching import watch

    for done in watch("feeds.toml", once=True):
        print(len(done.kept), "pages kept")
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from tidings.errors import InputError
from tidings.gather.decode import Undecodable
from tidings.gather.stamp import check
from tidings.gather.watch import Settings, Watched, load, one_round, seconds_to_next

__all__ = ["Settings", "Watched", "check_stamp", "load", "watch"]


def watch(
    feeds: str | Path,
    *,
    once: bool = False,
    all_now: bool = False,
    clock: Callable[[], float] = time.time,
    sleep: Callable[[float], None] = time.sleep,
) -> Iterator[Watched]:
    """Yield what each round over the feeds did, round after round until stopped.

    Args:
        feeds: The TOML file of feeds.
        once: Go round once and stop.
        all_now: Ask feeds that are not due yet in the first round.
        clock: Gives the seconds since 1970.
        sleep: Waits so many seconds.

    Raises:
        UnreadableInput: The file of feeds, or what was seen before, cannot be read.
        UsageError: A value in the file of feeds does not fit.
        InputError: The folder of pages cannot be written to, or its disk is full.
    """
    from tidings import __version__

    settings = load(feeds)
    while True:
        try:
            done = one_round(settings, version=__version__, clock=clock, sleep=sleep, all_now=all_now)
        except OSError as error:
            raise InputError(
                f"{settings.folder} cannot be written to: {error.strerror or error}. What was kept stays; make room, or name "
                "another folder, and watch again."
            ) from error
        yield done
        if once:
            return
        all_now = False
        sleep(seconds_to_next(settings, clock()))


def check_stamp(file: str | Path, roots: str | Path) -> datetime:
    """Return when a kept file was there, by the time stamp beside it.

    Args:
        file: The file; its stamp has the same name with ``.tsr`` behind it.
        roots: Certificates trusted, in PEM.

    Raises:
        InputError: There is no stamp, or it does not hold.
    """
    file, roots = Path(file), Path(roots)
    try:
        return check(file.read_bytes(), file.with_name(file.name + ".tsr").read_bytes(), roots.read_bytes())
    except OSError as error:
        raise InputError(f"{file}: {error.filename} cannot be read. A stamp lies beside its file.") from error
    except Undecodable as error:
        raise InputError(f"{file}: {error.reason}. {error.advice}") from error
