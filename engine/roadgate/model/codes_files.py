"""Finding codes about files: whether they can be read, and as what."""

from __future__ import annotations

from roadgate.model.codes_types import Code

FILE_CODES = (
    Code(
        "RG001",
        "not YAML",
        "The text is not YAML. Nothing of this document is used; the file's other documents are, "
        "from the next line that begins with '---'.",
        "Mend the text at the place shown: most often a tab, an unquoted ': ', a quote or bracket "
        "that is not closed, or an indentation that does not line up.",
        "spec:\n  problem: Waiting: 18 minutes a build\n",
    ),
    Code(
        "RG002",
        "not readable",
        "The file is not UTF-8 text, holds a NUL or another control character, is empty, may not "
        "be opened, or is no regular file. As a warning: the text holds an invisible character "
        "that changes its direction, so that readers see something else than what is judged.",
        "Save the file as UTF-8 text, without control characters, and allow reading it.",
        'spec:\n  horizon: later\n  problem: "a NUL \\0 hides what follows"\n',
    ),
    Code(
        "RG003",
        "over a safety limit",
        "A file is larger than 1 MiB, nests deeper than 64 levels, expands its aliases to more "
        "than 10,000 values, or the project has more than 100,000 documents. Limits can be lowered "
        "in roadgate.yaml (spec.limits).",
        "Split the file or flatten it; write values out instead of using aliases.",
        "a: &a [x, x, x, x, x, x, x, x, x, x]\nb: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a]\n"
        "c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b, *b]\n"
        "d: &d [*c, *c, *c, *c, *c, *c, *c, *c, *c, *c]\n",
    ),
    Code(
        "RG004",
        "duplicate key",
        "One group of fields has the same field twice. The first counts until one of them is "
        "deleted.",
        "Delete one of the two, or merge them.",
        "spec:\n  horizon: later\n  problem: Developers wait.\n  horizon: next\n",
    ),
    Code(
        "RG005",
        "YAML feature that is not taken",
        "Tags other than those of the core schema, an alias inside its own anchor, lists or "
        "groups of fields as the name of a field, and numbers that are not finite are not read.",
        "Delete the tag, write the value out, or put it in quotes.",
        "spec:\n  horizon: later\n  problem: !draft Developers wait.\n",
    ),
    Code(
        "RG006",
        "no resource",
        "A document under the roots lacks 'apiVersion' or 'kind', has one that this version does "
        "not know, has no fields, or lies where its kind has no effect (a Policy outside the "
        "policies folder). A file with comments only is a warning.",
        "Begin it with 'apiVersion: roadgate/v1' and a known 'kind', in the right folder.",
        "apiVersion: roadgate/v1\nkind: Iniative\nmetadata: {name: faster-ci, title: Faster CI}\n",
    ),
    Code(
        "RG007",
        "unknown field",
        "The kind has no field of this name. Fields that begin with 'x-' and everything below "
        "'annotations' are free.",
        "Correct the spelling, or begin a field of your own with 'x-'.",
        "spec:\n  problem: Developers wait.\n  horizon: later\n"
        "  scop: {includes: [remote cache]}\n",
    ),
    Code(
        "RG008",
        "missing field",
        "A field that the kind always needs is absent; null counts as absent. What a horizon asks "
        "for in addition is the business of policies.",
        "Add the field.",
        "apiVersion: roadgate/v1\nkind: Initiative\nmetadata: {name: faster-ci, title: Faster CI}\n"
        "spec: {problem: Developers wait.}\n",
    ),
    Code(
        "RG009",
        "wrong value",
        "The value is of another type than the field takes, or none of the values that it takes.",
        "Write a value of the form that the finding names.",
        "spec:\n  problem: Developers wait.\n  horizon: soon\n",
    ),
    Code(
        "RG014",
        "outside the roots",
        "A file outside the folders that roadgate reads declares a roadgate resource. Nothing "
        "reads it, so it would promise something unseen.",
        "Move it under 'roadmap/' or 'policies/', or name its folder in roadgate.yaml: in 'paths' "
        "to read it, in 'ignore' to leave it out.",
        "# drafts/faster-ci.yaml\napiVersion: roadgate/v1\nkind: Initiative\n"
        "metadata: {name: faster-ci, title: Faster CI}\n",
    ),
    Code(
        "RG015",
        "link, submodule or pointer",
        "A symbolic link, a submodule or a Git LFS pointer stands where a file should. None is "
        "followed: what is judged is in the tree itself.",
        "Put the file itself in its place.",
        "# measurements/adoption.csv\nversion https://git-lfs.github.com/spec/v1\n"
        "oid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393\nsize 12345\n",
    ),
    Code(
        "RG016",
        "paths that differ by case only",
        "Two paths are the same to systems that do not tell upper and lower case apart; only one "
        "of the files would be there.",
        "Rename one of the two.",
        "# roadmap/faster-ci.yaml and roadmap/Faster-CI.yaml\n",
    ),
    Code(
        "RG020",
        "measurement file broken",
        "The header, the encoding, a column, a date or a quote of a measurement file cannot be "
        "read. Unless it is only an unknown column, the metric's verdicts are errors until it is "
        "mended.",
        "Begin the file with 'date,value' (and 'segment', 'note', 'source' if needed), write dates "
        "as YYYY-MM-DD, and save it as UTF-8.",
        "# measurements/adoption.csv\nday,value\n2026-01-15,50\n",
    ),
    Code(
        "RG021",
        "measurement row broken",
        "A row has no finite number, more cells than the header, or the date and segment of an "
        "earlier row. Its segment's verdicts are errors from that date on.",
        "Correct the row, or delete it.",
        "# measurements/adoption.csv\ndate,value\n2026-01-15,50 %\n",
    ),
    Code(
        "RG022",
        "rows after the day judged",
        "A row is dated after the day that is judged, and plays no part yet.",
        "Correct the date, or wait.",
        "# measurements/adoption.csv\ndate,value\n2126-01-15,50\n",
    ),
    Code(
        "RG023",
        "rows out of order",
        "The rows of a measurement file are not sorted by date. They are read as if they were.",
        "Sort them: appended rows make small, readable changes.",
        "# measurements/adoption.csv\ndate,value\n2026-02-15,52\n2026-01-15,50\n",
    ),
    Code(
        "RG024",
        "measurements of no metric",
        "A measurement file is named after no Metric, lies in a sub-folder, or holds rows of a "
        "metric that is read from another file.",
        "Name it measurements/<metric>.csv after a Metric that exists.",
        "# measurements/adoptoin.csv\ndate,value\n2026-01-15,50\n",
    ),
    Code(
        "RG090",
        "file that nothing reads",
        "A file in one of the folders ends nearly as files do that are read from there, so that "
        "what it holds would count for nothing.",
        "Rename it: .yaml for resources and policies, .csv for measurements.",
        "# measurements/adoption.cvs\ndate,value\n2026-01-15,50\n",
    ),
)
