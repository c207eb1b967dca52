"""Follow-up questions proposed by applications: sent with an answer, or requested once after it for all windows."""

import asyncio
from collections.abc import Awaitable, Callable

from chatdesk.features.chat.services.chat_changes import AnswerGrew, ChatChange, MessageAdded, MessageChanged
from chatdesk.kernel.announcer import Announcer
from chatdesk.kernel.chat.application import RemoteAnswer
from chatdesk.kernel.chat.message import Message, MessageState
from chatdesk.kernel.chat.stream_events import FollowUps, RemoteAnswerStored
from chatdesk.kernel.errors.base import ChatdeskError
from chatdesk.kernel.models.model import Model, ModelRef

Ask = Callable[[ModelRef, RemoteAnswer], Awaitable[tuple[str, ...]]]
"""Requests the follow-up questions for an answer from an application. Raises `ServerError`."""


class FollowUpQuestions:
    """Collects the follow-up questions of all chats. One per program; subscribed to `chat` until it is closed.

    `changes` announces the id of a chat whose proposals changed.
    """

    def __init__(self, chat: Announcer[ChatChange], find_model: Callable[[ModelRef], Model | None], ask: Ask) -> None:
        self.changes: Announcer[str] = Announcer()
        self._find_model = find_model
        self._ask = ask
        self._last_answers: dict[str, RemoteAnswer] = {}
        """Where the last answer of a chat is stored, by chat."""
        self._last_requested: dict[str, RemoteAnswer] = {}
        """The answer whose follow-up questions were requested last, by chat."""
        self._proposed: dict[str, tuple[str, ...]] = {}
        self._requests: set[asyncio.Task[None]] = set()
        self._end_listening = chat.subscribe(self._on_change)

    def proposals_for(self, conversation_id: str) -> tuple[str, ...]:
        """Return the questions proposed in a chat."""
        return self._proposed.get(conversation_id, ())

    async def close(self) -> None:
        """Unsubscribe and cancel all requests."""
        self._end_listening()
        for task in self._requests:
            task.cancel()
        await asyncio.gather(*self._requests, return_exceptions=True)

    def _on_change(self, change: ChatChange) -> None:
        match change:
            case AnswerGrew(conversation_id, _, events):
                for event in events:
                    if isinstance(event, RemoteAnswerStored):
                        self._last_answers[conversation_id] = event.answer
                    elif isinstance(event, FollowUps):
                        self._propose(conversation_id, event.questions)
            case MessageAdded(message):
                self._propose(message.conversation_id, ())
            case MessageChanged(message) if message.state is MessageState.STREAMING:
                self._propose(message.conversation_id, ())
            case MessageChanged(message) if message.state is MessageState.COMPLETE:
                self._on_answer_complete(message)
            case _:
                pass

    def _on_answer_complete(self, answer: Message) -> None:
        model = self._find_model(answer.model) if answer.model else None
        stored = self._last_answers.get(answer.conversation_id)
        has_follow_ups = model is not None and model.application is not None and model.application.follows_up
        if model and has_follow_ups and stored and stored != self._last_requested.get(answer.conversation_id):
            self._last_requested[answer.conversation_id] = stored
            asking = self._request_after(answer.conversation_id, model.ref, stored)
            task = asyncio.get_running_loop().create_task(asking, name="request follow-ups")
            self._requests.add(task)
            task.add_done_callback(self._requests.discard)

    async def _request_after(self, conversation_id: str, model: ModelRef, answer: RemoteAnswer) -> None:
        try:
            questions = await self._ask(model, answer)
        except ChatdeskError:
            return  # the user did not ask for them
        if self._last_answers.get(conversation_id) == answer:
            self._propose(conversation_id, questions)

    def _propose(self, conversation_id: str, questions: tuple[str, ...]) -> None:
        if questions == self._proposed.get(conversation_id, ()):
            return
        if questions:
            self._proposed[conversation_id] = questions
        else:
            del self._proposed[conversation_id]
        self.changes.announce(conversation_id)
