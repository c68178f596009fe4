"""Every slip in ``roadgate.yaml`` and in where metrics come from is told, where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cases.typos import HEAD, config, findings, is_told, marked

if TYPE_CHECKING:
    from pathlib import Path

BY_NAME = "secrets by environment-variable name only"
PROD = "prod: {prometheus: {url: 'https://prometheus.example.com', tokenEnv: PROM_TOKEN}}"


def connection(text: str) -> dict[str, str]:
    """A configuration with this connection."""
    return config(f"  connections:\n    {text}\n")


def source(text: str) -> dict[str, str]:
    """A metric with this source, and a connection for it."""
    head = f"{HEAD}Metric\nmetadata: {{name: lead, title: Lead time}}\nspec:\n"
    spec = f"  direction: lower\n  cadence: weekly\n  source: {text}\n"
    return {"roadmap/metric.yaml": f"{head}{spec}", **connection(PROD)}


SLIPS: dict[str, tuple[dict[str, str], str, str]] = {
    "a type of connection": (
        connection("prod: {«promethues»: {url: 'https://example.com'}}"),
        "RG007",
        "did you mean 'prometheus'?",
    ),
    "a field of a connection": (
        connection("lake: {sql: {«urlEnvv»: LAKE_URL}}"),
        "RG007",
        "did you mean 'urlEnv'?",
    ),
    "a connection to nothing": (
        connection("prod: «{}»"),
        "RG009",
        "'spec.connections.prod' connects to nothing",
    ),
    "a connection without its server": (
        connection("prod: {prometheus: «{tokenEnv: PROM_TOKEN}»}"),
        "RG008",
        "'spec.connections.prod.prometheus.url' is missing",
    ),
    "a token": (
        connection("prod: {prometheus: {url: 'https://example.com', «token»: abc}}"),
        "RG007",
        f"{BY_NAME}: write 'tokenEnv'",
    ),
    "a password": (
        connection("lake:\n      sql:\n        urlEnv: LAKE_URL\n        «password»: abc"),
        "RG007",
        BY_NAME,
    ),
    "a token for the name of a variable": (
        connection("prod: {prometheus: {url: 'https://example.com', tokenEnv: «ghp_0a1b2c»}}"),
        "RG009",
        f"tokenEnv' is no name of an environment variable; {BY_NAME}",
    ),
    "a password in an address": (
        connection("prod: {prometheus: {url: «'https://bob:hunter2@example.com'»}}"),
        "RG009",
        f"url' holds a secret; {BY_NAME}",
    ),
    "a token in an address": (
        connection("prod: {prometheus: {url: «'https://example.com/?access_token=hunter2'»}}"),
        "RG009",
        f"url' holds a secret; {BY_NAME}",
    ),
    "no address": (
        connection("prod: {prometheus: {url: «htp://example.com»}}"),
        "RG009",
        "url' is no address; write one that begins with https:// or http://",
    ),
    "a time zone": (
        config("  calendar: {timezone: «Europe/Berln»}\n"),
        "RG030",
        "there is no time zone 'Europe/Berln'; did you mean 'Europe/Berlin'?",
    ),
    "a type of source": (
        source("{«promethus»: {query: up, connection: prod}}"),
        "RG007",
        "did you mean 'prometheus'?",
    ),
    "a field that the source needs": (
        source("{prometheus: {«qery»: up, connection: prod}}"),
        "RG007",
        "did you mean 'query'?",
    ),
    "a connection that is nowhere": (
        source("{prometheus: {query: up, connection: «prd»}}"),
        "RG012",
        "did you mean 'prod'?",
    ),
    "a connection to something else": (
        source("{sql: {query: select 1, connection: «prod»}}"),
        "RG012",
        "roadgate.yaml has no sql connection 'prod'",
    ),
    "a field of a GitHub source": (
        source("{github: {«workflw»: ci.yml, measure: duration-p50}}"),
        "RG007",
        "did you mean 'workflow'?",
    ),
    "a token of a source": (
        source("{http: {url: 'https://example.com', query: data, «token»: hunter2}}"),
        "RG007",
        BY_NAME,
    ),
    "a password in the address of a source": (
        source("{http: {url: «'https://bob:hunter2@example.com'», query: data}}"),
        "RG009",
        BY_NAME,
    ),
}


@pytest.mark.parametrize(("files", "code", "says"), SLIPS.values(), ids=SLIPS)
def test_a_slip_in_the_settings(
    files: dict[str, str],
    code: str,
    says: str,
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """It is an error at its line and column, once, and no secret is repeated."""
    told = findings(tmp_path, files)

    path = marked(files)[0]
    here = [each for each in told if each["severity"] == "error" and each["location"]]
    here = [each for each in here if each["location"]["path"] == path]
    here = [each for each in here if "defaults stand in for it" not in each["message"]]
    assert len(here) == 1, told
    assert is_told(here[0], code, marked(files), says), here[0]
    assert not any(each in f"{told} {capfd.readouterr().out}" for each in ("hunter2", "ghp_0a1b"))


def test_what_is_right_is_told_nothing(tmp_path: Path) -> None:
    """Connections and sources of every type are taken, with fields of one's own."""
    text = (
        f"{PROD}\n    lake: {{sql: {{urlEnv: LAKE_URL}}, x-owner: data}}\n    local: {{sql: {{}}}}"
    )
    files = {**source("{sql: {query: select 1, connection: lake}}"), **connection(text)}

    told = findings(tmp_path, files)

    assert [each for each in told if each["severity"] == "error"] == []


