"""Where accounts differ, and which reports repeat one origin."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from tidings.model import ClaimId, When
from tidings.tell.sections.moves import Row
from tidings.tell.wording import Shelf
from tidings.tell.words import listed, with_article

__all__ = ["contradictions", "echoes"]

_REASON = {
    "number": "numbers",
    "actor": "who did it",
    "place": "the place",
    "time": "the time",
    "polarity": "whether it is so",
    "manner": "how it came about",
    "holder": "who held the place",
}
_BASIS = {
    "same_origin": "goes back to the same origin",
    "copied_text": "copies the words of",
    "cites_outlet": "cites",
    "repeated_in_document": "repeats within itself",
}


def contradictions(shelf: Shelf) -> Iterator[Row]:
    """One sentence a contradiction: what it is about and why both cannot stand."""
    for row in shelf.contents.weighed.contradictions:
        about = _REASON.get(row.reason, row.reason)
        publishers = list(dict.fromkeys(shelf.publisher(shelf.claims[claim]) for claim in row.claims))
        why = row.why if row.why.endswith((".", "”", "!", "?")) else f"{row.why}."
        yield f"On {about}: {why}", publishers, row.claims, (), When()


def echoes(shelf: Shelf) -> Iterator[Row]:
    """One sentence for each pair of outlets and basis, with how many claims it covers."""
    groups: dict[tuple[str, str, str, str], list[ClaimId]] = defaultdict(list)
    for row in shelf.contents.weighed.echoes:
        claim, of = shelf.claims.get(row.claim), shelf.claims.get(row.of)
        if claim is None or of is None:
            continue
        origin = shelf.origin_of(of) if row.basis in {"same_origin", "cites_outlet"} else ""
        key = (shelf.publisher(claim), shelf.publisher(of), row.basis, origin)
        groups[key] += [row.claim, row.of]
    for (here, there, basis, origin), claims in sorted(groups.items()):
        n = len(claims) // 2
        many = f"{n} claims" if n > 1 else "one claim"
        cited = tuple(dict.fromkeys(claims))
        if basis == "repeated_in_document":
            words = f"{here} says {many} twice in the same report; they count once."
            values = [here]
        elif basis == "same_origin" and here == there == origin:
            words = f"{here} tells {many} more than once in its own voice; they count once."
            values = [here]
        elif basis == "same_origin":
            who = listed([here] if here == there else [here, there])
            verb = "carries" if here == there else "carry"
            words = f"{who} {verb} {many} that {'go' if n > 1 else 'goes'} back to one origin, {with_article(origin)}; the origin counts once."
            values = [here, there]
        else:
            words = f"{here} {_BASIS.get(basis, 'repeats')} {there} in {many}; the origin counts once."
            values = [here, there]
        yield words, values, cited, (), When()
