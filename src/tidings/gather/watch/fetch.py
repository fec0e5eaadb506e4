"""One page from one server, within bounds: where it may lie, how far it may lead, how large and how slow it may be.

The address behind a name is looked up once, judged, and connected to as it was judged, at every step of a redirect: a server
cannot lead into the user's own network. Proxies named in the environment are not used, because nothing could be judged then.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import SplitResult, quote, urljoin, urlsplit, urlunsplit

from tidings.gather.bounds import LARGEST_FILE
from tidings.gather.decode import Undecodable

__all__ = ["KEEP_OUT", "Fetched", "Refused", "fetch"]

MOST_HOPS = 5
"""Redirects that are followed, as RFC 9309 asks for robots.txt; browsers stop at twenty."""
SECONDS = 60.0
"""How long one step may take in all, however little the server sends at a time."""
QUIET_SECONDS = 15.0
"""How long a server may say nothing."""
KEEP_OUT = "its server's robots.txt asks programs to stay away"
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


class Refused(Undecodable):
    """Something that is not fetched, or not to its end."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Fetched:
    """What a server answered at the end of the way.

    ``url`` is the last address; ``sent`` the request's head as sent; ``head`` the answer's status line and headers;
    ``body`` its body as it came, packed or not. ``moved`` is the address that the first one has moved to for good, or empty.
    """

    url: str
    status: int
    headers: Mapping[str, str]
    sent: bytes
    head: bytes
    body: bytes
    moved: str = ""


def fetch(
    url: str,
    *,
    agent: str,
    allow: Sequence[str] = (),
    headers: Mapping[str, str] | None = None,
    data: bytes | None = None,
    most: int = LARGEST_FILE,
    seconds: float = SECONDS,
    may: Callable[[str], bool] | None = None,
) -> Fetched:
    """Fetch a page, or send ``data`` and fetch the answer.

    Args:
        url: Its address, http or https.
        agent: Who asks, as the server is told.
        allow: Hosts that may lie in a private network.
        headers: More headers of the request.
        data: What is sent with POST; None asks with GET.
        most: Bytes of the largest body.
        seconds: How long one step may take.
        may: Says of each address that a redirect leads to whether its server lets programs in.

    Raises:
        Refused: It may not be fetched, leads in circles, is too large, takes too long, or the server cannot be reached.
    """
    seen: list[str] = []
    lasting = ""
    url = _clean(url)
    for _ in range(MOST_HOPS + 1):
        if url in seen:
            raise Refused("its redirects go round in a circle", "Open it in a browser and give the address it ends at.")
        if seen and may is not None and not may(url):
            raise Refused(KEEP_OUT, "Open it in a browser and save it.")
        seen.append(url)
        got = _step(url, agent, allow, dict(headers or {}), data, most, seconds)
        target = got.headers.get("location", "")
        if got.status not in _REDIRECTS or not target or data is not None:
            return Fetched(
                url=got.url, status=got.status, headers=got.headers, sent=got.sent, head=got.head, body=got.body,
                moved=lasting,
            )  # fmt: skip
        url = _clean(urljoin(url, target))
        lasting = url if got.status in {301, 308} and (lasting or len(seen) == 1) else ""
    raise Refused(
        f"it is redirected more than {MOST_HOPS} times", "Open it in a browser and give the address it ends at."
    )


def _clean(url: str) -> str:
    """Return an address without its fragment and with what is no ASCII in it quoted."""
    try:
        parts = urlsplit(url)
        path, query = (quote(part, safe="/%:@!$&'()*+,;=~-._?") for part in (parts.path, parts.query))
        host = parts.netloc if parts.netloc.isascii() else parts.netloc.encode("idna").decode("ascii")
    except (ValueError, UnicodeError):
        return url
    return urlunsplit((parts.scheme, host, path, query, ""))


