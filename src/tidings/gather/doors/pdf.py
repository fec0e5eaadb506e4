"""PDF files with a text layer, read in a process of its own that is bounded in time and memory.

The library that opens them (pypdfium2, Chrome's PDFium) is written in C++ and has no means to stop halfway. A file that makes
it crash, hang or swell ends that process and is refused; the next file gets a new one.
"""

from __future__ import annotations

import atexit
import json
import os
import select
import subprocess
import sys
import threading
import time

from tidings.gather.bounds import LARGEST_FILE
from tidings.gather.decode import Undecodable
from tidings.gather.doors.kind import Door, Words
from tidings.model import Span

__all__ = ["DOOR", "pdf_words"]

LARGEST_PDF = 4 * LARGEST_FILE
SECONDS = 60
"""How long one file may take. A report of 40 pages takes a quarter of a second, a book of 1,000 pages some ten."""
MOST_WORDS_SENT = 64 * 1024 * 1024
_BROKEN = Undecodable(
    "the program that opens PDF files broke on it, or took longer than it may",
    "Open it and save it again as PDF (“print to PDF” mends most), or save its text as .txt.",
)


class _Child:
    """The process that opens PDF files; started when the first is met, and again after one broke it."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()

    def ask(self, data: bytes) -> bytes:
        with self._lock:
            process = self._started()
            try:
                return self._asked(process, data)
            except (OSError, EOFError, TimeoutError):
                self.stop()
                raise _BROKEN from None

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tidings.gather.doors.pdf_child"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=environment,
            )
        return self._process

    def _asked(self, process: subprocess.Popen[bytes], data: bytes) -> bytes:
        if process.stdin is None or process.stdout is None:
            raise EOFError
        process.stdin.write(len(data).to_bytes(8, "big"))
        process.stdin.write(data)
        process.stdin.flush()
        ends = time.monotonic() + SECONDS
        size = int.from_bytes(self._read(process, 8, ends), "big")
        if size > MOST_WORDS_SENT:
            raise EOFError
        return self._read(process, size, ends)

    def _read(self, process: subprocess.Popen[bytes], size: int, ends: float) -> bytes:
        got = bytearray()
        descriptor = process.stdout.fileno() if process.stdout else -1
        while len(got) < size:
            left = ends - time.monotonic()
            if left <= 0 or not select.select([descriptor], [], [], left)[0]:
                raise TimeoutError
            piece = os.read(descriptor, min(size - len(got), 1024 * 1024))
            if not piece:
                raise EOFError
            got += piece
        return bytes(got)

    def stop(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None


_CHILD = _Child()
atexit.register(_CHILD.stop)


def pdf_words(data: bytes, path: str) -> Words:  # noqa: ARG001
    """Return the words of a PDF in reading order, a paragraph a line; running headers and footers stand at the end.

    Raises:
        Undecodable: It has no text layer, is locked, is damaged, or breaks its reader.
    """
    if b"%PDF" not in data[:1024]:
        raise Undecodable("it is no PDF", "Fetch it again; what is here may be the page of an error.")
    told = json.loads(_CHILD.ask(data))
    if "refused" in told:
        raise Undecodable(*told["refused"])
    spans = tuple(Span(start, end) for start, end in told["spans"])
    return Words(text=told["text"], spans=spans, notes=tuple(told["notes"]), basis="document")


DOOR = Door(name="pdf", title="PDF files with a text layer", endings=(".pdf",), words=pdf_words, largest=LARGEST_PDF)
