"""Where the reading room listens, under which names browsers open it, and whether they reach it over TLS."""

from __future__ import annotations

import os
import ssl
import stat
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path

from starlette.datastructures import Headers
from starlette.types import Scope

from tidings.errors import UsageError

__all__ = ["LOOPBACK", "Door", "check", "is_loopback"]

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
_EVERYWHERE = ("0.0.0.0", "::", "")  # noqa: S104 - named to be told apart


@dataclass(frozen=True, kw_only=True, slots=True)
class Door:
    """How a room is reached.

    ``host`` and ``port`` are where it listens; port 0 takes any in the names. ``names`` are the hosts that a request may be
    for, with a port of their own or without. ``secure`` says that browsers come over TLS: by the room's own certificate, or
    because ``proxies`` (addresses) do it before them.
    """

    host: str = "127.0.0.1"
    port: int = 0
    names: tuple[str, ...] = LOOPBACK
    secure: bool = False
    proxies: tuple[str, ...] = ()

    @property
    def scheme(self) -> str:
        """What addresses of the room begin with."""
        return "https" if self.secure else "http"

    @property
    def cookie(self) -> str:
        """The name of the cookie; over TLS one that a browser takes from this host alone, and sends over TLS alone."""
        return "__Host-tidings" if self.secure else f"tidings_{self.port}"

    @property
    def address(self) -> str:
        """The address that is printed."""
        name = self.names[0]
        bare = self.proxies or _port(name)[1] or not self.port
        return f"{self.scheme}://{name}{'' if bare else f':{self.port}'}/"

    def answers(self, host: str) -> bool:
        """Return whether a request for a host is for the room."""
        name, port = _port(host)
        for held in self.names:
            own, wanted = _port(held)
            if name.lower() != own.lower():
                continue
            if wanted:
                fits = port == wanted
            elif self.proxies:
                fits = port in {"", "443"}
            else:
                fits = not self.port or port == str(self.port) or (self.port == 443 and self.secure and not port)
            if fits:
                return True
        return False

    def came_from(self, scope: Scope, headers: Headers) -> tuple[str, str]:
        """Return the address that a request came from, and what is wrong with its way; empty where nothing is.

        Only a proxy that was named is believed: its last X-Forwarded-For is who spoke to it, and its X-Forwarded-Proto says
        whether they did over TLS. What was forwarded by anybody else says nothing.
        """
        peer = scope["client"][0] if scope.get("client") else ""
        if not self.proxies:
            return peer, ""
        if peer not in self.proxies:
            return peer, "The reading room is opened through its proxy only."
        if headers.get("x-forwarded-proto", "").rpartition(",")[2].strip().lower() != "https":
            return (
                peer,
                "The reading room is opened over https only. The proxy says so with the header X-Forwarded-Proto.",
            )
        told = ",".join(headers.getlist("x-forwarded-for")).rpartition(",")[2].strip()
        return told or peer, ""


def is_loopback(address: str) -> bool:
    """Return whether an address is of this machine alone."""
    try:
        return ip_address(address.strip("[]").partition("%")[0]).is_loopback
    except ValueError:
        return address == "localhost"


def _port(host: str) -> tuple[str, str]:
    if host.endswith("]") or ":" not in host:
        return host, ""
    name, _, port = host.rpartition(":")
    return name, port


def check(door: Door, *, users: int, cert: str = "", key: str = "") -> None:
    """Make sure that a room is opened to others only where that is safe.

    Args:
        door: How it is to be reached.
        users: How many users the record has.
        cert: Its own certificate with the chain (PEM).
        key: The certificate's key.

    Raises:
        UsageError: Something is missing; the words say what.
    """
    if bool(cert) != bool(key):
        raise UsageError("a certificate goes with its key: --cert FILE --key FILE")
    if cert and door.proxies:
        raise UsageError("TLS ends either here (--cert, --key) or at the proxy (--behind-proxy), not at both.")
    outside = not is_loopback(door.host)
    if (outside or door.proxies) and not users:
        raise UsageError(
            "others may be let in only once the record has users: tidings users add RECORD NAME --role steward"
        )
    if outside and not cert and not door.proxies:
        raise UsageError(
            f"at {door.host} the reading room is opened behind TLS only: give it a certificate (--cert FILE --key FILE), or let a "
            "proxy on this network do it (--behind-proxy ADDRESS)."
        )
    if (door.host in _EVERYWHERE or door.proxies) and door.names == LOOPBACK:
        raise UsageError("say under which name browsers open it: --name desk.example.org")
    for address in door.proxies:
        try:
            ip_address(address)
        except ValueError as error:
            raise UsageError(
                f"--behind-proxy takes the address of the proxy, such as 127.0.0.1; {address!r} is none."
            ) from error
    if cert:
        _check_certificate(Path(cert), Path(key))


def _check_certificate(cert: Path, key: Path) -> None:
    for path in (cert, key):
        if not path.is_file():
            raise UsageError(f"{path} is no file. --cert and --key name the certificate and its key, both in PEM.")
    if os.name == "posix" and stat.S_IMODE(key.stat().st_mode) & 0o077:
        raise UsageError(f"{key} can be read by others on this machine. First: chmod 600 {key}")
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(cert, key, password="")
    except (ssl.SSLError, OSError, ValueError) as error:
        raise UsageError(
            f"{cert} and {key} are no certificate and key that fit together, or the key has a passphrase."
        ) from error
