"""What a feature contributes to the window. `app/features.py` lists the features; the window knows only these types."""

from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QWidget

from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.ui_kit.files.file_saver import FileSaver
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.tasks import Tasks
from chatdesk.ui_kit.text.open_link import LinkOpener

if TYPE_CHECKING:
    from chatdesk.ui_kit.forms.section_page import SectionPage


class Navigation(Protocol):
    """The ways from one page of the window to another."""

    def show_page(self, page: str, *target: str) -> None:
        """Show the page of this name, with what `target` names on it."""

    def show_chats(self) -> None:
        """Show the chats."""

    def show_settings(self, section: str = "", item: str = "", part: str = "") -> None:
        """Show the settings: a section, and in it an item, ready to change a part of it."""

    def show_server(self, server_id: str, part: str) -> None:
        """Show the settings of a server, ready to change its `key` or its `address`; without a server, those of all."""

    def open_link(self, target: str) -> None:
        """Open a web page in the browser, or ask first."""

    def show_models(self, section: str = "") -> None:
        """Show the page of models: the list, or the section `recommended` or `downloads`."""


@dataclass(frozen=True, slots=True)
class WindowContext:
    """What the window gives every feature."""

    appearance: Appearance
    tasks: Tasks
    files: FileSaver
    links: LinkOpener
    navigation: Navigation
    tell: Callable[[str, Callable[[], object] | None], object]
    """Shows a sentence in a toast, with an offer to undo if there is a way to."""


class PageHeader(Protocol):
    """The header of a page beside the sidebar, with a button that shows or hides the sidebar."""

    sidebar_toggled: SignalInstance

    def set_sidebar_open(self, *, is_open: bool) -> None:
        """Show what the button will do."""


@dataclass(frozen=True, slots=True)
class PageView:
    """A page that was created: `open` shows what its arguments name, `end` is called when the window ends."""

    widget: QWidget
    open: Callable[..., object]
    end: Callable[[], object]
    header: PageHeader | None = None
    """Only a page beside the sidebar has one."""
    prepare: Callable[..., Awaitable[None] | None] = lambda *_target: None
    """Creates what the page needs to show a target; returns None if everything exists."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the window. `make` imports and creates it when it is first shown, or in several turns of the event loop.

    `title` is an English source for translation, in the context "Pages". A page that is not `beside_sidebar` covers the sidebar too.
    """

    name: str
    title: str
    make: Callable[[], PageView | Awaitable[PageView]]
    beside_sidebar: bool = False


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
    command: str = ""
    """Title of the command that shows it, likewise, in the context "Palette"; without one there is no command."""


@dataclass(frozen=True, slots=True)
class Command:
    """Something the user can do anywhere in the window. `title` is in the current language, `keys` are in Qt's portable spelling.

    `also` are more words by which the palette finds it.
    """

    id: str
    title: str
    run: Callable[[], object]
    icon: str = "keyboard"
    keys: tuple[str, ...] = ()
    also: str = ""


class Feature(Protocol):
    """A feature as the window sees it. Creating one loads none of its services and widgets: what it contributes is created when shown."""

    def pages(self) -> Sequence[Page]:
        """Return its pages."""
        return ()

    def commands(self) -> Sequence[Command]:
        """Return its commands, with titles in the current language."""
        return ()

    def settings_sections(self) -> Sequence[Section]:
        """Return its sections of the settings."""
        return ()
