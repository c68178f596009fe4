"""Files that a KindDefinition governs: what is read, and what is wrong at which place."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from roadgate.load.git_tree import GitTree
from roadgate.load.project import load_project
from roadgate.load.trees import FolderTree
from roadgate.model.finding import Severity
from unit.load.repositories import document, git, write

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from roadgate.model.project import Project

SCHEMA = """
type: object
additionalProperties: false
required: [number, title, status]
properties:
  number: {type: [integer, string]}
  title: {type: string}
  status: {enum: [draft, accepted, withdrawn]}
  owner: {type: string, description: The group that answers for it.}
  date: {type: string, format: date}
  labels: {type: object, additionalProperties: {type: string}}
"""


def definition(**fields: str) -> str:
    """A KindDefinition; fields are YAML."""
    spec = {
        "kind": "RFC",
        "files": "[rfcs/**]",
        "identity": "number",
        "schema": "schemas/rfc.yaml",
        **fields,
    }
    lines = "".join(f"  {key}: {value}\n" for key, value in spec.items() if value)
    return f"apiVersion: roadgate/v1\nkind: KindDefinition\nmetadata: {{name: rfc}}\nspec:\n{lines}"


def project(root: Path, files: Mapping[str, str | bytes], /, **fields: str) -> Project:
    """A project with a KindDefinition and files."""
    around = {"roadmap/rfc.yaml": definition(**fields), "schemas/rfc.yaml": SCHEMA}
    return load_project(FolderTree(write(root, {**around, **files})))


def told(found: Project) -> list[tuple[str, str, int, int, str]]:
    """Code, path, line, column and message of each finding."""
    return [
        (each.id, at.path, at.line, at.column, each.message)
        for each in found.findings
        if (at := each.location) is not None
    ]


GOOD = "number: 7\ntitle: Remote cache\nstatus: draft\ndate: 2026-01-31\n"
FRONT = f"---\n{GOOD}---\n\n# Remote cache\n\n---\n\nstatus: none\n"
JSON = '{\n  "number": 7,\n  "title": "Remote cache",\n  "status": "draft"\n}\n'


@pytest.mark.parametrize(
    ("form", "path", "text"),
    [
        ("yaml", "rfcs/7.yaml", GOOD),
        ("yaml", "rfcs/deep/er/7.txt", "\ufeff" + GOOD.replace("\n", "\r\n")),
        ("yaml", "rfcs/7.yaml", f"---\n{GOOD}---\n"),
        ("json", "rfcs/7.json", JSON),
        ("json", "rfcs/7", "\ufeff" + JSON.replace("\n", "\r\n")),
        ("markdown", "rfcs/7.md", FRONT),
        ("markdown", "rfcs/七.md", "\ufeff" + FRONT.replace("\n", "\r\n")),
    ],
)
def test_each_format(form: str, path: str, text: str, tmp_path: Path) -> None:
    """YAML, JSON and front matter become resources, with dates as text and names as given."""
    found = project(tmp_path, {path: text}, format=form)
    assert told(found) == []
    resource = next(each for each in found.resources if each.ref.kind == "RFC")
    assert (resource.name, resource.path) == ("7", path)
    assert resource.data["title"] == "Remote cache"
    assert resource.data.get("date", "2026-01-31") == "2026-01-31"
    assert found.files == 2


@pytest.mark.parametrize(
    ("form", "text", "expected"),
    [
        (
            "yaml",
            GOOD.replace("draft", "drat"),
            ("RG060", 3, 9, "'drat' is no value of 'status'"),
        ),
        ("yaml", GOOD + "onwer:\n  x: 1\n", ("RG060", 5, 1, "'onwer' is no field of RFC")),
        (
            "yaml",
            GOOD.replace("2026-01-31", "2026-02-30"),
            ("RG060", 4, 7, "'date': '2026-02-30' is no date"),
        ),
        (
            "yaml",
            GOOD.replace("title: Remote cache", "title: 1.20"),
            ("RG060", 2, 8, "'title' is '1.20' instead of a text"),
        ),
        (
            "yaml",
            GOOD + "labels: {a: 1}\n",
            ("RG060", 5, 13, "'labels.a' is '1' instead of a text"),
        ),
        (
            "yaml",
            GOOD.replace("number: 7\n", ""),
            ("RG059", 1, 1, "'number' is missing, which names each RFC"),
        ),
        (
            "yaml",
            GOOD.replace("number: 7", "number: [7]"),
            ("RG059", 1, 9, "'number' names each RFC, and is a list"),
        ),
        ("yaml", "- a\n- b\n", ("RG009", 1, 1, "the document has no fields")),
        ("yaml", "# nothing\n", ("RG059", 1, 1, "the file holds no RFC")),
        ("yaml", "", ("RG059", 1, 1, "the file holds no RFC")),
        ("yaml", GOOD + "title: again\n", ("RG004", 5, 1, "'title' is written twice")),
        (
            "json",
            JSON.replace('"draft"', '"drat"'),
            ("RG060", 4, 13, "'drat' is no value of 'status'"),
        ),
        (
            "json",
            JSON.replace('"draft"', '"draft", "onwer": {}'),
            ("RG060", 4, 22, "'onwer' is no field of RFC"),
        ),
        ("json", JSON.replace("7,", "7"), ("RG001", 3, 3, "',' is missing")),
        ("json", "[]", ("RG009", 1, 1, "the document has no fields")),
        (
            "markdown",
            FRONT.replace("draft", "drat"),
            ("RG060", 4, 9, "'drat' is no value of 'status'"),
        ),
        (
            "markdown",
            "\ufeff" + FRONT.replace("draft", "drat").replace("\n", "\r\n"),
            ("RG060", 4, 9, "'drat' is no value of 'status'"),
        ),
        (
            "markdown",
            "# A title\n",
            ("RG061", 1, 1, "the file does not begin with front matter"),
        ),
        ("markdown", f"---\n{GOOD}", ("RG061", 1, 1, "the front matter is not closed")),
        ("markdown", "---\n---\n# A title\n", ("RG059", 1, 1, "the file holds no RFC")),
        (
            "markdown",
            "---\na: [\n---\nx\n",
            ("RG001", 3, 1, "a value is missing after a bracket or comma"),
        ),
    ],
)
def test_what_is_wrong(
    form: str, text: str, expected: tuple[str, int, int, str], tmp_path: Path
) -> None:
    """Each mistake is told once, at its line and column of the file itself."""
    found = project(tmp_path, {"rfcs/7": text}, format=form)
    code, line, column, message = expected
    wrong = [each for each in told(found) if message in each[4]]
    assert [each[:4] for each in wrong] == [(code, "rfcs/7", line, column)]
    others = [each for each in told(found) if each not in wrong]
    assert all("is missing" in each[4] or "instead of" in each[4] for each in others)


def test_a_second_document_of_one_name(tmp_path: Path) -> None:
    """The second is told with the place of the first, also where one of them is broken."""
    second = GOOD.replace("number: 7", 'number: "7"').replace("draft", "drat")
    found = project(tmp_path, {"rfcs/a.yaml": GOOD, "rfcs/b.yaml": second})
    (twice,) = [each for each in found.findings if each.id == "RG011"]
    assert twice.message == "the RFC '7' is defined twice"
    assert twice.location is not None
    assert (twice.location.path, twice.location.line) == ("rfcs/b.yaml", 1)
    first = twice.related[0].location
    assert first is not None
    assert (first.path, first.line, first.column) == ("rfcs/a.yaml", 1, 9)


def test_several_documents_and_a_name_of_several_fields(tmp_path: Path) -> None:
    """Documents of one file are told apart by all fields of their identity."""
    text = "kind: API\nmeta: {name: pay}\n---\nkind: Component\nmeta: {name: pay}\n"
    found = project(
        tmp_path, {"rfcs/x.yaml": text}, identity="[kind, meta.name]", schema="{type: object}"
    )
    assert told(found) == []
    names = [each.name for each in found.resources if each.ref.kind == "RFC"]
    assert names == ["API:pay", "Component:pay"]


def test_safety_limits_hold(tmp_path: Path) -> None:
    """Links, pointers, sizes and nesting are findings, and no file is opened for nothing."""
    deep = "a: " + "[" * 70 + "]" * 70
    files: dict[str, str | bytes] = {
        "rfcs/big.yaml": "# " + "x" * (1 << 20),
        "rfcs/deep.yaml": deep,
        "rfcs/lfs.yaml": "version https://git-lfs.github.com/spec/v1\noid sha256:0\n",
        "rfcs/latin.yaml": b"title: caf\xe9\n",
        "elsewhere/x.yaml": GOOD,
    }
    write(tmp_path, {"rfcs/7.yaml": GOOD})
    (tmp_path / "rfcs/link.yaml").symlink_to("7.yaml")
    found = project(tmp_path, files)
    assert sorted((code, path) for code, path, *_ in told(found)) == [
        ("RG002", "rfcs/latin.yaml"),
        ("RG003", "rfcs/big.yaml"),
        ("RG003", "rfcs/deep.yaml"),
        ("RG015", "rfcs/lfs.yaml"),
        ("RG015", "rfcs/link.yaml"),
    ]


def test_what_declares_itself_a_resource_is_none_of_these(tmp_path: Path) -> None:
    """Nothing of roadgate's own hides among governed files."""
    hidden = document("Initiative", "hidden", "{problem: x, horizon: now}")
    found = project(tmp_path, {"rfcs/x.yaml": hidden}, schema="{type: object}")
    codes = [each[:3] for each in told(found)]
    assert ("RG014", "rfcs/x.yaml", 1) in codes
    (misplaced,) = [each for each in found.findings if each.id == "RG014"]
    assert "(Initiative)" in misplaced.message


