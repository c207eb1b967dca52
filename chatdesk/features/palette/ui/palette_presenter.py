"""Presenter of the command palette: searches chats, messages, presets, models and commands, and runs the chosen entry."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QWidget

from chatdesk.features.conversations.services.conversation_services import ConversationServices
from chatdesk.features.models.services.model_preferences import ModelPreferences
from chatdesk.features.palette.ui.entries import EntryKind, PaletteEntry, Prepared, best, marked, matching, prepared
from chatdesk.features.palette.ui.palette import Palette
from chatdesk.features.presets.domain.search import PresetSearch
from chatdesk.features.presets.ui.editor.preset_texts import category_name, preset_icon
from chatdesk.features.servers.ui.server_texts import server_name
from chatdesk.kernel.chat.conversation import Conversation, SearchHit
from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.settings.declarations import RECENT_COMMANDS
from chatdesk.ui_kit.feature import Command
from chatdesk.ui_kit.shortcuts import CommandId
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.tasks import Tasks
from chatdesk.ui_kit.text.safe_text import plain_line

_MAX_CHATS, _MAX_MESSAGES, _MAX_PRESETS, _MAX_MODELS, _MAX_COMMANDS = 6, 6, 6, 6, 8
_MAX_SINGLE_KIND = 60
"""Maximum number of entries if only one kind is requested."""
_RECENT = 5
_PREPARED_PER_STEP = 100
"""Number of presets or models prepared per turn of the event loop."""


class PalettePresenter(QObject):
    """Connects the palette with the services. `commands` returns all commands of the program, with titles in the current language."""

    chat_chosen = Signal(str)
    hit_chosen = Signal(SearchHit)
    preset_chosen = Signal(str)
    model_chosen = Signal(ModelRef)

    def __init__(
        self,
        appearance: Appearance,
        window: QWidget,
        services: ConversationServices,
        preferences: ModelPreferences,
        tasks: Tasks,
        commands: Callable[[], Sequence[Command]],
    ) -> None:
        super().__init__(window)
        self._appearance = appearance
        self._services = services
        self._preferences = preferences
        self._tasks = tasks
        self._list_commands = commands
        self._hits: dict[str, SearchHit] = {}
        self._prepared_titles: list[Prepared[Conversation]] | None = None
        """Chats with a title, prepared for searching; None until needed."""
        self._prepared_list: list[Prepared[PaletteEntry]] | None = None
        """Models, prepared for searching; None until needed."""
        self._preparation: tuple[Iterator[Prepared[PaletteEntry]], list[Prepared[PaletteEntry]]] | None = None
        """Models not prepared yet, and those already prepared."""
        self._search_presets = PresetSearch(category_name)
        self._prepare_timer = QTimer(self, interval=0)
        self._prepare_timer.timeout.connect(self._prepare_step)
        self._end_listening = (
            services.conversations.changes.subscribe(self._forget_chats),
            services.models.changes.subscribe(self._forget_models),
            services.servers.changes.subscribe(self._forget_models),
            preferences.changes.subscribe(self._forget_models),
        )
        window.installEventFilter(self)
        self._palette = Palette(appearance, window, self._find)
        self._palette.chosen.connect(self._run_entry)
        self._palette.search_requested.connect(self._search)

    def end(self) -> None:
        """Stop listening for changes, and close the palette."""
        for end in self._end_listening:
            end()
        self._prepare_timer.stop()
        self._palette.leave()

    def toggle(self) -> None:
        """Open or close the palette."""
        if self._palette.isVisible():
            self._palette.leave()
        else:
            self._palette.open()
            self._prepare_timer.start()

    def _prepare_step(self) -> None:
        """Prepare the searched data in small steps, since thousands of entries would delay the first key press."""
        if self._prepared_titles is None:
            self._prepared_chats()
        elif not self._search_presets.prepare_search(self._services.presets.all(), _PREPARED_PER_STEP):
            return
        elif self._prepared_list is None:
            self._list_models(_PREPARED_PER_STEP)
        else:
            self._prepare_timer.stop()

    def _prepared_chats(self) -> list[Prepared[Conversation]]:
        if self._prepared_titles is None:
            self._prepared_titles = [
                prepared(chat.title, "", chat) for chat in self._services.conversations.all() if chat.title
            ]
        return self._prepared_titles

    def _prepared_models(self) -> list[Prepared[PaletteEntry]]:
        while self._prepared_list is None:
            self._list_models(None)
        return self._prepared_list

    def _list_models(self, maximum: int | None) -> None:
        if self._preparation is None:
            self._preparation = self._models(), []
        left, ready = self._preparation
        some = list(islice(left, maximum))
        ready += some
        if maximum is None or len(some) < maximum:
            self._prepared_list, self._preparation = ready, None

    def _forget_models(self, _change: object) -> None:
        self._prepared_list = self._preparation = None
        if self._palette.isVisible():
            self._prepare_timer.start()

    def _forget_chats(self, _change: object) -> None:
        self._prepared_titles = None

    def _find(self, text: str) -> tuple[PaletteEntry, ...]:
        text = text.lstrip()
        match text[:1]:
            case ">":
                return best(self._commands(), text[1:], _MAX_SINGLE_KIND)
            case "/":
                return self._presets(text[1:], _MAX_SINGLE_KIND)
            case "@":
                return marked(matching(self._prepared_models(), text[1:], _MAX_SINGLE_KIND), text[1:])
        if not text.strip():
            return (*self._chats("", _MAX_CHATS), *self._presets("", 4), *best(self._commands(), "", 6))
        return (
            *self._chats(text, _MAX_CHATS),
            *self._presets(text, _MAX_PRESETS),
            *marked(matching(self._prepared_models(), text, _MAX_MODELS), text),
            *best(self._commands(), text, _MAX_COMMANDS),
        )

    def _chats(self, text: str, limit: int) -> tuple[PaletteEntry, ...]:
        if text.strip():
            found = matching(self._prepared_chats(), text, limit)
        else:
            folded = {folder.id for folder in self._services.folders.all() if folder.collapsed}  # as in the sidebar
            offered = (
                chat for chat in self._services.conversations.all() if chat.title and chat.folder_id not in folded
            )
            found = list(islice(offered, limit))
        entries = (
            PaletteEntry(EntryKind.CHAT, chat.id, plain_line(chat.title), icon="message-square") for chat in found
        )
        return marked(entries, text)

    def _presets(self, text: str, limit: int) -> tuple[PaletteEntry, ...]:
        presets, theme = self._services.presets, self._appearance.theme
        found = self._search_presets.find(presets.all(), text, presets.state)[:limit]
        entries = (
            PaletteEntry(
                EntryKind.PRESET,
                preset.key,
                plain_line(preset.name),
                plain_line(preset.description),
                preset_icon(theme, preset.icon, preset.category),
            )
            for preset in found
        )
        return marked(entries, text)

    def _models(self) -> Iterator[Prepared[PaletteEntry]]:
        for state in self._services.models.states():
            server = plain_line(server_name(state.server))
            for model in state.models:
                wanted = self._preferences.of(model.ref)
                if model.can_chat and not wanted.hidden:
                    title, hidden = plain_line(wanted.nickname or model.name), model.ref.model_id
                    key, icon = f"{state.server.id}\n{hidden}", "star-filled" if wanted.favourite else "cpu"
                    entry = PaletteEntry(EntryKind.MODEL, key, title, server, icon, hidden=hidden)
                    yield prepared(title, f"{server} {hidden}", entry)

    def _commands(self) -> list[PaletteEntry]:
        known = [
            PaletteEntry(
                EntryKind.COMMAND,
                command.id,
                command.title,
                icon=command.icon,
                keys=QKeySequence(command.keys[0]).toString(QKeySequence.SequenceFormat.NativeText)
                if command.keys
                else "",
                hidden=command.also,
            )
            for command in self._list_commands()
            if command.id != CommandId.PALETTE
        ]
        recent = self._recent()
        order = {key: position for position, key in enumerate(recent)}
        return sorted(known, key=lambda entry: order.get(entry.key, len(order)))

    def _recent(self) -> list[str]:
        return [key for key in self._services.settings.get(RECENT_COMMANDS).split(",") if key]

    def _search(self, text: str) -> None:
        if text.strip()[:1] not in {"", ">", "/", "@"}:
            self._tasks.start(self._search_messages(text), "search for the palette")

    async def _search_messages(self, text: str) -> None:
        hits = await self._services.conversations.search(text)
        await asyncio.sleep(0)
        entries: list[PaletteEntry] = []
        for hit in hits:
            chat = self._services.conversations.find(hit.conversation_id)
            if hit.message_id and chat and len(entries) < _MAX_MESSAGES:
                self._hits[hit.message_id] = hit
                title = plain_line(chat.title)
                entries.append(
                    PaletteEntry(
                        EntryKind.CHAT, hit.message_id, title, hit.snippet, "search", marks=hit.ranges, marks_more=True
                    )
                )
        self._palette.add_found(text, tuple(entries))

    def _run_entry(self, entry: PaletteEntry) -> None:
        match entry.kind:
            case EntryKind.CHAT if entry.key in self._hits:
                self.hit_chosen.emit(self._hits[entry.key])
            case EntryKind.CHAT:
                self.chat_chosen.emit(entry.key)
            case EntryKind.PRESET:
                self.preset_chosen.emit(entry.key)
            case EntryKind.MODEL:
                self.model_chosen.emit(ModelRef(*entry.key.split("\n", 1)))
            case EntryKind.COMMAND:
                recent = [entry.key, *(key for key in self._recent() if key != entry.key)]
                self._services.settings.set(RECENT_COMMANDS, ",".join(recent[:_RECENT]))
                next(command.run for command in self._list_commands() if command.id == entry.key)()
        self._hits.clear()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.LanguageChange:
            self._search_presets.forget()
            self._forget_models(event)
        return False
