"""The transcript as a screen reader finds it."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent, QAccessibleInterface, QGuiApplication
from pytestqt.qtbot import QtBot

from chatdesk.features.chat.ui.transcript.page.accessibility.announcements import Announcements
from chatdesk.kernel.chat.message import MessageState
from chatdesk.kernel.chat.stream_events import TextDelta
from chatdesk.kernel.errors.failure import Failure
from chatdesk.rendering.export.plain_text import to_plain_text
from chatdesk.rendering.markdown.markdown import parse
from chatdesk.ui_kit.translations import Translations
from tests.gui.features.chat.transcript.conftest import Reader
from tests.gui.features.chat.transcript.sample_chat import ANSWER, answer, describe, question, short_chat

Name, Value, Role = QAccessible.Text.Name, QAccessible.Text.Value, QAccessible.Role


def test_the_transcript_is_a_list_of_its_messages(reader: Reader) -> None:
    reader.show(short_chat())
    transcript = QAccessible.queryAccessibleInterface(reader.view)
    assert transcript.role() == Role.List
    assert transcript.text(Name) == "Chat"
    assert transcript.childCount() == 2


def test_a_message_tells_who_speaks_and_what_is_said(reader: Reader) -> None:
    reader.show(short_chat())
    transcript = QAccessible.queryAccessibleInterface(reader.view)
    asked, answered = transcript.child(0), transcript.child(1)
    assert asked.role() == Role.ListItem
    assert asked.text(Name) == f"You: {short_chat()[0].text}"
    assert answered.text(Name) == f"deepseek-r1:14b: {to_plain_text(parse(ANSWER))}"
    assert answered.text(Value) == to_plain_text(parse(ANSWER))
    assert answered.state().readOnly


def test_a_message_is_named_in_plain_words(reader: Reader) -> None:
    reader.show(
        [
            question("Is **this** `it`?"),
            answer("## How to\n\nSay [manual](https://a.b/c), H<sub>2</sub>O:\n\n- *one*\n"),
        ]
    )
    transcript = QAccessible.queryAccessibleInterface(reader.view)
    assert transcript.child(0).text(Name) == "You: Is this it?"
    assert transcript.child(1).text(Name) == "deepseek-r1:14b: How to\n\nSay manual, H2O:\n\n- one"


def test_what_an_answer_cost_is_reported(reader: Reader) -> None:
    reader.show(short_chat())
    description = QAccessible.queryAccessibleInterface(reader.view).child(1).text(QAccessible.Text.Description)
    assert "874" in description
    assert "41.8 tokens/s" in description


def test_an_answer_can_be_read_while_it_streams(reader: Reader) -> None:
    reader.show([question("Go"), answer("", state=MessageState.STREAMING)])
    reader.view.grow("m1", (TextDelta("Half of an"),))
    message = QAccessible.queryAccessibleInterface(reader.view).child(1)
    assert message.text(Name) == "deepseek-r1:14b, Still writing: Half of an"


def test_the_state_of_an_answer_is_reported(reader: Reader) -> None:
    reader.show([question("Go"), answer("Half", state=MessageState.STOPPED)])
    message = QAccessible.queryAccessibleInterface(reader.view).child(1)
    assert message.text(Name).startswith("deepseek-r1:14b, You stopped this answer.:")


@pytest.mark.parametrize("state", [MessageState.FAILED, MessageState.INTERRUPTED])
def test_of_an_answer_that_broke_off_it_is_reported_why(reader: Reader, state: MessageState) -> None:
    failure = Failure("ConnectionLost", {"server": "Ollama"})
    reader.show([question("Go"), answer("Half", state=state, failure=failure)])
    message = QAccessible.queryAccessibleInterface(reader.view).child(1)
    assert message.text(Name).startswith(f"deepseek-r1:14b, {describe(failure).sentence}:")


def test_a_message_is_where_it_is_on_the_screen(reader: Reader) -> None:
    reader.show(short_chat())
    rect = QAccessible.queryAccessibleInterface(reader.view).child(1).rect()
    assert rect.topLeft() == reader.view.viewport().mapToGlobal(reader.rect(1).topLeft())
    assert rect.size() == reader.rect(1).size()


def test_the_focused_message_is_reported(reader: Reader, qtbot) -> None:
    reader.show(short_chat())
    reader.view.activateWindow()
    qtbot.waitActive(reader.view)
    reader.view.clearFocus()
    reader.view.setFocus(Qt.FocusReason.TabFocusReason)
    transcript = QAccessible.queryAccessibleInterface(reader.view)
    assert transcript.child(0).state().focused
    assert not transcript.child(1).state().focused


def test_messages_that_are_gone_are_no_longer_there(reader: Reader) -> None:
    reader.show(short_chat())
    transcript = QAccessible.queryAccessibleInterface(reader.view)
    gone = transcript.child(1)
    reader.show([question("Hi", 0, "other")])
    assert transcript.childCount() == 1
    assert not gone.isValid()


def test_two_transcripts_are_two_lists(make_reader: Callable[..., Reader]) -> None:
    one, other = make_reader(), make_reader()
    one.show(short_chat())
    other.show([question("Hi")])
    counts = [QAccessible.queryAccessibleInterface(reader.view).childCount() for reader in (one, other)]
    assert counts == [2, 1]


def test_the_buttons_of_a_message_are_its_children(reader: Reader) -> None:
    reader.show(short_chat())
    message = QAccessible.queryAccessibleInterface(reader.view).child(1)
    children = [message.child(index) for index in range(message.childCount())]
    buttons = [child for child in children if child.role() == Role.Button]
    assert [button.text(Name) for button in buttons][:3] == [
        "Thought for 12 s",
        "Copy, code block 1",
        "Wrap long lines, code block 1",
    ]
    assert all(button.state().focusable for button in buttons)
    place = buttons[1].rect().center()
    assert message.childAt(place.x(), place.y()).text(Name) == "Copy, code block 1"
    assert message.indexOfChild(buttons[2]) == children.index(buttons[2])
    buttons[1].actionInterface().doAction("Press")
    assert QGuiApplication.clipboard().text().startswith("def future_value")


def parts_of(reader: Reader, text: str) -> list[QAccessibleInterface]:
    reader.show([question("Go"), answer(text)])
    message = QAccessible.queryAccessibleInterface(reader.view).child(1)
    children = [message.child(index) for index in range(message.childCount())]
    return [child for child in children if child.role() != Role.Button]


def names(parent: QAccessibleInterface) -> list[tuple[QAccessible.Role, str]]:
    children = (parent.child(index) for index in range(parent.childCount()))
    return [(child.role(), child.text(Name)) for child in children]


def test_headings_have_levels_and_code_its_text(reader: Reader) -> None:
    heading, code = parts_of(reader, "## A heading\n\n```python\nprint(1)\n```")
    assert (heading.role(), heading.text(Name)) == (Role.Heading, "A heading")
    assert heading.attributesInterface().attributeValue(QAccessible.Attribute.Level) == 2
    assert code.text(Name) == "Code, 1 lines, python"
    assert code.textInterface().text(0, -1) == "print(1)"


def test_lists_are_lists_in_lists(reader: Reader) -> None:
    (whole,) = parts_of(reader, "1. one\n2. two\n   - inner\n")
    assert (whole.role(), names(whole)) == (Role.List, [(Role.ListItem, "1. one"), (Role.ListItem, "2. two")])
    paragraph, inner = (whole.child(1).child(index) for index in range(2))
    assert paragraph.role() == Role.Paragraph
    assert names(inner) == [(Role.ListItem, "inner")]


def test_a_table_has_rows_of_cells_that_know_their_place(reader: Reader) -> None:
    (table,) = parts_of(reader, "| a | b |\n|---|---|\n| 1 | 2 |\n")
    assert (table.role(), table.text(Name)) == (Role.Table, "Table, 1 rows, 2 columns")
    head, row = table.child(0), table.child(1)
    assert names(head) == [(Role.ColumnHeader, "a"), (Role.ColumnHeader, "b")]
    cell = row.child(1)
    assert cell.text(Name) == "2"
    place = cell.tableCellInterface()
    assert (place.rowIndex(), place.columnIndex()) == (1, 1)
    assert place.columnHeaderCells()[0].text(Name) == "b"


def test_a_link_says_where_it_leads_and_can_be_followed(reader: Reader) -> None:
    (paragraph,) = parts_of(reader, "See [the page](https://example.org/x) now.")
    assert paragraph.text(Name) == "See the page now."
    link = paragraph.child(0)
    assert (link.role(), link.text(Name)) == (Role.Link, "the page")
    assert link.text(QAccessible.Text.Description) == "https://example.org/x"
    link.actionInterface().doAction("Press")
    assert reader.signals == [("link_activated", "https://example.org/x", "the page")]


def test_a_quote_an_alert_and_a_formula_are_read_as_what_they_are(reader: Reader) -> None:
    quote, alert, formula = parts_of(reader, "> said\n\n> [!NOTE]\n> mind\n\n\\[ x^2 \\]\n")
    assert names(quote) == [(Role.Paragraph, "said")]
    assert (alert.role(), alert.text(Name)) == (Role.BlockQuote, "Note")
    assert (formula.role(), formula.text(Name).strip()) == (Role.Equation, "x squared")


def test_a_task_tells_whether_it_is_done(reader: Reader) -> None:
    (tasks,) = parts_of(reader, "- [x] done\n- [ ] open\n- neither\n")
    states = [tasks.child(index).state() for index in range(3)]
    assert [bool(state.checkable) for state in states] == [True, True, False]
    assert [bool(state.checked) for state in states] == [True, False, False]


def test_an_alert_is_read_in_the_language_of_the_window(reader: Reader, translations: Translations) -> None:
    translations.use("zh_CN")
    (alert,) = parts_of(reader, "> [!WARNING]\n> 小心\n")
    assert alert.text(Name) == "警告"


def test_a_link_and_a_cell_are_where_their_words_are(reader: Reader) -> None:
    paragraph, table = parts_of(
        reader, "See [the page](https://example.org/x) now.\n\n| a | b |\n|---|---|\n| one | two |\n"
    )
    link, line = paragraph.child(0).rect(), paragraph.rect()
    assert line.contains(link)
    assert link.width() < line.width() / 2
    point = reader.view.viewport().mapToGlobal(reader.place_of(1, "page"))
    assert link.contains(point)
    cells = [table.child(row).child(column).rect() for row in range(2) for column in range(2)]
    assert all(not one.intersects(other) for one in cells for other in cells if one is not other)
    assert cells[2].bottom() > cells[0].bottom()


def test_formulas_are_heard_in_words_and_copied_as_latex(reader: Reader) -> None:
    source = r"With 😀 $x^2$ it is $\frac{1}{2}$. 😀 End."
    (paragraph,) = parts_of(reader, source)
    heard = "With 😀 x squared it is 1 over 2. 😀 End."
    assert paragraph.text(Name) == heard
    message = QAccessible.queryAccessibleInterface(reader.view).child(1)
    assert message.text(Name) == f"deepseek-r1:14b: {heard}"
    text = paragraph.textInterface()
    assert text.text(0, -1) == heard
    units = heard.encode("utf-16-le")
    assert text.characterCount() == len(units) // 2
    end, half = len(units) // 2 - len("End."), len(units[: units.index("1 over".encode("utf-16-le"))]) // 2
    text.setCursorPosition(end)
    assert text.cursorPosition() == end
    text.setCursorPosition(half + 3)
    assert text.cursorPosition() == half
    text.setSelection(0, half + 2, end + 3)
    reader.press(Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == r"$\frac{1}{2}$. 😀 End"


def test_formulas_in_a_table_and_a_link_are_heard_in_words(reader: Reader) -> None:
    table, paragraph = parts_of(
        reader, "| $a_1$ | b |\n|---|---|\n| 1 | $x^3$ |\n\n[see $x^2$](https://e.org) and $\\nosuch$"
    )
    assert names(table.child(0))[0] == (Role.ColumnHeader, "a sub 1")
    assert names(table.child(1))[1] == (Role.Cell, "x cubed")
    assert table.child(1).child(1).textInterface().text(0, -1) == "x cubed"
    assert paragraph.text(Name) == r"see x squared and \nosuch"
    assert names(paragraph) == [(Role.Link, "see x squared")]


def test_the_text_cursor_steps_over_a_formula_that_is_heard_then(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(Announcements, "announce", lambda _self, content: said.append(content))
    (paragraph,) = parts_of(reader, r"So $x^2$ is.")
    text = paragraph.textInterface()
    text.setCursorPosition(len("So"))
    right, left = Qt.Key.Key_Right, Qt.Key.Key_Left
    reader.press(Qt.Key.Key_F7)
    said.clear()
    reader.press(right)
    assert (text.cursorPosition(), said) == (len("So "), ["x squared"])
    reader.press(right)
    assert (text.cursorPosition(), said) == (len("So x squared"), ["x squared"])
    reader.press(left)
    assert (text.cursorPosition(), said) == (len("So "), ["x squared", "x squared"])


def test_the_text_cursor_steps_over_a_picture(reader: Reader) -> None:
    (paragraph,) = parts_of(reader, "So ![a cat](https://pictures.example/cat.png) is.")
    text = paragraph.textInterface()
    text.setCursorPosition(len("So "))
    reader.press(Qt.Key.Key_F7)
    reader.press(Qt.Key.Key_Right)
    assert text.text(text.cursorPosition(), -1) == " is."
    reader.press(Qt.Key.Key_Left)
    assert text.cursorPosition() == len("So ")


def test_a_part_is_where_its_words_are(reader: Reader) -> None:
    _, second = parts_of(reader, "First.\n\nSecond one.")
    point = reader.view.viewport().mapToGlobal(reader.place_of(1, "one"))
    assert second.rect().contains(point)
    text = second.textInterface()
    assert text.offsetAtPoint(point) == len("Second ")
    assert text.characterRect(len("Second ")).adjusted(-2, 0, 2, 0).contains(point)


def test_a_screen_reader_moves_the_text_cursor_and_selects(reader: Reader) -> None:
    (paragraph,) = parts_of(reader, "Some words here.")
    text = paragraph.textInterface()
    assert text.cursorPosition() == -1
    text.setCursorPosition(5)
    assert text.cursorPosition() == 5
    text.setSelection(0, 5, 10)
    reader.press(Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "words"


def test_moves_of_the_cursor_and_of_the_focus_are_reported(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    reported: list[tuple[QAccessible.Event, str]] = []

    def tell(event: QAccessibleEvent) -> None:
        reported.append((event.type(), event.accessibleInterface().text(Name)))

    parts_of(reader, "Some words here.")
    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    monkeypatch.setattr(QAccessible, "updateAccessibility", tell)
    reader.click(reader.place_of(1, "words"))
    reader.press(Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert reported[-1] == (QAccessible.Event.TextCaretMoved, "Some words here.")
    reader.view.activateWindow()
    reader.view.setFocus()
    reader.view._keys.enter(forward=True)
    QCoreApplication.processEvents()
    assert reported[-1] == (QAccessible.Event.Focus, "You: Go")


def test_the_focused_button_is_reported_and_nothing_else_has_the_focus(
    reader: Reader, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    reported: list[str] = []
    reader.show([question("Go"), answer("```py\na\n```\n\n<details><summary>More</summary>b</details>")])
    reader.view.activateWindow()
    qtbot.waitActive(reader.view)
    reader.view.clearFocus()
    reader.view.setFocus(Qt.FocusReason.BacktabFocusReason)
    QCoreApplication.processEvents()
    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    monkeypatch.setattr(
        QAccessible, "updateAccessibility", lambda event: reported.append(event.accessibleInterface().text(Name))
    )
    for _ in range(5):
        reader.press(Qt.Key.Key_Right)
        QCoreApplication.processEvents()

    assert reported == [
        "Copy, code block 1",
        "Wrap long lines, code block 1",
        "Save as…, code block 1",
        "Show: More",
        "Copy message",
    ]
    transcript = QAccessible.queryAccessibleInterface(reader.view)
    message = transcript.child(1)
    focused = [message.child(index) for index in range(message.childCount()) if message.child(index).state().focused]
    assert [button.text(Name) for button in focused] == ["Copy message"]
    assert transcript.focusChild().text(Name) == "Copy message"
    assert not message.state().focused
    assert not transcript.state().focused


def test_the_focused_link_is_reported(reader: Reader, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    reported: list[tuple[QAccessible.Role, str]] = []

    def tell(event: QAccessibleEvent) -> None:
        reported.append((event.accessibleInterface().role(), event.accessibleInterface().text(Name)))

    reader.show([question("Go"), answer("See [one](https://a.b/1).\n\n| a |\n|---|\n| [two](https://a.b/2) |")])
    reader.view.activateWindow()
    qtbot.waitActive(reader.view)
    reader.view.clearFocus()
    reader.view.setFocus(Qt.FocusReason.BacktabFocusReason)
    QCoreApplication.processEvents()
    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    monkeypatch.setattr(QAccessible, "updateAccessibility", tell)
    for _ in range(2):
        reader.press(Qt.Key.Key_Right)
        QCoreApplication.processEvents()

    assert reported == [(Role.Link, "one"), (Role.Link, "two")]
    message = QAccessible.queryAccessibleInterface(reader.view).child(1)
    assert message.child(1).child(1).child(0).child(0).state().focused
    assert not message.child(0).child(0).state().focused
    assert not message.state().focused


def test_a_section_that_is_unfolded_by_key_is_reported(
    reader: Reader, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    reported: list[tuple[QAccessible.Event, str, bool]] = []

    def tell(event: QAccessibleEvent) -> None:
        button = event.accessibleInterface()
        reported.append((event.type(), button.text(Name), bool(button.state().expanded)))

    reader.show([question("Go"), answer("<details><summary>More</summary>b</details>")])
    reader.view.activateWindow()
    qtbot.waitActive(reader.view)
    reader.view.clearFocus()
    reader.view.setFocus(Qt.FocusReason.BacktabFocusReason)
    reader.press(Qt.Key.Key_Right)
    QCoreApplication.processEvents()
    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    monkeypatch.setattr(QAccessible, "updateAccessibility", tell)

    reader.press(Qt.Key.Key_Space)

    assert reported == [(QAccessible.Event.StateChanged, "Hide: More", True)]


def test_after_the_transcript_has_lost_the_focus_no_message_has_it(reader: Reader, qtbot: QtBot) -> None:
    reader.show(short_chat())
    reader.view.activateWindow()
    qtbot.waitActive(reader.view)
    reader.view.clearFocus()
    reader.view.setFocus(Qt.FocusReason.TabFocusReason)
    transcript = QAccessible.queryAccessibleInterface(reader.view)
    assert transcript.child(0).state().focused
    reader.view.clearFocus()
    assert not transcript.child(0).state().focused
    assert transcript.focusChild() is None


def test_the_buttons_of_each_code_block_follow_it_with_names_of_their_own(reader: Reader) -> None:
    reader.show([question("Go"), answer("One:\n\n```py\na\n```\n\nTwo:\n\n```py\nb\n```\n\nEnd.")])
    message = QAccessible.queryAccessibleInterface(reader.view).child(1)
    button_names = [name for _, name in names(message)]
    assert button_names[:11] == [
        "One:",
        "Code, 1 lines, py",
        "Copy, code block 1",
        "Wrap long lines, code block 1",
        "Save as…, code block 1",
        "Two:",
        "Code, 1 lines, py",
        "Copy, code block 2",
        "Wrap long lines, code block 2",
        "Save as…, code block 2",
        "End.",
    ]
    assert len(set(button_names)) == len(button_names) - 1


def test_a_section_tells_whether_it_is_unfolded_and_what_is_in_it(reader: Reader) -> None:
    reader.show([question("Go"), answer("<details><summary>Head</summary>\n\nwords\n</details>\n\nafter")])
    message = QAccessible.queryAccessibleInterface(reader.view).child(1)
    assert names(message)[:3] == [(Role.Button, "Show: Head"), (Role.Grouping, "Head"), (Role.Paragraph, "after")]
    button = message.child(0)
    assert button.state().expandable
    assert button.state().collapsed
    assert names(message.child(1)) == [(Role.Paragraph, "Head")]
    assert "words" not in message.text(Name)

    button.actionInterface().doAction("Press")

    assert button.state().expanded
    assert button.text(Name) == "Hide: Head"
    assert names(message.child(1)) == [(Role.Paragraph, "Head"), (Role.Paragraph, "words")]
    assert "words" in message.text(Name)


def test_what_streams_in_is_there_to_be_read(reader: Reader) -> None:
    reader.show([question("Go"), answer("", state=MessageState.STREAMING)])
    message = QAccessible.queryAccessibleInterface(reader.view).child(1)
    reader.view.grow("m1", (TextDelta("# Head\n\nSome"),))
    assert names(message)[:2] == [(Role.Heading, "Head"), (Role.Paragraph, "Some")]
    reader.view.grow("m1", (TextDelta(" more\n\n```py\nx"),))
    assert [role for role, _ in names(message)[:3]] == [Role.Heading, Role.Paragraph, Role.Section]
