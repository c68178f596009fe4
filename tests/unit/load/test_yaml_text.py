"""YAML text to plain data, and every way in which it can be wrong."""

from __future__ import annotations

import json
import resource
import time
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from roadgate.load.limits import DEFAULT, Limits
from roadgate.load.yaml_text import parse
from roadgate.model.finding import Finding, Severity


def read(text: str | bytes, limits: Limits = DEFAULT) -> tuple[list[object], list[Finding]]:
    """The data of each document, and the findings."""
    content = text.encode() if isinstance(text, str) else text
    documents, findings = parse(content, "roadmap/a.yaml", limits)
    return [document.data for document in documents], findings


def only(findings: list[Finding]) -> Finding:
    """The one finding."""
    assert len(findings) == 1, findings
    return findings[0]


def at(finding: Finding) -> tuple[int, int]:
    """Where it stands."""
    assert finding.location is not None
    assert finding.location.path == "roadmap/a.yaml"
    return finding.location.line, finding.location.column


def test_reads_documents_as_they_were_written() -> None:
    """Values follow the core schema; quoted ones, keys and block texts stay text."""
    data, findings = read(
        "apiVersion: roadgate/v1\n"
        "no: yes\n"
        "2026-11-22: 2026-11-23\n"
        "1e3: 1e3\n"
        "~: ~\n"
        'quoted: "5"\n'
        "single: 'it''s'\n"
        "block: |\n  two\n  lines\n"
        "list: [1, 2.50, true, null, a b]\n"
        "<<: {merged: no}\n"
    )
    assert findings == []
    assert data == [
        {
            "apiVersion": "roadgate/v1",
            "no": "yes",
            "2026-11-22": "2026-11-23",
            "1e3": Decimal("1e3"),
            "~": None,
            "quoted": "5",
            "single": "it's",
            "block": "two\nlines\n",
            "list": [1, Decimal("2.50"), True, None, "a b"],
            "<<": {"merged": "no"},
        }
    ]


def test_counts_every_document_and_skips_empty_ones() -> None:
    """Indexes count empty documents; these are no documents of their own."""
    documents, findings = parse(b"---\n---\na: 1\n---\n# nothing\n---\nb: 2\n...\n", "x", DEFAULT)
    assert [(each.index, dict(each.data)) for each in documents] == [(1, {"a": 1}), (3, {"b": 2})]
    assert findings == []


def test_tolerates_a_byte_order_mark_and_windows_line_ends() -> None:
    """A BOM and CRLF change nothing, and columns do not count them."""
    data, findings = read(b"\xef\xbb\xbfa: 1\r\nb: [x\r\n  ]\r\na: 2\r\n")
    assert data == [{"a": 1, "b": ["x"]}]
    assert at(only(findings)) == (4, 1)


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("a:\n\t- b\n", (2, 1), "a tab indents the line"),
        ("a:\n  b: 1\n\tc: 2\n", (3, 1), "a tab indents the line"),
        ("a: @b\n", (1, 4), "a text that begins with '@' needs quotes"),
        ("a: `b`\n", (1, 4), "a text that begins with '`' needs quotes"),
        ("a: b: c\n", (1, 4), "a text with a colon in it needs quotes"),
        ("a: 1\n b: 2\n", (2, 2), "'b' is indented further than 'a' above it"),
        ("a: [1, 2\nb: 3\n", (1, 4), "the list '[…]' is not closed"),
        ("a: {b: 1\nc: 3\n", (1, 4), "the braces '{…}' are not closed"),
        ('a: "b\n', (1, 4), "a quote or bracket is not closed"),
        ('a: "b\n---\n', (1, 4), "a quote or bracket is not closed before the next '---'"),
        ('a: "\\q"\n', (1, 5), "a backslash in double quotes means something else"),
        ('a: "\\ud83d"\n', (1, 7), "the backslash stands for half of a character"),
        ("a: *b\n", (1, 4), "the alias '*b' has no anchor '&b' before it"),
        ("a: 1\n- b\n", (2, 1), "the line does not line up"),
        ("a: |x\n  b\n", (1, 4), "a text that begins with '|' needs quotes"),
        ("a: [,]\n", (1, 5), "a value is missing"),
        ("%YAML 3.0\n---\na: 1\n", (1, 1), "the YAML version is not 1.2"),
    ],
)
def test_says_what_is_wrong_and_where(text: str, place: tuple[int, int], message: str) -> None:
    """Each mistake is one finding at its line and column, with a way out."""
    _, findings = read(text)
    finding = only(findings)
    assert (finding.id, finding.severity, at(finding)) == ("RG001", Severity.ERROR, place)
    assert finding.message.startswith(message)
    assert finding.fix


