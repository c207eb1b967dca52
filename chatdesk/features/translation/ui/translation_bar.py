"""Bars of the translation page: languages, model and buttons at the top; progress and actions for the current row at the bottom."""

import itertools

from PySide6.QtCore import QPointF, Qt, Signal, SignalInstance
from PySide6.QtGui import QKeySequence, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QBoxLayout, QComboBox, QHBoxLayout, QWidget

from chatdesk.features.models.ui.picker.model_picker import ModelPicker
from chatdesk.features.translation.domain.language import LANGUAGES
from chatdesk.features.translation.ui.translation_texts import language_name
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.painting import draw_line
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.button import Button, ButtonKind
from chatdesk.ui_kit.widgets.icon_button import IconButton
from chatdesk.ui_kit.widgets.label import Label
from chatdesk.ui_kit.widgets.progress_bar import ProgressBar


class TranslationBar(Translated, QWidget):
    """Toolbar. In a narrow window its two halves are stacked."""

    back_requested = Signal()
    languages_chosen = Signal(str, str)
    swap_requested = Signal()
    glossary_requested = Signal()
    translate_requested = Signal()
    stop_requested = Signal()
    copy_requested = Signal()
    save_requested = Signal()
    menu_requested = Signal()

    def __init__(self, appearance: Appearance, picker: ModelPicker, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._running = False
        self._detected = ""
        self._back = IconButton(appearance, "arrow-left", self)
        self._back.setObjectName("deskBack")
        self._source, self._target = QComboBox(self), QComboBox(self)
        self._source.setObjectName("deskFrom")
        self._target.setObjectName("deskTo")
        self._source.addItem("", "")
        for box in (self._source, self._target):
            for language in LANGUAGES:
                box.addItem("", language.code)
            box.activated.connect(self._emit_languages)
            box.setMinimumContentsLength(8)
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._swap = IconButton(appearance, "arrow-right-left", self)
        self._swap.setObjectName("deskSwap")
        self._picker = picker
        self._glossary = Button(appearance, "", ButtonKind.OUTLINED, self, icon="library")
        self._glossary.setObjectName("deskGlossary")
        self._start_button = Button(appearance, "", ButtonKind.FILLED, self)
        self._start_button.setObjectName("deskTranslate")
        self._copy = IconButton(appearance, "copy", self)
        self._copy.setObjectName("deskCopy")
        self._save = IconButton(appearance, "download", self)
        self._save.setObjectName("deskSave")
        self.menu = IconButton(appearance, "ellipsis", self)
        self.menu.setObjectName("deskMenu")
        links: tuple[tuple[QAbstractButton, SignalInstance], ...] = (
            (self._back, self.back_requested),
            (self._swap, self.swap_requested),
            (self._glossary, self.glossary_requested),
            (self._copy, self.copy_requested),
            (self._save, self.save_requested),
            (self.menu, self.menu_requested),
        )
        for button, signal in links:
            button.clicked.connect(signal)
        self._start_button.clicked.connect(self._press)
        self._left_row, self._right_row = QHBoxLayout(), QHBoxLayout()
        for part in (self._back, self._source, self._swap, self._target):
            self._left_row.addWidget(part)
        self._left_row.addStretch(1)
        self._right_row.addWidget(picker)
        self._right_row.addWidget(self._glossary)
        self._right_row.addStretch(1)
        for widget in (self._copy, self._save, self.menu, self._start_button):
            self._right_row.addWidget(widget)
        order = (self._target, picker, self._glossary, self._copy, self._save, self.menu, self._start_button)
        for one, following in itertools.pairwise(order):
            self.setTabOrder(one, following)
        self._layout = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._layout.addLayout(self._left_row)
        self._layout.addLayout(self._right_row, 1)
        self._retranslate()
        appearance.bind(self._restyle)

    def show_languages(self, source: str, target: str, detected: str) -> None:
        """Show the languages; an empty source is detected."""
        self._detected = detected
        self._source.setItemText(0, self._detected_text())
        self._source.setCurrentIndex(max(0, self._source.findData(source)))
        self._target.setCurrentIndex(self._target.findData(target))
        self._swap.setEnabled(bool(source or detected))
        self._glossary.setEnabled(bool(source or detected))

    def show_running(self, *, running: bool) -> None:
        """Show the button for stopping or for translating."""
        if running != self._running:
            self._running = running
            self._start_button.set_kind(ButtonKind.OUTLINED if running else ButtonKind.FILLED)
            self._start_button.set_icon("square" if running else "")
            self._retranslate()

    def set_ready(self, *, has_work: bool, has_result: bool) -> None:
        """Enable the buttons: whether there is text to translate, and a result to copy or save."""
        self._start_button.setEnabled(has_work or self._running)
        self._copy.setEnabled(has_result)
        self._save.setEnabled(has_result)

    def show_terms(self, count: int) -> None:
        """Show the number of terms in the glossary."""
        self._glossary.setText(self.tr("Glossary ({count})").format(count=count) if count else self.tr("Glossary"))

    def focus_start(self) -> None:
        """Focus the source language."""
        self._source.setFocus(Qt.FocusReason.TabFocusReason)

    def focus_end(self) -> None:
        """Focus the last enabled button."""
        (self._start_button if self._start_button.isEnabled() else self.menu).setFocus(
            Qt.FocusReason.BacktabFocusReason
        )

    def _press(self) -> None:
        (self.stop_requested if self._running else self.translate_requested).emit()

    def _emit_languages(self) -> None:
        self.languages_chosen.emit(self._source.currentData(), self._target.currentData() or "")

    def _detected_text(self) -> str:
        if self._detected:
            return self.tr("Detected: {language}").format(language=language_name(self._detected))
        return self.tr("Detect language")

    def _arrange(self) -> None:
        theme = self._appearance.theme
        beside = (
            self.width()
            >= self._left_row.sizeHint().width() + self._right_row.minimumSize().width() + theme.length("section")
        )
        direction = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        if direction is not self._layout.direction():
            self._layout.setDirection(direction)

    def _restyle(self) -> None:
        theme = self._appearance.theme
        pad, gap = theme.length("m"), theme.length("s")
        self._layout.setContentsMargins(pad, gap, pad, gap)
        for layout in (self._layout, self._left_row, self._right_row):
            layout.setSpacing(gap)
        self._arrange()

    def _retranslate(self) -> None:
        self._back.set_name(self.tr("Back to chats"), "Esc")
        self._source.setAccessibleName(self.tr("From"))
        self._target.setAccessibleName(self.tr("To"))
        self._source.setItemText(0, self._detected_text())
        for box, first in ((self._source, 1), (self._target, 0)):
            for index in range(first, box.count()):
                box.setItemText(index, language_name(box.itemData(index)))
        self._swap.set_name(self.tr("Swap languages"))
        self._copy.set_name(self.tr("Copy translation"), "Ctrl+Shift+C")
        self._save.set_name(self.tr("Save translation…"), "Ctrl+S")
        self.menu.set_name(self.tr("More"))
        self._start_button.setText(self.tr("Stop") if self._running else self.tr("Translate"))
        self._start_button.setToolTip(
            "" if self._running else _with_shortcut(self.tr("Translate new or changed text"), "Ctrl+Return")
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def paintEvent(self, _event: QPaintEvent) -> None:
        color = self._appearance.theme.color("borderSubtle")
        draw_line(QPainter(self), QPointF(0, self.height() - 1), self.width(), color)


class TranslationFooter(Translated, QWidget):
    """Footer with the progress on the left and the actions for the current row on the right."""

    versions_requested = Signal()
    retry_requested = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._progress_label = Label(appearance, "caption", "textSecondary", self, elide=True)
        self._bar = ProgressBar(appearance, "", self)
        self._versions = Button(appearance, "", ButtonKind.PLAIN, self, icon="list-plus", small=True)
        self._versions.setObjectName("deskVersions")
        self._retry = Button(appearance, "", ButtonKind.PLAIN, self, icon="refresh-cw", small=True)
        self._retry.setObjectName("deskRetry")
        self._versions.clicked.connect(self.versions_requested)
        self._retry.clicked.connect(self.retry_requested)
        for button in (self._versions, self._retry):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the focus in the text
        self._layout = QHBoxLayout(self)
        self._layout.addWidget(self._progress_label)
        self._layout.addWidget(self._bar)
        self._layout.addStretch(1)
        self._layout.addWidget(self._versions)
        self._layout.addWidget(self._retry)
        self._retranslate()
        appearance.bind(self._restyle)

    def show_progress(self, text: str, share: float, *, running: bool) -> None:
        """Show the progress text; the bar is visible while `running`."""
        self._progress_label.set_text(text)
        self._bar.setVisible(running)
        self._bar.set_fraction(share)
        self._bar.setAccessibleDescription(text)

    def set_available(self, *, versions: bool, retry: bool) -> None:
        """Enable the actions for the current row."""
        self._versions.setEnabled(versions)
        self._retry.setEnabled(retry)

    def focus_start(self) -> None:
        """Focus the first enabled button."""
        (self._versions if self._versions.isEnabled() else self._retry).setFocus(Qt.FocusReason.TabFocusReason)

    def _restyle(self) -> None:
        theme = self._appearance.theme
        self._layout.setContentsMargins(theme.length("m"), theme.length("xs"), theme.length("m"), theme.length("xs"))
        self._layout.setSpacing(theme.length("s"))
        self._bar.setFixedWidth(theme.length("settingsColumn") // 6)

    def _retranslate(self) -> None:
        self._versions.setText(self.tr("Other versions"))
        self._versions.setToolTip(_with_shortcut(self.tr("Alternative translations"), "Ctrl+."))
        self._retry.setText(self.tr("Translate again"))
        self._retry.setToolTip(_with_shortcut(self.tr("Translate this row again"), "Ctrl+Shift+Return"))
        self._bar.setAccessibleName(self.tr("Progress"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        draw_line(QPainter(self), QPointF(0, 0), self.width(), self._appearance.theme.color("borderSubtle"))


def _with_shortcut(text: str, keys: str) -> str:
    return f"{text}  {QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)}"
