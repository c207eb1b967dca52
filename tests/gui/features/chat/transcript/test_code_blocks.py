"""What a person does with a code block: its header, its menu, keys, settings."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtWidgets import QMenu

from chatdesk.features.chat.ui.transcript.code_options import CodeOptions
from chatdesk.features.chat.ui.transcript.controls import Verb
from tests.gui.features.chat.transcript.conftest import Reader
from tests.gui.features.chat.transcript.sample_chat import answer, question

PAGE = "```css\na {}\n```\n\n```html\n<title>Snake</title>\n```\n\n```python\nx = 1\n```"
LONG = "```python\n" + "word " * 60 + "\n```"


def show(reader: Reader, text: str) -> None:
    reader.show([question("Go"), answer(text)])


def menu_at(reader: Reader, text: str) -> QMenu:
    viewport = reader.view.viewport()
    point = reader.place_of(1, text)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, point, viewport.mapToGlobal(point))
    QGuiApplication.sendEvent(viewport, event)
    return next(menu for menu in viewport.findChildren(QMenu) if menu.isVisible())


def choose(menu: QMenu, caption: str) -> None:
    action = next(action for action in menu.actions() if action.text() == caption)
    action.trigger()
    menu.close()


def test_save_offers_a_name_and_the_exact_source(reader: Reader) -> None:
    show(reader, "```python\n# tools/app.py\nx = 1\t\n```")
    reader.click_control(1, Verb.SAVE_CODE)
    assert reader.signals == [("save_requested", "app.py", "# tools/app.py\nx = 1\t\n")]


def test_no_preview_is_offered_unless_somebody_can_show_one(reader: Reader) -> None:
    show(reader, PAGE)
    assert Verb.PREVIEW_CODE not in {control.command.verb for control in reader.controls(1)}


def test_a_preview_is_asked_for_with_the_block_it_is_of(reader: Reader) -> None:
    reader.view.offer_previews(frozenset({"html", "css", "svg"}))
    show(reader, PAGE)
    offered = [control for control in reader.controls(1) if control.command.verb is Verb.PREVIEW_CODE]
    assert [control.command.block for control in offered] == [0, 1]
    reader.click(offered[1].rect.center())
    assert reader.signals == [("preview_requested", "m1", 1, 1)]


def test_styles_without_a_page_have_no_preview(reader: Reader) -> None:
    reader.view.offer_previews(frozenset({"html", "css"}))
    show(reader, "```css\na {}\n```")
    assert Verb.PREVIEW_CODE not in {control.command.verb for control in reader.controls(1)}


def test_the_menu_on_code_begins_with_what_concerns_the_code(reader: Reader) -> None:
    show(reader, f"Words before.\n\n{LONG}")
    menu = menu_at(reader, "word word")
    assert [action.text() for action in menu.actions()[:5]] == [
        "Copy code",
        "Save as…",
        "Wrap long lines",
        "Line numbers",
        "",
    ]
    assert [action.isChecked() for action in menu.actions()[2:4]] == [False, False]
    assert [action.icon().isNull() for action in menu.actions()[:4]] == [False, False, True, True]
    menu.close()
    menu = menu_at(reader, "Words before")
    assert menu.actions()[0].text() != "Copy code"
    menu.close()


def test_the_menu_copies_saves_wraps_and_numbers_the_code_it_is_on(reader: Reader) -> None:
    show(reader, f"```python\nfirst = 1\n```\n\n{LONG}")
    choose(menu_at(reader, "first"), "Copy code")
    assert QGuiApplication.clipboard().text() == "first = 1\n"
    choose(menu_at(reader, "first"), "Save as…")
    assert reader.signals == [("save_requested", "code.py", "first = 1\n")]
    height = reader.view.document.height
    choose(menu_at(reader, "word word"), "Wrap long lines")
    assert reader.view.document.height > height
    before = reader.look()
    choose(menu_at(reader, "first"), "Line numbers")
    assert reader.look() != before
    menu = menu_at(reader, "first")
    assert [action.isChecked() for action in menu.actions()[2:4]] == [False, True]
    menu.close()


def test_numbers_are_not_copied(reader: Reader) -> None:
    reader.view.set_code_options(CodeOptions(numbered=True))
    show(reader, "```python\nfirst = 1\nsecond = 2\n```")
    start = reader.place_of(1, "first")
    start.setX(start.x() - 20)  # over the numbers
    reader.drag(start, reader.place_of(1, " = 2"))
    reader.press(Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "first = 1\nsecond"


def test_a_setting_changes_all_code_but_what_was_changed_by_itself(reader: Reader) -> None:
    show(reader, f"{LONG}\n\n{LONG}")
    low = reader.view.document.height
    reader.view.set_code_options(CodeOptions(wrapped=True))
    high = reader.view.document.height
    assert high > low
    reader.click_control(1, Verb.WRAP_CODE)
    reader.view.set_code_options(CodeOptions(wrapped=True, numbered=True))
    assert low < reader.view.document.height < high
    column = reader.view.document[1].column(1)
    assert column is not None
    assert [column.code_options(0), column.code_options(1)] == [
        CodeOptions(wrapped=False),
        CodeOptions(wrapped=True, numbered=True),
    ]


def test_code_in_a_question_wraps_too(reader: Reader) -> None:
    reader.show([question(LONG), answer("Yes.")])
    height = reader.view.document.height
    reader.click_control(0, Verb.WRAP_CODE)
    assert reader.view.document.height > height


def test_code_scrolls_sideways_by_keys_while_its_header_is_focused(reader: Reader) -> None:
    show(reader, LONG)
    reader.view._focus.set_message(1)
    before = reader.look()
    reader.press(Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    reader.press(Qt.Key.Key_Tab)
    assert reader.view._focus.on_code
    focused = reader.look()
    reader.press(Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert reader.look() != focused
    assert reader.view._focus.on_code
    reader.press(Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert reader.look() == focused != before


def test_the_menu_key_on_a_header_opens_the_menu_of_its_code(reader: Reader) -> None:
    show(reader, LONG)
    reader.view._focus.set_message(1)
    reader.press(Qt.Key.Key_Tab)
    QGuiApplication.clipboard().clear()
    reader.press(Qt.Key.Key_Menu)
    assert QGuiApplication.clipboard().text() == ""
    point = reader.rect(1).center()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, point, reader.view.viewport().mapToGlobal(point))
    QGuiApplication.sendEvent(reader.view.viewport(), event)
    menu = next(menu for menu in reader.view.viewport().findChildren(QMenu) if menu.isVisible())
    assert menu.actions()[0].text() == "Copy code"
    menu.close()


def test_the_header_is_held_at_the_top_while_a_long_block_scrolls(reader: Reader) -> None:
    show(reader, "```python\n" + "x = 1\n" * 200 + "```\n\nWords after.")
    reader.view.verticalScrollBar().setValue(reader.view.document.height // 2)
    copy = next(control for control in reader.controls(1) if control.command.verb is Verb.COPY_CODE)
    assert 0 <= copy.rect.top() < 12
    reader.click(copy.rect.center())
    assert QGuiApplication.clipboard().text() == "x = 1\n" * 200
