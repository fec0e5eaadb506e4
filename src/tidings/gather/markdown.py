"""Markdown's marks, found so that they can be cut: the words stay where they stand."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from tidings.model import Span

__all__ = ["Marks", "marks_of"]

# Every pattern stays within a line and has bounded parts, so that no text takes long.
_LINE_START = re.compile(
    r"^[ ]{0,3}(?:#{1,6}[ \t]+|(?:>[ \t]?){1,5}|[*+-][ \t]+|\d{1,3}[.)][ \t]+(?=\S))", re.MULTILINE
)
_RULE = re.compile(
    r"^[ ]{0,3}(?:[-*_=][ \t]?){3,80}$|^[ ]{0,3}(?:```|~~~)[^\n]{0,80}$|^\[\^?[^\]\n]{1,80}\]:[^\n]{0,400}$",
    re.MULTILINE,
)
_CLOSING = re.compile(r"[ \t]+#{1,6}[ \t]*$", re.MULTILINE)
_IMAGE = re.compile(r"!\[[^\]\n]{0,300}\]\([^()\n]{0,500}\)")
_LINK = re.compile(r"(?P<open>\[)[^\[\]\n]{1,300}(?P<close>\](?:\([^()\n]{0,500}\)|\[[^\]\n]{0,80}\]))")
_AUTO = re.compile(r"<(?:https?|mailto):[^<>\n]{1,400}>")
_STRONG = re.compile(r"(?<![\w*_])(?P<open>\*{1,3}|_{1,3})(?=\S)(?P<words>[^*_\n]{1,400}?)(?<=\S)(?P=open)(?![\w*_])")
_ESCAPE = re.compile(r"\\(?=[!-/:-@\[-`{-~])")
_FRONT = re.compile(r"\A\ufeff?---[ \t]*\r?\n(?P<body>(?:[^\n]{0,1000}\n){0,60}?)---[ \t]*\r?(?:\n|\Z)")
_FIELD = re.compile(
    r"^(?P<name>[A-Za-z_]{2,20})[ \t]*:[ \t]*(?P<quote>[\"']?)(?P<value>[^\n]{1,600}?)(?P=quote)[ \t]*\r?$",
    re.MULTILINE,
)
_NAMES = {
    "title": "title",
    "date": "published",
    "published": "published",
    "author": "byline",
    "byline": "byline",
    "publisher": "publisher",
    "source": "publisher",
    "outlet": "publisher",
    "url": "url",
    "link": "url",
    "language": "language",
    "lang": "language",
}


@dataclass(frozen=True, slots=True)
class Marks:
    """The marks of a Markdown text as spans to cut, and what its front matter says (title, published, publisher …)."""

    spans: tuple[Span, ...]
    said: dict[str, str] = field(default_factory=dict)


def marks_of(text: str) -> Marks:
    """Return what is Markdown and not words in ``text``.

    The front matter is cut but for its title, which stays as the first line where the text does not repeat it.
    """
    spans: list[Span] = []
    said: dict[str, str] = {}
    body = 0
    if front := _FRONT.match(text):
        body = front.end()
        title: Span | None = None
        for found in _FIELD.finditer(text, front.start("body"), front.end("body")):
            name = _NAMES.get(found["name"].casefold())
            if name and name not in said:
                said[name] = found["value"]
                if name == "title":
                    title = Span(*found.span("value"))
        if title is None or said["title"].casefold() in text[body : body + 600].casefold():
            spans.append(Span(0, body))
        else:
            # The closing line's break stays, so that the title is a line of its own.
            spans += [Span(0, title.start), Span(title.end, body - 1)]
    for pattern in (_RULE, _LINE_START, _CLOSING, _IMAGE, _AUTO, _ESCAPE):
        spans += [Span(*found.span()) for found in pattern.finditer(text, body)]
    spans += _comments(text, body)
    for found in _LINK.finditer(text, body):
        spans += [Span(*found.span("open")), Span(*found.span("close"))]
    for found in _STRONG.finditer(text, body):
        width = len(found["open"])
        spans += [Span(found.start(), found.start() + width), Span(found.end() - width, found.end())]
    return Marks(tuple(spans), said)


def _comments(text: str, position: int) -> list[Span]:
    spans: list[Span] = []
    while (start := text.find("<!--", position)) >= 0 and (end := text.find("-->", start)) >= 0:
        position = end + 3
        spans.append(Span(start, position))
    return spans
