"""Scenes of the graphics card in the engine's card: offered, asked about, used, and too small for a model."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from chatdesk.engine.llama_server.archives import this_computer
from chatdesk.kernel.errors.engine_errors import EngineStopped
from chatdesk.kernel.models.machine import GraphicsCard
from chatdesk.kernel.models.model_file import ModelFile, ModelOrigin
from tests.fakes.built_in import scripted_engine
from tests.fakes.llama_server import make_llama_server
from tests.shots.window_driver import WindowDriver

CARD = GraphicsCard("NVIDIA GeForce RTX 3060", 12 * 1024**3)


def offer(*, with_found: bool = True) -> Callable[[WindowDriver], Awaitable[None]]:
    """Show a card that is not used yet, with a program that was found, or only with one to download."""

    async def act(driver: WindowDriver) -> None:
        built_in = driver.program.servers.built_in
        built_in._engine = scripted_engine()
        programs = built_in.programs.get()
        folder = programs.sources.engines.parent
        program = make_llama_server(folder / "local/bin") if with_found else folder / "none"
        archives = folder / "archives.toml"
        system, machine = this_computer()
        archives.write_text(
            f'tag = "b11600"\n[[archives]]\nsystem = "{system}"\nmachine = "{machine}"\nvariant = "vulkan"\n'
            f'name = "llama.tar.gz"\nsize = 52000000\nsha256 = "{"0" * 64}"\n'
        )
        programs.sources = replace(
            programs.sources,
            archives=archives,
            read_cards=lambda: (CARD,),
            environment={"PATH": str(program.parent)},
            home=folder,
        )
        driver.window._router.show_models("here")
        await driver.until(lambda: any(part.isVisible() for part in driver.window.findChildren(QWidget, "offerTitle")))
        await driver.settle()

    return act


async def ask(driver: WindowDriver) -> None:
    """Be asked whether the program that was found may be used."""
    await offer()(driver)
    QTest.mouseClick(driver.part("useProgram"), Qt.MouseButton.LeftButton)
    await driver.until(lambda: driver.window.findChild(QWidget, "programSheet"))
    await driver.settle(0.6)


async def fall_back(driver: WindowDriver) -> None:
    """Use it, with a model that is too large for it."""
    await offer()(driver)
    built_in = driver.program.servers.built_in
    programs = built_in.programs.get()
    assert programs.offer.found is not None
    programs.use(programs.offer.found)
    await programs.prepare(built_in.engine)
    model = ModelFile("DeepSeek-R1-Distill-Qwen-14B", Path("/models/a.gguf"), ModelOrigin.OWN)
    await programs.step_down(model, EngineStopped(detail="ErrorOutOfDeviceMemory"))
    await driver.settle()


async def use(driver: WindowDriver) -> None:
    """Use it."""
    await fall_back(driver)
    await driver.program.servers.built_in.programs.get().forget()
    await driver.settle()