ENVELOPED = """apiVersion: roadgate/v1
kind: RFC
metadata: {name: remote-cache, title: Remote cache, owner: platform}
spec: {status: draft}
"""
OPEN = "{properties: {spec: {properties: {status: {enum: [draft]}}}}}"


@pytest.mark.parametrize("path", ["rfcs/a.yaml", "roadmap/rfcs/a.yaml"])
def test_an_envelope_of_its_own(path: str, tmp_path: Path) -> None:
    """With an envelope a document lies anywhere, has metadata, and is named by them."""
    files = {path: ENVELOPED + "---\n" + ENVELOPED.replace("remote-cache", "b")}
    fields = {"envelope": "true", "identity": "", "schema": OPEN, "files": "['**/rfcs/*']"}
    found = project(tmp_path, files, **fields)
    assert told(found) == []
    names = [each.name for each in found.resources if each.ref.kind == "RFC"]
    assert names == ["b", "remote-cache"]
    owners = {each.body.metadata.owner for each in found.resources if each.ref.kind == "RFC"}
    assert owners == {"platform"}


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("kind: RFC", "kind: RCF", ("RG009", 2, "'RCF' is not 'RFC'")),
        ("kind: RFC\n", "", ("RG009", 1, "'kind' is missing")),
        ("roadgate/v1", "roadgate/v2", ("RG009", 1, "'roadgate/v2' is no value of 'apiVersion'")),
        ("owner:", "onwer:", ("RG007", 3, "'onwer' is no field of 'metadata' in RFC")),
        ("draft", "drat", ("RG060", 4, "'drat' is no value of 'spec.status'")),
    ],
)
def test_an_envelope_is_held_to_its_form(
    old: str, new: str, expected: tuple[str, int, str], tmp_path: Path
) -> None:
    """The envelope is roadgate's, what is in it is the schema's."""
    fields = {"envelope": "true", "identity": "metadata.name", "schema": OPEN}
    found = project(tmp_path, {"rfcs/a.yaml": ENVELOPED.replace(old, new)}, **fields)
    assert [(each[0], each[2], each[4]) for each in told(found)] == [expected]


