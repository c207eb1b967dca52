"""Presenter for the preset of a chat: choose, fill in, change and remove it at any time.

The preset of a new chat is stored in the settings, that of an existing chat in the database. The library page is separate.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QObject, Qt, QTimer, Signal

from chatdesk.features.chat.ui.chat_memory import CurrentChat
from chatdesk.features.chat.ui.chat_view import ChatView
from chatdesk.features.chat.ui.composer.composer import Opening
from chatdesk.features.chat.ui.model_presenter import ModelPresenter
from chatdesk.features.presets.services.preset_services import PresetServices
from chatdesk.features.presets.services.presets import PresetsChanged
from chatdesk.features.presets.ui.editor.preset_texts import category_name, preset_icon
from chatdesk.features.presets.ui.library.start_page_presets import start_page_presets
from chatdesk.features.presets.ui.use.preset_menu import PresetMenu
from chatdesk.kernel.chat import applied_presets as applied_record
from chatdesk.kernel.chat.applied_presets import AppliedPreset
from chatdesk.kernel.chat.attachments import ReadingProgress
from chatdesk.kernel.chat.conversation import title_from
from chatdesk.kernel.chat.message import Role
from chatdesk.kernel.chat.request import Thinking
from chatdesk.kernel.context.token_estimate import estimate_tokens
from chatdesk.kernel.lazy import Lazy
from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.presets.preset import MAX_PRESET_NAME_LENGTH, Preset, PresetKind, PresetOrigin
from chatdesk.kernel.presets.template import PromptPart, escape, prompt_parts
from chatdesk.kernel.presets.variable import SystemVariable, VariableKind
from chatdesk.kernel.settings.declarations import ATTACH_FOLDER
from chatdesk.ui_kit.files.file_saver import dialog_folder
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.tasks import Tasks
from chatdesk.ui_kit.text.safe_text import plain_line

if TYPE_CHECKING:
    from chatdesk.features.presets.domain.search import PresetSearch
    from chatdesk.features.presets.ui.use.long_text_field import LongTextField
    from chatdesk.features.presets.ui.use.preset_popup import PresetPopup
    from chatdesk.features.presets.ui.use.preset_strip import PresetStrip
    from chatdesk.features.presets.ui.use.suggested_model import SuggestedModel

_MAX_STORED_LENGTH = 500_000
"""Maximum characters of the record of a preset of a new chat that is stored in the settings."""
_MAX_PREVIEW_LENGTH = 50_000
"""Maximum characters of a template that are filled in for the preview."""
ReadFile = Callable[[Path, Callable[[ReadingProgress], None]], Awaitable[str]]
"""Returns the text of a file, and reports how far it has been read. Raises `AttachmentError`."""
_WRITTEN = frozenset({VariableKind.TEXT, VariableKind.LONG_TEXT, VariableKind.FILE, VariableKind.CLIPBOARD})
"""Kinds of variables whose values take effort to enter again."""
_STORE_DELAY = 400
"""Milliseconds from a change until the entered values are stored, however long the typing goes on."""


class PresetPresenter(QObject):
    """Presenter for the current chat; `show` must be called when it changes."""

    library_requested = Signal(str)
    """The key of a preset to show in the library; empty for none."""
    translation_requested = Signal(str)
    """The key of a preset to use on the translation page."""
    page_requested = Signal(str)
    """The name of the page of a tool that works with presets."""
    saved = Signal(str, str)
    """Instructions were saved as a preset: its key and name."""
    shown = Signal()
    """The preset of the current chat may have changed."""

    def __init__(
        self,
        appearance: Appearance,
        page: ChatView,
        services: PresetServices,
        models: ModelPresenter,
        tasks: Tasks,
        open_chat: CurrentChat,
        read_file: ReadFile,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._page = page
        self._services = services
        self._read_file = read_file
        self._models = models
        self._tasks = tasks
        self._open = open_chat
        self._preset: AppliedPreset | None = None
        self._unstored: AppliedPreset | None = None
        """The preset of a new chat if it is too large for the settings, which are read on every start."""
        self.also_missing: Callable[[], bool] = lambda: False
        """Returns whether something else must be filled in before sending."""
        self.offers_tools = False
        """Whether the list of presets contains the pages that work with presets."""
        self._filling_in = False
        self._strip: PresetStrip | None = None
        self._popup: PresetPopup | None = None
        self._suggested_model: SuggestedModel | None = None
        self._search = Lazy(_make_search)
        self._save_timer = QTimer(self, singleShot=True, interval=_STORE_DELAY)
        self._save_timer.timeout.connect(self._store)
        page.composer.presets_requested.connect(self.open_popup)
        page.composer.refused.connect(self._show_missing)
        page.preset_pressed.connect(self._open_menu)
        page.preset_removed.connect(self.remove)
        page.suggestion_chosen.connect(self.use)
        models.chosen_changed.connect(self._show_prompt)
        models.chosen_changed.connect(self._show_suggestions)
        self._unsubscribe = services.presets.changes.subscribe(self._on_change)

    @property
    def preset(self) -> AppliedPreset | None:
        """The preset of the current chat with its current values; None if it has none."""
        return self._preset

    @property
    def has_entered_values(self) -> bool:
        """Whether the user has entered values that using the preset again would not bring back."""
        preset = self._preset
        if preset is None or preset.opened:
            return False
        initial = self.applied(preset.key)
        before = initial.values if initial else {}
        return any(
            preset.values.get(each.name, "").strip() and preset.values[each.name] != before.get(each.name, "")
            for each in preset.variables
            if each.kind in _WRITTEN
        )

    @property
    def model(self) -> ModelRef | None:
        """The model of the current chat; None if none is available."""
        return self._models.chosen.ref if self._models.chosen else None

    def apply_thinking(self, thinking: Thinking) -> bool:
        """Store a thinking level chosen by the user in the preset if it defines one. Returns False if it does not."""
        if self._preset is None or self._preset.thinking is Thinking.AUTO:
            return False
        self._apply(replace(self._preset, thinking=thinking))
        return True

    def show(self) -> None:
        """Show the preset of the current chat. The values of the previous chat must have been stored with `save_values`."""
        self._save_timer.stop()
        self._preset = self._stored()
        self._filling_in = False
        self._show()

    def use(self, key: str) -> None:
        """Use a preset in the current chat."""
        preset = self._services.presets.find(key)
        if preset is None:
            return
        if preset.kind is PresetKind.TRANSLATION:
            self.translation_requested.emit(key)
            return
        self._filling_in = bool(preset.variables)
        self._apply(AppliedPreset.of(preset, self._services.presets.state(key).values))
        if self._strip and self._preset and self._strip.values() != self._preset.values:
            self._on_values_changed()  # fields may have initial values: the date, the selection
        if not (self._strip and self._preset and self._strip.focus_field(self._preset.missing)):
            self._page.composer.focus()

    def applied(self, key: str) -> AppliedPreset | None:
        """Return a preset with its last values; for an unknown key, the preset of the current chat."""
        preset = self._services.presets.find(key)
        return AppliedPreset.of(preset, self._services.presets.state(key).values) if preset else self._preset

    def remove(self) -> None:
        """Remove the preset from the current chat."""
        self._filling_in = False
        self._apply(None)
        self._page.composer.focus()

    def save_values(self) -> None:
        """Store values that were entered but not stored yet."""
        if self._save_timer.isActive():
            self._save_timer.stop()
            self._store()

    def note_sent(self, conversation_id: str) -> None:
        """Count a use of the preset after the first question with it was sent."""
        sent = self._preset
        if sent and not sent.opened:
            self._tasks.start(self._services.presets.record_use(sent.key, sent.values), "note use of preset")
        if conversation_id == self._open.conversation_id:
            self._preset = self._stored()
            self._filling_in = False
            self._show()

    def open_popup(self, typed: str = "") -> None:
        """Let the user choose a preset. `typed` is the initial search text, which is returned to the message input if none is chosen."""
        if self._popup is None:
            from chatdesk.features.presets.ui.use.preset_popup import (  # noqa: PLC0415 - start-up time: created when opened
                PresetPopup,
            )

            self._popup = PresetPopup(self._appearance, self._page, self._find, tools=self.offers_tools)
            self._popup.page_requested.connect(self.page_requested)
            self._popup.preset_chosen.connect(self.use)
            self._popup.library_requested.connect(lambda: self.library_requested.emit(""))
            self._popup.typed_changed.connect(self._page.composer.echo)
            self._popup.dismissed.connect(self._page.composer.replace_text)
            self._popup.closed.connect(self._page.composer.focus)
        self._popup.open_for(self._page.composer.popup_anchor(), typed)

    def close(self) -> None:
        """Store entered values and stop listening to changes."""
        self.save_values()
        self._unsubscribe()

    def _on_change(self, change: PresetsChanged) -> None:
        if not change.keys and (search := self._search.created):  # reloaded, possibly in another language
            search.forget()
        self.refresh()

    def refresh(self) -> None:
        """Update everything that shows presets after a change of the library."""
        self._show_suggestions()
        if self._popup:
            self._popup.refresh()
        self._suggest_model()

    def _show_suggestions(self) -> None:
        """Show suggestions for the chosen model, once the library has been read."""
        presets = self._services.presets
        ability = self._models.ability
        self._page.set_suggestions(start_page_presets(presets.all(), presets.state, ability), ability)

    def save_chat(self, conversation_id: str = "") -> None:
        """Create a preset from a chat, by default the current one, and show it in the library."""
        if chat := conversation_id or self._open.conversation_id:
            self._tasks.start(self._save_chat(chat), "save chat as preset")

    def save_instructions(self, text: str) -> None:
        """Create a preset with these instructions. The chat is not changed."""
        self._tasks.start(self._save_instructions(text), "save instructions as preset")

    async def _save_instructions(self, text: str) -> None:
        name = title_from(text)[:MAX_PRESET_NAME_LENGTH] or self.tr("My preset")
        created = await self._services.presets.create(Preset("", PresetOrigin.OWN, name, escape(text)))
        self.saved.emit(created.key, created.name)

    async def _save_chat(self, conversation_id: str) -> None:
        conversation = self._services.conversations.get(conversation_id)
        path, _ = await self._services.chat.path(conversation_id)
        question = next((message.text for message in path if message.role is Role.USER), "")
        base = conversation.preset or AppliedPreset("", "")
        prompt = "\n\n".join(filter(None, (base.prompt, escape(conversation.own_instructions))))
        preset = Preset(
            "",
            PresetOrigin.OWN,
            conversation.title[:MAX_PRESET_NAME_LENGTH] or self.tr("My preset"),
            prompt,
            question=base.question if base.opened and base.question else escape(question),
            greeting=base.greeting,
            placeholder=base.placeholder,
            icon=base.icon,
            models=(conversation.model.model_id,) if conversation.model else (),
            parameters=base.parameters,
            thinking=base.thinking,
            send_as=base.send_as,
            declared=tuple(replace(each, default=base.values.get(each.name, each.default)) for each in base.variables),
        )
        created = await self._services.presets.create(preset)
        self.library_requested.emit(created.key)

    def _find(self, text: str) -> tuple[Preset, ...]:
        presets = self._services.presets
        return self._search.get().find(presets.all(), text, presets.state)

    def _suggest_model(self) -> None:
        """Suggest a model until the preset is in use."""
        known = self._services.presets.find(self._preset.key) if self._preset and not self._preset.opened else None
        patterns = known.models if known else ()
        if self._suggested_model is None and patterns:
            from chatdesk.features.presets.ui.use.suggested_model import (  # noqa: PLC0415 - start-up time: rarely needed
                SuggestedModel,
            )

            self._suggested_model = SuggestedModel(
                self._appearance, self._page.composer, self._models, self._services.models
            )
        if self._suggested_model:
            self._suggested_model.show(patterns)

    def _stored(self) -> AppliedPreset | None:
        if not self._open.conversation_id:
            return self._unstored or applied_record.from_json(self._services.settings.get(self._open.memory.preset))
        conversation = self._services.conversations.find(self._open.conversation_id)
        return conversation.preset if conversation else None

    def forget_new(self) -> None:
        """Start the next new chat without the preset: the current one has become an existing chat, which stores its preset itself."""
        self._unstored = None

    def _store(self) -> None:
        if self._open.conversation_id:
            keeping = self._services.conversations.set_preset(self._open.conversation_id, self._preset)
            self._tasks.start(keeping, "keep preset")
        else:
            record = applied_record.to_json(self._preset)
            self._unstored = self._preset if len(record) > _MAX_STORED_LENGTH else None
            self._services.settings.set(self._open.memory.preset, "" if self._unstored else record)

    def _apply(self, preset: AppliedPreset | None) -> None:
        self._preset = preset
        self._save_timer.stop()
        self._store()
        self._show()

    def _show(self) -> None:
        preset, composer = self._preset, self._page.composer
        icon = preset_icon(self._appearance.theme, preset.icon) if preset else ""
        name = plain_line(preset.name) if preset else ""
        self._page.set_preset(name, icon)
        shown = preset if preset and (self._filling_in or not preset.opened) else None
        if shown or self._strip:
            strip = self._ensure_strip()
            strip.set_max_height(composer.max_height_above())
            strip.show_preset(shown)
            if shown and (copied := _copied_values(shown, strip.values())):
                self._preset = preset = shown.with_values(copied)
                self._save_timer.start()
        greeting = preset.greeting_text(self._facts()) if preset and not preset.opened else ""
        self._page.set_greeting(name if greeting else "", greeting, has_begun=preset is not None)
        self.show_opening()
        self._show_prompt()
        self._suggest_model()
        self.shown.emit()

    def show_opening(self) -> None:
        """Show whether a message can be sent without text, or whether a value is missing."""
        preset, opening = self._preset, Opening.NONE
        if preset and preset.missing:
            opening = Opening.MISSING
        elif self.also_missing():
            opening = Opening.FORM
        elif preset and preset.question.strip() and not preset.opened:
            opening = Opening.READY
        self._page.composer.set_opening(opening, plain_line(preset.placeholder) if preset else "")

    def _show_prompt(self) -> None:
        if self._strip and self._strip.isVisibleTo(self._page) and self._preset:
            beyond = sum(
                estimate_tokens(text[_MAX_PREVIEW_LENGTH:]) for text in (self._preset.prompt, self._preset.question)
            )
            self._strip.show_prompt(_prompt_parts(self._preset, self._facts()), beyond)

    def _facts(self) -> dict[str, str]:
        chosen = self._models.chosen
        ref = chosen.ref if chosen else ModelRef("", "")
        return self._services.instruction_resolver.facts(ref, self._services.presets.now())

    def _ensure_strip(self) -> "PresetStrip":
        if self._strip is None:
            from chatdesk.features.presets.ui.use.preset_strip import (  # noqa: PLC0415 - start-up time: created when a preset is used
                PresetStrip,
            )

            self._strip = PresetStrip(self._appearance, self._page.composer, self._selected_text)
            self._strip.changed.connect(self._on_values_changed)
            self._strip.completed.connect(self._complete_form)
            self._strip.removed.connect(self._close_strip)
            self._strip.file_requested.connect(self._ask_for_file)
            self._page.composer.set_above(self._strip)
            self._strip.set_next_in_tab_order(self._page.composer.text_anchor())
        return self._strip

    def _complete_form(self) -> None:
        """Send the question, or move to the message if the question takes its text and it is empty."""
        composer = self._page.composer
        if self.preset and self.preset.accepts_input and not composer.text().strip():
            composer.focus()
        else:
            composer.send()

    def _selected_text(self) -> str:
        transcript = self._page.lazy_transcript.created
        return transcript.selected_text() if transcript else ""

    def _close_strip(self) -> None:
        """Remove the preset; if it is already in use, only hide its form."""
        if self._preset and self._preset.opened:
            self._filling_in = False
            self._show()
        else:
            self.remove()

    def _on_values_changed(self) -> None:
        if self._preset and self._strip:
            self._preset = self._preset.with_values(self._strip.values())
            if not self._save_timer.isActive():
                self._save_timer.start()
            self.show_opening()
            self._show_prompt()

    def _show_missing(self) -> None:
        if self._preset and self._preset.missing:
            self._filling_in = True
            self._show()
            self._ensure_strip().show_missing(self._preset.missing)

    def _open_menu(self) -> None:
        if self._preset is None:
            return
        chip = self._page.preset_anchor
        menu = PresetMenu(self._appearance, self._page, has_form=bool(self._preset.variables))
        menu.fill_in_chosen.connect(self._fill_in)
        menu.change_chosen.connect(self.open_popup)
        key = self._preset.key
        menu.edit_chosen.connect(lambda: self.library_requested.emit(key))
        menu.save_chosen.connect(self.save_chat)
        menu.remove_chosen.connect(self.remove)
        menu.popup(chip.mapToGlobal(chip.rect().bottomLeft()))

    def _fill_in(self) -> None:
        self._filling_in = True
        self._show()
        if not self._ensure_strip().focus_first_field():
            self._page.composer.focus()

    def _ask_for_file(self, field: "LongTextField") -> None:
        from PySide6.QtWidgets import QFileDialog  # noqa: PLC0415 - start-up time: PySide creates a class on first access

        dialog = QFileDialog(
            self._page, self.tr("Choose a file"), str(dialog_folder(self._services.settings.get(ATTACH_FOLDER)))
        )
        dialog.setObjectName("textFileDialog")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda name: self._read_into(field, Path(name)))
        dialog.open()

    def _read_into(self, field: "LongTextField", path: Path) -> None:
        self._services.settings.set(ATTACH_FOLDER, str(path.parent))
        task = self._tasks.start(self._fill(field, path), "read file")
        field.begin_reading(path.name, task.cancel)

        def end(_task: asyncio.Task[None]) -> None:
            if shiboken6.isValid(field):  # another preset may have been chosen
                field.end_reading()

        task.add_done_callback(end)

    async def _fill(self, field: "LongTextField", path: Path) -> None:
        def report(progress: ReadingProgress) -> None:
            if shiboken6.isValid(field):
                field.show_progress(progress)

        text = await self._read_file(path, report)
        if shiboken6.isValid(field):
            field.fetched(text)


def _make_search() -> "PresetSearch":
    from chatdesk.features.presets.domain.search import PresetSearch  # noqa: PLC0415 - start-up time: nothing has been typed yet

    return PresetSearch(category_name)


def _copied_values(preset: AppliedPreset, values: Mapping[str, str]) -> dict[str, str]:
    """Return the values that fields have copied by themselves from the selection in the transcript."""
    kinds = {variable.name: variable.kind for variable in preset.variables}
    return {
        name: value
        for name, value in values.items()
        if kinds[name] is VariableKind.SELECTION and value and not preset.values.get(name)
    }


def _prompt_parts(preset: AppliedPreset, facts: dict[str, str]) -> tuple[PromptPart, ...]:
    """Return the text that the model receives: the prompt followed by the opening message."""
    values = {each.name: each.words_for(preset.values.get(each.name, each.default)) for each in preset.variables}
    shown = {name: value for name, value in {**values, **facts}.items() if value and name != SystemVariable.INPUT}
    result = list(prompt_parts(preset.prompt[:_MAX_PREVIEW_LENGTH].strip(), shown))
    if preset.question.strip() and not preset.opened:
        result += [PromptPart("\n\n")] if result else []
        result += prompt_parts(preset.question[:_MAX_PREVIEW_LENGTH].strip(), shown)
    return tuple(result)
