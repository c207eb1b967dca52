"""Whether the window may close and the program may end; what is needed to ask about that is made when it is first asked."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from chatdesk.app.program import Program
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.tasks import Tasks

if TYPE_CHECKING:
    from chatdesk.app.shell.leaving import Leaving


class LateLeaving(QObject):
    """`window` is what is closed; it tells when it is seen again (`came_back`). `end` before the services are closed."""

    quit_requested = Signal()

    def __init__(self, appearance: Appearance, program: Program, tasks: Tasks, window: QWidget) -> None:
        super().__init__(window)
        self._appearance = appearance
        self._program = program
        self._tasks = tasks
        self._window = window
        self._leaving: Leaving | None = None
        self._ended = False

    def leave(self, *, closing: bool) -> bool:
        """Tell the program to end and return True; while it works, ask first, and return False. `closing`: the window is closed."""
        if self._ended or not self._program.work.jobs():
            self.quit_requested.emit()
            return True
        if self._leaving is None:
            from chatdesk.app.shell.leaving import Leaving  # noqa: PLC0415 - start-up time

            self._leaving = Leaving(self._appearance, self._program, self._tasks, self._window)
            self._leaving.quit_requested.connect(self.quit_requested)
        self._leaving.ask(closing=closing)
        return False

    def came_back(self) -> None:
        """Wait no longer for the end of the work: the window is seen again."""
        if self._leaving:
            self._leaving.came_back()

    def end(self) -> None:
        """Ask nothing more: the program ends."""
        self._ended = True
        if self._leaving:
            self._leaving.end()
