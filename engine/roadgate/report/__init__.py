"""Findings, verdicts and plans to text, GitHub annotations, Markdown and JSON."""
