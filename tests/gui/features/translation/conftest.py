"""The translation desk in the whole window, beside an Ollama that says what the test tells it."""

import pytest

from chatdesk.features.translation.services.translation_desk import TranslationDesk
from chatdesk.features.translation.ui.cell_edit import CellEdit
from chatdesk.features.translation.ui.row_view import RowView
from chatdesk.features.translation.ui.translation_page import TranslationPage
from tests.gui.window.conftest import desk, models, open_desk, previews, pytest_asyncio_loop_factories, speaker
from tests.gui.window.desk import Desk

__all__ = ["desk", "models", "open_desk", "previews", "pytest_asyncio_loop_factories", "speaker"]


class Table:
    """What a person sees on the desk and does there."""

    def __init__(self, window: Desk) -> None:
        self.window = window
        self.until = window.until

    @property
    def page(self) -> TranslationPage:
        page = self.window.window.findChild(TranslationPage)
        assert page is not None
        return page

    @property
    def desk(self) -> TranslationDesk:
        return self.window.program.translation.get().desk

    def view(self, place: int) -> RowView:
        view = self.page._rows.view_of(self.desk.document.rows[place].number)
        assert view is not None, place
        return view

    def source(self, place: int) -> CellEdit:
        return self.view(place).source

    def result(self, place: int) -> CellEdit:
        return self.view(place).result

    def results(self) -> list[str]:
        return [self.result(place).toPlainText() for place in range(len(self.desk.document.rows))]

    def notes(self, place: int) -> list[str]:
        """The sentences under a result, and their buttons."""
        notes = self.view(place).notes._notes
        return [words for note in notes for words in (note.words, *([f"[{note.action}]"] if note.action else []))]

    async def shown(self) -> None:
        """Wait until the last change is on the screen."""
        await self.until(lambda: not self.page._timer.isActive())

    async def open(self, text: str = "", source: str = "", target: str = "de") -> None:
        self.window.window._places.show_page("translation")
        await self.until(lambda: self.desk.document.rows)
        self.desk.set_languages(source, target)
        if text:
            self.desk.set_text(text)
        await self.until(lambda: not self.page._timer.isActive())

    async def finished(self) -> None:
        """Wait until nothing is translated any more, and all of it is shown."""
        await self.until(lambda: not self.window.program.translation.get().running)
        await self.shown()


@pytest.fixture
def table(desk: Desk) -> Table:
    return Table(desk)
