"""Pages as models write them, played by keys and mouse: they do what they should, by their own words and by their pixels."""

from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from chatdesk.features.previews.web_engine.console import Level
from tests.preview.harness import Harness

PAGES = Path(__file__).parent / "pages"
# What is done, in turn: a tuple is clicked at, a text typed. Then what must hold in the page.
_ACTS: dict[str, tuple[list[tuple[int, int] | str], str]] = {
    "snake": ([(100, 100), "<Down>"], "snake.length > 1 && +localStorage.best > 0 && audio && s.textContent > 0"),
    "2048": ([(300, 300), "<Left>"], "cells[0] === 4 && moves === 1"),
    "tetris": ([(100, 100), "<Left>", "<Left>", " "], "landed === 1 && field[19][2] === 1"),
    "minesweeper": ([(20, 20), (150, 60)], "m.textContent === 'boom' && f.children[0].textContent === '0'"),
    "todo": (
        ["milk<Enter>bread<Enter>"],
        "l.innerText === 'milk\\nbread' && JSON.parse(localStorage.todo).length === 2",
    ),
    "chart": ([(100, 240), (100, 240)], "data.length === 6"),
    "particles": ([(200, 150)], "all.length === 50 && frames > 10"),
    "three_body": ([(100, 100), "p"], "paused && steps > 0"),
    "clock": ([(100, 270)], "utc && t.textContent.endsWith('Z') && ticks > 2"),
    "calculator": ([(400, 400), "12*3<Enter>"], "o.value === '36'"),
    "quiz": ([(100, 80), (100, 80)], "r.textContent === '2 of 2'"),
    "markdown": (["# Hi"], "o.innerHTML === '<h1>Hi</h1>'"),
    "form": (["a@b", (100, 60)], "r.textContent === 'valid'"),
    "css_art": ([(60, 400)], "turned > 0"),
    "svg": ([(68, 108)], "clicks === 1"),
    "memory": ([(40, 40), (115, 40)], "p.textContent === '1'"),
    "typing": (["the quick fox"], "r.textContent.endsWith('minute')"),
    "pong": ([(100, 100), "www"], "y === 56 && frames > 5"),
    "breakout": ([(300, 200)], "bricks.length < 24"),
    "tabs": ([(160, 30)], "location.hash === '#two' && getComputedStyle(two).display === 'block'"),
    "stopwatch": ([(100, 110)], "+t.textContent > 0.2 && b.textContent === 'Stop'"),
    "piano": ([(40, 40), "d"], "played.join() === 'C,D' && audio.state === 'running' && level() > 0"),
    "shooter": ([(200, 200), (250, 200)], "shots === 2"),
    "notes": (["hello"], "s.textContent === '5' && localStorage.notes === 'hello'"),
}


@pytest.mark.parametrize("name", _ACTS)
def test_a_page_can_be_used(harness: Harness, name: str) -> None:
    acts, condition = _ACTS[name]
    harness.activateWindow()
    run = harness.open((PAGES / f"{name}.html").read_text(encoding="utf-8"))
    harness.host.setFocus()
    harness.until_page("document.hasFocus()")
    harness.until(lambda: _colours(_seen(harness)) > 1, "something to be drawn")
    before = _seen(harness)
    for act in acts:
        if isinstance(act, str):
            harness.type(act)
        else:
            harness.click(*act)
    harness.until_page(condition)
    harness.until(lambda: _seen(harness) != before, "a change to be seen")
    assert [line for line in run.console.lines if line.level is not Level.INFO] == []
    assert run.guard.blocked == {}
    assert harness.chat.verticalScrollBar().value() == 0


def test_every_page_is_played() -> None:
    assert {file.stem for file in PAGES.glob("*.html")} == set(_ACTS)


def _seen(harness: Harness) -> QImage:
    """What the screen shows where the stage is."""
    corner = harness.host.mapToGlobal(harness.host.rect().topLeft())
    size = harness.host.size()
    return harness.screen().grabWindow(0, corner.x(), corner.y(), size.width(), size.height()).toImage()


def _colours(image: QImage) -> int:
    return len({image.pixel(x, y) for x in range(0, image.width(), 3) for y in range(0, image.height() // 2, 3)})
