"""Names of what belongs to presets, in the language of the window."""

from PySide6.QtCore import QCoreApplication

from chatdesk.kernel.translatable import QT_TRANSLATE_NOOP
from chatdesk.ui_kit.style.theme import Theme

_CATEGORIES = {
    "translation": (QT_TRANSLATE_NOOP("PresetCategories", "Translation"), "languages"),
    "office": (QT_TRANSLATE_NOOP("PresetCategories", "Office"), "briefcase"),
    "writing": (QT_TRANSLATE_NOOP("PresetCategories", "Writing"), "file-text"),
    "coding": (QT_TRANSLATE_NOOP("PresetCategories", "Coding"), "code"),
    "study": (QT_TRANSLATE_NOOP("PresetCategories", "Study"), "graduation-cap"),
    "service": (QT_TRANSLATE_NOOP("PresetCategories", "Roles"), "heart-handshake"),
    "thinking": (QT_TRANSLATE_NOOP("PresetCategories", "Thinking"), "lightbulb"),
    "everyday": (QT_TRANSLATE_NOOP("PresetCategories", "Everyday"), "coffee"),
}


def category_name(category: str) -> str:
    """Return a category's name; one of the user's own is called as it is written."""
    words = _CATEGORIES.get(category)
    return QCoreApplication.translate("PresetCategories", words[0]) if words else category


def preset_icon(theme: Theme, icon: str, category: str = "") -> str:
    """Return the icon a preset names, if there is such an icon; else its category's."""
    return icon if theme.icons.has(icon) else category_icon(category)


def category_icon(category: str) -> str:
    """Return the icon of a category."""
    return _CATEGORIES.get(category, ("", "library"))[1]
