"""What a server asks of programs: robots.txt, read as RFC 9309 says, wildcards and all."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

__all__ = ["EVERYTHING", "NOTHING", "Rules", "rules_of"]

LARGEST = 500 * 1024
"""Bytes of a robots.txt that are read; RFC 9309 asks for at least so many."""
MOST_RULES = 5000
LONGEST_RULE = 2000
MOST_STARS = 20


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules for one program: (allowed, pattern) in the order of the file, and the seconds to wait between pages."""

    rules: tuple[tuple[bool, str], ...] = ()
    delay: float = 0.0

    def allow(self, url: str) -> bool:
        """Return whether a page may be fetched: the longest pattern that fits decides, and allowing wins a tie."""
        parts = urlsplit(url)
        path = unquote(parts.path or "/") + (f"?{unquote(parts.query)}" if parts.query else "")
        fitting = [(len(pattern), allowed) for allowed, pattern in self.rules if _fits(pattern, path)]
        return max(fitting)[1] if fitting else True


EVERYTHING = Rules()
"""The rules of a server that has none."""
NOTHING = Rules(((False, "/"),))
"""The rules of a server that cannot say what it wants: RFC 9309 asks to keep out meanwhile."""


def _fits(pattern: str, path: str) -> bool:
    """Return whether a pattern fits the beginning of a path; ``*`` stands for anything, ``$`` at the end for its end."""
    ends = pattern.endswith("$")
    pieces = pattern.removesuffix("$").split("*")
    if not path.startswith(pieces[0]):
        return False
    at = len(pieces[0])
    for number, piece in enumerate(pieces[1:], start=1):
        if ends and number == len(pieces) - 1:
            return len(path) - len(piece) >= at and path.endswith(piece)
        at = path.find(piece, at)
        if at < 0:
            return False
        at += len(piece)
    return not ends or at == len(path)


def rules_of(text: str, name: str) -> Rules:
    """Return the rules for the program called ``name``: those that name it, else those for all.

    Args:
        text: The words of a robots.txt.
        name: The program's name, letters and hyphens, as at the head of its User-Agent.
    """
    groups: dict[str, list[tuple[bool, str]]] = {}
    delays: dict[str, float] = {}
    agents: list[str] = []
    begun = False
    for line in text[:LARGEST].splitlines():
        key, colon, value = line.partition("#")[0].partition(":")
        key, value = key.strip().lower(), value.strip()
        if not colon:
            continue
        if key == "user-agent":
            if begun:
                agents, begun = [], False
            agents.append(value.lower())
            groups.setdefault(value.lower(), [])
        elif key in {"allow", "disallow", "crawl-delay"}:
            begun = True
            for agent in agents:
                if key == "crawl-delay":
                    delays[agent] = _seconds(value)
                elif value.startswith(("/", "*")) and len(value) <= LONGEST_RULE and value.count("*") <= MOST_STARS:
                    groups[agent].append((key == "allow", unquote(value)))
    mine = [agent for agent in groups if agent != "*" and re.fullmatch(rf"{re.escape(agent)}(?:[/ ].*)?", name.lower())]
    chosen = mine or (["*"] if "*" in groups else [])
    rules = [rule for agent in chosen for rule in groups[agent]][:MOST_RULES]
    return Rules(tuple(rules), max((delays.get(agent, 0.0) for agent in chosen), default=0.0))


def _seconds(value: str) -> float:
    try:
        return min(60.0, max(0.0, float(value)))
    except ValueError:
        return 0.0
