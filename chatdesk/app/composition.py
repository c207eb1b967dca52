"""Where everything is put together, by hand: read this to know what depends on what.

`core.py` is what the command line needs (no database); `open_program` adds what the window needs. Both end in the reverse order.
"""

from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from chatdesk.app.core import PRESETS_NAME, Core, open_core
from chatdesk.app.program import Program
from chatdesk.app.upkeep import Upkeep
from chatdesk.features.attachments.services.attachments import Attachments
from chatdesk.features.batch.services.batch_journal import BatchJournal
from chatdesk.features.batch.services.preset_batch import PresetBatch
from chatdesk.features.chat.services.branches import Branches
from chatdesk.features.chat.services.chat import Chat
from chatdesk.features.chat.services.follow_ups import FollowUpQuestions
from chatdesk.features.chat.services.instruction_resolver import InstructionResolver
from chatdesk.features.chat.services.request.formulas import Formulas
from chatdesk.features.chat.services.store.conversations import Conversations
from chatdesk.features.chat.services.store.fallback_store import FallbackStore
from chatdesk.features.conversations.services.chat_folders import ChatFolders
from chatdesk.features.conversations.services.files.exporting import Exporting
from chatdesk.features.conversations.services.list_editing import ListEditing
from chatdesk.features.conversations.services.trash import Trash
from chatdesk.features.models.services.model_library import ModelContext, ModelLibrary
from chatdesk.features.presets.files.preset_folder import PresetFolder
from chatdesk.features.presets.services.preset_sharing import PresetSharing
from chatdesk.features.presets.services.presets import Presets
from chatdesk.features.previews.services.own_versions import OwnVersions
from chatdesk.features.previews.services.page_storage import PageStorage
from chatdesk.features.previews.services.temporary_pages import TemporaryPages
from chatdesk.kernel.chat.request import PreparedPicture
from chatdesk.kernel.lazy import Lazy
from chatdesk.kernel.presets.preset import PresetOrigin
from chatdesk.kernel.presets.preset_import import Finding
from chatdesk.kernel.redaction import Redactor
from chatdesk.kernel.running_work import RunningWork
from chatdesk.kernel.settings.declarations import DATABASE_EXPECTED, DATABASE_SUSPECT
from chatdesk.kernel.settings.store import StartNotice
from chatdesk.storage.database.background import Report, ignore_progress
from chatdesk.storage.database.database import Database
from chatdesk.storage.database.message_repository import MessageRepository
from chatdesk.storage.database.storage_errors import damage_behind_errors
from chatdesk.storage.files.attachment_files import AttachmentFiles
from chatdesk.storage.files.file_writing import replace_file
from chatdesk.storage.files.json_file import JsonFile
from chatdesk.system.folders import Folders
from chatdesk.system.resources import Resources

DATABASE_NAME = "chats.sqlite3"
"""In the folder of data."""
ATTACHMENTS_NAME = "attachments"
"""Likewise, a folder."""
BATCH_NAME = "batch.jsonl"
"""Likewise, a file."""
DESK_NAME = "translation.json"
"""Likewise, the text on the translation desk."""
GLOSSARIES_NAME = "glossaries"
"""Likewise, a folder of tables, one for each pair of languages."""
UNSAVED_NAME = "unsaved.sqlite3"
"""Likewise, what was shown and could not be written to the chats."""

if TYPE_CHECKING:
    from chatdesk.features.chat.services.store.unsaved import Unsaved
    from chatdesk.features.conversations.services.files.chat_import import ChatImport
    from chatdesk.features.servers.services.doctor.doctor import Doctor
    from chatdesk.features.translation.services.translation import Translation
    from chatdesk.features.updates.services.updates import Updates
    from chatdesk.rendering.formulas.typeset.process import FormulaProcess


