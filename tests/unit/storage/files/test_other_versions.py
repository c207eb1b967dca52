"""What an older program does with the files of a newer one: what it does not know stays, what it cannot read is kept, nothing is lost."""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from chatdesk.features.batch.services.batch_journal import NEWER, BatchJournal
from chatdesk.features.models.services.model_preferences import ModelPreferencesFile
from chatdesk.features.models.services.pull_memory import PullMemory, RememberedPull
from chatdesk.features.models.services.speed_checks import SpeedChecks
from chatdesk.features.presets.files.preset_file import read_preset
from chatdesk.kernel.errors.preset_errors import PresetInvalid, PresetProblem
from chatdesk.kernel.errors.storage_errors import DatabaseNewer, FileNewer
from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.models.model_preference import ModelPreference
from chatdesk.kernel.models.pulls import PullPhase, PullProgress
from chatdesk.kernel.presets.preset import PresetOrigin
from chatdesk.kernel.servers.server import ServerConfig, ServerProtocol
from chatdesk.kernel.settings.declarations import THEME
from chatdesk.storage.database.database import Database
from chatdesk.storage.files.json_file import FileOutcome, JsonFile
from chatdesk.storage.files.servers_file import ServersFile
from chatdesk.storage.files.settings_file import SettingsFile

MODEL = ModelRef("ollama", "qwen3:8b")
SERVER = ServerConfig("lab", "Lab", "custom", ServerProtocol.OPENAI, "http://127.0.0.1:8000/v1")


def written(path: Path, content: object) -> bytes:
    path.write_text(json.dumps(content), encoding="utf-8")
    return path.read_bytes()


def contents(folder: Path) -> list[bytes]:
    return [file.read_bytes() for file in sorted(folder.iterdir())]


def after(path: Path) -> dict:
    return json.loads(path.read_text("utf-8"))


