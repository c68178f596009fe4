"""Run a command and write what it cost: ``python measured.py FILE COMMAND…``.

A process begins with the memory of whoever starts it as its peak. Between a large test process and
the command stands this small one, so that the peak is the command's own.
"""

import json
import resource
import subprocess
import sys
from pathlib import Path

code = subprocess.run(sys.argv[2:], check=False).returncode
used = resource.getrusage(resource.RUSAGE_CHILDREN)
Path(sys.argv[1]).write_text(
    json.dumps({"kibibytes": used.ru_maxrss, "seconds": used.ru_utime + used.ru_stime}),
    encoding="utf-8",
)
sys.exit(code)
