"""Deleting models of the built-in engine on the page of models: those of other programs are only shown in their folders."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices

from chatdesk.features.models.ui.page.here_tab import HereTab
from chatdesk.kernel.models.model import ModelRef
from chatdesk.ui_kit.widgets.label import Label
from chatdesk.ui_kit.widgets.sheet import Sheet
from tests.fakes.gguf_files import gguf
from tests.gui.window.harness import Harness
from tests.gui.window.models.test_model_folder import store_model
from tests.gui.window.models_harness import click_row, names, open_models_page, press


async def delete(harness: Harness, name: str) -> HereTab:
    """Select a model, and press Delete."""
    page = await open_models_page(harness)
    await harness.until(lambda: name in names(page))
    click_row(page, name)
    press(page, Qt.Key.Key_Delete)
    return page


async def test_a_small_downloaded_model_is_deleted_at_once_and_can_be_restored(harness: Harness) -> None:
    store_model(harness, "Wren-7B-Q4_K_M", gguf())
    await harness.program.servers.models.refresh()
    page = await open_models_page(harness)
    name = next(name for name in names(page) if name.startswith("Wren"))
    await delete(harness, name)
    await harness.until(lambda: name not in names(page))
    harness.click_toast()
    await harness.until(lambda: name in names(page))
    file = harness.program.servers.built_in.files.found.find("Wren-7B-Q4_K_M")
    assert file is not None
    assert file.path.exists()


async def test_where_a_model_that_the_user_added_is_deleted_is_said(
    harness: Harness, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "Mine.gguf").write_bytes(gguf())
    harness.program.servers.built_in.files.add([tmp_path / "Mine.gguf"])
    await harness.program.servers.models.refresh()
    await delete(harness, "Mine")
    await harness.until(lambda: harness.window.findChild(Sheet, "foreignModel") is not None)
    sheet = harness.window.findChild(Sheet, "foreignModel")
    assert sheet is not None
    assert str(tmp_path / "Mine.gguf") in [label.text() for label in sheet.findChildren(Label)]
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    button = sheet.findChild(object, "showModelFile")
    button.click()  # type: ignore[union-attr, attr-defined]
    await harness.until(lambda: opened == [str(tmp_path)])
    assert (tmp_path / "Mine.gguf").exists()
    assert harness.program.servers.models.find(ModelRef("built-in", "Mine")) is not None
