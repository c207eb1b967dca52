"""When a text contains a query, and that the index finds all such texts."""

import sqlite3
from contextlib import closing

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from chatdesk.kernel.finding.index_terms import any_order_expression, index_terms, match_expression
from chatdesk.kernel.finding.search_query import MAX_QUERY_LENGTH, SearchQuery
from tests.unit.storage.any_values import any_text


def is_candidate(text: str, query: SearchQuery) -> bool:
    """Return whether the indexes of messages and of documents find a text for a query."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript("""
            CREATE VIRTUAL TABLE messages USING fts5 (terms, tokenize = 'unicode61 remove_diacritics 2');
            CREATE VIRTUAL TABLE documents USING fts5 (terms, tokenize = 'unicode61 remove_diacritics 2', detail = none);
        """)

        def is_found(index: str, expression: str) -> bool:
            connection.execute(f"INSERT INTO {index} VALUES (?)", (index_terms(text),))
            found = f"SELECT 1 FROM {index} WHERE {index} MATCH ?"
            return not expression or bool(connection.execute(found, (expression,)).fetchone())

        in_order = is_found("messages", match_expression(query))
        return is_found("documents", any_order_expression(query)) and in_order


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("我喜欢机器学习。", "机器"),
        ("我喜欢机器学习。", "机器学习"),
        ("我喜欢机器学习。", "我"),
        ("我喜欢机器学习。", "习"),
        ("我喜欢机器学习。", "学习 喜欢"),
        ("ひらがなとカタカナ", "カナ"),
        ("한국어를 배워요", "국어"),
        ("用Python写代码", "python"),
        ("用Python写代码", "用py"),
        ("用Python写代码", "python写"),
        ("用 Python 写代码", "用Python写"),
        ("ไทยภาษา", "ภาษา"),
        ("An answer about cats", "CAT"),
        ("An answer about cats", "cats an"),
        ("très bien", "tres"),
        ("tres bien", "très"),
        ("İstanbul", "istanbul"),
        ("don’t panic", "don't"),
        ("f(x) = x_1 + 3.14", "x_1"),
        ("the C language", "c"),
        ("see https://example.org/a?b=c", "example.org/a"),
        ("1.5.7", "1.5"),
        ("I write C++ and C#", "C++"),
        ("I write C++ and C#", "c#"),
        ("ASP.NET is one", ".NET"),
        ("def __init__(self):", "__init__"),
        ("a discount of 50%.", "50%"),
        ("deep **learning**\nmachines", '"learning machines"'),
        ("the quick brown fox", '"quick brown'),
        ("the quick brown fox", "“brown fox”"),
        ("学习机器", "“学习机器”"),
        ("ＨＴＭＬ", "html"),
        ("a ﬁle", "file"),
        ("H₂O", "h2o"),
        ("ﾊﾝｶｸ", "ハンカク"),
        ("Straße", "strasse"),
        ("龍與學", "龙与学"),
        ("小龙", "龍"),
        ("good 😀", "😀"),
        ("a => b", "=>"),
        ("run --help now", "--help"),
        ("it is -5 degrees", "-5"),
        ("apples and pears", "apples -plums"),
        ("apples", "apples -apple"),
        ('say "hello" twice', '"hello" tw'),
    ],
)
def test_what_a_person_expects_is_found(text: str, typed: str) -> None:
    query = SearchQuery(typed)
    assert query.is_in(text)
    assert is_candidate(text, query)
    assert query.first_start(text) >= 0
    assert query.spans(text)


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("机动武器", "机器"),
        ("机器人学。习惯", "学习"),
        ("cats", "at"),
        ("cat dogs", "do cat x"),
        ("banana", "b"),
        ("C and C# and c", "C++"),
        ("C++", "C#"),
        ("the net", ".NET"),
        ("init", "__init__"),
        ("50 or 150%", "50%"),
        ("machine learning", '"learning machine"'),
        ("learning machines", '"learning machine"'),
        ("quick, brown", '"quick brown"'),
        ("apples and pears", "apples -pears"),
        ("apples and red pears", 'apples -"red pears"'),
        ("学习机器", "学习 -机器"),
        ("かばん", "がばん"),
        ("foo bar", "foobar"),
    ],
)
def test_what_nobody_meant_is_not_found(text: str, typed: str) -> None:
    assert not SearchQuery(typed).is_in(text)


@pytest.mark.parametrize("typed", ["", " \t ", '"', '" "', "\0"])
def test_nothing_is_looked_for_without_words(typed: str) -> None:
    assert not SearchQuery(typed)


@pytest.mark.parametrize(
    "typed", ["te OR nothing", "text NEAR text2", "{terms} : text", "terms:text", "t*ext", "(", "text\0) OR", '^"text']
)
def test_the_language_of_the_index_is_just_words(typed: str) -> None:
    query = SearchQuery(typed)
    assert not query.is_in("text")
    is_candidate("text", query)


@pytest.mark.parametrize(
    ("typed", "title", "found"),
    [("cat", "A concat", True), ("c++", "C++ tips", True), ("c++", "C tips", False), ("tips -c", "C tips", False)],
)
def test_titles_are_found_inside_words(typed: str, title: str, found: bool) -> None:
    assert SearchQuery(typed).in_titles([(title.lower(), title)]) == [title] * found


def test_a_pasted_page_is_cut() -> None:
    assert SearchQuery("word " * 100_000).is_in("word")
    assert not SearchQuery("x" * MAX_QUERY_LENGTH + "y").is_in("x" * (MAX_QUERY_LENGTH - 1))


_PIECES = [
    "cat",
    "Cats",
    "C++",
    "c",
    "+",
    "__init__",
    "50%",
    ".",
    ".NET",
    "学习",
    "机器",
    "习",
    "龍",
    "龙",
    "é",
    "e\u0301",
    "ﬁ",
    "fi",
]
_PIECES += [
    "ß",
    "ss",
    "₂",
    "2",
    " ",
    "  ",
    "\n",
    "**",
    "-",
    "_",
    "’",
    "'",
    "ไทย",
    "ภาษา",
    "ガ",
    "カ\u3099",
    "ｶﾞ",
    "한",
    "😀",
    "Ａ",
]
_pieces = st.lists(st.sampled_from(_PIECES), max_size=12).map("".join)
_typed = st.one_of(_pieces, _pieces.map('"{}"'.format), st.tuples(_pieces, _pieces).map(" -".join), any_text())


@given(st.one_of(_pieces, any_text()), _typed)
def test_every_text_that_contains_a_query_is_a_candidate(text: str, typed: str) -> None:
    text, typed = (each.encode("utf-8", "replace").decode() for each in (text, typed))
    query = SearchQuery(typed)
    if query and query.is_in(text):
        assert is_candidate(text, query)
        assert query.first_start(text) >= 0


@given(_pieces, st.data())
def test_every_text_contains_its_own_words(text: str, data: st.DataObject) -> None:
    words = text.split()
    if words:
        start = data.draw(st.integers(0, len(words) - 1))
        part = " ".join(words[start : data.draw(st.integers(start + 1, len(words)))])
        query = SearchQuery(f'"{part}')
        assert query.is_in(text) or not query


@given(any_text(), any_text())
def test_places_lie_in_the_text_in_order_and_apart(text: str, typed: str) -> None:
    for asked in (typed, "e", "ss", "学"):
        end = 0
        for start, after in SearchQuery(asked).spans(text):
            assert end <= start < after <= len(text)
            end = after


def test_an_occurrence_that_overlaps_one_that_does_not_count_is_found() -> None:
    assert SearchQuery('"b b"').is_in("ab b b")
    assert SearchQuery("aa").spans("aaa aa") == ((0, 2), (4, 6))


def test_a_word_is_found_where_the_windows_of_a_long_text_meet() -> None:
    for offset in range(4080, 4110):
        text = "x" * (offset - 1) + " needle pin" + " y" * 3_000
        assert SearchQuery('"needle pin"').first_start(text) == offset
    assert SearchQuery("cat").first_start("x" * 4096 + "cat" + " filler" * 1000 + " cat") == 4096 + 3 + 7_001


@given(st.text(st.characters(max_codepoint=127)))
@example("".join(map(chr, range(128))))
@example("a_b-c\x00d\x1ce f3.14 ")
def test_the_terms_of_an_ascii_text_do_not_depend_on_what_stands_behind_it(text: str) -> None:
    assert index_terms(f"{text} é").split() == [*index_terms(text).split(), "e"]
    assert index_terms(f"{text} 学").split() == [*index_terms(text).split(), "学"]
