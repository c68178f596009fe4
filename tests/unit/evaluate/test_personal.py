"""Personal data is found, and what only looks like it is left alone."""

from __future__ import annotations

import time

import pytest

from roadgate.evaluate.functions.personal import personal_data


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("CI is slow, says jo.doe@example.com", "an e-mail address"),
        ("mail jo+roadmap@mail.example.co.uk.", "an e-mail address"),
        ("jo@example.com: CI is slow", "an e-mail address"),
        ("also in code `jo@example.com`", "an e-mail address"),
        ("half of it comes from @jodoe", "a handle"),
        ("half of it comes from @jodoe.", "a handle"),
        ("(@jo-doe, since March)", "a handle"),
        ("@jodoe: too slow", "a handle"),
        ("遅いと@jodoeは言う", "a handle"),
        ("call +49 170 5550123", "a phone number"),
        ("call +1 (555) 123-4567 today", "a phone number"),
        ("+818055501234", "a phone number"),
        ("(555) 123-4567", "a phone number"),
        ("555-123-4567", "a phone number"),
        ("555.123.4567.", "a phone number"),
        ("020 7946 0958", "a phone number"),
        ("0171 5550123", "a phone number"),
        ("0171/5550123", "a phone number"),
        ("03-5550-1234", "a phone number"),
        ("090-1234-5678に電話", "a phone number"),
        ("jo@müller.example, jo@例え.jp", "an e-mail address"),
        ("https://example.com?from=jo@example.com", "an e-mail address"),
        ("@jodoe", "a handle"),
        ("cc @jo_doe, please", "a handle"),
        ("@müller said so", "a handle"),
        ("0049 170 5550123", "a phone number"),
        ("+44 (0) 20 7946 0958", "a phone number"),
        ("555 123 4567", "a phone number"),
        ("1-800-555-0199", "a phone number"),
        ("0171-5550123", "a phone number"),
        ("(030) 12345678", "a phone number"),
        ("01 23 45 67 89", "a phone number"),
    ],
)
def test_found(text: str, kind: str) -> None:
    """E-mail addresses, handles and phone numbers as people write them."""
    assert personal_data(text) == kind


@pytest.mark.parametrize(
    "text",
    [
        "",
        "the wait grew from 12 to 18 minutes between 2026-01-05 and 2026-02-03",
        "2026-01-05T08:15:00+01:00 to 2026-02-03",
        "05-01-2026 to 03-02-2026, 05/01/2026, 5.1.2026",
        "version 18.2.0 replaced 17.0.2-beta.1, and 1.20.300.4000",
        "react@18.2.0 and @types/node@20 are pinned",
        "the licence costs 1,200,000.00 a year, 1.200.000,00 € or +12 %",
        "the count rose by +1 000 000, or 240 000 000 in all",
        "access through git@github.com:example/roadmap.git is slow",
        "ssh://git@example.com/roadmap is slow",
        "everybody copies `@cached` and `@Test(timeout = 5000)` by hand",
        "@Test(timeout = 5000) stands everywhere",
        "@example/ui is a package",
        "runs 100200300 to 100200399 failed on 192.168.100.200",
        "from 08:15 to 09:45, 0800 days, 00:00:00.000",
        "p90 at 95 % of 1290 tickets, 3 @ 5 minutes each",
        "ticket 2026-0417-0093 and ABC-123-4567 name it",
        "commit 0123456789abcdef, 555-123-4567-890",
        "@media and @import of style sheets, @Override, @deprecated, @ts-ignore, @staticmethod",
        "@here and @channel are overused, @ci-team and @platform-oncall never answer",
        "postgres://app:secret@db.example.com:5432/app, https://user@example.com",
        "logo@2x.png, next@15.0.0-canary.next, app@sha256:0123abcd, checkout@v4",
        "ask in #ci-help, on medium.com/@example/post, or @ noon",
        "between 200-300-4000 and 300 200 1000 ms, budgets of 2024-2025-2026",
        "ISBN 9783161484100, 0-306-40615-2, issue #1234567, PR 1234567890",
        "GMT+0100, 20240115-103045, seat 12A-14B, 24-7-365, (2024) 123 4567",
        "ISBN 978-3-16-148410-0, 4.5 of 5, 1/2, 10^6",
    ],
)
def test_left_alone(text: str) -> None:
    """Dates, versions, prices, code, addresses of machines and numbers of things."""
    assert personal_data(text) == ""


@pytest.mark.parametrize("part", ["a", "a@", "@a", "a.", "0 ", "+1 ", "`", "555-", "a@a.", "0123/"])
def test_long_texts(part: str) -> None:
    """A long text of anything is read about as fast as it is long."""
    text = part * (200_000 // len(part))
    started = time.process_time()
    personal_data(text)
    assert time.process_time() - started < 2
