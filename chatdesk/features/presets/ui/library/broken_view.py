"""A file of the library that cannot be read as a preset: what is wrong, and its text to be mended."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from chatdesk.features.presets.ui.editor.save_bar import SaveBar
from chatdesk.features.presets.ui.library.problem_words import describe_problem
from chatdesk.kernel.errors.preset_errors import BrokenPreset
from chatdesk.ui_kit.code.code_edit import CodeEdit
from chatdesk.ui_kit.forms.notice import Notice, NoticeKind
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.text.plain_line import plain_line
from chatdesk.ui_kit.widgets.label import Label
from chatdesk.ui_kit.widgets.tag import Tag, TagKind


class BrokenView(QWidget):
    """The text is only read until it is known. `saved` carries what it shall be."""

    saved = Signal(str)
    folder_requested = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._broken: BrokenPreset | None = None
        self._text = ""
        self._title = Label(appearance, "title", "text", self, elide=True)
        self._tag = Tag(appearance, "", TagKind.DANGER, self)
        self._path = Label(appearance, "caption", "textTertiary", self, wrap=True, selectable=True)
        self._path.setObjectName("brokenPath")
        self._notice = Notice(appearance, self, NoticeKind.DANGER)
        self._notice.setObjectName("brokenProblem")
        self._notice.acted.connect(self.folder_requested)
        self._edit = CodeEdit(appearance, self)
        self._edit.setObjectName("brokenText")
        self._edit.textChanged.connect(self._show_bar)
        self._gap = QWidget(self)
        self._bar = SaveBar(appearance, self)
        self._bar.discarded.connect(self._discard)
        self._bar.saved.connect(lambda: self.saved.emit(self._edit.toPlainText()))
        self._row = QHBoxLayout()
        self._row.addWidget(self._title, 1)
        self._row.addWidget(self._tag)
        self._head = QVBoxLayout()
        self._head.addLayout(self._row)
        self._head.addWidget(self._path)
        self._head.addWidget(self._notice)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(self._head)
        layout.addWidget(self._edit, 1)
        layout.addWidget(self._gap, 1)
        layout.addWidget(self._bar)
        appearance.changed.connect(self._restyle)
        self._restyle()
        self._retranslate()

    @property
    def file(self) -> str:
        """The name of the file that is shown."""
        return self._broken.file if self._broken else ""

    def show_broken(self, broken: BrokenPreset, path: str, text: str | None) -> None:
        """Show a file, without its text if that is none to be mended here. What is being mended stays as it is typed."""
        self._edit.setVisible(text is not None)
        self._gap.setVisible(text is None)
        text = text or ""
        same = self._broken is not None and self._broken.file == broken.file
        typed = same and self._edit.toPlainText() != self._text
        self._broken, self._text = broken, text
        self._title.set_text(plain_line(broken.file))
        self._path.set_text(plain_line(path))
        if not typed:
            self._edit.setPlainText(text)
        self.show_problem(broken)
        self._show_bar()

    def show_problem(self, broken: BrokenPreset) -> None:
        """Say what is wrong, and mark the line."""
        self._broken = broken
        words = describe_problem(broken.problem, broken.line, broken.detail)
        self._notice.show_words(words, self.tr("Show its folder"))
        if broken.line:
            self._edit.go_to_line(broken.line)
            self._edit.mark_lines({broken.line - 1: "dangerSoft"})
        else:
            self._edit.mark_lines({})

    def _discard(self) -> None:
        self._edit.setPlainText(self._text)

    def _show_bar(self) -> None:
        changed = self._edit.toPlainText() != self._text
        self._bar.show_state(self.tr("Not saved."), self.tr("Save") if changed else "")

    def _restyle(self) -> None:
        theme = self._appearance.theme
        side = theme.length("xl")
        self._head.setContentsMargins(side, theme.length("l"), side, theme.length("m"))
        self._head.setSpacing(theme.length("s"))
        self._row.setSpacing(theme.length("s"))

    def _retranslate(self) -> None:
        self._tag.set_text(self.tr("Broken file"))
        self._edit.setAccessibleName(self.tr("Text of the file"))
        if self._broken:
            self.show_problem(self._broken)
            self._show_bar()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)
