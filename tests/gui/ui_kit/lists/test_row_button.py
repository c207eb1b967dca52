from PySide6.QtCore import QPoint
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from chatdesk.ui_kit.lists.row_button import RowButton
from chatdesk.ui_kit.style.appearance import Appearance


def tooltip(button: RowButton) -> str:
    """What the pointer would show."""
    event = QHelpEvent(QHelpEvent.Type.ToolTip, QPoint(5, 5), button.mapToGlobal(QPoint(5, 5)))
    QApplication.sendEvent(button, event)
    return button.toolTip()


def test_words_that_are_cut_or_not_shown_are_the_tooltip(appearance: Appearance, qtbot: QtBot) -> None:
    button = RowButton(appearance, "server")
    qtbot.addWidget(button)
    button.set_labels("Servers and keys", "12")
    button.show()
    button.resize(button.sizeHint())
    assert tooltip(button) == ""
    button.resize(button.width() // 2, button.height())
    assert tooltip(button) == "Servers and keys"
    button.resize(button.sizeHint())
    button.set_compact(compact=True)
    assert tooltip(button) == "Servers and keys"
    assert button.sizeHint().width() == button.sizeHint().height()
