"""Generated documents: every style of YAML, comments in any place, fields in any order."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from hypothesis import strategies as st

PARTS: dict[str, Any] = {
    "problem": "text", "horizon": "text", "status": "text", "summary": "text",
    "personas": ["text"], "scope": {"includes": ["text"], "excludes": ["text"]},
    "rice": {"reach": "text", "impact": "text", "effort": "text"},
    "successCriteria": [{"id": "text", "metric": "text", "target": "text", "by": "text"}],
    "risks": [{"risk": "text", "mitigation": "text"}],
    "x-own": {"b": "text", "a": ["text"]},
}  # fmt: skip
ENVELOPE: dict[str, Any] = {
    "apiVersion": "text",
    "metadata": {"name": "text", "title": "text", "owner": "text", "labels": {"z": "text"}},
    "spec": PARTS,
}
ONE_LINE = ["now", "14d", "2026-07-31", "'it''s # no comment'", '"a: b # c"', '">= 5"', "5", "~",
            "a#b", "'- x'", '"\\tx"', "速い", "!!str 5", "{}", "[]"]  # fmt: skip
BLOCKS = ["|", ">-", "|+", "|2-", ">"]


@dataclass
class Writer:
    """Writes one document, drawing how as it goes."""

    draw: Any
    lines: list[str] = field(default_factory=list)
    anchors: list[str] = field(default_factory=list)
    marks: int = 0

    def some(self, values: list[Any]) -> Any:
        """One of the values."""
        return self.draw(st.sampled_from(values))

    def rarely(self) -> bool:
        """True now and then."""
        return bool(self.draw(st.integers(0, 5)) == 5)

    def comment(self, about: str) -> str:
        """A comment that names what it is about."""
        self.marks += 1
        return f"#{self.some(['', ' ', '!'])}c{self.marks} {about}"

    def before(self, column: int, about: str) -> None:
        """Blank lines and a comment above an entry."""
        for _ in range(self.some([0, 0, 0, 1, 2])):
            self.lines.append(self.some(["", "", "  "]))
        if self.rarely():
            self.lines.append(" " * self.some([column, max(column - 1, 0)])
                              + self.comment(f"above {about}"))  # fmt: skip

    def end(self, about: str) -> str:
        """White space and perhaps a comment behind an entry."""
        return f"  {self.comment(f'beside {about}')}" if self.rarely() else self.some(["", "", " "])

    def mapping(self, shape: dict[str, Any], column: int, path: str, first: str = "") -> None:
        """A block mapping; ``first`` is what stands on its first line already."""
        names = self.draw(st.permutations(sorted(shape)))
        names = names[: self.draw(st.integers(1, len(names)))]
        for name in names:
            here = f"{path}.{name}"
            if not first:
                self.before(column, here)
            lead, first = first or " " * column, ""
            colon = self.some([":", ":", " :"])
            self.value(shape[name], column, here, f"{lead}{name}{colon}")

    def value(self, shape: Any, column: int, path: str, lead: str) -> None:
        """What stands behind a key."""
        if self.rarely() and self.anchors and shape == "text":
            self.lines.append(f"{lead} *{self.some(self.anchors)}{self.end(path)}")
            return
        anchor = ""
        if self.rarely():
            name = f"a{len(self.anchors)}"
            anchor = f" &{name}"
            if shape == "text":
                self.anchors.append(name)
        if shape == "text":
            self.scalar(column, path, lead + anchor)
        elif self.rarely():
            self.lines.append(f"{lead}{anchor} {self.flow(shape)}{self.end(path)}")
        else:
            self.lines.append(f"{lead}{anchor}{self.end(path)}")
            inner = column + self.some([1, 2, 2, 3, 4])
            if isinstance(shape, dict):
                self.mapping(shape, inner, path)
            else:
                self.sequence(shape[0], self.some([column, inner]), path)
            if self.rarely():
                self.lines.append(" " * inner + self.comment(f"below {path}"))

    def sequence(self, shape: Any, column: int, path: str) -> None:
        """A block list."""
        for number in range(self.draw(st.integers(1, 3))):
            here = f"{path}[{number}]"
            self.before(column, here)
            dash = " " * column + "-" + " " * self.some([1, 1, 2, 3])
            if shape == "text":
                self.lines.append(dash + self.some(ONE_LINE) + self.end(here))
            elif self.rarely():
                self.lines.append(dash + self.flow(shape) + self.end(here))
            else:
                self.mapping(shape, len(dash), here, dash)

    def scalar(self, column: int, path: str, lead: str) -> None:
        """A single value, on the line or on several."""
        if not self.rarely():
            self.lines.append(f"{lead} {self.some(ONE_LINE)}{self.end(path)}")
            return
        if self.rarely():
            self.lines += [f"{lead} some words", " " * (column + 3) + "and more", ""]
            return
        style = self.some(BLOCKS)
        indent = " " * (column + (2 if "2" in style else self.some([1, 2, 4])))
        self.lines.append(f"{lead} {style}{self.end(path)}")
        self.lines += [f"{indent}text # no comment", "", f"{indent}  more: - x", f"{indent}last"]
        if self.rarely():
            self.lines.append("")

    def flow(self, shape: Any) -> str:
        """A value on one line."""
        gap = self.some(["", " "])
        if isinstance(shape, dict):
            names = self.draw(st.permutations(sorted(shape)))
            inside = f",{gap}".join(f"{name}: {self.flow(shape[name])}" for name in names)
            return f"{{{gap}{inside}{gap}}}"
        if isinstance(shape, list):
            items = [self.flow(shape[0]) for _ in range(self.draw(st.integers(1, 2)))]
            return f"[{gap}{f',{gap}'.join(items)}{gap}]"
        return str(self.some(["now", "'a, b'", '"]"', "5", "2026-07-31"]))


@st.composite
def texts(draw: Any) -> str:
    """A whole file."""
    parts = []
    for number in range(draw(st.sampled_from([1, 1, 1, 2]))):
        writer = Writer(draw)
        if draw(st.booleans()):
            writer.lines.append(writer.comment("header"))
            writer.lines.append("")
        column = draw(st.sampled_from([0, 0, 0, 2]))
        writer.lines.append(
            f"{' ' * column}kind: {draw(st.sampled_from(['Initiative'] * 4 + ['Own']))}"
        )
        writer.mapping(ENVELOPE, column, "")
        if draw(st.booleans()):
            writer.lines.append(" " * draw(st.sampled_from([0, 2, 5])) + writer.comment("end"))
        if number or draw(st.booleans()):
            writer.lines.insert(0, "---")
            if not number and draw(st.booleans()):
                writer.lines.insert(0, "%YAML 1.2")
        parts.append("\n".join(writer.lines) + "\n")
    text = "".join(parts)
    if draw(st.booleans()):
        text = text.rstrip("\n") + draw(st.sampled_from(["", "\n", "\n\n\n"]))
    return text.replace("\n", draw(st.sampled_from(["\n", "\n", "\r\n"])))
