"""Popup for choosing a new server's vendor: local ones first, applications last, with a search field.

Generic servers are below the list, where they are always visible.
"""

from collections.abc import Iterable

from PySide6.QtCore import QAbstractListModel, QModelIndex, Qt, Signal
from PySide6.QtWidgets import QWidget

from chatdesk.features.servers.ui.cards.card_texts import vendor_name
from chatdesk.kernel.servers.server import Vendor
from chatdesk.ui_kit.lists.search_popup import Index, SearchPopup, SearchRowDelegate
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.button_kind import ButtonKind
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.button import Button

_MAX_ROWS = 12


class VendorPopup(Translated, SearchPopup):
    """Vendor popup. It is created each time it is opened."""

    chosen = Signal(object)
    """The `Vendor`."""

    def __init__(self, appearance: Appearance, vendors: Iterable[Vendor], parent: QWidget) -> None:
        self._rows = _VendorRows()
        super().__init__(
            appearance,
            parent,
            self._rows,
            _VendorDelegate(appearance, self._rows),
            kind="vendor",
            most_rows=_MAX_ROWS,
        )
        offered = [vendor for vendor in vendors if not vendor.is_built_in]
        self._known = sorted((vendor for vendor in offered if not _is_generic(vendor)), key=_rank)
        self._others = list(filter(_is_generic, offered))
        for vendor in self._others:
            button = Button(appearance, vendor_name(vendor), ButtonKind.PLAIN, self, icon="plug", small=True)
            button.setObjectName(f"vendor.{vendor.id}")
            button.clicked.connect(lambda _checked=False, vendor=vendor: self._choose(vendor))
            self.foot.addWidget(button)
        self.foot.addStretch(1)
        self.closed.connect(self.deleteLater)
        self._retranslate()

    def list_rows(self, text: str) -> QModelIndex:
        """List the vendors whose name or kind contains all words."""
        words = text.casefold().split()
        self._rows.show([one for one in self._known if all(word in _search_text(self._rows, one) for word in words)])
        return self._rows.index(0) if self._rows.rowCount() else QModelIndex()

    def take(self, index: QModelIndex) -> None:
        """Choose a vendor; if none matches, Enter chooses the generic one below the list."""
        if index.isValid() and self._rows.rowCount():
            self._choose(self._rows.vendor(index))
        elif not self._rows.rowCount() and len(self._others) == 1:
            self._choose(self._others[0])

    def empty_text(self, *, searching: bool) -> str:  # noqa: ARG002 - the unfiltered list is never empty
        """Return the text for no matching vendor."""
        return self.tr("No results. You can add any other OpenAI-compatible server below.")

    def _choose(self, vendor: Vendor) -> None:
        self.close()
        self.chosen.emit(vendor)

    def _retranslate(self) -> None:
        self.set_labels(self.tr("Provider types"), self.tr("Search provider types"))


class _VendorRows(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self._vendors: list[Vendor] = []

    def show(self, vendors: list[Vendor]) -> None:
        self.beginResetModel()
        self._vendors = vendors
        self.endResetModel()

    def vendor(self, index: Index) -> Vendor:
        return self._vendors[index.row()]

    def kind(self, vendor: Vendor) -> str:
        """Return the kind of a vendor in a few words."""
        if vendor.protocol.is_application:
            return self.tr("application")
        return self.tr("on this computer or network") if vendor.local else self.tr("online")

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._vendors)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        vendor = self._vendors[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return vendor_name(vendor)
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{vendor_name(vendor)}, {self.kind(vendor)}"
            case _:
                return None


class _VendorDelegate(SearchRowDelegate):
    """Delegate for a vendor's name and kind."""

    def __init__(self, appearance: Appearance, rows: _VendorRows) -> None:
        super().__init__(appearance)
        self._rows = rows

    def icon(self, index: Index) -> str:
        vendor = self._rows.vendor(index)
        return "workflow" if vendor.protocol.is_application else "server" if vendor.local else "globe"

    def words(self, index: Index) -> tuple[str, str]:
        vendor = self._rows.vendor(index)
        return vendor_name(vendor), self._rows.kind(vendor)


def _is_generic(vendor: Vendor) -> bool:
    """Return whether an entry stands for any server of a protocol, regardless of its vendor."""
    return not (vendor.local or vendor.is_known or vendor.protocol.is_application)


def _rank(vendor: Vendor) -> int:
    return 2 if vendor.protocol.is_application else 0 if vendor.local else 1


def _search_text(rows: _VendorRows, vendor: Vendor) -> str:
    return f"{vendor_name(vendor)} {rows.kind(vendor)}".casefold()
