"""Presenter for editing: keeps one draft per preset until it is saved, even while another preset is shown.

A built-in preset is saved as a user copy that replaces it, a user preset as its next version.
"""

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal

from chatdesk.features.presets.domain.library_filters import LibraryEntry
from chatdesk.features.presets.domain.preset_state import PresetState
from chatdesk.features.presets.services.presets import Presets
from chatdesk.features.presets.ui.library.detail_pane import DetailPane, is_large
from chatdesk.features.presets.ui.library.problem_texts import describe_problem
from chatdesk.features.presets.ui.versions.version_presenter import VersionPresenter
from chatdesk.kernel.errors.preset_errors import BrokenPreset, PresetInvalid
from chatdesk.kernel.presets.preset import Preset, PresetOrigin
from chatdesk.kernel.settings.declarations import PRESET_DRAFTS
from chatdesk.kernel.settings.store import Settings
from chatdesk.ui_kit.tasks import Tasks
from chatdesk.ui_kit.text.open_link import open_folder

_NEW = Preset("", PresetOrigin.OWN, "")
"""A preset that has no file yet."""
_STORE_DELAY = 500
"""Milliseconds from a change to its saving, however long the typing goes on."""


class PresetDrafts(QObject):
    """Unsaved edits by preset key, stored across restarts as the texts of preset files.

    Drafts of the last run are available once the library is loaded: `restored`.
    """

    restored = Signal()

    def __init__(self, presets: Presets, settings: Settings, parent: QObject) -> None:
        super().__init__(parent)
        self._presets = presets
        self._settings = settings
        self._drafts: dict[str, Preset] = {}
        self._unrestored = _texts(settings.get(PRESET_DRAFTS))
        self._timer = QTimer(self, singleShot=True, interval=_STORE_DELAY)
        self._timer.timeout.connect(self.save_drafts)
        self.destroyed.connect(presets.changes.subscribe(lambda _change: self._restore()))
        self._restore()

    def get(self, key: str) -> Preset | None:
        """Return the draft of a preset; None if it has none."""
        return self._drafts.get(key)

    def put(self, key: str, draft: Preset) -> None:
        """Set the draft of a preset."""
        self._drafts[key] = draft
        self._schedule_save()

    def pop(self, key: str) -> Preset | None:
        """Remove and return the draft of a preset."""
        if key in self._drafts:
            self._unrestored.pop(key, None)
            self._schedule_save()
        return self._drafts.pop(key, None)

    def _schedule_save(self) -> None:
        if not self._timer.isActive():
            self._timer.start()

    def save_drafts(self) -> None:
        """Store the drafts in the settings."""
        self._timer.stop()
        texts = self._unrestored | {key: self._presets.file_text(draft) for key, draft in self._drafts.items()}
        self._settings.set(PRESET_DRAFTS, json.dumps(texts, ensure_ascii=False) if texts else "")

    def _restore(self) -> None:
        """Restore drafts of the last run whose presets have been loaded."""
        found = {
            key: preset
            for key in self._unrestored
            if (preset := _NEW if key == _NEW.key else self._presets.find(key)) is not None
        }
        before = len(self._unrestored)
        for key, preset in found.items():
            with suppress(PresetInvalid):  # it is kept because a later version may be able to parse it
                draft = self._presets.read_version(preset.id, self._unrestored[key])
                del self._unrestored[key]
                self._drafts.setdefault(key, replace(draft, origin=preset.origin, replaces=preset.replaces))
        if len(self._unrestored) < before:
            self.restored.emit()


def _texts(kept: str) -> dict[str, str]:
    try:
        texts = json.loads(kept) if kept else {}
    except ValueError:
        return {}
    return {str(key): text for key, text in texts.items() if isinstance(text, str)} if isinstance(texts, dict) else {}


