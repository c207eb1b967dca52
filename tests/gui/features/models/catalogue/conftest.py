"""The catalogue on the screen, for a laptop with 16 GB."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from chatdesk.features.models.services.hub_search import HubSearch
from chatdesk.features.models.services.hubs import Hubs
from chatdesk.features.models.ui.catalogue.catalogue_view import CatalogueView
from chatdesk.features.models.ui.catalogue.model_card import ModelCard
from chatdesk.kernel.errors.base import ChatdeskError
from chatdesk.kernel.models.machine import Machine
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.tasks import Tasks
from chatdesk.ui_kit.widgets.label import Label
from tests.fakes.catalogue_harness import CatalogueHarness
from tests.fakes.hubs_over import hubs_over
from tests.fakes.scripted_hub import HubRepo, ScriptedHub
from tests.own_time import TIMEOUT
from tests.unit.features.models import machines


async def until(condition: Callable[[], object]) -> None:
    """Let tasks and the window go on until a condition holds."""
    async with asyncio.timeout(TIMEOUT):
        while not condition():
            await asyncio.sleep(0.001)
            QApplication.processEvents()


class Shown:
    """The view in a window, and what it asks for."""

    def __init__(
        self, qtbot: QtBot, appearance: Appearance, harness: CatalogueHarness, hub: ScriptedHub, hubs: Hubs
    ) -> None:
        self.qtbot = qtbot
        self.harness = harness
        self.hub = hub
        self.hubs = hubs
        self.window = QWidget()
        qtbot.addWidget(self.window)
        errors: list[ChatdeskError] = []
        search = HubSearch(hubs, lambda: harness.machine, lambda: 8192)
        self.view = CatalogueView(appearance, harness.catalogue, search, hubs, Tasks(errors.append), self.window)
        column = QVBoxLayout(self.window)
        column.addWidget(self.view)
        column.addStretch(1)
        self.chats: list[object] = []
        self.pages: list[str] = []
        self.view.chat_requested.connect(self.chats.append)
        self.view.page_requested.connect(self.pages.append)
        self.window.resize(700, 900)

    async def open(self, cards: int = 5) -> None:
        self.window.show()
        self.window.activateWindow()
        await until(lambda: len(self.visible_cards) == cards)

    @property
    def visible_cards(self) -> list[ModelCard]:
        return [card for card in self.view.findChildren(ModelCard) if card.isVisible()]

    def card(self, name: str) -> ModelCard:
        return next(card for card in self.visible_cards if card.row and card.row.model.name == name)

    def names(self) -> list[str]:
        return [card.row.model.name for card in self.visible_cards if card.row]

    def child[Kind: QWidget](self, card: QWidget, kind: type[Kind], name: str) -> Kind:
        found = card.findChild(kind, name)
        assert found is not None
        return found

    def words(self, card: QWidget, name: str) -> str:
        label = self.child(card, Label, name)
        return label.text() if label.isVisible() else ""

    def click(self, card: QWidget, name: str) -> None:
        self.qtbot.mouseClick(self.child(card, QWidget, name), Qt.MouseButton.LeftButton)

    def press(self, key: Qt.Key) -> None:
        focused = self.window.focusWidget()
        assert focused is not None
        self.qtbot.keyClick(focused, key)


@asynccontextmanager
async def showing(
    qtbot: QtBot, appearance: Appearance, machine: Machine, *repositories: HubRepo, cards: int = 5
) -> AsyncIterator[Shown]:
    """Show the catalogue for a machine, with hubs that have some repositories."""
    harness = CatalogueHarness(machine)
    await harness.look()
    async with ScriptedHub(*repositories).opened() as hub, hubs_over(hub) as (hubs, _):
        shown = Shown(qtbot, appearance, harness, hub, hubs)
        await shown.open(cards)
        yield shown
        shown.view.end()
    await harness.close()


@pytest.fixture
async def shown(qtbot: QtBot, appearance: Appearance) -> AsyncIterator[Shown]:
    """The catalogue for a laptop with 16 GB."""
    async with showing(qtbot, appearance, machines.LAPTOP_16) as shown:
        yield shown
