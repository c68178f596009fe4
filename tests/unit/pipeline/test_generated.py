"""Generated files are what the models say."""

from __future__ import annotations

from pathlib import Path

import pytest

from roadgate.pipeline.generated import generated, write

ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.parametrize("path", sorted(generated()))
def test_no_drift(path: str) -> None:
    """The file in the repository is what `make generated` would write."""
    assert (ROOT / path).read_text(encoding="utf-8") == generated()[path]


def test_write(tmp_path: Path) -> None:
    """Everything is written, into folders that need not be there."""
    write(tmp_path)

    written = {p.relative_to(tmp_path).as_posix() for p in tmp_path.rglob("*") if p.is_file()}
    assert written == set(generated())
