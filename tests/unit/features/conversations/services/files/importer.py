"""Imports files into the chats of a harness, by the real process."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from chatdesk.app.foreign_files import preview_chats, read_key, read_presets, send_chats
from chatdesk.features.attachments.services.attachments import Attachments
from chatdesk.features.chat.services.store.conversations import Conversations
from chatdesk.features.conversations.importing.foreign_chat import (
    Program,
    stable_id,
)
from chatdesk.features.conversations.services.files.chat_imports import (
    ChatImports,
    ChatReaders,
    ImportPreview,
    ImportResult,
)
from chatdesk.features.conversations.services.files.import_folders import SOURCE_FOLDERS, ImportDestination
from chatdesk.features.presets.services.preset_sharing import ImportPreview as PresetPreview
from chatdesk.features.presets.services.preset_sharing import Offer
from chatdesk.kernel.presets.preset_import import Candidate, Finding, ImportRefused
from chatdesk.kernel.running_work import RunningWork
from chatdesk.kernel.settings.store import Settings
from chatdesk.storage.files.attachment_files import AttachmentFiles
from tests.fakes.no_documents import stored_documents
from tests.unit.features.conftest import Harness
from tests.unit.features.conversations.foreign_chats import write_export
from tests.unit.features.sample_pictures import pixels


@dataclass
class Importer:
    """Imports files into the chats of a harness."""

    imports: ChatImports
    work: RunningWork
    folder: Path

    async def preview(self, *chats: object, name: str = "export.json") -> ImportPreview:
        return await self.imports.preview([write_export(self.folder / name, *chats)])

    async def import_all(
        self, *chats: object, destination: ImportDestination = SOURCE_FOLDERS, name: str = "export.json"
    ) -> ImportResult:
        preview = await self.preview(*chats, name=name)
        return await self.imports.add(preview, [each.summary.id for each in preview.chats], destination)


async def no_presets(_paths: Sequence[Path]) -> PresetPreview:
    return PresetPreview()


async def presets_in(paths: Sequence[Path]) -> PresetPreview:
    found: list[Finding] = []
    await read_presets(paths, found.append)
    return PresetPreview(
        tuple(Offer(each) for each in found if isinstance(each, Candidate)),
        (),
        tuple(each for each in found if isinstance(each, ImportRefused)),
    )


@asynccontextmanager
async def open_importer(harness: Harness, tmp_path: Path) -> AsyncIterator[Importer]:
    settings = Settings({}, lambda _: None)
    files = AttachmentFiles(tmp_path / "attachments", tmp_path / "backups")
    documents = stored_documents(files, tmp_path)
    attachments = Attachments(files, harness.database, settings, pixels, documents)
    work = RunningWork()
    imports = ChatImports(
        ChatReaders(preview_chats, send_chats, no_presets, read_key),
        harness.database,
        harness.chat,
        harness.conversations,
        harness.folders,
        harness.trash,
        attachments,
        lambda: datetime.now(UTC),
        work,
    )
    yield Importer(imports, work, tmp_path)
    await imports.close()
    await documents.close()
    await settings.close()


def here(name: str) -> str:
    """Return the ID that a chat of the export gets."""
    return stable_id(Program.OPEN_WEBUI, name)


async def texts(harness: Harness, chat_id: str) -> list[str]:
    return [message.text for message in await harness.path(chat_id)]


async def rows(harness: Harness) -> list[int]:
    def count(table: str) -> int:
        return harness.database.run(lambda connection: connection.execute(f"SELECT count(*) FROM {table}").fetchone())

    return [(await count(table))[0] for table in ("conversations", "messages", "parts", "folders")]


async def stored_titles(harness: Harness) -> list[str]:
    """Return the titles of the list as the next start will show it."""
    again = Conversations(harness.database, lambda: datetime.now(UTC))
    await again.load()
    assert [chat.id for chat in again.all()] == [chat.id for chat in harness.conversations.all()]
    return [chat.title for chat in again.all()]
