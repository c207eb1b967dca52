"""The library's last column: a preset, one that is too long, several, a broken file, or nothing."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QWidget

from chatdesk.features.presets.domain.preset_shelves import Entry
from chatdesk.features.presets.ui.editor.preset_editor import PresetEditor
from chatdesk.features.presets.ui.library.broken_view import BrokenView
from chatdesk.features.presets.ui.library.large_view import LargeView
from chatdesk.features.presets.ui.library.several_view import SeveralView
from chatdesk.features.presets.ui.trial.trial_pane import TrialPane
from chatdesk.features.presets.ui.versions.versions_pane import VersionsPane
from chatdesk.kernel.presets.preset import Preset
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.widgets.label import Label


class DetailPane(QStackedWidget):
    """What is done with what it shows goes out as signals."""

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
        self._nothing = Label(appearance, "ui", "textTertiary", wrap=True)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.trial = TrialPane(appearance)
        self.trial.hide()
        self.trial.closed.connect(self._close_trial)
        self._editor_place = QSplitter(Qt.Orientation.Vertical)
        self._editor_place.setChildrenCollapsible(False)
        self._editor_place.addWidget(self.editor)
        self._editor_place.addWidget(self.trial)
        for part in (self._nothing, self._editor_place, self.several, self.broken, self.large, self.versions):
            self.addWidget(part)
        self.editor.head.use_requested.connect(lambda: self.used.emit(self._key))
        self.editor.head.menu_requested.connect(lambda corner: self.menu_requested.emit([self._key], corner))
        self._retranslate()

    @property
    def key(self) -> str:
        """Of the preset that is shown; empty while something else is."""
        return self._key if self.currentWidget() in {self._editor_place, self.versions} else ""

    def show_editor(self, key: str) -> None:
        """Show the editor, which shows this preset; while its versions are looked at they stay."""
        if self.currentWidget() is not self.versions or key != self._key:
            self.setCurrentWidget(self._editor_place)
        self._key = key

    def show_several(self, entries: Sequence[Entry]) -> None:
        """Show what can be done with several."""
        self.several.show_entries(entries)
        self.setCurrentWidget(self.several)

    def show_versions(self) -> None:
        """Show the versions of the preset in the place of its editor."""
        self.setCurrentWidget(self.versions)
        self.versions.view.setFocus(Qt.FocusReason.TabFocusReason)

    def show_trial(self) -> None:
        """Show where the preset is tried, beside its editor or below it."""
        self.setCurrentWidget(self._editor_place)
        if self.trial.isHidden():
            self.trial.show()
            self._arrange()
            half = max(self._editor_place.width(), self._editor_place.height()) // 2
            self._editor_place.setSizes([half, half])
        self.trial.sample.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_broken(self) -> None:
        """Show the file that cannot be read."""
        self.setCurrentWidget(self.broken)

    def show_large(self, key: str, preset: Preset) -> None:
        """Show a preset that is too long for the editor."""
        self._large_key = key
        self.large.show_preset(preset)
        self.setCurrentWidget(self.large)

    def show_nothing(self) -> None:
        """Show that nothing is selected."""
        self.setCurrentWidget(self._nothing)

    def rename(self) -> None:
        """Let the name be written."""
        if self.key:
            self.editor.head.rename()

    def _close_trial(self) -> None:
        self.trial.hide()
        self._arrange()
        self.editor.head.setFocus(Qt.FocusReason.OtherFocusReason)

    def _arrange(self) -> None:
        theme = self._appearance.theme
        beside = self.width() >= 2 * theme.length("previewMin")
        self._editor_place.setOrientation(Qt.Orientation.Horizontal if beside else Qt.Orientation.Vertical)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Try presets beside the editor where there is room."""
        super().resizeEvent(event)
        self._arrange()

    def _show_editor(self) -> None:
        self.setCurrentWidget(self._editor_place)

    def _retranslate(self) -> None:
        self._nothing.set_text(self.tr("Choose a preset to see it here."))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)