def test_files_among_its_own_are_read_as_before(tmp_path: Path) -> None:
    """A kind with an envelope takes only its own documents out of a shared file."""
    other = document("Initiative", "faster-ci", "{problem: x, horizn: later}")
    fields = {"envelope": "true", "identity": "", "schema": OPEN, "files": "['roadmap/**']"}
    found = project(tmp_path, {"roadmap/a.yaml": f"{ENVELOPED}---\n{other}"}, **fields)
    assert sorted((each[0], each[2]) for each in told(found)) == [("RG007", 9)]
    assert [str(each.ref) for each in found.resources] == ["KindDefinition/rfc", "RFC/remote-cache"]


def about_definition(found: Project) -> list[tuple[str, Severity, str | None, str]]:
    """Findings about the KindDefinition itself."""
    return [
        (each.id, each.severity, each.field, each.message)
        for each in found.findings
        if each.resource is not None and each.resource.kind == "KindDefinition"
    ]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        (
            {"kind": "Initiative"},
            ("RG056", "spec.kind", "'Initiative' is called like the kind 'Initiative' of roadgate"),
        ),
        (
            {"kind": "METRIC"},
            ("RG056", "spec.kind", "'METRIC' is called like the kind 'Metric' of roadgate"),
        ),
        (
            {"files": "[/rfcs/*]"},
            ("RG057", "spec.files[0]", "'/rfcs/*' is no glob of files in this project"),
        ),
        ({"files": "['!rfcs']"}, ("RG057", "spec.files", "every glob only takes files away")),
        (
            {"identity": ""},
            (
                "RG055",
                "spec.identity",
                "'spec.identity' is missing: nothing tells the documents apart",
            ),
        ),
        (
            {"schema": "schemas/none.json"},
            ("RG055", "spec.schema", "there is no file 'schemas/none.json'"),
        ),
        (
            {"schema": "../rfc.yaml"},
            ("RG055", "spec.schema", "'../rfc.yaml' leaves the repository"),
        ),
        (
            {"schema": "{type: strng}"},
            (
                "RG055",
                "spec.schema.type",
                "this is no JSON Schema: 'strng' is no value of 'type'",
            ),
        ),
        (
            {"schema": "{$schema: 'https://example.com/s'}"},
            ("RG055", "spec.schema.$schema", "'$schema' names no draft known here"),
        ),
        (
            {"schema": "{properties: {a: {$ref: '#/$defs/x'}}}"},
            ("RG055", "spec.schema.properties.a.$ref", "'#/$defs/x' leads nowhere"),
        ),
    ],
)
def test_a_definition_that_cannot_be_used(
    fields: dict[str, str], expected: tuple[str, str, str], tmp_path: Path
) -> None:
    """A broken definition is an error at its field: its files never go ungoverned unseen."""
    found = project(tmp_path, {"rfcs/7.yaml": GOOD}, **fields)
    code, field, message = expected
    assert about_definition(found) == [(code, Severity.ERROR, field, message)]


