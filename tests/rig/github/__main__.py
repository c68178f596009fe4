"""``python -m rig.github PORT STATE.json``: the emulator in a process of its own."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from rig.github.contract import ContractMissingError
from rig.github.emulator import Emulator
from rig.github.scenario import prepare
from rig.github.server import Server

_ARGUMENTS = 3


def main() -> int:
    """Serve until interrupted; the first line on stdout is the address."""
    if len(sys.argv) != _ARGUMENTS:
        sys.stderr.write("usage: python -m rig.github PORT STATE.json\n")
        return 2
    try:
        emulator = Emulator()
    except ContractMissingError as error:
        sys.stderr.write(f"{error}\n")
        return 3
    prepare(emulator, json.loads(Path(sys.argv[2]).read_text()))
    server = Server(emulator, int(sys.argv[1]))
    sys.stdout.write(f"{emulator.url}\n")
    sys.stdout.flush()
    try:
        server.serve_forever(0.02)
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
