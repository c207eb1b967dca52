"""Detail column of the library: a preset, one that is too long to edit, several presets, a broken file, or nothing."""

from collections.abc import Sequence

from PySide6.QtCore import QLocale, QPoint, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from chatdesk.features.presets.domain.library_filters import LibraryEntry
from chatdesk.features.presets.ui.editor.preset_editor import PresetEditor
from chatdesk.features.presets.ui.editor.prompt.prompt_edit import MAX_TEXT_LENGTH
from chatdesk.features.presets.ui.editor.save_bar import SaveBar
from chatdesk.features.presets.ui.library.problem_texts import describe_problem
from chatdesk.features.presets.ui.trial.trial_pane import TrialPane
from chatdesk.features.presets.ui.versions.versions_pane import VersionsPane
from chatdesk.kernel.errors.preset_errors import BrokenPreset
from chatdesk.kernel.presets.preset import Preset
from chatdesk.ui_kit.code.code_edit import CodeEdit
from chatdesk.ui_kit.forms.notice import Notice, NoticeKind
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.text.counts import listed
from chatdesk.ui_kit.text.safe_text import plain_line
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.button import Button
from chatdesk.ui_kit.widgets.label import Label
from chatdesk.ui_kit.widgets.splitter import Splitter
from chatdesk.ui_kit.widgets.tag import Tag, TagKind

_MAX_NAMES = 12


class SeveralView(Translated, QWidget):
    """View of several selected presets: their names, and a column of buttons for all of them."""

    favourite_requested = Signal(bool)
    duplicate_requested = Signal()
    export_requested = Signal()
    delete_requested = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._entries: Sequence[LibraryEntry] = ()
        self._title = Label(appearance, "title", "text", self)
        self._title.setObjectName("severalTitle")
        self._names = Label(appearance, "ui", "textSecondary", self, wrap=True)
        self._favourite = Button(appearance, "", parent=self, icon="star")
        self._favourite.clicked.connect(lambda: self.favourite_requested.emit(not self._all_favourites))
        self._duplicate = Button(appearance, "", parent=self, icon="copy")
        self._duplicate.clicked.connect(self.duplicate_requested)
        self._export = Button(appearance, "", parent=self, icon="download")
        self._export.clicked.connect(self.export_requested)
        self._delete = Button(appearance, "", parent=self, icon="trash-2", ink="danger")
        self._delete.setObjectName("deleteSeveral")
        self._delete.clicked.connect(self.delete_requested)
        self._layout = QVBoxLayout(self)
        for part in (self._title, self._names, self._favourite, self._duplicate, self._export, self._delete):
            self._layout.addWidget(part)
        self._layout.addStretch(1)
        appearance.bind(self._restyle)

    def show_entries(self, entries: Sequence[LibraryEntry]) -> None:
        """Show these presets."""
        self._entries = entries
        self._retranslate()

    @property
    def _all_favourites(self) -> bool:
        return all(entry.state.favourite for entry in self._entries)

    def _restyle(self) -> None:
        theme = self._appearance.theme
        side = theme.length("xl")
        self._layout.setContentsMargins(side, theme.length("l"), side, side)
        self._layout.setSpacing(theme.length("s"))

    def _retranslate(self) -> None:
        own = sum(entry.is_own for entry in self._entries)
        self._title.set_text(self.tr("%n presets", "", len(self._entries)))
        names = [entry.preset.name for entry in self._entries[:_MAX_NAMES]]
        self._names.set_text(listed(names) + (" …" if len(self._entries) > _MAX_NAMES else ""))
        text = self.tr("Remove from favourites") if self._all_favourites else self.tr("Add to favourites")
        self._favourite.setText(text)
        self._duplicate.setText(self.tr("Duplicate"))
        self._export.setText(self.tr("Export…"))
        self._delete.setText(self.tr("Delete %n of my presets", "", own))
        self._delete.setVisible(bool(own))


class BrokenView(Translated, QWidget):
    """View of a file that cannot be read as a preset: the problem, and its text for repair. `saved` carries the edited text."""

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
        appearance.bind(self._restyle)
        self._retranslate()

    @property
    def file(self) -> str:
        """The name of the shown file."""
        return self._broken.file if self._broken else ""

    def show_broken(self, broken: BrokenPreset, path: str, text: str | None) -> None:
        """Show a file; `text` is None if it cannot be repaired here. Unsaved edits of the same file are kept."""
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
        """Show the problem and mark its line."""
        self._broken = broken
        text = describe_problem(broken.problem, broken.line, broken.detail)
        self._notice.show_text(text, self.tr("Show in folder"))
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
        self._edit.setAccessibleName(self.tr("File contents"))
        if self._broken:
            self.show_problem(self._broken)
            self._show_bar()


