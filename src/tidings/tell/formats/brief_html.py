"""The brief as one HTML file: printable, no outside request, every citation opens the quoted words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from importlib.resources import files
from typing import Any

from tidings.tell.brief import ROUGH_DAYS, SECTIONS
from tidings.tell.context import around
from tidings.tell.drawings import days_strip, ranges

__all__ = ["notes", "render", "sections"]

Tables = Mapping[str, Sequence[Mapping[str, Any]]]


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


def render(tables: Tables, *, title: str = "Brief") -> str:
    """Return the brief of a record's tables as one HTML page.

    Everything from reports is escaped by the template; drawings are made here and hold escaped words only.
    """
    from jinja2 import Environment, select_autoescape
    from markupsafe import Markup

    source = files("tidings.tell.formats").joinpath("brief.html.jinja").read_text(encoding="utf-8")
    environment = Environment(autoescape=select_autoescape(default=True, default_for_string=True), trim_blocks=True)
    reports = [row for row in tables["documents"] if not row.get("known")]
    return environment.from_string(source).render(
        title=title,
        sections=sections(tables),
        notes=notes(tables),
        reports=reports,
        counts={name: len(tables[name]) for name in ("claims", "events", "contradictions", "echoes")},
        strip=Markup(days_strip(tables["events"])),  # noqa: S704 - made above from escaped words
        ranges=Markup(ranges(tables["figures"])),  # noqa: S704 - made above from escaped words
    )
