"""A policy that cannot be read: its file is the cause, and its bindings are no typos."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

CONFIG = """\
apiVersion: roadgate/v1
kind: Config
spec: {policies: {bindings: [{policy: ACME001, enforcement: advisory}]}}
"""
POLICY = """\
apiVersion: roadgate/v1
kind: Policy
metadata: {name: owner, title: Somebody answers for it}
spec:
  id: ACME001
  rationale: Nobody is asked otherwise.
  mtach: {kinds: [Initiative]}
  validations: [{expression: has(resource.metadata.owner), message: nobody answers for it}]
"""


def test_a_binding_of_a_policy_that_cannot_be_read(tmp_path: Path) -> None:
    """The misspelt field is named in the file; the binding is sent there, to no other policy."""
    for name, text in (
        ("roadgate.yaml", CONFIG),
        ("policies/owner.yaml", POLICY),
        ("policies/other.yaml", POLICY.replace("ACME001", "ACME002").replace("mtach", "match")),
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text.replace("{name: owner", f"{{name: {name[9:14]}"))
    run = subprocess.run(
        [sys.executable, "-m", "roadgate", "check", "-C", str(tmp_path), "--format", "json"],
        capture_output=True,
        text=True,
        check=False,
    )
    found = {each["id"]: each for each in json.loads(run.stdout)["findings"]}
    assert found["RG007"]["location"]["path"] == "policies/owner.yaml"
    assert found["RG031"]["message"] == "policy 'ACME001' cannot be used as it stands"
    assert found["RG031"]["fix"] == "mend the Policy itself"
    assert run.returncode == 1
