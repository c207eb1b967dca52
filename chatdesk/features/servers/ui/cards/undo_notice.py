"""Notice in place of a removed server, with a button to restore it."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from chatdesk.ui_kit.forms.notice import Notice
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.translations import Translated


class UndoNotice(Translated, Notice):
    """Undo notice. `expired` is emitted when the time is up, but not while the notice is hovered or focused."""

    expired = Signal()

    def __init__(self, appearance: Appearance, name: str, parent: QWidget | None = None) -> None:
        super().__init__(appearance, parent)
        self._name = name
        self._timer = QTimer(self, interval=appearance.theme.duration("toastStays"))
        self._timer.timeout.connect(self._time_is_up)
        self._timer.start()
        self._retranslate()

    def _time_is_up(self) -> None:
        if not self.underMouse() and not self.has_focus():
            self._timer.stop()
            self.expired.emit()

    def _retranslate(self) -> None:
        self.show_text(self.tr("{server} was removed").format(server=self._name), self.tr("Undo"))
