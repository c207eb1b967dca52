"""What is told in passing, with perhaps one thing to do about it. It goes by itself, but for what must not be missed."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QRectF, Signal
from PySide6.QtGui import QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.painting import draw_box
from chatdesk.ui_kit.widgets.button import Button, ButtonKind
from chatdesk.ui_kit.widgets.icon_button import IconButton, IconButtonSize
from chatdesk.ui_kit.widgets.label import Label


@dataclass(frozen=True, slots=True)
class ToastMessage:
    """A sentence with details below it, and `action`, the words of a button that does `act`.

    `keys`, in Qt's portable spelling, stand behind the button and do `keys_act` for as long as it is there.
    """

    sentence: str
    details: str = ""
    action: str = ""
    act: Callable[[], object] | None = None
    keys: str = ""
    keys_act: Callable[[], object] | None = None
    lasting: bool = False


class Toast(QWidget):
    """One message in colours reversed against the theme. A lasting one has a button to close it; until then it stays."""

    acted = Signal()
    closed = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget, message: ToastMessage) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._height = "toastTwoLines" if message.details else "size.toast"
        self._words = QVBoxLayout()
        self._words.setSpacing(0)
        self._words.addWidget(Label(appearance, "ui", "onToast", self, text=message.sentence, elide=True))
        if message.details:
            self._words.addWidget(Label(appearance, "caption", "onToast", self, text=message.details, elide=True))
        self._row = QHBoxLayout(self)
        self._row.addLayout(self._words, 1)
        self._button = self._keys = self._close = None
        if message.action:
            self._button = Button(appearance, message.action, ButtonKind.PLAIN, self, ink="toastAction")
            self._button.clicked.connect(self.acted)
            self._row.addWidget(self._button)
        if message.keys:
            keys = QKeySequence(message.keys).toString(QKeySequence.SequenceFormat.NativeText)
            self._keys = Label(appearance, "caption", "onToast", self, text=keys)
            self._row.addWidget(self._keys)
        if message.lasting:
            self._close = IconButton(appearance, "x", self, size=IconButtonSize.ROW, ink="onToast")
            self._close.clicked.connect(self.closed)
            self._row.addWidget(self._close)
        self._retranslate()
        appearance.changed.connect(self._restyle)
        self._restyle()

    def _restyle(self) -> None:
        theme = self._appearance.theme
        edge, tight = theme.length("l"), theme.length("xs")
        inner = self._close or (self._button and not self._keys)
        self._row.setContentsMargins(edge, tight, tight if inner else edge, tight)
        self._row.setSpacing(tight)
        self.setFixedHeight(theme.length(self._height))
        self.update()

    def _retranslate(self) -> None:
        if self._close is not None:
            self._close.set_name(self.tr("Close"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ground."""
        theme = self._appearance.theme
        draw_box(QPainter(self), QRectF(self.rect()), theme.length("radius.control"), fill=theme.color("toast"))
