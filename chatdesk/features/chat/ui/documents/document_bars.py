"""The bars of the document view: the head with what is shown, the strip with what is sent, and the foot with the keys."""

from collections.abc import Sequence

from PySide6.QtCore import QLocale, QPointF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from chatdesk.kernel.chat.message import DocumentPart, DocumentUnit, SentAs
from chatdesk.ui_kit.pictures.attachment_facts import document_icon, sent_part, sent_tokens
from chatdesk.ui_kit.shortcuts import CommandId
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.painting import draw_line
from chatdesk.ui_kit.text.safe_text import plain_line
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.button import Button, ButtonKind
from chatdesk.ui_kit.widgets.card import Card
from chatdesk.ui_kit.widgets.focus import insert_in_tab_order
from chatdesk.ui_kit.widgets.icon_button import IconButton, IconButtonSize
from chatdesk.ui_kit.widgets.icon_label import IconLabel
from chatdesk.ui_kit.widgets.key_cap import KeyCap
from chatdesk.ui_kit.widgets.label import Label
from chatdesk.ui_kit.widgets.segments import Segments

_STRIP = 36
_FOOT = 44
"""Heights in pixels at 100 %."""


class _Bar(Translated, QWidget):
    """A bar with a line at one edge."""

    def __init__(self, appearance: Appearance, parent: QWidget, *, line_at_top: bool = False) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._line_at_top = line_at_top
        self._row = QHBoxLayout(self)

    def paintEvent(self, _event: QPaintEvent) -> None:
        y = 0 if self._line_at_top else self.height() - 1
        draw_line(QPainter(self), QPointF(0, y), self.width(), self._appearance.theme.color("borderSubtle"))


class DocumentHead(_Bar):
    """The head: what is shown as segments, the name, the section in view, and buttons. `view_chosen` carries a key of `set_views`."""

    view_chosen = Signal(str)
    stepped = Signal(int)
    find_requested = Signal()
    save_requested = Signal()
    closed = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(appearance, parent)
        self._offered: Sequence[tuple[str, str]] = ()
        self._views = Segments(appearance, "", self)
        self._views.setObjectName("documentViews")
        self._views.chosen.connect(self.view_chosen)
        self._icon = IconLabel(appearance, "file-text", "textSecondary", self)
        self._title = Label(appearance, "label", "text", self, elide=True)
        self._title.setObjectName("documentTitle")
        self._position_box = Card(appearance, self, border="borderDefault", radius="radius.control")
        self._previous = IconButton(appearance, "chevron-left", self._position_box, size=IconButtonSize.ROW)
        self._position = Label(appearance, "ui", "text", self._position_box)
        self._position.setObjectName("documentPlace")
        self._next = IconButton(appearance, "chevron-right", self._position_box, size=IconButtonSize.ROW)
        self._find = IconButton(appearance, "search", self, size=IconButtonSize.ROW)
        self._find.setObjectName("findInDocument")
        self._save = IconButton(appearance, "download", self, size=IconButtonSize.ROW)
        self._save.setObjectName("saveDocument")
        self._close = IconButton(appearance, "x", self, size=IconButtonSize.ROW)
        self._close.setObjectName("closeDocument")
        self._previous.clicked.connect(lambda: self.stepped.emit(-1))
        self._next.clicked.connect(lambda: self.stepped.emit(1))
        self._find.clicked.connect(self.find_requested)
        self._save.clicked.connect(self.save_requested)
        self._close.clicked.connect(self.closed)
        self._box_row = QHBoxLayout(self._position_box)
        for part in (self._previous, self._position, self._next):
            self._box_row.addWidget(part)
        self._name_row, self._buttons = QHBoxLayout(), QHBoxLayout()
        self._name_row.addWidget(self._icon)
        self._name_row.addWidget(self._title, 1)
        self._row.addWidget(self._views)
        self._row.addLayout(self._name_row, 1)
        self._row.addWidget(self._position_box, 0, Qt.AlignmentFlag.AlignVCenter)
        for button in (self._find, self._save, self._close):
            self._buttons.addWidget(button)
        self._row.addLayout(self._buttons)
        appearance.bind(self._restyle)
        self._retranslate()

    def show_document(self, document: DocumentPart, *, can_save: bool) -> None:
        """Show the name of a document."""
        self._title.set_text(plain_line(document.name))
        self._icon.set_icon(document_icon(document), "textSecondary")
        self._save.setVisible(can_save)

    def set_views(self, views: Sequence[tuple[str, str]], chosen: str) -> None:
        """Offer these views as pairs of key and label; a single one is not offered."""
        self._views.setVisible(len(views) > 1)
        if views != self._offered:
            self._offered = views
            self._views.set_segments(views)
            insert_in_tab_order(self._views, self._previous)
        if chosen in dict(views):
            self._views.choose(chosen)

    def show_position(self, section: int, count: int, *, has_next: bool) -> None:
        """Show the section in view, counted from 1, and the number of sections; nothing for a document without sections."""
        self._position.set_text(f"{QLocale().toString(section)} / {QLocale().toString(count)}")
        self._position_box.setVisible(count > 1)
        self._previous.setEnabled(section > 1)
        self._next.setEnabled(has_next)

    def _restyle(self) -> None:
        theme = self._appearance.theme
        self.setFixedHeight(theme.length("titleRow"))
        self._row.setContentsMargins(theme.length("m"), 0, theme.length("s"), 1)
        self._row.setSpacing(theme.length("s"))
        self._name_row.setContentsMargins(theme.length("s"), 0, 0, 0)
        self._name_row.setSpacing(theme.length("s"))
        self._buttons.setSpacing(0)
        inset = theme.length("hair")
        self._box_row.setContentsMargins(inset, inset, inset, inset)
        self._box_row.setSpacing(theme.length("xs"))

    def _retranslate(self) -> None:
        self._previous.set_name(self.tr("Previous section"), shortcut="PgUp")
        self._next.set_name(self.tr("Next section"), shortcut="PgDown")
        self._find.set_name(self.tr("Find in this document"), command=CommandId.FIND)
        self._save.set_name(self.tr("Save the document as…"))
        self._close.set_name(self.tr("Close"), shortcut="Esc")
        self._views.setAccessibleName(self.tr("View"))


