"""What a feature contributes to the window. `app/features.py` lists the features; the window knows only these types."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol

from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.ui_kit.files.file_saver import FileSaver
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.tasks import Tasks
from chatdesk.ui_kit.text.open_link import LinkOpener

if TYPE_CHECKING:
    from chatdesk.ui_kit.forms.section_page import SectionPage


class Navigation(Protocol):
    """The ways from one page of the window to another."""

    def show_settings(self, section: str = "", item: str = "", part: str = "") -> None:
        """Show the settings: a section, and in it an item, ready to change a part of it."""

    def show_models(self) -> None:
        """Show the page of models."""

    def show_guide(self) -> None:
        """Show which models suit this computer."""


@dataclass(frozen=True, slots=True)
class WindowContext:
    """What the window gives every feature."""

    appearance: Appearance
    tasks: Tasks
    files: FileSaver
    links: LinkOpener
    navigation: Navigation


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the settings. `make` imports and creates its page; sections are listed by their `order`.

    `title` is an English source for translation, in the context "SectionList".
    """

    name: str
    icon: str
    order: int
    title: str
    make: "Callable[[], SectionPage]"


class Feature(Protocol):
    """A feature as the window sees it. Creating one loads none of its services and widgets: what it contributes is created when shown."""

    def settings_sections(self) -> Sequence[Section]:
        """Return its sections of the settings."""
        return ()
