"""Prints, for each policy that ships, what its clauses noticed.

Run it in ``tests``: ``python -m mutation [ID …]``.
"""

from __future__ import annotations

import sys

from mutation.noticed import tally
from roadgate.pipeline.builtin import builtin_policies


def main(wanted: list[str]) -> int:
    """Try every mutant of every policy; 1 when a clause noticed none of them."""
    unnoticed = 0
    for policy in sorted(builtin_policies(), key=lambda each: each.body.spec.id):
        spec = policy.body.spec
        if wanted and spec.id not in wanted:
            continue
        found = tally(policy, every=True)
        sys.stdout.write(f"{spec.id}: {found.noticed} of {found.tried} mutants noticed\n")
        for index in range(len(spec.validations)):
            by = found.by_clause.get(index)
            unnoticed += by is None
            sys.stdout.write(f"  clause {index}: {by or 'NOTHING MAKES IT FAIL'}\n")
    return 1 if unnoticed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
