"""What is done with the page in the panel: saved, pictured, opened in the browser, shown on the whole screen, paused while hidden."""

import asyncio
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QEvent, QIODevice, QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from chatdesk.artifacts.archive import zip_of
from chatdesk.services.handed_out import HandedOut
from chatdesk.ui.open_link import LinkOpener
from chatdesk.ui.preview_panel.panel_header import Deed
from chatdesk.ui.preview_panel.panel_menu import PanelMenu
from chatdesk.ui.preview_panel.preview_panel import PreviewPanel
from chatdesk.ui.shell.file_names import file_name_of
from chatdesk.ui.shell.file_saver import FileSaver
from chatdesk.ui.shell.page_maker import PageMaker
from chatdesk.ui.shell.preview_frame import PreviewFrame
from chatdesk.ui.shell.preview_presenter import PreviewPresenter
from chatdesk.ui.shell.sidebar_frame import SidebarFrame
from chatdesk.ui.tasks import Tasks


class PreviewDeeds(QObject):
    """`window` is what gets the whole screen."""

    def __init__(
        self,
        presenter: PreviewPresenter,
        pages: PageMaker,
        frames: tuple[SidebarFrame, PreviewFrame],
        files: FileSaver,
        handed_out: HandedOut,
        links: LinkOpener,
        tasks: Tasks,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._presenter = presenter
        self._pages = pages
        self._sidebar, self._frame = frames
        self._files = files
        self._handed_out = handed_out
        self._links = links
        self._tasks = tasks
        self._window = window
        self._was_maximized = False
        presenter.panel_made.connect(self._take_panel)
        window.installEventFilter(self)

    def toggle_full_screen(self) -> None:
        """Give the page the whole screen, or the window its shape back. The page's state stays."""
        panel = self._presenter.panel
        if panel is None or not self._frame.is_open:
            return
        full = not panel.is_full_screen
        self._sidebar.conceal(concealed=full)
        self._frame.set_alone(alone=full)
        panel.set_full_screen(full=full)
        if full:
            self._was_maximized = self._window.isMaximized()
            self._window.showFullScreen()
        elif self._was_maximized:
            self._window.showMaximized()
        else:
            self._window.showNormal()

    def _take_panel(self, panel: PreviewPanel) -> None:
        self._menu = PanelMenu(panel.stage_area, self._do, self._copy_picture, self._save_picture, panel)
        panel.deed_wanted.connect(self._do)

    def _do(self, deed: Deed) -> None:
        panel = self._presenter.panel
        if panel is None:
            return
        match deed:
            case Deed.CLOSE:
                self._presenter.close()
            case Deed.MORE:
                self._menu.open(panel.header.button(Deed.MORE))
            case Deed.FULL_SCREEN:
                self.toggle_full_screen()
            case Deed.RELOAD:
                panel.reload()
            case Deed.SAVE:
                self._save()
            case Deed.OPEN_OUTSIDE:
                self._links.ask_about_page(lambda: self._tasks.start(self._open_outside(), "open in the browser"))

    def _name(self) -> str:
        shown = self._presenter.shown
        return file_name_of((shown.artifact.title if shown else "") or "") or self.tr("Page")

    def _save(self) -> None:
        shown = self._presenter.shown
        if shown is None:
            return

        async def make(path: Path) -> bytes:
            if path.suffix.lower() == ".zip":
                return await asyncio.to_thread(zip_of, shown.artifact)
            return (await self._pages.make(shown.artifact)).content

        kinds = {"html": self.tr("Web page"), "zip": self.tr("Its files, packed")}
        self._files.ask_for(self._name(), kinds, make)

    async def _open_outside(self) -> None:
        shown = self._presenter.shown
        if shown is not None:
            page = await self._pages.make(shown.artifact)
            self._links.open_page(await self._handed_out.write(f"{self._name()}.html", page.content))

    def _picture(self) -> bytes:
        panel = self._presenter.panel
        picture = panel.stage_area.picture() if panel else None
        data = QByteArray()
        buffer = QBuffer(data)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        if picture is not None:
            picture.save(buffer, "PNG")
        return bytes(data.data())

    def _copy_picture(self) -> None:
        panel = self._presenter.panel
        if panel and (picture := panel.stage_area.picture()):
            QGuiApplication.clipboard().setPixmap(picture)

    def _save_picture(self) -> None:
        content = self._picture()

        async def make(_path: Path) -> bytes:
            return content

        self._files.ask_for(self._name(), {"png": self.tr("PNG picture")}, make)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Freeze the page while the window is minimized."""
        panel = self._presenter.panel
        if event.type() is QEvent.Type.WindowStateChange and panel and self._frame.is_open:
            panel.stage_area.set_paused(paused=self._window.isMinimized())
        return super().eventFilter(watched, event)
