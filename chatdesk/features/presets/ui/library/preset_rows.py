"""What the list of presets shows, as values. How a row looks: `card_painter.py`; which ones there are: `library_presenter.py`."""

from chatdesk.features.presets.domain.preset_shelves import Entry
from chatdesk.kernel.fast_dataclass import dataclass


@dataclass(frozen=True, slots=True)
class PresetRow:
    """A preset, or a file that cannot be read as one: then `key` is the name of the file."""

    key: str
    name: str
    description: str
    icon: str
    favourite: bool = False
    own: bool = False
    unsaved: bool = False
    """Whether it was changed and not saved yet."""
    broken: bool = False

    @classmethod
    def of(cls, entry: Entry, icon: str, *, unsaved: bool) -> "PresetRow":
        """Return the row of a preset."""
        preset = entry.preset
        return cls(
            preset.key, preset.name, preset.description, icon, entry.state.favourite, entry.is_own, unsaved=unsaved
        )
