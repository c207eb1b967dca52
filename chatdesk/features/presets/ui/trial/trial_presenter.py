"""Presenter for trials of the current preset, with its current text or one of its versions."""

import asyncio
from collections.abc import Callable
from contextlib import aclosing

from PySide6.QtCore import QLocale, QObject

from chatdesk.features.chat.ui.transcript.texts import TranscriptTexts
from chatdesk.features.presets.domain.preset_state import PresetVersion
from chatdesk.features.presets.services.preset_services import PresetServices
from chatdesk.features.presets.services.preset_trial import PresetTrials, Trial
from chatdesk.features.presets.ui.editor.preset_editor import PresetEditor
from chatdesk.features.presets.ui.trial.trial_pane import TrialColumn, TrialPane
from chatdesk.kernel.chat.applied_presets import AppliedPreset
from chatdesk.kernel.errors.preset_errors import PresetInvalid
from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.presets.preset import Preset, PresetOrigin
from chatdesk.ui_kit.errors.error_texts import describe_failure, sentence_and_consequence
from chatdesk.ui_kit.tasks import Tasks
from chatdesk.ui_kit.text.counts import counted, listed


class TrialPresenter(QObject):
    """Changing the preset stops running trials and loads its sample; a typed sample is kept while the preset stays the same."""

    def __init__(
        self,
        services: PresetServices,
        editor: PresetEditor,
        pane: TrialPane,
        tasks: Tasks,
        model_in_use: Callable[[], ModelRef | None],
    ) -> None:
        """`model_in_use` returns the model with which trials begin."""
        super().__init__(pane)
        self._model_in_use = model_in_use
        self._services = services
        self._editor = editor
        self._pane = pane
        self._tasks = tasks
        self._trials = PresetTrials(
            services.answers, services.instruction_resolver, services.models.find, services.presets.now
        )
        self._texts = TranscriptTexts(self)
        self._preset: Preset | None = None
        self._versions: tuple[PresetVersion, ...] = ()
        self._running: dict[TrialColumn, asyncio.Task[object]] = {}
        for column in pane.columns:
            column.run_requested.connect(lambda column=column: self._run(column))
            column.stop_requested.connect(lambda column=column: self._stop(column))
        self.destroyed.connect(services.models.changes.subscribe(lambda _change: self._offer_models()))
        self.destroyed.connect(services.presets.changes.subscribe(lambda _change: self._refresh()))

    def show(self, preset: Preset) -> None:
        """Set the preset to try."""
        other = self._preset is None or self._preset.key != preset.key
        self._preset = preset
        if other:
            self.stop()
            self._pane.sample.edit.set_text(preset.sample)
            for column in self._pane.columns:
                column.show_answer("")
                column.show_state("")
        self._offer_models()
        self._tasks.start(self._offer_versions(preset), "offer versions to try")

    def stop(self) -> None:
        """Stop running trials."""
        for column in tuple(self._running):
            self._stop(column)

    def _offer_models(self) -> None:
        last = self._model_in_use()
        models = [(model.ref, model.name) for model in self._services.models.all() if model.can_chat]
        first, second = self._pane.columns
        first.offer_models(models, last)
        second.offer_models(models, next((ref for ref, _name in models if ref != first.model), last))

    def _refresh(self) -> None:
        """Offer versions that were saved in the meantime."""
        if self._preset and not self._pane.isHidden() and (now := self._services.presets.find(self._preset.key)):
            self._preset = now
            self._tasks.start(self._offer_versions(now), "offer versions to try")

    async def _offer_versions(self, preset: Preset) -> None:
        own = preset.origin is PresetOrigin.OWN
        versions = await self._services.presets.versions(preset.id) if own else ()
        if self._preset is None or self._preset.key != preset.key:
            return
        self._versions = versions
        named = [(0, self.tr("Unsaved changes"))]
        named += [
            (version.number, self.tr("Version {number}").format(number=version.number))
            for version in reversed(versions)
        ]
        for column in self._pane.columns:
            column.offer_versions(named)

    def _run(self, column: TrialColumn) -> None:
        model, applied = column.model, self._applied(column.version)
        if model is None or applied is None:
            return
        if missing := applied.missing:
            needed = listed(variable.title for variable in missing)
            column.show_state(self.tr("Required: {name}").format(name=needed), failed=True)
            return
        sample = self._pane.sample.edit.text()
        if not applied.message_text(sample, {}).strip():
            column.show_state(self.tr("Enter a sample to try the preset with."), failed=True)
            return
        task = self._tasks.start(self._stream(column, applied, sample, model), "try a preset")
        self._running[column] = task
        column.show_answer("")
        column.show_running(running=True)
        task.add_done_callback(lambda _task: self._ended(column))

    def _applied(self, version: int) -> AppliedPreset | None:
        """Return the preset to try, with the values from the editor."""
        preset = self._editor.preset()
        text = next((each.text for each in self._versions if each.number == version), "")
        if version and self._preset:
            try:
                preset = self._services.presets.read_version(self._preset.id, text)
            except PresetInvalid:
                return None
        return AppliedPreset.of(preset, self._editor.values())

    def _stop(self, column: TrialColumn) -> None:
        if task := self._running.pop(column, None):
            task.cancel()
            column.show_running(running=False)
            column.show_state(self.tr("Stopped"))

    def _ended(self, column: TrialColumn) -> None:
        if self._running.pop(column, None):
            column.show_running(running=False)

    async def _stream(self, column: TrialColumn, preset: AppliedPreset, sample: str, model: ModelRef) -> None:
        async with aclosing(self._trials.run(preset, sample, model)) as steps:
            async for trial in steps:
                column.show_answer(trial.text or trial.reasoning)
                failure = sentence_and_consequence(describe_failure(trial.failure)) if trial.failure else ""
                column.show_state(failure or self._state(trial), failed=bool(failure))

    def _state(self, trial: Trial) -> str:
        seconds = self.tr("{seconds} s").format(seconds=QLocale().toString(trial.seconds, "f", 1))
        if trial.stage and not trial.finished:
            stage = self._texts.thinking if trial.reasoning else self._texts.stage(trial.stage)
            return f"{stage} · {seconds}"
        tokens = counted(lambda number: self.tr("%n token(s)", "", number), trial.tokens) if trial.tokens else ""
        return " · ".join(filter(None, (seconds, tokens)))
