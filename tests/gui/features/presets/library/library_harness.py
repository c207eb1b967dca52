"""The library over real services: files in a folder, a database, and a person in front of it."""

import asyncio
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QPlainTextEdit, QWidget

from chatdesk.app.program import Program
from chatdesk.features.presets.ui.library.library import make_library
from chatdesk.features.presets.ui.library.preset_list import PresetList
from chatdesk.kernel.errors.base import ChatdeskError
from chatdesk.kernel.models.model import ModelRef
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.tasks import Tasks

BUILT_IN = {
    "translate": (
        "Translate",
        "translation",
        "Translate everything into {{to}}.",
        "Everything you send, in another language",
    ),
    "mail-reply": ("Mail reply", "office", "Answer the mail.", "A polite answer"),
    "regex": ("Regex", "coding", "Write a regular expression.", "With an explanation"),
}


def write_built_in(folder: Path) -> None:
    """Make a folder of built-in presets in English."""
    (folder / "en").mkdir(parents=True)
    for preset_id, (name, category, prompt, description) in BUILT_IN.items():
        head = f'name = "{name}"\ncategory = "{category}"\ndescription = "{description}"\ntags = ["{category}"]'
        (folder / "en" / f"{preset_id}.md").write_text(f"+++\n{head}\n+++\n{prompt}\n", "utf-8")


class LibraryHarness:
    """`errors` are failures, `used` the keys a chat is to be begun with, `undo` what can be undone."""

    def __init__(self, appearance: Appearance, program: Program) -> None:
        self.program = program
        self.presets = program.presets.presets
        self.errors: list[ChatdeskError] = []
        self.used: list[str] = []
        self.undo: list[tuple[str, Callable[[], object]]] = []
        self.closed = 0
        self.tasks = Tasks(self.errors.append)
        self.model: ModelRef | None = None
        """The model in use in the chats."""
        self.library = make_library(appearance, program.presets, self.tasks, lambda: self.model)
        self.page = self.library.page
        self.library.used.connect(self.used.append)
        self.library.undo_offered.connect(lambda text, act: self.undo.append((text, act)))
        self.page.closed.connect(self._count_closed)
        self.page.resize(1_016, 820)
        self.page.show()
        self.page.activateWindow()
        assert QTest.qWaitForWindowActive(self.page)
        self.page.begin()

    @property
    def rows(self) -> PresetList:
        return self.page.column.list

    def shown(self) -> list[str]:
        """The names in the list, from top to bottom."""
        return [self.rows.rows.row(self.rows.rows.index(number)).name for number in range(self.rows.rows.rowCount())]

    def selected(self) -> list[str]:
        return [self.rows.rows.row(index).name for index in sorted(self.rows.selectedIndexes())]

    def part(self, name: str) -> QWidget:
        found = self.page.findChildren(QWidget, name)
        assert found, name
        return next((part for part in found if part.isVisible()), found[0])

    def sees(self, name: str) -> bool:
        return self.part(name).isVisible()

    def text(self, name: str) -> str:
        """What stands in a field."""
        part = self.part(name)
        return part.toPlainText() if isinstance(part, QPlainTextEdit) else part.text()  # type: ignore[attr-defined]

    def write(self, name: str, text: str) -> None:
        """Replace what stands in a field, as one types it."""
        part = self.part(name)
        part.setFocus(Qt.FocusReason.MouseFocusReason)
        if isinstance(part, QPlainTextEdit):
            part.selectAll()
            part.insertPlainText(text)
        else:
            assert isinstance(part, QLineEdit)
            part.selectAll()
            part.insert(text)
            part.textEdited.emit(part.text())

    def press(self, name: str) -> None:
        button = self.part(name)
        assert isinstance(button, QAbstractButton)
        assert button.isEnabled(), name
        button.click()

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key where the keyboard is."""
        QTest.keyClick(QGuiApplication.focusObject() or self.page, key, modifier)

    def click(self, name: str, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Click a row of the list, by its name."""
        QTest.mouseClick(self.rows.viewport(), Qt.MouseButton.LeftButton, modifier, self.middle(name))

    def middle(self, name: str) -> QPoint:
        index = self.rows.rows.index(self.shown().index(name))
        self.rows.scrollTo(index)
        return self.rows.visualRect(index).center()

    async def settle(self) -> None:
        """Let everything that was started come to its end."""
        while running := tuple(self.tasks._running):
            await asyncio.wait(running)

    async def close(self) -> None:
        await self.tasks.finish()
        self.page.close()
        self.page.deleteLater()

    def _count_closed(self) -> None:
        self.closed += 1
