"""A game may have the mouse pointer for itself once a person allows it, and Esc takes it back before anything else."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QCursor
from PySide6.QtTest import QTest

from chatdesk.features.previews.engine.page import Page
from tests.preview.desk import Desk

_PAGE = """<body style="margin: 0; height: 600px"><script>
var looked = 0, at = 0, events = [];
onmousedown = () => document.body.requestPointerLock().then(() => events.push('given'), error => events.push(error.name));
document.addEventListener('pointerlockchange', () => events.push(document.pointerLockElement ? 'locked' : 'free'));
document.addEventListener('pointerlockerror', () => events.push('error'));
onmousemove = e => { if (document.pointerLockElement) { looked += e.movementX; at = e.clientX } };
</script>"""


class Game:
    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        desk.activateWindow()
        run = desk.open(_PAGE)
        assert run.page
        self.page: Page = run.page
        self.asked: list[bool] = []
        self.escapes: list[bool] = []
        self.page.pointer_wanted.connect(lambda: self.asked.append(True))
        desk.stage.escape_pressed.connect(lambda: self.escapes.append(True))

    def ask(self) -> None:
        self.desk.click(100, 100)
        self.desk.until(lambda: self.asked, "the page to ask")

    def get(self) -> None:
        self.ask()
        self.page.grant_pointer()
        self.desk.until_page("document.pointerLockElement === document.body")


@pytest.fixture
def game(desk: Desk) -> Game:
    return Game(desk)


def test_it_is_asked_for_and_given_by_a_person(game: Game) -> None:
    game.ask()
    assert game.desk.ask("[document.pointerLockElement, events]") == [None, []]
    game.page.grant_pointer()
    game.desk.until_page("events.join() === 'locked,given'")
    assert game.desk.ask("getComputedStyle(document.body).cursor") == "none"


def test_it_is_not_asked_for_without_a_gesture(game: Game) -> None:
    game.desk.ask("(document.body.requestPointerLock().catch(error => events.push(error.name)), 1)")
    game.desk.until_page("events.join() === 'error,NotAllowedError'")
    game.desk.ask("(console.log('\\u0001\\u0001pointer wanted'), 1)")  # said in our own words
    assert game.asked == []


def test_one_gesture_is_one_question(game: Game) -> None:
    game.ask()
    game.desk.ask("Array.from({length: 20}, () => document.body.requestPointerLock() && 1)")
    assert game.asked == [True]


def test_movements_arrive_and_the_pointer_stays_over_the_page(game: Game) -> None:
    game.get()
    view = game.desk.page_window()
    middle = view.rect().center()
    for x in (middle.x(), middle.x() + 40, middle.x() + 80):
        QTest.mouseMove(view, QPoint(x, middle.y()))
        game.desk.until_page(f"at === {x}")
    assert game.desk.ask("looked") == 80, "the way to the middle is none of it"
    QCursor.setPos(view.mapToGlobal(QPoint(view.width() - 3, middle.y())))
    game.desk.until(lambda: view.mapFromGlobal(QCursor.pos()) == middle, "the pointer to be put back")
    assert abs(game.desk.ask("looked")) < view.width(), "that it was put back is no movement"


def test_escape_takes_the_pointer_back_first_and_then_the_keyboard(game: Game) -> None:
    game.get()
    game.desk.keys(Qt.Key.Key_Escape)
    game.desk.until_page("document.pointerLockElement === null && events.at(-1) === 'free'")
    assert not game.page.has_pointer
    assert game.escapes == []
    game.desk.keys(Qt.Key.Key_Escape)
    assert game.escapes == [True]


def test_a_page_gives_it_back_itself(game: Game) -> None:
    game.get()
    game.desk.ask("(document.exitPointerLock(), 1)")
    game.desk.until(lambda: not game.page.has_pointer, "the window to hear of it")


def test_it_is_taken_back_when_the_keyboard_goes_elsewhere_or_nobody_sees_the_page(game: Game) -> None:
    game.get()
    game.desk.chat.setFocus()
    game.desk.until(lambda: not game.page.has_pointer, "the pointer to be free")
    game.desk.until_page("document.pointerLockElement === null")
    game.asked.clear()
    game.get()
    game.desk.stage.hide()
    assert not game.page.has_pointer
