"""Mentions to entities: who is one, who is not, and what a person decides about it."""

from __future__ import annotations

import json
import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.resolve.test_placing import build, entity
from tests.resolve.writing import STAMP, Report

from tidings.model import Claim, ClaimId, Decision, Reading
from tidings.resolve import resolve
from tidings.resolve.gazetteer import IndexedGazetteer


def decision(action: str, subject: str, **after: object) -> Decision:
    return Decision(
        id=f"v_{action}_{subject}", at="2026-01-02T03:04:05Z", by="R. Reader", action=action, subject=subject, before="",
        after=json.dumps(after), reason="seen on the spot.", previous_hash="", hash="",
    )  # fmt: skip


def test_words_that_the_lexicon_knows_are_one_across_reports(gazetteer: IndexedGazetteer) -> None:
    """The lexicon's name is shown, every surface form kept, a description without a name of its own left out."""
    a = Report(
        "a",
        "The [Rapid Support Forces|actor lexicon=sudan.rsf known_as=RSF role=militia] came; [the group|actor how=description refers_to=Rapid_Support_Forces] left.",
    )
    b = Report(
        "b",
        "[RSF fighters|actor lexicon=sudan.rsf known_as=RSF role=militia] fled. [Their men|actor how=description lexicon=sudan.rsf known_as=RSF] too.",
    )
    naming = build(gazetteer, a, b)
    found = entity(naming, a, "the group")
    assert found.id == entity(naming, b, "RSF fighters").id == entity(naming, b, "Their men").id
    assert (found.name, found.kind, found.role, found.aliases) == (
        "RSF",
        "actor",
        "militia",
        ("RSF fighters", "Rapid Support Forces"),
    )
    assert found.ids == (("lexicon", "sudan.rsf"),)


def test_a_parent_of_the_lexicon_is_what_it_is_part_of(gazetteer: IndexedGazetteer) -> None:
    """A branch belongs to its group and is another entity."""
    report = Report(
        "a",
        "[The army|actor how=description lexicon=x.army known_as=Army] and [its guards|actor how=description lexicon=x.guards known_as=Guards belongs_to=x.army].",
    )
    naming = build(gazetteer, report)
    assert entity(naming, report, "its guards").part_of == entity(naming, report, "The army").id


def test_explained_aliases_are_merged_and_cited(gazetteer: IndexedGazetteer) -> None:
    """What a report explains in brackets holds everywhere, with the words as the reason."""
    a = Report(
        "a", "The [Popular Resistance Committees|actor] ([PRC|actor alias_of=Popular_Resistance_Committees]) spoke."
    )
    b = Report("b", "[PRC|actor] men were seen.")
    naming = build(gazetteer, a, b)
    found = entity(naming, b, "PRC")
    assert found.id == entity(naming, a, "Popular Resistance Committees").id
    assert "“PRC” is explained beside “Popular Resistance Committees”." in found.basis


def test_initials_alone_are_a_proposal_across_reports(gazetteer: IndexedGazetteer) -> None:
    """An acronym that one report uses and another could explain is left to a person."""
    a = Report("a", "The [Sudan Liberation Movement|actor] met.")
    b = Report("b", "[SLM|actor] men were seen.")
    naming = build(gazetteer, a, b)
    assert [(one.standing, one.evidence[0].what) for one in naming.proposals] == [("open", "initials")]
    assert "initials" in naming.proposals[0].evidence[0].why
    assert entity(naming, a, "Sudan Liberation Movement").id != entity(naming, b, "SLM").id


def test_unnamed_sources_are_one_entity_a_report_and_chain(gazetteer: IndexedGazetteer) -> None:
    """An activist here and an activist there are two; "the activist" is the one before."""
    a = Report(
        "a",
        "[An activist|source how=description core=activist source_kind=activist] spoke. [The activist|source how=description core=activist source_kind=activist] added. Then [a resident|source how=description core=resident source_kind=resident].",
    )
    b = Report("b", "[An activist|source how=description core=activist source_kind=activist] denied it.")
    naming = build(gazetteer, a, b)
    first = entity(naming, a, "An activist")
    assert (first.name, first.kind, first.role) == ("activist", "source", "activist")
    assert entity(naming, a, "The activist").id == first.id
    assert len({first.id, entity(naming, a, "a resident").id, entity(naming, b, "An activist").id}) == 3


