"""Which models a person wants to see."""

from hypothesis import given
from hypothesis import strategies as st

from chatdesk.features.models.domain.model_list import ModelFilter
from chatdesk.kernel.models.model import Capability
from chatdesk.kernel.models.model_preference import ModelPreference
from tests.unit.features.models.domain.samples import entry

CODER = entry(
    "qwen3-coder:30b",
    capabilities=frozenset({Capability.CHAT, Capability.TOOLS}),
    quantization="Q4_K_M",
    parameters="30.5B",
    family="qwen3moe",
)
SEER = entry("gemma3:4b", server="far", capabilities=frozenset({Capability.CHAT, Capability.VISION}), loaded=True)
LIKED = entry("llama3", wanted=ModelPreference("Quick helper", favourite=True))
HIDDEN = entry("old", wanted=ModelPreference(hidden=True))
ALL = (CODER, SEER, LIKED, HIDDEN)


def found(**model_filter) -> list[str]:
    return [each.model.name for each in ModelFilter(**model_filter).chosen(ALL)]


def test_all_but_what_is_hidden_are_seen() -> None:
    assert found() == ["qwen3-coder:30b", "gemma3:4b", "llama3"]
    assert found(hidden=True) == ["qwen3-coder:30b", "gemma3:4b", "llama3", "old"]


def test_words_are_found_in_name_server_build_ability_and_nickname_in_any_order() -> None:
    assert found(text="30b qwen") == ["qwen3-coder:30b"]
    assert found(text="Q4_K") == ["qwen3-coder:30b"]
    assert found(text="FAR") == ["gemma3:4b"]
    assert found(text="vision") == ["gemma3:4b"]
    assert found(text="helper quick") == ["llama3"]
    assert found(text="llama3") == ["llama3"], "its own name is found, too"
    assert found(text="30b gemma") == []


def test_filters_all_have_to_hold() -> None:
    assert found(server_id="far") == ["gemma3:4b"]
    assert found(abilities=frozenset({Capability.TOOLS})) == ["qwen3-coder:30b"]
    assert found(abilities=frozenset({Capability.TOOLS, Capability.VISION})) == []
    assert found(loaded=True) == ["gemma3:4b"]
    assert found(favourites=True) == ["llama3"]
    assert found(favourites=True, text="gemma") == []


def test_a_wish_knows_whether_it_leaves_anything_out() -> None:
    assert not ModelFilter().is_narrow
    assert not ModelFilter("  ", hidden=True).is_narrow
    assert ModelFilter("a").is_narrow
    assert ModelFilter(loaded=True).is_narrow


@given(st.text(), st.text())
def test_a_name_is_found_by_each_of_its_words(name, other) -> None:
    model = entry(f"{name} {other}")
    for word in f"{name} {other}"[:300].split():
        assert ModelFilter(word).chosen([model]) == [model]


def test_a_name_of_megabytes_is_looked_at_in_its_beginning_only() -> None:
    model = entry("x" * 1_000_000 + "end")
    assert len(model.search_text) < 2_000
    assert len(model.name_order) < 5_000
