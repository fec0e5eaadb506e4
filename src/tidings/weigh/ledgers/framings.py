"""Framings: what each publisher calls each party and place, in its own words."""

from __future__ import annotations

from tidings.model import UNKNOWN_PUBLISHER, Framing, Mention, content_id
from tidings.weigh.view import View

__all__ = ["framings"]

_KINDS = frozenset({"actor", "place"})


def framings(view: View) -> tuple[Framing, ...]:
    """Return one row for each publisher, entity and wording, with its mentions. Pronouns are no wording."""
    found: dict[tuple[str, str, str], list[Mention]] = {}
    for mention in view.mentions.values():
        entity = view.entities.get(mention.entity) if mention.entity else None
        document = view.documents.get(mention.document)
        if entity is None or document is None or entity.kind not in _KINDS or mention.how == "pronoun":
            continue
        if document.known:
            continue  # a table of known days is no publisher
        wording = " ".join(mention.text.split())
        key = (document.publisher or UNKNOWN_PUBLISHER, entity.id, _folded(wording))
        found.setdefault(key, []).append(mention)
    rows = []
    for (publisher, entity_id, folded), mentions in found.items():
        mentions.sort(key=lambda one: (one.document, one.start))
        rows.append(
            Framing(
                id=content_id("g", publisher, entity_id, folded),
                publisher=publisher,
                entity=view.entities[entity_id].id,  # type: ignore[index]  # the key was made from the table's own ids
                wording=" ".join(mentions[0].text.split()),
                n=len(mentions),
                mentions=tuple(one.id for one in mentions),
            )
        )
    return tuple(sorted(rows, key=lambda row: row.id))


def _folded(wording: str) -> str:
    words = wording.casefold().split()
    return " ".join(words[1:] if words[0] in {"the", "a", "an"} and len(words) > 1 else words)
