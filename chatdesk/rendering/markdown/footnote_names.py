"""How footnotes are named: what the ways of writing one label have in common, and where links to it point."""


def footnote_key(label: str) -> str:
    """Return what all ways of writing a footnote's label have in common. No link label is like it."""
    return "^" + _normalised(label)


def footnote_anchor(label: str) -> str:
    """Return the target of links to a footnote."""
    return "#fn-" + _normalised(label).lower()


def _normalised(label: str) -> str:
    """Fold case and white space, as CommonMark does with the labels of links (lower, then upper: ẞ and SS are one)."""
    return " ".join(label.split()).lower().upper()
