"""Values of headers that are typed: only the line one is at can be read, and nothing of it is lost."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPlainTextEdit
from pytestqt.qtbot import QtBot

from chatdesk.features.servers.ui.form.headers_row import HeadersRow
from chatdesk.kernel.servers.server import Header
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.widgets.icon_button import IconButton
from tests.gui.features.settings.settings_harness import all_texts


class Form:
    """The row in a window, with another field to go to."""

    def __init__(self, appearance: Appearance, qtbot: QtBot) -> None:
        self.row = HeadersRow(appearance)
        self.elsewhere = QPlainTextEdit()
        self.edit = self.row.findChild(QPlainTextEdit, "serverHeaders")
        self.show_button = self.row.findChild(IconButton, "showHeaders")
        qtbot.addWidget(self.row)
        qtbot.addWidget(self.elsewhere)
        self.elsewhere.setParent(self.row)
        self.row.resize(500, 200)
        self.row.show()
        self.row.activateWindow()
        qtbot.waitActive(self.row)
        self.edit.setFocus()

    def type(self, text: str) -> None:
        for number, line in enumerate(text.split("\n")):
            if number:
                QTest.keyClick(self.edit, Qt.Key.Key_Return)
            QTest.keyClicks(self.edit, line)

    def leave(self) -> None:
        self.elsewhere.setFocus()

    @property
    def seen(self) -> str:
        return self.edit.toPlainText()


@pytest.fixture
def form(appearance: Appearance, qtbot: QtBot) -> Form:
    return Form(appearance, qtbot)


def test_only_the_line_one_is_at_can_be_read(form: Form) -> None:
    form.type("X-One: first\nX-Two: second")
    assert form.seen == "X-One: •••\nX-Two: second"
    form.leave()
    assert form.seen == "X-One: •••\nX-Two: •••"
    assert form.row.text() == "X-One: first\nX-Two: second"
    assert not form.edit.document().isUndoAvailable()
    assert not any("first" in text or "second" in text for text in all_texts(form.row))


def test_a_name_that_is_changed_keeps_its_value(form: Form) -> None:
    form.type("X-One: first\nX-Two: second")
    form.leave()
    form.edit.setFocus()
    QTest.keyClick(form.edit, Qt.Key.Key_Up)
    QTest.keyClick(form.edit, Qt.Key.Key_Home)
    QTest.keyClicks(form.edit, "New-")
    form.leave()
    assert form.row.text() == "New-X-One: first\nX-Two: second"
    assert "first" not in form.seen


def test_all_can_be_shown_and_hidden_again(form: Form) -> None:
    assert form.show_button.isHidden()
    form.type("X-One: first\nX-Two: second")
    assert not form.show_button.isHidden()
    form.show_button.click()
    assert form.seen == "X-One: first\nX-Two: second"
    form.leave()
    assert form.seen == "X-One: first\nX-Two: second"
    form.show_button.click()
    assert "first" not in form.seen
    assert form.row.text() == "X-One: first\nX-Two: second"


def test_what_is_saved_cannot_be_shown(form: Form) -> None:
    form.type("X-One: first")
    form.show_button.click()
    form.row.show_saved((Header("X-One"),))
    form.leave()
    assert form.seen == form.row.text() == "X-One: •••"
    assert form.show_button.isHidden()
    form.edit.setFocus()
    assert "first" not in form.seen


@pytest.mark.parametrize("text", ["X-A: one\nX-a: two\nX-B: three", "X-A:\nnonsense\n: x", "\n\nX-A: b\n"])
def test_nothing_that_is_typed_is_lost(form: Form, text: str) -> None:
    form.type(text)
    form.leave()
    form.edit.setFocus()
    QTest.keyClick(form.edit, Qt.Key.Key_Up)
    form.leave()
    assert form.row.text() == text


def test_a_line_that_is_wrong_is_named_without_what_may_be_its_value(form: Form) -> None:
    form.type("X Team: secret")
    assert not form.row.check()
    assert "Use the form “Name: value” instead of “X Team: …”." in all_texts(form.row)


def test_that_the_keyring_has_not_let_go_is_reported(form: Form) -> None:
    form.row.set_stale_secrets(left=True)
    assert any("could not be deleted" in text for text in all_texts(form.row))
    form.row.set_stale_secrets(left=False)
    assert not any("could not be deleted" in text for text in all_texts(form.row))
