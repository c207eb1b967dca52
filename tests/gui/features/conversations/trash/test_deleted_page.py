"""The page of what was deleted: what its rows say, and that thousands of them are no more work than a few."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from chatdesk.features.conversations.ui.trash.deleted_chat import DeletedChat
from chatdesk.features.conversations.ui.trash.deleted_page import DeletedPage
from chatdesk.features.conversations.ui.trash.deleted_rows import DeletedTexts
from chatdesk.kernel.chat.trash import Trashed, TrashKind
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.widgets.label import Label
from tests.counted_calls import calls_during

NOW = datetime.now(UTC).replace(hour=12, minute=0)


def no_chat() -> DeletedChat:
    raise AssertionError("nothing is read")


def chat(name: str, *, days: int = 0, messages: int = 1, folder: str = "") -> Trashed:
    return Trashed(TrashKind.CHAT, name, name, NOW - timedelta(days=days), messages, folder)


@pytest.fixture
def page(qtbot: QtBot, appearance: Appearance) -> Iterator[DeletedPage]:
    page = DeletedPage(appearance, lambda: NOW, no_chat)
    page.resize(1000, 700)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    yield page
    page.close()
    page.deleteLater()


def texts_of(page: DeletedPage) -> list[str]:
    return [label.text() for label in page.findChildren(Label) if label.isVisible()]


def buttons(page: DeletedPage) -> list[QPushButton]:
    return [each for each in page.list.findChildren(QPushButton) if each.isVisible()]


def test_a_row_says_when_what_and_where(qapp: QApplication) -> None:
    said = DeletedTexts()
    rows = {
        "today": chat("a", messages=12),
        "yesterday": chat("a", days=1),
        "of this week": chat("a", days=3, folder="Work"),
        "older": chat("a", days=20, messages=2**40),
        "a folder": Trashed(TrashKind.FOLDER, "f", "", NOW - timedelta(days=20), 5),
        "an empty one": Trashed(TrashKind.FOLDER, "f", "", NOW, 0),
    }
    lines = {name: said.line(item, NOW) for name, item in rows.items()}
    day = (NOW - timedelta(days=20)).astimezone()
    assert "Deleted today at" in lines["today"]
    assert lines["yesterday"].startswith("Deleted yesterday at")
    assert lines["of this week"].endswith("from Work")
    assert f"{(NOW - timedelta(days=3)).astimezone():%A}" in lines["of this week"]
    assert f"Deleted on {day.day} {day:%B}" in lines["older"]
    assert lines["a folder"].startswith("Folder with 5 chat(s) · Deleted on")
    assert lines["an empty one"].startswith("Empty folder")
    assert (said.name(rows["a folder"]), said.name(chat(" \u202e\n"))) == ("Folder", "New chat")
    assert [said.days(chat("a", days=days), NOW) for days in (0, 28, 40)] == [
        "30 day(s) left",
        "2 day(s) left",
        "0 day(s) left",
    ]


def test_an_empty_page_says_that_nothing_is_lost(page: DeletedPage) -> None:
    page.show_items([])
    assert "No deleted chats. Chats are kept here for 30 days after you delete them." in texts_of(page)
    assert not page.list.isVisible()


def test_a_few_rows_are_a_card_as_high_as_they_are(page: DeletedPage) -> None:
    page.show_items([chat(str(number)) for number in range(3)])
    QApplication.processEvents()
    assert page.list.height() == 3 * 60
    assert page.list.viewport().width() == 720 - 2
    assert not page.findChild(QLineEdit, "searchDeleted").isVisible()


def test_many_are_searched_by_their_names(page: DeletedPage) -> None:
    page.show_items([chat(f"Chat {number}") for number in range(40)])
    search = page.findChild(QLineEdit, "searchDeleted")
    assert search.isVisible()
    search.setFocus()
    QTest.keyClicks(search, "chat 3")
    assert page.rows.rowCount() == 13
    QTest.keyClick(search, Qt.Key.Key_Down)
    assert page.list.hasFocus()
    assert page.list.currentIndex().data() == "Chat 3"
    search.setFocus()
    QTest.keyClicks(search, "xyz")
    assert "No results" in texts_of(page)
    QTest.keyClick(search, Qt.Key.Key_Escape)
    assert page.rows.rowCount() == 40


def test_ten_thousand_rows_cost_no_more_than_a_few(page: DeletedPage) -> None:
    few, many = [[chat(f"Chat {number}") for number in range(count)] for count in (50, 10_000)]

    def costs(items: list[Trashed]) -> tuple[int, int]:
        shown = calls_during(lambda: (page.show_items(items), QApplication.processEvents()))
        turned = calls_during(lambda: (QTest.keyClick(page.list, Qt.Key.Key_PageDown), QApplication.processEvents()))
        return shown, turned

    (show_few, key_few), (show_many, key_many) = costs(few), costs(many)
    assert show_many < show_few + 500
    assert key_many < key_few + 200


def test_the_keyboards_row_has_buttons_that_tab_reaches_and_no_others(page: DeletedPage) -> None:
    page.show_items([chat("one"), chat("two"), chat("three")])
    page.list.focus_row(1)
    QTest.keyClick(page.list, Qt.Key.Key_Down)
    names = [button.accessibleName() for button in buttons(page)]
    assert names == ["Permanently delete three", "Restore three"]
    row = page.list.visualRect(page.list.currentIndex())
    assert all(
        row.contains(each.rect().translated(each.mapTo(page.list.viewport(), QPoint()))) for each in buttons(page)
    )
    QTest.keyClick(page.list, Qt.Key.Key_Tab)
    assert QApplication.focusWidget().accessibleName() == "Permanently delete three"
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Up)
    assert page.list.currentIndex().data() == "two"
    assert [button.accessibleName() for button in buttons(page)] == ["Permanently delete two", "Restore two"]


@pytest.mark.parametrize(("zoom", "width"), [(100, 560), (200, 560), (200, 1280)])
def test_in_a_narrow_page_everything_is_in_sight(
    appearance: Appearance, page: DeletedPage, zoom: int, width: int
) -> None:
    appearance.set_zoom(zoom)
    page.resize(width, 900)
    page.show_items([chat("A rather long title of a chat that nobody can read as a whole"), chat("two", folder="Work")])
    page.list.focus_row(0)
    QApplication.processEvents()
    assert page.width() == width
    assert page.list.horizontalScrollBar().maximum() == 0
    for button in (*buttons(page), *[each for each in page.header.findChildren(QPushButton) if each.isVisible()]):
        place = button.rect().translated(button.mapTo(page, QPoint()))
        assert page.rect().contains(place), button.accessibleName()
        assert button.width() == button.sizeHint().width()
        assert button.accessibleName()
