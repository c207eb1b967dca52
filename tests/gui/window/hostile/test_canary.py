"""A key that a server throws back wherever it can is in nothing that the program leaves behind or shows, whichever way it was asked.

How single replies are cleared is tested in tests/gui/faults/test_secrets.py; here the whole window is used: chats, a run over many, the
translator, a trial, the palette, the settings, copies, files, backups, and what other processes are given.
"""

import asyncio
import json
import logging
import os
from collections.abc import AsyncIterator, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtGui import QAccessible, QAccessibleInterface, QGuiApplication

from chatdesk.app.crash_handling import CrashHandler
from chatdesk.features.batch.domain.batch import BatchInput, BatchState
from chatdesk.features.conversations.services.files.chat_formats import CHAT_FORMATS
from chatdesk.features.conversations.services.files.chat_markdown import MARKDOWN
from chatdesk.features.conversations.services.files.exported_chat import ExportLabels
from chatdesk.features.presets.services.preset_trial import PresetTrials
from chatdesk.features.servers.services.server_secrets import SecretLocation
from chatdesk.kernel.chat.applied_presets import AppliedPreset
from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.redaction import Redactor
from chatdesk.kernel.servers.server import Header
from chatdesk.system.folders import Folders
from chatdesk.system.log_files import log_file
from tests.exports import exported, exported_readably
from tests.fakes.scripted_server import LAST_CHUNK, Request, ScriptedServer, Step, chunk, head, reply
from tests.gui.window.harness import FakeModel, Harness

KEY = "CANARYkey0123456789abcdef"
"""Looks like no key: it is masked because it is known."""
HEADER = "CANARYheader0123456789"
"""The value of a header, which works like a key."""
ECHO = f"Incorrect API key provided: {KEY} from {HEADER}"
WORDS = ExportLabels("You", "Answer", "Instructions", "Tool", "Reasoning", "Sources")


def answer(request: Request) -> Iterable[Step]:
    """List the models; refuse for the first with the key in the words, break off with it for the second, answer for the third."""
    if request.path.endswith("/models"):
        return [reply({"data": [{"id": "refuses"}, {"id": "breaks"}, {"id": "answers"}]})]
    model = request.json()["model"]
    if model == "refuses":
        return [reply({"error": {"message": ECHO, "code": KEY}}, 401, headers={"X-Echo": ECHO})]
    if model == "answers":
        deltas: list[dict[str, object]] = [{"reasoning_content": piece} for piece in ("I see ", KEY[:9], KEY[9:], ".")]
        deltas += [
            {"content": piece} for piece in ("So $x^2$. You sent ", KEY[:1], KEY[1:20], f"{KEY[20:]} and ", HEADER)
        ]
        call = {"index": 0, "id": KEY, "function": {"name": "f", "arguments": f'{{"key": "{KEY[:12]}'}}
        deltas += [{"tool_calls": [call]}, {"tool_calls": [{"index": 0, "function": {"arguments": f'{KEY[12:]}"}}'}}]}]
        ended = chunk('data: {"choices":[{"delta":{},"finish_reason":"stop"}]}\n\n')
        said = [chunk(f"data: {json.dumps({'choices': [{'delta': delta}]})}\n\n") for delta in deltas]
        return [head(), *said, ended, LAST_CHUNK]
    half = chunk('data: {"choices":[{"delta":{"content":"Half"}}]}\n\n')
    return [head(), half, chunk(f'data: {{"error":{{"message":"{ECHO}"}}}}\n\n'), LAST_CHUNK]


@pytest.fixture
async def echo() -> AsyncIterator[ScriptedServer]:
    async with ScriptedServer(answer) as server:
        yield server


