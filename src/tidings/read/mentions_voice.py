"""In whose name a page is published: a party's communiqué says "our troops", a newspaper does not."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tidings.read.lexicon import Lexicon
from tidings.read.mentions_draft import Draft
from tidings.read.mentions_owners import Owner
from tidings.read.mentions_scene import Scene
from tidings.read.page import Page, place

__all__ = ["first_persons", "voice_of_page"]

_OFFICE = re.compile(
    r"\b(?:ministry|minist[eè]re|ministerio|government|presidency|office|spokes(?:person|man|woman)|command|headquarters"
    r"|general staff|armed forces|army|forces|brigades?|front|movement|council|party|liberation|communiqu[eé]|statement"
    r"|press release|war media|media wing|information department|directorate)\b",
    re.IGNORECASE,
)
"""What a party or its office is called, or what it calls its text."""
_NEWS = re.compile(r"\b(?:news|times|post|radio|tv|herald|wire|agency|courier|bulletin|star|journal)\b", re.IGNORECASE)
_OURS = re.compile(
    r"\b(?:our|we)\b(?! (?:correspondent|reporter|colleague|station|newspaper|readers?|source|team)s?\b)", re.IGNORECASE
)
_QUOTED = re.compile(r"[\"“][^\"“”\n]*[\"”]?")
LETTERHEAD = 220
"""Code points of a page in which a letterhead stands."""


def voice_of_page(page: Page, lexicon: Lexicon, scene: Scene) -> Owner | None:
    """Return the party in whose name a page speaks, or None for a report by somebody else.

    It speaks in the first person outside of quotations, and its publisher or its letterhead is the office of a party
    that the lexicon knows or of a country's government.

    Example: "Ministry of Defence, press statement. Our troops …" published by the "Yemeni Defence Ministry".
    """
    if not _OURS.search(_QUOTED.sub(" ", page.text)):
        return None
    publisher = page.document.publisher
    head = page.text[:LETTERHEAD].split("\n\n")[0]
    for words in (publisher, head):
        if not words or not _OFFICE.search(words) or _NEWS.search(words):
            continue
        hits = lexicon.hits(words, scene.entries)
        for hit in hits:
            if hit.what != "alias":
                continue
            entries = [lexicon.entries[ident] for ident in hit.ids]
            entry = next((one for one in entries if one.war in scene.wars), entries[0])
            if entry.kind == "actor" and entry.role not in {"un", "agency", "official"}:
                return Owner(entry.id, entry.name, entry.role, entry.parent, how="description")
        named = [code for hit in hits if hit.what in {"demonym", "country"} for code in hit.ids]
        if named:
            code = scene.country if scene.country in named else named[0]
            ident, name = lexicon.government(code, scene.country)
            known = lexicon.entry(ident)
            if known is not None:
                return Owner(known.id, known.name, known.role, known.parent, how="description")
            return Owner(ident, name, "state", how="description")
    return None


def first_persons(page: Page, voice: Owner) -> Iterator[Draft]:
    """Yield a draft for each "we", "us" and "our" of a page that a party speaks."""
    for paragraph in page.paragraphs:
        for token in paragraph.tokens:
            if token.lower_ not in {"we", "us", "our", "ours"} or token.pos_ not in {"PRON", "DET"}:
                continue
            start, end = place(token)
            draft = Draft(
                start=start, end=end, kind="actor", how="pronoun", core="", head=token, paragraph=paragraph.index
            )
            draft.lexicon, draft.known_as, draft.role = voice.lexicon, voice.known_as, voice.role
            draft.belongs_to, draft.plural = voice.belongs_to, True
            yield draft
