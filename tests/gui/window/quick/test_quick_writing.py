"""What a quick question is asked with: text, clipboard, presets, a model, and the keys."""

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from chatdesk.features.chat.ui.composer.composer import Composer
from chatdesk.features.chat.ui.context.document_strip import DocumentStrip
from chatdesk.features.chat.ui.transcript.messages.message_item import REASONING
from chatdesk.features.presets.ui.use.preset_popup import PresetPopup
from chatdesk.features.quick.ui.quick_page import CLIPBOARD_KEYS, OPEN_KEYS
from chatdesk.kernel.settings.declarations import QUICK_DRAFT, QUICK_PRESET, ZOOM
from chatdesk.system.folders import Folders
from chatdesk.ui_kit.shortcuts import SHORTCUTS
from tests.gui.window.chat.document_steps import FACT, book
from tests.gui.window.harness import FakeModel, Harness
from tests.gui.window.pictures.attach_steps import files
from tests.gui.window.quick_harness import Quick

SHOUT = """\
+++
name = "Shout it"

[[variables]]
name = "to"
required = true
+++
Shout to {{to}}.
"""


@pytest.fixture
def own_preset() -> None:
    folder = Folders.locate().data / "presets"
    folder.mkdir(parents=True)
    (folder / "shout.md").write_text(SHOUT, "utf-8")


async def test_the_clipboard_is_taken_along_by_a_click_and_never_before(quick: Quick, fake_model: FakeModel) -> None:
    QGuiApplication.clipboard().setText("A long text\nof two lines\n")
    assert quick.edit.text() == ""
    quick.click("useClipboard")
    quick.type("Sum up:")
    quick.press(Qt.Key.Key_Return)
    await quick.harness.until(lambda: fake_model.asked and not quick.streaming())
    assert fake_model.last_question() == "Sum up:\n\nA long text\nof two lines"


async def test_an_empty_clipboard_is_reported(quick: Quick) -> None:
    QGuiApplication.clipboard().clear()
    quick.click("useClipboard")
    assert quick.edit.text() == ""
    assert quick.toast() == ["The clipboard contains no text, picture or file"]


