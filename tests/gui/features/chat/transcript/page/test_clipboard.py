"""What a selection is in other programs: plain text, markdown and HTML."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from chatdesk.features.chat.ui.transcript.blocks import markdown_blocks
from chatdesk.features.chat.ui.transcript.blocks.block_cut import cut_block
from chatdesk.features.chat.ui.transcript.page.layout import parsed_blocks
from chatdesk.features.chat.ui.transcript.page.selection.clipboard import complete_clipboard
from chatdesk.features.chat.ui.transcript.page.selection.text_cursor import Move
from chatdesk.features.chat.ui.transcript.text_position import Selection, TextPosition
from chatdesk.kernel.chat.message import Message, MessageState, TextPart
from chatdesk.kernel.chat.stream_events import TextDelta
from chatdesk.rendering.export import html as rich_text
from chatdesk.rendering.markdown.blocks import Alignment, Code, Heading, ListItem, Paragraph, Span, Style, Table
from chatdesk.rendering.markdown.markdown import parse
from chatdesk.ui_kit.text import sliced_work
from tests.gui.features.chat.transcript.conftest import Reader
from tests.gui.features.chat.transcript.sample_chat import EVERYTHING, answer, question, short_chat

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
TABLE = "| a | b |\n|---|--:|\n| one | 1 |\n| two | 2 |\n"


def copied(reader: Reader) -> QMimeData:
    QGuiApplication.clipboard().setText("nothing was copied")
    reader.press(Qt.Key.Key_C, CONTROL)
    return QGuiApplication.clipboard().mimeData()


def markdown(data: QMimeData) -> str:
    return bytes(data.data("text/markdown").data()).decode()


def test_a_selection_is_copied_as_text_markdown_and_html(reader: Reader) -> None:
    reader.show([question("Go"), answer("Some **bold** words, [a link](https://example.org).\n\n- one\n- tulip")])
    reader.drag(reader.place_of(1, "bold"), reader.place_of(1, "ulip"))
    data = copied(reader)
    assert data.text() == "bold words, a link.\n\n- one\n- t"
    assert markdown(data) == "**bold** words, [a link](https://example.org).\n\n- one\n- t"
    assert '<strong>bold</strong> words, <a href="https://example.org">a link</a>' in data.html()
    assert "<li>one\n</li>\n<li>t\n</li>" in data.html()


def test_invisible_tags_are_copied_as_they_were_written(reader: Reader) -> None:
    text = "Before " + "\U000e0041\U000e007f" * 3_000 + " behind"
    reader.show([question("Go"), answer(text)])
    reader.drag(reader.place_of(1, "fore"), reader.place_of(1, "hind"))
    assert copied(reader).text() == text[2:-4]
    reader.press(Qt.Key.Key_A, CONTROL)
    assert text in markdown(copied(reader))


def test_nothing_that_is_fetched_or_run_is_in_the_html(reader: Reader) -> None:
    hostile = (
        "<script>alert(1)</script> ![x](https://tracker.example/a.png) [y](javascript:alert(1)) [z](file:///etc/passwd)"
    )
    reader.show([question("Go"), answer(hostile)])
    reader.press(Qt.Key.Key_A, CONTROL)
    html = copied(reader).html()
    assert "<script" not in html
    assert "<img" not in html
    assert "href" not in html
    assert "&lt;script&gt;" in html


def test_html_is_made_when_somebody_asks_for_it_and_once(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    made = []
    monkeypatch.setattr(rich_text, "to_rich_text", lambda *_: made.append(1) or "<p>words</p>")
    reader.show([question("Go"), answer("Some **bold** words")])
    reader.press(Qt.Key.Key_A, CONTROL)
    data = copied(reader)
    assert data.text() == "Go\n\nSome bold words"
    assert data.hasHtml()
    assert sorted(data.formats()) == ["text/html", "text/markdown", "text/plain"]
    assert not made
    assert data.html() == '<meta charset="utf-8"><p>words</p><p>words</p>'
    assert bytes(data.data("text/html").data()) == b'<meta charset="utf-8"><p>words</p><p>words</p>'
    assert len(made) == 2, "once for each message"


def test_what_was_copied_is_complete_when_the_program_ends(reader: Reader) -> None:
    reader.show([question("Go"), answer("Some **bold** words")])
    reader.press(Qt.Key.Key_A, CONTROL)
    before = copied(reader)
    forms = {form: bytes(before.data(form).data()) for form in before.formats()}
    copied(reader)
    complete_clipboard()
    data = QGuiApplication.clipboard().mimeData()
    assert type(data) is QMimeData
    assert {form: bytes(data.data(form).data()) for form in data.formats()} == forms
    assert "<strong>bold</strong>" in data.html()


def test_code_has_its_colours_and_a_monospaced_font(reader: Reader) -> None:
    reader.show([question("Go"), answer("```python\ndef f():\n    return 1\n```")])
    reader.press(Qt.Key.Key_A, CONTROL)
    html = copied(reader).html()
    assert "monospace" in html
    assert '<span style="color:#7a3796">def</span>' in html
    assert "    " in html


def test_a_part_of_a_table_is_a_table() -> None:
    (table,) = parse(TABLE)
    assert isinstance(table, Table)
    cut = cut_block(table, len("a\tb\non"), len("a\tb\none\t1\ntw"))
    assert isinstance(cut, Table)
    assert cut.header == ()
    assert cut.rows == (((Span("e"),), (Span("1"),)), ((Span("tw"),), ()))
    assert cut.alignments == (Alignment.NONE, Alignment.RIGHT)


def test_a_part_of_a_cell_is_words() -> None:
    (table,) = parse(TABLE)
    cut = cut_block(table, len("a\tb\no"), len("a\tb\none"))
    assert isinstance(cut, Paragraph)
    assert cut.spans == (Span("ne"),)


def test_a_part_of_code_is_code() -> None:
    (code,) = parse("```py\nfirst\nsecond\n```")
    lines = cut_block(code, 2, len("first\nse"))
    assert isinstance(lines, Code)
    assert (lines.text, lines.info) == ("rst\nse\n", "py")
    word = cut_block(code, 0, 3)
    assert isinstance(word, Paragraph)
    assert word.spans == (Span("fir", Style.CODE),)


def test_a_heading_stays_one_and_words_of_an_item_are_no_list(reader: Reader) -> None:
    (heading,) = parse("# A heading")
    assert isinstance(cut_block(heading, 2, 9), Heading)
    reader.show([question("Go"), answer("- one item\n- two")])
    reader.drag(reader.place_of(1, "item"), reader.place_of(1, "em"))
    assert markdown(copied(reader)) == "it"


def test_the_menu_of_a_table_copies_it_for_spreadsheets(reader: Reader) -> None:
    reader.show([question("Go"), answer("Before.\n\n" + TABLE)])
    table = reader.view._surface.table_at(reader.place_of(1, "one"))
    assert table is not None
    reader.view._clipboard.copy(table)
    data = QGuiApplication.clipboard().mimeData()
    assert data.text() == "a\tb\none\t1\ntwo\t2"
    assert data.html().count("<tr>") == 3
    assert markdown(data).startswith("| a | b |\n|---|--:|\n")
    assert reader.view._surface.table_at(reader.place_of(1, "Before")) is None


def test_everything_copied_is_read_as_the_same_blocks(reader: Reader) -> None:
    reader.show([question("Go"), answer(EVERYTHING)])
    end = TextPosition(1, 1, 1 << 30, 1 << 30)
    reader.view._surface.select(Selection(TextPosition(1, 1, 0, 0), end))
    written = [type(block) for block in parse(markdown(copied(reader)))]
    assert written == [type(block) for block in parse(EVERYTHING)]


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The answers parsed without being laid out."""
    texts: list[str] = []
    parse = markdown_blocks.answer_blocks
    monkeypatch.setattr(parsed_blocks, "answer_blocks", lambda text, _cite: texts.append(text) or parse(text))
    return texts


