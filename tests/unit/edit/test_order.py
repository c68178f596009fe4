"""The canonical order of fields."""

from __future__ import annotations

from pathlib import Path

import pytest

from roadgate.edit.layout import canonical
from roadgate.edit.order import order_of_kind
from roadgate.load.outline import outline
from roadgate.model.kinds import KINDS

ROOT = Path(__file__).parents[3]


def formatted(text: str) -> str:
    """The canonical form of a text that can be read."""
    found = outline(text)
    assert found is not None
    return canonical(found, outline).text


@pytest.mark.parametrize("kind", [*KINDS, "Config"])
def test_every_kind_has_an_order(kind: str) -> None:
    """The envelope first, then what the models declare."""
    order = order_of_kind(kind)

    assert order is not None
    assert [each for each in order.names if each != "metadata"] == ["apiVersion", "kind", "spec"]
    spec = order.within("spec")
    assert spec is not None
    assert spec.names


def test_a_promise_reads_as_it_is_spoken() -> None:
    """What, how much, from where, by when; how it is read comes last."""
    order = order_of_kind("Initiative")
    assert order is not None
    spec = order.within("spec")
    assert spec is not None

    criteria, thresholds = spec.within("successCriteria"), spec.within("killThresholds")

    assert criteria is not None
    assert criteria.names[:4] == ("id", "metric", "target", "baseline")
    assert thresholds is not None
    assert thresholds.names[:5] == ("id", "metric", "when", "baseline", "checkOn")
    assert order_of_kind("Deployment") is None


def test_the_canonical_form() -> None:
    """Order, indentation and spacing at once, in a file with something of everything."""
    before = """\
# yaml-language-server: $schema=x

# about the kind
kind:   Initiative
apiVersion: roadgate/v1   # v1
metadata:  { title: Faster CI,name: faster-ci }
spec:

   # why
   horizon : later

   # what hurts
   # in their words
   problem: |
       Developers
         # this is text
       wait.


   x-ours: {b: 1, a: 2}
   successCriteria:
   -   target: "<= 5"
       # the id
       id: ci-duration
       by: 2026-07-31
       # the last word
# the end
"""

    assert formatted(before) == """\
# yaml-language-server: $schema=x

apiVersion: roadgate/v1   # v1
# about the kind
kind: Initiative
metadata: {name: faster-ci, title: Faster CI}
spec:
  # what hurts
  # in their words
  problem: |
      Developers
        # this is text
      wait.
  # why
  horizon: later
  successCriteria:
    # the id
    - id: ci-duration
      target: "<= 5"
      by: 2026-07-31
      # the last word

  x-ours: {b: 1, a: 2}
# the end
"""  # fmt: skip


@pytest.mark.parametrize("folder", ["examples", "engine/roadgate/cli/templates/project"])
def test_what_we_publish_is_in_canonical_form(folder: str) -> None:
    """Examples and templates are copied: they look as fmt leaves files."""
    files = sorted((ROOT / folder).rglob("*.yaml"))

    assert files
    for path in files:
        text = path.read_text(encoding="utf-8")
        assert formatted(text) == text, path


def test_a_line_for_editors_stays_on_top_and_other_words_do_not() -> None:
    """What an editor reads belongs to the file; a comment that begins alike to its entry."""
    text = "kind: Goal\nspec:\n  # vi: et\n  # via friends\n  parent: a\n  outcome: x\n"

    assert formatted(text) == (
        "kind: Goal\nspec:\n  # vi: et\n  outcome: x\n  # via friends\n  parent: a\n"
    )


def test_no_alias_is_moved_before_its_anchor() -> None:
    """The order gives way to what the aliases need."""
    text = "kind: Initiative\nspec:\n  summary: &s why\n  problem: *s\n  horizon: later\n"

    assert formatted(text) == (
        "kind: Initiative\nspec:\n  horizon: later\n  summary: &s why\n  problem: *s\n"
    )


@pytest.mark.parametrize(
    "text",
    [
        "kind: Deployment\nspec: {z: 1, a: 2}\n",  # nobody's order
        "kind: Initiative\nspec:\n  ? horizon\n  : now\n  ? problem\n  : x\n",  # explicit keys
        "kind: Initiative\nspec: {\n  horizon: now, # why\n  problem: x}\n",  # comments in brackets
        "kind: Initiative\rspec: {horizon: now}\r",  # line ends of old
        "",
        "# nothing\n",
    ],
)
def test_what_has_no_canonical_form_stays(text: str) -> None:
    """What cannot be taken apart with certainty is left as it is."""
    assert formatted(text) == text
