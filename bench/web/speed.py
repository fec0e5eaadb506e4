"""How fast the reading room answers on a large record: ``python -m bench.web.speed [FOLDER] [--reports N] [--claims N] [--url URL]``.

Each room is asked for many different pages once everything was warmed, and the time on the server is measured: the median, the
95th of a hundred, the worst. The result is written to ``bench/web/results.json``, that of a million claims and more to
``bench/web/million.json``, that of a database to a file of the same name with ``-postgresql``.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import resource
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from bench.web.record import make

from tidings.web.app import create_app
from tidings.web.rooms import warming
from tidings.web.safety import Keys

_HERE = Path(__file__).parent
_MILLION = 1_000_000


def _measured(times: Iterable[tuple[float, float]]) -> dict[str, float]:
    """Return how long answers took, and how much of a processor: the second says the same on a busy machine."""
    listed = list(times)
    held, worked = (sorted(one[n] for one in listed) for n in (0, 1))
    at = min(len(held) - 1, int(len(held) * 0.95))
    return {
        "n": len(held),
        "median_ms": round(held[len(held) // 2] * 1000, 1),
        "p95_ms": round(held[at] * 1000, 1),
        "worst_ms": round(held[-1] * 1000, 1),
        "p95_cpu_ms": round(worked[at] * 1000, 1),
    }


def _timed(ask: Callable[[str], Any], paths: Iterable[str]) -> list[tuple[float, float]]:
    out = []
    for path in paths:
        start, busy = time.perf_counter(), time.process_time()
        answer = ask(path)
        out.append((time.perf_counter() - start, time.process_time() - busy))
        if answer.status_code not in {200, 303}:
            raise SystemExit(f"{path}: {answer.status_code}")
    return out


def main() -> None:
    """Measure and keep the result."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", default="")
    parser.add_argument("--reports", type=int, default=10_000)
    parser.add_argument("--claims", type=int, default=200_000)
    parser.add_argument(
        "--url", default="", help="A record in PostgreSQL: an empty database, or one that was filled so before."
    )
    asked = parser.parse_args()
    where: Path | str = asked.url
    if not asked.url:
        where = Path(asked.folder or tempfile.mkdtemp()) / f"made-{asked.reports}-{asked.claims}.tidings"
    if _is_empty(where):
        make(where, reports=asked.reports, claims=asked.claims)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from starlette.testclient import TestClient
    keys = Keys()
    app = create_app(where, keys=keys, warm=False, by="bench")
    client = TestClient(app, base_url="http://127.0.0.1", cookies={"tidings_0": keys.session})
    desk = app.state.desk
    warm = {}
    for name, work in zip(("overview", "queue", "names", "map", "index", "publishers"), warming(desk), strict=True):
        start = time.perf_counter()
        work()
        warm[name] = round(time.perf_counter() - start, 2)
        print(f"{name} made in {warm[name]} s", file=sys.stderr)
    draw = random.Random(3)  # noqa: S311 - nothing here is secret
    ids = {table: [row[0] for row in desk.look.slim(table, "id", limit=200_000)] for table in ("events", "claims", "documents", "entities", "contradictions")}  # fmt: skip
    publishers = sorted({row["publisher"] for row in desk.papers().values()})
    names = [row[0] for row in desk.look.slim("entities", "name", limit=5000)]

    days = [f"20{draw.randint(14, 18)}-{draw.randint(1, 12):02}-01" for _ in range(10)]
    parties = [row[0] for row in desk.look.slim("entities", "id", equals={"kind": "actor"}, limit=60)]
    spots = [row[0] for row in desk.look.slim("entities", "id", equals={"kind": "place"}, limit=200)]

    def some(table: str, address: str, n: int = 40) -> list[str]:
        return [address.format(draw.choice(ids[table])) for _ in range(n)]

    rooms = {
        "overview": ["/"] * 20,
        "reports": [f"/reports?page={draw.randint(1, 200)}" for _ in range(20)],
        "report": some("documents", "/report/{}"),
        "events": [f"/events?page={draw.randint(1, 900)}&kind={draw.choice(['', 'event', 'control'])}" for _ in range(30)],
        "events of a party or place": [f"/events?{name}={one}&page={draw.randint(1, 5)}" for _ in range(10) for name, one in (("party", draw.choice(parties)), ("place", draw.choice(spots)))],
        "events of some days": [f"/events?since={day}&until=2019-01-01&grade={draw.choice(['', 'weak', 'contested'])}&page={draw.randint(1, 40)}" for day in days],
        "event": some("events", "/event/{}"),
        "claim": some("claims", "/claim/{}"),
        "why": [*some("claims", "/why/{}", 15), *some("events", "/why/{}", 15)],
        "ledgers of a kind or of some days": [f"/ledger/{name}?{words}" for name, words in (("casualties", "chip=killed"), ("control", "chip=held&page=40"), ("relations", "since=2016-01-01&until=2016-03-01"), ("movements", "since=2015-01-01")) for _ in range(5)],
        "reports of a publisher": [f"/reports?publisher={draw.choice(publishers)}&page={draw.randint(1, 5)}" for _ in range(20)],
        "proposals": [f"/proposals?page={draw.randint(1, 60)}" for _ in range(20)],
        "team": ["/team", "/me"] * 5,
        "health": ["/health"] * 20,
        "timeline of some days": [f"/timeline?since={day}&until={day[:4]}-12-31" for day in days],
        "map here": [f"/map/here.json?place={'&place='.join(draw.sample(spots, 20))}" for _ in range(20)],
        "ledgers": [f"/ledger/{name}?page={draw.randint(1, 60)}" for name in ("casualties", "control", "movements", "relations") for _ in range(10)],
        "contradictions": [f"/contradictions?page={draw.randint(1, 80)}" for _ in range(20)],
        "echoes": [f"/echoes?page={draw.randint(1, 900)}" for _ in range(20)],
        "sources": ["/sources"] * 10,
        "source": [f"/source?name={draw.choice(publishers)}" for _ in range(20)],
        "entities": [f"/entities?page={draw.randint(1, 90)}" for _ in range(20)],
        "entity": some("entities", "/entity/{}"),
        "review": [f"/review?page={draw.randint(1, 90)}" for _ in range(20)],
        "timeline": ["/timeline", "/timeline?by=places", "/timeline?by=agents&kind=control"] * 5,
        "timeline data": ["/timeline.json", "/timeline.json?by=places"] * 5,
        "map": ["/map"] * 10,
        "map data": ["/map.json"] * 6,
        "brief": [f"/brief?page={draw.randint(1, 20)}" for _ in range(20)],
        "search": [f"/search?q={_asked(draw, names)}" for _ in range(120)],
    }  # fmt: skip
    for paths in rooms.values():
        client.get(paths[0])
    results = {}
    for name, paths in rooms.items():
        results[name] = _measured(_timed(client.get, paths))
        print(f"{name}: {results[name]['p95_ms']} ms, {results[name]['p95_cpu_ms']} ms of a processor", file=sys.stderr)

    def decide(one: str) -> Any:
        fields = {"token": keys.token, "action": "accept", "subject": one, "reason": "read", "fields": "any"}
        return client.post("/decide", data=fields, headers={"origin": "http://127.0.0.1"}, follow_redirects=False)

    results["decision"] = _measured(_timed(decide, draw.sample(ids["claims"], 60)))
    pages = [name for name in results if name not in {"search", "decision", "map here"} and not name.endswith("data")]
    held = {
        "reports": asked.reports,
        "claims": asked.claims,
        "events": desk.record.count("events"),
        "machine": f"{platform.machine()}, Python {platform.python_version()}",
        "worst_p95_of_pages_ms": max(results[name]["p95_ms"] for name in pages),
        "load_average": round(os.getloadavg()[0], 1),
        "engine": "postgresql" if asked.url else "sqlite",
        "peak_memory_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "worst_p95_cpu_of_pages_ms": max(results[name]["p95_cpu_ms"] for name in pages),
        "warming_s": warm,
        "rooms": results,
    }
    name = "million" if asked.claims >= _MILLION else "results"
    target = _HERE / f"{name}{'-postgresql' if asked.url else ''}.json"
    target.write_text(json.dumps(held, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(held, indent=1))


def _is_empty(where: Path | str) -> bool:
    """Return whether there is no record yet."""
    if isinstance(where, Path):
        return not where.exists()
    from tidings.errors import NotARecord
    from tidings.store.file import File

    try:
        File(where).close()
    except NotARecord:
        return True
    return False


def _asked(draw: random.Random, names: list[str]) -> str:
    """Return a question: a name, a name misspelt, or common words."""
    name = draw.choice(names).split()[0]
    wrong = name[:-1] + draw.choice("aeiou") if draw.random() < 0.5 else name
    return draw.choice((name, wrong, f"{wrong} rebels", "shelled market", "rebels said overnight"))


if __name__ == "__main__":
    main()
