"""Scenes of the first start: the offer of a model, and what becomes of it."""

from dataclasses import replace

from PySide6.QtWidgets import QAbstractButton

from chatdesk.features.models.ui.start.start_card import StartCard
from chatdesk.kernel.errors.hub_errors import HubUnreachable
from chatdesk.kernel.models.machine import Machine
from chatdesk.kernel.models.pulls import Pull, PullPhase, PullProgress, PullState
from tests.shots.window_driver import WindowDriver
from tests.unit.features.models import machines


async def offer(driver: WindowDriver, machine: Machine = machines.LAPTOP_16) -> None:
    """Choose for a laptop."""
    await driver.until(lambda: (card := driver.window.findChild(StartCard)) and card.isVisible())
    library = driver.program.models.library
    library.fits._read_machine = lambda: machine
    library.catalogue._read_free_space = lambda: machine.disk_free
    await library.catalogue.refresh()
    await driver.settle()


async def unfold(driver: WindowDriver) -> None:
    """Look at the other choices."""
    await offer(driver)
    button = driver.window.findChild(QAbstractButton, "startChoices")
    assert button is not None
    button.click()
    await driver.settle()


async def get(driver: WindowDriver) -> None:
    """Look on while it is downloaded."""
    await _let_there_be(driver, PullState.RUNNING)


async def fail(driver: WindowDriver) -> None:
    """The hub cannot be reached."""
    await _let_there_be(driver, PullState.FAILED)


async def fit_nothing(driver: WindowDriver) -> None:
    """A machine with too little memory."""
    await offer(driver, Machine("", 10**9, 10**8, disk_free=10**12))


async def _let_there_be(driver: WindowDriver, state: PullState) -> None:
    await offer(driver)
    library = driver.program.models.library
    row = library.catalogue.state(driver.language).best
    assert row is not None
    download = row.model.download
    ref = library.downloads._downloader.ref_of(download)  # type: ignore[union-attr]
    progress = PullProgress(PullPhase.LOADING, download.size // 4, download.size)
    pull = Pull(ref, download.size, state, progress, 13_000_000, 270, download=download)
    error = HubUnreachable("Hugging Face", "https://huggingface.co", "No route to host")
    library.downloads._set(replace(pull, error=error) if state is PullState.FAILED else pull)
    await driver.settle()
