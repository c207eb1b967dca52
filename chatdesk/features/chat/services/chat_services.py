"""Creation of the chat services from the services they depend on."""

from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from chatdesk.features.attachments.services.attachments import Attachments
from chatdesk.features.chat.services.answers import Answers
from chatdesk.features.chat.services.branches import Branches
from chatdesk.features.chat.services.chat import Chat
from chatdesk.features.chat.services.chat_changes import ChatChange, MessageChanged
from chatdesk.features.chat.services.follow_ups import FollowUpQuestions
from chatdesk.features.chat.services.instruction_resolver import InstructionResolver
from chatdesk.features.chat.services.request.formulas import Formulas
from chatdesk.features.chat.services.store.conversations import Conversations
from chatdesk.features.chat.services.store.fallback_store import FallbackStore
from chatdesk.features.models.services.model_contexts import Contexts
from chatdesk.features.models.services.model_library import ModelLibrary
from chatdesk.features.models.services.model_preferences import ModelPreferences
from chatdesk.features.models.services.model_services import ModelServices
from chatdesk.features.models.services.reasoning import Reasoning
from chatdesk.features.servers.services.connections import Connections
from chatdesk.features.servers.services.models import Models
from chatdesk.features.servers.services.servers import BUILT_IN_ID, Servers
from chatdesk.kernel.chat.conversation import Conversation, Folder
from chatdesk.kernel.chat.message import DocumentPart, MessageState
from chatdesk.kernel.chat.request import Thinking
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.lazy import Lazy
from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.running_work import RunningWork
from chatdesk.kernel.settings.declarations import INSTRUCTIONS
from chatdesk.kernel.settings.store import Settings, StartNotice
from chatdesk.storage.database.database import Database
from chatdesk.storage.database.message_repository import MessageRepository
from chatdesk.storage.database.storage_errors import damage_behind_errors
from chatdesk.storage.files.file_writing import replacement_of

if TYPE_CHECKING:
    from chatdesk.features.attachments.services.passages.passage_finder import FoundPassages
    from chatdesk.features.attachments.services.pictures import Pictures
    from chatdesk.features.chat.services.chat_titles import ChatTitles
    from chatdesk.features.chat.services.document_summaries import DocumentSummaries
    from chatdesk.features.chat.services.reading_ahead import ReadingAhead
    from chatdesk.features.chat.services.store.unsaved import Unsaved
    from chatdesk.rendering.formulas.typeset.process import FormulaProcess
    from chatdesk.storage.files.file_cache import FileCache

_FORMULAS_NAME = "formulas"
"""The folder of typeset formulas in the cache."""

UNSAVED_NAME = "unsaved.sqlite3"
"""The file in the data folder for answers and drafts that could not be written to the database."""


@dataclass(frozen=True, slots=True)
class ChatServices:
    """The services used by the chat UI."""

    settings: Settings
    conversations: Conversations
    chat: Chat
    branches: Branches
    answers: Answers
    follow_ups: FollowUpQuestions
    titles: "Lazy[ChatTitles]"
    """Created with the first complete answer."""
    instruction_resolver: InstructionResolver
    formulas: Formulas
    attachments: Attachments
    pictures: "Lazy[Pictures]"
    summaries: "Lazy[DocumentSummaries]"
    servers: Servers
    models: Models
    preferences: ModelPreferences
    contexts: Contexts
    reasoning: Reasoning
    library: ModelLibrary
    find_folder: Callable[[str], Folder | None]
    """Returns the folder with this id, or None."""
    now: Callable[[], datetime]
    """Returns aware UTC time."""
    read_ahead: Callable[[Conversation, ModelRef, Thinking], None]
    """Lets the built-in engine read a chat that was opened, if it is idle and has the model in memory."""


@dataclass(frozen=True, slots=True)
class LoadedChats:
    """The chats loaded from the database. `notice` is the message for the user about unsaved text of the last run, if there was any."""

    conversations: Conversations
    unsaved: FallbackStore
    notice: StartNotice | None


@asynccontextmanager
async def load_chats(
    database: Database, data: Path, now: Callable[[], datetime], titles_questions: Callable[[], bool] = lambda: True
) -> AsyncGenerator[LoadedChats, None]:
    """Load the list of chats, mark answers cut off by a crash as interrupted and restore unsaved changes.

    `titles_questions` returns whether the first question of a chat becomes its title. Raises `StorageError`.
    """
    unsaved_file = data / UNSAVED_NAME
    unsaved = FallbackStore(Lazy(lambda: _make_unsaved(unsaved_file)))
    conversations = Conversations(database, now, unsaved, titles_questions)
    notice = None
    async with AsyncExitStack() as stack:
        stack.push_async_callback(unsaved.close)
        with damage_behind_errors(database.path):
            await database.run(lambda connection: MessageRepository(connection).mark_interrupted())
            if unsaved_file.exists() or replacement_of(unsaved_file).exists():
                from chatdesk.features.chat.services.store.unsaved import (  # noqa: PLC0415 - start-up time: rarely needed
                    restore_unsaved,
                )

                notice = await restore_unsaved(unsaved_file, database)
            await conversations.load()
        yield LoadedChats(conversations, unsaved, notice)


