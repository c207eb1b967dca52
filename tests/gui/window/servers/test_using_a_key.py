"""From the first wish to a chat with a vendor: the key is pasted, tested and used, and what was typed before is still there."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QWidget

from chatdesk.features.servers.ui.cards.provider_list import ProviderList
from chatdesk.ui_kit.forms.notice import Notice
from tests.fakes.scripted_models import ScriptedAnswer, ScriptedModel, scripted_openai
from tests.gui.window.harness import Harness

KEY = "sk-0123456789"


def visible[Part: QWidget](harness: Harness, kind: type[Part], name: str) -> Part | None:
    return next((each for each in harness.window.findChildren(kind, name) if each.isVisible()), None)


def press(harness: Harness, name: str) -> None:
    button = visible(harness, QAbstractButton, name)
    assert button is not None, name
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


async def test_a_key_is_pasted_and_the_chat_goes_on_with_its_draft(harness: Harness) -> None:
    servers = harness.program.servers.servers
    model = ScriptedModel("deepseek-chat")
    async with scripted_openai(ScriptedAnswer(("From ", "afar.")), (model,), key=KEY) as vendor:
        servers.vendors["deepseek"] = replace(servers.vendors["deepseek"], base_url=f"{vendor.url}/v1")
        harness.type("Say hello")
        harness.window.show_settings("servers")
        await harness.until(lambda: visible(harness, ProviderList, "providerList"))
        rows = visible(harness, ProviderList, "providerList")
        place = rows.visualRect(rows.rows.position("vendor:deepseek")).center()
        QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=place)
        field = visible(harness, QLineEdit, "serverKey")
        assert field is not None
        assert field.hasFocus()
        QTest.keyClicks(field, "sk-wrong")
        QTest.keyClick(field, Qt.Key.Key_Return)
        await harness.until(lambda: visible(harness, Notice, "testResult"))
        assert "rejected the API key (401)" in visible(harness, Notice, "testResult").text()
        assert field.hasFocus()
        QTest.keyClicks(field, KEY)
        QTest.keyClick(field, Qt.Key.Key_Return)
        await harness.until(lambda: (use := visible(harness, QAbstractButton, "useServer")) and use.isEnabled())
        press(harness, "useServer")
        await harness.until(lambda: harness.edit.isVisible() and harness.edit.hasFocus())
        assert harness.edit.toPlainText() == "Say hello"
        chosen = harness.models.chosen
        assert chosen is not None
        assert chosen.ref.model_id == "deepseek-chat"
        harness.press(Qt.Key.Key_Return)
        await harness.until(lambda: harness.messages()[-1:] == ["From afar."] and not harness.streaming())
