"""Independent origins are counted, not outlets; and what only repeats is an echo."""

from __future__ import annotations

from dataclasses import replace

from tests.weigh.builders import (
    ACTIVISTS,
    ARMY,
    CIVILIANS,
    ENTITIES,
    LEDGER,
    MONITOR,
    QUARTER,
    RAPID,
    SPOKESMAN,
    weighed,
)

from tidings.testing import claim, doc, entity, mention

A = doc("Nile Rights Watch said 14 civilians died in Shambat.", publisher="The Nile Ledger", published="2023-06-02")
B = doc("NRW: fourteen civilians killed in Shambat.", publisher="Red Sea Herald", published="2023-06-03")
C = doc("Our reporter counted 15 bodies in Shambat.", publisher="Omdurman Post", published="2023-06-03")


def dead(of, number=14, **more):  # type: ignore[no-untyped-def]
    return claim(killed=number, of=of, targets=[CIVILIANS], places=[QUARTER], when="2023-06-01", **more)


def test_two_outlets_that_quote_one_monitor_are_one_origin() -> None:
    """The monitor counts once, however many carry it and however they spell it."""
    a, b, c = dead(A, chain=[MONITOR]), dead(B, chain=[MONITOR]), dead(C, 15)
    record = weighed((A, B, C), (a, b, c))

    assert [(one.name, len(one.claims)) for one in record.events[0].origins] == [("Nile Rights Watch", 2), ("Omdurman Post", 1)]  # fmt: skip
    assert record.events[0].grade == "fair"
    assert [(one.claim, one.of, one.basis) for one in record.echoes] == [(b.id, a.id, "same_origin")]


def test_an_origin_without_a_name_is_that_of_whoever_carries_it() -> None:
    """Local activists of one outlet are one origin, those of another outlet another."""
    one = doc("Local activists said the market burned. The local activists saw it.", publisher="The Nile Ledger")
    two = doc("Some local activists said the market burned.", publisher="Red Sea Herald")
    says = {"how": "description", "source_kind": "activist"}
    m1 = mention("Local activists", one, ACTIVISTS, **says)
    m2 = mention("The local activists", one, ACTIVISTS, **says)
    m3 = mention("Some local activists", two, ACTIVISTS, **says)
    claims = [
        claim("event", "shelling", quote=quote, of=of, places=[QUARTER], chain=[ACTIVISTS])
        for of, quote in ((one, "the market burned"), (one, "saw it"), (two, "the market burned"))
    ]
    claims = [replace(told, chain=(m.id,)) for told, m in zip(claims, (m1, m2, m3), strict=True)]
    record = weighed((one, two), claims, mentions=(m1, m2, m3))

    assert sorted((origin.name, len(origin.claims)) for origin in record.events[0].origins) == [
        ("Red Sea Herald's local activists", 1),
        ("The Nile Ledger's Local activists", 2),
    ]


def test_copied_words_go_back_to_where_they_were_first_published() -> None:
    """A wire piece printed by three outlets is one origin, the first to publish."""
    text = (
        "Shells fell on Shambat for six hours on Thursday and the bridge was closed to all traffic until the evening."
    )
    wire = doc(text, publisher="Nile Wire", published="2023-06-01")
    reprints = [
        doc(text, publisher=name, published="2023-06-02", copy_of=wire.id)
        for name in ("Red Sea Herald", "Omdurman Post")
    ]
    claims = [claim("event", "shelling", of=one, places=[QUARTER], when="2023-06-01") for one in (wire, *reprints)]
    record = weighed((wire, *reprints), claims)

    assert [one.name for one in record.events[0].origins] == ["Nile Wire"]
    assert {one.basis for one in record.echoes} == {"copied_text"}
    assert {one.of for one in record.echoes} == {claims[0].id}


def test_an_outlet_cited_for_what_it_has_from_another_stands_for_that_other() -> None:
    """The Herald cites the Ledger, the Ledger has it from the monitor: one origin, the monitor."""
    own = dead(A, chain=[MONITOR])
    cites = dead(B, chain=[LEDGER])
    record = weighed((A, B), (own, cites))

    assert [one.name for one in record.events[0].origins] == ["Nile Rights Watch"]
    assert [one.basis for one in record.echoes] == ["cites_outlet"]


