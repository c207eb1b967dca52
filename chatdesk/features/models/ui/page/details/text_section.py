"""A long text of a model's makers (template, licence), folded away until somebody wants to read it."""

from PySide6.QtCore import QEvent
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QWidget

from chatdesk.ui_kit.forms.lines_edit import LinesEdit
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.text.bounded_text import bounded_text
from chatdesk.ui_kit.widgets.button import Button, ButtonKind
from chatdesk.ui_kit.widgets.disclosure import Disclosure

_MOST_SHOWN = 20_000
"""Characters; Copy gives all of it."""
_LEAST_LINES, _MOST_LINES = 2, 12


class TextSection(Disclosure):
    """What shows the text is made when it is first opened."""

    def __init__(self, appearance: Appearance, name: str, parent: QWidget | None = None) -> None:
        super().__init__(appearance, name, parent)
        self._name = name
        self._words = ""
        self._text = ""
        self._shown: str | None = None
        self._edit: LinesEdit | None = None
        self._copy: Button | None = None
        self.opened.connect(self._fill)

    def show_text(self, words: str, text: str) -> None:
        """Show a text under these words; without one nothing at all."""
        self._words, self._text = words, text
        self.set_words(words)
        self.setVisible(bool(text))
        self._fill()

    def _fill(self) -> None:
        if not self.is_open:
            return
        edit = self._edit = self._edit or self._made()
        edit.edit.setAccessibleName(self._words)
        if self._text != self._shown:
            self._shown = self._text
            edit.set_lines(min(_MOST_LINES, max(_LEAST_LINES, self._text[:_MOST_SHOWN].count("\n") + 1)))
            edit.set_text(bounded_text(self._text, _MOST_SHOWN))

    def _made(self) -> LinesEdit:
        edit = LinesEdit(self._appearance, self)
        edit.edit.setReadOnly(True)
        edit.edit.setObjectName(f"{self._name}Text")
        self._copy = Button(self._appearance, "", ButtonKind.PLAIN, self, icon="copy", small=True)
        self._copy.setObjectName(f"{self._name}Copy")
        self._copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self._text))
        line = QHBoxLayout()
        line.addStretch(1)
        line.addWidget(self._copy)
        self.content.addWidget(edit)
        self.content.addLayout(line)
        self._retranslate()
        return edit

    def _retranslate(self) -> None:
        if self._copy:
            self._copy.setText(self.tr("Copy"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)
