"""Rewriting of LaTeX as written by people and models into the subset that latex2mathml supports.

Definitions of a document (macros, labels) are rejected or dropped. This module also handles environments; `chemistry.py` handles chemistry.
"""

import re
from collections.abc import Callable

from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.rendering.formulas.typeset.chemistry import chemistry
from chatdesk.rendering.formulas.typeset.groups import (
    Missing,
    Unbalanced,
    argument,
    cells,
    depth,
    environment_end,
    option,
    rewrite,
    rows,
)
from chatdesk.rendering.formulas.typeset.typeset_formula import Reason

# Rewriting of environments into those that latex2mathml supports, with the lines of arrays encoded so that they are preserved.
#
# A table with lines is preceded by \class{v…h…}, which lists the columns and rows at which there are lines, counted from 0 at the left and
# top.

_BEGIN = re.compile(r"\\begin\s*\{([a-zA-Z]+\*?)\}")
_TRANSPARENT = {"equation", "equation*", "displaymath", "math", "CD", "subequations"}
_PAIRS = {
    "align",
    "align*",
    "aligned",
    "split",
    "alignat",
    "alignat*",
    "alignedat",
    "flalign",
    "flalign*",
    "eqnarray",
    "eqnarray*",
}
_CENTRED = {"gather", "gather*", "gathered", "multline", "multline*"}
_COUNTED = {"alignat", "alignat*", "alignedat"}
_CASES = {"cases", "dcases", "rcases", "drcases", "numcases"}
_MATRICES = {"matrix", "pmatrix", "bmatrix", "Bmatrix", "vmatrix", "Vmatrix"}
_LINE = re.compile(r"\s*\\(hline|hdashline|cline\s*\{[^{}]*\}|toprule|midrule|bottomrule)(?![a-zA-Z])")


def rewrite_environments(text: str) -> str:
    r"""Rewrite all environments of a formula; rows without an environment get one. Raise `Unbalanced`."""
    text = _inside(text)
    if len(cells(text)) > 1:
        return _table("align*", text)
    if len(rows(text)) > 1:
        return _table("array", text, "{l}")
    return text


def _inside(text: str) -> str:
    written, position = [], 0
    while begin := _BEGIN.search(text, position):
        name = begin[1]
        end, behind = environment_end(text, begin.end(), name)
        written += [text[position : begin.start()], _environment(name, text[begin.end() : end])]
        position = behind
    return "".join([*written, text[position:]])


def _environment(name: str, body: str) -> str:
    if name in _TRANSPARENT:
        return rewrite_environments(body)
    if name in _COUNTED:
        body = body[argument(body, 0)[1] :]
    body = body[option(body, 0)[1] :]
    if name == "array":
        return _array(body)
    if name == "subarray":
        return rf"\substack{{{_inside(body[argument(body, 0)[1] :])}}}"
    body = _inside(body)
    if name in _PAIRS:
        return _table("align*", body)
    if name in _CENTRED:
        return _table("array", body, "{c}")
    if name in _CASES:
        return _cases(name, body)
    if name.rstrip("*") in _MATRICES:
        return _matrix(name.rstrip("*"), body)
    if name == "smallmatrix":
        return rf"{{\begin{{smallmatrix}}{body}\end{{smallmatrix}}}}"
    return rf"\begin{{{name}}}{body}\end{{{name}}}"  # latex2mathml may support it, or reports that it does not


def _matrix(name: str, body: str) -> str:
    alignment, end = option(body, 0)
    if alignment.strip() in {"l", "c", "r"}:
        body = body[end:]
    return _table(name, body)


def _cases(name: str, body: str) -> str:
    if name.startswith("d"):
        body = r" \\ ".join(" & ".join(rf"\displaystyle {cell}" for cell in cells(row)) for row in rows(body))
    if "rcases" in name:
        return rf"\left.{_table('array', body, '{ll}')}\right\}}"
    return _table("cases", body)


def _array(body: str) -> str:
    given, end = argument(body, 0)
    columns, vertical = _columns(given)
    below = _inside(body[end:])
    found: list[str] = []
    horizontal: list[int] = []
    for row in rows(below):
        start = 0
        while line := _LINE.match(row, start):
            horizontal.append(len(found))
            start = line.end()
        found.append(row[start:])
    if found and not found[-1].strip():
        found.pop()
    lines = f"v{','.join(map(str, vertical))}h{','.join(map(str, sorted(set(horizontal))))}"
    marked = rf"\class{{{lines}}}" if vertical or horizontal else ""
    return "{" + marked + _bare_table("array", r" \\ ".join(found), "{" + (columns or "c") + "}") + "}"


