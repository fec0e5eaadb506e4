"""Exports for calendars, timelines, annotations, provenance, investigations and word processors, each read back."""

from __future__ import annotations

import datetime as dt
import json

import pytest


def test_a_calendar_has_whole_days(export):
    """Icalendar reads an entry for each happening with both ends; the end is the day after, and rough days are tentative."""
    icalendar = pytest.importorskip("icalendar")
    path, done = export("ics")
    calendar = icalendar.Calendar.from_ical(path.read_bytes())
    entries = {str(one["UID"]): one for one in calendar.walk("VEVENT")}

    assert sorted(entries) == [f"{one}@tidings.invalid" for one in ("e_dead", "e_shelled", "e_stays")]
    shelled, stays = entries["e_shelled@tidings.invalid"], entries["e_stays@tidings.invalid"]
    assert (shelled["DTSTART"].dt, shelled["DTEND"].dt) == (dt.date(2023, 10, 26), dt.date(2023, 10, 27))
    assert str(shelled["SUMMARY"]) == "shelling, نيالا Nyala"
    assert "STATUS" not in shelled
    assert (stays["DTEND"].dt, str(stays["STATUS"])) == (dt.date(2023, 11, 1), "TENTATIVE")
    assert str(stays["SUMMARY"]).endswith("(denied, planned or only possible)")
    assert done.left_out == {"happenings without a first and a last day": 1}
    assert max(len(line) for line in path.read_bytes().split(b"\r\n")) <= 75


def test_a_timeline_has_slides_without_markup(tables, tmp_path):
    """Slides have their days as numbers; words from reports are escaped, for the viewer reads HTML."""
    from tidings.tell.formats import timelinejs

    odd = {**tables["events"][1], "agents": ["<img src=x onerror=alert(1)>"]}
    done = timelinejs.write({**tables, "events": [odd]}, tmp_path / "line.json")
    (slide,) = json.loads((tmp_path / "line.json").read_text(encoding="utf-8"))["events"]

    assert (done.rows, slide["start_date"]) == (1, {"year": 2023, "month": 10, "day": 26})
    assert "<img" not in slide["text"]["text"]
    assert "&lt;img src=x" in slide["text"]["text"]


def test_annotations_point_at_the_words(export, tables):
    """Each claim is an annotation whose quotation stands at its position, with what stands before and after."""
    path, _ = export("webanno")
    page = json.loads(path.read_text(encoding="utf-8"))
    texts = {f"urn:sha-256:{row['sha256']}": row["text"] for row in tables["documents"]}

    assert (page["@context"], page["type"]) == ("http://www.w3.org/ns/anno.jsonld", "AnnotationPage")
    assert len(page["items"]) == len(tables["claims"])
    for one in page["items"]:
        assert {"@context", "id", "type", "target"} <= set(one)
        text = texts[one["target"]["source"]]
        quote, place = one["target"]["selector"]
        assert text[place["start"] : place["end"]] == quote["exact"]
        assert text[: place["start"]].endswith(quote["prefix"])
        assert text[place["end"] :].startswith(quote["suffix"])


def test_provenance_is_read_by_the_library(export, tables):
    """Prov reads the document: every claim is derived from its report, and what follows from its claims."""
    prov = pytest.importorskip("prov.model")
    path, _ = export("prov")
    document = prov.ProvDocument.deserialize(path, format="json")
    pairs = {
        tuple(str(value) for _, value in one.formal_attributes[:2]) for one in document.get_records(prov.ProvDerivation)
    }
    claims = {(f"tidings:{row['id']}", f"tidings:{row['document']}") for row in tables["claims"]}
    figures = {(f"tidings:{row['id']}", f"tidings:{claim}") for row in tables["figures"] for claim in row["claims"]}

    assert claims | figures <= pairs
    known = {str(one.identifier) for one in document.get_records(prov.ProvEntity)}
    assert {end for pair in pairs for end in pair} <= known
    agents = {str(one.identifier) for one in document.get_records(prov.ProvAgent)}
    told = {
        str(dict(one.formal_attributes)[prov.PROV_ATTR_AGENT]) for one in document.get_records(prov.ProvAttribution)
    }
    assert told <= agents


def test_followthemoney_takes_every_entity(export, tables):
    """The library of FollowTheMoney reads every line, knows every property, and finds each value valid and each reference there."""
    ftm = pytest.importorskip("followthemoney")
    path, done = export("ftm")
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    held = {line["id"]: ftm.model.get_proxy(line, cleaned=False) for line in lines}

    assert len(held) == len(lines) == done.rows
    for line in lines:
        proxy = held[line["id"]]
        assert {name: sorted(values) for name, values in line["properties"].items() if name != "country"} == {
            name: sorted(proxy.get(name)) for name in line["properties"] if name != "country"
        }
        for prop, value in proxy.itervalues():
            assert not (prop.type.name == "entity" and value not in held)
            assert not (prop.type.name == "entity" and not held[value].schema.is_a(prop.range))
    event = held["e-shelled"]
    assert (event.get("startDate"), event.get("country")) == (["2023-10-26"], ["sd"])
    assert sorted(event.get("proof")) == sorted(row["id"].replace("_", "-") for row in tables["documents"])
    assert done.left_out["rows of figures, for which there is no schema"] == 4


def test_the_brief_opens_in_a_word_processor(export):
    """python-docx reads headings, sentences with their notes, and the quoted words in bold."""
    docx = pytest.importorskip("docx")
    path, done = export("docx")
    document = docx.Document(path)
    lines = [paragraph.text for paragraph in document.paragraphs]

    assert lines[0] == "Brief"
    assert "On 26 October 2023, RSF shelled Nyala. 1" in lines
    bold = [run.text for paragraph in document.paragraphs for run in paragraph.runs if run.bold]
    assert bold == ["RSF shelled Nyala on 26 October"]
    assert done.rows == 2
