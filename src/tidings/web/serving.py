"""Running the reading room: one port on the loopback address, until it is stopped."""

from __future__ import annotations

import socket
import sys
import threading
from collections.abc import Callable
from pathlib import Path

__all__ = ["serve"]

_FIRST_PORT = 8765
_PORTS = 20


def serve(
    where: str | Path, *, port: int = 0, by: str = "", tiles: str = "", opened: Callable[[str], None] = lambda _: None
) -> None:
    """Serve a record until the process is stopped.

    Args:
        where: The record file.
        port: The port on 127.0.0.1; 0 takes the first free one from 8765 on.
        by: Who decides.
        tiles: Where pictures of the map come from.
        opened: Called with the link that opens the room, once it listens; and again with a new one whenever Enter is
            pressed on a terminal.

    Raises:
        TidingsError: The record cannot be opened, or the port is taken.
    """
    import uvicorn

    from tidings.web.app import create_app
    from tidings.web.safety import Keys

    keys = Keys()
    listening = _listen(port)
    number = listening.getsockname()[1]
    app = create_app(where, keys=keys, port=number, by=by, tiles=tiles)

    def tell() -> None:
        opened(f"http://127.0.0.1:{number}/enter?key={keys.new_link()}")

    config = uvicorn.Config(app, log_level="warning", access_log=False, server_header=False, proxy_headers=False)
    server = uvicorn.Server(config)
    threading.Timer(0.4, tell).start()
    if sys.stdin is not None and sys.stdin.isatty():
        threading.Thread(target=_on_enter, args=(tell,), daemon=True).start()
    server.run(sockets=[listening])


def _on_enter(tell: Callable[[], None]) -> None:
    for _ in sys.stdin:
        tell()


def _listen(port: int) -> socket.socket:
    from tidings.errors import UsageError

    for number in [port] if port else range(_FIRST_PORT, _FIRST_PORT + _PORTS):
        held = socket.socket()
        held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            held.bind(("127.0.0.1", number))
        except OSError:
            held.close()
        else:
            return held
    taken = f"the port {port} is" if port else f"the ports from {_FIRST_PORT} to {_FIRST_PORT + _PORTS - 1} are"
    raise UsageError(f"{taken} taken. Choose another one with --port.")