def test_a_broken_schema_leaves_the_rest_governed(tmp_path: Path) -> None:
    """Without a usable schema documents are still read, named and told apart."""
    files = {"rfcs/a.yaml": GOOD, "rfcs/b.yaml": GOOD, "rfcs/c.yaml": "a: [\n"}
    found = project(tmp_path, files, schema="schemas/none.json")
    assert {each[0] for each in told(found)} == {"RG011", "RG001"}
    assert [each.name for each in found.resources if each.ref.kind == "RFC"] == ["7", "7"]


def test_a_glob_of_nothing_is_told(tmp_path: Path) -> None:
    """A glob that matches no file is a warning, with the one that was probably meant."""
    found = project(tmp_path, {"docs/rfc.md": GOOD}, files="[rfc.md, 'docs/*', 'none/*']")
    assert [each[:3] for each in about_definition(found)] == [
        ("RG057", Severity.WARNING, "spec.files[0]"),
        ("RG057", Severity.WARNING, "spec.files[2]"),
    ]
    (near, _) = [each for each in found.findings if each.id == "RG057"]
    assert near.fix == "did you mean '**/rfc.md'?"


def test_two_definitions_of_one_kind_or_file(tmp_path: Path) -> None:
    """A name or a file that two definitions want is an error at the second, naming the first."""
    twin = definition().replace("name: rfc", "name: same")
    other = definition(kind="Proposal").replace("name: rfc", "name: other")
    files = {"roadmap/twin.yaml": twin, "roadmap/other.yaml": other, "rfcs/7.yaml": GOOD}
    found = project(tmp_path, files)
    assert [(each[0], each[2], each[3]) for each in about_definition(found)] == [
        ("RG056", "spec.kind", "the kind 'RFC' is defined twice"),
        (
            "RG058",
            "spec.files",
            "files of RFC are files of Proposal already: 'rfcs/7.yaml'",
        ),
    ]


def test_files_under_the_roots_are_not_taken_away(tmp_path: Path) -> None:
    """A kind without envelope governs nothing that roadgate itself reads."""
    hidden = document("Initiative", "hidden", "{problem: x, horizon: later}")
    found = project(tmp_path, {"roadmap/x.yaml": hidden}, files="['roadmap/x.yaml']")
    assert ("RG058", Severity.ERROR) in [each[:2] for each in about_definition(found)]
    assert "Initiative/hidden" in [str(each.ref) for each in found.resources]


