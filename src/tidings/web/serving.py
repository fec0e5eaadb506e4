"""Running the reading room: one port, on this machine alone or, for a team, behind TLS; until it is stopped."""

from __future__ import annotations

import socket
import sys
import threading
from collections.abc import Callable
from pathlib import Path

from tidings.errors import UsageError

__all__ = ["serve"]

_FIRST_PORT = 8765
_PORTS = 20


def serve(
    where: str | Path,
    *,
    port: int = 0,
    by: str = "",
    tiles: str = "",
    opened: Callable[[str], None] = lambda _: None,
    host: str = "127.0.0.1",
    names: tuple[str, ...] = (),
    cert: str = "",
    key: str = "",
    proxies: tuple[str, ...] = (),
    log: str = "",
    level: str = "",
    probe: str = "",
) -> None:
    """Serve a record until the process is stopped.

    Args:
        where: The record: a file, or the URL of a database.
        port: The port; 0 takes the first free one from 8765 on.
        by: Who decides, where the record has no users.
        tiles: Where pictures of the map come from.
        opened: Called with the link that opens the room, once it listens; and again with a new one whenever Enter is
            pressed on a terminal. Where the record has users it is the page where one signs in.
        host: Where it listens.
        names: The names under which browsers open it; this machine's own where empty.
        cert: A certificate with its chain (PEM), for TLS of its own.
        key: The certificate's key (PEM), readable by its owner alone.
        proxies: Addresses of the proxy that ends TLS before the room.
        log: Where lines of the log go: a file, ``-`` for the output, nothing for warnings to the error output.
        level: From which level on lines are written.
        probe: A token that opens the counters to whoever watches over the machine.

    Raises:
        TidingsError: The record cannot be opened, the port is taken, or others would be let in where that is not safe.
    """
    import uvicorn

    from tidings.record import Team
    from tidings.web.app import create_app
    from tidings.web.door import LOOPBACK, Door, check, is_loopback
    from tidings.web.safety import Keys

    own = () if is_loopback(host) or host in {"0.0.0.0", "::"} else (f"[{host}]" if ":" in host else host,)  # noqa: S104
    fitting = names or own or LOOPBACK
    team = Team(where)
    users = len(team.users())
    team.close()
    plain = Door(host=host, names=fitting, secure=bool(cert or proxies), proxies=proxies)
    check(plain, users=users, cert=cert, key=key)
    _log_to(log, level)
    keys = Keys()
    listening = _listen(host, port)
    number = listening.getsockname()[1]
    door = Door(host=host, port=number, names=fitting, secure=plain.secure, proxies=proxies)
    app = create_app(where, keys=keys, by=by, tiles=tiles, door=door, probe=probe)

    def tell() -> None:
        opened(door.address if users else f"{door.address}enter?key={keys.new_link()}")

    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        ssl_certfile=cert or None,
        ssl_keyfile=key or None,
        timeout_graceful_shutdown=10,
    )
    server = uvicorn.Server(config)
    threading.Timer(0.4, tell).start()
    if not users and sys.stdin is not None and sys.stdin.isatty():
        threading.Thread(target=_on_enter, args=(tell,), daemon=True).start()
    server.run(sockets=[listening])


def _log_to(log: str, level: str) -> None:
    from tidings.web.logs import to_file, to_stream

    if log in {"", "-"}:
        to_stream(sys.stdout if log else None, level=level or ("info" if log else "warning"))
    else:
        to_file(log, level=level or "info")


def _on_enter(tell: Callable[[], None]) -> None:
    for _ in sys.stdin:
        tell()


def _listen(host: str, port: int) -> socket.socket:
    taken = ""
    for number in [port] if port else range(_FIRST_PORT, _FIRST_PORT + _PORTS):
        try:
            family, kind, proto, _, where = socket.getaddrinfo(host, number, type=socket.SOCK_STREAM)[0]
        except OSError as error:
            raise UsageError(f"{host} is no address of this machine. Name another one with --host.") from error
        held = socket.socket(family, kind, proto)
        held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            held.bind(where)
        except PermissionError:
            taken = f"the port {port} is for the machine's owner only. Choose one above 1023 with --port."
            held.close()
        except OSError:
            held.close()
        else:
            return held
    if taken:
        raise UsageError(taken)
    ports = f"the port {port} is" if port else f"the ports from {_FIRST_PORT} to {_FIRST_PORT + _PORTS - 1} are"
    raise UsageError(
        f"{ports} taken, or {host} is no address of this machine. Choose another one with --port or --host."
    )
