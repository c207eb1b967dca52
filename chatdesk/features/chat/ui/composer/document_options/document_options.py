"""Opens what the button of a chip offers, and reports which document replaces the old one."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import replace
from functools import partial
from pathlib import PurePath

import shiboken6
from PySide6.QtCore import QLocale, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from chatdesk.features.attachments.services.attachments import Attachments
from chatdesk.features.chat.ui.composer.document_options.sheets_popup import SheetChoice, SheetsPopup
from chatdesk.kernel.chat.attachments import MAX_SENT_PICTURES
from chatdesk.kernel.chat.message import DocumentPart, DocumentUnit, SentAs, TextQuality
from chatdesk.kernel.context.token_estimate import estimate_tokens
from chatdesk.kernel.documents.document_text import DocumentText, Section, numbers_in, selection_of
from chatdesk.kernel.documents.fitting import as_pictures
from chatdesk.kernel.documents.kinds import DocumentKind, kind_of
from chatdesk.kernel.errors.base import ChatdeskError
from chatdesk.ui_kit.errors.error_texts import describe_error
from chatdesk.ui_kit.pictures.attachment_facts import encoding_name
from chatdesk.ui_kit.pictures.option_button import OptionButton
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.tasks import Tasks
from chatdesk.ui_kit.text.counts import counted
from chatdesk.ui_kit.text.safe_text import plain_line

_ENCODINGS = (
    *("utf_8", "utf_16", "gb18030", "big5", "shift_jis", "euc_jp", "euc_kr", "koi8_r", "cp1251", "cp1252", "cp1250"),
    *("cp1253", "cp1254", "cp1255", "cp1256", "cp1258", "cp874", "mac_roman"),
)
"""The encodings that are offered, by Python's names."""


