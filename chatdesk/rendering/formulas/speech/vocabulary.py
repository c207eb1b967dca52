"""The vocabulary of spoken formulas: names of signs (`signs.py`), and patterns that combine the parts of a formula."""

from collections.abc import Callable, Mapping

from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.rendering.formulas.speech.signs import signs


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """`signs` are by LaTeX, `patterns` by purpose, with {a}, {b} and {c} for their parts."""

    signs: Mapping[str, str]
    patterns: Mapping[str, str]

    def phrase(self, pattern: str, *parts: str) -> str:
        """Return a pattern with its parts inserted."""
        return self.patterns[pattern].format(**dict(zip("abc", parts, strict=False)))


def vocabulary(translate: Callable[[str, str], str]) -> Vocabulary:
    """Return the vocabulary. `translate` is called with a context and an English text."""
    return Vocabulary(signs(translate), _patterns(translate))


def _patterns(translate: Callable[[str, str], str]) -> Mapping[str, str]:
    return {
        "fraction": translate("Formulas", "{a} over {b}"),
        "long fraction": translate("Formulas", "fraction, {a}, over, {b}, end fraction"),
        "root": translate("Formulas", "square root of {a}"),
        "long root": translate("Formulas", "square root of {a}, end root"),
        "cube root": translate("Formulas", "cube root of {a}"),
        "long cube root": translate("Formulas", "cube root of {a}, end root"),
        "nth root": translate("Formulas", "root of order {a} of {b}"),
        "long nth root": translate("Formulas", "root of order {a} of {b}, end root"),
        "squared": translate("Formulas", "{a} squared"),
        "cubed": translate("Formulas", "{a} cubed"),
        "power": translate("Formulas", "{a} to the power of {b}"),
        "long power": translate("Formulas", "{a} to the power of {b}, end power"),
        "inverse": translate("Formulas", "inverse {a}"),
        "superscript": translate("Formulas", "{a} superscript {b}"),
        "long superscript": translate("Formulas", "{a} superscript {b}, end superscript"),
        "lone superscript": translate("Formulas", "superscript {a}"),
        "subscript": translate("Formulas", "{a} sub {b}"),
        "long subscript": translate("Formulas", "{a} sub {b}, end sub"),
        "lone subscript": translate("Formulas", "subscript {a}"),
        "transpose": translate("Formulas", "{a} transpose"),
        "base": translate("Formulas", "{a} base {b} of"),
        "from to": translate("Formulas", "{a} from {b} to {c} of"),
        "over": translate("Formulas", "{a} over {b} of"),
        "up to": translate("Formulas", "{a} up to {b} of"),
        "of": translate("Formulas", "{a} of"),
        "limit": translate("Formulas", "{a} as {b} of"),
        "evaluated at": translate("Formulas", "evaluated at {a}"),
        "evaluated from": translate("Formulas", "evaluated from {a} to {b}"),
        "accent": translate("Formulas", "{a} {b}"),
        "long accent": translate("Formulas", "{b} over {a}, end"),
        "vector": translate("Formulas", "vector {a}"),
        "long vector": translate("Formulas", "vector {a}, end vector"),
        "function": translate("Formulas", "{a} of {b}"),
        "above": translate("Formulas", "{a} with {b} above"),
        "below": translate("Formulas", "{a} with {b} below"),
        "brace above": translate("Formulas", "brace over {a}, end brace"),
        "brace below": translate("Formulas", "brace under {a}, end brace"),
        "arrow": translate("Formulas", "right arrow"),
        "choose": translate("Formulas", "{a} choose {b}"),
        "long choose": translate("Formulas", "binomial, {a}, choose, {b}, end binomial"),
        "not": translate("Formulas", "not {a}"),
        "crossed out": translate("Formulas", "crossed out {a}"),
        "boxed": translate("Formulas", "box: {a}, end box"),
        "tag": translate("Formulas", "number {a}"),
        "modulo": translate("Formulas", "modulo {a}"),
        "bold": translate("Formulas", "bold {a}"),
        "script": translate("Formulas", "script {a}"),
        "fraktur": translate("Formulas", "fraktur {a}"),
        "blackboard": translate("Formulas", "double-struck {a}"),
        "naturals": translate("Formulas", "the natural numbers"),
        "integers": translate("Formulas", "the integers"),
        "rationals": translate("Formulas", "the rational numbers"),
        "reals": translate("Formulas", "the real numbers"),
        "complex": translate("Formulas", "the complex numbers"),
        "approaches": translate("Formulas", "approaches"),
        "matrix": translate("Formulas", "matrix with {a} and {b}: {c}; end matrix"),
        "determinant": translate("Formulas", "determinant with {a} and {b}: {c}; end determinant"),
        "table": translate("Formulas", "table with {a} and {b}: {c}; end table"),
        "cases": translate("Formulas", "{a}: {b}; end cases"),
        "one row": translate("Formulas", "1 row"),
        "rows": translate("Formulas", "{a} rows"),
        "one column": translate("Formulas", "1 column"),
        "columns": translate("Formulas", "{a} columns"),
        "case count": translate("Formulas", "{a} cases"),
        "row": translate("Formulas", "row {a}: {b}"),
        "case": translate("Formulas", "case {a}: {b}"),
        "line": translate("Formulas", "line {a}: {b}"),
        "empty": translate("Formulas", "blank"),
        "ket": translate("Formulas", "ket {a}"),
        "bra": translate("Formulas", "bra {a}"),
    }
