"""The drop target for files and folders in a sheet: a dashed area with buttons that open the dialogs of the system."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.painting import draw_box
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.button import Button
from chatdesk.ui_kit.widgets.icon_label import IconLabel
from chatdesk.ui_kit.widgets.label import Label

_DASH = 1.5
"""Width of the line in px at 100 %."""


class ImportDropTarget(Translated, QWidget):
    """The drop target. Its sheet accepts the files wherever they are dropped, and calls `set_target` while they are over it."""

    file_requested = Signal()
    folder_requested = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._is_target = False
        self._icon = IconLabel(appearance, "download", "textSecondary", self, size="toolbar")
        self._words = Label(appearance, "ui", "text", self)
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._file = Button(appearance, "", icon="file-text")
        self._file.setObjectName("chooseImportFile")
        self._file.clicked.connect(self.file_requested)
        self._folder = Button(appearance, "", icon="folder")
        self._folder.setObjectName("chooseImportFolder")
        self._folder.clicked.connect(self.folder_requested)
        self._buttons = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._buttons.addStretch(1)
        for button in (self._file, self._folder):
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self._buttons.addWidget(button, 0, Qt.AlignmentFlag.AlignCenter)
        self._buttons.addStretch(1)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignCenter)
        self._column.addWidget(self._words)
        self._column.addLayout(self._buttons)
        appearance.bind(self._restyle)
        self._retranslate()

    @property
    def first_button(self) -> QWidget:
        """The button that takes the focus first."""
        return self._file

    def set_target(self, *, is_target: bool) -> None:
        """Show whether files are over the sheet."""
        if is_target != self._is_target:
            self._is_target = is_target
            self.update()

    def _restyle(self) -> None:
        theme = self._appearance.theme
        pad = theme.length("xl")
        self._column.setContentsMargins(pad, pad, pad, pad)
        self._column.setSpacing(theme.length("m"))
        self._buttons.setSpacing(theme.length("s"))
        self._arrange()
        self.update()

    def _arrange(self) -> None:
        theme = self._appearance.theme
        wanted = self._file.sizeHint().width() + self._folder.sizeHint().width() + theme.length("s")
        fits = self.width() == 0 or wanted + 2 * theme.length("xl") <= self.width()
        self._buttons.setDirection(QBoxLayout.Direction.LeftToRight if fits else QBoxLayout.Direction.TopToBottom)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, painter = self._appearance.theme, QPainter(self)
        radius = theme.length("radius.card")
        if self._is_target:
            draw_box(
                painter,
                QRectF(self.rect()),
                radius,
                theme.color("accentSoft"),
                theme.color("accent"),
                theme.stroke("focus"),
            )
            return
        width = _DASH * theme.scale
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(theme.color("borderControl"), width)
        pen.setDashPattern([3, 2.5])
        painter.setPen(pen)
        painter.drawRoundedRect(
            QRectF(self.rect()).adjusted(width / 2, width / 2, -width / 2, -width / 2), radius, radius
        )

    def _retranslate(self) -> None:
        self._words.set_text(self.tr("Drop an export here"))
        self._file.setText(self.tr("Choose a file…"))
        self._folder.setText(self.tr("Choose a folder…"))
        self._arrange()
