"""Origins: the independent roots of what is reported. Not outlets are counted, but who stands behind them.

The root of a claim is the last of its chain of attribution, or the publisher where it speaks in its own voice.

- Named roots are one wherever they are named, across spellings, because they are one entity; a person who speaks for a
  body is that body.
- Roots without a name ("local activists") are those of whoever carries them; the same words from the same carrier are one.
- Words copied from another report go back to where they were first published.
- A figure whose sentence names the source that others name for the same figure is that source's.
- An outlet that others cite for what it has from somebody else stands for that somebody.
- Publishers that are not known count as one, because nothing shows that they are independent.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tidings.model import UNKNOWN_PUBLISHER, Claim, ClaimId, DocId, EntityId, Event, Origin
from tidings.text.shingles import words
from tidings.weigh.rules import phrase_in, rules
from tidings.weigh.view import View, bare

__all__ = ["Root", "Roots", "origins_of", "roots_of"]


@dataclass(frozen=True, slots=True)
class Root:
    """One root: a key under which it counts once, its name, and its entity where it has a name of its own."""

    key: str
    name: str
    entity: EntityId | None


@dataclass(frozen=True, slots=True)
class Roots:
    """The root of every claim, and the earliest report that each report copies."""

    of: dict[ClaimId, Root]
    first_copy: dict[DocId, DocId]

    def __getitem__(self, claim: ClaimId) -> Root:
        return self.of[claim]


def roots_of(view: View) -> Roots:
    """Return the root of every claim, event by event."""
    first = _first_copies(view)
    found = {claim.id: _root(view, claim, first) for claim in view.claims.values()}
    for event in view.events:
        _follow_copies(view, view.of_event(event), found)
        _follow_figures(view, view.of_event(event), found)
        _follow_citations(view, view.of_event(event), found)
    return Roots(found, first)


def origins_of(event: Event, view: View, roots: Roots) -> tuple[Origin, ...]:
    """Return an event's origins, each once with its claims, in the order in which they first spoke."""
    by_key: dict[str, list[Claim]] = {}
    for claim in view.of_event(event):
        by_key.setdefault(roots[claim.id].key, []).append(claim)
    return tuple(
        Origin(name=roots[told[0].id].name, entity=roots[told[0].id].entity, claims=tuple(one.id for one in told))
        for told in by_key.values()
    )


def _root(view: View, claim: Claim, first: dict[DocId, DocId]) -> Root:
    if not claim.chain_ids:
        return _publisher(view, first.get(claim.document, claim.document))
    last = claim.chain_ids[-1]
    mention = view.mentions.get(claim.chain[-1]) if claim.chain else None
    entity = view.entities.get(last)
    if _reports_for(view, claim, mention.text if mention is not None else view.name(last)):
        return _publisher(view, first.get(claim.document, claim.document))
    unnamed = mention is not None and mention.how != "name" and mention.source_kind in rules()["anonymous"]["kinds"]
    unnamed = unnamed or (mention is not None and bool(mention.unnamed_because))
    unnamed = unnamed or (mention is None and entity is not None and entity.role in rules()["anonymous"]["kinds"])
    if unnamed:
        said = mention.text if mention is not None else view.name(last)
        carrier = _publisher(view, first.get(claim.document, claim.document))
        if len(claim.chain_ids) > 1:
            carrier = Root(str(claim.chain_ids[-2]), view.name(claim.chain_ids[-2]), claim.chain_ids[-2])
        idle = set(rules()["anonymous"]["idle"])
        plain = " ".join(word for word in words(said) if word not in idle)
        shown = " ".join(word for at, word in enumerate(said.split()) if at or word.casefold() not in idle)
        return Root(f"unnamed:{carrier.key}:{plain}", f"{carrier.name}'s {shown}", None)
    body = _voice_of(view, claim, mention.text) if mention is not None and mention.how != "name" else None
    if body is not None:
        return Root(str(body), view.name(body), body)
    body = _body(view, last)
    return Root(str(body), view.name(last), last)


def _voice_of(view: View, claim: Claim, words: str) -> EntityId | None:
    """Return the body that somebody without a name speaks for by the words alone, where one party alone can be meant."""
    if not phrase_in("voice", "speaker", words):
        return None
    parties = set(claim.agents_ids)
    if not phrase_in("voice", "own", words):
        if not phrase_in("voice", "state", words):
            return None
        parties = {*claim.agents_ids, *claim.targets_ids}
        parties = {one for one in parties if one in view.entities and view.entities[one].role == "state"}
    return next(iter(parties)) if len(parties) == 1 else None


