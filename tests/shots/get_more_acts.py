"""The tab *Get more*, on machines that people have."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

from PySide6.QtWidgets import QAbstractButton, QLineEdit

from chatdesk.features.models.ui.catalogue.catalogue_view import CatalogueView
from chatdesk.features.models.ui.catalogue.model_card import ModelCard
from chatdesk.kernel.errors.hub_errors import HubBusy
from chatdesk.kernel.errors.model_errors import RegistryUnreachable
from chatdesk.kernel.models.machine import Machine
from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.models.pulls import Pull, PullPhase, PullProgress, PullState
from tests.shots.window_driver import WindowDriver

GIGABYTE = 10**9


def be_on(driver: WindowDriver, machine: Machine) -> None:
    """Let the program believe to run on a machine."""
    library = driver.program.models.library
    library.fits._read_machine = lambda: machine
    library.catalogue._read_free_space = lambda: machine.disk_free


def open_guide(machine: Machine) -> Callable[[WindowDriver], Awaitable[None]]:
    """Show the catalogue as it is on a machine."""

    async def act(driver: WindowDriver) -> None:
        be_on(driver, replace(machine, disk_free=186 * GIGABYTE))
        await driver.until(lambda: driver.program.servers.models.was_asked)
        driver.window._router.show_models("get-more")
        await driver.until(
            lambda: [each for each in driver.window.findChildren(QAbstractButton, "allModels") if each.isVisible()]
        )
        await driver.settle()

    return act


def unfold(machine: Machine) -> Callable[[WindowDriver], Awaitable[None]]:
    """Look at the choices of the second card, too."""

    async def act(driver: WindowDriver) -> None:
        await open_guide(machine)(driver)
        driver.window.findChildren(ModelCard)[1].set_open(is_open=True)

    return act


def show_all(machine: Machine) -> Callable[[WindowDriver], Awaitable[None]]:
    """Look at all models."""

    async def act(driver: WindowDriver) -> None:
        await open_guide(machine)(driver)
        driver.window.findChildren(QAbstractButton, "allModels")[0].click()
        await driver.until(lambda: len(driver.window.findChildren(ModelCard)) > 20)
        await driver.settle()

    return act


def search(machine: Machine) -> Callable[[WindowDriver], Awaitable[None]]:
    """A search that a hub refuses for a while."""

    async def act(driver: WindowDriver) -> None:
        await open_guide(machine)(driver)
        view = driver.window.findChildren(CatalogueView)[0]

        async def refuse(*_query: object) -> None:
            raise HubBusy("huggingface.co", "https://huggingface.co", seconds=55)

        view._results._search.search = refuse
        driver.window.findChildren(QLineEdit, "hubSearch")[0].setText("coder 7b")
        await driver.until(lambda: view._results._error)
        await driver.settle()

    return act


def download(machine: Machine) -> Callable[[WindowDriver], Awaitable[None]]:
    """Downloads in all states."""

    async def act(driver: WindowDriver) -> None:
        await open_guide(machine)(driver)
        tell_downloads(driver)

    return act


def tell_downloads(driver: WindowDriver) -> None:
    """Let there be downloads in all states."""
    pulls = driver.program.models.library.downloads
    half = PullProgress(PullPhase.LOADING, 3_239_733_150, 5_225_376_047)
    for pull in (
        Pull(ModelRef("ollama", "deepseek-r1:8b"), 0, PullState.RUNNING, half, 38_000_000, 53),
        Pull(ModelRef("ollama", "deepseek-r1:7b"), 0, PullState.WAITING),
        Pull(
            ModelRef("ollama", "deepseek-r1:1.5b"),
            0,
            PullState.PAUSED,
            PullProgress(PullPhase.LOADING, 200_000_000, 1_117_322_599),
        ),
        Pull(
            ModelRef("ollama", "deepseek-r1:32b"),
            0,
            PullState.FAILED,
            PullProgress(PullPhase.LOADING, 2 * GIGABYTE, 19_851_337_640),
            error=RegistryUnreachable("Ollama", "http://127.0.0.1:11434", "deepseek-r1:32b", "no such host"),
        ),
        Pull(ModelRef("ollama", "qwen3:14b"), 0, PullState.RUNNING, PullProgress(PullPhase.CHECKING, 9, 9)),
    ):
        pulls._set(pull)


def open_picker(machine: Machine) -> Callable[[WindowDriver], Awaitable[None]]:
    """Look at the list of models, which says how each fits."""

    async def act(driver: WindowDriver) -> None:
        be_on(driver, machine)
        await driver.until(lambda: driver.program.servers.models.was_asked)
        driver.window._picker.open_popup()
        await driver.until(lambda: all(model.described for model in driver.program.servers.models.all()))
        await driver.settle()

    return act
