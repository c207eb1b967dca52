"""Code to coloured runs, line by line, so that code that is still being written costs no more than its newest lines.

A language nobody knows, a huge line and the rest of a huge block are plain, and so is what follows a line that a lexer was slow with or
failed at. What the kinds look like is the theme's business.
"""

import time
from enum import StrEnum
from functools import cache
from itertools import groupby

from pygments.token import Token, _TokenType

from chatdesk.rendering.code.line_lexers import LexerState, LexerToken, line_lexer

LONGEST_LINE = 500
"""Characters of a line beyond which it is plain: some lexers need a time that grows with its square."""
MOST_LINES = 20_000
SLOWEST_LINE = 0.01
"""Seconds a line may take. A usual one takes 0.00003."""


class TokenKind(StrEnum):
    """How a run of code is coloured. The value is the name of the theme's colour."""

    TEXT = "codeText"
    KEYWORD = "codeKeyword"
    STRING = "codeString"
    NUMBER = "codeNumber"
    COMMENT = "codeComment"
    FUNCTION = "codeFunction"
    TYPE = "codeType"
    BUILTIN = "codeBuiltin"
    PUNCTUATION = "codePunctuation"
    INSERTED = "success"
    """Added lines of a diff."""
    DELETED = "danger"


Run = tuple[str, TokenKind]
Runs = tuple[Run, ...]
"""A line without its end. Neighbours differ in kind; an empty line has none."""

_KINDS = {
    Token: TokenKind.TEXT,
    Token.Comment: TokenKind.COMMENT,
    Token.Comment.Preproc: TokenKind.KEYWORD,
    Token.Comment.PreprocFile: TokenKind.STRING,
    Token.Keyword: TokenKind.KEYWORD,
    Token.Keyword.Type: TokenKind.TYPE,
    Token.Literal.String: TokenKind.STRING,
    Token.Literal.String.Affix: TokenKind.KEYWORD,
    Token.Literal.Number: TokenKind.NUMBER,
    Token.Name.Attribute: TokenKind.FUNCTION,
    Token.Name.Builtin: TokenKind.BUILTIN,
    Token.Name.Class: TokenKind.TYPE,
    Token.Name.Decorator: TokenKind.FUNCTION,
    Token.Name.Exception: TokenKind.TYPE,
    Token.Name.Function: TokenKind.FUNCTION,
    Token.Name.Tag: TokenKind.KEYWORD,
    Token.Operator: TokenKind.PUNCTUATION,
    Token.Operator.Word: TokenKind.KEYWORD,
    Token.Punctuation: TokenKind.PUNCTUATION,
    Token.Generic.Deleted: TokenKind.DELETED,
    Token.Generic.Heading: TokenKind.TYPE,
    Token.Generic.Inserted: TokenKind.INSERTED,
    Token.Generic.Prompt: TokenKind.COMMENT,
    Token.Generic.Subheading: TokenKind.FUNCTION,
}
"""By pygments' types of tokens; a type that is not here looks like the one it is a kind of."""


_NAMES = frozenset({Token.Name, Token.Name.Other})
"""What pygments says of a name it knows nothing about."""


class LineHighlighter:
    """Colours code that grows: give it one complete line after the other."""

    def __init__(self, language: str) -> None:
        self._lexer = line_lexer(language)
        self._state: LexerState = None
        self._lines = 0

    def add(self, line: str) -> Runs:
        """Colour the next line, given without its end."""
        runs, self._state = self._colour(line)
        self._lines += 1
        return runs

    def peek(self, line: str) -> Runs:
        """Colour a line that is not complete yet, as if it were. The next call begins where this one did."""
        return self._colour(line)[0]

    def _colour(self, line: str) -> tuple[Runs, LexerState]:
        if self._lexer is None or len(line) > LONGEST_LINE or self._lines >= MOST_LINES:
            return _plain(line), self._state
        # Of the two clocks one is coarse on Windows, and the other counts what the rest of the machine does.
        begun, worked = time.perf_counter(), time.thread_time()
        try:
            tokens, state = self._lexer.lex(line + "\n", self._state if self._lines else self._lexer.begin(line))
        except Exception:  # noqa: BLE001 - somebody else's program over a model's text: it may fail in any way
            self._lexer = None
            return _plain(line), self._state
        if min(time.perf_counter() - begun, time.thread_time() - worked) > SLOWEST_LINE:
            self._lexer = None
        return _runs(tokens), state


def highlight(code: str, language: str) -> list[Runs]:
    """Colour code line by line; a newline at its end begins no further line."""
    highlighter = LineHighlighter(language)
    return [highlighter.add(line) for line in code.removesuffix("\n").split("\n")]


def _plain(line: str) -> Runs:
    return ((line, TokenKind.TEXT),) if line else ()


def _runs(tokens: list[LexerToken]) -> Runs:
    runs = []
    behind = [text for _, text in tokens[1:]] + [""]
    kinds = ((_kind_before(token, next_text), token[1]) for token, next_text in zip(tokens, behind, strict=True))
    for kind, group in groupby(kinds, key=lambda found: found[0]):
        if text := "".join(text for _, text in group).replace("\n", ""):
            runs.append((text, kind))
    return tuple(runs)


def _kind_before(token: LexerToken, behind: str) -> TokenKind:
    """Return how a token is coloured. A name directly before a parenthesis is called: most lexers do not tell."""
    if token[0] in _NAMES and behind.startswith("("):
        return TokenKind.FUNCTION
    return kind_of(token[0])


@cache
def kind_of(token_type: _TokenType) -> TokenKind:
    """Return how a token of one of pygments' types is coloured."""
    return _KINDS[token_type] if token_type in _KINDS else kind_of(token_type.parent)
