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

from tidings.record import Team
from tidings.web.app import create_app
from tidings.web.door import Door
from tidings.web.safety import Keys

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from starlette.testclient import TestClient

__all__ = ["PASSWORD", "USERS", "Live", "Room", "Shared", "listening", "room_of", "shared_of", "token_in"]


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


PASSWORD = "four words nobody knows"  # noqa: S105 - of users that are no more when a test is done
USERS = {"Sara": "steward", "Rim": "reviewer", "Rana": "reader"}


@dataclass
class Shared:
    """The room of a record with users: its application, and a browser for whoever asks."""

    where: Path | str
    app: Any
    door: Door

    def browser(self, *, address: str = "127.0.0.1", **headers: str) -> Any:
        """Return a browser that is not signed in."""
        base = f"{self.door.scheme}://{self.door.names[0]}"
        return TestClient(self.app, base_url=base, client=(address, 5000), headers=headers, follow_redirects=False)

    def sign_in(self, name: str, password: str = PASSWORD, browser: Any = None) -> Any:
        """Return a browser in which a user signed in, or tried to."""
        client = browser or self.browser()
        origin = f"{self.door.scheme}://{self.door.names[0]}"
        client.answer = client.post("/signin", data={"name": name, "password": password}, headers={"origin": origin})
        client.headers["origin"] = origin
        return client


def token_in(page: str) -> str:
    """Return the token that the forms of a page carry."""
    return page.split('name="token" value="', 1)[1].split('"', 1)[0]


def shared_of(where: Path | str, door: Door | None = None, *, probe: str = "") -> Shared:
    """Add a user of each role to a record and return its room."""
    team = Team(where)
    for name, role in USERS.items():
        team.add(name, role, PASSWORD, by="a test")
    team.close()
    door = door or Door()
    return Shared(where, create_app(where, keys=Keys(), door=door, warm=False, probe=probe), door)