def test_ignored_files_and_other_projects_are_not_governed(tmp_path: Path) -> None:
    """What the configuration leaves out is left out of custom kinds too."""
    config = "apiVersion: roadgate/v1\nkind: Config\nspec: {ignore: [rfcs/old]}\n"
    files = {
        "roadgate.yaml": config,
        "rfcs/7.yaml": GOOD,
        "rfcs/old/8.yaml": "a: [",
        "rfcs/own/roadgate.yaml": "",
        "rfcs/own/9.yaml": "a: [",
    }
    assert told(project(tmp_path, files)) == []


def test_files_behind_links_are_told(tmp_path: Path) -> None:
    """A link in a folder that a glob names may hide files, and says so; others do not."""
    write(tmp_path, {"rfcs/7.yaml": GOOD, "elsewhere/8.yaml": "a: ["})
    for link in ("rfcs/more", "rfcs/template", "docs"):
        (tmp_path / link).symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    globs = "['rfcs/**/*.yaml', '**/rfc.yaml', '!rfcs/template', '!schemas']"
    found = project(tmp_path, {}, files=globs)
    links = [each[:2] for each in told(found) if each[0] == "RG015"]
    assert links == [("RG015", "rfcs/more")]


def test_behind_a_link_to_a_file_nothing_is_hidden(tmp_path: Path) -> None:
    """On disk and in git, a link to one of the project's files is no cause for a notice."""
    write(tmp_path, {"rfcs/7/rfc.yaml": GOOD, "rfcs/7/README.md": "# Seven", "other/x.md": "x"})
    (tmp_path / "rfcs/20190731-seven.md").symlink_to("7/README.md")
    (tmp_path / "rfcs/gone").symlink_to("nowhere")
    (tmp_path / "rfcs/folder").symlink_to("../other")
    loaded = project(tmp_path, {}, files="['rfcs/**/rfc.yaml']")
    links = {each[1] for each in told(loaded) if each[0] == "RG015"}
    assert links == {"rfcs/folder", "rfcs/gone"}

    git(tmp_path, "init", "-q")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-qm", "links")
    with GitTree(tmp_path, "HEAD") as tree:
        entries = {each.path: each.target for each in tree.entries([""]) if each.target}
    assert entries["rfcs/20190731-seven.md"] == "7/README.md"
    assert entries["rfcs/folder"] == "../other"


@pytest.mark.parametrize("schema", ["true", "{}", ""])
def test_a_schema_that_takes_everything(schema: str, tmp_path: Path) -> None:
    """Documents are read and told apart also where nothing is asked of them."""
    found = project(tmp_path, {"rfcs/7.yaml": "number: 7\nanything: [1]\n"}, schema=schema)
    assert told(found) == []
    assert [each.name for each in found.resources if each.ref.kind == "RFC"] == ["7"]


def test_the_limit_of_documents_counts_governed_ones(tmp_path: Path) -> None:
    """More documents than the limit are one finding, and no file is left out unseen."""
    config = "apiVersion: roadgate/v1\nkind: Config\nspec: {limits: {documents: 3}}\n"
    files = {f"rfcs/{n}.yaml": GOOD.replace("7", str(n)) for n in range(1, 6)}
    found = project(tmp_path, {"roadgate.yaml": config, **files})
    assert [each[:2] for each in told(found)] == [("RG003", "rfcs/3.yaml")]
    assert found.unreadable == {"rfcs/3.yaml", "rfcs/4.yaml", "rfcs/5.yaml"}


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("json", '{"number": 1, "labels": [' + "1," * 150_000 + "1]}"),
        ("json", '{"number": 1, "labels": [' + "1," * 150_000 + "]}"),
        ("json", '{"number": 1' + "".join(f', "k{n}": 1' for n in range(30_000)) + "}"),
        ("yaml", "number: 1\nlabels: [" + "1," * 150_000 + "1]\n"),
        ("yaml", "\n---\n".join(["m: 1"] * 40_000)),
    ],
)
def test_documents_without_end_cost_little(form: str, text: str, tmp_path: Path) -> None:
    """However much is wrong in a file, it is told in short."""
    files = {"rfcs/7": text, "rfcs/8": JSON.replace("7", "8") if form == "json" else "number: 8\n"}
    began = time.process_time()
    found = project(tmp_path, files, format=form, schema="{additionalProperties: {type: string}}")
    assert time.process_time() - began < 10
    assert 1 <= len([each for each in told(found) if each[1] == "rfcs/7"]) <= 201
