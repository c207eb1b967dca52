"""Hostile texts in the whole window: streamed by a server, and opened from the database at the next start. Figures: `dev.py bench P7`.

All of the corpus is shown in tests/gui/features/chat/transcript/test_hostile_corpus.py; here are those that once held the window up
longest.
"""

from collections.abc import Awaitable, Callable

import pytest
from PySide6.QtCore import Qt

from tests.fakes.hostile_texts import hostile_texts
from tests.gui.window.harness import FakeModel, Harness
from tests.gui.window.heartbeat import Heartbeat

PIECE = 8_000
LONGEST_HOLD = 0.5
"""Seconds of the window's own work that nobody may wait for, on the slowest machine; here it is a tenth of that at most."""
NAMES = (
    *(
        "word of letters",
        "lines of a letter",
        "lines of a log",
        "items of 100,000",
        "empty items",
        "table of bold cells",
    ),
    *("table of formulas", "pictures in a line", "emoji chain", "late definition for blocks", "marks 1", "all kinds"),
)
TEXTS = {name: text for name, text in hostile_texts(seed=2, scale=0.4).items() if name in NAMES}


async def read(harness: Harness, words: int) -> None:
    """Wait until an answer of so many characters is there, and read."""

    def is_there() -> bool:
        document = harness.transcript.document
        message = document.messages[-1] if len(document) == 2 else None
        return (
            message is not None and len(message.text) == words and not harness.streaming() and not document.is_parsing
        )

    await harness.until(is_there)


@pytest.mark.thorough
async def test_they_stream_and_are_opened_again_without_holding_up_the_window(
    harness: Harness, fake_model: FakeModel, open_harness: Callable[[], Awaitable[Harness]]
) -> None:
    held: dict[str, float] = {}
    for name, text in TEXTS.items():
        harness.press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
        fake_model.says(*(text[start : start + PIECE] for start in range(0, len(text), PIECE)))
        harness.type(name)
        with Heartbeat() as heart:
            harness.press(Qt.Key.Key_Return)
            await read(harness, len(text))
        held[f"{name} streamed"] = heart.longest
    await harness.close()
    again = await open_harness()
    for name, text in reversed(TEXTS.items()):
        with Heartbeat() as heart:
            again.click_row(name)
            await read(again, len(text))
            again.press(Qt.Key.Key_Home, where=again.transcript)
            await read(again, len(text))
        held[f"{name} opened"] = heart.longest
    assert {name: seconds for name, seconds in held.items() if seconds > LONGEST_HOLD} == {}
