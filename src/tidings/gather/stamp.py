"""Time stamps by RFC 3161: proof by a third party that bytes were there at a moment. Needs the extra ``stamp``.

Only a hash is sent. The answer is kept as it comes and can be checked by anybody, with Tidings or without::

    openssl ts -verify -data page.warc.gz -in page.warc.gz.tsr -CAfile authority.pem
"""

from __future__ import annotations

from datetime import datetime
from hashlib import sha512
from typing import Any

from tidings.gather.decode import Undecodable

__all__ = ["check", "request", "response_of"]

_DO = "Try again later, or name another authority."


def _library() -> Any:
    try:
        import rfc3161_client
    except ImportError as error:
        raise Undecodable(
            "time stamps need the library rfc3161-client", 'Install it: pip install "tidings[stamp]".'
        ) from error
    return rfc3161_client


def request(data: bytes) -> bytes:
    """Return the request for a stamp of some bytes; it holds their SHA-512 and nothing of them.

    No random number is asked to be given back: the answer is bound to the bytes by their hash, and an older stamp of the
    same bytes would prove more and not less.
    """
    library = _library()
    built = library.TimestampRequestBuilder().data(data).nonce(nonce=False).cert_request(cert_request=True).build()
    return bytes(built.as_bytes())


def response_of(answer: bytes, data: bytes) -> bytes:
    """Return an authority's answer, once it is seen to be a stamp of these bytes; who signed it is not looked at here.

    Raises:
        Undecodable: It is no stamp, the authority refused, or it is a stamp of other bytes.
    """
    stamp = _decoded(answer)
    if stamp.tst_info.message_imprint.message != sha512(data).digest():
        raise Undecodable("the stamp is one of other bytes", _DO)
    return answer


def _decoded(answer: bytes) -> Any:
    library = _library()
    try:
        stamp = library.decode_timestamp_response(answer)
    except ValueError as error:
        raise Undecodable("what came back is no time stamp", _DO) from error
    if stamp.status not in {0, 1}:
        raise Undecodable("the authority refused to stamp", _DO)
    return stamp


def check(data: bytes, answer: bytes, roots: bytes) -> datetime:
    """Return when some bytes were there, as an authority vouches whose root certificate is trusted.

    Args:
        data: The bytes.
        answer: The authority's answer (``.tsr``).
        roots: Certificates trusted, in PEM.

    Raises:
        Undecodable: The bytes are others, or the signature does not lead to a certificate trusted.
    """
    library = _library()
    stamp = _decoded(answer)
    try:
        from cryptography import x509

        builder = library.VerifierBuilder()
        for certificate in x509.load_pem_x509_certificates(roots):
            builder = builder.add_root_certificate(certificate)
        builder.build().verify_message(stamp, data)
    except (ValueError, library.VerificationError) as error:
        raise Undecodable(f"the stamp does not hold ({error})", "Ask for the bytes and the stamp again.") from error
    moment: datetime = stamp.tst_info.gen_time
    return moment
