"""A plain client for tests of the emulator itself: nothing is added, retried or hidden."""

from __future__ import annotations

import http.client
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Response:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: Any


@dataclass(frozen=True, slots=True)
class Client:
    """Sends requests with one token."""

    url: str
    token: str = "t0ken"  # noqa: S105 -- a made-up value
    timeout: float = 10.0

    def send(
        self, verb: str, target: str, body: object = None, headers: Mapping[str, str] | None = None
    ) -> Response:
        """Send one request over a connection of its own."""
        connection = http.client.HTTPConnection(urlsplit(self.url).netloc, timeout=self.timeout)
        payload = None if body is None else json.dumps(body)
        sent = {"User-Agent": "rig", "Authorization": f"Bearer {self.token}"}
        if payload is not None:
            sent["Content-Type"] = "application/json"
        try:
            connection.request(verb, target, payload, {**sent, **(headers or {})})
            response = connection.getresponse()
            text = response.read()
        finally:
            connection.close()
        found = {key.lower(): value for key, value in response.getheaders()}
        return Response(response.status, found, json.loads(text) if text else None)

    def get(self, target: str, headers: Mapping[str, str] | None = None) -> Response:
        """Read."""
        return self.send("GET", target, headers=headers)

    def post(self, target: str, body: object) -> Response:
        """Write."""
        return self.send("POST", target, body)
