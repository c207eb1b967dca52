"""Parts of the window never show as windows of their own, not even for a moment: that takes the keyboard away, and flashes."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

from chatdesk.app.features import settings_sections
from tests.gui.window.harness import Harness


class ShownWindows(QObject):
    """Notes the widgets that show as windows."""

    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.names.append(f"{type(watched).__name__} {watched.objectName()}")
        return False


async def test_no_part_of_the_settings_and_no_page_shows_as_a_window(harness: Harness) -> None:
    shown, application = ShownWindows(), QApplication.instance()
    assert application is not None
    sections = [each.name for each in settings_sections(harness.window._features)]
    pages = [page.name for feature in harness.window._features for page in feature.pages()]
    application.installEventFilter(shown)
    for section in sections:
        harness.window.show_settings(section)
    for page in pages:
        harness.router.show_page(page)
    application.removeEventFilter(shown)
    assert {"data", "about"} <= set(sections)
    assert shown.names == []
