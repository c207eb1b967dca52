"""An empty page that is opened only to start Chromium. Importing this module loads the web engine; `prewarm.py` does so early."""

import time
from collections.abc import Callable

from PySide6.QtCore import QObject

from chatdesk.features.previews.web_engine.console import Console
from chatdesk.features.previews.web_engine.page import Page
from chatdesk.features.previews.web_engine.page_source import PageSource, register_scheme
from chatdesk.features.previews.web_engine.profile import IsolatedProfile
from chatdesk.features.previews.web_engine.request_guard import RequestGuard


def open_empty_page(parent: QObject, loaded: Callable[[], None]) -> None:
    """Open a page in a profile of its own, call `loaded` when Chromium has loaded it, and delete both."""
    register_scheme()
    everything = QObject(parent)
    pages = QObject(everything)  # deleted before the profile because it is older
    source = PageSource(b"<!doctype html>", "text/html", everything)
    guard = RequestGuard(source.url, everything)
    page = Page(IsolatedProfile(source, guard, "", everything), source.url, guard, Console(time.monotonic), pages)
    page.loadFinished.connect(lambda _: loaded())
    page.loadFinished.connect(everything.deleteLater)
    page.begin()
