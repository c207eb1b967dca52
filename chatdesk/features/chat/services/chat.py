"""Ask and answer: send, stop, ask again, continue, edit, queue. The way of a question (docs/architecture.md).

Rows for the question and the answer are on disk before anything is sent. How one answer is read and saved is in `answer_stream.py`; what
rearranges messages and asks nobody is in `branches.py`.
"""

import asyncio
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime

from chatdesk.features.attachments.services.request_pictures import KeepPicture, LeftOut, ToSend
from chatdesk.features.chat.services.answer_pipeline import AnswerPipeline
from chatdesk.features.chat.services.answer_stream import AnswerStream, AnswerTask
from chatdesk.features.chat.services.answers import CompletionClient
from chatdesk.features.chat.services.chat_changes import (
    AnswerGrew,
    ChatChange,
    MessageAdded,
    MessageChanged,
    PicturesLeftOut,
    SavingFailed,
)
from chatdesk.features.chat.services.instruction_resolver import InstructionResolver
from chatdesk.features.chat.services.question_queue import QuestionQueue
from chatdesk.features.chat.services.request.remote_conversations import RemoteConversations
from chatdesk.features.chat.services.store.conversations import Conversations
from chatdesk.features.chat.services.store.fallback_store import FallbackStore
from chatdesk.features.chat.services.store.message_trees import MessageTrees
from chatdesk.features.chat.services.store.save_retry_queue import AnswerWriter
from chatdesk.features.models.services.model_contexts import ContextBudgets
from chatdesk.kernel.announcer import Announcer
from chatdesk.kernel.chat.application import RemoteAnswer
from chatdesk.kernel.chat.applied_presets import AppliedPreset
from chatdesk.kernel.chat.conversation import Conversation
from chatdesk.kernel.chat.message import ImagePart, Message, MessageState, Role
from chatdesk.kernel.chat.message_trees import MessageTree, is_question
from chatdesk.kernel.chat.question import Question
from chatdesk.kernel.chat.request import Thinking
from chatdesk.kernel.chat.stream_events import StreamEvent
from chatdesk.kernel.context.context_plan import ContextPlan, Summary
from chatdesk.kernel.context.context_size import ContextBudget
from chatdesk.kernel.errors.storage_errors import StorageError
from chatdesk.kernel.models.model import Model, ModelRef
from chatdesk.kernel.running_work import JobKind, RunningWork
from chatdesk.storage.database.database import Database
from chatdesk.storage.database.message_repository import MessageRepository

_MOMENT = 0.005
"""Seconds, while the rows of a question are being written."""


