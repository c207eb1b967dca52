"""A long text of a model's makers (template, licence), folded away until somebody wants to read it."""

from PySide6.QtCore import QEvent
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QWidget

from chatdesk.ui.bounded_text import bounded_text
from chatdesk.ui.presets.disclosure import Disclosure
from chatdesk.ui.theme.appearance import Appearance
from chatdesk.ui.theme.button import Button, ButtonKind
from chatdesk.ui.theme.lines_edit import LinesEdit

_MOST_SHOWN = 20_000
"""Characters; Copy gives all of it."""
_LEAST_LINES, _MOST_LINES = 2, 12


class TextSection(Disclosure):
    """The text is laid out when it is opened."""

    def __init__(self, appearance: Appearance, name: str, parent: QWidget | None = None) -> None:
        super().__init__(appearance, name, parent)
        self._text = ""
        self._shown: str | None = None
        self._edit = LinesEdit(appearance, self)
        self._edit.edit.setReadOnly(True)
        self._edit.edit.setObjectName(f"{name}Text")
        self._copy = Button(appearance, "", ButtonKind.PLAIN, self, icon="copy", small=True)
        self._copy.setObjectName(f"{name}Copy")
        self._copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self._text))
        line = QHBoxLayout()
        line.addStretch(1)
        line.addWidget(self._copy)
        self.content.addWidget(self._edit)
        self.content.addLayout(line)
        self.opened.connect(self._fill)
        self._retranslate()

    def show_text(self, words: str, text: str) -> None:
        """Show a text under these words; without one nothing at all."""
        self._text = text
        self.set_words(words)
        self._edit.edit.setAccessibleName(words)
        self.setVisible(bool(text))
        self._fill()

    def _fill(self) -> None:
        if self.is_open and self._text != self._shown:
            self._shown = self._text
            self._edit.set_lines(min(_MOST_LINES, max(_LEAST_LINES, self._text[:_MOST_SHOWN].count("\n") + 1)))
            self._edit.set_text(bounded_text(self._text, _MOST_SHOWN))

    def _retranslate(self) -> None:
        self._copy.setText(self.tr("Copy"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)
