"""What the palette lists for what is typed."""

import time

from chatdesk.features.palette.ui.entries import EntryKind, PaletteEntry, best, matching, places, prepared


def entry(title: str, more: str = "", hidden: str = "") -> PaletteEntry:
    return PaletteEntry(EntryKind.COMMAND, title, title, more, hidden=hidden)


ALL = (
    entry("Copy last answer"),
    entry("Answer a mail", "Polite"),
    entry("Übersicht"),
    entry("编程助手", hidden="coding"),
)


def found(words: str, limit: int = 9) -> list[str]:
    return [each.title for each in best(ALL, words, limit)]


def test_a_beginning_comes_before_a_word_within() -> None:
    assert found("answer") == ["Answer a mail", "Copy last answer"]


def test_every_word_must_fit_also_in_what_stands_below() -> None:
    assert found("answer polite") == ["Answer a mail"]
    assert found("answer nothing") == []


def test_words_that_are_not_shown_find_too() -> None:
    assert found("coding") == ["编程助手"]


def test_without_words_the_first_ones_are_listed() -> None:
    assert found("", 2) == ["Copy last answer", "Answer a mail"]


def test_what_was_found_is_marked_once() -> None:
    assert places("Answer a mail", ["mail", "answer", "swer"]) == ((0, 6), (9, 13))
    assert places("Straße", ["str"]) == ()


def test_ten_thousand_titles_are_looked_through_between_two_frames() -> None:
    titles = [prepared(f"{number} some words of a title that is found", "", number) for number in range(10_000)]
    times = []
    for words in ("s", "words title", "nothing", "9999", "a " * 1_000):
        began = time.thread_time()
        matching(titles, words, 6)
        times.append(time.thread_time() - began)
    assert sorted(times)[len(times) // 2] < 0.016
    assert matching(titles, "9999 words", 6) == [9_999]
