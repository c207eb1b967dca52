import itertools
import time
from itertools import groupby

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pygments.token import Token

from chatdesk.rendering.code.code_language import find_lexer
from chatdesk.rendering.code.highlight import (
    MAX_HIGHLIGHTED_LINE_LENGTH,
    MAX_HIGHLIGHTED_LINES,
    SLOWEST_LINE,
    LineHighlighter,
    Runs,
    TokenKind,
    highlight,
    kind_of,
)
from chatdesk.rendering.code.line_lexers import StackLexer
from tests.for_all import for_all
from tests.unit.rendering.code_samples import SAMPLES


def _whole(code: str, language: str) -> list[Runs]:
    """The code as pygments colours it when it sees all of it at once, but for names that are called."""
    lines: list[list[tuple[str, TokenKind]]] = [[]]
    tokens = [(kind, text) for _, kind, text in find_lexer(language).get_tokens_unprocessed(code)]
    for (token_type, text), (_, behind) in itertools.pairwise([*tokens, (Token.Text, "")]):
        called = token_type in {Token.Name, Token.Name.Other} and behind.startswith("(")
        for character in text:
            if character == "\n":
                lines.append([])
            else:
                lines[-1].append((character, TokenKind.FUNCTION if called else kind_of(token_type)))
    return [
        tuple(
            ("".join(character for character, _ in run), kind) for kind, run in groupby(line, key=lambda pair: pair[1])
        )
        for line in lines[:-1]
    ]


def _kinds(code: str, language: str) -> dict[str, TokenKind]:
    return {text.strip(): kind for line in highlight(code, language) for text, kind in line}


@pytest.mark.parametrize("language", SAMPLES)
def test_line_by_line_is_as_pygments_sees_the_whole(language: str):
    assert highlight(SAMPLES[language], language) == _whole(SAMPLES[language], language)


@pytest.mark.parametrize("language", SAMPLES)
def test_a_line_looked_at_while_it_is_written_does_not_change_what_follows(language: str):
    highlighter = LineHighlighter(language)
    lines = SAMPLES[language].removesuffix("\n").split("\n")

    runs = []
    for line in lines:
        for end in range(len(line)):
            highlighter.peek(line[:end])
        runs.append(highlighter.add(line))

    assert runs == highlight(SAMPLES[language], language)


@settings(max_examples=150)
@given(st.sampled_from([*SAMPLES, "", "makefile", "console", "markdown"]), st.data())
def test_no_character_is_lost_or_added(language: str, data: st.DataObject):
    scraps = data.draw(st.lists(st.sampled_from(["\n", " ", *SAMPLES.get(language, "a").split()]), max_size=30))
    code = "".join(scraps) + data.draw(st.text(st.characters(exclude_characters="\n\r"), max_size=10))

    lines = ["".join(text for text, _ in line) for line in highlight(code, language)]

    assert lines == code.removesuffix("\n").split("\n")


def test_every_kind_is_found_in_python():
    kinds = _kinds(
        '@d\ndef f(x):\n    """s"""\n    return int(x) + 1 if x else None  # c\nclass A(ValueError): y = "t"', "python"
    )

    assert kinds["def"] is kinds["return"] is TokenKind.KEYWORD
    assert kinds["f"] is kinds["@d"] is TokenKind.FUNCTION
    assert kinds['"""s"""'] is kinds['"t"'] is TokenKind.STRING
    assert kinds["1"] is TokenKind.NUMBER
    assert kinds["# c"] is TokenKind.COMMENT
    assert kinds["int"] is TokenKind.BUILTIN
    assert kinds["A"] is kinds["ValueError"] is TokenKind.TYPE
    assert kinds["x"] is TokenKind.TEXT
    assert kinds["+"] is TokenKind.PUNCTUATION


def test_added_and_removed_lines_of_a_diff_differ():
    kinds = _kinds("+new\n-old\n same\n", "diff")

    assert kinds["+new"] is TokenKind.INSERTED
    assert kinds["-old"] is TokenKind.DELETED
    assert kinds["same"] is TokenKind.TEXT


def test_a_comment_that_is_still_open_is_a_comment_so_far():
    assert highlight("a; /* b\nc", "c")[1] == (("c", TokenKind.COMMENT),)


