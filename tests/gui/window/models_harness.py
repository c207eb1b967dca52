"""The page of models, and what a person sees and does there."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QMenu, QWidget

from chatdesk.features.models.domain.model_list import ModelEntry
from chatdesk.features.models.ui.page.here_tab import HereTab
from chatdesk.kernel.models.model import ModelRef
from tests.gui.window.harness import Harness

SCRIPTED, THINKER = ModelRef("ollama", "scripted:1b"), ModelRef("ollama", "thinker:8b")


async def open_models_page(harness: Harness, *expected: str) -> HereTab:
    """Open the page from the sidebar at *On this computer*, and wait until all there is stands in it."""
    harness.click("modelsPage")
    harness.router.show_models("here")
    await harness.until(lambda: (made := harness.window.findChild(HereTab)) and made.isVisible())
    page = harness.window.findChild(HereTab)
    assert page is not None
    await harness.until(lambda: set(expected or ("scripted:1b", "thinker:8b")) <= set(names(page)))
    running = harness.window._tasks._running
    await harness.until(lambda: not any(task.get_name() == "refresh server" for task in running))
    return page


def names(page: HereTab) -> list[str]:
    """The rows of the list, heads too, as a screen shows them."""
    rows = page.models.list.rows
    return [rows.data(rows.index(number)) for number in range(rows.rowCount())]


def models(page: HereTab) -> list[str]:
    rows = page.models.list.rows
    found = (rows.row(rows.index(number)) for number in range(rows.rowCount()))
    return [row.name for row in found if isinstance(row, ModelEntry)]


def click_row(page: HereTab, name: str, button: Qt.MouseButton = Qt.MouseButton.LeftButton) -> None:
    view = page.models.list
    place = view.visualRect(view.rows.index(names(page).index(name))).center()
    QTest.mouseClick(view.viewport(), button, pos=place)


def show_filters(page: HereTab) -> None:
    """Unfold the search and the filters, as the button above the list does."""
    button(page, "filterModels").click()


def open_server(page: HereTab, server_id: str = "ollama") -> None:
    """Open the details of a server from its card."""
    card = page.runners.findChild(QWidget, f"runner.{server_id}")
    assert card is not None
    button(card, "runnerDetails").click()


def press(page: HereTab, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(page.models.list, key, modifier)


def button(place: QWidget, name: str) -> QAbstractButton:
    found = place.findChild(QAbstractButton, name)
    assert found is not None, name
    return found


def title(page: HereTab) -> str:
    return page.model_pane._title.text()


def menu(name: str = "modelActions") -> QMenu:
    found = next(
        widget for widget in QApplication.topLevelWidgets() if widget.objectName() == name and widget.isVisible()
    )
    assert isinstance(found, QMenu)
    return found
