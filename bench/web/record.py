"""A record of a war that never was, as large as asked: 10,000 reports and 200,000 claims take about a minute to write.

Rows are held with the cells that say something, and filled up one by one on the way into the record: so a million claims
fit into 8 GB.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from tidings.model import Build, content_id, sha256_hex
from tidings.model.claim import KINDS
from tidings.model.columns import TABLES
from tidings.store import write
from tidings.store.file import File
from tidings.store.links import links_of
from tidings.store.schema import contract, links

__all__ = ["make"]

_EMPTY = {"text": "", "integer": None, "number": None, "yes_no": False, "list": [], "object": None}
_BATCH = 5000
_SYLLABLES = "ba ro ki mu sa ne dor tel qa zur lim hab jo ren tak ush vel nar".split()
_WORDS = "the army rebels said on Monday shelled took fled wounded killed residents convoy bridge district monitor reported overnight north south market".split()


def _name(draw: random.Random) -> str:
    return "".join(draw.choice(_SYLLABLES) for _ in range(draw.randint(2, 4))).capitalize()


def _row(_: str, **cells: Any) -> dict[str, Any]:
    return cells


def _whole(table: str, cells: dict[str, Any]) -> dict[str, Any]:
    """Return a row with every column of its table."""
    return {column.name: cells.get(column.name, _EMPTY[column.holds]) for column in TABLES[table]}


def _days(draw: random.Random) -> dict[str, str]:
    first = date(2014, 1, 1) + timedelta(draw.randint(0, 2000))
    last = first + timedelta(draw.choice((0, 0, 1, 3, 10, 40)))
    edtf = first.isoformat() if first == last else f"{first}/{last}"
    return {"time": edtf, "time_earliest": first.isoformat(), "time_latest": last.isoformat()}


def make(where: Path | str, *, reports: int = 10_000, claims: int = 200_000, seed: int = 7) -> None:
    """Write the record ``where``, a file or the URL of an empty database."""
    draw = random.Random(seed)  # noqa: S311 - nothing here is secret
    _LAST.clear()
    tables = _tables(draw, reports, claims)
    file = File(where, write=True)
    with file.writing() as connection:
        for table, rows in tables.items():
            for at in range(0, len(rows), _BATCH):
                whole = [_whole(table, cells) for cells in rows[at : at + _BATCH]]
                packed = [write._packed(table, at + n, row) for n, row in enumerate(whole)]
                connection.execute(insert(contract[table]), packed)
                held = [link for n, row in enumerate(whole) for link in links_of(table, at + n, row)]
                if held:
                    connection.execute(insert(links), held)
        build = Build(
            id="B_1",
            at="2026-01-01T00:00:00Z",
            version="0",
            documents=reports,
            added=(),
            removed=(),
            settings='{"readers": []}',
            hash="x",
        )
        write.add_build(connection, build)
    file.close()


def _tables(draw: random.Random, reports: int, claims: int) -> dict[str, list[dict[str, Any]]]:
    places = [_row("entities", id=f"n_{n:016x}", name=f"{_name(draw)}", kind="place", aliases=[_name(draw)], lat=33 + draw.random() * 4, lon=36 + draw.random() * 6, radius_m=draw.choice((500, 3000, 20000)), precision="town", place_kind="town") for n in range(claims // 50)]  # fmt: skip
    actors = [_row("entities", id=f"n_{n:016x}", name=f"{_name(draw)} {draw.choice(('Front', 'Brigade', 'Council', 'Army'))}", kind="actor", aliases=[_name(draw)], role="armed_group") for n in range(10**6, 10**6 + claims // 400)]  # fmt: skip
    publishers = [f"{_name(draw)} News" for _ in range(120)]
    documents, told, mentions, speech = [], [], [], []
    events: dict[str, dict[str, Any]] = {}
    per = claims // reports
    for n in range(reports):
        one, parts, at = f"d_{n:016x}", [], 0
        for m in range(per):
            quote = " ".join(draw.choice(_WORDS) for _ in range(8)) + f" {draw.choice(places[:400])['name']}."
            parts.append((quote, at))
            at += len(quote) + (2 if m % 4 == 3 else 1)
        text = "".join(quote + ("\n\n" if m % 4 == 3 else " ") for m, (quote, _) in enumerate(parts))
        publisher = draw.choice(publishers)
        days = _days(draw)
        documents.append(_row("documents", id=one, path=f"{n}.txt", sha256=sha256_hex(str(n).encode()), publisher=publisher, title=f"Report {n} on {draw.choice(places[:400])['name']}", language="en", published=days["time_earliest"], published_earliest=days["time_earliest"], published_latest=days["time_earliest"], text=text))  # fmt: skip
        for m, (quote, start) in enumerate(parts):
            kind = draw.choice(
                (
                    "event",
                    "event",
                    "event",
                    "control",
                    "casualties",
                    "displacement",
                    "custody",
                    "property",
                    "relation",
                    "statement",
                )
            )
            type_ = draw.choice(KINDS[kind])
            agent, target, place = (
                draw.choice(actors[:60]),
                draw.choice(actors),
                draw.choice(places if m % 3 else places[:200]),
            )
            claim = f"c_{n * 100 + m:016x}"
            if events and draw.random() < 0.6:
                event = events[draw.choice(_recent(events))]
            else:
                event = _row("events", id=f"e_{claim[2:]}", kind=kind, type=type_, agents=[agent["name"]], agents_ids=[agent["id"]], targets=[target["name"]], targets_ids=[target["id"]], places=[place["name"]], places_ids=[place["id"]], claims=[], documents=[], origins=[publisher], grade=draw.choice(("weak", "weak", "fair", "confirmed", "contested")), origins_claims=[], **_days(draw))  # fmt: skip
                events[event["id"]] = event
                _LAST.append(event["id"])
            event["claims"].append(claim)
            event["documents"] = sorted({*event["documents"], one})
            count = draw.randint(1, 400)
            told.append(_row("claims", id=claim, document=one, start=start, end=start + len(quote), quote=quote, kind=kind, type=type_, agents=[agent["name"]], agents_ids=[agent["id"]], targets=[target["name"]], targets_ids=[target["id"]], places=[place["name"]], places_ids=[place["id"]], chain=[publisher, target["name"]], chain_ids=["", target["id"]], mode="asserted", measure=type_ if kind == "casualties" else "", count={"low": count, "high": count, "text": str(count), "unit": ""} if kind == "casualties" else None, rule="made", confidence=round(draw.random(), 3), status="candidate", event=event["id"], reader={"name": "made", "version": "1", "model": ""}, **_days(draw)))  # fmt: skip
            if m % 2 == 0:
                mentions.append(_row("mentions", id=f"m_{claim[2:]}", document=one, start=start, end=start + 4, text=quote[:4], entity=place["id"], entity_name=place["name"], kind="place", how="name"))  # fmt: skip
            if m % 4 == 0:
                speech.append(_row("attributions", id=f"a_{claim[2:]}", document=one, start=start, end=start + len(quote), quote=quote, source=target["name"], source_kind="official", chain=[publisher, target["name"]], cue="said"))  # fmt: skip
    for event in events.values():
        event["origins_claims"] = [{"name": event["origins"][0], "entity": None, "claims": event["claims"]}]
    return {
        "documents": documents, "claims": told, "mentions": mentions, "attributions": speech, "entities": sorted([*places, *actors], key=lambda row: (row["kind"], row["name"], row["id"])),
        "events": sorted(events.values(), key=lambda row: (row["time_earliest"], row["id"])), **_ledgers(draw, told, list(events.values())),
    }  # fmt: skip


_LAST: list[str] = []


def _recent(_: dict[str, Any]) -> list[str]:
    return _LAST[-400:]


def _ledgers(
    draw: random.Random, told: list[dict[str, Any]], events: list[dict[str, Any]]
) -> dict[str, list[dict[str, Any]]]:
    def of(kind: str) -> Iterator[tuple[int, dict[str, Any]]]:
        return enumerate(row for row in told if row["kind"] == kind)

    def same(row: dict[str, Any]) -> dict[str, Any]:
        return {name: row[name] for name in ("time", "time_earliest", "time_latest")}

    figures = [_row("figures", id=f"f_{n:016x}", measure=row["type"], group=row["targets"], group_ids=row["targets_ids"], places=row["places"], places_ids=row["places_ids"], scope="daily", made="unknown", low=row["count"]["low"], best=row["count"]["low"], high=row["count"]["high"], contested=n % 50 == 0, rule="most_conservative", claims=[row["id"]], **same(row)) for n, row in of("casualties")]  # fmt: skip
    holdings = [_row("holdings", id=f"h_{n:016x}", place=row["places"][0], place_ids=row["places_ids"], holder=row["agents"], holder_ids=row["agents_ids"], until="", standing="held", claims=[row["id"]], from_earliest=row["time_earliest"], until_latest=row["time_latest"], **{"from": row["time_earliest"]}) for n, row in of("control")]  # fmt: skip
    movements = [_row("movements", id=f"v_{n:016x}", origin=row["places"], origin_ids=row["places_ids"], group=["civilians"], group_ids=[""], low=draw.randint(10, 9000), type=row["type"], claims=[row["id"]], **same(row)) for n, row in of("displacement")]  # fmt: skip
    relations = [_row("relations", id=f"r_{n:016x}", a=row["agents_ids"][0], b=row["targets_ids"][0], a_name=row["agents"][0], b_name=row["targets"][0], type=row["type"], mode="asserted", claims=[row["id"]], from_earliest=row["time_earliest"]) for n, row in of("relation")]  # fmt: skip
    times = [_row("times", id=content_id("w", row["id"]), of=row["id"], of_kind="event", start_earliest=row["time_earliest"], start_latest=row["time_latest"], end_earliest=row["time_earliest"], end_latest=row["time_latest"], edtf=row["time"]) for row in events]  # fmt: skip
    comparisons = [_row("comparisons", event=row["id"], a=row["claims"][0], b=other, what=what, bits=draw.uniform(-3, 4), reason="Both tell of it.") for row in events for other in row["claims"][1:6] for what in ("type", "place", "days", "agents")]  # fmt: skip
    echoes = [_row("echoes", id=f"x_{n:016x}", claim=draw.choice(told)["id"], of=draw.choice(told)["id"], basis=draw.choice(("same_origin", "copied_text"))) for n in range(len(told) // 6)]  # fmt: skip
    contradictions = [_row("contradictions", id=f"k_{n:016x}", reason=draw.choice(("number", "actor", "day")), why="No number fits both.", claims=[draw.choice(told)["id"], draw.choice(told)["id"]]) for n in range(len(told) // 100)]  # fmt: skip
    brief = [_row("brief", id=f"b_{n:016x}", order=n, section=f"Section {n % 7}", sentence="Somebody said so.", claims=[draw.choice(told)["id"]]) for n in range(1500)]  # fmt: skip
    framings = [_row("framings", id=f"g_{n:016x}", publisher=row["chain"][0], entity=row["agents"][0], entity_ids=row["agents_ids"], wording="fighters", n=draw.randint(1, 9)) for n, row in enumerate(draw.sample(told, min(8000, len(told))))]  # fmt: skip
    more = random.Random(11)  # noqa: S311 - drawn apart, so that what was measured before stays as it was
    custody = [_row("custody", id=f"u_{n:016x}", who=["civilians"], who_ids=[""], by=row["agents"], by_ids=row["agents_ids"], low=more.randint(1, 90), standing=more.choice(("held", "released", "unknown")), claims=[row["id"]], from_earliest=row["time_earliest"], until_latest=row["time_latest"]) for n, row in of("custody")]  # fmt: skip
    goods = [_row("property", id=f"p_{n:016x}", what="grain", whose=row["targets"], whose_ids=row["targets_ids"], by=row["agents"], by_ids=row["agents_ids"], standing="taken", claims=[row["id"]], **same(row)) for n, row in of("property")]  # fmt: skip
    named = sorted({(row["targets_ids"][0], row["targets"][0]) for row in told})
    pairs = [(more.choice(named), more.choice(named)) for _ in range(len(told) // 200)]
    proposals = [_row("proposals", id=f"q_{n:016x}", a=a[0], b=b[0], a_name=a[1], b_name=b[1], bits=round(more.uniform(-4, 6), 2), reasons=["The names are alike."], standing="open") for n, (a, b) in enumerate(pairs)]  # fmt: skip
    ties = [_row("constraints", id=f"y_{n:016x}", a=row["id"], b="", least_days=0, most_days=more.randint(0, 3), kind="explicit", document=row["document"], start=row["start"], end=row["start"] + 6, quote=row["quote"][:6]) for n, row in enumerate(told) if n % 2 == 0]  # fmt: skip
    return {"custody": custody, "property": goods, "proposals": proposals, "constraints": ties, "figures": figures, "holdings": holdings, "movements": movements, "relations": relations, "times": times, "comparisons": comparisons, "echoes": echoes, "contradictions": contradictions, "brief": brief, "framings": framings}  # fmt: skip
