"""Groups of people with their number: "خمسة مدنيين", "جنديان", "عشرة من عناصر التنظيم", "12 آخرين"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tidings.model import Amount, Mention
from tidings.read.ar.numerals import Numeral, number_at, several_at
from tidings.read.ar.parties import Parties, People, adjective_at, people_at
from tidings.read.ar.pool import Pool
from tidings.read.ar.tokens import Token, stems
from tidings.read.ar.words import phrases

__all__ = ["Group", "among", "amount", "group_at"]

_TWO = frozenset({"اثنان", "اثنين", "اثنتان", "اثنتين"})
_RANKS = frozenset({"صفوفه", "صفوفها", "صفوفهم"})
_ARMED = frozenset({"soldiers", "fighters"})


@dataclass(frozen=True, slots=True)
class Group:
    """People at tokens ``first``..``last``: who (None: the group named before, or nobody said), and how many."""

    first: int
    last: int
    target: Mention | None
    count: Amount | None
    rest: bool = False
    told: bool = True
    """Whether a noun, a party or a number with "others" says that people are meant."""


def amount(pool: Pool, line: Sequence[Token], number: Numeral, unit: str = "") -> Amount:
    """Return a number of the text with its words."""
    start = line[number.first].start
    whole = next((s for s in stems(line[number.first].text) if s.clitics in {"و", "ف"} and not s.article), None)
    if whole is not None and line[number.first].kind == "word" and _is_number(whole.word):
        start += whole.skip
    if line[number.first].plain == "و":
        start = line[number.first + 1].start
    text = pool.document.text[start : line[number.last - 1].end]
    return Amount(low=number.low, high=number.high, text=text, unit=unit)


def _is_number(word: str) -> bool:
    hit = [table for table in ("numbers.cardinals", "numbers.vague", "numbers.before") if phrases(table).at([Token(word, 0, len(word), "word", word)], 0)]  # fmt: skip
    return bool(hit) or word in {"ما", "اكثر", "اقل", "لا"}


def _own(line: Sequence[Token], index: int, pool: Pool, parties: Parties) -> Group | None:
    """Read "جنوده" and "أي من عناصره" as people of the party named last in the sentence."""
    at = index
    while at < min(len(line), index + 3) and line[at].plain in {"اي", "من", "احد"}:
        at += 1
    token = line[at] if at < len(line) else None
    if token is None or token.kind != "word":
        return None
    for ending in ("هم", "ها", "ه"):
        stem = token.plain.removesuffix(ending)
        if stem == token.plain or people_at([Token(stem, 0, len(stem), "word", stem)], 0) is None:
            continue
        whose = [party for first, (_, party) in sorted(parties.at.items()) if first < at and party.kind == "actor"]
        if not whose:
            return None
        party = whose[-1]
        known = {
            "lexicon": party.lexicon,
            "known_as": party.known_as,
            "role": party.role,
            "belongs_to": party.belongs_to,
        }
        mention = pool.add(token.start, token.end, "actor", "description", **known)
        return Group(index, at + 1, mention, None)
    return None


def group_at(line: Sequence[Token], index: int, pool: Pool, parties: Parties) -> Group | None:
    """Return the group of people that starts at a token, or None."""
    number = number_at(line, index)
    at = number.last if number is not None else index
    if number is None:
        skipped = several_at(line, index)
        at = skipped if skipped is not None else index
    if at >= len(line):
        return Group(index, at, None, amount(pool, line, number), told=False) if number is not None else None
    people = people_at(line, at)
    if people is not None and (number is None or not people.article or number.low != number.high):
        return _of_people(line, index, number, people, pool, parties)
    if number is None and at != index and at in parties.at:
        last, party = parties.at[at]
        return Group(index, last, party, None)
    if number is None:
        if phrases("harm.rest").at(line, index) is not None and line[index].plain not in {"اخري", "اخر"}:
            # "آخران" is the nominative of the dual; "آخرين" may be two or many.
            two = Amount(low=2, high=2, text=line[index].text) if line[index].plain == "اخران" else None
            return Group(index, index + 1, None, two, rest=True)
        return _own(line, index, pool, parties)
    count = amount(pool, line, number)
    if phrases("harm.rest").at(line, at) is not None:
        return Group(index, at + 1, None, count, rest=True)
    owner = among(line, at, pool, parties) or parties.at.get(at)
    if owner is not None:
        return Group(index, owner[0], owner[1], count)
    if adjective_at(line, at):
        # "23 فلسطينيا": people by where they are from, of whom nothing else is said.
        unit = line[at].text
        group = pool.lexicon.group("civilians")
        fields = {"lexicon": group.id, "known_as": group.name, "role": group.role} if group is not None else {}
        mention = pool.add(line[at].start, line[at].end, "actor", "description", **fields)
        rest = phrases("harm.rest").at(line, at + 1)
        last = at + 1 if rest is None else rest.last
        return Group(index, last, mention, amount(pool, line, number, unit))
    return Group(index, at, None, count, told=False)


def _of_people(
    line: Sequence[Token], index: int, number: Numeral | None, people: People, pool: Pool, parties: Parties
) -> Group:
    text = pool.document.text
    noun = line[people.first]
    start = noun.start + people.skip
    unit = " ".join(text[start : line[people.last - 1].end].split())
    at = people.last
    count = amount(pool, line, number, unit) if number is not None else None
    if at < len(line) and line[at].plain in _TWO and number is None:
        count = Amount(low=2, high=2, text=text[start : line[at].end], unit=unit)
        at += 1
    if count is None and people.number is not None and not people.article and several_at(line, index) is None:
        count = Amount(low=people.number, high=people.number, text=unit, unit=unit)
    if number is not None:
        behind = phrases("numbers.after").at(line, at, clitics=False)
        if behind is not None and count is not None:
            low, high = {"floor": (count.low, None), "ceiling": (None, count.high)}.get(
                behind.value, (count.low, count.high)
            )
            count = Amount(low=low, high=high, text=text[line[index].start : line[behind.last - 1].end], unit=unit)
            at = behind.last
    if at < len(line) and phrases("harm.rest").at(line, at) is not None:
        at += 1
    armed = people.english in _ARMED
    country = adjective_at(line, at)
    owner = parties.at.get(at) if armed else None
    far = among(line, at, pool, parties)
    if owner is None and far is not None and (armed or far[1].role == "civilians"):
        owner = far
    if owner is not None:
        at, party = owner
        known = {
            "lexicon": party.lexicon,
            "known_as": party.known_as,
            "role": party.role,
            "belongs_to": party.belongs_to,
        }
        mention = pool.add(start, line[at - 1].end, "actor", "name", core=party.core, **known)
        return Group(index, at, mention, count)
    if country and armed:
        at += 1
        known = pool.known(f"state.{country}") if people.english == "soldiers" else {}
        if known:
            mention = pool.add(start, line[at - 1].end, "actor", "description", core=unit, **known)
            return Group(index, at, mention, count)
    elif country:
        at += 1
    group = pool.lexicon.group(people.english)
    fields = {"lexicon": group.id, "known_as": group.name, "role": group.role} if group is not None else {}
    mention = pool.add(start, line[people.last - 1].end, "actor", "description", core=unit, **fields)
    return Group(index, at, mention, count)


def among(line: Sequence[Token], index: int, pool: Pool, parties: Parties) -> tuple[int, Mention] | None:
    """Return whose people they are that were counted before, and the token behind: "من قوات النظام", "في صفوف الجيش"."""
    if index >= len(line):
        return None
    if index in parties.at and line[index].plain[:1] == "ل":
        return parties.at[index]
    if line[index].plain in {"في", "من"} and index + 1 < len(line) and line[index + 1].plain in _RANKS:
        # "في صفوفها": whose, is the party named last.
        whose = [party for first, (_, party) in sorted(parties.at.items()) if first < index and party.kind == "actor"]
        return (index + 2, whose[-1]) if whose else None
    hit = phrases("harm.among").at(line, index, clitics=False)
    if hit is None:
        return None
    at = hit.last
    if at in parties.at:
        return parties.at[at]
    if hit.last - index > 1 and line[index].plain == "من":
        at = index + 1  # "من عناصر" of a party that no file knows
    people = people_at(line, at)
    if people is None:
        return None
    if people.english in _ARMED and people.last in parties.at:
        return parties.at[people.last]
    group = pool.lexicon.group(people.english)
    if group is None or people.number is not None:
        return None
    noun = line[people.first]
    fields = {"lexicon": group.id, "known_as": group.name, "role": group.role}
    return people.last, pool.add(noun.start + people.skip, noun.end, "actor", "description", **fields)
