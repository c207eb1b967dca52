"""The hands of a person at the form of a prompt's sections."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QPushButton, QWidget

from chatdesk.features.presets.domain.section_kinds import SectionKind
from chatdesk.features.presets.ui.editor.prompt.section_row import SectionRow
from chatdesk.features.presets.ui.editor.prompt.structured_editor import SectionMenu, StructuredEditor
from chatdesk.ui_kit.forms.notice import Notice

PROMPT = "# Role: Poet\n\n## Rules\n1. Rhyme.\r\n2. Be kind.\n\n\n## Tone\nWarm {{here}}.\n\n## 约束\n不要说教。\n"


def rows(editor: StructuredEditor) -> list[SectionRow]:
    return editor._rows


def bodies(editor: StructuredEditor) -> list[str]:
    return [row.field.edit.text() for row in rows(editor)]


def button(owner: QWidget, name: str) -> QAbstractButton:
    found = owner.findChild(QAbstractButton, name)
    assert found is not None
    return found


def title(row: SectionRow) -> QLineEdit:
    found = row.findChild(QLineEdit, "sectionTitle")
    assert found is not None
    return found


def notice(editor: StructuredEditor, name: str) -> Notice:
    found = editor.findChild(Notice, name)
    assert found is not None
    return found


def act(strip: Notice) -> None:
    strip.findChild(QPushButton).click()


def offered(editor: StructuredEditor) -> dict[str, SectionKind]:
    """What can be added, as the menu has it, by its words."""
    button(editor, "addSection").click()
    menu = editor.findChild(SectionMenu)
    assert menu is not None
    texts = {action.text(): action for action in menu.actions() if action.text()}
    menu.close()
    return texts


def undo(editor: StructuredEditor) -> None:
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
