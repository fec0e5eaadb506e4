"""How soon a room is seen in a browser: ``python -m bench.web.view RECORD [--rooms /map /timeline …] [--times N]``.

A room is opened in a fresh Chromium context as often as asked, once the server has made what it keeps; the time runs from the
request until the page stands, for the map until its happenings are drawn. The result is written to ``bench/web/view.json``.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import socket
import threading
import time
from pathlib import Path
from typing import Any

from tidings.web.app import create_app
from tidings.web.rooms import warming
from tidings.web.safety import Keys

_RESULTS = Path(__file__).parent / "view.json"
_DRAWN = "tidingsMap.queryRenderedFeatures({layers: ['clusters']}).length > 0"
_SWITCHES = ["--no-sandbox", "--disable-quic", "--disable-component-update", "--enable-unsafe-swiftshader"]


def _seen(context: Any, address: str, path: str) -> float:
    """Return the seconds until a room is seen."""
    page = context.new_page()
    start = time.perf_counter()
    page.goto(address + path)
    if path.startswith("/map"):
        page.wait_for_selector("#map[data-ready]", timeout=60_000)
        while not page.evaluate(_DRAWN):
            page.wait_for_timeout(10)
    else:
        page.wait_for_load_state("load")
    taken = time.perf_counter() - start
    page.close()
    return taken


def main() -> None:
    """Measure and keep the result."""
    import uvicorn
    from playwright.sync_api import sync_playwright

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("record", type=Path)
    parser.add_argument("--rooms", nargs="+", default=["/", "/map", "/timeline", "/review", "/ledger/control"])
    parser.add_argument("--times", type=int, default=5)
    asked = parser.parse_args()
    keys, held = Keys(), socket.socket()
    held.bind(("127.0.0.1", 0))
    port = held.getsockname()[1]
    app = create_app(asked.record, keys=keys, port=port, warm=False, by="bench")
    for work in warming(app.state.desk):
        work()
    server = uvicorn.Server(uvicorn.Config(app, log_level="error"))
    threading.Thread(target=server.run, kwargs={"sockets": [held]}, daemon=True).start()
    while not server.started:
        time.sleep(0.02)
    address, rooms = f"http://127.0.0.1:{port}", {}
    with sync_playwright() as tools:
        browser = tools.chromium.launch(executable_path=shutil.which("chromium"), args=_SWITCHES)
        for path in asked.rooms:
            times = []
            for _ in range(asked.times):
                context = browser.new_context(viewport={"width": 1280, "height": 900})
                context.add_cookies([{"name": f"tidings_{port}", "value": keys.session, "url": address}])
                times.append(_seen(context, address, path))
                context.close()
            rooms[path] = {"first_s": round(times[0], 2), "median_s": round(sorted(times)[len(times) // 2], 2), "worst_s": round(max(times), 2)}  # fmt: skip
        browser.close()
    server.should_exit = True
    desk = app.state.desk
    told = {
        "reports": len(desk.papers()),
        "events": len(desk.look.slim("events", "id")),
        "times": asked.times,
        "load_per_core": round(os.getloadavg()[0] / (os.cpu_count() or 1), 1),
        "rooms": rooms,
    }
    _RESULTS.write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(told, indent=1))


if __name__ == "__main__":
    main()
