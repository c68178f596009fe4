"""Judge a reading: seals, verdicts, policies, suppressions. The same for every verb."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from roadgate.evaluate.verdicts import Judgements
from roadgate.history.seal import as_sealed, with_reasons
from roadgate.load.measurements import rows_after
from roadgate.pipeline.promises import sealed

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from roadgate.model.finding import Finding
    from roadgate.model.seal import Seal
    from roadgate.model.verdict import Verdicts
    from roadgate.pipeline.reading import Reading
    from roadgate.pipeline.workspace import Workspace


@dataclass(frozen=True)
class Judged:
    """A reading with its verdicts, each worked out when it is asked for."""

    reading: Reading
    seals: Mapping[str, Seal]
    judgements: Judgements

    @cached_property
    def verdicts(self) -> Verdicts:
        """Every verdict."""
        return self.judgements.all()


def judged(workspace: Workspace, reading: Reading, as_of: date) -> Judged:
    """Judge every promise of ``reading`` by its sealed text, as of a day."""
    seals = with_reasons(reading.roadmap, sealed(workspace, reading, as_of))
    initiatives, metrics = as_sealed(reading.roadmap, seals)
    judgements = Judgements(reading.roadmap, as_of, initiatives=initiatives, metrics=metrics)
    return Judged(reading, seals, judgements)


def later_rows(reading: Reading, as_of: date) -> list[Finding]:
    """Notices about observations dated after the day that is judged."""
    return [
        finding
        for _, file in sorted(reading.project.measurements.items())
        for finding in rows_after(file, as_of)
    ]