_MAX_LINE_LENGTH = 20_000


def is_large(preset: Preset) -> bool:
    """Return whether a preset is too long to be edited here."""
    texts = (preset.prompt, preset.question, preset.greeting, preset.sample)
    return sum(map(len, texts)) > MAX_TEXT_LENGTH or any(
        len(line) > _MAX_LINE_LENGTH for text in texts for line in text.split("\n")
    )


class LargeView(Translated, QWidget):
    """View of a preset that is too long to be edited here. `used`: start a chat with it."""

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
        appearance.bind(self._restyle)
        self._retranslate()

    def show_preset(self, preset: Preset) -> None:
        """Show a preset."""
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
        template = self.tr(
            "This preset has {count} characters, which is too long to edit here. You can still use it, and edit "
            "its file."
        )
        text = template.format(count=QLocale().toString(self._length))
        self._notice.show_text(text, self.tr("Show in folder"))


class DetailPane(Translated, QStackedWidget):
    """Stack of the views. Requests of the user are emitted as signals."""

    used = Signal(str)
    menu_requested = Signal(list, QPoint)

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._key = ""
        self._large_key = ""
        self.editor = PresetEditor(appearance)
        self.several = SeveralView(appearance)
        self.broken = BrokenView(appearance)
        self.large = LargeView(appearance)
        self.large.used.connect(lambda: self.used.emit(self._large_key))
        self.versions = VersionsPane(appearance)
        self.versions.left.connect(self._show_editor)
        self._empty_label = Label(appearance, "ui", "textTertiary", wrap=True)
        self._empty_label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.trial = TrialPane(appearance)
        self.trial.hide()
        self.trial.closed.connect(self._close_trial)
        self._editor_splitter = Splitter(Qt.Orientation.Vertical)
        self._editor_splitter.addWidget(self.editor)
        self._editor_splitter.addWidget(self.trial)
        for part in (self._empty_label, self._editor_splitter, self.several, self.broken, self.large, self.versions):
            self.addWidget(part)
        self.editor.head.menu_requested.connect(lambda corner: self.menu_requested.emit([self._key], corner))
        self._retranslate()

    @property
    def key(self) -> str:
        """The key of the preset in the editor or the versions view; empty if another view is shown."""
        return self._key if self.currentWidget() in {self._editor_splitter, self.versions} else ""

    def show_editor(self, key: str) -> None:
        """Show the editor for a preset; the versions view stays if it shows the same preset."""
        if self.currentWidget() is not self.versions or key != self._key:
            self.setCurrentWidget(self._editor_splitter)
        self._key = key

    def show_several(self, entries: Sequence[LibraryEntry]) -> None:
        """Show the view for several presets."""
        self.several.show_entries(entries)
        self.setCurrentWidget(self.several)

    def show_versions(self) -> None:
        """Show the versions of the preset in place of its editor."""
        self.setCurrentWidget(self.versions)
        self.versions.view.setFocus(Qt.FocusReason.TabFocusReason)

    def show_trial(self) -> None:
        """Show the trial pane beside the editor or below it."""
        self.setCurrentWidget(self._editor_splitter)
        if self.trial.isHidden():
            self.trial.show()
            self._arrange()
            half = max(self._editor_splitter.width(), self._editor_splitter.height()) // 2
            self._editor_splitter.setSizes([half, half])
        self.trial.sample.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_broken(self) -> None:
        """Show the view of a broken file."""
        self.setCurrentWidget(self.broken)

    def show_large(self, key: str, preset: Preset) -> None:
        """Show a preset that is too long for the editor."""
        self._large_key = key
        self.large.show_preset(preset)
        self.setCurrentWidget(self.large)

    def show_nothing(self) -> None:
        """Show that nothing is selected."""
        self.setCurrentWidget(self._empty_label)

    def rename(self) -> None:
        """Start editing the name."""
        if self.key:
            self.editor.head.rename()

    def _close_trial(self) -> None:
        self.trial.hide()
        self._arrange()
        self.editor.head.setFocus(Qt.FocusReason.OtherFocusReason)

    def _arrange(self) -> None:
        theme = self._appearance.theme
        beside = self.width() >= 2 * theme.length("previewMin")
        self._editor_splitter.setOrientation(Qt.Orientation.Horizontal if beside else Qt.Orientation.Vertical)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place the trial pane beside the editor if it fits."""
        super().resizeEvent(event)
        self._arrange()

    def _show_editor(self) -> None:
        self.setCurrentWidget(self._editor_splitter)

    def _retranslate(self) -> None:
        self._empty_label.set_text(self.tr("Select a preset to see it here."))