def _columns(given: str) -> tuple[str, list[int]]:
    """Return the alignment letters of an array's columns, and the positions of vertical lines."""
    letters, lines, index = "", [], 0
    repeated = re.sub(r"\*\s*\{(\d{1,2})\}\s*\{([^{}]*)\}", lambda found: found[2] * int(found[1]), given)
    while index < len(repeated):
        char = repeated[index]
        index += 1
        if char in "lcr":
            letters += char
        elif char == "|":
            lines.append(len(letters))
        elif char in "@!>pmb":
            letters += "l" if char in "pmb" else ""
            index = argument(repeated, index)[1]
    return letters, sorted(set(lines))


def _table(name: str, body: str, columns: str = "") -> str:
    r"""Return a table in a separate group, so that a ^ after it applies to all of it. Its last row may have ended with \\."""
    return "{" + _bare_table(name, body, columns) + "}"


def _bare_table(name: str, body: str, columns: str) -> str:
    return rf"\begin{{{name}}}{columns}{_without_last_break(body)}\end{{{name}}}"


def _without_last_break(body: str) -> str:
    found = rows(body)
    if len(found) > 1 and not found[-1].strip():
        found.pop()
    return r" \\ ".join(row if row.strip() else "{}" for row in found)


MAX_FORMULA_LENGTH = 10_000
"""In characters. The longest formulas in real answers have about 1,500."""
_MAX_DEPTH = 40
"""Maximum nesting of groups and environments."""
_MAX_EM = 100
"""Maximum size of a space or rule in em."""

_FORBIDDEN = re.compile(
    r"\\(?:[egx]?def|let|futurelet|(?:re)?newcommand|providecommand|(?:re)?newenvironment|DeclareMathOperator|"
    r"DeclareRobustCommand|expandafter|csname|catcode|input|include|write|read|openin|openout|includegraphics|class|cssId|style|"
    r"htmlData|unicode|loop|repeat)(?![a-zA-Z])"
)
_COMMENT = re.compile(r"(?<!\\)%[^\n]*")
_DROPPED = re.compile(
    r"\\(?:nonumber|notag|displaylimits|allowbreak|nobreak|hfill|hfil|null|relax|normalsize|small|large|Large|noindent|centering"
    r"|limits(?=\s*\\limits)|protect|medspace(?=\s*$))(?![a-zA-Z])|\\(?:label|require|vspace)\s*\{[^{}]*\}"
)
_LENGTH = re.compile(r"(-?\d+(?:\.\d+)?)\s*(em|ex|cm|mm|in|pt|pc|mu|bp|dd|px)")
_IN_EM = {
    "em": 1.0,
    "ex": 0.45,
    "cm": 2.845,
    "mm": 0.2845,
    "in": 7.227,
    "pt": 0.1,
    "pc": 1.2,
    "mu": 1 / 18,
    "bp": 0.1,
    "dd": 0.107,
    "px": 0.075,
}
_TEXT = "text(?:rm|normal|md|up|sc)?|mbox|hbox|mathtext"
_THIN = "\u2009"
_STYLED_TEXT = "textbf|textit|textsf|texttt|emph"
_ESCAPED = re.compile(r"\\([%$_&#{}])|~|``|''|---|--|\\ |\\,|\\;|\\quad")
_IN_TEXT = {
    "~": "\u00a0",
    "``": "“",
    "''": "”",
    "---": "—",
    "--": "–",
    r"\ ": " ",
    r"\,": "\u2009",
    r"\;": "\u2005",
    r"\quad": "\u2003",
}
_PLAIN = {
    r"\\(?:bm|boldsymbol|pmb)(?![a-zA-Z])": r"\\boldsymbol",
    r"\\(?:mathds|mathbbm|Bbb)(?![a-zA-Z])": r"\\mathbb",
    r"\\(?:implies)(?![a-zA-Z])": r"\\;\\Longrightarrow\\;",
    r"\\(?:impliedby)(?![a-zA-Z])": r"\\;\\Longleftarrow\\;",
    r"\\iff(?![a-zA-Z])": r"\\;\\Longleftrightarrow\\;",
    r"\\(?:lbrace)(?![a-zA-Z])": r"\\{",
    r"\\(?:rbrace)(?![a-zA-Z])": r"\\}",
    r"\\(?:dotsb|dotsm|dotsi)(?![a-zA-Z])": r"\\cdots",
    r"\\(?:thinspace)(?![a-zA-Z])": r"\\,",
    r"\\(?:medspace|:)(?![a-zA-Z])": r"\\:",
    r"\\(?:coloneqq|coloneq)(?![a-zA-Z])": r"\\mathrel{:=}",
    r"\\eqqcolon(?![a-zA-Z])": r"\\mathrel{=:}",
    r"\\vcentcolon(?![a-zA-Z])": ":",
    r"\\argmin(?![a-zA-Z])": r"\\operatorname*{arg min}",
    r"\\argmax(?![a-zA-Z])": r"\\operatorname*{arg max}",
    r"\\(?:R|reals)(?![a-zA-Z])": r"\\mathbb{R}",
    r"\\(?:N|natnums)(?![a-zA-Z])": r"\\mathbb{N}",
    r"\\(?:Z|integers)(?![a-zA-Z])": r"\\mathbb{Z}",
    r"\\dd(?![a-zA-Z])": r"\\mathrm{d}",
    r"\\degree(?![a-zA-Z])": "°",
    r"\\(?:perthousand)(?![a-zA-Z])": "‰",
    r"\\(?:lparen)(?![a-zA-Z])": "(",
    r"\\(?:rparen)(?![a-zA-Z])": ")",
    r"\\(?:strut|mathstrut)(?![a-zA-Z])": "",
    r"\\newline(?![a-zA-Z])": r"\\\\",
    r"\\sim(?![a-zA-Z])": "∼",
    r"\\middle\s*\|": r"\\middle|",
    r"\\not\s*=": r"\\neq ",
    r"\\not\s*\\(?:equiv)(?![a-zA-Z])": "≢",
    r"\\not\s*<": "≮",
    r"\\not\s*>": "≯",
    r"(\\[a-zA-Z]+)\s*\\nolimits(?![a-zA-Z])": r"{\1}",  # a group has no limits
    r"\\(math(?:rm|sf|tt|it|normal))\s*\{": r"\\\1 {",  # latex2mathml ignores those with a single letter
}
_REPLACEMENTS = [(re.compile(pattern), replacement) for pattern, replacement in _PLAIN.items()]


