"""The file of what is wanted of models."""

import json
from pathlib import Path

from chatdesk.features.models.services.model_preferences import ModelPreferencesFile
from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.models.model_preference import ModelPreference
from chatdesk.storage.files.json_file import FileOutcome

A, B = ModelRef("ollama", "qwen3:8b"), ModelRef("far", "qwen3:8b")


def test_what_is_written_is_read_by_the_next_start(tmp_path: Path) -> None:
    wanted = {A: ModelPreference("Helper", favourite=True), B: ModelPreference(hidden=True)}
    file = ModelPreferencesFile(tmp_path / "models.json")
    assert file.read() == ({}, FileOutcome.NEW)
    file.write(wanted)
    assert ModelPreferencesFile(tmp_path / "models.json").read() == (wanted, FileOutcome.READ)


def test_what_another_version_wrote_stays(tmp_path: Path) -> None:
    path = tmp_path / "models.json"
    row = {"server": "ollama", "model": "qwen3:8b", "nickname": "Helper", "colour": "green"}
    path.write_text(json.dumps({"models": [row, "nonsense", {"server": 1}], "version": 9}))
    file = ModelPreferencesFile(path)
    wanted, _ = file.read()
    assert wanted == {A: ModelPreference("Helper")}
    file.write({A: ModelPreference(favourite=True)})
    stored = json.loads(path.read_text())
    assert stored["version"] == 9
    assert stored["models"] == [{"server": "ollama", "model": "qwen3:8b", "favourite": True, "colour": "green"}]
