"""A preset too long to be edited here: what it is, how it is used all the same, and where its file is."""

from PySide6.QtCore import QEvent, QLocale, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from chatdesk.features.presets.ui.editor.prompt.prompt_edit import LONGEST_TEXT
from chatdesk.kernel.presets.preset import Preset
from chatdesk.ui_kit.forms.notice import Notice
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.text.plain_line import plain_line
from chatdesk.ui_kit.widgets.button import Button
from chatdesk.ui_kit.widgets.label import Label

_LONGEST_LINE = 20_000


def is_large(preset: Preset) -> bool:
    """Whether a preset is too long to be edited here."""
    texts = (preset.prompt, preset.question, preset.greeting, preset.sample)
    return sum(map(len, texts)) > LONGEST_TEXT or any(
        len(line) > _LONGEST_LINE for text in texts for line in text.split("\n")
    )


class LargeView(QWidget):
    """`used` begins a chat with it."""

    used = Signal()
    folder_requested = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._length = 0
        self.setObjectName("largePreset")
        self._title = Label(appearance, "title", "text", self, elide=True)
        self._use = Button(appearance, "", parent=self, icon="message-square")
        self._use.setObjectName("useLargePreset")
        self._use.clicked.connect(self.used)
        self._notice = Notice(appearance, self)
        self._notice.acted.connect(self.folder_requested)
        self._row = QHBoxLayout()
        self._row.addWidget(self._title, 1)
        self._row.addWidget(self._use)
        self._column = QVBoxLayout(self)
        self._column.addLayout(self._row)
        self._column.addWidget(self._notice)
        self._column.addStretch(1)
        appearance.changed.connect(self._restyle)
        self._restyle()
        self._retranslate()

    def show_preset(self, preset: Preset) -> None:
        """Show one."""
        self._length = sum(map(len, (preset.prompt, preset.question, preset.greeting, preset.sample)))
        self._title.set_text(plain_line(preset.name))
        self._retranslate()

    def _restyle(self) -> None:
        theme = self._appearance.theme
        side = theme.length("xl")
        self._column.setContentsMargins(side, theme.length("l"), side, theme.length("m"))
        self._column.setSpacing(theme.length("m"))
        self._row.setSpacing(theme.length("s"))

    def _retranslate(self) -> None:
        self._use.setText(self.tr("New chat"))
        told = self.tr("With {count} characters it is too long to be edited here. It can be used; edit its file.")
        words = told.replace("{count}", QLocale().toString(self._length))
        self._notice.show_words(words, self.tr("Show its folder"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)
