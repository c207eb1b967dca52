"""The scenes: which data there are, what a person did, and how large the window is. How they are drawn: draw.py."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from PySide6.QtWidgets import QWidget

from chatdesk.domain.message import MessageState
from chatdesk.domain.settings import LAST_CONVERSATION
from chatdesk.services.program import Program
from chatdesk.storage.conversation_repository import ConversationRepository
from chatdesk.storage.database import Database
from chatdesk.storage.message_repository import MessageRepository
from chatdesk.ui.shell.main_window import MainWindow
from tests.fakes.scripted_models import ScriptedAnswer, ScriptedModel, scripted_ollama
from tests.fakes.scripted_server import ScriptedServer
from tests.gui.sidebar import sample_sidebar
from tests.gui.transcript import sample_chat

MODELS = (
    ScriptedModel("deepseek-r1:14b", ("completion", "thinking"), 131072),
    ScriptedModel("qwen3:8b", ("completion", "thinking", "tools"), 40960, loaded=False),
    ScriptedModel("gemma3:4b", ("completion", "vision"), 131072, loaded=False),
)
WIDE, NARROW = (1280, 820), (560, 820)
THOUGHT = tuple(piece + " " for piece in sample_chat.REASONING.split(" "))


@dataclass
class Stage:
    """What a scene acts on."""

    window: MainWindow
    program: Program
    language: str

    async def settle(self, seconds: float = 0.35) -> None:
        """Let everything that was set off come to rest."""
        await asyncio.sleep(seconds)

    def part(self, name: str) -> QWidget:
        """Return a part of the window by its object name."""
        widget = self.window.findChild(QWidget, name)
        assert widget is not None, name
        return widget

    def type(self, text: str) -> None:
        self.part("message").insertPlainText(text)  # QTest's keys know ASCII only


async def _nothing(*_: object) -> None:
    """A scene that needs no more."""


@dataclass(frozen=True)
class Scene:
    """`prepare` fills the home before the window opens; `act` is what the person does then."""

    name: str
    prepare: Callable[[Program, str], Awaitable[None]] = _nothing
    act: Callable[[Stage], Awaitable[None]] = _nothing
    size: tuple[int, int] = WIDE
    answer: ScriptedAnswer | None = field(default_factory=ScriptedAnswer)
    """What Ollama says; None: no Ollama runs."""

    def server(self, _language: str) -> AbstractAsyncContextManager[ScriptedServer | None]:
        if self.answer is None:
            return _no_server()
        return scripted_ollama(self.answer, MODELS)


@asynccontextmanager
async def _no_server() -> AsyncIterator[None]:
    yield None


def _database(program: Program) -> Database:
    return program.conversations._database


async def _chats(program: Program, language: str) -> None:
    """Fill the list with titles of several days, the first one with a finished answer."""
    rows = sample_sidebar.CHINESE if language == "zh_CN" else sample_sidebar.ENGLISH
    now = datetime.now(UTC)
    for conversation in reversed(sample_sidebar.conversations(rows)):
        age = sample_sidebar.TODAY - conversation.updated_at.date()
        moved = replace(conversation, updated_at=now - timedelta(days=age.days), created_at=now)
        await _database(program).run(lambda c, moved=moved: ConversationRepository(c).add(moved))
    await program.conversations.load()


async def _show_messages(program: Program, messages: list) -> None:
    conversation = next(c for c in program.conversations.all() if not c.pinned)
    parent = None
    for message in messages:
        kept = replace(message, conversation_id=conversation.id, parent_id=parent)
        await _database(program).run(lambda c, kept=kept: MessageRepository(c).add(kept))
        parent = kept.id
    await program.conversations.set_head(conversation.id, parent)
    await program.conversations.set_model(conversation.id, sample_chat.MODEL)
    program.settings.set(LAST_CONVERSATION, conversation.id)


async def _finished(program: Program, language: str) -> None:
    await _chats(program, language)
    if language == "zh_CN":
        words, text = "一万欧元，年利率 5%，存十年：按月计息能多赚多少？", sample_chat.CHINESE
    else:
        words, text = "€10,000 at 5% for ten years: how much more if interest is monthly?", sample_chat.ANSWER
    question = sample_chat.question(words, 1)
    await _show_messages(program, [question, sample_chat.answer(text, 2, reasoning=sample_chat.REASONING)])


async def _everything(program: Program, language: str) -> None:
    await _chats(program, language)
    await _show_messages(program, sample_chat.full_chat())


async def _interrupted(program: Program, language: str) -> None:
    await _chats(program, language)
    question = sample_chat.question("Shorten the second paragraph of chapter 3 and keep all three citations.", 1)
    half = sample_chat.answer(
        "Soils hold more carbon than air and plants together [4], yet what is lost when grassland is ploughed returns slowly [11], and",
        2,
        state=MessageState.INTERRUPTED,
    )
    await _show_messages(program, [question, half])


async def _ask(stage: Stage) -> None:
    stage.type("Prove that √2 is irrational, and say exactly where the proof needs p and q to have no common factor.")
    stage.part("sendButton").click()
    await stage.settle(2.0)


async def _ask_and_fail(stage: Stage) -> None:
    stage.type("Now the third paragraph in the same way.")
    stage.part("sendButton").click()
    await stage.settle(1.0)


async def _ask_built_in(stage: Stage) -> None:
    stage.type("Name three colours.")
    stage.part("sendButton").click()
    await stage.settle(4.0)


async def _trash(stage: Stage) -> None:
    listed = stage.program.conversations.all()
    stage.window._list._trash([listed[-1].id])


async def _open_picker(stage: Stage) -> None:
    stage.part("modelPicker").click()


async def _type(stage: Stage) -> None:
    chinese = stage.language == "zh_CN"
    stage.type("每年收 0.5% 的管理费会怎样？" if chinese else "And what would a fee of 0.5% a year do to that?")


async def _toggle_sidebar(stage: Stage) -> None:
    stage.part("sidebarToggle").click()


def _settings(section: str) -> Callable[[Stage], Awaitable[None]]:
    async def show(stage: Stage) -> None:
        stage.window.show_settings(section)

    return show


SCENES = (
    Scene("01-chat", _finished, _type),
    Scene("01-everything", _everything),
    Scene("02-streaming", _chats, _ask, answer=ScriptedAnswer(("√2",), reasoning=THOUGHT * 9, delay=0.02)),
    Scene("02-built-in", act=_ask_built_in, answer=None),
    Scene("04-empty", _chats),
    Scene("04-first-run", answer=None),
    Scene("06-picker", _finished, _open_picker),
    Scene("07-settings-servers", _finished, _settings("servers")),
    Scene("07-settings-general", _finished, _settings("general")),
    Scene("07-settings-keyboard", _finished, _settings("keyboard")),
    Scene("07-settings-about", _finished, _settings("about")),
    Scene("08-interrupted", _interrupted, _trash),
    Scene("08-errors", _interrupted, _ask_and_fail, answer=None),
    Scene("10-narrow", _finished, _type, NARROW),
    Scene("10-narrow-sidebar", _finished, _toggle_sidebar, NARROW),
    Scene("10-narrow-empty", _chats, size=NARROW),
    Scene("10-narrow-settings", _chats, _settings("servers"), NARROW),
)
