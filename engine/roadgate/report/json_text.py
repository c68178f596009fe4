"""Plain data as JSON text that can stand in a log."""

from __future__ import annotations

from datetime import date
from typing import Any

import simplejson


def json_text(data: object) -> str:
    """JSON with exact numbers, two spaces, a newline at the end, and no workflow command in it."""
    text = simplejson.dumps(data, indent=2, ensure_ascii=False, default=_plain)
    # the same string in JSON, but no command to GitHub Actions when it stands in a log
    return text.replace("##[", "#\\u0023[") + "\n"


def _plain(value: Any) -> str:  # noqa: ANN401 - the serializer hands over what it does not know
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no JSON form")