def test_the_voice_of_a_body_is_the_body() -> None:
    """A spokesman and the army he speaks for are one origin."""
    a, b = dead(A, chain=[SPOKESMAN]), dead(B, chain=[ARMY])
    record = weighed((A, B), (a, b))

    assert len(record.events[0].origins) == 1


def test_publishers_nobody_knows_count_as_one() -> None:
    """Nothing shows that two reports without a publisher are independent."""
    one, two = doc("Nine died in Shambat.", path="1.txt"), doc("Nine people died in Shambat.", path="2.txt")
    record = weighed((one, two), (dead(one, 9), dead(two, 9)))

    assert [origin.name for origin in record.events[0].origins] == ["unknown publisher"]
    assert record.events[0].grade == "weak"


def test_a_teaser_repeated_in_its_report_is_an_echo() -> None:
    """A headline and the sentence that repeats it are one telling."""
    report = doc("Column takes Shambat. The Rapid Column took Shambat.", publisher="The Nile Ledger")
    head = claim("control", "gained", quote="Column takes Shambat", of=report, agents=[RAPID], places=[QUARTER])
    body = claim(
        "control", "gained", quote="The Rapid Column took Shambat", of=report, agents=[RAPID], places=[QUARTER]
    )
    record = weighed((report,), (head, body))

    assert [(one.claim, one.of, one.basis) for one in record.echoes] == [(body.id, head.id, "repeated_in_document")]


def test_another_number_from_one_origin_is_no_echo() -> None:
    """Who says fourteen and later fifteen does not repeat the same."""
    record = weighed((A, B), (dead(A, 14, chain=[MONITOR]), dead(B, 15, chain=[MONITOR])))

    assert record.echoes == ()


def test_a_party_that_accepts_its_deed_confirms_it() -> None:
    """When the army says that it struck, the strike is confirmed; when its enemy says so, it is not."""
    strike = claim("event", "air_strike", of=A, agents=[ARMY], places=[QUARTER], chain=[SPOKESMAN])
    charge = claim("event", "air_strike", of=B, agents=[ARMY], places=[QUARTER], chain=[RAPID])

    assert weighed((A,), (strike,)).events[0].grade == "confirmed"
    assert weighed((B,), (charge,)).events[0].grade == "weak"


def test_what_everybody_denies_is_discounted() -> None:
    """An event of which only a denial is told is discounted."""
    denial = claim("event", "air_strike", of=A, agents=[ARMY], places=[QUARTER], chain=[ARMY], mode="denied")

    assert weighed((A,), (denial,)).events[0].grade == "discounted"


def test_a_caption_that_repeats_a_named_source_is_that_source_once() -> None:
    """Words that stand under the monitor's name are the monitor's where the caption repeats them without a name."""
    words = "shells fell on the crowded bus station of Shambat for the third day in a row"
    report = doc(f"Nile Rights Watch said {words}. Photo: {words}!", publisher="The Nile Ledger")
    told = claim("event", "shelling", quote=words, of=report, places=[QUARTER], chain=[MONITOR])
    start = report.text.rindex(words)
    caption = replace(told, id="c_caption", start=start, end=start + len(words), chain_ids=())
    record = weighed((report,), (told, caption))

    assert [origin.name for origin in record.events[0].origins] == ["Nile Rights Watch"]
    assert [one.basis for one in record.echoes] == ["repeated_in_document"]


def test_what_a_report_takes_for_granted_is_no_echo() -> None:
    """Leaning on what was said before ("the shelling") repeats nothing; saying it again in much the same words does."""
    report = doc(
        "Shells struck the bus station of Shambat at dawn. The attack emptied the quarter. "
        "Shells were striking the bus station in Shambat from dawn on."
    )
    first, lean, again = (
        claim("event", "shelling", quote=quote, of=report, places=[QUARTER])
        for quote in ("Shells struck the bus station of Shambat at dawn", "The attack emptied the quarter", "Shells were striking the bus station in Shambat from dawn on")
    )  # fmt: skip
    record = weighed((report,), (first, lean, again))

    assert [(one.claim, one.of) for one in record.echoes] == [(again.id, first.id)]


