"""Servers in files of other programs, and the vendors of resources/providers.toml by the names that other programs give them.

Servers are only offered: nothing connects to them, and a key is read when the user asks for this one.
"""

from collections.abc import Mapping
from dataclasses import field

from chatdesk.features.conversations.importing.foreign_chat import Program, stable_id
from chatdesk.features.presets.files.plain_text import clean_line
from chatdesk.features.presets.importing.entries import text_in
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.servers.named_server import MAX_SERVER_NAME_LENGTH, displayable_address

_MAX_KEY_LENGTH = 10_000

_VENDORS = {
    "ollama": "ollama",
    "deepseek": "deepseek",
    "openai": "openai",
    "openairesponses": "openai",
    "openrouter": "openrouter",
    "silicon": "siliconflow",
    "siliconcloud": "siliconflow",
    "siliconflow": "siliconflow",
    "dashscope": "dashscope",
    "qwen": "dashscope",
    "aliyun": "dashscope",
    "moonshot": "moonshot",
    "zhipu": "zhipu",
    "chatglm": "zhipu",
    "azure": "azure",
    "azureopenai": "azure",
    "anthropic": "anthropic",
    "claude": "anthropic",
    "gemini": "gemini",
    "google": "gemini",
    "groq": "groq",
    "mistral": "mistral",
    "mistralai": "mistral",
    "together": "together",
    "togetherai": "together",
    "lmstudio": "lm-studio",
    "llamacpp": "llama-cpp",
    "vllm": "vllm",
    "xinference": "xinference",
    "dify": "dify",
}


def vendor_of(name: str) -> str:
    """Return the vendor that another program calls by this name; empty if it is none that is known here."""
    return _VENDORS.get("".join(filter(str.isalnum, name.lower())), "")


@dataclass(frozen=True, slots=True)
class ForeignServer:
    """A server that is set up in another program. `address` is empty for the usual one of its vendor, and `vendor` if it is unknown."""

    id: str
    name: str
    address: str
    vendor: str
    has_key: bool
    key: str = field(default="", repr=False)
    """Known only in the import process."""


def foreign_server(
    program: Program, name: str, address: str, key: str, names: Mapping[str, object]
) -> ForeignServer | None:
    """Return a server that a program knows by the name `name`; None if it has neither an address nor a key.

    `names` may have a `name` for display, and a `vendor` that is more specific than the name.
    """
    shown = displayable_address(clean_line(address))
    secret = key.strip() if len(key) <= _MAX_KEY_LENGTH else ""
    if not name or not (shown or secret):
        return None
    return ForeignServer(
        stable_id(program, "server", name),
        clean_line(text_in(names, "name") or name)[:MAX_SERVER_NAME_LENGTH],
        shown,
        vendor_of(name) or vendor_of(text_in(names, "vendor")),
        bool(secret),
        secret,
    )
