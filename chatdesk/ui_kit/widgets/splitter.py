"""A splitter whose dividers screen readers announce as separators; Qt reports them with a role that most of them do not know."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QShowEvent
from PySide6.QtWidgets import QAccessibleWidget, QSplitter, QSplitterHandle, QWidget

from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.accessible_interface import AccessibleInterface


class Splitter(QSplitter):
    """A splitter. Its parts cannot be collapsed by dragging."""

    def __init__(self, orientation: Qt.Orientation, parent: QWidget | None = None) -> None:
        super().__init__(orientation, parent)
        self.setChildrenCollapsible(False)

    def createHandle(self) -> QSplitterHandle:  # noqa: N802 - Qt's name
        return _Handle(self.orientation(), self)


class _Handle(Translated, QSplitterHandle):
    def __init__(self, orientation: Qt.Orientation, parent: QSplitter) -> None:
        super().__init__(orientation, parent)
        self._interface = AccessibleInterface(self, lambda: QAccessibleWidget(self, QAccessible.Role.Separator))
        self._retranslate()

    def showEvent(self, event: QShowEvent) -> None:
        self._interface.register()
        super().showEvent(event)

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Divider"))
