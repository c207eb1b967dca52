"""Programs with data folders of their own, which share a folder as two or three computers do."""

from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

from chatdesk.app.composition import open_program
from chatdesk.app.program import Program
from chatdesk.features.sync.files.bundle import SUFFIX
from chatdesk.kernel.chat.conversation import Conversation
from chatdesk.kernel.chat.message import Message, Role
from chatdesk.kernel.redaction import Redactor
from chatdesk.kernel.remote_folder import StorageLocation
from chatdesk.system.folders import Folders
from chatdesk.system.resources import Resources


class Desk:
    """The running programs, by name; `shared` is the folder that a cloud program would synchronise."""

    def __init__(self, stack: AsyncExitStack, root: Path) -> None:
        self._stack = stack
        self.root = root
        self.shared = root / "cloud"
        self.shared.mkdir(exist_ok=True)
        self.location: StorageLocation | None = None
        """The folder on a server that the programs share in place of `shared`."""
        self.password = ""

    @property
    def folder(self) -> Path:
        return self.shared / "Chatdesk Sync"

    @property
    def bundles(self) -> list[Path]:
        return sorted(path for path in self.folder.iterdir() if SUFFIX in path.name)

    @asynccontextmanager
    async def session(self) -> AsyncGenerator["Desk", None]:
        """Yield a desk with the same folders. The programs that are opened with it are closed at the end."""
        async with AsyncExitStack() as stack:
            yield Desk(stack, self.root)

    async def close(self) -> None:
        """Close its programs."""
        await self._stack.aclose()

    async def open(self, name: str) -> Program:
        home = self.root / name
        folders = Folders.locate({"CHATDESK_HOME": str(home)})
        folders.make()
        return await self._stack.enter_async_context(open_program(folders, Resources.locate(), Redactor()))

    async def on(self, name: str, passphrase: str = "") -> Program:
        """Return a program that is synchronised, in rounds that the test runs."""
        program = await self.open(name)
        await self.turn_on(program, name, passphrase)
        return program

    async def turn_on(self, program: Program, name: str, passphrase: str = "") -> None:
        await program.sync.get().turn_on(
            self.location or StorageLocation(str(self.shared)), name, passphrase, self.password
        )
        await program.sync.get().run_round()


async def talk(program: Program, *texts: str, chat: Conversation | None = None) -> Conversation:
    """Add a chat, or continue it, with complete messages."""
    conversation = chat or await program.chat.conversations.create("Gardens")
    for text in texts:
        known = program.chat.conversations.get(conversation.id)
        role = Role.USER if known.head_id is None else Role.ASSISTANT
        message = Message.new(conversation.id, known.head_id, role, program.chat.now(), text)
        async with program.chat.chat.trees.changing(conversation.id) as tree:
            added = await program.chat.conversations.write_messages(
                conversation.id, message.id, lambda messages, message=message: messages.add(message)
            )
            tree.add(added)
    return program.chat.conversations.get(conversation.id)


async def rounds(*programs: Program) -> None:
    """Let each program write, then read."""
    for _ in range(2):
        for program in programs:
            await program.sync.get().run_round()


async def path(program: Program, chat: str) -> list[str]:
    tree = await program.chat.chat.trees.of(chat)
    return [message.text for message in tree.path(program.chat.conversations.get(chat).head_id)]
