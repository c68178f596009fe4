"""An editor's side of the YAML language server: real LSP over stdio."""

from __future__ import annotations

import json
import subprocess
import threading
from itertools import count
from pathlib import Path
from queue import Queue
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from types import TracebackType

SERVER = Path(__file__).parents[2] / "node_modules" / ".bin" / "yaml-language-server"
PATIENCE = 30.0
"""Seconds that an answer may take."""


class Editor:
    """One editor with one folder open."""

    def __init__(self, folder: Path, settings: dict[str, Any] | None = None) -> None:
        self.folder = folder
        self._settings = settings or {}
        self._numbers = count(1)
        self._answers: Queue[dict[str, Any]] = Queue()
        self._diagnostics: Queue[dict[str, Any]] = Queue()

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            [str(SERVER), "--stdio"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        threading.Thread(target=self._listen, daemon=True).start()
        uri = self.folder.as_uri()
        self._ask(
            "initialize",
            {
                "processId": None,
                "rootUri": uri,
                "workspaceFolders": [{"uri": uri, "name": "roadmap"}],
                "capabilities": {
                    "workspace": {"configuration": True},
                    "textDocument": {
                        "completion": {
                            "completionItem": {
                                "snippetSupport": True,
                                "documentationFormat": ["markdown"],
                            }
                        },
                        "hover": {"contentFormat": ["markdown"]},
                    },
                },
            },
        )
        self._tell("initialized", {})
        self._tell("workspace/didChangeConfiguration", {"settings": {}})
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._ask("shutdown", None)
        self._tell("exit", None)
        self._process.wait(PATIENCE)
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()

    def open(self, path: str, text: str) -> list[dict[str, Any]]:
        """Open a file with a text, and return the diagnostics of it."""
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        uri = file.as_uri()
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self._tell("textDocument/didOpen", {"textDocument": document})
        while True:
            told = self._diagnostics.get(timeout=PATIENCE)
            if told["uri"] == uri:
                return list(told["diagnostics"])

    def complete(self, path: str, line: int, character: int) -> dict[str, dict[str, Any]]:
        """What is offered at a place, by label."""
        found = self._ask("textDocument/completion", self._at(path, line, character))
        items = found["items"] if isinstance(found, dict) else found or []
        return {item["label"]: item for item in items}

    def hover(self, path: str, line: int, character: int) -> str:
        """What is told about a place."""
        found = self._ask("textDocument/hover", self._at(path, line, character))
        return str(found["contents"]["value"]) if found else ""

    def _at(self, path: str, line: int, character: int) -> dict[str, Any]:
        return {
            "textDocument": {"uri": (self.folder / path).as_uri()},
            "position": {"line": line, "character": character},
        }

    def _ask(self, method: str, params: Any) -> Any:
        number = next(self._numbers)
        self._send({"id": number, "method": method, "params": params})
        answer = self._answers.get(timeout=PATIENCE)
        assert answer["id"] == number, answer
        assert "error" not in answer, answer
        return answer["result"]

    def _tell(self, method: str, params: Any) -> None:
        self._send({"method": method, "params": params})

    def _send(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self._process.stdin is not None
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
        self._process.stdin.flush()

    def _listen(self) -> None:
        output = self._process.stdout
        assert output is not None
        while header := output.readline():
            length = int(header.partition(b":")[2])
            while output.readline().strip():
                pass
            self._take(json.loads(output.read(length)))

    def _take(self, message: dict[str, Any]) -> None:
        if message.get("method") == "textDocument/publishDiagnostics":
            self._diagnostics.put(message["params"])
        elif message.get("method") == "workspace/configuration":
            sections = [each.get("section") for each in message["params"]["items"]]
            settings = [self._settings if each == "yaml" else {} for each in sections]
            self._send({"id": message["id"], "result": settings})
        elif "method" in message and "id" in message:
            self._send({"id": message["id"], "result": None})
        elif "id" in message:
            self._answers.put(message)
