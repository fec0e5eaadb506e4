"""The sentences of this folder as labelled words: frames filled at random (one seed), and those written out."""

from __future__ import annotations

import random
import re
from pathlib import Path

HERE = Path(__file__).parent
CODES = {
    "clash": "event/armed_clash", "shell": "event/shelling", "air": "event/air_strike", "suic": "event/suicide_bombing",
    "bomb": "event/bombing", "ga": "event/ground_attack", "kill": "event/killing", "abuse": "event/abuse",
    "reinf": "event/reinforcement", "retr": "event/retreat", "block": "event/blockade", "form": "event/formation",
    "defec": "event/defection", "alert": "event/alert", "neg": "event/negotiation", "agr": "event/agreement",
    "prot": "event/protest", "meet": "event/meeting", "evac": "event/evacuation", "oth": "event/other",
    "gain": "control/gained", "lost": "control/lost", "held": "control/held", "shared": "control/shared",
    "cont": "control/contested", "repel": "control/repelled", "att": "control/attempted",
    "dead": "casualties/killed", "wnd": "casualties/wounded", "miss": "casualties/missing",
    "flee": "displacement/flight", "back": "displacement/return", "shelt": "displacement/sheltered",
    "trap": "displacement/trapped", "arr": "custody/arrest", "abd": "custody/abduction", "rel": "custody/release",
    "det": "custody/detention", "seiz": "property/seizure", "given": "property/return", "rans": "property/ransom",
    "dest": "property/destruction", "ally": "relation/alliance", "host": "relation/hostility",
    "tens": "relation/tension", "power": "relation/power_sharing", "affil": "relation/affiliation",
    "dep": "relation/dependence", "claimr": "statement/claim_of_responsibility", "deny": "statement/denial",
    "accu": "statement/accusation", "thr": "statement/threat", "app": "statement/appeal",
    "ann": "statement/announcement", "asse": "statement/assessment",
}  # fmt: skip
"""What a code stands for: kind and type of the coding guide."""
SEED = 7
EACH = 5
"""Sentences per word and frame group."""


def _lines(name: str) -> list[str]:
    text = (HERE / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]


def frames() -> list[str]:
    """Return the frames filled, in the form of ``told.txt``."""
    chance = random.Random(SEED)  # noqa: S311
    fillers = dict(line.split(": ", 1) for line in _lines("fillers.txt"))
    choices = {name: words.split("|") for name, words in fillers.items()}

    def fill(match: re.Match[str]) -> str:
        return chance.choice(choices[match.group(1)])

    found: list[str] = []
    code, words, group = "", [], []

    def close() -> None:
        mark = f"/{code}" if code else ""
        for word in words:
            past, _, part = word.partition("|")
            for _ in range(EACH):
                frame = chance.choice(group)
                filled = re.sub(
                    r"\{([A-Z]{2,}|[AB T L]|A|B|T|L)\}",
                    lambda m: m.group(0) if m.group(1) in {"V", "P", "N"} else fill(m),
                    frame,
                )
                filled = filled.replace("{V}", f"{past}{mark}").replace("{P}", f"{part or past}{mark}")
                filled = filled.replace("{N}", f"{word}{mark}")
                filled = re.sub(r"\s+", " ", filled).replace(" .", ".").replace(" ,", ",")
                found.append(filled[0].upper() + filled[1:])

    for line in [*_lines("frames.txt"), "= end"]:
        sign, _, rest = line.partition(" ")
        if sign == "=":
            if group:
                close()
            code, words, group = ("" if rest == "none" else rest), [], []
        elif sign == "F":
            group.append(rest)
        else:
            words = rest.split()
    return found


def parsed_line(line: str) -> tuple[str, list[tuple[int, int, str]]]:
    """Return the sentence without its marks, and start, end and answer of each marked word."""
    text, marks = "", []
    position = 0
    for match in re.finditer(r"([\w'-]+)/([a-z]+)", line):
        text += line[position : match.start()]
        marks.append((len(text), len(text) + len(match.group(1)), CODES[match.group(2)]))
        text += match.group(1)
        position = match.end()
    return text + line[position:], marks


def material() -> list[tuple[str, str, list[tuple[int, int, str]]]]:
    """Return (where from, sentence, marked words) of all sentences."""
    found = [("frame", *parsed_line(line)) for line in frames()]
    found += [("told", *parsed_line(line)) for line in _lines("told.txt")]
    found += [("nothing", line, []) for line in _lines("nothing.txt")]
    return found
