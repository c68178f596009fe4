"""Roadmap to verdicts and policy findings; pure."""
