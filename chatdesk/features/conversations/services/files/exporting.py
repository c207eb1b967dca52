"""Export of chats and messages as text, for the clipboard and for files in one of the `chat_formats.py`.

The conversion takes time in proportion to the chat, so it runs on a thread.
"""

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from functools import partial
from itertools import batched, chain, count
from pathlib import Path
from typing import TYPE_CHECKING

from chatdesk.features.attachments.services.attachments import Attachments
from chatdesk.features.chat.services.chat import Chat
from chatdesk.features.chat.services.request.formulas import FormulaKey, Formulas
from chatdesk.features.chat.services.store.conversations import Conversations
from chatdesk.kernel.aio.daemon_thread import run_in_daemon_thread
from chatdesk.kernel.chat.conversation import Conversation
from chatdesk.kernel.chat.message import DocumentPart, Message
from chatdesk.kernel.chat.request import Picture
from chatdesk.kernel.errors.storage_errors import FileNotSaved
from chatdesk.kernel.servers.server import ServerConfig
from chatdesk.kernel.text.file_name import safe_file_name
from chatdesk.storage.database.background import run_in_background
from chatdesk.storage.files.file_writing import on_chosen_drive, save_bytes

if TYPE_CHECKING:
    from chatdesk.features.conversations.services.files.chat_documents import ChatDocuments
    from chatdesk.features.conversations.services.files.document_copies import DocumentCopies
    from chatdesk.features.conversations.services.files.exported_chat import (
        ChatFormat,
        Export,
        ExportedChat,
        ExportLabels,
        ExportOptions,
        ExportScope,
        ScopeContents,
    )
    from chatdesk.kernel.documents.document_text import DocumentText
    from chatdesk.kernel.lazy import Lazy
    from chatdesk.rendering.formulas.typeset.typeset_formula import SetFormula
    from chatdesk.storage.files.user_files import UserFiles

_MAX_PICTURE_BYTES = 64 * 1024 * 1024
MAX_DOCUMENT_BYTES = 64 * 1024 * 1024
"""In one file: what is larger would not be read again (`presets/importing/limits.py`)."""


_PREPARATION = 0.1
_FORMULAS_AT_ONCE = 200
_REMOVAL_SECONDS = 60.0
"""After which removing unfinished files from a drive that does not respond is abandoned; a later export removes them."""


