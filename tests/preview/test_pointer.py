"""A game may have the mouse pointer for itself once a person allows it, and Esc takes it back before anything else."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QCursor
from PySide6.QtTest import QTest

from chatdesk.features.previews.web_engine.page import Page
from tests.preview.harness import Harness

_PAGE = """<body style="margin: 0; height: 600px"><script>
var looked = 0, at = 0, events = [];
onmousedown = () => document.body.requestPointerLock().then(() => events.push('given'), error => events.push(error.name));
document.addEventListener('pointerlockchange', () => events.push(document.pointerLockElement ? 'locked' : 'free'));
document.addEventListener('pointerlockerror', () => events.push('error'));
onmousemove = e => { if (document.pointerLockElement) { looked += e.movementX; at = e.clientX } };
</script>"""


class Game:
    def __init__(self, harness: Harness) -> None:
        self.harness = harness
        harness.activateWindow()
        run = harness.open(_PAGE)
        assert run.page
        self.page: Page = run.page
        self.asked: list[bool] = []
        self.escapes: list[bool] = []
        self.page.pointer_requested.connect(lambda: self.asked.append(True))
        harness.host.escape_pressed.connect(lambda: self.escapes.append(True))

    def ask(self) -> None:
        self.harness.click(100, 100)
        self.harness.until(lambda: self.asked, "the page to ask")

    def get(self) -> None:
        self.ask()
        self.page.grant_pointer()
        self.harness.until_page("document.pointerLockElement === document.body")


@pytest.fixture
def game(harness: Harness) -> Game:
    return Game(harness)


def test_it_is_asked_for_and_given_by_a_person(game: Game) -> None:
    game.ask()
    assert game.harness.ask("[document.pointerLockElement, events]") == [None, []]
    game.page.grant_pointer()
    game.harness.until_page("events.join() === 'locked,given'")
    assert game.harness.ask("getComputedStyle(document.body).cursor") == "none"


def test_it_is_not_asked_for_without_a_gesture(game: Game) -> None:
    game.harness.ask("(document.body.requestPointerLock().catch(error => events.push(error.name)), 1)")
    game.harness.until_page("events.join() === 'error,NotAllowedError'")
    game.harness.ask("(console.log('\\u0001\\u0001pointer wanted'), 1)")  # said in our own words
    assert game.asked == []


def test_one_gesture_is_one_question(game: Game) -> None:
    game.ask()
    game.harness.ask("Array.from({length: 20}, () => document.body.requestPointerLock() && 1)")
    assert game.asked == [True]


def test_movements_arrive_and_the_pointer_stays_over_the_page(game: Game) -> None:
    game.get()
    view = game.harness.page_window()
    middle = view.rect().center()
    for x in (middle.x(), middle.x() + 40, middle.x() + 80):
        QTest.mouseMove(view, QPoint(x, middle.y()))
        game.harness.until_page(f"at === {x}")
    assert game.harness.ask("looked") == 80, "the way to the middle is none of it"
    QCursor.setPos(view.mapToGlobal(QPoint(view.width() - 3, middle.y())))
    game.harness.until(lambda: view.mapFromGlobal(QCursor.pos()) == middle, "the pointer to be put back")
    assert abs(game.harness.ask("looked")) < view.width(), "that it was put back is no movement"


def test_escape_takes_the_pointer_back_first_and_then_the_keyboard(game: Game) -> None:
    game.get()
    game.harness.keys(Qt.Key.Key_Escape)
    game.harness.until_page("document.pointerLockElement === null && events.at(-1) === 'free'")
    assert not game.page.has_pointer
    assert game.escapes == []
    game.harness.keys(Qt.Key.Key_Escape)
    assert game.escapes == [True]


def test_a_page_gives_it_back_itself(game: Game) -> None:
    game.get()
    game.harness.ask("(document.exitPointerLock(), 1)")
    game.harness.until(lambda: not game.page.has_pointer, "the window to hear of it")


def test_it_is_taken_back_when_the_keyboard_goes_elsewhere_or_nobody_sees_the_page(game: Game) -> None:
    game.get()
    game.harness.chat.setFocus()
    game.harness.until(lambda: not game.page.has_pointer, "the pointer to be free")
    game.harness.until_page("document.pointerLockElement === null")
    game.asked.clear()
    game.get()
    game.harness.host.hide()
    assert not game.page.has_pointer
