"""Chats are imported while an answer is written: the window goes on, and both are there in the end."""

import asyncio
from pathlib import Path

from tests.gui.window.harness import FakeModel, Harness
from tests.gui.window.heartbeat import Heartbeat
from tests.unit.features.conversations.foreign_chats import foreign_chat, write_export


async def test_the_window_goes_on_while_chats_are_imported(
    harness: Harness, fake_model: FakeModel, tmp_path: Path
) -> None:
    chats = [foreign_chat(str(number), ["some words " * 30] * 6, day=number) for number in range(300)]
    path = write_export(tmp_path / "export.json", *chats)
    imports = harness.program.conversations.imports.get()
    preview = await imports.preview([path])
    go_on = asyncio.Event()
    fake_model.says("It begins", go_on, " and ends.")
    harness.ask("Hello")
    await harness.until(lambda: "It begins" in harness.answer())
    with Heartbeat() as heartbeat:
        result = await imports.add(preview, [each.summary.id for each in preview.chats])
    assert heartbeat.longest < 0.1
    assert harness.streaming()
    go_on.set()
    await harness.until(lambda: not harness.streaming())
    assert harness.answer() == "It begins and ends."
    assert (len(result.added), result.messages) == (300, 1_800)
    chats_listed = [title for title in harness.listed() if title == "Hello" or title.startswith("Chat ")]
    assert chats_listed[:4] == ["Hello", "Chat 299", "Chat 298", "Chat 297"]
