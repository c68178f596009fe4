"""What every test may ask for, and how properties are tried."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

pytest_plugins = ["rig.fixtures", "roadgate.testing.steps"]

# A slow moment of the machine is no defect, so nothing is timed. Continuous integration tries the
# same examples each time; a developer's run looks for new ones.
settings.register_profile(
    "roadgate",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize=bool(os.environ.get("CI")),
    print_blob=True,
)
settings.load_profile("roadgate")
