"""Names of library filters, orders, kinds of variables and similar. `preset_texts.py` has those of categories."""

from PySide6.QtCore import QCoreApplication

from chatdesk.features.presets.domain.library_filters import LibraryFilter, LibraryFilterKind, Order
from chatdesk.features.presets.ui.editor.preset_texts import category_icon, category_name
from chatdesk.kernel.chat.request import Thinking
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.presets.preset import CATEGORIES, OutputKind, SendAs
from chatdesk.kernel.presets.variable import SystemVariable, VariableKind
from chatdesk.kernel.translatable import QT_TRANSLATE_NOOP

_CONTEXT = "Presets"
_FILTERS = {
    LibraryFilterKind.ALL: (QT_TRANSLATE_NOOP("Presets", "All presets"), "library"),
    LibraryFilterKind.FAVOURITES: (QT_TRANSLATE_NOOP("Presets", "Favourites"), "star"),
    LibraryFilterKind.RECENT: (QT_TRANSLATE_NOOP("Presets", "Recently used"), "clock"),
    LibraryFilterKind.OWN: (QT_TRANSLATE_NOOP("Presets", "My presets"), "pencil"),
    LibraryFilterKind.BROKEN: (QT_TRANSLATE_NOOP("Presets", "Broken files"), "triangle-alert"),
}
_ORDERS = {
    Order.MOST_USED: QT_TRANSLATE_NOOP("Presets", "Most used"),
    Order.NAME: QT_TRANSLATE_NOOP("Presets", "Name"),
    Order.RECENT: QT_TRANSLATE_NOOP("Presets", "Recently used"),
    Order.BY_HAND: QT_TRANSLATE_NOOP("Presets", "Custom order"),
}
_KINDS = {
    VariableKind.TEXT: QT_TRANSLATE_NOOP("Presets", "line"),
    VariableKind.LONG_TEXT: QT_TRANSLATE_NOOP("Presets", "long text"),
    VariableKind.CHOICE: QT_TRANSLATE_NOOP("Presets", "choice"),
    VariableKind.NUMBER: QT_TRANSLATE_NOOP("Presets", "number"),
    VariableKind.DATE: QT_TRANSLATE_NOOP("Presets", "date"),
    VariableKind.TOGGLE: QT_TRANSLATE_NOOP("Presets", "yes or no"),
    VariableKind.FILE: QT_TRANSLATE_NOOP("Presets", "text of a file"),
    VariableKind.SELECTION: QT_TRANSLATE_NOOP("Presets", "selected text"),
    VariableKind.CLIPBOARD: QT_TRANSLATE_NOOP("Presets", "clipboard"),
}
_SYSTEM = {
    SystemVariable.INPUT: QT_TRANSLATE_NOOP("Presets", "your text in the composer"),
    SystemVariable.DATE: QT_TRANSLATE_NOOP("Presets", "current date"),
    SystemVariable.TIME: QT_TRANSLATE_NOOP("Presets", "current time"),
    SystemVariable.LOCALE: QT_TRANSLATE_NOOP("Presets", "locale code"),
    SystemVariable.MODEL: QT_TRANSLATE_NOOP("Presets", "model name"),
    SystemVariable.LANGUAGE: QT_TRANSLATE_NOOP("Presets", "language of the chat"),
}
_OUTPUTS = {
    OutputKind.MARKDOWN: QT_TRANSLATE_NOOP("Presets", "Formatted text"),
    OutputKind.TEXT: QT_TRANSLATE_NOOP("Presets", "Plain text"),
    OutputKind.HTML: QT_TRANSLATE_NOOP("Presets", "A page"),
    OutputKind.CODE: QT_TRANSLATE_NOOP("Presets", "Code"),
    OutputKind.TABLE: QT_TRANSLATE_NOOP("Presets", "A table"),
    OutputKind.JSON: QT_TRANSLATE_NOOP("Presets", "JSON"),
}
_SEND = {
    SendAs.AUTO: QT_TRANSLATE_NOOP("Presets", "Recommended by the model's developer"),
    SendAs.SYSTEM: QT_TRANSLATE_NOOP("Presets", "As a system message"),
    SendAs.QUESTION: QT_TRANSLATE_NOOP("Presets", "Before the first question"),
}
_THINKING = {
    Thinking.AUTO: QT_TRANSLATE_NOOP("Presets", "Default"),
    Thinking.ON: QT_TRANSLATE_NOOP("Presets", "On"),
    Thinking.OFF: QT_TRANSLATE_NOOP("Presets", "Off"),
    Thinking.MINIMAL: QT_TRANSLATE_NOOP("Presets", "Minimal"),
    Thinking.LOW: QT_TRANSLATE_NOOP("Presets", "Low"),
    Thinking.MEDIUM: QT_TRANSLATE_NOOP("Presets", "Medium"),
    Thinking.HIGH: QT_TRANSLATE_NOOP("Presets", "High"),
    Thinking.XHIGH: QT_TRANSLATE_NOOP("Presets", "Very high"),
    Thinking.MAX: QT_TRANSLATE_NOOP("Presets", "Maximum"),
}


def filter_name(library_filter: LibraryFilter) -> str:
    """Return the name of a filter."""
    return (
        category_name(library_filter.category)
        if library_filter.filter_kind is LibraryFilterKind.CATEGORY
        else _translated(_FILTERS[library_filter.filter_kind][0])
    )


def filter_icon(library_filter: LibraryFilter) -> str:
    """Return the icon of a filter."""
    if library_filter.filter_kind is LibraryFilterKind.CATEGORY:
        return category_icon(library_filter.category) if library_filter.category in CATEGORIES else "tag"
    return _FILTERS[library_filter.filter_kind][1]


def order_name(order: Order) -> str:
    """Return the name of an order."""
    return _translated(_ORDERS[order])


def kind_name(kind: VariableKind) -> str:
    """Return the name of a kind of variable."""
    return _translated(_KINDS[kind])


def system_text(variable: SystemVariable) -> str:
    """Return the description of the value of a system variable."""
    return _translated(_SYSTEM[variable])


def output_name(output: OutputKind) -> str:
    """Return the name of an output kind."""
    return _translated(_OUTPUTS[output])


def send_name(send_as: SendAs) -> str:
    """Return the name of a way to send the prompt."""
    return _translated(_SEND[send_as])


def thinking_name(thinking: Thinking) -> str:
    """Return the name of a thinking level."""
    return _translated(_THINKING[thinking])


def _translated(source: str) -> str:
    return QCoreApplication.translate(_CONTEXT, source)


@dataclass(frozen=True, slots=True)
class PresetTool:
    """A page that works with presets, listed together with them. `also` are further names to find it by."""

    page: str
    icon: str
    name: str
    description: str
    also: str

    def matches(self, text: str) -> bool:
        """Return whether each word of a text begins a word of a name."""
        label = f"{self.name} {self.also}".casefold().replace(",", " ").split()
        return all(any(word.startswith(typed) for word in label) for typed in text.casefold().split())


def preset_tools() -> tuple[PresetTool, ...]:
    """Return the tools in the current language."""
    translate = QCoreApplication.translate
    return (
        PresetTool(
            "batch",
            "list-plus",
            translate("Pages", "Batch run"),
            translate("Presets", "A preset over many texts"),
            translate("Pages", "bulk, run over many, table, CSV, spreadsheet, many files"),
        ),
        PresetTool(
            "translation",
            "languages",
            translate("Pages", "Translator"),
            translate("Presets", "Text and translation side by side"),
            translate("Pages", "translate, translation, glossary, foreign language"),
        ),
    )
