"""A claim while it is being read: slots still open, then closed into the noun of the model."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tidings.model import Amount, Means, Mention, TimeId
from tidings.read.page import Sentence
from tidings.read.triggers import Trigger

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["Draft"]


@dataclass(slots=True, kw_only=True)
class Draft:
    """One proposition under construction.

    ``token`` is the word that tells of it, ``support`` the light verb that carries it. ``start``/``end`` are the quote.
    ``unfilled`` names slots that were looked for in vain, or with "place.carried" and the like those taken from
    the context. ``worth`` multiplies the trigger's confidence.
    """

    trigger: Trigger
    token: Token
    support: Token | None
    sentence: Sentence
    kind: str
    type: str
    start: int
    end: int
    rule: str
    agents: list[Mention] = field(default_factory=list)
    targets: list[Mention] = field(default_factory=list)
    places: list[Mention] = field(default_factory=list)
    origin: list[Mention] = field(default_factory=list)
    destination: list[Mention] = field(default_factory=list)
    times: list[TimeId] = field(default_factory=list)
    mode: str = "asserted"
    measure: str = ""
    count: Amount | None = None
    share: Amount | None = None
    means: Means | None = None
    whole: bool = False
    worth: float = 1.0
    fixed: bool = False
    """Whether the targets stand whatever the counted nouns are: the loser of "lost two soldiers"."""
    unfilled: list[str] = field(default_factory=list)
    voice: Mention | None = None
    """Who says this beside the reported speech around it: whose denial it is."""
    heads: list[Token] = field(default_factory=list)
    """The nouns of those concerned (people killed, displaced, held), beside the mentions in ``targets``."""

    def miss(self, slot: str) -> None:
        """Note a slot that was looked for and not found, or how it was filled; once."""
        if slot not in self.unfilled:
            self.unfilled.append(slot)
