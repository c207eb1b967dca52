"""The language changes at once, wherever one is."""

import asyncio

from PySide6.QtWidgets import QAbstractButton

from chatdesk.ui_kit.translations import Translations
from tests.gui.window.desk import Desk, Speaker


async def test_the_language_changes_while_an_answer_streams(
    desk: Desk, speaker: Speaker, translations: Translations
) -> None:
    end = asyncio.Event()
    speaker.says("Half", end, " and half.")
    desk.ask("First")
    await desk.until(lambda: desk.answer() == "Half")
    desk.type("still typing")
    translations.use("zh_CN")
    await desk.until(lambda: "今天" in desk.listed())
    stop = desk.part("stopButton")
    assert isinstance(stop, QAbstractButton)
    await desk.until(lambda: stop.text() == "停止")
    assert desk.edit.text() == "still typing"
    assert desk.edit.hasFocus()
    end.set()
    await desk.until(lambda: desk.answer() == "Half and half." and not desk.streaming())
    assert desk.listed() == ["今天", "First"]
    translations.use("en")
    await desk.until(lambda: desk.listed() == ["Today", "First"])
