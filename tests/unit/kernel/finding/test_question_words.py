"""The words of a question by which passages are found."""

import pytest

from chatdesk.kernel.finding.question_words import words_of, written_words


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("What is the refund period for devices?", ["refund", "period", "devices"]),
        ("Explain ISO-9001 and version 3.5 of a_b", ["iso-9001", "version", "3.5", "a_b"]),
        ('Who said "to be or not" here?', ["said", "to be or not"]),
        ("公司去年的营收是多少？", ["公司去年", "营收"]),
        ("主要目的是什么", ["主要目的"]),
        ("请问会议室在哪里", ["会议室在"]),
        ("GPU内存要多少GB", ["gpu", "内存要", "gb"]),
        ("Für wie viele Tage gilt das Rückgaberecht?", ["viele", "tage", "gilt", "ruckgaberecht"]),
        ("refund Refund REFUND", ["refund"]),
        ("猫", ["猫"]),
        ("What is it?", []),
        ("为什么？", []),
        ("?! …", []),
        ("", []),
    ],
)
def test_words_that_say_nothing_are_left_out(question: str, words: list[str]) -> None:
    assert [word.text for word in words_of(question)] == words


def test_a_pasted_page_has_no_more_words_than_a_long_question() -> None:
    assert len(words_of(" ".join(f"word{number}" for number in range(10_000)))) == 40


def test_numbers_identifiers_and_quotations_are_exact() -> None:
    found = {word.text: word.is_exact for word in words_of('refund ISO-9001 2025 "annual leave"')}
    assert found == {"refund": False, "iso-9001": True, "2025": True, "annual leave": True}


@pytest.mark.parametrize(
    ("question", "written"),
    [
        ("Where are the Refill Stations of Müller?", ("Refill", "Stations", "Müller")),
        ("臺灣的營收是多少", ("臺灣", "營收")),
        ('Who said "no  more"?', ("said", "no more")),
        ("Who?", ()),
    ],
)
def test_they_can_be_shown_as_they_are_written(question: str, written: tuple[str, ...]) -> None:
    assert written_words(question) == written
