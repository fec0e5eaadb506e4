"""Mentions of one page: names, descriptions and pronouns for actors, sources, places and people.

The order: which war is told of (:mod:`mentions_scene`), names with one type per document (:mod:`names`), descriptions of
actors (:mod:`mentions_groups`) and of people (:mod:`mentions_people`), places with their cues (:mod:`places_in_text`),
then who each anaphor stands for (:mod:`coref`).
"""

from __future__ import annotations

import itertools
import re

from tidings.read.coref import link
from tidings.read.coref_foes import link_foes
from tidings.read.coref_pronouns import find_pronouns
from tidings.read.index import MentionIndex
from tidings.read.lexicon import Lexicon
from tidings.read.mentions_draft import Draft, finished
from tidings.read.mentions_groups import Groups
from tidings.read.mentions_people import People
from tidings.read.mentions_scene import Scene, scene_of
from tidings.read.mentions_voice import first_persons, voice_of_page
from tidings.read.names import find_names
from tidings.read.names_words import Name, name_key
from tidings.read.page import LABELS, Page, Paragraph, place
from tidings.read.places_described import DescribedPlaces
from tidings.read.places_in_text import Places
from tidings.read.places_parents import give_parents

__all__ = ["find_mentions"]

_MUTUAL = frozenset(
    "clash fight war battle agreement talk negotiation truce ceasefire negotiate agree deal alliance ally tension".split()
)
"""What is done with another state; "the border with" a country is a place."""
_SEAT_VERBS = frozenset(
    "say deny accuse claim warn announce condemn agree reject insist call order send support back want vow demand "
    "refuse confirm acknowledge respond blame threaten urge declare deploy".split()
)
"""What a government does under the name of its seat: "Moscow denied"."""
_EXPLAINED = re.compile(r"\s*\(\s*\Z")


def find_mentions(page: Page, lexicon: Lexicon) -> MentionIndex:
    """Return every mention of a page, typed, with what each anaphor stands for."""
    return MentionIndex(finished(_drafts(page, lexicon), page.document.id, page.text))


def _drafts(page: Page, lexicon: Lexicon) -> list[Draft]:
    scene = scene_of(page, lexicon)
    listed, peoples = find_names(page, lexicon, scene)
    names = {(name.paragraph, index): name for name in listed for index in range(name.first, name.last)}
    places = Places(lexicon, names)
    descriptions = DescribedPlaces(lexicon, names)
    voice = voice_of_page(page, lexicon, scene)
    groups = Groups(lexicon, scene, names, peoples, voice)
    people = People(lexicon, names)
    drafts: list[Draft] = []
    by_paragraph: dict[int, list[Name]] = {}
    for name in listed:
        by_paragraph.setdefault(name.paragraph, []).append(name)
    for paragraph in page.paragraphs:
        drafts.extend(_dateline(page, paragraph, lexicon))
        own = by_paragraph.get(paragraph.index, [])
        found = [draft for name in own for draft in _named(paragraph, name, places, people, lexicon, scene)]
        spots = [draft for draft in found if draft.kind == "place"]
        described = list(descriptions.of(paragraph))
        measured = list(places.measured(paragraph, spots + described))
        actors = list(groups.of(paragraph))
        bodies = [draft for draft in found if draft.kind in {"actor", "source"}]
        found = [draft for draft in found if draft.kind not in {"actor", "source"}]
        found.extend(draft for draft in bodies if not _same_party_around(draft, actors))
        actors = [draft for draft in actors if not _inside_same(draft, actors)]
        drafts.extend([*found, *described, *measured, *actors, *people.described(paragraph)])
    drafts.extend(find_pronouns(page))
    drafts.extend(first_persons(page, voice) if voice is not None else ())
    drafts = _ordered(page, drafts)
    _explain(page, drafts)
    _surnames(drafts)
    country = lexicon.countries.get(scene.country)
    link(drafts, frozenset(country.names) if country is not None else frozenset())
    link_foes(drafts, voice.lexicon if voice is not None else "")
    give_parents([draft for draft in drafts if draft.kind == "place"], page.text)
    return drafts


def _same_party_around(draft: Draft, actors: list[Draft]) -> bool:
    """Whether a name only names the party of a description around it: "ISIS" in "ISIS fighters"."""
    return any(
        other.start <= draft.start and draft.end <= other.end and (other.lexicon == draft.lexicon or not other.lexicon)
        for other in actors
    )


def _inside_same(draft: Draft, actors: list[Draft]) -> bool:
    """Whether a description stands inside another of the same party: "the regime" in "the regime's officers"."""
    return any(
        other is not draft
        and other.start <= draft.start
        and draft.end <= other.end
        and (other.lexicon == draft.lexicon or (other.wanted is not None and draft.wanted is not None))
        for other in actors
    )


def _named(
    paragraph: Paragraph, name: Name, places: Places, people: People, lexicon: Lexicon, scene: Scene
) -> list[Draft]:
    doc = paragraph.parsed
    if name.kind == "place":
        found = places.named(paragraph, name)
        if name.country or name.seat:
            twin = _acting_country(paragraph, name, lexicon, scene)
            found.extend([twin] if twin is not None else [])
        return found
    if name.kind == "person":
        return [people.named(paragraph, name)]
    first = name.first
    if name.described and first > 0 and doc[first - 1].lower_ in {"the", "these", "those"}:
        first -= 1
    start, _ = place(doc[first])
    _, end = place(doc[name.last - 1])
    head = doc[name.first : name.last].root
    draft = Draft(
        start=start,
        end=end,
        kind=name.kind,
        how="description" if name.described else "name",
        core=name.core,
        head=head,
        paragraph=paragraph.index,
        role="outlet" if name.kind == "source" else "",
        plural=head.tag_ in {"NNS", "NNPS"},
    )
    if name.entry is not None:
        draft.know(name.entry)
    elif name.kind == "actor" and doc[name.last - 1].text in _FIGHTING:
        draft.role = "armed_group"
    last = lexicon.group(doc[name.last - 1].text)
    draft.group = last.id if last is not None else ""
    return [draft]