class Exporting:
    """One instance per program. The result is empty for a chat or message that does not exist."""

    def __init__(
        self,
        conversations: Conversations,
        chat: Chat,
        now: Callable[[], datetime],
        attachments: Attachments,
        formulas: Formulas,
        find_server: Callable[[str], ServerConfig | None] = lambda _id: None,
        folder_name: Callable[[Conversation], str] = lambda _chat: "",
        user_files: "Lazy[UserFiles] | None" = None,
    ) -> None:
        """`folder_name` returns the name of the folder that a chat is in; empty for none. `user_files` are the presets and glossaries."""
        self._user_files = user_files
        self._folder_name = folder_name
        self._find_server = find_server
        self._formulas = formulas
        self._attachments = attachments
        self._conversations = conversations
        self._chat = chat
        self._now = now

    async def turns(
        self, conversation_id: str, labels: "ExportLabels", *, reasoning: bool = True, plain: bool = False
    ) -> str:
        """Return the current path as Markdown without front matter, or as plain text."""
        from chatdesk.features.conversations.services.files.chat_markdown import (  # noqa: PLC0415 - start-up time
            turns_markdown,
        )
        from chatdesk.features.conversations.services.files.exported_chat import (  # noqa: PLC0415 - likewise
            Include,
        )
        from chatdesk.features.conversations.services.files.exported_turns import (  # noqa: PLC0415 - likewise
            exported_turns,
        )

        path, _ = await self._chat.path(conversation_id)
        include = frozenset({Include.QUESTIONS, *([Include.REASONING] if reasoning else [])})

        def write() -> str:
            markdown = turns_markdown(exported_turns(path, path, include, labels), labels, cited=_cited(path))
            return _plain_text(markdown) if plain else markdown

        return await asyncio.to_thread(write)

    async def file(
        self,
        scope: "ExportScope",
        chat_format: "ChatFormat",
        options: "ExportOptions",
        labels: "ExportLabels",
        *,
        title: str = "",
        copies: "DocumentCopies | None" = None,
        report: Callable[[float], None] = lambda _share: None,
    ) -> bytes:
        """Return the content of one file. `title` is that of a file with several chats.

        With `copies`, documents that the format does not contain are copied. `report` is called on any thread, as in `Export`. Raises
        `ChatdeskError` if documents cannot be copied, or the file cannot be made, and `ExportCancelled`.
        """
        export = await self.export(scope, chat_format, options, labels, title=title, copies=copies, report=report)
        return await asyncio.to_thread(chat_format.write, export)

    async def save(
        self,
        scope: "ExportScope",
        chat_format: "ChatFormat",
        options: "ExportOptions",
        labels: "ExportLabels",
        path: Path,
        *,
        title: str = "",
        report: Callable[[float], None] = lambda _share: None,
    ) -> None:
        """Write one file, with copies of the documents in a folder next to it if the format does not contain them.

        Raises `ChatdeskError` or `ExportCancelled`; then nothing remains.
        """
        from chatdesk.features.conversations.services.files.document_copies import (  # noqa: PLC0415 - start-up time
            DocumentCopies,
        )

        copies = DocumentCopies(path, self._attachments.read)
        try:
            content = await self.file(scope, chat_format, options, labels, title=title, copies=copies, report=report)
            await save_bytes(path, content, before=copies.finish)
        except BaseException:
            with suppress(TimeoutError):
                await run_in_daemon_thread(copies.remove, "remove copies", _REMOVAL_SECONDS)
            raise

    async def export(
        self,
        scope: "ExportScope",
        chat_format: "ChatFormat",
        options: "ExportOptions",
        labels: "ExportLabels",
        *,
        title: str = "",
        copies: "DocumentCopies | None" = None,
        report: Callable[[float], None] = lambda _share: None,
    ) -> "Export":
        """Return what a writer receives for a file. The arguments are those of `file`."""
        from chatdesk.features.conversations.services.files.exported_chat import Export  # noqa: PLC0415 - start-up time

        shares = _Shares(report, len(scope.chats))
        chats = []
        for number, each in enumerate(scope.chats):
            shares.read(number)
            chats.append(await self._exported(each, scope.messages, chat_format, options, labels, copies))
        return Export(
            title or (chats[0].title if chats else ""),
            chats,
            self._now(),
            options,
            labels,
            await self._typeset(chats, chat_format.draws, shares) if chat_format.draws_formulas else {},
            self._find_server,
            shares.write,
        )

    async def _exported(
        self,
        conversation_id: str,
        chosen: frozenset[str],
        chat_format: "ChatFormat",
        options: "ExportOptions",
        labels: "ExportLabels",
        copies: "DocumentCopies | None",
    ) -> "ExportedChat":
        from chatdesk.features.conversations.services.files.chat_documents import (  # noqa: PLC0415 - start-up time
            NO_CHAT_DOCUMENTS,
        )
        from chatdesk.features.conversations.services.files.chat_settings import (  # noqa: PLC0415 - start-up time
            NO_SETTINGS,
            ChatSettings,
        )
        from chatdesk.features.conversations.services.files.exported_chat import (  # noqa: PLC0415 - likewise
            ExportedChat,
            Include,
        )
        from chatdesk.features.conversations.services.files.exported_turns import (  # noqa: PLC0415 - likewise
            exported_turns,
        )

        path, _ = await self._chat.path(conversation_id)
        messages = await self._chat.messages(conversation_id)
        include = options.include & chat_format.options
        if chat_format.is_complete:
            include |= frozenset(Include) - chat_format.options
        cited = {} if chat_format.embeds_documents else await asyncio.to_thread(_cited, path, chosen)
        if chosen:
            messages, path = _chosen(messages, chosen), _chosen(path, chosen)
        turns = await asyncio.to_thread(exported_turns, messages, path, include, labels)
        messages = tuple(turn.message for turn in turns)
        with_files, embeds = Include.ATTACHMENTS in include, chat_format.embeds_documents
        conversation = self._conversations.find(conversation_id)
        return ExportedChat(
            self._conversations.title(conversation_id),
            turns,
            path[-1].id if chosen and path else conversation.head_id if conversation else None,
            await self._pictures_of(messages) if with_files else {},
            await self._documents_of(messages, with_files=with_files) if embeds else NO_CHAT_DOCUMENTS,
            await copies.add(_with_files(messages).values()) if copies and with_files and not embeds else {},
            cited,
            ChatSettings.of(conversation) if conversation and not chosen else NO_SETTINGS,
            conversation_id,
            conversation.created_at if conversation else None,
            conversation.updated_at if conversation else None,
            conversation is not None and conversation.pinned and not chosen,
            self._folder_name(conversation) if conversation and not chosen else "",
        )

    async def _typeset(
        self, chats: "Sequence[ExportedChat]", draws: Callable[[FormulaKey], bool], shares: "_Shares"
    ) -> "Mapping[FormulaKey, SetFormula]":
        """Return the formulas of the chats that a format draws, typeset."""
        from chatdesk.features.conversations.services.files.exported_turns import (  # noqa: PLC0415 - start-up time
            formulas_in,
        )

        turns = [turn for chat in chats for turn in chat.turns]
        keys = await asyncio.to_thread(lambda: [key for key in dict.fromkeys(formulas_in(turns)) if draws(key)])
        typeset: dict[FormulaKey, SetFormula] = {}
        for some in batched(keys, _FORMULAS_AT_ONCE):
            shares.typeset(len(typeset) / len(keys))
            typeset |= await self._formulas.typeset(some)
        return typeset

    async def messages(self, conversation_id: str) -> tuple[Message, ...]:
        """Return the messages being shown."""
        path, _ = await self._chat.path(conversation_id)
        return path

    async def contents(self, scope: "ExportScope") -> "ScopeContents":
        """Return what the messages of a scope contain."""
        from chatdesk.features.conversations.services.files.exported_chat import (  # noqa: PLC0415 - start-up time
            ScopeContents,
        )

        found = ScopeContents()
        for each in scope.chats:
            path, _ = await self._chat.path(each)
            everything = await self._chat.messages(each)
            if scope.messages:
                path, everything = _chosen(path, scope.messages), _chosen(everything, scope.messages)
            found = found.with_chat(path, everything)
        return found

    async def save_each(
        self,
        scope: "ExportScope",
        chat_format: "ChatFormat",
        options: "ExportOptions",
        labels: "ExportLabels",
        path: Path,
        *,
        is_archive: bool,
        with_user_files: bool = False,
        report: Callable[[float], None] = lambda _share: None,
    ) -> Path:
        """Write one file for each chat, into a new folder or an archive; return its path: a folder that is there is not changed.

        Chats of several folders are written to subfolders with the folders' names, which the import recognises. `with_user_files` adds the
        presets and glossaries, in the subfolder `user-files`. The result appears only when everything is written. Raises `ChatdeskError` or
        `ExportCancelled`.
        """
        from chatdesk.kernel.user_files import USER_FILES  # noqa: PLC0415 - start-up time
        from chatdesk.storage.files.files_together import FilesTogether  # noqa: PLC0415 - likewise

        total, names = len(scope.chats), set[str]()
        folders = {each: self._folder_name(found) for each in scope.chats if (found := self._conversations.find(each))}
        has_folders = len(set(folders.values())) > 1
        files = await on_chosen_drive(path, partial(FilesTogether, path, is_archive=is_archive))
        try:
            if with_user_files and self._user_files:
                await self._copy_user_files(self._user_files.get(), files.folder / USER_FILES, report)
            for number, each in enumerate(scope.chats):
                folder = files.folder / safe_file_name(folders.get(each, "") if has_folders else "")
                if folder.name.casefold() == USER_FILES:  # the name is taken
                    folder = folder.with_name(f"_{folder.name}")
                name = _unused(folder, safe_file_name(self._conversations.title(each)) or "chat", names)
                to = folder / f"{name}.{chat_format.ending}"

                def report_part(share: float, number: int = number) -> None:
                    report((number + share) / total)

                await on_chosen_drive(path, partial(folder.mkdir, exist_ok=True))
                one = replace(scope, chats=(each,))
                await self.save(one, chat_format, options, labels, to, report=report_part)
                report((number + 1) / total)
            return await run_in_daemon_thread(files.finish, "save files")
        except FileNotSaved as error:
            error.name = path.name  # that of a file inside says nothing to the user
            raise
        finally:
            with suppress(TimeoutError):
                await run_in_daemon_thread(files.close, "remove unfinished files", _REMOVAL_SECONDS)

    @staticmethod
    async def _copy_user_files(user_files: "UserFiles", folder: Path, report: Callable[[float], None]) -> None:
        def copy(check: Callable[[float], None]) -> None:
            def check_both() -> None:
                check(0.0)
                report(0.0)

            user_files.copy_to(folder, check_both)

        await run_in_background(copy)

    async def count_user_files(self) -> int:
        """Return the number of presets and glossaries."""
        return await asyncio.to_thread(self._user_files.get().count) if self._user_files else 0

    async def _pictures_of(self, messages: Sequence[Message]) -> Mapping[str, Picture]:
        """Return the pictures to embed, prepared for sending, that is, without location data of the camera.

        Pictures beyond the size limit of a file are only named.
        """
        found: dict[str, Picture] = {}
        remaining = _MAX_PICTURE_BYTES
        for part in (part for message in messages for part in message.pictures):
            picture = await self._attachments.to_send(part) if part.sha256 not in found else None
            if picture and len(picture.data) <= remaining:
                found[part.sha256] = picture
                remaining -= len(picture.data)
        return found

    async def _documents_of(self, messages: Sequence[Message], *, with_files: bool) -> "ChatDocuments":
        """Return the texts of the documents, and their files if wanted. What is beyond the size limit of a file is only named."""
        from chatdesk.features.conversations.services.files.chat_documents import (  # noqa: PLC0415 - start-up time
            ChatDocuments,
        )

        texts: dict[str, DocumentText] = {}
        files: dict[str, bytes] = {}
        remaining = MAX_DOCUMENT_BYTES
        documents = [each for message in messages for each in message.documents]
        for key in dict.fromkeys(key for each in documents for key in (each.text_sha256, each.summary_sha256) if key):
            text = await self._attachments.documents.stored_text(key)
            if text and text.length <= remaining:
                texts[key] = text
                remaining -= text.length
        for sha256, document in _with_files(messages).items() if with_files else ():
            data = await asyncio.to_thread(self._attachments.read, sha256) if document.size <= remaining else None
            if data and len(data) <= remaining:
                files[sha256] = data
                remaining -= len(data)
        return ChatDocuments(texts, files)


