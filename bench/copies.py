"""How well copies are told from independent reports: texts that nobody wrote, with planted copies of every kind.

Copies are cut, re-titled, given a new attribution, 2 to 12 % of their words changed, paragraphs added or lost, or several of these at
once. Independent reports tell the same happening, with the same names and numbers, in sentences of their own.

::

    python bench/copies.py 2000
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable

from tidings.gather.copies import near_copies

NAMES = "Amran Beni-Zar Corrado Duhala Elyas Farrin Gombe Harasta Idlo Jabrin Kesta Lomar Mirsad Noura Ouarzin Pelton".split()
THINGS = (
    "market bridge school bakery clinic depot mill harbour quarry barracks mosque station well orchard dam kiln".split()
)
PARTIES = "the army;the Guard;the Front;the Column;the Coast Brigade;the Union".split(";")
OPENINGS = (
    "{party} shelled the {thing} of {place} on {day}, and {n} people were killed, {source} said.",
    "At least {n} people died on {day} when shells struck the {thing} in {place}, according to {source}.",
    "Shells that {source} blamed on {party} hit the {thing} of {place} on {day}; {n} bodies were counted.",
    "{n} residents of {place} lost their lives in an attack on the {thing} there, {source} reported on {day}.",
    "A barrage attributed to {party} left {n} dead near the {thing} at {place}, {source} announced {day}.",
)
SOURCES = "a local council;doctors;the provincial monitor;two witnesses;the interior ministry;rescue workers".split(";")
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
SUBJECTS = "a driver;an old baker;the mayor;two nurses;a shepherd;the teacher;a boy with a bicycle;her neighbours;the imam;a trader".split(
    ";"
)
VERBS = "saw;described;had warned of;could not explain;remembered;photographed;fled before;wrote down;cursed;waited out".split(
    ";"
)
OBJECTS = "the second blast;smoke above the roofs;a column of trucks;the empty street;broken water pipes;the checkpoint lights;a low aircraft;the burning stalls;the ambulance queue;the shouting".split(
    ";"
)
TAILS = "before noon;while the road was closed;until the evening call;near the old wall;without a word;for the third time that month;as rain began;from a cellar;on the way home;with a borrowed phone".split(
    ";"
)


def sentence(dice: random.Random) -> str:
    return (
        f"{dice.choice(SUBJECTS)} {dice.choice(VERBS)} {dice.choice(OBJECTS)} {dice.choice(TAILS)}".capitalize() + "."
    )


def report(dice: random.Random, facts: dict[str, object]) -> list[str]:
    """Return the paragraphs of a report of its own."""
    opening = dice.choice(OPENINGS).format(**facts, source=dice.choice(SOURCES))
    return [opening, *(" ".join(sentence(dice) for _ in range(dice.randint(2, 4))) for _ in range(dice.randint(3, 7)))]


def cut(dice: random.Random, text: list[str]) -> list[str]:
    keep = max(2, round(len(text) * dice.uniform(0.4, 0.8)))
    start = dice.randrange(len(text) - keep + 1)
    return text[start : start + keep]


def titled(dice: random.Random, text: list[str]) -> list[str]:
    return [f"{dice.choice(NAMES)}: {sentence(dice)}", *text]


def changed(dice: random.Random, text: list[str]) -> list[str]:
    words = [paragraph.split() for paragraph in text]
    spots = [(at, word) for at, row in enumerate(words) for word in range(len(row))]
    for at, word in dice.sample(spots, round(len(spots) * dice.uniform(0.02, 0.12))):
        words[at][word] = dice.choice(THINGS + NAMES)
    return [" ".join(row) for row in words]


def padded(dice: random.Random, text: list[str]) -> list[str]:
    out = list(text)
    for _ in range(dice.randint(1, 3)):
        out.insert(dice.randint(0, len(out)), " ".join(sentence(dice) for _ in range(3)))
    return out


def thinned(dice: random.Random, text: list[str]) -> list[str]:
    drop = set(dice.sample(range(len(text)), max(1, len(text) // 3)))
    return [paragraph for at, paragraph in enumerate(text) if at not in drop]


def attributed(dice: random.Random, text: list[str]) -> list[str]:
    for old in SOURCES:
        text = [paragraph.replace(old, dice.choice(SOURCES)) for paragraph in text]
    return text


KINDS: tuple[Callable[[random.Random, list[str]], list[str]], ...] = (cut, titled, changed, padded, thinned, attributed)


def main() -> None:
    dice = random.Random(5)  # noqa: S311
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 2_000
    texts: dict[str, str] = {}
    truth: set[tuple[str, str]] = set()
    how: dict[tuple[str, str], str] = {}
    while len(texts) < size:
        facts = {
            "party": dice.choice(PARTIES),
            "thing": dice.choice(THINGS),
            "place": dice.choice(NAMES),
            "day": dice.choice(DAYS),
            "n": dice.randint(2, 60),
        }
        for _ in range(dice.randint(1, 3)):  # independent reports of one happening
            own = report(dice, facts)
            key = f"r{len(texts):05}"
            texts[key] = "\n\n".join(own)
            if dice.random() < 0.35:
                kinds = dice.sample(KINDS, dice.choice((1, 1, 2)))
                copy = own
                for kind in kinds:
                    copy = kind(dice, copy)
                other = f"r{len(texts):05}"
                texts[other] = "\n\n".join(copy)
                truth.add((key, other))
                how[key, other] = "+".join(sorted(kind.__name__ for kind in kinds))
    start = time.perf_counter()
    found = {(a, b) for a, b, _ in near_copies(list(texts.items()))}
    seconds = time.perf_counter() - start
    right = len(found & truth)
    print(
        f"{len(texts)} reports, {len(truth)} planted copies: recall {right / len(truth):.3f}, precision {right / max(1, len(found)):.3f}, {seconds:.1f} s"
    )
    missed: dict[str, int] = {}
    for pair in truth - found:
        missed[how[pair]] = missed.get(how[pair], 0) + 1
    print("missed by kind:", dict(sorted(missed.items(), key=lambda row: -row[1])))


if __name__ == "__main__":
    main()
