"""Casualties in Arabic: killed, wounded, executed, missing, each group of people with its number.

Rules, named in every claim::

    ar.harm.noun     a noun of the deed before people        "مقتل خمسة مدنيين وإصابة جنديين"
    ar.harm.verb     a verb before those harmed              "قُتل 12 شخصا", "أصيبت امرأتان"
    ar.harm.active   a verb, who did it, and to whom         "قتل التنظيم ثلاثة جنود"
    ar.harm.left     those harmed before the verb            "أربعة أطفال قتلوا"
    ar.harm.people   a noun of the dead with its number      "سبعة قتلى من الجيش", "ارتفعت حصيلة القتلى إلى 40"
    ar.harm.part     a part counted by itself                "بينهم طفلان"

"استشهاد" is coded as "مقتل" is: the words stay in the quote.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from tidings.model import Amount, Claim, ClaimId, Mention, content_id
from tidings.read.ar.groups import Group, among, amount, group_at
from tidings.read.ar.harm import Harm, Scene, agents_of, harm_at, is_joined, mode_of, places_of
from tidings.read.ar.numerals import number_at
from tidings.read.ar.parties import people_at
from tidings.read.ar.speech import governing
from tidings.read.ar.tokens import Token, plain, stems
from tidings.read.ar.words import data, phrases

__all__ = ["find_casualties"]

CONFIDENCE = {"noun": 0.6, "verb": 0.55, "active": 0.5, "left": 0.45, "people": 0.55, "part": 0.5}
"""Low on purpose: rules over words without a parse, measured on sentences of our own only."""


def find_casualties(scene: Scene) -> list[Claim]:
    """Return the casualty claims of a sentence."""
    line = scene.line
    found = []
    index = 0
    while index < len(line):
        harm = harm_at(line, index) if scene.parties.covering(index) is None else None
        if harm is not None:
            found.append(harm)
        index = harm.last if harm is not None else index + 1
    last: Mention | None = None
    for number, harm in enumerate(found):
        until = found[number + 1].first if number + 1 < len(found) else len(line)
        since = found[number - 1].last if number else 0
        last = _read(scene, harm, since, until, last) or last
    return scene.claims


def _read(scene: Scene, harm: Harm, since: int, until: int, before: Mention | None) -> Mention | None:
    """Make the claims of one word of harm; return the people of the last, for "others" behind."""
    if harm.form == "people":
        return _of_people_noun(scene, harm, since, until)
    line, pool, parties = scene.line, scene.pool, scene.parties
    at, agent, rule = harm.last, None, harm.form
    group = group_at(line, at, pool, parties)
    if group is None and harm.form == "verb" and at in parties.at and parties.at[at][1].kind == "actor":
        agent, rule = parties.at[at][1], "active"
        group = group_at(line, parties.at[at][0], pool, parties)
        if group is None:
            return None
    elif group is not None and harm.form == "verb" and harm.first:
        # "قوات الدعم السريع قتلت 20 مدنيا": the doer stands right before the verb.
        doer = parties.covering(harm.first - 1)
        if doer is None and phrases("harm.self.words").at(line, harm.first - 1) is not None:
            doer = _speaker(scene, harm)
        if doer is not None and doer.kind == "actor" and not line[harm.first].plain.startswith("و"):
            agent, rule = doer, "active"
    if group is None and harm.form == "verb":
        group, rule = _left(scene, harm, since), "left"
    if group is None and at in parties.at and harm.form == "noun" and parties.at[at][1].kind == "actor":
        return None
    if group is None or (not group.told and not _countable(scene, group, until)):
        return None
    groups = [group]
    if rule != "left":
        groups += _joined(scene, group.last, until)
    end = max(item.last for item in groups)
    agents = [agent] if agent is not None else agents_of(scene, harm, end, since, until)
    last = before
    for item in groups:
        target = item.target if item.target is not None else (last if item.rest else None)
        # Each quote ends with its own group; the last takes in the place behind.
        _claim(scene, harm, item, target, agents, rule, since, until if item is groups[-1] else item.last)
        last = target or last
    for part in _parts(scene, end, until):
        _claim(scene, harm, part, part.target, agents, "part", since, until)
    return last


def _speaker(scene: Scene, harm: Harm) -> Mention | None:
    """Return who says the words that hold a word of harm."""
    row = governing(scene.rows, scene.line[harm.first].start, scene.line[harm.last - 1].end)
    return scene.pool.by_id[row.source] if row is not None and row.source is not None else None


def _countable(scene: Scene, group: Group, until: int) -> bool:
    """Return whether a bare number behind a word of harm counts people: "مقتل 30 في الغارة", not "إصابة 3 منازل"."""
    at = group.last
    if at >= len(scene.line) or at >= until:
        return True
    token = scene.line[at]
    if token.kind == "sign":
        return token.text in {"،", ",", ".", ":", "»", ")", "؛"}
    small = {
        "في",
        "وجرح",
        "علي",
        "جراء",
        "خلال",
        "بقصف",
        "بغاره",
        "اثر",
        "نتيجه",
        "بينهم",
        "واصابه",
        "قرب",
        "بانفجار",
        "بجروح",
        "بجراح",
    }
    return token.plain in small or harm_at(scene.line, at) is not None


def _left(scene: Scene, harm: Harm, since: int) -> Group | None:
    """Return the people that stand right before a verb: "أربعة أطفال قتلوا"."""
    if is_joined(scene.line, harm.first):
        return None  # "استشهد شابان وأصيب ثالث": the two are the first verb's
    for at in range(max(since, harm.first - 9), harm.first):
        group = group_at(scene.line, at, scene.pool, scene.parties)
        if group is None or not group.told or group.count is None or group.target is None:
            continue
        between = [token.plain for token in scene.line[group.last : harm.first]]
        if len(between) <= 1 and all(word in {"قد", "اخرين", "لم"} for word in between):
            return group
    return None


def _joined(scene: Scene, at: int, until: int) -> list[Group]:
    """Return the groups joined by "and", each with a number of its own: "خمسة مدنيين وثلاثة جنود"."""
    found = []
    while at < until and at < len(scene.line) and scene.line[at].plain.startswith("و"):
        if harm_at(scene.line, at) is not None:
            break
        begin = at + (scene.line[at].plain == "و" and scene.line[at + 1 : at + 2] != ())
        group = group_at(scene.line, at if number_at(scene.line, at) else begin, scene.pool, scene.parties)
        if group is None or not group.told or group.count is None or group.last > until:
            break
        found.append(group)
        at = group.last
    return found


def _parts(scene: Scene, at: int, until: int) -> list[Group]:
    """Return the groups behind "among them" that are counted by themselves."""
    for index in range(at, min(until, at + 14)):
        hit = phrases("harm.part").at(scene.line, index)
        if hit is None:
            continue
        group = group_at(scene.line, hit.last, scene.pool, scene.parties)
        if group is None or not group.told:
            return []
        groups = [group, *_joined(scene, group.last, until)]
        return [item for item in groups if item.count is not None]
    return []


def _of_people_noun(scene: Scene, harm: Harm, since: int, until: int) -> Mention | None:
    """Read "سبعة قتلى", "قتيلان", "ارتفعت حصيلة القتلى إلى 40", "30 شخصا بين قتيل وجريح"."""
    line, pool = scene.line, scene.pool
    unit = pool.document.text[line[harm.first].start : line[harm.last - 1].end]
    count: Amount | None = None
    first, target = harm.first, None
    for at in range(max(since, harm.first - 8), harm.first + 1):
        number = number_at(line, at) if at < harm.first else None
        if number is not None and number.last == harm.first:
            count, first = amount(pool, line, number, unit), at
            break
        group = group_at(line, at, pool, scene.parties) if at < harm.first else None
        if group is None or group.count is None or line[harm.first - 1].plain != "بين":
            continue
        if harm.first - 3 <= group.last <= harm.first - 1:
            count, first, target = group.count, at, group.target
            break
    last = harm.last
    word = {stem.word for stem in stems(line[harm.first].text) if not stem.article}
    if count is None and word & {plain(form) for form in data()["harm"]["two"]["words"]}:
        count = Amount(low=2, high=2, text=unit, unit=unit)
    elif count is None and harm.last - harm.first == 1 and word & {plain(f) for f in data()["harm"]["one"]["words"]}:
        count = Amount(low=1, high=1, text=unit, unit=unit)
    elif count is None:
        toll = _toll(scene, harm, since, until)
        if toll is not None:
            first, last, count = toll
    owner = among(line, harm.last, pool, scene.parties)
    people = people_at(line, harm.last) if owner is None else None
    if owner is not None:
        last, target = max(last, owner[0]), owner[1]
    elif people is not None and harm.last < until:
        group = group_at(line, harm.last, pool, scene.parties)
        target, last = (group.target, max(last, group.last)) if group is not None else (target, last)
    if count is None and target is None:
        return None
    group = Group(first, last, target, count)
    agents = agents_of(scene, harm, last, since, until)
    _claim(scene, harm, group, target, agents, "people", since, until)
    for part in _parts(scene, last, until):
        _claim(scene, harm, part, part.target, agents, "part", since, until)
    return target


def _toll(scene: Scene, harm: Harm, since: int, until: int) -> tuple[int, int, Amount] | None:
    line = scene.line
    words = {plain(word) for word in data()["harm"]["toll"]["to"]}
    toll = next(
        (at for at in range(max(since, harm.first - 3), harm.first) if phrases("harm.toll.words").at(line, at)), None
    )
    if toll is None:
        return None
    for at in range(harm.last, min(until, harm.last + 10)):
        number = number_at(line, at + 1) if line[at].plain in words else None
        if number is not None:
            return toll, number.last, amount(scene.pool, line, number)
    return None


def _claim(
    scene: Scene, harm: Harm, group: Group, target: Mention | None, agents: Iterable[Mention], rule: str, since: int,
    until: int,
) -> None:  # fmt: skip
    line, text = scene.line, scene.pool.document.text
    first = min(harm.first, group.first) if rule != "part" else group.first
    while line[first].plain == "و":
        first += 1
    last = max(harm.last, group.last) if rule != "part" else group.last
    trigger = (line[harm.first].start + _joined_letter(line[harm.first]), line[harm.last - 1].end)
    row = governing(scene.rows, *trigger)
    mode = mode_of(scene, first if rule != "part" else harm.first, row, since)
    places = places_of(scene, first, last, since, until, row)
    unfilled = []
    confidence = CONFIDENCE[rule]
    if not places and scene.carried is not None:
        places = [scene.carried]
        unfilled.append("places.carried")
        confidence *= 0.85
    elif not places:
        unfilled.append("places")
    doers = [agent for agent in agents if target is None or not _same(agent, target)]
    unfilled += [slot for slot, value in (("agents", doers), ("targets", target), ("count", group.count)) if not value]
    start, end = line[first].start, line[last - 1].end
    start += _joined_letter(line[first])
    if first and line[first - 1].plain in {"لم", "لن"}:
        start = line[first - 1].start
    if rule != "part":
        inner = [p for p in places if last <= p.first < until and "places.carried" not in unfilled]
        behind = [m for m in doers if line[last - 1].end <= m.start < (line[until - 1].end if until else end)]
        end = max([end, *(p.mention.end for p in inner), *(m.end for m in behind)])
        start = min(
            [
                start,
                *(
                    m.start
                    for m in doers
                    if rule == "active" and m.start >= max(line[since].start, row.start if row else 0)
                ),
            ]
        )
    ident = ClaimId(
        content_id("c", scene.pool.document.id, start, end, "casualties", harm.measure, group.count and group.count.text, group.first)
    )  # fmt: skip
    scene.claims.append(
        Claim(
            id=ident,
            document=scene.pool.document.id,
            start=start,
            end=end,
            quote=text[start:end],
            kind="casualties",
            type=harm.measure,
            measure=harm.measure,
            agents=tuple(dict.fromkeys(agent.id for agent in doers)),
            targets=(target.id,) if target is not None else (),
            places=tuple(place.mention.id for place in places),
            chain=row.chain if row is not None else (),
            attribution=row.id if row is not None else None,
            mode=mode,
            count=group.count if group.count is None else replace(group.count),
            rule=f"ar.harm.{rule}",
            confidence=round(confidence, 3),
            trigger_start=trigger[0],
            trigger_end=trigger[1],
            unfilled=tuple(unfilled),
            reader=scene.stamp,
        )
    )


def _joined_letter(token: Token) -> int:
    """Return the code points of "and" before the first word of a quote, where it is no part of the word."""
    for stem in stems(token.text):
        if stem.article or stem.clitics not in {"و", "ف", "ب", "وب", "ل", "ول"}:
            continue
        alone = [Token(stem.word, 0, len(stem.word), "word", stem.word)]
        if harm_at(alone, 0) is not None or number_at(alone, 0) is not None or people_at(alone, 0) is not None:
            return stem.skip
    return 0


def _same(a: Mention, b: Mention) -> bool:
    return a.id == b.id or bool(a.lexicon and a.lexicon == b.lexicon)