def test_a_broken_document_does_not_take_the_others_with_it() -> None:
    """What stands before and after a broken document is still read, under its own index."""
    documents, findings = parse(b"a: 1\n---\nb: [\n---\nc: 3\n---\nd: 4\n", "x", DEFAULT)
    assert [(each.index, dict(each.data)) for each in documents] == [
        (0, {"a": 1}),
        (2, {"c": 3}),
        (3, {"d": 4}),
    ]
    assert [finding.id for finding in findings] == ["RG001"]


def test_a_file_of_nothing_but_mistakes_is_given_up() -> None:
    """A thousand broken documents are not a thousand findings."""
    _, findings = read("---\n[\n" * 1000)
    assert 10 <= len(findings) <= 50


def test_a_key_that_stands_twice_is_shown_with_the_first() -> None:
    """The second key is the finding, the first is related to it and counts."""
    data, findings = read("spec:\n  a: 1\n  b: 2\n  a: 3\n")
    finding = only(findings)
    assert (finding.id, at(finding)) == ("RG004", (4, 3))
    assert finding.related[0].location is not None
    assert finding.related[0].location.line == 2
    assert data == [{"spec": {"a": 1, "b": 2}}]


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("a: !foo b\n", (1, 4), "the tag '!foo' is not taken"),
        ("a: !!python/object:os.system [b]\n", (1, 4), "the tag 'tag:yaml.org,2002:python"),
        ("a: !!set {b: null}\n", (1, 4), "the tag 'tag:yaml.org,2002:set' is not taken"),
        ("a: !!int five\n", (1, 4), "'five' is not of the tag '!!int'"),
        ("a: .inf\n", (1, 4), "'.inf' is not a finite number"),
        ("a: &x [b, *x]\n", (1, 11), "the alias '*x' stands inside itself"),
        ("[a]: b\n", (1, 1), "a name before a colon is no text"),
        ("a: !e!b c\n", (1, 4), "the tag is not taken"),
    ],
)
def test_takes_only_what_the_core_schema_has(
    text: str, place: tuple[int, int], message: str
) -> None:
    """Foreign tags, cyclic aliases, keys that are no text and endless numbers are findings."""
    _, findings = read(text)
    finding = only(findings)
    assert (finding.id, at(finding)) == ("RG005", place)
    assert finding.message.startswith(message)


def test_resolves_anchors_and_core_tags() -> None:
    """An alias is the value of its anchor, also as a key."""
    data, findings = read("a: &x {b: 1}\nc: *x\n&k key: 1\nd: {*k : 2}\ne: !!str 5\nf: ! 5\n")
    assert findings == []
    assert data == [{"a": {"b": 1}, "c": {"b": 1}, "key": 1, "d": {"key": 2}, "e": "5", "f": "5"}]


def test_an_anchor_that_is_set_again_counts_from_there() -> None:
    """Also where it is set again within what it stood for."""
    data, findings = read("a: &x [b, &x c]\nd: *x\ne: &y {f: &y {g: 1}, h: *y}\ni: *y\n")
    assert findings == []
    assert data == [{"a": ["b", "c"], "d": "c", "e": {"f": {"g": 1}, "h": {"g": 1}}, "i": {"g": 1}}]


@pytest.mark.parametrize("text", ["- a\n", "text\n", "5\n", "[a]\n"])
def test_a_document_that_is_no_mapping_is_no_resource(text: str) -> None:
    """A list or a text has no envelope."""
    data, findings = read(text)
    assert (data, only(findings).id, at(findings[0])) == ([], "RG006", (1, 1))


@pytest.mark.parametrize(
    ("content", "place", "message"),
    [
        (b"a: \xff\n", (1, 4), "the file is not UTF-8"),
        ("a: ü\nb: ".encode() + b"\xc3", (2, 4), "the file is not UTF-8"),
        (b"\xff\xfea\x00", (1, 1), "the file is not UTF-8 but UTF-16"),
        (b"a: b\x00c\n", (1, 5), "the file has a NUL control character"),
        (b"a: \x1b[31m\n", (1, 4), "the file has a U+001B control character"),
        (b'a: "\\0"\n', (1, 4), "a text has a NUL character"),
        (b'a: "\\e[31m"\n', (1, 4), "a text has a U+001B character"),
        (b'"a\\0": 1\n', (1, 1), "a text has a NUL character"),
        ("a: b\u2028c: d\n".encode(), (1, 5), "the file has a U+2028 control character"),
        ("a: b\x85c: d\n".encode(), (1, 5), "the file has a U+0085 control character"),
        (b"a: \xed\xa0\x80\n", (1, 4), "the file is not UTF-8"),
    ],
)
def test_refuses_bytes_that_are_no_text(
    content: bytes, place: tuple[int, int], message: str
) -> None:
    """Other encodings, NUL and control characters are findings, through escapes too."""
    data, findings = read(content)
    finding = only(findings)
    assert (data, finding.id, at(finding)) == ([], "RG002", place)
    assert finding.message == message


