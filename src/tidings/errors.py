"""Every error that Tidings raises on purpose, in one tree.

::

    TidingsError
    ├── InputError            something given to Tidings cannot be used
    │   ├── UnreadableInput   a report, sidecar or folder that cannot be read
    │   ├── SourceError       a place in a document's text, shown with a caret
    │   └── UsageError        options that do not go together
    ├── RecordError           the record file cannot be used as it is
    │   ├── NotARecord        the file is no record of Tidings
    │   ├── NewerRecord       the record was written by a newer version
    │   └── UnknownId         an id that the record does not hold
    ├── ModelError            the language pipeline is missing or not the one expected
    ├── RunnerError           no process can be had where reports should be read
    ├── EndpointError         a language model that was asked gave no answer
    └── GazetteerError        a gazetteer cannot be built or opened

Messages say what is wrong, where, and what to do next.
"""

from __future__ import annotations

__all__ = [
    "EndpointError",
    "GazetteerError",
    "InputError",
    "ModelError",
    "NewerRecord",
    "NotARecord",
    "RecordError",
    "RunnerError",
    "SourceError",
    "TidingsError",
    "UnknownId",
    "UnreadableInput",
    "UsageError",
]


class TidingsError(Exception):
    """The root of every error that Tidings raises on purpose."""


class InputError(TidingsError):
    """Something given to Tidings cannot be used."""


class UnreadableInput(InputError):
    """A report, a sidecar or a folder that cannot be read.

    Args:
        path: The input as the user named it.
        reason: What is wrong, as a clause ("the file is empty").
        advice: What to do next, as a sentence.
    """

    def __init__(self, path: str, reason: str, advice: str) -> None:
        super().__init__(f"{path}: {reason}. {advice}")
        self.path = path
        self.reason = reason
        self.advice = advice


class SourceError(InputError):
    """A place in a text, shown as its line with a caret under the span.

    Args:
        message: What is wrong there.
        text: The text in which the span lies.
        start: First code point of the span.
        end: One past the last code point of the span.
        where: The name of the text (a file, a document's path).
    """

    def __init__(self, message: str, *, text: str, start: int, end: int, where: str = "") -> None:
        self.message = message
        self.text = text
        self.start = start
        self.end = end
        self.where = where
        super().__init__(self.show())

    def show(self) -> str:
        """Return the message, the line that holds the span, and the caret line."""
        line_start = self.text.rfind("\n", 0, self.start) + 1
        line_end = self.text.find("\n", self.start)
        line_end = len(self.text) if line_end < 0 else line_end
        line = self.text[line_start:line_end]
        width = max(1, min(self.end, line_end) - self.start)
        caret = " " * (self.start - line_start) + "~" * (width - 1) + "^"
        head = f"{self.where}: {self.message}" if self.where else self.message
        return f"{head}\n    {line}\n    {caret}"


class UsageError(InputError):
    """Options or arguments that do not go together."""


class RecordError(TidingsError):
    """The record file cannot be used as it is."""


class NotARecord(RecordError):
    """The file is no record of Tidings."""


class NewerRecord(RecordError):
    """The record was written by a newer version of Tidings."""


class UnknownId(RecordError):
    """An id that the record does not hold."""


class ModelError(TidingsError):
    """The language pipeline is missing or is not the one expected."""


class RunnerError(TidingsError):
    """No process can be had where reports should be read."""


class EndpointError(TidingsError):
    """A language model that was asked gave no answer."""


class GazetteerError(TidingsError):
    """A gazetteer cannot be built or opened."""
