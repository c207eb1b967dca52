"""The interface between features and the window. `app/features.py` lists the features; the window knows only these types."""

from collections.abc import Awaitable, Callable, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QCoreApplication, SignalInstance
from PySide6.QtWidgets import QWidget

from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.settings.declarations import Setting
from chatdesk.ui_kit.files.file_saver import FileSaver
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.tasks import Tasks
from chatdesk.ui_kit.text.open_link import LinkOpener

if TYPE_CHECKING:
    from chatdesk.ui_kit.forms.section_page import SectionPage


ALL_SERVERS = "all"
"""Item of *Providers* that stands for the list of all of them."""


class ModelsTab(StrEnum):
    """A tab of the models page."""

    HERE = "here"
    """*On this computer*. Its item is `engine`, whose part is a setting."""
    GET_MORE = "get-more"
    """Its item is `downloads`."""
    PROVIDERS = "providers"
    """Its items are the IDs of servers, and `ALL_SERVERS`; the part is what to edit: `key` or `address`."""


class Navigation(Protocol):
    """Navigation between the pages of the window."""

    def show_page(self, page: str, *target: str) -> None:
        """Show the page of this name and the item that `target` identifies."""

    def show_chats(self) -> None:
        """Show the chats."""

    def show_settings(self, section: str = "", item: str = "", part: str = "") -> None:
        """Show the settings: a section, optionally with an item whose `part` is ready to be edited."""

    def show_server(self, server_id: str, part: str) -> None:
        """Show a provider, with its `key` or `address` ready to be edited. Without an ID, show the list of providers."""

    def open_link(self, target: str) -> None:
        """Open a web page in the browser, after a confirmation if needed."""

    def show_models(self, tab: str = "", item: str = "", part: str = "") -> None:
        """Show a tab of the models page, by default the last one, an item in it, and a part of that."""


@dataclass(frozen=True, slots=True)
class WindowContext:
    """Objects of the window that all features may use."""

    appearance: Appearance
    tasks: Tasks
    files: FileSaver
    links: LinkOpener
    navigation: Navigation
    show_toast: Callable[[str, Callable[[], object] | None], object]
    """Shows a sentence in a toast, with an Undo button if an undo function is given."""


class PageHeader(Protocol):
    """The header of a page next to the sidebar, with a button that shows or hides the sidebar."""

    sidebar_toggled: SignalInstance

    def set_sidebar_open(self, *, is_open: bool) -> None:
        """Update the button for the current state of the sidebar."""


@dataclass(frozen=True, slots=True)
class PageView:
    """A page that was created. `open` shows what its arguments identify; `end` is called when the window is closed."""

    widget: QWidget
    open: Callable[..., object]
    end: Callable[[], object]
    header: PageHeader | None = None
    """Set only for a page next to the sidebar."""
    prepare: Callable[..., Awaitable[None] | None] = lambda *_target: None
    """Creates what the page needs to show a target; returns None if everything exists."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the window. `make` imports and creates it when it is first shown, or in several turns of the event loop.

    `title` and `also`, other names of the page for the palette, are English sources for translation, in the context "Pages". A page that is
    not `beside_sidebar` covers the sidebar as well. A page without an icon is shown by a command of its own.
    `parent` is the name of the page it belongs to, which the sidebar marks.
    """

    name: str
    title: str
    make: Callable[[], PageView | Awaitable[PageView]]
    beside_sidebar: bool = False
    icon: str = ""
    also: str = ""
    parent: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the settings. `make` imports and creates its page; sections are sorted by `order`.

    A section without `make` is a link: `leads_to` are the name and the target of the page that shows it.
    `title` and `also`, other names of the section for the palette, are English sources for translation, in the context "SectionList".
    """

    name: str
    icon: str
    order: int
    title: str
    make: "Callable[[], SectionPage] | None"
    also: str = ""
    settings: tuple[Setting[bool] | Setting[int] | Setting[float] | Setting[str], ...] = ()
    """The declared settings that its page shows; the palette lists each of them."""
    leads_to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Wording:
    """A text in the current language, and in English, by which it is found in every language."""

    shown: str
    english: str

    @classmethod
    def of(cls, context: str, source: str, **parts: "Wording") -> "Wording":
        """Return an English source for translation with its placeholders filled in. An empty source results in empty texts."""
        shown = QCoreApplication.translate(context, source) if source else ""
        return cls(
            shown.format(**{name: part.shown for name, part in parts.items()}) if parts else shown,
            source.format(**{name: part.english for name, part in parts.items()}) if parts else source,
        )

    def listed(self) -> tuple[str, ...]:
        """Return the comma-separated entries in both languages."""
        entries = (entry.strip() for text in (self.shown, self.english) for entry in text.replace("，", ",").split(","))
        return tuple(dict.fromkeys(filter(None, entries)))


_NOTHING = Wording("", "")


@dataclass(frozen=True, slots=True)
class Command:
    """A command available anywhere in the window. `keys` are in Qt's portable format.

    `also` contains the other names by which people look for it, separated by commas: what other programs call it, and what it acts on.
    """

    id: str
    title: Wording
    run: Callable[[], object]
    icon: str = ""
    keys: tuple[str, ...] = ()
    also: Wording = _NOTHING
    section: Wording = _NOTHING
    """For a setting: the section that shows it."""


@dataclass(frozen=True, slots=True)
class ActionState:
    """What the row of a `DataAction` shows at present, in the current language."""

    caption: str
    button: str


class LiveState(Protocol):
    """The state of a `DataAction` that changes while its row is shown."""

    def follow(self, changed: Callable[[], object]) -> Callable[[], object]:
        """Call `changed` after each change, and soon for the first time. Return a function that ends this."""

    def current(self) -> ActionState | None:
        """Return what the row shows in place of its caption and button; None for these."""


@dataclass(frozen=True, slots=True)
class DataAction:
    """A way to bring data in or out: a row of *Settings → Data*, sorted by `order`.

    `title`, `caption` and `button` are English sources for translation, in the context "DataActions". `live` is created with the row.
    """

    name: str
    icon: str
    order: int
    title: str
    caption: str
    button: str
    run: Callable[[], object]
    live: Callable[[], LiveState] | None = None


class Feature(Protocol):
    """A feature as seen by the window. Creating one loads none of its services and widgets; they are created when they are first shown."""

    def pages(self) -> Sequence[Page]:
        """Return the pages of the feature."""
        return ()

    def commands(self) -> Sequence[Command]:
        """Return the commands of the feature, with titles in the current language."""
        return ()

    def settings_sections(self) -> Sequence[Section]:
        """Return the settings sections of the feature."""
        return ()

    def data_actions(self) -> Sequence[DataAction]:
        """Return how the feature brings data in or out."""
        return ()
