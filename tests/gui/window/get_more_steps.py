"""What a person sees on the tab *Get more* and does there."""

from PySide6.QtWidgets import QAbstractButton, QWidget

from chatdesk.features.models.services.pulls import FreeSpace
from chatdesk.features.models.ui.catalogue.catalogue_view import CatalogueView
from chatdesk.features.models.ui.catalogue.model_card import ModelCard
from chatdesk.features.models.ui.downloads.downloads_panel import DownloadsPanel
from chatdesk.features.models.ui.downloads.pull_rows import PullRow
from chatdesk.kernel.models.machine import Machine
from chatdesk.kernel.servers.server import ServerConfig
from chatdesk.ui_kit.widgets.label import Label
from tests.gui.window.harness import Harness
from tests.unit.features.models import machines

R1_14B = "deepseek-r1:14b"


def page(harness: Harness) -> CatalogueView:
    found = harness.window.findChild(CatalogueView)
    assert found is not None
    return found


def panel(harness: Harness) -> DownloadsPanel:
    found = harness.window.findChild(DownloadsPanel)
    assert found is not None
    return found


def cards(harness: Harness) -> list[ModelCard]:
    return [card for card in page(harness).findChildren(ModelCard) if card.isVisible()]


def card(harness: Harness, name: str) -> ModelCard:
    return next(card for card in cards(harness) if card.row and card.row.model.name == name)


async def get_with_ollama(harness: Harness, tag: str) -> None:
    """Let Ollama download a DeepSeek-R1, from its card among all models."""
    name = f"DeepSeek-R1 {tag.partition(':')[2].upper()}".replace("R1 8B", "R1-0528 8B")
    everything = button(page(harness), "allModels")
    if not everything.isChecked():
        everything.click()
    await harness.until(lambda: len(cards(harness)) == 23)
    shown = card(harness, name)
    shown.set_open(is_open=True)
    button(shown, "getWithOllama").click()
    everything.click()
    await harness.until(lambda: any(row.ref.model_id == tag for row in pull_rows(harness)))


def pull_rows(harness: Harness) -> list[PullRow]:
    return [row for row in panel(harness).findChildren(PullRow) if row.isVisible()]


def pull_row(harness: Harness, tag: str) -> PullRow:
    return next(row for row in pull_rows(harness) if row.ref.model_id == tag)


def is_done(harness: Harness, tag: str) -> bool:
    """Whether a download has ended, and its model can be used."""
    return any(row.ref.model_id == tag and is_shown(row, "chatWithModel") for row in pull_rows(harness))


def button(place: QWidget, name: str) -> QAbstractButton:
    found = place.findChild(QAbstractButton, name)
    assert found is not None
    return found


def is_shown(place: QWidget, name: str) -> bool:
    found = place.findChild(QAbstractButton, name)
    return found is not None and found.isVisible()


def text_of(place: QWidget, name: str) -> str:
    found = place.findChild(Label, name)
    return found.text() if found and found.isVisible() else ""


def free_space_of(machine: Machine) -> FreeSpace:
    async def space(_server: ServerConfig) -> int | None:
        return machine.disk_free

    return space


async def opened(harness: Harness, machine: Machine = machines.RTX_4070) -> None:
    on_machine(harness, machine)
    await harness.until(lambda: harness.program.servers.models.was_asked)
    harness.router.show_models("get-more")
    await whole(harness)


def on_machine(harness: Harness, machine: Machine) -> None:
    """Let the program believe to run on a machine: the tests' own may be small."""
    library = harness.program.models.library
    library.fits._read_machine = lambda: machine
    library.downloads._free_space = free_space_of(machine)
    library.catalogue._read_free_space = lambda: machine.disk_free


async def whole(harness: Harness) -> None:
    """Wait until the tab is there with all of its cards: they come one after the other."""
    await harness.until(lambda: harness.window.findChild(CatalogueView) and is_shown(page(harness), "allModels"))
