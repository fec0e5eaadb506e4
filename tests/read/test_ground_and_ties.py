"""Who holds what, who is held, what is taken or wrecked, and how parties stand to each other: the ways it is said."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tidings.model import Claim
from tidings.read.index import MentionIndex
from tidings.read.page import Page

KINDS = ("control", "custody", "property", "relation")
Told = Callable[[str], list[str]]
Read = Callable[[str], tuple[MentionIndex, tuple[Claim, ...]]]


@pytest.fixture(scope="module")
def read(claims_of: Callable[[str], tuple[Page, MentionIndex, tuple[Claim, ...]]]) -> Read:
    """Return what reads a text into its mentions and claims."""
    return lambda text: claims_of(text)[1:]


@pytest.fixture(scope="module")
def told(read: Read) -> Told:
    """Return what reads a text into its claims of these four kinds, as "kind/type" or "kind/type denied"."""

    def of(text: str) -> list[str]:
        _, claims = read(text)
        mine = [claim for claim in claims if claim.kind in KINDS]
        return sorted(f"{c.kind}/{c.type}" + ("" if c.mode == "asserted" else f" {c.mode}") for c in mine)

    return of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The valley came under the control of the hill militia.", ["control/gained"]),
        ("Marines won the airstrip back over the weekend.", ["control/gained"]),
        ("Iraqi forces have recaptured 60 percent of Ramadi.", ["control/gained"]),
        ("The town fell to the insurgents at dawn.", ["control/gained"]),
        ("Guerrillas entered the town of Loikaw on Sunday.", ["control/gained"]),
        ("Government troops advanced some six kilometres near Kupiansk.", ["control/gained"]),
        ("Paramilitaries still occupy the courtyard of the clinic.", ["control/held"]),
        ("Villagers say gunmen have occupied the school since Monday.", ["control/held"]),
        ("The port is back in the hands of the Libyan government.", ["control/held"]),
        ("Insurgents hold sway over most of the rural north.", ["control/held"]),
        ("Ossetian irregulars stayed in the villages north of Gori.", ["control/held"]),
        ("Houthi commanders claimed control of the old airfield.", ["control/held"]),
        ("The insurgents were expelled from the town of Cizre.", ["control/lost"]),
        ("Burkina Faso's army has lost ground to JNIM in the east.", ["control/lost"]),
        ("The militia has been trying to break into the town from the east.", ["control/attempted"]),
        ("The defenders withstood a fourth assault on Bihac.", ["control/repelled"]),
        ("The hill is contested between the RSF and the army.", ["control/contested"]),
    ],
)
def test_ground_is_taken_held_and_lost_in_many_words(told: Told, text: str, expected: list[str]) -> None:
    """Control is read from passives, phrases with "under" and "in the hands of", distances, shares and presence."""
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The mayor was placed under house arrest in Kathmandu.", ["custody/detention"]),
        ("Some 40 students are locked in a warehouse.", ["custody/detention"]),
        ("The editor has been behind bars since March.", ["custody/detention"]),
        ("Village elders were held at gunpoint.", ["custody/detention"]),
        ("A prisoner swap between Armenia and Azerbaijan took place at the border.", ["custody/release"]),
        ("The guerrillas handed over nine prisoners to the envoys.", ["custody/release"]),
        ("Some 800 inmates broke out of the jail at Kangbayi.", ["custody/release"]),
        ("The kidnappers let the women go.", ["custody/release"]),
        ("Gunmen whisked away a priest in Owerri.", ["custody/abduction"]),
        ("Police whisked away a priest in Owerri.", ["custody/arrest"]),
        ("Soldiers deserted and surrendered to the Arakan Army.", ["custody/arrest"]),
    ],
)
def test_people_are_held_and_let_go_in_many_words(told: Told, text: str, expected: list[str]) -> None:
    """Custody is read from places of detention, exchanges and escapes; a band abducts where a state arrests."""
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Half of the schools lie in ruins.", ["property/destruction"]),
        ("Retreating troops blew up the bridge.", ["property/destruction"]),
        ("The mosque sustained heavy damage.", ["property/destruction"]),
        ("Shops were ransacked and set alight.", ["property/destruction", "property/seizure"]),
        ("The rebels shot down a helicopter near the dam.", ["property/destruction"]),
        ("Aid trucks were hijacked near Rafah.", ["property/seizure"]),
        ("Soldiers carried off the stock of the pharmacy.", ["property/seizure"]),
        ("Armed men are collecting taxes from traders at Lolwe.", ["property/ransom"]),
        ("Three monks were kidnapped for ransom.", ["custody/abduction"]),
    ],
)
def test_things_are_taken_and_wrecked_in_many_words(told: Told, text: str, expected: list[str]) -> None:
    """Property is read from ruins, fires, levies and hijackings; "for ransom" alone only tells what for."""
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rwanda-backed M23 rebels shelled Sake.", ["relation/alliance"]),
        ("The rebels of the M23 are helped by Rwandan officers.", ["relation/alliance"]),
        ("RSF soldiers and allied Arab militiamen burned the archive of Geneina.", ["property/destruction", "relation/alliance"]),
        ("The Taliban have close ties to al-Qaeda.", ["relation/alliance"]),
        ("Uganda denied backing the M23.", ["relation/alliance denied"]),
        ("The council accused Chad of arming the Rapid Support Forces.", ["relation/alliance"]),
        ("The brigade, an offshoot of Boko Haram, denied it.", ["relation/affiliation"]),
        ("The Houthis, aligned with Iran, denied it.", ["relation/affiliation"]),
        ("ISWAP split from Boko Haram in 2016.", ["relation/affiliation denied"]),
        ("The Mai-Mai rose against the M23.", ["relation/hostility"]),
        ("The army's junior partner, the Fano militia, has been at war with the TPLF since May.", ["relation/alliance", "relation/hostility"]),
        ("Relations between Rwanda and Congo are tense.", ["relation/tension"]),
        ("Negotiations between the government and the FARC collapsed.", ["relation/negotiation denied"]),
        ("The guerrillas receive rifles from Eritrea.", ["relation/dependence"]),
        ("Both parties agreed to share power.", ["relation/power_sharing intended"]),
    ],
)  # fmt: skip
def test_ties_are_stated_in_many_words(told: Told, text: str, expected: list[str]) -> None:
    """Relations are read from hyphens, adjectives, nouns for allies, light verbs, splits, feuds and failed talks."""
    assert told(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The president took over as head of the regional bloc in January.",
        "Two ministers were released from their duties.",
        "The company holds a 30 percent stake in the refinery.",
        "Aid workers entered the town with food for 3,000 families.",
        "Families stayed in the camp for three days.",
        "Her brother was caught in the crossfire.",
        "The commission is made up of nine judges.",
        "Prices have fallen to their lowest level since May.",
        "They supported the call for a strike.",
    ],
)
def test_words_of_peace_tell_of_no_holding_and_no_tie(told: Told, text: str) -> None:
    """The same words in other company tell of no control, custody, property or relation."""
    assert told(text) == []


def test_who_falls_out_of_a_place_is_its_loser_where_nobody_is_said_to_have_driven_him(read: Read) -> None:
    """A passive without a doer gives the loser as agent; one with a doer gives the taker, and the loser as target."""
    index, (lost,) = read("Al-Shabaab was driven out of the town of Baidoa.")
    assert (lost.type, [index[one].core for one in lost.agents], lost.targets) == ("lost", ["Al-Shabaab"], ())
    index, (gained,) = read("Ethiopian troops drove al-Shabaab out of the town of Baidoa.")
    assert (gained.type, len(gained.agents), [index[one].core for one in gained.targets]) == (
        "gained",
        1,
        ["al-Shabaab"],
    )


def test_the_country_behind_a_hyphen_is_one_end_of_the_tie(read: Read) -> None:
    """The word before "-backed" is a party of its own beside the one that is backed."""
    index, claims = read("Iran-backed Houthi fighters seized the port.")
    (tie,) = [claim for claim in claims if claim.kind == "relation"]
    assert sorted(index[one].core for one in tie.agents) == ["Houthi", "Iran"]
    assert tie.quote == "Iran-backed Houthi fighters"


def test_a_holding_is_quoted_with_what_is_held(read: Read) -> None:
    """The quote of "under control" and "in the hands of" holds the place, and not the phrase alone."""
    _, (held,) = read("The crossing is still under the army's control.")
    assert held.quote == "The crossing is still under the army's control"


def test_an_accusation_is_asserted_by_the_accuser(read: Read) -> None:
    """What somebody is accused of doing is told by the accuser, as a fact."""
    index, claims = read("The council accused the army of burning the village.")
    (burnt,) = [claim for claim in claims if claim.kind == "property"]
    assert burnt.mode == "asserted"
    assert [index[one].text for one in burnt.chain][-1:] == ["The council"]


def test_a_tie_lies_where_the_report_is_about_and_not_where_the_sentence_before_was(read: Read) -> None:
    """A tie holds beyond the deed told just before it; its place is the report's, not that of the deed."""
    index, claims = read(
        "Rebels seized Kidal on Monday, residents said.\n\n"
        "Shells fell on Gao and on Mopti on Tuesday. A spokesman denied any alliance between Ansar Dine and the army.\n\n"
        "Fighting went on in Kidal on Wednesday. Five people were killed in Kidal."
    )
    (tie,) = [claim for claim in claims if claim.kind == "relation"]
    assert [index.antecedent(index[one]).core for one in tie.places] == ["Kidal"]


