"""Rows of the list of providers: the configured servers and the vendors of which there is none yet, in three groups."""

from collections.abc import Collection, Iterable
from enum import StrEnum
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from chatdesk.kernel.fast_dataclass import dataclass

if TYPE_CHECKING:
    from chatdesk.kernel.models.model import Model
    from chatdesk.kernel.servers.server import ServerConfig, Vendor


class ProviderGroup(StrEnum):
    """Group of the list. All but the first are folded until the user opens them."""

    COMMON = "common"
    """The vendors that most people use."""
    NETWORK = "network"
    """Servers on this computer or network."""
    MORE = "more"


@dataclass(frozen=True, slots=True)
class ProviderRow:
    """Row of a configured server, or of a vendor that can be added if there is no `server`."""

    group: ProviderGroup
    vendor: "Vendor"
    server: "ServerConfig | None" = None

    @property
    def key(self) -> str:
        """Identifies the row among all others."""
        return self.server.id if self.server else f"vendor:{self.vendor.id}"


@dataclass(frozen=True, slots=True)
class GroupHeading:
    """Heading of a group that can be folded. `hidden` are the vendors that are not listed while it is folded."""

    group: ProviderGroup
    is_open: bool
    hidden: "tuple[Vendor, ...]" = ()

    @property
    def key(self) -> str:
        """Identifies the row among all others."""
        return f"group:{self.group}"


def provider_rows(
    vendors: "Iterable[Vendor]",
    servers: "Iterable[tuple[ServerConfig, Vendor]]",
    opened: Collection[ProviderGroup] = (),
    *,
    chinese: bool = False,
) -> tuple[ProviderRow | GroupHeading, ...]:
    """Return the rows from top to bottom. `servers` are the configured servers with their vendors.

    A server replaces its vendor in the list, except for the generic vendor of a protocol, which remains. Configured servers are
    listed even while their group is folded.
    """
    known: dict[str, list[ServerConfig]] = {}
    for server, vendor in servers:
        known.setdefault(vendor.id, []).append(server)
    rows: dict[ProviderGroup, list[ProviderRow]] = {group: [] for group in ProviderGroup}
    for vendor in sorted(vendors, key=lambda vendor: _order(vendor, chinese=chinese)):
        mine = known.get(vendor.id, [])
        for server in mine:
            group = group_of(vendor, server)
            rows[group].append(ProviderRow(group, vendor, server))
        if not vendor.is_built_in and not (mine and vendor.is_known):
            group = group_of(vendor)
            rows[group].append(ProviderRow(group, vendor))
    listed: list[ProviderRow | GroupHeading] = []
    for group, members in rows.items():
        is_open = group in opened or group is ProviderGroup.COMMON
        if group is not ProviderGroup.COMMON:
            hidden = () if is_open else tuple(row.vendor for row in members if row.server is None)
            listed.append(GroupHeading(group, is_open, hidden))
        listed += (row for row in members if is_open or row.server)
    return tuple(listed)


def suggested_model(models: "Iterable[Model]", vendor: "Vendor", last: str = "") -> "Model | None":
    """Return the model to propose: the one used last, the best one of the vendor's suggestions, or the first one."""
    usable = [model for model in models if model.can_chat]
    found = next((model for model in usable if model.ref.model_id == last), None)
    for pattern in vendor.suggested_models:
        found = found or next((model for model in usable if fnmatchcase(model.ref.model_id, pattern)), None)
    return found or next(iter(usable), None)


def group_of(vendor: "Vendor", server: "ServerConfig | None" = None) -> ProviderGroup:
    """Return the group of a configured server, or of a vendor that can be added."""
    is_near = vendor.local or (not vendor.is_known and server is not None and server.is_on_this_machine)
    if is_near and not (server is None and vendor.protocol.is_application):
        return ProviderGroup.NETWORK
    return ProviderGroup.COMMON if vendor.rank else ProviderGroup.MORE


def _order(vendor: "Vendor", *, chinese: bool) -> tuple[bool, int, bool, bool]:
    """Sort by rank; then, in the order of the catalogue, vendors of models, applications, and at the end the generic ones."""
    rank = vendor.chinese_rank if chinese else vendor.rank
    return not rank, rank, not (vendor.is_known or vendor.local), vendor.protocol.is_application
