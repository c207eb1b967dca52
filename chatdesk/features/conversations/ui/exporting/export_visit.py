"""One visit to the export sheet: what it offers, its preview, and what its buttons do."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale, QObject, Qt, QTimer

from chatdesk.features.chat.ui.transcript.blocks.block_frame import alert_style
from chatdesk.features.conversations.services.conversation_services import ConversationServices
from chatdesk.features.conversations.services.files.chat_formats import CHAT_FORMATS
from chatdesk.features.conversations.services.files.chat_json import JSON
from chatdesk.features.conversations.services.files.chat_pdf import PDF, print_pages
from chatdesk.features.conversations.services.files.exported_chat import (
    Export,
    ExportCancelled,
    ExportLabels,
    ExportOptions,
    ExportScope,
    Include,
    every_formula,
)
from chatdesk.features.conversations.ui.exporting.export_choices import (
    Choices,
    Packing,
    ScopeChoice,
    local_page,
)
from chatdesk.features.conversations.ui.exporting.export_sheet import ExportSheet
from chatdesk.features.conversations.ui.exporting.page_breaking import UNITS, PageFormat
from chatdesk.features.conversations.ui.exporting.pdf_file import Pages, paper_scale
from chatdesk.features.conversations.ui.exporting.sliced_steps import in_slices
from chatdesk.kernel.chat.conversation import Conversation
from chatdesk.kernel.chat.message import Message, Role
from chatdesk.kernel.errors.base import ChatdeskError, UnexpectedFailure
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.settings.declarations import EXPORT_CHOICES
from chatdesk.kernel.text.file_name import safe_file_name
from chatdesk.ui_kit.errors.error_texts import describe_error, sentence_and_consequence
from chatdesk.ui_kit.files.file_saver import FileSaver
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.tasks import Tasks
from chatdesk.ui_kit.text.counts import counted
from chatdesk.ui_kit.text.folder_names import shown_folder_name

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

_ARCHIVE = "zip"
_COUNTED = 50
"""Chats whose content is counted: of more, each would have to be read."""
_PREVIEWED = 3
"""Chats of several that the preview shows."""
_TEXT_BYTES = 80_000
"""Beginning of a file of text that the preview may show."""
_POLL = 100
"""Milliseconds between two looks at how much is done."""
_WEB_PAGE = PageFormat(7.5 * UNITS, 10.2 * UNITS, 0.5 * UNITS)
"""The part of a web page that the preview shows at a time."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What the sheet is opened for: chats, a message of one, or a folder; everything if nothing is given."""

    chats: tuple[str, ...] = ()
    message_id: str = ""
    selected: tuple[str, ...] = ()
    """The messages of the chat that are selected."""
    folder_id: str = ""


def export_labels(language: str) -> ExportLabels:
    """Return the words in exported files in a language of the interface."""
    locale, translate = QLocale(), QCoreApplication.translate
    return ExportLabels(
        translate("ExportLabels", "You"),
        translate("ExportLabels", "Answer"),
        translate("ExportLabels", "Instructions"),
        translate("ExportLabels", "Tool"),
        translate("ExportLabels", "Reasoning"),
        translate("ExportLabels", "Sources"),
        translate("ExportLabels", "Version {number} of {count}"),
        translate("ExportLabels", "{count} tokens"),
        language.replace("_", "-"),
        lambda kind: alert_style(kind).title,
        lambda moment: locale.toString(_local(moment).date(), QLocale.FormatType.LongFormat),
        lambda moment: locale.toString(_local(moment), QLocale.FormatType.ShortFormat),
    )


def _local(moment: datetime) -> QDateTime:
    return QDateTime.fromSecsSinceEpoch(round(moment.timestamp()))


class _Progress:
    """How much of an export is done, written by a thread."""

    def __init__(self) -> None:
        self.share = 0.0
        self.is_cancelled = False

    def report(self, share: float) -> None:
        """See `Export.report`. Gives other threads a chance to run: painting must not wait for this one."""
        self.share = max(self.share, share)
        if self.is_cancelled:
            raise ExportCancelled
        time.sleep(0)


