"""Places in Arabic text, by the words before them: "مدينة", "بلدة", "ريف", "مخيم" …; known names also without.

No gazetteer is asked: a name behind a kind of place is one whoever knows it, and is then known in the whole report,
with and without its article, with clitics or none. Bare names that neither the lexicon nor the report introduces are
not found: Arabic has no capitals.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from tidings.model import Mention, PlaceCue
from tidings.read.ar.parties import adjective_at, people_at
from tidings.read.ar.pool import Pool
from tidings.read.ar.tokens import Sentence, Token, bare, opening, plain, stems
from tidings.read.ar.words import Phrases, data, phrases

__all__ = ["Place", "find_places", "names_of"]

_PREPOSITIONS = frozenset("في ب من الي قرب عند داخل عبر نحو باتجاه حول بين علي الى".split())


@dataclass(frozen=True, slots=True)
class Place:
    """A place at tokens ``first``..``last`` of its sentence. ``joined`` is True behind "and"."""

    first: int
    last: int
    mention: Mention
    joined: bool = False


@cache
def _words(table: str) -> frozenset[str]:
    held = data()["place"][table]
    listed: Iterable[str] = held["words"] if isinstance(held, dict) else held
    return frozenset(plain(word) for word in listed)


@cache
def _known() -> Phrases:
    return phrases("place.known.words")


def _name_end(
    line: Sequence[Token], index: int, *, region: bool = False, joined: bool = False, small: bool = False
) -> int:
    """Return the token behind a name that starts at ``index``; ``index`` itself where none does."""
    at = index
    while at < len(line) and at - index < 3:
        token = line[at]
        if token.kind not in {"word", "other"} or token.plain in _words("no_name") or len(token.plain) < 2:
            return index
        if at == index and token.plain.startswith("لل") and len(token.plain) > 4:
            return index  # "مخيم للاجئين": whose it is, not its name
        at += 1
        word = token.plain[1:] if joined and at == index + 1 else token.plain
        if word not in _words("name_opens") or at >= len(line) or line[at].kind != "word":
            break
    behind = line[at] if at < len(line) else None
    if behind is not None and at == index + 1 and small and _second(line[index], behind):
        return at + 1
    if behind is not None and at > index and not region and behind.plain in _words("after"):
        # "الغوطة الشرقية": name and adjective both carry the article; behind "ريف" it is the countryside's.
        at += line[at - 1].plain.startswith("ال")
    return at


def _second(name: Token, behind: Token) -> bool:
    """Return whether a word with its article completes the name of a small place: "عيتا الشعب", "مارون الراس".

    Adjectives ("الحدودية", "المحاصرة", "السوري") and days do not.
    """
    if not behind.plain.startswith("ال") or name.plain.startswith("ال") or behind.kind != "word":
        return False
    days = {plain(word) for word in data()["speech"]["ends"]["words"]}
    return behind.plain[-1] not in "هي" and behind.plain not in days | _words("no_name") and len(behind.plain) > 4


def names_of(lines: Sequence[Sentence]) -> frozenset[str]:
    """Return the names, folded and bare of articles, that a report introduces by a kind of place."""
    found = set()
    for sentence in lines:
        line = sentence.tokens
        for index in range(len(line)):
            cue = _cue(line, index)
            if cue is not None and cue[0] in {"city", "town", "village", "camp"}:
                end = _name_end(line, cue[1])
                if end - cue[1] == 1 and len(line[cue[1]].plain) > 3:
                    found.add(bare(line[cue[1]].plain))
    return frozenset(found)


def _cue(line: Sequence[Token], index: int) -> tuple[str, int, int, bool] | None:
    """Return kind, token behind, code points before, and whether it opens a list, of a kind of place at ``index``."""
    for table, several in (("place.cue", False), ("place.cues", True)):
        hit = phrases(table).at(line, index)
        # "المدينة" with its article names no place; "حي" behind clitics may be another word.
        if hit is not None and not hit.definite and set(hit.stem.clitics) <= set("وفبل"):
            return hit.value, hit.last, hit.stem.skip, several
    return None


def find_places(
    line: Sequence[Token],
    pool: Pool,
    taken: Sequence[tuple[int, int]],
    names: frozenset[str],
    before: Sequence[Mention],
) -> list[Place]:
    """Return the places of a sentence in order.

    Args:
        line: Its tokens.
        pool: Takes in the mentions.
        taken: Tokens of parties, where no place is sought: "المرصد السوري" holds none.
        names: What :func:`names_of` found in the report.
        before: Places of the sentences before, for "the city".
    """
    found: list[Place] = []
    index = 0
    while index < len(line):
        skip = next((last for first, last in taken if first <= index < last), 0)
        if skip:
            index = skip
            continue
        made = _by_kind(line, index, pool) or _bearing(line, index, pool, names) or _bare(line, index, pool, names)
        if not made:
            back = _back(line, index, pool, [*before, *(place.mention for place in found)])
            made = [back] if back is not None else []
        found += made
        index = made[-1].last if made else index + 1
    return _parents(line, found, pool)


def _by_kind(line: Sequence[Token], index: int, pool: Pool) -> list[Place]:
    cue = _cue(line, index)
    if cue is None:
        return []
    kind, at, skip, several = cue
    nested = _cue(line, at)
    if nested is not None and kind in {"region", "area"}:
        # "ريف محافظة حلب": the inner words name the place.
        return []
    small = kind in {"town", "village"}
    end = _name_end(line, at, region=kind == "region", small=small)
    if end == at:
        return []
    made = [_made(line, index, at, end, kind, skip, pool)]
    if several:
        at = made[0].last
        while at < len(line) and len(made) < 12:
            sign = line[at].text == "،"
            start = at + sign
            joined = start < len(line) and line[start].plain.startswith("و") and len(line[start].plain) > 3
            if not (sign or joined):
                break
            end = _name_end(line, start, joined=joined, small=small)
            if end == start:
                break
            shift = _first_letter(line[start]) if joined and not (sign and _known().at(line, start)) else 0
            made.append(_made(line, start, start, end, kind, shift, pool, joined=True))
            at = end
    return made


def _first_letter(token: Token) -> int:
    """Return the code points of "و" before a word."""
    return next((stem.skip for stem in stems(token.text) if stem.clitics in {"و", "ف"} and not stem.article), 0)


def _made(
    line: Sequence[Token], first: int, name: int, end: int, kind: str, skip: int, pool: Pool, *, joined: bool = False
) -> Place:
    start = line[first].start + skip
    core_start = start if name == first else line[name].start
    last = end
    bearing, relation = None, ""
    if kind == "region" and phrases("place.part.words").at(line, first) is not None:
        hit = phrases("place.bearing_after").at(line, end, clitics=False)
        if hit is not None and hit.definite:
            last, bearing = hit.last, int(hit.value)
        relation = "part"
    cue = PlaceCue(kind=kind, relation=relation, bearing=bearing)
    text = pool.document.text
    core = " ".join(text[core_start : line[end - 1].end].split())
    mention = pool.add(start, line[last - 1].end, "place", "name", core=core, cue=cue)
    return Place(first, last, mention, joined)


def _bearing(line: Sequence[Token], index: int, pool: Pool, names: frozenset[str]) -> list[Place]:
    """Read "شمال غزة" and "جنوب مدينة تعز" as a part of the place behind."""
    hit = phrases("place.bearing").at(line, index)
    if hit is None or hit.definite or not set(hit.stem.clitics) <= set("وفبل"):
        return []
    if _known().at(line, index) is not None:
        return []
    inner = _by_kind(line, hit.last, pool) or _bare(line, hit.last, pool, names)
    if len(inner) != 1:
        return []
    mention = inner[0].mention
    cue = mention.cue or PlaceCue()
    if cue.relation:
        return []
    pool.by_id.pop(mention.id)
    start = line[index].start + hit.stem.skip
    kind = cue.kind or "region"
    # Where the kind is known the words mean a part of it; a mere name may have the place north of it.
    cue = PlaceCue(kind=kind, relation="part", bearing=int(hit.value))
    made = pool.add(start, mention.end, "place", "name", core=mention.core, cue=cue)
    return [Place(index, inner[0].last, made)]


def _bare(line: Sequence[Token], index: int, pool: Pool, names: frozenset[str]) -> list[Place]:
    """Find a name that the lexicon or the report knows, with clitics or none."""
    token = line[index]
    hit = _known().at(line, index)
    kind = ""
    if hit is None or not set(hit.stem.clitics) <= set("وفبل"):
        hit = phrases("country").at(line, index)
        if hit is not None and index and adjective_at(line, index) and people_at(line, index - 1) is not None:
            return []  # "جنديا أوكرانيا" is a Ukrainian soldier
        kind = "country" if hit is not None and set(hit.stem.clitics) <= set("وفبل") else ""
        if not kind:
            hit = None
    if hit is not None:
        last, clitics = hit.last, hit.stem.clitics
    else:
        if token.kind != "word":
            return []
        stem = next((s for s in stems(token.text) if s.word in names and set(s.clitics) <= set("وفبل")), None)
        # A name of the report with a preposition written onto it, or behind one, or as it was introduced.
        if stem is None or (not stem.clitics and not _placed(line, index)):
            return []
        last, clitics = index + 1, stem.clitics
    start, end = token.start + opening(token.text, clitics), line[last - 1].end
    at_start = index == 0 and last < len(line) and line[last].text in data()["place"]["dateline"]["signs"]
    at_start = at_start and line[last].text not in ":/" and kind != "country"
    relation = "dateline" if at_start else ""
    cue = PlaceCue(kind=kind, relation=relation) if kind or relation else None
    text = " ".join(pool.document.text[start:end].split())
    return [Place(index, last, pool.add(start, end, "place", "name", core=text, cue=cue), clitics.startswith("و"))]


def _placed(line: Sequence[Token], index: int) -> bool:
    return index > 0 and line[index - 1].plain in _PREPOSITIONS


def _back(line: Sequence[Token], index: int, pool: Pool, before: Sequence[Mention]) -> Place | None:
    """Read "المدينة" as the town named last."""
    hit = phrases("place.back").at(line, index)
    if hit is None or not hit.definite:
        return None
    kinds = {"city": {"city", "town", ""}, "province": {"province"}}.get(hit.value, {hit.value})
    last = next(
        (m for m in reversed(before) if m.refers_to is None and _kind(m) in kinds and _relation(m) != "dateline"), None
    )
    if last is None:
        return None
    start = line[index].start + opening(line[index].text, hit.stem.clitics)
    cue = PlaceCue(kind=hit.value)
    mention = pool.add(start, line[index].end, "place", "description", core=last.core, cue=cue, refers_to=last.id)
    return Place(index, index + 1, mention)


def _kind(mention: Mention) -> str:
    return mention.cue.kind if mention.cue is not None else ""


def _relation(mention: Mention) -> str:
    return mention.cue.relation if mention.cue is not None else ""


_WIDTH = {"country": 5, "province": 4, "region": 3, "district": 3, "city": 2, "town": 2, "": 2, "area": 2}
_BETWEEN = frozenset("في ب التابعه التابع الواقعه الواقع ضمن".split())


def _parents(line: Sequence[Token], found: list[Place], pool: Pool) -> list[Place]:
    """Let a place lie in the wider one that stands right behind it: "بلدة حيدان في محافظة صعدة", "قرية X بريف Y"."""
    made = list(found)
    for number in range(len(made) - 2, -1, -1):
        inner, outer = made[number], made[number + 1]
        between = [token.plain for token in line[inner.last : outer.first]]
        wider = _WIDTH.get(_kind(outer.mention), 1) > _WIDTH.get(_kind(inner.mention), 1)
        if (
            outer.joined
            or not wider
            or len(between) > 2
            or any(word not in _BETWEEN and word != "،" for word in between)
        ):
            continue
        cue = inner.mention.cue or PlaceCue()
        if cue.relation == "dateline":
            continue
        cue = PlaceCue(
            kind=cue.kind, relation=cue.relation, bearing=cue.bearing, parent=outer.mention.id, parent_said=True
        )
        made[number] = Place(inner.first, inner.last, pool.change(inner.mention, cue=cue), inner.joined)
    return made
