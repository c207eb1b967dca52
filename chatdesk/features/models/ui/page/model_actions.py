"""What can be done with a model, or with a server, on the page of models: one place where every part of the program adds what it can do.

To add something: write an offer, a function that takes a `ModelEntry` (or a `ServerState`) and returns `PageAction`s, and hand it to
`PageActions.offer_for_models` (or `offer_for_servers`) where the page is put together, `features/models/ui/page/models_place.py`. What
is offered
stands in the row's menu, in the menu of the details, and is reached by its keys in the list; nothing else has to know of it. An offer is
asked each time a menu opens, a key is pressed or the details are shown: it returns what can be done now, with words in the language of
now, and may leave out what cannot. What stands in the details as a button, too, says so with `button`. The page's own offers are
`own_actions.py`.
"""

from collections.abc import Callable, Iterable
from enum import IntEnum

from chatdesk.features.models.domain.entry import ModelEntry
from chatdesk.features.servers.services.models import ServerState
from chatdesk.kernel.fast_dataclass import dataclass


class ActionSection(IntEnum):
    """Where in a menu an action stands; a line parts the sections."""

    USE = 0
    """Asking the model."""
    OWN = 1
    """What a person wants of it: nothing changes at its server."""
    SERVER = 2
    """What its server does with it: load, unload, copy."""
    REMOVE = 3


@dataclass(frozen=True, slots=True)
class PageAction:
    """One of them. `key` names it for good; `keys` in Qt's portable spelling works in the list."""

    key: str
    words: str
    icon: str
    act: Callable[[], object]
    section: ActionSection = ActionSection.OWN
    keys: str = ""
    enabled: bool = True
    danger: bool = False
    """Whether something is gone afterwards."""
    button: bool = False
    """Whether it is a button in the details, too."""


ModelOffer = Callable[[ModelEntry], Iterable[PageAction]]
ServerOffer = Callable[[ServerState], Iterable[PageAction]]


class PageActions:
    """All there is to do on one page."""

    def __init__(self) -> None:
        self._model_offers: list[ModelOffer] = []
        self._server_offers: list[ServerOffer] = []

    def offer_for_models(self, offer: ModelOffer) -> None:
        """Offer something for models, behind what is offered already."""
        self._model_offers.append(offer)

    def offer_for_servers(self, offer: ServerOffer) -> None:
        """Offer something for servers, likewise."""
        self._server_offers.append(offer)

    def for_model(self, entry: ModelEntry) -> tuple[PageAction, ...]:
        """Return what can be done with a model now, by section."""
        return _by_section(action for offer in self._model_offers for action in offer(entry))

    def for_server(self, state: ServerState) -> tuple[PageAction, ...]:
        """Return what can be done with a server now, by section."""
        return _by_section(action for offer in self._server_offers for action in offer(state))


def _by_section(actions: Iterable[PageAction]) -> tuple[PageAction, ...]:
    return tuple(sorted(actions, key=lambda action: action.section))
