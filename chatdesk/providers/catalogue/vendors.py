"""The vendor catalogue in resources/providers.toml. A vendor is a protocol, an address and its differences from the standard: its quirks.

The protocol implementations depend on quirks, never on a vendor's name; a new vendor is a new row.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import fields
from enum import StrEnum

from chatdesk.kernel.chat.request import Thinking
from chatdesk.kernel.models.thinking import ThinkingRule
from chatdesk.kernel.servers.server import KEY_HEADERS, AddressKind, Header, KeyKind, ServerProtocol, Vendor, WireFormat


class Quirk(StrEnum):
    """Flags of a vendor. All but the last ones concern OpenAI's protocol (`dialect.py`)."""

    NO_STREAM_OPTIONS = "no_stream_options"
    """Rejects `stream_options`; sends usage unrequested, if at all."""
    MAX_COMPLETION_TOKENS = "max_completion_tokens"
    """Name of the answer limit; `max_tokens` is rejected or deprecated."""
    REASONING_IN_HISTORY = "reasoning_in_history"
    """Earlier answers must include their `reasoning_content`, empty if there was none. Everywhere else it is never sent."""
    RANDOM_SEED = "random_seed"
    """Name of the seed; `seed` is rejected."""
    RETURN_PROGRESS = "return_progress"
    """Reports the progress of reading the prompt if `return_progress` is set."""

    TOP_K = "top_k"
    """Supports this parameter, and so the next three. It is not sent elsewhere, because some servers reject unknown parameters."""
    MIN_P = "min_p"
    REPEAT_PENALTY = "repeat_penalty"
    REPETITION_PENALTY = "repetition_penalty"
    """Name of the repetition penalty."""

    THINKING_TYPE = "thinking_type"
    """Thinking is enabled with `"thinking": {"type": "enabled"}`."""
    ENABLE_THINKING = "enable_thinking"
    """Thinking is enabled with `"enable_thinking": true`."""
    THINKING_IN_TEMPLATE = "thinking_in_template"
    """Thinking is enabled with a variable of the model's chat template."""
    REASONING_EFFORT = "reasoning_effort"
    """Thinking is disabled with `"reasoning_effort": "none"`."""
    DEFAULT_EFFORT = "default_effort"
    """Thinking is disabled with `"reasoning_effort": "none"` and enabled with `"reasoning_effort": "default"`."""
    REASONING_OBJECT = "reasoning_object"
    """Thinking is enabled with `"reasoning": {"enabled": true}`."""

    STORE_NOTHING = "store_nothing"
    """Stores answers of the Responses API unless `"store": false` is sent, which Chatdesk therefore always does."""

    WRITTEN_MODELS_ONLY = "written_models_only"
    """Lists what it could run, not what is available: the models are those that the user added, and the list only verifies the key."""

    CONTINUES_PARTIAL_ANSWERS = "continues_partial_answers"
    """Continues an incomplete last turn of the assistant, if the model's template allows it, which `/apply-template` shows."""
    CONTINUES_FINAL_MESSAGE = "continues_final_message"
    """Continues an incomplete last turn if `"continue_final_message": true` is set."""
    CONTINUES_PREFIX = "continues_prefix"
    """Continues an incomplete last turn if it has `"prefix": true`."""
    PREFIX_AT_BETA = "prefix_at_beta"
    """Supports that only under `/beta`."""
    REPEATS_PREFIX = "repeats_prefix"
    """Repeats that turn at the start of the answer."""


def load_vendors(text: str) -> tuple[Vendor, ...]:
    """Return the vendors of a catalogue in their order. Raise `ValueError` if a row is invalid."""
    rows = tomllib.loads(text).get("vendor", [])
    vendors = tuple(_vendor(row) for row in rows)
    ids = [vendor.id for vendor in vendors]
    if len(set(ids)) < len(ids):
        raise ValueError(f"a vendor's id occurs twice: {ids}")
    return vendors


