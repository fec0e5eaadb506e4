"""A small war in literals for the exports: what each of them must carry, lose or refuse to run."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tidings.model import (
    BriefSentence,
    Contents,
    Echo,
    Event,
    EventId,
    Figure,
    Holding,
    Origin,
    PersonEntry,
    ReaderStamp,
    Weighed,
    parse_edtf,
)
from tidings.store.rows import tables as rows_of
from tidings.testing import claim, doc, entity, mention

__all__ = ["CREDIT", "tables"]

READER = ReaderStamp(name="en.test", version="1", model="none")
CREDIT = "Place names: Example Gazetteer (CC BY 4.0)"


def place(name: str, lat: float | None, lon: float | None, *, precision: str = "town", country: str = "SD") -> Any:
    made = entity(name, "place", lat=lat, lon=lon, radius_m=4000 if lat is not None else None, precision=precision)
    return replace(made, place=replace(made.place, country=country, admin1="South Darfur" if country else ""))


NYALA = place("نيالا Nyala", 12.05, 24.88)
CAMP = place("Kalma camp", None, None, precision="unknown", country="")
RSF = entity("RSF", role="armed_group", aliases=["Rapid Support Forces"])
ARMY = entity("Sudanese army", role="state")
PEOPLE = entity("civilians", role="civilians")
TEACHER = entity("Amna Idris", "person")
LAWYERS = entity("Emergency Lawyers", "source", role="monitor")
POST = entity("Blue Nile Post", "source", role="outlet")
SOMEBODY = entity("a resident", "source", role="anonymous")

ONE = doc(
    '=HYPERLINK("http://x.invalid") was painted on a wall. RSF shelled Nyala on 26 October. '
    "At least 20 soldiers and 7 civilians died, Emergency Lawyers said; among them Amna Idris, a teacher.",
    publisher="Blue Nile Post",
    title="=2+3 Nyala <b>shelled</b>",
    published="2023-10-27",
    path="one.txt",
)
TWO = doc(
    "RSF shelled Nyala, a resident said. Nine civilians died. The army holds Nyala. The army did not leave the camp.",
    publisher="Darfur Wire",
    title="Shells on Nyala",
    path="two.txt",
)


def contents() -> Contents:
    by = {"reader": READER, "rule": "test.rule"}
    where = {"places": [NYALA], "when": "2023-10-26"}
    painted = claim(
        "statement",
        "announcement",
        of=ONE,
        quote='=HYPERLINK("http://x.invalid") was painted',
        chain=[POST],
        **by,
    )
    shelled = claim(
        "event", "shelling", of=ONE, quote="RSF shelled Nyala on 26 October", agents=[RSF], targets=[PEOPLE],
        chain=[POST], **where, **by,
    )  # fmt: skip
    again = claim(
        "event", "shelling", of=TWO, quote="RSF shelled Nyala", agents=[RSF], chain=[SOMEBODY], **where, **by,
    )  # fmt: skip
    soldiers = claim(
        killed=(20, None), of=ONE, quote="At least 20 soldiers", agents=[RSF], targets=[ARMY], chain=[LAWYERS],
        **where, **by,
    )  # fmt: skip
    civilians = claim(
        killed=7, of=ONE, quote="7 civilians died", agents=[RSF], targets=[PEOPLE], chain=[LAWYERS], **where, **by,
    )  # fmt: skip
    nine = claim(killed=9, of=TWO, quote="Nine civilians died", targets=[PEOPLE], chain=[SOMEBODY], **where, **by)
    teacher = claim(
        "casualties", "killed", of=ONE, quote="among them Amna Idris, a teacher", measure="killed", targets=[TEACHER],
        chain=[LAWYERS], **where, **by,
    )  # fmt: skip
    holds = claim("control", "held", of=TWO, quote="The army holds Nyala", agents=[ARMY], places=[NYALA], **by)
    stays = claim(
        "event", "retreat", of=TWO, quote="The army did not leave the camp", agents=[ARMY], places=[CAMP],
        mode="denied", when="2023-10", **by,
    )  # fmt: skip
    day = parse_edtf("2023-10-26")
    common = {"places_ids": (NYALA.id,), "when": day}
    told = {"scope": "daily", "made": "documented", "rule": "most_conservative", "by_ids": (RSF.id,), "group": ()}
    return Contents(
        documents=(ONE, TWO),
        claims=(painted, shelled, again, soldiers, civilians, nine, teacher, holds, stays),
        mentions=(
            mention("RSF", ONE, RSF),
            mention("Nyala", ONE, NYALA),
            mention("a resident", TWO, SOMEBODY, how="description"),
        ),
        entities=(NYALA, CAMP, RSF, ARMY, PEOPLE, TEACHER, LAWYERS, POST, SOMEBODY),
        weighed=Weighed(
            events=(
                Event(
                    id=EventId("e_shelled"), kind="event", type="shelling", agents_ids=(RSF.id,),
                    targets_ids=(PEOPLE.id,), claims=(shelled.id, again.id), documents=(ONE.id, TWO.id), grade="fair",
                    origins=(Origin(name="Blue Nile Post", entity=POST.id, claims=(shelled.id,)),), **common,
                ),
                Event(
                    id=EventId("e_dead"), kind="casualties", type="killed", agents_ids=(RSF.id,),
                    targets_ids=(PEOPLE.id,), claims=(civilians.id, nine.id), documents=(ONE.id, TWO.id), grade="fair",
                    origins=(Origin(name="Emergency Lawyers", entity=LAWYERS.id, claims=(civilians.id,)),), **common,
                ),
                Event(
                    id=EventId("e_stays"), kind="event", type="retreat", agents_ids=(ARMY.id,), targets_ids=(),
                    places_ids=(CAMP.id,), claims=(stays.id,), documents=(TWO.id,), grade="discounted",
                    when=parse_edtf("2023-10"),
                ),
                Event(
                    id=EventId("e_holds"), kind="control", type="held", agents_ids=(ARMY.id,), targets_ids=(),
                    places_ids=(NYALA.id,), claims=(holds.id,), documents=(TWO.id,), grade="weak",
                ),
            ),
            figures=(
                Figure(
                    id="f_1", measure="killed", group_ids=(ARMY.id,), low=20, best=20, high=None, contested=False,
                    claims=(soldiers.id,), **told, **common,
                ),
                Figure(
                    id="f_2", measure="killed", group_ids=(PEOPLE.id,), low=7, best=7, high=9, contested=True,
                    claims=(civilians.id, nine.id), **told, **common,
                ),
                Figure(
                    id="f_3", measure="wounded", group_ids=(PEOPLE.id,), low=30, best=30, high=40, contested=False,
                    claims=(nine.id,), **told, **common,
                ),
                Figure(
                    id="f_4", measure="killed", group_ids=(PEOPLE.id,), low=900, best=900, high=900, contested=False,
                    claims=(nine.id,), **{**told, "scope": "cumulative"}, **common,
                ),
            ),
            holdings=(
                Holding(
                    id="h_1", place_id=NYALA.id, holder_ids=(ARMY.id,), since=parse_edtf("2023-10"),
                    until=parse_edtf(""), share="", standing="held", claims=(holds.id,),
                ),
            ),
            persons=(
                PersonEntry(
                    id="p_1", entity=TEACHER.id, name="Amna Idris", standing="civilian", harm="killed", age=None,
                    sex="", occupation="teacher", when=day, places_ids=(NYALA.id,), claims=(teacher.id,),
                ),
            ),
            echoes=(Echo(id="x_1", claim=again.id, of=shelled.id, basis="same_origin"),),
        ),
        brief=(
            BriefSentence(
                id="b_1", order=1, section="What happened", sentence="On 26 October 2023, RSF shelled Nyala.",
                values=("26 October 2023",), claims=(shelled.id,), documents=(), when=day,
            ),
            BriefSentence(
                id="b_2", order=2, section="What is not known", sentence="One report does not say when it was published.",
                values=(), claims=(), documents=(TWO.id,),
            ),
        ),
    )  # fmt: skip


def tables() -> dict[str, list[dict[str, Any]]]:
    """Return the rows of the scene, with one build that names whom to credit for the places."""
    held = rows_of(contents())
    held["builds"] = [
        {
            "id": "B_1", "at": None, "version": "9.9.9", "documents": 2, "added": [ONE.id, TWO.id], "removed": [],
            "settings": {"readers": ["en.test 1 none"], "gazetteer": "", "credits": [CREDIT], "known": []}, "hash": "0",
        }
    ]  # fmt: skip
    return held
