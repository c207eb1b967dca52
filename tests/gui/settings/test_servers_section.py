"""Servers are added, tested, edited, removed and brought back; their keys are seen nowhere."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from chatdesk.domain.errors import NotAChatServer
from chatdesk.domain.server import Header
from chatdesk.storage.servers_file import ServersFile
from chatdesk.ui.settings.key_field import KeyField
from chatdesk.ui.settings.notice import Notice
from chatdesk.ui.settings.result_strip import ResultStrip
from chatdesk.ui.settings.servers_section import ServersSection
from chatdesk.ui.settings.undo_notice import UndoNotice
from chatdesk.ui.theme.appearance import Appearance
from tests.gui.settings.settings_desk import DEEPSEEK, NoKeyring, SettingsDesk, all_texts, is_shown, part, type_into

KEY = "sk-canary-0123456789"


def section(desk: SettingsDesk) -> ServersSection:
    return desk.page.findChild(ServersSection)


def begin(desk: SettingsDesk, vendor: str) -> QWidget:
    """Add a server by its vendor's row in the menu; returns its card."""
    section(desk).begin(desk.servers.vendors[vendor])
    return desk.card("My server" if vendor == "custom" else desk.servers.vendors[vendor].name)


async def add_deepseek(desk: SettingsDesk) -> QWidget:
    card = begin(desk, "deepseek")
    type_into(card, "serverKey", KEY)
    desk.press(card, "saveServer")
    await desk.settle()
    return card


def show(desk: SettingsDesk) -> None:
    desk.page.show_section("servers")
    desk.page.show()
    desk.page.activateWindow()
    assert QTest.qWaitForWindowActive(desk.page)


def files_of(folder: Path) -> str:
    return "".join(file.read_text("utf-8") for file in folder.glob("*.json"))


def result(card: QWidget) -> str:
    return part(card, Notice, "testResult").text()


async def test_every_server_has_a_card_that_says_how_it_is(desk: SettingsDesk) -> None:
    assert desk.names() == ["Ollama", "Built-in model"]
    assert desk.state("Ollama") == "Connected"
    assert desk.state("Built-in model") == "Ready"
    details = desk.card("Ollama")._face.details
    assert details.startswith("127.0.0.1:11434 · version 0.34.0 · 4 model")
    assert details.endswith("6 ms")


async def test_the_menu_offers_local_vendors_first_and_any_other_server_last(desk: SettingsDesk) -> None:
    menu = section(desk).vendor_menu()
    names = [action.text() for action in menu.actions() if not action.isSeparator()]
    assert names[0] == "Ollama"
    assert names.index("LM Studio") < names.index("DeepSeek")
    assert names[-1] == "Another OpenAI-compatible server"
    assert "Built-in model" not in names
    next(action for action in menu.actions() if action.text() == "Groq").trigger()
    assert desk.names()[-1] == "Groq"


async def test_a_vendor_with_a_key_is_added_with_its_key_alone(desk: SettingsDesk) -> None:
    card = await add_deepseek(desk)
    server = desk.servers.all()[-1]
    assert (server.name, server.base_url) == ("DeepSeek", DEEPSEEK)
    assert (await desk.servers.key(server)).reveal() == KEY
    assert desk.state("DeepSeek") == "Connected"
    assert not is_shown(card, "serverKey")
    assert "Saved in the system keyring" in all_texts(card)
    assert not is_shown(card, "saveServer")


async def test_no_character_of_a_key_is_left_in_the_window_or_in_a_file(desk: SettingsDesk, tmp_path: Path) -> None:
    card = begin(desk, "deepseek")
    type_into(card, "serverKey", KEY)
    desk.press(card, "testServer")
    desk.press(card, "saveServer")
    await desk.settle()
    await desk.settings.close()
    assert [text for text in all_texts(desk.page) if "canary" in text or "0123456789" in text] == []
    field = part(card, QLineEdit, "serverKey")
    field.undo()
    assert field.text() == ""
    assert "DeepSeek" in files_of(tmp_path)
    assert "canary" not in files_of(tmp_path)


async def test_a_key_being_typed_is_neither_shown_nor_learned_nor_copied(desk: SettingsDesk, qapp) -> None:
    field = part(begin(desk, "deepseek"), QLineEdit, "serverKey")
    qapp.clipboard().clear()
    field.setText(KEY)
    field.selectAll()
    field.copy()
    assert qapp.clipboard().text() == ""
    assert "canary" not in field.displayText()
    hints = field.inputMethodHints()
    assert hints & Qt.InputMethodHint.ImhHiddenText
    assert hints & Qt.InputMethodHint.ImhNoPredictiveText
    assert hints & Qt.InputMethodHint.ImhSensitiveData


