"""Trying the preset that is looked at: a sample, and one answer or two side by side."""

from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from chatdesk.features.presets.ui.editor.prompt.prompt_field import PromptField
from chatdesk.features.presets.ui.trial.trial_column import TrialColumn
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.painting import draw_line
from chatdesk.ui_kit.widgets.icon_button import IconButton, IconButtonSize
from chatdesk.ui_kit.widgets.label import Label

_SAMPLE_LINES = 3


class TrialPane(QWidget):
    """`columns` are both answers; the second one is there while two are compared. `closed` on its cross and on Esc."""

    closed = Signal()
    comparing_changed = Signal(bool)

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._title = Label(appearance, "label", "text", self)
        self._compare = IconButton(appearance, "columns-2", self, size=IconButtonSize.ROW)
        self._compare.setObjectName("compareTrials")
        self._compare.setCheckable(True)
        self._compare.toggled.connect(self._choose_comparing)
        self._close = IconButton(appearance, "x", self, size=IconButtonSize.ROW)
        self._close.setObjectName("closeTrial")
        self._close.clicked.connect(self.closed)
        self.sample = PromptField(appearance, self)
        self.sample.edit.setObjectName("trialSample")
        self.columns = (TrialColumn(appearance, self), TrialColumn(appearance, self))
        self.columns[1].hide()
        self._head = QHBoxLayout()
        self._head.addWidget(self._title, 1)
        self._head.addWidget(self._compare)
        self._head.addWidget(self._close)
        self._answers = QHBoxLayout()
        for column in self.columns:
            self._answers.addWidget(column, 1)
        self._layout = QVBoxLayout(self)
        self._layout.addLayout(self._head)
        self._layout.addWidget(self.sample)
        self._layout.addLayout(self._answers, 1)
        appearance.changed.connect(self._restyle)
        self._restyle()
        self._retranslate()

    @property
    def comparing(self) -> bool:
        """Whether there are two answers."""
        return self._compare.isChecked()

    def _choose_comparing(self, checked: bool) -> None:
        self.columns[1].setVisible(checked)
        self.comparing_changed.emit(checked)

    def _restyle(self) -> None:
        theme = self._appearance.theme
        side = theme.length("xl")
        self._layout.setContentsMargins(side, theme.length("s") + 1, side, theme.length("l"))
        self._layout.setSpacing(theme.length("s"))
        self._head.setSpacing(theme.length("xs"))
        self._answers.setSpacing(theme.length("m"))
        self.sample.setFixedHeight(_SAMPLE_LINES * theme.line("reasoning") + 2 * theme.length("s"))
        self.update()

    def _retranslate(self) -> None:
        self._title.set_text(self.tr("Try it on a sample"))
        self._compare.set_name(self.tr("Compare two models or versions"))
        self._close.set_name(self.tr("Close"))
        self.sample.edit.setAccessibleName(self.tr("Sample"))
        self.sample.edit.set_hint(self.tr("What would be written in the composer"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close on Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the line that parts it from the editor, above and at the left."""
        painter, color = QPainter(self), self._appearance.theme.color("borderSubtle")
        draw_line(painter, QPointF(0, 0), self.width(), color)
        draw_line(painter, QPointF(0, 0), self.height(), color, vertical=True)
