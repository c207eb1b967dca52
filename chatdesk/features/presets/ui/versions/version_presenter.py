"""Presenter for the versions of the current preset: texts of the list, comparison, and restoring."""

import asyncio

from PySide6.QtCore import QObject, Signal

from chatdesk.features.presets.domain.preset_state import PresetVersion
from chatdesk.features.presets.services.presets import Presets
from chatdesk.features.presets.ui.versions.versions_pane import VersionsPane
from chatdesk.features.previews.domain.difference_rows import rows_of
from chatdesk.features.previews.domain.preview_item import CodeFile
from chatdesk.features.previews.ui.versions.version_list import VersionRow
from chatdesk.kernel.context.token_estimate import estimate_tokens
from chatdesk.kernel.presets.preset import Preset
from chatdesk.ui_kit.tasks import Tasks
from chatdesk.ui_kit.text.counts import moment_text


class VersionPresenter(QObject):
    """Restoring a version adds it as the newest one, so nothing is lost."""

    undo_offered = Signal(str, object)

    def __init__(self, presets: Presets, pane: VersionsPane, tasks: Tasks) -> None:
        super().__init__(pane)
        self._presets = presets
        self._pane = pane
        self._tasks = tasks
        self._preset: Preset | None = None
        self._versions: tuple[PresetVersion, ...] = ()
        pane.view.compare_requested.connect(self._compare)
        pane.view.restore_requested.connect(self._restore)
        self.destroyed.connect(presets.changes.subscribe(lambda _change: self._refresh()))

    def show(self, preset: Preset) -> None:
        """Show the versions of a user preset."""
        self._preset = preset
        self._pane.set_name(preset.name)
        self._tasks.start(self._show(preset), "list the versions of a preset")

    async def _show(self, preset: Preset) -> None:
        versions = await self._presets.versions(preset.id)
        if self._preset is preset:
            self._versions = versions
            self._pane.view.show_versions([self._row(version) for version in versions], len(versions) - 1)

    def _refresh(self) -> None:
        if self._preset and self._pane.isVisible() and (preset := self._presets.find(self._preset.key)):
            self.show(preset)

    def _row(self, version: PresetVersion) -> VersionRow:
        name = self.tr("Version {number}").format(number=version.number)
        tokens = self.tr("about %n token(s)", "", estimate_tokens(version.text))
        return VersionRow(name, moment_text(version.saved_at), tokens, own=True)

    def _compare(self, version: int, base: int) -> None:
        if 0 <= base < len(self._versions) and 0 <= version < len(self._versions):
            self._tasks.start(self._differences(version, base), "compare versions of a preset")

    async def _differences(self, version: int, base: int) -> None:
        old, new = ((CodeFile("preset", self._versions[each].text, "markdown"),) for each in (base, version))
        self._pane.view.show_differences(version, base, await asyncio.to_thread(rows_of, old, new))

    def _restore(self, number: int) -> None:
        if self._preset and 0 <= number < len(self._versions) - 1:
            self._tasks.start(
                self._restore_version(self._preset, self._versions[number]), "restore a version of a preset"
            )

    async def _restore_version(self, preset: Preset, version: PresetVersion) -> None:
        before = self._presets.text_of(preset.key)
        await self._presets.save_text(preset.id, version.text)
        message = self.tr("Version {number} was restored").format(number=version.number)

        async def undo() -> None:
            await self._presets.save_text(preset.id, before)

        self.undo_offered.emit(message, lambda: self._tasks.start(undo(), "undo restoring a version"))
