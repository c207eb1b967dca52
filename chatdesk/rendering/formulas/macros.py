r"""Macros that formulas define with \newcommand, \def and their relatives.

A definition applies to the formulas after it in the same message. Bounds keep hostile ones cheap: 64 macros in a message, and for each
formula 1,000 expansions, 20 of them within each other.
"""

import re
from collections.abc import Iterable, Iterator, Mapping

from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.rendering.formulas.typeset.groups import Missing, Unbalanced, argument, option
from chatdesk.rendering.formulas.typeset.typeset_formula import NotSettable, Reason

MAX_MACROS = 64
MAX_DEFINITIONS_LENGTH = 8_000
"""Of all definitions of a message, in characters. A formula with more before it would be too long to be set."""
_MAX_EXPANSIONS = 1_000
_MAX_DEPTH = 20
_MAX_LENGTH = 20_000
"""Of a formula after expansion, in characters."""
_MAX_ARGUMENTS = 9

_DEFINING = re.compile(
    r"\\(?:newcommand|renewcommand|providecommand|DeclareMathOperator|DeclarePairedDelimiter|def|gdef|let)(?![a-zA-Z])"
)
_FORBIDDEN = re.compile(
    r"\\(?:[ex]def|futurelet|(?:re)?newenvironment|DeclareRobustCommand|expandafter|csname|endcsname|catcode|input|include|write|read|"
    r"openin|openout|includegraphics|class|cssId|style|htmlData|unicode|loop|repeat|immediate|special|usepackage)(?![a-zA-Z])"
)
_COMMAND = re.compile(r"\\([a-zA-Z]+|.)", re.DOTALL)
_NAME = re.compile(r"\s*\{?\s*\\([a-zA-Z]+|[^a-zA-Z\s])\s*\}?", re.DOTALL)
_PARAMETERS = re.compile(r"\s*((?:#\d\s*)*)")
_INSERTED = re.compile(r"##|#(\d)")
_FROZEN = "\ue000"
r"""Stands for the backslash of a command that keeps its meaning, as \let does, until the formula is expanded."""


@dataclass(frozen=True, slots=True)
class _Macro:
    """What a command stands for."""

    body: str
    count: int = 0
    """Number of arguments."""
    default: str | None = None
    """The first argument if it is optional and left out."""
    starred: str = ""
    """The body with a star after the command; empty if a star has no meaning."""


def defines_macros(latex: str) -> bool:
    """Return whether a text may define a macro."""
    return "\\" in latex and bool(_DEFINING.search(latex))


def definitions_in(latex: str) -> Iterator[tuple[str, str]]:
    """Yield the macros that a formula defines, each with the source of its definition. What is not understood is left out."""
    at = 0
    while found := _DEFINING.search(latex, at):
        try:
            name, _, at = _definition(latex, found, {})
        except (NotSettable, Missing, Unbalanced):
            return
        yield name, latex[found.start() : at]


def definitions_for(latex: str, known: Mapping[str, str]) -> str:
    """Return the sources of the definitions that a formula needs, directly or for another definition. `known` has them by name."""
    needed: set[str] = set()
    waiting = [latex]
    while waiting:
        for name in set(_names(waiting.pop())) & known.keys() - needed:
            needed.add(name)
            waiting.append(known[name])
    return "".join(source for name, source in known.items() if name in needed)


def expanded(latex: str) -> str:
    """Return a formula without definitions and macros. Raise `NotSettable`, `Missing` or `Unbalanced`."""
    if _FROZEN in latex:
        raise NotSettable(Reason.NOT_UNDERSTOOD)
    if found := _FORBIDDEN.search(latex):
        raise NotSettable(Reason.FORBIDDEN, found.group())
    return _expand(latex) if _DEFINING.search(latex) else latex


def _names(latex: str) -> Iterable[str]:
    return (found[1] for found in _COMMAND.finditer(latex))


