"""Limits of GitHub's that its OpenAPI description does not state."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

Check = Callable[[Mapping[str, Any], Mapping[str, str]], Iterator[str]]
"""From a body and the path's parameters to what is wrong."""

BODY_LIMIT = 65_536
TITLE_LIMIT = 256
LABEL_LIMIT = 50
LABEL_DESCRIPTION_LIMIT = 100
STATUS_DESCRIPTION_LIMIT = 140
STATUS_CONTEXT_LIMIT = 255
PER_PAGE_LIMIT = 100
API_VERSIONS = frozenset({"2022-11-28"})


def body_problems(
    operation: str, body: Mapping[str, Any], path: Mapping[str, str]
) -> Iterator[str]:
    """Yield what GitHub would refuse in a body that fits its schema."""
    for check in _CHECKS.get(operation, ()):
        yield from check(body, path)


def query_problems(query: Mapping[str, str]) -> Iterator[str]:
    """Yield what is wrong with paging parameters."""
    size = query.get("per_page", "30")
    if not size.isdecimal() or not 1 <= int(size) <= PER_PAGE_LIMIT:
        yield f"per_page is {size}, and GitHub gives 1 to {PER_PAGE_LIMIT}"
    page = query.get("page", "1")
    if not page.isdecimal() or int(page) < 1:
        yield f"page is {page}, and pages start at 1"


def header_problems(headers: Mapping[str, str], *, has_body: bool) -> Iterator[str]:
    """Yield what is wrong with a request's headers."""
    if not headers.get("user-agent"):
        yield "a request without User-Agent is refused"
    version = headers.get("x-github-api-version")
    if version is not None and version not in API_VERSIONS:
        yield f"API version {version} is not the one that the emulator speaks"
    if has_body and not headers.get("content-type", "").startswith("application/json"):
        yield "a body is sent as application/json"


def _title(body: Mapping[str, Any], _path: Mapping[str, str]) -> Iterator[str]:
    if "title" in body and body["title"] is not None:
        title = str(body["title"])
        if not title.strip():
            yield "title is blank"
        if len(title) > TITLE_LIMIT:
            yield f"title is too long ({len(title)} characters, maximum is {TITLE_LIMIT})"


def _body(body: Mapping[str, Any], _path: Mapping[str, str]) -> Iterator[str]:
    text = body.get("body")
    if isinstance(text, str) and len(text) > BODY_LIMIT:
        yield f"body is too long ({len(text)} characters, maximum is {BODY_LIMIT})"


def _comment(body: Mapping[str, Any], _path: Mapping[str, str]) -> Iterator[str]:
    if not body.get("body", "").strip():
        yield "body can't be blank"


def _label_names(body: Mapping[str, Any], _path: Mapping[str, str]) -> Iterator[str]:
    for one in body.get("labels") or ():
        yield from _label_name(one if isinstance(one, str) else one.get("name") or "")


def _label_name(name: str) -> Iterator[str]:
    if not name.strip():
        yield "a label's name is blank"
    if len(name) > LABEL_LIMIT:
        yield f"label '{name}' is longer than {LABEL_LIMIT} characters"
    if "," in name:
        yield f"label '{name}' has a comma, so that no list can ask for it"


def _state_reason(body: Mapping[str, Any], _path: Mapping[str, str]) -> Iterator[str]:
    if body.get("state_reason") is None:
        return
    if "state" not in body:
        yield "state_reason is ignored where state is not given"
    elif (body["state"] == "open") != (body["state_reason"] == "reopened"):
        yield f"state_reason {body['state_reason']} does not go with state {body['state']}"


def _label(body: Mapping[str, Any], _path: Mapping[str, str]) -> Iterator[str]:
    yield from _label_name(body.get("name", body.get("new_name", "-")))
    color = body.get("color")
    if color is not None and not re.fullmatch(r"[0-9a-fA-F]{6}", color):
        yield f"color '{color}' is not six hexadecimal digits"
    if len(body.get("description") or "") > LABEL_DESCRIPTION_LIMIT:
        yield f"description is longer than {LABEL_DESCRIPTION_LIMIT} characters"


def _status(body: Mapping[str, Any], path: Mapping[str, str]) -> Iterator[str]:
    if not re.fullmatch(r"[0-9a-f]{40}", path["sha"]):
        yield f"'{path['sha']}' is no full commit id"
    length = len(body.get("description") or "")
    if length > STATUS_DESCRIPTION_LIMIT:
        yield f"description is too long ({length}, maximum is {STATUS_DESCRIPTION_LIMIT})"
    if len(body.get("context", "")) > STATUS_CONTEXT_LIMIT:
        yield f"context is longer than {STATUS_CONTEXT_LIMIT} characters"
    url = body.get("target_url")
    if url and not re.match(r"https?://", url):
        yield f"target_url '{url}' is no web address"


_CHECKS: Mapping[str, tuple[Check, ...]] = {
    "issues/create": (_title, _body, _label_names),
    "issues/update": (_title, _body, _label_names, _state_reason),
    "issues/create-comment": (_comment, _body),
    "issues/update-comment": (_comment, _body),
    "issues/create-label": (_label,),
    "issues/update-label": (_label,),
    "issues/add-labels": (_label_names,),
    "issues/set-labels": (_label_names,),
    "repos/create-commit-status": (_status,),
}
