"""The advanced part of a server's form: folded away, checked beside its fields, saved, and shown again."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QLineEdit, QPlainTextEdit, QWidget

from chatdesk.features.servers.ui.form.advanced_fields import AdvancedFields
from chatdesk.features.servers.ui.form.option_rows import ExtraBodyRow, TimeoutsRow
from chatdesk.kernel.servers.server import ConnectionOptions, ProxyChoice, WireFormat
from chatdesk.kernel.settings.declarations import SERVER_ADVANCED
from chatdesk.storage.files.servers_file import ServersFile
from chatdesk.ui_kit.forms.form_row import FormRow
from chatdesk.ui_kit.widgets.segments import Segments
from tests.gui.features.settings.settings_harness import (
    SettingsHarness,
    all_texts,
    begin,
    is_shown,
    part,
    show,
    type_into,
)
from tests.paths import CERTIFICATES

FIELDS = (
    "serverFormat",
    "serverHeaders",
    "serverExtraBody",
    "serverProxy",
    "serverAuthorities",
    "serverSilenceSeconds",
    "serverModels",
)


def unfold(harness: SettingsHarness, card: QWidget) -> None:
    harness.press(card, "serverAdvanced")


def choose(card: QWidget, name: str, key: str) -> None:
    segments = part(card, Segments, name)
    segments._segments[key].click()


def write(card: QWidget, name: str, text: str) -> None:
    part(card, QPlainTextEdit, name).setPlainText(text)


async def save(harness: SettingsHarness, card: QWidget) -> None:
    harness.press(card, "saveServer")
    await harness.settle()


async def test_it_is_folded_away_until_it_is_opened_and_stays_as_it_was_left(harness: SettingsHarness) -> None:
    card = begin(harness, "vllm")
    assert not any(is_shown(card, name) for name in FIELDS)
    unfold(harness, card)
    assert all(is_shown(card, name) for name in FIELDS)
    assert harness.settings.get(SERVER_ADVANCED)
    assert is_shown(begin(harness, "sglang"), "serverHeaders")
    unfold(harness, card)
    assert not is_shown(begin(harness, "lmdeploy"), "serverHeaders")


async def test_everything_in_it_is_saved_and_shown_again(harness: SettingsHarness) -> None:
    card = begin(harness, "custom")
    type_into(card, "serverAddress", "https://llm.lab.example/v1")
    unfold(harness, card)
    choose(card, "serverFormat", "responses")
    write(card, "serverHeaders", "X-Gate: open")
    write(card, "serverExtraBody", '{"top_k": 20}\n')
    write(card, "serverModels", " ours/one \n\nours/two\nours/one")
    choose(card, "serverProxy", "address")
    type_into(card, "serverProxyAddress", "proxy.lab:3128")
    type_into(card, "serverAuthorities", str(CERTIFICATES / "self_signed.pem"))
    type_into(card, "serverConnectSeconds", "30")
    type_into(card, "serverSilenceSeconds", "600,5")
    await save(harness, card)
    server = harness.servers.all()[-1]
    assert (server.wire_format, server.extra_body, server.model_ids) == (
        WireFormat.RESPONSES,
        '{"top_k": 20}',
        ("ours/one", "ours/two"),
    )
    assert server.connection == ConnectionOptions(
        ProxyChoice.ADDRESS, "http://proxy.lab:3128", str(CERTIFICATES / "self_signed.pem"), 30, 600.5
    )
    assert ServersFile(harness.file._file._path).read()[0][-1] == server
    assert part(card, QLineEdit, "serverProxyAddress").text() == "http://proxy.lab:3128"
    assert part(card, QLineEdit, "serverSilenceSeconds").text() == "600.5"
    assert not is_shown(card, "saveServer")


async def test_what_is_set_is_named_beside_the_closed_fold(harness: SettingsHarness) -> None:
    card = begin(harness, "custom")
    fields = card.findChild(AdvancedFields)
    assert fields._summary.text() == "headers, proxy, timeouts"
    unfold(harness, card)
    choose(card, "serverProxy", "none")
    write(card, "serverExtraBody", "{}")
    assert not fields._summary.isVisibleTo(card)
    unfold(harness, card)
    assert fields._summary.isVisibleTo(card)
    assert fields._summary.text() == "Extra JSON · Proxy"


async def test_azure_wants_the_name_of_a_deployment(harness: SettingsHarness) -> None:
    show(harness)
    card = begin(harness, "azure")
    type_into(card, "serverAddress", "https://lab.openai.azure.com")
    type_into(card, "serverKey", "k-0123456789")
    await save(harness, card)
    assert "Enter at least one model, because the server does not list its models." in all_texts(card)
    assert part(card, QPlainTextEdit, "serverModels").hasFocus()
    assert len(harness.servers.all()) == 2
    write(card, "serverModels", "gpt")
    assert "Enter at least one model, because the server does not list its models." not in all_texts(card)
    await save(harness, card)
    assert harness.servers.all()[-1].model_ids == ("gpt",)


async def test_what_was_typed_is_given_up_as_a_whole(harness: SettingsHarness) -> None:
    card = harness.card("Ollama")
    unfold(harness, card)
    choose(card, "serverProxy", "none")
    type_into(card, "serverConnectSeconds", "3")
    assert is_shown(card, "saveServer")
    harness.press(card, "cancelServer")
    assert part(card, Segments, "serverProxy").key() == "system"
    assert part(card, QLineEdit, "serverConnectSeconds").text() == ""
    assert not is_shown(card, "saveServer")


async def test_only_what_concerns_a_server_is_asked(harness: SettingsHarness) -> None:
    card = harness.card("Ollama")
    unfold(harness, card)
    assert [name for name in FIELDS if is_shown(card, name)] == [
        "serverHeaders",
        "serverExtraBody",
        "serverProxy",
        "serverAuthorities",
        "serverSilenceSeconds",
    ]
    write(card, "serverExtraBody", '{"options": {"num_ctx": 1}}')
    harness.press(card, "saveServer")
    await harness.settle()
    assert "Line 1: “num_ctx” is set by Chatdesk." in all_texts(card)
    assert not is_shown(begin(harness, "dify"), "serverExtraBody")
    mistral = begin(harness, "mistral")
    assert not is_shown(mistral, "serverFormat")
    assert is_shown(mistral, "serverExtraBody")
    assert not is_shown(mistral, "serverApiVersion")


async def test_azure_s_deployments_are_asked_for_beside_its_address(harness: SettingsHarness) -> None:
    card = begin(harness, "azure")
    assert not is_shown(card, "serverHeaders")
    assert part(card, QLineEdit, "serverAddress").placeholderText() == "https://….openai.azure.com"
    assert part(card, QLineEdit, "serverApiVersion").placeholderText() == "2025-04-01-preview"
    type_into(card, "serverAddress", "https://lab.openai.azure.com/openai/deployments/x/chat/completions?api-version=1")
    write(card, "serverModels", "my-gpt")
    type_into(card, "serverApiVersion", "2024-10-21")
    type_into(card, "serverKey", "k-0123456789")
    await save(harness, card)
    server = harness.servers.all()[-1]
    assert (server.base_url, server.model_ids, server.api_version) == (
        "https://lab.openai.azure.com",
        ("my-gpt",),
        "2024-10-21",
    )


@pytest.mark.parametrize(
    ("text", "expected", "line"),
    [
        (
            '{"a": 1,\n"b" 2}',
            "Line 2 is not valid JSON. Check commas, quotation marks and brackets.",
            1,
        ),
        ('{\n\n"messages": []}', "Line 3: “messages” is set by Chatdesk.", 2),
        ('{"stream": false}', "Line 1: “stream” is set by Chatdesk.", 0),
        ('{"a": 1,\n"a": 2}', "Line 2: “a” occurs twice.", 1),
        ('[{"a": 1}]', 'Enter a JSON object, such as {"top_k": 20}', 0),
        ('{"a": NaN}', "This is not valid JSON: it contains an invalid number.", 0),
        ('{"a": ' + "[" * 50 + "]" * 50 + "}", "This JSON is too large.", 0),
    ],
)
async def test_json_that_cannot_go_along_is_reported_with_its_line_and_nothing_is_saved(
    harness: SettingsHarness, text: str, expected: str, line: int
) -> None:
    show(harness)
    card = begin(harness, "custom")
    type_into(card, "serverAddress", "https://llm.lab.example/v1")
    write(card, "serverExtraBody", text)
    await save(harness, card)
    assert card.findChild(ExtraBodyRow).problem == expected
    field = part(card, QPlainTextEdit, "serverExtraBody")
    assert is_shown(card, "serverExtraBody")  # it was folded away
    assert field.hasFocus()
    assert field.textCursor().blockNumber() == line
    assert len(harness.servers.all()) == 2
    assert field.toPlainText() == text
    write(card, "serverExtraBody", "{}")
    assert card.findChild(ExtraBodyRow).problem == ""


async def test_what_looks_like_a_key_is_warned_of_at_once_and_can_be_saved(harness: SettingsHarness) -> None:
    card = begin(harness, "custom")
    type_into(card, "serverAddress", "https://llm.lab.example/v1")
    unfold(harness, card)
    write(card, "serverExtraBody", '{"upstream": {"api_key": "abc"}}')
    assert (
        "“api_key” looks like an API key. This text is saved in a file, so enter keys in the field above instead."
        in all_texts(card)
    )
    await save(harness, card)
    assert harness.servers.all()[-1].extra_body == '{"upstream": {"api_key": "abc"}}'


@pytest.mark.parametrize("address", ["", "http://anna:secret@", "socks4://127.0.0.1:1080", "http://proxy.lab/path"])
async def test_a_proxy_that_cannot_be_used_is_reported_at_its_field(harness: SettingsHarness, address: str) -> None:
    show(harness)
    card = begin(harness, "custom")
    type_into(card, "serverAddress", "https://llm.lab.example/v1")
    unfold(harness, card)
    choose(card, "serverProxy", "address")
    type_into(card, "serverProxyAddress", address)
    unfold(harness, card)
    await save(harness, card)
    field = part(card, QLineEdit, "serverProxyAddress")
    assert (
        field.accessibleDescription()
        == "It must start with http://, https:// or socks5:// and must not contain a path."
    )
    assert field.hasFocus()
    assert len(harness.servers.all()) == 2


async def test_name_and_password_of_a_proxy_are_taken_and_the_password_is_shown_no_more(
    harness: SettingsHarness,
) -> None:
    card = begin(harness, "custom")
    type_into(card, "serverAddress", "https://llm.lab.example/v1")
    unfold(harness, card)
    choose(card, "serverProxy", "address")
    type_into(card, "serverProxyAddress", "socks5://anna:s%40cret@proxy.lab")
    await save(harness, card)
    address, user, password = (
        part(card, QLineEdit, name) for name in ("serverProxyAddress", "serverProxyUser", "serverProxyPassword")
    )
    assert (address.text(), user.text(), password.text()) == ("socks5://proxy.lab", "anna", "")
    assert (password.echoMode(), password.placeholderText()) == (QLineEdit.EchoMode.Password, "Password (saved)")
    server = harness.servers.all()[-1]
    assert (await harness.servers.with_secrets(server)).connection.proxy_password == "s@cret"
    assert not any("cret" in text for text in all_texts(card))
    assert not address.isUndoAvailable()
    type_into(card, "serverProxyPassword", "another")
    await save(harness, card)
    assert (await harness.servers.with_secrets(harness.servers.all()[-1])).connection.proxy_password == "another"
    assert password.text() == ""
    type_into(card, "serverProxyUser", "")
    assert password.placeholderText() == "Password"
    await save(harness, card)
    assert harness.servers.all()[-1].connection.proxy_user == ""
    assert [which for _, which in harness.keyring._secrets] == []


async def test_the_address_of_a_proxy_is_asked_for_only_where_it_is_used(harness: SettingsHarness) -> None:
    card = begin(harness, "custom")
    unfold(harness, card)
    assert not is_shown(card, "serverProxyAddress")
    choose(card, "serverProxy", "address")
    assert is_shown(card, "serverProxyAddress")
    choose(card, "serverProxy", "none")
    assert not is_shown(card, "serverProxyAddress")


async def test_a_file_without_authorities_is_reported_at_its_field(harness: SettingsHarness, tmp_path: Path) -> None:
    file = tmp_path / "ca.pem"
    file.write_text("no certificate")
    card = begin(harness, "custom")
    type_into(card, "serverAddress", "https://llm.lab.example/v1")
    unfold(harness, card)
    type_into(card, "serverAuthorities", str(file))
    await save(harness, card)
    assert (
        part(card, QLineEdit, "serverAuthorities").accessibleDescription()
        == "The file must be in PEM format and contain at least one certificate."
    )
    assert len(harness.servers.all()) == 2
    assert part(card, QAbstractButton, "saveServer").isEnabled()


async def test_a_file_of_authorities_can_be_chosen(harness: SettingsHarness) -> None:
    card = begin(harness, "custom")
    unfold(harness, card)
    harness.press(card, "chooseAuthorities")
    dialog = part(card, QFileDialog, "authoritiesDialog")
    dialog.fileSelected.emit("/etc/ca.pem")
    dialog.close()
    assert part(card, QLineEdit, "serverAuthorities").text() == "/etc/ca.pem"


@pytest.mark.parametrize("text", ["0", "301", "-5", "ten", "1e3", "1.2.3", "٣", "5 s", "9" * 50])
async def test_what_is_no_time_out_is_reported_beside_it(harness: SettingsHarness, text: str) -> None:
    card = begin(harness, "custom")
    type_into(card, "serverAddress", "https://llm.lab.example/v1")
    unfold(harness, card)
    type_into(card, "serverConnectSeconds", text)
    await save(harness, card)
    assert card.findChild(TimeoutsRow).problem == "Enter seconds from 1 to 300, or leave empty."
    assert len(harness.servers.all()) == 2


async def test_nothing_in_it_switches_off_the_check_of_certificates(harness: SettingsHarness) -> None:
    card = begin(harness, "custom")
    unfold(harness, card)
    text = " ".join(all_texts(card.findChild(AdvancedFields))).lower()
    assert not any(word in text for word in ("verify", "insecure", "ignore", "skip"))


async def test_the_keyboard_reaches_every_field_in_the_order_of_reading(harness: SettingsHarness) -> None:
    show(harness)
    card = begin(harness, "vllm")
    unfold(harness, card)
    part(card, QWidget, "serverAdvanced").setFocus()
    reached = []
    for _ in range(12):
        QTest.keyClick(harness.providers.focusWidget(), Qt.Key.Key_Tab)
        reached.append(harness.providers.focusWidget().objectName())
    expected = [
        "serverModels",
        "serverHeaders",
        "serverExtraBody",
        "serverAuthorities",
        "chooseAuthorities",
        "serverConnectSeconds",
        "serverSilenceSeconds",
    ]
    assert [name for name in reached if name in expected] == expected, reached


def test_a_warning_gives_way_to_a_problem(harness: SettingsHarness) -> None:
    row = FormRow(harness.providers._appearance, QWidget())
    row.set_labels("Label", "hint")
    row.set_warning("careful")
    assert row._note.text() == "careful"
    row.set_problem("wrong")
    assert row._note.text() == "wrong"
    row.set_problem("")
    row.set_warning("")
    assert row._note.text() == "hint"
    row.deleteLater()
