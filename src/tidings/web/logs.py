"""Logs as JSON lines in which no word of a report, no name and no question can stand.

Only what the room itself says in fixed words is written as it is. What comes from elsewhere (a library's warning, an error's
message) may hold anything that a report or a form held: of it only the logger, the kind of error and the lines of code are told.
"""

from __future__ import annotations

import json
import logging
import logging.handlers
import os
import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO

from tidings.errors import UsageError

__all__ = ["LEVELS", "Lines", "to_file", "to_stream"]

LEVELS = ("debug", "info", "warning", "error")
_OURS = "tidings.web"
_FIELDS = ("address", "method", "route", "status", "ms", "role", "bytes")
"""What a line of ours may hold beside its words."""


class Lines(logging.Formatter):
    """Writes a record of the log as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        ours = record.name == _OURS or record.name.startswith(_OURS + ".")
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "level": record.levelname.lower(),
            # The words as they stand in the code, never with what is put into them.
            "what": str(record.msg) if ours else "a library says something",
            "from": record.name,
        }
        if ours:
            line.update({name: getattr(record, name) for name in _FIELDS if hasattr(record, name)})
        if record.exc_info and record.exc_info[1] is not None:
            line["error"] = _chain(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False)


def _chain(error: BaseException) -> list[dict[str, object]]:
    """Return an error and what it came from: kinds and places in the code, without their words."""
    out: list[dict[str, object]] = []
    now: BaseException | None = error
    while now is not None and len(out) < 5:
        frames = traceback.extract_tb(now.__traceback__)[-12:]
        places = [f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames]
        out.append({"kind": type(now).__name__, "at": places})
        now = now.__cause__ or now.__context__
    return out


class _Owned(logging.handlers.WatchedFileHandler):
    """A file that its owner alone can read, opened anew when another program has moved it away."""

    def _open(self) -> TextIO:  # type: ignore[override]
        handle = os.open(self.baseFilename, os.O_APPEND | os.O_CREAT | os.O_WRONLY, 0o600)
        return os.fdopen(handle, "a", encoding="utf-8")


def to_stream(stream: TextIO | None = None, *, level: str = "warning") -> logging.Handler:
    """Write the log to a stream, the error output where none is named."""
    return _set(logging.StreamHandler(stream or sys.stderr), level)


def to_file(path: str | Path, *, level: str = "info") -> logging.Handler:
    """Write the log to the end of a file, made readable by its owner alone.

    Raises:
        UsageError: The file cannot be written to, or there is no such level.
    """
    try:
        return _set(_Owned(path, encoding="utf-8"), level)
    except OSError as error:
        raise UsageError(f"{path} cannot be written to: {error.strerror}. Name another file with --log.") from error


def _set(handler: logging.Handler, level: str) -> logging.Handler:
    if level not in LEVELS:
        raise UsageError(f"--log-level takes one of: {', '.join(LEVELS)}.")
    number = logging.getLevelNamesMapping()[level.upper()]
    handler.setLevel(number)
    handler.setFormatter(Lines())
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(min(number, logging.WARNING))
    for name in ("uvicorn", "uvicorn.error", "uvicorn.access"):
        logger = logging.getLogger(name)
        logger.handlers, logger.propagate = [], True
    return handler