@asynccontextmanager
async def open_program(
    folders: Folders, resources: Resources, redactor: Redactor, on_progress: Report = ignore_progress
) -> AsyncGenerator[Program, None]:
    """Open the database on top of the core; `on_progress` is told how far bringing it up to date is.

    Raises `StorageError`; nothing was written then.
    """
    async with open_core(folders, resources, redactor) as core, AsyncExitStack() as stack:
        database = Database(folders.data / DATABASE_NAME)
        await database.open(
            expected=core.settings.get(DATABASE_EXPECTED),
            suspect=core.settings.get(DATABASE_SUSPECT),
            on_progress=on_progress,
        )
        stack.push_async_callback(database.close)
        core.settings.set(DATABASE_EXPECTED, value=True)
        core.settings.set(DATABASE_SUSPECT, value=False)
        unsaved_file = folders.data / UNSAVED_NAME
        unsaved = FallbackStore(Lazy(lambda: _make_unsaved(unsaved_file)))
        stack.push_async_callback(unsaved.close)
        conversations = Conversations(database, _now, unsaved)
        chat_folders = ChatFolders(database, conversations)
        with damage_behind_errors(database.path):
            await database.run(lambda connection: MessageRepository(connection).mark_interrupted())
            notices = core.notices
            if unsaved_file.exists():
                from chatdesk.features.chat.services.store.unsaved import (  # noqa: PLC0415 - start-up time: hardly ever there
                    put_back_unsaved,
                )

                if await put_back_unsaved(unsaved_file, database, conversations):
                    notices = (*notices, StartNotice.UNSAVED_RETURNED)
            await conversations.load()
            await chat_folders.load()
        files = AttachmentFiles(folders.data / ATTACHMENTS_NAME, database.backups)
        attachments = Attachments(files, database, core.settings, _prepare_picture)
        own_presets = PresetFolder(folders.data / PRESETS_NAME, PresetOrigin.OWN, replace_file)
        presets = Presets(resources.resources / "presets", own_presets, database, _now)
        instruction_resolver = InstructionResolver(core.model_rules, lambda: presets.language, core.preferences.of)
        work = RunningWork()
        chat = Chat(
            database,
            conversations,
            core.answers,
            core.models.find,
            _now,
            attachments.to_send,
            core.contexts,
            instruction_resolver,
            attachments.add_data,
            unsaved,
            work,
        )
        stack.push_async_callback(chat.close)
        trash = Trash(database, conversations, chat_folders, chat, _now, attachments.tidy_up)
        stack.push_async_callback(trash.close)
        follow_ups = FollowUpQuestions(chat.changes, core.models.find, core.connections.follow_ups)
        stack.push_async_callback(follow_ups.close)
        batch = PresetBatch(core.answers, instruction_resolver, BatchJournal(folders.data / BATCH_NAME), _now, work)
        stack.push_async_callback(batch.stop)
        translation = Lazy(
            lambda: _make_translation(folders.data, core, instruction_resolver, work), lambda made: made.close()
        )
        stack.push_async_callback(translation.close)
        model_library = ModelLibrary(
            ModelContext(
                core.settings,
                core.preferences,
                core.servers,
                core.connections,
                core.models,
                core.contexts,
                core.model_rules,
                resources.resources / "model_guide.toml",
                folders.data,
                _now,
                work,
            )
        )
        stack.push_async_callback(model_library.close)
        upkeep = Upkeep(database, conversations, core.settings, _now, attachments)
        stack.push_async_callback(upkeep.close)
        upkeep.begin()
        formulas = Formulas(_start_formula_process)
        stack.push_async_callback(formulas.close)
        temporary_pages = TemporaryPages(folders.cache / "handed out")
        stack.push_async_callback(temporary_pages.forget)
        yield Program(
            core.settings,
            core.window_state,
            conversations,
            chat_folders,
            trash,
            ListEditing(conversations, chat_folders, trash),
            chat,
            Branches(database, conversations, chat, _now),
            Exporting(conversations, chat, _now, attachments.to_send, core.servers.find),
            core.preferences,
            core.servers,
            core.built_in,
            core.connections,
            core.answers,
            core.models,
            core.contexts,
            upkeep,
            formulas,
            core.pictures,
            OwnVersions(database),
            temporary_pages,
            PageStorage(database, _now),
            attachments,
            presets,
            PresetSharing(presets, _read_presets, work),
            instruction_resolver,
            core.reasoning,
            batch,
            translation,
            model_library,
            Lazy(lambda: _make_doctor(core, redactor, model_library)),
            follow_ups,
            Lazy(lambda: _make_updates(core)),
            lambda: _make_chat_import(conversations, attachments, work),
            work,
            notices,
            core.unusable_settings,
        )


