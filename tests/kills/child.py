"""The program that is killed: all of its services, without a window. Writes a line for whatever a person would see, when they would.

It tells that it is open, waits for a line on standard input, and then asks, queues, types, edits and takes chats in at random.
Lines are JSON; `at` is on the clock of `time.monotonic`, which all processes of the machine share.
"""

import asyncio
import json
import os
import random
import sys
import time
import uuid
from collections.abc import Mapping
from pathlib import Path

from chatdesk.app.composition import open_program
from chatdesk.app.program import Program
from chatdesk.features.chat.services.chat_changes import (
    AnswerGrew,
    ChatChange,
    MessageAdded,
    MessageChanged,
    QueueChanged,
)
from chatdesk.kernel.chat.conversation import Conversation, Question
from chatdesk.kernel.chat.message import MessageState, Role
from chatdesk.kernel.chat.stream_events import TextDelta
from chatdesk.kernel.errors.attachment_errors import AttachmentError
from chatdesk.kernel.errors.storage_errors import StorageError
from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.redaction import Redactor
from chatdesk.system.folders import Folders
from chatdesk.system.resources import Resources
from tests.unit.features.conversations.foreign_chats import foreign_chat, write_export

MODEL = "scripted:1b"
IMPORTED_CHATS, IMPORTED_MESSAGES = 20, 20
"""The chats of an import, and the messages of each, before it grows by two."""
_SAVES_DRAFTS_AFTER = 0.4
"""As the composer does."""


