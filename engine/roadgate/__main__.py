"""The entry point of the command: quick to start, and quiet when it is interrupted."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command and leave with its exit code.

    The command is imported here, so that an interruption while that happens ends quietly too.
    """
    try:
        from roadgate.cli.main import run  # noqa: PLC0415 - see above

        status = run()
    except KeyboardInterrupt:
        status = 130
    sys.exit(status)


if __name__ == "__main__":
    main()
