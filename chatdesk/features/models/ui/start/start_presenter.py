"""Presenter of the card on the start page: it follows the catalogue, and carries out what the user chooses."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QLocale, QObject, Signal

from chatdesk.features.models.services.model_catalogue import CatalogueRow, CatalogueState
from chatdesk.features.models.services.model_services import ModelServices
from chatdesk.features.models.ui.catalogue.card_texts import (
    PURPOSE_ICONS,
    build_size,
    duration_text,
    languages_text,
    sentence,
    words_text,
)
from chatdesk.features.models.ui.start.start_card import StartCard, StartChoice, StartOffer
from chatdesk.kernel.errors.model_errors import PullDiskShort
from chatdesk.kernel.models.hubs import HubKind
from chatdesk.kernel.models.model import ModelRef
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.text.download_texts import download_size, join_parts
from chatdesk.ui_kit.text.safe_text import plain_line

_HOST = {HubKind.HUGGING_FACE: "huggingface.co", HubKind.MODELSCOPE: "modelscope.cn"}
_GIGABYTE = 1024**3


class StartPresenter(QObject):
    """Presenter of one card. Call `end` before the services are closed.

    `ollama_step` returns what helps with Ollama: "start", "get" or "more".
    """

    choice_made = Signal(str)
    """Another way: "ollama", "key", "file", "folder", "sources" or "more"."""
    chat_requested = Signal(ModelRef)
    changed = Signal()
    """The card shows another state."""

    def __init__(
        self,
        appearance: Appearance,
        card: StartCard,
        services: ModelServices,
        ollama_step: Callable[[], str],
    ) -> None:
        super().__init__(card)
        self._appearance = appearance
        self._card = card
        self._services = services
        self._ollama_step = ollama_step
        self._catalogue = services.library.catalogue
        self.is_ready = False
        """Whether it is known what to offer."""
        self._source: HubKind | None = None
        """The hub that the user chose after another one failed."""
        self._chosen = ""
        """ID of the model that the user chose instead of the best one."""
        self.end = self._catalogue.changes.subscribe(lambda _change: self.show())
        card.get_requested.connect(self._get)
        card.chat_requested.connect(self._chat)
        card.pause_requested.connect(lambda: self._with_pull(self._catalogue.pulls.pause))
        card.cancel_requested.connect(lambda: self._with_pull(self._catalogue.pulls.cancel))
        card.fix_requested.connect(self._fix)
        card.choice_made.connect(self._choose)
        card.installEventFilter(self)

    def show(self) -> None:
        """Show the current state, once it is known."""
        state = self._state()
        if state.is_ready:
            self.is_ready = True
            row = self._row(state)
            self._card.show_offer(self._offer(row, state) if row else self._nothing(state))
            self._card.show_choices(self._choices(row, state))
            self.changed.emit()

    def _state(self) -> CatalogueState:
        return self._catalogue.state(self._appearance.language)

    def _row(self, state: CatalogueState) -> CatalogueRow | None:
        """Return the model to show: one that is being downloaded, the one that the user chose, or the best."""
        rows = {row.model.id: row for row in state.rows}
        going = next((row for row in state.rows if row.offer.pull), None)
        return rows.get(self._chosen) or going or state.best

    def _offer(self, row: CatalogueRow, state: CatalogueState) -> StartOffer:
        offer, language = row.offer, self._appearance.language
        hub = self._hub(row)
        time = self.tr("Here") if state.line_speed else self.tr("At 100 Mbit/s")
        facts = (
            (self.tr("Download"), build_size(offer.build)),
            (time, self.tr("about {time}").format(time=duration_text(state.seconds_for(offer.build.size)))),
            (self.tr("Speed here"), words_text(offer.judgement.speed, language)),
            (self.tr("Languages"), languages_text(row.model.languages, language)),
            (self.tr("Licence"), row.model.licence),
        )
        problem, fix = self._problem(row)
        labels = {
            "source": self.tr("Try ModelScope") if hub is HubKind.HUGGING_FACE else self.tr("Try Hugging Face"),
            "sources": self.tr("Model sources…"),
            "folder": self.tr("Choose a folder…"),
        }
        return StartOffer(
            row.model.name,
            PURPOSE_ICONS[row.purpose],
            f"{sentence(row.model, row.purpose)}",
            tuple((caption, value) for caption, value in facts if value),
            offer.pull,
            offer.installed,
            problem,
            fix,
            labels.get(fix, ""),
            self._machine(state),
            self.tr("From {host}, verified after the download").format(host=_HOST.get(hub, "")),
        )

    def _problem(self, row: CatalogueRow) -> tuple[str, str]:
        """Return why the model cannot be downloaded now, and the step that helps. A failure is described by the progress line."""
        offer = row.offer
        if offer.judgement.disk_is_short and not offer.pull:
            size = download_size(offer.build.size)
            return self.tr("Needs {size} on the disk, which is too full.").format(size=size), "folder"
        if offer.pull and offer.pull.has_failed:
            if isinstance(offer.pull.error, PullDiskShort):
                return "", "folder"
            return "", "source" if len(row.model.download.sources) > 1 else "sources"
        return "", ""

    def _nothing(self, state: CatalogueState) -> StartOffer:
        """Return the offer of a key, with the sum that does not fit."""
        smallest = min(state.rows, key=lambda row: row.offer.judgement.fit.need.total)
        need, machine = smallest.offer.judgement.fit.need.total, state.machine
        memory = (machine.usable_memory if machine else None) or 0
        text = self.tr(
            "The smallest one needs {need} of memory, and {memory} can be used here. A provider's model runs elsewhere."
        ).format(need=download_size(need), memory=download_size(memory))
        return StartOffer(icon="key-round", sentence=text, machine=self._machine(state))

    def _machine(self, state: CatalogueState) -> str:
        machine = state.machine
        if machine is None or machine.memory is None:
            return ""
        memory = f"{QLocale().toString(round(machine.memory / _GIGABYTE))} GB"
        chosen = self.tr("Chosen for {memory} of memory").format(memory=memory)
        cards = ", ".join(plain_line(card.name) for card in machine.cards) or self.tr("no graphics card")
        return join_parts(chosen, machine.processor if machine.unified else cards)

    def _choices(self, row: CatalogueRow | None, state: CatalogueState) -> tuple[StartChoice, ...]:
        get, language = self.tr("Choose"), self._appearance.language
        shown: list[StartChoice] = []
        if row:
            size = row.offer.build.size
            fitting = [
                each
                for each in state.rows
                if each.offer.judgement.fit.runs
                and not each.offer.judgement.disk_is_short
                and (not language.startswith("zh") or each.model.speaks("zh"))
            ]
            smaller = max(
                (r for r in fitting if r.offer.build.size < size), key=lambda r: r.offer.build.size, default=None
            )
            larger = min(
                (r for r in fitting if r.offer.build.size > size), key=lambda r: r.offer.build.size, default=None
            )
            for each in (smaller, larger):
                if each:
                    speed = words_text(each.offer.judgement.speed, language)
                    facts = join_parts(build_size(each.offer.build), speed, sentence(each.model, each.purpose))
                    icon = PURPOSE_ICONS[each.purpose]
                    shown.append(StartChoice(f"model:{each.model.id}", icon, each.model.name, facts, get))
        ollama = {
            "start": (self.tr("Installed but not running"), self.tr("Start it")),
            "get": (self.tr("Runs models of its own library"), self.tr("Get Ollama")),
            "more": (self.tr("Connected, without a model yet"), self.tr("Choose")),
        }[self._ollama_step()]
        shown += (
            StartChoice("ollama", "server", "Ollama", *ollama),
            StartChoice(
                "key", "key-round", self.tr("A key"), self.tr("For DeepSeek, OpenAI and others"), self.tr("Add…")
            ),
            StartChoice("file", "file-up", self.tr("A GGUF file"), self.tr("On this computer"), self.tr("Open…")),
            StartChoice("more", "plus", self.tr("More models"), "", self.tr("Show")),
        )
        return tuple(shown)

    def _hub(self, row: CatalogueRow) -> HubKind:
        preferred = self._source or self._services.hubs.get().preferred(self._appearance.language)
        offered = [source.hub for source in row.model.download.sources]
        return preferred if preferred in offered else offered[0]

    def _get(self) -> None:
        state = self._state()
        row = self._row(state)
        if row and (pull := row.offer.pull):
            self._catalogue.pulls.resume(pull.ref)
        elif row:
            self._catalogue.get(row.offer, self._hub(row))

    def _chat(self) -> None:
        row = self._row(self._state())
        if row and row.offer.ref:
            self.chat_requested.emit(row.offer.ref)

    def _with_pull(self, act: Callable[[ModelRef], object]) -> None:
        row = self._row(self._state())
        if row and row.offer.pull:
            act(row.offer.pull.ref)

    def _fix(self, fix: str) -> None:
        if fix != "source":
            self.choice_made.emit(fix)
        elif row := self._row(self._state()):
            self._source = HubKind.MODELSCOPE if self._hub(row) is HubKind.HUGGING_FACE else HubKind.HUGGING_FACE
            self._catalogue.get(row.offer, self._source)

    def _choose(self, key: str) -> None:
        if key.startswith("model:"):
            self._chosen = key.removeprefix("model:")
            self.show()
        else:
            self.choice_made.emit(key)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.LanguageChange:
            self.show()
        return False
