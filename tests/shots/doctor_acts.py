"""The connection doctor, with what it finds on machines that people have."""

import socket
from collections.abc import Awaitable, Callable
from dataclasses import replace

from PySide6.QtWidgets import QAbstractButton

from chatdesk.kernel.servers.ollama_installation import Installation, UnitKind
from tests.fakes.doctor_harness import vendors_at
from tests.shots import acts, get_more_acts
from tests.shots.window_driver import WindowDriver
from tests.unit.features.models import machines

INSTALLED = Installation(program="/usr/local/bin/ollama", version="0.34.0", is_running=False)
SERVICE = replace(INSTALLED, unit=UnitKind.SYSTEM)


def examine(installation: Installation, press: str = "") -> Callable[[WindowDriver], Awaitable[None]]:
    """Ask in vain, call the doctor, and perhaps press one of its buttons."""

    async def act(driver: WindowDriver) -> None:
        await acts.ask_and_fail(driver)
        answer = driver.window._page.transcript.last_answer_id()
        await _call(driver, installation, lambda: driver.window._steps.doctor.open_for_answer(answer))
        if press:
            driver.part(press).click()

    return act


def examine_elsewhere(installation: Installation) -> Callable[[WindowDriver], Awaitable[None]]:
    """Have a dead port, and an Ollama that is configured to listen at another one."""

    async def act(driver: WindowDriver) -> None:
        await driver.until(lambda: driver.program.servers.models.was_asked)
        server = driver.program.servers.servers.find("ollama")
        driver.window._models.choose(driver.program.servers.models.all()[0].ref)
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            dead = f"http://127.0.0.1:{taken.getsockname()[1]}"
            await driver.program.servers.servers.save(replace(server, base_url=dead))
            host = server.base_url.removeprefix("http://")
            found = replace(installation, is_running=True, hosts=(host,))
            await _call(driver, found, driver.window._steps.doctor.open)

    return act


async def examine_over_guide(driver: WindowDriver) -> None:
    """Ask from the guide why Ollama does not answer."""
    await get_more_acts.open_guide(machines.RTX_4070)(driver)
    await _call(driver, INSTALLED, lambda: driver.window._steps.doctor.open_over_page("ollama"))


async def _call(driver: WindowDriver, installation: Installation, call: Callable[[], object]) -> None:
    driver.program.servers.doctor.get()._read = lambda: installation
    driver.program.servers.servers.vendors = {vendor.id: vendor for vendor in vendors_at({})}
    call()
    await driver.until(lambda: bool(_rest(driver)))
    await driver.settle()


def _rest(driver: WindowDriver) -> list[QAbstractButton]:
    return _visible(driver, "checkAgain")


async def open_picker(driver: WindowDriver) -> None:
    """Look at the list of models, which leads to the doctor where a server does not answer."""
    await driver.until(lambda: driver.program.servers.models.was_asked)
    driver.window._picker.open_popup()
    await driver.settle()


async def examine_in_settings(driver: WindowDriver) -> None:
    """Test a server in its form, and have it examined there."""
    driver.program.servers.doctor.get()._read = lambda: INSTALLED
    await driver.until(lambda: driver.program.servers.models.was_asked)
    driver.window._router.show_server("ollama", "address")
    await driver.settle()
    _visible(driver, "testServer")[0].click()
    await driver.until(lambda: bool(_visible(driver, "findOutWhy")))
    _visible(driver, "findOutWhy")[0].click()
    await driver.until(lambda: bool(_rest(driver)))


def _visible(driver: WindowDriver, name: str) -> list[QAbstractButton]:
    return [each for each in driver.window.findChildren(QAbstractButton, name) if each.isVisible()]
