"""Writing users' files: whole or not at all, never through a link, never over a stranger's work."""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING

import pytest

from roadgate.edit.files import create_file, replace_file
from roadgate.edit.splice import Refused

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file with some content."""
    path = tmp_path / "a.yaml"
    path.write_bytes(b"old")
    return path


def test_the_content_is_replaced_and_the_permissions_stay(file: Path) -> None:
    """Nothing else is left behind in the folder."""
    file.chmod(0o640)

    replace_file(file, b"old", b"new")

    assert file.read_bytes() == b"new"
    assert file.stat().st_mode & 0o777 == 0o640
    assert [each.name for each in file.parent.iterdir()] == ["a.yaml"]


def test_a_file_that_has_changed_is_left_alone(file: Path) -> None:
    """Somebody else has saved it meanwhile: their work counts."""
    with pytest.raises(Refused, match="it has changed meanwhile"):
        replace_file(file, b"older", b"new")

    assert file.read_bytes() == b"old"


def test_links_folders_and_read_only_files_are_refused(file: Path) -> None:
    """What they lead to, or hold, stays as it is."""
    link = file.parent / "link.yaml"
    link.symlink_to(file)
    with pytest.raises(Refused, match="it is no regular file"):
        replace_file(link, b"old", b"new")
    with pytest.raises(Refused, match="it is no regular file"):
        replace_file(file.parent, b"old", b"new")
    file.chmod(0o444)
    with pytest.raises(Refused, match="it is read-only"):
        replace_file(file, b"old", b"new")
    with pytest.raises(Refused, match="it cannot be written: No such file"):
        replace_file(file.parent / "gone.yaml", b"old", b"new")

    assert file.read_bytes() == b"old"
    assert link.is_symlink()


def test_a_full_disk_leaves_the_old_content(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file is as it was, and no half of the new one lies beside it."""

    def full(handle: int) -> None:
        del handle
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)

    with pytest.raises(Refused, match="No space left on device"):
        replace_file(file, b"old", b"new")

    assert file.read_bytes() == b"old"
    assert [each.name for each in file.parent.iterdir()] == ["a.yaml"]


def test_a_new_file_is_never_written_over_another(file: Path) -> None:
    """Folders are made as they are needed; a name that is taken is refused, a dead link too."""
    create_file(file.parent / "b" / "c.yaml", b"new")
    (file.parent / "dead").symlink_to("nowhere")

    for path in (file, file.parent / "dead"):
        with pytest.raises(FileExistsError):
            create_file(path, b"new")
    assert (file.parent / "b" / "c.yaml").read_bytes() == b"new"
    assert file.read_bytes() == b"old"
    assert sorted(each.name for each in file.parent.iterdir()) == ["a.yaml", "b", "dead"]
