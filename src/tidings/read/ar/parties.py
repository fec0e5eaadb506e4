"""Who is named in Arabic text: parties and bodies that the wars' files know, organs of states, people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from tidings.model import Mention
from tidings.read.ar.pool import Pool
from tidings.read.ar.tokens import Sentence, Token, opening, plain
from tidings.read.ar.words import Phrases, data, phrases

__all__ = ["Parties", "People", "adjective_at", "find_parties", "home_of", "people_at"]

_GENDERED = ("", "ه", "ا", "ان", "ين", "ون", "ات", "تان", "تين")


@dataclass(frozen=True, slots=True)
class People:
    """A noun for people at tokens ``first``..``last``: the lexicon's noun, and the number that its form gives."""

    first: int
    last: int
    english: str
    number: int | None
    article: bool
    skip: int = 0
    """Code points of "and" or "in" written onto the noun."""


@dataclass(slots=True)
class Parties:
    """The parties of one sentence: mention by the index of its first token, with the token behind it."""

    at: dict[int, tuple[int, Mention]] = field(default_factory=dict)

    def covering(self, index: int) -> Mention | None:
        """Return the party whose words hold a token, or None."""
        return next((m for first, (last, m) in self.at.items() if first <= index < last), None)


@cache
def _adjectives() -> Phrases:
    table: dict[str, list[str]] = {}
    also: dict[str, list[str]] = data()["adjective_also"]
    for code, adjective in data()["adjective"].items():
        forms = [plain(word) + ending for word in (adjective, *also.get(code, ())) for ending in _GENDERED]
        table[code] = forms
    return Phrases(table)


@cache
def _people() -> Phrases:
    table: dict[str, list[str]] = {}
    for noun in data()["people"]:
        for number in ("one", "two", "many"):
            if noun[number]:
                table[f"{noun['english']}|{number}"] = noun[number]
    return Phrases(table)


@cache
def _sure_duals() -> frozenset[str]:
    return frozenset(plain(word) for word in data()["dual"]["sure"])


def adjective_at(line: Sequence[Token], index: int) -> str:
    """Return the country of an adjective at a token ("الإسرائيلية"), or an empty string."""
    hit = _adjectives().at(line, index, clitics=False)
    return hit.value if hit is not None else ""


def people_at(line: Sequence[Token], index: int) -> People | None:
    """Return the noun for people at a token, or None.

    Examples: "جنديا" is one soldier, "شخصان" two people, "مدنيين" a plural without a number.
    """
    hit = _people().at(line, index)
    if hit is None or hit.stem.clitics not in {"", "و", "ف", "ل", "ب", "ك", "وب", "ول"}:
        return None
    english, number = hit.value.split("|")
    count = {"one": 1, "two": 2, "many": None}[number]
    if number == "many" and hit.stem.word in _sure_duals():
        count = 2
    return People(hit.first, hit.last, english, count, hit.definite, opening(line[index].text, hit.stem.clitics))


def home_of(lines: Sequence[Sentence]) -> str:
    """Return the country that a report names most, by its names and adjectives; empty where none leads.

    It says whose "the army" is that has no adjective.
    """
    counted: Counter[str] = Counter()
    for line in lines:
        for index in range(len(line.tokens)):
            code = adjective_at(line.tokens, index)
            hit = None if code else phrases("country").at(line.tokens, index)
            if code or hit is not None:
                # "غارة إسرائيلية" says who, a country's name where: the name weighs twice.
                counted[code or (hit.value if hit is not None else "")] += 1 if code else 2
    ranked = counted.most_common(2)
    if not ranked or ranked[0][1] < 2 or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
        return ""
    return ranked[0][0]


def find_parties(line: Sequence[Token], pool: Pool, before: Sequence[Mention]) -> Parties:
    """Return the parties of a sentence.

    Args:
        line: Its tokens.
        pool: Takes in the mentions.
        before: Mentions of the sentences before, for "the group" and "the observatory".
    """
    found = Parties()
    index = 0
    while index < len(line):
        made = _named(line, index, pool) or _organ(line, index, pool) or _back(line, index, pool, before, found)
        if made is None:
            index += 1
            continue
        found.at[index] = made
        index = made[0]
    return found


def _named(line: Sequence[Token], index: int, pool: Pool) -> tuple[int, Mention] | None:
    hit = phrases("party").at(line, index)
    if hit is None:
        return None
    known = pool.known(hit.value)
    if not known:
        return None
    entry = pool.lexicon.entry(known["lexicon"])
    kind = entry.kind if entry is not None else "actor"
    start = line[index].start + opening(line[index].text, hit.stem.clitics)
    return hit.last, pool.add(start, line[hit.last - 1].end, kind, "name", **known)


def _organ(line: Sequence[Token], index: int, pool: Pool) -> tuple[int, Mention] | None:
    hit = phrases("organ.words").at(line, index)
    if hit is None:
        return None
    code = adjective_at(line, hit.last)
    last = hit.last + bool(code)
    alone = phrases("organ.with_country").at(line, index)
    if not code and alone is not None and alone.last == hit.last:
        return None
    if not code and not hit.definite and hit.last - hit.first == 1:
        return None  # "جيش" with nothing behind it: an army, not the army
    known = pool.known(f"state.{code or pool.home}") if code or pool.home else {"role": "state"}
    start = line[index].start + opening(line[index].text, hit.stem.clitics)
    return last, pool.add(start, line[last - 1].end, "actor", "name" if code else "description", **known)


def _back(
    line: Sequence[Token], index: int, pool: Pool, before: Sequence[Mention], here: Parties
) -> tuple[int, Mention] | None:
    """Read "التنظيم" as the armed group, "المرصد" as the monitor, named last before."""
    for anaphor in data()["anaphor"]:
        hit = Phrases({"x": anaphor["words"]}).at(line, index) if _may_be(line[index], anaphor["words"]) else None
        if hit is None or not hit.definite:
            continue
        roles = set(anaphor["roles"])
        earlier = [*before, *(mention for _, mention in here.at.values())]
        last = next((m for m in reversed(earlier) if m.role in roles and m.lexicon and m.refers_to is None), None)
        if last is None and "armed_group" not in roles:
            return None
        start = line[index].start + opening(line[index].text, hit.stem.clitics)
        if last is None:
            return hit.last, pool.add(start, line[index].end, "actor", "description", role="armed_group")
        known = {"lexicon": last.lexicon, "known_as": last.known_as, "role": last.role, "belongs_to": last.belongs_to}
        return hit.last, pool.add(start, line[index].end, last.kind, "description", refers_to=last.id, **known)
    return None


def _may_be(token: Token, words: Sequence[str]) -> bool:
    return any(token.plain.endswith(plain(word)[2:]) for word in words)
