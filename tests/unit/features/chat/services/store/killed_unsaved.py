"""Run as a program: keeps a growing draft in the file for unsaved text, and says when it is kept. It kills itself at the given line."""

import asyncio
import sys
from datetime import UTC, datetime
from pathlib import Path

from chatdesk.features.chat.services.store.unsaved import Unsaved
from chatdesk.kernel.chat.conversation import Conversation
from tests.kills.lines import killed_at_line

WORDS = ("One", "One two", "One two three")
PARTS = ("storage", "features/chat/services/store")


async def main(path: Path, line: int) -> None:
    now = datetime.now(UTC)
    with killed_at_line(line, *PARTS):
        unsaved = Unsaved(path)
        for text in WORDS:
            await unsaved.save_draft(Conversation("chat", "Chat", now, now, draft=text))
            sys.stdout.write(f"{text}\n")
            sys.stdout.flush()
        await unsaved.close()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), int(sys.argv[2])))
