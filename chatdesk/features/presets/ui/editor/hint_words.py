"""Says in a sentence what a hint about a prompt means."""

from typing import assert_never

from PySide6.QtCore import QCoreApplication

from chatdesk.features.presets.domain.lint import Hint, HintKind


def hint_words(hint: Hint) -> str:
    """Return what is remarkable, and where that helps what to do."""
    translate = QCoreApplication.translate
    match hint.kind:
        case HintKind.EMPTY_SECTION:
            words = translate("PromptHints", "“{section}” is empty.")
        case HintKind.SECTION_TWICE:
            words = translate("PromptHints", "“{section}” is there twice.")
        case HintKind.NO_STEPS:
            words = translate("PromptHints", "“{section}” has no steps. Write one on each line.")
        case HintKind.TWO_LANGUAGES:
            words = translate("PromptHints", "Answers are asked for in two languages: {0}, and here {1}.")
        case HintKind.LONG:
            words = translate(
                "PromptHints", "The prompt is very long. Models with a small context may forget part of it."
            )
        case HintKind.MISSPELT_VARIABLE:
            words = translate("PromptHints", "{{{0}}} is not declared. Is {{{1}}} meant?")
        case HintKind.UNUSED_VARIABLE:
            words = translate("PromptHints", "The variable “{0}” is not used.")
        case HintKind.REQUIRED_UNUSED:
            words = translate("PromptHints", "“{0}” must be filled in, but is not used.")
        case HintKind.NO_CHOICES:
            words = translate("PromptHints", "“{0}” is a choice without choices.")
        case _:
            assert_never(hint.kind)
    return _filled(words, hint)


def _filled(words: str, hint: Hint) -> str:
    """Put names in their places. Not with `format`: the sentences show braces themselves."""
    for number, name in enumerate(hint.detail):
        words = words.replace(f"{{{number}}}", name)
    return words.replace("{section}", hint.section)