class NotSettable(Exception):
    """A formula that is not typeset."""

    def __init__(self, reason: Reason, detail: str = "") -> None:
        super().__init__(reason, detail)
        self.reason = reason
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Prepared:
    r"""LaTeX that latex2mathml supports, and the formula's \tag."""

    latex: str
    tag: str = ""


def prepare(latex: str) -> Prepared:
    """Rewrite a formula. Raise `NotSettable`."""
    if len(latex) > MAX_FORMULA_LENGTH:
        raise NotSettable(Reason.TOO_LARGE)
    if found := _FORBIDDEN.search(latex):
        raise NotSettable(Reason.FORBIDDEN, found.group())
    text = _COMMENT.sub("", latex)
    try:
        if depth(text) > _MAX_DEPTH:
            raise NotSettable(Reason.TOO_LARGE)
        text = _rewrite(text)
        text, tag = _extract_tag(text)
        return Prepared(rewrite_environments(text.strip()), tag)
    except Missing as error:
        raise NotSettable(Reason.INCOMPLETE) from error
    except Unbalanced as error:
        raise NotSettable(Reason.UNBALANCED) from error


def _rewrite(text: str) -> str:
    text = rewrite(text, "ce|cee", 1, lambda given: "{" + chemistry(given[0]) + "}")
    text = rewrite(text, "SI|qty", 2, lambda given: rf"{given[0]}\,\mathrm{{{_unit(given[1])}}}")
    text = rewrite(text, "si|unit", 1, lambda given: rf"\mathrm{{{_unit(given[0])}}}")
    text = rewrite(text, "num", 1, lambda given: given[0])
    text = rewrite(text, "href|htmlClass|htmlId", 2, lambda given: "{" + given[1] + "}")
    text = rewrite(text, "prescript", 3, lambda given: f"{{}}^{{{given[0]}}}_{{{given[1]}}}{{{given[2]}}}")
    text = rewrite(text, "slashed", 1, lambda given: rf"\not{{{given[0]}}}")
    text = rewrite(text, "textcolor", 2, lambda given: rf"{{\color{{{given[0]}}}{given[1]}}}")
    text = rewrite(text, "abs", 1, lambda given: rf"\left|{given[0]}\right|")
    text = rewrite(text, "norm", 1, lambda given: rf"\left\|{given[0]}\right\|")
    text = rewrite(text, "Set|set", 1, lambda given: rf"\left\{{{given[0]}\right\}}")
    text = rewrite(
        text, r"operatorname\s*\*|operatornamewithlimits", 1, lambda given: _operator("operatorname*", given[0])
    )
    text = rewrite(text, r"operatorname(?!\s*\*)", 1, lambda given: _operator("operatorname", given[0]))
    text = rewrite(text, r"mathop", 1, lambda given: _operator("operatorname*", given[0]))
    text = rewrite(text, "mathord|mathinner|mathopen|mathclose|mathpunct", 1, lambda given: "{" + given[0] + "}")
    text = rewrite(text, "mathbin", 1, lambda given: rf"\:{{{given[0]}}}\:")
    text = rewrite(text, "mathrel", 1, lambda given: rf"\;{{{given[0]}}}\;")
    text = rewrite(text, "ket", 1, lambda given: rf"\left|{given[0]}\right\rangle ")
    text = rewrite(text, "bra", 1, lambda given: rf"\left\langle {given[0]}\right|")
    text = rewrite(
        text, "braket", 1, lambda given: rf"\left\langle {given[0].replace('|', chr(92) + 'middle|')}\right\rangle "
    )
    text = rewrite(text, _TEXT, 1, lambda given: _text("text", given[0]))
    for command in _STYLED_TEXT.split("|"):
        text = rewrite(text, command, 1, _styled(command))
    text = _DROPPED.sub(" ", text)
    for pattern, replacement in _REPLACEMENTS:
        text = pattern.sub(replacement, text)
    return _LENGTH.sub(_length, text)


