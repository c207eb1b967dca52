"""Servers are added, tested, edited, removed and brought back."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from chatdesk.features.servers.ui.cards.result_strip import ResultStrip
from chatdesk.features.servers.ui.cards.undo_notice import UndoNotice
from chatdesk.features.servers.ui.cards.vendor_popup import VendorPopup
from chatdesk.features.servers.ui.form.key_row import ExposureNotice
from chatdesk.kernel.errors.base import NotAChatServer
from chatdesk.kernel.servers.server import Header
from chatdesk.storage.files.servers_file import ServersFile
from chatdesk.ui_kit.forms.notice import Notice
from chatdesk.ui_kit.widgets.button import Button
from tests.gui.features.settings.settings_harness import (
    KEY,
    SettingsHarness,
    add_deepseek,
    all_texts,
    begin,
    is_shown,
    part,
    result,
    section,
    show,
    type_into,
)


def choose_by_hand(harness: SettingsHarness) -> VendorPopup:
    """Open the list of vendors."""
    section(harness).ask_for_address()
    section(harness).findChild(Button, "chooseByHand").click()
    (popup,) = [popup for popup in section(harness).findChildren(VendorPopup) if popup.isVisible()]
    return popup


def listed(popup: VendorPopup) -> list[str]:
    rows = popup._list.model()
    return [rows.index(row, 0).data() for row in range(rows.rowCount())]


async def test_every_server_has_a_card_that_says_how_it_is(harness: SettingsHarness) -> None:
    assert harness.names() == ["Ollama", "Built-in engine"]
    assert harness.state("Ollama") == "Connected"
    assert harness.state("Built-in engine") == "Ready"
    details = harness.card("Ollama")._summary.details
    assert details.startswith("127.0.0.1:11434 · version 0.34.0 · 4 model")
    assert details.endswith("6 ms")


async def test_the_menu_offers_local_vendors_first_and_any_other_server_last(harness: SettingsHarness) -> None:
    popup = choose_by_hand(harness)
    names = listed(popup)
    assert names[0] == "Ollama"
    assert names.index("LM Studio") < names.index("DeepSeek") < names.index("Dify")
    assert "Built-in engine" not in names
    assert "OpenAI-compatible" not in names
    assert popup.findChild(Button, "vendor.custom").text() == "OpenAI-compatible"
    popup.findChild(Button, "vendor.custom").click()
    assert harness.names()[-1] == "My provider"


async def test_letters_find_a_vendor_and_enter_takes_it(harness: SettingsHarness) -> None:
    popup = choose_by_hand(harness)
    QTest.keyClicks(popup._search.edit, "gro")
    assert listed(popup) == ["Groq"]
    QTest.keyClick(popup._search.edit, Qt.Key.Key_Return)
    assert harness.names()[-1] == "Groq"
    assert not popup.isVisible()


async def test_a_vendor_nobody_knows_can_still_be_added(harness: SettingsHarness) -> None:
    popup = choose_by_hand(harness)
    QTest.keyClicks(popup._search.edit, "nobody's")
    assert listed(popup) == []
    assert popup._nothing.text().startswith("No results.")
    assert popup.findChild(Button, "vendor.custom").isVisible()
    QTest.keyClick(popup._search.edit, Qt.Key.Key_Return)
    assert harness.names()[-1] == "My provider"


async def test_the_list_of_vendors_is_no_higher_than_a_small_window_and_scrolls(harness: SettingsHarness) -> None:
    popup = choose_by_hand(harness)
    assert popup.height() <= 560
    bar = popup._list.verticalScrollBar()
    assert bar.maximum() > 0
    QTest.keyClick(popup._search.edit, Qt.Key.Key_PageDown)
    QTest.keyClick(popup._search.edit, Qt.Key.Key_PageDown)
    assert bar.value() > 0


async def test_a_new_server_can_be_tested_before_it_is_saved(harness: SettingsHarness) -> None:
    card = begin(harness, "deepseek")
    type_into(card, "serverKey", KEY)
    harness.press(card, "testServer")
    await harness.settle()
    assert result(card).startswith("OK: ")
    assert "412 ms" in result(card)
    assert len(harness.servers.all()) == 2


async def test_a_server_that_does_not_run_is_told_without_words_about_a_message(harness: SettingsHarness) -> None:
    card = begin(harness, "lm-studio")
    harness.press(card, "testServer")
    await harness.settle()
    assert (
        result(card)
        == "LM Studio does not respond at http://127.0.0.1:1234/v1. Start the server, or check the address."
    )


async def test_a_test_can_be_cancelled(harness: SettingsHarness) -> None:
    harness.network.hold = asyncio.Event()
    card = begin(harness, "lm-studio")
    harness.press(card, "testServer")
    await asyncio.sleep(0)
    strip = card.findChild(ResultStrip)
    assert strip.is_running
    assert "Testing the server, 0 s" in all_texts(card)
    harness.press(card, "cancelTest")
    await harness.settle()
    assert harness.network.cancelled == 1
    assert strip.isHidden()
    assert is_shown(card, "testServer")


async def test_the_address_is_kept_in_one_form(harness: SettingsHarness) -> None:
    card = begin(harness, "custom")
    type_into(card, "serverAddress", " llm.lab.example:8443/v1/chat/completions ")
    harness.press(card, "saveServer")
    await harness.settle()
    assert harness.servers.all()[-1].base_url == "https://llm.lab.example:8443/v1"
    assert part(card, QLineEdit, "serverAddress").text() == "https://llm.lab.example:8443/v1"


async def test_a_wrong_address_is_told_at_its_field_and_nothing_typed_is_lost(harness: SettingsHarness) -> None:
    card = begin(harness, "custom")
    type_into(card, "serverName", "Mine")
    type_into(card, "serverAddress", "ftp://lab")
    type_into(card, "serverKey", KEY)
    harness.press(card, "saveServer")
    await harness.settle()
    field = part(card, QLineEdit, "serverAddress")
    assert "Not a valid server address: ftp://lab" in field.accessibleDescription()
    assert [part(card, QLineEdit, name).text() for name in ("serverName", "serverAddress", "serverKey")] == [
        "Mine",
        "ftp://lab",
        KEY,
    ]
    assert len(harness.servers.all()) == 2
    type_into(card, "serverAddress", "http://lab")
    assert field.accessibleDescription() == ""


async def test_extra_headers_are_saved_and_a_line_that_is_none_is_named(
    harness: SettingsHarness, tmp_path: Path
) -> None:
    card = begin(harness, "vllm")
    headers = part(card, QPlainTextEdit, "serverHeaders")
    headers.setPlainText("X-Team: red\nnonsense")
    harness.press(card, "saveServer")
    await harness.settle()
    assert any("nonsense" in text for text in all_texts(card) if text != headers.toPlainText())
    headers.setPlainText("X-Team: red\n\n x-other:blue ")
    harness.press(card, "saveServer")
    await harness.settle()
    stored, _ = ServersFile(tmp_path / "servers.json").read()
    assert stored[-1].headers == (Header("X-Team"), Header("x-other"))
    assert headers.toPlainText() == "X-Team: •••\nx-other: •••"
    assert not headers.document().isUndoAvailable()
    assert not any("blue" in text for text in all_texts(card))
    sent = await harness.servers.with_secrets(stored[-1])
    assert [header.value for header in sent.headers] == ["red", "blue"]


async def test_a_value_stays_where_only_another_one_is_typed(harness: SettingsHarness) -> None:
    card = begin(harness, "vllm")
    headers = part(card, QPlainTextEdit, "serverHeaders")
    headers.setPlainText("X-Team: red\nX-Other: blue")
    harness.press(card, "saveServer")
    await harness.settle()
    headers.setPlainText("X-Team: green\nX-Other: •••\nX-New: •••")
    harness.press(card, "saveServer")
    await harness.settle()
    assert "Use the form “Name: value” instead of “X-New: •••”." in all_texts(card)
    headers.setPlainText("X-Team: green\nX-Other: •••")
    harness.press(card, "saveServer")
    await harness.settle()
    sent = await harness.servers.with_secrets(harness.servers.all()[-1])
    assert [header.value for header in sent.headers] == ["green", "blue"]
    assert headers.toPlainText() == "X-Team: •••\nX-Other: •••"


async def test_that_values_do_not_follow_to_another_address_is_told_while_it_is_typed(harness: SettingsHarness) -> None:
    words = "The saved values belong to the old address. Enter them again to use them here."
    card = begin(harness, "vllm")
    part(card, QPlainTextEdit, "serverHeaders").setPlainText("X-Team: red")
    harness.press(card, "saveServer")
    await harness.settle()
    assert words not in all_texts(card)
    type_into(card, "serverAddress", "https://elsewhere.example/v1")
    assert words in all_texts(card)
    part(card, QPlainTextEdit, "serverHeaders").setPlainText("X-Team: red")
    assert words not in all_texts(card)


async def test_a_header_that_works_like_a_key_is_not_sent_unencrypted_unless_that_is_allowed(
    harness: SettingsHarness,
) -> None:
    card = begin(harness, "custom")
    type_into(card, "serverAddress", "http://lab.example/v1")
    notice = card.findChild(ExposureNotice)
    part(card, QPlainTextEdit, "serverHeaders").setPlainText("X-Team: red")
    assert not notice.isVisibleTo(card)
    part(card, QPlainTextEdit, "serverHeaders").setPlainText("X-Api-Key: red")
    assert notice.isVisibleTo(card)
    notice.allowed.emit()
    harness.press(card, "saveServer")
    await harness.settle()
    assert harness.servers.all()[-1].takes_key


async def test_cancel_brings_back_what_was_saved(harness: SettingsHarness) -> None:
    card = harness.card("Ollama")
    card.set_open(is_open=True)
    await harness.settle()
    assert not is_shown(card, "cancelServer")
    type_into(card, "serverAddress", "http://elsewhere")
    harness.press(card, "cancelServer")
    assert part(card, QLineEdit, "serverAddress").text() == "http://127.0.0.1:11434"
    assert not is_shown(card, "saveServer")


async def test_giving_up_a_new_server_leaves_nothing(harness: SettingsHarness) -> None:
    card = begin(harness, "deepseek")
    harness.press(card, "cancelServer")
    assert harness.names() == ["Ollama", "Built-in engine"]


async def test_a_removed_server_comes_back_to_its_place_with_its_key(harness: SettingsHarness) -> None:
    await add_deepseek(harness)
    first = begin(harness, "lm-studio")
    harness.press(first, "saveServer")
    await harness.settle()
    harness.press(harness.card("DeepSeek"), "removeServer")
    await harness.settle()
    assert harness.names() == ["Ollama", "Built-in engine", "LM Studio"]
    notice = section(harness).findChild(UndoNotice)
    assert notice.text() == "DeepSeek was removed"
    notice.acted.emit()
    await harness.settle()
    assert harness.names() == ["Ollama", "Built-in engine", "DeepSeek", "LM Studio"]
    assert [server.name for server in harness.servers.all()] == harness.names()
    assert harness.state("DeepSeek") == "Connected"


async def test_a_server_is_switched_off_and_on(harness: SettingsHarness) -> None:
    harness.press(harness.card("Ollama"), "serverSwitch")
    await harness.settle()
    assert harness.state("Ollama") == "Off"
    assert [server.name for server in harness.servers.enabled()] == ["Built-in engine"]
    harness.press(harness.card("Ollama"), "serverSwitch")
    await harness.settle()
    assert harness.state("Ollama") == "Connected"


async def test_the_built_in_model_is_tested_but_has_nothing_to_edit(harness: SettingsHarness) -> None:
    card = harness.card("Built-in engine")
    card.set_open(is_open=True)
    harness.press(card, "testServer")
    await harness.settle()
    assert result(card) == "OK: the engine and its model are available."
    assert "SmolLM2 135M · 98 MB on disk" in all_texts(card)
    assert card.findChild(QLineEdit) is None
    assert card.findChild(QWidget, "removeServer") is None


async def test_an_error_with_more_to_say_is_told_on_the_closed_card(harness: SettingsHarness) -> None:
    harness.network.answers["http://127.0.0.1:1234/v1"] = NotAChatServer(
        "LM Studio", url="http://127.0.0.1:1234/v1/models"
    )
    card = begin(harness, "lm-studio")
    harness.press(card, "saveServer")
    await harness.settle()
    card.set_open(is_open=False)
    assert harness.state("LM Studio") == "Not working"
    assert "not a chat API" in card._problem.text()
    assert not card._problem.isHidden()


@pytest.mark.parametrize("name", ["serverDetails", "serverSwitch"])
async def test_the_buttons_of_a_card_say_whose_they_are(harness: SettingsHarness, name: str) -> None:
    assert "Ollama" in part(harness.card("Ollama"), QWidget, name).accessibleName()


async def test_the_keyboard_stays_with_the_test_while_its_button_changes(harness: SettingsHarness) -> None:
    show(harness)
    card = harness.card("Ollama")
    card.set_open(is_open=True)
    harness.network.hold = asyncio.Event()
    part(card, QWidget, "testServer").setFocus()
    harness.press(card, "testServer")
    await asyncio.sleep(0)
    assert part(card, QWidget, "cancelTest").hasFocus()
    harness.network.hold.set()
    await harness.settle()
    assert part(card, Notice, "testResult").has_focus()


async def test_after_saving_the_keyboard_is_on_the_card(harness: SettingsHarness) -> None:
    show(harness)
    card = begin(harness, "deepseek")
    assert part(card, QLineEdit, "serverKey").hasFocus()
    type_into(card, "serverKey", KEY)
    QTest.keyClick(part(card, QLineEdit, "serverKey"), Qt.Key.Key_Return)
    await harness.settle()
    assert part(card, QWidget, "serverDetails").hasFocus()


async def test_a_way_back_does_not_go_while_the_keyboard_is_on_it(harness: SettingsHarness, qtbot) -> None:
    show(harness)
    await add_deepseek(harness)
    harness.press(harness.card("DeepSeek"), "removeServer")
    await harness.settle()
    notice = section(harness).findChild(UndoNotice)
    assert notice.has_focus()
    with qtbot.assertNotEmitted(notice.expired):
        notice._timer.timeout.emit()
    harness.card("Ollama").focus()
    with qtbot.waitSignal(notice.expired):
        notice._timer.timeout.emit()
    await harness.settle()


async def test_what_the_services_change_is_shown(harness: SettingsHarness) -> None:
    ollama = harness.servers.find("ollama")
    await harness.servers.save(replace(ollama, name="Office", base_url="http://office:11434"))
    await harness.settle()
    assert harness.names() == ["Office", "Built-in engine"]
    assert harness.state("Office") == "Not running"


async def test_what_was_found_at_an_old_address_is_not_said_of_the_new_one(harness: SettingsHarness) -> None:
    seen = []
    harness.servers.changes.subscribe(lambda _change: seen.append(harness.state("Ollama")))
    ollama = harness.servers.find("ollama")
    await harness.servers.save(replace(ollama, base_url="http://office:11434"))
    await harness.settle()
    assert seen == ["Checking…"]


async def test_a_click_on_the_head_opens_the_card(harness: SettingsHarness) -> None:
    card = harness.card("Ollama")
    QTest.mouseClick(card._header, Qt.MouseButton.LeftButton)
    assert card.is_open
    QTest.mouseClick(card._header, Qt.MouseButton.LeftButton)
    assert not card.is_open
    await harness.settle()


async def test_applications_stand_together_and_say_what_they_need_in_the_words_of_their_makers(
    harness: SettingsHarness,
) -> None:
    popup = choose_by_hand(harness)
    names = listed(popup)
    together = names[names.index("Dify") : names.index("VectorVein (vectorvein.com)") + 1]
    assert {"Dify", "FastGPT", "n8n", "DB-GPT", "VectorVein (this computer)"} < set(together)
    popup.close()
    card = begin(harness, "n8n")
    texts = all_texts(card)
    for words in ("Name and password", "Only if the workflow requires them, in the form name:password."):
        assert words in texts
    assert any(text.startswith("The chat URL of the workflow's Chat Trigger.") for text in texts)
    type_into(card, "serverAddress", "http://127.0.0.1:5678/webhook/1/chat")
    type_into(card, "serverKey", "ann:secret")
    harness.press(card, "saveServer")
    await harness.settle()
    saved = harness.servers.all()[-1]
    assert (saved.name, saved.base_url) == ("n8n", "http://127.0.0.1:5678/webhook/1/chat")
    assert "App API key" in all_texts(begin(harness, "dify"))
