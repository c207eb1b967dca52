"""Results of a search on a hub: the repositories, or else what prevents the search."""

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from chatdesk.features.models.domain.hub_builds import HubBuild
from chatdesk.features.models.domain.model_names import read_model_name
from chatdesk.features.models.services.hub_search import HubModel, HubSearch
from chatdesk.features.models.services.model_catalogue import DownloadStatus, ModelCatalogue
from chatdesk.features.models.ui.catalogue.hit_row import HitRow, ShownHit
from chatdesk.features.models.ui.judgement_texts import problem_text
from chatdesk.kernel.errors.base import ChatdeskError
from chatdesk.kernel.errors.hub_errors import HubBusy
from chatdesk.kernel.models.hubs import DownloadFile, Gate, HubHit, HubKind, HubRepository, ModelDownload
from chatdesk.kernel.models.model import ModelRef
from chatdesk.ui_kit.errors.error_texts import describe_error, sentence_and_consequence
from chatdesk.ui_kit.errors.wording_types import NextStep
from chatdesk.ui_kit.forms.rows import RowCard
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.tasks import Tasks
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.button import Button
from chatdesk.ui_kit.widgets.label import Label
from chatdesk.ui_kit.widgets.spinner import Spinner

SEARCH_DELAY = 300
"""Milliseconds without typing before a hub is asked."""
_READ_AT_ONCE = 3
"""Number of results whose files are read without a click. Hubs limit the number of requests."""
_SECOND = 1000


