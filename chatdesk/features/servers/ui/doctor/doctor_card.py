"""Card of the doctor: the diagnosis, a row for each check with its remedies, and further actions. Only widgets and signals."""

from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QVBoxLayout, QWidget

from chatdesk.features.servers.domain.diagnosis import Diagnosis, Progress
from chatdesk.features.servers.domain.finding import Remedy, RemedyKind, Severity
from chatdesk.features.servers.ui.doctor.check_row import CheckRow
from chatdesk.features.servers.ui.doctor.doctor_texts import heading_text, progress_text
from chatdesk.ui_kit.lists.scrolling import BoundedScroll
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.button_kind import ButtonKind
from chatdesk.ui_kit.style.painting import draw_box, draw_line
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.button import Button
from chatdesk.ui_kit.widgets.card import Card
from chatdesk.ui_kit.widgets.icon_button import IconButton, IconButtonSize
from chatdesk.ui_kit.widgets.icon_label import IconLabel
from chatdesk.ui_kit.widgets.label import Label

_MAX_WINDOW_SHARE = 0.3
"""Maximum share of the window's height for the list, so that the chat stays readable."""
_UNLIMITED = 1 << 16
"""Pixels."""


class DoctorCard(Translated, Card):
    """Doctor card. The offers are actions other than remedies: sending a failed question again, using the built-in model."""

    remedy_chosen = Signal(Remedy)
    stopped = Signal()
    again_requested = Signal()
    report_requested = Signal()
    closed = Signal()
    ask_again_requested = Signal()
    built_in_requested = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(appearance, parent)
        self.setObjectName("doctorCard")
        self._diagnosis: Diagnosis | None = None
        self._has_saved_question = False
        self._offers_built_in = False
        self._busy = ""
        self._bounded = True
        self._icon = IconLabel(appearance, "circle-alert", "danger", self, size="toolbar")
        self._head = Label(appearance, "label", "text", self, wrap=True)
        self._head.setObjectName("doctorHead")
        self._consequence = Label(appearance, "ui", "textSecondary", self, wrap=True)
        self._consequence.setObjectName("doctorConsequence")
        self._close = IconButton(appearance, "x", self, size=IconButtonSize.ROW)
        self._close.setObjectName("closeDoctor")
        self._close.clicked.connect(self.closed)
        self._rows: list[CheckRow] = []
        self._list = BoundedScroll(self._available_height, self)
        self._report = Button(appearance, "", ButtonKind.PLAIN, self, icon="copy", small=True)
        self._report.setObjectName("copyReport")
        self._report.clicked.connect(self._copy)
        self._stop = Button(appearance, "", ButtonKind.OUTLINED, self, small=True)
        self._stop.setObjectName("stopDoctor")
        self._stop.clicked.connect(self.stopped)
        self._built_in = Button(appearance, "", ButtonKind.OUTLINED, self, icon="cpu", small=True)
        self._built_in.setObjectName("doctorBuiltIn")
        self._built_in.clicked.connect(self.built_in_requested)
        self._again_button = Button(appearance, "", ButtonKind.OUTLINED, self, icon="refresh-cw", small=True)
        self._again_button.setObjectName("checkAgain")
        self._again_button.clicked.connect(self.again_requested)
        self._ask_button = Button(appearance, "", ButtonKind.FILLED, self, icon="rotate-cw", small=True)
        self._ask_button.setObjectName("askAgain")
        self._ask_button.clicked.connect(self.ask_again_requested)
        for button in (self._report, self._built_in, self._again_button, self._ask_button):
            button.hide()  # these actions need a diagnosis
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(self._head)
        texts.addWidget(self._consequence)
        self._top = QHBoxLayout()
        self._top.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        self._top.addLayout(texts, 1)
        self._top.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        self._foot = QHBoxLayout()
        self._foot.addWidget(self._report)
        self._foot.addStretch(1)
        for button in (self._stop, self._built_in, self._again_button, self._ask_button):
            self._foot.addWidget(button)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self._layout.addLayout(self._top)
        self._layout.addWidget(self._list)
        self._layout.addLayout(self._foot)
        appearance.bind(self._restyle)
        self._retranslate()

    def set_bounded(self, *, bounded: bool) -> None:
        """Limit the height to a share of the window, or not, if the card is inside a scroll area."""
        self._bounded = bounded
        self._list.fit()

    def hide_close_button(self) -> None:
        """Leave closing to the owner."""
        self._close.hide()

    def show_diagnosis(self, diagnosis: Diagnosis) -> None:
        """Show a diagnosis."""
        was_running = self._diagnosis is None or self._diagnosis.is_running
        self._diagnosis = diagnosis
        self._busy = ""
        self._report.setText(self.tr("Copy report"))
        self._show_text()
        self._show_rows(diagnosis)
        if was_running and not diagnosis.is_running:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self._head.text()))

    @property
    def first(self) -> QWidget:
        """The first widget in tab order."""
        return self._close

    def set_offers(self, *, ask_again: bool, built_in: bool) -> None:
        """Set whether a question can be sent again, and whether the built-in model is available."""
        self._has_saved_question, self._offers_built_in = ask_again, built_in
        self._show_text()

    def show_busy(self, text: str) -> None:
        """Show which remedy is being applied; only Stop is enabled meanwhile."""
        self._busy = text
        self._show_text()
        for row in self._rows:
            row.set_enabled(enabled=not text)

    def show_progress(self, text: str) -> None:
        """Show the progress of a download in the row of the model."""
        for row in self._rows:
            if row.button(RemedyKind.PULL_MODEL):
                row.show_progress(text)

    def focus(self) -> None:
        """Focus the button of the best remedy, or another enabled one."""
        best = self._diagnosis.best if self._diagnosis else None
        buttons = [row.button(best[1].kind) for row in self._rows] if best else []
        found = next((button for button in buttons if button), None)
        target = found or next(
            each for each in (self._ask_button, self._stop, self._again_button) if not each.isHidden()
        )
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_rows(self, diagnosis: Diagnosis) -> None:
        best = diagnosis.best[1] if diagnosis.best and not diagnosis.is_running else None
        position = 0
        for line in diagnosis.lines:
            if line.progress is Progress.RUNNING:
                self._get_row(position).show_running(progress_text(line.check))
                position += 1
            for finding in line.findings:
                self._get_row(position).show_finding(finding, diagnosis.server, best)
                position += 1
        for row in self._rows[position:]:
            row.hide()
        self._list.fit()
        self._update_tab_order()

    def _update_tab_order(self) -> None:
        """Set the tab order to the reading order, because the buttons of rows are created after those below them."""
        inside = [button for row in self._rows for button in row.findChildren(QAbstractButton)]
        parts = [self.first, *inside, self._report, self._stop, self._built_in, self._again_button, self._ask_button]
        for before, after in pairwise(parts):
            QWidget.setTabOrder(before, after)

    def _get_row(self, position: int) -> CheckRow:
        while position >= len(self._rows):
            row = CheckRow(self._appearance, self)
            row.setObjectName(f"check{len(self._rows)}")
            row.chosen.connect(self.remedy_chosen)
            self._rows.append(row)
            self._list.content.addWidget(row)
        row = self._rows[position]
        row.show()
        row.set_enabled(enabled=True)
        return row

    def _show_text(self) -> None:
        diagnosis = self._diagnosis
        if diagnosis is None:
            return
        is_working = diagnosis.is_running or bool(self._busy)
        had_focus = any(button.hasFocus() for button in (self._stop, self._again_button, self._ask_button))
        self._head.set_text(self._busy or heading_text(diagnosis))
        self._consequence.set_text(self._meaning(diagnosis))
        self.setAccessibleName(self._head.text())
        if is_working:
            self._icon.set_icon("info", "textSecondary")
        else:
            self._icon.set_icon(*("circle-check", "success") if diagnosis.is_well else ("circle-alert", "danger"))
        self._stop.setVisible(is_working)
        self._report.setVisible(not is_working)
        self._again_button.setVisible(not is_working)
        self._built_in.setVisible(not is_working and not diagnosis.is_well and self._offers_built_in)
        self._ask_button.setVisible(not is_working and diagnosis.is_well and self._has_saved_question)
        if had_focus:
            self.focus()

    def _meaning(self, diagnosis: Diagnosis) -> str:
        if diagnosis.is_running or self._busy:
            return self.tr("You can continue reading and writing in the meantime.")
        if diagnosis.is_well and self._has_saved_question:
            return self.tr("Your message is saved. You can send it again at any time.")
        if diagnosis.is_well:
            has_notes = any(finding.severity is not Severity.GOOD for finding in diagnosis.findings)
            return "" if has_notes else self.tr("No problems found with the connection.")
        if self._has_saved_question:
            return self.tr("Your message is saved. You can send it again once this is fixed.")
        return self.tr("Nothing changes until you choose an action.")

    def _copy(self) -> None:
        self.report_requested.emit()
        self._report.setText(self.tr("Copied"))

    def _available_height(self) -> int:
        if not self._bounded:
            return _UNLIMITED
        window = self.window()
        return max(self._appearance.theme.length("rowCheck") * 2, round(window.height() * _MAX_WINDOW_SHARE))

    def _restyle(self) -> None:
        theme = self._appearance.theme
        large, small = theme.length("l"), theme.length("s")
        self._top.setContentsMargins(large, theme.length("m"), small, theme.length("m"))
        self._top.setSpacing(theme.length("m"))
        self._foot.setContentsMargins(small, small, small, small)
        self._foot.setSpacing(small)

    def _retranslate(self) -> None:
        self._close.set_name(self.tr("Close"))
        self._report.setText(self.tr("Copy report"))
        self._report.setToolTip(self.tr("Copies the results without API keys, for a bug report."))
        self._stop.setText(self.tr("Stop"))
        self._built_in.setText(self.tr("Use the built-in model"))
        self._again_button.setText(self.tr("Check again"))
        self._ask_button.setText(self.tr("Ask again"))
        if self._diagnosis:
            self._show_text()
            self._show_rows(self._diagnosis)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._list.fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the background of the footer with its separator, and the border on top."""
        super().paintEvent(event)
        theme = self._appearance.theme
        top, radius = self._foot.geometry().top(), theme.length("card")
        painter = QPainter(self)
        painter.setClipRect(QRectF(0, top, self.width(), self.height() - top))
        draw_box(painter, QRectF(self.rect()), radius, theme.color("sunken"), theme.color("borderSubtle"))
        draw_line(painter, QPointF(0, top), self.width(), theme.color("borderSubtle"))