def test_an_outlet_is_what_the_outlet_refers_to(gazetteer: IndexedGazetteer) -> None:
    """Institutions answer to their kind, persons do not."""
    report = Report(
        "a",
        "[Radio Dabanga|source source_kind=outlet] cited [a doctor|source how=description core=doctor source_kind=medic]. [The outlet|source how=description core=outlet source_kind=outlet] and [the source|source how=description core=source source_kind=anonymous] agreed.",
    )
    naming = build(gazetteer, report)
    assert entity(naming, report, "The outlet").name == "Radio Dabanga"
    assert entity(naming, report, "the source").id == entity(naming, report, "a doctor").id


def test_publishers_are_the_outlets_that_others_quote(gazetteer: IndexedGazetteer) -> None:
    """A publisher's entity is that of its mentions in other reports."""
    a = Report("a", "Nothing new.", publisher="Radio Dabanga")
    b = Report("b", "[Radio Dabanga|source source_kind=outlet] said so.", publisher="Ayin")
    naming = build(gazetteer, a, b)
    publishers = dict(naming.publishers)
    assert publishers["Radio Dabanga"] == entity(naming, b, "Radio Dabanga").id
    assert {one.role for one in naming.entities if one.id in publishers.values()} == {"outlet"}


def test_persons_keep_to_full_names(gazetteer: IndexedGazetteer) -> None:
    """A last name follows the one full name of its report, spellings are one, single names of two reports are not merged."""
    a = Report("a", "[Abdel Fattah Burhan|person] left; [Burhan|person] came back. [Omar|person] wept.")
    b = Report("b", "[Abd al-Fattah Burhan|person] spoke.  [Umar|person] slept.")
    naming = build(gazetteer, a, b)
    assert entity(naming, a, "Burhan").id == entity(naming, b, "Abd al-Fattah Burhan").id
    assert entity(naming, a, "Omar").id != entity(naming, b, "Umar").id


def test_people_and_groups_never_merge_with_places(gazetteer: IndexedGazetteer) -> None:
    """The same words of two kinds stay two, and are not proposed."""
    report = Report("a", "[Darfur Bar|actor] lawyers met in [Darfur Bar|place], said [Darfur Bar|person].")
    naming = build(gazetteer, report)
    assert len({mention.entity for mention in naming.mentions}) == 3
    assert naming.proposals == ()


def test_directions_and_numbers_keep_chains_apart(gazetteer: IndexedGazetteer) -> None:
    """However alike, a 5th and a 7th brigade are never joined, not even through a third spelling."""
    report = Report("a", "[5th Assault Brigade|actor], [7th Assault Brigade|actor] and [Fifth Assault Brigade|actor].")
    naming = build(gazetteer, report)
    assert entity(naming, report, "5th Assault Brigade").id == entity(naming, report, "Fifth Assault Brigade").id
    assert entity(naming, report, "5th Assault Brigade").id != entity(naming, report, "7th Assault Brigade").id
    assert naming.proposals == ()


def test_described_groups_claim_no_identity(gazetteer: IndexedGazetteer) -> None:
    """The same description is one entity, and its basis says what that means."""
    a = Report("a", "[Armed herders|actor how=description] came.")
    b = Report("b", "[the armed herders|actor how=description] left.")
    naming = build(gazetteer, a, b)
    assert entity(naming, a, "Armed herders").id == entity(naming, b, "the armed herders").id
    assert (
        entity(naming, a, "Armed herders").basis
        == "Described in the same words; that these are the same people is not claimed."
    )


def test_members_stand_in_for_plurals(gazetteer: IndexedGazetteer) -> None:
    """A plural such as "the two sides" is no entity; a claim about it is about both."""
    report = Report("a", "[Army|actor] and [RSF|actor] clashed; [both sides|actor how=description] lost men.")
    both = report.named("both sides")
    spread = replace(both, members=(report.named("Army").id, report.named("RSF").id))
    mentions = tuple(spread if mention.id == both.id else mention for mention in report.mentions)
    claim = Claim(
        id=ClaimId("c_1"),
        document=report.document.id,
        start=0,
        end=4,
        quote="Army",
        kind="event",
        type="armed_clash",
        targets=(both.id,),
    )
    naming = resolve(
        [report.document],
        [Reading(document=report.document.id, reader=STAMP, mentions=mentions, claims=(claim,))],
        gazetteer=gazetteer,
    )
    assert naming.claims[0].targets_ids == (entity(naming, report, "Army").id, entity(naming, report, "RSF").id)
    assert next(mention for mention in naming.mentions if mention.id == both.id).entity is None


