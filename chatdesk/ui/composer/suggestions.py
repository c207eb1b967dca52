"""What an empty chat offers to begin with: ready words that go into the composer. Plain texts, nothing is sent by itself."""

from dataclasses import dataclass

from chatdesk.domain.translatable import QT_TRANSLATE_NOOP


@dataclass(frozen=True, slots=True)
class Suggestion:
    """English sources for translation (context "Suggestions"): what the card says, and what goes into the composer."""

    title: str
    hint: str
    text: str


@dataclass(frozen=True, slots=True)
class SuggestionGroup:
    """A column of the start page."""

    title: str
    icon: str
    suggestions: tuple[Suggestion, ...]


GROUPS: tuple[SuggestionGroup, ...] = (
    SuggestionGroup(
        QT_TRANSLATE_NOOP("Suggestions", "Translation"),
        "languages",
        (
            Suggestion(
                QT_TRANSLATE_NOOP("Suggestions", "Translate and explain"),
                QT_TRANSLATE_NOOP("Suggestions", "Into your language, with notes"),
                QT_TRANSLATE_NOOP(
                    "Suggestions",
                    "Translate the following text into English. Keep its tone and paragraphs, and below it explain in a few lines "
                    "what was hard to translate and why you chose your words:\n\n",
                ),
            ),
            Suggestion(
                QT_TRANSLATE_NOOP("Suggestions", "Polish my English"),
                QT_TRANSLATE_NOOP("Suggestions", "Natural, same meaning"),
                QT_TRANSLATE_NOOP(
                    "Suggestions",
                    "Rewrite the following text in natural, clear English. Change nothing of its meaning, and list the three most "
                    "important changes below it:\n\n",
                ),
            ),
        ),
    ),
    SuggestionGroup(
        QT_TRANSLATE_NOOP("Suggestions", "Office"),
        "briefcase",
        (
            Suggestion(
                QT_TRANSLATE_NOOP("Suggestions", "Answer an email"),
                QT_TRANSLATE_NOOP("Suggestions", "Paste it, say what you want"),
                QT_TRANSLATE_NOOP(
                    "Suggestions",
                    "Write a polite and short answer to the email below. What I want to say: …\n\nThe email:\n\n",
                ),
            ),
            Suggestion(
                QT_TRANSLATE_NOOP("Suggestions", "Minutes from notes"),
                QT_TRANSLATE_NOOP("Suggestions", "Decisions, owners, dates"),
                QT_TRANSLATE_NOOP(
                    "Suggestions",
                    "Turn these notes into minutes: a line on the purpose, then a table with decision, owner and date, then open "
                    "questions. Invent nothing; write “open” where something is missing:\n\n",
                ),
            ),
        ),
    ),
    SuggestionGroup(
        QT_TRANSLATE_NOOP("Suggestions", "Coding"),
        "code",
        (
            Suggestion(
                QT_TRANSLATE_NOOP("Suggestions", "Explain this code"),
                QT_TRANSLATE_NOOP("Suggestions", "Step by step, with risks"),
                QT_TRANSLATE_NOOP(
                    "Suggestions",
                    "Explain this code step by step to someone who knows programming but not this language, then name its risks "
                    "and what you would change first:\n\n",
                ),
            ),
            Suggestion(
                QT_TRANSLATE_NOOP("Suggestions", "Build a small page or game"),
                QT_TRANSLATE_NOOP("Suggestions", "One HTML file"),
                QT_TRANSLATE_NOOP(
                    "Suggestions",
                    "Write a snake game as one HTML file with everything in it: arrow keys, score, best score, restart with Enter, "
                    "no external files. Give only the complete file.",
                ),
            ),
        ),
    ),
)