class HubResults(Translated, QWidget):
    """Searches, and shows the results. `host_of` returns the host name of a hub, `may_ask_gated` whether there is a token."""

    chat_requested = Signal(ModelRef)
    page_requested = Signal(str)
    sources_requested = Signal()

    def __init__(
        self,
        appearance: Appearance,
        search: HubSearch,
        catalogue: ModelCatalogue,
        tasks: Tasks,
        host_of: Callable[[HubKind], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._search = search
        self._catalogue = catalogue
        self._tasks = tasks
        self._host_of = host_of
        self.has_token = False
        """Whether there is a token for repositories that need consent."""
        self._hub, self._text, self._next_page = HubKind.HUGGING_FACE, "", ""
        self._work: asyncio.Task[object] | None = None
        self._readings: set[asyncio.Task[object]] = set()
        """Read the files of the results."""
        self._error: ChatdeskError | None = None
        self._seconds = 0
        self._hits: list[ShownHit] = []
        self._spinner = Spinner(appearance, "", self)
        self._sentence = Label(appearance, "ui", "textSecondary", self, wrap=True)
        self._sentence.setObjectName("searchState")
        self._retry = self._button("retrySearch", self.search_again)
        self._sources = self._button("openModelSources", self.sources_requested.emit)
        self._card = RowCard(appearance, self)
        self._rows: list[HitRow] = []
        self._more = self._button("moreHits", self._load_more)
        self._delay = QTimer(self, singleShot=True, interval=SEARCH_DELAY)
        self._delay.timeout.connect(self.search_again)
        self._wait = QTimer(self, interval=_SECOND)
        self._wait.timeout.connect(self._count_down)
        self._lay_out()
        self._show()

    def set_query(self, hub: HubKind, text: str) -> None:
        """Search after a moment without typing. An empty text ends the search."""
        if (hub, text) == (self._hub, self._text) and self._hits:
            return
        self._hub, self._text = hub, text
        self.end()
        self._hits, self._next_page, self._error = [], "", None
        if text:
            self._delay.start()
        self._show()

    def search_again(self) -> None:
        """Search now, or ask again for the page that could not be loaded. Results that are complete stay."""
        if self._error or not self._hits:
            self._ask()

    def focus_first(self) -> None:
        """Focus the first result."""
        if self._hits:
            self._rows[0].setFocus(Qt.FocusReason.TabFocusReason)

    def update_downloads(self) -> None:
        """Show the states of downloads."""
        for number, shown in enumerate(self._hits):
            if shown.model and shown.build:
                self._set(number, replace(shown, status=self._status(shown.model, shown.build)))

    def end(self) -> None:
        """Stop the search, and reading its results."""
        self._stop_asking()
        for reading in self._readings:
            reading.cancel()

    def _ask(self) -> None:
        """Ask for the next page of results: the first one if there are none."""
        self._stop_asking()
        self._error = None
        if self._text:
            self._work = self._tasks.start(self._run(), "search a hub")
        self._show()

    def _stop_asking(self) -> None:
        self._delay.stop()
        self._wait.stop()
        if self._work:
            self._work.cancel()
            self._work = None

    async def _run(self) -> None:
        try:
            if self._name_problem():
                hits: tuple[HubHit, ...] = ()
            elif (named := self._named()) is not None:
                hits = (named,)
            else:
                found = await self._search.search(self._hub, self._text, self._next_page)
                if found is None:
                    return
                hits, self._next_page = found.hits, found.next_page
        except ChatdeskError as error:
            self._show_error(error)
            return
        first = len(self._hits)
        self._hits += [ShownHit(hit, may_download=hit.gate is Gate.OPEN or self.has_token) for hit in hits]
        self._work = None
        self._show()
        self._start_reading(self._read_some(range(first, min(len(self._hits), first + _READ_AT_ONCE))))

    async def _read_some(self, numbers: range) -> None:
        for number in numbers:
            if self._hits[number].may_download:
                await self._read(number)

    def _start_reading(self, work: Coroutine[Any, Any, None]) -> None:
        reading = self._tasks.start(work, "look at a model")
        self._readings.add(reading)
        reading.add_done_callback(self._readings.discard)

    def _named(self) -> HubHit | None:
        """Return the repository that the text names, if it is a name or an address instead of words to search for."""
        named = read_model_name(self._text)
        if self._hub is HubKind.OLLAMA:
            name, _, tag = named.name.partition(":")
            name = name if "/" in name else f"library/{name}"
            return HubHit(HubRepository(HubKind.OLLAMA, name, tag or "latest"))
        if named.name.startswith("hf.co/"):
            return HubHit(HubRepository(self._hub, named.name.removeprefix("hf.co/").partition(":")[0]))
        return None

    def _name_problem(self) -> str:
        """Return why the text is not a name for Ollama's library, which cannot be searched; empty if it is one, or for another hub."""
        problem = read_model_name(self._text).problem if self._hub is HubKind.OLLAMA else None
        return problem_text(problem) if problem else ""

    def _look_at(self, row: HitRow) -> None:
        self._start_reading(self._read(self._rows.index(row)))

    async def _read(self, number: int, chosen: int | None = None) -> None:
        """Read the files of a result, and the header of the suggested or chosen build."""
        shown = self._hits[number]
        hit = shown.hit

        def update(**values: object) -> bool:
            """Change the result if it is still shown."""
            nonlocal shown
            if number >= len(self._hits) or self._hits[number].hit is not hit:
                return False
            shown = replace(self._hits[number], **values)  # type: ignore[arg-type]
            self._set(number, shown)
            return True

        update(reading=True, error="")
        try:
            model = shown.model or await self._search.open(hit.repository)
            build = model.suggested if chosen is None else model.builds[chosen]
            if not update(model=model, build=build, facts=None):
                return
            if build:
                status, ollama = self._status(model, build), self._ollama_name(hit.repository, build)
                facts = await self._search.describe(model, build)
                update(facts=facts, status=status, ollama_name=ollama)
            update(reading=False)
        except ChatdeskError as error:
            update(reading=False, error=sentence_and_consequence(describe_error(error)))

    def _status(self, model: HubModel, build: HubBuild) -> DownloadStatus:
        files = tuple(DownloadFile(file.path, file.size, file.sha256) for file in build.files)
        if build.projector:
            files += (DownloadFile(build.projector.path, build.projector.size, build.projector.sha256),)
        return self._catalogue.status_of(ModelDownload("", files, (model.listing.repository,)))

    def _ollama_name(self, repository: HubRepository, build: HubBuild) -> str:
        """Return the name by which Ollama knows a build; empty if there is none, or if no Ollama server answers."""
        if not self._catalogue.state(self._appearance.language).ollama_answers:
            return ""
        if repository.hub is HubKind.OLLAMA:
            return f"{repository.name.removeprefix('library/')}:{repository.revision}"
        is_known = repository.hub is HubKind.HUGGING_FACE and bool(build.quantization)
        return f"hf.co/{repository.name}:{build.quantization}" if is_known else ""

    def _get(self, row: HitRow) -> None:
        shown = row.shown
        if shown and shown.model and shown.build:
            self._tasks.start(self._download(self._rows.index(row), shown.model, shown.build), "get a model")

    async def _download(self, number: int, model: HubModel, build: HubBuild) -> None:
        try:
            download = await self._search.make_download(model, build, self._appearance.language)
        except ChatdeskError as error:
            if number < len(self._hits) and self._hits[number].model is model:
                self._set(number, replace(self._hits[number], error=sentence_and_consequence(describe_error(error))))
            return
        self._catalogue.pulls.get(download)

    def _chat(self, row: HitRow) -> None:
        if row.shown and row.shown.status.ref:
            self.chat_requested.emit(row.shown.status.ref)

    def _get_with_ollama(self, row: HitRow) -> None:
        if row.shown:
            self._catalogue.download_named(row.shown.ollama_name)

    def _open_page(self, row: HitRow) -> None:
        if row.shown is None:
            return
        repository = row.shown.hit.repository
        host = self._host_of(repository.hub)
        match repository.hub:
            case HubKind.HUGGING_FACE:
                self.page_requested.emit(f"https://{host}/{repository.name}")
            case HubKind.MODELSCOPE:
                self.page_requested.emit(f"https://{host}/models/{repository.name}")
            case HubKind.OLLAMA:
                self.page_requested.emit(f"https://ollama.com/{repository.name}")

    def _load_more(self) -> None:
        if self._next_page and self._work is None:
            self._ask()

    def _show_error(self, error: ChatdeskError) -> None:
        self._error, self._work = error, None
        if isinstance(error, HubBusy):
            self._seconds = max(1, round(error.seconds))
            self._wait.start()
        self._show()

    def _count_down(self) -> None:
        self._seconds -= 1
        if self._seconds <= 0:
            self.search_again()
        else:
            self._show()

    def _set(self, number: int, shown: ShownHit) -> None:
        self._hits[number] = shown
        if number < len(self._rows):
            self._rows[number].show_hit(shown)

    def _show(self) -> None:
        searching = self._work is not None or self._delay.isActive()
        for number, shown in enumerate(self._hits):
            if number >= len(self._rows):
                self._add_row()
            self._rows[number].show_hit(shown)
        for number, row in enumerate(self._rows):
            row.setVisible(number < len(self._hits))
        self._card.setVisible(bool(self._hits))
        self._spinner.setVisible(searching)
        self._more.setVisible(bool(self._next_page) and not searching)
        steps = {action.action_id for action in describe_error(self._error).actions} if self._error else set()
        self._retry.setVisible(NextStep.RETRY in steps)
        self._sources.setVisible(NextStep.MODEL_SOURCES in steps)
        self._retranslate()

    def _add_row(self) -> None:
        row = HitRow(self._appearance, self._card)
        row.opened.connect(lambda: self._look_at(row))
        row.build_chosen.connect(lambda chosen: self._start_reading(self._read(self._rows.index(row), chosen)))
        row.get_requested.connect(lambda: self._get(row))
        row.ollama_requested.connect(lambda: self._get_with_ollama(row))
        row.chat_requested.connect(lambda: self._chat(row))
        row.page_requested.connect(lambda: self._open_page(row))
        row.moved.connect(lambda step: self._move(row, step))
        self._rows.append(row)
        self._card.add_row(row)

    def _move(self, row: HitRow, step: int) -> None:
        position = self._rows.index(row) + step
        if 0 <= position < len(self._hits):
            self._rows[position].setFocus(Qt.FocusReason.TabFocusReason)

    def _state_text(self) -> str:
        host = self._host_of(self._hub)
        if self._error and isinstance(self._error, HubBusy):
            text = self.tr("{host} received too many requests from your connection. Retrying in {seconds} s.")
            return text.format(host=host, seconds=self.locale().toString(self._seconds))
        if self._error:
            return sentence_and_consequence(describe_error(self._error))
        if self._work is not None or self._delay.isActive():
            return self.tr("Asking {host}…").format(host=host)
        if not self._hits and self._text:
            return self._name_problem() or self.tr("Nothing found at {host} for “{text}”.").format(
                host=host, text=self._text
            )
        return ""

    def _retranslate(self) -> None:
        self._sentence.set_text(self._state_text())
        self._sentence.setVisible(bool(self._sentence.text()))
        self._sentence.set_color("danger" if self._error else "textSecondary")
        self._retry.setText(self.tr("Try again"))
        self._sources.setText(self.tr("Model sources"))
        self._more.setText(self.tr("More results"))

    def _button(self, name: str, action: Callable[[], object]) -> Button:
        button = Button(self._appearance, "", parent=self)
        button.setObjectName(name)
        button.clicked.connect(lambda _checked: action())
        return button

    def _lay_out(self) -> None:
        theme = self._appearance.theme
        state = QHBoxLayout()
        state.setSpacing(theme.length("s"))
        state.addWidget(self._spinner)
        state.addWidget(self._sentence, 1)
        state.addWidget(self._sources)
        state.addWidget(self._retry)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.length("m"))
        column.addLayout(state)
        column.addWidget(self._card)
        column.addWidget(self._more, 0, Qt.AlignmentFlag.AlignHCenter)
