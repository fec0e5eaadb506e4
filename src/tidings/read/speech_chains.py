"""Chains of attribution: through whom the words came, and who "he", "the source" and "the outlet" are.

Speakers are kept in the order in which they speak. An anaphor, or a name that was heard before, takes over the
whole chain of its antecedent: an activist quoted by an outlet stays quoted by that outlet when he adds something.
"""

from __future__ import annotations

from bisect import insort
from dataclasses import dataclass, field, replace

from tidings.model import Mention, MentionId
from tidings.read.cues import Frame
from tidings.read.index import MentionIndex
from tidings.read.page import Page, place
from tidings.read.speech_carriers import carriers_of, passed_on
from tidings.read.speech_lexicon import folded, source_words, speech_words
from tidings.read.speech_sources import Voice, is_publisher, named_kind, stands_for, voice_of

__all__ = ["Link", "Speakers"]

_REMEMBERED = 400
"""Turns in which an antecedent is looked for, so that a report of nothing but quotations is read in bounded time."""
_Content = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Link:
    """One speaker or carrier of a chain: the mention that names it, and its kind."""

    mention: Mention
    kind: str
    publisher: bool = False


@dataclass(frozen=True, slots=True)
class Turn:
    """Somebody spoke: the chain with the speaker last, the phrase, where."""

    links: tuple[Link, ...]
    voice: Voice
    position: int
    paragraph: int
    nested: bool


