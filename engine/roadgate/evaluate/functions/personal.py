"""Finds personal data in prose: what a text should not say about the people who were asked."""

from __future__ import annotations

import re

from roadgate.evaluate.fields import FieldType
from roadgate.evaluate.functions.declared import HostFunction

# Every repetition is bounded, so that no text can make the search slow.
_EMAIL = re.compile(
    r"(?<=[\w%+-])@(?![0-9]{1,4}\.[0-9]|[0-9]x\.)"  # no version, no image for a sharper screen
    r"(?:[^\W_][\w-]{0,62}\.){1,8}[^\W\d_]{2,24}(?![A-Za-z0-9_/-]|:\S)"
)
_HANDLE = re.compile(
    r"(?<![A-Za-z0-9_.%+/@-])@(?P<name>[^\W_](?:[\w-]{0,37}[^\W_]))"
    r"(?![A-Za-z0-9_/@(-]|[.:][A-Za-z0-9/])"
)
_CODE = re.compile(r"`[^`]*`")
_LOGIN = re.compile(r"(?<=://)[^\s/@?#]{1,200}@")
"""Who logs in at an address: ``https://user:secret@host``."""
_PHONE = re.compile(
    r"(?<![0-9A-Za-z.+])\+[1-9](?:[ ./()-]{0,2}[0-9]){9,14}(?![0-9])"  # +49 170 5550123
    r"|(?<![0-9A-Za-z.,:/-])"
    r"(?:00[1-9][0-9]{0,2}[ ./-](?:[ ./()-]{0,2}[0-9]){7,12}"  # 0049 170 5550123
    r"|(?:1[ .-])?\([2-9][0-9]{2}\) ?[0-9]{3}[ .-][0-9]{4}"  # (555) 123-4567
    # 555-123-4567, but no range of round numbers: nobody's area code is 200
    r"|(?:1[ .-])?(?![2346]00)[2-9][0-9]{2}(?P<sign>[ .-])[0-9]{3}(?P=sign)[0-9]{4}"
    r"|\(0[1-9][0-9]{1,4}\) ?[0-9]{3,5} ?[0-9]{2,6}"  # (030) 12345678
    r"|0[1-9][0-9]{1,4}[ /][0-9]{3,4} ?[0-9]{3,5}"  # 0171 5550123
    r"|0[1-9][0-9]{1,3}-[0-9]{6,8}"  # 0171-5550123
    r"|0[1-9](?: [0-9]{2}){4}"  # 01 23 45 67 89
    r"|0[1-9][0-9]{0,3}-[0-9]{3,4}-[0-9]{4})"  # 03-5550-1234
    r"(?![0-9A-Za-z-]|\.[0-9])"
)
_WORDS = """
charset container font-face import include keyframes layer media mixin namespace page property
supports tailwind apply extend use
author autowired bean beforeeach cached classmethod component controller dataclass deprecated entity
ignore inject injectable internal link nullable override param parameterizedtest pytest return
returns see service since staticmethod suppresswarnings test throws transactional ts-expect-error
ts-ignore ts-nocheck type typedef
all channel everyone here
"""
_NOBODY = frozenset(_WORDS.split())
"""Words behind an @ that name nobody: of style sheets, of comments and annotations, of chats."""
_GROUP = re.compile(r"(?:team|squad|guild)-|-(?:team|squad|guild|oncall|on-call|leads|admins)$")

MAIL, HANDLE, PHONE = "an e-mail address", "a handle", "a phone number"
KINDS_OF_DATA = (MAIL, HANDLE, PHONE, "")


def personal_data(text: str) -> str:
    """What kind of personal data a text holds; empty where there is none."""
    if "@" in text:
        if _EMAIL.search(_LOGIN.sub("", text)):
            return MAIL
        if any(map(_is_person, _HANDLE.finditer(_CODE.sub("``", text)))):
            return HANDLE
    return PHONE if _PHONE.search(text) else ""


def _is_person(handle: re.Match[str]) -> bool:
    """Whether a handle may be somebody's, and is not a word of code or the name of a group."""
    name = handle["name"].lower()
    return name not in _NOBODY and _GROUP.search(name) is None


PERSONAL_FUNCTIONS = (
    HostFunction(
        "personalData",
        (FieldType("string"),),
        FieldType("string", choices=KINDS_OF_DATA),
        personal_data,
        "what kind of personal data a text holds: `an e-mail address`, `a handle` (of a person, "
        "outside of code in backticks), `a phone number`; empty where there is none",
        "personalData('call (555) 123-4567') == 'a phone number'"
        " && personalData('since 2026-01-05') == ''",
        arguments=("text",),
    ),
)
