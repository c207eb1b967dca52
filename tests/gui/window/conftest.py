"""The whole window over real services, and a person in front of it. The server is scripted and answers over loopback.

Asynchronous tests of this folder run on the program's own loop, asyncio inside Qt's. Nothing in them may spin Qt's loop from within
(`qtbot.wait…`): await `Harness.until` instead.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextlib import AsyncExitStack
from contextvars import Context
from functools import cache
from itertools import count
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from chatdesk.app import core
from chatdesk.app import window as app_window
from chatdesk.app.composition import open_program
from chatdesk.app.event_loop import LoopInsideQt
from chatdesk.app.program import Program
from chatdesk.app.shell.main_window import MainWindow
from chatdesk.engine.gguf import heads
from chatdesk.features.chat.ui.transcript.page.layout import layout_warm_up
from chatdesk.features.chat.ui.transcript.page_context import PageContext
from chatdesk.features.presets.files.preset_folder import FolderContents, PresetFolder
from chatdesk.features.previews.ui.panel.previews import Previews
from chatdesk.kernel.models.model_file import ModelHead
from chatdesk.kernel.models.model_rules import ModelRule
from chatdesk.kernel.presets.preset import PresetOrigin
from chatdesk.kernel.redaction import Redactor
from chatdesk.kernel.servers.server import Vendor
from chatdesk.kernel.settings.declarations import TITLES
from chatdesk.system.folders import Folders
from chatdesk.system.resources import Resources
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.translations import Translations
from tests.fakes.doctor_harness import dead_port
from tests.fakes.scripted_models import ScriptedModel, scripted_ollama
from tests.gui.window.harness import MODELS, FakeModel, Harness
from tests.gui.window.quick_harness import Quick
from tests.paths import RESOURCES


class _Loop(LoopInsideQt):
    """Runs what falls due while pytest-qt turns Qt's loop between the phases of a test, when asyncio's does not run."""

    def call_soon(
        self, callback: Callable[..., object], *args: object, context: Context | None = None
    ) -> asyncio.Handle:
        return super().call_soon(self._run_as_running, callback, *args, context=context)

    def call_soon_threadsafe(
        self, callback: Callable[..., object], *args: object, context: Context | None = None
    ) -> asyncio.Handle:
        return super().call_soon_threadsafe(self._run_as_running, callback, *args, context=context)

    def call_later(
        self, delay: float, callback: Callable[..., object], *args: object, context: Context | None = None
    ) -> asyncio.Handle:
        return super().call_later(delay, self._run_as_running, callback, *args, context=context)

    def _run_as_running(self, callback: Callable[..., object], *args: object) -> None:
        before = asyncio._get_running_loop()
        asyncio._set_running_loop(self)
        try:
            callback(*args)
        finally:
            asyncio._set_running_loop(before)


def pytest_asyncio_loop_factories() -> Mapping[str, Callable[[], asyncio.AbstractEventLoop]]:
    return {"inside Qt": lambda: _Loop(QApplication.instance() or QApplication([]))}


@pytest.fixture(scope="session")
def read_presets_once() -> Callable[[PresetFolder], FolderContents]:
    """Keeps the presets that come with the program: every one of hundreds of starts reads all of their files."""
    read = PresetFolder.read

    @cache
    def read_built_in(path: Path) -> FolderContents:
        return read(PresetFolder(path, PresetOrigin.BUILT_IN))

    def read_folder(folder: PresetFolder) -> FolderContents:
        return read_built_in(folder.path) if folder.path.is_relative_to(RESOURCES) else read(folder)

    return read_folder


@pytest.fixture(scope="session")
def load_vendors_once() -> Callable[[str], tuple[Vendor, ...]]:
    """Keeps the vendors that come with the program."""
    return cache(core.load_vendors)


@pytest.fixture(scope="session")
def load_rules_once() -> Callable[[str], tuple[ModelRule, ...]]:
    """Keeps the rules for models that come with the program."""
    return cache(core.load_model_rules)


@pytest.fixture(scope="session")
def read_head_once() -> Callable[[Path], ModelHead]:
    """Keeps the headers of model files, as the program does in its home: every test has a new one, and the vocabulary is long."""
    read = heads.read_head

    @cache
    def read_version(path: Path, size: int, changed: int, number: int) -> ModelHead:
        return read(path)

    def read_head(path: Path) -> ModelHead:
        try:
            status = path.stat()
        except OSError:
            return read(path)
        return read_version(path, status.st_size, status.st_mtime_ns, status.st_ino)

    return read_head


@pytest.fixture(scope="session")
def warm_up_once() -> Callable[[PageContext], Iterator[None]]:
    """Lets only the first start warm up the layout, as it does for the length of a process: it takes a tenth of each test."""
    warm_up, starts = layout_warm_up._warm_up, count()
    return lambda page: iter(()) if next(starts) else warm_up(page)


@pytest.fixture(autouse=True)
def _starts_share_what_they_prepare(
    monkeypatch: pytest.MonkeyPatch,
    read_presets_once: Callable[[PresetFolder], FolderContents],
    load_vendors_once: Callable[[str], tuple[Vendor, ...]],
    load_rules_once: Callable[[str], tuple[ModelRule, ...]],
    read_head_once: Callable[[Path], ModelHead],
    warm_up_once: Callable[[PageContext], Iterator[None]],
) -> None:
    """For the tests of the window only: a patch for a session would also hold in the other tests of its process."""
    monkeypatch.setattr(PresetFolder, "read", read_presets_once)
    monkeypatch.setattr(core, "load_vendors", load_vendors_once)
    monkeypatch.setattr(core, "load_model_rules", load_rules_once)
    monkeypatch.setattr(heads, "read_head", read_head_once)
    monkeypatch.setattr(layout_warm_up, "_warm_up", warm_up_once)


@pytest.fixture
def models() -> tuple[ScriptedModel, ...]:
    """The models of that Ollama."""
    return MODELS


@pytest.fixture
async def fake_model(monkeypatch: pytest.MonkeyPatch, models: tuple[ScriptedModel, ...]) -> AsyncIterator[FakeModel]:
    """An Ollama that says what the test tells it."""
    fake_model = FakeModel()
    async with scripted_ollama(fake_model.answer, models, fake_model.pull, fake_model.title) as fake_model.server:
        monkeypatch.setenv("OLLAMA_HOST", fake_model.server.url)
        yield fake_model


@pytest.fixture
def previews() -> Previews | None:
    """No preview, unless a test gives it something that runs pages."""
    return None


@pytest.fixture
def titles() -> str:
    """How chats get their titles: without asking the model, which would be one more request in every test."""
    return "words"


@pytest.fixture
async def open_harness(
    appearance: Appearance, previews: Previews | None, titles: str
) -> AsyncIterator[Callable[[], Awaitable[Harness]]]:
    """Starts the program; what is still open at the end of the test is ended as the program ends."""
    async with AsyncExitStack() as stack:

        async def open_one() -> Harness:
            folders = Folders.locate()
            folders.make()
            closing = await stack.enter_async_context(AsyncExitStack())
            program = await closing.enter_async_context(open_program(folders, Resources.locate(), Redactor()))
            if titles != TITLES.default:
                program.settings.set(TITLES, titles)
            window = MainWindow(appearance, program, previews)
            closing.push_async_callback(window.end)
            window.resize(1280, 820)
            await window.open_last_chat()
            window.show()
            window.activateWindow()
            window.begin()
            await window.warm_up()
            harness = Harness(window, program, closing)
            await harness.until(lambda: program.servers.models.was_asked)
            return harness

        yield open_one


@pytest.fixture
async def harness(fake_model: FakeModel, open_harness: Callable[[], Awaitable[Harness]]) -> Harness:
    """The program as it is after its start, beside that Ollama."""
    return await open_harness()


@pytest.fixture
async def quick(harness: Harness) -> Quick:
    """The window for quick questions, opened by its key."""
    harness.press(Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    return Quick(harness)


@pytest.fixture
def dead() -> Iterator[int]:
    """A port where nobody listens."""
    with dead_port() as port:
        yield port


@pytest.fixture
def following(
    open_harness: Callable[[], Awaitable[Harness]], translations: Translations, monkeypatch: pytest.MonkeyPatch
) -> Callable[[], Awaitable[Harness]]:
    """Opens the window with theme, zoom, language and shortcuts as the program follows them."""
    made = MainWindow.__init__

    def make(window: MainWindow, appearance: Appearance, program: Program, *rest: object) -> None:
        app_window._follow_settings(program, appearance, translations)
        made(window, appearance, program, *rest)

    monkeypatch.setattr(MainWindow, "__init__", make)
    return open_harness
