"""The words that formulas are said in: what signs are called (`signs.py`), and the patterns that put the parts of a formula together."""

import re
from collections.abc import Callable, Mapping

from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.rendering.formulas.speech.signs import signs

_PLACE = re.compile(r"%([123])")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """`signs` by LaTeX, `patterns` by what they are for, with %1, %2, %3 where their parts come."""

    signs: Mapping[str, str]
    patterns: Mapping[str, str]

    def say(self, pattern: str, *parts: str) -> str:
        """Return a pattern with its parts in their places."""
        return _PLACE.sub(lambda place: parts[int(place[1]) - 1], self.patterns[pattern])


def vocabulary(translate: Callable[[str, str], str]) -> Vocabulary:
    """Return the words as `translate` gives them for a context and an English text."""
    return Vocabulary(signs(translate), _patterns(translate))


def _patterns(translate: Callable[[str, str], str]) -> Mapping[str, str]:
    return {
        "fraction": translate("Formulas", "%1 over %2"),
        "long fraction": translate("Formulas", "fraction, %1, over, %2, end fraction"),
        "root": translate("Formulas", "square root of %1"),
        "long root": translate("Formulas", "square root of %1, end root"),
        "cube root": translate("Formulas", "cube root of %1"),
        "long cube root": translate("Formulas", "cube root of %1, end root"),
        "nth root": translate("Formulas", "root of order %1 of %2"),
        "long nth root": translate("Formulas", "root of order %1 of %2, end root"),
        "squared": translate("Formulas", "%1 squared"),
        "cubed": translate("Formulas", "%1 cubed"),
        "power": translate("Formulas", "%1 to the power of %2"),
        "long power": translate("Formulas", "%1 to the power of %2, end power"),
        "inverse": translate("Formulas", "inverse %1"),
        "superscript": translate("Formulas", "%1 superscript %2"),
        "long superscript": translate("Formulas", "%1 superscript %2, end superscript"),
        "lone superscript": translate("Formulas", "superscript %1"),
        "subscript": translate("Formulas", "%1 sub %2"),
        "long subscript": translate("Formulas", "%1 sub %2, end sub"),
        "lone subscript": translate("Formulas", "subscript %1"),
        "transpose": translate("Formulas", "%1 transpose"),
        "base": translate("Formulas", "%1 base %2 of"),
        "from to": translate("Formulas", "%1 from %2 to %3 of"),
        "over": translate("Formulas", "%1 over %2 of"),
        "up to": translate("Formulas", "%1 up to %2 of"),
        "of": translate("Formulas", "%1 of"),
        "limit": translate("Formulas", "%1 as %2 of"),
        "evaluated at": translate("Formulas", "evaluated at %1"),
        "evaluated from": translate("Formulas", "evaluated from %1 to %2"),
        "accent": translate("Formulas", "%1 %2"),
        "long accent": translate("Formulas", "%2 over %1, end"),
        "vector": translate("Formulas", "vector %1"),
        "long vector": translate("Formulas", "vector %1, end vector"),
        "function": translate("Formulas", "%1 of %2"),
        "above": translate("Formulas", "%1 with %2 above"),
        "below": translate("Formulas", "%1 with %2 below"),
        "brace above": translate("Formulas", "brace over %1, end brace"),
        "brace below": translate("Formulas", "brace under %1, end brace"),
        "arrow": translate("Formulas", "right arrow"),
        "choose": translate("Formulas", "%1 choose %2"),
        "long choose": translate("Formulas", "binomial, %1, choose, %2, end binomial"),
        "not": translate("Formulas", "not %1"),
        "crossed out": translate("Formulas", "crossed out %1"),
        "boxed": translate("Formulas", "box: %1, end box"),
        "tag": translate("Formulas", "number %1"),
        "modulo": translate("Formulas", "modulo %1"),
        "bold": translate("Formulas", "bold %1"),
        "script": translate("Formulas", "script %1"),
        "fraktur": translate("Formulas", "fraktur %1"),
        "blackboard": translate("Formulas", "double-struck %1"),
        "naturals": translate("Formulas", "the natural numbers"),
        "integers": translate("Formulas", "the integers"),
        "rationals": translate("Formulas", "the rational numbers"),
        "reals": translate("Formulas", "the real numbers"),
        "complex": translate("Formulas", "the complex numbers"),
        "approaches": translate("Formulas", "approaches"),
        "matrix": translate("Formulas", "matrix with %1 and %2: %3; end matrix"),
        "determinant": translate("Formulas", "determinant with %1 and %2: %3; end determinant"),
        "table": translate("Formulas", "table with %1 and %2: %3; end table"),
        "cases": translate("Formulas", "%1: %2; end cases"),
        "one row": translate("Formulas", "1 row"),
        "rows": translate("Formulas", "%1 rows"),
        "one column": translate("Formulas", "1 column"),
        "columns": translate("Formulas", "%1 columns"),
        "case count": translate("Formulas", "%1 cases"),
        "row": translate("Formulas", "row %1: %2"),
        "case": translate("Formulas", "case %1: %2"),
        "line": translate("Formulas", "line %1: %2"),
        "empty": translate("Formulas", "blank"),
        "ket": translate("Formulas", "ket %1"),
        "bra": translate("Formulas", "bra %1"),
    }
