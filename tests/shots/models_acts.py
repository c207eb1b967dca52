"""The page of models: a list as people have it, and one that a hostile server tells."""

from collections.abc import Awaitable, Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QListView

from chatdesk.features.models.ui.page.here_tab import HereTab
from chatdesk.kernel.models.machine import Machine
from tests.fakes.scripted_models import ScriptedModel
from tests.shots import speed_acts
from tests.shots.get_more_acts import tell_downloads
from tests.shots.window_driver import WindowDriver
from tests.unit.features.models import machines

GIGABYTE = 10**9
MIT = "MIT License\n\nCopyright (c) 2023 DeepSeek\n\nPermission is hereby granted, free of charge, to any person obtaining a copy."
MANY = (
    ScriptedModel(
        "deepseek-r1:14b",
        ("completion", "thinking"),
        131_072,
        loaded_length=8192,
        layers=48,
        size=8_988_112_040,
        parameters="14.8B",
        licence=MIT,
        num_ctx=8192,
        graphics=8_988_112_040,
    ),
    ScriptedModel(
        "qwen3:8b", ("completion", "thinking", "tools"), 40_960, False, layers=36, size=5_225_388_164, parameters="8.2B"
    ),
    ScriptedModel("gemma3:4b", ("completion", "vision"), 131_072, False, size=3_338_801_804, parameters="4.3B"),
    ScriptedModel("llama3.2:3b", ("completion", "tools"), 131_072, False, size=2_019_393_189, parameters="3.2B"),
    ScriptedModel(
        "qwen3:14b-fp16",
        ("completion", "thinking", "tools"),
        40_960,
        False,
        size=29_543_423_012,
        parameters="14.8B",
        quantization="F16",
    ),
    ScriptedModel(
        "nomic-embed-text:latest", ("embedding",), 2048, False, size=274_302_450, parameters="137M", quantization="F16"
    ),
    ScriptedModel("gpt-oss:120b-cloud", ("completion", "thinking", "tools"), 131_072, False, size=384),
)
HOSTILE = (
    ScriptedModel("<b>bold</b><img src=x onerror=alert(1)>:latest", loaded=False),
    ScriptedModel("\u202eevil\u202c \u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627", loaded=False),
    ScriptedModel("x" * 10_000, loaded=False, parameters="y" * 5000, quantization="<i>Q4</i>\n\n\nQ5"),
    ScriptedModel("a name with spaces/and/slashes & ampersands", loaded=False),
)


def open_models(machine: Machine) -> Callable[[WindowDriver], Awaitable[None]]:
    """Show the page as it is on a machine."""

    async def act(driver: WindowDriver) -> None:
        driver.program.models.library.fits._read_machine = lambda: machine
        await driver.until(lambda: driver.program.servers.models.was_asked)
        driver.window._router.show_models()
        await driver.until(lambda: driver.window.findChild(HereTab) is not None)
        page = _page(driver)
        await driver.until(lambda: page.models.list.rows.rowCount() > 1)
        await driver.settle(0.6)

    return act


def unfold(machine: Machine) -> Callable[[WindowDriver], Awaitable[None]]:
    """Read the licence."""

    async def act(driver: WindowDriver) -> None:
        await open_models(machine)(driver)
        _button(driver, "text.licence").click()
        await driver.settle()
        bar = _page(driver).model_pane.verticalScrollBar()
        bar.setValue(bar.maximum())

    return act


async def choose_for_engine(driver: WindowDriver) -> None:
    """See how the built-in engine runs its starter model."""
    await open_models(machines.RTX_4070)(driver)
    page = _page(driver)
    rows = page.models.list.rows
    number = next(row for row in range(rows.rowCount()) if "SmolLM2" in str(rows.index(row, 0).data()))
    page.models.list.setCurrentIndex(rows.index(number, 0))
    page.show_detail()
    await driver.settle(0.6)
    bar = page.model_pane.verticalScrollBar()
    bar.setValue(bar.maximum())
    await driver.settle()


async def measure(driver: WindowDriver) -> None:
    """How fast one was measured to be."""
    speeds = driver.program.models.library.speed_checks
    await speeds.load()
    speeds._results = {(result.ref, result.machine): result for result in speed_acts.results()}
    await open_models(machines.RTX_4070)(driver)
    page = _page(driver)
    page.model_pane.verticalScrollBar().setValue(page.model_pane.speed.y() - 200)


async def download(driver: WindowDriver) -> None:
    """Downloads in all states, below the list."""
    await open_models(machines.RTX_4070)(driver)
    tell_downloads(driver)
    await driver.settle(0.3)


def go_to_details(machine: Machine) -> Callable[[WindowDriver], Awaitable[None]]:
    """Look at one where there is room for one column."""

    async def act(driver: WindowDriver) -> None:
        await open_models(machine)(driver)
        _page(driver).show_detail()

    return act


def search(words: str) -> Callable[[WindowDriver], Awaitable[None]]:
    """Look for something."""

    async def act(driver: WindowDriver) -> None:
        await open_models(machines.RTX_4070)(driver)
        QTest.keyClicks(_page(driver).models.search.edit, words)

    return act


async def sort(driver: WindowDriver) -> None:
    """Choose an order."""
    await open_models(machines.RTX_4070)(driver)
    _button(driver, "sortModels").click()


async def ungroup(driver: WindowDriver) -> None:
    """All together, the largest first, some favourites, one hidden."""
    await open_models(machines.RTX_4070)(driver)
    page = _page(driver)
    wanted = driver.program.models.preferences
    models = driver.program.servers.models.all()
    wanted.set_favourite(models[0].ref, favourite=True)
    wanted.set_nickname(models[1].ref, "Quick helper")
    wanted.set_hidden(models[2].ref, hidden=True)
    page.models._show_hidden(True)
    page.models.grouped_chosen.emit(False)
    page.models.order_chosen.emit(page.models._order.SIZE, True)


async def open_menu(driver: WindowDriver) -> None:
    """What can be done with a model."""
    await open_models(machines.RTX_4070)(driver)
    view = driver.part("modelsList")
    assert isinstance(view, QListView)
    QTest.keyClick(view, Qt.Key.Key_Down)
    driver.right_click(view.viewport(), view.visualRect(view.currentIndex()).center())


async def look_at_server(driver: WindowDriver) -> None:
    """A server that does not answer."""
    await open_models(machines.RTX_4070)(driver)
    view = driver.part("modelsList")
    QTest.keyClick(view, Qt.Key.Key_Home)


def _page(driver: WindowDriver) -> HereTab:
    page = driver.window.findChild(HereTab)
    assert page is not None
    return page


def _button(driver: WindowDriver, name: str) -> QAbstractButton:
    button = driver.window.findChild(QAbstractButton, name)
    assert button is not None, name
    return button
