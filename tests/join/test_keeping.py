"""A join's memory lies in a file between two builds; with it, without it and with a damaged one the record is the same."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.join.builders import ENTITIES
from tests.join.test_memory import _TOLD, BACKGROUND, FAR, report

from tidings.join import join, rejoin
from tidings.join.digests import digests
from tidings.join.keeping import put_down, taken_up
from tidings.join.weights import load_weights
from tidings.model import Amount, When
from tidings.testing import claim, doc, entity

NAMES = (*ENTITIES, *FAR)


@settings(deadline=None, max_examples=25)
@given(st.lists(_TOLD, min_size=3, max_size=16), st.data())
def test_a_memory_from_a_file_gives_what_a_rebuild_gives(
    told: list[tuple[int, int, int, int, int]], data: st.DataObject
) -> None:
    """Reports that come and go after the memory was put down leave the result of building at once."""
    made = [report(at, one) for at, one in enumerate(told)]
    first = data.draw(st.sets(st.integers(0, len(made) - 1), min_size=1))
    then = data.draw(st.sets(st.integers(0, len(made) - 1), min_size=1))
    before = [*BACKGROUND, *(made[at] for at in sorted(first))]
    after = [*BACKGROUND, *(made[at] for at in sorted(then))]
    _, memory = rejoin([of for of, _ in before], [one for _, one in before], NAMES)
    assert memory is not None
    with tempfile.TemporaryDirectory() as folder:
        put_down(memory, Path(folder) / "join")
        kept = taken_up(Path(folder) / "join")
        docs, claims = [of for of, _ in after], [one for _, one in after]
        again, newer = rejoin(docs, claims, NAMES, before=kept)
        assert newer is not None
        put_down(newer, Path(folder) / "join")
        third, _ = rejoin(docs, claims, NAMES, before=taken_up(Path(folder) / "join"))

    assert kept is not None
    assert again == third == join(docs, claims, NAMES)


def small(folder: Path) -> Path:
    """Put down the memory of a small record."""
    _, memory = rejoin([of for of, _ in BACKGROUND[:8]], [one for _, one in BACKGROUND[:8]], NAMES)
    assert memory is not None
    put_down(memory, folder / "kept" / "join")
    return folder / "kept" / "join"


def test_the_file_is_its_owners_alone(tmp_path: Path) -> None:
    """Nobody else can read the file or look into its folder."""
    path = small(tmp_path)

    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert [one.name for one in path.parent.iterdir()] == ["join"]


@pytest.mark.parametrize("harm", ["cut", "turned", "empty", "gone"])
def test_a_damaged_file_is_as_good_as_none(tmp_path: Path, harm: str) -> None:
    """A file cut short, with one byte otherwise, empty or gone is not taken up, and nothing breaks."""
    path = small(tmp_path)
    held = bytearray(path.read_bytes())
    held[len(held) // 2] ^= 1
    {"cut": lambda: path.write_bytes(held[:-9]), "turned": lambda: path.write_bytes(held),
     "empty": lambda: path.write_bytes(b""), "gone": path.unlink}[harm]()  # fmt: skip

    assert taken_up(path) is None


def test_other_weights_take_no_memory_up(tmp_path: Path) -> None:
    """A memory of a join with other weights says nothing about one with these."""
    path = small(tmp_path)
    held = load_weights()
    other = replace(held, levels={**held.levels, "goal": {**held.levels["goal"], "same": 0.25}})

    assert taken_up(path) is not None
    assert taken_up(path, other) is None


def test_a_mark_follows_every_field() -> None:
    """Equal claims and entities have equal marks, whichever objects hold them, and whatever is otherwise changes the mark."""
    of = doc("Shells killed 14 in Taiz.")
    one = claim(killed=14, quote="Shells killed 14", of=of, when="2016-03-11")
    others = [replace(one, when=When()), replace(one, count=Amount(low=14, high=15, text="14")), replace(one, quote="x"),
              replace(one, whole=True), replace(one, chain_ids=(entity("Echo").id,))]  # fmt: skip
    town = entity("Taiz", "place", lat=13.0, lon=44.0, radius_m=1)
    marks = digests([one, replace(one, when=claim(of=of, when="2016-03-11").when), *others]).tolist()

    assert marks[0] == marks[1]
    assert len(set(marks)) == len(others) + 1
    assert digests([town])[0] != digests([replace(town, aliases=("Taizz",))])[0]
