"""What a test of a server found, or how long it has been going on."""

from collections.abc import Callable
from time import monotonic

from PySide6.QtCore import QEvent, QLocale, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from chatdesk.ui.errors import in_one_piece
from chatdesk.ui.settings.notice import Notice, NoticeKind
from chatdesk.ui.theme.appearance import Appearance
from chatdesk.ui.theme.button import Button, ButtonKind
from chatdesk.ui.theme.card import Card
from chatdesk.ui.theme.label import Label
from chatdesk.ui.theme.spinner import Spinner
from chatdesk.ui.transcript.messages.failure_text import FailureText

_TICK = 200  # ms


class ResultStrip(QWidget):
    """Stands in for `button`, which asks for the first test: one of both is shown, and the keyboard goes from one to the other."""

    cancelled = Signal()
    test_requested = Signal()

    def __init__(self, appearance: Appearance, button: Button, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._button = button
        button.clicked.connect(self.test_requested)
        self._say: Callable[[], str | FailureText] = str
        self._began = 0.0
        self._running = Card(appearance, self, fill="sunken", radius="radius.control")
        self._spinner = Spinner(appearance)
        self._waiting = Label(appearance, "ui", "textSecondary")
        self._cancel = Button(appearance, "", ButtonKind.PLAIN, small=True)
        self._cancel.setObjectName("cancelTest")
        self._cancel.clicked.connect(self.cancelled)
        self._running_row = QHBoxLayout(self._running)
        self._running_row.addWidget(self._spinner)
        self._running_row.addWidget(self._waiting, 1)
        self._running_row.addWidget(self._cancel)
        self._result = Notice(appearance, self)
        self._result.setObjectName("testResult")
        self._result.acted.connect(self.test_requested)
        self._more = Button(appearance, "", ButtonKind.PLAIN, small=True, icon="chevron-right")
        self._more.setObjectName("moreDetails")
        self._more.clicked.connect(self._toggle_details)
        self._details = Label(appearance, "caption", "textTertiary", wrap=True, selectable=True)
        self._timer = QTimer(self, interval=_TICK)
        self._timer.timeout.connect(self._show_seconds)
        self._layout = QVBoxLayout(self)
        self._layout.addWidget(self._running)
        self._layout.addWidget(self._result)
        self._layout.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeading)
        self._layout.addWidget(self._details)
        appearance.changed.connect(self._restyle)
        self._restyle()
        self._retranslate()
        self.clear()

    @property
    def is_running(self) -> bool:
        """Whether a test is going on."""
        return self._timer.isActive()

    def clear(self) -> None:
        """Show nothing."""
        self._timer.stop()
        had_focus = self._has_focus()
        self._button.show()
        if had_focus:
            self._button.setFocus(Qt.FocusReason.OtherFocusReason)
        self.hide()

    def show_running(self) -> None:
        """Count the seconds from now."""
        self._began = monotonic()
        self._timer.start()
        self._show_seconds()
        self._show_parts(running=True)

    def show_result(self, say: Callable[[], str | FailureText]) -> None:
        """Say what works, or what does not, with the details under "More". `say` is asked again when the language changes."""
        self._timer.stop()
        self._say = say
        self._show_words()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self._result.text()))

    def _show_words(self) -> None:
        match self._say():
            case FailureText() as failure:
                words, details, kind = in_one_piece(failure), failure.details, NoticeKind.DANGER
            case words:
                details, kind = "", NoticeKind.SUCCESS
        self._result.show_words(words, self.tr("Test again"), kind)
        self._details.set_text(details)
        self._show_parts(running=False)

    def _has_focus(self) -> bool:
        return self._cancel.hasFocus() or self._result.has_focus() or self._more.hasFocus()

    def _show_parts(self, *, running: bool) -> None:
        had_focus = self._has_focus() or self._button.hasFocus()
        self.show()
        self._running.setVisible(running)
        self._result.setVisible(not running)
        self._more.setVisible(not running and bool(self._details.text()))
        self._details.hide()
        self._more.set_icon("chevron-right")
        if had_focus and running:
            self._cancel.setFocus(Qt.FocusReason.OtherFocusReason)
        elif had_focus:
            self._result.focus()
        self._button.hide()

    def _toggle_details(self) -> None:
        self._details.setVisible(self._details.isHidden())
        self._more.set_icon("chevron-right" if self._details.isHidden() else "chevron-down")

    def _show_seconds(self) -> None:
        seconds = QLocale().toString(int(monotonic() - self._began))
        self._waiting.set_text(self.tr("Asking the server, {seconds} s").format(seconds=seconds))

    def _restyle(self) -> None:
        theme = self._appearance.theme
        small = theme.length("s")
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(theme.length("xs"))
        self._running_row.setContentsMargins(theme.length("m"), small, small, small)
        self._running_row.setSpacing(small)

    def _retranslate(self) -> None:
        self._cancel.setText(self.tr("Stop"))
        self._more.setText(self.tr("More"))
        self._show_seconds()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
            if not self.is_running and not self.isHidden():
                self._show_words()
        super().changeEvent(event)