async def test_a_new_server_can_be_tested_before_it_is_saved(desk: SettingsDesk) -> None:
    card = begin(desk, "deepseek")
    type_into(card, "serverKey", KEY)
    desk.press(card, "testServer")
    await desk.settle()
    assert result(card).startswith("Works: ")
    assert "412 ms" in result(card)
    assert len(desk.servers.all()) == 2


async def test_a_rejected_key_is_told_and_stays_to_be_mended(desk: SettingsDesk) -> None:
    desk.network.keys[DEEPSEEK] = "another"
    card = begin(desk, "deepseek")
    type_into(card, "serverKey", KEY)
    desk.press(card, "testServer")
    await desk.settle()
    assert "did not accept the key (401)" in result(card)
    assert part(card, QLineEdit, "serverKey").text() == KEY
    desk.press(card, "moreDetails")
    assert any("KeyRejected" in text for text in all_texts(card))


async def test_a_server_that_does_not_run_is_told_without_words_about_a_message(desk: SettingsDesk) -> None:
    card = begin(desk, "lm-studio")
    desk.press(card, "testServer")
    await desk.settle()
    assert result(card) == "LM Studio is not running at http://127.0.0.1:1234/v1. Start it, or check the address."


async def test_a_test_can_be_cancelled(desk: SettingsDesk) -> None:
    desk.network.hold = asyncio.Event()
    card = begin(desk, "lm-studio")
    desk.press(card, "testServer")
    await asyncio.sleep(0)
    strip = card.findChild(ResultStrip)
    assert strip.is_running
    assert "Asking the server, 0 s" in all_texts(card)
    desk.press(card, "cancelTest")
    await desk.settle()
    assert desk.network.cancelled == 1
    assert strip.isHidden()
    assert is_shown(card, "testServer")


async def test_the_address_is_kept_in_one_form(desk: SettingsDesk) -> None:
    card = begin(desk, "custom")
    type_into(card, "serverAddress", " llm.lab.example:8443/v1/chat/completions ")
    desk.press(card, "saveServer")
    await desk.settle()
    assert desk.servers.all()[-1].base_url == "https://llm.lab.example:8443/v1"
    assert part(card, QLineEdit, "serverAddress").text() == "https://llm.lab.example:8443/v1"


async def test_a_wrong_address_is_told_at_its_field_and_nothing_typed_is_lost(desk: SettingsDesk) -> None:
    card = begin(desk, "custom")
    type_into(card, "serverName", "Mine")
    type_into(card, "serverAddress", "ftp://lab")
    type_into(card, "serverKey", KEY)
    desk.press(card, "saveServer")
    await desk.settle()
    field = part(card, QLineEdit, "serverAddress")
    assert "is not the address of a server: ftp://lab" in field.accessibleDescription()
    assert [part(card, QLineEdit, name).text() for name in ("serverName", "serverAddress", "serverKey")] == [
        "Mine",
        "ftp://lab",
        KEY,
    ]
    assert len(desk.servers.all()) == 2
    type_into(card, "serverAddress", "http://lab")
    assert field.accessibleDescription() == ""


async def test_what_is_no_key_is_told_at_its_field_and_nothing_is_saved(desk: SettingsDesk) -> None:
    card = begin(desk, "deepseek")
    type_into(card, "serverKey", "two words")
    desk.press(card, "saveServer")
    await desk.settle()
    assert "does not look like a key" in part(card, QLineEdit, "serverKey").accessibleDescription()
    assert len(desk.servers.all()) == 2


async def test_extra_headers_are_saved_and_a_line_that_is_none_is_named(desk: SettingsDesk, tmp_path: Path) -> None:
    card = begin(desk, "vllm")
    headers = part(card, QPlainTextEdit, "serverHeaders")
    headers.setPlainText("X-Team: red\nnonsense")
    desk.press(card, "saveServer")
    await desk.settle()
    assert any("nonsense" in text for text in all_texts(card) if text != headers.toPlainText())
    headers.setPlainText("X-Team: red\n\n x-other:blue ")
    desk.press(card, "saveServer")
    await desk.settle()
    stored, _ = ServersFile(tmp_path / "servers.json").read()
    assert stored[-1].headers == (Header("X-Team", "red"), Header("x-other", "blue"))


