"""Words of harm in a sentence, and what stands around them: who did it, where, whether it is denied."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from tidings.model import Attribution, Claim, Mention, ReaderStamp
from tidings.read.ar.parties import Parties, adjective_at
from tidings.read.ar.places import Place
from tidings.read.ar.pool import Pool
from tidings.read.ar.tokens import Sentence, Token, plain
from tidings.read.ar.words import data, phrases

__all__ = ["Harm", "Scene", "agents_of", "harm_at", "is_joined", "mode_of", "places_of"]

_JOINING = frozenset({"عن", "الي", "في"})


@dataclass(frozen=True, slots=True)
class Harm:
    """A word of harm at tokens ``first``..``last``; ``form`` is noun, verb or people."""

    first: int
    last: int
    measure: str
    form: str


@dataclass(slots=True)
class Scene:
    """What is known of a sentence before its casualties are read."""

    sentence: Sentence
    pool: Pool
    parties: Parties
    places: list[Place]
    rows: Sequence[Attribution]
    stamp: ReaderStamp
    carried: Place | None = None
    claims: list[Claim] = field(default_factory=list)

    @property
    def line(self) -> tuple[Token, ...]:
        """The tokens."""
        return self.sentence.tokens


def harm_at(line: Sequence[Token], index: int) -> Harm | None:
    """Return the word of harm at a token, or None."""
    found = []
    for form, table in (("noun", "harm.noun"), ("verb", "harm.verb"), ("people", "harm.people")):
        hit = phrases(table).at(line, index)
        if hit is None or (form != "people" and hit.definite):
            continue
        if set(hit.stem.clitics) <= set("وفبل"):
            found.append((-(hit.last - hit.first), Harm(hit.first, hit.last, hit.value, form)))
    if not found:
        return None
    harm = min(found, key=lambda pair: pair[0])[1]
    needs = data()["harm"]["needs"]
    if any(line[index].plain.endswith(plain(verb)) for verb in needs["verbs"]) and harm.form == "verb":
        words = {plain(word) for word in needs["words"]}
        if not any(token.plain in words for token in line[index : index + 14]):
            return None
    return harm


def agents_of(scene: Scene, harm: Harm, end: int, since: int, until: int) -> list[Mention]:
    """Return who did it: behind "على يد", or whose the shelling, strike or attack was.

    What is joined by "and" shares its doer: "مقتل خمسة وإصابة ستة في غارة روسية".
    """
    line = scene.line
    while until < len(line) and is_joined(line, until):
        until = next((at for at in range(until + 2, len(line)) if harm_at(line, at) is not None), len(line))
    for at in range(end, min(until, end + 30)):
        hand = phrases("harm.by.hand").at(line, at)
        if hand is not None and hand.last in scene.parties.at:
            return [scene.parties.at[hand.last][1]]
        found = _of_deed(scene, at)
        if found is not None:
            return [found]
    if harm.first and is_joined(line, harm.first) and scene.claims:
        earlier = scene.claims[-1].agents
        return [scene.pool.by_id[agent] for agent in earlier]
    # "أسفرت غارة إسرائيلية عن مقتل": the deed stands before the word that joins it to the harm.
    near = line[max(since, harm.first - 3) : harm.first]
    if any(token.plain in _JOINING for token in near) or line[harm.first].plain[:1] in {"ب", "ل"}:
        for at in range(max(since, harm.first - 24), harm.first):
            found = _of_deed(scene, at) or _struck(scene, at)
            if found is not None:
                return [found]
    return []


def _struck(scene: Scene, index: int) -> Mention | None:
    """Return who shelled or attacked, by a verb with the party beside it: "القوات الروسية قصفت بلدة …، ما أدى إلى مقتل"."""
    hit = phrases("harm.by.struck").at(scene.line, index)
    if hit is None or hit.stem.article:
        return None
    before = scene.parties.covering(index - 1) if index else None
    behind = scene.parties.at[hit.last][1] if hit.last in scene.parties.at else None
    party = before or behind
    return party if party is not None and party.kind == "actor" else None


def is_joined(line: Sequence[Token], index: int) -> bool:
    """Return whether the words of a claim that holds ``index`` hang on those before by "and"."""
    return any(line[at].plain == "و" for at in range(max(0, index - 2), index + 1)) or (
        line[index].plain.startswith("و")
    )


def _of_deed(scene: Scene, index: int) -> Mention | None:
    line = scene.line
    deed = phrases("harm.by.deed").at(line, index)
    if deed is None:
        return None
    at = deed.last
    for _ in range(4):
        if at >= len(line):
            return None
        code = adjective_at(line, at)
        if code:
            return scene.pool.add(
                line[at].start, line[at].end, "actor", "description", **scene.pool.known(f"state.{code}")
            )
        if at in scene.parties.at:
            party = scene.parties.at[at][1]
            return party if party.kind == "actor" and line[at].plain[:1] != "و" else None
        hit = phrases("harm.by.carried").at(line, at)
        if hit is None:
            return None
        at = hit.last
    return None


def mode_of(scene: Scene, first: int, row: Attribution | None, since: int) -> str:
    """Return asserted, denied, possible or intended, by the words right before and by who denies."""
    if row is not None and row.verdict == "denied":
        return "denied"
    line = scene.line
    for at in range(max(since, first - 4), first):
        hit = phrases("harm.not").at(line, at)
        if hit is None or hit.stem.clitics not in {"", "و", "ف", "ب"}:
            continue
        word, gap = hit.stem.word, first - hit.last
        if word == "قد":
            if gap < 1 or line[hit.last].plain[:1] not in {"ي", "ت"}:
                continue  # "قد قتل": it has happened
        elif word in {"لم", "لن", "لا", "ليس"} and hit.last - hit.first == 1 and gap > 1:
            continue
        return hit.value
    return "asserted"


def places_of(scene: Scene, first: int, last: int, since: int, until: int, row: Attribution | None) -> list[Place]:
    """Return where: the first place behind, with those joined to it; else the nearest before."""
    line = scene.line
    sources = [(r.source_start, r.source_end) for r in scene.rows if r.source_start is not None and r.source_end]

    def usable(place: Place) -> bool:
        cue = place.mention.cue
        if cue is not None and cue.relation == "dateline":
            return False
        if any(start <= place.mention.start and place.mention.end <= end for start, end in sources):
            return False
        return row is None or (row.start <= place.mention.start and place.mention.end <= row.end)

    parents = {p.mention.cue.parent for p in scene.places if p.mention.cue is not None and p.mention.cue.parent}
    here = [p for p in scene.places if usable(p) and p.mention.id not in parents]
    for stop in (until, len(line)):
        behind = [p for p in here if last <= p.first < stop or first <= p.first < last]
        if behind:
            return _together(behind)
    before = [p for p in here if p.first < first]
    near = [p for p in before if p.first >= since] or before
    at = len(near) - 1
    while at > 0 and near[at].joined:
        at -= 1
    return _together(near[max(0, at) :])


def _together(places: Sequence[Place]) -> list[Place]:
    """Return the first place and those joined to it by "and"; a country only where nothing narrower is named."""
    first = next((p for p in places if p.mention.cue is None or p.mention.cue.kind != "country"), None)
    if first is None:
        return list(places[:1])
    found = [first]
    for place in places[places.index(first) + 1 :]:
        if place.joined and place.first <= found[-1].last + 1:
            found.append(place)
    return found
