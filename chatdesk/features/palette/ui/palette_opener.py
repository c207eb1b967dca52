"""Opens the palette, made when it is first opened, and tells what was chosen in it. What it finds is `palette_presenter.py`'s."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from chatdesk.app.program import Program
from chatdesk.app.shell.page_router import Places
from chatdesk.features.chat.ui.chat_presenter import ChatPresenter
from chatdesk.features.presets.ui.importing.preset_share_presenter import PresetSharePresenter
from chatdesk.kernel.chat.conversation import SearchHit
from chatdesk.kernel.models.model import ModelRef
from chatdesk.ui_kit.shortcuts import Command
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.tasks import Tasks

if TYPE_CHECKING:
    from chatdesk.app.shell.more_commands import ExtraCommand
    from chatdesk.features.palette.ui.palette_presenter import PalettePresenter


class PaletteOpener(QObject):
    """`actions` of `toggle` are what the keys of the window do, by command."""

    chat_chosen = Signal(str)
    hit_chosen = Signal(SearchHit)
    preset_chosen = Signal(str)
    model_chosen = Signal(ModelRef)
    batch_chosen = Signal()
    doctor_chosen = Signal()
    speed_chosen = Signal()

    def __init__(
        self,
        appearance: Appearance,
        program: Program,
        tasks: Tasks,
        places: Places,
        chat: ChatPresenter,
        share: PresetSharePresenter,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._appearance = appearance
        self._program = program
        self._tasks = tasks
        self._places = places
        self._chat = chat
        self._share = share
        self._window = window
        self._palette: PalettePresenter | None = None

    def toggle(self, actions: Mapping[Command, Callable[[], object]]) -> None:
        """Find chats, presets, models and commands in one field; close it if it is open."""
        if self._palette is None:
            self._palette = self._make(actions)
        self._palette.toggle()

    def end(self) -> None:
        """Look for nothing any more."""
        if self._palette:
            self._palette.end()

    def _make(self, actions: Mapping[Command, Callable[[], object]]) -> "PalettePresenter":
        from chatdesk.features.palette.ui.palette_presenter import (  # noqa: PLC0415 - start-up time: made when opened
            PalettePresenter,
        )

        palette = PalettePresenter(self._appearance, self._window, self._program, self._tasks, actions, self._extra)
        palette.chat_chosen.connect(self.chat_chosen)
        palette.hit_chosen.connect(self.hit_chosen)
        palette.preset_chosen.connect(self.preset_chosen)
        palette.model_chosen.connect(self.model_chosen)
        return palette

    def _extra(self) -> "tuple[ExtraCommand, ...]":
        from chatdesk.app.shell.more_commands import more_commands  # noqa: PLC0415 - with the palette

        return more_commands(
            self._program.settings,
            self._places,
            self.batch_chosen.emit,
            self._chat,
            self.doctor_chosen.emit,
            self.speed_chosen.emit,
            self._share.choose_any,
        )
