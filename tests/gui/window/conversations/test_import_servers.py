"""Servers in the file of another program arrive switched off, and a key is only read when a person asks for this one."""

import json
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QWidget

from chatdesk.features.conversations.ui.importing.import_sheet import Step
from chatdesk.kernel.errors.storage_errors import FileUnavailable
from tests.gui.window.conversations.import_steps import at, press, words
from tests.gui.window.harness import Harness

KEY = "sk-canary-0123456789"


@pytest.fixture
def backup(tmp_path: Path) -> Path:
    """A backup of Chatbox with one chat and two servers, one of them with a key."""
    messages = [{"id": "m", "role": "user", "contentParts": [{"type": "text", "text": "Hello"}], "timestamp": 1}]
    providers = {"openai": {"apiKey": KEY}, "mine": {"apiHost": "https://lab.example"}}
    custom = [{"id": "mine", "name": "Lab", "type": "openai", "defaultSettings": {"apiHost": "https://lab.example"}}]
    path = tmp_path / "chatbox.json"
    path.write_text(
        json.dumps(
            {
                "configVersion": 12,
                "settings": {"providers": providers, "customProviders": custom},
                "chat-sessions-list": [{"id": "s1", "name": "Greeting", "type": "chat"}],
                "session:s1": {"id": "s1", "name": "Greeting", "messages": messages},
            }
        ),
        "utf-8",
    )
    return path


def added(harness: Harness) -> list[str]:
    servers = harness.program.servers.servers.all()
    return [server.name for server in servers if server.name in {"OpenAI", "openai", "Lab"} and not server.enabled]


def remove_chats(backup: Path) -> None:
    file = json.loads(backup.read_text("utf-8"))
    del file["session:s1"]
    file["chat-sessions-list"] = []
    backup.write_text(json.dumps(file), "utf-8")


async def test_a_key_is_read_and_kept_when_a_person_asks_for_it(
    harness: Harness, backup: Path, caplog: pytest.LogCaptureFixture
) -> None:
    harness.window.import_chats([backup])
    preview = await at(harness, Step.PREVIEW)
    assert preview.findChild(QCheckBox, "importServersCheck").text() == "2 provider(s), switched off"
    press(harness, "importButton")
    report = await at(harness, Step.REPORT)
    assert len(added(harness)) == 2
    assert "2 provider(s), switched off" in words(report)
    servers = harness.program.servers.servers
    (openai,) = (server for server in servers.all() if server.base_url == "https://api.openai.com/v1")
    assert await servers.key(openai) is None
    (button,) = report.findChildren(QAbstractButton, "takeServerKey")
    button.click()
    await harness.until(lambda: "its key is kept until Chatdesk is closed" in words(report))
    key = await servers.key(openai)
    assert key is not None
    assert not servers.find(openai.id).enabled
    assert KEY not in caplog.text
    assert not button.isVisible()


async def test_undo_removes_the_servers_again(harness: Harness, backup: Path) -> None:
    before = harness.program.servers.servers.all()
    harness.window.import_chats([backup])
    await at(harness, Step.PREVIEW)
    press(harness, "importButton")
    await at(harness, Step.REPORT)
    press(harness, "undoImport")
    await harness.until(lambda: "Import undone" in harness.toast())
    assert harness.program.servers.servers.all() == before


async def test_servers_can_be_left_out(harness: Harness, backup: Path) -> None:
    harness.window.import_chats([backup])
    preview = await at(harness, Step.PREVIEW)
    preview.findChild(QCheckBox, "importServersCheck").click()
    press(harness, "importButton")
    await harness.until(lambda: "Chat imported" in harness.toast())
    assert added(harness) == []


async def test_servers_alone_can_be_imported(harness: Harness, backup: Path) -> None:
    remove_chats(backup)
    harness.window.import_chats([backup])
    await at(harness, Step.PREVIEW)
    press(harness, "importButton")
    report = await at(harness, Step.REPORT)
    assert "2 provider(s) added" in words(report)


async def test_servers_that_cannot_be_saved_are_reported_beside_the_chats_that_came(
    harness: Harness, backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(_server: object) -> None:
        raise FileUnavailable(path="servers.json")

    monkeypatch.setattr(harness.program.servers.servers, "save", fail)
    harness.window.import_chats([backup])
    await at(harness, Step.PREVIEW)
    press(harness, "importButton")
    report = await at(harness, Step.REPORT)
    findings = [each.accessibleName() for each in report.findChildren(QWidget, "importFinding")]
    assert any("The providers could not be added" in each for each in findings)
    assert [chat.title for chat in harness.program.chat.conversations.all()] == ["Greeting"]
    assert added(harness) == []
