"""Messages that a search found: grouped by chat, unfolded, counted, and fetched as one scrolls."""

from PySide6.QtCore import Qt

from chatdesk.features.conversations.ui.sidebar.list.list_rows import HeaderRow, HitRow, MoreHitRow
from chatdesk.features.conversations.ui.sidebar.list.row_painter import unfold_button_rect
from chatdesk.kernel.chat.conversation import SearchHit
from tests.gui.features.conversations.sidebar.conftest import Reader

KEYS = Qt.Key
NORWAY, SNAKE = "Packing list for Norway", "Snake game"


def hit(chat: str, number: int) -> SearchHit:
    return SearchHit(chat, f"{chat}-{number}", f"the {number}th pair of socks", ((13, 17),))


def search(reader: Reader, hits: list[SearchHit], *, complete: bool = True) -> None:
    reader.sidebar.focus_search()
    reader.qtbot.keyClicks(reader.search, "socks")
    reader.sidebar.show_hits(hits, complete=complete)


def rows(reader: Reader) -> list[object]:
    """Return what is listed: a number of other matches for each chat, an ID for each further message."""
    model = reader.view.model()
    shown = [model.row_at(model.index(row)) for row in range(model.rowCount())]
    return [
        row.count if isinstance(row, HeaderRow) else row.more if isinstance(row, HitRow) else row.hit.message_id
        for row in shown
        if isinstance(row, HeaderRow | HitRow | MoreHitRow)
    ]


def press_number(reader: Reader, title: str) -> None:
    index = reader.index(title)
    rect = reader.view.visualRect(index).toRectF()
    place = unfold_button_rect(reader.appearance.theme, rect, reader.view.model().row_at(index)).center().toPoint()
    reader.qtbot.mouseClick(reader.view.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_messages_of_a_chat_are_one_row_with_the_number_of_others(reader: Reader) -> None:
    search(reader, [hit("6", 1), hit("4", 1), hit("6", 2), hit("6", 3)])
    assert reader.titles() == ["In messages", NORWAY, SNAKE]
    assert rows(reader) == ["4", 2, 0]


def test_a_click_on_the_number_lists_the_others_and_hides_them_again(reader: Reader) -> None:
    search(reader, [hit("6", 1), hit("4", 1), hit("6", 2), hit("6", 3)])
    opened: list[SearchHit] = []
    reader.sidebar.hit_opened.connect(opened.append)
    press_number(reader, NORWAY)
    assert rows(reader) == ["4", 2, "6-2", "6-3", 0]
    press_number(reader, NORWAY)
    assert rows(reader) == ["4", 2, 0]
    assert opened == []


def test_another_message_opens_at_its_own_place(reader: Reader) -> None:
    search(reader, [hit("6", 1), hit("6", 2)])
    press_number(reader, NORWAY)
    with reader.qtbot.waitSignal(reader.sidebar.hit_opened) as opened:
        place = reader.view.visualRect(reader.view.model().index(2)).center()
        reader.qtbot.mouseClick(reader.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert opened.args == [hit("6", 2)]


def test_the_arrow_keys_unfold_and_fold_and_enter_opens(reader: Reader) -> None:
    search(reader, [hit("6", 1), hit("6", 2), hit("4", 1)])
    reader.qtbot.keyClick(reader.search, KEYS.Key_Down)
    assert reader.keyboard_row() == NORWAY
    reader.press(KEYS.Key_Right)
    assert rows(reader) == ["3", 1, "6-2", 0]
    reader.press(KEYS.Key_Right)
    with reader.qtbot.waitSignal(reader.sidebar.hit_opened) as opened:
        reader.press(KEYS.Key_Return)
    assert opened.args == [hit("6", 2)]
    reader.press(KEYS.Key_Left, KEYS.Key_Left)
    assert rows(reader) == ["3", 1, 0]
    assert reader.keyboard_row() == NORWAY


def test_further_messages_join_their_chats(reader: Reader) -> None:
    search(reader, [hit("6", 1), hit("6", 2)], complete=False)
    assert rows(reader) == ["2+", 1]
    press_number(reader, NORWAY)
    reader.sidebar.add_hits([hit("6", 3), hit("4", 1)], complete=True)
    assert rows(reader) == ["4", 2, "6-2", "6-3", 0]
    assert reader.titles()[:2] == ["In messages", NORWAY]


def test_a_deleted_chat_takes_what_was_found_in_it_along(reader: Reader) -> None:
    search(reader, [hit("6", 1), hit("6", 2), hit("4", 1)])
    press_number(reader, NORWAY)
    reader.sidebar.conversation_removed("6")
    assert rows(reader) == ["1", 0]
    reader.sidebar.conversation_removed("4")
    assert "In messages" not in reader.titles()


def test_more_is_asked_for_at_the_end_of_the_list(reader: Reader) -> None:
    asked: list[bool] = []
    reader.sidebar.more_hits_wanted.connect(lambda: asked.append(True))
    search(reader, [hit("6", number) for number in range(60)], complete=False)
    press_number(reader, NORWAY)
    asked.clear()
    bar = reader.view.verticalScrollBar()
    bar.setValue(1)
    assert asked == []
    bar.setValue(bar.maximum())
    assert asked


def test_a_screen_reader_gets_the_numbers(reader: Reader) -> None:
    search(reader, [hit("6", 1), hit("6", 2)], complete=False)
    texts = [reader.index(title).data(Qt.ItemDataRole.AccessibleTextRole) for title in ("In messages", NORWAY)]
    assert texts == ["In messages, 2+", f"{NORWAY}: the 1th pair of socks, 1 more match(es)"]
