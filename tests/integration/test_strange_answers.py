"""A server that is not GitHub, or not itself today, ends a run with a sentence."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest

from roadgate.forge.github import Api, GitHubTracker
from roadgate.forge.pulls import Pulls
from roadgate.model.errors import EnvironmentProblem
from unit.plan.build import LABELS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ANSWERS: dict[str, tuple[int, dict[str, str], bytes]] = {
    "a page to log in": (200, {"Content-Type": "text/html"}, b"<html>log in</html>"),
    "an object without anything": (200, {}, b"{}"),
    "nothing": (200, {}, b""),
    "null": (200, {}, b"null"),
    "no UTF-8": (200, {}, b"\xff\xfe\x00"),
    "a redirect to elsewhere": (301, {"Location": "http://elsewhere.example/x"}, b""),
    "another redirect": (302, {"Location": "http://elsewhere.example/x"}, b""),
    "a page of its own for 404": (404, {"Content-Type": "text/html"}, b"<html>"),
}
CALLS: dict[str, Callable[[str], object]] = {
    "list": lambda url: _tracker(url).issues("roadgate"),
    "create": lambda url: _tracker(url).create("title", "body", LABELS),
    "comment": lambda url: _tracker(url).comment(1, "words"),
    "close": lambda url: _tracker(url).close(1, "completed"),
    "labels": lambda url: _tracker(url).ensure_labels(LABELS),
    "context": lambda url: _pulls(url).context(1),
    "status": lambda url: _pulls(url).set_status("a" * 40, "success", "fine"),
}


def _tracker(url: str) -> GitHubTracker:
    return GitHubTracker("acme/roadmap", "t0ken", url, pace=0, sleep=lambda _: None)


def _pulls(url: str) -> Pulls:
    return Pulls("acme/roadmap", Api("t0ken", url, pace=0, sleep=lambda _: None))


@contextmanager
def _server(status: int, headers: dict[str, str], body: bytes) -> Iterator[str]:
    """A server with one answer to everything; yields its address."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def handle_any(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value.replace("HERE", self.headers["Host"]))
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST = do_PATCH = handle_any  # noqa: N815 - the names that the base looks for

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's name
            """Write no log."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("answer", ANSWERS)
def test_a_strange_answer_is_never_taken_for_success(answer: str, call: str) -> None:
    """Not for an empty list, and not for a write that was done."""
    with _server(*ANSWERS[answer]) as url, pytest.raises(EnvironmentProblem) as raised:
        CALLS[call](url)
    assert raised.value.hint


@pytest.mark.parametrize(
    ("link", "words"),
    [("elsewhere.example", "is not one of GitHub's"), ("HERE", "has no end")],
)
def test_pages_that_lead_astray_are_not_followed(link: str, words: str) -> None:
    """To another server, or in a circle."""
    following = f'<http://{link}/repos/acme/roadmap/issues?page=2>; rel="next"'
    with (
        _server(200, {"Link": following}, b"[]") as url,
        pytest.raises(EnvironmentProblem, match=words),
    ):
        _tracker(url).issues("roadgate")


def test_a_server_that_is_not_there_is_a_broken_connection() -> None:
    """After three attempts."""
    with pytest.raises(EnvironmentProblem, match="the connection to GitHub broke"):
        _tracker("http://127.0.0.1:9").issues("roadgate")
