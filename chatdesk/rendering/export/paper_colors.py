"""Colours for white paper, by the names of the design tokens: those of the light theme."""

import re
from collections.abc import Mapping

PAPER_COLORS: Mapping[str, str] = {
    "text": "#1A2023",
    "textSecondary": "#49555A",
    "textTertiary": "#5B676C",
    "bubble": "#EDF2F3",
    "sunken": "#F6F8F8",
    "borderDefault": "#D2D9DB",
    "borderControl": "#829094",
    "accent": "#0B6A7E",
    "accentText": "#0A6478",
    "findHit": "#FFE9A8",
    "success": "#1A6E3C",
    "warning": "#7F5000",
    "danger": "#AE2318",
    "codeText": "#1F272A",
    "codeKeyword": "#7A3796",
    "codeString": "#2A6B33",
    "codeNumber": "#924400",
    "codeComment": "#5F6C71",
    "codeFunction": "#0B5796",
    "codeType": "#0A6478",
    "codeBuiltin": "#8A3B12",
    "codePunctuation": "#4B575C",
}


def paper_color(name: str) -> str:
    """Return a colour as six hexadecimal digits without a number sign, as Office files want it."""
    return PAPER_COLORS[name].removeprefix("#")


_FORMULA_COLORS = {
    "red": "FF0000",
    "green": "008000",
    "blue": "0000FF",
    "cyan": "00B7EB",
    "magenta": "FF00FF",
    "yellow": "FFFF00",
    "black": "000000",
    "white": "FFFFFF",
    "gray": "808080",
    "grey": "808080",
    "darkgray": "404040",
    "lightgray": "BFBFBF",
    "brown": "A52A2A",
    "lime": "00FF00",
    "olive": "808000",
    "orange": "FF8000",
    "pink": "FFC0CB",
    "purple": "800080",
    "teal": "008080",
    "violet": "800080",
    "navy": "000080",
    "maroon": "800000",
}
"""The colours that formulas name."""


def formula_color(name: str) -> str:
    """Return a colour of a formula as six hexadecimal digits; empty for one that is unknown."""
    if found := re.fullmatch("#([0-9a-fA-F]{6})", name):
        return found[1].upper()
    return _FORMULA_COLORS.get(name.lower(), "")
