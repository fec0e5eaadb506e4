"""What each role may do: one table of addresses, held to on the server before any page is made.

Whatever is not named here is read by everybody who is signed in, and posted to by stewards alone: a new page that changes
something is closed until somebody says who may use it.
"""

from __future__ import annotations

from dataclasses import dataclass

from tidings.record import ROLES

__all__ = ["MAY", "Visitor", "needed"]

_POSTS = {"/decide": "reviewer", "/me/password": "reader", "/me/sessions": "reader", "/signout": "reader"}
_PAGES = {"/team": "steward", "/metrics": "steward"}

MAY = {
    "reader": "reads everything",
    "reviewer": "also decides: accepts, rejects, corrects, merges, splits, notes, undoes",
    "steward": "also builds, takes reports back, fits the join again, and manages users",
}
"""What each role may do, in words for the screen."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Visitor:
    """Who asks for a page: the name that decisions carry, the role, the token of forms, whether the record has users."""

    name: str
    role: str
    token: str
    team: bool = False
    session: str = ""

    def may(self, role: str) -> bool:
        """Return whether the visitor may do what a role may."""
        return ROLES.index(self.role) >= ROLES.index(role)

    @property
    def decides(self) -> bool:
        """Whether buttons of decisions are shown."""
        return self.may("reviewer")

    @property
    def stewards(self) -> bool:
        """Whether buttons of stewards are shown."""
        return self.may("steward")


def needed(method: str, path: str) -> str:
    """Return the least role that a request needs."""
    if method == "POST":
        return _POSTS.get(path, "steward")
    first = "/" + path.lstrip("/").partition("/")[0]
    return _PAGES.get(first, "reader")
