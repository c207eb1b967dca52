"""What a chat keeps of its preset, out of a database that anything may have written."""

import json
import time
from typing import Any

import pytest

from chatdesk.kernel.chat.applied_presets import AppliedPreset, from_json, to_json
from chatdesk.kernel.presets.preset import MAX_VARIABLES, Preset, PresetOrigin
from chatdesk.kernel.presets.variable import Variable, VariableKind

WHOLE = AppliedPreset.of(
    Preset(
        "p",
        PresetOrigin.OWN,
        "Name",
        "Prompt {{v}}",
        declared=(Variable("v", VariableKind.NUMBER, minimum=1, maximum=3, default="2"),),
    )
)


def read(**changes: Any) -> AppliedPreset | None:
    return from_json(json.dumps(json.loads(to_json(WHOLE)) | changes))


def test_what_is_written_is_read_again() -> None:
    assert from_json(to_json(WHOLE)) == WHOLE


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "null",
        "[]",
        "7",
        '"x"',
        "{}",
        '{"key": 1}',
        "[" * 100_000,
        '{"key": "own:x", "seed": ' + "9" * 5_000 + "}",
    ],
)
def test_what_is_no_record_is_none(text: str) -> None:
    assert from_json(text) is None


@pytest.mark.parametrize("odd", [None, 1, 1e999, True, "x", [], {}, [1, None, "x"], {"a": []}, "\ud800"])
@pytest.mark.parametrize(
    "key", ["name", "prompt", "parameters", "thinking", "send_as", "variables", "values", "opened"]
)
def test_a_value_of_another_kind_leaves_the_rest(key: str, odd: Any) -> None:
    found = read(**{key: odd})
    assert found is not None
    assert found.key == "own:p"
    found.system_text({})
    assert isinstance(found.missing, tuple)


def variables(*records: dict[str, Any]) -> tuple[Variable, ...]:
    found = read(variables=list(records))
    assert found is not None
    return found.variables


def test_variables_are_bounded_as_in_a_file() -> None:
    began = time.thread_time()
    assert len(variables(*({"name": f"v{number}"} for number in range(10_000)))) == MAX_VARIABLES
    (one,) = variables({"name": "v", "kind": "choice", "choices": ["c" * 10_000] * 1_000, "label": "l" * 1_000_000})
    assert sum(map(len, one.choices)) + len(one.label) <= 2_000 * 501
    assert time.thread_time() - began < 1


def test_variables_that_no_form_could_ask_for_are_left_out() -> None:
    names = ("", "a b", "date", "v", "v", "x" * 61, "ok", "1st")
    assert [variable.name for variable in variables(*({"name": name} for name in names))] == ["v", "ok"]


def test_numbers_that_bound_nothing_bound_nothing() -> None:
    (variable,) = variables({"name": "v", "kind": "number", "minimum": 5, "maximum": 1, "step": 0})
    assert (variable.minimum, variable.maximum, variable.step) == (None, None, None)