@asynccontextmanager
async def open_chat_services(
    chats: LoadedChats,
    database: Database,
    models: ModelServices,
    connections: Connections,
    attachments: Attachments,
    pictures: "Lazy[Pictures]",
    find_folder: Callable[[str], Folder | None],
    language: Callable[[], str],
    now: Callable[[], datetime],
    work: RunningWork,
    cache: Path,
) -> AsyncGenerator[ChatServices, None]:
    """Create the services and close them at the end. `language` returns the window's language code. `cache` is a folder."""
    answers = Answers(connections, models.contexts)
    instruction_resolver = InstructionResolver(
        models.rules,
        language,
        models.preferences.of,
        lambda model: models.preferences.name(model, models.models.name_of(model)),
        lambda: models.settings.get(INSTRUCTIONS),
        find_folder,
    )

    async def find_passages(question: str, documents: Sequence[DocumentPart], max_tokens: int) -> "FoundPassages":
        return await attachments.documents.passages.find(question, documents, max_tokens)

    async with AsyncExitStack() as stack:
        stack.push_async_callback(chats.conversations.close)
        chat = Chat(
            database,
            chats.conversations,
            answers,
            models.models.find,
            now,
            attachments.to_send,
            attachments.sent_text_of,
            models.contexts,
            instruction_resolver,
            attachments.add_data,
            chats.unsaved,
            work,
            find_passages,
        )
        stack.push_async_callback(chat.close)
        follow_ups = FollowUpQuestions(chat.changes, models.models.find, connections.follow_ups)
        stack.push_async_callback(follow_ups.close)
        titles = Lazy(partial(_make_titles, chat, chats.conversations, answers, models), lambda made: made.close())
        stack.push_async_callback(titles.close)
        stack.callback(chat.changes.subscribe(partial(_report_to_titles, titles)))
        reading = Lazy(partial(_make_reading_ahead, chat, models.settings, connections), lambda made: made.close())
        stack.push_async_callback(reading.close)

        def read_ahead(conversation: Conversation, model: ModelRef, thinking: Thinking) -> None:
            if model.server_id == BUILT_IN_ID and models.built_in.is_running:
                reading.get().begin(conversation, model, thinking)
            elif reading.created:
                reading.created.cancel()

        summaries = Lazy(partial(_make_summaries, answers, attachments), lambda made: made.close())
        stack.push_async_callback(summaries.close)
        formulas = Formulas(_start_formula_process, files=Lazy(partial(_make_formula_cache, cache / _FORMULAS_NAME)))
        stack.push_async_callback(formulas.close)
        yield ChatServices(
            models.settings,
            chats.conversations,
            chat,
            Branches(database, chats.conversations, chat, now),
            answers,
            follow_ups,
            titles,
            instruction_resolver,
            formulas,
            attachments,
            pictures,
            summaries,
            models.servers,
            models.models,
            models.preferences,
            models.contexts,
            models.reasoning,
            models.library,
            find_folder,
            now,
            read_ahead,
        )


def _report_to_titles(titles: "Lazy[ChatTitles]", change: ChatChange) -> None:
    is_complete = isinstance(change, MessageChanged) and change.message.state is MessageState.COMPLETE
    if titles.created or is_complete:
        titles.get().on_change(change)


def _make_formula_cache(folder: Path) -> "FileCache":
    from chatdesk.storage.files.file_cache import FileCache  # noqa: PLC0415 - start-up time

    return FileCache(folder, max_bytes=16 << 20, max_files=3_000, max_file_bytes=100_000)


def _make_titles(chat: Chat, conversations: Conversations, answers: Answers, models: ModelServices) -> "ChatTitles":
    from chatdesk.features.chat.services.chat_titles import (  # noqa: PLC0415 - start-up time: created with the first answer
        ChatTitles,
    )

    return ChatTitles(
        chat, conversations, answers, models.models.find, models.servers, models.reasoning, models.settings
    )


def _make_summaries(answers: Answers, attachments: Attachments) -> "DocumentSummaries":
    from chatdesk.features.chat.services.document_summaries import (  # noqa: PLC0415 - start-up time
        DocumentSummaries,
    )

    return DocumentSummaries(answers, attachments.documents)


def _make_reading_ahead(chat: Chat, settings: Settings, connections: Connections) -> "ReadingAhead":
    from chatdesk.features.chat.services.reading_ahead import (  # noqa: PLC0415 - start-up time: created once the engine runs
        ReadingAhead,
    )
    from chatdesk.system.machine import is_on_battery  # noqa: PLC0415 - likewise

    return ReadingAhead(chat, settings, connections.read_ahead, is_on_battery)


def _make_unsaved(path: Path) -> "Unsaved":
    from chatdesk.features.chat.services.store.unsaved import (  # noqa: PLC0415 - start-up time: created when saving fails
        Unsaved,
    )

    return Unsaved(path)


def _start_formula_process() -> "FormulaProcess":
    from chatdesk.rendering.formulas.typeset.process import (  # noqa: PLC0415 - start-up time: created with the first formula
        FormulaProcess,
    )

    return FormulaProcess()
