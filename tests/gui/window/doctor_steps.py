"""What a person sees of the doctor's card in the window, and does with it."""

from dataclasses import replace

from PySide6.QtWidgets import QAbstractButton, QWidget

from chatdesk.features.servers.ui.doctor.doctor_card import DoctorCard
from chatdesk.kernel.servers.ollama_installation import Installation
from chatdesk.kernel.servers.server import ServerConfig
from chatdesk.ui_kit.widgets.label import Label
from tests.fakes.doctor_desk import vendors_at
from tests.gui.window.desk import Desk

INSTALLED = Installation(program="/usr/local/bin/ollama", version="0.34.0", is_running=False)


def card(desk: Desk) -> DoctorCard | None:
    found = desk.window.findChild(DoctorCard)
    return found if found and found.isVisible() else None


def lines(desk: Desk) -> list[str]:
    """The sentences of the list, from top to bottom."""
    shown = card(desk)
    return [label.text() for label in shown.findChildren(Label, "finding") if label.isVisible()] if shown else []


def head(desk: Desk) -> str:
    shown = card(desk)
    return shown._head.text() if shown else ""


def button(desk: Desk, name: str) -> QAbstractButton | None:
    shown = card(desk)
    found = shown.findChildren(QAbstractButton, name) if shown else []
    return next((each for each in found if each.isVisible()), None)


def click(desk: Desk, name: str) -> None:
    found = button(desk, name)
    assert found is not None, (name, lines(desk))
    found.click()


def shown(desk: Desk, kind: type[QWidget], name: str) -> list[QWidget]:
    """What can be seen of this name anywhere in the window."""
    return [each for each in desk.window.findChildren(kind, name) if each.isVisible()]


def click_shown(desk: Desk, name: str) -> None:
    shown(desk, QAbstractButton, name)[0].click()


def at_rest(desk: Desk) -> bool:
    return button(desk, "checkAgain") is not None


async def move(desk: Desk, url: str, installation: Installation = INSTALLED, *, asks: bool = True) -> ServerConfig:
    """Let the person's Ollama be somewhere else than it is set up; it `asks` there at once."""
    doctor = desk.program.doctor.get()
    doctor._read = lambda: installation
    # At the usual ports of the machine that the tests run on may be a real one.
    desk.program.servers.vendors = {vendor.id: vendor for vendor in vendors_at({})}
    server = desk.program.servers.find("ollama")
    assert server is not None
    desk.window._models.choose(desk.program.models.all()[0].ref)
    await desk.program.servers.save(replace(server, base_url=url))
    moved = desk.program.servers.find("ollama")
    assert moved is not None
    if asks:
        await desk.program.models.refresh_server(moved)
    return moved


async def ask_in_vain(desk: Desk, words: str = "Hello?") -> None:
    desk.ask(words)
    await desk.until(lambda: len(desk.messages()) == 2 and not desk.streaming())
