"""A small record in literals, with a victim, a source and an official whose names stand wherever a name can stand."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tidings.model import (
    Attribution,
    AttributionId,
    Build,
    Contents,
    Contradiction,
    Custody,
    Decision,
    Event,
    EventId,
    Figure,
    Framing,
    Origin,
    PersonEntry,
    ReaderStamp,
    TimeWords,
    Weighed,
    content_id,
    parse_edtf,
)
from tidings.model.columns import TABLES
from tidings.publish import Copy, load_profile, publish
from tidings.publish.profile import Profile
from tidings.store.rows import tables as rows_of
from tidings.tell import brief
from tidings.testing import claim, doc, entity, mention

__all__ = ["KEY", "OFFICIAL", "SOURCE", "VICTIM", "copied", "town"]

KEY = "0123456789abcdef" * 4
VICTIM = "Omar Haddad"
SOURCE = "a nurse who treated the wounded at the back of the bakery"
OFFICIAL = "Ibrahim Osman"
READER = ReaderStamp(name="en.test", version="1", model="none")


def town(victim: str = VICTIM, source: str = SOURCE) -> dict[str, list[dict[str, Any]]]:
    """Return the tables of a record of one report on an attack on a town.

    Args:
        victim: What the private person is called.
        source: How the report describes the anonymous source.
    """
    family = victim.split()[-1]
    text = (
        f"Shells fell on the hospital of Zalingei on Monday. {victim}, 34, was killed, {source} said. "
        f"President {OFFICIAL} denied that the army shelled Zalingei. The {family} family left for Garsila. "
        f"They saw {victim}’s brother, Tesfaye, at the Garsila camp."
    )
    report = doc(
        text,
        publisher="Darfur Hour",
        published="2019-05-14",
        path=f"drafts/{victim.replace(' ', '_')}.txt",
        title=f"{victim} killed in Zalingei",
    )
    report = replace(
        report,
        url=f"https://example.org/{victim.replace(' ', '-').lower()}-killed",
        byline=f"By Salma Idris, {victim} contributing",
    )
    place = entity("Zalingei", "place", lat=12.9096, lon=23.4706, radius_m=3000, place_kind="town")
    hospital = entity(
        "Zalingei hospital", "place", part_of=place, lat=12.9111, lon=23.4722, radius_m=80, place_kind="facility"
    )
    camp = entity("Garsila camp", "place", lat=12.3610, lon=23.1290, radius_m=400, place_kind="camp")
    army = entity("Sudanese army", aliases=["the army"], role="state")
    killed = entity(victim, "person", aliases=[family])
    official = entity(OFFICIAL, "person")
    nurse = entity(source, "source", role="medic")
    outlet = entity("Darfur Hour", "source", role="outlet")
    mentions = [
        mention(victim, report, killed),
        mention(source, report, nurse, how="description"),
        mention(OFFICIAL, report, official, title="President"),
        mention(victim, report, killed, nth=1),
        mention("the army", report, army, how="description"),
        mention("Zalingei", report, place),
        mention("hospital", report, hospital, how="description"),
        mention("Garsila camp", report, camp),
    ]
    said = Attribution(
        id=AttributionId(content_id("a", report.id)), document=report.id, start=51, end=51 + len(f"{victim}, 34, was killed"),
        quote=f"{victim}, 34, was killed", source=mentions[1].id, source_text=source, source_start=text.index(source),
        source_end=text.index(source) + len(source), source_kind="medic", cue="said", chain=(mentions[1].id,),
        unnamed_because="who feared for her family",
    )  # fmt: skip
    by = {"reader": READER, "rule": "test.rule"}
    days = "2019-05-13"
    shells = claim(
        "event",
        "shelling",
        of=report,
        quote="Shells fell on the hospital of Zalingei on Monday",
        places=[hospital],
        when=days,
        **by,
    )
    dead = claim(
        killed=1, of=report, quote=f"{victim}, 34, was killed", targets=[killed], places=[place], chain=[nurse], when=days, attribution=said.id, **by,
    )  # fmt: skip
    denied = claim(
        "event", "shelling", of=report, quote="the army shelled Zalingei", agents=[army], places=[place], chain=[official], mode="denied", **by,
    )  # fmt: skip
    left = claim(
        "displacement", "flight", of=report, quote=f"The {family} family left for Garsila", destination=[camp], **by
    )
    saw = claim(
        "event",
        "other",
        of=report,
        quote=f"They saw {victim}’s brother, Tesfaye, at the Garsila camp",
        places=[camp],
        **by,
    )
    when = parse_edtf(days, basis=f"explicit: “on Monday” ({victim})")
    events = tuple(
        Event(
            id=EventId(row.id.replace("c_", "e_", 1)), kind=row.kind, type=row.type, agents_ids=row.agents_ids, targets_ids=row.targets_ids,
            places_ids=row.places_ids, claims=(row.id,), documents=(report.id,), when=row.when, grade="weak",
            origins=(Origin(name=source if row is dead else "Darfur Hour", entity=nurse.id if row is dead else outlet.id, claims=(row.id,)),),
        )
        for row in (shells, dead, denied, left, saw)
    )  # fmt: skip
    weighed = Weighed(
        events=events,
        figures=(
            Figure(
                id="f_0011223344556677", measure="killed", group=(f"the {family} family",), group_ids=(), by_ids=(), places_ids=(place.id,),
                when=when, scope="daily", made="unknown", low=1, best=1, high=1, contested=False, rule="most_conservative", claims=(dead.id,),
            ),
        ),
        persons=(
            PersonEntry(
                id="p_0011223344556677", entity=killed.id, name=victim, standing="civilian", harm="killed", age=34, sex="male",
                occupation="baker", when=when, places_ids=(place.id,), claims=(dead.id,),
            ),
            PersonEntry(
                id="p_8811223344556677", entity=official.id, name=OFFICIAL, standing="official", harm="none", age=61, sex="male",
                occupation="president", when=parse_edtf(""), places_ids=(), claims=(denied.id,),
            ),
        ),
        custody=(
            Custody(
                id="u_0011223344556677", who_ids=(killed.id,), whose_ids=(), by_ids=(army.id,), low=1, high=1, since=when, until=parse_edtf(""),
                standing="held", claims=(dead.id,),
            ),
        ),
        contradictions=(
            Contradiction(
                id="k_0011223344556677", reason="polarity",
                why=f"Darfur Hour, from {source}, says “{victim}, 34, was killed”; {OFFICIAL} denies it.", claims=(dead.id, denied.id),
            ),
        ),
        framings=(
            Framing(id="g_0011223344556677", publisher="Darfur Hour", entity=killed.id, wording=victim, n=2, mentions=(mentions[0].id,)),
            Framing(id="g_1111223344556677", publisher="Darfur Hour", entity=army.id, wording="the army", n=1, mentions=(mentions[4].id,)),
        ),
    )  # fmt: skip
    contents = Contents(
        documents=(report,), attributions=(said,), times=tuple[TimeWords](), claims=(shells, dead, denied, left, saw), mentions=tuple(mentions),
        entities=(place, hospital, camp, army, killed, official, nurse, outlet), weighed=weighed,
    )  # fmt: skip
    tables = rows_of(replace(contents, brief=brief(contents)), given_up={report.id: (f"the list of {victim}",)})
    decision = Decision(
        id="v_0011223344556677", at="2026-01-01T00:00:00Z", by="Salma Idris", action="note", subject=killed.id, before="", after="",
        reason=f"{victim} is my cousin", previous_hash="", hash="ab" * 32,
    )  # fmt: skip
    build = Build(
        id="B_0011223344556677",
        at="",
        version="0",
        documents=1,
        added=(report.id,),
        removed=(),
        settings="{}",
        hash="cd" * 32,
    )
    tables["decisions"] = [{column.name: getattr(decision, column.name) for column in TABLES["decisions"]}]
    tables["builds"] = [
        {
            **{column.name: getattr(build, column.name) for column in TABLES["builds"]},
            "settings": {},
            "added": [],
            "removed": [],
        }
    ]
    return tables


def copied(
    profile: str | Profile = "public", *, key: str = KEY, tables: dict[str, Any] | None = None, **more: Any
) -> Copy:
    """Return the copy of the town, or of other tables."""
    held = load_profile(profile) if isinstance(profile, str) else profile
    held = held.showing(more.pop("show", ()))
    return publish(town() if tables is None else tables, held, key, tell=brief, **more)
