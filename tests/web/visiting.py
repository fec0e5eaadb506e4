"""A page of the reading room in Chromium, watched for what goes wrong on it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.web.opening import Live

__all__ = ["SIZES", "Visit"]

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")
SIZES = {"wide": (1280, 900), "narrow": (400, 820)}
# A driver of a machine without a graphics card tells how fast it is; that is no fault of a page.
HARMLESS = ("GL Driver Message", "WebGL")


class Visit:
    """A page in a browser, with what went wrong on it and what it asked for outside."""

    def __init__(self, browser: Any, live: Live, *, size: str = "wide", scheme: str = "light") -> None:
        width, height = SIZES[size]
        self.context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)
        self.page = self.context.new_page()
        self.address = live.address
        self.faults: list[str] = []
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on(
            "request",
            lambda request: (
                None if request.url.startswith((live.address, "data:", "blob:")) else self.faults.append(request.url)
            ),
        )
        self.page.goto(f"{live.address}/enter?key={live.keys.new_link()}")
        self.page.wait_for_url(f"{live.address}/")

    def _console(self, message: Any) -> None:
        if message.type in {"error", "warning"} and not any(words in message.text for words in HARMLESS):
            self.faults.append(message.text)

    def open(self, path: str) -> None:
        """Open a room and wait until it stands still."""
        self.page.goto(self.address + path)
        self.page.wait_for_load_state("networkidle")
        if path.startswith("/map"):
            self.page.wait_for_selector("#map[data-ready]", timeout=20_000)

    def until(self, true: str) -> None:
        """Wait until an expression holds: asked from outside, because the room's policy lets no page evaluate words."""
        for _ in range(400):
            if self.page.evaluate(true):
                return
            self.page.wait_for_timeout(50)
        raise AssertionError(f"never came true: {true}")

    def serious(self) -> list[str]:
        """Return the serious faults that axe finds."""
        self.page.evaluate(AXE)
        found = self.page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
        return [
            f"{row['id']}: {row['nodes'][0]['html'][:160]} {row['nodes'][0]['failureSummary'][:200]}"
            for row in found
            if row["impact"] in {"serious", "critical"}
        ]
