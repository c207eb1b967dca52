"""Bars of the translation page: the languages above the text, and progress and actions below it."""

from PySide6.QtCore import QLocale, QPointF, Qt, Signal, SignalInstance
from PySide6.QtGui import QKeySequence, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QComboBox, QHBoxLayout, QWidget

from chatdesk.features.models.ui.picker.model_picker import ModelPicker
from chatdesk.features.translation.domain.language import LANGUAGES
from chatdesk.features.translation.ui.row_view import TEXT_INDENT
from chatdesk.features.translation.ui.translation_texts import language_name
from chatdesk.ui_kit.shortcuts import CommandId
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.painting import draw_box, draw_line
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.button import Button, ButtonKind
from chatdesk.ui_kit.widgets.icon_button import IconButton
from chatdesk.ui_kit.widgets.icon_label import IconLabel
from chatdesk.ui_kit.widgets.label import Label
from chatdesk.ui_kit.widgets.page_header import PageFoot, SubpageHeader
from chatdesk.ui_kit.widgets.progress_bar import ProgressBar


class TranslationHeader(SubpageHeader):
    """Header with the model, the glossary and the menu."""

    glossary_requested = Signal()
    menu_requested = Signal()

    def __init__(self, appearance: Appearance, picker: ModelPicker, parent: QWidget | None = None) -> None:
        super().__init__(appearance, "desk", parent)
        self._terms = 0
        self._compact = False
        self._glossary = Button(appearance, "", ButtonKind.OUTLINED, self, icon="library")
        self._glossary.setObjectName("deskGlossary")
        self._glossary.clicked.connect(self.glossary_requested)
        self.menu = IconButton(appearance, "ellipsis", self)
        self.menu.setObjectName("deskMenu")
        self.menu.clicked.connect(self.menu_requested)
        for widget in (picker, self._glossary, self.menu):
            self.add(widget)
        self.show_terms(0, enabled=False)

    def show_terms(self, count: int, *, enabled: bool) -> None:
        """Show the number of terms in the glossary; it is not `enabled` while the source language is unknown."""
        self._terms = count
        self._glossary.setEnabled(enabled)
        text = self.tr("Glossary ({count})").format(count=count) if count else self.tr("Glossary")
        self._glossary.setText("" if self._compact else text)
        self._glossary.setAccessibleName(text)
        self._glossary.setToolTip(text if self._compact else "")
        self.menu.set_name(self.tr("More"))

    def set_compact(self, *, compact: bool) -> None:
        """Show the glossary as an icon."""
        if compact != self._compact:
            self._compact = compact
            self.show_terms(self._terms, enabled=self._glossary.isEnabled())


