"""Choices of the user for an import: which presets to import, and how conflicts are resolved. No widgets."""

from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal

from chatdesk.features.presets.services.preset_sharing import Conflict, Offer, Resolution


class ImportChoices(QObject):
    """By default, all presets are imported beside existing ones, except those that are here already."""

    changed = Signal()

    def __init__(self, offers: Iterable[Offer], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.offers = tuple(offers)
        self._selected = [not offer.is_here for offer in self.offers]
        self._replaces = [False] * len(self.offers)

    @property
    def count(self) -> int:
        """The number of presets to import."""
        return sum(self._selected)

    @property
    def conflicts(self) -> int:
        """The number of presets whose name is taken."""
        return sum(offer.conflict is Conflict.SAME_NAME for offer in self.offers)

    def is_selected(self, number: int) -> bool:
        """Return whether a preset is to be imported."""
        return self._selected[number]

    def replaces(self, number: int) -> bool:
        """Return whether a preset replaces the existing one."""
        return self._replaces[number]

    def resolved(self) -> list[tuple[Offer, Resolution]]:
        """Return the resolution for each preset."""
        return [(offer, self._resolution(number)) for number, offer in enumerate(self.offers)]

    def set_selected(self, number: int, *, selected: bool) -> None:
        """Select or deselect a preset."""
        self._selected[number] = selected
        self.changed.emit()

    def set_replaces(self, number: int, *, replaces: bool) -> None:
        """Let a preset replace the existing one, or add it beside it."""
        self._replaces[number] = replaces
        self.changed.emit()

    def set_all_selected(self, *, selected: bool) -> None:
        """Select or deselect all presets."""
        self._selected = [selected] * len(self.offers)
        self.changed.emit()

    def resolve_conflicts(self, resolution: Resolution) -> None:
        """Set the resolution of all presets whose name is taken."""
        for number, offer in enumerate(self.offers):
            if offer.conflict is Conflict.SAME_NAME:
                self._selected[number] = resolution is not Resolution.SKIP
                self._replaces[number] = resolution is Resolution.REPLACE
        self.changed.emit()

    def _resolution(self, number: int) -> Resolution:
        if not self._selected[number]:
            return Resolution.SKIP
        return Resolution.REPLACE if self._replaces[number] else Resolution.ADD
