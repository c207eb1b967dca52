"""Run as a program: takes a chat of many messages into a database and prints a line for each batch on disk. It is killed from outside."""

import asyncio
import sys
from datetime import UTC, datetime
from pathlib import Path

from chatdesk.features.chat.services.store.conversations import Conversations
from chatdesk.kernel.chat.conversation import Conversation
from chatdesk.kernel.chat.message import Message, MessageState, Role, TextPart
from chatdesk.storage.database.database import Database

MESSAGES = 3_000
TITLE = "Taken in"
WORD = "peacock"


def chat_of(count: int = MESSAGES) -> tuple[Conversation, list[Message]]:
    """Return a chat with so many messages, one below the other."""
    now = datetime.now(UTC)
    messages = [
        Message(
            f"m{number}",
            "taken",
            f"m{number - 1}" if number else None,
            0,
            Role.ASSISTANT if number % 2 else Role.USER,
            (TextPart(f"{WORD} {number} " + "some words of a long chat " * 40),),
            MessageState.COMPLETE,
            now,
        )
        for number in range(count)
    ]
    return Conversation("taken", TITLE, now, now, head_id=messages[-1].id), messages


async def main(path: Path) -> None:
    database = Database(path)
    await database.open(expected=False)
    conversations = Conversations(database, lambda: datetime.now(UTC))
    await conversations.load()
    taking = asyncio.ensure_future(conversations.add_complete(*chat_of()))
    while not taking.done():
        (rows,) = await database.run(lambda connection: connection.execute("SELECT count(*) FROM messages").fetchone())
        sys.stdout.write(f"{rows}\n")
        sys.stdout.flush()
        await asyncio.sleep(0)
    await taking
    await database.close()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
