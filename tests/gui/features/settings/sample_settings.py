"""The settings and the providers of a person who uses servers of every kind."""

from dataclasses import replace
from pathlib import Path

from chatdesk.features.servers.services.servers import first_servers
from chatdesk.kernel.servers.server import ServerConfig, ServerProtocol
from chatdesk.ui_kit.style.appearance import Appearance
from tests.gui.features.settings.settings_harness import DEEPSEEK, VENDORS, SettingsHarness

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
