"""Actions on presets of the library: create, copy, mark, reorder, delete and restore."""

from collections.abc import Coroutine, Sequence
from typing import Any

from PySide6.QtCore import QObject, Signal

from chatdesk.features.presets.domain.library_filters import LibraryEntry
from chatdesk.features.presets.services.presets import DeletedPresets, Presets
from chatdesk.kernel.presets.preset import MAX_PRESET_NAME_LENGTH, PresetOrigin
from chatdesk.ui_kit.tasks import Tasks

_MAX_COPIED_NAME_LENGTH = MAX_PRESET_NAME_LENGTH - 20
"""Maximum characters of a name in the name of its copy, in any language."""


class PresetActions(QObject):
    """All methods return immediately; the library announces the changes."""

    created = Signal(str)
    """The key of a new preset, whose name is to be edited."""
    restored = Signal(str)
    """The key of a restored preset to show."""
    undo_offered = Signal(str, object)

    def __init__(self, presets: Presets, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._presets = presets
        self._tasks = tasks

    def duplicate(self, entries: Sequence[LibraryEntry]) -> None:
        """Create user copies of presets under other names."""

        async def duplicate() -> None:
            for entry in entries:
                name = self.tr("{name} (copy)").format(name=entry.preset.name[:_MAX_COPIED_NAME_LENGTH])
                created = await self._presets.duplicate(entry.key, name)
            self.created.emit(created.key)

        if entries:
            self._start(duplicate(), "copy presets")

    def mark(self, keys: Sequence[str], *, favourite: bool) -> None:
        """Mark or unmark presets as favorites."""
        self._start(self._presets.set_favourite(list(keys), favourite=favourite), "mark favourites")

    def set_order(self, keys: Sequence[str]) -> None:
        """Set the custom order of the presets."""
        self._start(self._presets.set_order(list(keys)), "order presets")

    def delete(self, entries: Sequence[LibraryEntry]) -> None:
        """Delete the user presets among these, and offer to undo it. A built-in preset that was replaced is shown again."""
        own = [entry for entry in entries if entry.is_own]

        async def delete() -> None:
            deleted = await self._presets.delete([entry.key for entry in own])
            name = own[0].preset.name
            message = self.tr("{name} was deleted").format(name=name)
            if len(own) > 1:
                message = self.tr("%n presets were deleted", "", len(own))
            elif replaced := own[0].preset.replaces:
                message = self.tr("{name} was reset to the built-in preset").format(name=name)
                self.restored.emit(f"{PresetOrigin.BUILT_IN}:{replaced}")
            self.undo_offered.emit(message, lambda: self._start(self._restore(deleted), "restore presets"))

        if own:
            self._start(delete(), "delete presets")

    async def _restore(self, deleted: DeletedPresets) -> None:
        await self._presets.restore(deleted)
        if deleted.states:
            self.restored.emit(next(iter(deleted.states)))

    def _start(self, work: Coroutine[Any, Any, object], name: str) -> None:
        self._tasks.start(work, name)
