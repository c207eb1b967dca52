"""Absurd values in every column of the database, in the window: it starts, shows all of it, words it, and goes on."""

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from chatdesk.features.chat.ui.transcript.messages.answer_item import AnswerItem
from chatdesk.kernel.settings.declarations import LAST_CONVERSATION
from chatdesk.system.folders import Folders
from tests.gui.window.harness import FakeModel, Harness
from tests.unit.storage.full_database import ABSURD, NUMBERS, columns, spoil, spoil_numbers, write_everything

OpenHarness = Callable[[], Awaitable[Harness]]
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


async def read_all(harness: Harness) -> None:
    """Open one chat after the other and have everything painted and worded that is there to be."""
    for chat in harness.program.chat.conversations.all():
        harness.window.navigation.open(chat.id)
        await harness.until(lambda chat=chat: harness.chat() == chat.id)
        await harness.until(lambda: harness.chat_presenter._path_requests and not harness.window._tasks._running)
        harness.window.grab()
        if harness.chat_page.shows_start:
            continue
        for index in range(len(harness.transcript.document)):
            item = harness.transcript.document[index]
            if isinstance(item, AnswerItem):
                item.actions.details()
        harness.messages()
    harness.window.grab()


def errors(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.levelname == "ERROR"]


@pytest.mark.thorough
@pytest.mark.parametrize("name", ABSURD)
async def test_a_value_in_every_column_is_shown(
    name: str, fake_model: FakeModel, open_harness: OpenHarness, caplog: pytest.LogCaptureFixture
) -> None:
    def put(path: Path) -> None:
        for number, column in enumerate(columns(path)):
            spoil(path, column, ABSURD[name], (number % CHATS + 0.5 * (number // CHATS % 2)) / CHATS)

    write(put)
    harness = await open_harness()
    await read_all(harness)
    harness.window.navigation.new_chat()
    await harness.ask_and_wait("Hello")
    assert harness.answer() == "Yes."
    assert errors(caplog) == []


@pytest.mark.parametrize("name", NUMBERS)
async def test_a_value_in_the_place_of_every_number_in_a_column_is_shown(
    name: str, fake_model: FakeModel, open_harness: OpenHarness, caplog: pytest.LogCaptureFixture
) -> None:
    def put(path: Path) -> None:
        for column in columns(path):
            spoil_numbers(path, column, NUMBERS[name])

    write(put)
    harness = await open_harness()
    await read_all(harness)
    assert errors(caplog) == []
