"""A document beside the chat: its pages, its text, and which part of it is sent with the question."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QGuiApplication, QKeyEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from chatdesk.features.chat.services.chat_services import ChatServices
from chatdesk.features.chat.ui.composer.composer import Composer
from chatdesk.features.chat.ui.documents.document_bars import DocumentFoot, DocumentHead, SentStrip
from chatdesk.features.chat.ui.documents.document_marks import DocumentMarks
from chatdesk.features.chat.ui.documents.flowing_lines import flowing
from chatdesk.features.chat.ui.documents.page_column import PageColumn, PageMark
from chatdesk.features.chat.ui.documents.section_chooser import SectionChooser
from chatdesk.features.chat.ui.documents.sent_parts import SentParts, first_sent, in_characters
from chatdesk.features.chat.ui.documents.text_column import Mark, SectionNote, TextColumn, TextRange
from chatdesk.features.chat.ui.side_panel_frame import Pane
from chatdesk.kernel.chat.message import DocumentPart, DocumentUnit, PassageRange, SentAs
from chatdesk.kernel.documents.document_text import DocumentText
from chatdesk.kernel.documents.kinds import DocumentKind, kind_of
from chatdesk.kernel.errors.attachment_errors import AttachmentUnreadable
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.settings.declarations import DOCUMENT_VIEW
from chatdesk.ui_kit.files.file_saver import FileSaver
from chatdesk.ui_kit.pictures.attachment_facts import section_name
from chatdesk.ui_kit.shortcuts import CommandId
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.live_icon import live_icon
from chatdesk.ui_kit.tasks import Tasks
from chatdesk.ui_kit.text.counts import token_count
from chatdesk.ui_kit.text.safe_text import plain_line
from chatdesk.ui_kit.text.sliced_work import SlicedWork
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.label import Label

_BOTH, _PAGE, _TEXT, _SUMMARY = "both", "page", "text", "summary"
_LEAST_FOR_BOTH = 560
"""Width in pixels at 100 % at which pages and text fit beside each other."""
_PAGES_SHARE, _TEXT_SHARE = 485, 515
_MAX_PAGE_MARKS = 200
_WITH_HEADLINES = frozenset(
    {
        DocumentKind.WORD,
        DocumentKind.BOOK,
        DocumentKind.SLIDES,
        DocumentKind.WEB_PAGE,
        DocumentKind.EMAIL,
        DocumentKind.TEXT,
    }
)
"""Kinds in whose text a line that begins with `#` is a headline."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the view needs of the window and the chat. `server_name` returns the server that gets a question; empty for this computer."""

    services: ChatServices
    files: FileSaver
    composer: Composer
    tasks: Tasks
    server_name: Callable[[], str]


