from __future__ import annotations

import re

import pytest

from tidings.model import Contents, Contradiction, Echo, Event, Figure, Origin, Weighed, parse_edtf
from tidings.tell import SECTIONS, brief
from tidings.tell.formats import brief_html, brief_md
from tidings.testing import claim, doc, entity

RSF, ARMY, NYALA = (
    entity("RSF"),
    entity("Sudanese government"),
    entity("Nyala", "place", lat=12.05, lon=24.88, radius_m=9000),
)
MONITOR = entity("Emergency Lawyers", "source")


def contents() -> Contents:
    one = doc(
        "RSF took Nyala on Thursday, the monitor said. At least 20 soldiers died.",
        publisher="Blue Nile Post",
        title="Nyala falls",
    )
    two = doc("RSF seized Nyala. Up to 30 soldiers were killed <script>alert(1)</script>.", publisher="Darfur Wire")
    common = {"agents": [RSF], "targets": [ARMY], "places": [NYALA], "when": "2023-10-26"}
    took = claim("control", "gained", of=one, quote="RSF took Nyala on Thursday", chain=[MONITOR], **common)
    seized = claim("control", "gained", of=two, quote="RSF seized Nyala", chain=[MONITOR], **common)
    dead = claim(
        killed=(20, None), of=one, quote="At least 20 soldiers died", targets=[ARMY], places=[NYALA], when="2023-10-26"
    )
    more = claim(
        killed=(None, 30),
        of=two,
        quote="Up to 30 soldiers were killed",
        targets=[ARMY],
        places=[NYALA],
        when="2023-10-26",
    )
    day = parse_edtf("2023-10-26")
    event = Event(
        id=f"e_{took.id[2:]}", kind="control", type="gained", agents_ids=(RSF.id,), targets_ids=(ARMY.id,), places_ids=(NYALA.id,),
        claims=(took.id, seized.id), documents=(one.id, two.id), when=day,
        origins=(Origin(name="Emergency Lawyers", entity=MONITOR.id, claims=(took.id, seized.id)),), grade="weak",
    )  # fmt: skip
    figure = Figure(
        id="f_1", measure="killed", group=(), group_ids=(ARMY.id,), by_ids=(), places_ids=(NYALA.id,), when=day, scope="daily",
        made="unknown", low=20, best=20, high=30, contested=False, rule="most_conservative", claims=(dead.id, more.id),
    )  # fmt: skip
    return Contents(
        documents=(one, two),
        claims=(took, seized, dead, more),
        entities=(RSF, ARMY, NYALA, MONITOR),
        weighed=Weighed(
            events=(event,),
            figures=(figure,),
            echoes=(Echo(id="x_1", claim=seized.id, of=took.id, basis="same_origin"),),
            contradictions=(
                Contradiction(id="k_1", reason="number", why="One says 20, the other 30.", claims=(dead.id, more.id)),
            ),
        ),
    )


def test_the_brief_tells_each_section_in_order() -> None:
    """A small record is told sentence by sentence, with by whose word, in the fixed order of sections."""
    told = [(row.section, row.sentence) for row in brief(contents())]
    assert told == [
        ("What happened", "On 26 October 2023, RSF took Nyala from the Sudanese government, according to Emergency Lawyers (in Blue Nile Post and Darfur Wire)."),
        ("Casualties", "Sudanese government: 20 to 30 killed in Nyala, on 26 October 2023; taken as 20 by the rule most conservative, according to Blue Nile Post and Darfur Wire."),
        ("Where accounts differ", "On numbers: One says 20, the other 30."),
        ("Reports that repeat one origin", "Blue Nile Post and Darfur Wire carry one claim that goes back to one origin, Emergency Lawyers; the origin counts once.".replace("Blue Nile Post and Darfur Wire", "Darfur Wire and Blue Nile Post")),
        ("What is not known", f"2 of 2 reports do not say when they were published: “{first()}” and “{second()}”."),
    ]  # fmt: skip


def first() -> str:
    return contents().documents[0].title


def second() -> str:
    return contents().documents[1].path


def test_every_sentence_is_cited() -> None:
    """Each sentence of the brief cites a claim or, where something is not known, a report."""
    assert [row.sentence for row in brief(contents()) if not row.claims and not row.documents] == []
    assert {row.section for row in brief(contents())} <= set(SECTIONS)


def tables() -> dict[str, list[dict[str, object]]]:
    from dataclasses import replace

    from tidings.store.rows import tables as rows

    whole = contents()
    return rows(replace(whole, brief=brief(whole)))


def test_the_page_escapes_what_reports_say() -> None:
    """Markup in a report reaches the page as words, and the page asks nothing of the outside."""
    page = brief_html.render(tables())
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert re.findall(r"(?:src|href)=\"(?!#)[^\"]*\"", page) == []
    assert "default-src 'none'" in page


def test_each_citation_opens_the_quoted_words() -> None:
    """Every number behind a sentence holds the quote, marked, and leads to its note."""
    page = brief_html.render(tables())
    assert "<mark>RSF took Nyala on Thursday</mark>" in page
    targets = set(re.findall(r'href="#(n\d+)"', page))
    assert targets
    assert targets <= set(re.findall(r'id="(n\d+)"', page))


@pytest.mark.parametrize("piece", ["# Brief", "[^1]", "**RSF took Nyala on Thursday**", "\\<script\\>"])
def test_markdown_has_notes_with_the_words(piece: str) -> None:
    """The Markdown brief carries numbered notes with the quoted words and escapes markup."""
    assert piece in brief_md.render(tables())
