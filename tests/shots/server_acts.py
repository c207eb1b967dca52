"""What is done with servers in scenes: found by an address, chosen from the list, set up in their form."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QPlainTextEdit, QWidget

from chatdesk.features.servers.ui.cards.servers_section import ServersSection
from chatdesk.ui_kit.widgets.segments import Segments
from tests.shots.stage import Stage


async def find_server(stage: Stage) -> None:
    stage.window.show_settings("servers")
    await stage.settle()
    stage.part("addServer").click()


async def find_ollama(stage: Stage) -> None:
    """Look at the address of the scripted Ollama, which is there already."""
    address = next(server.base_url for server in stage.program.servers.all() if server.id == "ollama")
    await _look_at(stage, address)


async def find_openai(stage: Stage) -> None:
    await _look_at(stage, "api.openai.com")


async def find_nobody(stage: Stage) -> None:
    await _look_at(stage, "127.0.0.1:9")


async def choose_vendor(stage: Stage) -> None:
    await find_server(stage)
    stage.part("chooseByHand").click()


async def open_advanced(stage: Stage) -> None:
    await _begin(stage, "vllm")
    _shown(stage, QAbstractButton, "serverAdvanced").click()
    _shown(stage, QPlainTextEdit, "serverExtraBody").setPlainText('{\n  "top_k": 20,\n  "api_key": "abc"\n}')
    proxy = _shown(stage, Segments, "serverProxy")
    proxy.findChildren(QAbstractButton)[-1].click()  # an address
    await stage.settle()


async def type_headers(stage: Stage) -> None:
    """Type two headers: the first is hidden by now."""
    await open_advanced(stage)
    edit = _shown(stage, QPlainTextEdit, "serverHeaders")
    edit.setFocus()
    QTest.keyClicks(edit, "Cf-Access-Client-Id: abc.access")
    QTest.keyClick(edit, Qt.Key.Key_Return)
    QTest.keyClicks(edit, "Cf-Access-Client-Secret: 5ecre7")
    await stage.settle()


async def saved_secrets(stage: Stage) -> None:
    """Save headers and a proxy's password, then look at another address: the values do not follow."""
    await open_advanced(stage)
    _shown(stage, QPlainTextEdit, "serverHeaders").setPlainText(
        "Cf-Access-Client-Id: abc\nCf-Access-Client-Secret: def"
    )
    _shown(stage, QLineEdit, "serverProxyAddress").setText("socks5://anna:secret@proxy.lab:1080")
    _shown(stage, QAbstractButton, "saveServer").click()
    await stage.settle(1.0)
    _shown(stage, QLineEdit, "serverAddress").setText("http://elsewhere.example:8000/v1")
    await stage.settle()


async def advanced_problems(stage: Stage) -> None:
    await open_advanced(stage)
    _shown(stage, QPlainTextEdit, "serverExtraBody").setPlainText('{\n  "messages": []\n}')
    _shown(stage, QAbstractButton, "saveServer").click()


async def begin_azure(stage: Stage) -> None:
    await _begin(stage, "azure")


async def _begin(stage: Stage, vendor: str) -> None:
    stage.window.show_settings("servers")
    await stage.settle()
    section = stage.window.findChild(ServersSection)
    assert section is not None
    section.begin(stage.program.servers.vendors[vendor])
    await stage.settle()


async def _look_at(stage: Stage, address: str) -> None:
    await find_server(stage)
    _shown(stage, QLineEdit, "findAddress").setText(address)
    _shown(stage, QAbstractButton, "find").click()
    await stage.settle(1.5)


def _shown[Part: QWidget](stage: Stage, kind: type[Part], name: str) -> Part:
    return next(widget for widget in stage.window.findChildren(kind, name) if widget.isVisible())
