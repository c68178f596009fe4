"""The entry point of the command: quick to start, and quiet when it is interrupted."""

from __future__ import annotations

import gc
import os
import sys


def main() -> None:
    """Run the command and leave with its exit code.

    The command is imported here, so that an interruption while that happens ends quietly too.
    """
    gc.disable()  # a run is short and makes no cycles worth looking for in a large roadmap
    try:
        from roadgate.cli.main import run  # noqa: PLC0415 - see above

        status = run()
    except KeyboardInterrupt:
        status = 130
    _leave(status)


def _leave(status: int) -> None:
    """Leave at once: taking a large roadmap apart, piece by piece, takes seconds."""
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except (AttributeError, OSError, ValueError):  # closed: there is nobody to tell
        sys.exit(status)
    os._exit(status)


if __name__ == "__main__":
    main()
