"""Every file of the repository that is generated: schemas, and pages of the reference."""

from __future__ import annotations

import sys
from pathlib import Path

from roadgate.model.codes import CODES
from roadgate.pipeline import language, packs, schemas
from roadgate.report.reference import findings_page


def generated() -> dict[str, str]:
    """Path in the repository to text."""
    files = {f"schemas/{path}": text for path, text in schemas.generate().items()}
    files["schemas/catalog.json"] = schemas.catalog()
    pages = {f"docs/reference/{path}": text for path, text in packs.pages().items()}
    pages["docs/reference/cel.md"] = language.page()
    return {**files, **pages, "docs/reference/findings.md": findings_page(CODES.values())}


def write(root: Path) -> None:
    """Write all of them below ``root``."""
    for path, text in generated().items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write(Path(sys.argv[1]))
