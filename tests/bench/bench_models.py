"""M1, the page of models and the picker with 10,000 of them: opening, a key of the search, sorting, scrolling, arrows, a list that changes.

Times are CPU time of the GUI thread, painting included: of all there is to do, and of its longest turn of the loop.
"""

import asyncio
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from chatdesk.app.composition import open_program
from chatdesk.app.event_loop import LoopInsideQt
from chatdesk.app.garbage import GarbageCollector
from chatdesk.app.program import Program
from chatdesk.app.shell.main_window import MainWindow
from chatdesk.features.models.domain.model_list import ModelOrder
from chatdesk.features.models.ui.page.here_tab import HereTab
from chatdesk.features.servers.services.models import ModelsChanged, ServerState
from chatdesk.kernel.models.model import Capability, Model, ModelRef
from chatdesk.kernel.redaction import Redactor
from chatdesk.kernel.servers.server import ServerConfig, ServerStatus
from chatdesk.system.folders import Folders
from chatdesk.system.resources import Resources
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.style import Style
from tests.bench.figure import Figure
from tests.gui.window.heartbeat import Heartbeat

IDS = ("M1",)
_COUNT = 10_000
_FAMILIES = ("qwen3", "deepseek-r1", "llama3.2", "gemma3", "mistral-small", "phi4", "gpt-oss", "granite3.3")
_ABLE = (Capability.CHAT, Capability.THINKING, Capability.TOOLS, Capability.VISION)
_FRAME = 16.0
"""Milliseconds."""