async def test_a_key_is_left_behind_and_shown_nowhere(
    harness: Harness, fake_model: FakeModel, echo: ScriptedServer, home: Path, caplog: pytest.LogCaptureFixture
) -> None:
    program, folders = harness.program, Folders.locate()
    seen: list[str] = []
    redactor: Redactor = program.servers.servers.secrets._fallback._redactor
    with log_file(folders.logs, redactor, logging.DEBUG):
        server = program.servers.servers.new(program.servers.servers.vendors["custom"])
        gate = (Header("X-Gate", HEADER),)
        server = program.servers.servers.normalised(replace(server, base_url=f"{echo.url}/v1", headers=gate))
        await program.servers.servers.save(server)
        assert await program.servers.servers.set_key(server, KEY) is SecretLocation.THIS_RUN
        server = program.servers.servers.find(server.id)
        await program.servers.models.refresh_server(server)
        refuses, breaks = ModelRef(server.id, "refuses"), ModelRef(server.id, "breaks")

        for ref in (refuses, breaks, ModelRef(server.id, "answers")):
            harness.window._choose_model(ref)
            await harness.ask_and_wait("hello")
            seen += shown(harness)
            harness.click("newChat")
        seen += await given_to_children(harness)
        for chat in program.chat.conversations.all():
            for chat_format in CHAT_FORMATS:
                content = await exported_readably(program.conversations.exporting, chat.id, chat_format)
                assert str(home) not in content
                seen.append(content)
            (folders.data / f"{chat.id}.md").write_text(
                await exported(program.conversations.exporting, chat.id, MARKDOWN), "utf-8"
            )
        harness.window.navigation.open(program.chat.conversations.all()[1].id)
        await harness.until(lambda: "Half" in harness.answer())
        harness.transcript.chat_copy_requested.emit()
        await harness.until(lambda: QGuiApplication.clipboard().text())
        copied = QGuiApplication.clipboard().mimeData()
        seen += [bytes(copied.data(kind).data()).decode("utf-8", "replace") for kind in copied.formats()]

        preset = AppliedPreset("own:x", "Say it", prompt="Be brief.")
        batch = program.batch.get()
        for ref in (refuses, breaks):
            await batch.start(preset, ref, [BatchInput("one", "one"), BatchInput("two", "two")])
            await harness.until(lambda: batch.state is BatchState.FINISHED)
            seen.append(str(batch.rows))
            harness.router.show_page("batch", "")
            seen += shown(harness)

        translation = program.translation.get()
        translation.session.set_text("Good morning. How are you?")
        for ref in (refuses, breaks):
            translation.translate(ref)
            await translation.wait()
            seen.append(str(translation.session.document))
        harness.router.show_page("translation")
        seen += shown(harness)

        trials = PresetTrials(
            program.servers.connections,
            program.chat.instruction_resolver,
            program.servers.models.find,
            lambda: datetime.now(UTC),
        )
        for ref in (refuses, breaks):
            seen += [str(trial) async for trial in trials.run(preset, "sample", ref)]

        harness.router.show_settings("servers")
        await harness.until(lambda: program.servers.models.was_asked)
        seen += shown(harness)
        harness.router.show_chats()
        harness.window._palette.get().toggle()
        harness.part("paletteField").setText("CAN")
        seen += [shown_text for shown_text in shown(harness) if shown_text != "CAN"]

        CrashHandler(lambda: None).handle(RuntimeError, RuntimeError(ECHO), None)
        await program.backups.maintenance.run_maintenance()
    headers = [request.headers for request in echo.requests if request.method == "POST"]
    assert all(header["x-gate"] == HEADER for header in headers)
    asked = [header["authorization"] for header in headers]
    assert len(asked) >= 10
    assert all(KEY in header for header in asked)
    await harness.close()
    stored = await asyncio.to_thread(left_in, home)
    assert any(b"Incorrect API key provided" in content for content in stored.values())
    assert any("backup" in path for path in stored)
    assert [path for path, content in stored.items() if b"CANARY" in content] == []
    assert [text for text in seen if "CANARY" in text] == []
    assert any("You sent ••• and •••" in text for text in seen)
    assert sum("Incorrect API key provided: •••" in text for text in seen) >= 5, "what was looked at says nothing"


def left_in(home: Path) -> dict[str, bytes]:
    """Every file by its name, and what anybody can see of this process."""
    files = [*(path for path in home.rglob("*") if path.is_file()), Path("/proc/self/cmdline")]
    own = "\n".join(os.environ.values()).encode()
    return {str(path): path.read_bytes() for path in files} | {"environment": own}


def shown(harness: Harness) -> list[str]:
    """Everything that can be read of the window: its title, and what a screen reader gets of every part."""
    root = QAccessible.queryAccessibleInterface(harness.window)
    assert root is not None
    return [harness.window.windowTitle(), *_told(root)]


def _told(part: QAccessibleInterface) -> Iterator[str]:
    text = QAccessible.Text
    yield from filter(None, (part.text(kind) for kind in (text.Name, text.Description, text.Value, text.Help)))
    content = part.textInterface()
    if content is not None:
        yield content.text(0, content.characterCount())
    for index in range(part.childCount()):
        child = part.child(index)
        if child is not None:
            yield from _told(child)


async def given_to_children(harness: Harness) -> list[str]:
    """Command line and environment of the processes that were started: here the one that sets formulas."""
    folder = Path(f"/proc/{os.getpid()}/task")

    def children() -> list[str]:
        return [child for task in folder.iterdir() for child in (task / "children").read_text().split()]

    await harness.until(children)
    files = [Path(f"/proc/{child}") / name for child in children() for name in ("cmdline", "environ")]
    return [file.read_bytes().decode("utf-8", "replace") for file in files]
