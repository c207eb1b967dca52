"""The form of a server follows what others change of it: the connection doctor, or “use https” at an answer that failed."""

from dataclasses import replace

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from chatdesk.features.servers.ui.form.server_form import ServerForm
from chatdesk.kernel.servers.server import ConnectionOptions, Header, ProxyChoice
from tests.gui.features.settings.settings_harness import SettingsHarness, all_texts, is_shown, part, type_into


async def test_an_open_form_follows_what_is_changed_elsewhere_and_does_not_write_the_old_address_back(
    harness: SettingsHarness,
) -> None:
    card = harness.card("Ollama")
    await harness.settle()
    await harness.servers.save(replace(harness.servers.find("ollama"), base_url="http://office:11434"))
    await harness.settle()
    assert part(card, QLineEdit, "serverAddress").text() == "http://office:11434"
    assert not is_shown(card, "saveServer")
    type_into(card, "serverName", "Office")
    harness.press(card, "saveServer")
    await harness.settle()
    saved = harness.servers.find("ollama")
    assert (saved.name, saved.base_url) == ("Office", "http://office:11434")


async def test_what_is_being_typed_stays_while_the_rest_follows_what_is_changed_elsewhere(
    harness: SettingsHarness,
) -> None:
    card = harness.card("Ollama")
    await harness.settle()
    type_into(card, "serverName", "Office")
    connection = ConnectionOptions(ProxyChoice.NONE, ca_file="/etc/ca.pem")
    moved = replace(harness.servers.find("ollama"), base_url="http://office:11434", connection=connection)
    await harness.servers.save(moved)
    await harness.settle()
    assert part(card, QLineEdit, "serverName").text() == "Office"
    type_into(card, "serverAddress", "http://lab:11434")
    await harness.servers.save(replace(moved, base_url="http://attic:11434"))
    await harness.settle()
    assert part(card, QLineEdit, "serverAddress").text() == "http://lab:11434"
    draft = card.findChild(ServerForm).draft()
    assert (draft.name, draft.advanced.proxy, draft.advanced.ca_file) == ("Office", ProxyChoice.NONE, "/etc/ca.pem")
    harness.press(card, "cancelServer")
    assert part(card, QLineEdit, "serverAddress").text() == "http://attic:11434"


async def test_headers_and_json_that_are_being_typed_stay_and_it_is_reported_what_saving_them_does(
    harness: SettingsHarness,
) -> None:
    card = harness.card("Ollama")
    await harness.settle()
    part(card, QPlainTextEdit, "serverHeaders").setPlainText("X-Mine: typed")
    part(card, QPlainTextEdit, "serverExtraBody").setPlainText('{"mine": 1}')
    other = replace(harness.servers.find("ollama"), headers=(Header("X-Theirs", "v"),), extra_body='{"theirs": 2}')
    await harness.servers.save(other)
    await harness.settle()
    draft = card.findChild(ServerForm).draft()
    assert (draft.advanced.header_lines, draft.advanced.extra_body) == ("X-Mine: typed", '{"mine": 1}')
    notices = [text for text in all_texts(card) if "was changed elsewhere" in text]
    assert notices == [
        "This value was changed elsewhere to: X-Theirs. Saving replaces it with the value shown here.",
        'This value was changed elsewhere to: {"theirs": 2}. Saving replaces it with the value shown here.',
    ]
    harness.press(card, "saveServer")
    await harness.settle()
    assert harness.servers.find("ollama").headers == (Header("X-Mine"),)
    assert not any("was changed elsewhere" in text for text in all_texts(card))


async def test_headers_and_json_that_nobody_touches_follow_what_is_changed_elsewhere(harness: SettingsHarness) -> None:
    card = harness.card("Ollama")
    await harness.settle()
    type_into(card, "serverName", "Office")
    other = replace(harness.servers.find("ollama"), headers=(Header("X-Theirs", "v"),), extra_body='{"theirs": 2}')
    await harness.servers.save(other)
    await harness.settle()
    harness.press(card, "saveServer")
    await harness.settle()
    saved = harness.servers.find("ollama")
    assert (saved.name, saved.headers, saved.extra_body) == ("Office", (Header("X-Theirs"),), '{"theirs": 2}')
