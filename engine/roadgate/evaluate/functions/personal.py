"""Finds personal data in prose: what a text should not say about the people who were asked."""

from __future__ import annotations

import re

from roadgate.evaluate.fields import FieldType
from roadgate.evaluate.functions.declared import HostFunction

# Every repetition is bounded, so that no text can make the search slow.
_EMAIL = re.compile(
    r"(?<=[A-Za-z0-9_%+-])@(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24}(?![A-Za-z0-9_/-]|:\S)"
)
_HANDLE = re.compile(
    r"(?<![A-Za-z0-9_.%+/@-])@[A-Za-z0-9](?:[A-Za-z0-9_-]{0,37}[A-Za-z0-9])?"
    r"(?![A-Za-z0-9_/@(-]|[.:][A-Za-z0-9/])"
)
_CODE = re.compile(r"`[^`]*`")
_DIGIT = re.compile(r"[0-9]")
_PHONE = re.compile(
    r"(?<![0-9A-Za-z.+])\+[1-9](?:[ ./()-]{0,2}[0-9]){9,14}(?![0-9])"  # +49 170 5550123
    r"|(?<![0-9A-Za-z.,:/-])"
    r"(?:\([0-9]{3}\) ?[0-9]{3}[ .-][0-9]{4}"  # (555) 123-4567
    r"|[0-9]{3}-[0-9]{3}-[0-9]{4}|[0-9]{3}\.[0-9]{3}\.[0-9]{4}"  # 555-123-4567
    r"|0[1-9][0-9]{1,4}[ /][0-9]{3,4} ?[0-9]{3,5}"  # 0171 5550123
    r"|0[1-9][0-9]{0,3}-[0-9]{3,4}-[0-9]{4})"  # 03-5550-1234
    r"(?![0-9A-Za-z-]|\.[0-9])"
)


def personal_data(text: str) -> str:
    """What kind of personal data a text holds; empty where there is none."""
    if "@" in text:
        if _EMAIL.search(text):
            return "an e-mail address"
        if _HANDLE.search(_CODE.sub("``", text)):
            return "a handle"
    if _DIGIT.search(text) and _PHONE.search(text):  # most texts have no digit at all
        return "a phone number"
    return ""


PERSONAL_FUNCTIONS = (
    HostFunction(
        "personalData",
        (FieldType("string"),),
        FieldType("string"),
        personal_data,
        "what kind of personal data a text holds: `an e-mail address`, `a handle` (outside of code "
        "in backticks), `a phone number`; empty where there is none",
        "personalData('call (555) 123-4567') == 'a phone number'"
        " && personalData('since 2026-01-05') == ''",
        arguments=("text",),
    ),
)
