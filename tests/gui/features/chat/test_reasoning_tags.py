"""Setting tags of one's own in the settings."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPlainTextEdit
from pytestqt.qtbot import QtBot

from chatdesk.features.chat.ui.chat_section import TagsRow
from chatdesk.kernel.chat.custom_think_tags import OwnTags, from_record
from chatdesk.kernel.models.think_tags import ThinkTags
from chatdesk.kernel.settings.declarations import REASONING_TAGS
from chatdesk.kernel.settings.store import Settings
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.widgets.label import Label

MUSING = (OwnTags("my-model", ThinkTags("<musing>", "</musing>")),)


class Form:
    """A person in front of the row. Settings are not written: there is no file here."""

    def __init__(self, qtbot: QtBot, appearance: Appearance, record: str = "") -> None:
        self.settings = Settings({REASONING_TAGS.key: record}, lambda _: None)
        self.settings._file._pending = object()  # type: ignore[assignment] - nothing is written, so no loop is needed
        self.row = TagsRow(appearance, self.settings)
        qtbot.addWidget(self.row)
        self.row.show()

    @property
    def edit(self) -> QPlainTextEdit:
        return self.row.findChild(QPlainTextEdit, "reasoningTags")

    def problem(self) -> str:
        label = self.row.findChild(Label, "reasoningTagsProblem")
        return label.text() if label.isVisible() else ""

    def kept(self) -> tuple[OwnTags, ...]:
        return from_record(self.settings.get(REASONING_TAGS))


def test_a_pair_that_is_written_is_kept(qtbot: QtBot, appearance: Appearance) -> None:
    form = Form(qtbot, appearance)
    QTest.keyClicks(form.edit, "my-model <musing> </musing>")
    assert form.problem() == ""
    qtbot.waitUntil(lambda: form.kept() == MUSING)


def test_what_is_not_sound_is_reported_and_what_was_kept_holds_on(qtbot: QtBot, appearance: Appearance) -> None:
    record = '[["my-model", "<musing>", "</musing>"]]'
    form = Form(qtbot, appearance, record)
    assert form.edit.toPlainText() == "my-model <musing> </musing>"
    form.edit.moveCursor(form.edit.textCursor().MoveOperation.End)
    QTest.keyClick(form.edit, Qt.Key.Key_Return)
    QTest.keyClicks(form.edit, "another <m> <m>")
    assert form.problem() == "another <m> <m>: The two tags must differ, and neither can contain the other"
    form.row.hide()
    assert form.kept() == MUSING
    assert form.edit.toPlainText().endswith("another <m> <m>")


def test_what_was_just_written_is_kept_when_the_page_is_left(qtbot: QtBot, appearance: Appearance) -> None:
    form = Form(qtbot, appearance)
    QTest.keyClicks(form.edit, "my-model <musing> </musing>")
    form.row.hide()
    assert form.kept() == MUSING


def test_tab_leaves_the_field(qtbot: QtBot, appearance: Appearance) -> None:
    assert Form(qtbot, appearance).edit.tabChangesFocus()
