"""Absurd values in every column of the database, in the window: it starts, shows all of it, words it, and goes on."""

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from chatdesk.features.chat.ui.transcript.messages.answer_item import AnswerItem
from chatdesk.kernel.settings.declarations import LAST_CONVERSATION
from chatdesk.system.folders import Folders
from tests.gui.window.desk import Desk, Speaker
from tests.unit.storage.full_database import ABSURD, NUMBERS, columns, spoil, spoil_numbers, write_everything

OpenDesk = Callable[[], Awaitable[Desk]]
CHATS = 8
"""Rows of each table that can be spoiled one by one in the same file."""


def write(put: Callable[[Path], None]) -> None:
    """Write chats, of which each has other columns spoiled, and let the last one be shown first."""
    folders = Folders.locate()
    folders.make()
    path = folders.data / "chats.sqlite3"
    write_everything(path, CHATS)
    put(path)
    (folders.config / "settings.json").write_text(f'{{"{LAST_CONVERSATION.key}": "chat{CHATS - 1}"}}')


async def read_all(desk: Desk) -> None:
    """Open one chat after the other and have everything painted and worded that is there to be."""
    for chat in desk.program.conversations.all():
        desk.window.navigation.open(chat.id)
        await desk.until(lambda chat=chat: desk.chat() == chat.id)
        await desk.until(lambda: desk.window._chat._opening and not desk.window._tasks._running)
        desk.window.grab()
        if desk.window._page.shows_start:
            continue
        for index in range(len(desk.transcript.document)):
            item = desk.transcript.document[index]
            if isinstance(item, AnswerItem):
                item.actions.details()
        desk.messages()
    desk.window.grab()


def errors(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.levelname == "ERROR"]


@pytest.mark.parametrize("name", ABSURD)
async def test_a_value_in_every_column_is_shown(
    name: str, speaker: Speaker, open_desk: OpenDesk, caplog: pytest.LogCaptureFixture
) -> None:
    def put(path: Path) -> None:
        for number, column in enumerate(columns(path)):
            spoil(path, column, ABSURD[name], (number % CHATS + 0.5 * (number // CHATS % 2)) / CHATS)

    write(put)
    desk = await open_desk()
    await read_all(desk)
    desk.window.navigation.new_chat()
    await desk.ask_and_wait("Hello")
    assert desk.answer() == "Yes."
    assert errors(caplog) == []


@pytest.mark.parametrize("name", NUMBERS)
async def test_a_value_in_the_place_of_every_number_in_a_column_is_shown(
    name: str, speaker: Speaker, open_desk: OpenDesk, caplog: pytest.LogCaptureFixture
) -> None:
    def put(path: Path) -> None:
        for column in columns(path):
            spoil_numbers(path, column, NUMBERS[name])

    write(put)
    desk = await open_desk()
    await read_all(desk)
    assert errors(caplog) == []
