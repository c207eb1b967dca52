"""What is to be looked at in a translated segment: terms, format, or that it is not in the language it should be in."""

from chatdesk.features.translation.domain.detection import DETECTABLE, detect_language
from chatdesk.features.translation.domain.format_check import FormatProblem, format_problems
from chatdesk.features.translation.domain.glossary import Glossary, Term
from chatdesk.kernel.fast_dataclass import dataclass

_WORDS_OF_A_NAME = 3
_LETTERS_OF_A_NAME = 12
_ENOUGH_TO_TELL = 40
"""Characters of a result; a shorter one may be a name or a quotation."""


@dataclass(frozen=True, slots=True)
class TermProblem:
    """A term that the result calls something else."""

    term: Term


@dataclass(frozen=True, slots=True)
class NotTranslated:
    """The result is the source."""


@dataclass(frozen=True, slots=True)
class OtherLanguage:
    """The result is in the language of its source. `target` is the code of the one that was wanted."""

    target: str


Problem = TermProblem | FormatProblem | NotTranslated | OtherLanguage


def review(source: str, result: str, glossary: Glossary, languages: tuple[str, str]) -> tuple[Problem, ...]:
    """Return the problems of a result, those of its format first. `languages` are the codes it is translated from and to."""
    if not result.strip():
        return ()
    if _is_same(source, result):
        return (NotTranslated(),)
    if len(result) >= _ENOUGH_TO_TELL and _can_tell(*languages) and detect_language(result) == languages[0]:
        return (OtherLanguage(languages[1]),)
    terms = (TermProblem(term) for term in glossary.violations(source, result))
    return (*format_problems(source, result), *terms)


def _can_tell(source: str, target: str) -> bool:
    """Whether a text in the one would not be taken for the other; two ways to write Chinese may have all signs of a text in common."""
    return source != target and target in DETECTABLE and not (source.startswith("zh") and target.startswith("zh"))


def _is_same(source: str, result: str) -> bool:
    """Whether a sentence came back as it was; names and single words may."""
    words = source.split()
    if " ".join(words).casefold() != " ".join(result.split()).casefold():
        return False
    return (
        len(words) > _WORDS_OF_A_NAME
        or sum(sign.isalpha() for sign in source if not sign.isascii()) > _LETTERS_OF_A_NAME
    )
