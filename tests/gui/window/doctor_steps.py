"""What a person sees of the doctor's card in the window, and does with it."""

from dataclasses import replace

from PySide6.QtWidgets import QAbstractButton, QWidget

from chatdesk.features.servers.ui.doctor.doctor_card import DoctorCard
from chatdesk.kernel.servers.ollama_installation import Installation
from chatdesk.kernel.servers.server import ServerConfig
from chatdesk.ui_kit.widgets.label import Label
from tests.fakes.doctor_harness import vendors_at
from tests.gui.window.harness import Harness

INSTALLED = Installation(program="/usr/local/bin/ollama", version="0.34.0", is_running=False)


def card(harness: Harness) -> DoctorCard | None:
    found = harness.window.findChild(DoctorCard)
    return found if found and found.isVisible() else None


def lines(harness: Harness) -> list[str]:
    """The sentences of the list, from top to bottom."""
    shown = card(harness)
    return [label.text() for label in shown.findChildren(Label, "finding") if label.isVisible()] if shown else []


def head(harness: Harness) -> str:
    shown = card(harness)
    return shown._head.text() if shown else ""


def button(harness: Harness, name: str) -> QAbstractButton | None:
    shown = card(harness)
    found = shown.findChildren(QAbstractButton, name) if shown else []
    return next((each for each in found if each.isVisible()), None)


def click(harness: Harness, name: str) -> None:
    found = button(harness, name)
    assert found is not None, (name, lines(harness))
    found.click()


def shown(harness: Harness, kind: type[QWidget], name: str) -> list[QWidget]:
    """What can be seen of this name anywhere in the window."""
    return [each for each in harness.window.findChildren(kind, name) if each.isVisible()]


def click_shown(harness: Harness, name: str) -> None:
    shown(harness, QAbstractButton, name)[0].click()


def at_rest(harness: Harness) -> bool:
    return button(harness, "checkAgain") is not None


async def move(
    harness: Harness, url: str, installation: Installation = INSTALLED, *, asks: bool = True
) -> ServerConfig:
    """Let the person's Ollama be somewhere else than it is set up; it `asks` there at once."""
    doctor = harness.program.servers.doctor.get()
    doctor._read = lambda: installation
    # At the usual ports of the machine that the tests run on may be a real one.
    harness.program.servers.servers.vendors = {vendor.id: vendor for vendor in vendors_at({})}
    server = harness.program.servers.servers.find("ollama")
    assert server is not None
    harness.models.choose(harness.program.servers.models.all()[0].ref)
    await harness.program.servers.servers.save(replace(server, base_url=url))
    moved = harness.program.servers.servers.find("ollama")
    assert moved is not None
    if asks:
        await harness.program.servers.models.refresh_server(moved)
    return moved


async def ask_in_vain(harness: Harness, text: str = "Hello?") -> None:
    harness.ask(text)
    await harness.until(lambda: len(harness.messages()) == 2 and not harness.streaming())