class EditPresenter(QObject):
    """`drafts_changed`: the list must be updated."""

    preset_shown = Signal(object)
    """The preset with its unsaved edits."""
    drafts_changed = Signal()
    undo_offered = Signal(str, object)
    used = Signal(str)
    """The key of a preset to start a chat with."""
    saved_as = Signal(str)
    """The key of the saved preset, which may be a new one."""

    def __init__(self, presets: Presets, settings: Settings, detail: DetailPane, tasks: Tasks) -> None:
        super().__init__(detail)
        self._presets = presets
        self._detail = detail
        self._tasks = tasks
        self._entry: LibraryEntry | None = None
        self._drafts = PresetDrafts(presets, settings, self)
        self._drafts.restored.connect(self.drafts_changed)
        self._newest_versions: dict[str, int] = {}
        """Numbers of the newest versions by preset key, as far as known."""
        self._versions = VersionPresenter(presets, detail.versions, tasks)
        self._versions.undo_offered.connect(self.undo_offered)
        detail.editor.head.use_requested.connect(self.use)
        detail.editor.head.versions_requested.connect(self.show_versions)
        detail.editor.edited.connect(self._edited)
        detail.editor.bar.discarded.connect(self._discard)
        detail.editor.bar.saved.connect(self.save)
        detail.broken.saved.connect(self._repair)
        detail.broken.folder_requested.connect(lambda: open_folder(presets.folder))
        detail.large.folder_requested.connect(lambda: open_folder(presets.folder))
        self.destroyed.connect(presets.changes.subscribe(lambda _change: self._newest_versions.clear()))

    def save_drafts(self) -> None:
        """Store unsaved edits."""
        self._drafts.save_drafts()

    @property
    def shows_new(self) -> bool:
        """Whether a preset is shown that has no file yet."""
        return self._detail.key == _NEW.key

    def show_new(self, category: str) -> None:
        """Show the preset that has no file yet, with what has been written into it."""
        self.show(LibraryEntry(replace(_NEW, category=category), PresetState()))

    def use(self) -> None:
        """Start a chat with the current preset as it is on the screen: unsaved edits are saved first."""
        if self._entry is None:
            return
        draft = self._drafts.get(self._entry.key)
        if draft is None:
            self.used.emit(self._entry.key)
        elif self._detail.editor.bar.can_save:
            self._tasks.start(self._save_and_use(self._entry.key, draft), "save and use a preset")

    async def _save_and_use(self, key: str, draft: Preset) -> None:
        if saved := await self._save(key, draft):
            self.used.emit(saved)

    def draft(self, key: str) -> Preset | None:
        """Return a preset with its unsaved edits; None if it has none."""
        return self._drafts.get(key)

    def show(self, entry: LibraryEntry) -> None:
        """Show a preset with its unsaved edits."""
        # A draft written here can also be shortened here.
        if self._drafts.get(entry.key) is None and is_large(entry.preset):
            self._entry = None
            self._detail.show_large(entry.key, entry.preset)
            return
        before, self._entry = self._entry, entry
        shown = self._detail.key == entry.key
        if not shown or before is None or before.preset is not entry.preset:
            draft = self._drafts.get(entry.key)
            same = shown and draft is not None
            self._detail.editor.show_preset(draft or entry.preset, None if same else entry.state.values)
        self._detail.show_editor(entry.key)
        if not shown:
            self.emit_shown()
        self._show_bar()
        if entry.is_own and entry.preset.id and entry.key not in self._newest_versions:
            self._tasks.start(self._count_versions(entry.preset), "count the versions of a preset")

    def emit_shown(self) -> None:
        """Emit the preset that is shown."""
        if self._entry:
            self.preset_shown.emit(self._drafts.get(self._entry.key) or self._entry.preset)

    def show_broken(self, broken: BrokenPreset, is_selected: Callable[[], bool]) -> None:
        """Show a file that cannot be read as a preset, if it is still selected once its text is read."""

        async def show() -> None:
            text = await self._presets.read_text(broken.file)
            if not is_selected():
                return
            self._detail.broken.show_broken(broken, str(self._presets.folder / broken.file), text)
            self._detail.show_broken()

        self._tasks.start(show(), "read a broken preset")

    def show_versions(self) -> None:
        """Show the versions of the current preset if it is a user preset."""
        if self._entry and self._entry.is_own:
            self._versions.show(self._entry.preset)
            self._detail.show_versions()

    def save(self) -> None:
        """Save the edits of the current preset."""
        if self._entry and self._detail.editor.bar.can_save and (draft := self._drafts.get(self._entry.key)):
            self._tasks.start(self._save(self._entry.key, draft), "save a preset")

    async def _save(self, key: str, draft: Preset) -> str:
        """Save a draft and return the key of the preset; an empty text if it cannot be parsed."""
        try:
            saved = await (self._presets.create(draft) if key == _NEW.key else self._presets.save(draft))
        except PresetInvalid as error:  # the edits are kept so that the user can correct them
            message = describe_problem(error.problem, 0, error.detail)
            self._detail.editor.bar.show_state(message, self.tr("Save"), possible=False)
            return ""
        typed = self._drafts.pop(key)
        if typed and typed is not draft:  # edited while it was being saved
            self._drafts.put(saved.key, replace(typed, id=saved.id, origin=saved.origin, replaces=saved.replaces))
        self.drafts_changed.emit()
        self.saved_as.emit(saved.key)
        return saved.key

    def _edited(self) -> None:
        if self._entry is None:
            return
        key, written = self._entry.key, self._detail.editor.preset()
        before = self._drafts.get(key)
        if written == self._entry.preset:
            self._drafts.pop(key)
        else:
            self._drafts.put(key, written)
        self._show_bar()
        seen = before or self._entry.preset
        if (before is None) != (self._drafts.get(key) is None) or _in_list(seen) != _in_list(written):
            self.drafts_changed.emit()

    def _discard(self) -> None:
        if self._entry:
            self._drafts.pop(self._entry.key)
            self._detail.editor.show_preset(self._entry.preset, self._entry.state.values)
            self._show_bar()
            self.drafts_changed.emit()

    async def _count_versions(self, preset: Preset) -> None:
        versions = await self._presets.versions(preset.id)
        self._newest_versions[preset.key] = versions[-1].number if versions else 0
        self._show_bar()

    def _show_bar(self) -> None:
        bar, entry = self._detail.editor.bar, self._entry
        draft = self._drafts.get(entry.key) if entry else None
        if entry and not self._detail.editor.is_valid:
            message = self.tr("A model setting has an invalid value.")
            bar.show_state(message, self.tr("Save"), possible=False)
        elif entry is None or draft is None:
            bar.show_state("", "")
        elif not draft.name:
            bar.show_state(self.tr("A preset needs a name."), self.tr("Save"), possible=False)
        elif not any(text.strip() for text in (draft.prompt, draft.question, draft.greeting)):
            message = self.tr("A preset needs a prompt, an opening message or a greeting.")
            bar.show_state(message, self.tr("Save"), possible=False)
        elif entry.preset.origin is PresetOrigin.BUILT_IN:
            bar.show_state(self.tr("Not saved. The built-in preset is unchanged."), self.tr("Save as my copy"))
        else:
            newest = self._newest_versions.get(entry.key, 0)
            kept = (
                self.tr("Not saved. Version {number} is unchanged.").format(number=newest)
                if newest
                else self.tr("Not saved.")
            )
            save = self.tr("Save as version {number}").format(number=newest + 1) if newest else self.tr("Save")
            bar.show_state(kept, save)
        can_use = bar.can_save if draft else bool(entry and entry.preset.id)
        self._detail.editor.head.show_use(saves=draft is not None, possible=can_use)

    def _repair(self, text: str) -> None:
        file = self._detail.broken.file
        preset_id = file.removesuffix(".md")

        async def repair() -> None:
            try:
                await self._presets.save_text(preset_id, text)
            except PresetInvalid as error:
                self._detail.broken.show_problem(BrokenPreset(file, error.problem, error.line, error.detail))
                return
            self.saved_as.emit(f"{PresetOrigin.OWN}:{preset_id}")

        self._tasks.start(repair(), "repair a preset")


def _in_list(preset: Preset) -> tuple[str, str, str, str]:
    return preset.name, preset.description, preset.icon, preset.category
