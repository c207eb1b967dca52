"""Additional JSON members that the user adds to every chat request of a server. `kernel/servers/extra_body.py` has the rules."""

from collections.abc import Mapping

from chatdesk.kernel.errors.base import ExtraBodyUnusable
from chatdesk.kernel.servers.extra_body import parse_extra_body
from chatdesk.kernel.servers.server import ServerConfig


def extra_members(server: ServerConfig) -> Mapping[str, object]:
    """Return the additional members. Raise `ExtraBodyUnusable`."""
    extra = parse_extra_body(server.extra_body, server.protocol)
    if extra.problem:
        reason = f"{extra.problem.name.lower()}, line {extra.line}: {extra.word}"
        raise ExtraBodyUnusable(server.name, server.base_url, reason)
    return extra.members
