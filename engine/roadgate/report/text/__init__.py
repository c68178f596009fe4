"""Text for people at a terminal or reading a log."""

from __future__ import annotations

from roadgate.report.text.changes import plan
from roadgate.report.text.excerpt import Source
from roadgate.report.text.findings import check, findings_text
from roadgate.report.text.verdicts import status
from roadgate.report.text.view import View

__all__ = ["Source", "View", "check", "findings_text", "plan", "status"]