BINDINGS = """  ignore: ['darfts/**']
  limits: {fileBytes: 99999999}
  policies:
    presets: [none, strict]
    bindings:
      - {policy: RG101, from: 1926-06-01}
      - {policy: RG201, from: 2226-06-01}
      - {policy: rg301, severity: error}
      - {policy: RG012, enforcement: disabled, because: no time}
      - {policy: interviews-before-commitment}
      - {policy: RG411, params: {stages: [use, discver]}}
      - {policy: RG102, match: {owners: [core, other]}}
      - {policy: RG102, match: {owners: [other, core]}, severity: notice}
"""


def test_settings_that_do_nothing_or_something_else(tmp_path: Path) -> None:
    """Each is told at its line; what may be meant so is a warning or a notice."""
    told = findings(tmp_path, config(BINDINGS))

    placed = [each for each in told if each["location"] is not None]
    here = [each for each in placed if each["location"]["path"] == "roadgate.yaml"]
    here = sorted(here, key=lambda each: each["location"]["line"])
    assert [
        (each["location"]["line"], each["id"], each["severity"], each["message"].split(";")[0])
        for each in here
        if "no Team" not in each["message"] and each["id"] != "RG074"
    ] == [
        (4, "RG091", "notice", "'darfts/**' is about no file here"),
        (5, "RG091", "warning", "'fileBytes' stays 1048576: limits can only be lowered"),
        (7, "RG091", "warning", "'none' beside other presets takes nothing away"),
        (9, "RG091", "warning", "'from' spares nothing: no commitment is older than 1926-06-01"),
        (10, "RG091", "warning", "'RG201' spares every commitment until 2226-06-01"),
        (11, "RG031", "error", "no policy 'rg301'"),
        (12, "RG031", "error", "'RG012' is a finding of roadgate itself, which no binding changes"),
        (13, "RG031", "error", "no policy has the id 'interviews-before-commitment'"),
        (
            *(14, "RG031", "error"),
            "policy 'RG411': 'stages' is compared with what is never 'discver'",
        ),
        (16, "RG031", "error", "policy 'RG102' is bound twice for 'owner other or core'"),
    ]


def test_files_with_a_slip_in_their_ending(tmp_path: Path) -> None:
    """What lies where files are read from and nearly ends like them is told; the rest is not."""
    wrong = ("measurements/ci.cvs", "policies/a.yam", "roadmap/b.yaml.txt", "roadmap/c.ymal")
    others = ("docs/d.yam", "roadmap/README.md", "roadmap/e.xml", "measurements/f.yam")

    told = findings(tmp_path, dict.fromkeys([*wrong, *others], "x\n"))

    found = [each for each in told if each["id"] == "RG090"]
    assert tuple(each["location"]["path"] for each in found) == wrong
    assert found[2]["fix"] == "rename it to 'roadmap/b.yaml', or move it elsewhere"
