"""Result of a server test, or the time since it started."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QLocale, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from chatdesk.ui_kit.errors.error_texts import sentence_and_consequence
from chatdesk.ui_kit.errors.wording_types import FailureText
from chatdesk.ui_kit.forms.notice import Notice, NoticeKind
from chatdesk.ui_kit.forms.waiting_row import WaitingRow
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.text.safe_text import plain_line
from chatdesk.ui_kit.widgets.button import Button, ButtonKind
from chatdesk.ui_kit.widgets.label import Label


class ResultStrip(QWidget):
    """Result strip. It contains `button`, which starts the first test; later, the result takes its place and the focus.

    It reserves space for a result of two lines and its buttons, so that nothing below it moves when a test ends.
    """

    cancelled = Signal()
    test_requested = Signal()
    why_requested = Signal()
    """The cause of a failure is to be found."""

    def __init__(self, appearance: Appearance, button: Button, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._button = button
        button.clicked.connect(self.test_requested)
        self._get_text: Callable[[], str | FailureText] = str
        self._running = WaitingRow(appearance, self._seconds, self)
        self._cancel = self._running.stop_button
        self._cancel.setObjectName("cancelTest")
        self._running.stopped.connect(self.cancelled)
        self._result = Notice(appearance, self)
        self._result.setObjectName("testResult")
        self._result.acted.connect(self.test_requested)
        self._details_button = Button(appearance, "", ButtonKind.PLAIN, small=True, icon="chevron-right")
        self._details_button.setObjectName("moreDetails")
        self._details_button.clicked.connect(self._toggle_details)
        self._diagnose_button = Button(appearance, "", ButtonKind.OUTLINED, small=True, icon="unplug")
        self._diagnose_button.setObjectName("findOutWhy")
        self._diagnose_button.clicked.connect(self.why_requested)
        self._is_diagnosis_available = False
        self._use_button = Button(appearance, "", ButtonKind.OUTLINED, small=True, icon="check")
        self._use_button.setObjectName("useAddress")
        self._use_button.clicked.connect(self._use_address)
        self._address = ""
        self._apply_offer: Callable[[], object] = str
        self._details = Label(appearance, "caption", "textTertiary", wrap=True, selectable=True)
        self._hint = Label(appearance, "caption", "textTertiary", wrap=True)
        self._layout = QVBoxLayout(self)
        self._layout.addWidget(button)
        self._layout.addWidget(self._running)
        self._layout.addWidget(self._result)
        row = QHBoxLayout()
        row.addWidget(self._details_button)
        row.addWidget(self._use_button)
        row.addWidget(self._diagnose_button)
        row.addStretch(1)
        self._layout.addLayout(row)
        self._layout.addWidget(self._details)
        self._layout.addWidget(self._hint)
        self._layout.addStretch(1)
        appearance.bind(self._restyle)
        self._retranslate()
        self.clear()

    @property
    def is_running(self) -> bool:
        """Whether a test is in progress."""
        return self._running.is_running

    def clear(self) -> None:
        """Hide the result, and show the button."""
        had_focus = self._has_focus()
        self._running.end()
        self._button.show()
        if had_focus:
            self._button.setFocus(Qt.FocusReason.OtherFocusReason)
        for part in (self._result, *self._buttons, self._details):
            part.hide()
        self._hint.show()

    @property
    def has_result(self) -> bool:
        """Whether a result is shown."""
        return not self._result.isHidden()

    def show_running(self) -> None:
        """Start counting the seconds."""
        self._show_parts(running=True)

    def set_diagnosis_available(self, *, offers: bool) -> None:
        """Set whether to offer a diagnosis of failures: only for a server that is saved as it was tested."""
        self._is_diagnosis_available = offers

    def show_result(
        self, make_text: Callable[[], str | FailureText], offer: tuple[str, Callable[[], object]] | None = None
    ) -> None:
        """Show a success or a failure, with details below "More". `make_text` is called again when the language changes.

        `offer` is an address that works instead, and the function that applies it.
        """
        self._get_text = make_text
        self._address, self._apply_offer = offer or ("", str)
        self._show_text()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self._result.text()))

    def _show_text(self) -> None:
        match self._get_text():
            case FailureText() as failure:
                text, details, kind = sentence_and_consequence(failure), failure.details, NoticeKind.DANGER
                self._diagnose_button.setVisible(self._is_diagnosis_available)
            case text:
                details, kind = "", NoticeKind.SUCCESS
                self._diagnose_button.hide()
        self._result.show_text(text, self.tr("Test again"), kind)
        self._use_button.setText(self.tr("Use {address}").format(address=plain_line(self._address)))
        self._use_button.setVisible(bool(self._address))
        self._details.set_text(details)
        self._show_parts(running=False)

    @property
    def _buttons(self) -> tuple[Button, ...]:
        return self._details_button, self._use_button, self._diagnose_button

    def _has_focus(self) -> bool:
        return (
            self._cancel.hasFocus()
            or self._result.has_focus()
            or self._details_button.hasFocus()
            or self._use_button.hasFocus()
            or self._diagnose_button.hasFocus()
        )

    def _show_parts(self, *, running: bool) -> None:
        had_focus = self._has_focus() or self._button.hasFocus()
        if running:
            self._running.start()
        else:
            self._running.end()
        self._result.setVisible(not running)
        if running:
            self._diagnose_button.hide()
            self._use_button.hide()
        self._details_button.setVisible(not running and bool(self._details.text()))
        self._details.hide()
        self._details_button.set_icon("chevron-right")
        self._hint.setVisible(all(button.isHidden() for button in self._buttons))
        if had_focus and running:
            self._cancel.setFocus(Qt.FocusReason.OtherFocusReason)
        elif had_focus:
            self._result.focus()
        self._button.hide()

    def _use_address(self) -> None:
        self._apply_offer()

    def _toggle_details(self) -> None:
        self._details.setVisible(self._details.isHidden())
        self._details_button.set_icon("chevron-right" if self._details.isHidden() else "chevron-down")

    def _seconds(self, seconds: int) -> str:
        return self.tr("Testing the server, {seconds} s").format(seconds=QLocale().toString(seconds))

    def _restyle(self) -> None:
        theme = self._appearance.theme
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(theme.length("xs"))
        self._reserve_space()

    def _reserve_space(self) -> None:
        """Reserve space for two lines and the buttons below; the narrower the strip, the more lines there are."""
        theme = self._appearance.theme
        button, gap, column = theme.length("buttonSmall"), theme.length("s"), theme.length("settingsColumn")
        lines = 2 if self.width() >= column * 2 // 3 else 3
        result = lines * theme.line("ui") + 2 * gap
        if self.width() < column // 2:  # its button is below the text
            result += theme.line("ui") + gap + button
        self.setMinimumHeight(result + theme.length("xs") + button)

    def _retranslate(self) -> None:
        self._button.setText(self.tr("Test"))
        self._hint.set_text(self.tr("The test sends no message and costs nothing, and it detects a wrong API key."))
        self._cancel.setText(self.tr("Stop"))
        self._details_button.setText(self.tr("More"))
        self._diagnose_button.setText(self.tr("Troubleshoot"))
        self._running.update_text()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._reserve_space()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
            if self.has_result:
                self._show_text()
        super().changeEvent(event)