class ExportVisit(QObject):
    """Opens the sheet as soon as it is known what it offers."""

    def __init__(
        self,
        appearance: Appearance,
        services: ConversationServices,
        files: FileSaver,
        tasks: Tasks,
        subject: Subject,
        ending: str,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._services = services
        self._files = files
        self._tasks = tasks
        self._subject = subject
        self._ending = ending
        self._progress = _Progress()
        self._sheet: ExportSheet | None = None
        self._previewing: asyncio.Task[None] | None = None
        self._pages: Pages | None = None
        """Those of the preview."""
        self.has_ended = False
        scale = paper_scale(appearance.paper_theme(1))
        self._paper, self._night = appearance.paper_theme(scale), appearance.paper_theme(scale, dark=True)
        self._poll = QTimer(self, interval=_POLL)
        self._poll.timeout.connect(self._show_share)
        tasks.start(self._open(), "open the export")

    async def _open(self) -> None:
        try:
            scopes, chosen = await self._scopes()
        except BaseException:
            self._end()
            raise
        if not scopes:
            if self._subject == Subject() and await self._services.exporting.count_user_files():
                self._ask_for_archive()
            self._end()
            return
        choices = Choices.read(self._services.settings.get(EXPORT_CHOICES), local_page())
        if self._ending:
            choices = replace(choices, ending=self._ending)
        sheet = self._sheet = ExportSheet(self._appearance, self._files.window, CHAT_FORMATS, scopes, choices, chosen)
        sheet.preview_wanted.connect(self._preview)
        sheet.save_requested.connect(self._save)
        sheet.print_requested.connect(self._print)
        sheet.cancelled.connect(self._cancel)
        sheet.closed.connect(self._end)
        sheet.open()
        sheet.choices.focus()
        self._preview()

    def _ask_for_archive(self) -> None:
        """Save presets and glossaries, because there are no chats to choose anything for."""
        exporting, labels = self._services.exporting, export_labels(self._appearance.language)

        async def save(path: Path) -> Path:
            return await exporting.save_each(
                ExportScope(()), JSON, ExportOptions(), labels, path, is_archive=True, with_user_files=True
            )

        name = self.tr("Presets and glossaries")
        self._files.ask_file(f"{name}.{_ARCHIVE}", save).setDefaultSuffix(_ARCHIVE)

    # What can be exported

    async def _scopes(self) -> tuple[list[ScopeChoice], int]:
        subject = self._subject
        if len(subject.chats) == 1:
            return await self._scopes_of_chat(subject.chats[0])
        if subject.folder_id:
            folder = self._folder_choice(subject.folder_id)
            return ([folder] if folder else []), 0
        if subject.chats:
            return [self._several(self.tr("Selected chats"), subject.chats, self.tr("Chats"))], 0
        everything = tuple(chat.id for chat in self._services.conversations.all() if not chat.is_draft)
        if not everything:
            return [], 0
        choice = self._several(self.tr("All chats"), everything, self.tr("All chats"))
        return [replace(choice, user_files=await self._services.exporting.count_user_files())], 0

    async def _scopes_of_chat(self, chat_id: str) -> tuple[list[ScopeChoice], int]:
        chat = self._services.conversations.find(chat_id)
        messages = await self._services.exporting.messages(chat_id)
        if chat is None or not messages:
            return [], 0
        title, chats, subject = chat.title or self.tr("Chat"), (chat_id,), self._subject
        shown = [message.id for message in messages]
        message = next((each for each in messages if each.id == subject.message_id), None)
        single = message or next((each for each in reversed(messages) if each.role is Role.ASSISTANT), None)
        scopes: list[ScopeChoice] = []
        if single:
            text = self._message_words(single, has_message=message is not None)
            scopes.append(ScopeChoice(text, "", ExportScope(chats, frozenset({single.id})), title, is_message=True))
        selected = [each for each in subject.selected if each in shown]
        if selected:
            count = QLocale().toString(len(selected))
            scopes.append(
                ScopeChoice(self.tr("Selected messages"), count, ExportScope(chats, frozenset(selected)), title)
            )
        whole = counted(lambda number: self.tr("%n message(s)", "", number), len(messages))
        scopes.append(ScopeChoice(self.tr("Whole chat"), whole, ExportScope(chats), title))
        chosen = 0 if message else len(scopes) - 1
        folder = self._services.folders.folder_of(chat)
        if folder and (choice := self._folder_choice(folder.id)):
            scopes.append(choice)
        return scopes, chosen

    def _message_words(self, message: Message, *, has_message: bool) -> str:
        if not has_message:
            return self.tr("Last answer")
        return self.tr("This question") if message.role is Role.USER else self.tr("This answer")

    def _folder_choice(self, folder_id: str) -> ScopeChoice | None:
        folder = self._services.folders.find(folder_id)
        chats = tuple(chat.id for chat in self._services.conversations.all() if self._is_in(chat, folder_id))
        if folder is None or not chats:
            return None
        name = shown_folder_name(folder.name)
        return self._several(self.tr("Folder {name}").format(name=name), chats, folder.name)

    def _is_in(self, chat: Conversation, folder_id: str) -> bool:
        folder = self._services.folders.folder_of(chat)
        return folder is not None and folder.id == folder_id and not chat.is_draft

    def _several(self, text: str, chats: Sequence[str], title: str) -> ScopeChoice:
        count = counted(lambda number: self.tr("%n chat(s)", "", number), len(chats))
        return ScopeChoice(text, count, ExportScope(tuple(chats)), title)

    # The preview

    def _preview(self) -> None:
        if self._previewing:
            self._previewing.cancel()
        self._previewing = self._tasks.start(self._show_preview(), "preview an export")

    async def _show_preview(self) -> None:
        sheet = self._sheet
        if sheet is None:
            return
        chosen, choice, exporting = sheet.choices.format, sheet.choices.scope, self._services.exporting
        sheet.preview.begin()
        shown = _PREVIEWED if sheet.choices.packing == Packing.ONE else 1
        scope = replace(choice.scope, chats=choice.scope.chats[:shown])
        has_pages = chosen.draws_formulas
        if has_pages:
            # The preview draws all of them, whatever the format makes of them.
            chosen = replace(chosen, draws=every_formula)
        options = sheet.choices.choices.options
        if not has_pages:
            options = replace(options, include=options.include - {Include.ATTACHMENTS})
            scope = replace(scope, chats=scope.chats[: 1 if not chosen.holds_several else shown])
        title = choice.title if len(scope.chats) > 1 else ""
        labels = export_labels(self._appearance.language)
        export = await exporting.export(scope, chosen, options, labels, title=title)
        if len(choice.scope.chats) <= _COUNTED:
            sheet.choices.show_contents(await exporting.contents(choice.scope))
        if chosen.has_pages:
            pages = self._new_pages(Pages(export, self._paper, with_speakers=chosen.names_speakers))
            await sheet.preview.show_pages(pages, with_schemes=False)
        elif has_pages:
            theme = self._night if sheet.is_dark else self._paper
            pages = self._new_pages(Pages(export, theme, _WEB_PAGE, numbered=False))
            await sheet.preview.show_pages(pages, with_schemes=True)
        else:
            content = await asyncio.to_thread(chosen.write, export)
            sheet.preview.show_text(content[:_TEXT_BYTES].decode("utf-8", "ignore"))

    def _new_pages(self, pages: Pages) -> Pages:
        """Use new pages for the preview, and forget those before."""
        self._forget_pages()
        self._pages = pages
        return pages

    def _forget_pages(self) -> None:
        if self._pages:
            self._tasks.start(in_slices(self._pages.release()), "forget the pages of a preview")
            self._pages = None

    # Saving and printing

    def _save(self) -> None:
        sheet = self._sheet
        if sheet is None:
            return
        self._remember()
        choices, chosen, packing = sheet.choices, sheet.choices.format, sheet.choices.packing
        name = safe_file_name(choices.scope.title) or self.tr("Chat")
        name += {Packing.FOLDER: "", Packing.ARCHIVE: f".{_ARCHIVE}"}.get(packing, f".{chosen.ending}")

        async def save(path: Path) -> Path | None:
            labels, exporting = export_labels(self._appearance.language), self._services.exporting
            scope, options, progress = choices.scope, choices.choices.options, self._begin()
            try:
                if packing == Packing.ONE:
                    await exporting.save(
                        scope.scope, chosen, options, labels, path, title=scope.title, report=progress.report
                    )
                else:
                    is_archive = packing == Packing.ARCHIVE
                    path = await exporting.save_each(
                        scope.scope,
                        chosen,
                        options,
                        labels,
                        path,
                        is_archive=is_archive,
                        with_user_files=choices.with_user_files,
                        report=progress.report,
                    )
            except ExportCancelled:
                self._finish()
                return None
            except ChatdeskError as error:
                self._finish(sentence_and_consequence(describe_error(error)))
                return None
            except Exception as error:
                self._finish(describe_error(UnexpectedFailure(type(error).__name__)).sentence)
                raise
            sheet.leave()
            return path

        dialog = self._files.ask_file(name, save)
        if packing == Packing.ONE:
            label = QCoreApplication.translate("ChatFormats", chosen.label)
            dialog.setNameFilters([f"{label} (*.{chosen.ending})"])
            dialog.setDefaultSuffix(chosen.ending)
        elif packing == Packing.ARCHIVE:
            dialog.setDefaultSuffix(_ARCHIVE)

    def _print(self) -> None:
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter  # noqa: PLC0415 - a library of its own

        from chatdesk.features.conversations.ui.exporting.printers import paper_size  # noqa: PLC0415 - likewise

        sheet = self._sheet
        if sheet is None:
            return
        self._remember()
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        choices = sheet.choices.choices
        if choices.printer:
            printer.setPrinterName(choices.printer)
        printer.setDocName(sheet.choices.scope.title)
        printer.setFullPage(True)
        printer.setPageSize(paper_size(choices.paper, choices.options.page))
        dialog = QPrintDialog(printer, sheet)
        dialog.setObjectName("printDialog")
        dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange)
        if pages := sheet.preview.page_count:
            dialog.setMinMax(1, pages)

        def accept() -> None:
            paper = printer.pageLayout().pageSize()
            sheet.choices.note_printer(printer.printerName(), paper.key())
            self._remember()
            self._tasks.start(self._print_on(printer), "print a chat")

        dialog.accepted.connect(lambda _printer: accept())
        dialog.setWindowModality(Qt.WindowModality.WindowModal)  # its own `open` needs a slot of Qt
        dialog.show()

    async def _print_on(self, printer: "QPrinter") -> None:
        sheet = self._sheet
        if sheet is None:
            return
        choices, progress = sheet.choices, self._begin()
        labels = export_labels(self._appearance.language)
        try:
            export = await self._services.exporting.export(
                choices.scope.scope,
                PDF,
                choices.choices.options,
                labels,
                title=choices.scope.title,
                report=progress.report,
            )
            await self._print_export(export, printer, names_speakers=choices.format.names_speakers)
        except ExportCancelled:
            self._finish()
            return
        except ChatdeskError as error:
            self._finish(sentence_and_consequence(describe_error(error)))
            return
        except Exception as error:
            self._finish(describe_error(UnexpectedFailure(type(error).__name__)).sentence)
            raise
        sheet.leave()

    async def _print_export(self, export: Export, printer: "QPrinter", *, names_speakers: bool) -> None:
        from chatdesk.features.conversations.ui.exporting.printers import (  # noqa: PLC0415 - a library of its own
            format_of,
            printing_of,
            prints_apart,
        )

        printing = printing_of(printer, names_speakers=names_speakers)
        if prints_apart(printer):
            await print_pages(export, printing)
            return
        paper = format_of(printing, export.options.margins.millimetres)
        pages = Pages(export, self._paper, paper, with_speakers=names_speakers)
        await in_slices(pages.paint_on(printer, printing.first, printing.last, abort=printer.abort))

    def _remember(self) -> None:
        if self._sheet:
            self._services.settings.set(EXPORT_CHOICES, self._sheet.choices.choices.as_text())

    def _begin(self) -> _Progress:
        progress = self._progress = _Progress()
        if self._sheet:
            self._sheet.begin_work()
        self._poll.start()
        return progress

    def _finish(self, failure: str = "") -> None:
        self._poll.stop()
        if self._sheet:
            self._sheet.end_work(failure)

    def _cancel(self) -> None:
        self._progress.is_cancelled = True

    def _show_share(self) -> None:
        if self._sheet:
            self._sheet.show_share(self._progress.share)

    def _end(self) -> None:
        self.has_ended = True
        self._poll.stop()
        if self._previewing:
            self._previewing.cancel()
        self._forget_pages()
        self._sheet = None
        self.deleteLater()
