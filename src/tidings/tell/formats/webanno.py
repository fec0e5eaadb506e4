"""W3C Web Annotation: a page of annotations, one for each claim, that points at the exact words of its report.

Offsets count code points, as the standard's TextPositionSelector does; the quotation with what stands before and after finds the
words again where the text has moved.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tidings.tell.formats.cells import beside, write_list
from tidings.tell.formats.export import Export, LeftOut, Row, Tables, Written

__all__ = ["EXPORT", "write"]

_AROUND = 32
"""Code points kept before and after a quotation, as the standard's own examples and common clients do."""
_CODED = ("kind", "type", "agents", "targets", "places", "time", "chain", "mode", "measure", "count", "event")


def write(tables: Tables, target: Path) -> Written:
    """Write one annotation for each claim.

    Args:
        tables: Rows by table of the contract.
        target: The file.
    """
    left_out: LeftOut = LeftOut()
    head = '{"@context":"http://www.w3.org/ns/anno.jsonld","id":"urn:tidings:annotations","type":"AnnotationPage","items":['
    written = write_list(target, head, _annotations(tables), "]}\n")
    return Written(files=(target,), rows=written, left_out=left_out)


def _annotations(tables: Tables) -> Iterator[dict[str, Any]]:
    for report, claims in beside(tables["documents"], tables["claims"], "document"):
        for claim in claims:
            yield _annotation(report, claim)


def _annotation(report: Row, claim: Row) -> dict[str, Any]:
    text, start, end = report["text"], claim["start"], claim["end"]
    coded = {name: claim[name] for name in _CODED if claim[name] not in (None, "", [])}
    reader = claim["reader"] or {}
    return {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": f"urn:tidings:{claim['id']}",
        "type": "Annotation",
        "motivation": "classifying",
        "creator": {"type": "Software", "name": " ".join(filter(None, (reader.get("name"), reader.get("version"))))},
        "body": [
            {"type": "TextualBody", "purpose": "tagging", "value": f"{claim['kind']}/{claim['type']}"},
            {"type": "Dataset", "format": "application/json", "value": coded},
        ],
        "target": {
            "type": "SpecificResource",
            "source": report["url"] or f"urn:sha-256:{report['sha256']}",
            "selector": [
                {
                    "type": "TextQuoteSelector",
                    "exact": claim["quote"],
                    "prefix": text[max(0, start - _AROUND) : start],
                    "suffix": text[end : end + _AROUND],
                },
                {"type": "TextPositionSelector", "start": start, "end": end},
            ],
        },
    }


EXPORT = Export(
    name="webanno",
    title="claims as W3C Web Annotations on the reports' words",
    ending=".json",
    cannot_hold=(
        "what follows from claims: happenings, figures, holdings, echoes, contradictions",
        "the text of the reports: a target without an address is named by its SHA-256",
        "positions in the page as published: they count the text that Tidings read, furniture left out",
    ),
    write=write,
)
