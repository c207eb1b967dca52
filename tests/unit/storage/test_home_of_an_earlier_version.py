"""A data folder that the program of November 2026 wrote, before its modules were moved, is read as that program read it.

`tests/data/home-2026-11` has a database with a value in every column, every setting, servers, model preferences and a preset;
`expected.json` is what the program of that time read from it: of each value its fields in their order.
"""

import dataclasses
import enum
import json
import shutil
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from chatdesk.app.core import open_core
from chatdesk.features.models.services.model_preferences import ModelPreferencesFile
from chatdesk.features.presets.files.preset_folder import PresetFolder
from chatdesk.kernel.presets.preset import PresetOrigin
from chatdesk.kernel.redaction import Redactor
from chatdesk.kernel.settings.declarations import (
    DOCUMENT_WIDTH,
    MODELS_TAB,
    SIDE_PANEL,
    SIDE_PANEL_WIDTH,
    SIDEBAR_WIDTH,
    WINDOW_STATE,
)
from chatdesk.storage.database.connection import Connection, open_connection
from chatdesk.storage.database.conversation_repository import ConversationRepository, FolderRepository
from chatdesk.storage.database.message_repository import MessageRepository
from chatdesk.storage.database.migrator import migrate
from chatdesk.storage.files.servers_file import ServersFile
from chatdesk.storage.files.settings_file import SettingsFile
from chatdesk.storage.migrations import MIGRATIONS
from chatdesk.system.folders import Folders
from chatdesk.system.resources import Resources
from tests.paths import DATA

WRITTEN = DATA / "home-2026-11"
EXPECTED = json.loads((WRITTEN / "expected.json").read_text(encoding="utf-8"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return shutil.copytree(WRITTEN, tmp_path / "home")


@pytest.fixture
def chats(folder: Path) -> Iterator[Connection]:
    with closing(open_connection(folder / "chats.sqlite3")) as connection:
        migrate(connection, MIGRATIONS, folder / "backups")
        yield connection


def values(held: object) -> Any:
    """Return what `expected.json` has of a value, whatever its fields are called today."""
    match held:
        case enum.Enum():
            return held.value
        case datetime():
            return held.isoformat()
        case set() | frozenset():
            return sorted(map(values, held), key=str)
        case tuple() | list():
            return [values(each) for each in held]
        case dict():
            return [[values(key), values(value)] for key, value in held.items()]
        case str() | int() | float() | None:
            return held
        case _ if dataclasses.is_dataclass(held):
            return {"values": [values(getattr(held, field.name)) for field in dataclasses.fields(held)]}
    return str(held)


def assert_same(now: Any, then: Any) -> None:
    """Compare; a dataclass may have got more fields at its end."""
    if isinstance(then, dict) and "values" in then:
        assert len(now["values"]) >= len(then["values"])
        for each, before in zip(now["values"], then["values"], strict=False):
            assert_same(each, before)
    elif isinstance(then, list):
        assert len(now) == len(then)
        for each, before in zip(now, then, strict=True):
            assert_same(each, before)
    else:
        assert now == then


def test_chats_folders_and_messages(chats: Connection) -> None:
    found = ConversationRepository(chats).list()
    assert len(found) == 2
    assert_same(values(found), EXPECTED["chats"])
    messages = MessageRepository(chats)
    assert_same([values(messages.of_conversation(chat.id)) for chat in found], EXPECTED["messages"])
    assert_same(values(FolderRepository(chats).list()), EXPECTED["folders"])


async def test_settings_and_the_state_of_windows_among_them(folder: Path) -> None:
    read, _ = SettingsFile(folder / "settings.json").read()
    folders = Folders(**{each.name: folder for each in dataclasses.fields(Folders)})
    async with open_core(folders, Resources.locate(), Redactor()) as core:
        states = {state.key: core.window_state.get(state) for state in WINDOW_STATE}
        core.window_state.set(SIDEBAR_WIDTH, 300)
    assert len(EXPECTED["settings"]) == 64
    expected = dict(EXPECTED["settings"])
    assert expected.pop("state.outline_open")
    assert expected.pop("state.guide_context")  # the catalogue judges models by one context
    assert states[SIDE_PANEL.key] == "outline"  # which took its place
    assert expected.items() <= {**read, **states}.items()
    async with open_core(folders, Resources.locate(), Redactor()) as core:
        assert {state.key: core.window_state.get(state) for state in WINDOW_STATE} == {**states, SIDEBAR_WIDTH.key: 300}
    assert json.loads((folder / "window.json").read_text(encoding="utf-8")).keys() == states.keys() - {
        DOCUMENT_WIDTH.key,
        MODELS_TAB.key,
        SIDE_PANEL_WIDTH.key,
    }


def test_servers(folder: Path) -> None:
    read, _ = ServersFile(folder / "servers.json").read()
    assert_same(values(read), EXPECTED["servers"])


def test_preferences_of_models(folder: Path) -> None:
    read, _ = ModelPreferencesFile(folder / "models.json").read()
    assert_same(values(read), EXPECTED["models"])


def test_presets(folder: Path) -> None:
    texts = PresetFolder(folder / "presets", PresetOrigin.OWN).read().texts
    assert_same([values(text.preset) for text in texts.values()], EXPECTED["presets"])