class _Shares:
    """Reports how much of a file is done. Of several chats, reading takes a part of the time; of one, next to nothing."""

    def __init__(self, report: Callable[[float], None], chats: int) -> None:
        self._report = report
        self._chats = chats
        self._before = 2 * _PREPARATION if chats > 1 else 0.0
        """The share before the file is written: half for reading, half for formulas."""

    def read(self, number: int) -> None:
        """Report that some chats are read. Raises `ExportCancelled`."""
        self._report(self._before / 2 * number / self._chats)

    def typeset(self, share: float) -> None:
        """Report that a share of the formulas is typeset. Raises `ExportCancelled`."""
        self._report(self._before / 2 * (1 + share))

    def write(self, share: float) -> None:
        """See `Export.report`."""
        self._report(self._before + (1 - self._before) * share)


def _with_files(messages: Iterable[Message]) -> dict[str, DocumentPart]:
    """Return the documents that have files, by hash."""
    return {each.sha256: each for message in messages for each in message.documents if each.sha256}


def _chosen(messages: Sequence[Message], chosen: frozenset[str]) -> tuple[Message, ...]:
    return tuple(message for message in messages if message.id in chosen)


def _cited(path: Sequence[Message], chosen: frozenset[str] = frozenset()) -> Mapping[int, DocumentPart]:
    """Return the documents that the chosen answers cite, by their numbers."""
    from chatdesk.features.chat.services.citations import cited_documents  # noqa: PLC0415 - start-up time

    return cited_documents(path, chosen)


def _unused(folder: Path, name: str, names: set[str]) -> str:
    """Return a name that is not yet among `names`, also for file systems that ignore case, and add it to them."""
    candidates = chain([name], (f"{name} ({number})" for number in count(2)))
    free = next(each for each in candidates if str(folder / each).casefold() not in names)
    names.add(str(folder / free).casefold())
    return free


def _plain_text(markdown: str) -> str:
    from chatdesk.rendering.export.plain_text import to_plain_text  # noqa: PLC0415 - start-up time
    from chatdesk.rendering.markdown.markdown import parse  # noqa: PLC0415 - likewise

    return to_plain_text(parse(markdown))