def _reports_for(view: View, claim: Claim, words: str) -> bool:
    """Return whether these words mean the publisher's own reporter: "a Nile Ledger correspondent"."""
    name = bare(view.documents[claim.document].publisher)
    return (
        bool(name)
        and f" {name} " in f" {bare(words)} ".replace("'s", "")
        and bool(phrase_in("voice", "reporter", words))
    )


def _body(view: View, one: EntityId) -> EntityId:
    """Return the body that a person speaks for; anything else stands for itself."""
    entity = view.entities.get(one)
    if entity is not None and entity.kind == "person" and entity.part_of in view.entities:
        holder = view.entities[entity.part_of]
        if holder.kind in {"actor", "source"}:
            return holder.id
    return one


def _publisher(view: View, document: DocId) -> Root:
    name = view.documents[document].publisher
    if not name:
        return Root("unknown", UNKNOWN_PUBLISHER, None)
    entity = view.publishers.get(bare(name))
    return Root(str(entity) if entity else f"publisher:{bare(name)}", name, entity)


def _first_copies(view: View) -> dict[DocId, DocId]:
    """Return, for each report that copies another and for each that is copied, the one published first, as the reports say."""
    found: dict[DocId, DocId] = {}
    for one in view.documents.values():
        first, seen = one, {one.id}
        while first.copy_of in view.documents and first.copy_of not in seen:
            first = view.documents[DocId(first.copy_of)]
            seen.add(first.id)
        if first.id != one.id:
            found[one.id] = found[first.id] = first.id
    return found


def _follow_copies(view: View, claims: Sequence[Claim], found: dict[ClaimId, Root]) -> None:
    """Give a publisher's own words that repeat another report's words the root of those.

    Words that stand under a named source elsewhere, in the same report too (a caption, a report cut for a wire), are that
    source's wherever they stand.
    """
    own = [claim for claim in claims if not claim.chain_ids][:_MOST]
    told = [claim for claim in claims if claim.chain_ids][:_MOST]
    for at, claim in enumerate(own):
        behind = next((one for one in told if view.copied(one, claim)), None)
        if behind is None:
            before = (one for one in own[:at] if one.document != claim.document)
            behind = next((one for one in before if view.copied(one, claim)), None)
        if behind is not None:
            found[claim.id] = found[behind.id]


def _follow_figures(view: View, claims: Sequence[Claim], found: dict[ClaimId, Root]) -> None:
    """Give a publisher's own figure the root that others name for the same figure, where its sentence names that root too.

    "The Front hit a convoy, its spokesman said, killing 12" gives the figure in the Front's words, as "the Front said that
    it killed 12" elsewhere shows.
    """
    counted = [claim for claim in claims if claim.count is not None][:_MOST]
    for claim in counted:
        if claim.chain_ids:
            continue
        start, end = view.sentence_span(claim)
        beside = [one for one in view.claims_of(claim.document) if start <= one.start and one.end <= end]
        voices = {found[one.id].key for one in beside if one.chain_ids}
        voices |= {str(one) for one in view.sources_in(claim.document, start, end)}
        for other in counted:
            same = other.chain_ids and other.measure == claim.measure and _figure(other) == _figure(claim)
            if same and found[other.id].key in voices:
                found[claim.id] = found[other.id]
                break


def _figure(claim: Claim) -> tuple[int | None, int | None]:
    return (claim.count.low, claim.count.high) if claim.count is not None else (None, None)


def _follow_citations(view: View, claims: Sequence[Claim], found: dict[ClaimId, Root]) -> None:
    """Give what is cited from an outlet the root that the outlet itself names, where one root alone is named."""
    behind: dict[str, list[Claim]] = {}
    for claim in claims:
        publisher = view.publisher_id(claim)
        if publisher is not None and claim.chain_ids and found[claim.id].key != publisher:
            behind.setdefault(str(publisher), []).append(claim)
    followed: dict[ClaimId, Root] = {}
    for claim in claims:
        if not claim.chain_ids:
            continue
        told = behind.get(found[claim.id].key, [])
        own = [one for one in claims if not one.chain_ids and found[one.id].key == found[claim.id].key]
        if any(set(one.destination_ids) & set(claim.destination_ids) for one in own):
            continue  # the outlet says in its own words where those people went, and nobody it names says it
        # An outlet that has several things from several people is followed for the very thing that is cited.
        for some in (told, [one for one in told if _same_thing(one, claim)]):
            roots = {found[one.id].key: found[one.id] for one in some}
            if len(roots) == 1:
                followed[claim.id] = next(iter(roots.values()))
                break
    found.update(followed)


def _same_thing(a: Claim, b: Claim) -> bool:
    one, other = ((claim.kind, claim.type, claim.measure, frozenset(claim.agents_ids)) for claim in (a, b))
    return one == other


_MOST = 400
"""Claims of one event whose words are compared for copying; thousands of identical reports are copies as reports."""
