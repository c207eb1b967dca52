r"""Conversion of chemical formulas in \ce{…} into ordinary LaTeX. It supports the common part of the mhchem package."""

import re

from chatdesk.rendering.formulas.typeset.groups import argument, option

_ARROWS = {
    "<=>>": r"\xrightleftharpoons",
    "<<=>": r"\xrightleftharpoons",
    "<=>": r"\xrightleftharpoons",
    "<-->": r"\xleftrightarrow",
    "<->": r"\xleftrightarrow",
    "->": r"\xrightarrow",
    "<-": r"\xleftarrow",
}
_ARROW = re.compile("|".join(re.escape(arrow) for arrow in _ARROWS))
_PRECIPITATE = {"v": r"\downarrow ", "^": r"\uparrow "}
_STATE = re.compile(r"\((?:aq|s|l|g|ads|cr)\)")
_CHARGE = re.compile(r"\d*[+-]|\d+|[.•]")


def chemistry(formula: str) -> str:
    """Return the LaTeX for a chemical formula."""
    return _Writer(formula).write()


class _Writer:
    """Reads a formula once from left to right."""

    def __init__(self, formula: str) -> None:
        self._text = formula
        self._at = 0
        self._written: list[str] = []
        self._atom = False
        """Whether an atom or bracket was just written, so that a number is its count."""

    def write(self) -> str:
        while self._at < len(self._text):
            self._step()
        return "".join(self._written)

    def _step(self) -> None:
        text, at = self._text, self._at
        rest = text[at:]
        char = text[at]
        if arrow := _ARROW.match(text, at):
            self._arrow(arrow)
        elif char == "$":
            end = text.find("$", at + 1)
            end = len(text) if end < 0 else end
            self._put(text[at + 1 : end], end + 1, atom=True)
        elif state := _STATE.match(text, at):
            self._put(rf"\mathrm{{{state.group()}}}", state.end())
        elif char.isspace():
            sign = re.match(r"\s+([v^])(?=\s|$)", rest)
            if sign:
                self._put(_PRECIPITATE[sign[1]], at + sign.end())
            else:
                self._put(" ", at + 1)
        elif char in "^_":
            self._script(char)
        elif char.isdigit():
            self._number()
        elif char == "\\" or char == "{":
            given, end = argument(text, at)
            self._put("{" + given + "}" if char == "{" else given + " ", end, atom=True)
        elif char.isalpha():
            letters = re.match(r"[^\W\d_]+", rest)
            word = letters.group() if letters else char
            self._put(rf"\mathrm{{{word}}}" if word.isascii() else rf"\text{{{word}}}", at + len(word), atom=True)
        elif char in ".*•":
            self._put(r"\cdot ", at + 1)
        elif char == "#":
            self._put(r"\equiv ", at + 1)
        elif char in "+-" and self._atom and not re.match(r"[+-]\s*[\w(\[]", rest):
            self._put(f"^{{{char}}}", at + 1)
        elif char == "-" and self._atom:
            self._put(r"\text{–}", at + 1)
        else:
            self._put(char, at + 1, atom=char in ")]")

    def _arrow(self, arrow: re.Match[str]) -> None:
        above, end = option(self._text, arrow.end())
        below, end = option(self._text, end)
        words = [_words(one) for one in (above, below)]
        self._put(_ARROWS[arrow.group()] + (f"[{words[1]}]" if below else "") + f"{{{words[0]}}}", end)

    def _script(self, char: str) -> None:
        at = self._at + 1
        if self._text.startswith("{", at):
            given, end = argument(self._text, at)
        else:
            charge = _CHARGE.match(self._text, at)
            given, end = (charge.group(), charge.end()) if charge else argument(self._text, at)
        before = "" if self._atom else "{}"
        self._put(f"{before}{char}{{{given}}}", end, atom=True)

    def _number(self) -> None:
        number = re.match(r"\d+(?:[./]\d+)?" if not self._atom else r"\d+", self._text[self._at :])
        digits = number.group() if number else self._text[self._at]
        end = self._at + len(digits)
        if self._atom:
            self._put(f"_{{{digits}}}", end, atom=True)
        elif "/" in digits:
            self._put(r"\frac{{{}}}{{{}}}\,".format(*digits.split("/")), end)
        else:
            self._put(digits + r"\,", end)

    def _put(self, latex: str, end: int, *, atom: bool = False) -> None:
        self._written.append(latex)
        self._at = end
        self._atom = atom


def _words(given: str) -> str:
    r"""Return the label of an arrow: formulas as formulas, other text as text."""
    if not given:
        return ""
    return given if "\\" in given or "$" in given else chemistry(given) if given.isascii() else rf"\text{{{given}}}"
