"""Translation page, next to the sidebar: connects bars, rows and glossary with the services."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent, QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QMenu, QStackedWidget, QVBoxLayout, QWidget

from chatdesk.features.models.ui.picker.model_picker import ModelPicker
from chatdesk.features.models.ui.picker.page_model import PageModel
from chatdesk.features.servers.services.models import Models
from chatdesk.features.servers.services.servers import Servers
from chatdesk.features.translation.domain.document import RowStatus, TranslationRow
from chatdesk.features.translation.domain.language import language_named, language_of
from chatdesk.features.translation.domain.tally import RowStatistics
from chatdesk.features.translation.services.translation import Translation
from chatdesk.features.translation.services.translation_session import SessionChanged, TranslationSession
from chatdesk.features.translation.ui.glossary_view import GlossaryView
from chatdesk.features.translation.ui.row_view import RowContent
from chatdesk.features.translation.ui.rows_presenter import RowsPresenter, RowsToCheck
from chatdesk.features.translation.ui.rows_view import RowsView
from chatdesk.features.translation.ui.sentence_versions import SentenceVersions
from chatdesk.features.translation.ui.translation_bar import TranslationBar, TranslationFooter, TranslationHeader
from chatdesk.features.translation.ui.translation_files import SaveAs, TranslationFiles
from chatdesk.features.translation.ui.translation_texts import language_name, note_for_model
from chatdesk.kernel.chat.applied_presets import AppliedPreset
from chatdesk.kernel.errors.base import ChatdeskError
from chatdesk.kernel.errors.storage_errors import FileNewer
from chatdesk.kernel.presets.preset import Preset
from chatdesk.kernel.settings.declarations import DESK_MODEL, DESK_SERVER
from chatdesk.kernel.settings.store import Settings
from chatdesk.ui_kit.errors.wording_types import NextStep
from chatdesk.ui_kit.shortcuts import CommandId
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.live_icon import live_icon
from chatdesk.ui_kit.tasks import Tasks
from chatdesk.ui_kit.text.counts import counted

# The page's menu: open a file, undo, redo, translate again, clear.

Callback = Callable[[], object]


def open_translation_menu(
    appearance: Appearance,
    under: QWidget,
    session: TranslationSession,
    open_file: Callback,
    again: Callback,
    clear: Callback,
    undo: Callback,
    redo: Callback,
) -> None:
    """Open the menu under its button; it is deleted when it is closed."""
    menu = QMenu(under.window())
    menu.setObjectName("deskActions")
    menu.aboutToHide.connect(menu.deleteLater)

    def add(icon: str, text: str, callback: Callback, keys: str = "", *, enabled: bool = True) -> None:
        action: QAction = menu.addAction(live_icon(appearance, icon, "textSecondary"), text)
        action.triggered.connect(lambda _checked: callback())
        action.setEnabled(enabled)
        action.setShortcut(QKeySequence(keys))
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.setShortcutVisibleInContextMenu(True)

    translate = QCoreApplication.translate
    add("file-up", translate("TranslationDesk", "Open text file…"), open_file)
    add("undo-2", translate("TranslationDesk", "Undo"), undo, "Ctrl+Z", enabled=session.can_undo)
    add("rotate-cw", translate("TranslationDesk", "Redo"), redo, "Ctrl+Shift+Z", enabled=session.can_redo)
    menu.addSeparator()
    has_results = any(row.result for row in session.document.rows)
    add("refresh-cw", translate("TranslationDesk", "Translate everything again"), again, enabled=has_results)
    has_text = any(row.segment.text for row in session.document.rows)
    add("trash-2", translate("TranslationDesk", "Clear"), clear, enabled=has_text)
    menu.popup(under.mapToGlobal(under.rect().bottomLeft()))


_UPDATE_INTERVAL = 33
"""Milliseconds between two updates of the text being written, as in the transcript."""
_CONTROL, _SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


class TranslationPage(QWidget):
    """Page with the source text and its translation. `open` shows it with a preset.

    `tasks` reports errors; `notified` requests toasts.
    """

    closed = Signal()
    notified = Signal(str, object)
    """A sentence, and the function that undoes what it reports; None if it cannot be undone."""
    servers_requested = Signal(str)
    """The ID of the server whose settings are to be shown; empty for all servers."""

    def __init__(
        self,
        appearance: Appearance,
        translation: Translation,
        models: Models,
        servers: Servers,
        settings: Settings,
        tasks: Tasks,
        save_as: SaveAs,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._tasks = tasks
        self._translation = translation
        self._session = self._translation.session
        picker = ModelPicker(appearance)
        picker.setObjectName("deskModel")
        self.header = TranslationHeader(appearance, picker, self)
        picker.add_server_requested.connect(lambda: self.servers_requested.emit(""))
        self._picker = picker
        self._models = PageModel(picker, models, servers, settings, (DESK_SERVER, DESK_MODEL), tasks)
        self._bar = TranslationBar(appearance, self)
        self._rows_presenter = RowsPresenter(self._translation)
        self._rows = RowsView(appearance, self._content, self)
        self._rows.setObjectName("deskRows")
        self._footer = TranslationFooter(appearance, self)
        self._glossary = GlossaryView(appearance, self)
        self._versions = SentenceVersions(appearance, self._rows, self._translation, self._models, tasks, self)
        self._files = TranslationFiles(self, settings, self._translation, tasks, save_as)
        self._pages = QStackedWidget(self)
        session = QWidget(self)
        layout = QVBoxLayout(session)
        layout.addWidget(self._bar)
        layout.addWidget(self._rows, 1)
        layout.addWidget(self._footer)
        self._pages.addWidget(session)
        self._pages.addWidget(self._glossary)
        outer = QVBoxLayout(self)
        outer.addWidget(self.header)
        outer.addWidget(self._pages)
        for each in (layout, outer):
            each.setContentsMargins(0, 0, 0, 0)
            each.setSpacing(0)
        self._changed_rows: frozenset[int] = frozenset()
        self._needs_reset = True
        self._statistics = RowStatistics()
        self._to_check = RowsToCheck(self._session, tasks, self._show_bars)
        self._was_running = False
        self._timer = QTimer(self, singleShot=True, interval=_UPDATE_INTERVAL)
        self._timer.timeout.connect(self._show)
        self.setAutoFillBackground(True)
        self.setAcceptDrops(True)
        self._connect()
        self._retranslate()

    def open(self, preset: Preset | None = None, values: Mapping[str, str] | None = None) -> None:
        """Show the page with its stored text. A preset determines the prompt; its values may name the languages."""
        self._tasks.start(self._open(preset, values or {}), "open the translator")

    def end(self) -> None:
        """Save pending edits, and stop listening to the services."""
        self._rows.commit()
        self._timer.stop()
        for end in (*self._end_listening, self._models.end):
            end()

    async def _open(self, preset: Preset | None, values: Mapping[str, str]) -> None:
        newer: FileNewer | None = None
        try:
            await self._session.load()
        except FileNewer as error:  # the page starts empty, but with its terms
            newer = error
            await self._session.load()
        if preset:
            self._translation.preset = AppliedPreset.of(preset, values)
        source, target = (language_named(values.get(name, "")) for name in ("from", "to"))
        if source or target:
            self._session.set_languages(
                source.code if source else self._session.document.source,
                target.code if target else self._session.target,
            )
        self._session.ensure_row()
        self._show()
        if self.isVisible():
            self._rows.setFocus(Qt.FocusReason.TabFocusReason)
        if newer:
            raise newer

    def _connect(self) -> None:
        bar, rows, glossary, session = self._bar, self._rows, self._glossary, self._session
        self.header.parent_requested.connect(self.closed)
        bar.languages_chosen.connect(session.set_languages)
        bar.swap_requested.connect(self._swap)
        self.header.glossary_requested.connect(self._open_glossary)
        self.header.menu_requested.connect(self._open_menu)
        bar.copy_requested.connect(self._copy)
        bar.save_requested.connect(self._files.save)
        rows.source_written.connect(self._source_written)
        rows.result_written.connect(lambda number, text, _done: session.edit_result(number, text))
        rows.acted.connect(self._run_action)
        rows.file_offered.connect(self._files.open)
        rows.versions_requested.connect(self._versions.open)
        rows.current_changed.connect(self._update_footer)
        rows.left.connect(lambda forward: self._footer.focus_start() if forward else bar.focus_end())
        self._footer.translate_requested.connect(self.translate)
        self._footer.stop_requested.connect(self.stop)
        self._footer.clear_requested.connect(self._clear)
        self._footer.versions_requested.connect(self._versions.open)
        self._footer.retry_requested.connect(lambda: self._retry(rows.current))
        self._versions.replaced.connect(lambda: self._offer_undo(self.tr("The sentence was replaced.")))
        glossary.closed.connect(self._close_glossary)
        glossary.import_requested.connect(lambda: self._files.import_terms(glossary.table))
        glossary.export_requested.connect(lambda: self._files.export_terms(glossary.table.terms))
        glossary.table.changed.connect(self._keep_terms)
        self._files.opened.connect(lambda: self._offer_undo(self.tr("The text was replaced.")))
        self._models.changed.connect(self._show_bars)
        self._end_listening = (
            session.changes.subscribe(self._on_page),
            session.failures.subscribe(self._report),
            self._translation.changes.subscribe(lambda _change: self._on_translation()),
        )

    # User actions.

    def translate(self) -> None:
        """Translate all waiting rows."""
        self._rows.commit()
        if self._session.same_language:
            return  # the footer says why
        if model := self._models.chosen:
            self._rows.follows = True
            self._translation.translate(model.ref)
        else:
            self._picker.open_popup()

    def stop(self) -> None:
        """Stop translating."""
        self._tasks.start(self._translation.stop(), "stop translating")

    def _retry(self, number: int) -> None:
        """Translate a row again with a note on its problems. The user's own text in it can be restored."""
        self._rows.commit()
        row = self._session.row(number)
        if row is None or not row.segment.translatable:
            return
        if model := self._models.chosen:
            self._translation.retry(model.ref, number, note_for_model(self._session.problems(row)))
            if row.own:
                self._offer_undo(self.tr("Your edits were replaced."))
        else:
            self._picker.open_popup()

    def _run_action(self, number: int, action_id: str) -> None:
        if action_id == NextStep.RETRY:
            self._retry(number)
        elif action_id == NextStep.CHOOSE_MODEL:
            self._picker.open_popup()
        else:
            model = self._models.chosen
            self.servers_requested.emit(model.ref.server_id if model else "")

    def _swap(self) -> None:
        self._tasks.start(self._swapped(), "swap")

    async def _swapped(self) -> None:
        self._rows.commit()
        await self._translation.stop()
        self._session.swap()

    def _undo(self, *, again: bool = False) -> None:
        self._tasks.start(self._undone(again), "undo")

    async def _undone(self, again: bool) -> None:
        await self._translation.stop()
        (self._session.redo if again else self._session.undo)()
        self._session.ensure_row()

    def _copy(self) -> None:
        self._rows.commit()
        QGuiApplication.clipboard().setText(self._session.document.result_text)
        self.notified.emit(self.tr("Translation copied to the clipboard."), None)

    def _clear(self) -> None:
        self._tasks.start(self._cleared(), "empty the desk")

    async def _cleared(self) -> None:
        await self._translation.stop()
        self._session.clear()
        self._session.ensure_row()
        self._offer_undo(self.tr("The translator was cleared."))

    def _open_menu(self) -> None:
        redo = partial(self._undo, again=True)
        files, session = self._files, self._session
        open_translation_menu(
            self._appearance, self.header.menu, session, files.ask, self._translate_again, self._clear, self._undo, redo
        )

    def _translate_again(self) -> None:
        self._rows.commit()
        self._session.forget_results()
        self.translate()

    def _offer_undo(self, text: str) -> None:
        self.notified.emit(text, self._undo)

    def _report(self, error: ChatdeskError) -> None:
        async def failed() -> None:
            raise error

        self._tasks.start(failed(), "keep the desk")

    def _source_written(self, number: int, text: str, done: bool) -> None:
        try:
            self._session.edit_source(number, text, cut=done)
        except ChatdeskError as error:
            self._report(error)

    # The glossary.

    def _open_glossary(self) -> None:
        self._tasks.start(self._show_glossary(), "open the glossary")

    async def _show_glossary(self) -> None:
        source, target = self._session.source, self._session.target
        terms = (await self._session.glossaries.load(source, target)).terms
        self._glossary.show_pair(source, target)
        self._glossary.table.show_terms(terms)
        self._pages.setCurrentWidget(self._glossary)
        if self.isVisible():
            self._glossary.focus()

    def _close_glossary(self) -> None:
        self._pages.setCurrentIndex(0)
        self._rows.setFocus(Qt.FocusReason.TabFocusReason)

    def _keep_terms(self) -> None:
        terms = self._glossary.table.terms
        self._tasks.start(
            self._session.glossaries.save(self._session.source, self._session.target, terms), "keep the glossary"
        )

    # Display.

    def _retranslate(self) -> None:
        self.header.set_titles(
            QCoreApplication.translate("Pages", "Presets"), QCoreApplication.translate("Pages", "Translator")
        )
        self._rows.setAccessibleName(self.tr("Source and translation, row by row"))

    def _content(self, row: TranslationRow, position: int) -> RowContent:
        content = self._rows_presenter.content(row, position)
        if len(self._session.document.rows) == 1:
            hint = self.tr("Write or paste the text, or drop a file")
            return replace(content, placeholder=hint)
        return content

    def _on_page(self, change: SessionChanged) -> None:
        self._changed_rows |= change.rows
        self._needs_reset |= change.whole
        if not self._timer.isActive():
            self._timer.start()

    def _on_translation(self) -> None:
        self._changed_rows |= self._rows_presenter.busy | self._translation.working
        if not self._timer.isActive():
            self._timer.start()

    def _show(self) -> None:
        """Show the changes since the last call."""
        changed, self._changed_rows = self._changed_rows, frozenset()
        whole, self._needs_reset = self._needs_reset, False
        self._rows_presenter.busy = self._translation.working
        rows = self._session.document.rows
        if whole:
            self._statistics = RowStatistics(rows)
            self._rows.show_rows(rows)
            self._to_check.reset(rows)
        else:
            updated = self._rows.update_rows(rows, changed)
            self._statistics.update(updated)
            self._to_check.update(updated)
        if self._translation.working:
            self._rows.follow(max(self._translation.working))
        self._show_bars()

    def _show_bars(self) -> None:
        session, running = self._session, self._translation.running
        if self._was_running and not running:
            self._announce_end()
        self._was_running = running
        document = session.document
        done, all_rows = self._statistics.done, self._statistics.translatable
        self._bar.show_languages(document.source, document.target, session.detected)
        spaced = (language := language_of(session.source)) is None or language.spaced
        self._bar.show_count(self._statistics.words if spaced else 0, self._statistics.characters)
        self._bar.set_has_result(has_result=self._statistics.has_results)
        self.header.show_terms(len(session.glossary.terms), enabled=bool(session.source))
        self._footer.show_warning(self._warning_text())
        self._footer.show_progress(
            self._rows_presenter.progress_text(done, all_rows, self._models.chosen),
            done / all_rows if all_rows else 0,
            running=running,
        )
        self._update_footer()

    def _announce_end(self) -> None:
        """Announce the end of the translation to screen readers, or with a toast if another page is shown."""
        text = self._rows_presenter.progress_text(self._statistics.done, self._statistics.translatable, None)
        if self.isVisible():
            from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent  # noqa: PLC0415 - as in the toast

            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))
        else:
            self.notified.emit(self.tr("Translator: {progress}").format(progress=text), None)

    def _update_footer(self) -> None:
        row = self._session.row(self._rows.current)
        translatable = row is not None and row.status is not RowStatus.VERBATIM
        can_work = not self._session.same_language
        self._footer.set_available(
            work=self._statistics.has_work and can_work,
            text=self._statistics.translatable > 0 and self._statistics.characters > 0,
            versions=bool(translatable and row and row.result),
            retry=translatable and can_work,
        )

    def _warning_text(self) -> str:
        if self._session.same_language:
            return self.tr("The text is already in {language}. Choose another language.").format(
                language=language_name(self._session.target)
            )
        if count := self._to_check.count:
            return counted(lambda number: self.tr("%n to check", "", number), count)
        return ""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < self._appearance.theme.length("sidebarOverlaysBelow")
        self.header.set_compact(compact=narrow)
        self._footer.set_compact(compact=narrow)

    # Files and keys.

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open the dropped file for translation. The drop is a copy, so that the source keeps the file."""
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        files = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if files:
            self._files.open(files[0])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Handle the shortcuts for translating, versions, undo, saving and closing."""
        key, modifiers = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        enter = key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if enter and modifiers == _CONTROL:
            self.translate()
        elif enter and modifiers == _CONTROL | _SHIFT:
            self._retry(self._rows.current)
        elif key == Qt.Key.Key_Period and modifiers == _CONTROL:
            self._versions.open()
        elif event.matches(QKeySequence.StandardKey.Undo):
            self._undo()
        elif event.matches(QKeySequence.StandardKey.Redo):
            self._undo(again=True)
        elif event.matches(QKeySequence.StandardKey.Save):
            self._files.save()
        elif self._appearance.shortcuts.command_of(event) == CommandId.COPY_LAST_ANSWER:
            self._copy()
        elif key == Qt.Key.Key_Escape and self._translation.running:
            self.stop()
        elif key == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._needs_reset = True
            self._retranslate()
            self._models.show()
            self._timer.start()
        super().changeEvent(event)