class DocumentOptions(QObject):
    """Lets the user choose what is read of a document. One for each composer; `view` is the parent of its popups."""

    changed = Signal(object, object)
    """Carries the old document, and the one that replaces it."""
    view_requested = Signal(object)
    enclosed_requested = Signal(object, object)
    """The user wants to attach files of a document: carries the document, and the index and name of each file."""
    recognition_requested = Signal(object)
    """The user wants the text of a scanned document to be recognised."""
    left_out = Signal(object)
    """The user does not want to send a document."""
    refused = Signal(str)
    """Carries the sentence why a document cannot be read as the user wants."""

    def __init__(self, appearance: Appearance, attachments: Attachments, tasks: Tasks, view: QWidget) -> None:
        super().__init__(view)
        self._appearance = appearance
        self._attachments = attachments
        self._tasks = tasks
        self._view = view

    def open(self, document: DocumentPart, button: OptionButton, free_tokens: int | None) -> None:
        """Open what a document offers at its chip. `free_tokens` is the number of tokens that the model can read, if that is known."""
        if button.isChecked():
            return  # what it offers is open already, or is being read
        button.setChecked(True)
        if document.unit is DocumentUnit.SHEET:
            self._start(self._open_sheets(document, button, free_tokens))
        elif document.enclosed:
            self._start(self._open_enclosed(document, button))
        elif kind_of(document.media_type) is DocumentKind.PDF:
            self._start(self._open_forms(document, button))
        else:
            self._open_encodings(document, button)

    def _start(self, action: Coroutine[object, object, None]) -> None:
        self._tasks.start(action, "choose what is read of a document")

    async def _open_sheets(self, document: DocumentPart, button: OptionButton, free_tokens: int | None) -> None:
        text = await self._attachments.text_of(document)
        if text is None:
            _release(button)
            return
        choosing = _Choosing(self._attachments, document, text)
        sheets = await choosing.sheets()
        if not _is_shown(button):
            _release(button)
            return
        popup = SheetsPopup(self._appearance, self._view, free_tokens)
        popup.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        popup.show_sheets(sheets, numbers_in(document.selected, len(text.sections)))
        popup.cells_chosen.connect(lambda sheet, cells: self._begin_cells(choosing, popup, sheet, cells))
        popup.finished.connect(lambda: self._finish(choosing, popup.selected(), is_viewed=popup.is_view_requested))
        popup.closed.connect(button.release)
        popup.open_at(button.chip_anchor())
        popup.focus_first()

    def _begin_cells(self, choosing: "_Choosing", popup: SheetsPopup, sheet: str, cells: str) -> None:
        choosing.awaited += 1
        self._start(self._read_cells(choosing, popup, sheet, cells))

    async def _read_cells(self, choosing: "_Choosing", popup: SheetsPopup, sheet: str, cells: str) -> None:
        try:
            sheets = await choosing.read_cells(sheet, cells)
        except ChatdeskError as error:
            sentence = describe_error(error).sentence
            if choosing.is_finished:
                self.refused.emit(sentence)
            else:
                popup.show_error(sentence)
        else:
            if not choosing.is_finished:
                popup.update_sheets(sheets)
        finally:
            choosing.awaited -= 1

    def _finish(self, choosing: "_Choosing", selected: Sequence[int], *, is_viewed: bool) -> None:
        """Replace the old document by the chosen one: at once, or after the cells that are still being read."""

        def finish() -> None:
            chosen = choosing.chosen(selected)
            if chosen != choosing.original:
                self.changed.emit(choosing.original, chosen)
            if is_viewed:
                self.view_requested.emit(chosen)

        async def finish_later() -> None:
            async with choosing.reading:
                finish()

        choosing.is_finished = True
        if choosing.awaited:
            self._start(finish_later())
        else:
            finish()

    def _open_encodings(self, document: DocumentPart, button: OptionButton) -> None:
        menu = self._new_menu(button)
        menu.setObjectName("encodings")
        group = QActionGroup(menu)
        for encoding in dict.fromkeys((document.encoding, *_ENCODINGS)):
            action = menu.addAction(encoding_name(encoding))
            action.setCheckable(True)
            action.setChecked(encoding == document.encoding)
            group.addAction(action)
            action.triggered.connect(lambda _on, chosen=encoding: self._start(self._decode(document, chosen)))
        _open_above(menu, button.chip_anchor())

    async def _decode(self, document: DocumentPart, encoding: str) -> None:
        if encoding != document.encoding:
            try:
                changed = await self._attachments.documents.read_again(document, {"encoding": encoding})
            except ChatdeskError as error:
                self.refused.emit(describe_error(error).sentence)
            else:
                self.changed.emit(document, changed)

    async def _open_forms(self, document: DocumentPart, button: OptionButton) -> None:
        """Open the choice of what is sent of a PDF: its text, or pictures of its pages."""
        tesseract = None
        if document.quality is not TextQuality.RECOGNISED:
            tesseract = await self._attachments.documents.tesseract()
        if not _is_shown(button):
            _release(button)
            return
        menu = self._new_menu(button)
        menu.setObjectName("documentForms")
        group = QActionGroup(menu)

        def add(text: str, is_chosen: bool, choose: Callable[[], object]) -> None:
            action = menu.addAction(text, choose)
            action.setCheckable(True)
            action.setChecked(is_chosen)
            group.addAction(action)

        are_pictures = document.sent_as is SentAs.PICTURES
        few = document if are_pictures else as_pictures(document)
        add(self.tr("As pictures, for models with vision"), are_pictures, lambda: self.changed.emit(document, few))
        if len(numbers_in(few.selected, document.sections)) < document.sections <= MAX_SENT_PICTURES:
            everything = replace(few, selected="")
            text = counted(self._all_as_pictures, document.sections)
            add(text, False, lambda: self.changed.emit(document, everything))
        if document.quality is not TextQuality.SCANNED:
            text = self.tr("The recognised text") if document.quality is TextQuality.RECOGNISED else self.tr("As text")
            add(text, not are_pictures, lambda: self._start(self._send_text(document)))
        if tesseract:
            menu.addAction(self.tr("Read with Tesseract"), lambda: self.recognition_requested.emit(document))
        menu.addSeparator()
        if document.sections > 1:
            menu.addAction(self.tr("Choose pages…"), lambda: self.view_requested.emit(document))
        menu.addAction(self.tr("Leave out"), lambda: self.left_out.emit(document))
        _open_above(menu, button.chip_anchor())

    async def _send_text(self, document: DocumentPart) -> None:
        if document.sent_as is SentAs.PICTURES:
            text = replace(document, sent_as=SentAs.TEXT)
            self.changed.emit(document, await self._attachments.documents.select(text, ""))

    def _all_as_pictures(self, count: int) -> str:
        return self.tr("All %n page(s) as pictures", "", count)

    async def _open_enclosed(self, document: DocumentPart, button: OptionButton) -> None:
        text = await self._attachments.text_of(document)
        files = text.enclosed if text else ()
        if not _is_shown(button):
            _release(button)
            return
        menu = self._new_menu(button)
        menu.setObjectName("enclosedFiles")
        menu.addSection(self.tr("Attach separately"))
        choices = [(index, plain_line(PurePath(file.name).name)) for index, file in enumerate(files)]
        for choice, file in zip(choices, files, strict=True):
            action = menu.addAction(f"{choice[1]} · {_size(file.size)}".replace("&", "&&"))
            action.triggered.connect(partial(self._request_enclosed, document, [choice]))
        if len(files) > 1:
            menu.addSeparator()
            menu.addAction(self.tr("Attach all")).triggered.connect(partial(self._request_enclosed, document, choices))
        _open_above(menu, button.chip_anchor())

    def _request_enclosed(self, document: DocumentPart, files: Sequence[tuple[int, str]]) -> None:
        self.enclosed_requested.emit(document, files)

    def _new_menu(self, button: OptionButton) -> QMenu:
        menu = QMenu(self._view)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.aboutToHide.connect(button.release)
        return menu


