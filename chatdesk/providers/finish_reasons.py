"""Mapping of the servers' finish reasons (protocols.md 2.0) to `FinishReason`."""

import logging

from chatdesk.kernel.chat.message import FinishReason

_log = logging.getLogger(__name__)

_MEANINGS = {
    "stop": FinishReason.STOP,
    "eos": FinishReason.STOP,
    "end_turn": FinishReason.STOP,
    "stop_sequence": FinishReason.STOP,
    "parse_error": FinishReason.STOP,
    "length": FinishReason.LENGTH,
    "max_tokens": FinishReason.LENGTH,
    "model_length": FinishReason.LENGTH,
    "tool_calls": FinishReason.TOOL_CALLS,
    "tool_call": FinishReason.TOOL_CALLS,
    "function_call": FinishReason.TOOL_CALLS,
    "content_filter": FinishReason.CONTENT_FILTER,
    "sensitive": FinishReason.CONTENT_FILTER,
    "abort": FinishReason.ABORTED,
    "insufficient_system_resource": FinishReason.ABORTED,
    "network_error": FinishReason.ABORTED,
}


def finish_reason(word: str, *, called_tools: bool = False) -> FinishReason:
    """Return the meaning of `word`. Some servers send `stop` although the model requested a tool."""
    reason = _MEANINGS.get(word.lower(), FinishReason.OTHER)
    if reason is FinishReason.OTHER:
        _log.debug("A model stopped for an unknown reason: %.40r", word)
    return FinishReason.TOOL_CALLS if called_tools and reason is FinishReason.STOP else reason
