"""The window for quick questions: opened over everything, asked once, closed; what was asked is kept in a folder of its own."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from chatdesk.domain.message import MessageState
from chatdesk.domain.settings import QUICK_DRAFT, QUICK_FOLDER, QUICK_PRESET, ZOOM
from chatdesk.system.folders import Folders
from chatdesk.ui.composer.message_edit import MessageEdit
from chatdesk.ui.presets.preset_popup import PresetPopup
from chatdesk.ui.quick.quick_foot import COPY_KEYS, NEW_KEYS, OPEN_KEYS
from chatdesk.ui.quick.quick_window import QuickWindow
from chatdesk.ui.shell.quick_page import CLIPBOARD_KEYS
from chatdesk.ui.shell.shortcuts import SHORTCUTS
from chatdesk.ui.theme.label import Label
from chatdesk.ui.theme.toast import Toast
from chatdesk.ui.transcript.blocks.block_text import text_of
from chatdesk.ui.transcript.messages.message_item import REASONING, TEXT
from chatdesk.ui.transcript.transcript_view import TranscriptView
from tests.fakes.scripted_server import reply
from tests.gui.shell.desk import Desk, Speaker

SHOUT = """\
+++
name = "Shout it"

[[variables]]
name = "to"
required = true
+++
Shout to {{to}}.
"""


class Quick:
    """The small window and the person in front of it."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.window = self._window()

    @staticmethod
    def _window() -> QuickWindow:
        return next(each for each in QApplication.topLevelWidgets() if isinstance(each, QuickWindow))

    def part(self, name: str) -> QWidget:
        found = self.window.findChild(QWidget, name)
        assert found is not None, name
        return found

    @property
    def edit(self) -> MessageEdit:
        return self.part("message")

    def type(self, text: str) -> None:
        QTest.keyClicks(self.edit, text)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.edit, key, modifier)

    def click(self, name: str) -> None:
        QTest.mouseClick(self.part(name), Qt.MouseButton.LeftButton)

    def ask(self, text: str) -> None:
        self.type(text)
        self.press(Qt.Key.Key_Return)

    async def ask_and_wait(self, text: str) -> None:
        self.ask(text)
        await self.desk.until(lambda: len(self.messages()) >= 2 and not self.streaming())

    @property
    def transcript(self) -> TranscriptView | None:
        return self.window.findChild(TranscriptView)

    def messages(self) -> list[str]:
        document = self.transcript._document if self.transcript else []
        columns = [document[index].column(TEXT) for index in range(len(document))]
        return ["\n".join(text_of(block) for block in column.blocks) if column else "" for column in columns]

    async def keyboard_in(self, widget: QWidget) -> None:
        """Wait until it has the keyboard of its window: without a screen Qt takes the window's away now and then."""
        await self.desk.until(lambda: widget.isVisible() and widget.window().focusWidget() is widget)

    def streaming(self) -> bool:
        return self.part("stopButton").isVisible()

    def words(self, name: str) -> str:
        found = self.window.findChild(Label, name)
        assert found is not None
        return found.text()

    def toast(self) -> list[str]:
        return [label.text() for toast in self.window.findChildren(Toast) for label in toast.findChildren(Label)]


@pytest.fixture
def own_preset() -> None:
    folder = Folders.locate().data / "presets"
    folder.mkdir(parents=True)
    (folder / "shout.md").write_text(SHOUT, "utf-8")


