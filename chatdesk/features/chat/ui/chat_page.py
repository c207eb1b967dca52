"""The page in the middle of the window: the title row above either the transcript with the composer or the start page.

On the start page the composer is in the centre. This module contains only the arrangement; `chat_presenter.py`
connects the parts.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from chatdesk.features.chat.ui.chat_view import ChatView
from chatdesk.features.chat.ui.composer.start_page import StartPage
from chatdesk.features.chat.ui.composer.suggestions import SuggestionGroup
from chatdesk.features.chat.ui.lazy_transcript import LazyTranscript
from chatdesk.features.chat.ui.side_panel_frame import Pane, SidePane, SidePanelFrame
from chatdesk.features.models.domain.model_rows import StateKind
from chatdesk.features.models.ui.picker.model_picker import ModelPicker
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.reading_column import reading_column
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.chip import Chip
from chatdesk.ui_kit.widgets.icon_button import IconButton
from chatdesk.ui_kit.widgets.label import Label
from chatdesk.ui_kit.widgets.tab_order import set_tab_order

if TYPE_CHECKING:
    from chatdesk.features.chat.ui.side_panel import SidePanel


class TitleRow(Translated, QWidget):
    """The row above the transcript: sidebar toggle, chat title, preset, model picker, toggles of chat settings and outline.

    It is 48 px high with a line below. The title is plain text, elided on the right.
    """

    sidebar_toggled = Signal()
    pane_toggled = Signal(str)
    """Carries a pane of the side panel."""
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
        self._outline.clicked.connect(lambda: self.pane_toggled.emit(SidePane.OUTLINE))
        self._settings = IconButton(appearance, "sliders-horizontal", self)
        self._settings.setObjectName("chatSettingsToggle")
        self._settings.setCheckable(True)
        self._settings.clicked.connect(lambda: self.pane_toggled.emit(SidePane.SETTINGS))
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
        # Qt's order is that of creation, and the picker was created before the row.
        set_tab_order((self._toggle, self.preset_chip, picker, self._settings, self._outline))
        appearance.bind(self._arrange)
        self._retranslate()

    @property
    def last_in_tab_order(self) -> QWidget:
        """The part of the row that the keyboard reaches last."""
        return self._outline

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

    def set_pane(self, pane: str) -> None:
        """Show which pane of the side panel is open."""
        self._outline.setChecked(pane == SidePane.OUTLINE)
        self._settings.setChecked(pane == SidePane.SETTINGS)

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
        self.start_page.text_chosen.connect(self._begin_with)
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
        self._stack.addWidget(chat)
        self._stack.currentChanged.connect(self.page_switched)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.title_row)
        self.make_chat_settings: Callable[[QWidget], Pane] = Pane
        """Creates the chat settings when they first become visible."""
        self.side_panel = SidePanelFrame(appearance, self._stack, self._new_side_panel)
        self.side_panel.focus_lost.connect(self.composer.focus)
        self.side_panel.pane_changed.connect(self.title_row.set_pane)
        self.title_row.pane_toggled.connect(lambda pane: self.side_panel.toggle(SidePane(pane)))
        layout.addWidget(self.side_panel, 1)
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
        self._set_outline_available(available=False)

    def show_transcript(self) -> None:
        """Show the transcript with the composer below it."""
        self._keeping_focus(lambda: self._bottom_layout.addWidget(self.composer), index=1)
        self._set_outline_available(available=True)
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

    def _begin_with(self, text: str) -> None:
        """Put a suggested message into the composer, below what is there already."""
        before = self.composer.text().rstrip()
        self.composer.set_text(f"{before}\n\n{text}" if before else text)
        self.composer.focus()

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

    def toggle_pane(self, pane: SidePane) -> None:
        """Show and focus a pane of the side panel, or close it. The start page has no outline."""
        if pane is SidePane.SETTINGS or not self.shows_start:
            self.side_panel.toggle(pane)

    def _insert_transcript(self, view: QWidget, layout: QVBoxLayout) -> None:
        layout.insertWidget(0, view, 1)
        self.setTabOrder(
            self.title_row.last_in_tab_order, view
        )  # messages are above the composer in either order of creation

    def _set_outline_available(self, *, available: bool) -> None:
        self.title_row.set_outline_available(available=available)
        self.side_panel.set_outline_available(available=available)

    def _new_side_panel(self, parent: QWidget) -> "SidePanel":
        from chatdesk.features.chat.ui.side_panel import SidePanel  # noqa: PLC0415 - start-up time: created when opened

        makers = {SidePane.SETTINGS: self.make_chat_settings, SidePane.OUTLINE: self._new_outline}
        return SidePanel(self._appearance, makers, parent)

    def _new_outline(self, parent: QWidget) -> Pane:
        outline = self.transcript.new_outline(parent)
        outline.chosen.connect(self.side_panel.close_overlay)
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

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close the side panel with Esc, unless that stops an answer."""
        if event.key() == Qt.Key.Key_Escape and self.side_panel.pane and not self.composer.is_streaming:
            self.side_panel.close_panel()
        else:
            super().keyPressEvent(event)