def test_who_depends_on_whom_lies_where_its_own_clause_says(read: Read) -> None:
    """A dependence has the place that its clause names, and none from what stands around it."""
    index, claims = read("The Sudanese army relies on the Rapid Support Forces to keep order in Nyala.")
    (tie,) = [claim for claim in claims if claim.kind == "relation"]
    assert [index[one].core for one in tie.places] == ["Nyala"]
    _, claims = read("Shells fell on Nyala. The Sudanese army relies on the Rapid Support Forces.")
    (tie,) = [claim for claim in claims if claim.kind == "relation"]
    assert tie.places == ()


FEUD = (
    "Al-Shabaab attacked Ethiopian troops near Baidoa on Monday. Ethiopian troops attacked al-Shabaab near Dinsoor. "
    "Al-Shabaab clashed with Ethiopian troops in Bardale. Kenyan troops stayed in Kismayo.\n\n"
)


def test_ground_is_taken_from_the_chief_foe_where_the_paragraph_speaks_of_it(read: Read) -> None:
    """Who fights one party far more than any other took a place from it, if it is there; from others, none is said."""

    def lost_by(text: str) -> list[str]:
        index, claims = read(FEUD + text)
        (taken,) = [claim for claim in claims if claim.type == "gained"]
        return [index.antecedent(index[one]).core for one in taken.targets]

    assert lost_by("Ethiopian troops were weary. Al-Shabaab captured the town of Dinsoor.") == ["Ethiopian troops"]
    assert lost_by("Kenyan troops were weary. Al-Shabaab captured the town of Kismayo.") == []
    assert lost_by("Ethiopian troops were weary. Al-Shabaab advanced in the town of Dinsoor.") == []