A = Report("a", "[Buthidaung|actor] and [Buthitaung|actor] fought over [Kharkiv|place city].")
B = Report("b", "[Buthidong|actor] men fled [Kharkov|place].")


def test_a_refused_proposal_stays_refused(gazetteer: IndexedGazetteer) -> None:
    """Its standing and the sentence of the decision are in every later build; nothing is merged."""
    proposal = build(gazetteer, A).proposals[0]
    naming = build(gazetteer, A, B, decisions=(decision("refuse", proposal.id),))
    refused = next(one for one in naming.proposals if one.id == proposal.id)
    assert (refused.standing, refused.evidence[0].why) == (
        "refused",
        "R. Reader refused that they are one on 2026-01-02: seen on the spot.",
    )
    assert entity(naming, A, "Buthidaung").id != entity(naming, A, "Buthitaung").id


def test_an_accepted_proposal_makes_one_of_two(gazetteer: IndexedGazetteer) -> None:
    """The two are one from then on, in builds with more reports too."""
    proposal = build(gazetteer, A).proposals[0]
    for reports in ((A,), (A, B)):
        naming = build(gazetteer, *reports, decisions=(decision("accept", proposal.id),))
        assert entity(naming, A, "Buthidaung").id == entity(naming, A, "Buthitaung").id
        assert [one.standing for one in naming.proposals if one.id == proposal.id] == ["accepted"]
        assert "R. Reader accepted that they are one" in entity(naming, A, "Buthidaung").basis


def test_the_later_decision_holds(gazetteer: IndexedGazetteer) -> None:
    """A refusal after an acceptance takes it back."""
    proposal = build(gazetteer, A).proposals[0]
    naming = build(gazetteer, A, decisions=(decision("accept", proposal.id), decision("refuse", proposal.id)))
    assert entity(naming, A, "Buthidaung").id != entity(naming, A, "Buthitaung").id


def test_merging_what_nothing_joins(gazetteer: IndexedGazetteer) -> None:
    """A person may know that two names are one."""
    report = Report("a", "[Hemedti|person] and [Mohamed Dagalo|person].")
    before = build(gazetteer, report)
    a, b = entity(before, report, "Hemedti").id, entity(before, report, "Mohamed Dagalo").id
    after = build(gazetteer, report, decisions=(decision("merge", a, **{"with": b}),))
    assert entity(after, report, "Hemedti").id == entity(after, report, "Mohamed Dagalo").id
    apart = build(
        gazetteer, report, decisions=(decision("merge", a, **{"with": b}), decision("split", a, **{"with": b}))
    )
    assert entity(apart, report, "Hemedti").id != entity(apart, report, "Mohamed Dagalo").id


def test_splitting_by_forms(gazetteer: IndexedGazetteer) -> None:
    """What is called so goes into an entity of its own; the rest keeps its id."""
    before = build(gazetteer, A, B)
    whole = entity(before, A, "Kharkiv")
    after = build(gazetteer, A, B, decisions=(decision("split", whole.id, forms="Kharkov"),))
    assert entity(after, A, "Kharkiv").id == whole.id
    assert entity(after, B, "Kharkov").id != whole.id
    assert entity(after, B, "Kharkov").name == "Kharkov"


def test_correcting_an_entity(gazetteer: IndexedGazetteer) -> None:
    """A name, one more alias, a place put right: with the reason in its basis."""
    before = entity(build(gazetteer, A), A, "Buthidaung")
    naming = build(
        gazetteer,
        A,
        decisions=(
            decision("correct", before.id, name="Buthidaung Force", alias="BF", lat="14.4", lon="33.5", radius_m="400"),
        ),
    )
    after = entity(naming, A, "Buthidaung")
    assert (after.id, after.name, after.aliases) == (before.id, "Buthidaung Force", ("BF", "Buthidaung"))
    assert after.place is not None
    assert (after.place.lat, after.place.lon, after.place.radius_m, after.place.method) == (14.4, 33.5, 400, "decided")
    assert "R. Reader corrected it on 2026-01-02: seen on the spot." in after.basis


