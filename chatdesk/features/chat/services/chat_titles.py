"""Titles of chats, written by the model of the first answer. `docs/decisions.md` has the rules.

The first words of the question remain the title where a request would be useless, slow or unexpectedly cost money.
"""

import asyncio
import re
from collections.abc import Callable
from contextlib import aclosing
from dataclasses import replace
from urllib.parse import urlsplit

from chatdesk.features.chat.services.answers import CompletionClient
from chatdesk.features.chat.services.chat import Chat
from chatdesk.features.chat.services.chat_changes import ChatChange, MessageAdded, MessageChanged
from chatdesk.features.chat.services.store.conversations import (
    ConversationChange,
    ConversationChanged,
    Conversations,
)
from chatdesk.features.models.services.reasoning import Reasoning
from chatdesk.features.servers.services.servers import Servers
from chatdesk.kernel.announcer import Announcer
from chatdesk.kernel.chat.conversation import Conversation, TitleOrigin, cut_title
from chatdesk.kernel.chat.message import FinishReason, Message, MessageState, Role
from chatdesk.kernel.chat.request import ChatRequest, Thinking, Turn
from chatdesk.kernel.chat.stream_events import (
    Finished,
    TextDelta,
    TextRetracted,
    TextWasReasoning,
    ThinkingChanged,
)
from chatdesk.kernel.errors.base import ChatdeskError
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.models.model import Model, ModelRef
from chatdesk.kernel.models.model_file import STARTER_NAME
from chatdesk.kernel.servers.server import ServerConfig
from chatdesk.kernel.settings.declarations import TITLES, TITLES_ONLINE
from chatdesk.kernel.settings.store import Settings
from chatdesk.kernel.text.safe_line import safe_line
from chatdesk.network.addresses import is_local

MAX_TOKENS = 24
"""Maximum length of a reply in tokens."""
MAX_ANSWER_LENGTH = 500
"""How many characters of the answer the model gets."""
_MAX_QUESTION_LENGTH = 2_000
"""How many characters of the question the model gets: pasted text can be longer than its context."""
_MAX_REPLY_LENGTH = 500
_MAX_QUESTIONS = 3
"""Questions in a chat up to which a title is requested: the one for the first answer is cancelled by a quick second question."""
_TIMEOUT = 60.0
"""Seconds. The server has just answered, so its model is loaded."""

TASK = (
    "Write a title of at most six words for the conversation below, in the language of the question. "
    "Answer with the title only, without quotation marks."
)
CHINESE_TASK = "为下面的对话写一个不超过十二个字的标题，使用与提问相同的语言。只回答标题本身，不要加引号。"
"""Small models follow the language of the task. Both tasks are read by the model, so they are not translated."""


@dataclass(frozen=True, slots=True)
class PermissionRequest:
    """A title can be written for a chat if the user allows this for online providers. `server` is the name of the chat's server."""

    conversation_id: str
    model: ModelRef
    server: str


@dataclass(frozen=True, slots=True)
class _Running:
    """A title that is being requested."""

    task: asyncio.Task[None]
    model: ModelRef


