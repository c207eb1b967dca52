"""Actions on the page in the preview panel: save, take a picture, open in the browser, full screen and separate window."""

import asyncio
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QEvent, QIODevice, QObject, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from chatdesk.features.previews.domain.archive import zip_of
from chatdesk.features.previews.services.temporary_pages import TemporaryPages
from chatdesk.features.previews.ui.page_maker import PageMaker
from chatdesk.features.previews.ui.panel.panel_header import PreviewAction
from chatdesk.features.previews.ui.panel.panel_menu import PanelMenu
from chatdesk.features.previews.ui.panel.preview_panel import PreviewPanel
from chatdesk.features.previews.ui.preview_frame import PreviewFrame
from chatdesk.features.previews.ui.preview_presenter import PreviewPresenter
from chatdesk.kernel.settings.declarations import PREVIEW_WINDOW
from chatdesk.kernel.settings.store import Settings
from chatdesk.kernel.text.file_name import safe_file_name
from chatdesk.ui_kit.files.file_saver import FileSaver
from chatdesk.ui_kit.shortcuts import CommandId, WindowShortcuts
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.tasks import Tasks
from chatdesk.ui_kit.text.open_link import LinkOpener
from chatdesk.ui_kit.widgets.sidebar_frame import SidebarFrame

_MIN_SIZE = (360, 320)


class PreviewWindow(QWidget):
    """Separate window for the preview panel. The page keeps running when the panel moves into the window and back.

    It has no parent, so that the main window may cover it. `closed`: the user closed it, and the panel must move back.
    """

    closed = Signal()

    def __init__(self, appearance: Appearance, panel: PreviewPanel, geometry: str) -> None:
        """`geometry` is the last result of `geometry_text`; if empty, the window gets the current size of the panel."""
        super().__init__()
        self.setObjectName("previewWindow")
        self._panel = panel
        self.setMinimumSize(*_MIN_SIZE)
        if not geometry or not self.restoreGeometry(QByteArray.fromBase64(geometry.encode("ascii", "ignore"))):
            self.resize(panel.size().expandedTo(self.minimumSize()))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(panel)
        WindowShortcuts(
            appearance,
            self,
            {
                CommandId.RELOAD_PREVIEW: panel.reload,
                CommandId.FULL_SCREEN: lambda: panel.action_requested.emit(PreviewAction.FULL_SCREEN),
            },
            own={"Ctrl+W": self.close},
        )

    def geometry_text(self) -> str:
        """Return size and position as text that the constructor accepts."""
        return self.saveGeometry().toBase64().toStdString()

    def show_title(self, title: str) -> None:
        """Show the title of the page. A title is foreign text, and Qt treats `[*]` in window titles as a placeholder."""
        self.setWindowTitle(title.replace("[*]", "[*][*]"))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.WindowStateChange:
            self._panel.set_unseen(unseen=self.isMinimized())

    def closeEvent(self, event: QCloseEvent) -> None:
        """Let the panel move back before the window closes."""
        self.closed.emit()
        super().closeEvent(event)


