"""How the kinds of alerts look: the words, the icon and the colour of each."""

from PySide6.QtCore import QCoreApplication

from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.rendering.markdown.blocks import AlertKind


@dataclass(frozen=True, slots=True)
class AlertLook:
    """The head of an alert. `color` is the name of a colour token."""

    title: str
    icon: str
    color: str


def alert_look(kind: AlertKind) -> AlertLook:
    """Return the look of a kind, in the language of now."""
    translate = QCoreApplication.translate
    match kind:
        case AlertKind.NOTE:
            return AlertLook(translate("Alert", "Note"), "info", "accentText")
        case AlertKind.TIP:
            return AlertLook(translate("Alert", "Tip"), "lightbulb", "success")
        case AlertKind.IMPORTANT:
            return AlertLook(translate("Alert", "Important"), "circle-alert", "codeKeyword")
        case AlertKind.WARNING:
            return AlertLook(translate("Alert", "Warning"), "triangle-alert", "warning")
        case AlertKind.CAUTION:
            return AlertLook(translate("Alert", "Caution"), "circle-x", "danger")
