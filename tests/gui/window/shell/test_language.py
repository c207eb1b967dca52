"""The language changes at once, wherever one is."""

import asyncio

from PySide6.QtWidgets import QAbstractButton

from chatdesk.ui_kit.translations import Translations
from tests.gui.window.harness import FakeModel, Harness


async def test_the_language_changes_while_an_answer_streams(
    harness: Harness, fake_model: FakeModel, translations: Translations
) -> None:
    end = asyncio.Event()
    fake_model.says("Half", end, " and half.")
    harness.ask("First")
    await harness.until(lambda: harness.answer() == "Half")
    harness.type("still typing")
    translations.use("zh_CN")
    await harness.until(lambda: "今天" in harness.listed())
    stop = harness.part("stopButton")
    assert isinstance(stop, QAbstractButton)
    await harness.until(lambda: stop.text() == "停止")
    assert harness.edit.text() == "still typing"
    assert harness.edit.hasFocus()
    end.set()
    await harness.until(lambda: harness.answer() == "Half and half." and not harness.streaming())
    assert harness.listed() == ["文件夹", "今天", "First"]
    translations.use("en")
    await harness.until(lambda: harness.listed() == ["Folders", "Today", "First"])
