"""All that Ollama tells of one model."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatdesk.kernel.models.model import ModelDetails
from chatdesk.providers.ollama.models import decode_details
from tests.unit.providers.recordings import recording

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


def test_a_recorded_reply_is_understood() -> None:
    details = decode_details(json.loads(recording("ollama", "04").body))
    assert details.families == ("llama",)
    assert details.parameters.splitlines()[1].split() == ["num_ctx", "2048"]
    assert details.template.startswith("{{- range .Messages }}")
    assert (details.system_prompt, details.made_from) == ("", "")


def test_several_licences_stand_under_each_other() -> None:
    assert decode_details({"license": ["MIT", "Apache"]}).licence == "MIT\n\nApache"
    assert decode_details({"license": "MIT\n"}).licence == "MIT"


def test_a_text_without_end_is_cut() -> None:
    details = decode_details({"template": "x" * 3_000_000, "details": {"families": ["f"] * 1000}})
    assert len(details.template) == 100_000
    assert len(details.families) == 20


@pytest.mark.parametrize("value", [None, [], "text", {"license": 7, "template": {}, "details": [], "parameters": None}])
def test_what_is_odd_says_nothing(value) -> None:
    assert decode_details(value) == ModelDetails()


@given(st.dictionaries(st.sampled_from(("license", "template", "system", "parameters", "details")), JSON))
def test_no_reply_hurts(value) -> None:
    assert isinstance(decode_details(value), ModelDetails)
