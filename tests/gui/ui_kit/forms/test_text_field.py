from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from chatdesk.ui_kit.forms.text_field import TextField
from chatdesk.ui_kit.style.appearance import Appearance


def test_an_error_is_reported_below_and_to_screen_readers(qtbot: QtBot, appearance: Appearance) -> None:
    field = TextField(appearance, "Address", text="htp://lab")
    qtbot.addWidget(field)
    field.show()
    height = field.sizeHint().height()
    assert border(field) == appearance.theme.color("borderDefault")
    field.set_error("Start with https://")
    assert field.sizeHint().height() > height
    assert border(field) == appearance.theme.color("danger")
    assert field.edit.accessibleDescription() == "Start with https://"
    field.set_error("")
    assert field.sizeHint().height() == height
    assert border(field) == appearance.theme.color("borderDefault")


def test_it_has_a_name_and_takes_the_focus_for_its_line(qtbot: QtBot, appearance: Appearance) -> None:
    field = TextField(appearance, "Address", placeholder="https://")
    qtbot.addWidget(field)
    assert field.edit.accessibleName() == "Address"
    field.set_name("地址")
    field.set_placeholder("…")
    assert (field.edit.accessibleName(), field.edit.placeholderText()) == ("地址", "…")
    assert field.focusProxy() is field.edit


def test_it_tells_what_is_typed_and_when_it_is_done(qtbot: QtBot, appearance: Appearance) -> None:
    field = TextField(appearance, "Address")
    qtbot.addWidget(field)
    heard = []
    field.changed.connect(heard.append)
    QTest.keyClicks(field.edit, "ab")
    field.set_text("c")
    with qtbot.waitSignal(field.submitted):
        QTest.keyClick(field.edit, Qt.Key.Key_Return)
    assert heard == ["a", "ab", "c"]
    assert field.text() == "c"


def test_a_secret_is_not_shown_and_a_key_is_set_in_code_letters(qtbot: QtBot, appearance: Appearance) -> None:
    field = TextField(appearance, "Key", secret=True, mono=True)
    qtbot.addWidget(field)
    assert field.edit.echoMode() is QLineEdit.EchoMode.Password
    assert field.edit.font().families()[0] == "JetBrains Mono"


def test_words_keep_clear_of_the_icon(qtbot: QtBot, appearance: Appearance) -> None:
    plain, search = TextField(appearance, "Name", text="l"), TextField(appearance, "Search", text="l", icon="search")
    for field in (plain, search):
        qtbot.addWidget(field)
    assert plain.edit.cursorRect().isValid
    assert search.edit.textMargins().left() == 24
    appearance.set_zoom(200)
    assert search.edit.textMargins().left() == 48


def border(field: TextField) -> object:
    return field.edit.grab().toImage().pixelColor(field.edit.width() // 2, 0)