def _styled(command: str) -> Callable[[list[str]], str]:
    return lambda given: _text(command, given[0])


def _text(command: str, words: str) -> str:
    r"""Return text in pieces without braces, with its $formulas$ as formulas. Nested text commands were already rewritten."""
    pieces = []
    for number, piece in enumerate(re.split(r"(?<!\\)\$(.*?)(?<!\\)\$|(\\text[a-z]*\{[^{}]*\})", words)):
        if not piece:
            continue
        if number % 3:
            pieces.append(piece)
        else:
            plain = _ESCAPED.sub(lambda found: found.group(1) or _IN_TEXT[found.group()], piece)
            plain = plain.replace("{", "").replace("}", "")
            pieces.append(rf"\{command}{{{plain}}}" if plain else "")
    return "{" + "".join(pieces) + "}"


def _operator(command: str, name: str) -> str:
    """Return the name of an operator; anything other than letters is kept as it is."""
    plain = re.sub(r"\\[,;: ]|~|\\!|\s+", _THIN, name)
    plain = re.sub(r"\\(?:text|mathrm|mathop|operatorname\*?|rm|mathbf)(?![a-zA-Z])", "", plain)
    plain = plain.replace("{", "").replace("}", "").strip()
    if re.fullmatch(rf"[a-zA-Z{_THIN}]+", plain):
        return rf"\{command}{{{plain}}}"
    return "{" + name + "}" if command.endswith("*") else rf"\mathrm{{{name}}}"


def _unit(unit: str) -> str:
    """Return a unit of siunitx, with common words replaced by their symbols."""
    unit = re.sub(r"\\per\b", "/", unit)
    for word, sign in (
        ("squared", "^2"),
        ("cubed", "^3"),
        ("celsius", "°C"),
        ("ohm", "Ω"),
        ("degree", "°"),
        ("micro", "μ"),
    ):
        unit = re.sub(rf"\\{word}\b", sign, unit)
    for word in ("kilo", "milli", "centi", "mega", "giga", "nano"):
        unit = re.sub(rf"\\{word}\b\s*", word[0] if word not in {"mega", "giga"} else word[0].upper(), unit)
    names = {
        "meter": "m",
        "metre": "m",
        "second": "s",
        "gram": "g",
        "newton": "N",
        "joule": "J",
        "watt": "W",
        "volt": "V",
        "hertz": "Hz",
    }
    for word, sign in names.items():
        unit = re.sub(rf"\\{word}\b", sign, unit)
    return unit.replace(".", r"\cdot ")


def _length(found: re.Match[str]) -> str:
    """Convert a length to em: a point is a tenth of one. Raise `NotSettable` if it is too large."""
    value = float(found.group(1)) * _IN_EM[found.group(2)]
    if abs(value) > _MAX_EM:
        raise NotSettable(Reason.TOO_LARGE)
    return f"{value:.3f}em"


def _extract_tag(text: str) -> tuple[str, str]:
    r"""Remove the only \tag from a formula. If there are several, each one becomes text at the end of its row."""
    tags: list[str] = []

    def take(given: list[str], bare: bool = False) -> str:
        tags.append(given[0] if bare else f"({given[0]})")
        return ""

    without = rewrite(text, "tag", 1, take) if r"\tag*" not in text else text
    without = rewrite(without, r"tag\*", 1, lambda given: take(given, bare=True))
    if len(tags) <= 1:
        return without, rf"\text{{{tags[0]}}}" if tags else ""
    shown = rewrite(text, r"tag\*", 1, lambda given: rf"\qquad\text{{{given[0]}}}")
    return rewrite(shown, "tag", 1, lambda given: rf"\qquad\text{{({given[0]})}}"), ""
