"""What is listed for what is typed, and in which order."""

import time
from collections.abc import Callable, Sequence
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatdesk.kernel.finding.matcher import Fit, Names, Query, names_of

COMMANDS = [
    ("New chat", ()),
    ("Pin chat", ("keep on top",)),
    ("Recently deleted", ("trash", "bin")),
    ("Translate technical text", ()),
    ("Job posting", ()),
    ("Export chat…", ("save", "download")),
    ("翻译并讲解", ("translate and explain",)),
    ("翻译", ("translate",)),
    ("音乐行业", ()),
    ("最近删除", ("Recently deleted",)),
]
ITEMS = [(names_of(title, others), title) for title, others in COMMANDS]


def listed(typed: str, items: Sequence[tuple[Names, str]] = tuple(ITEMS)) -> list[str]:
    query = Query(typed)
    return [title for _, title in query.ranked(items, 9) or query.ranked(items, 9, mistakes=True)]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("new chat", "New chat"),
        ("nc", "New chat"),
        ("newchat", "New chat"),
        ("pin", "Pin chat"),
        ("trash", "Recently deleted"),
        ("bin", "Recently deleted"),
        ("download", "Export chat…"),
        ("delet", "Recently deleted"),
        ("fanyi", "翻译"),
        ("fy", "翻译"),
        ("fybj", "翻译并讲解"),
        ("fanyibing", "翻译并讲解"),
        ("translate", "翻译"),
        ("yinyue", "音乐行业"),
        ("hangye", "音乐行业"),
        ("zjsc", "最近删除"),
        ("刪除", "最近删除"),
        ("ＮＥＷ", "New chat"),
        ("expotr", "Export chat…"),
        ("exprt", "Export chat…"),
        ("dowmload", "Export chat…"),
        ("翻讲", "翻译并讲解"),
    ],
)
def test_what_is_typed_lists_first(typed: str, first: str) -> None:
    assert listed(typed)[0] == first


@pytest.mark.parametrize("typed", ["trash", "pin"])
def test_scattered_letters_find_nothing(typed: str) -> None:
    assert "Translate technical text" not in listed(typed)
    assert "Job posting" not in listed(typed)


def test_the_better_a_name_fits_the_earlier_it_is_listed() -> None:
    names = ["a photo editor", "graph export", "exporting", "export", "xport", "Ex Port"]
    ready = [(names_of(name, more="to export" if name == "a photo editor" else ""), name) for name in names]
    fits = Query("export").ranked(ready, 9)
    assert [name for _, name in fits] == ["export", "exporting", "graph export", "Ex Port", "a photo editor"]
    assert [fit for fit, _ in fits] == [Fit.WHOLE, Fit.BEGINNING, Fit.WORDS, Fit.WORDS, Fit.MORE]


def test_other_names_are_listed_in_the_order_of_where_they_fit() -> None:
    ready = [(names_of("回译", ["back translation"]), 1), (names_of("字幕", ["translate subtitles"]), 2)]
    assert [number for _, number in Query("trans").ranked(ready, 9)] == [2, 1]


def test_equally_good_names_keep_their_order() -> None:
    ready = [(names_of(f"chat {number}"), number) for number in (3, 1, 2)]
    assert [number for _, number in Query("chat").ranked(ready, 2)] == [3, 1]


def test_every_word_must_fit() -> None:
    assert listed("chat new") == ["New chat"]
    assert listed("new nothing") == []


def test_mistakes_are_forgiven_only_in_names() -> None:
    ready = [(names_of("Name", more="an example"), "Name")]
    assert listed("exmaple", ready) == []
    assert listed("example", ready) == ["Name"]


@pytest.mark.parametrize(
    ("typed", "title", "marked"),
    [
        ("mail answer", "Answer a mail", ["Answer", "mail"]),
        ("nc", "New chat", ["N", "c"]),
        ("fy", "请翻译", ["翻译"]),
        ("fanyi", "请翻译", ["翻译"]),
        ("strasse", "Lange Straße", ["Straße"]),
        ("port", "report port", ["port"]),
        ("swer answer", "Answer", ["Answer"]),
        ("none", "Answer", []),
    ],
)
def test_what_was_found_is_marked(typed: str, title: str, marked: list[str]) -> None:
    spans = Query(typed).spans(title)
    assert [title[start:end] for start, end in spans] == marked
    if title == "report port":
        assert spans == ((7, 11),)


@given(st.text(max_size=20), st.text(max_size=60))
def test_marks_lie_in_the_title_in_order_and_apart(typed: str, title: str) -> None:
    end = 0
    for start, after in Query(typed).spans(title):
        assert end <= start < after <= len(title)
        end = after


@given(st.text(min_size=1, max_size=20))
def test_everything_is_found_by_its_own_name(name: str) -> None:
    if Query(name):
        assert Query(name).ranked([(names_of(name), name)], 1) == [(Fit.WHOLE, name)]


def _least_seconds(calls: Sequence[Callable[[], object]]) -> list[float]:
    """Return the processor time of each call: the least of several rounds, because other programs slow down the caches of the processor."""
    least = [float("inf")] * len(calls)
    for _ in range(5):
        for index, call in enumerate(calls):
            began = time.thread_time()
            call()
            least[index] = min(least[index], time.thread_time() - began)
    return least


def test_ten_thousand_titles_are_looked_through_between_two_frames() -> None:
    """A frame (16 ms) is as long as eight times splitting the titles into words, on the machine of the first measurement (2 ms)."""
    titles = [(names_of(f"{number} some words of a title that is found"), number) for number in range(10_000)]
    searches = [
        partial(Query(text).ranked, titles, 6) for text in ("s", "words title", "nothing", "9999", "a " * 1_000)
    ]
    splitting, *times = _least_seconds([lambda: [names.everything.split() for names, _ in titles], *searches])
    assert sorted(times)[len(times) // 2] < 8 * splitting
    assert Query("9999 words").ranked(titles, 6) == [(Fit.WORDS, 9_999)]


def test_a_hostile_name_of_like_words_is_no_slower() -> None:
    began = time.thread_time()
    for name in ("a " * 300, "aaaaaaa " * 60, "的" * 500):
        for typed in ("aaab", "aaaaab", "a" * 11 + "b", "a" * 23 + "b", "de" * 11 + "x", "的" * 150 + "x"):
            assert listed(typed, [(names_of(name), name)]) in ([], [name])
    assert time.thread_time() - began < 1
