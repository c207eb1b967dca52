from dataclasses import replace
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from chatdesk.features.models.domain.model_rows import ModelRow, ServerGroup, rows_of
from tests.unit.features.models.ui.sample_picker import GROUPS


def names(text: str) -> list[str]:
    return [row.name for row in rows_of(GROUPS, text)]


def test_without_words_every_server_is_listed_even_one_that_is_away() -> None:
    assert names("")[0] == "Ollama"
    assert "Laboratory, third floor" in names("")
    assert sum(isinstance(row, ModelRow) for row in rows_of(GROUPS)) == 6


def test_every_word_must_be_found_in_the_name_or_its_server_s_in_any_case() -> None:
    assert names("OLLAMA r1") == ["Ollama", "deepseek-r1:14b", GROUPS[0].models[3].name]
    assert names("built smol") == ["Built in", "SmolLM2 135M"]
    assert names("API key required") == []


def test_a_search_looks_in_words_that_were_folded_once() -> None:
    row = replace(GROUPS[0].models[0], search_text="computed when the row was made")
    assert rows_of((replace(GROUPS[0], models=(row,)),), "WHEN made") == (replace(GROUPS[0], models=(row,)), row)
    assert rows_of((replace(GROUPS[0], models=(row,)),), row.name) == ()


@given(st.text(max_size=8))
def test_a_head_is_listed_only_with_models_below_it_while_something_is_searched(text: str) -> None:
    rows = rows_of(GROUPS, text)
    if text.split():
        below_heads = [below for row, below in pairwise([*rows, None]) if isinstance(row, ServerGroup)]
        assert all(isinstance(below, ModelRow) for below in below_heads)