def _vendor(row: Mapping[str, object]) -> Vendor:
    known = {field.name for field in fields(Vendor)}
    if unknown := row.keys() - known:
        raise ValueError(f"unknown fields in a vendor's row: {sorted(unknown)}")
    return Vendor(
        id=_text(row, "id"),
        name=_text(row, "name"),
        protocol=ServerProtocol(_text(row, "protocol")),
        base_url=_text(row, "base_url", default=""),
        needs_key=_flag(row, "needs_key"),
        local=_flag(row, "local"),
        key_page=_text(row, "key_page", default=""),
        quirks=frozenset(Quirk(quirk) for quirk in _texts(row, "quirks")),
        key_kind=KeyKind(_text(row, "key_kind", default=KeyKind.KEY)),
        address_kind=AddressKind(_text(row, "address_kind", default=AddressKind.SERVER)),
        hosts=_texts(row, "hosts"),
        key_headers=_texts(row, "key_headers") or KEY_HEADERS,
        headers=tuple(_header(line) for line in _texts(row, "headers")),
        wire_formats=tuple(WireFormat(word) for word in _texts(row, "wire_formats")) or (WireFormat.CHAT_COMPLETIONS,),
        chat_path=_path(row, "chat_path", "/chat/completions"),
        responses_path=_path(row, "responses_path", "/responses"),
        models_path=_path(row, "models_path", "/models"),
        native_lists=_texts(row, "native_lists"),
        api_version=_text(row, "api_version", default=""),
        rank=_number(row, "rank"),
        chinese_rank=_number(row, "chinese_rank"),
        suggested_models=_texts(row, "suggested_models"),
        max_temperature=_positive(row, "max_temperature"),
        thinking=_choices(row.get("thinking", [])),
        thinking_rules=tuple(map(_thinking_rule, _list(row, "thinking_rules"))),
    )


def _thinking_rule(rule: object) -> ThinkingRule:
    if not isinstance(rule, dict) or rule.keys() != {"models", "choices"}:
        raise ValueError(f"a rule has models and choices: {rule}")
    return ThinkingRule(tuple(map(str, rule["models"])), _choices(rule["choices"]))


def _choices(words: object) -> tuple[Thinking, ...]:
    choices = tuple(map(Thinking, words)) if isinstance(words, list) else ()
    if not isinstance(words, list) or Thinking.AUTO in choices:
        raise ValueError(f"unknown thinking options: {words}")
    return choices


def _list(row: Mapping[str, object], name: str) -> list[object]:
    value = row.get(name, [])
    if not isinstance(value, list):
        raise ValueError(f"{name} must be a list: {row}")  # noqa: TRY004 - an error in the file, like the others
    return value


def _header(line: str) -> Header:
    name, separator, value = line.partition(": ")
    if not separator:
        raise ValueError(f"not a header: {line}")
    return Header(name, value)


def _path(row: Mapping[str, object], name: str, default: str) -> str:
    path = _text(row, name, default)
    if not re.fullmatch(r"(/[a-z_{}-]+)*", path) or path.replace("{model}", "").count("{"):
        raise ValueError(f"{name} must be a path: {path}")
    return path


def _texts(row: Mapping[str, object], name: str) -> tuple[str, ...]:
    values = row.get(name, [])
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise ValueError(f"{name} must be a list of texts: {row}")
    return tuple(values)


def _text(row: Mapping[str, object], name: str, default: str | None = None) -> str:
    value = row.get(name, default)
    if not isinstance(value, str):
        raise ValueError(f"{name} must be a text: {row}")  # noqa: TRY004
    return value


def _positive(row: Mapping[str, object], name: str) -> float | None:
    value = row.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not value > 0:
        raise ValueError(f"{name} must be a positive number: {row}")
    return float(value)


def _flag(row: Mapping[str, object], name: str) -> bool:
    value = row.get(name, False)
    if not isinstance(value, bool):
        raise ValueError(f"{name} must be true or false: {row}")  # noqa: TRY004
    return value


def _number(row: Mapping[str, object], name: str) -> int:
    value = row.get(name, 0)
    if not isinstance(value, int):
        raise ValueError(f"{name} must be a number: {row}")  # noqa: TRY004
    return value
