"""Menu of the panel: sizes, zoom, picture, and the actions whose buttons a narrow panel hides."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from chatdesk.features.previews.ui.panel.devices import Device
from chatdesk.features.previews.ui.panel.page_state import PageState
from chatdesk.features.previews.ui.panel.panel_header import PreviewAction, View
from chatdesk.features.previews.ui.panel.preview_panel import PreviewPanel


class PanelMenu(QObject):
    """`action` performs an action; `copy_picture` and `save_picture` take a picture of the page."""

    def __init__(
        self,
        panel: PreviewPanel,
        action: Callable[[PreviewAction], object],
        copy_picture: Callable[[], object],
        save_picture: Callable[[], object],
    ) -> None:
        super().__init__(panel)
        self._panel = panel
        self._action = action
        self._copy_picture = copy_picture
        self._save_picture = save_picture

    def open(self, under: QWidget) -> None:
        """Open the menu under its button."""
        menu = QMenu(under.window())
        menu.aboutToHide.connect(menu.deleteLater)
        self._add_sizes(menu)
        self._add_zoom(menu)
        runs = self._panel.host_area.state is PageState.RUNNING
        menu.addSeparator()
        menu.addAction(self.tr("Copy picture of page"), self._copy_picture).setEnabled(runs)
        menu.addAction(self.tr("Save picture of page…"), self._save_picture).setEnabled(runs)
        menu.addSeparator()
        menu.addAction(self.tr("Save as…"), lambda: self._action(PreviewAction.SAVE))
        menu.addAction(self.tr("Open in the browser…"), lambda: self._action(PreviewAction.OPEN_OUTSIDE))
        forget = menu.addAction(self.tr("Clear saved page data"), lambda: self._action(PreviewAction.FORGET))
        forget.setEnabled(self._panel.host_area.memory.is_persistent)
        menu.addSeparator()
        versions = menu.addAction(self.tr("Versions…"), lambda: self._panel.show_view(View.VERSIONS))
        versions.setEnabled(self._panel.header.versions.has_choice)
        own = self._panel.is_own_window
        text = self.tr("Back to side panel") if own else self.tr("Open in separate window")
        menu.addAction(text, lambda: self._action(PreviewAction.OWN_WINDOW))
        menu.addAction(self.tr("Full screen"), lambda: self._action(PreviewAction.FULL_SCREEN)).setEnabled(runs)
        menu.popup(under.mapToGlobal(under.rect().bottomLeft()))

    def _add_sizes(self, menu: QMenu) -> None:
        captions = {
            Device.FIT: self.tr("Fit to panel"),
            Device.PHONE: self.tr("Phone, 390 × 844"),
            Device.TABLET: self.tr("Tablet, 768 × 1024"),
            Device.DESKTOP: self.tr("Desktop, 1280 × 800"),
        }
        shown = self._panel.host_area.size_shown
        group = QActionGroup(menu)
        for device, caption in captions.items():
            action = menu.addAction(caption)
            action.setCheckable(True)
            action.setChecked(device is shown.device)
            action.triggered.connect(
                lambda _checked, device=device: self._panel.host_area.show_as(device, rotated=shown.rotated)
            )
            group.addAction(action)
        rotate = menu.addAction(self.tr("Rotate"))
        rotate.setCheckable(True)
        rotate.setChecked(shown.rotated)
        rotate.setEnabled(shown.device is not Device.FIT)
        rotate.triggered.connect(lambda rotated: self._panel.host_area.show_as(shown.device, rotated=rotated))

    def _add_zoom(self, menu: QMenu) -> None:
        menu.addSeparator()
        percent = f"{round(100 * self._panel.host_area.size_shown.zoom)} %"
        menu.addAction(self.tr("Zoom in"), lambda: self._panel.host_area.zoom(1))
        menu.addAction(self.tr("Zoom out"), lambda: self._panel.host_area.zoom(-1))
        menu.addAction(
            self.tr("Actual size (now {percent})").format(percent=percent), lambda: self._panel.host_area.zoom(0)
        )
