"""What is typed of presets and not saved yet, kept over a restart as the texts their files would have."""

import json
from contextlib import suppress
from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal

from chatdesk.features.presets.services.presets import Presets
from chatdesk.kernel.errors.preset_errors import PresetInvalid
from chatdesk.kernel.presets.preset import Preset
from chatdesk.kernel.settings.declarations import PRESET_DRAFTS
from chatdesk.kernel.settings.store import Settings

_KEPT_AFTER = 1_000
"""ms after the last change."""


class PresetDrafts(QObject):
    """By the keys of the presets they change. Drafts of the last run are there once the library is read: `restored`."""

    restored = Signal()

    def __init__(self, presets: Presets, settings: Settings, parent: QObject) -> None:
        super().__init__(parent)
        self._presets = presets
        self._settings = settings
        self._drafts: dict[str, Preset] = {}
        self._waiting = _texts(settings.get(PRESET_DRAFTS))
        self._timer = QTimer(self, singleShot=True, interval=_KEPT_AFTER)
        self._timer.timeout.connect(self.keep)
        self.destroyed.connect(presets.changes.subscribe(lambda _change: self._restore()))
        self._restore()

    def get(self, key: str) -> Preset | None:
        """Return what is typed of a preset."""
        return self._drafts.get(key)

    def put(self, key: str, draft: Preset) -> None:
        """Hold what is typed."""
        self._drafts[key] = draft
        self._timer.start()

    def pop(self, key: str) -> Preset | None:
        """Hold it no longer."""
        if key in self._drafts:
            self._waiting.pop(key, None)
            self._timer.start()
        return self._drafts.pop(key, None)

    def keep(self) -> None:
        """Write down what is held, if it is other than what was written last."""
        self._timer.stop()
        texts = self._waiting | {key: self._presets.written(draft) for key, draft in self._drafts.items()}
        self._settings.set(PRESET_DRAFTS, json.dumps(texts, ensure_ascii=False) if texts else "")

    def _restore(self) -> None:
        """Take up drafts of the last run whose presets are there by now."""
        found = {key: preset for key in self._waiting if (preset := self._presets.find(key))}
        before = len(self._waiting)
        for key, preset in found.items():
            with suppress(PresetInvalid):  # it stays among those that wait: a later version may read it
                draft = self._presets.read_version(preset.id, self._waiting[key])
                del self._waiting[key]
                self._drafts.setdefault(key, replace(draft, origin=preset.origin, replaces=preset.replaces))
        if len(self._waiting) < before:
            self.restored.emit()


def _texts(kept: str) -> dict[str, str]:
    try:
        texts = json.loads(kept) if kept else {}
    except ValueError:
        return {}
    return {str(key): text for key, text in texts.items() if isinstance(text, str)} if isinstance(texts, dict) else {}
