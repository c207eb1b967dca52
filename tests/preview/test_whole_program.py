"""The real program beside an imitation of Ollama: a game streams in, is played in the panel, shows its bug, and goes with the program."""

import os
import select
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QColor, QImage

from tests.descendants import descendants
from tests.e2e.person import Person
from tests.fakes.scripted_models import ScriptedAnswer, ScriptedModel, scripted_ollama
from tests.fakes.scripted_server import ScriptedServer, on_thread
from tests.own_time import OwnTime

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks for processes where Linux shows them")
_SNAKE = """<!DOCTYPE html>
<html><head><meta charset="utf-8"><title>Snake</title><style>body { margin: 0; background: #223 }</style></head>
<body><canvas id="c" width="300" height="300"></canvas>
<script>
const g = c.getContext("2d");
let x = 150, y = 150, way = [0, 0];
const ways = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };
addEventListener("keydown", e => {
  if (e.key === "b") collide();
  way = ways[e.key] ?? way;
});
setInterval(() => {
  x = Math.max(0, Math.min(280, x + way[0] * 4)); y = Math.max(0, Math.min(280, y + way[1] * 4));
  g.fillStyle = "#111"; g.fillRect(0, 0, 300, 300); g.fillStyle = "#0f0"; g.fillRect(x, y, 20, 20);
}, 30);
</script></body></html>
"""
_SHOOTER = """<!DOCTYPE html><title>Shooter</title><style>body { margin: 0 } b { display: block; height: 200px; background: #0f0 }</style>
<b id="b" onmousedown="b.requestPointerLock()"></b>
<script>document.onpointerlockchange = () => b.style.width = document.pointerLockElement ? "100px" : "300px"</script>
"""
_FLOWCHART = "flowchart LR\n  A[Order] --> B{Paid?}\n  B -->|yes| C[Parcel]\n"
_GREEN = QColor("#0f0").rgb()


def _answer(body: dict[str, Any]) -> ScriptedAnswer:
    """The question chooses the game."""
    if "diagram" in body["messages"][-1]["content"]:
        return ScriptedAnswer((f"Here it is.\n\n```mermaid\n{_FLOWCHART}```\n\nDone.",))
    page = _SHOOTER if "shooter" in body["messages"][-1]["content"] else _SNAKE
    text = f"Here it is.\n\n```html\n{page}```\n\nHave fun."
    return ScriptedAnswer(tuple(text[at : at + 9] for at in range(0, len(text), 9)), delay=0.002)


@pytest.fixture
def ollama() -> Iterator[ScriptedServer]:
    model = ScriptedModel("deepseek-r1:7b", ("completion",), 131072)
    with on_thread(scripted_ollama(_answer, (model,))) as server:
        yield server


@pytest.fixture
def person(home: Path, ollama: ScriptedServer) -> Person:
    return Person(home, {"OLLAMA_HOST": f"127.0.0.1:{ollama.port}"})


class Player:
    """Looks for the snake's head on the screen."""

    def __init__(self, person: Person, folder: Path) -> None:
        self._person = person
        self._file = folder / "screen.png"

    def head(self) -> tuple[int, int] | None:
        """Where its left upper corner is; None if it is not seen."""
        self._person.screen(self._file)
        image = QImage(str(self._file))
        places = ((x, y) for y in range(0, image.height(), 5) for x in range(0, image.width(), 5))
        for left, top in places:
            if image.pixel(left, top) == _GREEN:
                x, y = left, top
                while image.pixel(x - 1, y) == _GREEN:
                    x -= 1
                while image.pixel(x, y - 1) == _GREEN:
                    y -= 1
                return x, y
        return None

    def width(self) -> int:
        """How wide the green is."""
        at = self.head()
        if at is None:
            return 0
        image = QImage(str(self._file))
        return next(width for width in range(image.width()) if image.pixel(at[0] + width, at[1]) != _GREEN)

    def press(self, key: str) -> tuple[int, int]:
        """Press a key; return how far the head went until it lies still, at a wall."""
        before = self.head()
        self._person.press(key)
        at = [before]

        def lies() -> bool:
            at.append(self.head())
            return at[-1] != before and at[-1] == at[-2]

        self._person.until(lies, f"the snake to go where {key} leads")
        return at[-1][0] - before[0], at[-1][1] - before[1]


