"""What the requirements of a service rest on: where they begin, and since when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from roadgate.evaluate.cel import scalar

if TYPE_CHECKING:
    from datetime import date

    from roadgate.model.kinds import Service
    from roadgate.model.kinds.service import ServiceNfr
    from roadgate.model.roadmap import Roadmap

_BUILD: Literal["build"] = "build"


def unbaselined(body: Service, roadmap: Roadmap) -> list[str]:
    """The requirements that begin nowhere: neither they nor their metrics have a dated baseline."""
    return [each.id for each in body.spec.nfrs if _baselined(each, roadmap) is None]


def late_baselines(body: Service, roadmap: Roadmap) -> list[dict[str, Any]]:
    """The requirements whose baseline was looked up after they had been built."""
    found = []
    for each in body.spec.nfrs:
        baselined, built = _baselined(each, roadmap), each.validated.get(_BUILD)
        if baselined is not None and built is not None and baselined > built:
            days = {"baselined": baselined.isoformat(), "built": built.isoformat()}
            found.append({"id": scalar(each.id), **{name: scalar(d) for name, d in days.items()}})
    return found


def _baselined(nfr: ServiceNfr, roadmap: Roadmap) -> date | None:
    """The day of the baseline: its own, else its metric's."""
    metric = roadmap.metrics.get(roadmap.name_of("Metric", nfr.metric))
    baselines = (nfr.baseline, metric.body.spec.baseline if metric else None)
    return next((each.date for each in baselines if each and each.date), None)
