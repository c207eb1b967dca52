"""Versions of the shown artifact: their names and origins, comparing two of them, and restoring an old one."""

import asyncio
from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from chatdesk.features.previews.domain.artifact import Artifact
from chatdesk.features.previews.domain.difference_rows import rows_of
from chatdesk.features.previews.domain.preview_item import CodeFile
from chatdesk.features.previews.ui.open_tabs import PreviewTab
from chatdesk.features.previews.ui.panel.preview_panel import PreviewPanel
from chatdesk.features.previews.ui.runnable_code import Runnable
from chatdesk.features.previews.ui.runnable_finder import RunnableFinder
from chatdesk.features.previews.ui.versions.version_list import VersionRow
from chatdesk.ui_kit.tasks import Tasks
from chatdesk.ui_kit.text.counts import moment_text
from chatdesk.ui_kit.text.safe_text import plain_line


class VersionPresenter(QObject):
    """Edited versions are stored beside the messages; the chat is not changed. `created`: a version was created and must be shown."""

    created = Signal(PreviewTab, Runnable)
    restored = Signal(PreviewTab, Runnable, Runnable)
    """A version was restored: its tab, the new version, and the version that was shown before."""

    def __init__(self, finder: RunnableFinder, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._finder = finder
        self._tasks = tasks

    def rows(self, versions: Sequence[Runnable]) -> list[VersionRow]:
        """Return the list rows of versions, given oldest first."""
        return [
            VersionRow(
                self.tr("Version {number}").format(number=number),
                moment_text(version.made_at),
                self._origin(version),
                own=bool(version.number),
            )
            for number, version in enumerate(versions, 1)
        ]

    def compare(self, panel: PreviewPanel, tab: PreviewTab, version: int, base: int) -> None:
        """Show the differences between two versions in the panel."""
        if 0 <= base < len(tab.versions) and 0 <= version < len(tab.versions):
            old, new = tab.versions[base], tab.versions[version]
            self._tasks.start(self._compare(panel, (old, new), (version, base)), "compare versions")

    async def _compare(self, panel: PreviewPanel, pair: tuple[Runnable, Runnable], indexes: tuple[int, int]) -> None:
        old, new = (files_of(each.artifact) for each in pair)
        found = await asyncio.to_thread(rows_of, old, new)
        panel.versions.show_differences(*indexes, found)

    def restore(self, tab: PreviewTab, version: int) -> None:
        """Restore a version by adding a copy as the newest one."""
        if 0 <= version < len(tab.versions) - 1:
            self._tasks.start(self._restore(tab, version), "restore a version")

    async def _restore(self, tab: PreviewTab, version: int) -> None:
        before, old = tab.shown, tab.versions[version]
        new = await self._finder.add_edited(tab.chat, old, files_of(old.artifact), restored=version + 1)
        self.created.emit(tab, new)
        self.restored.emit(tab, new, before)

    def change(self, tab: PreviewTab, files: Sequence[CodeFile]) -> None:
        """Create a version from code that the user edited."""
        self._tasks.start(self._change(tab, files), "run changed code")

    async def _change(self, tab: PreviewTab, files: Sequence[CodeFile]) -> None:
        self.created.emit(tab, await self._finder.add_edited(tab.chat, tab.shown, files))

    def _origin(self, version: Runnable) -> str:
        if version.restored:
            return self.tr("Version {number}, restored by you").format(number=version.restored)
        if version.number:
            return self.tr("Changed by you")
        question = plain_line(self._finder.question_text(version.question))
        return self.tr("Answer to “{question}”").format(question=question) if question else self.tr("Answer")


def files_of(artifact: Artifact) -> tuple[CodeFile, ...]:
    """Return the files of an artifact as the panel shows them."""
    return tuple(CodeFile(file.name, file.text, file.name.rpartition(".")[2]) for file in artifact.files)
