"""The lines above the page, each when there is cause. What is done then is the stage area's part.

It does not answer, it takes the whole computer, it wants the pointer, it said something, it wants graphics or a dialog
that it cannot have.
"""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from chatdesk.features.previews.ui.panel.stage import StageEvents
from chatdesk.features.previews.ui.panel.strip import Strip
from chatdesk.ui_kit.style.appearance import Appearance

_LONGEST_WORDS = 200


class PageStrips(QWidget):
    """Nothing is seen of it until the page gives cause."""

    stop_wanted = Signal()
    pointer_granted = Signal()
    keeping_answered = Signal(bool)
    """Whether the page may keep what it stores."""

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._unresponsive = Strip(appearance, "triangle-alert", "warning", self)
        self._unresponsive.setObjectName("unresponsiveStrip")
        self._unresponsive.acted.connect(self.stop_wanted)
        self._greedy = Strip(appearance, "triangle-alert", "warning", self)
        self._greedy.setObjectName("greedyStrip")
        self._greedy.acted.connect(self.stop_wanted)
        self._graphics = Strip(appearance, "triangle-alert", "warning", self)
        self._graphics.setObjectName("graphicsStrip")
        self._dialog = Strip(appearance, "info", "accentText", self)
        self._dialog.setObjectName("dialogStrip")
        self._pointer = Strip(appearance, "info", "accentText", self)
        self._pointer.setObjectName("pointerStrip")
        self._pointer.acted.connect(self.pointer_granted)
        self._spoken = Strip(appearance, "message-square", "accentText", self)
        self._spoken.setObjectName("spokenStrip")
        self._anew = Strip(appearance, "info", "accentText", self)
        self._anew.setObjectName("anewStrip")
        self._keep = Strip(appearance, "hard-drive", "accentText", self)
        self._keep.setObjectName("keepStrip")
        self._keep.acted.connect(lambda: self.keeping_answered.emit(True))
        self._keep.declined.connect(lambda: self.keeping_answered.emit(False))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self._all = (
            self._unresponsive,
            self._greedy,
            self._graphics,
            self._dialog,
            self._pointer,
            self._spoken,
            self._anew,
            self._keep,
        )
        for strip in self._all:
            layout.addWidget(strip)

    def follow(self, events: StageEvents) -> None:
        """Show what these tell."""
        events.unresponsive.connect(self._show_unresponsive)
        events.greedy.connect(self._show_greedy)
        events.graphics_missing.connect(self._show_graphics_missing)
        events.dialog_refused.connect(self._show_dialog_refused)
        events.spoke.connect(self._show_spoken)
        events.pointer_wanted.connect(self._ask_for_pointer)

    def show_anew(self) -> None:
        """Say that the page was put away, and that it begins again."""
        self._anew.show_words(self.tr("To save memory the page had been put away. It has started anew."))

    def offer_keeping(self) -> None:
        """Ask whether the page may keep what it stores."""
        self._keep.show_words(
            self.tr("This page wants to remember things (for example a high score)."),
            self.tr("Keep on this computer"),
            self.tr("Not now"),
        )

    def hide_all(self) -> None:
        """Have nothing to say: another page runs, or none."""
        for strip in self._all:
            strip.hide()

    def _show_unresponsive(self, unresponsive: bool) -> None:
        self._unresponsive.hide()
        if unresponsive:
            self._greedy.hide()  # the other way to say the same
            self._unresponsive.show_words(self.tr("The page does not answer."), self.tr("Stop"))

    def _show_greedy(self, greedy: bool) -> None:
        self._greedy.hide()
        if greedy and self._unresponsive.isHidden():
            self._greedy.show_words(self.tr("The page keeps the whole computer busy."), self.tr("Stop"))

    def _show_graphics_missing(self) -> None:
        self._graphics.show_words(
            self.tr("The page needs WebGL (3D graphics), and there is no graphics card here that it could safely use.")
        )

    def _show_dialog_refused(self) -> None:
        self._dialog.show_words(
            self.tr("The page tried to open a dialog, for example to choose a colour. Previews cannot open dialogs.")
        )

    def _show_spoken(self, words: str) -> None:
        said = " ".join(words.split())[:_LONGEST_WORDS]
        self._spoken.show_words(self.tr("The page says: “%1”").replace("%1", said))

    def _ask_for_pointer(self) -> None:
        self._pointer.show_words(
            self.tr("The page wants the mouse pointer for itself. Esc gives it back."), self.tr("Allow")
        )
