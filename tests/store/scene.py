"""A small war in literals: what the tests of the store hold against the tables."""

from __future__ import annotations

from dataclasses import replace

from tidings.model import (
    Attribution,
    AttributionId,
    BriefSentence,
    Comparison,
    Constraint,
    Contents,
    Contradiction,
    Echo,
    Event,
    EventId,
    Evidence,
    Figure,
    Framing,
    Holding,
    Origin,
    Proposal,
    ReaderStamp,
    Weighed,
    content_id,
    parse_edtf,
)
from tidings.testing import claim, doc, entity, mention

__all__ = ["READER", "contents"]

READER = ReaderStamp(name="en.test", version="1", model="none")

CITY = entity("Taiz", "place", lat=13.58, lon=44.02, radius_m=9000, place_kind="city")
QUARTER = entity("Al Jahmaliya", "place", part_of=CITY, place_kind="neighbourhood")
HOUTHIS = entity("Houthis", aliases=["Ansar Allah", "Houthi fighters"])
ARMY = entity("Yemeni army", aliases=["government troops"])
MEDICS = entity("medics at the hospital", "source")
GULF = entity("Gulf Echo", "source", role="outlet")

FIRST = doc(
    "Houthi fighters shelled Al Jahmaliya on Monday. At least 12 people died, medics at the hospital said.",
    publisher="Gulf Echo",
    published="2016-05-03",
    path="echo.txt",
)
SECOND = doc("Ansar Allah shelled Al Jahmaliya. Nine people died. Government troops hold Taiz.", path="unsigned.txt")


def contents() -> Contents:
    """Return the record's contents: two reports, five claims, and one row or two in nearly every table."""
    said = Attribution(
        id=AttributionId(content_id("s", FIRST.id, 48)),
        document=FIRST.id,
        start=48,
        end=71,
        quote=FIRST.text[48:71],
        source=mention("medics at the hospital", FIRST, MEDICS).id,
        source_text="medics at the hospital",
        source_start=73,
        source_end=95,
        source_kind="medic",
        cue="said",
        chain=(mention("medics at the hospital", FIRST, MEDICS).id,),
    )
    by = {"reader": READER, "rule": "test.rule"}
    shelled = claim(
        "event", "shelling", of=FIRST, quote="Houthi fighters shelled Al Jahmaliya on Monday",
        agents=[HOUTHIS], places=[QUARTER], when="2016-05-02", **by,
    )  # fmt: skip
    dead = claim(
        killed=(12, None), of=FIRST, quote="At least 12 people died", agents=[HOUTHIS], places=[QUARTER],
        chain=[MEDICS], when="2016-05-02", attribution=said.id, **by,
    )  # fmt: skip
    again = claim(
        "event", "shelling", of=SECOND, quote="Ansar Allah shelled Al Jahmaliya", agents=[HOUTHIS], places=[QUARTER],
        **by,
    )  # fmt: skip
    nine = claim(killed=9, of=SECOND, quote="Nine people died", places=[QUARTER], **by)
    held = claim("control", "held", of=SECOND, quote="Government troops hold Taiz", agents=[ARMY], places=[CITY], **by)
    mentions = (
        mention("Houthi fighters", FIRST, HOUTHIS),
        mention("medics at the hospital", FIRST, MEDICS),
        mention("Al Jahmaliya", FIRST, QUARTER),
        mention("Ansar Allah", SECOND, HOUTHIS),
        mention("Government troops", SECOND, ARMY),
    )
    day = parse_edtf("2016-05-02", basis="constraints")
    event = Event(
        id=EventId(f"e_{shelled.id[2:]}"),
        kind="event",
        type="shelling",
        agents_ids=(HOUTHIS.id,),
        targets_ids=(),
        places_ids=(QUARTER.id,),
        claims=(shelled.id, again.id),
        documents=(FIRST.id, SECOND.id),
        when=day,
        origins=(Origin(name="Gulf Echo", entity=GULF.id, claims=(shelled.id,)),),
        grade="fair",
    )
    figure = Figure(
        id="f_1", measure="killed", group=("people",), group_ids=(), by_ids=(HOUTHIS.id,), places_ids=(QUARTER.id,),
        when=day, scope="daily", made="unknown", low=9, best=9, high=None, contested=True, rule="most_conservative",
        claims=(dead.id, nine.id),
    )  # fmt: skip
    weighed = Weighed(
        events=(event,),
        figures=(figure,),
        holdings=(
            Holding(
                id="h_1", place_id=CITY.id, holder_ids=(ARMY.id,), since=parse_edtf(""), until=parse_edtf(""), share="",
                standing="held", claims=(held.id,),
            ),
        ),
        echoes=(Echo(id="o_1", claim=again.id, of=shelled.id, basis="same_origin"),),
        contradictions=(
            Contradiction(id="k_1", reason="number", why="At least 12 and nine cannot both be.", claims=(dead.id, nine.id)),
        ),
        framings=(
            Framing(
                id="g_1", publisher="Gulf Echo", entity=HOUTHIS.id, wording="Houthi fighters", n=1,
                mentions=(mentions[0].id,),
            ),
        ),
    )  # fmt: skip
    sentence = BriefSentence(
        id="b_1",
        order=1,
        section="Casualties",
        sentence="Between 9 and at least 12 people died in Al Jahmaliya.",
        values=("9", "12", "Al Jahmaliya"),
        claims=(dead.id, nine.id),
        documents=(),
    )
    constraint = Constraint(
        id="r_1", a=f"doc:{FIRST.id}", b=f"start:{shelled.id}", least_days=-7, most_days=0, kind="explicit",
        document=FIRST.id, start=40, end=46, quote="Monday", weekday=0,
    )  # fmt: skip
    return Contents(
        documents=(FIRST, SECOND),
        attributions=(said,),
        claims=(shelled, dead, again, nine, held),
        mentions=mentions,
        entities=(CITY, QUARTER, HOUTHIS, ARMY, MEDICS, GULF),
        proposals=(
            Proposal(id="p_1", a=ARMY.id, b=MEDICS.id, evidence=(Evidence("name", -3.0, "No word in common."),)),
        ),
        constraints=(constraint,),
        comparisons=(
            Comparison(event=event.id, a=shelled.id, b=again.id, what="place", bits=4.5, reason="One place."),
        ),
        weighed=weighed,
        brief=(sentence,),
    )


def shuffled(held: Contents, order: int) -> Contents:
    """Return the same contents with every tuple in another order."""

    def turned(rows: tuple[object, ...]) -> tuple[object, ...]:
        cut = order % max(1, len(rows))
        return tuple(reversed(rows[cut:] + rows[:cut]))

    weighed = Weighed(**{name: turned(getattr(held.weighed, name)) for name in Weighed.__dataclass_fields__})
    names = [name for name in Contents.__dataclass_fields__ if isinstance(getattr(held, name), tuple)]
    return replace(held, weighed=weighed, **{name: turned(getattr(held, name)) for name in names})
