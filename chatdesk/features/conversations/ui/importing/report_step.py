"""Last step of the import: what came, and what did not, in rows that unfold."""

from collections.abc import Callable

from PySide6.QtCore import QLocale, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from chatdesk.features.conversations.ui.importing.import_report import Finding, Report
from chatdesk.ui_kit.forms.rows import RowCard
from chatdesk.ui_kit.lists.row_button import RowButton
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.control_state import ControlState
from chatdesk.ui_kit.style.painting import draw_icon
from chatdesk.ui_kit.text.counts import counted
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.accessible_interface import Toggle
from chatdesk.ui_kit.widgets.icon_label import IconLabel
from chatdesk.ui_kit.widgets.label import Label

_MAX_LINES = 50


class ReportStep(Translated, QWidget):
    """Shows the report that `make` returns in the current language, and `servers` below it."""

    def __init__(
        self,
        appearance: Appearance,
        make: Callable[[], Report],
        servers: QWidget | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._make = make
        self._sentence = Label(appearance, "label", "text", self, wrap=True)
        self._sentence.setObjectName("importSentence")
        self._facts = Label(appearance, "caption", "textTertiary", self, wrap=True)
        self._card = RowCard(appearance, self, fill="page")
        self._rows: list[_FindingRow] = []
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._sentence)
        words.addWidget(self._facts)
        self._head = QHBoxLayout()
        self._head.addWidget(IconLabel(appearance, "circle-check", "success", self, size="toolbar"))
        self._head.addLayout(words, 1)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addLayout(self._head)
        self._column.addWidget(self._card)
        if servers:
            self._column.addWidget(servers)
        appearance.bind(self._restyle)
        self._retranslate()

    def _retranslate(self) -> None:
        """Show the report; what was unfolded stays unfolded."""
        report = self._make()
        self._sentence.set_text(report.sentence)
        self._facts.set_text(report.facts)
        self._facts.setVisible(bool(report.facts))
        unfolded = {number for number, row in enumerate(self._rows) if row.is_open}
        for row in self._rows:
            self._card.remove_row(row)
        self._rows = [_FindingRow(self._appearance, finding, self._card) for finding in report.findings]
        for number, row in enumerate(self._rows):
            self._card.add_row(row)
            row.set_open(is_open=number in unfolded)
        self._card.setVisible(bool(self._rows))

    def _restyle(self) -> None:
        theme = self._appearance.theme
        self._head.setSpacing(theme.length("m"))
        self._column.setSpacing(theme.length("l"))


class _FindingHead(Toggle, RowButton):
    """The first line of a row: icon, heading, count, and an arrow if it unfolds."""

    def __init__(self, appearance: Appearance, finding: Finding, parent: QWidget) -> None:
        super().__init__(appearance, "triangle-alert" if finding.is_warning else "info", parent)
        self._ink = "warning" if finding.is_warning else "textSecondary"
        self._unfolds = bool(finding.lines)
        if self._unfolds:
            self.set_folds()
        else:
            self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.set_labels(finding.heading, QLocale().toString(finding.count))
        self.setAccessibleDescription(QLocale().toString(finding.count))

    def _line_rect(self) -> QRectF:
        rect, arrow = (
            super()._line_rect(),
            self._appearance.theme.length("icon.ui") + self._appearance.theme.length("s"),
        )
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        return rect.adjusted(arrow, 0, 0, 0) if mirrored else rect.adjusted(0, 0, -arrow, 0)

    def _draw_ground(self, painter: QPainter, state: ControlState) -> QColor:
        if self._unfolds:
            super()._draw_ground(painter, ControlState(state.enabled, state.hovered, state.pressed))
        return self._appearance.theme.color(self._ink)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._unfolds:
            theme = self._appearance.theme
            size, pad = theme.length("icon.ui"), theme.length("s")
            mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
            rect = QRectF(pad if mirrored else self.width() - pad - size, 0, size, self.height())
            icon = "chevron-down" if self.isChecked() else "chevron-left" if mirrored else "chevron-right"
            draw_icon(QPainter(self), theme, icon, theme.color("textSecondary"), rect, size)


class _FindingRow(Translated, QWidget):
    """A row of the card."""

    def __init__(self, appearance: Appearance, finding: Finding, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._finding = finding
        self._head = _FindingHead(appearance, finding, self)
        self._head.setObjectName("importFinding")
        self._lines = Label(appearance, "caption", "textSecondary", self, wrap=True)
        self._lines.setObjectName("importFindingLines")
        self._lines.hide()
        self._head.toggled.connect(self._lines.setVisible)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self._head)
        self._column.addWidget(self._lines)
        appearance.bind(self._restyle)
        self._retranslate()

    @property
    def is_open(self) -> bool:
        """Whether the lines are shown."""
        return self._head.isChecked()

    def set_open(self, *, is_open: bool) -> None:
        """Show or hide the lines."""
        if self._finding.lines:
            self._head.setChecked(is_open)

    def _restyle(self) -> None:
        theme = self._appearance.theme
        edge = theme.length("xs")
        self._column.setContentsMargins(edge, edge, edge, edge)
        self._column.setSpacing(0)
        indent = 2 * theme.length("s") + theme.length("icon.ui")
        self._lines.setContentsMargins(indent, 0, indent, theme.length("s"))

    def _retranslate(self) -> None:
        lines = list(self._finding.lines[:_MAX_LINES])
        if more := len(self._finding.lines) - len(lines):
            lines.append(counted(lambda count: self.tr("… and %n more", "", count), more))
        self._lines.set_text("\n".join(lines))
