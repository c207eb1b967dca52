"""Typeset formulas as SVG inside HTML, in the size and colour of the surrounding text.

The shapes of the math font are defined once per file and referred to from each formula.
"""

import re
from html import escape

from chatdesk.rendering.formulas.typeset.typeset_formula import UNITS, TypesetFormula

_SIZE = 1.13
"""Size of the math font relative to that of the text, as on the screen."""
_COLOR = re.compile(r"#[0-9a-fA-F]{3,8}|[a-zA-Z]{1,20}")
_PATH = re.compile(r"[MLQCZ\d .-]*")


class FormulaShapes:
    """The shapes that the formulas of one file use."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}

    def svg(self, formula: TypesetFormula, text: str) -> str:
        """Return a formula as an element. `text` is its text for those who do not see it, and for copying."""
        tag = f'<span class="tag">{self._drawing(formula.tag)}</span>' if formula.tag else ""
        return (
            f'<span class="formula" role="img" aria-label="{escape(text)}">{self._drawing(formula)}'
            f'<span class="source">{escape(text)}</span></span>{tag}'
        )

    def definitions(self) -> str:
        """Return the element that holds the shapes; it has to be in the same file."""
        shapes = "".join(f'<path id="{name}" d="{path}"/>' for path, name in self._names.items())
        return f'<svg class="shapes" aria-hidden="true"><defs>{shapes}</defs></svg>\n' if shapes else ""

    def _drawing(self, formula: TypesetFormula) -> str:
        width, height = formula.width, formula.height + formula.depth
        parts = []
        for rule in formula.rules:
            box = f'x="{rule.x:g}" y="{rule.y:g}" width="{rule.width:g}" height="{rule.height:g}"'
            parts.append(f"<rect {box}{_fill(rule.color)}/>")
        for glyph in formula.glyphs:
            if _PATH.fullmatch(glyph.path):
                name = self._names.setdefault(glyph.path, f"s{len(self._names)}")
                attributes = f"matrix({glyph.scale:g} 0 0 {-glyph.scale:g} {glyph.x:.1f} {glyph.y:.1f})"
                parts.append(f'<use href="#{name}" transform="{attributes}"{_fill(glyph.color)}/>')
        for word in formula.words:
            weight = ' font-weight="bold"' * word.bold
            attributes = f'x="{word.x:g}" y="{word.y:g}" font-size="{word.size:g}"'
            parts.append(f"<text {attributes}{weight}{_fill(word.color)}>{escape(word.text)}</text>")
        return (
            f'<svg viewBox="0 {-formula.height:.1f} {width:.1f} {height:.1f}" aria-hidden="true" style="'
            f'width:{_em(width)};height:{_em(height)};vertical-align:{_em(-formula.depth)}">{"".join(parts)}</svg>'
        )


def _em(units: float) -> str:
    return f"{units / UNITS * _SIZE:.3f}em"


def _fill(color: str) -> str:
    return f' fill="{color}"' if color and _COLOR.fullmatch(color) else ""
