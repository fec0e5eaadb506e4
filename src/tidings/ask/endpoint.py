"""Where a model is asked: one method, and an endpoint of the OpenAI form behind it."""

from __future__ import annotations

import json
import os
import urllib.error
import urllib.request
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import urlsplit

from tidings.ask.request import sendable
from tidings.errors import EndpointError, UsageError

__all__ = ["Endpoint", "Model", "is_local"]

KEY = "TIDINGS_ASK_KEY"
"""The environment variable with the endpoint's key, where it wants one. It is never written anywhere."""
LARGEST = 2_000_000
"""Bytes of an answer that are read; a longer one is refused."""
_LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})


class Model(Protocol):
    """Answers a request with text."""

    def complete(self, request: dict[str, Any]) -> str:
        """Return the answer to a chat completion.

        Raises:
            EndpointError: There is no answer.
        """


def is_local(url: str) -> bool:
    """Return whether a URL leads to this machine."""
    return (urlsplit(url).hostname or "") in _LOCAL


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An endpoint of the OpenAI form: ``url`` up to and without ``/chat/completions``, as in http://127.0.0.1:11434/v1.

    Raises:
        UsageError: The URL is none of the web.
    """

    url: str
    wait: float = 300.0

    def __post_init__(self) -> None:
        """Refuse a URL that is none of the web."""
        parts = urlsplit(self.url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise UsageError(f"{self.url!r} is no endpoint. Write http://127.0.0.1:PORT/v1")
        if parts.scheme == "http" and not is_local(self.url):
            raise UsageError(f"{self.url} would carry reports over the network unencrypted. Write https://…")

    def complete(self, request: dict[str, Any]) -> str:
        """Return the answer to a chat completion; see :class:`Model`."""
        headers = {"content-type": "application/json", "accept": "application/json"}
        if os.environ.get(KEY):
            headers["authorization"] = f"Bearer {os.environ[KEY]}"
        sent = urllib.request.Request(  # noqa: S310 - the scheme is checked above
            f"{self.url.rstrip('/')}/chat/completions", data=sendable(request).encode(), headers=headers, method="POST"
        )
        # No proxy of the environment and no redirect: what is sent goes where the user said.
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), _NoRedirect())
        try:
            with opener.open(sent, timeout=self.wait) as answer:
                data = answer.read(LARGEST + 1)
        except urllib.error.HTTPError as error:
            raise EndpointError(f"{self.url} answered {error.code} {error.reason}. {_advice(error.code)}") from error
        except (urllib.error.URLError, OSError) as error:
            reason = getattr(error, "reason", error)
            raise EndpointError(
                f"{self.url} does not answer ({reason}). Is it running? What was answered is kept."
            ) from error
        if len(data) > LARGEST:
            raise EndpointError(f"{self.url} answered with more than {LARGEST:,} bytes; that is no answer.")
        try:
            content = json.loads(data)["choices"][0]["message"]["content"]
        except (ValueError, KeyError, IndexError, TypeError) as error:
            raise EndpointError(f"{self.url} answered in another form than a chat completion.") from error
        return content if isinstance(content, str) else ""


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any, **__: Any) -> None:
        """Follow nowhere."""


def _advice(code: int) -> str:
    if code in {401, 403}:
        return f"It wants a key: set {KEY}."
    if code == 404:
        return "Is the URL right up to /v1, and does it know the model?"
    if code == 429:
        return "It asks for a rest: run the same command later, what was answered is kept."
    return "Run the same command again: what was answered is kept."
