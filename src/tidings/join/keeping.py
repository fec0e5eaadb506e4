"""A join's memory in a file, so that the next build of the same record takes it up in another process.

The file holds arrays and rows of words, nothing that is run. It begins with its form and a hash of the rest: one that is
damaged, or of another version or of other weights, is as good as none. Losing it costs time and changes no result.
"""

from __future__ import annotations

import io
import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import asdict, fields
from hashlib import blake2b
from itertools import repeat
from pathlib import Path
from typing import Any

import numpy as np

from tidings.join.blocks import Pairs, crowds, keys_of
from tidings.join.lexis import Lexis
from tidings.join.memory import Memory
from tidings.join.scoring import Scores, Sifted
from tidings.join.traits import Traits
from tidings.join.weights import Weights, load_weights
from tidings.model import ClaimId, Comparison, Event, EventId
from tidings.text.still import still

__all__ = ["put_down", "taken_up"]

_FORM = b"tidings join 1\n"
_HASH = 32
_TRAITS = tuple(
    one.name
    for one in fields(Traits)
    if one.init and one.name not in {"claims", "documents", "entities", "names", "lexis"}
)
_LEXIS = ("rows", "weight", "total", "copy_of", "alikes")


def put_down(memory: Memory, path: Path) -> None:
    """Write a memory to a file that its owner alone can read; the file is whole or not there."""
    arrays: dict[str, Any] = {f"t.{name}": getattr(memory.t, name) for name in _TRAITS}
    arrays |= {f"lexis.{name}": np.asarray(getattr(memory.t.lexis, name)) for name in _LEXIS}
    arrays |= {name: getattr(memory, name) for name in ("marks", "entity_marks", "report_marks")}
    arrays["counted"] = memory.left.counted
    for name, scores in (("left", memory.left.scores), ("scored", memory.scored)):
        arrays |= {f"{name}.i": scores.pairs.i.astype(np.int32), f"{name}.j": scores.pairs.j.astype(np.int32)}
        arrays |= {f"{name}.bits": scores.bits, f"{name}.barred": scores.barred}
        arrays |= {f"{name}.levels.{what}": level for what, level in scores.levels.items()}
    arrays["merges"] = np.array(memory.merges, dtype=np.float64).reshape(-1, 3)
    arrays["claims"] = np.array(list(memory.claims.values()), dtype=np.int64)
    table = _table(memory)
    arrays |= table.pop("arrays")
    words = {
        "weights": _of_weights(memory.weights),
        "ids": list(memory.ids),
        "claims": list(memory.claims),
        "documents": list(memory.t.documents),
        "entities": list(memory.t.entities),
        "stems": list(memory.t.lexis.stems),
        "prior": memory.prior,
        "asked": memory.asked,
        **table,
    }
    body = io.BytesIO()
    np.savez(body, words=np.frombuffer(json.dumps(words).encode(), dtype=np.uint8), **arrays)
    held = body.getbuffer()
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = path.with_name(path.name + ".new")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(_FORM + blake2b(held, digest_size=_HASH).digest())
        file.write(held)
    fresh.replace(path)


def taken_up(path: Path, weights: Weights | None = None) -> Memory | None:
    """Return the memory that a file holds; None where there is none of this form and these weights, or it is damaged."""
    with still():
        return _taken_up(path, weights or load_weights())


def _taken_up(path: Path, weights: Weights) -> Memory | None:
    try:
        held = memoryview(path.read_bytes())
    except OSError:
        return None
    start = len(_FORM) + _HASH
    if held[: len(_FORM)] != _FORM or blake2b(held[start:], digest_size=_HASH).digest() != held[len(_FORM) : start]:
        return None
    with np.load(io.BytesIO(held[start:]), allow_pickle=False) as file:
        arrays = {name: file[name] for name in file.files}
    words = json.loads(arrays.pop("words").tobytes())
    if words["weights"] != _of_weights(weights) or any(f"t.{name}" not in arrays for name in _TRAITS):
        return None
    t = _traits(arrays, words)
    keys = keys_of(t)
    scores = {name: _scores(arrays, name) for name in ("left", "scored")}
    value, a, b = arrays["merges"].T
    ids: list[ClaimId] = words["ids"]
    event_at = [EventId(words["events"][at]) for at in arrays["event_at"].tolist()]
    return Memory(
        t=t,
        ids=ids,
        marks=arrays["marks"],
        entity_marks=arrays["entity_marks"],
        report_marks=arrays["report_marks"],
        keys=keys,
        crowd=crowds(keys, largest=int(weights.settings["cluster"]["largest_block"])),
        left=Sifted(scores["left"], arrays["counted"]),
        scored=scores["scored"],
        merges=list(zip(value.tolist(), a.astype(np.int64).tolist(), b.astype(np.int64).tolist(), strict=True)),
        event_at=event_at,
        events=_made_events(words),
        claims=dict(zip(words["claims"], arrays["claims"].tolist(), strict=True)),
        rows=_rows(arrays, words, ids),
        prior=words["prior"],
        asked=words["asked"],
        weights=weights,
    )


def _of_weights(weights: Weights) -> str:
    told = json.dumps(asdict(weights), sort_keys=True)
    return blake2b(told.encode(), digest_size=_HASH).hexdigest()


