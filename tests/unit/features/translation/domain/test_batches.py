"""Several segments in one question, and what models put around their answers."""

import pytest

from chatdesk.features.translation.domain.batches import (
    MAX_ROWS,
    batches,
    cleaned,
    is_whole,
    marked,
    split_answer,
    versions_in,
)


def test_short_texts_go_together_and_long_ones_alone() -> None:
    assert batches(["short"] * (MAX_ROWS + 1)) == [MAX_ROWS, 1]
    assert batches(["short", "x" * 900, "short", "short"]) == [1, 1, 2]
    assert batches(["short", "[[1]] quoted", "short"]) == [1, 1, 1]
    assert batches([]) == []


def test_an_answer_is_taken_apart_by_its_numbers() -> None:
    assert marked(["One", "Two"]) == "[[1]] One\n\n[[2]] Two"
    assert split_answer("[[1]] Eins\nweiter\n\n[[2]]\nZwei", complete=True) == {1: "Eins\nweiter", 2: "Zwei"}


@pytest.mark.parametrize("tail", ["\n", "\n[", "\n[[", "\n[[2", "\n[[2]", "\n\n[[2"])
def test_the_beginning_of_a_number_is_not_shown(tail: str) -> None:
    assert split_answer("[[1]] Eins" + tail, complete=False) == {1: "Eins"}


@pytest.mark.parametrize(
    ("answer", "whole"),
    [
        ("[[1]] a\n[[2]] b", True),
        ("[[1]] a", False),
        ("[[2]] a\n[[1]] b", False),
        ("[[1]] a\n[[2]] b\n[[3]] c", False),
        ("[[1]] a\n[[1]] b", False),
        ("[[1]]\n[[2]] b", False),
        ("a b", False),
    ],
)
def test_only_the_same_numbers_in_order_will_do(answer: str, whole: bool) -> None:
    assert is_whole(split_answer(answer, complete=True), 2) is whole


@pytest.mark.parametrize(
    ("answer", "source", "expected"),
    [
        (" Hallo ", "Hello", "Hallo"),
        ('"Hallo"', "Hello", "Hallo"),
        ('"Hallo"', '"Hello"', '"Hallo"'),
        ('"A" und "B"', "A and B", '"A" und "B"'),
        ("```text\nHallo\n```", "Hello", "Hallo"),
        ("```\nx\n```", "```\nx\n```", "```\nx\n```"),
        ("“你好”", "Hello", "你好"),
        ("", "Hello", ""),
    ],
)
def test_what_a_model_puts_around_is_taken_off(answer: str, source: str, expected: str) -> None:
    assert cleaned(answer, source) == expected


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ('Here are three:\n1. "One."\n2. Two.\n3) One.\n', ("One.", "Two.")),
        ("- a\n- known\n- b", ("a", "b")),
        ("a\nb", ("a", "b")),
        ("一、甲\n1、乙\n2、丙", ("乙", "丙")),
        ("", ()),
    ],
)
def test_versions_are_read_from_a_list(answer: str, expected: tuple[str, ...]) -> None:
    assert versions_in(answer, "known") == expected
