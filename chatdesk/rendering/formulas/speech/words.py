"""A formula in words, or its LaTeX if there are none for it."""

from chatdesk.rendering.formulas.speech.speaker import Speaker
from chatdesk.rendering.formulas.speech.tokens import Unsayable
from chatdesk.rendering.formulas.speech.vocabulary import Vocabulary


def formula_in_words(latex: str, words: Vocabulary) -> str:
    """Return what is said of a formula; its LaTeX if that cannot be said, as for one that is incomplete or of unknown commands."""
    try:
        return Speaker(latex, words).whole().words.strip(" ,") or latex
    except Unsayable:
        return latex
