"""How one server wants OpenAI's protocol: what its vendor's row says, and what a person set for it."""

from collections.abc import Mapping
from dataclasses import field
from urllib.parse import quote

from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.servers.server import ServerConfig, Vendor, WireFormat
from chatdesk.providers.extra_members import extra_members

USUAL_CHAT_PATH = "/chat/completions"
USUAL_RESPONSES_PATH = "/responses"
USUAL_MODELS_PATH = "/models"


@dataclass(frozen=True, slots=True)
class OpenAISetup:
    """Paths begin with a slash and stand behind the address; `{model}` in one stands for the model's id."""

    quirks: frozenset[str] = frozenset()
    wire_format: WireFormat = WireFormat.CHAT_COMPLETIONS
    chat_path: str = USUAL_CHAT_PATH
    responses_path: str = USUAL_RESPONSES_PATH
    models_path: str = USUAL_MODELS_PATH
    native_lists: tuple[str, ...] = ()
    api_version: str = ""
    model_ids: tuple[str, ...] = ()
    """Models a person wrote down; they stand before those of the list."""
    extra_body: Mapping[str, object] = field(default_factory=dict)

    @property
    def may_lack_version(self) -> bool:
        """Whether an address without `/v1` is worth another try with it: servers with paths of their own have it nowhere."""
        return self.chat_path == USUAL_CHAT_PATH and not self.api_version

    def path_of_chat(self, model_id: str) -> str:
        """Return where an answer of the model is asked for."""
        path = self.responses_path if self.wire_format is WireFormat.RESPONSES else self.chat_path
        return self._with_version(path.replace("{model}", quote(model_id, safe="")))

    def path_of_models(self) -> str:
        """Return where the list of models is."""
        return self._with_version(self.models_path)

    def _with_version(self, path: str) -> str:
        return f"{path}?api-version={quote(self.api_version, safe='')}" if self.api_version else path


def setup_of(server: ServerConfig, vendor: Vendor) -> OpenAISetup:
    """Return how `server` is spoken to. Raises `ExtraBodyUnusable` if its extra JSON cannot be used."""
    return OpenAISetup(
        vendor.quirks,
        server.wire_format if server.wire_format in vendor.wire_formats else vendor.wire_formats[0],
        vendor.chat_path,
        vendor.responses_path,
        vendor.models_path,
        vendor.native_lists,
        server.api_version if vendor.api_version and server.api_version else vendor.api_version,
        server.model_ids,
        extra_members(server),
    )