def _traits(arrays: dict[str, Any], words: dict[str, Any]) -> Traits:
    lexis = object.__new__(Lexis)
    parts = {name: arrays[f"lexis.{name}"] for name in _LEXIS}
    parts |= {"stems": words["stems"], "reports": (), "marks": (), "copy_of": arrays["lexis.copy_of"].tolist()}
    parts["alikes"] = [(a, b) for a, b in arrays["lexis.alikes"].reshape(-1, 2).tolist()]
    for name, value in parts.items():
        object.__setattr__(lexis, name, value)
    own: dict[str, Any] = {name: arrays[f"t.{name}"] for name in _TRAITS}
    # Of claims, reports and entities only the ids and their order are asked for.
    nothing: dict[str, Any] = {
        "claims": range(len(words["ids"])),
        "documents": dict.fromkeys(words["documents"]),
        "entities": dict.fromkeys(words["entities"]),
        "names": words["entities"],
    }
    return Traits(lexis=lexis, **own, **nothing)


def _scores(arrays: dict[str, Any], name: str) -> Scores:
    begin = f"{name}.levels."
    levels = {one.removeprefix(begin): value for one, value in arrays.items() if one.startswith(begin)}
    pairs = Pairs(arrays[f"{name}.i"].astype(np.int64), arrays[f"{name}.j"].astype(np.int64))
    return Scores(pairs, levels, arrays[f"{name}.bits"], arrays[f"{name}.barred"])


def _table(memory: Memory) -> dict[str, Any]:
    """Return events and comparisons as columns, with their words once each."""
    events = list(dict.fromkeys(memory.event_at))
    number = {one: at for at, one in enumerate(events)}
    place = {one: at for at, one in enumerate(memory.ids)}
    reasons: dict[str, int] = {}
    whats: dict[str, int] = {}
    rows = [row for held in memory.rows.values() for row in held]
    arrays = {
        "event_at": np.array([number[one] for one in memory.event_at], dtype=np.int32),
        "row.event": np.array([number[row.event] for row in rows], dtype=np.int32),
        "row.a": np.array([place[row.a] for row in rows], dtype=np.int32),
        "row.b": np.array([place[row.b] for row in rows], dtype=np.int32),
        "row.what": np.array([whats.setdefault(row.what, len(whats)) for row in rows], dtype=np.int32),
        "row.bits": np.array([row.bits for row in rows], dtype=np.float64),
        "row.reason": np.array([reasons.setdefault(row.reason, len(reasons)) for row in rows], dtype=np.int32),
    }
    plain = ("id", "kind", "type", "agents_ids", "targets_ids", "places_ids", "claims", "documents")
    made = [[getattr(one, name) for one in memory.events.values()] for name in plain]
    return {"arrays": arrays, "events": events, "reasons": list(reasons), "whats": list(whats), "made": made}


def _rows(arrays: dict[str, Any], words: dict[str, Any], ids: Sequence[ClaimId]) -> dict[EventId, list[Comparison]]:
    """Return the comparisons of each event, in the order in which they were put down."""
    columns = {
        "event": map(words["events"].__getitem__, arrays["row.event"].tolist()),
        "a": map(ids.__getitem__, arrays["row.a"].tolist()),
        "b": map(ids.__getitem__, arrays["row.b"].tolist()),
        "what": map(words["whats"].__getitem__, arrays["row.what"].tolist()),
        "bits": arrays["row.bits"].tolist(),
        "reason": map(words["reasons"].__getitem__, arrays["row.reason"].tolist()),
    }
    made = list(_filled(Comparison, len(arrays["row.a"]), columns))
    number = arrays["row.event"]
    heads = np.flatnonzero(np.append(True, number[1:] != number[:-1])) if len(number) else number
    ends = np.append(heads[1:], len(number)).tolist()
    names = words["events"]
    return {names[number[head]]: made[head:end] for head, end in zip(heads.tolist(), ends, strict=False)}


def _made_events(words: dict[str, Any]) -> dict[tuple[ClaimId, ...], Event]:
    id_, kind, type_, *lists = words["made"]
    agents, targets, places, claims, documents = ([tuple(one) for one in column] for column in lists)
    columns = {
        "id": id_, "kind": kind, "type": type_, "agents_ids": agents, "targets_ids": targets, "places_ids": places,
        "claims": claims, "documents": documents, "when": repeat(_EMPTY.when), "part_of": repeat(None),
        "origins": repeat(()), "grade": repeat(""),
    }  # fmt: skip
    return dict(zip(claims, _filled(Event, len(id_), columns), strict=True))


_EMPTY = Event(id=EventId(""), kind="", type="", agents_ids=(), targets_ids=(), places_ids=(), claims=(), documents=())


def _filled(kind: Any, size: int, columns: dict[str, Any]) -> Iterator[Any]:
    """Return so many frozen values from their columns.

    Hundreds of thousands are made, each slot of all at once, which takes a tenth of the time of calling the class.
    """
    made = list(map(kind.__new__, repeat(kind, size)))
    if set(columns) != {one.name for one in fields(kind)}:
        msg = f"the columns kept of {kind.__name__} are not its fields"
        raise TypeError(msg)
    for name, column in columns.items():
        put = getattr(kind, name).__set__
        for _ in map(put, made, column):
            pass
    return iter(made)
