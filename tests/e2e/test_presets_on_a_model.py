"""Built-in presets, filled with their defaults and asked with their samples, are answered by the real built-in model.

How good an answer is says nothing here: the model is too small. What is tried is the whole way of a preset's text to a model.
Of those that take the same way the shortest is tried; CHATDESK_ALL_PRESETS=1 tries every file.
"""

import os
from collections.abc import Hashable
from contextlib import aclosing
from dataclasses import replace

import pytest

from chatdesk.app.core import open_core
from chatdesk.engine.installation import find_starter_model
from chatdesk.features.presets.files.preset_file import read_preset
from chatdesk.features.servers.services.connections import Connections
from chatdesk.features.servers.services.servers import BUILT_IN_ID
from chatdesk.kernel.chat.applied_presets import AppliedPreset
from chatdesk.kernel.chat.message import Role
from chatdesk.kernel.chat.request import ChatRequest, Turn
from chatdesk.kernel.chat.stream_events import TextDelta
from chatdesk.kernel.errors.engine_errors import EngineError
from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.presets.preset import Preset, PresetOrigin
from chatdesk.kernel.presets.template import names_in
from chatdesk.kernel.presets.variable import SYSTEM_NAMES
from chatdesk.kernel.redaction import Redactor
from chatdesk.system.folders import Folders
from chatdesk.system.resources import Resources

FACTS = dict.fromkeys(SYSTEM_NAMES, "2026-11-25")
FEW_TOKENS = 8
ALL = "CHATDESK_ALL_PRESETS" in os.environ


def missing() -> str:
    try:
        find_starter_model()
    except EngineError as error:
        return str(error)
    return ""


pytestmark = [pytest.mark.engine, pytest.mark.skipif(bool(missing()), reason=missing())]


@pytest.mark.timeout(3600 if ALL else 900)
async def test_built_in_presets_are_answered() -> None:
    folders, resources = Folders.locate(), Resources.locate()
    folders.make()
    presets = built_in_presets(resources)
    assert {preset.language for preset in presets} == {"en", "zh_CN"}
    async with open_core(folders, resources, Redactor()) as core:
        silent = [preset.id for preset in presets if not (await answer(core.servers.connections, preset)).strip()]
    assert silent == []


def built_in_presets(resources: Resources) -> list[Preset]:
    files = sorted((resources.resources / "presets").glob("*/*.md"))
    presets = [read_preset(file.read_text("utf-8"), file.stem, PresetOrigin.BUILT_IN) for file in files]
    presets.sort(key=lambda preset: len(preset.prompt + preset.question), reverse=True)
    return presets if ALL else list({way_of(preset): preset for preset in presets}.values())


def way_of(preset: Preset) -> Hashable:
    """What makes a difference on the way: in which parts of a request the preset's texts stand, and in which script."""
    return preset.language, preset.kind, bool(preset.prompt), bool(preset.question), bool(preset.greeting)


async def answer(connections: Connections, preset: Preset) -> str:
    """Return the beginning of what the model says to the preset's sample."""
    applied = AppliedPreset.of(preset)
    turns = (
        Turn(Role.SYSTEM, applied.system_text(FACTS)),
        Turn(Role.USER, applied.message_text(preset.sample, FACTS)),
    )
    assert [name for turn in turns for name in names_in(turn.text)] == []
    request = ChatRequest(
        find_starter_model().id,
        tuple(turn for turn in turns if turn.text),
        applied.thinking,
        replace(applied.parameters, max_tokens=FEW_TOKENS, seed=1),
        can_think=False,
    )
    texts: list[str] = []
    async with aclosing(connections.stream(ModelRef(BUILT_IN_ID, request.model_id), request)) as batches:
        async for batch in batches:
            texts += (event.text for event in batch if isinstance(event, TextDelta))
    return "".join(texts)
