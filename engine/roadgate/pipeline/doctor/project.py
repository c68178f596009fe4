"""What roadgate sees of a project: its settings, its files, and what nobody looked at."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from roadgate.evaluate.policies import compile_policies
from roadgate.load import baseline
from roadgate.load.discover import CONFIG_PATH
from roadgate.model.baseline import BASELINE_PATH
from roadgate.model.checkup import Fact, State
from roadgate.model.finding import Severity
from roadgate.model.kinds import KINDS
from roadgate.model.suggest import listed
from roadgate.pipeline.bound import bound_here
from roadgate.pipeline.builtin import builtin_policies
from roadgate.report.words import plural

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from roadgate.model.finding import Finding
    from roadgate.pipeline.reading import Reading
    from roadgate.pipeline.workspace import Workspace

_OPTIONAL = "nothing has to be there"


def facts(place: Workspace, reading: Reading, environment: Mapping[str, str]) -> list[Fact]:
    """Settings, files, resources, policies, measurements, connections, findings."""
    return [
        Fact("project", "folder", str(place.root)),
        *_settings(place, reading),
        *_folders(place, reading),
        *_resources(reading),
        *_custom(reading),
        *_policies(reading),
        *_measurements(reading),
        *_connections(reading, environment),
        _baseline(reading),
        *_findings(reading),
    ]


def _settings(place: Workspace, reading: Reading) -> list[Fact]:
    if reading.project.config_broken:
        hint = "run roadgate check: it shows the lines"
        value = f"{CONFIG_PATH} cannot be used; defaults stand in for it"
        return [Fact("project", "configuration", value, State.PROBLEM, hint)]
    if not (place.root / CONFIG_PATH).is_file():
        return [Fact("project", "configuration", f"no {CONFIG_PATH}: defaults", State.NOTE)]
    spec = reading.project.config.spec
    return [
        Fact("project", "configuration", CONFIG_PATH),
        Fact("project", "time zone", spec.calendar.timezone),
        *([Fact("project", "ignored", listed(spec.ignore))] if spec.ignore else []),
    ]


def _folders(place: Workspace, reading: Reading) -> list[Fact]:
    paths = reading.project.config.spec.paths
    roots = [*(("roadmap", each) for each in paths.roadmap)]
    roots += [("policies", each) for each in paths.policies]
    roots.append(("measurements", paths.measurements))
    found = []
    for role, root in roots:
        name = f"{role}: {root}"
        if (place.root / root).is_dir():
            found.append(Fact("folders", name, "there"))
        else:
            found.append(Fact("folders", name, f"not there ({_OPTIONAL})", State.NOTE))
    branch = reading.project.config.spec.measurements.ref
    if branch is not None:
        found.append(Fact("folders", "measurements' branch", branch))
    return found


def _resources(reading: Reading) -> list[Fact]:
    project = reading.project
    counts = Counter(each.ref.kind for each in project.resources)
    files: dict[str, set[str]] = {}
    for each in project.resources:
        files.setdefault(each.ref.kind, set()).add(each.path)
    found = [
        Fact("resources", kind, f"{counts[kind]} in {plural(len(files[kind]), 'file')}")
        for kind in (*KINDS, *sorted(counts.keys() - KINDS.keys()))
        if counts[kind]
    ]
    if not found:
        hint = "run roadgate init to start, or roadgate new Initiative NAME"
        found.append(Fact("resources", "all", "none", State.UNCHECKED, hint))
    if project.broken:
        names = listed(map(str, sorted(project.broken)))
        hint = "run roadgate check: it shows the lines"
        found.append(Fact("resources", "not usable", names, State.PROBLEM, hint))
    if project.unreadable:
        names = listed(sorted(project.unreadable))
        hint = "run roadgate check: it says why"
        found.append(Fact("resources", "files not read", names, State.PROBLEM, hint))
    return found


def _custom(reading: Reading) -> list[Fact]:
    counts = Counter(each.ref.kind for each in reading.project.resources)
    found = []
    for name, kind in sorted(reading.project.kinds.items()):
        globs = listed(kind.files)
        value = f"{plural(counts[kind.name], 'document')} in {globs}"
        state = State.FINE if counts[kind.name] else State.NOTE
        if not kind.is_usable:
            value, state = f"the schema cannot be used; files: {globs}", State.PROBLEM
        hint = "" if state is State.FINE else "look at spec.files and spec.schema of its definition"
        found.append(Fact("kinds of your own", name, value, state, hint))
    return found


def _policies(reading: Reading) -> list[Fact]:
    project = reading.project
    house = tuple(reading.roadmap.policies.values())
    chosen, broken = compile_policies(house, builtin_policies(), project.config, project.governed)
    spec = project.config.spec.policies
    found = [
        Fact("policies", "presets", ", ".join(spec.presets) or "none"),
        Fact("policies", "active", f"{len(chosen.policies)} of {len(chosen.known)}"),
        Fact("policies", "of your own", str(len(house))),
    ]
    disabled = sorted({each.policy for each in bound_here(project.config) if each.disables})
    if disabled:
        found.append(Fact("policies", "switched off", listed(disabled), State.NOTE))
    errors = [each for each in broken if each.severity is Severity.ERROR]
    if errors:
        value = f"{len(errors)}, such as: {errors[0].message}"
        hint = "run roadgate policy test, which shows the lines"
        found.append(Fact("policies", "broken", value, State.PROBLEM, hint))
    if not chosen.policies:
        hint = "choose a preset in roadgate.yaml: spec.policies.presets"
        found.append(Fact("policies", "none", "nothing is enforced", State.UNCHECKED, hint))
    return found


def _measurements(reading: Reading) -> list[Fact]:
    measured = reading.roadmap.measurements
    rows = sum(len(each.observations) for each in measured.values())
    value = f"{plural(rows, 'observation')} of {plural(len(measured), 'metric')}"
    found = [Fact("measurements", "files", value)]
    broken = sorted(name for name, each in measured.items() if each.problem or each.broken_rows)
    if broken:
        hint = "run roadgate check: it shows the rows"
        found.append(Fact("measurements", "broken", listed(broken), State.PROBLEM, hint))
    silent = sorted(reading.roadmap.metrics.keys() - measured.keys())
    if silent:
        hint = "write measurements/<metric>.csv with the header date,value"
        value = f"{plural(len(silent), 'metric')}: {listed(silent)}"
        found.append(Fact("measurements", "never measured", value, State.UNCHECKED, hint))
    return found


def _connections(reading: Reading, environment: Mapping[str, str]) -> list[Fact]:
    """Each connection by name; of its secrets only whether the variable is set."""
    found = []
    for name, each in sorted(reading.project.config.spec.connections.items()):
        variables = {
            "prometheus": each.prometheus.token_env if each.prometheus else None,
            "sql": each.sql.url_env if each.sql else None,
        }
        for kind in each.kinds:
            variable = variables[kind]
            if variable is None:
                found.append(Fact("connections", name, kind))
            elif environment.get(variable):
                found.append(Fact("connections", name, f"{kind}; {variable} set"))
            else:
                hint = f"set {variable} where roadgate measures"
                value = f"{kind}; {variable} not set"
                found.append(Fact("connections", name, value, State.UNCHECKED, hint))
    return found


def _baseline(reading: Reading) -> Fact:
    known = baseline.read(reading.tree)
    if known.findings:
        first = known.findings[0]
        return Fact("findings", "baseline", first.message, State.PROBLEM, first.fix)
    if not known.is_there:
        return Fact("findings", "baseline", "none")
    return Fact(
        "findings", "baseline", f"{plural(known.baseline.total, 'error')} in {BASELINE_PATH}"
    )


def _findings(reading: Reading) -> list[Fact]:
    """What reading the files found; policies are the business of check."""
    counts = Counter(each.severity for each in reading.findings)
    value = ", ".join(plural(counts[each], each) for each in Severity if counts[each])
    if not value:
        return [Fact("findings", "in the files", "none")]
    state = State.PROBLEM if counts[Severity.ERROR] else State.NOTE
    codes = listed(_codes(reading.findings))
    hint = "run roadgate check for their places"
    return [Fact("findings", "in the files", f"{value} ({codes})", state, hint)]


def _codes(findings: Iterable[Finding]) -> list[str]:
    return sorted({each.id for each in findings if each.severity is not Severity.NOTICE}) or [
        "notices"
    ]