@pytest.mark.parametrize(
    "bad",
    [
        decision("merge", "n_0", **{"with": "n_1"}),
        decision("split", "n_0", forms=["x"]),
        decision("correct", "n_0", lat="north"),
        replace(decision("merge", "n_0"), after="{"),
    ],
)
def test_decisions_that_fit_nothing_wait(gazetteer: IndexedGazetteer, bad: Decision) -> None:
    """A decision on what a build does not hold, or with an unreadable state, changes nothing."""
    assert build(gazetteer, A, decisions=(bad,)) == build(gazetteer, A)


NAMES = ["Kharkiv|place city", "Kharkov|place", "Izium|place", "Saltivka|place neighbourhood", "Buthidaung|actor", "Buthidong|actor", "Omar Bashir|person", "Umar Bashir|person", "Paris|place"]  # fmt: skip


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.lists(st.sampled_from(NAMES), min_size=1, max_size=5), min_size=1, max_size=4),
    st.randoms(use_true_random=False),
)
def test_the_order_of_reports_makes_no_difference(
    gazetteer: IndexedGazetteer, drawn: list[list[str]], shuffle: random.Random
) -> None:
    """Whatever the order, the same naming comes out; every mention has an entity that is there."""
    reports = [Report(str(number), ". ".join(f"[{name}]" for name in names)) for number, names in enumerate(drawn)]
    naming = build(gazetteer, *reports)
    mixed = list(reports)
    shuffle.shuffle(mixed)
    assert build(gazetteer, *mixed) == naming
    ids = {one.id for one in naming.entities}
    assert {mention.entity for mention in naming.mentions} <= ids
    assert {one.part_of for one in naming.entities} - {None} <= ids
    assert {end for one in naming.proposals for end in (one.a, one.b)} <= ids


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from(NAMES), min_size=1, max_size=6))
def test_ids_stay_while_the_record_grows(gazetteer: IndexedGazetteer, names: list[str]) -> None:
    """An entity keeps its id when a report with other spellings joins."""
    old = Report(
        "old", ". ".join(f"[{name}]" for name in ["Kharkiv|place city", "Buthidaung|actor", "Omar Bashir|person"])
    )
    new = Report("new", ". ".join(f"[{name}]" for name in names))
    alone, together = build(gazetteer, old), build(gazetteer, old, new)
    for words in ("Kharkiv", "Buthidaung", "Omar Bashir"):
        assert entity(alone, old, words).id == entity(together, old, words).id


def test_the_words_for_unnamed_speakers_classes_and_soldiers_are_aliases(gazetteer: IndexedGazetteer) -> None:
    """Who is not named is found by the words as they stand; a class of people by each of its words; a state's soldiers by their people."""
    report = Report(
        "a",
        "[A medic at the field hospital|source how=description source_kind=medic] saw [a priest|actor how=description "
        "lexicon=generic.priests known_as=priests role=civilians] and [the soldiers|actor how=description "
        "lexicon=state.ML known_as=Malian_government role=state].",
    )
    naming = build(gazetteer, report)

    assert entity(naming, report, "A medic at the field hospital").aliases == ("A medic at the field hospital",)
    assert entity(naming, report, "a priest").aliases == ("priest",)
    soldiers = ("Malian army", "Malian military", "Malian soldiers", "soldiers")
    assert entity(naming, report, "the soldiers").aliases == soldiers


def test_the_rebels_of_two_wars_are_each_found_by_that_word(gazetteer: IndexedGazetteer) -> None:
    """Reports of two wars call two parties "the rebels": it is a word for either, though it names neither alone."""
    one, two = (
        Report(name, f"[the rebels|actor how=description lexicon={ident} known_as={known} role=armed_group] left.")
        for name, ident, known in (("a", "mali.csp", "CSP"), ("b", "congo.m23", "M23"))
    )
    naming = build(gazetteer, one, two)

    assert entity(naming, one, "the rebels").aliases == ("rebels",)
    assert entity(naming, two, "the rebels").aliases == ("rebels",)


def test_a_persons_office_before_the_name_is_an_alias(gazetteer: IndexedGazetteer) -> None:
    """A person is found by "President Kessou" where the report gives the office apart from the name."""
    report = Report("a", "[Ada Kessou|person title=President] spoke.")

    assert entity(build(gazetteer, report), report, "Ada Kessou").aliases == ("President Ada Kessou",)
