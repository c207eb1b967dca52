"""The connection doctor, with what it finds on machines that people have."""

import socket
from collections.abc import Awaitable, Callable
from dataclasses import replace

from PySide6.QtWidgets import QAbstractButton

from chatdesk.kernel.servers.ollama_installation import Installation, UnitKind
from tests.fakes.doctor_desk import vendors_at
from tests.shots import acts
from tests.shots.stage import Stage

INSTALLED = Installation(program="/usr/local/bin/ollama", version="0.34.0", is_running=False)
SERVICE = replace(INSTALLED, unit=UnitKind.SYSTEM)


def examine(installation: Installation, press: str = "") -> Callable[[Stage], Awaitable[None]]:
    """Ask in vain, call the doctor, and perhaps press one of its buttons."""

    async def act(stage: Stage) -> None:
        await acts.ask_and_fail(stage)
        answer = stage.window._page.transcript.last_answer_id()
        await _call(stage, installation, lambda: stage.window._steps.doctor.open_for_answer(answer))
        if press:
            stage.part(press).click()

    return act


def examine_elsewhere(installation: Installation) -> Callable[[Stage], Awaitable[None]]:
    """Have a dead port, and an Ollama that was told to listen at another one."""

    async def act(stage: Stage) -> None:
        await stage.until(lambda: stage.program.models.was_asked)
        server = stage.program.servers.find("ollama")
        stage.window._models.choose(stage.program.models.all()[0].ref)
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            dead = f"http://127.0.0.1:{taken.getsockname()[1]}"
            await stage.program.servers.save(replace(server, base_url=dead))
            host = server.base_url.removeprefix("http://")
            found = replace(installation, is_running=True, hosts=(host,))
            await _call(stage, found, stage.window._steps.doctor.open)

    return act


async def _call(stage: Stage, installation: Installation, call: Callable[[], object]) -> None:
    stage.program.doctor.get()._read = lambda: installation
    stage.program.servers.vendors = {vendor.id: vendor for vendor in vendors_at({})}
    call()
    await stage.until(lambda: bool(_rest(stage)))
    await stage.settle()


def _rest(stage: Stage) -> list[QAbstractButton]:
    return _visible(stage, "checkAgain")


async def open_picker(stage: Stage) -> None:
    """Look at the list of models, which leads to the doctor where a server does not answer."""
    await stage.until(lambda: stage.program.models.was_asked)
    stage.window._picker.open_popup()
    await stage.settle()


async def examine_in_settings(stage: Stage) -> None:
    """Test a server in its form, and have it examined there."""
    stage.program.doctor.get()._read = lambda: INSTALLED
    await stage.until(lambda: stage.program.models.was_asked)
    stage.window._places.show_server("ollama", "address")
    await stage.settle()
    _visible(stage, "testServer")[0].click()
    await stage.until(lambda: bool(_visible(stage, "findOutWhy")))
    _visible(stage, "findOutWhy")[0].click()
    await stage.until(lambda: bool(_rest(stage)))


def _visible(stage: Stage, name: str) -> list[QAbstractButton]:
    return [each for each in stage.window.findChildren(QAbstractButton, name) if each.isVisible()]
