"""From a request to an answer: the contract, the token, the handler, and what is recorded."""

from __future__ import annotations

import copy
import hashlib
import json
import threading
import time
import traceback
from collections import deque
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from rig.github import strict
from rig.github.call import Call, Endpoint
from rig.github.contract import Contract, Match, Operation, load_contract
from rig.github.exchange import Entry, RefusedError, Reply, Request, Violation, problem
from rig.github.operations import ENDPOINTS
from rig.github.operations.repos import RATE_LIMIT
from rig.github.state import Repository, Token, World
from rig.github.views import Views

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from rig.github.faults import Fault

_PAGING = frozenset({"per_page", "page"})
_WINDOW = 3600
_SNAPSHOTS = 50
_FREE = frozenset({"rate-limit/get"})


@dataclass(frozen=True, slots=True)
class Answer:
    """A reply, and what the journal will say about how it came about."""

    reply: Reply
    operation: Operation | None = None
    login: str | None = None
    body: Any = None
    committed: bool = False


class Emulator:
    """GitHub's REST interface, as far as roadgate uses it, over a ``World``.

    Attributes:
        world: what there is; tests build it up and look at it.
        faults: what goes wrong.
        journal: every request, in order.
        violations: what GitHub does not document; a test that leaves any here fails.
    """

    def __init__(self, world: World | None = None, contract: Contract | None = None) -> None:
        self.world = world or World()
        self.faults: list[Fault] = []
        self.journal: list[Entry] = []
        self.violations: list[Violation] = []
        self.url = ""
        self._contract = contract or load_contract()
        self._lock = threading.RLock()
        self._past: deque[dict[str, Repository]] = deque(maxlen=_SNAPSHOTS)

    def repository(self, full_name: str) -> Repository:
        """Return the repository of that name; a new one if there is none."""
        return self.world.repository(full_name)

    def writes(self) -> list[Entry]:
        """Return the requests that changed something."""
        return [one for one in self.journal if one.committed]

    def claim(self, request: Request) -> Fault | None:
        """Return the fault that a request meets, counting it for all faults."""
        with self._lock:
            met = [one for one in self.faults if one.claims(request)]
            return met[0] if met else None

    def answer(self, request: Request, *, stale: int = 0) -> Answer:
        """Answer a request; ``stale`` reads show what was there so many writes ago."""
        with self._lock:
            self._keep_past(request)
            with self._as_it_was(stale):
                answer = self._answer(request)
            self._check_reply(request, answer)
            return replace(answer, reply=self._finished(request, answer.reply))

    def substitute(self, request: Request, reply: Reply) -> Reply:
        """Return an error that a fault puts in the answer's place, held against the contract."""
        match = self._contract.match(request.verb, request.path)
        operation = match.operation if match else None
        self._check_reply(request, Answer(reply, operation))
        return self._finished(request, reply)

    def record(self, request: Request, answer: Answer, status: int | None, fault: str) -> None:
        """Put a request into the journal."""
        with self._lock:
            entry = Entry(
                index=len(self.journal),
                verb=request.verb,
                path=request.path,
                query=dict(request.query),
                headers={
                    key: value for key, value in request.headers.items() if key != "authorization"
                },
                body=answer.body,
                operation=answer.operation.id if answer.operation else None,
                login=answer.login,
                status=status,
                fault=fault or None,
                committed=answer.committed,
            )
            self.journal.append(entry)

    def violate(self, request: Request, messages: Iterable[str]) -> None:
        """Record what should not have been."""
        name = f"{request.verb} {request.target}"
        self.violations += [Violation(name, one) for one in messages]

    def shift(self) -> None:
        """Close the newest open issue, so that the items of later pages move up."""
        with self._lock:
            for repository in self.world.repositories.values():
                opened = [one for one in repository.issues.values() if one.state == "open"]
                if opened:
                    repository.close_issue(opened[-1], "completed", opened[-1].author)

    def _answer(self, request: Request) -> Answer:
        """Match, check, let in, handle."""
        match = self._contract.match(request.verb, request.path)
        if match is None:
            self.violate(request, ["GitHub documents no such operation"])
            return Answer(problem(404, "Not Found"))
        operation = match.operation
        body, errors = self._read_body(request, operation)
        errors += self._query_errors(request, operation)
        self.violate(request, errors)
        answer = Answer(problem(501, "Not Implemented"), operation, body=body)
        endpoint = ENDPOINTS.get(operation.id)
        if endpoint is None:
            self.violate(request, [f"the emulator does not know {operation.id}"])
            return answer
        unknown = dict(request.query).keys() - endpoint.filters - _PAGING
        self.violate(request, [f"the emulator does not honour '{one}'" for one in sorted(unknown)])
        token = self._token(request)
        refusal = self._refusal(endpoint, match, token)
        if refusal is None and errors:
            refusal = problem(422, "Validation Failed", errors=[_custom(one) for one in errors])
        if refusal is not None or token is None:
            reply = refusal or problem(401, "Requires authentication")
            return replace(answer, reply=reply, login=token.login if token else None)
        call = Call(
            self.world,
            Views(self.world, self.url),
            match.path,
            dict(request.query),
            body if isinstance(body, dict) else {},
            token,
            self.url + request.path,
        )
        reply = self._handled(request, endpoint, call)
        committed = request.verb != "GET" and reply.status < 300
        return replace(answer, reply=reply, login=token.login, committed=committed)

    def _handled(self, request: Request, endpoint: Endpoint, call: Call) -> Reply:
        """Run the handler; a fault of its own is a violation, not a broken connection."""
        try:
            return endpoint.handler(call)
        except RefusedError as refused:
            return refused.reply
        except Exception:  # noqa: BLE001 -- any bug of the emulator's must fail the test
            self.violate(request, [f"the emulator failed: {traceback.format_exc()}"])
            return problem(500, "Server Error")

    def _read_body(self, request: Request, operation: Operation) -> tuple[Any, list[str]]:
        """Read a request's JSON and say what is wrong with it and with the headers."""
        errors = list(strict.header_problems(request.headers, has_body=bool(request.body)))
        if not request.body:
            missing = operation.body_required
            return None, [*errors, "the operation needs a body"] if missing else errors
        try:
            body = json.loads(request.body)
        except ValueError:
            return None, [*errors, "the body is no JSON"]
        if isinstance(body, list) and operation.id in _BARE_LISTS:
            body = {"labels": body}
        problems = self._contract.body_errors(operation, body)
        match = self._contract.match(request.verb, request.path)
        if not problems and match is not None:
            problems = list(strict.body_problems(operation.id, body, match.path))
        return body, errors + problems

    def _query_errors(self, request: Request, operation: Operation) -> list[str]:
        """Say what is wrong with the query."""
        known = {one.name: one for one in operation.query}
        errors = list(strict.query_problems(dict(request.query)))
        for name, text in request.query:
            if name not in known:
                errors.append(f"{operation.id} takes no '{name}'")
            else:
                errors += self._contract.value_errors(known[name], text)
        names = [name for name, _ in request.query]
        return errors + [f"'{one}' is given twice" for one in {*names} if names.count(one) > 1]

    def _token(self, request: Request) -> Token | None:
        """Return whom the request's token speaks for."""
        words = request.headers.get("authorization", "").split()
        return self.world.tokens.get(words[-1]) if words else None

    def _refusal(self, endpoint: Endpoint, match: Match, token: Token | None) -> Reply | None:
        """Return the answer to a token that may not do this."""
        if token is None:
            return problem(401, "Bad credentials")
        granted = token.permissions
        if granted is not None and endpoint.permission != "metadata":
            have = granted.get(endpoint.permission)
            if have not in {"write", endpoint.level}:
                needed = {
                    "X-Accepted-GitHub-Permissions": f"{endpoint.permission}={endpoint.level}"
                }
                text = "Resource not accessible by integration"
                return problem(403, text, headers=needed)
        name = f"{match.path.get('owner')}/{match.path.get('repo')}".casefold()
        known = self.world.repositories.get(name)
        if known is not None and known.archived and endpoint.level == "write":
            return problem(403, "Repository was archived so is read-only.")
        return None

    def _check_reply(self, request: Request, answer: Answer) -> None:
        """Hold an answer against the contract."""
        if answer.operation is not None:
            reply = answer.reply
            errors = self._contract.response_errors(answer.operation, reply.status, reply.body)
            self.violate(request, [f"the answer {reply.status} is wrong: {one}" for one in errors])

    def _finished(self, request: Request, reply: Reply) -> Reply:
        """Add what every answer carries: limits, ETag; or say that nothing has changed."""
        used = sum(one.operation not in _FREE for one in self.journal) + 1
        headers = {
            "X-RateLimit-Limit": str(RATE_LIMIT),
            "X-RateLimit-Remaining": str(max(0, RATE_LIMIT - used)),
            "X-RateLimit-Used": str(used),
            "X-RateLimit-Resource": "core",
            "X-RateLimit-Reset": str(int(time.time()) + _WINDOW),
            **reply.headers,
        }
        if request.verb == "GET" and reply.status == 200:
            headers["ETag"] = etag = _etag(reply.body, reply.headers)
            if request.headers.get("if-none-match") == etag:
                return Reply(304, None, headers)
        return Reply(reply.status, reply.body, headers)

    def _keep_past(self, request: Request) -> None:
        """Keep what there is before a write, as long as a stale read may ask for it."""
        if request.verb != "GET" and any(one.kind == "stale" for one in self.faults):
            self._past.append(_copied(self.world.repositories))

    @contextmanager
    def _as_it_was(self, writes_ago: int) -> Iterator[None]:
        """Show the repositories as they were some writes ago."""
        now = self.world.repositories
        if writes_ago and self._past:
            self.world.repositories = self._past[-min(writes_ago, len(self._past))]
        try:
            yield
        finally:
            self.world.repositories = now


_BARE_LISTS = frozenset({"issues/add-labels", "issues/set-labels"})
"""Operations of which GitHub's prose, though not their schema, takes a list without an object."""


def _custom(message: str) -> dict[str, str]:
    """Return one error of a validation in GitHub's form."""
    return {"resource": "Request", "code": "custom", "message": message}


def _etag(body: object, headers: Mapping[str, str]) -> str:
    """Return a tag that changes with the body and with the links to other pages."""
    text = json.dumps([body, headers.get("Link")], sort_keys=True)
    return f'W/"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'


def _copied(repositories: Mapping[str, Repository]) -> dict[str, Repository]:
    """Copy repositories; clock and ids stay the world's own."""
    shared: dict[int, Any] = {}
    for one in repositories.values():
        shared[id(one.clock)], shared[id(one.ids)] = one.clock, one.ids
    return copy.deepcopy(dict(repositories), shared)
