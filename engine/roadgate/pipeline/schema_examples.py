"""One document of each kind, for the ``examples`` of its schema."""

from __future__ import annotations

from typing import Any

EXAMPLES: dict[str, dict[str, Any]] = {
    "Initiative": {
        "apiVersion": "roadgate/v1",
        "kind": "Initiative",
        "metadata": {"name": "faster-ci", "title": "Faster CI pipelines", "owner": "platform-core"},
        "spec": {
            "problem": "Developers wait 18 minutes for CI and switch context meanwhile.",
            "horizon": "now",
            "status": "active",
            "committed": "2026-02-02",
            "summary": "CI in 5 minutes for every team by August.",
            "personas": ["application-developer"],
            "goal": "ship-daily",
            "rice": {"reach": 240, "impact": 2, "confidence": 100, "effort": 2},
            "evidence": ["interviews-2026-01"],
            "successCriteria": [
                {
                    "id": "ci-duration",
                    "metric": "ci-duration-p50",
                    "target": "<= 5",
                    "baseline": {"value": 18, "date": "2026-01-15"},
                    "by": "2026-07-31",
                }
            ],
            "killThresholds": [
                {
                    "id": "no-movement",
                    "metric": "ci-duration-p50",
                    "when": ">= 15",
                    "checkOn": ["2026-04-30"],
                    "action": "kill",
                }
            ],
        },
    },
    "Evidence": {
        "apiVersion": "roadgate/v1",
        "kind": "Evidence",
        "metadata": {"name": "interviews-2026-01", "title": "January interviews"},
        "spec": {
            "method": "interview",
            "date": "2026-01-20",
            "participants": {"application-developer": 12, "data-engineer": 3},
            "findings": ["CI at 18 minutes is the first complaint"],
            "limits": ["nobody from mobile"],
        },
    },
    "Metric": {
        "apiVersion": "roadgate/v1",
        "kind": "Metric",
        "metadata": {"name": "ci-duration-p50", "title": "CI duration (median)"},
        "spec": {
            "unit": "min",
            "direction": "lower",
            "role": "lagging",
            "cadence": "weekly",
            "target": "<= 6",
            "baseline": {"value": 18, "date": "2026-01-15"},
        },
    },
    "Goal": {
        "apiVersion": "roadgate/v1",
        "kind": "Goal",
        "metadata": {"name": "ship-daily", "title": "Every team ships daily"},
        "spec": {
            "outcome": "Time from merge to production under 30 minutes for changes",
            "metrics": ["time-to-production"],
        },
    },
    "Persona": {
        "apiVersion": "roadgate/v1",
        "kind": "Persona",
        "metadata": {"name": "application-developer", "title": "Application developer"},
        "spec": {"population": 480, "jobs": ["ship a change safely"], "needs": ["fast feedback"]},
    },
    "Team": {
        "apiVersion": "roadgate/v1",
        "kind": "Team",
        "metadata": {"name": "platform-core", "title": "Platform core"},
        "spec": {
            "members": [{"role": "product manager", "github": "example-pm"}],
            "covers": ["product", "design", "engineering", "operations", "support"],
            "capacity": 24,
            "wip": 3,
        },
    },
    "Decision": {
        "apiVersion": "roadgate/v1",
        "kind": "Decision",
        "metadata": {"name": "kill-multi-cloud", "title": "Stop multi-cloud abstraction"},
        "spec": {
            "type": "kill",
            "concerns": {"initiative": "multi-cloud", "threshold": "adoption-floor"},
            "date": "2026-02-09",
            "by": ["example-vp"],
            "because": "RICE 8 against 240 for faster CI; none of 15 interviews asked for it.",
            "learned": "Ask first.",
        },
    },
    "Policy": {
        "apiVersion": "roadgate/v1",
        "kind": "Policy",
        "metadata": {"name": "owner-from-next", "title": "An owner from next on"},
        "spec": {
            "id": "ACME001",
            "rationale": "Work that nobody answers for is not finished.",
            "match": {
                "kinds": ["Initiative"],
                "where": "resource.spec.horizon in ['next', 'now']",
            },
            "validations": [
                {
                    "expression": "has(resource.metadata.owner)",
                    "message": "nobody owns it",
                    "at": "metadata.owner",
                    "fix": "name a Team in metadata.owner",
                }
            ],
            "examples": [],
        },
    },
    "Config": {
        "apiVersion": "roadgate/v1",
        "kind": "Config",
        "spec": {
            "policies": {
                "presets": ["recommended"],
                "bindings": [
                    {
                        "policy": "RG101",
                        "params": {"minInterviews": 8},
                        "enforcement": "mandatory",
                        "from": "2026-06-01",
                    }
                ],
            },
            "calendar": {"timezone": "UTC", "freeze": [{"from": "2026-12-20", "to": "2027-01-03"}]},
            "github": {"labels": {"managed": "roadgate"}, "escalate": {"after": "14d"}},
        },
    },
}
