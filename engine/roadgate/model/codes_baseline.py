"""Finding codes about the baseline: the errors that a project had when it adopted roadgate."""

from __future__ import annotations

from roadgate.model.codes_types import Code

BASELINE_CODES = (
    Code(
        "RG065",
        "baseline broken",
        "'roadgate.baseline.json' cannot be read, so it holds nothing: every error counts.",
        "Restore it from git, or delete it and run roadgate check --write-baseline.",
        '# roadgate.baseline.json\n{"version": 1, "findings": [{"id": "RG101"}]}\n',
    ),
    Code(
        "RG066",
        "baseline with more than there is",
        "The baseline holds errors that no longer occur. It only shrinks, so what has been "
        "repaired is taken out of it.",
        "Run roadgate check --write-baseline and commit the file.",
        '# roadgate.baseline.json\n{"version": 1, "findings": [\n'
        '  {"id": "RG101", "about": "Initiative/faster-ci", "what": "spec.evidence"}]}\n',
    ),
    Code(
        "RG067",
        "first baseline",
        "The change brings a baseline to a project that had none. From the merge on, the errors "
        "that it holds are shown and counted, and fail no run.",
        "Look through what it holds before the merge.",
        '# roadgate.baseline.json, in the change\n{"version": 1, "findings": [\n'
        '  {"id": "RG101", "about": "Initiative/faster-ci", "what": "spec.evidence"}]}\n',
    ),
)