class DocumentView(Translated, Pane):
    """The view, with a head of its own. Sections are numbered from 0 here."""

    closed = Signal()

    def __init__(self, appearance: Appearance, around: Surroundings, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("documentView")
        self._appearance = appearance
        self._around = around
        self._document: DocumentPart | None = None
        self._text: DocumentText | None = None
        """The text that is shown: that of the document or its summary."""
        self._sent: SentParts | None = None
        self._is_draft = self._is_missing = self._shows_summary = False
        self._section = 0
        self._wanted_section: int | None = None
        """The section to scroll to as soon as it is in the text."""
        self._wanted_mark: Mark | None = None
        self._was_draft = False
        """Whether the shown document has been part of the draft, and not of a question since."""
        self._question = ""
        """The id of the question with which the shown document was sent while it was shown."""
        self._is_following = False
        """Whether one column is being scrolled after the other."""
        self._selections = 0
        """Number of changes of the selection, of which only the last one counts."""
        self._chooser: SectionChooser | None = None
        self._head = DocumentHead(appearance, self)
        self._strip = SentStrip(appearance, self)
        self._pages = PageColumn(appearance, around.tasks, self)
        self._column = TextColumn(appearance, self._source_of, self)
        self._column.ranges_along, self._column.note = self._ranges_along, self._note
        self._missing = Label(appearance, "ui", "textSecondary", self, wrap=True)
        self._missing.setObjectName("documentMissing")
        self._missing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._foot = DocumentFoot(appearance, self)
        self._body = QWidget(self)
        self._marks = DocumentMarks(appearance, self._body)
        self._work = SlicedWork(self)
        self._columns = QHBoxLayout(self._body)
        self._columns.setContentsMargins(0, 0, 0, 0)
        self._columns.setSpacing(1)
        self._body.setAutoFillBackground(True)
        for column, share in ((self._pages, _PAGES_SHARE), (self._column, _TEXT_SHARE), (self._missing, 1)):
            self._columns.addWidget(column, share)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for widget in (self._head, self._strip, self._body, self._foot):
            layout.addWidget(widget, 1 if widget is self._body else 0)
        self._connect()
        appearance.bind(self._restyle)
        self._retranslate()

    def _connect(self) -> None:
        head, marks, composer = self._head, self._marks, self._around.composer
        head.view_chosen.connect(self._choose_view)
        head.stepped.connect(self.step_match)
        head.find_requested.connect(self._open_find)
        head.save_requested.connect(self._save)
        head.closed.connect(self.closed)
        self._strip.change_requested.connect(self.choose_sections)
        self._column.scrolled.connect(self._on_text_scrolled)
        self._column.menu_requested.connect(self._show_menu)
        self._pages.scrolled.connect(self._on_pages_scrolled)
        marks.changed.connect(self._show_marks)
        marks.mark_reached.connect(self._go_to_mark)
        marks.find_left.connect(self._arrange)
        self._work.progressed.connect(self._on_inserted)
        composer.attachments_changed.connect(self._on_draft_changed)
        composer.attachments_shown.connect(self._on_draft_shown)

    @property
    def document(self) -> DocumentPart | None:
        """The document that is shown."""
        return self._document

    def focus(self) -> None:
        """Focus the text, or the pages if only these are shown."""
        column = self._pages if self._column.isHidden() else self._column
        column.setFocus(Qt.FocusReason.OtherFocusReason)

    # What is shown

    def show_document(
        self, document: DocumentPart, passage: PassageRange | None = None, words: Sequence[str] = ()
    ) -> None:
        """Show a document: at a passage, or where it was if it is shown already, or else at the first part that is sent."""
        self._question, self._was_draft = "", False
        self._marks.close_find()
        self._set_document(document, summary=document.sent_as is SentAs.SUMMARY and passage is None)
        if passage:
            self._wanted_section = passage.section - 1
        self._wanted_mark = None
        self._marks.set_passage(passage, words)
        self._wanted_mark = self._marks.passage or self._wanted_mark
        self._show_sent()
        self._on_inserted()

    def _set_document(self, document: DocumentPart, *, summary: bool) -> None:
        """Show a document, or another version of the one that is shown. Its text is loaded if it is another one."""
        before, self._document = self._document, document
        is_shown = before is not None and _text_key(before, summary=summary) == _text_key(document, summary=summary)
        if self._is_missing or summary is not self._shows_summary or not is_shown:
            self._load(summary=summary)
            if not summary:
                self._wanted_section = first_sent(document) - 1

    def _load(self, *, summary: bool) -> None:
        """Load a text and show it from its beginning."""
        document = self._document
        assert document is not None  # noqa: S101 - there is one when anything is loaded
        self._work.stop()
        self._text, self._sent, self._is_missing, self._shows_summary = None, None, False, summary
        self._section, self._wanted_section, self._wanted_mark = 0, None, None
        has_headlines = summary or kind_of(document.media_type) in _WITH_HEADLINES
        self._column.clear_text(has_paragraphs=self._has_pages and not summary, has_headlines=has_headlines)
        self._marks.set_texts(())
        if self._has_pages:
            self._pages.show_pages(plain_line(document.name), document.sections, self._load_page, self._marks_on_page)
        else:
            self._pages.clear()
        self._arrange()
        self._around.tasks.start(self._show_text(document, summary=summary), "show a document")

    async def _show_text(self, document: DocumentPart, *, summary: bool) -> None:
        documents = self._around.services.attachments.documents
        text = await (documents.sent_text_of(document) if summary else documents.text_of(document))
        words = [section.text.rstrip("\n") for section in text.sections] if text else []
        if self._has_pages and not summary:
            words = await asyncio.to_thread(flowing, words)
        shown, key = self._document, _text_key(document, summary=summary)
        if (
            shown is None
            or _text_key(shown, summary=summary) != key
            or summary is not self._shows_summary
            or self._text
        ):
            return
        self._text, self._is_missing = text, text is None
        self._show_sent()
        self._arrange()
        if text:
            self._marks.set_texts([section.text for section in text.sections])
            self._wanted_mark = self._marks.passage or self._wanted_mark
            self._work.start(self._column.insert(_headed(text, words)))

    def _on_inserted(self) -> None:
        """Scroll to what is wanted as soon as it is in the text."""
        mark, section = self._wanted_mark, self._wanted_section
        if (
            mark
            and mark.section < self._column.count
            and (self._column.has_whole(mark.section) or not self._work.active)
        ):
            self._wanted_mark = self._wanted_section = None
            self._go_to_mark(mark)
        elif mark is None and section is not None and section < self._column.count:
            self._wanted_section = None
            self._show_section(section)
        self._column.viewport().update()
        self._show_position()

    @property
    def _has_pages(self) -> bool:
        """Whether there are pictures of the pages."""
        document = self._document
        return bool(document and document.sha256 and document.sections) and (
            kind_of(document.media_type) is DocumentKind.PDF if document else False
        )

    # What is sent

    def _on_draft_changed(self) -> None:
        """Follow the attachments of the draft, which the user has changed; close when the document is removed."""
        if self._is_draft and not self.isHidden() and not self._follow_draft():
            self._document = None
            self.closed.emit()

    def _on_draft_shown(self) -> None:
        """Follow the attachments of the draft. The document was sent if it is not there any more."""
        if not (self._is_draft and self._follow_draft()):
            self._show_sent()

    def _follow_draft(self) -> bool:
        """Show what the document is in the draft now, and return whether it is there."""
        document = self._document
        now = next((each for each in self._drafts() if document and each.identity == document.identity), None)
        if now:
            self._set_document(now, summary=self._shows_summary and bool(now.summary_sha256))
            self._show_sent()
        return now is not None

    def follow(self, document: DocumentPart, question: str) -> None:
        """Show what became of the shown draft with a question, given its id: it was sent, or its passages were found later."""
        shown = self._document
        if shown and shown.identity == document.identity and (self._was_draft or question == self._question):
            self._question, self._was_draft = question, False
            self._set_document(document, summary=self._shows_summary and bool(document.summary_sha256))
            self._show_sent()

    def _drafts(self) -> list[DocumentPart]:
        return [each for each in self._around.composer.attachments() if isinstance(each, DocumentPart)]

    def _show_sent(self) -> None:
        """Show what is sent now."""
        document = self._document
        if document is None:
            return
        self._is_draft = document in self._drafts()
        self._was_draft |= self._is_draft
        self._sent = SentParts(document, self._text, is_summary=self._shows_summary) if self._text else None
        can_save = bool(document.sha256)
        self._head.show_document(document, can_save=can_save)
        self._strip.show_document(document, is_draft=self._is_draft)
        self._foot.show_document(document, self._around.server_name())
        self._column.viewport().update()
        if self._chooser:
            self._chooser.show_facts(document)
        self._retranslate()

    def _ranges_along(self, section: int) -> Sequence[TextRange]:
        return self._sent.ranges(section) if self._sent else ()

    def _note(self, section: int) -> SectionNote | None:
        sent, document, text = self._sent, self._document, self._text
        if sent is None or document is None or text is None or self._shows_summary:
            return None
        if not sent.ranges(section):
            return SectionNote(self.tr("not sent"), is_sent=False)
        if document.sent_as is SentAs.PICTURES:
            return SectionNote(self.tr("sent as a picture"), is_sent=True)
        if not text.sections[section].text.strip():
            return SectionNote(self.tr("no text"), is_sent=False)
        tokens = token_count(sent.tokens(section))
        return SectionNote(self.tr("sent, {tokens}").format(tokens=tokens), is_sent=True)

    def choose_sections(self) -> None:
        """Let the user choose what is sent. A document that was sent is put into the message again."""
        document = self._document
        if document is None:
            return
        if not self._is_draft:
            document = _as_text(document)
            self._around.composer.add_attachment(document)
            self._document = document
            self._show_sent()
        if self._shows_summary or self._text is None:
            self._around.tasks.start(self._open_chooser(document), "choose sections")
        else:
            self._show_chooser(document, self._text)

    async def _open_chooser(self, document: DocumentPart) -> None:
        text = await self._around.services.attachments.documents.text_of(document)
        if text and document == self._document:
            self._show_chooser(document, text)

    def _show_chooser(self, document: DocumentPart, text: DocumentText) -> None:
        self._chooser = chooser = SectionChooser(self._appearance, document, text, self)
        chooser.chosen.connect(lambda numbers: self._around.tasks.start(self._select(numbers), "select sections"))
        chooser.closed.connect(self._forget_chooser)
        chooser.open_below(self._strip.change_button, align_end=True)

    def _forget_chooser(self) -> None:
        self._chooser = None

    async def _select(self, numbers: str) -> None:
        """Send these sections of the document from now on."""
        self._selections += 1
        change, before = self._selections, self._document
        if before is None or not self._is_draft:
            return
        documents = self._around.services.attachments.documents
        chosen = await documents.select(_as_text(before), numbers)
        if change == self._selections and before == self._document:
            self._around.composer.replace_attachments({before: chosen})

    # Views

    def _choose_view(self, view: str) -> None:
        if view != _SUMMARY:
            settings = self._around.services.settings
            settings.set(DOCUMENT_VIEW, view)
        summary = view == _SUMMARY
        if summary is not self._shows_summary:
            self._load(summary=summary)
            self._show_sent()
        self._arrange()
        if self._column.section_at_top()[0] == self._section:
            self._follow_text()
        else:
            self._pages.show_page(self._section)

    def _arrange(self) -> None:
        """Show the columns that are chosen and fit."""
        document, theme = self._document, self._appearance.theme
        is_wide = self.width() >= round(_LEAST_FOR_BOTH * theme.scale)
        views = [(_PAGE, self.tr("Page"))] if self._has_pages else []
        views.append((_TEXT, self.tr("Text")))
        if self._has_pages and is_wide:
            views.insert(0, (_BOTH, self.tr("Both")))
        if document and document.summary_sha256:
            views.append((_SUMMARY, self.tr("Summary")))
        chosen = self._around.services.settings.get(DOCUMENT_VIEW)
        if self._shows_summary:
            chosen = _SUMMARY
        elif chosen not in dict(views):
            chosen = _TEXT
        self._head.set_views(views, chosen)
        self._pages.setVisible(chosen in {_BOTH, _PAGE})
        self._column.setVisible(chosen != _PAGE and not self._is_missing)
        self._missing.setVisible(chosen != _PAGE and self._is_missing)
        side = theme.length("xl")
        self._missing.setContentsMargins(side, 0, side, 0)
        self._marks.bar.place(self._body.width() - theme.length("l"), self._body.width() - 2 * theme.length("l"))

    def _restyle(self) -> None:
        palette = self._body.palette()
        palette.setColor(QPalette.ColorRole.Window, self._appearance.theme.color("borderSubtle"))  # between the columns
        self._body.setPalette(palette)
        self._arrange()

    # Places

    def step_match(self, step: int) -> None:
        """Show the section that is `step` further."""
        section = self._section + step
        if 0 <= section < self._column.count:
            self._show_section(section)
            announcement = self._column.heading(section)
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, announcement))

    def _show_section(self, section: int) -> None:
        self._is_following = True
        self._column.place_cursor(section)
        self._column.scroll_to(section)
        self._pages.scroll_to(section)
        self._is_following = False
        self._section = section
        self._show_position()

    def _go_to_mark(self, mark: Mark) -> None:
        if mark.section >= self._column.count:
            self._wanted_mark = mark
            return
        self._is_following = True
        self._column.show_range(mark)
        self._pages.show_page(mark.section)
        self._is_following = False
        self._section = mark.section
        self._show_position()

    def _on_text_scrolled(self) -> None:
        if not self._is_following:
            self._section, _ = self._column.section_at_top()
            self._follow_text()
            self._show_position()

    def _follow_text(self) -> None:
        if self._column.count and not self._pages.isHidden():
            self._pages.scroll_to(*self._column.section_at_top())

    def _on_pages_scrolled(self) -> None:
        self._section, share = self._pages.page_at_top()
        self._is_following = True
        self._column.scroll_to(self._section, share)
        self._is_following = False
        self._show_position()

    def _show_position(self) -> None:
        count = self._document.sections if self._document and not self._shows_summary else 0
        self._head.show_position(self._section + 1, count, has_next=self._section + 1 < self._column.count)
        self._column.leaves_page_keys = count > 1

    # Marks

    def _open_find(self) -> None:
        if self._column.isHidden():
            self._choose_view(_BOTH if self._has_pages else _TEXT)
        self._marks.open_find(self._column.selected_text(), self._section)
        self._arrange()

    def _show_marks(self) -> None:
        self._column.show_marks(self._marks.marks, self._marks.current, self._marks.passage)
        self._pages.marks_changed()

    async def _load_page(self, page: int, side: int) -> bytes | None:
        document = self._document
        if document is None:
            return None
        return await self._around.services.attachments.documents.page_picture(document, page + 1, side)

    async def _marks_on_page(self, page: int) -> Sequence[PageMark]:
        document, text = self._document, self._text
        if document is None or text is None or self._shows_summary or page >= len(text.sections):
            return ()
        words = text.sections[page].text
        found = self._marks.in_section(page)[:_MAX_PAGE_MARKS]
        first = [mark for mark in (self._marks.passage, self._marks.current) if mark and mark.section == page]
        areas = list[PageMark]()
        for marks, is_current in (([mark for mark in found if mark not in first], False), (first, True)):
            if ranges := [in_characters(words, mark.start, mark.end) for mark in marks]:
                documents = self._around.services.attachments.documents
                rects = await documents.words_on_page(document, page + 1, ranges)
                areas += [PageMark(area, is_current) for area in rects]
        return areas

    # Copying and saving

    def _source_of(self, first: int, last: int) -> str:
        """Return the name of the document, and the pages if it has pages."""
        document = self._document
        name = plain_line(document.name) if document else ""
        is_page = document is not None and document.unit is DocumentUnit.PAGE and not self._shows_summary
        pages = f"p. {first + 1}" if first == last else f"pp. {first + 1}\N{EN DASH}{last + 1}"
        return f"{name} {pages}" if is_page else name

    def _show_menu(self, position: QPoint) -> None:
        column, has_selection = self._column, self._column.textCursor().hasSelection()
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setObjectName("documentMenu")

        def add(words: str, icon: str, act: Callable[[], object], *, enabled: bool = True) -> None:
            menu.addAction(live_icon(self._appearance, icon), words, act).setEnabled(enabled)

        add(self.tr("Copy"), "copy", column.copy, enabled=has_selection)
        add(self.tr("Copy without source"), "copy", self._copy_plain, enabled=has_selection)
        add(self.tr("Ask about this passage"), "quote", self._quote, enabled=has_selection)
        menu.addSeparator()
        add(self.tr("Find in this document"), "search", self._open_find)
        if self._document and self._document.sha256:
            add(self.tr("Save the document as…"), "download", self._save)
        menu.popup(position)

    def _copy_plain(self) -> None:
        QGuiApplication.clipboard().setText(self._column.selected_text())

    def _quote(self) -> None:
        """Quote the selected text in the message, with its source."""
        text, source = self._column.selected_text().strip(), self._column.selected_source()
        self._around.composer.quote(f"{text}\n[{source}]")

    def _save(self) -> None:
        document = self._document
        if document is None:
            return

        async def original(_path: Path) -> bytes:
            data = await asyncio.to_thread(self._around.services.attachments.read, document.sha256)
            if data is None:
                raise AttachmentUnreadable(document.name)
            return data

        self._around.files.ask_file(document.name, original)

    # Keys

    def event(self, event: QEvent) -> bool:
        """Take the keys of the find function from the chat."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._command_of(event):
            event.accept()
            return True
        return super().event(event)

    def _command_of(self, event: QKeyEvent) -> Callable[[], object] | None:
        """Return what a key does here."""
        commands: dict[str, Callable[[], object]] = {
            CommandId.FIND: self._open_find,
            CommandId.FIND_NEXT: lambda: self._step(1),
            CommandId.FIND_PREVIOUS: lambda: self._step(-1),
        }
        return commands.get(self._appearance.shortcuts.command_of(event) or "")

    def _step(self, by: int) -> None:
        if self._marks.marks:
            self._marks.step(by)
        else:
            self._open_find()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Find, or show the previous or next section."""
        steps = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
        if command := self._command_of(event):
            command()
        elif event.key() in steps and self._column.count > 1:
            self.step_match(steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _retranslate(self) -> None:
        name = plain_line(self._document.name) if self._document else ""
        self.setAccessibleName(self.tr("Document {name}").format(name=name))
        self._column.setAccessibleName(self.tr("Text of {name}").format(name=name))
        self._missing.set_text(self.tr("The text of this document is missing. Attach the file again."))
        self._arrange()


def _text_key(document: DocumentPart, *, summary: bool) -> tuple[str, str]:
    """Return what distinguishes the text, or the summary, of a document from others."""
    return document.identity, document.summary_sha256 if summary else document.text_sha256


def _headed(text: DocumentText, words: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield the heading of each section, with its words."""
    for number, (section, shown) in enumerate(zip(text.sections, words, strict=True), 1):
        yield section_name(text.unit, number, section.title) if text.unit is not DocumentUnit.NONE else "", shown


def _as_text(document: DocumentPart) -> DocumentPart:
    """Return a document of which sections are sent, and not passages or a summary."""
    sent_as = document.sent_as if document.sent_as is SentAs.PICTURES else SentAs.TEXT
    return replace(document, sent_as=sent_as, passages=(), passage_count=0)
