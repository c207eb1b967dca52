"""What keyboard, mouse and dragging do with folders in the list. They only ask; who answers is the shell."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import ClassVar

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QMouseEvent,
    QPixmap,
)
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu

from chatdesk.features.conversations.ui.sidebar.list import list_drag
from chatdesk.features.conversations.ui.sidebar.list.list_drag import CHATS, ListDrag
from chatdesk.kernel.chat.conversation import Folder
from tests.gui.features.conversations.sidebar.conftest import Reader
from tests.gui.features.conversations.sidebar.sample_sidebar import conversations

KEYS = Qt.Key
CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
THESIS, WORK = Folder("thesis", "Thesis", 0.0), Folder("work", "Work & play", 1.0)
CHAPTER, SOURCES = "Chapter 3, shorter sentences", "Sources on soil carbon"


@pytest.fixture
def reader(reader: Reader) -> Reader:
    """Two folders, two chats in the first."""
    reader.sidebar.set_folders([THESIS, WORK])
    for chat in conversations():
        if chat.title in {CHAPTER, SOURCES}:
            reader.sidebar.conversation_changed(replace(chat, folder_id="thesis"))
    reader.view.setFocus()
    return reader


@contextmanager
def requested(reader: Reader, name: str, *expected: object) -> Iterator[None]:
    """Expect this signal, with these first arguments."""
    with reader.qtbot.waitSignal(getattr(reader.view.folder_requests, name)) as asked:
        yield
    assert tuple(asked.args[: len(expected)]) == expected


def stand_on(reader: Reader, title: str) -> None:
    reader.view.setCurrentIndex(reader.index(title))


def open_menu(reader: Reader, place: QPoint) -> QMenu:
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, reader.view.mapToGlobal(place))
    QApplication.sendEvent(reader.view.viewport(), event)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def choose(menu: QMenu, query: str) -> None:
    actions = [*menu.actions(), *(each for sub in menu.findChildren(QMenu) for each in sub.actions())]
    next(action for action in actions if action.text() == query).trigger()
    menu.close()


def drag(reader: Reader, content: QMimeData, to: QPoint) -> bool:
    """Hold something over a place and let go there. Returns whether it was taken."""
    viewport, move = reader.view.viewport(), Qt.DropAction.MoveAction
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    for kind in (QDragEnterEvent, QDragMoveEvent):
        event = kind(to, move, content, left, none)
        QApplication.sendEvent(viewport, event)
    accepted = event.isAccepted()
    if accepted:
        QApplication.sendEvent(viewport, QDropEvent(QPointF(to), move, content, left, none))
    return accepted


def dragged(reader: Reader, title: str) -> QMimeData:
    helper = reader.view.findChild(ListDrag)
    assert helper is not None
    content = helper.content(reader.place(title))
    assert content is not None
    return content


def test_a_click_folds_and_unfolds_and_leaves_the_selection(reader: Reader) -> None:
    reader.sidebar.set_current("4")
    with requested(reader, "fold_requested", "thesis", True):
        reader.click("Thesis")
    reader.sidebar.folder_changed(replace(THESIS, collapsed=True))
    assert CHAPTER not in reader.titles()
    with requested(reader, "fold_requested", "thesis", False):
        reader.click("Thesis")
    assert reader.selected() == ["Snake game"]


def test_arrows_reach_folders_fold_them_and_lead_in_and_out(reader: Reader) -> None:
    stand_on(reader, "Regex for invoice numbers")
    reader.press(KEYS.Key_Down)
    assert reader.keyboard_row() == "Thesis"
    reader.press(KEYS.Key_Right)
    assert reader.keyboard_row() == CHAPTER
    reader.press(KEYS.Key_Left)
    assert reader.keyboard_row() == "Thesis"
    with requested(reader, "fold_requested", "thesis", True):
        reader.press(KEYS.Key_Left)
    with requested(reader, "fold_requested", "thesis", True):
        reader.press(KEYS.Key_Return)
    stand_on(reader, "Work & play")
    with requested(reader, "fold_requested", "work", False):
        reader.press(KEYS.Key_Right)


def test_f2_renames_a_folder_in_place(reader: Reader) -> None:
    stand_on(reader, "Thesis")
    reader.press(KEYS.Key_F2)
    field = reader.view.findChild(QLineEdit, "renameField")
    assert (field.selectedText(), field.accessibleName()) == ("Thesis", "Folder name")
    reader.qtbot.keyClicks(field, " PhD  thesis ")
    with requested(reader, "rename_requested", "thesis", "PhD thesis"):
        reader.qtbot.keyClick(field, KEYS.Key_Return)


def test_del_deletes_the_folder_and_throws_no_chat_away(reader: Reader) -> None:
    stand_on(reader, "Thesis")
    with reader.qtbot.assertNotEmitted(reader.sidebar.trash_requested), requested(reader, "delete_requested", "thesis"):
        reader.press(KEYS.Key_Delete)


def test_alt_and_arrows_move_a_folder(reader: Reader) -> None:
    stand_on(reader, "Thesis")
    with requested(reader, "step_requested", "thesis", 1):
        reader.press(KEYS.Key_Down, modifier=ALT)
    reader.sidebar.folder_changed(replace(THESIS, position=2.0))
    assert reader.keyboard_row() == "Thesis"


def test_the_plus_of_the_head_makes_a_folder(reader: Reader) -> None:
    with requested(reader, "new_requested", []):
        reader.qtbot.mouseClick(
            reader.view.viewport(),
            Qt.MouseButton.LeftButton,
            pos=reader.dots("Folders") + QPoint(0, reader.appearance.theme.length("s") // 2),
        )


def test_a_folders_menu_offers_what_can_be_done_with_it(reader: Reader) -> None:
    menu = open_menu(reader, reader.place("Work & play"))
    assert [action.text() for action in menu.actions() if action.isEnabled() and action.text()] == [
        *("New chat in this folder", "Instructions and defaults…", "Rename", "Move up", "New folder…"),
        "Delete folder",
    ]
    with requested(reader, "new_chat_requested", "work"):
        choose(menu, "New chat in this folder")
    with requested(reader, "defaults_requested", "work"):
        choose(open_menu(reader, reader.place("Work & play")), "Instructions and defaults…")
    with requested(reader, "step_requested", "work", -1):
        choose(open_menu(reader, reader.place("Work & play")), "Move up")


def test_the_menu_key_opens_a_folders_menu(reader: Reader) -> None:
    stand_on(reader, "Thesis")
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(), QPoint())
    QApplication.sendEvent(reader.view.viewport(), event)
    menu = QApplication.activePopupWidget()
    assert menu.objectName() == "folderMenu"
    with requested(reader, "delete_requested", "thesis"):
        choose(menu, "Delete folder and keep its chats")


def test_beside_the_rows_a_folder_can_be_made_and_chats_imported(reader: Reader) -> None:
    menu = open_menu(reader, reader.place("Today"))
    assert [action.text() for action in menu.actions()] == ["New folder…", "Import chats…"]
    with requested(reader, "new_requested", []):
        choose(menu, "New folder…")
    with reader.qtbot.waitSignal(reader.sidebar.import_requested):
        choose(open_menu(reader, reader.place("Today")), "Import chats…")


def test_a_chat_dragged_onto_a_folder_goes_into_it(reader: Reader) -> None:
    with requested(reader, "move_requested", ["4"], "work"):
        assert drag(reader, dragged(reader, "Snake game"), reader.place("Work & play"))
    with requested(reader, "move_requested", ["4"], "thesis"):
        assert drag(reader, dragged(reader, "Snake game"), reader.place(SOURCES))


def test_several_chats_are_dragged_together_and_out_of_their_folder(reader: Reader) -> None:
    reader.click(CHAPTER)
    reader.click(SOURCES, CONTROL)
    content = dragged(reader, SOURCES)
    assert sorted(bytes(content.data(CHATS).data()).split()) == [b"10", b"9"]
    with reader.qtbot.waitSignal(reader.view.folder_requests.move_requested) as asked:
        drag(reader, content, reader.place("Snake game"))
    assert (sorted(asked.args[0]), asked.args[1]) == (["10", "9"], "")


def test_a_folder_dragged_onto_another_takes_its_place_and_goes_nowhere_else(reader: Reader) -> None:
    with requested(reader, "reorder_requested", "work", "thesis"):
        assert drag(reader, dragged(reader, "Work & play"), reader.place("Thesis"))
    assert not drag(reader, dragged(reader, "Work & play"), reader.place("Snake game"))


def test_what_comes_from_elsewhere_is_not_taken(reader: Reader) -> None:
    text = QMimeData()
    text.setText("4")
    assert not drag(reader, text, reader.place("Thesis"))


def test_the_title_of_a_chat_that_is_folded_away_can_be_edited(reader: Reader) -> None:
    reader.sidebar.folder_changed(replace(THESIS, collapsed=True))
    with requested(reader, "fold_requested", "thesis", False):
        reader.sidebar.rename("9")
    reader.sidebar.folder_changed(THESIS)
    assert reader.view.findChild(QLineEdit, "renameField").text() == CHAPTER


def test_enter_in_the_search_opens_a_chat_and_not_its_folder(reader: Reader) -> None:
    reader.search.setText("sources")
    with reader.qtbot.waitSignal(reader.sidebar.conversation_opened) as opened:
        reader.qtbot.keyClick(reader.search, KEYS.Key_Return)
    assert opened.args == ["10"]


class Carried:
    """Stands for QDrag, whose `exec` waits for a hand."""

    begun: ClassVar[list["Carried"]] = []

    def __init__(self, _source: object) -> None:
        self.content = QMimeData()

    def setMimeData(self, content: QMimeData) -> None:  # noqa: N802 - Qt's name
        self.content = content

    def setPixmap(self, pixmap: QPixmap) -> None:  # noqa: N802 - likewise
        assert not pixmap.isNull()

    def setHotSpot(self, _place: QPoint) -> None:  # noqa: N802 - likewise
        pass

    def exec(self, _action: Qt.DropAction) -> None:
        self.begun.append(self)


@pytest.fixture
def begun(monkeypatch: pytest.MonkeyPatch) -> list[Carried]:
    monkeypatch.setattr(list_drag, "QDrag", Carried)
    Carried.begun.clear()
    return Carried.begun


def pull(reader: Reader, start: QPoint, by: QPoint, buttons: Qt.MouseButton = Qt.MouseButton.LeftButton) -> None:
    viewport, none = reader.view.viewport(), Qt.MouseButton.NoButton
    place = QPointF(start + by)
    event = QMouseEvent(
        QEvent.Type.MouseMove, place, viewport.mapToGlobal(place), none, buttons, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(viewport, event)


def test_a_chat_is_dragged_once_it_is_pulled_far_enough(reader: Reader, begun: list[Carried]) -> None:
    reader.sidebar.set_current("5")
    place, viewport = reader.place("Snake game"), reader.view.viewport()
    reader.qtbot.mousePress(viewport, Qt.MouseButton.LeftButton, pos=place)
    pull(reader, place, QPoint(2, 1))
    assert begun == []
    pull(reader, place, QPoint(0, -40))
    pull(reader, place, QPoint(0, -60))
    assert [bytes(drag.content.data(CHATS).data()) for drag in begun] == [b"4"]
    assert reader.selected() == ["Letter to the landlord, in German"], "the chat that is shown"


def test_a_click_that_trembles_opens_the_chat_and_drags_nothing(reader: Reader, begun: list[Carried]) -> None:
    place, viewport = reader.place("Snake game"), reader.view.viewport()
    reader.qtbot.mousePress(viewport, Qt.MouseButton.LeftButton, pos=place)
    pull(reader, place, QPoint(2, 1))
    with reader.qtbot.waitSignal(reader.sidebar.conversation_opened) as opened:
        reader.qtbot.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=place + QPoint(2, 1))
    assert opened.args == ["4"]
    assert begun == []


def test_a_head_cannot_be_dragged_and_neither_can_a_pointer_without_a_button(
    reader: Reader, begun: list[Carried]
) -> None:
    reader.qtbot.mousePress(reader.view.viewport(), Qt.MouseButton.LeftButton, pos=reader.place("Today"))
    pull(reader, reader.place("Today"), QPoint(0, 60))
    reader.qtbot.mouseClick(reader.view.viewport(), Qt.MouseButton.LeftButton, pos=reader.dots("Snake game"))
    pull(reader, reader.place("Snake game"), QPoint(0, 60), Qt.MouseButton.NoButton)
    assert begun == []


def test_the_plus_lights_up_under_the_pointer(reader: Reader) -> None:
    before = reader.view.viewport().grab().toImage()
    plus = reader.dots("Folders") + QPoint(0, reader.appearance.theme.length("s") // 2)
    reader.qtbot.mouseMove(reader.view.viewport(), plus)
    rect = reader.view.visualRect(reader.index("Folders"))
    assert reader.view.viewport().grab().toImage().copy(rect) != before.copy(rect)


def test_the_list_scrolls_while_something_is_held_at_its_edge(reader: Reader) -> None:
    reader.sidebar.resize(264, 420)
    bar = reader.view.verticalScrollBar()
    reader.qtbot.waitUntil(lambda: bar.maximum() > 100)
    bottom, content = QPoint(40, reader.view.viewport().height() - 4), dragged(reader, "Regex for invoice numbers")
    for kind in (QDragEnterEvent, QDragMoveEvent):
        move, left = Qt.DropAction.MoveAction, Qt.MouseButton.LeftButton
        event = kind(bottom, move, content, left, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(reader.view.viewport(), event)
    reader.qtbot.waitUntil(lambda: bar.value() > 30)
    QApplication.sendEvent(reader.view.viewport(), QDragLeaveEvent())
    stopped = bar.value()
    reader.qtbot.wait(100)
    assert bar.value() == stopped
