"""What the doctor's buttons are called, and their icons."""

from PySide6.QtCore import QCoreApplication

from chatdesk.features.servers.domain.finding import Remedy, RemedyKind
from chatdesk.kernel.translatable import QT_TRANSLATE_NOOP
from chatdesk.ui_kit.text.plain_line import plain_line

_WORDS: dict[RemedyKind, tuple[str, str]] = {
    RemedyKind.USE_ADDRESS: (QT_TRANSLATE_NOOP("Doctor", "Use this address"), "check"),
    RemedyKind.ADD_SERVER: (QT_TRANSLATE_NOOP("Doctor", "Add this server"), "plus"),
    RemedyKind.START: (QT_TRANSLATE_NOOP("Doctor", "Start Ollama"), "play"),
    RemedyKind.NO_PROXY: (QT_TRANSLATE_NOOP("Doctor", "Go without the proxy"), ""),
    RemedyKind.CHOOSE_AUTHORITIES: (QT_TRANSLATE_NOOP("Doctor", "Choose a CA file…"), ""),
    RemedyKind.EDIT_KEY: (QT_TRANSLATE_NOOP("Doctor", "Enter the key"), "key-round"),
    RemedyKind.EDIT_ADDRESS: (QT_TRANSLATE_NOOP("Doctor", "Change address"), ""),
    RemedyKind.EDIT_SERVER: (QT_TRANSLATE_NOOP("Doctor", "Server settings"), ""),
    RemedyKind.PULL_MODEL: (QT_TRANSLATE_NOOP("Doctor", "Download {value}"), "download"),
    RemedyKind.CHOOSE_MODEL: (QT_TRANSLATE_NOOP("Doctor", "Choose a model"), ""),
    RemedyKind.OPEN_PAGE: (QT_TRANSLATE_NOOP("Doctor", "Download page"), "external-link"),
    RemedyKind.RUN_COMMAND: (QT_TRANSLATE_NOOP("Doctor", "Show how"), "terminal"),
}


def remedy_words(remedy: Remedy) -> str:
    """Return what a button says."""
    words = QCoreApplication.translate("Doctor", _WORDS[remedy.kind][0])
    return words.format(value=plain_line(remedy.value))


def remedy_icon(remedy: Remedy) -> str:
    """Return the icon of a button; empty for none."""
    return _WORDS[remedy.kind][1]
