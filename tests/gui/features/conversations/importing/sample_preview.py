"""What an export contains, as the import process reports it."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from chatdesk.features.conversations.importing.chat_records import ChatSummary
from chatdesk.features.conversations.importing.foreign_chat import FolderKind, Loss, Program
from chatdesk.features.conversations.importing.run import SourceRead
from chatdesk.features.conversations.services.files.chat_imports import ChatState, FoundChat, ImportPreview
from chatdesk.features.presets.services.preset_sharing import Conflict, Offer
from chatdesk.features.presets.services.preset_sharing import ImportPreview as PresetPreview
from chatdesk.kernel.presets.preset import Preset, PresetOrigin
from chatdesk.kernel.presets.preset_import import Candidate, ImportFormat, ImportRefused

MOMENT = datetime(2025, 6, 15, tzinfo=UTC)


def chat(
    title: str,
    year: int = 2025,
    state: ChatState = ChatState.NEW,
    *,
    messages: int = 2,
    new: int = 0,
    pictures: int = 0,
    documents: int = 0,
    folder: str = "",
    pinned: bool = False,
    lost: Mapping[Loss, int] | None = None,
    instructed: bool = False,
    source: int = 0,
    kind: FolderKind = FolderKind.NAMED,
) -> FoundChat:
    """Return a chat whose ID is its title; without a year, it has no date."""
    moment = MOMENT.replace(year=year) if year else None
    summary = ChatSummary(
        title,
        title,
        messages,
        pictures,
        documents,
        folder,
        pinned,
        moment,
        moment,
        lost if lost is not None else {},
        has_instructions=instructed,
        folder_kind=kind,
    )
    return FoundChat(summary, source, state, new)


def preset(name: str, conflict: Conflict = Conflict.NONE) -> Offer:
    """Return a preset in the same file."""
    return Offer(
        Candidate(Preset("", PresetOrigin.OWN, name, "Rhyme."), "", "export.json", ImportFormat.CHATBOX), conflict
    )


def preview(
    *chats: FoundChat,
    program: Program = Program.CHATGPT,
    left_out: Mapping[Loss, int] | None = None,
    refused: tuple[ImportRefused, ...] = (),
    presets: Sequence[Offer] = (),
    sources: Sequence[SourceRead] = (),
) -> ImportPreview:
    """Return what is in one file, or in `sources`."""
    return ImportPreview(
        (Path("export.zip"),),
        tuple(sources) or (SourceRead(0, program, "export.zip", 84_000_000),),
        chats,
        left_out if left_out is not None else {},
        refused,
        PresetPreview(tuple(presets)),
    )