def test_a_script_that_is_still_open_is_a_script_so_far():
    assert ("const", TokenKind.KEYWORD) in highlight("<script>\nconst a", "html")[1]


def test_php_without_its_tag_is_php():
    assert ("function", TokenKind.KEYWORD) in highlight("function f() {}", "php")[0]


@pytest.mark.parametrize("language", ["", "no-such-language", "x" * 10_000])
def test_an_unknown_language_is_plain(language: str):
    assert highlight("def f():\n\n  pass\n", language) == [
        (("def f():", TokenKind.TEXT),),
        (),
        (("  pass", TokenKind.TEXT),),
    ]


def test_a_huge_line_is_plain_and_the_state_goes_on_behind_it():
    huge = "x" * (MAX_HIGHLIGHTED_LINE_LENGTH + 1)

    assert highlight(f'"""\n{huge}\n"""', "python") == [
        (('"""', TokenKind.STRING),),
        ((huge, TokenKind.TEXT),),
        (('"""', TokenKind.STRING),),
    ]


def test_beyond_very_many_lines_code_is_plain():
    runs = highlight("1\n" * (MAX_HIGHLIGHTED_LINES + 1), "json")

    assert runs[MAX_HIGHLIGHTED_LINES - 1] == (("1", TokenKind.NUMBER),)
    assert runs[MAX_HIGHLIGHTED_LINES] == (("1", TokenKind.TEXT),)


_HOSTILE = ["a", "(", "'", '"', "\\", "<", "/*", "${", "[", "a ", "a.", "`", "$", "#", "中"]


@for_all(list(itertools.product(SAMPLES, _HOSTILE)))
def test_a_hostile_line_is_bounded(case: tuple[str, str]):
    language, scrap = case
    line = scrap * (MAX_HIGHLIGHTED_LINE_LENGTH // len(scrap))

    assert "".join(text for text, _ in LineHighlighter(language).add(line)) == line


def test_what_follows_a_line_that_took_too_long_is_plain(monkeypatch: pytest.MonkeyPatch):
    highlighter = LineHighlighter("python")
    seconds = itertools.count(0, 2 * SLOWEST_LINE)
    monkeypatch.setattr(time, "perf_counter", lambda: next(seconds))
    monkeypatch.setattr(time, "thread_time", lambda: next(seconds))

    assert highlighter.add("return") == (("return", TokenKind.KEYWORD),)
    assert highlighter.add("return") == (("return", TokenKind.TEXT),)


def test_a_machine_that_is_busy_elsewhere_is_no_reason_for_plain_code(monkeypatch: pytest.MonkeyPatch):
    highlighter = LineHighlighter("python")
    seconds = itertools.count()
    monkeypatch.setattr(time, "perf_counter", lambda: next(seconds))

    highlighter.add("return")

    assert highlighter.add("return") == (("return", TokenKind.KEYWORD),)


def test_a_lexer_that_fails_leaves_the_rest_plain(monkeypatch: pytest.MonkeyPatch):
    def fail(*_: object) -> object:
        raise AttributeError("text")

    monkeypatch.setattr(StackLexer, "lex", fail)
    highlighter = LineHighlighter("python")

    assert highlighter.add("return 1") == (("return 1", TokenKind.TEXT),)
    assert highlighter.add("return 2") == (("return 2", TokenKind.TEXT),)


def test_a_dollar_in_postgresql_is_no_trouble():
    lines = highlight("SELECT $1;\nDO $$ BEGIN END $$ LANGUAGE plpgsql;\n", "postgresql")

    assert ("SELECT", TokenKind.KEYWORD) in lines[0]
    assert lines[1][0] == ("DO", TokenKind.KEYWORD)


def test_a_name_before_a_parenthesis_is_a_call_and_a_word_of_the_language_is_not() -> None:
    for language, line in (("python", "x = load(y)"), ("javascript", "x = load(y)"), ("rust", "x = load(y);")):
        assert ("load", TokenKind.FUNCTION) in highlight(line, language)[0], language
    assert ("if", TokenKind.KEYWORD) in highlight("if(x) { }", "c")[0]
    assert all("load" not in text for text, kind in highlight("load (y)", "python")[0] if kind is TokenKind.FUNCTION)
