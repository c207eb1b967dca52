"""Code view of the panel: follows the code while it is being written, then lets the user edit and run it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from chatdesk.features.previews.domain.preview_item import CodeFile, PreviewItem
from chatdesk.ui_kit.code.code_edit import CodeEdit
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.button import Button, ButtonKind
from chatdesk.ui_kit.widgets.label import Label
from chatdesk.ui_kit.widgets.segments import Segments

_MAX_LINE_LENGTH = 20_000
"""Maximum characters in a line that the editor lays out without a delay. Code with longer lines is read-only and truncated."""


class CodeView(Translated, QWidget):
    """Shows the files of one version. `run_requested` carries the files as edited. Edits that were not run stay with their version."""

    run_requested = Signal(tuple)

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._files: tuple[CodeFile, ...] = ()
        self._drafts: dict[str, tuple[tuple[CodeFile, ...], dict[str, str]]] = {}
        """The edits that were not run, by version: the original files, and the edited texts by file name."""
        self._key = ""
        self._name = ""
        self._complete = False
        self._is_updating = False
        self._text = ""
        """The last known text of the editor."""
        self._stale = False
        """Whether the editor still shows outdated text: it is updated when it becomes visible because a long text takes a while."""
        self._names = Segments(appearance, "", self)
        self._names.setObjectName("codeFiles")
        self._names.chosen.connect(self._select_file)
        self._hint = Label(appearance, "ui", "textTertiary", self, elide=True)
        self._undo = Button(appearance, "", ButtonKind.PLAIN, self, icon="undo-2", small=True)
        self._undo.setObjectName("discardChanges")
        self._undo.clicked.connect(self._discard)
        self._run = Button(appearance, "", ButtonKind.FILLED, self, icon="play", small=True)
        self._run.setObjectName("runCode")
        self._run.clicked.connect(self._request_run)
        self._bar = QWidget(self)
        self._bar_layout = QHBoxLayout(self._bar)
        for part in (self._names, self._hint, self._undo, self._run):
            self._bar_layout.addWidget(part, part is self._hint)
        self.edit = CodeEdit(appearance, self)
        self.edit.setObjectName("previewCode")
        self.edit.run_pressed.connect(self._request_run)
        self.edit.textChanged.connect(self._text_changed)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._bar)
        layout.addWidget(self.edit, 1)
        self.setFocusProxy(self.edit)
        appearance.bind(self._restyle)
        self._retranslate()

    @property
    def has_changes(self) -> bool:
        """Whether the shown version has edits that were not run."""
        return bool(self._changed)

    @property
    def _changed(self) -> dict[str, str]:
        return self._drafts[self._key][1] if self._key in self._drafts else {}

    def take_drafts(self) -> dict[str, tuple[CodeFile, ...]]:
        """Return the files of all versions with edits that were not run, by version key, and forget the edits."""
        drafts, self._drafts = self._drafts, {}
        return {key: _changed_files(files, texts) for key, (files, texts) in drafts.items()}

    def show_item(self, item: PreviewItem) -> None:
        """Show the code of a version, or its current state while it is being written."""
        if item.key != self._key:
            self._name = item.main.name
        self._key, self._files, self._complete = item.key, item.files, item.complete
        names = [file.name for file in item.files]
        if self._name not in names:
            self._name = names[0]
        self._names.set_segments([(name, name.rpartition("/")[2]) for name in names])
        self._names.choose(self._name)
        self._names.setVisible(len(names) > 1)
        self._stale = True
        if self.isVisible():
            self._show_file()

    def go_to(self, name: str, line: int) -> None:
        """Show a line of a file."""
        if name in {file.name for file in self._files}:
            self._names.choose(name)
            self._select_file(name)
        self.edit.go_to_line(line)

    def _select_file(self, name: str) -> None:
        self._name = name
        self._show_file()

    def _show_file(self) -> None:
        file = next(file for file in self._files if file.name == self._name)
        text = self._changed.get(file.name, file.text)
        cut = "\n".join(line[:_MAX_LINE_LENGTH] for line in text.split("\n"))
        self._stale = False
        self._is_updating = True
        self.edit.colors.set_language(file.language)
        self.edit.show_text(cut)
        self._is_updating = False
        self._text = self.edit.toPlainText()
        self.edit.setReadOnly(not self._complete or cut != text)
        self.edit.setTextInteractionFlags(
            self.edit.textInteractionFlags() | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._show_bar()

    def _text_changed(self) -> None:
        if self._is_updating or self.edit.isReadOnly():
            return
        text = self.edit.toPlainText()
        if text == self._text:  # Qt also emits the signal when only the highlighting changed
            return
        self._text = text
        original = next(file.text for file in self._files if file.name == self._name)
        if text != original:
            self._drafts.setdefault(self._key, (self._files, {}))[1][self._name] = text
        elif self._changed.pop(self._name, None) is not None and not self._changed:
            del self._drafts[self._key]
        self._show_bar()

    def _show_bar(self) -> None:
        changed = self.has_changes
        self._undo.setVisible(changed)
        self._run.setVisible(changed)
        self._bar.setVisible(changed or len(self._files) > 1)
        self._hint.set_text(self.tr("Edited. Running it creates a new version.") if changed else "")

    def _discard(self) -> None:
        self._drafts.pop(self._key, None)
        self._show_file()

    def _request_run(self) -> None:
        if not self._complete:
            return
        files = _changed_files(self._files, self._changed)
        self._drafts.pop(self._key, None)
        self.run_requested.emit(files)

    def _restyle(self) -> None:
        theme = self._appearance.theme
        margin = theme.length("xs")
        self._bar_layout.setContentsMargins(theme.length("m"), margin, theme.length("m"), margin)
        self._bar_layout.setSpacing(theme.length("s"))

    def _retranslate(self) -> None:
        self._names.setAccessibleName(self.tr("File"))
        self._undo.setText(self.tr("Discard"))
        self._run.setText(self.tr("Run"))
        self._run.setToolTip(self.tr("Run the edited code (Ctrl+Enter)"))
        self.edit.setAccessibleName(self.tr("Code"))
        self._show_bar()

    def showEvent(self, event: QShowEvent) -> None:
        """Update the editor if it was invisible when its text changed."""
        super().showEvent(event)
        if self._stale:
            self._show_file()


def _changed_files(files: tuple[CodeFile, ...], texts: dict[str, str]) -> tuple[CodeFile, ...]:
    return tuple(CodeFile(file.name, texts.get(file.name, file.text), file.language) for file in files)
