"""What is done with servers in scenes: found by an address, chosen from the list, set up in their form."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QPlainTextEdit, QWidget

from chatdesk.features.servers.domain.provider_rows import ProviderGroup
from chatdesk.features.servers.ui.cards.provider_list import ProviderList
from chatdesk.features.servers.ui.cards.providers_tab import ProvidersTab
from chatdesk.ui_kit.widgets.segments import Segments
from tests.shots.window_driver import WindowDriver


async def find_server(driver: WindowDriver) -> None:
    driver.window.show_settings("servers")
    await driver.settle()
    driver.part("addServer").click()


async def find_ollama(driver: WindowDriver) -> None:
    """Look at the address of the scripted Ollama, which is there already."""
    address = next(server.base_url for server in driver.program.servers.servers.all() if server.id == "ollama")
    await _look_at(driver, address)


async def find_openai(driver: WindowDriver) -> None:
    await _look_at(driver, "api.openai.com")


async def find_nobody(driver: WindowDriver) -> None:
    await _look_at(driver, "127.0.0.1:9")


async def paste_key(driver: WindowDriver) -> None:
    """Begin DeepSeek, and paste a key."""
    await _begin(driver, "deepseek")
    QTest.keyClicks(_shown(driver, QLineEdit, "serverKey"), "sk-0123456789")
    await driver.settle()


async def fail_test(driver: WindowDriver) -> None:
    """Test a server where nobody answers."""
    await _begin(driver, "lm-studio")
    _shown(driver, QLineEdit, "serverAddress").setText("http://127.0.0.1:9/v1")
    _shown(driver, QAbstractButton, "testServer").click()
    await driver.settle(1.5)


async def pass_test(driver: WindowDriver) -> None:
    """Test the scripted Ollama with all steps in view."""
    await use_ollama(driver)
    _shown(driver, QAbstractButton, "editServer").click()
    _shown(driver, QAbstractButton, "testServer").click()
    await driver.settle(1.5)


async def unfold_groups(driver: WindowDriver) -> None:
    driver.window.show_settings("servers")
    await driver.settle()
    section = driver.window.findChild(ProvidersTab)
    assert section is not None
    for group in (ProviderGroup.NETWORK, ProviderGroup.MORE):
        section.view.list.toggled.emit(group)
    await driver.settle()


async def use_ollama(driver: WindowDriver) -> None:
    """Look at a provider that works."""
    driver.window.show_settings("servers")
    await driver.settle()
    rows = driver.part("providerList")
    assert isinstance(rows, ProviderList)
    rows.setCurrentIndex(rows.rows.position("ollama"))
    await driver.settle()


async def open_advanced(driver: WindowDriver) -> None:
    await _begin(driver, "vllm")
    _shown(driver, QAbstractButton, "serverAdvanced").click()
    _shown(driver, QPlainTextEdit, "serverExtraBody").setPlainText('{\n  "top_k": 20,\n  "api_key": "abc"\n}')
    proxy = _shown(driver, Segments, "serverProxy")
    proxy.findChildren(QAbstractButton)[-1].click()  # an address
    await driver.settle()


async def type_headers(driver: WindowDriver) -> None:
    """Type two headers: the first is hidden by now."""
    await open_advanced(driver)
    edit = _shown(driver, QPlainTextEdit, "serverHeaders")
    edit.setFocus()
    QTest.keyClicks(edit, "Cf-Access-Client-Id: abc.access")
    QTest.keyClick(edit, Qt.Key.Key_Return)
    QTest.keyClicks(edit, "Cf-Access-Client-Secret: 5ecre7")
    await driver.settle()


async def saved_secrets(driver: WindowDriver) -> None:
    """Save headers and a proxy's password, then look at another address: the values do not follow."""
    await open_advanced(driver)
    _shown(driver, QPlainTextEdit, "serverHeaders").setPlainText(
        "Cf-Access-Client-Id: abc\nCf-Access-Client-Secret: def"
    )
    _shown(driver, QLineEdit, "serverProxyAddress").setText("socks5://anna:secret@proxy.lab:1080")
    _shown(driver, QAbstractButton, "saveServer").click()
    await driver.settle(1.0)
    _shown(driver, QLineEdit, "serverAddress").setText("http://elsewhere.example:8000/v1")
    await driver.settle()


async def advanced_problems(driver: WindowDriver) -> None:
    await open_advanced(driver)
    _shown(driver, QPlainTextEdit, "serverExtraBody").setPlainText('{\n  "messages": []\n}')
    _shown(driver, QAbstractButton, "saveServer").click()


async def begin_azure(driver: WindowDriver) -> None:
    await _begin(driver, "azure")


async def _begin(driver: WindowDriver, vendor: str) -> None:
    driver.window.show_settings("servers")
    await driver.settle()
    section = driver.window.findChild(ProvidersTab)
    assert section is not None
    section.view.begin(driver.program.servers.servers.vendors[vendor])
    await driver.settle()


async def _look_at(driver: WindowDriver, address: str) -> None:
    await find_server(driver)
    _shown(driver, QLineEdit, "findAddress").setText(address)
    _shown(driver, QAbstractButton, "find").click()
    await driver.settle(1.5)


def _shown[Part: QWidget](driver: WindowDriver, kind: type[Part], name: str) -> Part:
    return next(widget for widget in driver.window.findChildren(kind, name) if widget.isVisible())
