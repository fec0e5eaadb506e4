"""One assertion of one report about the conflict, as the coding guide asks for it."""

from __future__ import annotations

from dataclasses import dataclass, field

from tidings.model.amount import Amount
from tidings.model.ids import AttributionId, ClaimId, DocId, EntityId, MentionId, TimeId
from tidings.model.mention import Attribution, Mention
from tidings.model.when import UNKNOWN, TimeWords, When

__all__ = ["KINDS", "MODES", "Claim", "Means", "ReaderStamp", "Reading"]

KINDS: dict[str, tuple[str, ...]] = {
    "event": tuple(
        "armed_clash shelling air_strike suicide_bombing bombing ground_attack killing abuse reinforcement retreat blockade formation defection alert negotiation agreement protest meeting evacuation other".split()
    ),
    "control": tuple("gained lost held shared contested repelled attempted".split()),
    "casualties": tuple("killed wounded killed_or_wounded executed missing".split()),
    "displacement": tuple("flight return sheltered trapped".split()),
    "custody": tuple("arrest abduction release detention".split()),
    "property": tuple("seizure return ransom destruction".split()),
    "relation": tuple("alliance hostility tension power_sharing negotiation affiliation dependence".split()),
    "statement": tuple("claim_of_responsibility denial accusation threat appeal announcement assessment".split()),
}
"""Every kind of claim with its types, as in the coding guide."""

MODES = ("asserted", "denied", "possible", "intended")


@dataclass(frozen=True, kw_only=True, slots=True)
class Means:
    """The weapon or way: its kind (artillery, aircraft, car_bomb, execution …) and the text's words."""

    kind: str
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ReaderStamp:
    """Which reader, in which version, with which model (name and hash) made a claim."""

    name: str
    version: str
    model: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Claim:
    """One proposition about the conflict that a report states, denies, predicts or attributes.

    The slots hold mention ids as the reader found them; ``*_ids`` hold entities once resolved; ``when`` the days
    once dated. ``chain`` lists mentions of carriers and speaker without the publisher; empty in the publisher's own
    voice. ``times`` are the words about time that hold for it. ``share`` is a part held, in per cent. ``whole``
    is True for a claim about an episode as a whole ("during 33 days of fighting 1,200 died"). ``rule`` names the rule that made it.
    ``unfilled`` lists slots the rule looked for and did not find. ``confidence`` lies in 0..1.
    """

    id: ClaimId
    document: DocId
    start: int
    end: int
    quote: str
    kind: str
    type: str
    agents: tuple[MentionId, ...] = ()
    targets: tuple[MentionId, ...] = ()
    places: tuple[MentionId, ...] = ()
    origin: tuple[MentionId, ...] = ()
    destination: tuple[MentionId, ...] = ()
    times: tuple[TimeId, ...] = ()
    chain: tuple[MentionId, ...] = ()
    mode: str = "asserted"
    measure: str = ""
    count: Amount | None = None
    share: Amount | None = None
    means: Means | None = None
    attribution: AttributionId | None = None
    rule: str = ""
    confidence: float = 0.5
    trigger_start: int = 0
    trigger_end: int = 0
    whole: bool = False
    unfilled: tuple[str, ...] = ()
    status: str = "candidate"
    reader: ReaderStamp | None = None
    agents_ids: tuple[EntityId, ...] = ()
    targets_ids: tuple[EntityId, ...] = ()
    places_ids: tuple[EntityId, ...] = ()
    origin_ids: tuple[EntityId, ...] = ()
    destination_ids: tuple[EntityId, ...] = ()
    chain_ids: tuple[EntityId, ...] = ()
    when: When = UNKNOWN


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """All that a reader found in one document. ``given_up`` says in sentences what was not read, and why."""

    document: DocId
    reader: ReaderStamp
    mentions: tuple[Mention, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    times: tuple[TimeWords, ...] = ()
    claims: tuple[Claim, ...] = ()
    given_up: tuple[str, ...] = field(default=())
