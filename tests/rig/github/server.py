"""The emulator over HTTP, on a socket of its own, where connections can be broken for real."""

from __future__ import annotations

import json
import socket
import struct
import threading
import time
from contextlib import contextmanager
from dataclasses import asdict
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

from rig.github.emulator import Answer, Emulator
from rig.github.exchange import Reply, Request

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rig.github.faults import Fault

CONTROL = "/_rig"
"""Where a test in another process reads the journal, the violations and the world."""


class Server(ThreadingHTTPServer):
    """Serves one emulator on 127.0.0.1."""

    daemon_threads = True

    def __init__(self, emulator: Emulator, port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.emulator = emulator
        emulator.url = f"http://127.0.0.1:{self.server_port}"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: a client that went away is what faults are for."""


@contextmanager
def serving(emulator: Emulator, port: int = 0) -> Iterator[Server]:
    """Serve in a thread for as long as the block runs."""
    server = Server(emulator, port)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    """One connection."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # small answers would wait 40 ms for more
    server: Server

    def do_GET(self) -> None:
        """Answer a read."""
        if self.path == CONTROL:
            self._send(Reply(200, observed(self.server.emulator)))
        else:
            self._serve()

    def do_POST(self) -> None:
        """Answer a write."""
        self._serve()

    def do_PUT(self) -> None:
        """Answer a write."""
        self._serve()

    def do_PATCH(self) -> None:
        """Answer a write."""
        self._serve()

    def do_DELETE(self) -> None:
        """Answer a write."""
        self._serve()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- the base's name
        """Write no log: the journal has everything."""

    def _serve(self) -> None:
        """Answer one request, with the fault that it meets."""
        emulator = self.server.emulator
        length = int(self.headers.get("Content-Length") or 0)
        headers = {key.lower(): value for key, value in self.headers.items()}
        request = Request(self.command, self.path, headers, self.rfile.read(length))
        fault = emulator.claim(request)
        if fault is None:
            answer = emulator.answer(request)
            emulator.record(request, answer, answer.reply.status, "")
            self._send(answer.reply)
        else:
            self._serve_faulty(request, fault)

    def _serve_faulty(self, request: Request, fault: Fault) -> None:
        """Answer a request that meets a fault."""
        emulator = self.server.emulator
        replacement = fault.reply(time.time())
        late = fault.phase == "after-commit" or fault.kind in {"truncate", "stale"}
        answer = Answer(Reply(0))
        if late:
            answer = emulator.answer(request, stale=_writes_ago(fault))
        self._happen(fault)
        if not late and fault.kind not in {"rst", "status", "secondary-limit", "primary-limit"}:
            answer = emulator.answer(request)
        reply = answer.reply
        if replacement is not None:
            reply = emulator.substitute(request, replacement)
        if fault.kind == "rst":
            emulator.record(request, answer, None, fault.kind)
            self._reset()
        else:
            emulator.record(request, answer, reply.status, fault.kind)
            self._send(reply, truncate=fault.kind == "truncate")

    def _happen(self, fault: Fault) -> None:
        """Do what the fault does beside the answer."""
        if fault.kind == "hang":
            time.sleep(fault.seconds)
        if fault.kind == "shift":
            self.server.emulator.shift()
        if fault.kind == "hook" and fault.hook is not None:
            fault.hook()

    def _send(self, reply: Reply, *, truncate: bool = False) -> None:
        """Send an answer, or half of it."""
        payload = b"" if reply.body is None else json.dumps(reply.body).encode()
        self.send_response(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        if reply.body is not None:
            self.send_header("Content-Type", "application/json; charset=utf-8")
        if reply.status not in {204, 304}:
            self.send_header("Content-Length", str(len(payload)))
        self.end_headers()
        self.wfile.write(payload[: len(payload) // 2] if truncate else payload)
        if truncate:
            self.close_connection = True

    def _reset(self) -> None:
        """Break the connection so that the client sees a reset."""
        linger = struct.pack("ii", 1, 0)
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        self.close_connection = True
        self.connection.close()


def _writes_ago(fault: Fault) -> int:
    """Return how old an answer a fault wants."""
    return fault.writes_ago if fault.kind == "stale" else 0


def observed(emulator: Emulator) -> dict[str, Any]:
    """Return what there is to see, for a test in another process."""
    return {
        "journal": [asdict(one) for one in emulator.journal],
        "violations": [str(one) for one in emulator.violations],
        "repositories": {
            one.full_name: json.loads(json.dumps(asdict(one), default=str))
            for one in emulator.world.repositories.values()
        },
    }
