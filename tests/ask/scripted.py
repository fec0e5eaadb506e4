"""An endpoint on loopback that answers what a test wrote down, in the OpenAI form."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

__all__ = ["Script", "scripted"]


class Script:
    """Where it listens, and what it was sent."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.sent: list[dict[str, Any]] = []

    def passages(self) -> list[str]:
        """Return the passages that were sent."""
        return [json.loads(request["messages"][1]["content"])["passage"] for request in self.sent]


@contextmanager
def scripted(answer: Callable[[str], Any]) -> Iterator[Script]:
    """Serve answers made from passages: text is sent as the model's words, a number as an error's status."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            request = json.loads(self.rfile.read(int(self.headers["content-length"])))
            script.sent.append(request)
            told = answer(json.loads(request["messages"][1]["content"])["passage"])
            if isinstance(told, int):
                self.send_error(told)
                return
            words = told if isinstance(told, str) else json.dumps(told, ensure_ascii=False)
            data = json.dumps({"choices": [{"message": {"content": words}}]}).encode()
            self.send_response(200)
            self.send_header("content-length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    script = Script(f"http://127.0.0.1:{server.server_port}/v1")
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield script
    finally:
        server.shutdown()
        server.server_close()
