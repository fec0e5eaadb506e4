"""A profile: what a copy shows, what it coarsens, what it leaves out, and why. TOML that a person reads and edits.

What a profile does not say is treated as in the strictest one, so that a line forgotten never shows more.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from importlib.resources import files
from pathlib import Path
from typing import Any

from tidings.errors import UnreadableInput, UsageError
from tidings.model import KINDS

__all__ = ["SHIPPED", "PlaceRule", "Profile", "load_profile", "profile_of_copy"]

SHIPPED = ("private", "partner", "public")
"""The profiles that come with Tidings, from the most open to the most careful."""

_GRAINS = ("day", "month", "year", "nothing")
_CHOICES: dict[str, dict[str, tuple[str, ...]]] = {
    "ids": {"ids": ("keyed", "keep")},
    "persons": {
        "names": ("pseudonym", "keep"),
        "unvouched": ("pseudonym", "keep"),
        "details": ("leave out", "keep"),
        "dates": _GRAINS,
        "places": ("leave out", "keep"),
    },
    "descriptions": {},
    "quotations": {
        "unknown_names": ("cut", "keep"),
        "scripts_without_capitals": ("leave out", "keep"),
        "about_private_persons": ("leave out", "keep"),
    },
    "reports": {
        "text": ("leave out", "keep"),
        "address": ("leave out", "host", "keep"),
        "file_name": ("leave out", "keep"),
        "title": ("leave out", "redact", "keep"),
        "byline": ("leave out", "keep"),
        "notes": ("leave out", "keep"),
    },
    "dates": {"happenings": _GRAINS, "publication": _GRAINS},
    "tables": {},
    "people": {"analysts": ("pseudonym", "keep")},
}
"""Every choice with its answers, the strictest first."""
_NUMBERS: dict[str, dict[str, int]] = {"quotations": {"longest": 160}}
_LISTS: dict[str, dict[str, tuple[str, ...]]] = {
    "persons": {"public_offices": (), "public_names": ()},
    "descriptions": {"cut": ("source", "person", "civilians")},
    "quotations": {"keep_in": ("claims",), "not_by_unnamed": tuple(KINDS)},
    "tables": {"leave_out": ("constraints", "proposals", "decisions")},
}
_PLACE_KEYS = {"name", "kinds", "words", "to", "grid_m", "show_name", "called", "reason"}


@dataclass(frozen=True, kw_only=True, slots=True)
class PlaceRule:
    """How places of one sort are coarsened.

    A place falls under the rule by its kind or by a word of its name (folded). ``to``: ``grid`` moves the point to the
    middle of a square of ``grid_m`` metres and says a radius that holds the whole square; ``parent`` takes point and radius of
    the place it lies in; ``nothing`` leaves no point. Without ``show_name`` its name becomes ``called``.
    """

    name: str
    kinds: frozenset[str]
    words: frozenset[str]
    to: str
    grid_m: int
    show_name: bool
    called: str
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Profile:
    """What a copy shows. The sections and choices are those of the shipped files; ``reasons`` say why, by section."""

    name: str
    title: str
    choices: Mapping[str, Mapping[str, str]]
    lists: Mapping[str, Mapping[str, tuple[str, ...]]]
    longest: int
    places: tuple[PlaceRule, ...]
    reasons: Mapping[str, str] = field(default_factory=dict)

    def says(self, section: str, choice: str) -> str:
        """Return the answer to a choice."""
        return self.choices[section][choice]

    def keeps(self, section: str, choice: str) -> bool:
        """Return whether the answer is ``keep``."""
        return self.choices[section][choice] == "keep"

    def listed(self, section: str, name: str) -> tuple[str, ...]:
        """Return a list."""
        return self.lists[section][name]

    def showing(self, names: Sequence[str]) -> Profile:
        """Return the profile with more people who are public; they are named in the copy anyway."""
        persons = {
            **self.lists["persons"],
            "public_names": tuple(dict.fromkeys((*self.lists["persons"]["public_names"], *names))),
        }
        return replace(self, lists={**self.lists, "persons": persons})

    def plain(self) -> dict[str, Any]:
        """Return the profile as it goes with the copy: every choice, whether the file said it or not."""
        return {
            "name": self.name,
            "title": self.title,
            "choices": {section: dict(held) for section, held in self.choices.items() if held},
            "lists": {section: {key: list(row) for key, row in held.items()} for section, held in self.lists.items()},
            "longest_quotation": self.longest,
            "places": [
                {
                    "name": rule.name,
                    "kinds": sorted(rule.kinds),
                    "words": sorted(rule.words),
                    "called": rule.called,
                    "to": rule.to,
                    "grid_m": rule.grid_m,
                    "show_name": rule.show_name,
                    "reason": rule.reason,
                }
                for rule in self.places
            ],
            "reasons": dict(self.reasons),
        }


def load_profile(named: str | Path) -> Profile:
    """Return a profile that comes with Tidings, by its name, or one from a file.

    Args:
        named: ``private``, ``partner``, ``public``, or a TOML file.

    Raises:
        UsageError: There is no such profile, or it says something that no profile can say.
        UnreadableInput: The file is no TOML.
    """
    path = Path(named)
    if str(named) in SHIPPED or (
        path.name == str(named) and path.suffix == ".toml" and path.stem in SHIPPED and not path.exists()
    ):
        named = path.stem
        text = files("tidings.publish").joinpath(f"profiles/{named}.toml").read_text(encoding="utf-8")
        return _profile(_parsed(text, str(named)), str(named))
    if not path.is_file():
        raise UsageError(f"there is no profile {named}. Name one of {', '.join(SHIPPED)}, or a TOML file of your own.")
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableInput(
            path.name, "the profile cannot be read as text", "Check that it is TOML in UTF-8."
        ) from error
    return _profile(_parsed(text, path.name), path.name)


def profile_of_copy(path: Path) -> Profile:
    """Return the profile that lies in a copy, as :meth:`Profile.plain` wrote it.

    Raises:
        UnreadableInput: It is missing or broken.
    """
    try:
        held = json.loads(path.read_text(encoding="utf-8"))
        said: dict[str, Any] = {
            "name": held["name"],
            "title": held["title"],
            "reason": held["reasons"].get("profile", ""),
        }
        for section in _CHOICES:
            said[section] = {**held["choices"].get(section, {}), **held["lists"].get(section, {})}
            if held["reasons"].get(section):
                said[section]["reason"] = held["reasons"][section]
        said["quotations"]["longest"] = held["longest_quotation"]
        said["places"] = held["places"]
    except (OSError, ValueError, KeyError, AttributeError, TypeError) as error:
        raise UnreadableInput(path.name, "the profile of the copy cannot be read", "Is the copy whole?") from error
    return _profile(said, path.name)


def _parsed(text: str, where: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UnreadableInput(where, f"it is no TOML ({error})", "Correct the line.") from error


def _profile(held: dict[str, Any], where: str) -> Profile:
    name = held.get("name")
    if not isinstance(name, str) or not name.strip():
        raise UsageError(f'{where}: a profile needs a name, say name = "court".')
    known = {"name", "title", "reason", "places", *_CHOICES}
    for key in held:
        if key not in known:
            raise UsageError(f"{where}: there is no section {key!r}. The sections are: {', '.join(sorted(known))}.")
    choices: dict[str, dict[str, str]] = {}
    lists: dict[str, dict[str, tuple[str, ...]]] = {}
    reasons: dict[str, str] = {"profile": " ".join(str(held.get("reason", "")).split())}
    longest = 0
    for section, allowed in _CHOICES.items():
        said = held.get(section, {})
        if not isinstance(said, dict):
            raise UsageError(f"{where}: {section} is a section: write [{section}] on a line of its own.")
        _refuse_unknown(where, section, said)
        choices[section] = {key: _choice(where, section, key, said, answers) for key, answers in allowed.items()}
        lists[section] = {key: _list(where, section, key, said, rest) for key, rest in _LISTS.get(section, {}).items()}
        if section in _NUMBERS:
            longest = _number(where, section, "longest", said.get("longest", _NUMBERS[section]["longest"]))
        reasons[section] = " ".join(str(said.get("reason", "")).split())
    places = held.get("places", [])
    if not isinstance(places, list):
        raise UsageError(f"{where}: places are rules: write [[places]] above each.")
    if choices["dates"]["happenings"] != "day" and (
        lists["quotations"]["keep_in"] or choices["reports"]["title"] != "leave out"
    ):
        raise UsageError(
            f"{where}: days stand in quotations and titles too. With coarser days say keep_in = [] under [quotations] and "
            'title = "leave out" under [reports].'
        )
    return Profile(
        name=name.strip(),
        title=str(held.get("title", "")),
        choices=choices,
        lists=lists,
        longest=longest,
        places=tuple(_place(where, row) for row in places) if "places" in held else _strictest_places(),
        reasons={key: words for key, words in reasons.items() if words},
    )


def _strictest_places() -> tuple[PlaceRule, ...]:
    return load_profile("public").places


def _refuse_unknown(where: str, section: str, said: Mapping[str, Any]) -> None:
    known = {"reason", *_CHOICES[section], *_LISTS.get(section, {}), *_NUMBERS.get(section, {})}
    for key in said:
        if key not in known:
            raise UsageError(f"{where}, [{section}]: there is no {key!r}. It may say: {', '.join(sorted(known))}.")


def _choice(where: str, section: str, key: str, said: Mapping[str, Any], answers: Sequence[str]) -> str:
    value = said.get(key, answers[0])
    if value not in answers:
        raise UsageError(f"{where}, [{section}] {key}: {value!r} is no answer. The answers are: {', '.join(answers)}.")
    return str(value)


def _list(where: str, section: str, key: str, said: Mapping[str, Any], rest: tuple[str, ...]) -> tuple[str, ...]:
    value = said.get(key, list(rest))
    if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
        raise UsageError(f'{where}, [{section}] {key}: it is a list of words, say ["a", "b"].')
    return tuple(value)


def _number(where: str, section: str, key: str, value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise UsageError(f"{where}, [{section}] {key}: it is a whole number, not {value!r}.")
    return value


def _place(where: str, row: object) -> PlaceRule:
    if not isinstance(row, dict):
        raise UsageError(f"{where}: places are rules: write [[places]] above each.")
    for key in row:
        if key not in _PLACE_KEYS:
            raise UsageError(f"{where}, [[places]]: there is no {key!r}. It may say: {', '.join(sorted(_PLACE_KEYS))}.")
    to = row.get("to", "nothing")
    if to not in {"grid", "parent", "nothing", "keep"}:
        raise UsageError(f"{where}, [[places]] to: {to!r} is no answer. The answers are: grid, parent, nothing, keep.")
    grid = _number(where, "places", "grid_m", row.get("grid_m", 0))
    if to == "grid" and grid < 100:
        raise UsageError(f"{where}, [[places]] grid_m: a square is at least 100 metres wide.")
    return PlaceRule(
        name=str(row.get("name", "")),
        kinds=frozenset(str(word) for word in row.get("kinds", ())),
        words=frozenset(str(word) for word in row.get("words", ())),
        to=to,
        grid_m=grid,
        show_name=bool(row.get("show_name", False)),
        called=str(row.get("called", "a place")),
        reason=" ".join(str(row.get("reason", "")).split()),
    )
