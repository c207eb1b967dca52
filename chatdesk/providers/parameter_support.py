"""The parameters that each protocol sends to a server, so that the user can see them before sending."""

from collections.abc import Set as AbstractSet

from chatdesk.kernel.models.parameters import PARAMETER_NAMES
from chatdesk.kernel.servers.server import ServerProtocol, WireFormat
from chatdesk.providers.openai.dialect import SAMPLING

_CHAT_COMPLETIONS = frozenset({"temperature", "top_p", "max_tokens", "seed", "stop", "format"})
_RESPONSES = frozenset({"temperature", "top_p", "max_tokens", "format"})
_DB_GPT = frozenset({"temperature", "max_tokens"})


def known_parameters(protocol: ServerProtocol, wire_format: WireFormat, quirks: AbstractSet[str]) -> frozenset[str]:
    """Return the names of the parameters sent to such a server."""
    match protocol:
        case ServerProtocol.OLLAMA:
            return frozenset(PARAMETER_NAMES)
        case ServerProtocol.OPENAI | ServerProtocol.BUILT_IN:
            usual = _RESPONSES if wire_format is WireFormat.RESPONSES else _CHAT_COMPLETIONS
            return usual | {name for quirk, name in SAMPLING.items() if quirk in quirks}
        case ServerProtocol.DB_GPT:
            return _DB_GPT
        case _:
            return frozenset()
