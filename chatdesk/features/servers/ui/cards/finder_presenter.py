"""Finds out what stands at an address, says it, and hands on what is to be added."""

import asyncio
from urllib.parse import urlsplit

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtWidgets import QWidget

from chatdesk.app.program import Program
from chatdesk.features.servers.ui.cards.card_words import models_words, vendor_name
from chatdesk.features.servers.ui.cards.finder_card import FinderCard, FoundWords
from chatdesk.kernel.errors.base import AddressInvalid, ChatdeskError, NotAChatServer, ServerUnreachable
from chatdesk.kernel.servers.recognized import Recognised
from chatdesk.kernel.servers.server import ServerConfig
from chatdesk.ui_kit.errors.errors import describe_error, in_one_piece
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.tasks import Tasks


class FinderPresenter(QObject):
    """`card` is there from the beginning; whoever made it puts it somewhere and takes it away."""

    chosen = Signal(object)
    """The `Recognised` that is to be added."""
    known = Signal(str)
    """The id of a server that is there already and wants to be seen."""
    by_hand_requested = Signal()
    given_up = Signal()

    def __init__(self, appearance: Appearance, program: Program, tasks: Tasks, parent: QWidget) -> None:
        super().__init__(parent)
        self._servers = program.servers
        self._connections = program.connections
        self._tasks = tasks
        self._task: asyncio.Task[object] | None = None
        self._found: tuple[Recognised, ...] = ()
        self.card = FinderCard(appearance, parent)
        self.card.asked.connect(self._ask)
        self.card.stopped.connect(self._stop)
        self.card.taken.connect(self._take)
        self.card.by_hand_requested.connect(self.by_hand_requested)
        self.card.given_up.connect(self._give_up)

    def end(self) -> None:
        """Ask no longer."""
        if self._task:
            self._task.cancel()
            self._task = None

    def has_more(self) -> bool:
        """Whether something was found that is not added yet."""
        return any(self._already(found) is None for found in self._found)

    def refresh(self) -> None:
        """Say of what was found whether it was added meanwhile."""
        self.card.show_found_words()

    def _ask(self, address: str) -> None:
        self.end()
        self.card.show_running()
        self._task = self._tasks.start(self._find(address), "find out what stands at an address")

    def _stop(self) -> None:
        self.end()
        self.card.show_stopped()

    def _give_up(self) -> None:
        self.end()
        self.given_up.emit()

    def _take(self, place: int) -> None:
        found = self._found[place]
        if server := self._already(found):
            self.known.emit(server.id)
        else:
            self.chosen.emit(found)

    async def _find(self, address: str) -> None:
        self._found = ()
        try:
            found = await self._connections.recognise(address)
        except AddressInvalid as error:
            text = describe_error(error)
            self.card.show_address_problem(f"{text.sentence}\n{text.consequence}".strip())
        except ChatdeskError as error:
            failure = error
            self.card.show_failure(lambda: _failure_words(failure))
        else:
            self._found = found
            self.card.show_found(lambda: tuple(map(self._words, found)))
        self._task = None

    def _words(self, found: Recognised) -> FoundWords:
        translate = QCoreApplication.translate
        parts = urlsplit(found.base_url)
        vendor = self._servers.vendors[found.vendor_id]
        version = translate("Servers", "version {version}").format(version=found.version) if found.version else ""
        models = "" if found.model_count is None else models_words(found.model_count)
        key = translate("Servers", "needs a key") if found.needs_key else ""
        facts = [parts.netloc + parts.path, version, models, key]
        said = translate("Servers", "{name} · {facts}").format(
            name=vendor_name(vendor), facts=" · ".join(fact for fact in facts if fact)
        )
        if self._already(found):
            return FoundWords(said, translate("Servers", "Show"))
        return FoundWords(said, translate("Servers", "Add"))

    def _already(self, found: Recognised) -> ServerConfig | None:
        """Return the server that is set up at this place, if there is one."""
        return next((server for server in self._servers.all() if server.base_url == found.base_url), None)


def _failure_words(error: ChatdeskError) -> str:
    words, translate = describe_error(error), QCoreApplication.translate
    match error:
        case ServerUnreachable():
            way_on = translate("Servers", "Start it, or check the address.")
        case NotAChatServer():
            way_on = translate("Servers", "If it is one all the same, choose it from the list.")
        case _:
            return in_one_piece(words)
    both = translate("Errors", "{first} {second}", "two sentences")
    return both.format(first=words.sentence, second=way_on)
