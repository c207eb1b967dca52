"""The folder of downloaded models on the page of models: it moves with its models, which stay usable under their names."""

from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QMenu

from chatdesk.features.models.ui.engine.model_folder_row import ModelFolderRow
from chatdesk.kernel.models.model import ModelRef
from tests.fakes.gguf_files import gguf
from tests.gui.window.harness import Harness
from tests.gui.window.models_harness import button, names, open_models_page
from tests.unit.storage.files.test_model_store import SOURCE, download, file, received


def store_model(harness: Harness, name: str, content: bytes) -> None:
    """Download a model, as far as its files are concerned."""
    store = harness.program.servers.built_in.files.store
    wanted = download(file(f"{name}.gguf", content))
    received(store, wanted, content)
    store.place(store.free_id(wanted, ()), wanted, SOURCE, datetime.now(UTC))


async def test_the_models_move_to_a_chosen_folder_and_keep_their_names(harness: Harness, tmp_path: Path) -> None:
    store_model(harness, "Wren-7B-Q4_K_M", gguf())
    await harness.program.servers.models.refresh()
    page = await open_models_page(harness)
    await harness.until(lambda: any("Wren" in name for name in names(page)))
    ref = ModelRef("built-in", "Wren-7B-Q4_K_M")
    harness.program.models.preferences.set_nickname(ref, "Wren")
    row = page.findChild(ModelFolderRow)
    assert row is not None
    await harness.until(row.isVisible)
    button(page, "moveModelFolder").click()
    menu = row.findChild(QMenu, "modelFolderMenu")
    assert menu is not None
    menu.actions()[0].trigger()
    dialog = harness.window.findChild(QFileDialog, "modelFolderDialog")
    assert dialog is not None
    dialog.fileSelected.emit(str(tmp_path / "big disk"))
    dialog.reject()
    folder = harness.program.models.library.folder
    await harness.until(lambda: folder.path == tmp_path / "big disk" and folder.progress is None)
    found = harness.program.servers.built_in.files.found.find(ref.model_id)
    assert found is not None
    assert (tmp_path / "big disk") in found.path.parents
    assert "Wren" in names(page)