async def test_a_picture_on_the_clipboard_goes_along_too(quick: Quick) -> None:
    image = QImage(8, 8, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    QGuiApplication.clipboard().setImage(image)
    quick.click("useClipboard")
    composer = quick.part("composer")
    assert isinstance(composer, Composer)
    await quick.harness.until(lambda: len(composer.attachments()) == 1)
    QGuiApplication.clipboard().clear()


async def test_documents_on_the_clipboard_go_along_too(quick: Quick, fake_model: FakeModel, tmp_path: Path) -> None:
    (tmp_path / "notes.md").write_text("The promise was thirty percent less packaging.", "utf-8")
    data = files(tmp_path / "notes.md")
    data.setText(str(tmp_path / "notes.md"))
    QGuiApplication.clipboard().setMimeData(data)
    quick.click("useClipboard")
    composer = quick.part("composer")
    assert isinstance(composer, Composer)
    await quick.harness.until(lambda: len(composer.attachments()) == 1)
    quick.ask("What was promised?")
    await quick.harness.until(lambda: fake_model.asked and not quick.streaming())
    assert "thirty percent less packaging." in fake_model.last_question()
    assert fake_model.last_question().endswith("What was promised?")


async def test_what_is_typed_is_there_after_the_window_was_closed_and_after_a_new_start(
    quick: Quick, open_harness: Callable[[], Awaitable[Harness]]
) -> None:
    harness = quick.harness
    quick.type("Half a thought")
    quick.press(Qt.Key.Key_Escape)
    assert harness.program.settings.get(QUICK_DRAFT) == "Half a thought"
    assert harness.edit.text() == ""
    harness.window.show_quick()
    assert quick.edit.text() == "Half a thought"
    await harness.close()
    again = await open_harness()
    again.window.show_quick()
    assert Quick(again).edit.text() == "Half a thought"


async def test_a_preset_is_chosen_by_a_slash_filled_in_and_remembered(
    own_preset: None, harness: Harness, fake_model: FakeModel
) -> None:
    await harness.until(lambda: harness.program.presets.presets.loaded)
    harness.window.show_quick()
    quick = Quick(harness)
    await quick.keyboard_in(quick.edit)
    quick.type("/")
    popup = next(each for each in quick.window.findChildren(PresetPopup) if each.isVisible())
    search = popup.findChild(QLineEdit, "presetSearch")
    QTest.keyClicks(search, "shout")
    QTest.keyClick(search, Qt.Key.Key_Return)
    to = quick.part("variable_to").findChild(QLineEdit)
    await harness.until(to.isVisible)
    quick.ask("loud")
    assert fake_model.asked == []
    QTest.keyClicks(to, "Ann")
    quick.press(Qt.Key.Key_Return)
    await harness.until(lambda: fake_model.asked and not quick.streaming())
    assert [turn["content"] for turn in fake_model.asked[-1]["messages"]] == ["Shout to Ann.", "loud"]
    assert harness.program.chat.conversations.all()[0].preset.name == "Shout it"
    assert harness.chat_presenter.presets.preset is None
    quick.click("newQuick")
    assert quick.messages() == []
    assert quick.words("presetName") == "Shout it"
    QTest.keyClick(quick.part("removePreset"), Qt.Key.Key_Space)
    assert harness.program.settings.get(QUICK_PRESET) == ""


async def test_keys_mean_what_they_mean_in_the_window(quick: Quick, fake_model: FakeModel) -> None:
    control, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
    settings = quick.harness.program.settings
    await quick.harness.until(lambda: QApplication.activeWindow() is quick.window)
    quick.press(Qt.Key.Key_Plus, control)
    assert settings.get(ZOOM) == 110
    quick.press(Qt.Key.Key_0, control)
    assert settings.get(ZOOM) == 100
    await quick.ask_and_wait("Once")
    fake_model.says("Twice.")
    quick.press(Qt.Key.Key_R, control)
    await quick.harness.until(lambda: quick.messages() == ["Once", "Twice."] and not quick.streaming())
    quick.press(Qt.Key.Key_C, control | shift)
    assert QGuiApplication.clipboard().text() == "Twice."
    quick.press(Qt.Key.Key_N, control)
    assert quick.messages() == []
    taken = {keys for row in SHORTCUTS for keys in row.keys}
    assert {OPEN_KEYS, CLIPBOARD_KEYS}.isdisjoint(taken)


async def test_its_model_is_its_own_and_remembered_and_its_thinking_is_folded(
    quick: Quick, fake_model: FakeModel, open_harness: Callable[[], Awaitable[Harness]]
) -> None:
    harness = quick.harness
    fake_model.says("Oh.", reasoning=("Let me think.",))
    quick.press(Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    search = quick.part("modelSearch")
    QTest.keyClicks(search, "thinker")
    QTest.keyClick(search, Qt.Key.Key_Return)
    await quick.ask_and_wait("Hm?")
    assert harness.program.chat.conversations.all()[0].model.model_id == "thinker:8b"
    chat = harness.program.chat.conversations.all()[0]
    assert (await harness.program.chat.chat.path(chat.id))[0][1].reasoning.text == "Let me think."
    assert all(placed.part != REASONING for placed in quick.transcript.document[1].columns())
    assert harness.models.chosen.ref.model_id == "scripted:1b"
    await harness.close()
    again = await open_harness()
    again.window.show_quick()
    assert again.window._quick.get()._models.chosen.ref.model_id == "thinker:8b"


async def test_it_grows_with_what_is_written(quick: Quick) -> None:
    before = quick.window.height()
    for _ in range(4):
        quick.type("x")
        quick.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    await quick.harness.until(lambda: quick.window.height() > before)
    assert quick.part("composer").geometry().bottom() < quick.window.height()


async def test_a_long_document_is_sent_as_passages_and_nothing_opens_beside_the_chat(
    quick: Quick, fake_model: FakeModel, tmp_path: Path
) -> None:
    QGuiApplication.clipboard().setMimeData(files(book(tmp_path / "minutes.pdf")))
    quick.click("useClipboard")
    await quick.harness.until(lambda: quick.window.findChild(DocumentStrip) and quick.part("documentStrip").isVisible())
    assert not quick.part("document.choose").isVisible()
    quick.click("document.passages")
    quick.ask("Who was paid in herring?")
    await quick.harness.until(lambda: fake_model.asked and not quick.streaming())
    assert FACT in fake_model.last_question()
