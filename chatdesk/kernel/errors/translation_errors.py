"""What can go wrong on the translation desk, beside what goes wrong with servers.

As all errors they carry data; see `kernel/errors/base.py`.
"""

from chatdesk.kernel.errors.base import ChatdeskError
from chatdesk.kernel.fast_dataclass import dataclass


@dataclass(eq=False)
class TranslationError(ChatdeskError):
    """Something about a text or a glossary."""


@dataclass(eq=False)
class TextTooLong(TranslationError):
    """More than `limit` characters."""

    limit: int = 0


@dataclass(eq=False)
class TooManyParagraphs(TranslationError):
    """More than `limit`."""

    limit: int = 0


@dataclass(eq=False)
class GlossaryInvalid(TranslationError):
    """What is in a file is no table of terms. `line` is where, 0 if nowhere."""

    line: int = 0


@dataclass(eq=False)
class NothingTranslated(TranslationError):
    """The model ended its answer before it said anything."""


@dataclass(eq=False)
class AnswerWentAstray(TranslationError):
    """The model wrote far more than a translation can be."""
