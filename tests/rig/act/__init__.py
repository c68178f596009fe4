"""The real workflow runner, and what its log says. README.md has what it does not do."""

from rig.act.log import Annotation, Job, Run
from rig.act.runner import Act, local_action, workspace

__all__ = ["Act", "Annotation", "Job", "Run", "local_action", "workspace"]