def long_chat() -> list[Message]:
    return [question(f"Q{n}", n) if n % 2 == 0 else answer(f"Answer *{n}*", n) for n in range(1_000)]


def test_a_long_chat_is_on_the_clipboard_at_once_and_made_later(
    reader: Reader, parsed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sliced_work, "_SLICE", 0.0)  # a step a slice
    reader.show(long_chat())
    reader.press(Qt.Key.Key_A, CONTROL)
    data = copied(reader)
    assert len(parsed) <= 1
    assert data.hasText()
    assert data.hasHtml()
    text = data.text()
    assert text.startswith("Q0\n\nAnswer 1\n\nQ2")
    assert text.endswith("Answer 999")
    seen = len(parsed)
    assert seen > 400
    assert markdown(data).endswith("Answer *999*")
    assert "<em>999</em>" in data.html()
    assert len(parsed) == seen, "parsed once"


def test_a_long_chat_is_made_ready_in_slices(reader: Reader, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sliced_work, "_SLICE", 0.0)
    reader.show(long_chat())
    reader.press(Qt.Key.Key_A, CONTROL)
    data = copied(reader)
    qtbot.waitUntil(lambda: not reader.view._clipboard._preparing.active)
    monkeypatch.setattr(parsed_blocks, "answer_blocks", None)  # nothing is made any more
    monkeypatch.setattr(rich_text, "to_rich_text", None)
    assert data.text().endswith("Answer 999")
    assert "<em>999</em>" in data.html()


