"""Pygments' lexers adapted to lex one line at a time, from the state after the previous line. They do not determine colours.

Most lexers select regular expressions by a stack of states, so the stack at the end of a line is all that needs to be kept. Two things
extend across line ends nevertheless and are handled here: comments and strings that are a single expression, and scripts and styles in
HTML.
"""

import re
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import field
from functools import lru_cache
from typing import Any, NamedTuple, Protocol

from pygments.lexer import ExtendedRegexLexer, Lexer, LexerContext, RegexLexer
from pygments.lexers.data import YamlLexer, YamlLexerContext
from pygments.lexers.sql import PostgresBase
from pygments.token import Error, Keyword, Name, Whitespace, _TokenType

from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.rendering.code.code_language import find_lexer

LexerToken = tuple[_TokenType, str]
"""Pygments' token type, and the text of the token."""
LexerState = Any
"""The state of a lexer between lines. It is immutable, and only the lexer that created it can use it."""
Rules = Sequence[tuple[Any, Any, Any]]
"""Pygments' compiled rules of a state: the pattern, the action, and the change of the stack."""

_ROOT = "root"
# Delimiters of multi-line comments and strings in the languages of pygments, longer ones first.
_DELIMITERS = (
    ("<![CDATA[", "]]>"),
    ("<!--", "-->"),
    ("--[[", "]]"),
    ('"""', '"""'),
    ("'''", "'''"),
    ("/*", "*/"),
    ("(*", "*)"),
    ("{-", "-}"),
    ("#|", "|#"),
    ("<#", "#>"),
    ("#=", "=#"),
    ("[[", "]]"),
    ('@"', '"'),
    ("`", "`"),
)
_EMBEDDED = {
    "script-content": ("javascript", re.compile(r"<\s*/\s*script\s*>", re.IGNORECASE)),
    "style-content": ("css", re.compile(r"<\s*/\s*style\s*>", re.IGNORECASE)),
}
"""Embedded languages in HTML by lexer state, with the pattern that ends them."""

_C_TYPES = ("stdlib_types", "c99_types", "c11_atomic_types", "linux_types")


class LineLexer(Protocol):
    """Lexes a line, including its line break, from a state; returns the tokens and the new state."""

    def begin(self, first_line: str) -> LexerState:
        """Return the state for the first line."""
        ...

    def lex(self, line: str, state: LexerState) -> tuple[list[LexerToken], LexerState]:
        """Lex one line."""
        ...


@lru_cache(maxsize=64)
def line_lexer(language: str) -> LineLexer | None:
    """Return a lexer for one of a language's names; None if there is none.

    Lexers are cached: they are stateless, and preparing their rules takes as long as lexing many lines.
    """
    lexer = find_lexer(language)
    match lexer:
        case None:
            return None
        case ExtendedRegexLexer():
            return ContextLexer(lexer)
        case RegexLexer():
            return StackLexer(lexer)
        case _:
            return SingleLineLexer(lexer)


class SingleLineLexer:
    """For lexers whose state cannot be stored (JSON, console sessions): every line is lexed independently."""

    def __init__(self, lexer: Lexer) -> None:
        self._lexer = lexer

    def begin(self, _first_line: str) -> None:
        """Return the state for the first line, which is always None."""

    def lex(self, line: str, state: None) -> tuple[list[LexerToken], None]:
        """Lex one line."""
        return [(kind, text) for _, kind, text in self._lexer.get_tokens_unprocessed(line)], state


class ContextLexer:
    """For lexers with a custom state object (YAML, Ruby)."""

    def __init__(self, lexer: ExtendedRegexLexer) -> None:
        self._lexer = lexer
        self._rules: dict[str, Rules] = lexer._tokens  # noqa: SLF001 - there is no other access to the rules

    def begin(self, _first_line: str) -> LexerContext:
        """Return the state for the first line."""
        return YamlLexerContext("", 0) if isinstance(self._lexer, YamlLexer) else LexerContext("", 0)

    def lex(self, line: str, state: LexerContext) -> tuple[list[LexerToken], LexerContext]:
        """Lex one line."""
        context = deepcopy(state)
        context.text, context.pos, context.end = line, 0, len(line)
        tokens: list[LexerToken] = []
        # Pygments' own loop also applies the rules at the end of the text, where some treat the missing next line as an empty one.
        while context.pos < context.end:
            if not self._apply_rule(context, tokens):
                end_of_line = line[context.pos] == "\n"
                tokens.append((Whitespace if end_of_line else Error, line[context.pos]))
                context.stack = [_ROOT] if end_of_line else context.stack
                context.pos += 1
        return tokens, context

    def _apply_rule(self, context: LexerContext, tokens: list[LexerToken]) -> bool:
        for rule, kind, new_state in self._rules[context.stack[-1]]:
            if match := rule(context.text, context.pos, context.end):
                if isinstance(kind, _TokenType):
                    tokens.append((kind, match.group()))
                    context.pos = match.end()
                elif kind is not None:
                    tokens.extend((kind, text) for _, kind, text in kind(self._lexer, match, context))
                _change_stack(context.stack, new_state)
                return True
        return False


class _Construct(NamedTuple):
    """A comment or string that extends to its end delimiter."""

    kind: _TokenType
    end: str


class _State(NamedTuple):
    stack: tuple[str, ...]
    construct: _Construct | None = None
    embedded: "_State | None" = None
    """State of the lexer for an embedded script or style at the end of the line."""


