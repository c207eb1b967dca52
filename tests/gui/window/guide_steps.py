"""What a person sees on the guide to models and does there."""

from PySide6.QtWidgets import QAbstractButton, QWidget

from chatdesk.features.models.services.pulls import FreeSpace
from chatdesk.features.models.ui.downloads.downloads_panel import DownloadsPanel
from chatdesk.features.models.ui.guide.recommendations import Recommendations
from chatdesk.features.models.ui.guide.variant_row import VariantRow
from chatdesk.kernel.models.machine import Machine
from chatdesk.kernel.servers.server import ServerConfig
from chatdesk.ui_kit.widgets.label import Label
from tests.gui.window.harness import Harness
from tests.unit.features.models import machines

R1_14B = "deepseek-r1:14b"


def page(harness: Harness) -> Recommendations:
    found = harness.window.findChild(Recommendations)
    assert found is not None
    return found


def panel(harness: Harness) -> DownloadsPanel:
    found = harness.window.findChild(DownloadsPanel)
    assert found is not None
    return found


def row(harness: Harness, size: str) -> VariantRow:
    return next(each for each in page(harness)._rows if each._size.text() == size)


def button(place: QWidget, name: str) -> QAbstractButton:
    found = place.findChild(QAbstractButton, name)
    assert found is not None
    return found


def is_shown(place: QWidget, name: str) -> bool:
    found = place.findChild(QAbstractButton, name)
    return found is not None and found.isVisible()


def words(place: QWidget, name: str) -> str:
    found = place.findChild(Label, name)
    return found.text() if found and found.isVisible() else ""


def free_space_of(machine: Machine) -> FreeSpace:
    async def space(_server: ServerConfig) -> int | None:
        return machine.disk_free

    return space


async def opened(harness: Harness, machine: Machine = machines.RTX_4070) -> None:
    guide = harness.program.models.library.guide
    guide._read_machine = lambda: machine
    guide.pulls._free_space = free_space_of(machine)  # the tests' own disk may be small
    await harness.until(lambda: harness.program.servers.models.was_asked)
    harness.window._router.show_models("get-more")
    await whole(harness)


async def whole(harness: Harness) -> None:
    """Wait until the page is there with all of its rows: they come one after the other."""
    await harness.until(lambda: harness.window.findChild(Recommendations) and len(page(harness)._rows) == 8)
