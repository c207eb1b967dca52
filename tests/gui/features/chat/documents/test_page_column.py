"""The column of pages: what is requested, and what is kept."""

import asyncio
from collections.abc import AsyncIterator, Sequence

import pytest
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from chatdesk.features.chat.ui.documents.page_column import PageColumn, PageMark
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.tasks import Tasks


def picture(width: int, height: int) -> bytes:
    image, buffer = QImage(width, height, QImage.Format.Format_RGB32), QBuffer()
    image.fill(0xFFFFFF)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return buffer.data().data()


class Drawing:
    """Draws pages, and remembers which."""

    def __init__(self) -> None:
        self.drawn: list[int] = []
        self.sides: list[int] = []
        self.missing: set[int] = set()

    async def load(self, page: int, side: int) -> bytes | None:
        await asyncio.sleep(0)
        self.drawn.append(page)
        self.sides.append(side)
        return None if page in self.missing else picture(round(side * 0.7), side)

    async def marks(self, _page: int) -> Sequence[PageMark]:
        return ()


@pytest.fixture
def drawing() -> Drawing:
    return Drawing()


@pytest.fixture
async def column(appearance: Appearance) -> AsyncIterator[PageColumn]:
    window, tasks = QWidget(), Tasks(lambda error: pytest.fail(str(error)))
    column = PageColumn(appearance, tasks, window)
    column.resize(320, 600)
    window.resize(320, 600)
    window.show()
    yield column
    window.close()
    await tasks.finish()
    window.deleteLater()


async def settle() -> None:
    """Wait until nothing more is drawn."""
    while any(task.get_name() == "draw pages of a document" for task in asyncio.all_tasks()):
        await asyncio.sleep(0.002)


async def test_pages_in_view_and_the_next_two_are_drawn(column: PageColumn, drawing: Drawing) -> None:
    column.show_pages("report.pdf", 40, drawing.load, drawing.marks)
    await settle()
    assert set(drawing.drawn) == {0, 1, 2, 3}


async def test_pages_that_were_left_behind_are_forgotten(column: PageColumn, drawing: Drawing) -> None:
    column.show_pages("report.pdf", 40, drawing.load, drawing.marks)
    for page in range(0, 40, 3):
        column.scroll_to(page)
        await settle()
    assert len(set(drawing.drawn)) == 40
    drawing.drawn.clear()
    column.scroll_to(0)
    await settle()
    assert {0, 1} <= set(drawing.drawn)


async def test_a_page_without_a_picture_is_not_drawn_again(column: PageColumn, drawing: Drawing) -> None:
    drawing.missing = {0}
    column.show_pages("report.pdf", 3, drawing.load, drawing.marks)
    await settle()
    column.scroll_to(2)
    column.scroll_to(0)
    await settle()
    assert drawing.drawn.count(0) == 1


async def test_a_larger_page_is_drawn_anew_at_the_same_place(column: PageColumn, drawing: Drawing) -> None:
    column.show_pages("report.pdf", 10, drawing.load, drawing.marks)
    await settle()
    column.scroll_to(4, 0.5)
    await settle()
    before = max(drawing.sides)
    column.set_zoom(2.0)
    await settle()
    assert max(drawing.sides) == pytest.approx(2 * before, rel=0.05)
    page, share = column.page_at_top()
    assert page == 4
    assert share == pytest.approx(0.5, abs=0.01)


async def test_pages_of_another_document_replace_those_that_are_still_drawn(
    column: PageColumn, drawing: Drawing
) -> None:
    other = Drawing()
    column.show_pages("report.pdf", 10, drawing.load, drawing.marks)
    await asyncio.sleep(0)
    column.show_pages("other.pdf", 1, other.load, other.marks)
    await settle()
    assert set(other.drawn) == {0}
    assert column.accessibleName() == "Pages of other.pdf"
    assert drawing.drawn in ([], [0])
