"""The page in the middle of the window: the title row above either the transcript with the composer or the start page.

On the start page the composer is in the centre. This module contains only the arrangement; `chat_presenter.py`
connects the parts.
"""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from chatdesk.features.chat.ui.chat_view import ChatView
from chatdesk.features.chat.ui.composer.start_page import StartPage
from chatdesk.features.chat.ui.composer.suggestions import SuggestionGroup
from chatdesk.features.chat.ui.lazy_transcript import LazyTranscript
from chatdesk.features.models.domain.model_rows import StateKind
from chatdesk.features.models.ui.picker.model_picker import ModelPicker
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.reading_column import reading_column
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.chip import Chip
from chatdesk.ui_kit.widgets.icon_button import IconButton
from chatdesk.ui_kit.widgets.label import Label
from chatdesk.ui_kit.widgets.scrim import Scrim


class TitleRow(Translated, QWidget):
    """The row above the transcript: sidebar toggle, chat title, preset, model picker, toggles of chat settings and outline.

    It is 48 px high with a line below. The title is plain text, elided on the right.
    """

    sidebar_toggled = Signal()
    outline_toggled = Signal()
    settings_toggled = Signal()
    preset_pressed = Signal()
    preset_removed = Signal()

    def __init__(self, appearance: Appearance, picker: ModelPicker, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._toggle = IconButton(appearance, "panel-left-close", self)
        self._toggle.setObjectName("sidebarToggle")
        self._toggle.clicked.connect(self.sidebar_toggled)
        self._title = Label(appearance, "label", "text", self, elide=True)
        self._title.setObjectName("chatTitle")
        self._given_title = ""
        self._outline = IconButton(appearance, "outline", self)
        self._outline.setObjectName("outlineToggle")
        self._outline.setCheckable(True)
        self._outline.clicked.connect(self.outline_toggled)
        self._settings = IconButton(appearance, "sliders-horizontal", self)
        self._settings.setObjectName("chatSettingsToggle")
        self._settings.setCheckable(True)
        self._settings.clicked.connect(self.settings_toggled)
        self.preset_chip = Chip(appearance, "", "library", self, accent=True, pressable=True)
        self.preset_chip.setObjectName("presetChip")
        self.preset_chip.pressed.connect(self.preset_pressed)
        self.preset_chip.removed.connect(self.preset_removed)
        self.preset_chip.hide()
        self._preset = ""
        layout = QHBoxLayout(self)
        layout.addWidget(self._toggle)
        layout.addWidget(self._title, 1)
        layout.addWidget(self.preset_chip)
        self._picker = picker
        layout.addWidget(picker)
        layout.addWidget(self._settings)
        layout.addWidget(self._outline)
        self._layout = layout
        appearance.bind(self._arrange)
        self._retranslate()

    def set_title(self, title: str) -> None:
        """Set the title of the chat; an empty one means a new chat."""
        self._given_title = title
        self._retranslate()

    def set_preset(self, name: str, icon: str) -> None:
        """Show the preset of the chat; none for an empty name."""
        self._preset = name
        self.preset_chip.set_icon(icon or "library")
        self.preset_chip.setVisible(bool(name))
        self._retranslate()

    def set_sidebar_open(self, *, is_open: bool) -> None:
        """Show whether the sidebar is open."""
        self._toggle.set_icon("panel-left-close" if is_open else "panel-left")
        self._retranslate()

    def set_outline_open(self, is_open: bool) -> None:
        """Show whether the outline is open."""
        self._outline.setChecked(is_open)

    def set_settings_open(self, is_open: bool) -> None:
        """Show whether the chat settings are open."""
        self._settings.setChecked(is_open)

    def set_outline_available(self, *, available: bool) -> None:
        """Show the outline toggle if there is something to outline."""
        self._outline.setVisible(available)

    def _arrange(self) -> None:
        theme = self._appearance.theme
        self.setFixedHeight(theme.length("titleRow"))
        self._layout.setContentsMargins(theme.length("m"), 0, theme.length("m"), 0)
        self._layout.setSpacing(theme.length("m"))
        self.update()

    def _retranslate(self) -> None:
        self._title.set_text(self._given_title or self.tr("New chat"))
        self.preset_chip.set_text(self._preset, self.tr("Remove preset {name}").format(name=self._preset))
        self.preset_chip.set_button_name(self.tr("Preset: {name}").format(name=self._preset))
        self._toggle.set_name(self.tr("Show or hide sidebar"), shortcut="Ctrl+B")
        self._settings.set_name(self.tr("Show or hide chat settings"), shortcut="Ctrl+.")
        self._outline.set_name(self.tr("Show or hide outline"), shortcut="Ctrl+Shift+L")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow row, the title has precedence over the name of the server."""
        super().resizeEvent(event)
        self._picker.set_compact(compact=self.width() < self._appearance.theme.length("titleRowCompactBelow"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self._appearance.theme.color("borderSubtle"))
        y = self.height() - 0.5
        painter.drawLine(0, int(y), self.width(), int(y))


class OutlineFrame(QWidget):
    """A frame with the chat and the outline, which is beside the chat or, in a narrow window, above it with a scrim behind.

    `make_outline` creates the outline when it first becomes visible. `is_preferred` is the state the window remembers.
    """

    opened_changed = Signal(bool)
    focus_left = Signal()

    def __init__(
        self,
        appearance: Appearance,
        chat: QWidget,
        make_outline: Callable[[QWidget], QWidget],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._chat = chat
        self._make_outline = make_outline
        self._outline: QWidget | None = None
        self._preferred = False
        self._is_overlay = False
        self._overlay_shown = False
        chat.setParent(self)
        self._scrim = Scrim(appearance, self)
        self._scrim.pressed.connect(self.close_overlay)
        self._scrim.hide()
        appearance.changed.connect(self._arrange)

    @property
    def is_open(self) -> bool:
        """Whether the outline is visible now."""
        return self._overlay_shown if self._is_overlay else self._preferred

    @property
    def is_preferred(self) -> bool:
        """Whether the outline is shown when there is space for it."""
        return self._preferred

    def restore(self, *, is_open: bool) -> None:
        """Restore the state of the last run."""
        self._preferred = is_open
        self._arrange()

    def toggle(self) -> None:
        """Show or hide the outline; `focus_left` is emitted if it had the focus."""
        if self._is_overlay:
            self._overlay_shown = not self._overlay_shown
        else:
            self._preferred = not self._preferred
        focused = QApplication.focusWidget()
        if (
            not self.is_open
            and focused is not None
            and self._outline is not None
            and self._outline.isAncestorOf(focused)
        ):
            self.focus_left.emit()
        self._arrange()
        self.opened_changed.emit(self.is_open)

    def focus_outline(self) -> None:
        """Focus the outline if it is visible."""
        if self.is_open and self._outline is not None:
            self._outline.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def close_overlay(self) -> None:
        """Hide the outline if it covers the chat."""
        if self._is_overlay and self._overlay_shown:
            self.toggle()

    def _arrange(self) -> None:
        theme = self._appearance.theme
        overlaid = self.width() < theme.length("sidebarOverlaysBelow")
        if overlaid is not self._is_overlay:
            self._is_overlay, self._overlay_shown = overlaid, False
            self.opened_changed.emit(self.is_open)
        width = min(theme.length("sidebarOverlay" if overlaid else "sidebarWidth"), self.width())
        outline_width = width if self.is_open and not overlaid else 0
        focus_left = self.width() - width
        mirrored = self.isRightToLeft()
        self._chat.setGeometry(outline_width if mirrored else 0, 0, self.width() - outline_width, self.height())
        self._scrim.setGeometry(self.rect())
        self._scrim.setVisible(overlaid and self.is_open)
        self._scrim.raise_()
        if self._outline is None and self.is_open and self.isVisible():
            self._outline = self._make_outline(self)
        if self._outline is not None:
            self._outline.setGeometry(0 if mirrored else focus_left, 0, width, self.height())
            self._outline.setVisible(self.is_open)
            self._outline.raise_()

    def showEvent(self, event: QShowEvent) -> None:
        """Create the outline if it was requested while invisible."""
        super().showEvent(event)
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()


_HANDLE = 2
"""Pixels."""


class ChatPage(ChatView):
    """The chat page of the window."""

    page_switched = Signal()
    """The page switched between the start page and a chat."""

    def __init__(
        self, appearance: Appearance, picker: ModelPicker, transcript: LazyTranscript, parent: QWidget | None = None
    ) -> None:
        super().__init__(appearance, transcript, parent)
        self._appearance = appearance
        self.title_row = TitleRow(appearance, picker, self)
        self.title_row.preset_pressed.connect(self.preset_pressed)
        self.title_row.preset_removed.connect(self.preset_removed)
        self.composer = self.new_composer()
        self.start_page = StartPage(appearance, self)
        self.start_page.suggestion_chosen.connect(self.suggestion_chosen)
        self.start_page.question_chosen.connect(self.question_chosen)

        self._bottom = QWidget(self)
        self._bottom_layout = QHBoxLayout(self._bottom)
        self._chat = chat = QWidget(self)
        chat_layout = QVBoxLayout(chat)
        # The splitter handle extends this far over the page. A scroll area below it would have to repaint completely
        # when scrolled.
        chat_layout.setContentsMargins(_HANDLE, 0, 0, 0)
        chat_layout.setSpacing(0)
        chat_layout.addWidget(self._bottom)

        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.start_page)
        self.outline_frame = OutlineFrame(appearance, chat, self._new_outline)
        self.outline_frame.focus_left.connect(self.composer.focus)
        self.outline_frame.opened_changed.connect(self.title_row.set_outline_open)
        self.title_row.outline_toggled.connect(self.outline_frame.toggle)
        self._stack.addWidget(self.outline_frame)
        self._stack.currentChanged.connect(self.page_switched)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.title_row)
        self.make_chat_settings: Callable[[QWidget], QWidget] = QWidget
        """Creates the chat settings panel when it first becomes visible."""
        self.settings_frame = OutlineFrame(appearance, self._stack, self._new_settings)
        self.settings_frame.focus_left.connect(self.composer.focus)
        self.settings_frame.opened_changed.connect(self.title_row.set_settings_open)
        self.title_row.settings_toggled.connect(self.settings_frame.toggle)
        layout.addWidget(self.settings_frame, 1)
        self.setAutoFillBackground(True)
        appearance.changed.connect(self._arrange)
        chat.installEventFilter(self)
        self._picker = picker
        transcript.when_created(lambda view: self._insert_transcript(view, chat_layout))
        self.show_start()

    @property
    def shows_start(self) -> bool:
        """Whether the start page is shown."""
        return self._stack.currentIndex() == 0

    def show_start(self) -> None:
        """Show the start page with the composer in its centre."""
        self._keeping_focus(lambda: self.start_page.place_composer(self.composer), index=0)
        self.title_row.set_outline_available(available=False)

    def show_transcript(self) -> None:
        """Show the transcript with the composer below it."""
        self._keeping_focus(lambda: self._bottom_layout.addWidget(self.composer), index=1)
        self.title_row.set_outline_available(available=True)
        self._arrange()

    def set_title(self, title: str) -> None:
        """Show the title in the title row."""
        self.title_row.set_title(title)

    def set_preset(self, name: str, icon: str) -> None:
        """Show the preset in the title row."""
        self.title_row.set_preset(name, icon)

    @property
    def preset_anchor(self) -> QWidget:
        """Return the preset chip of the title row."""
        return self.title_row.preset_chip

    def set_greeting(self, name: str, text: str, *, has_begun: bool) -> None:
        """Show the greeting on the start page."""
        self.start_page.set_greeting(name, text, has_begun=has_begun)

    def set_suggestions(self, groups: tuple[SuggestionGroup, ...]) -> None:
        """Show the suggestions on the start page."""
        self.start_page.set_suggestions(groups)

    def set_opening(self, name: str, text: str) -> None:
        """Show the opening on the start page."""
        self.start_page.set_opening(name, text)

    def set_questions(self, questions: tuple[str, ...]) -> None:
        """Show the questions on the start page."""
        self.start_page.set_questions(questions)

    def set_connection_line(self, kind: StateKind, text: str) -> None:
        """Show the connection state on the start page."""
        self.start_page.set_connection_line(kind, text)

    def toggle_outline(self) -> None:
        """Show and focus the outline, or hide it. The start page has none."""
        if self.shows_start:
            return
        self.outline_frame.toggle()
        self.outline_frame.focus_outline()

    def _insert_transcript(self, view: QWidget, layout: QVBoxLayout) -> None:
        layout.insertWidget(0, view, 1)
        self.setTabOrder(self._picker, view)  # messages are above the composer in either order of creation

    def _new_settings(self, parent: QWidget) -> QWidget:
        return self.make_chat_settings(parent)

    def _new_outline(self, parent: QWidget) -> QWidget:
        outline = self.transcript.new_outline(parent)
        outline.closed.connect(self.outline_frame.toggle)
        outline.chosen.connect(self.outline_frame.close_overlay)
        return outline

    def _keeping_focus(self, move: Callable[[], None], *, index: int) -> None:
        had_focus = self.composer.has_focus()
        move()
        self._stack.setCurrentIndex(index)
        if had_focus:
            self.composer.focus()

    def _arrange(self) -> None:
        theme = self._appearance.theme
        side, _ = reading_column(self._chat.width(), theme)
        self._bottom_layout.setContentsMargins(side, 0, side, theme.length("composerBottom"))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize and watched is self._chat:
            self._arrange()
        return super().eventFilter(watched, event)
