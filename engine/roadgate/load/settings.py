"""``roadgate.yaml``: the configuration, or the default with findings that say why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, available_timezones

from roadgate.load import resources, yaml_text
from roadgate.load.discover import CONFIG_PATH, place
from roadgate.load.globs import matcher
from roadgate.load.idle import idle
from roadgate.load.limits import DEFAULT
from roadgate.load.places import Locator
from roadgate.model.finding import Finding, Severity
from roadgate.model.kinds import API_VERSION, Config, default_config
from roadgate.model.repair import repair
from roadgate.model.suggest import closest, only

if TYPE_CHECKING:
    from roadgate.model.document import Document
    from roadgate.model.tree import Entry, Tree


@dataclass(frozen=True, slots=True)
class Settings:
    """What ``roadgate.yaml`` says."""

    config: Config
    is_there: bool
    broken: bool
    findings: tuple[Finding, ...]


def read(tree: Tree) -> Settings:
    """Read the configuration of a project; without ``roadgate.yaml``, the default."""
    entry = next(iter(tree.entries([CONFIG_PATH])), None)
    if entry is None:
        return Settings(default_config(), is_there=False, broken=False, findings=())
    content, problem = _content(tree, entry)
    if problem is not None:
        return _broken([problem])
    return _parsed(content)


def _parsed(content: bytes) -> Settings:
    """What the text says; where it says nothing, everything has its default."""
    if not content.strip():
        return Settings(default_config(), is_there=True, broken=False, findings=())
    documents, findings = yaml_text.parse(content, CONFIG_PATH, DEFAULT)
    if any(finding.fails for finding in findings):
        return _broken(findings)
    if not documents:
        return Settings(default_config(), is_there=True, broken=False, findings=tuple(findings))
    if len(documents) > 1:
        what = "the file holds more than one document"
        return _broken([*findings, _problem("RG030", what, "keep one Config document")])
    config, problems = _validated(documents[0])
    if config is None or problems:
        return _broken([*findings, *resources.locate(problems, Locator(content, CONFIG_PATH), 0)])
    told = resources.locate(idle(config), Locator(content, CONFIG_PATH), 0)
    return Settings(config, is_there=True, broken=False, findings=(*findings, *told))


def _content(tree: Tree, entry: Entry) -> tuple[bytes, Finding | None]:
    if entry.kind != "file":
        return b"", _problem("RG015", "the configuration is no regular file", "make it one")
    if entry.size > DEFAULT.file_bytes:
        limit = f"the file is larger than the limit of {DEFAULT.file_bytes} bytes"
        return b"", _problem("RG003", limit, "shorten it")
    try:
        return tree.read(CONFIG_PATH), None
    except OSError:
        return b"", _problem("RG002", "the file cannot be read", "allow reading it")


def _validated(document: Document) -> tuple[Config | None, list[Finding]]:
    data = document.data
    if data.get("apiVersion") != API_VERSION or data.get("kind") != "Config":
        fix = f"begin the file with 'apiVersion: {API_VERSION}' and 'kind: Config'"
        is_kind = data.get("apiVersion") == API_VERSION
        field, right = ("kind", "Config") if is_kind else ("apiVersion", API_VERSION)
        written = data.get(field)
        answer = repair(only(written, [right])) if isinstance(written, str) else None
        what = "the file is no Config document"
        return None, [Finding("RG006", Severity.ERROR, what, fix, field=field, repair=answer)]
    config, findings = resources.validate(data, Config, "Config", None)
    return config, findings if config is None else _meaning(config)


def _meaning(config: Config) -> list[Finding]:
    paths = config.spec.paths
    named = {
        **{f"spec.paths.roadmap[{i}]": path for i, path in enumerate(paths.roadmap)},
        **{f"spec.paths.policies[{i}]": path for i, path in enumerate(paths.policies)},
        "spec.paths.measurements": paths.measurements,
    }
    findings = [
        _at(field, f"the path '{path}' leaves the project", "write a path relative to the project")
        for field, path in named.items()
        if path.startswith("/") or ".." in path.split("/") or "\\" in path
    ]
    if not _is_zone(config.spec.calendar.timezone):
        zone = config.spec.calendar.timezone
        findings.append(
            _at(
                "spec.calendar.timezone",
                f"there is no time zone '{zone}'",
                _zone_meant(zone),
            )
        )
    for index, glob in enumerate(config.spec.ignore):
        try:
            matcher([glob])
        except ValueError as problem:
            findings.append(
                _at(f"spec.ignore[{index}]", str(problem), "write a glob such as drafts/**")
            )
    return findings


def _zone_meant(name: str) -> str:
    near = closest(name, available_timezones())
    return f"did you mean '{near}'?" if near else "write a name such as UTC or Europe/Berlin"


def _is_zone(name: str) -> bool:
    if name == "UTC":
        return True
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return False
    return True


def _at(field: str, message: str, fix: str) -> Finding:
    return Finding("RG030", Severity.ERROR, message, fix, field=field)


def _problem(code: str, message: str, fix: str) -> Finding:
    return Finding(code, Severity.ERROR, message, fix, location=place(CONFIG_PATH))


def _broken(findings: list[Finding]) -> Settings:
    summary = _problem(
        "RG030",
        "the configuration cannot be used; defaults stand in for it",
        "repair roadgate.yaml; the findings beside this one say where",
    )
    return Settings(default_config(), is_there=True, broken=True, findings=(summary, *findings))
