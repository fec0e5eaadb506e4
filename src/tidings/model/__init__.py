"""The nouns of Tidings, frozen. Start here: one module a noun."""

from __future__ import annotations

from tidings.model.amount import Amount
from tidings.model.claim import KINDS, MODES, Claim, Means, ReaderStamp, Reading
from tidings.model.contents import Contents, Dating, Joined, Naming, Weighed
from tidings.model.decision import Build, Decision
from tidings.model.document import UNKNOWN_PUBLISHER, Document, Refusal, Removed
from tidings.model.entity import Anchor, Entity, Place, Proposal
from tidings.model.event import Comparison, Constraint, Event, Origin
from tidings.model.evidence import Evidence
from tidings.model.ids import (
    AttributionId,
    ClaimId,
    DocId,
    EntityId,
    EventId,
    MentionId,
    Sha256,
    TimeId,
    content_id,
    sha256_hex,
)
from tidings.model.ledger import (
    BriefSentence,
    Contradiction,
    Custody,
    Echo,
    Figure,
    Framing,
    Holding,
    Movement,
    PersonEntry,
    Property,
    Relation,
)
from tidings.model.mention import Attribution, Mention, PlaceCue
from tidings.model.plain import from_plain, to_plain
from tidings.model.protocols import Gazetteer, GazetteerPlace, Progress, Reader
from tidings.model.span import Span
from tidings.model.when import UNKNOWN, TimeWords, When, parse_edtf

__all__ = [
    "KINDS",
    "MODES",
    "UNKNOWN",
    "UNKNOWN_PUBLISHER",
    "Amount",
    "Anchor",
    "Attribution",
    "AttributionId",
    "BriefSentence",
    "Build",
    "Claim",
    "ClaimId",
    "Comparison",
    "Constraint",
    "Contents",
    "Contradiction",
    "Custody",
    "Dating",
    "Decision",
    "DocId",
    "Document",
    "Echo",
    "Entity",
    "EntityId",
    "Event",
    "EventId",
    "Evidence",
    "Figure",
    "Framing",
    "Gazetteer",
    "GazetteerPlace",
    "Holding",
    "Joined",
    "Means",
    "Mention",
    "MentionId",
    "Movement",
    "Naming",
    "Origin",
    "PersonEntry",
    "Place",
    "PlaceCue",
    "Progress",
    "Property",
    "Proposal",
    "Reader",
    "ReaderStamp",
    "Reading",
    "Refusal",
    "Relation",
    "Removed",
    "Sha256",
    "Span",
    "TimeId",
    "TimeWords",
    "Weighed",
    "When",
    "content_id",
    "from_plain",
    "parse_edtf",
    "sha256_hex",
    "to_plain",
]
