"""Run pytest and fail when any test was skipped: ``python .ci/no_skips.py [pytest arguments]``."""

from __future__ import annotations

import sys

import pytest


class NoSkips:
    """Counts tests that did not run."""

    def __init__(self) -> None:
        self.skipped: list[str] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Remember a skipped test."""
        if report.skipped:
            self.skipped.append(report.nodeid)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Remember a module that was skipped as a whole."""
        if report.skipped:
            self.skipped.append(report.nodeid)


def main() -> int:
    """The exit status of pytest, or 1 when a test was skipped."""
    plugin = NoSkips()
    status = pytest.main(sys.argv[1:], plugins=[plugin])
    for test in plugin.skipped:
        sys.stderr.write(f"skipped, and a skipped test is no test: {test}\n")
    return int(status) or bool(plugin.skipped)


if __name__ == "__main__":
    sys.exit(main())
