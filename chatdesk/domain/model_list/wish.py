"""Which models of the list a person wants to see."""

from collections.abc import Iterable

from chatdesk.domain.late_dataclass import dataclass
from chatdesk.domain.model import Capability
from chatdesk.domain.model_list.entry import ModelEntry


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

    def chosen(self, entries: Iterable[ModelEntry]) -> list[ModelEntry]:
        """Return the entries that fit, in their order."""
        words = self.words.casefold().split()
        found = [entry for entry in entries if self._fits(entry)]
        for word in words:
            found = [entry for entry in found if word in entry.words]
        return found

    def _fits(self, entry: ModelEntry) -> bool:
        model, preference = entry.model, entry.preference
        return (
            (self.hidden or not preference.hidden)
            and (not self.server_id or model.ref.server_id == self.server_id)
            and (not self.favourites or preference.favourite)
            and (not self.loaded or bool(model.loaded))
            and (not self.abilities or self.abilities <= (model.capabilities or frozenset()))
        )
