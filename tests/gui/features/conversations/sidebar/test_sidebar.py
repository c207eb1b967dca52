"""The sidebar as a whole: New chat, search, pages, languages, and ten thousand chats."""

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from chatdesk.features.conversations.ui.sidebar.list.conversation_list import ConversationList
from chatdesk.features.conversations.ui.sidebar.sidebar import DayClock, Sidebar
from chatdesk.kernel.chat.conversation import SearchHit
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.widgets.label import Label
from tests.gui.features.conversations.sidebar.conftest import Reader
from tests.gui.features.conversations.sidebar.sample_sidebar import TODAY, conversations
from tests.gui.features.settings.marking_translator import MarkingTranslator

KEYS = Qt.Key


def button(reader: Reader, name: str) -> QAbstractButton:
    return reader.sidebar.findChild(QAbstractButton, name)


def test_new_chat_is_asked_for_by_its_button(reader: Reader) -> None:
    with reader.qtbot.waitSignal(reader.sidebar.new_chat_requested):
        reader.qtbot.mouseClick(button(reader, "newChat"), Qt.MouseButton.LeftButton)


def test_pages_are_asked_for_by_their_buttons(reader: Reader) -> None:
    with reader.qtbot.waitSignal(reader.sidebar.page_requested) as asked:
        reader.qtbot.mouseClick(button(reader, "modelsPage"), Qt.MouseButton.LeftButton)
    assert asked.args == ["models"]


def test_pages_that_do_not_exist_yet_are_not_offered(qtbot: QtBot, appearance: Appearance) -> None:
    sidebar = Sidebar(appearance)
    qtbot.addWidget(sidebar)
    assert sidebar.findChild(QAbstractButton, "presetsPage") is None
    assert sidebar.findChild(QAbstractButton, "settingsPage").text() == "Settings"


def test_every_control_has_a_name(reader: Reader) -> None:
    named = [w for w in reader.sidebar.findChildren(QWidget) if isinstance(w, QAbstractButton | ConversationList)]
    assert len(named) >= 6
    for widget in (*named, reader.search):
        text = widget.text() if isinstance(widget, QAbstractButton) else ""
        assert widget.accessibleName() or text, widget


def test_typing_in_the_search_filters_titles_and_asks_for_messages(reader: Reader) -> None:
    asked: list[str] = []
    reader.sidebar.search_requested.connect(asked.append)
    reader.sidebar.focus_search()
    reader.qtbot.keyClicks(reader.search, "ga")
    assert reader.titles() == ["Today", "Snake game"]
    assert asked == ["g", "ga"]


def test_messages_that_were_found_open_at_their_place(reader: Reader) -> None:
    reader.sidebar.focus_search()
    reader.qtbot.keyClicks(reader.search, "socks")
    hit = SearchHit("6", "m9", "two pairs of socks", ((13, 18),))
    reader.sidebar.show_hits([hit])
    assert reader.titles() == ["In messages", "Packing list for Norway"]
    with reader.qtbot.waitSignal(reader.sidebar.hit_opened) as opened:
        reader.click("Packing list for Norway")
    assert opened.args == [hit]


def test_hits_that_come_after_the_search_has_ended_are_not_shown(reader: Reader) -> None:
    reader.sidebar.show_hits([SearchHit("6", "m9", "two pairs of socks", ())])
    assert "In messages" not in reader.titles()


def test_enter_opens_the_first_chat_that_was_found(reader: Reader) -> None:
    reader.sidebar.focus_search()
    reader.qtbot.keyClicks(reader.search, "game")
    with reader.qtbot.waitSignal(reader.sidebar.conversation_opened) as opened:
        reader.qtbot.keyClick(reader.search, KEYS.Key_Return)
    assert opened.args == ["4"]


def test_the_arrow_down_goes_on_into_the_list(reader: Reader) -> None:
    reader.sidebar.focus_search()
    reader.qtbot.keyClicks(reader.search, "norway")
    reader.qtbot.keyClick(reader.search, KEYS.Key_Down)
    assert reader.view.hasFocus()
    assert reader.keyboard_row() == "Packing list for Norway"


def test_escape_empties_the_search_and_then_leaves_it(reader: Reader) -> None:
    reader.sidebar.focus_search()
    reader.qtbot.keyClicks(reader.search, "norway")
    with reader.qtbot.assertNotEmitted(reader.sidebar.left):
        reader.qtbot.keyClick(reader.search, KEYS.Key_Escape)
    assert len(reader.titles()) > 10
    with reader.qtbot.waitSignal(reader.sidebar.left):
        reader.qtbot.keyClick(reader.search, KEYS.Key_Escape)