@pytest.mark.parametrize(
    ("text", "place"), [("a: x\u202ey\n", (1, 5)), ('a: "x\\u202Ey"\n', (1, 4))]
)
def test_warns_of_characters_that_turn_text_around(text: str, place: tuple[int, int]) -> None:
    """A bidirectional override is a warning, escaped or not; the document is read all the same."""
    data, findings = read(text)
    finding = only(findings)
    assert (finding.id, finding.severity, at(finding)) == ("RG002", Severity.WARNING, place)
    assert finding.message.startswith("an invisible character (U+202E)")
    assert data == [{"a": "x\u202ey"}]


BOMB = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 9)
)
HOSTILE = {
    "brackets": "[" * 1_000_000,
    "braces": "{a: " * 250_000,
    "dashes": "- " * 500_000,
    "indentation": "".join(" " * n + "a:\n" for n in range(1000)),
    "alias bomb": BOMB,
    "deep through aliases": "a0: &a0 [x]\n"
    + "".join(f"a{n}: &a{n} [[[[[[[[[*a{n - 1}]]]]]]]]]\n" for n in range(1, 9)),
    "documents": "---\na: 1\n" * 100_001,
}


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_stops_at_each_limit_and_names_it(name: str) -> None:
    """What asks for too much is a finding that names the limit, and costs little."""
    start = time.process_time()
    _, findings = read(HOSTILE[name])
    finding = only(findings)
    assert (finding.id, finding.severity) == ("RG003", Severity.ERROR)
    assert "the limit of" in finding.message
    assert time.process_time() - start < 10


@pytest.mark.parametrize(
    "text",
    [
        "a: " + "x" * (1 << 20),
        "a: [" + "b," * 500_000 + "]",
        "a: '" + "x\n\n" * 300_000 + "'",
        "#" * (1 << 20),
        "a:\n" * 300_000,
        "? a\n" * 250_000,
        "a: {" + ",".join(f"k{n}: 1" for n in range(80_000)) + "}",
        "a: &b c\n" + "d: *b\n" * 100_000,
        "!!str " * 100_000,
        "%" * 500_000,
        "? " * 500_000,
        '"' * 500_000,
        "a: |\n" + " x\n" * 300_000,
    ],
    ids=range(13),
)
def test_a_mebibyte_of_anything_is_read_in_time_and_space(text: str) -> None:
    """No text within the size limit takes long or fills the memory."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.process_time()
    read(text)
    assert time.process_time() - start < 10
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 400_000


def test_lower_limits_hold() -> None:
    """A configuration can lower each limit."""
    limits = Limits(nesting=2, alias_nodes=3, documents=1)
    assert only(read("a: {b: {c: 1}}\n", limits)[1]).id == "RG003"
    assert only(read("a: &x [1, 2]\nb: *x\nc: *x\n", limits)[1]).id == "RG003"
    data, findings = read("a: 1\n---\nb: 2\n", limits)
    assert (data, only(findings).id) == ([], "RG003")


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(
    st.binary(max_size=200) | st.text("ab:-[]{}&*!|>'\"%#? \t\n,\\0x", max_size=80).map(str.encode)
)
def test_any_bytes_are_data_or_findings(content: bytes) -> None:
    """No bytes make the reader fail, and every finding has a place inside the file."""
    documents, findings = parse(content, "x", DEFAULT)
    lines = content.count(b"\n") + content.count(b"\r") + 1
    for finding in findings:
        assert finding.location is not None
        assert 1 <= finding.location.line <= lines
        assert finding.message
        assert finding.fix
    assert len({document.index for document in documents}) == len(documents)


json_data = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**30), 10**30)
    | st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]), max_size=20),
    lambda children: (
        st.lists(children, max_size=4)
        | st.dictionaries(
            st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]), max_size=8),
            children,
            max_size=4,
        )
    ),
    max_leaves=20,
)


@given(json_data)
def test_json_is_yaml(value: object) -> None:
    """Any JSON of ours is read back as it was."""
    data, findings = read("value: " + json.dumps(value, ensure_ascii=False) + "\n")
    assert (data, findings) == ([{"value": value}], [])