@dataclass(slots=True)
class _Line:
    """The progress and result of lexing a line."""

    text: str
    stack: list[str]
    construct: _Construct | None
    embedded: _State | None
    position: int = 0
    tokens: list[LexerToken] = field(default_factory=list)

    def add_token(self, kind: _TokenType, end: int) -> None:
        self.tokens.append((kind, self.text[self.position : end]))
        self.position = end


class StackLexer:
    """For lexers that select regular expressions by a stack of states."""

    def __init__(self, lexer: RegexLexer) -> None:
        self._lexer = lexer
        self._rules: dict[str, Rules] = lexer._tokens  # noqa: SLF001 - there is no other access to the rules
        self._constructs: dict[str, tuple[tuple[str, _Construct], ...]] = {}
        embedded = {language for state, (language, _) in _EMBEDDED.items() if state in self._rules}
        self._embedded = {language: StackLexer(find_lexer(language)) for language in embedded}
        self._types = frozenset().union(*(getattr(lexer, name, ()) for name in _C_TYPES))

    def begin(self, first_line: str) -> _State:
        """Return the state for the first line."""
        # PHP in answers often lacks the opening tag that a file requires.
        inline = self._lexer.name == "PHP" and "<?" not in first_line
        return _State((_ROOT, "php")) if inline else _State((_ROOT,))

    def lex(self, text: str, state: _State) -> tuple[list[LexerToken], _State]:
        """Lex one line."""
        if isinstance(self._lexer, PostgresBase):  # its rules use the surrounding text
            self._lexer.text = text
        line = _Line(text, list(state.stack), state.construct, state.embedded)
        while line.position < len(text):
            if not (
                self._continue_construct(line)
                or self._embed(line)
                or self._begin_construct(line)
                or self._apply_rule(line)
            ):
                self._add_unmatched(line)
        return line.tokens, _State(tuple(line.stack), line.construct, line.embedded)

    @staticmethod
    def _continue_construct(line: _Line) -> bool:
        """Continue a comment or string that began in an earlier line."""
        if not line.construct:
            return False
        end = line.text.find(line.construct.end, line.position)
        if end < 0:
            line.add_token(line.construct.kind, len(line.text))
        else:
            line.add_token(line.construct.kind, end + len(line.construct.end))
            line.construct = None
        return True

    def _embed(self, line: _Line) -> bool:
        """Lex a script or style in its own language."""
        if line.stack[-1] not in _EMBEDDED:
            return False
        language, end_tag = _EMBEDDED[line.stack[-1]]
        end = end_tag.search(line.text, line.position)
        if end and end.start() == line.position:
            line.embedded = None
            return False
        lexer = self._embedded[language]
        code = line.text[line.position : end.start() if end else len(line.text)]
        tokens, line.embedded = lexer.lex(code, line.embedded or lexer.begin(code))
        line.tokens.extend(tokens)
        line.position += len(code)
        return True

    def _begin_construct(self, line: _Line) -> bool:
        """Consume a comment or string up to the end of the line if it does not end there."""
        state = line.stack[-1]
        if state not in self._constructs:
            self._constructs[state] = tuple(self._probe(self._rules[state]))
        for begin, construct in self._constructs[state]:
            if line.text.startswith(begin, line.position):
                if line.text.find(construct.end, line.position + len(begin)) >= 0:
                    return False
                line.add_token(construct.kind, len(line.text))
                line.construct = construct
                return True
        return False

    @staticmethod
    def _probe(rules: Rules) -> Iterator[tuple[str, _Construct]]:
        """Determine which delimiters produce a single multi-line token with these rules."""
        for begin, end in _DELIMITERS:
            probe = f"{begin}x\ny z\n{end}"
            match, kind = next(((match, kind) for rule, kind, _ in rules if (match := rule(probe, 0))), (None, None))
            if match and match.end() == len(probe) and isinstance(kind, _TokenType):
                yield begin, _Construct(kind, end)

    def _apply_rule(self, line: _Line) -> bool:
        """Like pygments, apply the first matching rule to the tokens and the stack."""
        for rule, kind, new_state in self._rules[line.stack[-1]]:
            if match := rule(line.text, line.position):
                if isinstance(kind, _TokenType):
                    text = match.group()
                    line.tokens.append((Keyword.Type if kind is Name and text in self._types else kind, text))
                elif kind is not None:
                    line.tokens.extend((kind, text) for _, kind, text in kind(self._lexer, match))
                line.position = match.end()
                _change_stack(line.stack, new_state)
                return True
        return False

    @staticmethod
    def _add_unmatched(line: _Line) -> None:
        """Like pygments, handle text that no rule matches."""
        if line.text[line.position] == "\n":
            line.stack[:] = [_ROOT]
            line.add_token(Whitespace, line.position + 1)
        else:
            line.add_token(Error, line.position + 1)


def _change_stack(stack: list[str], new_state: tuple[str, ...] | str | int | None) -> None:
    match new_state:
        case None:
            pass
        case int():
            del stack[max(1, len(stack) + new_state) :]
        case tuple():
            for state in new_state:
                _change_stack(stack, state)
        case "#pop":
            del stack[max(1, len(stack) - 1) :]
        case "#push":
            stack.append(stack[-1])
        case _:
            stack.append(new_state)
