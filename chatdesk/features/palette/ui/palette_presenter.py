"""Presenter of the command palette: searches chats, messages, presets, models and commands, and runs the chosen entry."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from chatdesk.features.chat.services.store.message_search import MessageSearch
from chatdesk.features.conversations.services.conversation_services import ConversationServices
from chatdesk.features.models.services.model_preferences import ModelPreferences
from chatdesk.features.palette.ui.entries import EntryKind, Found, PaletteEntry, in_order, marked, ranked
from chatdesk.features.palette.ui.palette import Palette
from chatdesk.features.presets.domain.search import PresetQuery, PresetSearch, sorted_by_use
from chatdesk.features.presets.services.presets import PresetsChanged
from chatdesk.features.presets.ui.editor.preset_texts import category_name, preset_icon
from chatdesk.features.servers.ui.server_texts import server_name
from chatdesk.kernel.chat.conversation import Conversation, SearchHit
from chatdesk.kernel.finding.matcher import Fit, Names, Query, names_of
from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.presets.preset import Preset
from chatdesk.kernel.settings.declarations import RECENT_COMMANDS
from chatdesk.ui_kit.feature import Command
from chatdesk.ui_kit.pictures.attachment_facts import document_icon, found_in
from chatdesk.ui_kit.shortcuts import CommandId, native_keys
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.tasks import Tasks
from chatdesk.ui_kit.text.safe_text import plain_line

_LIMITS = dict.fromkeys((EntryKind.CHAT, EntryKind.PRESET, EntryKind.MODEL, EntryKind.COMMAND, EntryKind.SETTING), 6)
_WITHOUT_WORDS = {EntryKind.CHAT: 6, EntryKind.PRESET: 4, EntryKind.COMMAND: 6}
_MAX_MESSAGES, _MAX_HITS = 6, 100
_SIGNS = frozenset(">/@")
"""At the start of the text, they select commands, presets or models."""
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
        """The newest hit in each chat listed for its messages."""
        self._search_of_messages: MessageSearch | None = None
        self._chats = _Prepared(self._chat_titles)
        self._models = _Prepared(self._model_entries)
        self._prepared_commands: list[tuple[Names, PaletteEntry]] | None = None
        """Those available since the palette was opened; None until needed."""
        self._search_presets = PresetSearch(category_name)
        self._prepare_timer = QTimer(self, interval=0)
        self._prepare_timer.timeout.connect(self._prepare_step)
        self._end_listening = (
            services.conversations.changes.subscribe(self._forget_chats),
            services.presets.changes.subscribe(self._on_presets),
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
        self._stop_search()
        self._palette.leave()

    def toggle(self) -> None:
        """Open or close the palette."""
        if self._palette.isVisible():
            self._palette.leave()
        else:
            self._prepared_commands = None
            self._palette.open()
            self._prepare_timer.start()

    def _prepare_step(self) -> None:
        """Prepare the searched data in small steps, since thousands of entries would delay the first key press."""
        presets = self._search_presets.prepare_search(self._services.presets.all(), _PREPARED_PER_STEP)
        if presets and self._chats.prepare(_PREPARED_PER_STEP) and self._models.prepare(_PREPARED_PER_STEP):
            self._prepare_timer.stop()

    def _forget_models(self, _change: object) -> None:
        self._models.forget()
        self._prepare_again()

    def _forget_chats(self, _change: object) -> None:
        self._chats.forget()
        self._prepare_again()

    def _on_presets(self, change: PresetsChanged) -> None:
        if not change.keys and self._palette.isVisible():  # they have just been loaded
            self._palette.refresh()

    def _prepare_again(self) -> None:
        if self._palette.isVisible():
            self._prepare_timer.start()

    def _find(self, text: str) -> tuple[PaletteEntry, ...]:
        text = text.lstrip()
        match text[:1]:
            case ">":
                limits = {EntryKind.COMMAND: _MAX_SINGLE_KIND, EntryKind.SETTING: _MAX_SINGLE_KIND}
            case "/":
                limits = {EntryKind.PRESET: _MAX_SINGLE_KIND}
            case "@":
                limits = {EntryKind.MODEL: _MAX_SINGLE_KIND}
            case "":
                limits = _WITHOUT_WORDS
            case _:
                limits = _LIMITS
        words = text[1:] if text[:1] in _SIGNS else text
        return in_order(self._groups(words, limits)) or in_order(self._groups(words, limits, mistakes=True))

    def _groups(self, words: str, limits: Mapping[EntryKind, int], *, mistakes: bool = False) -> Iterator[Found]:
        query = Query(words)
        for kind, limit in limits.items():
            match kind:
                case EntryKind.CHAT if not query:
                    yield [(Fit.WHOLE, _chat_entry(chat)) for chat in islice(self._offered_chats(), limit)]
                case EntryKind.CHAT:
                    found = query.ranked(self._chats.all(), limit, mistakes=mistakes)
                    yield marked(((fit, _chat_entry(chat)) for fit, chat in found), query)
                case EntryKind.PRESET:
                    yield self._presets(words, limit, mistakes=mistakes)
                case EntryKind.MODEL:
                    yield ranked(self._models.all(), query, limit, mistakes=mistakes)
                case _:
                    yield ranked(self._commands(kind), query, limit, mistakes=mistakes)

    def _offered_chats(self) -> Iterator[Conversation]:
        """Yield the chats to offer without words: those of the sidebar, the newest first, without those in folded folders."""
        folded = {folder.id for folder in self._services.folders.all() if folder.collapsed}
        return (chat for chat in self._services.conversations.all() if chat.title and chat.folder_id not in folded)

    def _presets(self, words: str, limit: int, *, mistakes: bool) -> Found:
        presets, query = self._services.presets, PresetQuery.of(words)
        by_use = sorted_by_use(presets.all(), presets.state)
        found = self._search_presets.ranked(by_use, query, limit, mistakes=mistakes)
        return marked(((fit, self._preset_entry(preset)) for fit, preset in found), query.words)

    def _preset_entry(self, preset: Preset) -> PaletteEntry:
        icon = preset_icon(self._appearance.theme, preset.icon, preset.category)
        more = plain_line(preset.description)
        return PaletteEntry(EntryKind.PRESET, preset.key, plain_line(preset.name), more, icon)

    def _model_entries(self) -> Iterator[tuple[Names, PaletteEntry]]:
        for state in self._services.models.states():
            server = plain_line(server_name(state.server))
            for model in state.models:
                wanted = self._preferences.of(model.ref)
                if model.can_chat and not wanted.hidden:
                    title, model_id = plain_line(wanted.nickname or model.name), model.ref.model_id
                    key, icon = f"{state.server.id}\n{model_id}", "star-filled" if wanted.favourite else "cpu"
                    entry = PaletteEntry(EntryKind.MODEL, key, title, server, icon)
                    yield names_of(title, (), f"{server} {model_id}"), entry

    def _chat_titles(self) -> Iterator[tuple[Names, Conversation]]:
        return ((names_of(chat.title), chat) for chat in self._services.conversations.all() if chat.title)

    def _commands(self, kind: EntryKind) -> list[tuple[Names, PaletteEntry]]:
        """Return the commands or the settings, those that were used last first."""
        if self._prepared_commands is None:
            self._prepared_commands = [_command(each) for each in self._list_commands() if each.id != CommandId.PALETTE]
        order = {key: position for position, key in enumerate(self._recent())}
        known = [each for each in self._prepared_commands if each[1].kind is kind]
        return sorted(known, key=lambda each: order.get(each[1].key, len(order)))

    def _recent(self) -> list[str]:
        return [key for key in self._services.settings.get(RECENT_COMMANDS).split(",") if key]

    def _search(self, text: str) -> None:
        self._stop_search()
        if text.strip()[:1] not in {"", *_SIGNS}:
            self._search_of_messages = self._services.search(text)
            self._tasks.start(self._show_messages(self._search_of_messages, text), "search for the palette")

    def _stop_search(self) -> None:
        if self._search_of_messages:
            self._search_of_messages.stop()

    async def _show_messages(self, search: MessageSearch, text: str) -> None:
        chats: dict[str, list[SearchHit]] = {}
        for hit in await search.more(_MAX_HITS):
            chats.setdefault(hit.conversation_id, []).append(hit)
        self._hits = {conversation_id: hits[0] for conversation_id, hits in islice(chats.items(), _MAX_MESSAGES)}
        entries = (self._message_entry(chats[conversation_id]) for conversation_id in self._hits)
        self._palette.add_found(text, tuple(filter(None, entries)))

    def _message_entry(self, hits: list[SearchHit]) -> PaletteEntry | None:
        newest, chat = hits[0], self._services.conversations.find(hits[0].conversation_id)
        if chat is None:
            return None
        title = plain_line(chat.title) or self.tr("New chat")
        note = self.tr("%n places", "", len(hits)) if len(hits) > 1 else ""
        line, icon, marks = newest.snippet, "search", newest.ranges
        if location := newest.location:
            line, start = found_in(location.document, location.passage, line) if location.passage else (line, 0)
            icon, marks = document_icon(location.document), tuple((begin + start, end + start) for begin, end in marks)
        return PaletteEntry(EntryKind.MESSAGE, chat.id, title, line, icon, (), note, marks=marks, marks_more=True)

    def _run_entry(self, entry: PaletteEntry) -> None:
        match entry.kind:
            case EntryKind.MESSAGE:
                self.hit_chosen.emit(self._hits[entry.key])
            case EntryKind.CHAT:
                self.chat_chosen.emit(entry.key)
            case EntryKind.PRESET:
                self.preset_chosen.emit(entry.key)
            case EntryKind.MODEL:
                self.model_chosen.emit(ModelRef(*entry.key.split("\n", 1)))
            case EntryKind.COMMAND | EntryKind.SETTING:
                recent = [entry.key, *(key for key in self._recent() if key != entry.key)]
                self._services.settings.set(RECENT_COMMANDS, ",".join(recent[:_RECENT]))
                next(command.run for command in self._list_commands() if command.id == entry.key)()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.LanguageChange:
            self._search_presets.forget()
            self._forget_models(event)
        return False


class _Prepared[Item]:
    """Items prepared for searching, made in steps by `make` and again after `forget`."""

    def __init__(self, make: Callable[[], Iterator[tuple[Names, Item]]]) -> None:
        self._make = make
        self._ready: list[tuple[Names, Item]] = []
        self._left: Iterator[tuple[Names, Item]] | None = None
        self._complete = False

    def prepare(self, count: int) -> bool:
        """Prepare some more; return whether all are prepared."""
        if self._complete:
            return True
        if self._left is None:
            self._left = self._make()
        some = list(islice(self._left, count))
        self._ready += some
        self._complete = len(some) < count
        return self._complete

    def all(self) -> list[tuple[Names, Item]]:
        """Return all items."""
        while not self.prepare(_PREPARED_PER_STEP):
            pass
        return self._ready

    def forget(self) -> None:
        """Prepare the entries again, because the items have changed."""
        self._ready, self._left, self._complete = [], None, False


def _chat_entry(chat: Conversation) -> PaletteEntry:
    return PaletteEntry(EntryKind.CHAT, chat.id, plain_line(chat.title), icon="message-square")


def _command(command: Command) -> tuple[Names, PaletteEntry]:
    keys: tuple[str, ...] = ()
    if command.keys:
        keys = tuple(re.split(r"\+(?=.)", native_keys(command.keys[0])))  # the key may be a plus itself
    kind = EntryKind.SETTING if command.section.shown else EntryKind.COMMAND
    entry = PaletteEntry(kind, command.id, command.title.shown, command.section.shown, command.icon, keys)
    return names_of(command.title.shown, (command.title.english, *command.also.listed()), command.section.shown), entry
