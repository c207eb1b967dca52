"""What an empty chat offers to begin with: presets of the library, a few of each kind. Nothing is sent by itself.

Before a person has favourites and habits these are the same for everyone, and known before the library is read.
"""

from PySide6.QtCore import QCoreApplication

from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.translatable import QT_TRANSLATE_NOOP


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What a card says, and the key of the preset behind it."""

    title: str
    hint: str
    key: str


@dataclass(frozen=True, slots=True)
class SuggestionGroup:
    """A column of the start page. `category` is the presets'."""

    category: str
    title: str
    icon: str
    suggestions: tuple[Suggestion, ...]


_USUAL: tuple[SuggestionGroup, ...] = (
    SuggestionGroup(
        "translation",
        QT_TRANSLATE_NOOP("Suggestions", "Translation"),
        "languages",
        (
            Suggestion(
                QT_TRANSLATE_NOOP("Suggestions", "Translate and explain"),
                QT_TRANSLATE_NOOP("Suggestions", "Into your language, with notes"),
                "built-in:translate-and-explain",
            ),
            Suggestion(
                QT_TRANSLATE_NOOP("Suggestions", "Polish my English"),
                QT_TRANSLATE_NOOP("Suggestions", "Natural, same meaning"),
                "built-in:polish-english",
            ),
        ),
    ),
    SuggestionGroup(
        "office",
        QT_TRANSLATE_NOOP("Suggestions", "Office"),
        "briefcase",
        (
            Suggestion(
                QT_TRANSLATE_NOOP("Suggestions", "Answer an email"),
                QT_TRANSLATE_NOOP("Suggestions", "Paste it, say what you want"),
                "built-in:mail-reply",
            ),
            Suggestion(
                QT_TRANSLATE_NOOP("Suggestions", "Minutes from notes"),
                QT_TRANSLATE_NOOP("Suggestions", "Decisions, owners, dates"),
                "built-in:minutes",
            ),
        ),
    ),
    SuggestionGroup(
        "coding",
        QT_TRANSLATE_NOOP("Suggestions", "Coding"),
        "code",
        (
            Suggestion(
                QT_TRANSLATE_NOOP("Suggestions", "Explain this code"),
                QT_TRANSLATE_NOOP("Suggestions", "Step by step, with risks"),
                "built-in:explain-code",
            ),
            Suggestion(
                QT_TRANSLATE_NOOP("Suggestions", "Write a snake game"),
                QT_TRANSLATE_NOOP("Suggestions", "One HTML file, runs here"),
                "built-in:snake-game",
            ),
        ),
    ),
)


def usual_suggestions() -> tuple[SuggestionGroup, ...]:
    """Return them in the language of the window."""
    return tuple(
        SuggestionGroup(
            group.category,
            _translated(group.title),
            group.icon,
            tuple(Suggestion(_translated(each.title), _translated(each.hint), each.key) for each in group.suggestions),
        )
        for group in _USUAL
    )


def _translated(text: str) -> str:
    return QCoreApplication.translate("Suggestions", text)
