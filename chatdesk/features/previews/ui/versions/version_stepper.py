"""Version stepper of the header, ‹ v2/3 ›, with a button for the list of versions."""

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.painting import draw_box
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.button import Button, ButtonKind
from chatdesk.ui_kit.widgets.icon_button import IconButton, IconButtonSize


class VersionStepper(Translated, QWidget):
    """`chosen` carries the index of a version, from 0. Hidden if there is only one version."""

    chosen = Signal(int)
    list_requested = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._count = 0
        self._index = 0
        self._previous = IconButton(appearance, "chevron-left", self, size=IconButtonSize.ROW)
        self._previous.setObjectName("versionBefore")
        self._previous.clicked.connect(lambda: self._step(-1))
        self._next = IconButton(appearance, "chevron-right", self, size=IconButtonSize.ROW)
        self._next.setObjectName("versionAfter")
        self._next.clicked.connect(lambda: self._step(1))
        self._button = Button(appearance, "", ButtonKind.PLAIN, self, small=True)
        self._button.setObjectName("versions")
        self._button.clicked.connect(self.list_requested)
        self._layout = QHBoxLayout(self)
        self._layout.setSpacing(0)
        for part in (self._previous, self._button, self._next):
            self._layout.addWidget(part)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.hide()
        appearance.bind(self._restyle)
        self._retranslate()

    @property
    def has_choice(self) -> bool:
        """Whether there are several versions."""
        return self._count > 1

    def show_versions(self, count: int, index: int) -> None:
        """Show the number of versions and the index of the current one."""
        self._count, self._index = count, index
        self._previous.setEnabled(index > 0)
        self._next.setEnabled(index + 1 < count)
        self._retranslate()

    def _step(self, step: int) -> None:
        self.chosen.emit(self._index + step)

    def _restyle(self) -> None:
        theme = self._appearance.theme
        self._layout.setContentsMargins(*[theme.length("hair")] * 4)
        self.updateGeometry()
        self.update()

    def _retranslate(self) -> None:
        self._previous.set_name(self.tr("Previous version"))
        self._next.set_name(self.tr("Next version"))
        position = f"{self._index + 1}/{self._count}"
        self._button.setText(self.tr("v{number}").format(number=position))
        self._button.updateGeometry()
        self._button.setAccessibleName(self.tr("Version {number}").format(number=position))
        self._button.setToolTip(self.tr("All versions and changes"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._appearance.theme
        fill, border = theme.color("raised"), theme.color("borderDefault")
        draw_box(QPainter(self), QRectF(self.rect()), theme.length("radius.control"), fill, border)
