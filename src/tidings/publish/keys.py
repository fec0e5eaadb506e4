"""Ids and pseudonyms that cannot be turned back without the key.

Ids of a record come from content, so whoever guesses a name can make the id and look whether it is there. A copy therefore
carries ids made with a secret: HMAC-SHA256 over the record's own id, under a key of its own for each profile. Who holds
the key links any two copies; who holds two copies but no key does not.
"""

from __future__ import annotations

import hmac
import re
from collections.abc import Iterable, Mapping
from hashlib import sha256

from tidings.errors import UsageError

__all__ = ["LEAST_KEY", "Seal"]

LEAST_KEY = 32
"""Characters that a key has at least: 128 bits where it is written in hexadecimal."""

_ID = re.compile(r"\b([A-Za-z]{1,3})_([0-9a-f]{16})(?![0-9a-f])")
_ALPHABET = "23456789BCDFGHJKMNPQRTVWXY"
"""Signs of a pseudonym: no vowels, so that none spells a word, and none that is read for another."""
_SIGNS = 7


class Seal:
    """Makes the ids and pseudonyms of one profile.

    Args:
        key: The secret, as written in the key file.
        profile: The profile's name; other profiles give other ids.
        keyed: False leaves ids as they are.

    Raises:
        UsageError: The key is too short to be one.
    """

    def __init__(self, key: str, profile: str, *, keyed: bool = True) -> None:
        if len(key.strip()) < LEAST_KEY:
            raise UsageError(f"the key is shorter than {LEAST_KEY} characters: it could be guessed.")
        self._key = hmac.new(key.strip().encode(), f"tidings:{profile}".encode(), sha256).digest()
        self._keyed = keyed

    def _digest(self, what: str, words: str) -> bytes:
        return hmac.digest(self._key, f"{what}\x1f{words}".encode(), "sha256")

    def id(self, one: str) -> str:
        """Return the id that stands in the copy for an id of the record; an empty one stays empty.

        The prefix stays. A happening that bears the digits of its first claim bears them in the copy too.
        """
        return self.ids_in(one)

    def ids_in(self, words: str) -> str:
        """Return words with every id of the record in them replaced."""
        if not self._keyed or "_" not in words:
            return words
        return _ID.sub(lambda found: f"{found[1]}_{self._digest('id', found[2]).hex()[:16]}", words)

    def proof(self, words: str) -> str:
        """Return a keyed hash of words: who has the key and the words can show that they belong together.

        A plain hash would let anybody try names in the place of a pseudonym until it fits.
        """
        return self._digest("words", words).hex()

    def pseudonyms(self, people: Mapping[str, str]) -> dict[str, str]:
        """Return a pseudonym for each person.

        Args:
            people: What to call each ("Person", "Analyst"), by the id that the pseudonym hangs on.

        Returns:
            Names such as ``Person 7KQX-2M4``, by id. They stay the same from copy to copy; two people never share one.
        """
        found: dict[str, str] = {}
        taken: set[str] = set()
        for one in sorted(people):
            at = 0
            while (name := f"{people[one]} {self._signs(one, at)}") in taken:
                at += 1
            taken.add(name)
            found[one] = name
        return found

    def _signs(self, one: str, at: int) -> str:
        number = int.from_bytes(self._digest("pseudonym", f"{one}\x1f{at or ''}")[:8], "big")
        signs = []
        for _ in range(_SIGNS):
            number, place = divmod(number, len(_ALPHABET))
            signs.append(_ALPHABET[place])
        return f"{''.join(signs[:4])}-{''.join(signs[4:])}"


def ids_found(texts: Iterable[str]) -> set[str]:
    """Return the ids of the record's form that stand in some texts."""
    return {found.group() for text in texts for found in _ID.finditer(text)}
