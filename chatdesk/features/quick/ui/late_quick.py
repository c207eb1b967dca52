"""The window for quick questions, made when it is first opened: a start does not need it, and many people never will."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from chatdesk.app.program import Program
from chatdesk.ui_kit.style.appearance import Appearance

if TYPE_CHECKING:
    from chatdesk.features.quick.ui.quick_presenter import QuickPresenter


class LateQuick(QObject):
    """Tells what the program's window shall do for it, `left` before each of them."""

    left = Signal()
    """The person goes on in the program's window."""
    chat_wanted = Signal(str)
    library_wanted = Signal(str)
    desk_wanted = Signal(str)
    settings_wanted = Signal(str)
    server_settings_wanted = Signal(str)
    """Those of the server that failed to give this answer."""
    damage_met = Signal(object)
    seen = Signal(str)
    """The chat whose answer came to its end before a person's eyes."""

    def __init__(self, appearance: Appearance, program: Program, parent: QObject) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._program = program
        self._quick: QuickPresenter | None = None

    def open(self) -> None:
        """Show the window, with the keyboard."""
        if self._quick is None:
            self._quick = self._make()
        self._quick.open()

    async def end(self) -> None:
        """Keep what is typed in it, and let go of the services."""
        if self._quick:
            await self._quick.end()

    def _make(self) -> "QuickPresenter":
        from chatdesk.features.quick.ui.quick_presenter import (  # noqa: PLC0415 - start-up time: made when opened
            QuickPresenter,
        )

        quick = QuickPresenter(self._appearance, self._program, self)
        quick.seen.connect(self.seen)
        for wish, told in (
            (quick.chat_wanted, self.chat_wanted),
            (quick.library_wanted, self.library_wanted),
            (quick.desk_wanted, self.desk_wanted),
            (quick.settings_wanted, self.settings_wanted),
            (quick.server_settings_wanted, self.server_settings_wanted),
            (quick.damage_met, self.damage_met),
        ):
            wish.connect(self.left)
            wish.connect(told)
        return quick
