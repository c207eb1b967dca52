r"""Environments rewritten into those that latex2mathml knows, and the lines of arrays told in a way that outlives it.

A table with lines gets \class{v…h…} before it: between which columns and rows the lines are, by number from 0 at the left and top.
"""

import re

from chatdesk.rendering.formulas.typeset.groups import argument, cells, environment_end, option, rows

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
    r"""Rewrite all environments of a formula; one that has rows but no environment gets one. Raises `Unbalanced`."""
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
    return rf"\begin{{{name}}}{body}\end{{{name}}}"  # latex2mathml may know it, or will say that it does not


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
    """Return the letters of an array's columns, and between which of them there are lines."""
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
    r"""Write a table in a group of its own, so that a ^ behind it means all of it. Its last row may have ended with \\."""
    return "{" + _bare_table(name, body, columns) + "}"


def _bare_table(name: str, body: str, columns: str) -> str:
    return rf"\begin{{{name}}}{columns}{_without_last_break(body)}\end{{{name}}}"


def _without_last_break(body: str) -> str:
    found = rows(body)
    if len(found) > 1 and not found[-1].strip():
        found.pop()
    return r" \\ ".join(row if row.strip() else "{}" for row in found)
