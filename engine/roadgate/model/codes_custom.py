"""Finding codes about kinds of the organisation's own: their definitions and their files."""

from __future__ import annotations

from roadgate.model.codes_types import Code

_KEP = (
    "# roadmap/kep.yaml\napiVersion: roadgate/v1\nkind: KindDefinition\nmetadata: {name: kep}\n"
    "spec:\n  kind: KEP\n  files: [keps/*.yaml]\n  identity: number\n"
)
_SCHEMA = (
    "  schema:\n    type: object\n    additionalProperties: false\n"
    "    properties: {number: {type: integer}, status: {enum: [draft, accepted]}}\n"
)

CUSTOM_CODES = (
    Code(
        "RG055",
        "kind whose schema cannot be used",
        "The schema of a KindDefinition is not there, is no JSON Schema of a known draft, or "
        "refers to what leads nowhere or out of the repository: nothing is ever fetched. Its "
        "files are still read and told apart, but held against nothing, and policies about the "
        "kind do not load. A definition without an identity governs nothing. As a warning: a "
        "word of the schema is no keyword or format, and one slip away from one.",
        "Mend the schema at the place shown, or correct spec.schema or spec.identity.",
        f"{_KEP}  schema:\n    properties: {{number: {{$ref: '#/$defs/number'}}}}\n"
        "# keps/1.yaml\nnumber: 1\n",
    ),
    Code(
        "RG056",
        "name of a kind is taken",
        "A KindDefinition calls its kind like one of roadgate's own, or like that of another "
        "definition. It governs nothing until that is mended.",
        "Choose another name in spec.kind.",
        _KEP.replace("kind: KEP", "kind: Metric"),
    ),
    Code(
        "RG057",
        "glob of no file",
        "A glob of a KindDefinition matches no file, so that nothing is checked by it. As an "
        "error: it is no glob of files in the project.",
        "Correct the glob; it counts from the project's root, and '**/' stands for any folders.",
        f"{_KEP}{_SCHEMA}",
    ),
    Code(
        "RG058",
        "file of two kinds",
        "Two KindDefinitions govern one file, or one without envelope governs files under the "
        "roots, which roadgate reads itself. The first by name counts.",
        "Take the files out of one of the two with a glob that begins with '!'.",
        f"{_KEP}{_SCHEMA}---\n"
        + _KEP.partition("\n")[2].replace("name: kep", "name: pep").replace("KEP", "PEP")
        + "# keps/1.yaml\nnumber: 1\n",
    ),
    Code(
        "RG059",
        "document without a name",
        "A document of a custom kind lacks the field that its KindDefinition names as identity, "
        "the field is no number or text, or a governed file holds no document at all.",
        "Add the field with a value of its own, or take the file out of the globs.",
        f"{_KEP}  schema: {{type: object}}\n# keps/1.yaml\nstatus: draft\n",
    ),
    Code(
        "RG060",
        "not as its schema says",
        "A document of a custom kind breaks the JSON Schema of its KindDefinition: a field is "
        "unknown, missing, or has a wrong value. Of alternatives the one that was meant is told.",
        "Correct the field as the finding says.",
        f"{_KEP}{_SCHEMA}# keps/1.yaml\nnumber: 1\nstauts: draft\n",
    ),
    Code(
        "RG061",
        "no front matter",
        "A Markdown file that a KindDefinition governs does not begin with front matter, or its "
        "front matter has no end.",
        "Begin the file with a line '---', the fields as YAML, and another line '---'.",
        f"{_KEP.replace('*.yaml', '*.md')}  format: markdown\n{_SCHEMA}"
        "# keps/1.md\n# A proposal without front matter\n",
    ),
)
