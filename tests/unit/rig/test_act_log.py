"""The runner's log is read as the run that it was."""

from __future__ import annotations

import json
from typing import Any

from rig.act import Annotation
from rig.act.log import read


def line(**fields: Any) -> str:
    """Return one line of the log."""
    return json.dumps({"job": "w/judge ", "jobID": "judge", "stage": "Main", **fields}) + "\n"


OUTER = {"step": "Judge", "stepID": ["check"]}
INNER = {"step": "Judge", "stepID": ["check", "run"]}


def test_steps_and_results() -> None:
    """Jobs and outermost steps are told with their results; the runner's own steps are not."""
    log = (
        line(stage="Pre", step="Judge", stepID=["check"], stepResult="success")
        + line(**INNER, stepResult="success")
        + line(**OUTER, stepResult="failure")
        + line(stage=None, step="Set up job", stepid=["--setup-job"], stepResult="success")
        + line(stage=None, jobResult="failure")
        + "Error: Job 'judge' failed\n"
    )

    run = read(1, log)

    assert run.told == {"judge": ("failure", {"Judge": "failure"})}
    assert run.jobs["judge"].name == "w/judge"


def test_nothing_that_ran_is_nothing_told() -> None:
    """A run that skipped everything exits with 0 and has no jobs to show."""
    assert read(0, "").told == {}


def test_job_without_an_end_is_unfinished() -> None:
    """A log that breaks off is no success."""
    assert read(0, line(**OUTER, stepResult="success")).told["judge"][0] == "unfinished"


def test_what_a_composite_logs_twice_counts_once() -> None:
    """Outputs and summaries come from the inner step and again from the outer one."""
    output = {"command": "set-output", "name": "result", "arg": "failed"}
    summary = {"command": "summary", "content": "# 1 error\n"}
    log = "".join(line(**step, **one) for one in (output, summary) for step in (INNER, OUTER))

    job = read(0, log).jobs["judge"]

    assert job.outputs == {"Judge": {"result": "failed"}}
    assert job.summary == "# 1 error\n"


def test_annotations_have_their_place() -> None:
    """Level, file, line and title are read; an annotation without a place has none."""
    place = {"file": "roadmap/a.yaml", "line": "3", "title": "RG101"}
    log = line(**INNER, command="error", arg="late", kvPairs=place)
    log += line(**INNER, command="warning", arg="soon")

    assert read(0, log).jobs["judge"].annotations == [
        Annotation("error", "late", "roadmap/a.yaml", 3, "RG101"),
        Annotation("warning", "soon", None, None, None),
    ]


def test_printed_text_is_kept_in_order() -> None:
    """What steps print is there to be searched."""
    log = line(**INNER, raw_output=True, msg="one\n") + line(**INNER, raw_output=True, msg="two\n")

    assert read(0, log).jobs["judge"].text == "one\ntwo\n"
