"""How fast the reading room answers on a large record: ``python -m bench.web.speed [FOLDER] [--reports N] [--claims N]``.

Each room is asked for many different pages once everything was warmed, and the time on the server is measured: the median, the
95th of a hundred, the worst. The result is written to ``bench/web/results.json``.
"""

from __future__ import annotations

import argparse
import json
import platform
import random
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

_RESULTS = Path(__file__).parent / "results.json"


def _measured(times: Iterable[float]) -> dict[str, float]:
    held = sorted(times)
    return {
        "n": len(held),
        "median_ms": round(held[len(held) // 2] * 1000, 1),
        "p95_ms": round(held[min(len(held) - 1, int(len(held) * 0.95))] * 1000, 1),
        "worst_ms": round(held[-1] * 1000, 1),
    }


def _timed(ask: Callable[[str], Any], paths: Iterable[str]) -> list[float]:
    out = []
    for path in paths:
        start = time.perf_counter()
        answer = ask(path)
        out.append(time.perf_counter() - start)
        if answer.status_code not in {200, 303}:
            raise SystemExit(f"{path}: {answer.status_code}")
    return out


def main() -> None:
    """Measure and keep the result."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", default="")
    parser.add_argument("--reports", type=int, default=10_000)
    parser.add_argument("--claims", type=int, default=200_000)
    asked = parser.parse_args()
    folder = Path(asked.folder or tempfile.mkdtemp())
    where = folder / f"made-{asked.reports}-{asked.claims}.tidings"
    if not where.exists():
        make(where, reports=asked.reports, claims=asked.claims)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from starlette.testclient import TestClient
    keys = Keys()
    app = create_app(where, keys=keys, warm=False, by="bench")
    client = TestClient(app, base_url="http://127.0.0.1", cookies={"tidings_0": keys.session})
    desk = app.state.desk
    warm = {}
    for name, work in zip(("overview", "queue", "map", "index", "publishers"), warming(desk), strict=True):
        start = time.perf_counter()
        work()
        warm[name] = round(time.perf_counter() - start, 2)
    draw = random.Random(3)  # noqa: S311 - nothing here is secret
    ids = {table: [row[0] for row in desk.look.slim(table, "id", limit=200_000)] for table in ("events", "claims", "documents", "entities", "contradictions")}  # fmt: skip
    publishers = sorted({row["publisher"] for row in desk.papers().values()})
    names = [row[0] for row in desk.look.slim("entities", "name", limit=5000)]

    def some(table: str, address: str, n: int = 40) -> list[str]:
        return [address.format(draw.choice(ids[table])) for _ in range(n)]

    rooms = {
        "overview": ["/"] * 20,
        "reports": [f"/reports?page={draw.randint(1, 200)}" for _ in range(20)],
        "report": some("documents", "/report/{}"),
        "events": [f"/events?page={draw.randint(1, 900)}&kind={draw.choice(['', 'event', 'control'])}" for _ in range(30)],
        "event": some("events", "/event/{}"),
        "claim": some("claims", "/claim/{}"),
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
    results = {name: _measured(_timed(client.get, paths)) for name, paths in rooms.items()}

    def decide(one: str) -> Any:
        fields = {"token": keys.token, "action": "accept", "subject": one, "reason": "read", "fields": "any"}
        return client.post("/decide", data=fields, headers={"origin": "http://127.0.0.1"}, follow_redirects=False)

    results["decision"] = _measured(_timed(decide, draw.sample(ids["claims"], 60)))
    pages = [name for name in results if name not in {"search", "decision"} and not name.endswith("data")]
    held = {
        "reports": asked.reports,
        "claims": asked.claims,
        "events": len(ids["events"]),
        "machine": f"{platform.machine()}, Python {platform.python_version()}",
        "worst_p95_of_pages_ms": max(results[name]["p95_ms"] for name in pages),
        "warming_s": warm,
        "rooms": results,
    }
    _RESULTS.write_text(json.dumps(held, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(held, indent=1))


def _asked(draw: random.Random, names: list[str]) -> str:
    """Return a question: a name, a name misspelt, or common words."""
    name = draw.choice(names).split()[0]
    wrong = name[:-1] + draw.choice("aeiou") if draw.random() < 0.5 else name
    return draw.choice((name, wrong, f"{wrong} rebels", "shelled market", "rebels said overnight"))


if __name__ == "__main__":
    main()