def _expand(text: str) -> str:
    macros: dict[str, _Macro] = {}
    at = expansions = 0
    ends: list[int] = []
    """How many characters follow each macro that is being expanded."""
    while found := _COMMAND.search(text, at):
        at = found.end()
        while ends and len(text) - found.start() <= ends[-1]:
            ends.pop()
        if defining := _DEFINING.match(text, found.start()):
            name, macro, end = _definition(text, defining, macros)
            if len(macros) >= MAX_MACROS and name not in macros:
                raise NotSettable(Reason.TOO_LARGE)
            if macro is not None and not (defining.group() == r"\providecommand" and name in macros):
                macros[name] = macro
            text = text[: found.start()] + text[end:]
            at = found.start()
        elif macro := macros.get(found[1]):
            expansions += 1
            body, end = _use(text, found.end(), macro)
            ends.append(len(text) - end)
            text = text[: found.start()] + body + text[end:]
            at = found.start()
            if expansions > _MAX_EXPANSIONS or len(ends) > _MAX_DEPTH or len(text) > _MAX_LENGTH:
                raise NotSettable(Reason.TOO_LARGE)
    return text.replace(_FROZEN, "\\")


def _definition(text: str, defining: re.Match[str], macros: dict[str, _Macro]) -> tuple[str, _Macro | None, int]:
    """Return the name, the meaning and the end of a definition. Raise `Missing`, `Unbalanced` or `NotSettable`."""
    kind = defining.group()[1:]
    at = defining.end()
    starred = text.startswith("*", at)
    named = _NAME.match(text, at + starred)
    if not named:
        raise Missing("the name of a macro is missing")
    name, at = named[1], named.end()
    if kind == "let":
        return _alias(text, name, at, macros)
    if kind in {"def", "gdef"}:
        parameters = _PARAMETERS.match(text, at)
        count = parameters[1].count("#") if parameters else 0
        at = parameters.end() if parameters else at
        if not text.startswith("{", at):
            raise NotSettable(Reason.FORBIDDEN, rf"\{kind}")  # arguments with delimiters
        body, at = argument(text, at)
        return name, _Macro(body, count), at
    if kind == "DeclareMathOperator":
        body, at = argument(text, at)
        return name, _Macro(rf"\operatorname{'*' * starred}{{{body}}}"), at
    if kind == "DeclarePairedDelimiter":
        left, at = argument(text, at)
        right, at = argument(text, at)
        return name, _Macro(rf"{left} #1{right} ", 1, starred=rf"\left{left} #1\right{right} "), at
    return _new_command(text, name, at)


def _new_command(text: str, name: str, at: int) -> tuple[str, _Macro, int]:
    value, at = option(text, _skip_spaces(text, at))
    count = int(value) if value.strip().isdecimal() else 0
    if count > _MAX_ARGUMENTS:
        raise NotSettable(Reason.NOT_UNDERSTOOD, rf"\{name}")
    default: str | None = None
    if count and text.startswith("[", _skip_spaces(text, at)):
        default, at = option(text, _skip_spaces(text, at))
    body, at = argument(text, at)
    return name, _Macro(body, count, default), at


def _alias(text: str, name: str, at: int, macros: dict[str, _Macro]) -> tuple[str, _Macro | None, int]:
    r"""Return what \let gives a name: the present meaning of a command or a sign."""
    value, end = argument(text, _skip_equals(text, at))
    if not value.startswith("\\"):
        return name, _Macro(value), end
    known = macros.get(value[1:])
    return name, known or _Macro(_FROZEN + value[1:] + (" " if value[1:].isalpha() else "")), end


def _use(text: str, at: int, macro: _Macro) -> tuple[str, int]:
    """Return the body of a macro with the arguments at a position, and the position after them."""
    body = macro.body
    if macro.starred and text.startswith("*", at):
        body, at = macro.starred, at + 1
    values: list[str] = []
    if macro.default is not None:
        value, end = option(text, _skip_spaces(text, at))
        values.append(value if end > _skip_spaces(text, at) else macro.default)
        at = max(at, end) if end > _skip_spaces(text, at) else at
    while len(values) < macro.count:
        value, at = argument(text, at)
        values.append(value)

    def insert(found: re.Match[str]) -> str:
        if not found[1]:
            return "#"
        if int(found[1]) > len(values) or found[1] == "0":
            raise NotSettable(Reason.NOT_UNDERSTOOD, found[0])
        return values[int(found[1]) - 1]

    body = _INSERTED.sub(insert, body)
    # The name of a command at the end must not run into a letter that follows.
    last = re.search(r"\\[a-zA-Z]+$", body)
    return body + (" " if last else ""), at


def _skip_spaces(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def _skip_equals(text: str, at: int) -> int:
    at = _skip_spaces(text, at)
    return at + 1 if text.startswith("=", at) else at
