"""The list of vendors a server can be of: those on the person's own machine first, applications behind the others, any other one last."""

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from chatdesk.domain.server import Protocol, Vendor
from chatdesk.ui.settings.server_words import vendor_name
from chatdesk.ui.theme.appearance import Appearance
from chatdesk.ui.theme.live_icon import live_icon


class VendorMenu(QMenu):
    """Made anew each time it is opened, so it speaks the language of now."""

    chosen = Signal(object)
    """The `Vendor`."""

    def __init__(self, appearance: Appearance, vendors: Iterable[Vendor], parent: QWidget) -> None:
        super().__init__(parent)
        offered = [vendor for vendor in vendors if vendor.protocol is not Protocol.BUILT_IN]
        applications = [vendor for vendor in offered if vendor.protocol.is_application]
        offered = [vendor for vendor in offered if not vendor.protocol.is_application]
        local = [vendor for vendor in offered if vendor.local]
        remote = [vendor for vendor in offered if not vendor.local and vendor.is_known]
        others = [vendor for vendor in offered if not vendor.local and not vendor.is_known]
        for group, icon in ((local, "server"), (remote, "globe"), (applications, "workflow"), (others, "plug")):
            if self.actions():
                self.addSeparator()
            for vendor in group:
                action = self.addAction(live_icon(appearance, icon), vendor_name(vendor))
                action.triggered.connect(lambda _checked=False, vendor=vendor: self.chosen.emit(vendor))
        self.aboutToHide.connect(self.deleteLater)
