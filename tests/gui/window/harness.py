"""What a person sees in the window and does with it, and what the server says to that."""

import asyncio
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QWidget

from chatdesk.app.program import Program
from chatdesk.app.shell.main_window import MainWindow
from chatdesk.app.shell.next_steps import NextSteps
from chatdesk.app.shell.page_router import PageRouter
from chatdesk.features.chat.ui.chat_page import ChatPage
from chatdesk.features.chat.ui.chat_presenter import ChatPresenter
from chatdesk.features.chat.ui.composer.message_edit import MessageEdit
from chatdesk.features.chat.ui.model_presenter import ModelPresenter
from chatdesk.features.chat.ui.title_row import TitleButton
from chatdesk.features.chat.ui.transcript.blocks.block_text import text_of
from chatdesk.features.chat.ui.transcript.controls import Control, Verb
from chatdesk.features.chat.ui.transcript.messages.message_item import REASONING, TEXT
from chatdesk.features.chat.ui.transcript.page.selection.selected_text import selected_text
from chatdesk.features.chat.ui.transcript.transcript_view import TranscriptView
from chatdesk.features.conversations.ui.sidebar.list.list_rows import Row
from chatdesk.features.conversations.ui.sidebar.list.sorted_rows import ROW_ROLE
from chatdesk.ui_kit.widgets.label import Label
from chatdesk.ui_kit.widgets.toast_host import Toast
from tests.fakes.scripted_models import NO_TITLE, ScriptedAnswer, ScriptedModel, ScriptedPull
from tests.fakes.scripted_server import ScriptedServer
from tests.own_time import TIMEOUT

MODELS = (ScriptedModel("scripted:1b"), ScriptedModel("thinker:8b", ("completion", "thinking"), loaded=False))


ANSWER_SECONDS = 120.0
"""A real model on a busy machine can take as long."""


@dataclass
class FakeModel:
    """The model: says what comes next in `answers`, else "Yes."."""

    answers: list[ScriptedAnswer] = field(default_factory=list)
    asked: list[dict] = field(default_factory=list)
    server: ScriptedServer | None = None
    titles: list[ScriptedAnswer] = field(default_factory=list)
    """What comes next when it is asked for the title of a chat, else nothing."""
    asked_for_titles: list[dict] = field(default_factory=list)
    pulls: dict[str, ScriptedPull] = field(default_factory=dict)
    """How downloads go, by the names of models; others are not known."""

    def pull(self, name: str) -> ScriptedPull:
        return self.pulls.get(name) or ScriptedPull(error="pull model manifest: file does not exist")

    def says(self, *text: str | asyncio.Event, **rest: object) -> None:
        self.answers.append(ScriptedAnswer(text, **rest))

    def answer(self, body: dict) -> ScriptedAnswer:
        self.asked.append(body)
        return self.answers.pop(0) if self.answers else ScriptedAnswer(("Yes.",))

    def title(self, body: dict) -> ScriptedAnswer:
        self.asked_for_titles.append(body)
        return self.titles.pop(0) if self.titles else NO_TITLE

    def last_question(self) -> str:
        return self.asked[-1]["messages"][-1]["content"]


