"""Servers are added, tested, edited, removed and brought back."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

from chatdesk.features.servers.ui.cards.provider_list import ProviderList
from chatdesk.features.servers.ui.cards.providers_view import UndoNotice
from chatdesk.features.servers.ui.cards.result_strip import ResultStrip
from chatdesk.features.servers.ui.form.key_row import ExposureNotice
from chatdesk.kernel.errors.base import NotAChatServer
from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.servers.recognized import Recognised
from chatdesk.kernel.servers.server import Header, ServerStatus
from chatdesk.storage.files.servers_file import ServersFile
from chatdesk.ui_kit.feature import ALL_SERVERS
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
    shown,
    type_into,
)


def list_of(harness: SettingsHarness) -> ProviderList:
    return section(harness).view.list


def names(harness: SettingsHarness) -> list[str]:
    """All rows from top to bottom, headings included."""
    rows = list_of(harness).rows
    return [str(rows.data(rows.index(place))) for place in range(rows.rowCount())]


def click_row(harness: SettingsHarness, name: str) -> None:
    """Click a row of the list, which must be visible."""
    view = list_of(harness)
    rect = view.visualRect(view.rows.index(names(harness).index(name)))
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())


async def test_every_server_has_a_row_and_a_card_that_say_how_it_is(harness: SettingsHarness) -> None:
    assert harness.names() == ["Ollama", "Built-in engine"]
    assert harness.state("Ollama") == "Connected"
    assert harness.state("Built-in engine") == "Ready"
    details = harness.card("Ollama")._summary.details
    assert details.startswith("127.0.0.1:11434 · version 0.34.0 · 4 model")
    assert details.endswith("6 ms")


async def test_the_best_known_vendors_are_listed_first_and_the_rest_is_folded(harness: SettingsHarness) -> None:
    listed = names(harness)
    assert listed[:2] == ["DeepSeek", "OpenAI"]
    assert listed[-4:] == ["On this network", "Built-in engine", "Ollama", "More"]
    assert "n8n" not in listed
    harness.providers.resize(1280, 820)
    show(harness)
    assert shown(harness).name == "DeepSeek"


async def test_a_click_unfolds_a_group_and_shows_what_is_in_it(harness: SettingsHarness) -> None:
    show(harness)
    click_row(harness, "More")
    assert {"Groq", "Dify", "n8n"} < set(names(harness))
    assert names(harness)[-1] == "OpenAI-compatible"
    click_row(harness, "More")
    assert names(harness)[-1] == "More"
    click_row(harness, "On this network")
    assert "LM Studio" in names(harness)


async def test_a_click_on_a_vendor_shows_its_steps_with_the_keyboard_where_the_key_is_pasted(
    harness: SettingsHarness,
) -> None:
    show(harness)
    click_row(harness, "OpenAI")
    assert shown(harness).name == "OpenAI"
    assert part(shown(harness), QLineEdit, "serverKey").hasFocus()


async def test_the_list_can_be_used_with_the_keyboard(harness: SettingsHarness) -> None:
    harness.providers.resize(1280, 820)
    show(harness)
    view = list_of(harness)
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Down)
    assert shown(harness).name == "OpenAI"
    assert view.hasFocus()
    QTest.keyClick(view, Qt.Key.Key_End)
    QTest.keyClick(view, Qt.Key.Key_Right)
    assert "Groq" in names(harness)
    QTest.keyClicks(view, "gro")
    assert shown(harness).name == "Groq"
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert part(shown(harness), QLineEdit, "serverKey").hasFocus()


async def test_what_was_typed_stays_while_another_provider_is_looked_at(harness: SettingsHarness) -> None:
    show(harness)
    click_row(harness, "OpenAI")
    type_into(shown(harness), "serverKey", KEY)
    click_row(harness, "DeepSeek")
    assert part(shown(harness), QLineEdit, "serverKey").text() == ""
    click_row(harness, "OpenAI")
    assert part(shown(harness), QLineEdit, "serverKey").text() == KEY


async def test_a_key_is_pasted_tested_saved_and_used_with_enter_alone(harness: SettingsHarness) -> None:
    show(harness)
    click_row(harness, "DeepSeek")
    field = part(shown(harness), QLineEdit, "serverKey")
    QTest.keyClicks(field, KEY)
    QTest.keyClick(field, Qt.Key.Key_Return)
    await harness.settle()
    assert result(shown(harness)).startswith("OK: ")
    use = part(shown(harness), Button, "useServer")
    assert use.hasFocus()
    QTest.keyClick(use, Qt.Key.Key_Space)
    await harness.settle()
    server = harness.servers.all()[-1]
    assert (await harness.servers.key(server)).reveal() == KEY
    assert harness.used == [ModelRef(server.id, "deepseek-chat")]
    assert names(harness)[0] == "DeepSeek"
    assert harness.state("DeepSeek") == "Connected"


async def test_another_model_can_be_chosen_before_it_is_used(harness: SettingsHarness) -> None:
    show(harness)
    card = begin(harness, "deepseek")
    type_into(card, "serverKey", KEY)
    harness.press(card, "testServer")
    await harness.settle()
    harness.press(card, "firstModel")
    (field,) = [edit for edit in card.findChildren(QLineEdit, "firstModelSearch") if edit.isVisible()]
    QTest.keyClicks(field, "reas")
    QTest.keyClick(field, Qt.Key.Key_Return)
    harness.press(card, "useServer")
    await harness.settle()
    assert harness.used[0].model_id == "deepseek-reasoner"


@pytest.mark.parametrize("width", [560, 1280])
async def test_nothing_moves_below_a_test_that_fails(harness: SettingsHarness, width: int) -> None:
    harness.providers.resize(width, 820)
    show(harness)
    card = begin(harness, "lm-studio")
    for _ in range(8):  # the layouts inside each other
        QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
    place = part(card, Button, "saveServer").mapTo(card, QPoint())
    harness.press(card, "testServer")
    await harness.settle()
    for _ in range(8):
        QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
    assert "does not respond" in result(card)
    assert part(card, Button, "saveServer").mapTo(card, QPoint()) == place


async def test_a_provider_that_works_shows_only_how_to_use_it(harness: SettingsHarness) -> None:
    show(harness)
    click_row(harness, "Ollama")
    card = shown(harness)
    assert part(card, Button, "useServer").hasFocus()
    assert not is_shown(card, "serverAddress")
    harness.press(card, "editServer")
    assert part(card, QLineEdit, "serverAddress").hasFocus()
    assert is_shown(card, "testServer")


async def test_another_provider_of_the_same_vendor_can_be_added(harness: SettingsHarness) -> None:
    card = await add_deepseek(harness)
    harness.press(card, "anotherServer")
    second = shown(harness)
    assert second is not card
    type_into(second, "serverName", "Work")
    type_into(second, "serverKey", "sk-work")
    harness.press(second, "saveServer")
    await harness.settle()
    assert names(harness)[:2] == ["DeepSeek", "Work"]


async def test_a_key_shows_what_stands_behind_a_proxy(harness: SettingsHarness) -> None:
    gate = "http://127.0.0.1:8000"
    harness.network.answers[f"{gate}/v1"] = (ServerStatus(None, None, 3.0), ("qwen3",))
    harness.network.answers[gate] = (ServerStatus("0.33.0", None, 3.0), ("qwen3:8b",))
    harness.network.behind = Recognised("ollama", gate, "0.33.0", 1, needs_key=True)
    card = begin(harness, "custom")
    type_into(card, "serverAddress", f"{gate}/v1")
    type_into(card, "serverKey", KEY)
    harness.press(card, "testServer")
    await harness.settle()
    assert harness.network.looked_behind == [(f"{gate}/v1", KEY)]
    card = shown(harness)
    assert result(card).startswith("OK: version 0.33.0")
    harness.press(card, "saveServer")
    await harness.settle()
    server = harness.servers.all()[-1]
    assert (server.vendor_id, server.base_url) == ("ollama", gate)
    assert (await harness.servers.key(server)).reveal() == KEY


async def test_the_card_stays_in_sight_while_a_long_list_is_scrolled(harness: SettingsHarness) -> None:
    harness.providers.resize(1280, 820)
    show(harness)
    click_row(harness, "On this network")
    click_row(harness, "More")
    list_of(harness).setFocus()
    for _ in range(8):  # the layouts inside each other
        QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
    QTest.keyClick(list_of(harness), Qt.Key.Key_End)
    assert shown(harness).name == "My provider"
    await harness.settle()
    QApplication.processEvents()
    page = section(harness).viewport()
    row = list_of(harness).visualRect(list_of(harness).currentIndex())
    assert page.rect().contains(list_of(harness).viewport().mapTo(page, row.center()))
    top = part(shown(harness), QLineEdit, "serverAddress")
    assert page.rect().contains(top.mapTo(page, top.rect().center()))


async def test_whoever_wants_a_provider_begins_in_the_list(harness: SettingsHarness) -> None:
    show(harness)
    harness.providers.show_item(ALL_SERVERS, "")
    assert list_of(harness).hasFocus()


async def test_a_narrow_window_shows_the_list_first_and_a_way_back_to_it(harness: SettingsHarness) -> None:
    harness.providers.resize(560, 700)
    show(harness)
    assert not is_shown(section(harness), "allProviders")
    click_row(harness, "OpenAI")
    assert not list_of(harness).isVisible()
    assert part(shown(harness), QLineEdit, "serverKey").hasFocus()
    harness.press(section(harness), "allProviders")
    assert list_of(harness).isVisible()
    assert list_of(harness).hasFocus()


async def test_a_new_server_can_be_tested_before_it_is_saved(harness: SettingsHarness) -> None:
    card = begin(harness, "deepseek")
    type_into(card, "serverKey", KEY)
    harness.press(card, "testServer")
    await harness.settle()
    assert result(card).startswith("OK: ")
    assert "412 ms" in result(card)
    assert len(harness.servers.all()) == 2


async def test_a_server_that_does_not_run_is_reported_without_words_about_a_message(harness: SettingsHarness) -> None:
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
    assert not strip.has_result
    assert is_shown(card, "testServer")


async def test_the_address_is_kept_in_one_form(harness: SettingsHarness) -> None:
    card = begin(harness, "custom")
    type_into(card, "serverAddress", " llm.lab.example:8443/v1/chat/completions ")
    harness.press(card, "saveServer")
    await harness.settle()
    assert harness.servers.all()[-1].base_url == "https://llm.lab.example:8443/v1"
    assert part(card, QLineEdit, "serverAddress").text() == "https://llm.lab.example:8443/v1"


async def test_a_wrong_address_is_reported_at_its_field_and_nothing_typed_is_lost(harness: SettingsHarness) -> None:
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


async def test_that_values_do_not_follow_to_another_address_is_reported_while_it_is_typed(
    harness: SettingsHarness,
) -> None:
    text = "The saved values belong to the old address. Enter them again to use them here."
    card = begin(harness, "vllm")
    part(card, QPlainTextEdit, "serverHeaders").setPlainText("X-Team: red")
    harness.press(card, "saveServer")
    await harness.settle()
    assert text not in all_texts(card)
    type_into(card, "serverAddress", "https://elsewhere.example/v1")
    assert text in all_texts(card)
    part(card, QPlainTextEdit, "serverHeaders").setPlainText("X-Team: red")
    assert text not in all_texts(card)


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
    assert harness.servers.all()[-1].accepts_key


async def test_cancel_brings_back_what_was_saved(harness: SettingsHarness) -> None:
    card = harness.card("Ollama")
    await harness.settle()
    assert not is_shown(card, "cancelServer")
    type_into(card, "serverAddress", "http://elsewhere")
    harness.press(card, "cancelServer")
    assert part(card, QLineEdit, "serverAddress").text() == "http://127.0.0.1:11434"
    assert not is_shown(card, "saveServer")


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
    harness.press(card, "testServer")
    await harness.settle()
    assert result(card) == "OK: the engine and its model are available."
    assert "SmolLM2 135M · 98 MB on disk" in all_texts(card)
    assert card.findChild(QLineEdit) is None
    assert not is_shown(card, "removeServer")


async def test_an_error_with_more_to_say_is_reported_on_the_closed_card(harness: SettingsHarness) -> None:
    harness.network.answers["http://127.0.0.1:1234/v1"] = NotAChatServer(
        "LM Studio", url="http://127.0.0.1:1234/v1/models"
    )
    card = begin(harness, "lm-studio")
    harness.press(card, "saveServer")
    await harness.settle()
    assert harness.state("LM Studio") == "Not working"
    assert "not a chat API" in card._problem.text()
    assert not card._problem.isHidden()


@pytest.mark.parametrize("name", ["removeServer", "serverSwitch"])
async def test_the_buttons_of_a_card_say_whose_they_are(harness: SettingsHarness, name: str) -> None:
    assert "Ollama" in part(harness.card("Ollama"), QWidget, name).accessibleName()


async def test_the_keyboard_stays_with_the_test_while_its_button_changes(harness: SettingsHarness) -> None:
    show(harness)
    card = harness.card("Ollama")
    harness.network.hold = asyncio.Event()
    part(card, QWidget, "testServer").setFocus()
    harness.press(card, "testServer")
    await asyncio.sleep(0)
    assert part(card, QWidget, "cancelTest").hasFocus()
    harness.network.hold.set()
    await harness.settle()
    assert part(card, QWidget, "useServer").hasFocus()


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


async def test_applications_say_what_they_need_in_the_words_of_their_makers(
    harness: SettingsHarness,
) -> None:
    card = begin(harness, "n8n")
    texts = all_texts(card)
    for content in ("Name and password", "Only if the workflow requires them, in the form name:password."):
        assert content in texts
    assert any(text.startswith("The chat URL of the workflow's Chat Trigger.") for text in texts)
    type_into(card, "serverAddress", "http://127.0.0.1:5678/webhook/1/chat")
    type_into(card, "serverKey", "ann:secret")
    harness.press(card, "saveServer")
    await harness.settle()
    saved = harness.servers.all()[-1]
    assert (saved.name, saved.base_url) == ("n8n", "http://127.0.0.1:5678/webhook/1/chat")
    assert "App API key" in all_texts(begin(harness, "dify"))