def test_what_was_copied_stays_when_the_chat_changes_or_goes(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sliced_work, "_SLICE", 0.0)
    messages = long_chat()
    reader.show(messages)
    reader.press(Qt.Key.Key_A, CONTROL)
    data = copied(reader)
    reader.show([replace(messages[0], parts=(TextPart("Other"),)), *messages[1:]])
    reader.show([question("Another chat")])
    reader.view.clear()
    reader.show([question("Go")])
    other = reader.view._clipboard._copied(Selection(TextPosition(0, 1, 0, 0), TextPosition(0, 1, 0, 2)))
    reader.view._clipboard._preparing.start(other.prepare(lambda _: True))  # leaves what is being made
    text = data.text()
    assert text.startswith("Q0\n\nAnswer 1\n\nQ2")
    assert text.endswith("Answer 999")
    assert markdown(data) == "\n\n".join(message.text for message in messages)


def test_of_an_answer_that_grows_what_was_there_is_copied(reader: Reader) -> None:
    reader.show([question("Go"), answer("- one\n- t", state=MessageState.STREAMING)])
    reader.press(Qt.Key.Key_A, CONTROL)
    data = copied(reader)
    reader.view.grow("m1", (TextDelta("wo\n- three"),))
    assert data.text() == "Go\n\n- one\n- t"
    assert "<li>t\n</li>" in data.html()


def test_a_selection_of_nothing_leaves_the_clipboard_alone(reader: Reader) -> None:
    reader.show([question("Go"), answer("One.\n\nTwo.")])
    reader.view._surface.select(Selection(TextPosition(1, 1, 0, 4), TextPosition(1, 1, 1, 0)))
    assert copied(reader).text() == "nothing was copied"


def test_a_huge_chat_is_copied_as_it_was_written(reader: Reader) -> None:
    long = "**word** " * 20_000
    reader.show([question(long, n) if n % 2 == 0 else answer(long, n) for n in range(8)])
    parsed = reader.view.counters.messages_parsed
    reader.press(Qt.Key.Key_A, CONTROL)
    data = copied(reader)
    assert data.text() == "\n\n".join([long] * 8)
    assert reader.view.counters.messages_parsed == parsed


def test_a_selection_survives_what_streams_below_it(reader: Reader) -> None:
    messages = [*short_chat(), question("More", 2), answer("", 3, state=MessageState.STREAMING)]
    reader.show(messages)
    reader.view._surface.select(Selection(TextPosition(1, 1, 1, 0), TextPosition(1, 1, 1, 11)))
    reader.view.grow("m3", (TextDelta("It goes on."),))
    assert copied(reader).text() == "Each period"
    reader.show([*messages[:3], answer("It goes on.", 3)])
    assert copied(reader).text() == "Each period"


def test_shift_and_arrows_draw_the_selection(reader: Reader) -> None:
    reader.show([question("Go"), answer("One two three.\n\nFour.")])
    reader.click(reader.place_of(1, "two"))
    reader.press(Qt.Key.Key_Right, SHIFT)
    assert copied(reader).text() == "t"
    reader.press(Qt.Key.Key_Right, SHIFT | CONTROL)
    assert copied(reader).text() == "two "
    reader.press(Qt.Key.Key_Down, SHIFT)
    assert copied(reader).text() == "two three.\n\nFour."
    reader.press(Qt.Key.Key_Home, SHIFT | CONTROL)
    assert copied(reader).text().startswith("Go\n\nOne ")


def test_f7_shows_a_text_cursor_that_arrows_move(reader: Reader) -> None:
    reader.show([question("Go"), answer("One two.")])
    reader.press(Qt.Key.Key_F7)
    for _ in range(3):
        reader.press(Qt.Key.Key_Right)
    selection = reader.view.selection
    assert selection is not None
    assert selection.head == TextPosition(1, 1, 0, 0)
    reader.press(Qt.Key.Key_F7)
    reader.press(Qt.Key.Key_Right)
    assert reader.view.selection == selection