class ChatTitles:
    """Requests the titles of all chats. One per program. Call `on_change` with each change of a chat, and `close` at the end.

    `changes` announces that `permission_request` has changed.
    """

    def __init__(
        self,
        chat: Chat,
        conversations: Conversations,
        completion_client: CompletionClient,
        find_model: Callable[[ModelRef], Model | None],
        servers: Servers,
        reasoning: Reasoning,
        settings: Settings,
    ) -> None:
        self.changes: Announcer[PermissionRequest | None] = Announcer()
        self.permission_request: PermissionRequest | None = None
        """What the user is asked now. The user is asked once per run, until there is a decision."""
        self._has_asked = False
        self._chat = chat
        self._conversations = conversations
        self._completion_client = completion_client
        self._find_model = find_model
        self._servers = servers
        self._reasoning = reasoning
        self._settings = settings
        self._running: dict[str, _Running] = {}
        """By the ID of the chat."""
        self._end_listening = conversations.changes.subscribe(self._on_list_change)

    async def close(self) -> None:
        """Cancel all requests."""
        self._end_listening()
        tasks = [running.task for running in self._running.values()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def on_change(self, change: ChatChange) -> None:
        """Request the title of a chat that was answered.

        A new question cancels the title of its chat, and those of its server, which may serve only one request at a time.
        """
        match change:
            case MessageAdded(message):
                if self.permission_request and self.permission_request.conversation_id == message.conversation_id:
                    self._set_request(None)
                for conversation_id, running in self._running.items():
                    shares_server = message.model is not None and message.model.server_id == running.model.server_id
                    if conversation_id == message.conversation_id or shares_server:
                        running.task.cancel()
            case MessageChanged(message) if message.role is Role.ASSISTANT and message.state is MessageState.COMPLETE:
                self._on_answer(message)
            case _:
                pass

    def decide(self, *, allowed: bool) -> None:
        """Save whether online providers may be asked for titles, and request the title that waits for it."""
        self._settings.set(TITLES_ONLINE, "allow" if allowed else "never")
        request = self.permission_request
        self._set_request(None)
        if request and allowed:
            self._start(request.conversation_id, request.model)

    def _set_request(self, request: PermissionRequest | None) -> None:
        self.permission_request = request
        self.changes.announce(request)

    def _on_answer(self, answer: Message) -> None:
        model, conversation = answer.model, self._conversations.find(answer.conversation_id)
        if model is None or conversation is None or not _may_be_replaced(conversation):
            return
        server = self._servers.find(model.server_id)
        if self._settings.get(TITLES) != "model" or server is None or not self._is_suitable(model):
            return
        if not _is_online(server, self._find_model(model)) or self._settings.get(TITLES_ONLINE) == "allow":
            self._start(conversation.id, model)
        elif self._settings.get(TITLES_ONLINE) == "ask" and not self._has_asked:
            self._has_asked = True
            self._set_request(PermissionRequest(conversation.id, model, server.name))

    def _is_suitable(self, ref: ModelRef) -> bool:
        """Return whether a model can write a good title with few tokens."""
        model = self._find_model(ref)
        if model is None or model.application or self._completion_client.stores_conversations(ref):
            return False
        choices = self._reasoning.choices(model).choices
        return model.name != STARTER_NAME and (not choices or Thinking.OFF in choices)

    def _start(self, conversation_id: str, model: ModelRef) -> None:
        if (conversation := self._conversations.find(conversation_id)) is None or conversation_id in self._running:
            return
        task = asyncio.get_running_loop().create_task(self._generate_title(conversation, model), name="write a title")
        self._running[conversation_id] = _Running(task, model)
        task.add_done_callback(lambda _: self._running.pop(conversation_id))

    async def _generate_title(self, conversation: Conversation, model: ModelRef) -> None:
        path, _ = await self._chat.path(conversation.id)
        question = next((message for message in path if message.role is Role.USER), None)
        answer = next((message for message in path if _is_answer(message)), None)
        too_late = sum(message.role is Role.USER for message in path) > _MAX_QUESTIONS
        if question is None or answer is None or too_late:
            return
        parameters = await self._chat.loading_parameters(conversation, model)
        known = self._find_model(model)
        request = ChatRequest(
            model.model_id,
            (Turn(Role.USER, _prompt(question.text, answer.text)),),
            Thinking.OFF,
            replace(parameters, max_tokens=MAX_TOKENS),
            can_think=known.can_think if known and known.capabilities is not None else None,
        )
        try:
            async with asyncio.timeout(_TIMEOUT):
                reply, is_cut = await self._ask(model, request)
        except (ChatdeskError, TimeoutError):
            return  # the first words remain
        title = title_of_reply(reply, is_cut=is_cut)
        now = self._conversations.find(conversation.id)
        if title and now and _may_be_replaced(now) and _fits_language(title, question.text):
            await self._conversations.set_title(conversation.id, title, TitleOrigin.MODEL)

    async def _ask(self, model: ModelRef, request: ChatRequest) -> tuple[str, bool]:
        """Return the reply of a model, and whether it was cut off; an empty one if the server cannot keep the model from thinking."""
        reply, is_cut = "", False
        async with aclosing(self._completion_client.stream(model, request)) as batches:
            async for batch in batches:
                for event in batch:
                    match event:
                        case TextDelta(text):
                            reply += text
                        case TextWasReasoning() | TextRetracted():
                            reply = ""
                        case ThinkingChanged():
                            return "", False
                        case Finished(reason):
                            is_cut = reason is FinishReason.LENGTH
                        case _:
                            pass
                if len(reply) > _MAX_REPLY_LENGTH:  # the server ignores the limit
                    return reply, True
        return reply, is_cut

    def _on_list_change(self, change: ConversationChange) -> None:
        """Cancel the title of a chat that was deleted or named by the user meanwhile."""
        conversation = change.conversation
        is_wanted = isinstance(change, ConversationChanged) and conversation.title_origin is not TitleOrigin.USER
        if not is_wanted and (running := self._running.get(conversation.id)):
            running.task.cancel()


def _may_be_replaced(conversation: Conversation) -> bool:
    return conversation.title_origin is TitleOrigin.QUESTION


def _is_answer(message: Message) -> bool:
    """Return whether a message is a complete answer with a text; an error never becomes a title."""
    return message.role is Role.ASSISTANT and message.state is MessageState.COMPLETE and bool(message.text.strip())


def _is_online(server: ServerConfig, model: Model | None) -> bool:
    """Return whether a request leaves the user's own computers, so that it may be charged for."""
    if server.is_built_in:
        return False
    try:
        host = urlsplit(server.base_url).hostname or ""
    except ValueError:
        return True
    return not is_local(host) or (model is not None and model.remote)


def _prompt(question: str, answer: str) -> str:
    task = CHINESE_TASK if _is_chinese(question) else TASK
    question, answer = question[:_MAX_QUESTION_LENGTH].strip(), answer[:MAX_ANSWER_LENGTH].strip()
    return f"{task}\n\n<question>\n{question}\n</question>\n\n<answer>\n{answer}\n</answer>"


# The title in a reply, which can contain anything.

_REASONING = re.compile(r"<(think|thinking|thought|reasoning)>.*?(?:</\1>|\Z)", re.DOTALL | re.IGNORECASE)
_END_OF_REASONING = re.compile(r".*</(?:think|thinking|thought|reasoning)>", re.DOTALL | re.IGNORECASE)
_LINK = re.compile(r"!?\[([^\]\n]*)\]\([^)\n]*\)")
_TAG = re.compile(r"</?[A-Za-z][^<>\n]{0,200}>")
_LINE_MARKUP = re.compile(r"^\s*(?:(?:#{1,6}|>|[-*+•]|\d{1,2}[.)])\s+)+")
_EMPHASIS = re.compile(r"(?<![\w*~])(\*{1,3}|~~)(?=\S)([^*~\n]+)(?<=\S)\1(?![\w*~])|`+")
_UNPAIRED = re.compile(r"^(?:\*{2,3}|~~)(?=\S)|(?<=\S)(?:\*{2,3}|~~)$")
_LABEL = re.compile(
    r"^(?:(?:sure|here|okay|certainly|好的|以下)[^:：]{0,60})?(?:chat |conversation |the )*"
    r"(?:title|titre|titel|título|标题|標題|题目)[^:：\w]{0,3}[:：]\s*",
    re.IGNORECASE,
)
_MARKS = frozenset("\"'“”„‟‘’‚‛«»‹›「」『』《》〈〉＂＇")
_ENDS = " .,:;!。，：；！、"
_CHINESE = re.compile("[\u3400-\u9fff\uf900-\ufaff]")
_OTHER_ASIAN = re.compile("[\u3040-\u30ff\uac00-\ud7af]")


def title_of_reply(reply: str, *, is_cut: bool = False) -> str:
    """Return the title in a model's reply, without markup, quotation marks and reasoning, in one line; empty if there is none.

    If the reply `is_cut`, its last line is incomplete and not used.
    """
    text = _END_OF_REASONING.sub("", _REASONING.sub("", reply[: 2 * _MAX_REPLY_LENGTH]))
    lines = text.split("\n")
    for line in lines[:-1] if is_cut else lines:
        title = _plain(line)
        if any(character.isalnum() for character in title) and not line.rstrip().endswith((":", "：")):
            return cut_title(title)
    return ""


def _plain(line: str) -> str:
    line = _TAG.sub("", _LINK.sub(r"\1", line))
    line = safe_line(_EMPHASIS.sub(r"\2", _LINE_MARKUP.sub("", line)), _MAX_REPLY_LENGTH, ellipsis="")
    return _unquoted(_LABEL.sub("", _unquoted(_UNPAIRED.sub("", line))))


def _unquoted(text: str) -> str:
    """Return a text without quotation marks around it, and without a full stop; marks within it are kept."""
    while True:
        text = text.strip().rstrip(_ENDS)
        has_first, has_last = text[:1] in _MARKS, text[1:][-1:] in _MARKS
        inside = text[has_first : len(text) - has_last]
        if not (has_first or has_last) or any(mark in _MARKS for mark in inside):
            return text
        text = inside


def _is_chinese(text: str) -> bool:
    """Return whether a text is mainly Chinese, and not Japanese or Korean."""
    chinese = len(_CHINESE.findall(text[:_MAX_QUESTION_LENGTH]))
    label = len(re.findall(r"[A-Za-z]+", text[:_MAX_QUESTION_LENGTH]))
    return chinese > label and not _OTHER_ASIAN.search(text[:_MAX_QUESTION_LENGTH])


def _fits_language(title: str, question: str) -> bool:
    """Return whether a title is in the script of the question, as far as Chinese is concerned: small models like to switch to it."""
    if _is_chinese(question):
        return bool(_CHINESE.search(title))
    return not _is_chinese(title) or bool(_CHINESE.search(question))
