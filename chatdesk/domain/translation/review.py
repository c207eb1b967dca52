"""What is to be looked at in a translated segment: terms, format, or that nothing was translated at all."""

from dataclasses import dataclass

from chatdesk.domain.translation.format_check import FormatProblem, format_problems
from chatdesk.domain.translation.glossary import Glossary, Term

_WORDS_OF_A_NAME = 3
_LETTERS_OF_A_NAME = 12


@dataclass(frozen=True, slots=True)
class TermProblem:
    """A term that the result calls something else."""

    term: Term


@dataclass(frozen=True, slots=True)
class NotTranslated:
    """The result is the source."""


Problem = TermProblem | FormatProblem | NotTranslated


def review(source: str, result: str, glossary: Glossary) -> tuple[Problem, ...]:
    """Return the problems of a result, those of its format first."""
    if not result.strip():
        return ()
    if _is_same(source, result):
        return (NotTranslated(),)
    terms = (TermProblem(term) for term in glossary.violations(source, result))
    return (*format_problems(source, result), *terms)


def _is_same(source: str, result: str) -> bool:
    """Whether a sentence came back as it was; names and single words may."""
    words = source.split()
    if " ".join(words).casefold() != " ".join(result.split()).casefold():
        return False
    return (
        len(words) > _WORDS_OF_A_NAME
        or sum(sign.isalpha() for sign in source if not sign.isascii()) > _LETTERS_OF_A_NAME
    )
