"""What nobody should write: bounded time and height, nothing fetched, nothing lost. While it streams and when it is whole."""

import time
from collections.abc import Callable

import pytest

from chatdesk.kernel.chat.message import MessageState
from chatdesk.kernel.chat.stream_events import TextDelta
from tests.gui.features.chat.transcript.conftest import Reader
from tests.gui.features.chat.transcript.sample_chat import answer, question

HOSTILE = {
    "quotes": "> " * 5_000 + "deep",
    "lists": "\n".join("  " * depth + "- item" for depth in range(1_000)),
    "backticks": "`" * 100_000,
    "brackets": "[" * 50_000,
    "no spaces": "x" * 200_000,
    "no spaces in code": "```\n" + "x" * 200_000 + "\n```",
    "wide table": "|" + "a|" * 200 + "\n|" + "-|" * 200 + "\n" + ("|" + "b|" * 200 + "\n") * 40,
    "long table": "| a | b |\n|---|---|\n" + "| word | 1 |\n" * 2_000,
    "zalgo": "Z" + "\u0301\u0323\u0334" * 3_000,
    "families": "👨‍👩‍👧‍👦🏳️‍🌈👍🏽" * 500,
    "controls": "a\0b\x1b[31m\ufffe\uffff\u202eevil\u2066x",
    "html": "<script>alert(1)</script><img src=file:///etc/passwd><iframe src=http://x></iframe>",
    "pictures": "See ![](file:///etc/passwd) ![x](https://tracker/?q=1) ![](//host/share) ![](data:image/png;base64,AAAA)",
    "code": "```nothing-known\n" + "x = 1\n" * 50_000 + "```",
    "right to left": "שלום " * 2_000 + "\u202e abc",
}
LONGEST_PIECE = 400


@pytest.mark.parametrize("name", HOSTILE)
def test_it_is_shown_in_bounded_time(name: str, reader: Reader) -> None:
    begun = time.process_time()
    reader.show([question("Go"), answer(HOSTILE[name])])
    reader.look()
    reader.view.verticalScrollBar().setValue(0)
    reader.look()
    # Five times what the lists take, a megabyte in slices, and two orders of magnitude above the others. Without bounds some never end.
    assert time.process_time() - begun < 5
    assert reader.view.document[1].source(1) == HOSTILE[name]


@pytest.mark.parametrize("name", ["controls", "html", "pictures", "families", "right to left", "zalgo"])
def test_it_streams_to_what_it_is_when_it_is_whole(name: str, make_reader: Callable[..., Reader]) -> None:
    streamed, whole = make_reader(height=2_000), make_reader(height=2_000)
    text = HOSTILE[name][:LONGEST_PIECE]
    streamed.show([question("Go"), answer("", state=MessageState.STREAMING)])
    for character in text:
        streamed.view.grow("m1", (TextDelta(character),))
    streamed.view.change_message(answer(text))
    whole.show([question("Go"), answer(text)])
    assert streamed.look() == whole.look()


def test_html_is_text(reader: Reader) -> None:
    reader.show([question("Go"), answer(HOSTILE["html"])])
    reader.place_of(1, "<script>alert(1)</script><img src=file")


def test_pictures_are_named_and_none_is_fetched(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    def opened(*_: object, **__: object) -> None:
        raise AssertionError("something was opened")

    monkeypatch.setattr("builtins.open", opened)
    monkeypatch.setattr("socket.socket.connect", opened)
    reader.show([question("Go"), answer(HOSTILE["pictures"])])
    reader.look()
    reader.place_of(1, "x · tracker")
    reader.place_of(1, "host")


def test_the_deepest_nesting_leaves_room_for_words(reader: Reader) -> None:
    reader.show([question("Go"), answer(HOSTILE["quotes"])])
    column = reader.view.page_geometry.column[1]
    for placed in reader.view.document[1].columns():
        for leaf in placed.column._leaves.values():
            assert leaf.frame.inner_width >= column // 2
