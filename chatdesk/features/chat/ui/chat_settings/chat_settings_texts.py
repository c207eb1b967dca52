"""Texts of the chat settings: what each choice means."""

from PySide6.QtCore import QCoreApplication

from chatdesk.features.models.domain.creativity import Creativity
from chatdesk.features.models.domain.parameter_state import Inherited, Origin
from chatdesk.kernel.chat.instructions import AnswerLength
from chatdesk.kernel.chat.request import Thinking
from chatdesk.kernel.translatable import QT_TRANSLATE_NOOP
from chatdesk.ui_kit.text.parameter_numbers import written

_CONTEXT = "ChatSettings"
_CREATIVITY = {
    Creativity.DEFAULT: QT_TRANSLATE_NOOP("ChatSettings", "Default"),
    Creativity.PRECISE: QT_TRANSLATE_NOOP("ChatSettings", "Precise"),
    Creativity.BALANCED: QT_TRANSLATE_NOOP("ChatSettings", "Balanced"),
    Creativity.CREATIVE: QT_TRANSLATE_NOOP("ChatSettings", "Creative"),
}
_TEMPERATURES = {
    Creativity.PRECISE: QT_TRANSLATE_NOOP("ChatSettings", "Temperature {number}: for facts and sums"),
    Creativity.BALANCED: QT_TRANSLATE_NOOP("ChatSettings", "Temperature {number}: for everyday questions"),
    Creativity.CREATIVE: QT_TRANSLATE_NOOP("ChatSettings", "Temperature {number}: for ideas and stories"),
    Creativity.CUSTOM: QT_TRANSLATE_NOOP("ChatSettings", "Temperature {number}, set under Advanced"),
}
_INHERITED_TEMPERATURES = {
    Origin.PRESET: QT_TRANSLATE_NOOP("ChatSettings", "Temperature {number}, from the preset"),
    Origin.MODEL: QT_TRANSLATE_NOOP("ChatSettings", "Temperature {number}, as set for this model"),
    Origin.MAKERS: QT_TRANSLATE_NOOP("ChatSettings", "Temperature {number}, recommended by the model's developer"),
}
_LENGTHS = {
    AnswerLength.DEFAULT: (
        QT_TRANSLATE_NOOP("ChatSettings", "Default"),
        QT_TRANSLATE_NOOP("ChatSettings", "The model decides"),
    ),
    AnswerLength.SHORT: (
        QT_TRANSLATE_NOOP("ChatSettings", "Short"),
        QT_TRANSLATE_NOOP("ChatSettings", "A few sentences"),
    ),
    AnswerLength.MEDIUM: (
        QT_TRANSLATE_NOOP("ChatSettings", "Medium"),
        QT_TRANSLATE_NOOP("ChatSettings", "The main points with a brief explanation"),
    ),
    AnswerLength.LONG: (
        QT_TRANSLATE_NOOP("ChatSettings", "Long"),
        QT_TRANSLATE_NOOP("ChatSettings", "Detailed, with explanations and examples"),
    ),
}
_THINKING = {
    Thinking.AUTO: QT_TRANSLATE_NOOP("ChatSettings", "The model decides"),
    Thinking.OFF: QT_TRANSLATE_NOOP("ChatSettings", "Answers at once"),
    Thinking.ON: QT_TRANSLATE_NOOP("ChatSettings", "Better on hard questions, slower to start"),
    Thinking.MINIMAL: QT_TRANSLATE_NOOP("ChatSettings", "Quick to start, for easy questions"),
    Thinking.LOW: QT_TRANSLATE_NOOP("ChatSettings", "Quick to start, for easy questions"),
}


def creativity_word(creativity: Creativity, temperature: float | None) -> str:
    """Return the name of a creativity; a custom one is named by its number."""
    if creativity is Creativity.CUSTOM:
        return written(temperature or 0)
    return _translated(_CREATIVITY[creativity])


def creativity_text(creativity: Creativity, temperature: float | None, inherited: Inherited) -> str:
    """Return what a creativity means; `inherited` applies to the default."""
    if creativity is not Creativity.DEFAULT:
        return _translated(_TEMPERATURES[creativity]).format(number=written(temperature or 0))
    source = _INHERITED_TEMPERATURES.get(inherited.origin)
    if source is None or not isinstance(inherited.value, int | float):
        return QCoreApplication.translate("ChatSettings", "The provider's default temperature")
    return _translated(source).format(number=written(inherited.value))


def length_word(length: AnswerLength) -> str:
    """Return the name of a length."""
    return _translated(_LENGTHS[length][0])


def length_text(length: AnswerLength) -> str:
    """Return what a length means."""
    return _translated(_LENGTHS[length][1])


def thinking_text(thinking: Thinking) -> str:
    """Return what a thinking level means."""
    return _translated(_THINKING.get(thinking, _THINKING[Thinking.ON]))


def _translated(source: str) -> str:
    return QCoreApplication.translate(_CONTEXT, source)