def test_settings_of_a_newer_version_stay_when_others_are_changed(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    written(path, {"chat.telepathy": {"on": True}, THEME.key: "dark"})
    file = SettingsFile(path)
    file.read()
    file.write({THEME.key: "light"})
    assert after(path) == {"chat.telepathy": {"on": True}, THEME.key: "light"}


def test_servers_that_only_a_newer_version_can_ask_stay_with_all_their_fields(tmp_path: Path) -> None:
    path = tmp_path / "servers.json"
    strange = {"id": "x", "name": "X", "vendor": "v", "protocol": "telepathy", "base_url": "mind:", "more": [1]}
    row = {"id": "lab", "name": "Lab", "vendor": "custom", "protocol": "openai", "base_url": SERVER.base_url, "new": 1}
    written(path, {"servers": [row, strange], "teams": ["a"]})
    file = ServersFile(path)
    servers, outcome = file.read()
    assert ([server.id for server in servers], outcome) == (["lab"], FileOutcome.READ)
    file.write(servers)
    stored = after(path)
    assert stored["teams"] == ["a"]
    assert strange in stored["servers"]
    assert next(each for each in stored["servers"] if each["id"] == "lab")["new"] == 1


def test_what_is_wanted_of_models_in_ways_not_known_yet_stays(tmp_path: Path) -> None:
    path = tmp_path / "models.json"
    other = {"server": "ollama", "model": "other", "voice": "deep"}
    own = {"server": MODEL.server_id, "model": MODEL.model_id, "nickname": "Q", "voice": "high"}
    written(path, {"models": [own, other], "groups": [1]})
    file = ModelPreferencesFile(path)
    file.read()
    file.write({MODEL: ModelPreference(nickname="Qwen")})
    stored = after(path)
    assert stored["groups"] == [1]
    assert other in stored["models"]
    assert {"nickname": "Qwen", "voice": "high"}.items() <= stored["models"][0].items()
    file = ModelPreferencesFile(path)
    file.read()
    file.write({})  # nothing that we know is wanted of it any more
    assert {"server": MODEL.server_id, "model": MODEL.model_id, "voice": "high"} in after(path)["models"]


Reader = Callable[[Path], object]
READERS: dict[str, Reader] = {
    "settings.json": lambda path: SettingsFile(path).read()[1],
    "servers.json": lambda path: ServersFile(path).read()[1],
    "models.json": lambda path: ModelPreferencesFile(path).read()[1],
    "downloads.json": lambda path: JsonFile(path).read()[1],
    "translation.json": lambda path: JsonFile(path).read()[1],
    "speed checks.json": lambda path: JsonFile(path).read()[1],
}


@pytest.mark.parametrize("name", READERS)
def test_a_file_that_only_a_newer_version_reads_is_as_it_was(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    content = written(path, {"format": 2, "theme": {"day": "light"}, "servers": {}, "models": "all"})
    assert READERS[name](path) is FileOutcome.NEWER
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == {name: content}


def test_it_is_kept_beside_once_something_else_is_written(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    content = written(path, {"format": 2, "x": 1})
    (tmp_path / "settings.json.last-good").write_bytes(content)
    for turn in (1, 2):
        file = SettingsFile(path)
        file.read()
        file.write({THEME.key: "dark"})
        assert (tmp_path / "settings.json.newer-1").read_bytes() == content
        assert SettingsFile(path).read() == ({THEME.key: "dark"}, FileOutcome.READ), turn
    assert not (tmp_path / "settings.json.newer-2").exists()


def test_its_good_copy_counts_where_the_file_itself_is_gone(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    content = written(tmp_path / "settings.json.last-good", {"format": 3})
    file = SettingsFile(path)
    assert file.read() == ({}, FileOutcome.NEWER)
    file.write({THEME.key: "dark"})
    assert (tmp_path / "settings.json.newer-1").read_bytes() == content


@pytest.mark.parametrize("value", [1, True, "2", 0, -1, None, 1.5])
def test_any_other_word_about_the_format_means_nothing(value: object, tmp_path: Path) -> None:
    written(tmp_path / "x.json", {"format": value, "a": 1})
    assert JsonFile(tmp_path / "x.json").read() == ({"format": value, "a": 1}, FileOutcome.READ)


async def test_downloads_of_a_newer_version_are_reported_and_not_forgotten(tmp_path: Path) -> None:
    path = tmp_path / "downloads.json"
    content = written(path, {"format": 2, "downloads": {"a": "b"}})
    memory = PullMemory(JsonFile(path))
    with pytest.raises(FileNewer) as caught:
        await memory.read()
    assert caught.value.path == str(path)
    await memory.write(())
    assert contents(tmp_path) == [content]
    stored = RememberedPull(MODEL, 9, PullProgress(), is_active=True)
    await memory.write((stored,))
    assert (tmp_path / "downloads.json.newer-1").read_bytes() == content
    assert await PullMemory(JsonFile(path)).read() == (replace(stored, progress=PullProgress(PullPhase.ASKING)),)


async def test_speed_checks_of_a_newer_version_are_reported_once_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "speed checks.json"
    content = written(path, {"format": 2, "results": "fast"})
    speeds = SpeedChecks(None, None, None, None, None, JsonFile(path), None)  # type: ignore[arg-type]
    await speeds.load()
    with pytest.raises(FileNewer):
        speeds.show_newer_version()
    speeds.show_newer_version()
    assert speeds.all() == {}
    assert contents(tmp_path) == [content]


def test_a_run_of_a_newer_version_is_reported_and_as_it_was_until_another_begins(tmp_path: Path) -> None:
    path = tmp_path / "batch.jsonl"
    content = written(path, {"format": 2, "inputs": []}) + b"\n"
    path.write_bytes(content)
    for _ in range(2):
        with pytest.raises(FileNewer) as caught:
            BatchJournal(path).read()
        assert caught.value.path == str(path)
    assert contents(tmp_path) == [content]
    for turn in ("1", "2"):
        path.write_bytes(content)
        journal = BatchJournal(path)
        journal.begin({"inputs": []})
        assert path.with_name(f"{path.name}{NEWER}{turn}").read_bytes() == content
        assert journal.read() == ({"inputs": []}, [])


def test_a_run_of_a_newer_version_is_not_thrown_away(tmp_path: Path) -> None:
    path = tmp_path / "batch.jsonl"
    content = written(path, {"format": 2})
    BatchJournal(path).forget()
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == {f"batch.jsonl{NEWER}1": content}
    BatchJournal(tmp_path / "none.jsonl").forget()


def test_a_preset_of_a_newer_schema_is_distinguished(tmp_path: Path) -> None:
    text = '+++\nschema = 2\nname = "Later"\n+++\nx\n'
    with pytest.raises(PresetInvalid) as caught:
        read_preset(text, "later", PresetOrigin.OWN)
    assert caught.value.problem is PresetProblem.NEWER_SCHEMA


@pytest.fixture
def newer(tmp_path: Path) -> Path:
    path = tmp_path / "chats.sqlite3"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE thoughts (text)")
        connection.execute("INSERT INTO thoughts VALUES ('mine')")
        connection.execute("PRAGMA user_version = 4000")
        connection.commit()
    return path


async def test_chats_of_a_newer_version_are_refused_and_left_byte_for_byte(newer: Path) -> None:
    before = contents(newer.parent)
    database = Database(newer)
    with pytest.raises(DatabaseNewer) as caught:
        await database.open(expected=True)
    assert caught.value.found == 4000
    assert contents(newer.parent) == before
