"""How the built-in engine runs one model: chosen in its details, with what it costs."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox

from chatdesk.features.models.ui.page.here_tab import HereTab
from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.models.model_preference import EngineChoices
from chatdesk.ui_kit.widgets.label import Label
from chatdesk.ui_kit.widgets.switch import Switch
from tests.fakes.gguf_files import gguf
from tests.gui.window.harness import Harness
from tests.gui.window.models.test_model_folder import store_model
from tests.gui.window.models_harness import click_row, names, open_models_page

WREN = ModelRef("built-in", "Wren-7B-Q4_K_M")


def box(page: HereTab, name: str) -> QComboBox:
    found = page.findChild(QComboBox, name)
    assert found is not None
    return found


def choose(box: QComboBox, value: int) -> None:
    """Choose an item as a person does: the box reports it."""
    box.setCurrentIndex(box.findData(value))
    box.activated.emit(box.currentIndex())


def text(page: HereTab, name: str) -> str:
    label = page.findChild(Label, name)
    assert label is not None
    return label.text()


async def test_the_context_the_threads_and_the_memory_of_a_model_are_its_own(harness: Harness) -> None:
    store_model(harness, WREN.model_id, gguf())
    await harness.program.servers.models.refresh()
    page = await open_models_page(harness)
    name = next(name for name in names(page) if name.startswith("Wren"))
    click_row(page, name)
    await harness.until(lambda: box(page, "modelContext").isVisible())
    assert page.findChild(object, "parameter.num_ctx").isVisible() is False  # type: ignore[union-attr]
    context = box(page, "modelContext")
    items = {context.itemData(number): context.itemText(number).replace(",", "") for number in range(context.count())}
    assert items[0].startswith("Automatic: 16384 tokens · ")
    assert items[32_768].startswith("32768 tokens · ")
    assert max(items) == 32_768, "what it was trained for"
    preferences = harness.program.models.preferences
    choose(context, 32_768)
    assert preferences.of(WREN).engine == EngineChoices(32_768)
    await harness.until(lambda: harness.program.servers.models.find(WREN).context_length == 32_768)  # type: ignore[union-attr]
    large = text(page, "modelEngineSum")
    switch = page.findChild(Switch, "modelCompact")
    assert switch is not None
    assert text(page, "modelCompactNote").startswith("Saves 16 MB. ")
    QTest.mouseClick(switch, Qt.MouseButton.LeftButton)
    assert preferences.of(WREN).engine == EngineChoices(32_768, compact=True)
    assert text(page, "modelEngineSum") != large
    choose(box(page, "modelThreads"), 1)
    assert preferences.of(WREN).engine == EngineChoices(32_768, 1, compact=True)


async def test_models_of_ollama_have_the_context_of_a_request_instead(harness: Harness) -> None:
    page = await open_models_page(harness)
    await harness.until(lambda: "thinker:8b" in names(page))
    click_row(page, "thinker:8b")
    field = page.findChild(object, "parameter.num_ctx")
    await harness.until(field.isVisible)  # type: ignore[union-attr]
    assert not box(page, "modelContext").isVisible()
