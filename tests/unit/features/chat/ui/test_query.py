"""What a text says and what it does not."""

import pytest

from chatdesk.features.chat.ui.transcript.find.query import Query


def found(text: str, content: str, **options: bool) -> list[str]:
    return [cut(text, *stretch) for stretch in Query(content, **options).matches(text)]


def cut(text: str, start: int, end: int) -> str:
    return text.encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le")


def test_every_place_is_found_in_order() -> None:
    assert list(Query("an").matches("Banana and an")) == [(1, 3), (3, 5), (7, 9), (11, 13)]


def test_case_matters_only_if_configured() -> None:
    assert found("Über über", "über") == ["Über", "über"]
    assert found("Über über", "über", match_case=True) == ["über"]


def test_blanks_stand_for_any_blanks() -> None:
    assert found("one\ntwo, one  two", " one two ") == ["one\ntwo", "one  two"]


def test_chinese_words_are_found_across_lines() -> None:
    assert found("包装用\n量减少，包装 用量", "包装用量") == ["包装用\n量"]
    assert found("pack\nage", "package") == []


def test_nothing_is_found_for_blanks_alone() -> None:
    assert found("a b", "  ") == []


def test_marks_of_patterns_are_taken_as_they_are() -> None:
    assert found("a.c abc (x)", "a.c") == ["a.c"]
    assert found("a.c abc (x)", "(x)") == ["(x)"]


@pytest.mark.parametrize(
    ("text", "query", "expected"),
    [
        ("cat concatenate Cat.", "cat", ["cat", "Cat"]),
        ("用Python写", "python", ["Python"]),
        ("只有中文在这里", "中文", ["中文"]),
        ("a -> b ->c", "->", ["->", "->"]),
        ("snake_case case", "case", ["case"]),
    ],
)
def test_whole_words_end_where_a_word_ends(text: str, query: str, expected: list[str]) -> None:
    assert found(text, query, whole_words=True) == expected


def test_offsets_count_as_qt_counts() -> None:
    assert list(Query("词").matches("🙂🙂词🙂词")) == [(4, 5), (7, 8)]
    assert found("🙂a🙂🙂b", "🙂") == ["🙂", "🙂", "🙂"]