class Chat:
    """One per program. `find_model` tells what is known of a model; `now` gives aware UTC time; `to_send` what of a picture is sent.

    `budgets` knows a model's room, `instruction_resolver` what is sent with a chat; `keep_picture` and `unsaved` keep pictures, and what
    is not saved. While an answer is being written it is listed in `work`.
    """

    def __init__(
        self,
        database: Database,
        conversations: Conversations,
        completion_client: CompletionClient,
        find_model: Callable[[ModelRef], Model | None],
        now: Callable[[], datetime],
        to_send: ToSend,
        budgets: ContextBudgets,
        instruction_resolver: InstructionResolver | None = None,
        keep_picture: KeepPicture | None = None,
        unsaved: FallbackStore | None = None,
        work: RunningWork | None = None,
    ) -> None:
        self.changes: Announcer[ChatChange] = Announcer()
        self.trees = MessageTrees(database)
        self._database = database
        self._conversations = conversations
        self._now = now
        self.remote = RemoteConversations(database)
        brief, keep, session = instruction_resolver or InstructionResolver(), self._keep_summary, self.remote.session
        self._pipeline = AnswerPipeline(
            completion_client, find_model, budgets, now, to_send, brief, keep, session, keep_picture
        )
        self._turns: dict[str, AnswerTask] = {}
        self._queue = QuestionQueue(conversations, self.changes)
        self._saving = AnswerWriter(database, unsaved or FallbackStore())
        self._work = work or RunningWork()

    def is_answering(self, conversation_id: str) -> bool:
        """Whether an answer is being written there."""
        return conversation_id in self._turns

    def growing_answer(self, conversation_id: str) -> Message | None:
        """Return the answer being written there, as it stands."""
        turn = self._turns.get(conversation_id)
        return turn.stream.message if turn and turn.stream else None

    def queued(self, conversation_id: str) -> tuple[str, ...]:
        """Return what waits to be sent, oldest first."""
        return self._queue.titles(conversation_id)

    async def messages(self, conversation_id: str) -> tuple[Message, ...]:
        """Return every message of the conversation, all branches, the growing answer as it stands."""
        return self._as_it_stands(conversation_id, (await self.trees.of(conversation_id)).all())

    async def path(self, conversation_id: str) -> tuple[tuple[Message, ...], dict[str, tuple[int, int]]]:
        """Return the messages being shown, and of those that have other versions which it is, from 0, and how many there are."""
        tree = await self.trees.of(conversation_id)
        conversation = self._conversations.find(conversation_id)
        path = tree.path(conversation.head_id if conversation else None)
        return self._as_it_stands(conversation_id, path), tree.positions(path)

    async def plan(
        self, conversation: Conversation, model: ModelRef, written: str, attached: Sequence[ImagePart] = ()
    ) -> tuple[ContextPlan, ContextBudget, tuple[Message, ...]]:
        """Return what of a chat would go along with what is being written, the model's room, and the path it is about."""
        tree = await self.trees.of(conversation.id)
        path = tree.path(conversation.head_id)
        return (*self._pipeline.plan(conversation, path, model, written, attached), path)

    async def find(self, message_id: str) -> Message | None:
        """Return a message as it is on disk; None if it is gone."""
        try:
            return await self._database.run(lambda connection: MessageRepository(connection).get(message_id))
        except KeyError:
            return None

    async def send(self, conversation_id: str, question: Question) -> None:
        """Keep the question and have it answered; while an answer is being written there, queue it instead. On disk it is in any case."""
        if self.is_answering(conversation_id):
            await self._queue.add(conversation_id, question)
        else:
            await self._ask(conversation_id, question)

    def unqueue(self, conversation_id: str, index: int) -> Question | None:
        """Take one waiting question back and return it; None if it has gone already. To keep that: `Conversations.keep_queue`."""
        return self._queue.take(conversation_id, index)

    async def edit(self, message_id: str, question: Question) -> None:
        """Ask a question of the past in other words: a sibling of it, with an answer of its own. Nothing happens if it is gone."""
        if old := await self.find(message_id):
            await self.stop_and_wait(old.conversation_id)
            await self._ask(old.conversation_id, question, instead_of=message_id)

    async def regenerate(self, message_id: str, model: ModelRef, thinking: Thinking = Thinking.AUTO) -> None:
        """Have a question answered once more: a sibling of the old answer, or the first one to a question that has none."""
        old = await self.find(message_id)
        if old is None:
            return
        conversation_id = old.conversation_id
        await self.stop_and_wait(conversation_id)
        async with self._turn(conversation_id) as turn, self.trees.changing(conversation_id) as tree:
            old = tree.find(message_id)
            if old is None:
                return
            question_id = old.id if is_question(old) else old.parent_id
            if question_id is None:  # a greeting: nobody asked for it
                return
            answer = Message.new(conversation_id, question_id, Role.ASSISTANT, self._now(), model=model)
            await self._begin(turn, tree, await self._add(tree, answer, leaving=old), thinking)

    async def continue_answer(self, answer_id: str, thinking: Thinking = Thinking.AUTO) -> None:
        """Let the model go on where an answer was cut off; one that never got to its text is asked again in its place."""
        old = await self.find(answer_id)
        if old is None or old.model is None or self.is_answering(old.conversation_id):
            return
        again = replace(old, state=MessageState.STREAMING, failure=None, finish=None)
        goes_on = old.has_begun
        if not goes_on:
            again = replace(again, parts=(), usage=None)
        conversation_id = old.conversation_id
        async with self._turn(conversation_id) as turn, self.trees.changing(conversation_id) as tree:
            late_end = self._saving.late.forget(again.id)  # first: written after this, it would end what goes on
            try:
                is_there = await self._database.run(lambda connection: MessageRepository(connection).update(again))
            except StorageError:
                if late_end:
                    self._saving.late.keep(late_end)
                raise
            if not is_there:
                return
            tree.change(again)
            self.changes.announce(MessageChanged(again))
            await self._begin(turn, tree, again, thinking, goes_on=goes_on)

    def stop(self, conversation_id: str) -> None:
        """Close the connection of the answer being written there; what had arrived stays."""
        if turn := self._turns.get(conversation_id):
            turn.stop()

    async def stop_and_wait(self, conversation_id: str) -> None:
        """Stop what is being answered there, and wait until it is on disk."""
        while turn := self._turns.get(conversation_id):
            turn.stop()
            await (asyncio.wait([turn.task]) if turn.task else asyncio.sleep(_MOMENT))

    async def wait_until_idle(self, conversation_id: str) -> None:
        """Wait until no answer is being written there and nothing waits to be sent."""
        while (turn := self._turns.get(conversation_id)) and turn.task:
            await asyncio.wait([turn.task])

    async def close(self) -> None:
        """Stop everything and wait until it is on disk. What waits to be sent is a draft when the next program starts."""
        self._queue.clear()
        for turn in self._turns.values():
            turn.stop(program_closes=True)
        await asyncio.gather(*(turn.task for turn in self._turns.values() if turn.task), return_exceptions=True)
        await self._saving.late.close()

    async def _ask(self, conversation_id: str, question: Question, *, instead_of: str = "") -> None:
        """Ask at the end of the path being shown, or beside an older question."""
        async with self._turn(conversation_id) as turn, self.trees.changing(conversation_id) as tree:
            old = tree.find(instead_of)
            if instead_of and old is None:
                return
            conversation = self._conversations.get(conversation_id)
            preset = conversation.preset
            text, parent_id, before = question.text, old.parent_id if old else conversation.head_id, []
            if preset and old is None:
                known = self._pipeline.facts(question.model)
                text = preset.message_text(text, known)
                if parent_id is None and (greeting := preset.greeting_text(known)):
                    before = [Message.new(conversation_id, None, Role.ASSISTANT, self._now(), greeting)]
                    parent_id = before[0].id
                preset = replace(preset, opened=True)
            asked = Message.new(conversation_id, parent_id, Role.USER, self._now(), text)
            asked = asked.with_parts((*question.pictures, *asked.parts))
            answer = Message.new(conversation_id, asked.id, Role.ASSISTANT, self._now(), model=question.model)
            title, model = question.title or (preset.name if preset else ""), question.model
            written = (*before, asked, answer)
            added = await self._add(
                tree, *written, leaving=old, model=model, preset=preset, first_question=title, question=question
            )
            await self._begin(turn, tree, added, question.thinking)

    @asynccontextmanager
    async def _turn(self, conversation_id: str) -> AsyncGenerator[AnswerTask, None]:
        """Hold the conversation while a turn is set up; if nothing begins, it is free again."""
        turn = self._turns[conversation_id] = AnswerTask()
        try:
            yield turn
        finally:
            if turn.task is None:
                del self._turns[conversation_id]

    async def _begin(
        self, turn: AnswerTask, tree: MessageTree, answer: Message, thinking: Thinking, *, goes_on: bool = False
    ) -> None:
        """Start the task that reads the answer. The row of `answer` is on disk already."""
        conversation_id, model = answer.conversation_id, answer.model

        def report_left_out(reasons: frozenset[LeftOut]) -> None:
            if model:
                self.changes.announce(PicturesLeftOut(conversation_id, model, reasons))

        conversation = self._conversations.get(conversation_id)
        path = tree.path(answer.id if goes_on else answer.parent_id)
        events = self._pipeline.events(answer, path, conversation, thinking, goes_on=goes_on, left_out=report_left_out)
        kept_path = tree.path(answer.id)

        async def keep_place(place: RemoteAnswer) -> None:
            if model:
                await self.remote.keep(kept_path, model, place)

        job = self._work.begin(JobKind.ANSWER, lambda: self._conversations.title(conversation_id), model)

        def grew(arrived: tuple[StreamEvent, ...]) -> None:
            job.report_progress()
            self.changes.announce(AnswerGrew(conversation_id, answer.id, arrived))

        stream = AnswerStream(
            answer,
            self._saving.saver(
                lambda: self._conversations.find(conversation_id) or conversation, kept_path, keep_place
            ),
            grew,
            lambda error: self.changes.announce(SavingFailed(conversation_id, error)),
        )
        turn.stream = stream
        stream.program_closes = turn.program_closes
        running = asyncio.Event()
        task = asyncio.get_running_loop().create_task(
            self._run(stream, tree, events, running), name=f"answer {answer.id}"
        )
        task.add_done_callback(lambda _: job.end())
        try:
            await running.wait()  # a task cancelled before its first step would never come to its end
        finally:
            turn.task = task  # from here on it is its own, whatever becomes of whoever asked
        if turn.stopped:
            task.cancel()

    async def _run(
        self,
        stream: AnswerStream,
        tree: MessageTree,
        events: AsyncGenerator[tuple[StreamEvent, ...], None],
        began: asyncio.Event,
    ) -> None:
        began.set()
        conversation_id = stream.message.conversation_id
        try:
            finished = await stream.run(events)
            tree.change(finished)
        finally:
            del self._turns[conversation_id]
        self.changes.announce(MessageChanged(tree.find(finished.id) or finished))
        try:
            await self._conversations.touch(conversation_id)
            if finished.state is MessageState.COMPLETE:
                await self._send_next(conversation_id)
                return
        except StorageError as error:
            self.changes.announce(SavingFailed(conversation_id, error))
        await self._queue.give_back(conversation_id)

    async def _send_next(self, conversation_id: str) -> None:
        if question := self._queue.next(conversation_id):
            try:
                await self.send(conversation_id, question)
            except StorageError:
                self._queue.put_back(conversation_id, question)
                raise

    async def _add(
        self,
        tree: MessageTree,
        *messages: Message,
        leaving: Message | None,
        model: ModelRef | None = None,
        preset: AppliedPreset | None = None,
        first_question: str = "",
        question: Question | None = None,
    ) -> Message:
        """Write messages as the new end of the path being shown, all at once, and return the last of them.

        Where the path ended is noted if it leads through `leaving`, which gets another version.
        """
        conversation_id = messages[0].conversation_id
        head_id = self._conversations.get(conversation_id).head_id

        def write(repository: MessageRepository) -> tuple[Message, ...]:
            if leaving and head_id and tree.is_below(head_id, leaving.id):
                repository.remember_leaf(leaving.id, head_id)
            return tuple(map(repository.add, messages))

        added = await self._conversations.say(
            conversation_id,
            messages[-1].id,
            write,
            model=model,
            preset=preset,
            first_question=first_question,
            queued=self._queue.drafts(conversation_id, asked=question),
        )
        self._queue.sent(conversation_id, question)
        for message in added:
            tree.add(message)
        for message in added:
            self.changes.announce(MessageAdded(message))
        return added[-1]

    def _as_it_stands(self, conversation_id: str, messages: tuple[Message, ...]) -> tuple[Message, ...]:
        growing = self.growing_answer(conversation_id)
        if growing is None:
            return messages
        return tuple(growing if message.id == growing.id else message for message in messages)

    async def _keep_summary(self, conversation_id: str, summary: Summary) -> None:
        if conversation := self._conversations.find(conversation_id):
            await self._conversations.set_context(conversation_id, replace(conversation.context, summary=summary))