def test_the_cross_empties_the_search(reader: Reader) -> None:
    reader.sidebar.focus_search()
    reader.qtbot.keyClicks(reader.search, "norway")
    cross = button(reader, "clearSearch")
    assert cross.isVisible()
    reader.qtbot.mouseClick(cross, Qt.MouseButton.LeftButton)
    assert reader.search.text() == ""
    assert not cross.isVisible()


def test_the_selection_survives_a_search(reader: Reader) -> None:
    reader.sidebar.set_current("4")
    reader.sidebar.focus_search()
    reader.qtbot.keyClicks(reader.search, "norway")
    reader.search.clear()
    assert reader.selected() == ["Snake game"]


def test_an_empty_list_says_what_will_be_there(reader: Reader) -> None:
    text = reader.sidebar.findChild(Label, "noChats")
    assert not text.isVisible()
    reader.sidebar.focus_search()
    reader.qtbot.keyClicks(reader.search, "qqq")
    assert text.isVisible()
    assert text.text() == "No chats found."
    reader.search.clear()
    assert not text.isVisible()
    for number in range(len(conversations())):
        reader.sidebar.conversation_removed(str(number))
    assert text.text() == "Your chats appear here, newest first."


def test_the_language_changes_at_once(reader: Reader) -> None:
    translator = MarkingTranslator()
    QCoreApplication.installTranslator(translator)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.LanguageChange)
    assert "⟦Pinned⟧" in reader.titles()
    assert button(reader, "newChat").text() == "⟦New chat⟧"
    assert button(reader, "settingsPage").text() == "⟦Settings⟧"
    assert reader.search.placeholderText() == "⟦Search chats⟧"
    assert reader.view.accessibleName() == "⟦Chats⟧"
    QCoreApplication.removeTranslator(translator)


def test_a_new_day_regroups_the_list(qtbot: QtBot, appearance: Appearance) -> None:
    days = [TODAY]
    sidebar = Sidebar(appearance, today=lambda: days[-1])
    qtbot.addWidget(sidebar)
    sidebar.set_conversations(conversations()[4:5])
    days.append(TODAY + timedelta(days=1))
    sidebar.findChild(DayClock).check()
    model = sidebar.findChild(ConversationList).model()
    assert [model.index(row, 0).data() for row in range(1, model.rowCount())] == ["Yesterday", "Snake game"]


def test_ten_thousand_chats_stay_quick(
    qtbot: QtBot, appearance: Appearance, record_testsuite_property: Callable[[str, object], None]
) -> None:
    """The limits are many times what it takes: what goes wrong here goes wrong by a factor."""
    first = conversations()[4]
    many = [
        replace(
            first, id=f"c{number}", title=f"Chat number {number}", updated_at=first.updated_at - timedelta(hours=number)
        )
        for number in range(10_000)
    ]
    sidebar = Sidebar(appearance, today=lambda: TODAY)
    qtbot.addWidget(sidebar)
    sidebar.resize(264, 786)

    def milliseconds(what: str) -> float:
        started = time.process_time()
        match what:
            case "listed":
                sidebar.set_conversations(many)
                sidebar.show()
            case "moved":
                sidebar.conversation_changed(replace(many[-1], updated_at=first.updated_at + timedelta(minutes=1)))
            case "renamed":
                sidebar.conversation_changed(replace(many[5], title="another"))
            case "filtered":
                sidebar._search.setText("9")
        sidebar.grab()
        return (time.process_time() - started) * 1000

    taken = {what: milliseconds(what) for what in ("listed", "moved", "renamed", "filtered")}
    record_testsuite_property("ten_thousand_chats_ms", taken)
    assert taken["listed"] < 1_000
    assert taken["moved"] < 400
    assert taken["renamed"] < 100
    assert taken["filtered"] < 400


def test_titles_of_ten_kilobytes_and_of_html_are_harmless(qtbot: QtBot, appearance: Appearance) -> None:
    wild = [
        "<h1>big</h1><img src=file:///etc/passwd>",
        "\u202eevil\u202c" * 900,
        "a\n\n\nb",
        "x" * 10_000,
        "שלום" * 900,
        "\x00",
        "",
    ]
    sidebar = Sidebar(appearance, today=lambda: TODAY)
    qtbot.addWidget(sidebar)
    sidebar.set_conversations(replace(conversations()[4], id=str(n), title=title) for n, title in enumerate(wild))
    sidebar.resize(264, 786)
    sidebar.show()
    assert not sidebar.grab().isNull()
    view = sidebar.findChild(ConversationList)
    heights = {view.visualRect(view.model().index(row, 0)).height() for row in range(2, len(wild) + 2)}
    assert heights == {appearance.theme.length("rowSidebar")}
