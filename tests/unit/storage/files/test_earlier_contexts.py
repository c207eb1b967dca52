"""What earlier versions kept of models' context is still wanted."""

import json
from dataclasses import fields
from pathlib import Path

import pytest

from chatdesk.app.core import open_core
from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.redaction import Redactor
from chatdesk.storage.files.settings_file import EARLIER_CONTEXTS, earlier_contexts
from chatdesk.system.folders import Folders
from chatdesk.system.resources import Resources

A, B = ModelRef("ollama", "qwen3:8b"), ModelRef("far", "hf.co/u/模型:Q4")
TEXT = json.dumps({"ollama\nqwen3:8b": 16384, "far\nhf.co/u/模型:Q4": 4096}, ensure_ascii=False)


def test_tokens_are_read_by_server_and_model() -> None:
    assert {ref: wanted.parameters.num_ctx for ref, wanted in earlier_contexts(TEXT).items()} == {A: 16384, B: 4096}


@pytest.mark.parametrize(
    "value",
    [None, 7, "", "{broken", "[1]", '{"a": 4096}', '{"a\\nb": "4096"}', '{"a\\nb": true}', '{"a\\nb": -1}', "[" * 9999],
)
def test_what_was_changed_by_hand_says_nothing(value: object) -> None:
    assert earlier_contexts(value) == {}


async def test_it_holds_until_there_is_a_file_of_models(tmp_path: Path) -> None:
    folders = Folders(**{each.name: tmp_path / each.name for each in fields(Folders)})
    folders.make()
    (folders.config / "settings.json").write_text(json.dumps({EARLIER_CONTEXTS: TEXT}), "utf-8")
    async with open_core(folders, Resources.locate(), Redactor()) as core:
        assert core.models.preferences.context(A) == 16384
        core.models.preferences.set_context(A, 8192)
    async with open_core(folders, Resources.locate(), Redactor()) as core:
        assert (core.models.preferences.context(A), core.models.preferences.context(B)) == (8192, 4096)