class Person:
    """What one does with the program, and what one sees of it."""

    def __init__(self, program: Program, run: str, seed: int, exports: Path) -> None:
        self._program = program
        self._run = run
        self._random = random.Random(seed)
        self._exports = exports
        self._imported = ""
        """The name of the last import."""
        self._is_importing = False
        server = next(server for server in program.servers.servers.all() if server.protocol == "ollama")
        self._model = ModelRef(server.id, MODEL)
        self._lengths: dict[str, int] = {}
        self._count = 0
        self._drafts: dict[str, str] = {}
        program.chat.chat.changes.subscribe(self._see)

    async def go_on(self) -> None:
        """Do one thing after the other, whatever still goes on of those before. The first is an import, which takes longest."""
        actions = (
            self._ask,
            self._ask,
            self._ask,
            self._ask_about_document,
            self._queue,
            self._queue,
            self._type,
            self._type,
            self._edit,
            self._import,
            self._import,
        )
        running: set[asyncio.Task[None]] = set()
        action = self._import
        while True:
            task = asyncio.create_task(self._do(action))
            running.add(task)
            task.add_done_callback(running.discard)
            await asyncio.sleep(self._random.uniform(0.02, 0.4))
            action = self._random.choice(actions)

    async def _do(self, action: "Action") -> None:
        try:
            await action()
        except StorageError as error:
            tell("refused", error=type(error).__name__)

    async def _ask(self) -> None:
        idle = [chat for chat in self._mine() if not self._program.chat.chat.is_answering(chat.id)]
        chat = self._random.choice(idle) if idle and self._random.random() < 0.5 else await self._new_chat()
        await self._program.chat.chat.send(chat.id, Question(self._words("question"), self._model))

    async def _ask_about_document(self) -> None:
        text = self._words("document") + " and further words of it\n" * self._random.randrange(1, 50_000)
        try:
            document = await self._program.chat.attachments.documents.add_text(text, "notes.txt")
        except AttachmentError as error:
            tell("unread", error=type(error).__name__)
            return
        chat = await self._new_chat()
        await self._program.chat.chat.send(
            chat.id, Question(self._words("question"), self._model, attachments=(document,))
        )

    async def _queue(self) -> None:
        busy = [chat for chat in self._mine() if self._program.chat.chat.is_answering(chat.id)]
        if busy:
            chat = self._random.choice(busy)
            await self._program.chat.chat.send(chat.id, Question(self._words("waiting"), self._model))

    async def _type(self) -> None:
        chats = self._mine()
        if not chats:
            return
        chat = self._random.choice(chats).id
        self._drafts[chat] = f"{self._drafts.get(chat) or self._words('draft')} and"
        tell("typed", chat=chat, text=self._drafts[chat])
        await asyncio.sleep(_SAVES_DRAFTS_AFTER)
        conversation = self._program.chat.conversations.find(chat)
        if conversation:
            await self._program.chat.conversations.save_draft(chat, self._drafts[chat])

    async def _edit(self) -> None:
        for chat in self._mine():
            for message in (await self._program.chat.chat.path(chat.id))[0]:
                if message.role is Role.ASSISTANT and message.state is MessageState.COMPLETE:
                    text = self._words("edited")
                    if await self._program.chat.branches.edit_answer(message.id, text):
                        tell("edited", text=text)
                    return

    async def _import(self) -> None:
        """Import chats that are new, and more messages of those of the import before; sometimes take that back."""
        if self._is_importing:
            return
        self._is_importing = True
        try:
            await self._import_and_perhaps_not()
        finally:
            self._is_importing = False

    async def _import_and_perhaps_not(self) -> None:
        name, grows = f"{self._run}-{self._count}", self._imported
        self._count += 1
        tell("importing", name=name, grows=grows)
        grown = [
            _foreign_chat(grows, number, IMPORTED_MESSAGES + 2) for number in range(IMPORTED_CHATS if grows else 0)
        ]
        new = [_foreign_chat(name, number, IMPORTED_MESSAGES) for number in range(IMPORTED_CHATS)]
        path = await asyncio.to_thread(write_export, self._exports / f"{name}.json", *grown, *new)
        imports = self._program.conversations.imports.get()
        preview = await imports.preview([path])
        result = await imports.add(preview, [each.summary.id for each in preview.chats])
        tell("imported", name=name)
        self._imported = name
        if self._random.random() < 0.3:
            tell("taking back", name=name)
            if not await imports.undo(result):
                tell("taken back", name=name)
                self._imported = grows

    def _mine(self) -> list[Conversation]:
        return [chat for chat in self._program.chat.conversations.all() if chat.title.startswith(self._run)]

    async def _new_chat(self) -> Conversation:
        return await self._program.chat.conversations.create(f"{self._run} {uuid.uuid4().hex[:6]}")

    def _words(self, kind: str) -> str:
        self._count += 1
        return f"<{self._run}-{kind}-{self._count}>"

    def _see(self, change: ChatChange) -> None:
        match change:
            case MessageAdded(message) if message.role is Role.USER:
                tell("message", text=message.text)
                for document in message.documents:
                    tell("document", text_sha256=document.text_sha256)
            case MessageChanged(message):
                tell("ended", id=message.id, length=len(message.text), state=message.state.value)
            case AnswerGrew(_, message_id, events):
                more = sum(len(event.text) for event in events if isinstance(event, TextDelta))
                length = self._lengths[message_id] = self._lengths.get(message_id, 0) + more
                tell("grew", id=message_id, length=length)
            case QueueChanged(_, drafts):
                for draft in drafts:
                    tell("waits", text=draft.title)


Action = type(Person._ask)


def _foreign_chat(name: str, number: int, messages: int) -> Mapping[str, object]:
    texts = [f"imported {number} " + "and some more words " * 30 for number in range(messages)]
    return foreign_chat(f"{name}-{number}", texts, title=f"Imported {name}-{number}")


def tell(what: str, **about: object) -> None:
    sys.stdout.write(json.dumps({"what": what, "at": time.monotonic(), **about}) + "\n")
    sys.stdout.flush()


async def main(run: str, seed: int, exports: Path) -> None:
    folders = Folders.locate()
    folders.make()
    async with open_program(folders, Resources.locate(), Redactor()) as program:
        tell("open", pid=os.getpid())
        word = await asyncio.to_thread(sys.stdin.readline)
        if word.strip() == "tidy":
            await program.chat.conversations.empty_trash()
            await program.chat.attachments.tidy_up()
            tell("tidy")
            return
        await Person(program, run, seed, exports).go_on()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3])))