def test_a_streamed_game_is_played_mended_closed_and_gone_with_the_program(person: Person, tmp_path: Path) -> None:
    with person:
        person.sees("Ollama 0.32.15 found")
        person.until(lambda: person.focused() == "Message", "the keyboard in the composer")
        person.type("Write me an HTML snake game.")
        person.press("Return")
        person.sees("deepseek-r1:7b: Here it is.")
        person.until(lambda: person.place_of("Show the preview"), "the button on the code")
        person.click("Show the preview")
        player = Player(person, tmp_path)
        start = person.until(player.head, "the snake")
        person.click_at(start[0] + 10, start[1] + 10)
        assert player.press("Down") == (0, 130)
        assert player.press("Right") == (130, 0)
        assert player.press("Up") == (0, -280)
        person.press("B")  # its bug
        person.press("Escape")
        person.until(lambda: person.focused() == "Message", "the keyboard to be back in the composer")
        person.type("Good! ")
        person.sees("Running")
        assert person.read("Message") == "Good! "
        person.sees("Console 1")
        person.click("Console 1")
        person.sees("Error, Uncaught ReferenceError: collide is not defined, index.html:9")
        person.click("Ask for a fix")
        person.until(lambda: "collide is not defined" in person.read("Message"), "the question for a fix")
        question = person.read("Message")
        assert question.startswith("Good! ")
        assert 'if (e.key === "b") collide();' in question
        person.click("Close preview")
        person.until(lambda: player.head() is None, "the game to be gone")
        person.click("Show the preview")
        person.until(player.head, "the game again")
        processes = descendants(person.process_id)
        assert len(processes) >= 3  # those that make processes, and the page's own
        ends = [os.pidfd_open(process) for process in processes]
        assert person.leave(3.0) == 0
        with OwnTime() as waited:
            for end in ends:
                select.select([end], [], [])
        assert waited.seconds < 3
    for end in ends:
        os.close(end)


def test_a_game_gets_the_pointer_when_a_person_allows_it(person: Person, tmp_path: Path) -> None:
    with person:
        person.sees("Ollama 0.32.15 found")
        person.until(lambda: person.focused() == "Message", "the keyboard in the composer")
        person.type("Write me a shooter.")
        person.press("Return")
        person.until(lambda: person.place_of("Show the preview"), "the button on the code")
        person.click("Show the preview")
        player = Player(person, tmp_path)
        x, y = person.until(player.head, "the game")
        person.click_at(x + 20, y + 20)
        person.sees("The page wants to lock the mouse pointer. Press Esc to release it.")
        assert player.width() > 110
        person.click("Allow")
        person.until(lambda: 90 < player.width() < 110, "the game to have the pointer")
        person.press("Escape")
        person.until(lambda: 290 < player.width() < 310, "Esc to take it back")
        person.sees("Running. Keyboard input goes to the page.")
        person.press("Escape")
        person.until(lambda: person.focused() == "Message", "the keyboard to be back in the composer")
        assert person.leave(3.0) == 0


def test_a_diagram_is_drawn_by_a_click_and_shown_at_once_after_a_start(person: Person) -> None:
    with person:
        person.sees("Ollama 0.32.15 found")
        person.until(lambda: person.focused() == "Message", "the keyboard in the composer")
        person.type("Draw me a diagram.")
        person.press("Return")
        person.until(lambda: person.place_of("Draw the diagram"), "the button on the code")
        assert len(descendants(person.process_id)) < 3
        person.click("Draw the diagram")
        person.until(lambda: person.place_of("Picture"), "the picture")
        person.click("Code")
        person.until(lambda: person.place_of("Wrap long lines"), "its code")
        person.click("Picture")
        assert person.leave(5.0) == 0
    with person:
        person.until(lambda: person.place_of("Picture"), "the picture from the cache")
        assert len(descendants(person.process_id)) < 3