def test_a_spokesman_without_a_name_is_the_body_he_speaks_for() -> None:
    """The words "its spokesman" mean the party that acts, "an army spokesman" the state; a mere spokesman stays nobody known."""
    report = doc("The Rapid Column took Shambat, its spokesman said. An army spokesman said so. A spokesman said so.")
    voice = entity("its spokesman", "person")
    roots = []
    for words, agents in (("its spokesman", [RAPID]), ("An army spokesman", [ARMY, RAPID]), ("A spokesman", [RAPID])):
        said = mention(words, report, voice, how="description")
        told = claim("control", "gained", of=report, agents=agents, places=[QUARTER], chain=[voice])
        told = replace(told, chain=(said.id,))
        record = weighed((report,), (told,), mentions=(said,), entities=(*ENTITIES, voice))
        roots.append(record.events[0].origins[0].name)

    assert roots == ["the Rapid Column", "the army", "its spokesman"]


def test_an_outlets_own_reporter_is_the_outlet() -> None:
    """Whoever reports for the publisher by the words themselves is no origin beside it."""
    reporter = entity("a Nile Ledger reporter in Bahri", "source", role="witness")
    one = doc(
        "A Nile Ledger reporter in Bahri saw shells hit Shambat. Shells hit Shambat.", publisher="The Nile Ledger"
    )
    said = mention("A Nile Ledger reporter in Bahri", one, reporter, how="description", source_kind="witness")
    told = claim("event", "shelling", quote="shells hit Shambat", of=one, places=[QUARTER], chain=[reporter])
    own = claim("event", "shelling", quote="Shells hit Shambat", of=one, places=[QUARTER])
    record = weighed((one,), (replace(told, chain=(said.id,)), own), mentions=(said,), entities=(*ENTITIES, reporter))

    assert [one.name for one in record.events[0].origins] == ["The Nile Ledger"]


def test_a_figure_goes_back_to_the_source_that_its_sentence_names() -> None:
    """Where others name a source for the same figure, a sentence that names it too gives the figure in its words."""
    one = doc("Nile Rights Watch said that 14 civilians died.", publisher="The Nile Ledger")
    two = doc("Fourteen civilians died, according to a count by Nile Rights Watch.", publisher="Red Sea Herald")
    three = doc("Fourteen civilians died. Nile Rights Watch is an office in Bahri.", publisher="Omdurman Post")
    names = [mention("Nile Rights Watch", of, MONITOR, kind="source") for of in (one, two, three)]
    claims = (dead(one, chain=[MONITOR]), dead(two, quote="Fourteen civilians died"), dead(three, quote="Fourteen civilians died"))  # fmt: skip
    record = weighed((one, two, three), claims, mentions=names)

    assert sorted((origin.name, len(origin.claims)) for origin in record.events[0].origins) == [
        ("Nile Rights Watch", 2),
        ("Omdurman Post", 1),
    ]


def test_a_caption_repeats_a_short_clause_where_its_sentence_is_repeated() -> None:
    """Six words are repeated by chance; with the sentence round them they are an echo of who said them."""
    line = "The Rapid Column called up more men to the area while air raids went on over the river."
    one = doc(f"“{line}”, Nile Rights Watch said.\n\nPhoto by hand.\n\n{line}", publisher="The Nile Ledger")
    quote = "The Rapid Column called up more men to the area"
    told = claim("event", "reinforcement", quote=quote, of=one, agents=[RAPID], chain=[MONITOR])
    again = claim("event", "reinforcement", quote=quote, of=one, agents=[RAPID])
    at = one.text.rindex(quote)
    again = replace(again, id="c_again", start=at, end=at + len(quote))
    record = weighed((one,), (told, again))

    assert [one.name for one in record.events[0].origins] == ["Nile Rights Watch"]
    assert [(one.claim, one.of, one.basis) for one in record.echoes] == [(again.id, told.id, "repeated_in_document")]
