"""Settings: a few values from a TOML file and the environment, read when asked for, never at import.

The file is ``$TIDINGS_CONFIG``, else ``tidings/config.toml`` in the user's configuration folder. An environment variable
``TIDINGS_<NAME>`` wins over it.
"""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass, fields
from pathlib import Path

from tidings.errors import UnreadableInput, UsageError

__all__ = ["Settings", "config_file", "settings"]

_READERS = ("rules", "learned")
_NUMBERS = ("workers", "worker_memory", "report_seconds")


@dataclass(frozen=True, kw_only=True, slots=True)
class Settings:
    """What a user may set once for all commands.

    ``analyst`` is the name written beside decisions. ``reader`` is how English is read: ``rules``, or ``learned``, which
    asks a network beside the rules for words that no rule reads. ``runner`` is where reports are read: ``here``, ``pool``, ``ray``
    or ``ray://HOST:PORT``; empty lets their number choose. ``workers`` is how many processes read; 0 lets Tidings choose.
    ``worker_memory`` is how many megabytes such a process may hold before a fresh one takes its place, and
    ``report_seconds`` how long one report may take; 0 is no bound.
    """

    analyst: str = "unnamed analyst"
    reader: str = "rules"
    runner: str = ""
    workers: int = 0
    worker_memory: int = 3000
    report_seconds: int = 900


def config_file() -> Path:
    """Return where the settings file is looked for."""
    named = os.environ.get("TIDINGS_CONFIG")
    if named:
        return Path(named)
    base = os.environ.get("XDG_CONFIG_HOME")
    return (Path(base) if base else Path.home() / ".config") / "tidings" / "config.toml"


def settings() -> Settings:
    """Return the settings of this moment.

    Raises:
        UnreadableInput: The file is no TOML.
        UsageError: A setting is not known, or its value does not fit.
    """
    path = config_file()
    held: dict[str, object] = {}
    if path.is_file():
        try:
            held = tomllib.loads(path.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
            raise UnreadableInput(str(path), f"it is no TOML ({error})", "Correct the file or remove it.") from error
    names = {field.name for field in fields(Settings)}
    unknown = sorted(set(held) - names)
    if unknown:
        raise UsageError(f"{path}: there is no setting {unknown[0]!r}. The settings are: {', '.join(sorted(names))}.")
    for name in names:
        value = os.environ.get(f"TIDINGS_{name.upper()}")
        if value is not None:
            held[name] = value
    analyst = str(held.get("analyst") or "unnamed analyst")
    defaults = {field.name: field.default for field in fields(Settings)}
    numbers = {name: _number(name, held.get(name, defaults[name])) for name in _NUMBERS}
    reader = str(held.get("reader") or "rules")
    if reader not in _READERS:
        raise UsageError(f"the setting reader is {' or '.join(_READERS)}, not {reader!r}.")
    return Settings(analyst=analyst, reader=reader, runner=str(held.get("runner") or ""), **numbers)


def _number(name: str, value: object) -> int:
    try:
        number = int(str(value))
    except ValueError as error:
        raise UsageError(f"the setting {name} is a whole number, not {value!r}.") from error
    if number < 0:
        raise UsageError(f"the setting {name} cannot be below zero.")
    return number
