"""Which models of the list a person wants to see."""

from collections.abc import Sequence

from chatdesk.features.models.domain.entry import ModelEntry
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.models.model import Capability


@dataclass(frozen=True, slots=True)
class ModelWish:
    """All of it must hold of a model. `words` as typed."""

    words: str = ""
    server_id: str = ""
    """Empty: all servers."""
    abilities: frozenset[Capability] = frozenset()
    loaded: bool = False
    favourites: bool = False
    hidden: bool = False
    """Whether hidden ones are seen, too."""

    @property
    def is_narrow(self) -> bool:
        """Whether anything is left out that is not hidden."""
        return bool(self.words.split() or self.server_id or self.abilities or self.loaded or self.favourites)

    def chosen(self, entries: Sequence[ModelEntry]) -> Sequence[ModelEntry]:
        """Return the entries that fit, in their order. Each wish goes through what the one before has left."""
        found = entries
        if not self.hidden:
            found = [entry for entry in found if not entry.preference.hidden]
        if self.server_id:
            found = [entry for entry in found if entry.model.ref.server_id == self.server_id]
        if self.favourites:
            found = [entry for entry in found if entry.preference.favourite]
        if self.loaded:
            found = [entry for entry in found if entry.model.loaded]
        if self.abilities:
            found = [entry for entry in found if self.abilities <= (entry.model.capabilities or frozenset())]
        for word in self.words.casefold().split():
            found = [entry for entry in found if word in entry.words]
        return found
