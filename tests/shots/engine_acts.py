"""Scenes of the built-in engine: models on a disk (files with a head, and nothing behind it), its section, its log."""

import os
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea

from chatdesk.app.program import Program
from chatdesk.features.servers.services.servers import BUILT_IN_ID
from chatdesk.features.servers.ui.cards.providers_tab import ProvidersTab
from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.settings.declarations import ENGINE_CONTEXT
from tests.fakes.built_in import scripted_engine
from tests.fakes.gguf_files import CHAT, gguf, write_gguf
from tests.shots import homes
from tests.shots.window_driver import WindowDriver

GB = 10**9
QWEN_7B = {
    "llama.block_count": 28,
    "llama.context_length": 131_072,
    "llama.embedding_length": 3584,
    "llama.attention.head_count": 28,
    "llama.attention.head_count_kv": 4,
}
LOG = """\
0.00.000.308 I srv          init: initializing ...
0.00.003.915 I srv          init: loading model
0.00.003.997 I srv    load_model: loading model 'DeepSeek-R1-Distill-Qwen-7B-Q4_K_M.gguf'
0.00.981.871 I cmn          init: llama threadpool init, n_threads = 3
0.06.430.800 I srv    load_model: initializing, n_slots = 1, n_ctx_slot = 16384, kv_unified = 'false'
0.06.441.970 I srv          init: model loaded
0.06.472.598 I slot get_availabl: id  0 | task -1 | selected slot by LRU, t_last = -1
0.11.109.444 I slot print_timing: id  0 | task 0 | prompt eval time =    3111.63 ms /    39 tokens
0.11.109.495 I slot print_timing: id  0 | task 0 |        eval time =    1524.92 ms /     7 tokens
0.11.109.511 I slot print_timing: id  0 | task 0 |       total time =    4636.55 ms /    46 tokens"""


async def models(program: Program, language: str) -> None:
    """Put models of several programs on the disk, some of which cannot be used."""
    await homes.finished(program, language)
    home = program.presets.presets.folder.parent / "person"
    own = home / "Models"
    think = {**CHAT, **QWEN_7B, "general.size_label": "7B", "tokenizer.chat_template": "<think>"}
    _put(own / "DeepSeek-R1-Distill-Qwen-7B-Q4_K_M.gguf", think, 4.68)
    _put(own / "mistral-small-3.2-24b-instruct-2506-q8_0.gguf", {**CHAT, **QWEN_7B, "general.size_label": "24B"}, 25.1)
    _put(own / "Qwen3-4B-Q6_K.gguf", {**CHAT, **QWEN_7B, "general.size_label": "4B", "general.file_type": 18}, 3.31)
    (own / "gemma-3-12b-it-Q4_K_M.gguf").write_bytes(gguf()[:300])
    base = {key: value for key, value in {**CHAT, **QWEN_7B}.items() if "template" not in key}
    _put(home / ".lmstudio/models/publisher/Llama-3.2-1B-base/Llama-3.2-1B-base-f16.gguf", base, 2.48)
    _put(home / ".lmstudio/models/nomic/nomic-embed-text-v1.5.Q8_0.gguf", {**CHAT, "llama.pooling_type": 1}, 0.146)
    program.servers.built_in.files._home = home
    program.servers.built_in.files.add([own, Path("/media/usb-disk/models")])


def _put(path: Path, head: dict[str, object], size: float) -> None:
    write_gguf(path, head)
    os.truncate(path, round(size * GB))


async def scroll_to_models(driver: WindowDriver) -> None:
    """Open the section and look at its list."""
    driver.window.show_settings("engine")
    await driver.settle(1.5)


async def scroll_to_log(driver: WindowDriver) -> None:
    """Look at the log of an engine that has run, and search it."""
    engine = driver.program.servers.built_in._engine = scripted_engine()
    for line in LOG.splitlines():
        engine.log.add(line)
    await driver.program.servers.built_in.files.search()  # the one that begins with the program may not be done
    file = driver.program.servers.built_in.files.found.find("DeepSeek-R1-Distill-Qwen-7B-Q4_K_M")
    assert file is not None
    await engine.ensure_running(file.path, options=driver.program.servers.built_in._options(file))
    driver.window.show_settings("engine")
    await driver.settle(0.8)
    driver.part("searchLog").setText("n_ctx")
    section = driver.part("engineLog").window().findChild(QScrollArea, "engineSection")
    section.verticalScrollBar().setValue(section.verticalScrollBar().maximum())


async def change_while_running(driver: WindowDriver) -> None:
    """Choose another context while the model is in memory."""
    await scroll_to_log(driver)
    driver.program.settings.set(ENGINE_CONTEXT, 4096)
    section = driver.window.findChild(QScrollArea, "engineSection")
    section.verticalScrollBar().setValue(0)
    await driver.settle(1.0)


async def ask_in_vain(driver: WindowDriver) -> None:
    """Ask a model that the engine refuses."""
    driver.program.servers.built_in._make_engine = lambda: scripted_engine("refuse_the_model")
    driver.window.navigation.new_chat()
    driver.window._models.choose(ModelRef(BUILT_IN_ID, "Qwen3-4B-Q6_K"))
    driver.type("Bonjour" if driver.language == "en" else "你好")
    driver.press(Qt.Key.Key_Return)
    await driver.settle(1.5)


async def open_card(driver: WindowDriver) -> None:
    """Look at the engine among the servers."""
    driver.window.show_settings("servers")
    await driver.settle()
    section = driver.window.findChild(ProvidersTab)
    assert section is not None
    section.view.edit(BUILT_IN_ID, "")
