"""The settings as the design has them, to look at: `python -m tests.gui.features.settings.sample_settings FOLDER` draws every section."""

import asyncio
import itertools
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication

from chatdesk.features.servers.services.servers import first_servers
from chatdesk.kernel.servers.server import ServerConfig, ServerProtocol
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.style import Style
from chatdesk.ui_kit.translations import Translations
from tests.fakes.fixed_preferences import FixedPreferences
from tests.gui.features.settings.settings_harness import DEEPSEEK, RESOURCES, VENDORS, SettingsHarness

LAB = "https://llm.lab.example:8443/v1"


async def sample_settings(appearance: Appearance, folder: Path, *, opened: str = "DeepSeek") -> SettingsHarness:
    """The page with servers of every kind, one of them opened and tested."""
    ollama, built_in = first_servers(VENDORS)
    deepseek = ServerConfig("deepseek", "DeepSeek", "deepseek", ServerProtocol.OPENAI, DEEPSEEK)
    lab = ServerConfig("lab", "Lab server", "vllm", ServerProtocol.OPENAI, LAB)
    office = ServerConfig("office", "Office", "custom", ServerProtocol.OPENAI, "http://192.168.1.5:8000/v1")
    moonshot = ServerConfig("moonshot", "Moonshot", "moonshot", ServerProtocol.OPENAI, "https://api.moonshot.cn/v1")
    off = ServerConfig(
        "off", "llama.cpp", "llama-cpp", ServerProtocol.OPENAI, "http://127.0.0.1:8080/v1", enabled=False
    )
    away = replace(off, id="away", name="LM Studio", base_url="http://127.0.0.1:1234/v1", enabled=True)
    harness = SettingsHarness(appearance, folder, (ollama, deepseek, office, lab, built_in, moonshot, away, off))
    for server in (deepseek, office):
        await harness.servers.set_key(server, "sk-" + "0" * 20)
    harness.network.keys[LAB] = "another"
    await harness.models.refresh()
    await harness.settle()
    if opened:
        card = harness.card(opened)
        harness.press(card, "testServer")
    await harness.settle()
    return harness


async def _draw(folder: Path) -> None:
    application = QApplication(sys.argv[:1])
    appearance = Appearance(application, RESOURCES, FixedPreferences())
    application.setStyle(Style(application, appearance))
    translations = Translations(application, RESOURCES.parent / "translations")
    for scheme, language in itertools.product(("light", "dark"), ("en", "zh_CN")):
        for zoom, size in ((100, QSize(1280, 820)), (200, QSize(1600, 1200)), (100, QSize(560, 820))):
            appearance.set_scheme(scheme)
            appearance.set_zoom(zoom)
            appearance.set_language(translations.use(language))
            for opened, sections in (("DeepSeek", ()), ("Office", ("servers",))):
                with tempfile.TemporaryDirectory() as files:
                    harness = await sample_settings(appearance, Path(files), opened=opened)
                    harness.page.resize(size)
                    for section in sections or harness.page._sections:
                        harness.page.show_section(section)
                        harness.page.show()
                        for _turn in range(6):  # a height that follows from a width takes several
                            application.processEvents()
                        name = f"{section}-{opened}-{scheme}-{language}-{zoom}-{size.width()}.png"
                        harness.page.grab().save(str(folder / name))
                    await harness.close()


if __name__ == "__main__":
    target = Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    asyncio.run(_draw(target))