def _make_unsaved(path: Path) -> "Unsaved":
    from chatdesk.features.chat.services.store.unsaved import (  # noqa: PLC0415 - start-up time: made when something cannot be saved
        Unsaved,
    )

    return Unsaved(path)


def _make_translation(
    data: Path, core: Core, instruction_resolver: InstructionResolver, work: RunningWork
) -> "Translation":
    from chatdesk.features.translation.services.glossaries import (  # noqa: PLC0415 - start-up time: made when the desk is opened
        Glossaries,
    )
    from chatdesk.features.translation.services.glossary_files import GlossaryFiles  # noqa: PLC0415 - likewise
    from chatdesk.features.translation.services.translation import Translation  # noqa: PLC0415 - likewise
    from chatdesk.features.translation.services.translation_session import (  # noqa: PLC0415 - likewise
        TranslationSession,
    )

    glossaries = Glossaries(GlossaryFiles(data / GLOSSARIES_NAME))
    session = TranslationSession(JsonFile(data / DESK_NAME), glossaries, instruction_resolver.language)
    return Translation(session, core.answers, core.models.find, instruction_resolver, _now, work)


def _make_doctor(core: Core, redactor: Redactor, model_library: ModelLibrary) -> "Doctor":
    from chatdesk.features.servers.services.doctor.doctor import (  # noqa: PLC0415 - start-up time: made when it is called
        Doctor,
    )
    from chatdesk.features.servers.services.doctor.doctor_probes import DoctorProbes  # noqa: PLC0415 - likewise
    from chatdesk.system.ollama_program import read_installation  # noqa: PLC0415 - likewise
    from chatdesk.system.ollama_start import start_ollama  # noqa: PLC0415 - likewise

    probes = DoctorProbes(core.network, core.http.get())
    return Doctor(
        core.servers,
        core.connections,
        core.models,
        probes,
        read_installation,
        start_ollama,
        redactor,
        model_library.downloads,
    )


def _make_updates(core: Core) -> "Updates":
    from chatdesk.features.updates.services.updates import (  # noqa: PLC0415 - start-up time: made when somebody wants to know
        Updates,
    )

    return Updates(core.network, core.http, core.settings, _now)


def _start_formula_process() -> "FormulaProcess":
    from chatdesk.rendering.formulas.typeset.process import (  # noqa: PLC0415 - start-up time: made with the first formula
        FormulaProcess,
    )

    return FormulaProcess()


async def _read_presets(paths: Sequence[Path], told: Callable[[Finding], None]) -> None:
    from chatdesk.app.foreign_files import read_presets  # noqa: PLC0415 - start-up time: made for an import

    await read_presets(paths, told)


def _make_chat_import(conversations: Conversations, attachments: Attachments, work: RunningWork) -> "ChatImport":
    from chatdesk.app.foreign_files import read_chat  # noqa: PLC0415 - start-up time: made for an import
    from chatdesk.features.conversations.services.files.chat_import import ChatImport  # noqa: PLC0415 - likewise

    return ChatImport(conversations, attachments, read_chat, _now, work)


def _prepare_picture(data: bytes, name: str) -> PreparedPicture:
    from chatdesk.ui_kit.pictures.preparing import (  # noqa: PLC0415 - Qt decodes; the command line comes without it
        prepare,
    )

    return prepare(data, name)


def _now() -> datetime:
    return datetime.now(UTC)
