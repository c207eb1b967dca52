"""Names of the reasoning levels, for the composer, the palette, and errors of servers."""

from PySide6.QtCore import QCoreApplication

from chatdesk.kernel.chat.request import Thinking
from chatdesk.kernel.translatable import QT_TRANSLATE_NOOP

_WORDS = {
    Thinking.AUTO: QT_TRANSLATE_NOOP("Thinking", "Automatic"),
    Thinking.OFF: QT_TRANSLATE_NOOP("Thinking", "Off"),
    Thinking.ON: QT_TRANSLATE_NOOP("Thinking", "On"),
    Thinking.MINIMAL: QT_TRANSLATE_NOOP("Thinking", "Minimal"),
    Thinking.LOW: QT_TRANSLATE_NOOP("Thinking", "Low"),
    Thinking.MEDIUM: QT_TRANSLATE_NOOP("Thinking", "Medium"),
    Thinking.HIGH: QT_TRANSLATE_NOOP("Thinking", "High"),
    Thinking.XHIGH: QT_TRANSLATE_NOOP("Thinking", "Very high"),
    Thinking.MAX: QT_TRANSLATE_NOOP("Thinking", "Maximum"),
}


def thinking_word(thinking: Thinking) -> str:
    """Return the name in the language of the window."""
    return QCoreApplication.translate("Thinking", _WORDS[thinking])
