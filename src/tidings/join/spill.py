"""A join of more pairs than memory holds: pairs are put down in files by day and place, and scored part by part.

::

    blocks → pairs → files by day and place of the later claim → parts → scored, here or elsewhere → what is near

Each part is compared by itself, on the traits of its own claims alone, so that parts may be handed to other processes or
machines that see the same folder. The bits of a pair depend on the two claims and on the counts of the whole record, which
travel along; so the result is that of a join in memory.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, fields, replace
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from tidings.join.blocks import CELL_KM, DAYS, KM_PER_DEGREE, Keys, Pairs, codes_of, crowds, each_sort, said
from tidings.join.lexis import Lexis
from tidings.join.prior import fit_tally, tally
from tidings.join.scoring import Scores, decided, sifted_pairs
from tidings.join.traits import NEVER, Traits
from tidings.join.weights import Weights

__all__ = ["Parts", "Spill", "Spread", "in_turn", "only", "spilled"]

Longs = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

Spread = Callable[[Callable[[Any], Any], Sequence[Any]], Iterable[Any]]
"""Hands each job to the work, anywhere, and gives the answers in the order of the jobs. Work and jobs can be pickled."""

_BUCKETS = 256
"""Files that pairs are put down in at most; neighbouring ones are taken together until a part is full."""
_CLAIMS = 4
"""Claims that are worth a file of their own."""
_KEYS_AT_ONCE = 2_000_000
"""Keys whose blocks are turned into pairs at a time."""
_ENTITIES = ("names", "person", "people", "lat", "lon", "radius", "size", "above", "common")
"""Traits that belong to entities, or to the record: they are put down once for all parts."""


def in_turn(work: Callable[[Any], Any], jobs: Sequence[Any]) -> Iterable[Any]:
    """Do one job after the other, in this process."""
    return map(work, jobs)


@dataclass(frozen=True, slots=True)
class Spill:
    """Where pairs are put down, how many are held at once, and who compares them.

    Attributes:
        folder: An empty folder of the caller's, seen by everyone who compares; it is the caller's to remove. Files in it hold
            words of the reports.
        pairs: Pairs of a part at most, some 150 bytes each in whoever compares them.
        spread: Who compares the parts.
    """

    folder: Path
    pairs: int = 4_000_000
    spread: Spread = in_turn


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of a record's pairs, in files.

    Attributes:
        paths: One folder a part.
        counted: The tally of the evidence of all pairs.
        notes: What was sampled, in sentences.
    """

    spill: Spill
    paths: tuple[Path, ...]
    counted: Longs
    notes: tuple[str, ...]
    weights: Weights

    def fitted(self) -> float:
        """Return the prior that all pairs together make likeliest."""
        return fit_tally(self.counted, self.weights)

    def decide(self, prior: float) -> None:
        """Score every part with a prior, words included."""
        for _ in self.spill.spread(partial(_decide, weights=self.weights, prior=prior), self.paths):
            pass

    def each(self) -> Iterator[Scores]:
        """Yield the scored pairs part by part, by the numbers of all claims; all pairs of a later claim stand in one part."""
        for path in self.paths:
            yield _read(path / "scored")


