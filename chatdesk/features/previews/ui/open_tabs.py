"""Open preview tabs by chat, with the version shown in each. `preview_presenter.py` acts on them."""

from dataclasses import field

from chatdesk.features.previews.domain.page import Page
from chatdesk.features.previews.ui.runnable_code import Runnable
from chatdesk.kernel.fast_dataclass import dataclass


@dataclass(slots=True, eq=False)
class PreviewTab:
    """A tab for one runnable artifact in one of its versions. `key` stays the same whichever version is shown."""

    key: str
    chat: str
    shown: Runnable
    versions: tuple[Runnable, ...]
    page: Page | None = None
    """The page of the shown version; None until it is created."""


@dataclass(slots=True)
class OpenTabs:
    """The tabs of all chats while the program runs."""

    _by_chat: dict[str, list[PreviewTab]] = field(default_factory=dict)
    _current: dict[str, PreviewTab] = field(default_factory=dict)

    def of(self, chat: str) -> list[PreviewTab]:
        """Return the tabs of a chat in order."""
        return self._by_chat.get(chat, [])

    def all(self) -> list[PreviewTab]:
        """Return the tabs of all chats."""
        return [tab for tabs in self._by_chat.values() for tab in tabs]

    def current(self, chat: str) -> PreviewTab | None:
        """Return the front tab of a chat; None if it has no tabs."""
        return self._current.get(chat)

    def find(self, chat: str, key: str) -> PreviewTab | None:
        """Return the tab with this key; None if there is none."""
        return next((tab for tab in self.of(chat) if tab.key == key), None)

    def put(self, chat: str, runnable: Runnable, versions: tuple[Runnable, ...]) -> PreviewTab:
        """Bring the tab for a version to the front and return it: the tab with another version of the same artifact, or a new last tab."""
        keys = {version.key for version in versions}
        tab = next((tab for tab in self.of(chat) if tab.shown.key in keys), None)
        if tab is None:
            tab = PreviewTab(runnable.key, chat, runnable, versions)
            self._by_chat.setdefault(chat, []).append(tab)
        tab.shown, tab.versions, tab.page = runnable, versions, None
        self._current[chat] = tab
        return tab

    def bring_to_front(self, tab: PreviewTab) -> None:
        """Make the tab the current one of its chat."""
        self._current[tab.chat] = tab

    def remove(self, tab: PreviewTab) -> None:
        """Close a tab and bring its neighbor to the front."""
        tabs = self.of(tab.chat)
        index = tabs.index(tab)
        tabs.remove(tab)
        if self._current.get(tab.chat) is tab:
            del self._current[tab.chat]
            if tabs:
                self._current[tab.chat] = tabs[min(index, len(tabs) - 1)]

    def remove_all(self, chat: str) -> list[PreviewTab]:
        """Close all tabs of a chat and return them."""
        self._current.pop(chat, None)
        return self._by_chat.pop(chat, [])