async def test_a_key_does_not_follow_to_another_address(desk: SettingsDesk) -> None:
    card = await add_deepseek(desk)
    type_into(card, "serverAddress", "https://other.example")
    desk.press(card, "saveServer")
    await desk.settle()
    assert desk.state("DeepSeek") == "Needs a key"
    assert is_shown(card, "serverKey")


async def test_cancel_brings_back_what_was_saved(desk: SettingsDesk) -> None:
    card = desk.card("Ollama")
    card.set_open(is_open=True)
    await desk.settle()
    assert not is_shown(card, "cancelServer")
    type_into(card, "serverAddress", "http://elsewhere")
    desk.press(card, "cancelServer")
    assert part(card, QLineEdit, "serverAddress").text() == "http://127.0.0.1:11434"
    assert not is_shown(card, "saveServer")


async def test_giving_up_a_new_server_leaves_nothing(desk: SettingsDesk) -> None:
    card = begin(desk, "deepseek")
    desk.press(card, "cancelServer")
    assert desk.names() == ["Ollama", "Built-in model"]


async def test_a_removed_server_comes_back_to_its_place_with_its_key(desk: SettingsDesk) -> None:
    await add_deepseek(desk)
    first = begin(desk, "lm-studio")
    desk.press(first, "saveServer")
    await desk.settle()
    desk.press(desk.card("DeepSeek"), "removeServer")
    await desk.settle()
    assert desk.names() == ["Ollama", "Built-in model", "LM Studio"]
    notice = section(desk).findChild(UndoNotice)
    assert notice.text() == "DeepSeek was removed"
    notice.acted.emit()
    await desk.settle()
    assert desk.names() == ["Ollama", "Built-in model", "DeepSeek", "LM Studio"]
    assert [server.name for server in desk.servers.all()] == desk.names()
    assert desk.state("DeepSeek") == "Connected"


async def test_the_key_of_a_removed_server_is_forgotten_when_nobody_wants_it_back(desk: SettingsDesk) -> None:
    await add_deepseek(desk)
    server = desk.servers.all()[-1]
    desk.press(desk.card("DeepSeek"), "removeServer")
    await desk.settle()
    assert await desk.keyring.load(server)
    notice = section(desk).findChild(UndoNotice)
    notice.expired.emit()
    await desk.settle()
    assert await desk.keyring.load(server) is None
    assert notice.isHidden()


async def test_a_key_can_be_replaced_and_removed(desk: SettingsDesk) -> None:
    card = await add_deepseek(desk)
    server = desk.servers.all()[-1]
    card.findChild(KeyField).replace()
    type_into(card, "serverKey", "sk-second")
    desk.press(card, "saveServer")
    await desk.settle()
    assert (await desk.servers.key(server)).reveal() == "sk-second"
    desk.press(card, "removeKey")
    await desk.settle()
    assert await desk.servers.key(server) is None
    assert desk.state("DeepSeek") == "Needs a key"


async def test_a_rejected_key_can_be_replaced_from_the_closed_card(desk: SettingsDesk) -> None:
    desk.network.keys[DEEPSEEK] = "another"
    card = await add_deepseek(desk)
    card.set_open(is_open=False)
    assert desk.state("DeepSeek") == "Key not accepted"
    card._problem.acted.emit()
    await desk.settle()
    assert card.is_open
    assert is_shown(card, "serverKey")


async def test_without_a_keyring_the_card_says_that_the_key_is_for_this_run_only(
    appearance: Appearance, tmp_path: Path
) -> None:
    desk = SettingsDesk(appearance, tmp_path, keyring=NoKeyring())
    card = await add_deepseek(desk)
    assert any("Kept for this run only" in text for text in all_texts(card))
    desk.press(card, "removeKey")
    await desk.settle()
    assert not any("Kept for this run only" in text for text in all_texts(card))
    assert desk.told == []
    await desk.close()


async def test_a_server_is_switched_off_and_on(desk: SettingsDesk) -> None:
    desk.press(desk.card("Ollama"), "serverSwitch")
    await desk.settle()
    assert desk.state("Ollama") == "Off"
    assert [server.name for server in desk.servers.enabled()] == ["Built-in model"]
    desk.press(desk.card("Ollama"), "serverSwitch")
    await desk.settle()
    assert desk.state("Ollama") == "Connected"


async def test_a_key_page_is_opened_through_the_one_door(desk: SettingsDesk) -> None:
    desk.press(begin(desk, "deepseek"), "getKey")
    assert desk.opened == ["https://platform.deepseek.com/api_keys"]


