"""A row that shows the seconds since a request was sent, with a button that cancels it."""

from collections.abc import Callable
from time import monotonic

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.widgets.button import Button, ButtonKind
from chatdesk.ui_kit.widgets.card import Card
from chatdesk.ui_kit.widgets.label import Label
from chatdesk.ui_kit.widgets.spinner import Spinner

_TICK = 200  # ms


class WaitingRow(Card):
    """A row with a timer, hidden until it is started. `update_text` returns the text for a number of seconds."""

    stopped = Signal()

    def __init__(
        self, appearance: Appearance, update_text: Callable[[int], str], parent: QWidget | None = None
    ) -> None:
        super().__init__(appearance, parent, fill="sunken", radius="radius.control")
        self._text_of = update_text
        self._began = 0.0
        self._text_label = Label(appearance, "ui", "textSecondary")
        self.stop_button = Button(appearance, "", ButtonKind.PLAIN, small=True)
        self.stop_button.clicked.connect(self.stopped)
        self._timer = QTimer(self, interval=_TICK)
        self._timer.timeout.connect(self.update_text)
        self._layout = QHBoxLayout(self)
        self._layout.addWidget(Spinner(appearance))
        self._layout.addWidget(self._text_label, 1)
        self._layout.addWidget(self.stop_button)
        appearance.bind(self._restyle)
        self.hide()

    @property
    def is_running(self) -> bool:
        """Whether the timer is running."""
        return self._timer.isActive()

    def start(self) -> None:
        """Show the row and start the timer."""
        self._began = monotonic()
        self._timer.start()
        self.update_text()
        self.show()

    def end(self) -> None:
        """Stop the timer and hide the row."""
        self._timer.stop()
        self.hide()

    def update_text(self) -> None:
        """Show the elapsed time in the current language."""
        self._text_label.set_text(self._text_of(int(monotonic() - self._began)))

    def _restyle(self) -> None:
        theme = self._appearance.theme
        small = theme.length("s")
        self._layout.setContentsMargins(theme.length("m"), small, small, small)
        self._layout.setSpacing(small)
