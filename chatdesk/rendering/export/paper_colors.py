"""Colours for white paper, by the names of the design tokens: those of the light theme."""

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
