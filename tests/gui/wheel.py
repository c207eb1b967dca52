"""The mouse wheel over a control."""

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget


def turn_wheel(control: QWidget, notch: int = 120) -> None:
    """Turn the wheel over a control. As Qt does with real events, pass it on to the parent while nobody accepts it."""
    middle = QPointF(control.rect().center())
    place, receiver = control.mapToGlobal(middle), control
    while receiver:
        event = QWheelEvent(
            receiver.mapFromGlobal(place),
            place,
            QPoint(),
            QPoint(0, notch),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(receiver, event)
        if event.isAccepted():
            return
        receiver = receiver.parentWidget()
