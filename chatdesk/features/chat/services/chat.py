"""The chat service: send, stop, regenerate, continue, edit, queue.

`docs/architecture.md` describes the life of a question.

The rows of question and answer are on disk before anything is sent. `answer_stream.py` reads and saves an answer;
`branches.py` rearranges messages without asking a model.
"""

import asyncio
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from chatdesk.features.attachments.services.request_pictures import LeftOut, ReadText, StorePicture, ToSend
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
from chatdesk.features.chat.services.instruction_resolver import InstructionResolver, Instructions
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
from chatdesk.kernel.chat.conversation import Conversation, Draft, Question
from chatdesk.kernel.chat.message import Attachment, DocumentPart, Message, MessageState, Role
from chatdesk.kernel.chat.message_trees import MessageTree, is_question
from chatdesk.kernel.chat.request import ChatRequest, Thinking
from chatdesk.kernel.chat.stream_events import StreamEvent
from chatdesk.kernel.context.context_plan import ContextPlan, Summary
from chatdesk.kernel.context.context_size import ContextBudget
from chatdesk.kernel.errors.storage_errors import StorageError
from chatdesk.kernel.models.model import Model, ModelRef
from chatdesk.kernel.models.parameters import Parameters
from chatdesk.kernel.running_work import JobKind, RunningWork
from chatdesk.storage.database.database import Database
from chatdesk.storage.database.message_repository import MessageRepository

if TYPE_CHECKING:
    from chatdesk.features.chat.services.request.question_passages import FindPassages

_POLL_SECONDS = 0.005
"""Seconds between checks while the rows of a question are being written."""


