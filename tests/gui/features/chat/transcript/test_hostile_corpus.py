"""More than a hundred hostile texts, streamed and whole: no turn of the loop takes long, and both show the same (`dev.py bench P7`)."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt

from chatdesk.features.chat.ui.transcript.messages.message_item import TEXT
from chatdesk.kernel.chat.message import MessageState
from chatdesk.kernel.chat.stream_events import TextDelta
from tests.fakes.hostile_texts import hostile_texts
from tests.gui.features.chat.transcript.conftest import Reader
from tests.gui.features.chat.transcript.sample_chat import answer, question
from tests.gui.features.chat.transcript.test_hostile_streams import PIECE, short, short_turn

pytestmark = pytest.mark.thorough
TEXTS = hostile_texts(seed=3, scale=0.3)


def test_there_are_enough_of_them_and_they_are_the_same_for_the_same_seed() -> None:
    assert len(TEXTS) >= 87
    assert hostile_texts(seed=3, scale=0.3) == TEXTS
    assert hostile_texts(seed=4, scale=0.3) != TEXTS


@pytest.mark.parametrize("name", TEXTS)
def test_it_holds_up_nothing_and_is_the_same_streamed_and_whole(name: str, make_reader: Callable[..., Reader]) -> None:
    text, streamed, whole = TEXTS[name], make_reader(), make_reader()
    streamed.show([question("Go"), answer("", state=MessageState.STREAMING)])
    for start in range(0, len(text), PIECE):
        with short():
            streamed.view.grow("m1", (TextDelta(text[start : start + PIECE]),))
        short_turn()
    streamed.read(short_turn)
    with short():
        streamed.view.change_message(answer(text))
    with short():
        whole.view.show_path([question("Go"), answer(text)], {})
    for reader in (streamed, whole):
        reader.read(short_turn)
        with short():
            reader.press(Qt.Key.Key_Home)
        reader.read(short_turn)
        with short():
            reader.view.resize(600, 640)
        reader.read(short_turn)
    columns = [reader.view.document[1].column(TEXT) for reader in (streamed, whole)]
    shown = [column.blocks if column else () for column in columns]
    assert shown[0] == shown[1]
