import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatdesk.kernel.finding.search_query import SearchQuery
from chatdesk.kernel.finding.snippets import snippet_of
from tests.unit.storage.any_values import any_text


def _snippet(text: str, typed: str) -> tuple[str, list[str]]:
    snippet, ranges = snippet_of(text, SearchQuery(typed))
    return snippet, [snippet[start:end] for start, end in ranges]


@pytest.mark.parametrize(
    ("text", "typed", "hits"),
    [
        ("我喜欢机器学习，学习机器", "学习", ["学习", "学习"]),
        ("Cats, a cat and concatenation", "cat", ["Cat", "cat"]),
        ("a cat and a category", '"cat" a', ["a", "cat", "a"]),
        ("Très bien", "tres", ["Très"]),
        ("用Python写", "python", ["Python"]),
        ("用 Python 写", "用python", ["用 Python"]),
        ("C, C++ and C#", "C++", ["C++"]),
        ("Straße", "strasse", ["Straße"]),
    ],
)
def test_the_hits_are_marked(text: str, typed: str, hits: list[str]) -> None:
    assert _snippet(text, typed) == (text, hits)


@pytest.mark.parametrize(
    ("text", "typed", "snippet"),
    [
        ("## Monthly interest\n\nIt is **due** monthly.", "due", "Monthly interest It is due monthly."),
        ("- one\n- [x] `two` *three*\n> four", "four", "one two three four"),
        ("```python\nprint(1)\n```\nafter", "print", "print(1) after"),
        ("| a | b |\n|---|:-:|\n| one | two |", "two", "a · b one · two"),
        ("see [the manual](https://example.org/x) and ![a cat](c.png)", "manual", "see the manual and a cat"),
        ("H<sub>2</sub>O<br>water <!-- hidden -->here", "water", "H 2 O water here"),
        ("call __init__ and 2*3*4", "init", "call __init__ and 2*3*4"),
        (r"not \*emphasis\*", "not", "not *emphasis*"),
        ("a **bold** sign", "**", "a **bold** sign"),
        ("see [x](https://example.org/needle)", "needle", "see [x](https://example.org/needle)"),
    ],
)
def test_a_snippet_is_without_markdown_unless_that_is_looked_for(text: str, typed: str, snippet: str) -> None:
    found, hits = _snippet(text, typed)
    assert found == snippet
    assert hits


def test_the_first_hit_of_a_long_text_is_in_the_snippet_and_no_word_is_cut() -> None:
    text = "before " * 1000 + "needle " + "after " * 1000
    snippet, hits = _snippet(text, "needle")
    assert hits == ["needle"]
    assert snippet.startswith("…before before")
    assert snippet.endswith("after…")
    assert 100 < len(snippet) < 200


def test_words_of_any_length_are_shown() -> None:
    word = "x" * 500 + "needle" + "y" * 500
    snippet, hits = _snippet(f"a {word} b", "x" * 100)
    assert hits == ["x" * 100]
    assert len(snippet) < 200


def test_a_snippet_is_one_line() -> None:
    snippet, hits = _snippet("one\ntwo\r\n\tthree\u2028four", "three")
    assert snippet == "one two three four"
    assert hits == ["three"]


def test_a_text_without_the_word_shows_its_beginning() -> None:
    assert _snippet("something else", "needle") == ("something else", [])


@given(
    st.lists(
        st.sampled_from(["cat", "学习", "é", "\n", " x ", "🦉", "**", "`", "|", "# ", "[a](b)"]), max_size=200
    ).map("".join),
    any_text(),
)
def test_ranges_lie_inside_the_snippet_in_order(text: str, typed: str) -> None:
    for asked in (typed, "cat", "学习", "e", "**"):
        snippet, ranges = snippet_of(text, SearchQuery(asked))
        places = [place for range_ in ranges for place in range_]
        assert places == sorted(places)
        assert all(0 <= place <= len(snippet) for place in places)
        assert all(start < end for start, end in ranges)
        assert len(snippet) < 400
