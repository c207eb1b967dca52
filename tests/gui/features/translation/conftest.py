"""The translator in the whole window, beside an Ollama that says what the test tells it."""

import pytest

from chatdesk.features.translation.services.translation_session import TranslationSession
from chatdesk.features.translation.ui.cell_edit import CellEdit
from chatdesk.features.translation.ui.row_view import RowView
from chatdesk.features.translation.ui.translation_page import TranslationPage
from tests.gui.window.conftest import (
    fake_model,
    harness,
    models,
    open_harness,
    previews,
    pytest_asyncio_loop_factories,
    titles,
)
from tests.gui.window.harness import Harness

__all__ = ["fake_model", "harness", "models", "open_harness", "previews", "pytest_asyncio_loop_factories", "titles"]


class Table:
    """What a person sees on the desk and does there."""

    def __init__(self, window: Harness) -> None:
        self.window = window
        self.until = window.until

    @property
    def page(self) -> TranslationPage:
        page = self.window.window.findChild(TranslationPage)
        assert page is not None
        return page

    @property
    def session(self) -> TranslationSession:
        return self.window.program.translation.get().session

    def view(self, place: int) -> RowView:
        view = self.page._rows.view_of(self.session.document.rows[place].number)
        assert view is not None, place
        return view

    def source(self, place: int) -> CellEdit:
        return self.view(place).source

    def result(self, place: int) -> CellEdit:
        return self.view(place).result

    def results(self) -> list[str]:
        return [self.result(place).toPlainText() for place in range(len(self.session.document.rows))]

    def notes(self, place: int) -> list[str]:
        """The sentences under a result, and their buttons."""
        notes = self.view(place).notes._notes
        return [text for note in notes for text in (note.text, *([f"[{note.action}]"] if note.action else []))]

    async def shown(self) -> None:
        """Wait until the last change is on the screen."""
        await self.until(lambda: not self.page._timer.isActive())

    async def open(self, text: str = "", source: str = "", target: str = "de") -> None:
        self.window.window._router.show_page("translation")
        await self.until(lambda: self.session.document.rows)
        self.session.set_languages(source, target)
        if text:
            self.session.set_text(text)
        await self.until(lambda: not self.page._timer.isActive())

    async def finished(self) -> None:
        """Wait until nothing is translated any more, and all of it is shown."""
        await self.until(lambda: not self.window.program.translation.get().running)
        await self.shown()


@pytest.fixture
def table(harness: Harness) -> Table:
    return Table(harness)