def measure() -> list[Figure]:
    """Return the figures of M1."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["OLLAMA_HOST"] = "http://127.0.0.1:9"
    application = QApplication([])
    garbage = GarbageCollector(application)  # as in the program
    appearance = Appearance(application, Resources.locate().resources)
    application.setStyle(Style(application, appearance))
    with (
        tempfile.TemporaryDirectory() as home,
        asyncio.Runner(loop_factory=lambda: LoopInsideQt(application)) as runner,
    ):
        figures = runner.run(_measure(Path(home), appearance))
    del garbage
    return figures


async def _measure(home: Path, appearance: Appearance) -> list[Figure]:
    folders = Folders.locate({"CHATDESK_HOME": str(home)})
    folders.make()
    async with open_program(folders, Resources.locate(), Redactor()) as program:
        window = MainWindow(appearance, program)
        window.resize(1280, 820)
        window.show()
        await window.warm_up()
        await asyncio.sleep(0.5)
        program.servers.models.refresh_server = _ask_nobody  # type: ignore[method-assign]
        _tell(program, _models(20))
        first, first_turn = await _cost(window._router.show_models, 1.5)
        window._router.show_chats()
        many = _models(_COUNT)
        picker, picker_turn = await _cost(lambda: _tell(program, many), 1.0)
        popup, popup_turn = await _cost(window._picker.open_popup, 1.0)
        search = window.findChild(QLineEdit, "modelSearch")
        assert search is not None
        letters = [await _cost(lambda letter=letter: QTest.keyClicks(search, letter)) for letter in "qwen 14"]
        QTest.keyClick(search, Qt.Key.Key_Escape)
        opened, open_turn = await _cost(window._router.show_models, 1.5)
        page = window.findChild(HereTab)
        assert page is not None
        assert page.models.list.rows.rowCount() > _COUNT
        keys = [
            await _cost(lambda letter=letter: QTest.keyClicks(page.models.search.edit, letter)) for letter in "qwen 14"
        ]
        narrow = page.models.list.rows.rowCount()
        cleared, cleared_turn = await _cost(lambda: page.models.search.set_text(""))
        sorts = [await _cost(lambda order=order: page.models.order_chosen.emit(order, True)) for order in ModelOrder]
        bar = page.models.list.verticalScrollBar()
        scrolls = [await _cost(lambda: bar.setValue(bar.value() + 300), 0.02) for _ in range(40)]
        page.models.list.focus_list()
        arrows = [await _cost(lambda: QTest.keyClick(page.models.list, Qt.Key.Key_Down), 0.02) for _ in range(20)]
        others = _models(_COUNT)
        changed, changed_turn = await _cost(lambda: _tell(program, others), 1.5)
        loads, loads_turn = await _cost(lambda: _load(program), 0.5)
        await window.end()
    assert 0 < narrow < _COUNT
    return [
        Figure("M1.first", first_turn, "ms, longest", beside={"all of it": first}),
        Figure("M1.told", picker_turn, "ms, longest", beside={"all of it": picker}),
        Figure("M1.picker", popup_turn, "ms, longest", at_most=_FRAME, beside={"all of it": popup}),
        Figure(
            "M1.picker_key",
            max(turn for _, turn in letters),
            "ms, longest",
            at_most=_FRAME,
            beside={"median": _median(letters)},
        ),
        Figure("M1.open", open_turn, "ms, longest", at_most=_FRAME, beside={"all of it": opened}),
        Figure(
            "M1.key", max(turn for _, turn in keys), "ms, longest", at_most=_FRAME, beside={"median": _median(keys)}
        ),
        Figure("M1.clear", cleared_turn, "ms, longest", at_most=_FRAME, beside={"all of it": cleared}),
        Figure(
            "M1.sort", max(turn for _, turn in sorts), "ms, longest", at_most=_FRAME, beside={"median": _median(sorts)}
        ),
        Figure(
            "M1.scroll",
            max(turn for _, turn in scrolls),
            "ms, longest",
            at_most=_FRAME,
            beside={"median": _median(scrolls)},
        ),
        Figure(
            "M1.arrow",
            max(turn for _, turn in arrows),
            "ms, longest",
            at_most=_FRAME,
            beside={"median": _median(arrows)},
        ),
        Figure("M1.changed", changed_turn, "ms, longest", at_most=_FRAME, beside={"all of it": changed}),
        Figure("M1.loaded", loads_turn, "ms, longest", at_most=_FRAME, beside={"all of it": loads}),
    ]


def _median(costs: list[tuple[float, float]]) -> float:
    return statistics.median(cost for cost, _ in costs)


async def _cost(act: Callable[[], object], seconds: float = 0.3) -> tuple[float, float]:
    """Return what something costs with all that follows from it, and its longest turn; in milliseconds."""
    await asyncio.sleep(0.01)
    with Heartbeat() as idle:
        before = time.thread_time()
        await asyncio.sleep(seconds)
        rest = time.thread_time() - before  # the heartbeat itself
    del idle
    with Heartbeat() as heartbeat:
        before = time.thread_time()
        act()
        await asyncio.sleep(seconds)
        cost = time.thread_time() - before - rest
    return max(0.0, cost) * 1000, heartbeat.longest * 1000


async def _ask_nobody(_server: ServerConfig) -> None:
    """Leave what is known as it is."""


def _tell(program: Program, models: tuple[Model, ...]) -> None:
    """Let a server list these models, as if it had just been asked."""
    server = program.servers.servers.find("ollama")
    assert server is not None
    program.servers.models._states["ollama"] = ServerState(server, ServerStatus("0.34", len(models), 1.0), None, models)
    program.servers.models.changes.announce(ModelsChanged("ollama"))


def _load(program: Program) -> None:
    program.servers.models._update_models(
        "ollama", lambda model: replace(model, loaded=True) if model.name.endswith("777") else model
    )


def _models(count: int) -> tuple[Model, ...]:
    return tuple(map(_model, range(count)))


def _model(number: int) -> Model:
    name = f"{_FAMILIES[number % len(_FAMILIES)]}:{number % 70 + 1}b-variant-{number}"
    return Model(
        ModelRef("ollama", name),
        name,
        frozenset(_ABLE[: number % 4 + 1]),
        context_length=2048 << number % 7,
        size_bytes=(number * 7919) % 40_000 * 1_000_000,
        parameters=f"{number % 70 + 1}.{number % 10}B",
        quantization=("Q4_K_M", "Q8_0", "F16", "IQ2_XS")[number % 4],
        family=_FAMILIES[number % len(_FAMILIES)],
        loaded=False,
    )
