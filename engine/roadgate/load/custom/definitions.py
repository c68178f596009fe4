"""KindDefinitions to kinds: what each says, with its schema, and what makes one unusable."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from roadgate.load.custom.schemas import gather
from roadgate.load.custom.sources import CODE, Inline, SchemaFile, read_schema
from roadgate.load.pathspec import glob
from roadgate.model.custom import CustomKind
from roadgate.model.finding import Finding, Related, Severity
from roadgate.model.kinds import KINDS, Config, KindDefinition
from roadgate.model.schemas.engine import problem
from roadgate.model.source import ResourceRef

if TYPE_CHECKING:
    from collections.abc import Iterable

    from roadgate.load.limits import Limits
    from roadgate.model.kinds import Envelope
    from roadgate.model.resource import Resource
    from roadgate.model.tree import Tree

_TAKEN = {each.casefold(): each for each in (*KINDS, Config.KIND)}


@dataclass(slots=True)
class Definitions:
    """The kinds of a project by name, and the findings about their definitions."""

    kinds: dict[str, CustomKind] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


def definitions(resources: Iterable[Resource[Envelope]], tree: Tree, limits: Limits) -> Definitions:
    """Read every KindDefinition of a project."""
    found = Definitions()
    for each in resources:
        if isinstance(each.body, KindDefinition):
            _define(found, cast("Resource[KindDefinition]", each), tree, limits)
    return found


def _define(
    found: Definitions, definition: Resource[KindDefinition], tree: Tree, limits: Limits
) -> None:
    spec = definition.body.spec
    problems = [*_taken(definition, found.kinds), *_globs(definition), *_unnamed(definition)]
    found.findings += problems
    if problems:
        return
    source = _source(definition, tree, limits)
    if isinstance(source, list):
        found.findings += source
        source, broken = Inline(definition.ref, {}), True
    else:
        broken = False
    name = source.path if isinstance(source, SchemaFile) else f"{definition.name} (KindDefinition)"
    schema, told = gather(source, name, tree, limits)
    found.findings += told
    wrong = [each for each in told if each.fails]
    if not wrong and (unusable := problem(schema)) is not None:
        message, path = unusable
        steps = [str(each) for each in path]
        wrong.append(source.finding(steps, f"the schema cannot be used: {message}", "correct it"))
        found.findings.append(wrong[-1])
    found.kinds[spec.kind] = CustomKind(
        name=spec.kind,
        definition=definition.name,
        files=tuple(spec.files),
        format=spec.format,
        envelope=spec.envelope,
        identity=spec.identity or ("metadata.name",),
        schema=schema,
        is_usable=not (broken or wrong),
    )


def _taken(definition: Resource[KindDefinition], known: dict[str, CustomKind]) -> Iterable[Finding]:
    name = definition.body.spec.kind
    fix = "choose another name for the kind"
    if (own := _TAKEN.get(name.casefold())) is not None:
        message = f"'{name}' is called like the kind '{own}' of roadgate"
        yield _finding("RG056", definition.ref, "spec.kind", message, fix)
    elif name in known:
        message = f"the kind '{name}' is defined twice"
        first = Related(
            "first defined here", resource=_ref(known[name].definition), field="spec.kind"
        )
        yield _finding("RG056", definition.ref, "spec.kind", message, fix, first)


def _ref(definition: str) -> ResourceRef:
    return ResourceRef(KindDefinition.KIND, definition)


def _globs(definition: Resource[KindDefinition]) -> Iterable[Finding]:
    taken = 0
    for index, text in enumerate(definition.body.spec.files):
        try:
            taken += not glob(text).excludes
        except ValueError as error:
            fix = "write a glob from the project's root, such as keps/**/kep.yaml"
            yield _finding("RG057", definition.ref, f"spec.files[{index}]", str(error), fix)
            taken += 1
    if not taken:
        message = "every glob only takes files away"
        yield _finding("RG057", definition.ref, "spec.files", message, "add the files to govern")


def _unnamed(definition: Resource[KindDefinition]) -> Iterable[Finding]:
    spec = definition.body.spec
    if not spec.identity and not spec.envelope:
        message = "'spec.identity' is missing: nothing tells the documents apart"
        fix = "name the field that does, such as identity: kep-number"
        yield _finding(CODE, definition.ref, "spec.identity", message, fix)


def _source(
    definition: Resource[KindDefinition], tree: Tree, limits: Limits
) -> Inline | SchemaFile | list[Finding]:
    """Where the schema stands; findings where there is none that can be read."""
    written = definition.body.spec.schema_
    if not isinstance(written, str):
        return Inline(definition.ref, {} if written is None else written)
    path = posixpath.normpath(written.strip())
    if path.startswith(("/", "..")) or "\\" in path:
        message = f"'{written}' leaves the repository"
    else:
        read = read_schema(tree, path, limits)
        if not isinstance(read, str):
            return read
        message = read
    fix = "write the schema's path from the project's root, or the schema itself"
    return [_finding(CODE, definition.ref, "spec.schema", message, fix)]


def _finding(
    code: str,
    ref: ResourceRef,
    place: str,
    message: str,
    fix: str,
    *related: Related,
) -> Finding:
    return Finding(code, Severity.ERROR, message, fix, resource=ref, field=place, related=related)
