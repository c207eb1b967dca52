"""In which order models stand."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatdesk.features.models.domain.model_list import ModelOrder, bits_of, by_name, in_order, parameter_count
from chatdesk.kernel.models.model import Capability, ModelLoad
from tests.unit.features.models.domain.samples import entry

SIZES = st.one_of(st.none(), st.integers(0, 10**12))


def names(entries, order: ModelOrder, *, descending: bool = False) -> list[str]:
    return [each.model.name for each in in_order(by_name(entries), order, descending=descending)]


def test_names_stand_as_people_count() -> None:
    models = [entry(name) for name in ("qwen3:14b", "Gemma3:4b", "qwen3:8b", "gemma3:12b")]
    assert names(models, ModelOrder.NAME) == ["Gemma3:4b", "gemma3:12b", "qwen3:8b", "qwen3:14b"]
    assert names(models, ModelOrder.NAME, descending=True) == ["qwen3:14b", "qwen3:8b", "gemma3:12b", "Gemma3:4b"]


def test_the_same_name_at_two_servers_stands_in_the_persons_order() -> None:
    far, near = entry("x", server="far", place=1), entry("x", server="near", place=0)
    assert by_name([far, near]) == [near, far]


@pytest.mark.parametrize("descending", [False, True])
@given(sizes=st.lists(SIZES, max_size=30))
def test_what_is_not_reported_comes_last_whichever_way_it_runs(sizes, descending) -> None:
    models = [entry(f"m{number}", size_bytes=size) for number, size in enumerate(sizes)]
    found = in_order(by_name(models), ModelOrder.SIZE, descending=descending)
    known_sizes = [each.model.size_bytes for each in found if each.model.size_bytes is not None]
    assert known_sizes == sorted(known_sizes, reverse=descending)
    assert [each.model.size_bytes for each in found[len(known_sizes) :]] == [None] * (len(sizes) - len(known_sizes))
    assert {each.key for each in found} == {each.key for each in models}


def test_equal_ones_stand_by_name_in_both_directions() -> None:
    models = [entry("b", size_bytes=1), entry("a", size_bytes=1)]
    assert names(models, ModelOrder.SIZE) == names(models, ModelOrder.SIZE, descending=True) == ["a", "b"]


def test_quantisations_stand_by_their_bits() -> None:
    models = [entry(name, quantization=name) for name in ("F16", "Q4_K_M", "IQ2_XS", "Q8_0")]
    assert names(models, ModelOrder.QUANTIZATION) == ["IQ2_XS", "Q4_K_M", "Q8_0", "F16"]


def test_abilities_are_counted_and_those_of_nobody_are_last() -> None:
    able = frozenset({Capability.CHAT, Capability.TOOLS, Capability.THINKING})
    models = [
        entry("silent"),
        entry("plain", capabilities=frozenset({Capability.CHAT})),
        entry("able", capabilities=able),
    ]
    assert names(models, ModelOrder.ABILITIES, descending=True) == ["able", "plain", "silent"]


def test_what_is_in_memory_stands_before_what_is_not() -> None:
    models = [
        entry("away", loaded=False),
        entry("small", loaded=True, load=ModelLoad(size_bytes=1)),
        entry("mute", loaded=True),
        entry("large", loaded=True, load=ModelLoad(size_bytes=9)),
    ]
    assert names(models, ModelOrder.LOADED, descending=True) == ["large", "small", "mute", "away"]


def test_the_newest_comes_first_where_that_is_wished() -> None:
    models = [entry(str(year), modified_at=datetime(year, 1, 1, tzinfo=UTC)) for year in (2024, 2026, 2025)]
    assert names(models, ModelOrder.MODIFIED, descending=True) == ["2026", "2025", "2024"]


@pytest.mark.parametrize(
    ("words", "count"),
    [("7.6B", 7.6e9), ("134.52M", 134.52e6), ("8x7B", 56e9), ("30.5B-A3B", 30.5e9), ("1.0T", 1e12)],
)
def test_parameters_are_read_as_makers_write_them(words, count) -> None:
    assert parameter_count(words) == pytest.approx(count)


@pytest.mark.parametrize("words", [None, "", "many", "B", "7 bits"])
def test_words_that_count_nothing_are_none(words) -> None:
    assert parameter_count(words) is None


@given(st.text())
def test_no_text_of_a_server_hurts(text) -> None:
    count, bits = parameter_count(text), bits_of(text)
    assert count is None or count >= 0
    assert bits is None or 0 <= bits <= 999
