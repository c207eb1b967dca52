"""Names and icons of preset categories in the language of the window."""

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
    """Return the name of a category; a category of the user is shown as written."""
    texts = _CATEGORIES.get(category)
    return QCoreApplication.translate("PresetCategories", texts[0]) if texts else category


def preset_icon(theme: Theme, icon: str, category: str = "") -> str:
    """Return the icon of a preset if it exists, otherwise that of its category."""
    return icon if theme.icons.has(icon) else category_icon(category)


def category_icon(category: str) -> str:
    """Return the icon of a category."""
    return _CATEGORIES.get(category, ("", "library"))[1]
