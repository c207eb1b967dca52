"""What the user wants of an import: which presets, and what becomes of those that the library has already. No widgets."""

from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal

from chatdesk.features.presets.services.preset_sharing import Conflict, Offer, Resolution


class ImportChoices(QObject):
    """At first everything is wanted, beside what is there; what is there already word for word is not."""

    changed = Signal()

    def __init__(self, offers: Iterable[Offer], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.offers = tuple(offers)
        self._wanted = [offer.conflict is not Conflict.IDENTICAL for offer in self.offers]
        self._replaces = [False] * len(self.offers)

    @property
    def count(self) -> int:
        """How many presets will come."""
        return sum(self._wanted)

    @property
    def conflicts(self) -> int:
        """How many have a name that is taken."""
        return sum(offer.conflict is Conflict.SAME_NAME for offer in self.offers)

    def is_wanted(self, number: int) -> bool:
        """Whether this one will come."""
        return self._wanted[number]

    def replaces(self, number: int) -> bool:
        """Whether it will come in the place of the one that is there."""
        return self._replaces[number]

    def resolved(self) -> list[tuple[Offer, Resolution]]:
        """Return what shall become of each."""
        return [(offer, self._resolution(number)) for number, offer in enumerate(self.offers)]

    def set_wanted(self, number: int, *, wanted: bool) -> None:
        """Take this one, or not."""
        self._wanted[number] = wanted
        self.changed.emit()

    def set_replaces(self, number: int, *, replaces: bool) -> None:
        """Let it come in the place of the one that is there, or beside it."""
        self._replaces[number] = replaces
        self.changed.emit()

    def set_all_wanted(self, *, wanted: bool) -> None:
        """Take all of them, or none."""
        self._wanted = [wanted] * len(self.offers)
        self.changed.emit()

    def resolve_conflicts(self, resolution: Resolution) -> None:
        """Do the same with all whose name is taken."""
        for number, offer in enumerate(self.offers):
            if offer.conflict is Conflict.SAME_NAME:
                self._wanted[number] = resolution is not Resolution.SKIP
                self._replaces[number] = resolution is Resolution.REPLACE
        self.changed.emit()

    def _resolution(self, number: int) -> Resolution:
        if not self._wanted[number]:
            return Resolution.SKIP
        return Resolution.REPLACE if self._replaces[number] else Resolution.ADD
