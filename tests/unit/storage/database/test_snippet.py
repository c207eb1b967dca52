import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatdesk.storage.database.search_index import Folding, hit_pattern
from chatdesk.storage.database.search_repository import snippet_of
from tests.unit.storage.any_values import any_text


def _snippet(text: str, query: str) -> tuple[str, list[str]]:
    snippet, ranges = snippet_of(text, hit_pattern(query), Folding())
    return snippet, [snippet[start:end] for start, end in ranges]


@pytest.mark.parametrize(
    ("text", "query", "hits"),
    [
        ("我喜欢机器学习，学习机器", "学习", ["学习", "学习"]),
        ("Cats, a cat and concatenation", "cat", ["Cat", "cat"]),
        ("a cat and a category", "cat a", ["a", "cat", "a", "a"]),
        ("Très bien", "tres", ["Très"]),
        ("用Python写", "python", ["Python"]),
        ("用 Python 写", "用python", ["用 Python"]),
    ],
)
def test_the_hits_are_marked(text: str, query: str, hits: list[str]) -> None:
    assert _snippet(text, query) == (text, hits)


def test_the_first_hit_of_a_long_text_is_in_the_snippet() -> None:
    text = "before " * 1000 + "needle " + "after " * 1000
    snippet, hits = _snippet(text, "needle")
    assert hits == ["needle"]
    assert snippet.startswith("…")
    assert snippet.endswith("…")
    assert len(snippet) < 200


def test_the_end_of_a_word_cut_by_the_snippets_edge_is_no_hit() -> None:
    snippet, hits = _snippet("concat" + " filler" * 5 + "  cat", "cat")
    assert snippet.startswith("…cat filler")
    assert hits == ["cat"]


def test_the_end_of_a_word_cut_by_the_search_window_is_no_hit() -> None:
    snippet, hits = _snippet("x" * 4096 + "cat" + " filler" * 1000 + " cat", "cat")
    assert snippet.endswith(" cat")
    assert hits == ["cat"]


def test_accents_are_forgotten_deep_in_a_long_text() -> None:
    assert _snippet("x " * 5000 + "très", "tres")[1] == ["très"]


def test_a_snippet_is_one_line() -> None:
    snippet, hits = _snippet("one\ntwo\r\n\tthree\u2028four", "three")
    assert snippet == "one two three four"
    assert hits == ["three"]


def test_a_run_of_blanks_is_one_and_the_hits_behind_it_stay_where_they_are() -> None:
    assert _snippet("  a\n\n    table  of\u3000 cats", "table cats") == (" a table of cats", ["table", "cats"])
    assert _snippet("用   Python 写", "用python") == ("用 Python 写", ["用 Python"])


def test_a_text_without_the_word_shows_its_beginning() -> None:
    assert _snippet("something else", "needle") == ("something else", [])


@given(st.lists(st.sampled_from(["cat", "学习", "é", "\n", " x ", "🦉"]), max_size=200).map("".join), any_text())
def test_ranges_lie_inside_the_snippet_in_order(text: str, query: str) -> None:
    for asked in (query, "cat", "学习", "e"):
        snippet, ranges = snippet_of(text, hit_pattern(asked), Folding())
        places = [place for range_ in ranges for place in range_]
        assert places == sorted(places)
        assert all(0 <= place <= len(snippet) for place in places)
        assert all(start < end for start, end in ranges)
