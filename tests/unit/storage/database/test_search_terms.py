import sqlite3
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatdesk.storage.database.search_index import Folding, hit_pattern, index_terms, match_expression
from tests.unit.storage.any_values import any_text


def _matches(text: str, query: str) -> bool:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE VIRTUAL TABLE t USING fts5 (terms, tokenize = 'unicode61 remove_diacritics 2')")
        connection.execute("INSERT INTO t VALUES (?)", (index_terms(text),))
        expression = match_expression(query)
        return bool(expression) and connection.execute("SELECT 1 FROM t WHERE t MATCH ?", (expression,)).fetchone() == (
            1,
        )


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("plain words stay", "plain words stay"),
        ("机器学习", "机器 器学 学习 习"),
        ("好", "好"),
        ("用Python写代码", "用 Python 写代 代码 码"),
        ("カタカナ・ひらがな", "カタ タカ カナ ナ ・ ひら らが がな な"),
        ("한국어 입니다", "한국 국어 어 입니 니다 다"),
        ("𠀀𠀁", "𠀀𠀁 𠀁"),
    ],
)
def test_runs_of_cjk_become_overlapping_pairs(text: str, terms: str) -> None:
    assert index_terms(text).split() == terms.split()


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("我喜欢机器学习。", "机器"),
        ("我喜欢机器学习。", "学习"),
        ("我喜欢机器学习。", "机器学习"),
        ("我喜欢机器学习。", "我"),
        ("我喜欢机器学习。", "习"),
        ("我喜欢机器学习。", "欢"),
        ("我喜欢机器学习。", "学习 喜欢"),
        ("ひらがなとカタカナ", "カナ"),
        ("한국어를 배워요", "국어"),
        ("用Python写代码", "python"),
        ("用Python写代码", "Pyth"),
        ("用Python写代码", "用py"),
        ("用Python写代码", "python写"),
        ("用 Python 写代码", "用Python写"),
        ("An answer about cats", "CAT"),
        ("An answer about cats", "cats an"),
        ("très bien", "tres"),
        ("tres bien", "très"),
        ("İstanbul", "istanbul"),
        ("don't panic", "don't"),
        ("f(x) = x_1 + 3.14", "x_1"),
        ("the C language", "c"),
        ("see https://example.org/a?b=c", "example.org/a"),
        ("1.5.7", "1.5"),
        ('say "hello" twice', '"hello" tw'),
    ],
)
def test_what_a_person_expects_is_found(text: str, query: str) -> None:
    assert _matches(text, query)
    assert hit_pattern(query).search(text.translate(Folding()))


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("机动武器", "机器"),
        ("机器人学。习惯", "学习"),
        ("cats", "at"),
        ("cats and dogs", "cat dog x"),
        ("cat dogs", "do cat"),
        ("banana", "b"),
        ("text", ""),
        ("text", " \t "),
        ("text", '"'),
        ("text", "。！?"),
    ],
)
def test_what_nobody_meant_is_not_found(text: str, query: str) -> None:
    assert not _matches(text, query)


@pytest.mark.parametrize(
    "query",
    [
        "te OR nothing",
        "NOT text",
        "text NEAR text",
        "{terms} : text",
        "terms:text",
        "t*ext",
        "^text -nothing",
        "(",
        "\0",
        "text\0) OR",
    ],
)
def test_fts5s_own_language_is_just_words(query: str) -> None:
    assert not _matches("text", query)


@given(any_text(), any_text())
def test_no_text_and_no_query_is_an_error(text: str, query: str) -> None:
    encodable = query.encode("utf-8", "replace").decode()
    _matches(text.encode("utf-8", "replace").decode(), encodable)
    hit_pattern(query).search(text.translate(Folding()))


@given(st.text(st.sampled_from("机器学习abc  ."), min_size=1, max_size=30), st.data())
def test_every_piece_of_a_cjk_run_finds_its_text(text: str, data: st.DataObject) -> None:
    runs = [run for run in "".join(c if c in "机器学习" else " " for c in text).split() if run]
    if runs:
        run = data.draw(st.sampled_from(runs))
        start = data.draw(st.integers(0, len(run) - 1))
        end = data.draw(st.integers(start + 1, len(run)))
        assert _matches(text, run[start:end])


def test_a_pasted_page_is_cut_and_not_a_slow_or_failing_search() -> None:
    assert _matches("word " * 100, "word " * 100_000)


@given(any_text())
def test_folding_keeps_every_character_in_its_place(text: str) -> None:
    assert len(text.translate(Folding())) == len(text)


def test_folding_forgets_case_and_accents_but_not_kana_and_hangul() -> None:
    assert "ÀÉîßİЙ".translate(Folding()) == "aeißiи"
    assert "がパ한".translate(Folding()) == "がパ한"
