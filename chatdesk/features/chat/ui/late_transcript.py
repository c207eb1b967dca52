"""The transcript of the window, made when it is first needed: an empty chat shows none, and a start need not wait for it.

Loading what it is made of and making it take a third of the time to the first painting.
"""

import asyncio
from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from chatdesk.features.chat.ui.transcript.formula_source import FormulaSource
from chatdesk.ui_kit.errors.errors import describe_failure
from chatdesk.ui_kit.shortcuts import Command
from chatdesk.ui_kit.style.appearance import Appearance

if TYPE_CHECKING:
    from chatdesk.features.chat.ui.transcript.transcript_view import TranscriptView
    from chatdesk.ui_kit.pictures.picture_store import PictureStore, ReadOwn

_MODULE = "chatdesk.features.chat.ui.transcript.transcript_view"
_FIRST_ANSWER = ("chatdesk.rendering.markdown.incremental", "chatdesk.rendering.code.language_guess")
"""What the first message has loaded, and the first code without a language: 80 modules, which held up the window for 50 ms."""


class LateTranscript:
    """Whoever asks for `view` has it made; whoever only wants to hear of it says so with `when_made`."""

    def __init__(self, appearance: Appearance, formulas: FormulaSource, read_own: "ReadOwn", parent: QObject) -> None:
        self._appearance = appearance
        self._formulas = formulas
        self._read_own = read_own
        self._parent = parent
        self._pictures: PictureStore | None = None
        self._view: TranscriptView | None = None
        self._waiting: list[Callable[[TranscriptView], object]] = []

    @property
    def view(self) -> "TranscriptView":
        """The transcript."""
        return self._make() if self._view is None else self._view

    @property
    def pictures(self) -> "PictureStore":
        """The pictures it shows, and those of drafts; `read_own` reads what was attached."""
        if self._pictures is None:
            from chatdesk.ui_kit.pictures.picture_store import PictureStore  # noqa: PLC0415 - start-up time: see above

            self._pictures = PictureStore(self._parent)
            self._pictures.read_own_with(self._read_own)
        return self._pictures

    @property
    def made(self) -> "TranscriptView | None":
        """The transcript if there is one already: without, there is nothing to clear, to ask or to keep."""
        return self._view

    def when_made(self, use: Callable[["TranscriptView"], object]) -> None:
        """Have `use` called with the transcript: now if there is one, else before anybody else has it."""
        if self._view is None:
            self._waiting.append(use)
        else:
            use(self._view)

    def act(self, deed: Callable[["TranscriptView"], object]) -> Callable[[], None]:
        """Return what does something with the transcript whenever it is called, if there is one by then."""

        def do() -> None:
            if self._view is not None:
                deed(self._view)

        return do

    async def prepare(self) -> None:
        """Have it made before it is needed. What takes longest, loading, is done beside the window's own work."""
        if self._view is None:
            await asyncio.to_thread(import_module, _MODULE)
        if self._view is None:
            self._make()
        for module in _FIRST_ANSWER:
            await asyncio.to_thread(import_module, module)

    def _make(self) -> "TranscriptView":
        from chatdesk.features.chat.ui.transcript.transcript_view import (  # noqa: PLC0415 - start-up time: see above
            TranscriptView,
        )

        view = TranscriptView(self._appearance, describe_failure, formulas=self._formulas, pictures=self.pictures)
        self._view = view
        for use in self._waiting:
            use(view)
        self._waiting.clear()
        return view


def reading_commands(transcript: LateTranscript) -> dict[Command, Callable[[], object]]:
    """Return what the keys for reading do, each with what is shown by then."""
    act = transcript.act
    return {
        Command.COPY_LAST_ANSWER: act(lambda view: view.copy_last_answer()),
        Command.COPY_LAST_CODE: act(lambda view: view.copy_last_code()),
        Command.FIND: act(lambda view: view.find_words()),
        Command.FIND_NEXT: act(lambda view: view.find_next()),
        Command.FIND_PREVIOUS: act(lambda view: view.find_previous()),
        Command.NEXT_QUESTION: act(lambda view: view.go_to_question(1)),
        Command.PREVIOUS_QUESTION: act(lambda view: view.go_to_question(-1)),
    }
