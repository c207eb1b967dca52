"""Syntax highlighting, line by line, so that the cost for growing code depends only on its newest lines.

Unknown languages, very long lines and the rest of very long blocks are plain, and so is everything after a line for which a lexer was slow
or failed. The theme defines the colours.
"""

import time
from enum import StrEnum
from functools import cache
from itertools import groupby

from pygments.token import Token, _TokenType

from chatdesk.rendering.code.line_lexers import LexerState, LexerToken, line_lexer

MAX_HIGHLIGHTED_LINE_LENGTH = 500
"""Maximum line length in characters; longer lines are plain, because some lexers take quadratic time."""
MAX_HIGHLIGHTED_LINES = 20_000
SLOWEST_LINE = 0.01
"""Maximum time for a line in seconds. A usual one takes 0.00003."""


class TokenKind(StrEnum):
    """Kind of a run of code. The value is the name of the theme's colour."""

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
"""The runs of a line without its line end. Adjacent runs differ in kind; an empty line has none."""

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
"""By pygments' token type; a type that is not listed has the kind of its parent."""


_NAMES = frozenset({Token.Name, Token.Name.Other})
"""Token types of names about which pygments has no further information."""


class LineHighlighter:
    """Highlights growing code, one complete line at a time."""

    def __init__(self, language: str) -> None:
        self._lexer = line_lexer(language)
        self._state: LexerState = None
        self._lines = 0

    def add(self, line: str) -> Runs:
        """Highlight the next line, given without its line end."""
        runs, self._state = self._colour(line)
        self._lines += 1
        return runs

    def peek(self, line: str) -> Runs:
        """Highlight an incomplete line as if it were complete. This does not affect the next call."""
        return self._colour(line)[0]

    def _colour(self, line: str) -> tuple[Runs, LexerState]:
        if self._lexer is None or len(line) > MAX_HIGHLIGHTED_LINE_LENGTH or self._lines >= MAX_HIGHLIGHTED_LINES:
            return _plain(line), self._state
        # One of the two clocks is imprecise on Windows, and the other includes the load of other programs.
        begun, worked = time.perf_counter(), time.thread_time()
        try:
            tokens, state = self._lexer.lex(line + "\n", self._state if self._lines else self._lexer.begin(line))
        except Exception:  # noqa: BLE001 - a third-party lexer on a model's text may fail in any way
            self._lexer = None
            return _plain(line), self._state
        if min(time.perf_counter() - begun, time.thread_time() - worked) > SLOWEST_LINE:
            self._lexer = None
        return _runs(tokens), state


def highlight(code: str, language: str) -> list[Runs]:
    """Highlight code line by line; a line break at its end starts no further line."""
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
    """Return the kind of a token. A name directly before a parenthesis is a function call, which most lexers do not report."""
    if token[0] in _NAMES and behind.startswith("("):
        return TokenKind.FUNCTION
    return kind_of(token[0])


@cache
def kind_of(token_type: _TokenType) -> TokenKind:
    """Return the kind for one of pygments' token types."""
    return _KINDS[token_type] if token_type in _KINDS else kind_of(token_type.parent)
