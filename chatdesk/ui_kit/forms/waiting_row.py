"""A line that counts the seconds of a question to a server, with a button that ends it."""

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
    """Hidden until it is started. `say` makes the words of a number of seconds."""

    stopped = Signal()

    def __init__(self, appearance: Appearance, say: Callable[[int], str], parent: QWidget | None = None) -> None:
        super().__init__(appearance, parent, fill="sunken", radius="radius.control")
        self._say = say
        self._began = 0.0
        self._words = Label(appearance, "ui", "textSecondary")
        self.stop_button = Button(appearance, "", ButtonKind.PLAIN, small=True)
        self.stop_button.clicked.connect(self.stopped)
        self._timer = QTimer(self, interval=_TICK)
        self._timer.timeout.connect(self.say)
        self._layout = QHBoxLayout(self)
        self._layout.addWidget(Spinner(appearance))
        self._layout.addWidget(self._words, 1)
        self._layout.addWidget(self.stop_button)
        appearance.bind(self._restyle)
        self.hide()

    @property
    def is_running(self) -> bool:
        """Whether it counts."""
        return self._timer.isActive()

    def start(self) -> None:
        """Show it and count from now."""
        self._began = monotonic()
        self._timer.start()
        self.say()
        self.show()

    def end(self) -> None:
        """Count no longer."""
        self._timer.stop()
        self.hide()

    def say(self) -> None:
        """Say how long it has been going on, in the language of now."""
        self._words.set_text(self._say(int(monotonic() - self._began)))

    def _restyle(self) -> None:
        theme = self._appearance.theme
        small = theme.length("s")
        self._layout.setContentsMargins(theme.length("m"), small, small, small)
        self._layout.setSpacing(small)
