"""Run as a program: streams an answer into a database for ever and prints how many pieces were acknowledged. It is killed from outside."""

import asyncio
import sys
from itertools import count
from pathlib import Path

from chatdesk.kernel.chat.message import ReasoningPart, TextPart
from chatdesk.storage.database.conversation_repository import ConversationRepository
from chatdesk.storage.database.database import Database
from chatdesk.storage.database.message_repository import MessageRepository
from tests.unit.storage.samples import a_conversation, an_answer

PIECE = "机器🦉 learns. "


async def main(path: Path) -> None:
    database = Database(path)
    await database.open(expected=False)
    answer = an_answer("answer")
    await database.run(lambda connection: ConversationRepository(connection).add(a_conversation()))
    await database.run(lambda connection: MessageRepository(connection).add(answer))
    for pieces in count(100, 100):
        grown = answer.with_parts((ReasoningPart("hm", pieces), TextPart(PIECE * pieces)))
        await database.run(lambda connection, grown=grown: MessageRepository(connection).save_parts(grown))
        sys.stdout.write(f"{pieces}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