@dataclass
class Harness:
    """The open window and the person in front of it. `until` waits for what is to be seen."""

    window: MainWindow
    program: Program
    closing: AsyncExitStack

    async def until(self, condition: Callable[[], object], seconds: float = TIMEOUT) -> None:
        try:
            async with asyncio.timeout(seconds):
                while not condition():
                    await asyncio.sleep(0.002)
        except TimeoutError:
            shown = [text[:200] for text in self.messages()]
            raise AssertionError(f"never came: line {condition.__code__.co_firstlineno}; shown: {shown}") from None

    async def close(self) -> None:
        """End the program as it ends."""
        await self.closing.aclose()

    # What is there.

    def part(self, name: str) -> QWidget:
        found = self.window.findChild(QWidget, name)
        assert found is not None, name
        return found

    @property
    def edit(self) -> MessageEdit:
        found = self.window.findChild(MessageEdit, "message")
        assert found is not None
        return found

    @property
    def chat_page(self) -> ChatPage:
        return self.window._page

    @property
    def chat_presenter(self) -> ChatPresenter:
        return self.window._chat

    @property
    def models(self) -> ModelPresenter:
        return self.window._models

    @property
    def router(self) -> PageRouter:
        return self.window._router

    @property
    def next_steps(self) -> NextSteps:
        return self.window._steps

    @property
    def transcript(self) -> TranscriptView:
        return self.chat_page.transcript

    # What is to be seen.

    def messages(self) -> list[str]:
        """The words of all messages shown."""
        return [self.words(index) for index in range(len(self.transcript.document))]

    def answer(self) -> str:
        """The words of the last message."""
        return self.messages()[-1] if self.messages() else ""

    def words(self, index: int, part: int = TEXT) -> str:
        column = self.transcript.document[index].column(part)
        return "\n".join(text_of(block) for block in column.blocks) if column else ""

    def reasoning(self) -> str:
        count = len(self.transcript.document)
        return self.words(count - 1, REASONING) if count else ""

    def reasoning_is_open(self) -> bool:
        item = self.transcript.document[len(self.transcript.document) - 1]
        return any(placed.part == REASONING for placed in item.columns())

    def notices(self) -> list[str]:
        """Sentence and steps of the notices under the last answer."""
        item = self.transcript.document[len(self.transcript.document) - 1]
        return [
            text
            for strip in item.notices
            for text in (strip.notice.sentence, *(f"[{button.caption}]" for button in strip.notice.buttons))
        ]

    def chat(self) -> str:
        """The id of the chat being shown."""
        return self.chat_presenter.conversation_id

    def selected(self) -> str:
        """What is selected in the transcript."""
        selection = self.transcript.selection
        return selected_text(self.transcript.document, selection) if selection else ""

    def title(self) -> str:
        found = self.window.findChild(TitleButton, "chatTitle")
        assert found is not None
        return found.text()

    def listed(self) -> list[str]:
        """The rows of the sidebar, heads too."""
        model = self.part("conversationList").model()
        return [model.index(row, 0).data() for row in range(model.rowCount())]

    def row(self, title: str) -> Row:
        """A row of the sidebar."""
        model = self.part("conversationList").model()
        row: Row = model.index(self.listed().index(title), 0).data(ROW_ROLE)
        return row

    def marks(self, title: str) -> tuple[bool, bool]:
        """Whether a row says that it is being answered, and that there is something unread."""
        row = self.row(title)
        return row.streaming, row.unread

    def queued(self) -> list[str]:
        return [row._message.text() for row in self.chat_page.composer._queue._rows]

    def queued_files(self) -> list[str]:
        """What the rows of queued messages say about their attachments."""
        rows = self.chat_page.composer._queue._rows
        return [row._files.text() if row._files.isVisible() else "" for row in rows]

    def streaming(self) -> bool:
        return self.part("stopButton").isVisible()

    def toast(self) -> list[str]:
        """The words of the toast, its button's last."""
        toasts = [toast for toast in self.window.findChildren(Toast) if toast.isVisible()]
        if not toasts:
            return []
        labels = [label.text() for label in toasts[-1].findChildren(Label)]
        return labels + [button.text() for button in toasts[-1].findChildren(QAbstractButton)]

    # What a person does.

    def type(self, text: str) -> None:
        QTest.keyClicks(self.edit, text)

    def press(
        self,
        key: Qt.Key,
        modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
        where: QWidget | None = None,
    ) -> None:
        QTest.keyClick(where or self.edit, key, modifier)

    def click(self, name: str) -> None:
        QTest.mouseClick(self.part(name), Qt.MouseButton.LeftButton)

    def click_toast(self, name: str = "") -> None:
        """Press the button with a name, or the first one."""
        toasts = [toast for toast in self.window.findChildren(Toast) if toast.isVisible()]
        buttons = toasts[-1].findChildren(QAbstractButton)
        chosen = next(button for button in buttons if not name or button.text() == name)
        QTest.mouseClick(chosen, Qt.MouseButton.LeftButton)

    def click_row(self, title: str) -> None:
        view = self.part("conversationList")
        index = view.model().index(self.listed().index(title), 0)
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(index).center())

    def ask(self, text: str) -> None:
        self.type(text)
        self.press(Qt.Key.Key_Return)

    async def ask_and_wait(self, text: str) -> None:
        before = len(self.messages()) if not self.chat_page.shows_start else 0
        self.ask(text)
        await self.until(lambda: len(self.messages()) >= before + 2 and not self.streaming(), ANSWER_SECONDS)

    def choose_model(self, name: str) -> None:
        self.press(Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
        search = self.part("modelSearch")
        QTest.keyClicks(search, name)
        QTest.keyClick(search, Qt.Key.Key_Return)

    def control(self, verb: Verb, index: int = -1, action: str = "") -> Control | None:
        """What can be pressed of a message (the last), in the view."""
        index %= len(self.transcript.document)
        for control in self.transcript.controls_of(index):
            if control.command.verb is verb and action in {"", control.command.action_id}:
                return control
        return None

    def click_control(self, verb: Verb, index: int = -1, action: str = "") -> None:
        control = self.control(verb, index, action)
        assert control is not None, verb
        viewport = self.transcript.viewport()
        QTest.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=control.rect.center())
