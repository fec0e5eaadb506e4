"""The brief as one HTML file: printable, no outside request, every citation opens the quoted words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sized
from datetime import date
from importlib.resources import files
from typing import Any

from tidings.tell.brief import ROUGH_DAYS, SECTIONS
from tidings.tell.context import around
from tidings.tell.drawings import days_strip, ranges

__all__ = ["cited", "notes", "render", "sections"]

Row = dict[str, Any]
Tables = Mapping[str, Iterable[Mapping[str, Any]]]
_SENTENCE = ("id", "order", "section", "sentence", "claims", "documents", "time_earliest", "time_latest")
_CLAIM = ("id", "document", "start", "end", "chain", "time", "mode")
_LISTED = ("publisher", "title", "path", "published", "published_basis")
_REPORT = ("id", "publisher", "title", "path", "published", "text")


def cited(tables: Tables) -> dict[str, list[Row]]:
    """Return the brief with the claims and reports that it cites, and no others, of each only what a page tells of it."""
    sentences = [_only(row, _SENTENCE) for row in tables["brief"]]
    wanted = {one for row in sentences for one in row["claims"]}
    claims = [_only(row, _CLAIM) for row in tables["claims"] if row["id"] in wanted]
    reports = {row["document"] for row in claims} | {one for row in sentences for one in row["documents"]}
    documents = [_only(row, _REPORT) for row in tables["documents"] if row["id"] in reports]
    return {"brief": sentences, "claims": claims, "documents": documents}


def _only(row: Mapping[str, Any], names: tuple[str, ...]) -> Row:
    return {name: row[name] for name in names}


def notes(tables: Tables) -> list[dict[str, Any]]:
    """Return one note a cited claim or report, numbered in the order of first citation.

    A note has ``n``, ``id``, ``publisher``, ``title``, ``chain`` (list), ``time``, ``mode``, and the three parts of
    the sentence: ``before``, ``quote``, ``after`` (empty for a report cited as a whole).
    """
    claims = {row["id"]: row for row in tables["claims"]}
    documents = {row["id"]: row for row in tables["documents"]}
    out: dict[str, dict[str, Any]] = {}
    for sentence in sorted(tables["brief"], key=lambda row: row["order"]):
        for claim_id in sentence["claims"]:
            claim = claims.get(claim_id)
            if claim is None or claim_id in out:
                continue
            document = documents[claim["document"]]
            before, quote, after = around(document["text"], claim["start"], claim["end"])
            out[claim_id] = {
                "n": len(out) + 1,
                "id": claim_id,
                "publisher": document["publisher"] or "unknown publisher",
                "title": document["title"] or document["path"],
                "chain": list(claim["chain"]),
                "time": claim.get("time") or "",
                "mode": claim["mode"],
                "before": before,
                "quote": quote,
                "after": after,
            }
        for doc_id in sentence["documents"]:
            if doc_id in out or doc_id not in documents:
                continue
            document = documents[doc_id]
            out[doc_id] = {
                "n": len(out) + 1,
                "id": doc_id,
                "publisher": document["publisher"] or "unknown publisher",
                "title": document["title"] or document["path"],
                "chain": [],
                "time": document.get("published") or "",
                "mode": "",
                "before": "",
                "quote": "",
                "after": "",
            }
    return list(out.values())


def sections(tables: Tables) -> list[dict[str, Any]]:
    """Return the sections of the brief with their sentences, each with the notes it cites."""
    by_id = {note["id"]: note for note in notes(tables)}
    out = []
    for name in SECTIONS:
        rows = [
            {
                "id": row["id"],
                "sentence": row["sentence"],
                "group": _group(row) if name == SECTIONS[0] else "",
                "notes": [by_id[cited] for cited in [*row["claims"], *row["documents"]] if cited in by_id],
            }
            for row in sorted(tables["brief"], key=lambda row: row["order"])
            if row["section"] == name
        ]
        out.append({"name": name, "rows": rows})
    return out


def _group(row: Mapping[str, Any]) -> str:
    """Return the heading under which a sentence of the first section stands: a month, or how little is known."""
    first, last = row.get("time_earliest"), row.get("time_latest")
    if not first and not last:
        return "On days that are not known"
    if not first or not last:
        return "On days known only roughly"
    start, end = date.fromisoformat(str(first)), date.fromisoformat(str(last))
    return "On days known only roughly" if (end - start).days > ROUGH_DAYS else f"{start:%B %Y}"


def _size(rows: Iterable[Any]) -> int:
    return len(rows) if isinstance(rows, Sized) else sum(1 for _ in rows)


def render(tables: Tables, *, title: str = "Brief") -> str:
    """Return the brief of a record's tables as one HTML page.

    Everything from reports is escaped by the template; drawings are made here and hold escaped words only.
    """
    from jinja2 import Environment, select_autoescape
    from markupsafe import Markup

    source = files("tidings.tell.formats").joinpath("brief.html.jinja").read_text(encoding="utf-8")
    environment = Environment(autoescape=select_autoescape(default=True, default_for_string=True), trim_blocks=True)
    told = cited(tables)
    reports = [_only(row, _LISTED) for row in tables["documents"] if not row.get("known")]
    return environment.from_string(source).render(
        title=title,
        sections=sections(told),
        notes=notes(told),
        reports=reports,
        counts={name: _size(tables[name]) for name in ("claims", "events", "contradictions", "echoes")},
        strip=Markup(days_strip(tables["events"])),  # noqa: S704 - made above from escaped words
        ranges=Markup(ranges(tables["figures"])),  # noqa: S704 - made above from escaped words
    )