class PreviewActions(QObject):
    """Performs the actions of the panel. `window` is shown in full screen unless the panel has a separate window."""

    def __init__(
        self,
        appearance: Appearance,
        presenter: PreviewPresenter,
        pages: PageMaker,
        frames: tuple[SidebarFrame, PreviewFrame],
        files: FileSaver,
        temporary_pages: TemporaryPages,
        state: Settings,
        links: LinkOpener,
        tasks: Tasks,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._appearance = appearance
        self._presenter = presenter
        self._pages = pages
        self._sidebar, self._frame = frames
        self._files = files
        self._temporary_pages = temporary_pages
        self._state = state
        self._links = links
        self._tasks = tasks
        self._window = window
        self._panel_window: PreviewWindow | None = None
        self._was_maximized = False
        presenter.panel_created.connect(self._set_up_panel)
        presenter.shown_changed.connect(self._show_title)
        presenter.shown_changed.connect(self._update_covered)
        self._sidebar.opened_changed.connect(self._update_covered)
        window.installEventFilter(self)

    def toggle_full_screen(self) -> None:
        """Show the page in full screen, or restore the window. The page keeps its state."""
        panel = self._presenter.panel
        if panel is None or not self._frame.is_open:
            return
        full = not panel.is_full_screen
        if self._panel_window is None:
            self._sidebar.conceal(concealed=full)
            self._frame.set_maximized(maximized=full)
        panel.set_full_screen(full=full)
        window = self._panel_window or self._window
        if full:
            self._was_maximized = window.isMaximized()
            window.showFullScreen()
        elif self._was_maximized:
            window.showMaximized()
        else:
            window.showNormal()

    def toggle_own_window(self) -> None:
        """Move the panel into a separate window, or back beside the chat. The page keeps its state."""
        panel = self._presenter.panel
        if self._panel_window is not None:
            self._dock_panel()
        elif panel is not None and self._frame.is_open:
            if panel.is_full_screen:
                self.toggle_full_screen()
            self._panel_window = PreviewWindow(self._appearance, panel, self._state.get(PREVIEW_WINDOW))
            self._panel_window.closed.connect(self._dock_panel)
            self._frame.detach_preview()
            panel.set_covered(covered=False)
            panel.set_own_window(own=True)
            self._show_title()
            panel.show()
            self._panel_window.show()
            self._panel_window.activateWindow()
            panel.host_area.focus_page()

    def _dock_panel(self) -> None:
        own, self._panel_window = self._panel_window, None
        panel = self._presenter.panel
        if own is None or panel is None:
            return
        if panel.is_full_screen:
            panel.set_full_screen(full=False)
            own.showNormal()
        self._state.set(PREVIEW_WINDOW, own.geometry_text())
        self._frame.attach_preview()
        panel.set_own_window(own=False)
        panel.set_unseen(unseen=self._window.isMinimized())
        own.close()
        own.deleteLater()

    def _update_covered(self) -> None:
        """Hide the page while the sidebar covers it."""
        if panel := self._presenter.panel:
            panel.set_covered(covered=self._panel_window is None and self._sidebar.overlaid and self._sidebar.is_open)

    def _show_title(self) -> None:
        """Title the separate window after the page; close the window if no page is shown."""
        if self._panel_window is not None and self._presenter.shown is None:
            self._dock_panel()
        elif self._panel_window is not None:
            self._panel_window.show_title(self._presenter.title)

    def _focus_chat(self) -> None:
        """Return the keyboard focus to the chat, which may be in another window."""
        if self._panel_window is not None:
            self._window.activateWindow()
            self._window.raise_()

    def _set_up_panel(self, panel: PreviewPanel) -> None:
        self._menu = PanelMenu(panel, self._perform, self._copy_picture, self._save_picture)
        panel.action_requested.connect(self._perform)
        panel.left.connect(self._focus_chat)

    def _perform(self, action: PreviewAction) -> None:
        panel = self._presenter.panel
        if panel is None:
            return
        match action:
            case PreviewAction.CLOSE if self._panel_window is not None:
                self._dock_panel()
            case PreviewAction.CLOSE:
                self._presenter.close()
            case PreviewAction.OWN_WINDOW:
                self.toggle_own_window()
            case PreviewAction.MORE:
                self._menu.open(panel.header.button(PreviewAction.MORE))
            case PreviewAction.FORGET:
                self._presenter.clear_page_data()
            case PreviewAction.FULL_SCREEN:
                self.toggle_full_screen()
            case PreviewAction.RELOAD:
                panel.reload()
            case PreviewAction.SAVE:
                self._save()
            case PreviewAction.OPEN_OUTSIDE:
                self._links.confirm_page(lambda: self._tasks.start(self._open_outside(), "open in the browser"))

    def _file_name(self) -> str:
        shown = self._presenter.shown
        return safe_file_name((shown.artifact.title if shown else "") or "") or self.tr("Page")

    def _save(self) -> None:
        shown = self._presenter.shown
        if shown is None:
            return

        async def make(path: Path) -> bytes:
            if path.suffix.lower() == ".zip":
                return await asyncio.to_thread(zip_of, shown.artifact)
            return (await self._pages.make(shown.artifact)).content

        kinds = {"html": self.tr("Web page"), "zip": self.tr("ZIP archive")}
        self._files.ask_for(self._file_name(), kinds, make)

    async def _open_outside(self) -> None:
        shown = self._presenter.shown
        if shown is not None:
            page = await self._pages.make(shown.artifact)
            self._links.open_page(await self._temporary_pages.write(f"{self._file_name()}.html", page.content))

    def _picture(self) -> bytes:
        panel = self._presenter.panel
        picture = panel.host_area.picture() if panel else None
        data = QByteArray()
        buffer = QBuffer(data)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        if picture is not None:
            picture.save(buffer, "PNG")
        return bytes(data.data())

    def _copy_picture(self) -> None:
        panel = self._presenter.panel
        if panel and (picture := panel.host_area.picture()):
            QGuiApplication.clipboard().setPixmap(picture)

    def _save_picture(self) -> None:
        content = self._picture()

        async def make(_path: Path) -> bytes:
            return content

        self._files.ask_for(self._file_name(), {"png": self.tr("PNG picture")}, make)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Freeze the page while the main window is minimized."""
        panel = self._presenter.panel
        if event.type() is QEvent.Type.WindowStateChange and panel and self._panel_window is None:
            panel.set_unseen(unseen=self._window.isMinimized())
        return super().eventFilter(watched, event)
