"""Review of a translated segment: terms, format, and whether it is in the target language."""

from chatdesk.features.translation.domain.detection import DETECTABLE, detect_language
from chatdesk.features.translation.domain.format_check import FormatProblem, format_problems
from chatdesk.features.translation.domain.glossary import Glossary, Term
from chatdesk.kernel.fast_dataclass import dataclass

_MAX_NAME_WORDS = 3
_MAX_NAME_LETTERS = 12
_MIN_DETECTION_LENGTH = 40
"""Minimum number of characters for language detection; a shorter result may be a name or a quotation."""


@dataclass(frozen=True, slots=True)
class TermProblem:
    """The result does not use the glossary's translation of a term."""

    term: Term


@dataclass(frozen=True, slots=True)
class NotTranslated:
    """The result is identical to the source."""


@dataclass(frozen=True, slots=True)
class OtherLanguage:
    """The result is in the source language. `target` is the code of the target language."""

    target: str


Problem = TermProblem | FormatProblem | NotTranslated | OtherLanguage


def review(source: str, result: str, glossary: Glossary, languages: tuple[str, str]) -> tuple[Problem, ...]:
    """Return the problems of a result, format problems first. `languages` are the codes of the source and target language."""
    if not result.strip():
        return ()
    if _is_same(source, result):
        return (NotTranslated(),)
    if (
        len(result) >= _MIN_DETECTION_LENGTH
        and _are_distinguishable(*languages)
        and detect_language(result) == languages[0]
    ):
        return (OtherLanguage(languages[1]),)
    terms = (TermProblem(term) for term in glossary.unused_terms(source, result))
    return (*format_problems(source, result), *terms)


def _are_distinguishable(source: str, target: str) -> bool:
    """Return whether the languages can be distinguished. The two Chinese scripts cannot: a text may contain only common characters."""
    return source != target and target in DETECTABLE and not (source.startswith("zh") and target.startswith("zh"))


def _is_same(source: str, result: str) -> bool:
    """Return whether a sentence was returned unchanged. Names and single words may be identical."""
    words = source.split()
    if " ".join(words).casefold() != " ".join(result.split()).casefold():
        return False
    return (
        len(words) > _MAX_NAME_WORDS
        or sum(character.isalpha() for character in source if not character.isascii()) > _MAX_NAME_LETTERS
    )