def _step(
    url: str, agent: str, allow: Sequence[str], headers: dict[str, str], data: bytes | None, most: int, seconds: float
) -> Fetched:
    parts = _parts(url)
    host = parts.hostname or ""
    port = parts.port or (443 if parts.scheme == "https" else 80)
    address = _address(host, port, allow)
    target = urlunsplit(("", "", parts.path or "/", parts.query, ""))
    headers = {"User-Agent": agent, "Accept": "*/*", "Accept-Encoding": "gzip", "Connection": "close", **headers}
    host_header = host if port == (443 if parts.scheme == "https" else 80) else f"{host}:{port}"
    method = "GET" if data is None else "POST"
    sent = "".join(
        [f"{method} {target} HTTP/1.1\r\nHost: {host_header}\r\n", *(f"{k}: {v}\r\n" for k, v in headers.items())]
    )
    connection = http.client.HTTPConnection(host, port, timeout=QUIET_SECONDS)
    late = threading.Event()
    timer: threading.Timer | None = None
    try:
        held = [socket.create_connection(address, timeout=QUIET_SECONDS)]
        # Whatever the server drips, greetings of TLS included, the connection is cut when its time is over.
        timer = threading.Timer(seconds, _cut, (held, late))
        timer.daemon = True
        timer.start()
        if parts.scheme == "https":
            tls = ssl.create_default_context().wrap_socket(held[0], server_hostname=host, do_handshake_on_connect=False)
            held[0] = tls
            tls.do_handshake()
        connection.sock = held[0]
        connection.request(method, target, body=data, headers={"Host": host_header, **headers})
        response = connection.getresponse()
        body = _body(response, most)
    except (OSError, http.client.HTTPException, ValueError) as error:
        if late.is_set():
            raise _too_slow(seconds) from error
        raise _unreachable(host, error) from error
    finally:
        if timer is not None:
            timer.cancel()
        connection.close()
    if late.is_set():
        raise _too_slow(seconds)
    named = [(name, value) for name, value in response.getheaders() if name.lower() != "transfer-encoding"]
    version = "1.1" if response.version == 11 else "1.0"
    lines = [f"HTTP/{version} {response.status} {response.reason}", *(f"{name}: {value}" for name, value in named)]
    head = "\r\n".join(" ".join(line.split("\r")).replace("\n", " ") for line in lines)
    return Fetched(
        url=url,
        status=response.status,
        headers={name.lower(): value for name, value in reversed(named)},
        sent=(sent + "\r\n").encode("latin-1", "replace"),
        head=(head + "\r\n\r\n").encode("latin-1", "replace"),
        body=body,
    )


def _body(response: http.client.HTTPResponse, most: int) -> bytes:
    parts: list[bytes] = []
    size = 0
    while (
        piece := response.read1(64 * 1024) if response.chunked or response.length is None else response.read(64 * 1024)
    ):
        size += len(piece)
        if size > most:
            raise Refused(
                f"it goes on after {most // 2**20} MB and may never end", "It is no page or feed; leave it out."
            )
        parts.append(piece)
    if response.length:
        raise Refused("the page breaks off before its end", "Try again later; nothing of it was kept.")
    return b"".join(parts)


def _cut(held: list[socket.socket], late: threading.Event) -> None:
    late.set()
    with suppress(OSError):
        held[0].shutdown(socket.SHUT_RDWR)


def _too_slow(seconds: float) -> Refused:
    return Refused(f"it took longer than {seconds:.0f} seconds", "Try again later; nothing of it was kept.")


def _unreachable(host: str, error: Exception) -> Refused:
    if isinstance(error, Refused):
        return error
    if isinstance(error, ssl.SSLError):
        return Refused(f"the certificate of {host} does not hold", "Do not trust what it sends until that is mended.")
    if isinstance(error, TimeoutError):
        return Refused(f"{host} does not answer", "Try again later.")
    return Refused(f"{host} cannot be reached ({type(error).__name__})", "Check the address, or try again later.")


def _parts(url: str) -> SplitResult:
    """Return the parts of an address that may be asked.

    Raises:
        Refused: It is no address of a page.
    """
    try:
        parts = urlsplit(url)
        held = parts.scheme in {"http", "https"} and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        held = False
    if not held or any(ord(char) < 33 for char in url) or not url.isascii():
        raise Refused("it leads to no address of a page", "Give one that begins with http:// or https://.")
    if parts.username or parts.password:
        raise Refused("its address holds a name or a password", "Give the address without them.")
    return parts


def _address(host: str, port: int, allow: Sequence[str]) -> tuple[str, int]:
    """Return an address of a host that may be connected to.

    Raises:
        Refused: The host is not known, or one of its addresses lies in a private network.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Refused(f"there is no host {host}", "Check the address, or try again later.") from error
    addresses = [str(item[4][0]) for item in found]
    if host.casefold() not in allow:
        for address in addresses:
            if not is_public(address):
                raise Refused(
                    f"{host} lies in a private network ({address})",
                    f'If that is meant, name it: allow = ["{host}"] in the file of feeds.',
                )
    return addresses[0], port


def is_public(address: str) -> bool:
    """Return whether an IP address is one of the public internet."""
    try:
        held = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(held, ipaddress.IPv6Address):
        inner = held.ipv4_mapped or held.sixtofour
        if held in _NAT64:
            inner = ipaddress.IPv4Address(int(held) & 0xFFFFFFFF)
        if inner is not None:
            held = inner
    return held.is_global and not held.is_multicast and not held.is_reserved
