"""Who is private, and what stands in a copy in the place of each name and description.

Private is whoever is not known to be public: a person is public by a high office that a report gives, by an entry of the
lexicon or of an outside register, or because the profile names them; and a victim stays private whatever the office was.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tidings.publish.coarsen import rule_for
from tidings.publish.keys import Seal
from tidings.publish.pieces import pieces
from tidings.publish.plain import any_of, forms, label, only
from tidings.publish.profile import Profile
from tidings.text.fold import core, fold

__all__ = ["BROUGHT", "Face", "People", "people_of"]

Row = Mapping[str, Any]
Tables = Mapping[str, Iterable[Row]]

BROUGHT = "import.rows"
"""The reader of rows that an analyst brought in: their publisher is a person."""
_OPEN_SOURCES = frozenset(
    "outlet agency monitor un official belligerent channel state armed_group alliance militia".split()
)
"""Kinds of sources whose *names* are those of bodies; all other named sources are taken for people."""
_UNNAMED = "unnamed analyst"
_PSEUDONYMS = frozenset(("Person", "Source", "Name"))
"""What a pseudonym begins with: the last where nothing says whether a name is that of a person."""


@dataclass(frozen=True, slots=True)
class Face:
    """What an entity shows.

    ``change``: empty (kept), pseudonym, description, place name. ``why`` names the rule that asked for it.
    """

    name: str
    change: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class People:
    """Who is who in a copy.

    ``faces`` holds what each changed entity shows; ``names`` (of people, parts and all), ``whole`` (names of places and of what may be a party, and names with an office before them) and ``phrases``
    what must not be shown, with the entity that it stands for; ``labels`` what each mention of a cut description becomes, ``analysts`` the pseudonyms of those who worked on
    the record, ``kept`` the names that are shown. ``shown`` are people who stay named, ``unsure`` names of places and parties that no
    lexicon and no gazetteer knows: a reader may have taken a person for them, so a person should look. ``unnamed`` are sources that reports do not name, whether or not their
    description is cut.
    """

    faces: Mapping[str, Face]
    names: Sequence[tuple[str, str]]
    whole: Sequence[tuple[str, str]]
    phrases: Sequence[tuple[str, str]]
    labels: Mapping[str, str]
    analysts: Mapping[str, str]
    kept: Sequence[str]
    shown: Sequence[str]
    unsure: Sequence[str]
    unnamed: frozenset[str]


@dataclass(slots=True)
class _Seen:
    """What the tables say about an entity."""

    names: set[str] = field(default_factory=set)
    named: bool = False
    described: bool = False
    titles: set[str] = field(default_factory=set)
    harmed: bool = False


def people_of(tables: Tables, profile: Profile, seal: Seal, *, hide: Sequence[str] = ()) -> People:
    """Return who is private in a record, and what each becomes.

    Args:
        tables: The record's rows.
        profile: What the copy shows.
        seal: Makes the pseudonyms.
        hide: More names that must not be shown, which no reader found.
    """
    entities = {row["id"]: row for row in tables["entities"]}
    seen = _look(tables)
    public = {fold(name) for name in profile.listed("persons", "public_names")}
    hidden = {fold(name) for name in hide}
    office = _offices(profile)
    faces: dict[str, Face] = {}
    wanted: dict[str, str] = {}
    for one, row in entities.items():
        what = _standing(row, seen[one], profile, public, hidden, office)
        if what in _PSEUDONYMS:
            wanted[one] = what
        elif what:
            faces[one] = Face(label(what), "description", "descriptions")
    faces |= _places(entities, profile)
    astray = _astray(entities.values())
    analysts = _analysts(tables) if not profile.keeps("people", "analysts") else {}
    given = seal.pseudonyms({**wanted, **{f"analyst:{name}": "Analyst" for name in analysts}})
    faces |= {one: Face(given[one], "pseudonym", "persons") for one in wanted}
    names: list[tuple[str, str]] = []
    titled: list[tuple[str, str]] = []
    for one in (one for one, what in wanted.items() if what != "Name"):
        bare, longer = _apart(seen[one].names | {entities[one]["name"], *entities[one]["aliases"]})
        names += [(name, one) for name in bare]
        titled += [(name, one) for name in longer]
    names += [(name, f"analyst:{name}") for name in analysts]
    names += [(name, "") for name in hide]
    names += list(_bylines(tables, entities, faces)) if not profile.keeps("reports", "byline") else []
    labels, phrases = _descriptions(tables, entities, profile, office)
    phrases += [
        (row["name"], one) for one, row in entities.items() if one in faces and faces[one].change == "description"
    ]
    private = {fold(name) for name, _ in names}
    kept = [
        name
        for one, row in entities.items()
        if one not in faces
        if _bears_a_name(row, seen[one])
        for name in (row["name"], *row["aliases"])
        if fold(name) not in private or row["kind"] == "place" or row["ids"]
    ]
    kept += [row["publisher"] for row in tables["documents"] if row["publisher"] and row["publisher"] not in analysts]
    return People(
        faces=faces,
        names=names,
        whole=titled
        + [
            (name, one)
            for one, face in faces.items()
            if face.change == "place name" or wanted.get(one) == "Name"
            for name in (entities[one]["name"], *entities[one]["aliases"])
            if any(piece.capital is not False for piece in pieces(name))
        ],
        phrases=phrases,
        labels=labels,
        analysts={name: given[f"analyst:{name}"] for name in analysts},
        unnamed=frozenset(
            one
            for one, row in entities.items()
            if (row["kind"] in {"source", "person"} and seen[one].described and not seen[one].named)
            or (row["kind"] == "actor" and row["role"] == "civilians")
        ),
        kept=list(dict.fromkeys(kept)),
        shown=sorted(
            {
                row["name"]
                for one, row in entities.items()
                if row["kind"] == "person" and one not in faces and seen[one].named
            }
        ),
        unsure=sorted(
            {
                row["name"]
                for one, row in entities.items()
                if one not in faces
                and row["kind"] != "person"
                and seen[one].named
                and (not _vouched(row) or one in astray)
            }
        ),
    )


def _apart(names: Iterable[str]) -> tuple[list[str], list[str]]:
    """Return the names of somebody, and those of them that only put an office before another.

    "Kurdish security official Nasir Haj Mansour" ends in a name of the same person after words in small letters; "Kurdish" is
    no part of the name then, and is not to be cut wherever it stands.
    """
    held = {name: list(pieces(name)) for name in names}
    runs = {tuple(piece.form for piece in parts) for parts in held.values()}
    bare: list[str] = []
    longer: list[str] = []
    for name, parts in sorted(held.items()):
        before = [
            at
            for at, piece in enumerate(parts)
            if piece.capital is False and not piece.form.isdigit() and piece.form not in forms("particles")
        ]
        last = before[-1] + 1 if before else 0
        (longer if last and tuple(piece.form for piece in parts[last:]) in runs else bare).append(name)
    return bare, longer


def _places(entities: Mapping[str, Row], profile: Profile) -> dict[str, Face]:
    """Return what places whose names are hidden are called: what they are, and in what they lie if that is shown."""
    rules = {
        one: rule for one, row in entities.items() if (rule := rule_for(row, profile.places)) and not rule.show_name
    }
    found = {}
    for one, rule in rules.items():
        above = entities[one]["part_of_ids"]
        shown = bool(above) and above[0] in entities and above[0] not in rules
        name = f"{rule.called} in {entities[one]['part_of']}" if shown else rule.called
        found[one] = Face(name, "place name", rule.name)
    return found


def _look(tables: Tables) -> dict[str, _Seen]:
    seen: dict[str, _Seen] = defaultdict(_Seen)
    for row in tables["mentions"]:
        held = seen[row["entity"]]
        if row["how"] == "name":
            held.named = True
            held.names |= {words for words in (row["core"] or row["text"],) if words}
        elif row["how"] == "description":
            held.described = True
        if row["title"] and row["how"] == "name":
            held.titles.add(row["title"])
    for row in tables["persons"]:
        held = seen[row["entity"]]
        held.harmed = held.harmed or row["harm"] not in {"", "none"}
        held.titles |= {row["occupation"]} - {""}
    return seen


def _offices(profile: Profile) -> Callable[[str], bool]:
    """Return what says whether words give one of the offices that the profile takes for public."""
    offices = [f" {fold(office)} " for office in profile.listed("persons", "public_offices")]

    def held(words: str) -> bool:
        plain = f" {fold(words)} "
        return any(office in plain for office in offices)

    return held


def _standing(
    row: Row, seen: _Seen, profile: Profile, public: set[str], hidden: set[str], office: Callable[[str], bool]
) -> str:
    """Return ``Person``, ``Source`` or ``Name`` for a pseudonym, the kind that a description is cut to, or nothing for a kept entity."""
    names = {fold(name) for name in (row["name"], *row["aliases"])}
    if names & hidden and row["kind"] != "place":
        return "Person"
    if not seen.named and only(row["name"], "sources"):
        return ""  # a pronoun, or a word that says nothing
    person = row["kind"] == "person"
    source = row["kind"] == "source"
    if seen.described and not seen.named and not row["ids"]:
        if not _cuts(row["kind"], row["role"], profile) or _tells_nothing(row["name"], office):
            return ""
        return "person" if person else row["role"] or "other"
    if profile.keeps("persons", "names"):
        return ""
    if row["kind"] in {"actor", "source"} and not row["role"] and not profile.keeps("persons", "unvouched"):
        # A reader takes a person for a group now and then; of an acronym it does not.
        acronym = row["name"].isupper()
        return "" if acronym or names & public or _vouched(row) else "Name"
    if not person and not (source and row["role"] not in _OPEN_SOURCES and not row["ids"]):
        return ""
    if names & public or (row["ids"] and not seen.harmed):
        return ""
    if not seen.harmed and any(office(title) for title in seen.titles):
        return ""
    return "Person" if person or row["role"] else "Source"


def _bears_a_name(row: Row, seen: _Seen) -> bool:
    """Return whether what a kept entity is called is a name, inside of which nobody hidden is looked for.

    "Mr Haddad's wife" and "the Haddad family" are descriptions: the name in them is that of somebody else.
    """
    if row["kind"] == "actor" and row["role"] == "civilians":
        return False
    return row["kind"] == "place" or bool(row["ids"]) or seen.named


def _vouched(row: Row) -> bool:
    """Return whether a lexicon, a gazetteer or a word for its kind says what a name is the name of."""
    words = row["place_kind"] not in {"", "facility"} or row["role"] not in {"", "civilians"}
    return bool(row["ids"]) or words or any_of(row["name"], "bodies") or any_of(row["name"], "institutions")


def _astray(rows: Iterable[Row]) -> frozenset[str]:
    """Return places that lie alone in a country: a gazetteer of the world knows a town for many a first name."""
    by_country: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        if row["kind"] == "place" and row["country"] and row["place_kind"] != "country":
            by_country[row["country"]].append(row["id"])
    return frozenset(held[0] for held in by_country.values() if len(held) == 1)


def _cuts(kind: str, role: str, profile: Profile) -> bool:
    cut = profile.listed("descriptions", "cut")
    return kind in cut or (kind == "actor" and role == "civilians" and "civilians" in cut)


def _tells_nothing(words: str, office: Callable[[str], bool]) -> bool:
    """Return whether a description gives nobody away: plain words, a body, an office that is public."""
    if only(words, "sources") or office(words):
        return True
    return any_of(words, "institutions") and not any_of(words, "people")


def _analysts(tables: Tables) -> list[str]:
    """Return the names of those who decided, and of those who brought rows in."""
    names = {row["by"] for row in tables["decisions"]}
    rows = {row["document"] for row in tables["claims"] if row["reader"] and row["reader"]["name"] == BROUGHT}
    names |= {row["publisher"] for row in tables["documents"] if row["id"] in rows}
    return sorted(names - {"", _UNNAMED})


def _bylines(tables: Tables, entities: Mapping[str, Row], faces: Mapping[str, Face]) -> Iterator[tuple[str, str]]:
    """Yield the names in the lines that sign reports, those of outlets and other kept names left out."""
    kept = {fold(name) for one, row in entities.items() if one not in faces for name in (row["name"], *row["aliases"])}
    kept |= {fold(row["publisher"]) for row in tables["documents"]}
    for line in sorted({row["byline"] for row in tables["documents"]} - {""}):
        words = line
        for sign in (",", ";", "|", "/", "&", "·", "•", " and ", " und ", " et ", " y ", " و "):
            words = words.replace(sign, "\n")
        for part in words.split("\n"):
            held = [piece for piece in pieces(part) if piece.capital is not False]
            if held and held[0].form == "by":
                held = held[1:]
            name = part[held[0].start : held[-1].end] if held else ""
            if len(held) > 1 and fold(name) not in kept:
                yield name, ""


def _descriptions(
    tables: Tables, entities: Mapping[str, Row], profile: Profile, office: Callable[[str], bool]
) -> tuple[dict[str, str], list[tuple[str, str]]]:
    """Return what each mention that describes a source becomes, and the descriptions that must not be shown."""
    labels: dict[str, str] = {}
    phrases: list[tuple[str, str]] = []
    for row in tables["mentions"]:
        if row["how"] != "description" or row["kind"] not in {"source", "person", "actor"}:
            continue
        entity = entities.get(row["entity"])
        role = entity["role"] if entity else ""
        if not _cuts(row["kind"], role, profile) or _tells_nothing(row["text"], office):
            continue
        # A group that the lexicon knows is called by its plain name, whatever a report adds to it.
        known = entity is not None and bool(entity["ids"]) and row["kind"] == "actor"
        if known and entity is not None and core(row["text"]) in {core(entity["name"]), core(row["entity_name"])}:
            continue
        kind = "person" if row["kind"] == "person" else role or "other"
        labels[row["id"]] = str(entity["name"]) if known and entity is not None else label(kind)
        phrases.append((row["text"], row["entity"]))
    if "source" in profile.listed("descriptions", "cut"):
        for row in tables["attributions"]:
            named = entities.get(row["chain_ids"][-1]) if row["chain_ids"] and row["chain_ids"][-1] else None
            if row["source_kind"] in {"anonymous", "resident", "witness", "medic", "activist", "unknown"}:
                unnamed = named is None or (not named["ids"] and named["role"] not in {"outlet", "monitor", "agency"})
                if unnamed and not _tells_nothing(row["source"], office):
                    phrases.append((row["source"], row["chain_ids"][-1] if row["chain_ids"] else ""))
            if row["unnamed_because"]:
                phrases.append((row["unnamed_because"], ""))
    return labels, phrases
