"""Reading rooms for tests: asked in process, or listening on a port."""

from __future__ import annotations

import socket
import threading
import time
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tidings.web.app import create_app
from tidings.web.safety import Keys

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from starlette.testclient import TestClient

__all__ = ["Live", "Room", "listening", "room_of"]


@dataclass
class Room:
    """A reading room asked in process: the record's place, the secrets, and a client that may enter."""

    where: Path | str
    keys: Keys
    client: TestClient

    def post(self, **fields: str) -> Any:
        """Send a form as a page of the room does."""
        headers = {"origin": "http://127.0.0.1"}
        return self.client.post(
            "/decide", data={"token": self.keys.token, **fields}, headers=headers, follow_redirects=False
        )


def room_of(where: Path | str, *, tiles: str = "") -> Room:
    """Return the room of a record, entered."""
    keys = Keys()
    client = TestClient(create_app(where, keys=keys, by="Amal", tiles=tiles, warm=False), base_url="http://127.0.0.1")
    client.cookies.set("tidings_0", keys.session)
    return Room(where, keys, client)


@dataclass
class Live:
    """A reading room that listens: its address, and its secrets."""

    address: str
    keys: Keys


def listening(where: Path, *, tiles: str = "") -> Iterator[Live]:
    """Serve a record on a free port, and stop when it is done with."""
    import uvicorn

    keys = Keys()
    held = socket.socket()
    held.bind(("127.0.0.1", 0))
    port = held.getsockname()[1]
    app = create_app(where, keys=keys, port=port, by="Amal", tiles=tiles)
    server = uvicorn.Server(uvicorn.Config(app, log_level="error"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [held]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield Live(f"http://127.0.0.1:{port}", keys)
    server.should_exit = True
    thread.join(5)
