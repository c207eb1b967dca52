"""Draws the diagrams of answers in the colours of the window: from the cache on disk, or one after another in the sandboxed engine."""

import asyncio
import json
from collections import OrderedDict
from collections.abc import Callable
from itertools import chain
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSize
from PySide6.QtGui import QGuiApplication

from chatdesk.features.chat.ui.transcript.diagrams import Diagram, DiagramSource, DiagramState
from chatdesk.features.previews.services.diagram_cache import DiagramCache
from chatdesk.features.previews.ui.kind_names import DIAGRAM_LANGUAGES
from chatdesk.features.previews.ui.panel.preview_host import PreviewHosts
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.lazy import Lazy
from chatdesk.kernel.settings.declarations import DRAW_DIAGRAMS
from chatdesk.kernel.settings.store import Settings
from chatdesk.ui_kit.pictures.decoding import decode
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.tokens import Scheme
from chatdesk.ui_kit.tasks import Tasks

if TYPE_CHECKING:
    from chatdesk.features.previews.ui.page_maker import PageMaker

_MAX_SOURCE_LENGTH = 200_000
_MAX_KNOWN = 200
_MAX_PICTURE_BYTES = 96 << 20
"""Of decoded pictures in memory."""
_VERSION = 1
"""Changes with what the pages draw, so that older pictures are not shown."""


@dataclass(frozen=True, slots=True)
class _Key:
    kind: str
    source: str
    scheme: Scheme


class Diagrams(DiagramSource):
    """The diagrams of one window. `close` ends the drawing."""

    def __init__(
        self,
        hosts: PreviewHosts,
        pages: "Lazy[PageMaker]",
        cache: DiagramCache,
        settings: Settings,
        appearance: Appearance,
        tasks: Tasks,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._hosts = hosts
        self._pages = pages
        self._cache = cache
        self._settings = settings
        self._appearance = appearance
        self._tasks = tasks
        self._known: OrderedDict[_Key, Diagram] = OrderedDict()
        self._queue: list[_Key] = []
        self._cancel: Callable[[], None] | None = None
        """Cancels the drawing of the first diagram of the queue."""
        self._closed = False

    def close(self) -> None:
        """Stop drawing because the program is closing."""
        self._closed = True
        self._queue.clear()
        self._cancel_drawing()

    def diagram(self, language: str, source: str) -> Diagram | None:
        """See `DiagramSource`. One that is asked for the first time is looked up in the cache, and drawn if the setting says so."""
        kind = DIAGRAM_LANGUAGES.get(language)
        if kind is None or len(source) > _MAX_SOURCE_LENGTH or not source.strip():
            return None
        key = _Key(kind, source, self._appearance.theme.scheme)
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = Diagram(DiagramState.OFFERED)
            self._tasks.start(self._look_up(key), "look up a diagram")
        self._known.move_to_end(key)
        return known

    def draw(self, language: str, source: str) -> None:
        """See `DiagramSource`."""
        key = self._key(language, source)
        if key and key not in self._queue and not self._closed and self._known[key].picture is None:
            self._set(key, Diagram(DiagramState.DRAWING))
            self._queue.append(key)
            self._draw_next()

    def stop(self, language: str, source: str) -> None:
        """See `DiagramSource`."""
        key = self._key(language, source)
        if key and key in self._queue:
            if key == self._queue[0]:
                self._cancel_drawing()
            self._queue.remove(key)
            self._set(key, Diagram(DiagramState.OFFERED))
            self._draw_next()

    def _key(self, language: str, source: str) -> _Key | None:
        return (
            _Key(DIAGRAM_LANGUAGES[language], source, self._appearance.theme.scheme)
            if self.diagram(language, source)
            else None
        )

    async def _look_up(self, key: _Key) -> None:
        found = await self._cache.get(self._cache_key(key))
        picture = await asyncio.to_thread(decode, found[0], QSize()) if found else None
        if self._closed or self._known.get(key) is None or self._known[key].state is not DiagramState.OFFERED:
            return
        if found and picture:
            self._set(key, Diagram(DiagramState.DRAWN, picture, *found))
        elif self._settings.get(DRAW_DIAGRAMS):
            language = next(name for name, kind in DIAGRAM_LANGUAGES.items() if kind == key.kind)
            self.draw(language, key.source)

    def _draw_next(self) -> None:
        if self._queue and self._cancel is None and not self._closed:
            self._cancel = lambda: None
            self._tasks.start(self._draw(self._queue[0]), "draw a diagram")

    async def _draw(self, key: _Key) -> None:
        from chatdesk.features.previews.domain.pages import MAX_PICTURE_PIXELS  # noqa: PLC0415 - start-up time

        pages = self._pages.get()
        page = await pages.make_picture(key.kind, key.source, dark=key.scheme.dark, scale=_pixel_ratio())
        if self._queue[:1] == [key]:
            self._cancel = self._hosts.draw(
                page.content, MAX_PICTURE_PIXELS, lambda *answer: self._on_drawn(key, *answer), self
            )

    def _on_drawn(self, key: _Key, png: bytes, scale: float, reason: str) -> None:
        self._cancel = None
        self._queue.remove(key)
        self._tasks.start(self._show(key, png, scale, reason), "show a diagram")
        self._draw_next()

    async def _show(self, key: _Key, png: bytes, scale: float, reason: str) -> None:
        picture = await asyncio.to_thread(decode, png, QSize()) if png else None
        if self._closed:
            return
        if picture is None:
            self._set(key, Diagram(DiagramState.FAILED, reason=reason))
        else:
            self._set(key, Diagram(DiagramState.DRAWN, picture, png, scale))
            await self._cache.put(self._cache_key(key), png, scale)

    def _cancel_drawing(self) -> None:
        cancel, self._cancel = self._cancel, None
        if cancel:
            cancel()

    def _set(self, key: _Key, diagram: Diagram) -> None:
        self._known[key] = diagram
        self._known.move_to_end(key)
        self._forget_old()
        self.changed.emit()

    def _forget_old(self) -> None:
        """Forget diagrams that were not asked for recently: those on the screen are asked for whenever it is laid out."""
        size = sum(each.picture.sizeInBytes() for each in self._known.values() if each.picture)
        for key in [*self._known]:
            if len(self._known) <= _MAX_KNOWN and size <= _MAX_PICTURE_BYTES:
                return
            if key not in self._queue and key != next(reversed(self._known)):
                picture = self._known.pop(key).picture
                size -= picture.sizeInBytes() if picture else 0

    def _cache_key(self, key: _Key) -> str:
        colors = self._pages.get().diagram_colors()["dark" if key.scheme.dark else "light"]
        return json.dumps([_VERSION, key.kind, key.source, key.scheme.dark, colors, _pixel_ratio()])


def _pixel_ratio() -> float:
    """Return the pixels of a device-independent one on the sharpest screen."""
    return max(chain((screen.devicePixelRatio() for screen in QGuiApplication.screens()), (1.0,)))
