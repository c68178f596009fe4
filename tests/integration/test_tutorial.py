"""The tutorial, followed step by step: each command run, each file written, each answer read."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
TUTORIAL = (DOCS / "tutorial.md").read_text(encoding="utf-8")
BIN = Path(sys.executable).parent
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
WHO = {
    f"GIT_{role}_{what}": value
    for role in ("AUTHOR", "COMMITTER")
    for what, value in (("NAME", "A reader"), ("EMAIL", "reader@example.com"))
}


class Reader:
    """Somebody who does what the tutorial says."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def follow(self, language: str, block: str, text_before: str) -> None:
        """Do what one block asks for."""
        if language == "console":
            self._type(block)
            return
        path = self.folder / re.findall(r"`([\w./-]+\.(?:yaml|csv))`", text_before)[-1]
        if language == "diff":
            self._edit(path, block)
        else:
            assert not path.exists(), f"{path} would be overwritten"
            path.write_text(block, encoding="utf-8")

    def _type(self, block: str) -> None:
        for step in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            line, *answers = step.splitlines()
            command, _, remark = line.partition("    # exits with ")
            if command.startswith("cd "):
                self.folder /= command.removeprefix("cd ")
                continue
            done = subprocess.run(
                ["bash", "-c", command],
                cwd=self.folder,
                env={**os.environ, **WHO, "PATH": f"{BIN}:{os.environ['PATH']}"},
                capture_output=True,
                text=True,
                check=False,
            )
            assert done.returncode == int(remark or 0), f"{command}\n{done.stdout}{done.stderr}"
            self._read(command, answers, done.stdout)

    def _read(self, command: str, answers: list[str], output: str) -> None:
        position = 0
        for answer in answers:
            found = output.find(answer, position)
            assert found >= 0, f"{command} does not say:\n{answer}\nbut:\n{output}"
            position = found + len(answer)

    def _edit(self, path: Path, block: str) -> None:
        lines = block.splitlines(keepends=True)
        old = "".join(line[1:] for line in lines if line.startswith("-"))
        new = "".join(line[1:] for line in lines if line.startswith("+"))
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{path} does not say:\n{old}\nbut:\n{text}"
        path.write_text(text.replace(old, new), encoding="utf-8")


def test_the_tutorial(tmp_path: Path) -> None:
    """Whoever follows it from top to bottom sees what it says they will see."""
    reader = Reader(tmp_path)
    blocks = list(BLOCK.finditer(TUTORIAL))
    assert len(blocks) > 10

    for block in blocks:
        reader.follow(block[1], block[2], TUTORIAL[: block.start()])


def test_each_line_of_the_promise_is_needed(tmp_path: Path) -> None:
    """As the tutorial says, check asks for each part of the promise that is left out."""
    reader = Reader(tmp_path)
    for block in BLOCK.finditer(TUTORIAL[: TUTORIAL.index("## 5.")]):
        reader.follow(block[1], block[2], TUTORIAL[: block.start()])
    path = reader.folder / "roadmap" / "first-initiative.yaml"
    promise = path.read_text(encoding="utf-8")

    for part in (
        r"  status: .*\n",
        r"  committed: .*\n",
        r"  successCriteria:\n.*\n",
        r"  killThresholds:\n.*\n",
    ):
        without, count = re.subn(part, "", promise)
        assert count == 1
        path.write_text(without, encoding="utf-8")
        done = subprocess.run([BIN / "roadgate", "check"], cwd=reader.folder, check=False)
        assert done.returncode == 1, part


def links() -> list[tuple[Path, str]]:
    """Every relative link of the documentation, with the page that has it."""
    pages = sorted(DOCS.rglob("*.md"))
    return [
        (page, link)
        for page in pages
        for link in re.findall(r"\]\(([^):]+)\)", page.read_text(encoding="utf-8"))
    ]


def slug(heading: str) -> str:
    """The anchor of a heading."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


@pytest.mark.parametrize(
    ("page", "link"), links(), ids=lambda each: each if isinstance(each, str) else each.stem
)
def test_links(page: Path, link: str) -> None:
    """Every page and heading that a page of the documentation links to is there."""
    path, _, anchor = link.partition("#")
    target = (page.parent / path).resolve() if path else page

    assert target.exists()
    if anchor:
        headings = re.findall(r"^#+ (.*)$", target.read_text(encoding="utf-8"), re.MULTILINE)
        assert anchor in [slug(each) for each in headings]


@pytest.mark.parametrize(
    "page", sorted(DOCS.rglob("*.md")), ids=lambda page: page.relative_to(DOCS).as_posix()
)
def test_the_index_has_every_page(page: Path) -> None:
    """No page of the documentation is missing from its index, or from that of its folder."""
    folders = [folder for folder in (DOCS, page.parent) if (folder / "README.md").exists()]

    assert page == DOCS / "README.md" or any(
        f"]({page.relative_to(folder).as_posix()})"
        in (folder / "README.md").read_text(encoding="utf-8")
        for folder in folders
        if folder / "README.md" != page
    )
