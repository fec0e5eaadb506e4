"""Time stamps: a stamp by an authority made on this machine is had, kept, and catches one altered byte."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

pytest.importorskip("rfc3161_client", reason="time stamps need the extra stamp")
if shutil.which("openssl") is None:
    pytest.skip("openssl, which plays the authority, is not installed", allow_module_level=True)

from tidings.errors import InputError
from tidings.gather import Undecodable
from tidings.gather.stamp import check, request, response_of
from tidings.gather.watch import one_round
from tidings.watching import check_stamp

CONFIG = """
[tsa]
default_tsa = here
[here]
serial = {0}/serial
crypto_device = builtin
signer_cert = {0}/tsa.pem
signer_key = {0}/tsa.key
signer_digest = sha256
default_policy = 1.2.3.4
digests = sha256, sha512
ess_cert_id_alg = sha256
[req]
distinguished_name = dn
[dn]
[ca]
basicConstraints = critical, CA:true
keyUsage = critical, keyCertSign
[stamper]
basicConstraints = critical, CA:false
keyUsage = critical, digitalSignature
extendedKeyUsage = critical, timeStamping
"""


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a root, and a certificate that may stamp."""
    place = tmp_path_factory.mktemp("tsa")
    (place / "tsa.cnf").write_text(CONFIG.format(place))
    (place / "serial").write_text("01\n")

    def run(*words: str) -> None:
        subprocess.run(["openssl", *words], cwd=place, check=True, capture_output=True)

    for name in ("ca", "tsa"):
        run(
            "req",
            "-new",
            "-newkey",
            "rsa:2048",
            "-nodes",
            "-keyout",
            f"{name}.key",
            "-out",
            f"{name}.csr",
            "-subj",
            f"/CN={name}",
            "-config",
            "tsa.cnf",
        )
    run(
        "x509",
        "-req",
        "-in",
        "ca.csr",
        "-signkey",
        "ca.key",
        "-out",
        "ca.pem",
        "-days",
        "30",
        "-extfile",
        "tsa.cnf",
        "-extensions",
        "ca",
    )
    run(
        "x509",
        "-req",
        "-in",
        "tsa.csr",
        "-CA",
        "ca.pem",
        "-CAkey",
        "ca.key",
        "-CAcreateserial",
        "-out",
        "tsa.pem",
        "-days",
        "30",
        "-extfile",
        "tsa.cnf",
        "-extensions",
        "stamper",
    )
    return place


def answer_of(authority: Path, asked: bytes) -> bytes:
    """Return what the authority answers."""
    (authority / "query").write_bytes(asked)
    words = ["ts", "-reply", "-config", "tsa.cnf", "-queryfile", "query", "-out", "reply"]
    subprocess.run(["openssl", *words], cwd=authority, check=True, capture_output=True)
    return (authority / "reply").read_bytes()


def test_a_stamp_catches_an_altered_byte(authority: Path) -> None:
    """A stamp holds for its bytes and for no others, and only under a root that is trusted."""
    roots = (authority / "ca.pem").read_bytes()
    data = b"as received"

    stamp = response_of(answer_of(authority, request(data)), data)

    assert check(data, stamp, roots) <= datetime.now(UTC)
    with pytest.raises(Undecodable, match="the stamp does not hold"):
        check(b"as receivee", stamp, roots)
    with pytest.raises(Undecodable, match="the stamp does not hold"):
        check(data, stamp, (authority / "tsa.pem").read_bytes())
    with pytest.raises(Undecodable, match="the stamp is one of other bytes"):
        response_of(stamp, b"as receivee")
    with pytest.raises(Undecodable, match="what came back is no time stamp"):
        response_of(b"<html>", data)


def test_pages_that_are_watched_are_stamped(authority, server, settings, clock):
    """The stamp lies beside the page and holds; openssl says the same."""

    def stamp(handler):
        asked = handler.rfile.read(int(handler.headers["Content-Length"]))
        return 200, {"Content-Type": "application/timestamp-reply"}, answer_of(authority, asked)

    server.page("/a", "<p>The army left the town of Rubkona on Wednesday, residents said.")
    server.feed("/a")
    server.answers["/tsa"] = stamp

    stamping = replace(settings, stamp=f"{server.url}/tsa")
    done = one_round(stamping, version="0", clock=clock, sleep=clock.sleep)
    file = done.kept[0].file
    words = ["ts", "-verify", "-data", file, "-in", f"{file}.tsr", "-CAfile", authority / "ca.pem"]

    assert done.refusals == ()
    assert check_stamp(file, authority / "ca.pem") <= datetime.now(UTC)
    assert subprocess.run(["openssl", *words], capture_output=True, check=False).returncode == 0
    file.write_bytes(file.read_bytes() + b" ")
    with pytest.raises(InputError, match="the stamp does not hold"):
        check_stamp(file, authority / "ca.pem")


def test_an_authority_that_fails_costs_no_page(server, settings, clock):
    """Without a stamp the page is kept, and it is said."""
    server.page("/a", "<p>The army left the town of Rubkona on Wednesday, residents said.")
    server.feed("/a")
    server.answers["/tsa"] = (500, {}, b"")

    stamping = replace(settings, stamp=f"{server.url}/tsa")
    done = one_round(stamping, version="0", clock=clock, sleep=clock.sleep)

    assert len(done.kept) == 1
    assert [row.reason for row in done.refusals] == ["the time-stamping authority answers 500"]
