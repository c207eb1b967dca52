"""The migrations from an empty file to the current tables, one module per step. Append only: a released step never changes."""

from collections.abc import Callable
from sqlite3 import Connection

from chatdesk.storage.migrations import (
    m0001_first_tables,
    m0002_message_trash,
    m0003_search_beginnings,
    m0004_own_versions,
    m0005_kept_pages,
    m0006_attachments,
    m0007_presets,
    m0008_folders,
    m0009_thinking,
    m0010_chat_parameters,
    m0011_remote_conversations,
    m0012_hidden_chats,
    m0013_queued_questions,
    m0014_trash_of_folders,
    m0015_unread_answers,
    m0016_instructions,
    m0017_title_origin,
    m0018_folded_search,
    m0019_texts_of_documents,
    m0020_changes_for_other_computers,
    m0021_alternatives_are_messages,
    m0022_settled_chats,
)

MIGRATIONS: tuple[Callable[[Connection], None], ...] = (
    m0001_first_tables.migrate,
    m0002_message_trash.migrate,
    m0003_search_beginnings.migrate,
    m0004_own_versions.migrate,
    m0005_kept_pages.migrate,
    m0006_attachments.migrate,
    m0007_presets.migrate,
    m0008_folders.migrate,
    m0009_thinking.migrate,
    m0010_chat_parameters.migrate,
    m0011_remote_conversations.migrate,
    m0012_hidden_chats.migrate,
    m0013_queued_questions.migrate,
    m0014_trash_of_folders.migrate,
    m0015_unread_answers.migrate,
    m0016_instructions.migrate,
    m0017_title_origin.migrate,
    m0018_folded_search.migrate,
    m0019_texts_of_documents.migrate,
    m0020_changes_for_other_computers.migrate,
    m0021_alternatives_are_messages.migrate,
    m0022_settled_chats.migrate,
)