async def test_the_built_in_model_is_tested_but_has_nothing_to_edit(desk: SettingsDesk) -> None:
    card = desk.card("Built-in model")
    card.set_open(is_open=True)
    desk.press(card, "testServer")
    await desk.settle()
    assert result(card) == "Works: the engine and its model are there."
    assert "SmolLM2 135M · 98 MB on disk" in all_texts(card)
    assert card.findChild(QLineEdit) is None
    assert card.findChild(QWidget, "removeServer") is None


async def test_an_error_with_more_to_say_is_told_on_the_closed_card(desk: SettingsDesk) -> None:
    desk.network.answers["http://127.0.0.1:1234/v1"] = NotAChatServer(
        "LM Studio", url="http://127.0.0.1:1234/v1/models"
    )
    card = begin(desk, "lm-studio")
    desk.press(card, "saveServer")
    await desk.settle()
    card.set_open(is_open=False)
    assert desk.state("LM Studio") == "Does not work"
    assert "not the API of a chat server" in card._problem.text()
    assert not card._problem.isHidden()


@pytest.mark.parametrize("name", ["serverDetails", "serverSwitch"])
async def test_the_buttons_of_a_card_say_whose_they_are(desk: SettingsDesk, name: str) -> None:
    assert "Ollama" in part(desk.card("Ollama"), QWidget, name).accessibleName()


async def test_a_new_address_says_what_becomes_of_the_key(desk: SettingsDesk) -> None:
    card = await add_deepseek(desk)
    words = "A key goes only to the server it was given for: at another one it is asked for again."
    assert words not in all_texts(card)
    type_into(card, "serverAddress", "https://other.example")
    assert words in all_texts(card)
    desk.press(card, "cancelServer")
    assert words not in all_texts(card)


async def test_the_keyboard_stays_with_the_test_while_its_button_changes(desk: SettingsDesk) -> None:
    show(desk)
    card = desk.card("Ollama")
    card.set_open(is_open=True)
    desk.network.hold = asyncio.Event()
    part(card, QWidget, "testServer").setFocus()
    desk.press(card, "testServer")
    await asyncio.sleep(0)
    assert part(card, QWidget, "cancelTest").hasFocus()
    desk.network.hold.set()
    await desk.settle()
    assert part(card, Notice, "testResult").has_focus()


async def test_after_saving_the_keyboard_is_on_the_card(desk: SettingsDesk) -> None:
    show(desk)
    card = begin(desk, "deepseek")
    assert part(card, QLineEdit, "serverKey").hasFocus()
    type_into(card, "serverKey", KEY)
    QTest.keyClick(part(card, QLineEdit, "serverKey"), Qt.Key.Key_Return)
    await desk.settle()
    assert part(card, QWidget, "serverDetails").hasFocus()


async def test_a_way_back_does_not_go_while_the_keyboard_is_on_it(desk: SettingsDesk, qtbot) -> None:
    show(desk)
    await add_deepseek(desk)
    desk.press(desk.card("DeepSeek"), "removeServer")
    await desk.settle()
    notice = section(desk).findChild(UndoNotice)
    assert notice.has_focus()
    with qtbot.assertNotEmitted(notice.expired):
        notice._timer.timeout.emit()
    desk.card("Ollama").focus()
    with qtbot.waitSignal(notice.expired):
        notice._timer.timeout.emit()
    await desk.settle()


async def test_what_the_services_change_is_shown(desk: SettingsDesk) -> None:
    ollama = desk.servers.find("ollama")
    await desk.servers.save(replace(ollama, name="Office", base_url="http://office:11434"))
    await desk.settle()
    assert desk.names() == ["Office", "Built-in model"]
    assert desk.state("Office") == "Not running"


async def test_what_was_found_at_an_old_address_is_not_said_of_the_new_one(desk: SettingsDesk) -> None:
    seen = []
    desk.servers.changes.subscribe(lambda _change: seen.append(desk.state("Ollama")))
    ollama = desk.servers.find("ollama")
    await desk.servers.save(replace(ollama, base_url="http://office:11434"))
    await desk.settle()
    assert seen == ["Looking…"]


async def test_a_click_on_the_head_opens_the_card(desk: SettingsDesk) -> None:
    card = desk.card("Ollama")
    QTest.mouseClick(card._header, Qt.MouseButton.LeftButton)
    assert card.is_open
    QTest.mouseClick(card._header, Qt.MouseButton.LeftButton)
    assert not card.is_open
    await desk.settle()
