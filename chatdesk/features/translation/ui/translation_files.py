"""Files of the translation page: source texts, translations and glossary terms. Disk access does not block the window."""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from pathlib import Path, PurePath

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from chatdesk.features.attachments.services.text_files import read_text
from chatdesk.features.translation.domain.glossary import Term
from chatdesk.features.translation.services.translation import Translation
from chatdesk.features.translation.ui.glossary_table import GlossaryTable
from chatdesk.kernel.settings.declarations import ATTACH_FOLDER
from chatdesk.kernel.settings.store import Settings
from chatdesk.ui_kit.files.file_saver import dialog_folder
from chatdesk.ui_kit.tasks import Tasks

SaveAs = Callable[[str, Mapping[str, str], Callable[[Path], Awaitable[str | bytes]]], object]
"""Opens a dialog for saving: name without extension, file types by extension, and a function that creates the content."""


class TranslationFiles(QObject):
    """Opens and saves files. `opened` is emitted when a file has replaced the previous text."""

    opened = Signal()

    def __init__(
        self, page: QWidget, settings: Settings, translation: Translation, tasks: Tasks, save_as: SaveAs
    ) -> None:
        super().__init__(page)
        self._page = page
        self._settings = settings
        self._translation = translation
        self._session = translation.session
        self._tasks = tasks
        self._save_as = save_as

    def ask(self) -> None:
        """Ask for a text file to translate."""
        kinds = "*.txt *.md *.markdown *.srt *.vtt *.html *.htm *.csv *.tex *.rst *.po"
        self._ask(self.tr("Open text file"), f"{self.tr('Texts')} ({kinds})", self.open)

    def open(self, path: Path) -> None:
        """Load the text of a file."""
        self._tasks.start(self._open(path), "open a text")

    def save(self) -> None:
        """Ask where to save the translation."""
        document = self._session.document
        name = PurePath(document.name)
        ending = name.suffix.removeprefix(".") or "txt"
        kinds = {ending: self.tr("Texts"), **({} if ending == "txt" else {"txt": self.tr("Texts")})}

        async def make(_path: Path) -> str:
            return self._session.document.result_text

        self._save_as(f"{name.stem or self.tr('Translation')}.{document.target}", kinds, make)

    def import_terms(self, table: GlossaryTable) -> None:
        """Ask for a file of terms, and merge them into the table."""

        def import_file(path: Path) -> None:
            self._tasks.start(self._import(path, table), "import terms")

        self._ask(self.tr("Import terms"), f"{self.tr('Tables')} (*.csv *.tsv *.txt)", import_file)

    def export_terms(self, terms: Iterable[Term]) -> None:
        """Ask where to save the terms."""
        content = self._session.glossaries.as_table(terms)

        async def make(_path: Path) -> bytes:
            return content.encode("utf-8-sig")  # without the BOM, spreadsheets assume another encoding

        self._save_as(f"{self._session.source}-{self._session.target}", {"csv": self.tr("Tables")}, make)

    def _ask(self, title: str, kinds: str, import_file: Callable[[Path], object]) -> None:
        dialog = QFileDialog(self._page, title, str(dialog_folder(self._settings.get(ATTACH_FOLDER))))
        dialog.setObjectName("deskFileDialog")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([kinds, self.tr("All files") + " (*)"])
        dialog.fileSelected.connect(lambda name: self._chosen(Path(name), import_file))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _chosen(self, path: Path, import_file: Callable[[Path], object]) -> None:
        self._settings.set(ATTACH_FOLDER, str(path.parent))
        import_file(path)

    async def _open(self, path: Path) -> None:
        text = await read_text(path, keep_line_ends=True)
        had_text = any(row.segment.text for row in self._session.document.rows)
        await self._translation.stop()
        self._session.set_text(text, path.name)
        self._session.ensure_row()
        if had_text:
            self.opened.emit()

    async def _import(self, path: Path, table: GlossaryTable) -> None:
        terms = await self._session.glossaries.read_file(path)
        table.replace_terms(self._session.glossaries.merged(table.terms, terms))