@pytest.fixture
async def quick(desk: Desk) -> Quick:
    desk.press(Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    return Quick(desk)


async def test_a_question_is_answered_under_it_and_kept_in_a_folded_folder(quick: Quick, speaker: Speaker) -> None:
    desk = quick.desk
    speaker.says("**Blue** light scatters.")
    low = quick.window.height()
    assert quick.window.isVisible()
    assert quick.edit.hasFocus()
    assert desk.program.folders.all() == ()
    await quick.ask_and_wait("Why is the sky blue?")
    assert quick.messages() == ["Why is the sky blue?", "Blue light scatters."]
    assert quick.window.height() > low
    folder = desk.program.folders.all()[0]
    assert (folder.name, folder.collapsed) == ("Quick questions", True)
    assert quick.words("quickKept") == "Kept in “Quick questions”"
    chat = desk.program.conversations.all()[0]
    assert (chat.title, chat.folder_id) == ("Why is the sky blue?", folder.id)
    assert desk.chat() == ""
    assert "Why is the sky blue?" not in desk.listed()


async def test_escape_stops_and_then_closes_and_the_next_time_begins_anew(quick: Quick, speaker: Speaker) -> None:
    desk, go_on = quick.desk, asyncio.Event()
    speaker.says("It is", go_on)
    quick.ask("Why?")
    await desk.until(lambda: quick.messages()[1:] == ["It is"])
    quick.press(Qt.Key.Key_Escape)
    assert quick.window.isVisible()
    await desk.until(lambda: not quick.streaming())
    quick.press(Qt.Key.Key_Escape)
    assert not quick.window.isVisible()
    desk.window.show_quick()
    assert quick.window.isVisible()
    assert quick.messages() == []
    await quick.keyboard_in(quick.edit)
    await quick.ask_and_wait("And now?")
    chats = desk.program.conversations.all()
    assert [chat.title for chat in chats] == ["And now?", "Why?"]
    assert len({chat.folder_id for chat in chats}) == 1
    assert len(desk.program.folders.all()) == 1


async def test_an_answer_goes_on_behind_a_closed_window_and_is_shown_the_next_time(
    quick: Quick, speaker: Speaker
) -> None:
    desk, go_on = quick.desk, asyncio.Event()
    speaker.says("Half", go_on, " and whole.")
    quick.ask("Slow?")
    await desk.until(lambda: quick.messages()[1:] == ["Half"])
    quick.click("closeQuick")
    assert not quick.window.isVisible()
    chat = desk.program.conversations.all()[0]
    go_on.set()
    await desk.until(lambda: not desk.program.chat.is_answering(chat.id))
    desk.window.show_quick()
    assert quick.messages() == ["Slow?", "Half and whole."]


async def test_opened_as_a_chat_it_leaves_the_folder_and_is_shown_in_the_window(quick: Quick) -> None:
    desk = quick.desk
    await quick.ask_and_wait("Keep me")
    quick.click("openAsChat")
    await desk.until(lambda: desk.chat() and len(desk.messages()) == 2)
    assert desk.messages() == ["Keep me", "Yes."]
    assert desk.program.conversations.all()[0].folder_id is None
    assert "Keep me" in desk.listed()
    assert not quick.window.isVisible()
    desk.ask("More")
    await desk.until(lambda: len(desk.messages()) == 4)
    assert quick.messages() == []


async def test_an_answer_read_here_is_not_marked_unread_in_the_sidebar(quick: Quick) -> None:
    desk = quick.desk
    await quick.ask_and_wait("Read here")
    await desk.program.folders.set_collapsed(desk.program.folders.all()[0].id, collapsed=False)
    await desk.until(lambda: "Read here" in desk.listed())
    assert desk.marks("Read here") == (False, False)


async def test_more_is_asked_in_the_same_chat_until_a_new_question_is_begun(quick: Quick, speaker: Speaker) -> None:
    await quick.ask_and_wait("One")
    quick.ask("Two")
    await quick.desk.until(lambda: len(quick.messages()) == 4 and not quick.streaming())
    assert [turn["content"] for turn in speaker.asked[-1]["messages"]] == ["One", "Yes.", "Two"]
    quick.press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert quick.messages() == []
    assert quick.edit.hasFocus()
    assert len(quick.desk.program.conversations.all()) == 1


async def test_the_answer_is_copied(quick: Quick, speaker: Speaker) -> None:
    speaker.says("Some *words*")
    await quick.ask_and_wait("Write")
    quick.click("copyAnswer")
    assert QGuiApplication.clipboard().text() == "Some *words*"
    assert "The answer is on the clipboard" in quick.toast()


async def test_the_clipboard_is_taken_along_by_a_click_and_never_before(quick: Quick, speaker: Speaker) -> None:
    QGuiApplication.clipboard().setText("A long text\nof two lines\n")
    assert quick.edit.text() == ""
    quick.click("useClipboard")
    quick.type("Sum up:")
    quick.press(Qt.Key.Key_Return)
    await quick.desk.until(lambda: speaker.asked and not quick.streaming())
    assert speaker.last_question() == "Sum up:\n\nA long text\nof two lines"


async def test_an_empty_clipboard_is_told(quick: Quick) -> None:
    QGuiApplication.clipboard().clear()
    quick.click("useClipboard")
    assert quick.edit.text() == ""
    assert quick.toast() == ["There is no text on the clipboard"]


async def test_what_is_typed_is_there_after_the_window_was_closed_and_after_a_new_start(
    quick: Quick, open_desk: Callable[[], Awaitable[Desk]]
) -> None:
    desk = quick.desk
    quick.type("Half a thought")
    quick.press(Qt.Key.Key_Escape)
    assert desk.program.settings.get(QUICK_DRAFT) == "Half a thought"
    assert desk.edit.text() == ""
    desk.window.show_quick()
    assert quick.edit.text() == "Half a thought"
    await desk.close()
    again = await open_desk()
    again.window.show_quick()
    assert Quick(again).edit.text() == "Half a thought"


async def test_a_preset_is_chosen_by_a_slash_filled_in_and_remembered(
    own_preset: None, desk: Desk, speaker: Speaker
) -> None:
    await desk.until(lambda: desk.program.presets.loaded)
    desk.window.show_quick()
    quick = Quick(desk)
    await quick.keyboard_in(quick.edit)
    quick.type("/")
    popup = next(each for each in quick.window.findChildren(PresetPopup) if each.isVisible())
    search = popup.findChild(QLineEdit, "presetSearch")
    QTest.keyClicks(search, "shout")
    QTest.keyClick(search, Qt.Key.Key_Return)
    to = quick.part("variable_to").findChild(QLineEdit)
    await desk.until(to.isVisible)
    quick.ask("loud")
    assert speaker.asked == []
    QTest.keyClicks(to, "Ann")
    quick.press(Qt.Key.Key_Return)
    await desk.until(lambda: speaker.asked and not quick.streaming())
    assert [turn["content"] for turn in speaker.asked[-1]["messages"]] == ["Shout to Ann.", "loud"]
    assert desk.program.conversations.all()[0].preset.name == "Shout it"
    assert desk.window._chat.presets.preset is None
    quick.click("newQuick")
    assert quick.messages() == []
    assert quick.words("presetName") == "Shout it"
    QTest.keyClick(quick.part("removePreset"), Qt.Key.Key_Space)
    assert desk.program.settings.get(QUICK_PRESET) == ""


async def test_keys_mean_what_they_mean_in_the_window(quick: Quick, speaker: Speaker) -> None:
    control, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
    settings = quick.desk.program.settings
    await quick.desk.until(lambda: QApplication.activeWindow() is quick.window)
    quick.press(Qt.Key.Key_Plus, control)
    assert settings.get(ZOOM) == 110
    quick.press(Qt.Key.Key_0, control)
    assert settings.get(ZOOM) == 100
    await quick.ask_and_wait("Once")
    speaker.says("Twice.")
    quick.press(Qt.Key.Key_R, control)
    await quick.desk.until(lambda: quick.messages() == ["Once", "Twice."] and not quick.streaming())
    quick.press(Qt.Key.Key_C, control | shift)
    assert QGuiApplication.clipboard().text() == "Twice."
    quick.press(Qt.Key.Key_N, control)
    assert quick.messages() == []
    taken = {keys for row in SHORTCUTS for keys in row.keys}
    assert {OPEN_KEYS, CLIPBOARD_KEYS}.isdisjoint(taken)
    assert {COPY_KEYS, NEW_KEYS} <= taken


async def test_its_model_is_its_own_and_remembered_and_its_thinking_is_folded(
    quick: Quick, speaker: Speaker, open_desk: Callable[[], Awaitable[Desk]]
) -> None:
    desk = quick.desk
    speaker.says("Oh.", reasoning=("Let me think.",))
    quick.press(Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    search = quick.part("modelSearch")
    QTest.keyClicks(search, "thinker")
    QTest.keyClick(search, Qt.Key.Key_Return)
    await quick.ask_and_wait("Hm?")
    assert desk.program.conversations.all()[0].model.model_id == "thinker:8b"
    chat = desk.program.conversations.all()[0]
    assert (await desk.program.chat.path(chat.id))[0][1].reasoning.text == "Let me think."
    assert all(placed.part != REASONING for placed in quick.transcript._document[1].columns())
    assert desk.window._models.chosen.ref.model_id == "scripted:1b"
    await desk.close()
    again = await open_desk()
    again.window.show_quick()
    assert again.window._quick._quick._models.chosen.ref.model_id == "thinker:8b"


async def test_a_failure_is_told_with_its_next_step_as_in_a_chat(quick: Quick, speaker: Speaker) -> None:
    speaker.says(refusal=reply({"error": "out of memory"}, 500))
    quick.ask("Why?")
    await quick.desk.until(lambda: quick.transcript and len(quick.messages()) == 2 and not quick.streaming())
    item = quick.transcript._document[1]
    assert [button.caption for strip in item._notices for button in strip.notice.buttons][-1] == "Try again"
    chat = quick.desk.program.conversations.all()[0]
    path, _ = await quick.desk.program.chat.path(chat.id)
    assert [message.state for message in path] == [MessageState.COMPLETE, MessageState.FAILED]


async def test_a_question_deleted_in_the_sidebar_is_shown_no_longer(quick: Quick) -> None:
    desk = quick.desk
    await quick.ask_and_wait("Away")
    desk.window._list._trash([desk.program.conversations.all()[0].id])
    await desk.until(lambda: quick.messages() == [])
    assert quick.words("quickTitle") == "Quick question"


async def test_a_deleted_folder_is_made_again_by_the_next_question(quick: Quick) -> None:
    desk = quick.desk
    await quick.ask_and_wait("One")
    first = desk.program.settings.get(QUICK_FOLDER)
    await desk.program.folders.delete(first)
    quick.press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    await quick.ask_and_wait("Two")
    folder = desk.program.folders.all()[0]
    assert folder.id != first
    assert desk.program.conversations.all()[0].folder_id == folder.id


async def test_the_window_is_where_it_was(quick: Quick) -> None:
    desk = quick.desk
    await quick.ask_and_wait("Big")
    quick.window.setGeometry(40, 50, 560, 470)
    quick.press(Qt.Key.Key_Escape)
    desk.window.show_quick()
    assert (quick.window.x(), quick.window.y(), quick.window.width()) == (40, 50, 560)
    assert quick.window.height() < 300
    assert quick.window._edges.across_only
    await quick.ask_and_wait("Big again")
    assert quick.window.height() == 470
    assert not quick.window._edges.across_only


async def test_it_grows_with_what_is_written(quick: Quick) -> None:
    before = quick.window.height()
    for _ in range(4):
        quick.type("x")
        quick.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    await quick.desk.until(lambda: quick.window.height() > before)
    assert quick.part("composer").geometry().bottom() < quick.window.height()