@dataclass(slots=True)
class Speakers:
    """The speakers of one page so far, and the mentions made for them."""

    page: Page
    index: MentionIndex
    turns: list[Turn] = field(default_factory=list)
    outlets: list[tuple[int, Link]] = field(default_factory=list)
    made: dict[MentionId, Mention] = field(default_factory=dict)
    heard: dict[tuple[int, int], tuple[Link, ...]] = field(default_factory=dict)
    known: frozenset[MentionId] = frozenset()

    def __post_init__(self) -> None:
        self.known = frozenset(mention.id for mention in self.index.all)

    def follow(
        self, frame: Frame, paragraph: int, outer: tuple[Link, ...] | None
    ) -> tuple[Voice | None, tuple[Link, ...]]:
        """Return the nearest speaker of a frame and its chain, and remember the turn.

        Args:
            frame: The cue with its parts.
            paragraph: The paragraph's number.
            outer: The chain of the speech that this cue stands in, None in the publisher's own voice.
        """
        if frame.source is None:
            return None, outer or ()
        position = place(frame.head)[0]
        voice = voice_of(frame.source, self.page, self.index)
        further = [voice_of(stands_for(token) or token, self.page, self.index) for token in passed_on(frame)]
        deeper = [self._antecedent(each, position, paragraph) for each in further]
        if voice.first_person and outer:
            return self._keep(voice, refers_to=outer[-1].mention), outer
        if voice.first_person and voice.mention.refers_to is None:
            return self._keep(voice), ()  # "We say what we saw": whoever publishes
        links = self._standing_for(frame, position, paragraph) or self._antecedent(
            voice, position, paragraph, tuple(frame.content)
        )
        carriers = self._carriers(frame, position, paragraph)
        if not carriers:
            # "A colonel confirmed to the outlet that…, adding that…": one phrase, two cues, one chain.
            links = self.heard.get((paragraph, frame.source.i), links)
        if carriers and len(links) > 1:
            # Somebody heard before through one outlet speaks to another one now.
            links = tuple(link for link in links[:-1] if link.kind != "outlet") + links[-1:]
        links = _joined(carriers, links)
        if outer:
            links = _joined(outer, links)
        spoken = len(links)
        for link in deeper:
            links = _joined(links, link)
        voice = self._keep(voice, refers_to=links[-1].mention if voice.how == "pronoun" else None)
        links = tuple(self._kept(link) for link in links)
        self.heard.setdefault((paragraph, frame.source.i), links[:spoken])
        if frame.attitude in {"speech", "act"}:
            self.turns.append(Turn(links[:spoken], voice, position, paragraph, bool(outer)))
            for heard, count in zip(further, range(spoken + 1, len(links) + 1), strict=False):
                self.turns.append(Turn(links[:count], heard, position, paragraph, nested=True))
        return voice, links

    # --- antecedents --------------------------------------------------------------------------------------------------

    def _antecedent(self, voice: Voice, position: int, paragraph: int, content: _Content = ()) -> tuple[Link, ...]:
        """The chain that a phrase brings with it: its antecedent's, or itself alone.

        A speaker is never found inside the words that they say (``content``).
        """
        alone = (self._link(voice.mention, voice.kind),)
        known = self._known(voice, content)
        if known is not None and voice.how == "description" and voice.kind in {"unknown", "belligerent"}:
            return (self._link(known, known.source_kind or voice.kind),)
        turn = self._turn(voice, known, position, paragraph)
        if turn is not None:
            return turn
        if known is None and voice.how == "pronoun":
            # "The coalition struck the port, it said": where nobody spoke before, whoever acts in the words says them.
            known = self._known(voice, ())
        if known is not None:
            return (self._link(known, known.source_kind or named_kind(known) or voice.kind),)
        return alone

    def _known(self, voice: Voice, content: _Content) -> Mention | None:
        """What coreference found for a pronoun or a definite description, where it can be who speaks."""
        if voice.how == "name" or not (voice.how == "pronoun" or voice.definite) or voice.mention.refers_to is None:
            return None
        nearest = self.index[voice.mention.refers_to] if self._holds(voice.mention.refers_to) else None
        if nearest is None or any(start <= nearest.start < end for start, end in content):
            return None
        known = self.index.antecedent(voice.mention)
        outlet = known.source_kind == "outlet" or folded(known.core or known.text) in source_words().outlets
        if outlet and voice.how == "description" and voice.kind != "outlet":
            return None
        return known

    def _turn(self, voice: Voice, known: Mention | None, position: int, paragraph: int) -> tuple[Link, ...] | None:
        heard = [turn for turn in self.turns[-_REMEMBERED:] if turn.position < position]
        heard.sort(key=lambda turn: (turn.position, len(turn.links)), reverse=True)
        if voice.how == "pronoun":
            heard.sort(key=lambda turn: turn.nested)
            return self._pronoun(voice, known, heard, paragraph)
        if voice.how == "name":
            return self._named(voice, heard)
        if voice.definite:
            return self._described(voice, heard, position, paragraph)
        return None

    def _pronoun(
        self, voice: Voice, known: Mention | None, heard: list[Turn], paragraph: int
    ) -> tuple[Link, ...] | None:
        """Who spoke last and can be called so, unless coreference names somebody mentioned after that."""
        word = folded(voice.text)
        last = next((turn for turn in heard if paragraph - turn.paragraph <= 3 and _fits(word, turn.voice)), None)
        if known is None:
            return last.links if last is not None else None
        nearest = self._nearest(voice.mention) or known
        if last is not None and last.voice.start >= nearest.start:
            return last.links
        return next((turn.links for turn in heard if self._same(turn.links[-1].mention, known)), None)

    def _nearest(self, mention: Mention) -> Mention | None:
        """The last mention before a pronoun that names or describes whom it stands for."""
        seen: set[MentionId] = set()
        while mention.refers_to is not None and mention.refers_to not in seen and self._holds(mention.refers_to):
            seen.add(mention.refers_to)
            mention = self.index[mention.refers_to]
            if mention.how != "pronoun":
                return mention
        return None

    def _named(self, voice: Voice, heard: list[Turn]) -> tuple[Link, ...] | None:
        name = folded(voice.mention.core or voice.mention.text)
        if not name:
            return None
        for turn in heard:
            last = turn.links[-1].mention
            other = folded(last.core or last.text)
            if turn.links[-1].publisher or {turn.links[-1].kind, voice.kind} & {"outlet", "monitor", "agency"}:
                continue
            if other == name or (" " not in name and other.split()[-1:] == [name]):
                return turn.links
        return None

    def _described(self, voice: Voice, heard: list[Turn], position: int, paragraph: int) -> tuple[Link, ...] | None:
        """As in "The source", "the activist", "the outlet", "the statement": who spoke last and can be called so."""
        anaphors = source_words().anaphors
        near = [turn for turn in heard if paragraph - turn.paragraph <= 8]
        carrier = self._carrier(voice, near, position)
        if carrier is not None:
            return carrier
        if voice.kind == "monitor":
            return None
        if voice.head in speech_words().follow:
            return next((turn.links for turn in near if paragraph - turn.paragraph <= 3), None)
        if voice.head in anaphors["anyone"]:
            return next(
                (t.links for t in near if t.voice.many == voice.many and t.links[-1].kind not in {"outlet", "monitor"}),
                None,
            )
        short = len(voice.text.split()) <= 3
        for turn in near:
            # The same words again, or their head alone: "the sources" after "sources inside the town".
            if turn.voice.how != "pronoun" and turn.voice.head == voice.head and turn.voice.many == voice.many:
                return turn.links
            # A person named in between, of whom nothing contradicts the word: "the activist" after "an activist … Ali said".
            named = turn.voice.person and not turn.voice.many
            named = named and (voice.head in turn.voice.titles or turn.links[-1].kind == "unknown")
            if voice.head in anaphors["person"] and not voice.many and short and named:
                return turn.links
        return None

    def _carrier(self, voice: Voice, near: list[Turn], position: int) -> tuple[Link, ...] | None:
        """As in "the paper", "the agency", "the monitoring group": the last link of its kind and all outside of it."""
        anaphors = source_words().anaphors
        kinds: set[str] = set()
        if voice.kind in {"outlet", "official", "unknown"} and voice.head in anaphors["outlet"]:
            kinds |= {"outlet"}
        if voice.head in anaphors["monitor"] and (voice.kind == "monitor" or voice.head != "group"):
            kinds |= {"monitor"}
        if voice.kind == "agency" or voice.head in anaphors["agency"]:
            kinds |= {"agency"}
        if voice.kind in {"monitor", "agency", "outlet"}:
            kinds &= {voice.kind}
        for turn in near if kinds else ():
            for count in range(len(turn.links), 0, -1):
                if turn.links[count - 1].kind in kinds:
                    return turn.links[:count]
        if "outlet" in kinds:
            before = [link for at, link in self.outlets if at < position]
            return (before[-1],) if before else None
        return None

    def _standing_for(self, frame: Frame, position: int, paragraph: int) -> tuple[Link, ...] | None:
        """As in "A report by Amnesty says": Amnesty speaks."""
        if frame.source is None:
            return None
        maker = stands_for(frame.source)
        if maker is None or maker == frame.source:
            return None
        return self._antecedent(self._keep(voice_of(maker, self.page, self.index)), position, paragraph)

    def _same(self, one: Mention, other: Mention) -> bool:
        first, second = self.index.antecedent(one) if self._holds(one.id) else one, other
        a, b = folded(first.core or first.text), folded(second.core or second.text)
        return first.id == second.id or a == b or (first.kind == "person" and a.split()[-1:] == b.split()[-1:])

    def _holds(self, mention: MentionId) -> bool:
        return mention in self.known

    def _carriers(self, frame: Frame, position: int, paragraph: int) -> tuple[Link, ...]:
        links: tuple[Link, ...] = ()
        for token in carriers_of(frame, self.page, self.index):
            voice = voice_of(token, self.page, self.index)
            links = _joined(links, self._antecedent(self._keep(voice), position, paragraph))
        return links

    # --- mentions -----------------------------------------------------------------------------------------------------

    def _link(self, mention: Mention, kind: str) -> Link:
        if not mention.source_kind and kind != "unknown":
            mention = replace(mention, source_kind=kind)
        link = Link(mention, mention.source_kind or kind, is_publisher(mention, self.page.document.publisher))
        if link.kind == "outlet" and mention.how == "name":
            insort(self.outlets, (mention.start, link), key=lambda pair: pair[0])
        return link

    def _kept(self, link: Link) -> Link:
        return replace(link, mention=self._hold(link.mention))

    def _hold(self, mention: Mention) -> Mention:
        known = self.made.get(mention.id)
        if known is not None:
            merged = replace(
                known,
                source_kind=known.source_kind or mention.source_kind,
                refers_to=known.refers_to or mention.refers_to,
                unnamed_because=known.unnamed_because or mention.unnamed_because,
            )
            self.made[mention.id] = merged
            return merged
        self.made[mention.id] = mention
        return mention

    def _keep(self, voice: Voice, refers_to: Mention | None = None) -> Voice:
        mention = voice.mention
        if refers_to is not None and mention.refers_to is None and refers_to.id != mention.id:
            mention = replace(mention, refers_to=refers_to.id)
        return replace(voice, mention=self._hold(mention))

    def because(self, voice: Voice, words: str) -> Voice:
        """Return the voice with the words that say why it stays unnamed."""
        return replace(voice, mention=self._hold(replace(voice.mention, unnamed_because=words)))


def _joined(outer: tuple[Link, ...], inner: tuple[Link, ...]) -> tuple[Link, ...]:
    """Put one chain behind another without naming anybody twice in a row; the publisher is left to stand first anyway."""
    links = [link for link in outer if not link.publisher or (not inner and len(outer) == 1)]
    for link in inner:
        names = [folded(other.mention.core or other.mention.text) for other in links]
        if (
            any(other.mention.id == link.mention.id for other in links)
            or folded(link.mention.core or link.mention.text) in names
        ):
            continue
        if link.publisher and links:
            continue
        links.append(link)
    return tuple(links)


def _fits(word: str, voice: Voice) -> bool:
    person = voice.person or _human(voice)
    if word in {"he", "she", "his", "her", "him", "himself", "herself"}:
        return person and not voice.many
    if word in {"they", "their", "them"}:
        return voice.many
    return word in {"it", "its"} and not person and not voice.many


def _human(voice: Voice) -> bool:
    """Whether a description can be taken up by "he" or "she"."""
    anaphors = source_words().anaphors
    return voice.how == "description" and voice.head in anaphors["person"] | anaphors["anyone"] - speech_words().follow