def _acting_country(paragraph: Paragraph, name: Name, lexicon: Lexicon, scene: Scene) -> Draft | None:
    """A country that acts is its state: "Turkey shelled", "clashes between Mali and …", "by Russia"."""
    doc = paragraph.parsed
    root = doc[name.first : name.last].root
    head = root
    while head.dep_ == "conj":
        head = head.head
    acts = head.dep_ == "nsubj" and head.head.pos_ == "VERB" and (not name.seat or head.head.lemma_ in _SEAT_VERBS)
    if head.dep_ in {"pobj", "agent"} and name.country:
        preposition = head.head
        acts = preposition.lower_ in {"by", "between", "against"}
        acts = acts or (preposition.lower_ == "with" and preposition.head.lemma_ in _MUTUAL)
    if not acts:
        return None
    ident, known = lexicon.government(name.country or name.seat, scene.country)
    entry = lexicon.entry(ident)
    start, _ = place(doc[name.first])
    _, end = place(doc[name.last - 1])
    draft = Draft(start=start, end=end, kind="actor", how="name", core=name.core, head=root, paragraph=paragraph.index)
    draft.lexicon, draft.known_as, draft.role = ident, known, "state"
    if entry is not None and entry.war in scene.wars and entry.state in {"", scene.country}:
        draft.know(entry)
    return draft


_FIGHTING = frozenset(
    "Army Front Brigade Brigades Forces Force Battalion Battalions Militia Militias Guard Guards Legion Corps Faction "
    "Cartel Regiment Division Rebels Fighters Liberation Resistance Mujahideen".split()
)
"""Last words of the name of a body that fights, for the many that no lexicon knows."""
_TOWN = re.compile(r"[A-Z][\w\u2019'.-]*(?: [A-Z][\w\u2019'.-]*)*")


def _dateline(page: Page, paragraph: Paragraph, lexicon: Lexicon) -> list[Draft]:
    """The places of a dateline: written as places, but nothing happens there because of it."""
    if paragraph.dateline is None:
        return []
    start, end = paragraph.dateline
    words = re.split(r"\(|\u2014|\u2013| -|:", page.text[start:end])[0]
    if words.split()[-1:] and words.split()[-1].casefold() in LABELS:
        return []  # "FIELD NOTE \u2013 ": what the text is
    found = []
    for part in _TOWN.finditer(words):
        if any(char.isdigit() for char in part.group()) or part.group().rstrip(".").lower() in _MONTHS:
            continue
        name = part.group().rstrip(".")
        hits = {hit.what for hit in lexicon.hits(name)}
        found.append(
            Draft(
                start=start + part.start(),
                end=start + part.start() + len(name),
                kind="place",
                how="name",
                core=name.title() if name.isupper() and len(name) > 3 else name,
                paragraph=paragraph.index,
                place_kind="country" if "country" in hits else "",
                relation="dateline",
            )
        )
    if len(found) > 1:
        found[0].parent, found[0].parent_said = found[1], True
    return found


_MONTHS = frozenset(
    "january february march april may june july august september october november december jan feb mar apr jun jul aug sept sep oct nov dec monday tuesday wednesday thursday friday saturday sunday".split()
)


def _ordered(page: Page, drafts: list[Draft]) -> list[Draft]:
    """Sort, number the sentences, mark subjects, and drop a second draft of the same words and kind."""
    sentences = [(sentence.start, sentence.end, sentence.index) for sentence in page.sentences]
    seen: set[tuple[int, int, str]] = set()
    kept = []
    at = 0
    for draft in sorted(drafts, key=lambda draft: (draft.start, -draft.end, draft.how == "pronoun", draft.kind)):
        key = (draft.start, draft.end, draft.kind)
        if key in seen:
            continue
        seen.add(key)
        while at + 1 < len(sentences) and sentences[at][1] <= draft.start:
            at += 1
        draft.sentence = sentences[at][2] if sentences else 0
        head = draft.head
        if head is not None and head.dep_ == "appos":
            head = head.head  # "A spokesman, Dawlat Waziri, denied": the name is the subject too
        draft.subject = head is not None and head.dep_ in {"nsubj", "nsubjpass"}
        kept.append(draft)
    return kept


def _explain(page: Page, drafts: list[Draft]) -> None:
    """Link "YPG" to "People's Protection Units" in "People's Protection Units (YPG)"."""
    for before, draft in itertools.pairwise(drafts):
        if draft.how == "pronoun" or before.how == "pronoun" or draft.start < before.end:
            continue
        if not _EXPLAINED.match(page.text[before.end : draft.start]) or page.text[draft.end : draft.end + 1] != ")":
            continue
        if (before.kind == "place") != (draft.kind == "place") or before.kind == "person":
            continue
        draft.alias_of = before
        if before.lexicon and not draft.lexicon:
            draft.like(before)
        elif draft.lexicon and not before.lexicon:
            before.like(draft)


def _surnames(drafts: list[Draft]) -> None:
    """Let a single name stand for the full name before it: "Jamil" for "Salah Jamil"."""
    full: dict[str, Draft] = {}
    for draft in drafts:
        if draft.kind != "person" or draft.how != "name":
            continue
        key = name_key(draft.core)
        if " " in key:
            first = full.get(key)
            if first is not None:
                draft.refers_to = first
            full.setdefault(key, draft)
            full[key.rsplit(" ", 1)[1]] = full[key]
        elif key in full:
            draft.refers_to = full[key]