def spilled(t: Traits, weights: Weights, prior: float | None, spill: Spill) -> Parts:
    """Put down the candidate pairs of a record in parts and compare them, words left out."""
    largest = int(weights.settings["cluster"]["largest_block"])
    notes: set[str] = set()
    buckets = max(1, min(_BUCKETS, len(t.claims) // _CLAIMS))
    bucket = _bucket_of(t, buckets)
    held = np.zeros(buckets, dtype=np.int64)
    n = np.int64(max(1, len(t.claims)))
    with ExitStack() as stack:
        files = [stack.enter_context((spill.folder / f"pairs-{at:03}").open("ab")) for at in range(buckets)]
        for sort in each_sort(t):
            notes.update(said(t, members, largest) for members in crowds([sort], largest=largest))
            for some in _slices(sort):
                codes = codes_of(t, some, largest, None)
                where = bucket[codes % n]
                order = np.argsort(where, kind="stable")
                counts = np.bincount(where, minlength=buckets)
                held += counts
                for at, rows in enumerate(np.split(codes[order], np.cumsum(counts)[:-1])):
                    rows.tofile(files[at])
    shared = {name: getattr(t, name) for name in _ENTITIES}
    (spill.folder / "record").write_bytes(pickle.dumps((shared, t.lexis.weight), protocol=5))
    paths = tuple(
        _put(t, [spill.folder / f"pairs-{one:03}" for one in some], spill.folder / f"part-{at:04}")
        for at, some in enumerate(_parts(held, spill.pairs))
    )
    hopeful = weights.settings["prior"]["most"] if prior is None else prior
    counted = tally(np.zeros(0))
    for one in spill.spread(partial(_sift, weights=weights, hopeful=hopeful), paths):
        counted = counted + one
    return Parts(spill, paths, counted, tuple(sorted(notes)), weights)


def _slices(keys: Keys) -> Iterator[Keys]:
    """Yield whole blocks, some at a time."""
    parts = len(keys.key) // _KEYS_AT_ONCE + 1
    turn = keys.key.view(np.uint64) % np.uint64(parts)
    for at in range(parts):
        own = np.flatnonzero(turn == at) if parts > 1 else slice(None)
        yield Keys(keys.key[own], keys.claim[own], keys.asks[own])


def _bucket_of(t: Traits, buckets: int) -> npt.NDArray[np.int16]:
    """Return the file in which pairs of each later claim are put down: claims of near places and days share one."""
    where = t.places[:, 0]
    lat, lon = np.nan_to_num(t.lat[where]), np.nan_to_num(t.lon[where])
    row, line = (np.floor(one * KM_PER_DEGREE / CELL_KM) for one in (lat, lon))
    day = np.where(t.first > -NEVER, t.first, 0) // DAYS
    order = np.lexsort((day, line, row))
    bucket = np.zeros(len(t.claims), dtype=np.int16)
    bucket[order] = np.arange(len(order), dtype=np.int64) * buckets // max(1, len(order))
    return bucket


def _parts(held: Longs, most: int) -> Iterator[list[int]]:
    """Yield runs of files that hold no more pairs than ``most`` together; one that holds more stands alone."""
    run: list[int] = []
    total = 0
    for at, pairs in enumerate(held.tolist()):
        if run and total + pairs > most:
            yield run
            run, total = [], 0
        run.append(at)
        total += pairs
    yield run


def _put(t: Traits, files: Sequence[Path], path: Path) -> Path:
    """Put down one part: its pairs, each once, and the traits of their claims."""
    codes = np.unique(np.concatenate([np.fromfile(file, dtype=np.int64) for file in files]))
    for file in files:
        file.unlink()
    n = np.int64(max(1, len(t.claims)))
    i, j = codes // n, codes % n
    members = np.flatnonzero(np.bincount(i, minlength=len(t.claims)) + np.bincount(j, minlength=len(t.claims)))
    path.mkdir()
    own = only(t, members)
    held = {one.name: getattr(own, one.name) for one in fields(Traits) if one.name not in _ENTITIES}
    lexis = _made(Lexis, {**_values(own.lexis), "weight": ()})
    held.update(claims=range(len(members)), documents={}, entities={}, lexis=lexis)
    (path / "traits").write_bytes(pickle.dumps(held, protocol=5))
    np.save(path / "members.npy", members)
    np.save(path / "i.npy", np.searchsorted(members, i))
    np.save(path / "j.npy", np.searchsorted(members, j))
    return path


def only(t: Traits, members: Longs) -> Traits:
    """Return the traits of some claims, numbered anew in their order, as counted in the whole record."""
    docs, doc = np.unique(t.doc[members], return_inverse=True)
    known = docs >= 0
    doc = np.where(known[doc], doc - int((~known).sum()), -1).astype(np.int32)
    numbers = docs[known].tolist()
    place = {one: at for at, one in enumerate(numbers)}
    # A copy of a report that has no claim here stays the copy of that one, under a number that is nobody else's.
    copies = [t.lexis.copy_of[one] for one in numbers]
    copy_of = [one if one < 0 else place.get(one, len(numbers) + one) for one in copies]
    lexis = t.lexis
    own = {
        "stems": (),
        "rows": lexis.rows[members],
        "weight": lexis.weight,
        "total": lexis.total[members],
        "reports": [lexis.reports[one] for one in numbers],
        "marks": [lexis.marks[one] for one in members.tolist()],
        "copy_of": copy_of,
        "alikes": (),
    }
    values: dict[str, Any] = {
        "doc": doc,
        "lexis": _made(Lexis, own),
        "claims": [t.claims[at] for at in members.tolist()],
    }
    for name, value in _values(t).items():
        if name not in values:
            of_claims = isinstance(value, np.ndarray) and name not in _ENTITIES
            values[name] = value[members] if of_claims else value
    made: Traits = _made(Traits, values)
    return made


def _made(kind: Any, values: dict[str, Any]) -> Any:
    """Return a frozen value from all of its fields, those too that it would otherwise work out from the others."""
    made = object.__new__(kind)
    for name, value in values.items():
        object.__setattr__(made, name, value)
    return made


def _values(made: Any) -> dict[str, Any]:
    return {one.name: getattr(made, one.name) for one in fields(made)}


@lru_cache(maxsize=1)
def _record(path: Path, _when: int) -> tuple[dict[str, Any], npt.NDArray[np.float64]]:
    with path.open("rb") as file:
        held: tuple[dict[str, Any], npt.NDArray[np.float64]] = pickle.load(file)  # noqa: S301  # our own file
    return held


def _traits(path: Path) -> Traits:
    """Return the traits of a part."""
    record = path.parent / "record"
    with (path / "traits").open("rb") as file:
        held = pickle.load(file)  # noqa: S301  # written by this very join into its own folder
    shared, weight = _record(record, record.stat().st_mtime_ns)
    lexis = _made(Lexis, {**_values(held["lexis"]), "weight": weight})
    made: Traits = _made(Traits, {**held, **shared, "lexis": lexis})
    return made


def _sift(path: Path, *, weights: Weights, hopeful: float) -> Longs:
    """Compare the pairs of a part, keep those in reach, and return the tally of all."""
    pairs = Pairs(np.load(path / "i.npy"), np.load(path / "j.npy"))
    left = sifted_pairs(_traits(path), pairs, weights, hopeful)
    _write(path / "left", left.scores)
    return left.counted


def _decide(path: Path, *, weights: Weights, prior: float) -> None:
    """Score the pairs of a part in reach of a prior, and number them as in the whole record."""
    t, members = _traits(path), np.load(path / "members.npy")
    scored = decided(t, _read(path / "left"), weights, prior)
    pairs = Pairs(members[scored.pairs.i], members[scored.pairs.j])
    _write(path / "scored", replace(scored, pairs=pairs))


def _write(path: Path, scores: Scores) -> None:
    path.mkdir(exist_ok=True)
    np.savez(path / "scores.npz", i=scores.pairs.i, j=scores.pairs.j, bits=scores.bits, barred=scores.barred)
    np.savez(path / "levels.npz", **scores.levels)  # type: ignore[arg-type]


def _read(path: Path) -> Scores:
    with np.load(path / "scores.npz") as held, np.load(path / "levels.npz") as levels:
        found = {name: levels[name] for name in levels.files}
        return Scores(Pairs(held["i"], held["j"]), found, held["bits"], held["barred"])
