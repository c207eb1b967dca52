"""Errors of the translator, in addition to those of servers."""

from chatdesk.kernel.errors.base import ChatdeskError
from chatdesk.kernel.fast_dataclass import dataclass


@dataclass(eq=False)
class TranslationError(ChatdeskError):
    """Base class for errors of a text or a glossary."""


@dataclass(eq=False)
class TextTooLong(TranslationError):
    """The text has more than `limit` characters."""

    limit: int = 0


@dataclass(eq=False)
class TooManyParagraphs(TranslationError):
    """The text has more than `limit` paragraphs."""

    limit: int = 0


@dataclass(eq=False)
class GlossaryInvalid(TranslationError):
    """The file is not a glossary. `line` is where parsing failed, or 0."""

    line: int = 0


@dataclass(eq=False)
class NothingTranslated(TranslationError):
    """The model ended its answer without a translation."""


@dataclass(eq=False)
class TranslationTooLong(TranslationError):
    """The model wrote far more than a translation can be."""