class TranslationBar(Translated, QWidget):
    """The languages, each in the line of its text, with the button that swaps them on the line between the halves."""

    languages_chosen = Signal(str, str)
    swap_requested = Signal()
    copy_requested = Signal()
    save_requested = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._detected = ""
        self._words, self._characters = 0, 0
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
        self._count = Label(appearance, "caption", "textTertiary", self)
        self._count.setObjectName("deskCount")
        self._copy = IconButton(appearance, "copy", self)
        self._copy.setObjectName("deskCopy")
        self._save = IconButton(appearance, "download", self)
        self._save.setObjectName("deskSave")
        self._swap = IconButton(appearance, "arrow-right-left", self)
        self._swap.setObjectName("deskSwap")
        links: tuple[tuple[QAbstractButton, SignalInstance], ...] = (
            (self._swap, self.swap_requested),
            (self._copy, self.copy_requested),
            (self._save, self.save_requested),
        )
        for button, signal in links:
            button.clicked.connect(signal)
        self._left, self._right = QHBoxLayout(), QHBoxLayout()
        self._left.addWidget(self._source)
        self._left.addStretch(1)
        self._left.addWidget(self._count)
        self._right.addWidget(self._target)
        self._right.addStretch(1)
        for button in (self._copy, self._save):
            self._right.addWidget(button)
        for one, following in ((self._source, self._swap), (self._swap, self._target), (self._target, self._copy)):
            self.setTabOrder(one, following)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(self._left, 1)
        layout.addLayout(self._right, 1)
        appearance.bind(self._restyle)
        self._retranslate()

    def show_languages(self, source: str, target: str, detected: str) -> None:
        """Show the languages; an empty source is detected."""
        self._detected = detected
        self._source.setItemText(0, self._detected_text())
        self._source.setCurrentIndex(max(0, self._source.findData(source)))
        self._target.setCurrentIndex(self._target.findData(target))
        self._swap.setEnabled(bool(source or detected))

    def show_count(self, label: int, characters: int) -> None:
        """Show the length of the source in words; in characters (and `label` 0) for languages without spaces."""
        self._words, self._characters = label, characters
        locale = QLocale()
        if label:
            text = self.tr("%n word(s)", "", label).replace(str(label), locale.toString(label))
        elif characters:
            text = self.tr("%n character(s)", "", characters).replace(str(characters), locale.toString(characters))
        else:
            text = ""
        self._count.setText(text)

    def set_has_result(self, *, has_result: bool) -> None:
        """Enable copying and saving."""
        self._copy.setEnabled(has_result)
        self._save.setEnabled(has_result)

    def focus_start(self) -> None:
        """Focus the source language."""
        self._source.setFocus(Qt.FocusReason.TabFocusReason)

    def focus_end(self) -> None:
        """Focus the last enabled control."""
        last = self._save if self._save.isEnabled() else self._target
        last.setFocus(Qt.FocusReason.BacktabFocusReason)

    def _emit_languages(self) -> None:
        self.languages_chosen.emit(self._source.currentData(), self._target.currentData() or "")

    def _detected_text(self) -> str:
        if self._detected:
            return self.tr("Detected: {language}").format(language=language_name(self._detected))
        return self.tr("Detect language")

    def _arrange(self) -> None:
        theme = self._appearance.theme
        indent = round(TEXT_INDENT * theme.scale) - theme.length(
            "m"
        )  # the text in the box is in line with the text below
        narrow = self.width() < theme.length("sidebarOverlaysBelow")
        self._swap.resize(self._swap.sizeHint())
        side, half = theme.length("l"), self._swap.width() // 2 + theme.length("s")
        self._left.setContentsMargins(theme.length("m") if narrow else indent, 0, half, 0)
        self._right.setContentsMargins(half if narrow else indent, 0, theme.length("s") if narrow else side, 0)
        self._count.setVisible(not narrow)
        self._swap.move((self.width() - self._swap.width()) // 2, (self.height() - self._swap.height()) // 2)

    def _restyle(self) -> None:
        theme = self._appearance.theme
        self.setFixedHeight(theme.length("titleRow"))
        for layout in (self._left, self._right):
            layout.setSpacing(theme.length("s"))
        self._arrange()

    def _retranslate(self) -> None:
        self._source.setAccessibleName(self.tr("From"))
        self._target.setAccessibleName(self.tr("To"))
        self._source.setItemText(0, self._detected_text())
        for box, first in ((self._source, 1), (self._target, 0)):
            for index in range(first, box.count()):
                box.setItemText(index, language_name(box.itemData(index)))
        self._swap.set_name(self.tr("Swap languages"))
        self._copy.set_name(self.tr("Copy translation"), command=CommandId.COPY_LAST_ANSWER)
        self._save.set_name(self.tr("Save translation…"), "Ctrl+S")
        self.show_count(self._words, self._characters)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, painter = self._appearance.theme, QPainter(self)
        line = theme.color("borderSubtle")
        draw_line(painter, QPointF(0, self.height() - 1), self.width(), line)
        draw_line(painter, QPointF(self.width() // 2, 0), self.height(), line, vertical=True)
        circle = self._swap.geometry().toRectF()
        draw_box(
            painter,
            circle,
            circle.height() / 2,
            theme.color("raised"),
            theme.color("borderDefault"),
            theme.stroke("border"),
        )


class TranslationFooter(Translated, PageFoot):
    """Footer with the progress and warnings on the left, and the actions on the right."""

    translate_requested = Signal()
    stop_requested = Signal()
    clear_requested = Signal()
    versions_requested = Signal()
    retry_requested = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(appearance, parent)
        self._running = self._has_work = self._compact = False
        self._warning_text = ""
        self._bar = ProgressBar(appearance, "", self)
        self._bar.setFixedWidth(appearance.theme.length("settingsColumn") // 6)
        self._progress_label = Label(appearance, "ui", "textSecondary", self, elide=True)
        self._progress_label.setObjectName("deskProgress")
        self._warning_icon = IconLabel(appearance, "triangle-alert", "warning", self)
        self._warning = Label(appearance, "ui", "warning", self, elide=True)
        self._warning.setObjectName("deskWarning")
        self._clear = Button(appearance, "", ButtonKind.PLAIN, self)
        self._clear.setObjectName("deskClear")
        self._versions = Button(appearance, "", ButtonKind.OUTLINED, self, icon="list-plus")
        self._versions.setObjectName("deskVersions")
        self._retry = IconButton(appearance, "refresh-cw", self)
        self._retry.setObjectName("deskRetry")
        self._start = Button(appearance, "", ButtonKind.FILLED, self)
        self._start.setObjectName("deskTranslate")
        self._clear.clicked.connect(self.clear_requested)
        self._versions.clicked.connect(self.versions_requested)
        self._retry.clicked.connect(self.retry_requested)
        self._start.clicked.connect(self._press)
        for button in (self._versions, self._retry):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the focus in the text
        parts: tuple[QWidget, ...] = (self._bar, self._progress_label, self._warning_icon, self._warning)
        for part in parts:
            self.row.addWidget(part)
        self.row.addStretch(1)
        parts = (self._clear, self._retry, self._versions, self._start)
        for part in parts:
            self.row.addWidget(part)
        self._retranslate()
        self.show_warning("")

    def show_progress(self, text: str, share: float, *, running: bool) -> None:
        """Show the progress text; the bar is visible while `running`."""
        self._progress_label.set_text(text)
        self._bar.setVisible(running)
        self._bar.set_fraction(share)
        self._bar.setAccessibleDescription(text)
        if running != self._running:
            self._running = running
            self._start.set_kind(ButtonKind.OUTLINED if running else ButtonKind.FILLED)
            self._start.set_icon("square" if running else "")
            self._retranslate()

    def show_warning(self, text: str) -> None:
        """Show a warning next to the progress; an empty one hides it."""
        self._warning_text = text
        self._warning.set_text(text)
        self._warning.setVisible(bool(text))
        self._warning_icon.setVisible(bool(text))

    def set_available(self, *, work: bool, text: bool, versions: bool, retry: bool) -> None:
        """Enable the buttons: whether there is work to start, a text to clear, and the actions for the current row."""
        self._has_work = work
        self._start.setEnabled(work or self._running)
        self._clear.setEnabled(text)
        self._versions.setEnabled(versions)
        self._retry.setEnabled(retry)

    def set_compact(self, *, compact: bool) -> None:
        """Show less in a narrow page; what is missing is in the menu."""
        self._compact = compact
        self._clear.setVisible(not compact)
        self._versions.setText("" if compact else self.tr("Alternatives"))

    def focus_start(self) -> None:
        """Focus the first enabled button."""
        buttons: tuple[QAbstractButton, ...] = (self._clear, self._retry, self._versions, self._start)
        first = next((button for button in buttons if button.isEnabled() and button.isVisible()), None)
        if first:
            first.setFocus(Qt.FocusReason.TabFocusReason)

    def _press(self) -> None:
        (self.stop_requested if self._running else self.translate_requested).emit()

    def _retranslate(self) -> None:
        self._clear.setText(self.tr("Clear"))
        self._versions.setText("" if self._compact else self.tr("Alternatives"))
        self._versions.setAccessibleName(self.tr("Alternatives"))
        self._versions.setToolTip(_with_shortcut(self.tr("Alternative translations"), "Ctrl+."))
        self._retry.set_name(self.tr("Translate this row again"), "Ctrl+Shift+Return")
        self._start.setText(self.tr("Stop") if self._running else self.tr("Translate"))
        self._start.setToolTip(
            "" if self._running else _with_shortcut(self.tr("Translate new or changed text"), "Ctrl+Return")
        )
        self._bar.setAccessibleName(self.tr("Progress"))


def _with_shortcut(text: str, keys: str) -> str:
    return f"{text}  {QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)}"
