"""Keys are typed, kept, replaced and forgotten, and seen nowhere."""

import asyncio
import sys
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from chatdesk.features.servers.ui.cards.providers_view import UndoNotice
from chatdesk.features.servers.ui.form.key_row import ExposureNotice, KeyField
from chatdesk.kernel.redaction import Redactor
from chatdesk.kernel.servers.server import ServerStatus
from chatdesk.storage.files.servers_file import ServersFile
from chatdesk.ui_kit.style.appearance import Appearance
from tests.fakes.keyrings import LockedKeyring, NoKeyring, SmallKeyring
from tests.gui.features.settings.settings_harness import (
    DEEPSEEK,
    KEY,
    PageBesideField,
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
from tests.own_time import TIMEOUT


def files_of(folder: Path) -> str:
    return "".join(file.read_text("utf-8") for file in folder.glob("*.json"))


async def test_a_vendor_with_a_key_is_added_with_its_key_alone(harness: SettingsHarness) -> None:
    card = await add_deepseek(harness)
    server = harness.servers.all()[-1]
    assert (server.name, server.base_url) == ("DeepSeek", DEEPSEEK)
    assert (await harness.servers.key(server)).reveal() == KEY
    assert harness.state("DeepSeek") == "Connected"
    assert not is_shown(card, "serverKey")
    assert "Saved in the system keyring" in all_texts(card)
    assert not is_shown(card, "saveServer")


async def test_no_character_of_a_key_is_left_in_the_window_or_in_a_file(
    harness: SettingsHarness, tmp_path: Path
) -> None:
    card = begin(harness, "deepseek")
    type_into(card, "serverKey", KEY)
    harness.press(card, "testServer")
    harness.press(card, "saveServer")
    await harness.settle()
    await harness.settings.close()
    assert [text for text in all_texts(harness.providers) if "canary" in text or "0123456789" in text] == []
    field = part(card, QLineEdit, "serverKey")
    field.undo()
    assert field.text() == ""
    assert "DeepSeek" in files_of(tmp_path)
    assert "canary" not in files_of(tmp_path)


async def test_a_key_being_typed_is_neither_shown_nor_learned_nor_copied(harness: SettingsHarness, qapp) -> None:
    field = part(begin(harness, "deepseek"), QLineEdit, "serverKey")
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


async def test_a_rejected_key_is_reported_and_stays_to_be_mended(harness: SettingsHarness) -> None:
    harness.network.keys[DEEPSEEK] = "another"
    card = begin(harness, "deepseek")
    type_into(card, "serverKey", KEY)
    harness.press(card, "testServer")
    await harness.settle()
    assert "rejected the API key (401)" in result(card)
    assert part(card, QLineEdit, "serverKey").text() == KEY
    harness.press(card, "moreDetails")
    assert any("KeyRejected" in text for text in all_texts(card))


async def test_what_is_no_key_is_reported_at_its_field_and_nothing_is_saved(harness: SettingsHarness) -> None:
    card = begin(harness, "deepseek")
    type_into(card, "serverKey", "two words")
    harness.press(card, "saveServer")
    await harness.settle()
    assert "contains an invalid character or is too long" in part(card, QLineEdit, "serverKey").accessibleDescription()
    assert len(harness.servers.all()) == 2


async def test_a_key_does_not_follow_to_another_address(harness: SettingsHarness) -> None:
    card = await add_deepseek(harness)
    type_into(card, "serverAddress", "https://other.example")
    harness.press(card, "saveServer")
    await harness.settle()
    assert harness.state("DeepSeek") == "API key required"
    assert is_shown(card, "serverKey")


async def test_the_key_of_a_removed_server_is_forgotten_when_nobody_wants_it_back(harness: SettingsHarness) -> None:
    await add_deepseek(harness)
    server = harness.servers.all()[-1]
    harness.press(harness.card("DeepSeek"), "removeServer")
    await harness.settle()
    assert await harness.keyring.load(server)
    notice = section(harness).findChild(UndoNotice)
    notice.expired.emit()
    await harness.settle()
    assert await harness.keyring.load(server) is None
    assert notice.isHidden()


async def test_a_key_can_be_replaced_and_removed(harness: SettingsHarness) -> None:
    card = await add_deepseek(harness)
    server = harness.servers.all()[-1]
    card.findChild(KeyField).replace()
    type_into(card, "serverKey", "sk-second")
    harness.press(card, "saveServer")
    await harness.settle()
    assert (await harness.servers.key(server)).reveal() == "sk-second"
    harness.press(card, "removeKey")
    await harness.settle()
    assert await harness.servers.key(server) is None
    assert harness.state("DeepSeek") == "API key required"


async def test_a_person_quicker_than_the_disk_can_replace_a_rejected_key(
    harness: SettingsHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk = threading.Event()
    monkeypatch.setattr(harness.servers, "_write", lambda _servers: disk.wait(TIMEOUT))
    harness.network.keys[DEEPSEEK] = "another"
    card = begin(harness, "deepseek")
    type_into(card, "serverKey", KEY)
    harness.press(card, "saveServer")
    while harness.state("DeepSeek") != "API key rejected":
        await asyncio.sleep(0.01)
    card.remedy_requested.emit()
    await asyncio.sleep(0.05)
    disk.set()
    await harness.settle()
    assert is_shown(card, "serverKey")


async def test_a_rejected_key_to_be_replaced_does_not_take_the_keyboard_once_the_page_is_left(
    harness: SettingsHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = PageBesideField(harness)
    disk = threading.Event()
    monkeypatch.setattr(harness.servers, "_write", lambda _servers: disk.wait(TIMEOUT))
    harness.network.keys[DEEPSEEK] = "another"
    card = begin(harness, "deepseek")
    type_into(card, "serverKey", KEY)
    harness.press(card, "saveServer")
    while harness.state("DeepSeek") != "API key rejected":
        await asyncio.sleep(0.01)
    card.remedy_requested.emit()
    await asyncio.sleep(0.05)
    page.leave(harness)
    disk.set()
    await harness.settle()
    assert page.window.focusWidget() is page.field
    page.close(harness)


async def test_a_rejected_key_can_be_replaced_from_the_head_of_the_card(harness: SettingsHarness) -> None:
    harness.network.keys[DEEPSEEK] = "another"
    card = await add_deepseek(harness)
    assert harness.state("DeepSeek") == "API key rejected"
    card._problem.acted.emit()
    await harness.settle()
    assert is_shown(card, "serverKey")


@pytest.mark.parametrize(("keyring", "warns"), [(NoKeyring(), True), (LockedKeyring(), False), (None, False)])
async def test_without_a_keyring_the_form_says_so_before_the_key_is_used(
    appearance: Appearance, tmp_path: Path, keyring: NoKeyring | None, warns: bool
) -> None:
    harness = SettingsHarness(appearance, tmp_path, keyring=keyring)
    card = begin(harness, "deepseek")
    await harness.settle()
    assert any("The API key is kept only until you quit" in text for text in all_texts(card)) == warns
    assert any("install GNOME Keyring" in text for text in all_texts(card)) == (warns and sys.platform == "linux")
    await harness.close()


async def test_without_a_keyring_the_card_says_that_the_key_is_for_this_run_only(
    appearance: Appearance, tmp_path: Path
) -> None:
    harness = SettingsHarness(appearance, tmp_path, keyring=NoKeyring())
    card = await add_deepseek(harness)
    assert any("Kept until you quit Chatdesk" in text for text in all_texts(card))
    assert any("install GNOME Keyring or KWallet" in text for text in all_texts(card)) == (sys.platform == "linux")
    harness.press(card, "removeKey")
    await harness.settle()
    assert not any("Kept until you quit Chatdesk" in text for text in all_texts(card))
    assert harness.errors == []
    await harness.close()


async def test_a_key_is_not_kept_when_a_header_beside_it_is_refused(appearance: Appearance, tmp_path: Path) -> None:
    harness = SettingsHarness(appearance, tmp_path, keyring=SmallKeyring(Redactor()))
    card = await add_deepseek(harness)
    card.findChild(KeyField).replace()
    type_into(card, "serverKey", "another-key")
    part(card, QPlainTextEdit, "serverHeaders").setPlainText("X-Long: " + "v" * 41)
    harness.press(card, "saveServer")
    await harness.settle()
    assert (await harness.servers.key(harness.servers.all()[-1])).reveal() == KEY
    assert part(card, QLineEdit, "serverKey").text() == "another-key"
    assert is_shown(card, "saveServer")
    part(card, QPlainTextEdit, "serverHeaders").setPlainText("X-Short: v")
    harness.press(card, "saveServer")
    await harness.settle()
    assert (await harness.servers.key(harness.servers.all()[-1])).reveal() == "another-key"
    await harness.close()


async def test_a_key_page_is_opened_through_the_one_door(harness: SettingsHarness) -> None:
    harness.press(begin(harness, "deepseek"), "getKey")
    assert harness.opened == ["https://platform.deepseek.com/api_keys"]


async def test_a_new_address_says_what_becomes_of_the_key(harness: SettingsHarness) -> None:
    card = await add_deepseek(harness)
    text = "The saved API key belongs to the old address. Paste it again to use it here."
    assert text not in all_texts(card)
    type_into(card, "serverAddress", "https://other.example")
    assert text in all_texts(card)
    harness.press(card, "cancelServer")
    assert text not in all_texts(card)
    type_into(card, "serverAddress", f"{DEEPSEEK}/beta")
    assert text not in all_texts(card)


LAN = "http://192.168.1.5:8000/v1"
WARNING = "This address is not encrypted (http)"


async def test_a_key_over_plain_http_is_held_back_until_a_person_lets_it_go(
    harness: SettingsHarness, tmp_path: Path
) -> None:
    harness.network.answers[LAN] = (ServerStatus(None, None, 3.0), ("qwen3",))
    card = begin(harness, "custom")
    type_into(card, "serverAddress", LAN)
    assert not exposure(card).isVisibleTo(card)
    type_into(card, "serverKey", KEY)
    assert exposure(card).isVisibleTo(card)
    assert exposure(card).text().startswith(WARNING)
    harness.press(card, "testServer")
    await harness.settle()
    assert "was not sent, because http://192.168.1.5:8000/v1 is not encrypted" in result(card)
    harness.press(card, "saveServer")
    await harness.settle()
    assert harness.state("My provider") == "API key not sent"
    assert exposure(card).isVisibleTo(card)
    exposure(card).acted.emit()
    harness.press(card, "saveServer")
    await harness.settle()
    assert harness.state("My provider") == "Connected"
    stored, _ = ServersFile(tmp_path / "servers.json").read()
    assert stored[-1].unencrypted_key_origin == "http://192.168.1.5:8000"
    assert "you allowed" in exposure(card).text()
    exposure(card).acted.emit()
    harness.press(card, "saveServer")
    await harness.settle()
    assert harness.state("My provider") == "API key not sent"


async def test_the_head_of_the_card_leads_to_the_question(harness: SettingsHarness) -> None:
    show(harness)
    card = begin(harness, "custom")
    type_into(card, "serverAddress", LAN)
    type_into(card, "serverKey", KEY)
    harness.press(card, "saveServer")
    await harness.settle()
    card._problem.acted.emit()
    await harness.settle()
    assert exposure(card).has_focus()


@pytest.mark.parametrize("address", ["https://192.168.1.5:8000", "http://127.0.0.1:8000", "localhost:8000", "http://"])
async def test_there_is_no_warning_where_nobody_reads_along(harness: SettingsHarness, address: str) -> None:
    card = begin(harness, "custom")
    type_into(card, "serverKey", KEY)
    type_into(card, "serverAddress", address)
    assert not exposure(card).isVisibleTo(card)


async def test_a_permission_is_not_carried_to_another_address(harness: SettingsHarness) -> None:
    card = begin(harness, "custom")
    type_into(card, "serverKey", KEY)
    type_into(card, "serverAddress", "192.168.1.5:8000")
    exposure(card).acted.emit()
    assert "you allowed" in exposure(card).text()
    type_into(card, "serverAddress", "192.168.1.6:8000")
    assert exposure(card).text().startswith(WARNING)


def exposure(card: QWidget) -> ExposureNotice:
    return card.findChild(ExposureNotice)