def test_the_cursor_goes_over_every_line_and_back(reader: Reader) -> None:
    reader.show([question("Show me"), answer(EVERYTHING)])
    caret, height = reader.view._cursor.caret, 600
    place = caret.moved(TextPosition(0, 1, 0, 0), Move.CHAT_BEGIN, height)
    seen = [place]
    while (there := caret.moved(place, Move.LINE_DOWN, height)) != place:
        place = there
        seen.append(place)
    assert seen == sorted(seen)
    assert {place.block for place in seen if place.message == 1} >= {0, 1, 2, 3, 4}
    back = caret.moved(place, Move.LINE_UP, height)
    assert back < place


def test_ctrl_a_in_a_code_block_selects_the_code_first_and_then_the_chat(reader: Reader) -> None:
    reader.show([question("Go"), answer("Before.\n\n```py\none\ntwo\n```")])
    reader.click(reader.place_of(1, "two"))
    reader.press(Qt.Key.Key_A, CONTROL)
    assert copied(reader).text() == "one\ntwo"
    reader.press(Qt.Key.Key_A, CONTROL)
    assert copied(reader).text() == "Go\n\nBefore.\n\none\ntwo"


@pytest.mark.parametrize(
    ("text", "clicked", "expected"),
    [
        ("今天天气很好，我们去公园。", "天气", "今天天气很好"),
        ("これはテストです。", "スト", "テスト"),
        ("混合 English 文字", "nglish", "English"),
    ],
)
def test_two_clicks_select_a_run_of_chinese_or_japanese(reader: Reader, text: str, clicked: str, expected: str) -> None:
    reader.show([question("Go"), answer(text)])
    point = reader.place_of(1, clicked)
    QTest.mouseDClick(reader.view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, point)
    assert copied(reader).text() == expected


def test_three_clicks_select_a_line_of_code_or_a_cell(reader: Reader) -> None:
    reader.show([question("Go"), answer("```py\none = 1\ntwo = 2\n```\n\n" + TABLE)])
    for text, expected in (("wo = 2", "two = 2"), ("ne\t", "one")):
        point = reader.place_of(1, text)
        QTest.mouseDClick(reader.view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, point)
        reader.click(point)
        assert copied(reader).text() == expected
        reader.clock.now += 5


def test_a_press_on_the_selection_drags_it_out(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    dragged = []
    monkeypatch.setattr(
        "PySide6.QtGui.QDrag.exec", lambda drag, *_: dragged.append(drag.mimeData().text()), raising=True
    )
    reader.show([question("Go"), answer("Select some of these words.")])
    reader.drag(reader.place_of(1, "some"), reader.place_of(1, " words"))
    reader.drag(reader.place_of(1, "of"), reader.place_of(1, "ords"))
    assert dragged == ["some of these"]
    reader.click(reader.place_of(1, "of"))
    selection = reader.view.selection
    assert selection is not None
    assert selection.is_empty


def test_a_drag_held_at_the_edge_scrolls_on(reader: Reader, qtbot: QtBot) -> None:
    reader.show([question("Go"), answer(EVERYTHING * 3)])
    reader.press(Qt.Key.Key_Home)
    viewport, none = reader.view.viewport(), Qt.KeyboardModifier.NoModifier
    start = reader.place_of(1, "A paragraph")
    QTest.mousePress(viewport, Qt.MouseButton.LeftButton, none, start)
    end = viewport.rect().bottomLeft()
    end.setX(start.x())
    end.setY(end.y() - 2)
    QTest.mouseMove(viewport, end)
    before = reader.scroll
    qtbot.waitUntil(lambda: reader.scroll > before + 100)
    QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, none, end)
    text = copied(reader).text()
    assert text.startswith("A paragraph")
    assert "Second item" in text


def test_containers_of_a_whole_item_stay() -> None:
    (first, _) = parse("1. one\n2. two")
    cut = cut_block(first, 0, 2)
    assert cut is not None
    assert [type(container) for container in cut.containers] == [ListItem]


def test_the_cursor_of_a_chat_selected_whole_is_at_its_end(reader: Reader) -> None:
    reader.show([question("Go"), answer("One.\n\nTwo.")])
    reader.press(Qt.Key.Key_A, CONTROL)
    selection = reader.view.selection
    assert selection is not None
    assert reader.view._cursor.caret.clamped(selection.head) == TextPosition(1, 1, 1, 4)
    reader.press(Qt.Key.Key_Left, SHIFT)
    assert copied(reader).text() == "Go\n\nOne.\n\nTwo"
