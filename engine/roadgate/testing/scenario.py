"""A roadmap in memory, and what the policies say of it, or of a change of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from roadgate.evaluate.policies import compile_policies, evaluate
from roadgate.evaluate.suppression import suppress
from roadgate.evaluate.verdicts import Judgements
from roadgate.load.limits import DEFAULT
from roadgate.load.memory import MemoryTree, flow
from roadgate.load.project import load_project
from roadgate.load.yaml_text import parse
from roadgate.model.change import Context, Review
from roadgate.model.kinds import KINDS
from roadgate.model.raw import name_of
from roadgate.model.suggest import advice
from roadgate.model.values import parse_day
from roadgate.pipeline.bench import Bench, judgement
from roadgate.pipeline.bound import switched_off
from roadgate.pipeline.builtin import builtin_policies
from roadgate.pipeline.gates import gate_findings
from roadgate.pipeline.reading import Reading
from roadgate.roadmap.compare import compare
from roadgate.roadmap.link import link
from roadgate.roadmap.states import with_state
from roadgate.testing.checked import Checked, unread

if TYPE_CHECKING:
    from roadgate.evaluate.policies import PolicyRun, PolicySet
    from roadgate.model.document import Data
    from roadgate.model.finding import Finding
    from roadgate.model.kinds import Config
    from roadgate.model.raw import Raw

_CONFIG = "roadgate.yaml"
_BASE, _HEAD = "b" * 40, "a" * 40
_SUFFIXES = (".yaml", ".yml", ".csv")


class Scenario:
    """Files of a roadmap repository; what is written after ``merged`` is a change of them."""

    def __init__(self, files: Mapping[str, str] | None = None) -> None:
        self._files: dict[str, str] = dict(files or {})
        self._base: dict[str, str] | None = None
        self._day: date | None = None
        self._author = "author"
        self._approvals: list[str] = []
        self._asked = False

    @classmethod
    def from_folder(cls, folder: Path | str) -> Scenario:
        """The YAML and CSV files of a repository on disk.

        Raises:
            FileNotFoundError: there is no such folder, or no such file in it.
        """
        root = Path(folder)
        found = [each for each in sorted(root.rglob("*")) if each.suffix in _SUFFIXES]
        files = {
            each.relative_to(root).as_posix(): each.read_text(encoding="utf-8")
            for each in found
            if each.is_file() and not any(part.startswith(".") for part in each.parts)
        }
        if not files:
            raise FileNotFoundError(f"there is no YAML file in '{folder}'")
        return cls(files)

    def write(self, path: str, text: str) -> None:
        """Write a file: ``roadmap/a.yaml``, ``policies/b.yaml``, ``roadgate.yaml``."""
        self._files[path] = text if text.endswith("\n") else f"{text}\n"

    def read(self, path: Path | str) -> None:
        """Add a file from disk: a policy under ``policies/``, else under ``roadmap/``."""
        file = Path(path)
        text = file.read_text(encoding="utf-8")
        folder = "policies" if "\nkind: Policy" in f"\n{text}" else "roadmap"
        self.write(f"{folder}/{file.name}", text)

    def declare(self, text: str) -> None:
        """Add documents to the roadmap, as they would be written in a file."""
        self.write(f"roadmap/declared-{len(self._files)}.yaml", text)

    def delete(self, path: str) -> None:
        """Delete a file.

        Raises:
            FileNotFoundError: there is none.
        """
        if path not in self._files:
            fix = advice(path, self._files, otherwise="write it first")
            raise FileNotFoundError(f"there is no file '{path}'; {fix}")
        del self._files[path]

    def measure(self, metric: str, rows: Mapping[str, object]) -> None:
        """Write the observations of a metric, day to value."""
        lines = [f"{day},{value}" for day, value in rows.items()]
        self.write(f"measurements/{metric}.csv", "\n".join(["date,value", *lines]))

    def on(self, day: date | str) -> None:
        """Judge as of a day; today without."""
        self._day = parse_day(day) if isinstance(day, str) else day

    def merged(self) -> None:
        """What is there so far is the base: what follows is a change of it."""
        self._base = dict(self._files)

    @property
    def files(self) -> Mapping[str, str]:
        """Every file, by its path."""
        return self._files

    @property
    def is_change(self) -> bool:
        """Whether there is a base to judge by."""
        return self._base is not None

    def opened_by(self, author: str) -> None:
        """Who opens the pull request; approvals are known from now on."""
        self._author, self._asked = author, True

    def approved_by(self, *people: str) -> None:
        """Who approves the pull request."""
        self._approvals += people
        self._asked = True

    def set(self, kind: str, name: str, field: str, value: str) -> None:
        """Set a field of a resource, such as ``spec.horizon``; ``value`` is read as YAML.

        Raises:
            LookupError: there is no such resource.
        """
        path, documents, index = self._find(kind, name)
        documents[index] = with_state(documents[index], field, _value(value))
        self._put(path, documents)

    def move(self, kind: str, name: str, field: str, state: str) -> None:
        """Move a resource to a state; an initiative that enters now is committed on this day.

        Raises:
            LookupError: there is no such resource.
        """
        self.set(kind, name, field, state)
        path, documents, index = self._find(kind, name)
        spec = documents[index].get("spec")
        if state == "now" and isinstance(spec, Mapping) and spec.get("committed") is None:
            documents[index] = with_state(
                documents[index], "spec.committed", self._today().isoformat()
            )
            self._put(path, documents)

    def check(self) -> Checked:
        """What the policies say: of the change, where there is a base; else of the roadmap."""
        return self._check_change(self._base) if self._base is not None else self._check_itself()

    def _check_itself(self) -> Checked:
        reading = _reading(self._files)
        policies, broken = _policies(reading)
        on = self._today()
        verdicts = Judgements(reading.roadmap, on)
        run = evaluate(policies, reading.roadmap, verdicts, None, None, on)
        gates = gate_findings(reading.roadmap, policies, reading.project.config)
        told = suppress(
            [*reading.findings, *broken, *gates, *run.findings], reading.roadmap, on, used=run.used
        )
        left = tuple(each for each in told if each.suppressed is None)
        wrong = unread(told)
        return _checked(left, run, policies, reading.project.config, (wrong, wrong))

    def _check_change(self, files: Mapping[str, str]) -> Checked:
        base = _reading(files)
        head = _reading(self._files)
        policies, broken = _policies(base)
        on, context = self._today(), self._context()
        initiatives = base.roadmap.initiatives.items()
        committed = [name for name, each in initiatives if each.body.spec.horizon == "now"]
        change = compare(
            base.project,
            head.project,
            base_roadmap=base.roadmap,
            head_roadmap=head.roadmap,
            protected=dict.fromkeys(committed),
            context=context,
            as_of=on,
            base_sha=_BASE,
            merge_base_sha=_BASE,
            head_sha=_HEAD,
            settings=(base.project.config, head.project.config),
        )
        found = judgement(
            Bench(policies, base.roadmap, base.project.config),
            change,
            head=head,
            base=base,
            standing=base.roadmap,
            context=context,
            as_of=on,
        )
        new = [each for each in found.findings if each.new and each.suppressed is None]
        given = unread([*base.findings, *broken])
        wrong = (*given, *unread(each for each in head.findings if each not in given))
        return _checked((*broken, *new), found.run, policies, base.project.config, (wrong, given))

    def _context(self) -> Context | None:
        if not self._asked:
            return None
        on = self._today()
        reviews = tuple(Review(each, "approved", _HEAD, on) for each in self._approvals)
        return Context(None, _BASE, _HEAD, self._author, (), reviews)

    def _today(self) -> date:
        return self._day or date.today()  # noqa: DTZ011 - a scenario without a day is about today

    def _find(self, kind: str, name: str) -> tuple[str, list[Raw], int]:
        names: dict[str, list[str]] = {}
        for path, text in self._files.items():
            if not path.endswith((".yaml", ".yml")):
                continue
            documents = [each.data for each in parse(text.encode(), path, DEFAULT)[0]]
            for index, data in enumerate(documents):
                named = name_of(data)
                if data.get("kind") == kind and named == name:
                    return path, documents, index
                names.setdefault(str(data.get("kind")), []).append(str(named))
        known = names.get(kind)
        fix = advice(kind, KINDS, otherwise="") if kind not in KINDS and known is None else ""
        fix = fix or advice(name, known or (), otherwise="declare it first")
        raise LookupError(f"there is no {kind} '{name}'; {fix}")

    def _put(self, path: str, documents: list[Raw]) -> None:
        self._files[path] = "".join(f"---\n{flow(each)}\n" for each in documents)


def _checked(
    findings: tuple[Finding, ...],
    run: PolicyRun,
    policies: PolicySet,
    config: Config,
    unusable: tuple[tuple[Finding, ...], tuple[Finding, ...]],
) -> Checked:
    return Checked(findings, run.matched, policies.known, switched_off(config), *unusable)


def _reading(files: Mapping[str, str]) -> Reading:
    tree = MemoryTree({path: text.encode("utf-8") for path, text in files.items()})
    project = load_project(tree)
    roadmap, findings = link(project)
    return Reading(tree, project, roadmap, (*project.findings, *findings))


def _policies(reading: Reading) -> tuple[PolicySet, list[Finding]]:
    house = tuple(reading.roadmap.policies.values())
    project = reading.project
    return compile_policies(house, builtin_policies(), project.config, project.governed)


def _value(text: str) -> Any:  # noqa: ANN401 - a YAML value
    """A value as it would be written behind a colon."""
    documents, findings = parse(f"value: {text}\n".encode(), _CONFIG, DEFAULT)
    value: Data = documents[0].data.get("value") if documents and not findings else text
    return value