class Chat:
    """Asks questions and saves their answers. One per program.

    `find_model` returns what is known about a model; `now` returns aware UTC time; `to_send` returns the picture
    data to send, `read_text` the text of a document, `find_passages` its passages for a question. `budgets` knows
    the context budget of a model, `instruction_resolver` the instructions of a chat.
    `store_picture` stores the pictures of answers and `unsaved` what cannot be saved. An answer being written is
    listed in `work`.
    """

    def __init__(
        self,
        database: Database,
        conversations: Conversations,
        completion_client: CompletionClient,
        find_model: Callable[[ModelRef], Model | None],
        now: Callable[[], datetime],
        to_send: ToSend,
        read_text: ReadText,
        budgets: ContextBudgets,
        instruction_resolver: InstructionResolver | None = None,
        store_picture: StorePicture | None = None,
        unsaved: FallbackStore | None = None,
        work: RunningWork | None = None,
        find_passages: "FindPassages | None" = None,
    ) -> None:
        self.changes: Announcer[ChatChange] = Announcer()
        self.trees = MessageTrees(database)
        self._database = database
        self._conversations = conversations
        self._now = now
        self.remote = RemoteConversations(database)
        resolver, save_summary, session = (
            instruction_resolver or InstructionResolver(),
            self._save_summary,
            self.remote.session,
        )
        self._pipeline = AnswerPipeline(
            completion_client,
            find_model,
            budgets,
            now,
            to_send,
            read_text,
            resolver,
            save_summary,
            session,
            store_picture,
            find_passages,
        )
        self._answer_tasks: dict[str, AnswerTask] = {}
        self._queue = QuestionQueue(conversations, self.changes)
        self._writer = AnswerWriter(database, unsaved or FallbackStore())
        self._work = work or RunningWork()
        self._readers: list[Callable[[str], bool]] = []

    def add_reader(self, is_reading: Callable[[str], bool]) -> Callable[[], None]:
        """Register a view; `is_reading` returns whether the user is looking at the chat with an id in it.

        An answer that ends while no view has a reader is unread (`Conversation.unread_id`). Returns a function that
        removes the view.
        """
        self._readers.append(is_reading)
        return lambda: self._readers.remove(is_reading)

    def is_answering(self, conversation_id: str) -> bool:
        """Return whether an answer is being written in the chat."""
        return conversation_id in self._answer_tasks

    def growing_answer(self, conversation_id: str) -> Message | None:
        """Return the answer being written in the chat in its current state, or None."""
        answer_task = self._answer_tasks.get(conversation_id)
        return answer_task.stream.message if answer_task and answer_task.stream else None

    def queued(self, conversation_id: str) -> tuple[Draft, ...]:
        """Return the queued questions, oldest first."""
        return self._queue.waiting(conversation_id)

    async def messages(self, conversation_id: str) -> tuple[Message, ...]:
        """Return every message of the conversation on all branches, with the growing answer in its current state."""
        return self._with_growing_answer(conversation_id, (await self.trees.of(conversation_id)).all())

    async def path(self, conversation_id: str) -> tuple[tuple[Message, ...], dict[str, tuple[int, int]]]:
        """Return the messages being shown, and for each that has other versions its index, from 0, and their number."""
        tree = await self.trees.of(conversation_id)
        conversation = self._conversations.find(conversation_id)
        path = tree.path(conversation.head_id if conversation else None)
        return self._with_growing_answer(conversation_id, path), tree.positions(path)

    async def plan(
        self,
        conversation: Conversation,
        model: ModelRef,
        written: str,
        attached: Sequence[Attachment] = (),
        *,
        searches_again: bool = True,
    ) -> tuple[ContextPlan, ContextBudget, tuple[Message, ...]]:
        """Return the context plan for the chat with the current draft, the model's budget and the path.

        `searches_again` is as in `Question`.
        """
        path = (await self.trees.of(conversation.id)).path(conversation.head_id) if conversation.id else ()
        if searches_again and (written or attached):
            attached = (*_carried(path, attached), *attached)
        return (*self._pipeline.plan(conversation, path, model, written, attached), path)

    async def loading_parameters(self, conversation: Conversation, model: ModelRef) -> Parameters:
        """Return the parameters of the chat on which it depends how the server loads the model."""
        tree = await self.trees.of(conversation.id)
        return self._pipeline.loading_parameters(conversation, tree.path(conversation.head_id), model)

    async def request_ahead(
        self, conversation: Conversation, model: ModelRef, thinking: Thinking
    ) -> ChatRequest | None:
        """Return what the next question of the chat will begin with, as a request; None if that is nothing, or not known yet."""
        path = (await self.trees.of(conversation.id)).path(conversation.head_id) if conversation.id else ()
        return await self._pipeline.request_ahead(conversation, path, model, thinking)

    async def find(self, message_id: str) -> Message | None:
        """Return a message as stored on disk; None if it does not exist."""
        try:
            return await self._database.run(lambda connection: MessageRepository(connection).get(message_id))
        except KeyError:
            return None

    async def send(self, conversation_id: str, question: Question) -> None:
        """Save a question and have it answered, or queue it if an answer is being written. Either way it is on disk."""
        if self.is_answering(conversation_id):
            await self._queue.add(conversation_id, question)
        else:
            await self._ask(conversation_id, question)

    def unqueue(self, conversation_id: str, index: int) -> Question | None:
        """Remove a queued question and return it; None if it is gone. Call `Conversations.save_queue` to save that."""
        return self._queue.pop(conversation_id, index)

    async def edit(self, message_id: str, question: Question) -> None:
        """Ask an edited question as a sibling of the old one, with its own answer.

        Does nothing if the old one does not exist.
        """
        if old := await self.find(message_id):
            await self.stop_and_wait(old.conversation_id)
            await self._ask(old.conversation_id, question, sibling_of=message_id)

    async def regenerate(self, message_id: str, model: ModelRef, thinking: Thinking = Thinking.AUTO) -> None:
        """Have a question answered again: as a sibling of the old answer, or as the first answer if there is none."""
        old = await self.find(message_id)
        if old is None:
            return
        conversation_id = old.conversation_id
        await self.stop_and_wait(conversation_id)
        async with self._reserve(conversation_id) as answer_task, self.trees.changing(conversation_id) as tree:
            old = tree.find(message_id)
            if old is None:
                return
            question_id = old.id if is_question(old) else old.parent_id
            if question_id is None:  # a greeting: it answers no question
                return
            instructions = self._pipeline.instructions(
                self._conversations.get(conversation_id), tree.path(question_id), model
            )
            answer = Message.new(conversation_id, question_id, Role.ASSISTANT, self._now(), model=model)
            answer = replace(answer, instructions=instructions.sent)
            await self._begin(answer_task, tree, await self._add(tree, answer, leaving=old), instructions, thinking)

    async def continue_answer(self, answer_id: str, thinking: Thinking = Thinking.AUTO) -> None:
        """Let the model continue an answer that was cut off, with the instructions that were sent for it.

        One without any text is replaced by a new answer.
        """
        old = await self.find(answer_id)
        if old is None or old.model is None or self.is_answering(old.conversation_id):
            return
        again = replace(old, state=MessageState.STREAMING, failure=None, finish=None)
        is_continuation = old.has_begun
        if not is_continuation:
            again = replace(again, parts=(), usage=None)
        conversation_id = old.conversation_id
        async with self._reserve(conversation_id) as answer_task, self.trees.changing(conversation_id) as tree:
            instructions = self._pipeline.instructions(
                self._conversations.get(conversation_id), tree.path(old.parent_id), old.model
            )
            if is_continuation and old.instructions is not None:
                instructions = instructions.as_sent(old.instructions)
            elif not is_continuation:
                again = replace(again, instructions=instructions.sent)
            # First: written after this, it would end the continued answer.
            pending_end = self._writer.retry_queue.forget(again.id)
            try:
                exists = await self._database.run(lambda connection: MessageRepository(connection).update(again))
            except StorageError:
                if pending_end:
                    self._writer.retry_queue.add(pending_end)
                raise
            if not exists:
                return
            tree.change(again)
            self.changes.announce(MessageChanged(again))
            await self._begin(answer_task, tree, again, instructions, thinking, is_continuation=is_continuation)

    def stop(self, conversation_id: str) -> None:
        """Close the connection of the answer being written in the chat; what arrived is kept."""
        if answer_task := self._answer_tasks.get(conversation_id):
            answer_task.stop()

    async def stop_and_wait(self, conversation_id: str) -> None:
        """Stop the answer being written in the chat and wait until it is on disk."""
        while answer_task := self._answer_tasks.get(conversation_id):
            answer_task.stop()
            await (asyncio.wait([answer_task.task]) if answer_task.task else asyncio.sleep(_POLL_SECONDS))

    async def wait_until_idle(self, conversation_id: str) -> None:
        """Wait until no answer is being written in the chat and no question is queued."""
        while (answer_task := self._answer_tasks.get(conversation_id)) and answer_task.task:
            await asyncio.wait([answer_task.task])

    async def close(self) -> None:
        """Stop all answers and wait until they are on disk. Queued questions become drafts at the next start."""
        self._queue.clear()
        for answer_task in self._answer_tasks.values():
            answer_task.stop(program_closes=True)
        await asyncio.gather(
            *(answer_task.task for answer_task in self._answer_tasks.values() if answer_task.task),
            return_exceptions=True,
        )
        await self._writer.retry_queue.close()

    async def _ask(self, conversation_id: str, question: Question, *, sibling_of: str = "") -> None:
        """Ask at the end of the path being shown, or as a sibling of the question `sibling_of`."""
        async with self._reserve(conversation_id) as answer_task, self.trees.changing(conversation_id) as tree:
            old = tree.find(sibling_of)
            if sibling_of and old is None:
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
            attachments = question.attachments
            if old is None and question.searches_again:
                attachments = (*_carried(tree.path(parent_id), attachments), *attachments)
            elif old is not None and old.text != text:
                attachments = _searched_again(attachments)
            question_message = Message.new(conversation_id, parent_id, Role.USER, self._now(), text)
            question_message = question_message.with_parts((*attachments, *question_message.parts))
            answer = Message.new(
                conversation_id, question_message.id, Role.ASSISTANT, self._now(), model=question.model
            )
            following = (*tree.path(parent_id), question_message) if not before else (*before, question_message)
            instructions = self._pipeline.instructions(conversation, following, question.model)
            answer = replace(answer, instructions=instructions.sent)
            title, model = question.draft.title or (preset.name if preset else ""), question.model
            written = (*before, question_message, answer)
            added = await self._add(
                tree, *written, leaving=old, model=model, preset=preset, first_question=title, question=question
            )
            await self._begin(answer_task, tree, added, instructions, question.thinking)

    @asynccontextmanager
    async def _reserve(self, conversation_id: str) -> AsyncGenerator[AnswerTask, None]:
        """Reserve the conversation while an answer is set up, and release it if none starts."""
        answer_task = self._answer_tasks[conversation_id] = AnswerTask()
        try:
            yield answer_task
        finally:
            if answer_task.task is None:
                del self._answer_tasks[conversation_id]

    async def _begin(
        self,
        answer_task: AnswerTask,
        tree: MessageTree,
        answer: Message,
        instructions: Instructions,
        thinking: Thinking,
        *,
        is_continuation: bool = False,
    ) -> None:
        """Start the task that reads the answer. The row of `answer` is already on disk."""
        conversation_id, model = answer.conversation_id, answer.model

        def report_left_out(reasons: frozenset[LeftOut]) -> None:
            if model:
                self.changes.announce(PicturesLeftOut(conversation_id, model, reasons))

        async def save_question(question: Message) -> None:
            tree.change(question)
            self.changes.announce(MessageChanged(question))
            await self._database.run(lambda connection: MessageRepository(connection).update(question))

        conversation = self._conversations.get(conversation_id)
        path = tree.path(answer.id if is_continuation else answer.parent_id)
        events = self._pipeline.events(
            answer,
            path,
            conversation,
            instructions,
            thinking,
            is_continuation=is_continuation,
            left_out=report_left_out,
            save_question=save_question,
        )
        answer_path = tree.path(answer.id)

        async def save_remote(remote_answer: RemoteAnswer) -> None:
            if model:
                await self.remote.save(answer_path, model, remote_answer)

        job = self._work.begin(JobKind.ANSWER, lambda: self._conversations.title(conversation_id), model)

        def on_growth(arrived: tuple[StreamEvent, ...]) -> None:
            job.report_progress()
            self.changes.announce(AnswerGrew(conversation_id, answer.id, arrived))

        stream = AnswerStream(
            answer,
            self._writer.saver(
                lambda: self._conversations.find(conversation_id) or conversation, answer_path, save_remote
            ),
            on_growth,
            lambda error: self.changes.announce(SavingFailed(conversation_id, error)),
        )
        answer_task.stream = stream
        stream.program_closes = answer_task.program_closes
        running = asyncio.Event()
        task = asyncio.get_running_loop().create_task(
            self._run(stream, tree, events, running), name=f"answer {answer.id}"
        )
        task.add_done_callback(lambda _: job.end())
        try:
            await running.wait()  # a task cancelled before its first step would never reach its cleanup
        finally:
            answer_task.task = task  # from here on it is independent of the caller
        if answer_task.stopped:
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
            del self._answer_tasks[conversation_id]
        if finished.state is not MessageState.STOPPED and not any(reads(conversation_id) for reads in self._readers):
            self._conversations.mark_unread(conversation_id, finished.id)
        self.changes.announce(MessageChanged(tree.find(finished.id) or finished))
        try:
            await self._conversations.touch(conversation_id)
            if finished.state is MessageState.COMPLETE:
                await self._send_next(conversation_id)
                return
        except StorageError as error:
            self.changes.announce(SavingFailed(conversation_id, error))
        await self._queue.return_to_draft(conversation_id)

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
        """Write messages as the new end of the path being shown, in one transaction, and return the last one.

        The end of the old path is recorded if it leads through `leaving`, which gets another version.
        """
        conversation_id = messages[0].conversation_id
        head_id = self._conversations.get(conversation_id).head_id

        def write(repository: MessageRepository) -> tuple[Message, ...]:
            if leaving and head_id and tree.is_below(head_id, leaving.id):
                repository.remember_leaf(leaving.id, head_id)
            return tuple(map(repository.add, messages))

        added = await self._conversations.write_messages(
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

    def _with_growing_answer(self, conversation_id: str, messages: tuple[Message, ...]) -> tuple[Message, ...]:
        growing = self.growing_answer(conversation_id)
        if growing is None:
            return messages
        return tuple(growing if message.id == growing.id else message for message in messages)

    async def _save_summary(self, conversation_id: str, summary: Summary) -> None:
        if conversation := self._conversations.find(conversation_id):
            await self._conversations.set_context(conversation_id, replace(conversation.context, summary=summary))


def _carried(path: Sequence[Message], attached: Sequence[Attachment]) -> Sequence[Attachment]:
    """Return the documents of the last question whose passages are looked for again for the next one."""
    if not any(message.documents for message in path):
        return ()
    from chatdesk.features.chat.services.request.question_passages import (  # noqa: PLC0415 - start-up time: most chats have none
        carried_documents,
    )

    return carried_documents(path, attached)


def _searched_again(attachments: tuple[Attachment, ...]) -> tuple[Attachment, ...]:
    """Return the attachments of a question whose text has changed."""
    if not any(isinstance(each, DocumentPart) for each in attachments):
        return attachments
    from chatdesk.features.chat.services.request.question_passages import for_edited  # noqa: PLC0415 - likewise

    return for_edited(attachments)