class SentStrip(_Bar):
    """The strip: what is sent with the question, and a button that changes it."""

    change_requested = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(appearance, parent)
        self._document: DocumentPart | None = None
        self._is_draft = False
        self._icon = IconLabel(appearance, "list-checks", "accentText", self)
        self._what = Label(appearance, "ui", "text", self)
        self._tokens = Label(appearance, "ui", "text", self, strong=True)
        self._tokens.setObjectName("documentTokens")
        self._part = Label(appearance, "ui", "textTertiary", self, elide=True)
        self._part.setObjectName("documentSent")
        self._change = Button(appearance, "", ButtonKind.PLAIN, self, small=True)
        self._change.setObjectName("changeSent")
        self._change.clicked.connect(self.change_requested)
        for widget in (self._icon, self._what, self._tokens):
            self._row.addWidget(widget)
        self._row.addWidget(self._part, 1)
        self._row.addWidget(self._change)
        appearance.bind(self._restyle)

    @property
    def change_button(self) -> QWidget:
        """The button, below which the choice is shown."""
        return self._change

    def show_document(self, document: DocumentPart, *, is_draft: bool) -> None:
        """Show what is sent of a document, and whether that can still be changed."""
        self._document, self._is_draft = document, is_draft
        self._retranslate()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._retranslate()

    def _restyle(self) -> None:
        theme = self._appearance.theme
        self.setFixedHeight(round(_STRIP * theme.scale))
        self._row.setContentsMargins(theme.length("l"), 0, theme.length("s"), 1)
        self._row.setSpacing(theme.length("s"))

    def _retranslate(self) -> None:
        document = self._document
        if document is None:
            return
        self._what.set_text(self.tr("Will be sent:") if self._is_draft else self.tr("Sent:"))
        tokens, part = sent_tokens(document), sent_part(document)
        sections = len({each.section for each in document.passages})
        if document.sent_as is SentAs.PASSAGES and document.unit is DocumentUnit.PAGE and sections:
            part = self.tr("{passages}, on %n page(s)", "", sections).format(passages=part)
        if document.sent_as is SentAs.PICTURES:
            part = self.tr("{pages} as pictures").format(pages=part)
        self._tokens.set_text(tokens or part)
        self._part.set_text(part if tokens else "")
        self._change.setVisible(document.sections > 1)
        if self._is_draft:
            self._change.setText(self.tr("Change…"))
        else:
            self._change.setText(self.tr("Ask again with other parts…"))
            if self._row.sizeHint().width() > self.width():
                self._change.setText(self.tr("Ask again…"))


class DocumentFoot(_Bar):
    """The footer: where what is sent is used, and the keys of the view."""

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(appearance, parent, line_at_top=True)
        self._unit = DocumentUnit.NONE
        self._server = ""
        self._icon = IconLabel(appearance, "shield-check", "textSecondary", self)
        self._host_text = Label(appearance, "ui", "textSecondary", self, elide=True)
        self._keys = {
            key: (KeyCap(appearance, key, self), Label(appearance, "ui", "textSecondary", self))
            for key in ("PgDown", "Ctrl+F", "Esc")
        }
        self._row.addWidget(self._icon)
        self._row.addWidget(self._host_text, 1)
        for cap, label in self._keys.values():
            self._row.addWidget(cap)
            self._row.addWidget(label)
        appearance.bind(self._restyle)
        self._retranslate()

    def show_document(self, document: DocumentPart, server: str) -> None:
        """Show the keys for a document, and the name of the server that gets it; empty for one on this computer."""
        self._unit, self._server = document.unit if document.sections > 1 else DocumentUnit.NONE, server
        self._icon.set_icon("globe" if server else "shield-check", "textSecondary")
        self._retranslate()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._retranslate()

    def _restyle(self) -> None:
        theme = self._appearance.theme
        self.setFixedHeight(round(_FOOT * theme.scale))
        self._row.setContentsMargins(theme.length("l"), 1, theme.length("l"), 0)
        self._row.setSpacing(theme.length("s"))

    def _retranslate(self) -> None:
        goes = self.tr("Goes to {server} with the question").format(server=self._server)
        self._host_text.set_text(goes if self._server else self.tr("Stays on this computer"))
        text = {"PgDown": self._next_words(), "Ctrl+F": self.tr("find"), "Esc": self.tr("back to the chat")}
        available = self.width() - self._icon.sizeHint().width() - 4 * self._appearance.theme.length("l")
        for key in ("Esc", "Ctrl+F", "PgDown"):  # the most important one first
            cap, label = self._keys[key]
            label.set_text(text[key])
            available -= cap.sizeHint().width() + label.sizeHint().width() + 2 * self._appearance.theme.length("s")
            for widget in (cap, label):
                widget.setVisible(available >= 0 and bool(text[key]))

    def _next_words(self) -> str:
        match self._unit:
            case DocumentUnit.NONE:
                return ""
            case DocumentUnit.PAGE:
                return self.tr("next page")
            case DocumentUnit.SHEET:
                return self.tr("next sheet")
            case DocumentUnit.SLIDE:
                return self.tr("next slide")
            case DocumentUnit.FILE:
                return self.tr("next file")
            case _:
                return self.tr("next chapter")