class _Choosing:
    """A choice of sheets and cells while the popup is open."""

    def __init__(self, attachments: Attachments, document: DocumentPart, text: DocumentText) -> None:
        self._attachments = attachments
        self.original = self._document = document
        self._text = text
        self._sheets: tuple[SheetChoice, ...] = ()
        self.reading = asyncio.Lock()
        """Held while other cells are being read."""
        self.awaited = 0
        """How often other cells are still to be read."""
        self.is_finished = False

    async def sheets(self) -> tuple[SheetChoice, ...]:
        """Return the sheets with their sizes."""
        self._sheets = await asyncio.to_thread(_choices, self._text.sections)
        return self._sheets

    async def read_cells(self, sheet: str, cells: str) -> tuple[SheetChoice, ...]:
        """Read other cells of a sheet, and return all sheets. Raises `AttachmentError` and `StorageError`."""
        async with self.reading:
            wanted = {each.title: each.cells for each in self._text.sections} | {sheet: cells}
            document = await self._attachments.documents.read_again(self._document, {"cells": wanted})
            text = await self._attachments.text_of(document)
            if text:
                self._document, self._text = document, text
            return await self.sheets()

    def chosen(self, selected: Sequence[int]) -> DocumentPart:
        """Return the document with the selected sheets and what they cost."""
        numbers = selection_of(selected) if len(selected) < len(self._sheets) else ""
        tokens = sum(self._sheets[number - 1].tokens for number in selected)
        return replace(self._document, selected=numbers, tokens=tokens)


def _choices(sections: Sequence[Section]) -> tuple[SheetChoice, ...]:
    return tuple(
        SheetChoice(each.title, each.cells, estimate_tokens(each.text), each.is_hidden, each.formulas)
        for each in sections
    )


def _is_shown(button: OptionButton) -> bool:
    """Return whether the chip of a button is still visible: while its document is read, the user may remove it or leave the page.

    The button itself may be hidden: the menu of the chip opens the same choice.
    """
    return shiboken6.isValid(button) and button.is_chip_visible()


def _release(button: OptionButton) -> None:
    if shiboken6.isValid(button):
        button.release()


def _open_above(menu: QMenu, anchor: QRect) -> None:
    """Open a menu above a chip: below it is the composer, and the end of the window."""
    menu.popup(anchor.topLeft() - QPoint(0, menu.sizeHint().height()))


def _size(size: int) -> str:
    return QLocale().formattedDataSize(size, 1, QLocale.DataSizeFormat.DataSizeTraditionalFormat)
