"""What was done to the sections of a prompt and can be taken back, the last first; with a strip where a removed one was."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QWidget

from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.ui_kit.forms.notice import Notice
from chatdesk.ui_kit.style.appearance import Appearance

_MOST = 30


@dataclass(frozen=True, slots=True)
class Act:
    """Something done to the section in this `place`, and how it is undone.

    One without words, such as a move, is taken back by Ctrl+Z alone. A `whole` one would bring back the text as it was, and with it undo
    what was written since: it is forgotten as soon as something is.
    """

    place: int
    undo: Callable[[], None]
    words: Callable[[], str] | None = None
    whole: bool = False


class SectionUndo(Notice):
    """The strip itself. `placed` asks for it to be put before the section in this place."""

    placed = Signal(int)

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(appearance, parent, slim=True)
        self._acts: list[Act] = []
        self.acted.connect(self._undo_told)
        self.hide()

    @property
    def is_possible(self) -> bool:
        """Whether there is something to take back."""
        return bool(self._acts)

    def add(self, act: Act) -> None:
        """Remember what was done, and offer at once to undo it if that is worth words."""
        if act.whole:
            self._acts.clear()
        self._acts = [*self._acts[1 - _MOST :], act]
        self._show_last()
        if act.words:
            self.focus()

    def take_back(self) -> None:
        """Undo what was done last."""
        if self._acts:
            act = self._acts.pop()
            self._show_last()
            act.undo()

    def text_changed(self) -> None:
        """Know that something was written."""
        if any(act.whole for act in self._acts):
            self._acts = [act for act in self._acts if not act.whole]
            self._show_last()

    def clear(self) -> None:
        """Forget everything."""
        self._acts.clear()
        self._show_last()

    def _undo_told(self) -> None:
        """Undo what the strip tells of; moves since then would lead elsewhere, so they are undone along."""
        told = next((act for act in reversed(self._acts) if act.words), None)
        while told in self._acts:
            self.take_back()

    def _show_last(self) -> None:
        act = next((act for act in reversed(self._acts) if act.words), None)
        self.setVisible(act is not None)
        if act and act.words:
            self.show_words(act.words(), self.tr("Undo"))
            self.placed.emit(act.place)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._show_last()
        super().changeEvent(event)
