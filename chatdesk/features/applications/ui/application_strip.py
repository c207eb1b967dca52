"""The input form of an application, shown above the composer before a conversation begins: its name and its fields."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from chatdesk.features.presets.ui.use.variable_form import VariableForm
from chatdesk.kernel.presets.variable import Variable
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.text.safe_text import plain_line
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.focus import insert_in_tab_order
from chatdesk.ui_kit.widgets.icon_label import IconLabel
from chatdesk.ui_kit.widgets.label import Label


class ApplicationStrip(Translated, QWidget):
    """The strip above the composer, hidden while no input is required.

    `completed` is emitted when the focus should move to the composer.
    """

    changed = Signal()
    completed = Signal()
    file_requested = Signal(object)
    """Carries the `UploadField`."""

    def __init__(self, appearance: Appearance, follower: QWidget, parent: QWidget | None = None) -> None:
        """Create a hidden strip; Tab moves from its last field to `follower`."""
        super().__init__(parent)
        self._appearance = appearance
        self._follower = follower
        self._max_height = 0
        self._application = ""
        self.setObjectName("applicationStrip")
        self._icon = IconLabel(appearance, "workflow", "accentText", self)
        self._name = Label(appearance, "ui", "accentText", self, elide=True, strong=True)
        self._head = QHBoxLayout()
        self._head.addWidget(self._icon)
        self._head.addWidget(self._name, 1)
        self._content = QWidget()
        self._form = VariableForm(appearance, self._content)
        self._form.changed.connect(self.changed)
        self._form.completed.connect(self.completed)
        self._form.file_requested.connect(self.file_requested)
        self._column = QVBoxLayout(self._content)
        self._column.addWidget(self._form)
        self._area = QScrollArea(self)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.viewport().setAutoFillBackground(False)
        self._content.installEventFilter(self)
        self._area.setWidget(self._content)
        self._content.setAutoFillBackground(False)  # `setWidget` has just changed it
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.addLayout(self._head)
        self._layout.addWidget(self._area)
        appearance.bind(self._restyle)
        self.hide()

    def ask(self, name: str, variables: Sequence[Variable], values: Mapping[str, str], max_height: int) -> None:
        """Show the form of an application, or hide it if there are no variables.

        It grows to `max_height` px, then scrolls.
        """
        self._max_height = max_height
        if variables:
            self._application = plain_line(name)
            self._retranslate()
            new_fields = tuple(variables) != self._form.variables
            self._form.show_variables(variables, values)
            if new_fields:
                insert_in_tab_order(self, self._follower)
        self.setVisible(bool(variables))
        self._fit()

    def _retranslate(self) -> None:
        self._name.set_text(self.tr("For {application}").format(application=self._application))

    def values(self) -> dict[str, str]:
        """Return the entered values."""
        return self._form.values()

    def show_missing(self, missing: Sequence[Variable]) -> None:
        """Mark the fields that must be filled in and focus the first one."""
        self._form.show_missing(missing)
        self._fit()

    def _fit(self) -> None:
        self._column.activate()
        height = self._column.totalHeightForWidth(self._area.viewport().width())
        height = height if height > 0 else self._column.totalSizeHint().height()
        self._area.setFixedHeight(min(height, self._max_height or height))

    def _restyle(self) -> None:
        theme = self._appearance.theme
        self._head.setSpacing(theme.length("s"))
        self._layout.setSpacing(theme.length("xs"))
        self._column.setSpacing(theme.length("s"))
        ring_width = theme.length("hair") * 2
        self._column.setContentsMargins(ring_width, ring_width, ring_width, ring_width)  # space for the focus ring
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._content and event.type() is QEvent.Type.LayoutRequest:
            QTimer.singleShot(0, self, self._fit)  # after the layout has finished
        return super().eventFilter(watched, event)
